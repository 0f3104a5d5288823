/**
 * The fsyncs that `flush.messages=1` asks for (S19): what nobody flushes never counts as held, so
 * every append and every recovery comes by here. They are grouped by the log. A failed fsync ends
 * the node (S18); whatever else kept one from beginning is tried again.
 */
import type { Clock, Timer } from '../base/clock.ts'
import { DiskError } from '../base/disk.ts'
import { asError } from '../base/errors.ts'
import type { Log } from '../log/log.ts'
import { SyncFailed } from '../log/sync-failed.ts'

export interface RequiredFlushOptions {
  readonly log: Log
  readonly clock: Clock
  readonly isRequired: () => boolean
  /** The flushed offset has moved, or the log is offline and it never will. */
  readonly onSettled: () => void
  readonly fatal: (error: Error) => void
}

/** Between two attempts at a flush for which there was no space. */
const RETRY_MS = 1_000

export class RequiredFlush {
  readonly #options: RequiredFlushOptions
  #flushing: Promise<void> = Promise.resolve()
  #retry: Timer | null = null

  constructor(options: RequiredFlushOptions) {
    this.#options = options
  }

  /** Settles when what was asked for counts, as far as the disk lets it. Never rejects. */
  get settled(): Promise<void> {
    return this.#flushing
  }

  begin(): void {
    const { log, isRequired, onSettled } = this.#options
    if (!isRequired() || log.flushedOffset === log.logEndOffset) return
    this.#flushing = log.flush().then(onSettled, (thrown: unknown) => {
      this.#failed(asError(thrown))
    })
  }

  #failed(error: Error): void {
    const { log, clock, fatal, onSettled } = this.#options
    if (!(error instanceof DiskError) || error instanceof SyncFailed) return fatal(error)
    if (log.offline) return onSettled()
    if (this.#retry) return
    this.#retry = clock.timer(RETRY_MS, () => {
      this.#retry = null
      this.begin()
    })
  }
}

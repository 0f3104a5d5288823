/**
 * Batches on their way to the disk, in order: what came while a round of writing and fsync runs
 * shares the next one (group commit). A full disk stops the queue, not the node: the same batch is
 * tried again until there is space. Any other error is final (S18).
 */
import type { Clock, Timer } from '../base/clock.ts'
import { isTransient } from '../base/disk.ts'
import { Durations } from '../base/durations.ts'
import { asError } from '../base/errors.ts'
import type { Batch } from '../raft/types.ts'
import type { Storage } from './storage.ts'

export interface DiskWriterEvents {
  /** That batch, and all before it, are durable. */
  persisted(batch: number): void
  /** There is no space, or there is again. */
  spaceChanged(hasSpace: boolean): void
  failed(error: Error): void
}

/** How often a full disk is tried again. */
const RETRY_MS = 500

interface Waiting {
  readonly batch: Batch
  readonly commit: number
}

export class DiskWriter {
  readonly #storage: Storage
  readonly #clock: Clock
  readonly #events: DiskWriterEvents
  #queue: Waiting[] = []
  #round: Promise<void> | null = null
  #retry: Timer | null = null
  #hasSpace = true
  #state: 'open' | 'closed' | 'failed' = 'open'
  /** Each is one fsync, however many batches it made durable. */
  readonly rounds = new Durations()

  constructor(storage: Storage, clock: Clock, events: DiskWriterEvents) {
    this.#storage = storage
    this.#clock = clock
    this.#events = events
  }

  get hasSpace(): boolean {
    return this.#hasSpace
  }

  get hasFailed(): boolean {
    return this.#state === 'failed'
  }

  /** `commit`: the index known to be committed when the batch was made. */
  submit(batch: Batch, commit: number): void {
    if (this.#state !== 'open') return
    this.#queue.push({ batch, commit })
    if (this.#retry === null) this.#start()
  }

  /** Finishes what can be written; never rejects. */
  async close(): Promise<void> {
    while (this.#round) await this.#round
    this.#retry?.cancel()
    if (this.#state === 'open') this.#state = 'closed'
    this.#queue = []
  }

  #start(): void {
    this.#round ??= this.#write().finally(() => {
      this.#round = null
      if (this.#queue.length > 0 && this.#retry === null && this.#state === 'open') this.#start()
    })
  }

  async #write(): Promise<void> {
    try {
      const written = this.#writeWaiting()
      if (written === null) return
      const beganMs = this.#clock.monotonicMs()
      await this.#storage.flush()
      this.rounds.add(this.#clock.monotonicMs() - beganMs)
      if (this.#state === 'open') this.#events.persisted(written)
    } catch (thrown) {
      this.#state = 'failed'
      this.#queue = []
      this.#events.failed(asError(thrown))
    }
  }

  /** The number of the last batch that was written; null when none was. */
  #writeWaiting(): number | null {
    let written: number | null = null
    for (;;) {
      const [next] = this.#queue
      if (next === undefined) break
      try {
        this.#storage.write(next.batch, next.commit)
      } catch (thrown) {
        if (!isTransient(thrown)) throw thrown
        this.#waitForSpace()
        return written
      }
      this.#queue.shift()
      written = next.batch.number
    }
    if (!this.#hasSpace) {
      this.#hasSpace = true
      this.#events.spaceChanged(true)
    }
    return written
  }

  #waitForSpace(): void {
    if (this.#hasSpace) {
      this.#hasSpace = false
      this.#events.spaceChanged(false)
    }
    this.#retry = this.#clock.timer(RETRY_MS, () => {
      this.#retry = null
      if (this.#state === 'open') this.#start()
    })
  }
}

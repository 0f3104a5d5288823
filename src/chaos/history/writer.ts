/**
 * Writes a history as it happens, one event a line. Whoever tells an event is never made to wait
 * for a promise: lines are gathered up to a bound, and at the bound, or when a second has passed,
 * the file takes them before anything else goes on. What is in the way of that is kept and told at
 * the end: a history with a hole in it must not be taken for a whole one.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import type { Clock } from '../../base/clock.ts'
import { asError } from '../../base/errors.ts'
import type { HistoryEvent } from './events.ts'

const GATHERED_MAX_CHARACTERS = 256 << 10
const GATHERED_MAX_MS = 1_000

export class HistoryWriter {
  /** Why nothing more is written; null while all is. */
  failure: Error | null = null
  events = 0
  readonly #file: number
  readonly #clock: Clock
  #lines: string[] = []
  #characters = 0
  #writtenMs: number
  #isClosed = false

  /** The file must not be there yet. */
  constructor(path: string, clock: Clock) {
    this.#file = openSync(path, 'wx')
    this.#clock = clock
    this.#writtenMs = clock.monotonicMs()
  }

  /** For good order after `close`, too: what comes late is not written. */
  write(event: HistoryEvent): void {
    if (this.#isClosed || this.failure !== null) return
    const line = `${JSON.stringify(event)}\n`
    this.events += 1
    this.#lines.push(line)
    this.#characters += line.length
    const waitedMs = this.#clock.monotonicMs() - this.#writtenMs
    if (this.#characters >= GATHERED_MAX_CHARACTERS || waitedMs >= GATHERED_MAX_MS) this.flush()
  }

  /** Everything that was told is in the file. */
  flush(): void {
    const bytes = Buffer.from(this.#lines.join(''))
    this.#lines = []
    this.#characters = 0
    this.#writtenMs = this.#clock.monotonicMs()
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at)
    } catch (thrown) {
      this.failure ??= asError(thrown)
    }
  }

  /** Idempotent. Throws when not everything could be written. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.failure === null) this.flush()
    closeSync(this.#file)
    if (this.failure !== null)
      throw new Error(`the history is not whole: ${this.failure.message}`, { cause: this.failure })
  }
}

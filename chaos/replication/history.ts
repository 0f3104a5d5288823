/**
 * What clients asked a cluster to keep, what they were told, and what they read while it was hurt.
 * Every record is unique: it names its producer and its number there, and a producer numbers its
 * records in the order in which they are sent. What nobody knows is *unknown*, never failed: it may
 * be in the log, or may come to be. Judged in memory; written as JSON lines for a person to read.
 */
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { keyOf, type RecordId } from '../../src/chaos/history/values.ts'

export type Outcome =
  /** Acknowledged: it must be found for ever. */
  | 'ok'
  /** Refused for certain: it must never be found (C13). */
  | 'failed'
  /** Not answered, or answered by what leaves it open. */
  | 'unknown'

export interface Send {
  readonly producer: string
  /** Of this producer, ascending in the order of sending. */
  readonly number: number
  /** Null while the client has not told where it put it. */
  partition: number | null
  readonly askedMs: number
  answeredMs: number | null
  outcome: Outcome
  /** Where it was acknowledged; null when the client does not tell. */
  offset: number | null
  /** Why it is not acknowledged. */
  error: string | null
}

/** A record as a consumer got it. */
export interface Seen {
  readonly offset: number
  /** What the record says of itself; null for bytes that nobody sent. */
  readonly id: RecordId | null
}

/** All that one consumer was given of one partition, in the order in which it came. */
export interface Reading {
  readonly reader: string
  readonly partition: number
  readonly seen: readonly Seen[]
}

export class History {
  readonly sends: Send[] = []
  readonly #byId = new Map<string, Send>()
  readonly #file: WriteStream
  readonly #originMs = performance.now()

  constructor(path: string) {
    this.#file = createWriteStream(path)
    // What nodes print has the time of the day.
    this.note('begin', { at: new Date().toISOString() })
  }

  /** On the clock of the run, which never goes back. */
  nowMs(): number {
    return performance.now() - this.#originMs
  }

  /** A record, before it is sent for the first time. */
  send({ producer, number }: RecordId, partition: number | null): Send {
    const send: Send = {
      ...{ producer, number, partition, askedMs: this.nowMs(), answeredMs: null },
      ...{ outcome: 'unknown', offset: null, error: null },
    }
    this.sends.push(send)
    this.#byId.set(keyOf(send), send)
    return send
  }

  find(id: RecordId): Send | undefined {
    return this.#byId.get(keyOf(id))
  }

  answer(
    send: Send,
    answer: Partial<Pick<Send, 'partition' | 'offset' | 'error' | 'outcome'>>,
  ): void {
    Object.assign(send, answer, { answeredMs: this.nowMs() })
    this.#write({ type: 'send', ...send })
  }

  /** What was done to the cluster, and what was found. */
  note(what: string, details: Readonly<Record<string, unknown>> = {}): void {
    this.#write({ type: 'note', what, atMs: this.nowMs(), ...details })
  }

  async close(): Promise<void> {
    for (const send of this.sends)
      if (send.answeredMs === null) this.#write({ type: 'send', ...send })
    await finished(this.#file.end())
  }

  #write(line: object): void {
    this.#file.write(`${JSON.stringify(line)}\n`)
  }
}

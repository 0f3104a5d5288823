/**
 * A compacted topic as users have it: somebody writes records and tombstones of a few keys, and
 * somebody reads it from its beginning to its end, again and again. Whoever does that at one
 * replica, and soon enough, knows at the end what every key says (D4).
 */
import { delay } from '../../../src/base/clock.ts'
import { LograftError } from '../../../src/base/errors.ts'
import type { Net } from '../../../src/base/net.ts'
import { Connection } from '../../../src/client/connection.ts'
import { fetch } from '../../../src/wire/apis/01-fetch.ts'
import { errors } from '../../../src/wire/errors.ts'
import { PORT } from '../cluster/node-config.ts'
import { hostOf } from '../cluster/wires.ts'
import type { Process } from '../system/process.ts'
import type { CommittedLog } from './committed-log.ts'
import type { SeenRecord } from './records.ts'
import { isSameValue, recordsIn, told } from './records.ts'
import { KEYED_TOPIC } from './swarm.ts'

export interface KeyedReaderOptions {
  readonly process: Process
  readonly net: Net
  readonly committed: CommittedLog
  readonly deleteRetentionMs: number
  readonly maxBytes: number
  readonly leader: () => number | null
  readonly told: (run: () => void) => void
  readonly note: (text: string) => void
}

const VERSION = 12
const CONNECT_MS = 300
const ANSWER_MS = 600
const WAIT_MS = 50
const PAUSE_MS = 250

export class KeyedReader {
  readonly #of: KeyedReaderOptions
  #isOver = false
  /** How often it came to the end in time. */
  passes = 0

  constructor(of: KeyedReaderOptions) {
    this.#of = of
  }

  begin(): void {
    void this.#run()
  }

  end(): void {
    this.#isOver = true
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      await delay(this.#of.process, PAUSE_MS)
      const node = this.#of.leader()
      if (node !== null && !this.#isOver) await this.#pass(node)
    }
  }

  /** From the beginning to where the end is now, at one node. */
  async #pass(node: number): Promise<void> {
    const { process: clock, net, committed } = this.#of
    const address = { host: hostOf(node), port: PORT }
    const goal = committed.end
    const beganMs = clock.monotonicMs()
    const values = new Map<string, SeenRecord>()
    let connection: Connection | null = null
    try {
      const options = { net, clock, address, clientId: 'keyed', connectTimeoutMs: CONNECT_MS }
      connection = await Connection.open(options)
      let at = 0
      while (at < goal) {
        const next = await this.#read(connection, at, values)
        if (next === null) return
        at = next
      }
      this.#knowsAll(values, at, clock.monotonicMs() - beganMs)
    } catch (thrown) {
      if (!(thrown instanceof LograftError)) throw thrown
      this.#of.note(`keyed reader: ${thrown.message}`)
    } finally {
      connection?.close()
    }
  }

  async #read(
    connection: Connection,
    fetchOffset: number,
    values: Map<string, SeenRecord>,
  ): Promise<number | null> {
    const { maxBytes, committed, told: tell } = this.#of
    const partitions = [{ partition: 0, fetchOffset, partitionMaxBytes: maxBytes }]
    const request = {
      ...{ replicaId: -1, maxWaitMs: WAIT_MS, minBytes: 1, maxBytes, sessionId: 0 },
      ...{ sessionEpoch: -1, topics: [{ topic: KEYED_TOPIC, partitions }] },
    }
    const limits = { timeoutMs: ANSWER_MS }
    const response = await connection.request(fetch, VERSION, request, limits)
    const answer = response.responses[0]?.partitions[0]
    if (answer === undefined || answer.errorCode !== errors.NONE) return null
    const { records, nextOffset } = recordsIn(answer.records, fetchOffset)
    tell(() => {
      for (const record of records) isWritten(committed, record)
    })
    for (const record of records) values.set(record.key, record)
    return nextOffset
  }

  #knowsAll(values: ReadonlyMap<string, SeenRecord>, at: number, tookMs: number): void {
    const { committed, deleteRetentionMs } = this.#of
    if (tookMs >= deleteRetentionMs) return
    this.passes += 1
    this.#of.told(() => {
      for (const key of committed.keys) {
        // What a later record replaces may be gone, and that one is further on.
        if (committed.firstFrom(key, at) !== undefined) continue
        const wanted = committed.lastBefore(key, at)?.value ?? null
        const has = values.get(key)?.value ?? null
        committed.check(isSameValue(has, wanted), 'D4-reader', () => {
          return `a reader up to ${at} has missed the last ${wanted ? 'record' : 'tombstone'} of ${key}`
        })
      }
    })
  }
}

/** C5: what it is given is what was written there, and promised. */
function isWritten(committed: CommittedLog, record: SeenRecord): void {
  const written = committed.of(record.key).find(({ offset }) => offset === record.offset)
  const isSame = written !== undefined && isSameValue(written.value, record.value)
  committed.check(isSame, 'C5-read-uncommitted', () => `a reader was given ${told(record)}`)
}

// Goal: a topic with cleanup.policy=compact is compacted by the running broker: a client that reads
// it from the beginning gets the last value of each key, at its old offset, also after a restart;
// and while that goes on, what is produced is acknowledged and nothing is lost.
// Method: a node with small segments, waited for by what its log says; all over a real socket, with
// the cache of what was appended last switched off, so that files are read.
import { expect, test } from 'vitest'
import type { LogFields, Logger } from '../../src/base/log.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { readRecords } from '../../src/records/record.ts'
import {
  batchesIn,
  bytesOf,
  createTopic,
  fetchPartition,
  produceBatch,
  text,
} from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'
import { within } from '../support/within.ts'

const TOPIC = 'prices'
const CONFIGS = {
  'cleanup.policy': 'compact',
  'segment.bytes': 2_000,
  'min.cleanable.dirty.ratio': 0.1,
}
const SET = { 'log.cleaner.backoff.ms': 20, 'log.tail.cache.bytes': 0 }
const WAIT_MS = 60_000

/** Says when the cleaner has come as far as an offset. */
class CleanerNews implements Logger {
  #cleaned = -1
  #waiting: { readonly offset: number; readonly come: () => void }[] = []

  fatal = () => {}
  error = () => {}
  warn = () => {}
  debug = () => {}
  trace = () => {}
  child = () => this

  info = (fields: LogFields, message: string) => {
    if (message !== 'log compacted') return
    this.#cleaned = Math.max(this.#cleaned, Number(fields['endOffset']))
    for (const { come } of this.#waiting.filter(({ offset }) => offset <= this.#cleaned)) come()
    this.#waiting = this.#waiting.filter(({ offset }) => offset > this.#cleaned)
  }

  reached(offset: number): Promise<void> {
    if (this.#cleaned >= offset) return Promise.resolve()
    return within(
      WAIT_MS,
      `compaction up to ${offset}`,
      new Promise((come) => this.#waiting.push({ offset, come })),
    )
  }
}

async function produce(client: Client, entries: readonly (readonly [string, string | null])[]) {
  for (const [key, value] of entries) {
    const record = { key: bytesOf(key), value: value === null ? null : bytesOf(value) }
    const batch = buildBatch({ records: [{ ...record, timestampMs: Date.now() }] })
    expect((await produceBatch(client, { topic: TOPIC, batch })).errorCode).toBe(0)
  }
}

/** Offset, key and value of every record there is. */
async function readAll(client: Client) {
  const found: (readonly [offset: number, key: string | null, value: string | null])[] = []
  for (let offset = 0; ;) {
    const { errorCode, bytes, highWatermark } = await fetchPartition(client, {
      topic: TOPIC,
      offset,
    })
    expect(errorCode).toBe(0)
    if (offset >= highWatermark) return found
    for (const batch of batchesIn(bytes)) {
      for (const record of readRecords(batch, { maxBytes: 1e6 }))
        found.push([record.offset, text(record.key), text(record.value)])
      offset = batch.nextOffset
    }
  }
}

test('a client reads the last value of each key', async () => {
  const logger = new CleanerNews()
  await using node = await LocalNode.start({ set: SET, logger })
  const client = await node.connect()
  await createTopic(client, TOPIC, { configs: CONFIGS })
  const history = Array.from(
    { length: 300 },
    (_, index) => [`k${index % 7}`, index % 7 === 3 && index > 250 ? null : `${index}`] as const,
  )
  await produce(client, history)
  // A record takes less than 100 bytes: so far all segments but the active one have come.
  await logger.reached(270)
  const found = await readAll(client)
  expect(found.length).toBeLessThan(60)
  for (const [offset, ...entry] of found) expect(entry).toEqual(history[offset])
  const last = (records: readonly (readonly [string | null, string | null])[]) => new Map(records)
  expect(last(found.map(([, key, value]) => [key, value]))).toEqual(last(history))

  await node.restart()
  const again = await node.connect()
  const foundAgain = await readAll(again)
  expect(last(foundAgain.map(([, key, value]) => [key, value]))).toEqual(last(history))
  await produce(again, [['k0', 'after']])
  expect((await readAll(again)).at(-1)).toEqual([300, 'k0', 'after'])
})

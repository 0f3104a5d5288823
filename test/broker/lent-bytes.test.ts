// Goal: memory that is used again never changes what a reader was given, and never what was
// appended (ADR 11).
// Method: a tail cache of a few slabs and pipelined large batches, each with a content of its own;
// while answers wait in the socket of a reader that does not read, much more is appended and read
// by others, from memory and from files. In the end everybody must have got the same.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { readRecords } from '../../src/records/record.ts'
import {
  batchesIn,
  createTopic,
  fetchPartition,
  FOR_EVER_MS,
  joined,
  produceBatch,
} from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'
import { within } from '../support/within.ts'

const TOPIC = 'lent'
const BATCHES = 240
/** Larger than a read buffer's half, so that frames arrive in pieces and in one, by turns. */
const SIZES = [300, 40_000, 100_000, 180_000, 600_000]
const FETCH_BYTES = 1_000_000

let node: LocalNode
beforeAll(async () => {
  node = await LocalNode.start({
    set: { 'log.tail.cache.bytes': 3_500_000, 'log.segment.bytes': 20_000_000 },
  })
  await createTopic(await node.connect(), TOPIC, { partitions: 1 })
})
afterAll(() => node[Symbol.asyncDispose]())

/** Differs in every byte from batch to batch, and from place to place. */
function valueOf(index: number): Uint8Array {
  const value = new Uint8Array(SIZES[index % SIZES.length] ?? 0)
  for (let at = 0; at < value.byteLength; at += 1)
    value[at] = (index * 31 + at * 7 + (at >> 8)) % 251
  return value
}

async function produceAll(client: Client, from: number, to: number): Promise<void> {
  const answers = []
  for (let index = from; index < to; index += 1) {
    const batch = buildBatch({ records: [{ value: valueOf(index) }] })
    answers.push(produceBatch(client, { topic: TOPIC, batch, acks: index % 2 === 0 ? 1 : -1 }))
  }
  for (const [index, { errorCode, baseOffset }] of (await Promise.all(answers)).entries())
    expect([errorCode, baseOffset]).toEqual([0, from + index])
}

const ask = (client: Client, offset: number) =>
  fetchPartition(client, {
    topic: TOPIC,
    offset,
    minBytes: 1,
    maxBytes: FETCH_BYTES,
    maxWaitMs: FOR_EVER_MS,
  })

/** Checks an answer that begins at `offset`; returns where it ends. */
function checked(answer: Awaited<ReturnType<typeof ask>>, offset: number): number {
  expect(answer.errorCode).toBe(0)
  let next = offset
  for (const batch of batchesIn(joined(answer.records))) {
    expect([batch.baseOffset, batch.crcMatches()]).toEqual([next, true])
    for (const { value } of readRecords(batch, { maxBytes: 10_000_000 }))
      expect(Buffer.compare(value ?? new Uint8Array(), valueOf(next))).toBe(0)
    next = batch.nextOffset
  }
  return next
}

async function readOn(client: Client, from: number, to: number): Promise<void> {
  for (let next = from; next < to;) {
    const end = checked(await ask(client, next), next)
    expect(end).toBeGreaterThan(next)
    next = end
  }
}

test('what is in flight to one reader outlives what others append and read', async () => {
  const [producer, slow, late, tailing] = await Promise.all(
    Array.from({ length: 4 }, () => node.connect()),
  )
  if (!producer || !slow || !late || !tailing) throw new Error('no connection')
  await produceAll(producer, 0, 40)

  // Answers from the tail (35 …) and from files (0 …) that nobody takes for now.
  slow.pause()
  const offsets = [35, 36, 37, 38, 39, 0, 5, 10]
  const waiting = offsets.map((offset) => ask(slow, offset))
  await readOn(late, 0, 40)

  const followed = readOn(tailing, 40, BATCHES)
  for (let from = 40; from < BATCHES; from += 20) {
    await produceAll(producer, from, from + 20)
    await readOn(late, from - 30, from)
  }
  await within(30_000, 'the reader at the tail', followed)

  slow.resume()
  for (const [index, offset] of offsets.entries())
    checked(await (waiting[index] as (typeof waiting)[number]), offset)
  await readOn(late, 0, BATCHES)
})

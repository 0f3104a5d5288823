/**
 * What every foreign client must be able to do with records: produce with every codec and every
 * acks, idempotently too, and consume what it named, byte for byte. What was produced is also read
 * with the raw client, so that a client cannot agree with itself on something wrong.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { CODECS } from '../../src/records/batch.ts'
import { errors } from '../../src/wire/errors.ts'
import { batchesIn, createTopic, fetchPartition, readPartition, text } from '../support/calls.ts'
import type { RecordedNode } from '../support/recorded-node.ts'
import type { Message, SpeakingClient } from './dialect.ts'

const BEGIN_MS = 1_700_000_000_000

/** What the suite works with; the functions are asked when tests run. */
export interface Subject {
  readonly client: () => SpeakingClient
  readonly node: () => RecordedNode
}

/** Messages of every shape: null and empty keys and values, headers that repeat, several bytes. */
function messagesOf(count: number, partitions = 1): Required<Message>[] {
  return Array.from({ length: count }, (_, index) => ({
    partition: index % partitions,
    key: index % 5 === 0 ? null : `key ${index % 5}`,
    value: index % 7 === 3 ? null : `value ${index} ✓ ${'.'.repeat(index % 200)}`,
    timestampMs: BEGIN_MS + index,
    headers:
      index % 3 === 0
        ? [
            ['trace', `${index}`],
            ['trace', 'again'],
            ['empty', ''],
            ['nothing', null],
          ]
        : [],
  }))
}

/** Defines the tests. */
export function describeRecords({ client, node }: Subject): void {
  /** All records of one partition as messages, read with the raw client. */
  async function readRaw(topic: string, partition = 0): Promise<Required<Message>[]> {
    const raw = await node().node.connect()
    return (await readPartition(raw, { topic, partition })).map((record) => ({
      partition,
      key: text(record.key),
      value: text(record.value),
      timestampMs: record.timestampMs,
      headers: record.headers.map(({ key, value }) => [key, text(value)] as const),
    }))
  }
  async function create(topic: string, partitions = 1): Promise<void> {
    await createTopic(await node().node.connect(), topic, { partitions })
  }

  describe.each(CODECS)('records, %s', (codec) => {
    const topic = `records-${codec}`
    const messages = messagesOf(1500, 3)
    const of = (partition: number) => messages.filter((one) => one.partition === partition)

    test('are produced, each at the offset that is reported', async () => {
      await create(topic, 3)
      const reports = await client().produce({ topic, codec, messages })
      const next = [0, 0, 0]
      const expected = messages.map(({ partition }) => ({
        error: null,
        partition,
        offset: (next[partition] as number)++,
      }))
      expect(reports).toEqual(expected)
      for (const partition of next.keys())
        expect(await readRaw(topic, partition)).toEqual(of(partition))
    })

    test('were really compressed', async () => {
      const raw = await node().node.connect()
      const { bytes } = await fetchPartition(raw, { topic, offset: 0 })
      // A single record may have become longer, and was then left as it is.
      const large = [...batchesIn(bytes)].filter(({ recordCount }) => recordCount > 50)
      expect([...new Set(large.map((batch) => batch.codec))]).toEqual([codec])
    })

    test('are consumed, each once and as it was', async () => {
      const partitions = [0, 1, 2].map((partition) => ({ topic, partition, offset: 0 }))
      const { error, records } = await client().consume({ partitions, count: messages.length })
      expect(error).toBeNull()
      for (const { partition } of partitions) {
        const ours = records.filter((record) => record.partition === partition)
        expect(ours.map(({ offset }) => offset)).toEqual(ours.map((_, index) => index))
        expect(
          ours.map(({ key, value, timestampMs, headers }) => ({
            partition,
            key,
            value,
            timestampMs,
            headers,
          })),
        ).toEqual(of(partition))
      }
    })

    test('are consumed from the middle of a batch, with read_committed too', async () => {
      const { error, records } = await client().consume({
        partitions: [{ topic, partition: 1, offset: 333 }],
        count: 500 - 333,
        readCommitted: true,
      })
      expect(error).toBeNull()
      expect(records.map(({ offset }) => offset)).toEqual(records.map((_, index) => 333 + index))
      expect(records.map(({ value }) => value)).toEqual(
        of(1)
          .slice(333)
          .map(({ value }) => value),
      )
    })
  })

  test('an idempotent producer, before and after a restart of the node', async () => {
    await create('once')
    const messages = messagesOf(500)
    await client().produce({ topic: 'once', idempotent: true, messages })
    await node().node.restart()
    const reports = await client().produce({ topic: 'once', idempotent: true, messages })
    expect(reports.map(({ offset }) => offset)).toEqual(messages.map((_, index) => 500 + index))
    expect(await readRaw('once')).toEqual([...messages, ...messages])
    const raw = await node().node.connect()
    const { bytes } = await fetchPartition(raw, { topic: 'once', offset: 0 })
    const batches = [...batchesIn(bytes)]
    expect(batches.every(({ isIdempotent }) => isIdempotent)).toBe(true)
    expect(new Set(batches.map(({ producerId }) => producerId)).size).toBe(2)
  })

  test.each([0, 1, -1] as const)('acks %i', async (acks) => {
    const topic = `acks-${acks}`
    await create(topic)
    const messages = messagesOf(200)
    const reports = await client().produce({ topic, acks, messages })
    expect(reports.every(({ error }) => error === null)).toBe(true)
    if (acks === 0) await client().produce({ topic, messages: messagesOf(1) })
    else expect(reports.map(({ offset }) => offset)).toEqual(messages.map((_, index) => index))
    expect((await readRaw(topic)).slice(0, 200)).toEqual(messages)
  })

  test('many partitions of many topics in one consumer', async () => {
    const topics = Array.from({ length: 20 }, (_, index) => `wide-${index}`)
    for (const topic of topics) {
      await create(topic, 3)
      await client().produce({ topic, messages: messagesOf(30, 3) })
    }
    const partitions = topics.flatMap((topic) =>
      [0, 1, 2].map((partition) => ({ topic, partition, offset: 0 })),
    )
    const { error, records } = await client().consume({ partitions, count: 600 })
    expect(error).toBeNull()
    const seen = new Map<string, (string | null)[]>()
    for (const { topic, partition, value } of records) {
      const key = `${topic}-${partition}`
      seen.set(key, [...(seen.get(key) ?? []), value])
    }
    for (const { topic, partition } of partitions)
      expect(seen.get(`${topic}-${partition}`)).toEqual(
        messagesOf(30, 3)
          .filter((message) => message.partition === partition)
          .map(({ value }) => value),
      )
  })

  describe('what is too large', () => {
    beforeAll(async () => {
      const configs = { 'max.message.bytes': 1000 }
      await createTopic(await node().node.connect(), 'narrow', { configs })
    })

    test('is refused by name, and the next one is taken', async () => {
      const produce = (length: number) =>
        client().produce({ topic: 'narrow', messages: [{ value: 'x'.repeat(length) }] })
      expect(await produce(5000)).toMatchObject([{ error: errors.MESSAGE_TOO_LARGE }])
      expect(await produce(500)).toMatchObject([{ error: null, offset: 0 }])
    })
  })
}

// Goal: every record is accounted for: acknowledged once, in order, or named as the first that was
// not; what was refused is tried again, split or given up as its error says.
// Method: a scripted broker that refuses as told and keeps what it accepts.
import { afterEach, expect, test } from 'vitest'
import { Cluster } from '../../../src/client/cluster.ts'
import type { ProducerOptions } from '../../../src/client/producer.ts'
import { Producer } from '../../../src/client/producer.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { hostNet } from '../../../src/host/net.ts'
import { hostRandom } from '../../../src/host/random.ts'
import { BatchCursor } from '../../../src/records/batch.ts'
import { readRecords } from '../../../src/records/record.ts'
import type { RequestOf } from '../../../src/wire/api.ts'
import { produce } from '../../../src/wire/apis/00-produce.ts'
import { metadata } from '../../../src/wire/apis/03-metadata.ts'
import { initProducerId } from '../../../src/wire/apis/22-init-producer-id.ts'
import { errors } from '../../../src/wire/errors.ts'
import { only } from '../../support/calls.ts'
import type { Reply } from '../../support/scripted-broker.ts'
import { ScriptedBroker, answering } from '../../support/scripted-broker.ts'

const clusters: Cluster[] = []
afterEach(async () => {
  for (const cluster of clusters.splice(0)) await cluster.close()
})

/** A broker's view of one batch it was sent. */
interface Sent {
  readonly partition: number
  readonly values: readonly string[]
  readonly sequence: number
  readonly producerId: number
}

type Verdict = number | 'silence' | 'hang-up' | { errorCode: number; batchIndex: number }

/** Judges each batch by `judge`; `log` holds those it accepted. */
async function judging(judge: (sent: Sent, turn: number) => Verdict) {
  const seen: Sent[] = []
  const log: Sent[] = []
  const reply = (request: RequestOf<typeof produce>): Reply<typeof produce> => {
    const { name, partitionData } = only(request.topicData)
    const { index, records } = only(partitionData)
    const batch = new BatchCursor(records ?? new Uint8Array())
    const sent = {
      partition: index,
      values: [...readRecords(batch, { maxBytes: 1 << 20 })].map(({ value }) =>
        new TextDecoder().decode(value ?? undefined),
      ),
      sequence: batch.baseSequence,
      producerId: batch.producerId,
    }
    const verdict = judge(sent, seen.push(sent))
    if (verdict === 'silence' || verdict === 'hang-up') return verdict
    const { errorCode, batchIndex } =
      typeof verdict === 'number' ? { errorCode: verdict, batchIndex: null } : verdict
    if (errorCode === errors.NONE) log.push(sent)
    const recordErrors =
      batchIndex === null ? [] : [{ batchIndex, batchIndexErrorMessage: 'not this one' }]
    const answer = { index, errorCode, baseOffset: 0, recordErrors }
    return { responses: [{ name, partitionResponses: [answer] }] }
  }
  const broker: ScriptedBroker = await ScriptedBroker.start([
    answering(metadata, [4, 9], () => broker.describes('t', 2)),
    answering(initProducerId, [0, 4], () => ({ errorCode: 0, producerId: 77, producerEpoch: 0 })),
    answering(produce, [3, 9], reply),
  ])
  return { broker, seen, log }
}

async function producerFor(
  broker: ScriptedBroker,
  options: Partial<ProducerOptions> = {},
): Promise<Producer> {
  const cluster = new Cluster({
    net: hostNet,
    clock: hostClock,
    random: hostRandom,
    bootstrap: [broker.address],
    clientId: 'test',
  })
  clusters.push(cluster)
  return Producer.open(cluster, {
    topic: 't',
    partitionCount: 2,
    acks: -1,
    codec: 'none',
    idempotent: true,
    batchBytes: 60,
    lingerMs: 5,
    deliveryTimeoutMs: 30_000,
    ...options,
  })
}

const value = (text: string) => ({ value: new TextEncoder().encode(text) })

/** Sends `0`, `1` … to partition 0, with ordinals from 1. */
function addAll(producer: Producer, count: number): void {
  for (let index = 0; index < count; index += 1) producer.add(value(`${index}`), index + 1, 0)
}

const texts = (count: number) => Array.from({ length: count }, (_, index) => `${index}`)

test('everything arrives once, in order, under one producer id', async () => {
  const { broker, log } = await judging(() => errors.NONE)
  await using _ = broker
  const producer = await producerFor(broker)
  addAll(producer, 20)
  const summary = await producer.finish()
  expect(summary).toMatchObject({ acknowledged: 20, firstUnacknowledged: null, failure: null })
  expect(log.flatMap(({ values }) => values)).toEqual(texts(20))
  let next = 0
  for (const { sequence, values, producerId } of log) {
    expect([sequence, producerId]).toEqual([next, 77])
    next += values.length
  }
})

test('a refusal that may pass is tried again with the same sequence, before anything else', async () => {
  const { broker, seen, log } = await judging((_, turn) =>
    turn === 1 ? errors.NOT_LEADER_OR_FOLLOWER : turn === 2 ? 'hang-up' : errors.NONE,
  )
  await using _ = broker
  const retries: string[] = []
  const producer = await producerFor(broker, { onRetry: ({ message }) => retries.push(message) })
  addAll(producer, 6)
  expect((await producer.finish()).acknowledged).toBe(6)
  expect(seen.slice(0, 3).map(({ sequence }) => sequence)).toEqual([0, 0, 0])
  expect(log.flatMap(({ values }) => values)).toEqual(texts(6))
  expect(retries).toHaveLength(2)
})

test('a duplicate is as good as an acknowledgement', async () => {
  const { broker } = await judging(() => errors.DUPLICATE_SEQUENCE_NUMBER)
  await using _ = broker
  const producer = await producerFor(broker)
  addAll(producer, 2)
  expect(await producer.finish()).toMatchObject({ acknowledged: 2, failure: null })
})

test('a batch that is too large is sent in pieces, in order', async () => {
  const { broker, log } = await judging(({ values }) =>
    values.length > 2 ? errors.MESSAGE_TOO_LARGE : errors.NONE,
  )
  await using _ = broker
  const producer = await producerFor(broker, { batchBytes: 1_000 })
  addAll(producer, 11)
  expect((await producer.finish()).acknowledged).toBe(11)
  expect(log.flatMap(({ values }) => values)).toEqual(texts(11))
  expect(log.map(({ sequence }) => sequence)).toEqual(
    log.map((_, index) => log.slice(0, index).reduce((sum, { values }) => sum + values.length, 0)),
  )
})

test('one record that is too large ends it, and is named', async () => {
  const { broker, log } = await judging(({ values }) =>
    values.includes('3') ? errors.MESSAGE_TOO_LARGE : errors.NONE,
  )
  await using _ = broker
  const producer = await producerFor(broker, { batchBytes: 1_000 })
  addAll(producer, 8)
  const { acknowledged, firstUnacknowledged, failure } = await producer.finish()
  expect([acknowledged, firstUnacknowledged, failure?.ordinal]).toEqual([3, 4, 4])
  expect(failure).toMatchObject({ mayBeAppended: false, error: { code: 'MESSAGE_TOO_LARGE' } })
  expect(log.flatMap(({ values }) => values)).toEqual(['0', '1', '2'])
})

test('a refused record is named by its place, and nothing behind it is sent', async () => {
  const { broker, seen } = await judging((_, turn) =>
    turn === 2 ? { errorCode: errors.INVALID_RECORD, batchIndex: 1 } : errors.NONE,
  )
  await using _ = broker
  let told = 0
  const producer = await producerFor(broker, { onFailure: () => (told += 1) })
  addAll(producer, 12)
  const { acknowledged, failure, firstUnacknowledged } = await producer.finish()
  const first = seen[0]?.values.length ?? 0
  expect([acknowledged, firstUnacknowledged]).toEqual([first, first + 1])
  expect(failure?.ordinal).toBe(first + 2)
  expect(failure?.error.message).toContain('not this one')
  expect([seen.length, told]).toEqual([2, 1])
  // What is added now is not sent, and does not count as sent.
  producer.add(value('late'), 99, 0)
  await producer.room()
})

test('after an answer that never came nobody claims that nothing was written', async () => {
  const { broker } = await judging((_, turn) =>
    turn === 1 ? 'hang-up' : errors.NOT_LEADER_OR_FOLLOWER,
  )
  await using _ = broker
  const producer = await producerFor(broker, { deliveryTimeoutMs: 400 })
  addAll(producer, 1)
  const { acknowledged, failure } = await producer.finish()
  expect(acknowledged).toBe(0)
  expect(failure).toMatchObject({ mayBeAppended: true, error: { code: 'NOT_LEADER_OR_FOLLOWER' } })
})

test('with acks=0 nothing is answered, and everything is sent', async () => {
  const { broker, log, seen } = await judging(() => 'silence')
  await using _ = broker
  const producer = await producerFor(broker, { acks: 0, idempotent: false })
  addAll(producer, 9)
  expect((await producer.finish()).acknowledged).toBe(9)
  expect(log).toEqual([])
  expect(seen.every(({ sequence, producerId }) => sequence === -1 && producerId === -1)).toBe(true)
})

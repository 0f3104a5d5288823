// Goal: a broker that was started for it fails on purpose, just as it was told, and clients meet
// what they would meet in an accident: errors that they try again after, answers that are lost, a
// server that is slow or does not want them.
// Method: kafkajs against one broker and its switches; what is in the log counts.
import { Kafka, logLevel, type ProducerConfig } from 'kafkajs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startCluster, type Broker, type Cluster } from '../../src/index.ts'
import { faultMethods } from '../../src/rpc/admin/fault-methods.ts'
import type { WantedFault } from '../../src/rpc/admin/ports.ts'
import { AdminClient } from '../support/admin-client.ts'
import { valuesIn } from '../support/embedded.ts'

const NOTHING = { api: '', clientId: '', error: '', delayMs: 0, count: 0, forMs: 0 }

let cluster: Cluster
let broker: Broker
let admin: AdminClient
let topics = 0
/** Of its own for each test. */
let topic: string

beforeAll(async () => {
  cluster = await startCluster({ brokers: 1, faults: true })
  broker = cluster.broker(1)
  admin = new AdminClient(broker.grpcAddress)
})

afterAll(async () => {
  admin.close()
  await cluster.stop()
})

beforeEach(async () => {
  topic = `t${++topics}`
  await cluster.createTopic(topic)
})

const kafka = (clientId: string) =>
  new Kafka({
    ...{ clientId, brokers: cluster.bootstrapServers, logLevel: logLevel.NOTHING },
    retry: { initialRetryTime: 50, retries: 8 },
  })

/** Sends them one after the other. */
async function send(
  values: readonly string[],
  { clientId = 'test', ...options }: ProducerConfig & { readonly clientId?: string } = {},
): Promise<void> {
  const producer = kafka(clientId).producer(options)
  await producer.connect()
  try {
    for (const value of values) await producer.send({ topic, acks: -1, messages: [{ value }] })
  } finally {
    await producer.disconnect()
  }
}

const values = () => valuesIn(cluster, { topic, partition: 0 })
const set = () => admin.call(faultMethods.list, null)

test('requests fail with an error, so many of them; a client tries again', async () => {
  await broker.failRequests({ api: 'Produce', count: 3, error: 'NOT_LEADER_OR_FOLLOWER' })
  expect(await set()).toMatchObject([{ kind: 'fail', api: 'Produce', count: 3, hits: 0 }])
  await send(['one', 'two'])
  expect(await values()).toEqual(['one', 'two'])
  expect(await set()).toEqual([])
})

test('an error that nobody tries again after reaches whoever sent', async () => {
  await broker.failRequests({ api: 'Produce', error: 'MESSAGE_TOO_LARGE' })
  await expect(send(['one'])).rejects.toThrow('larger than the max message size')
  expect(await values()).toEqual([])
})

test('an answer is lost: an idempotent producer leaves one record, another one two', async () => {
  await broker.loseAnswers({ api: 'Produce' })
  await send(['once'], { idempotent: true, maxInFlightRequests: 1 })
  await broker.loseAnswers({ api: 'Produce' })
  await send(['twice'])
  expect(await values()).toEqual(['once', 'twice', 'twice'])
  expect(await set()).toEqual([])
})

test('a delayed request begins when it is time, and others do not wait', async () => {
  await broker.delayRequests({ api: 'Produce', clientId: 'slow', delayMs: 5_000 })
  const slow = send(['slow'], { clientId: 'slow' })
  await expect.poll(async () => (await set()).length, { timeout: 30_000 }).toBe(0)
  await send(['fast'])
  await slow
  expect(await values()).toEqual(['fast', 'slow'])
})

test('one client is refused, until that is taken back', async () => {
  const undo = await broker.refuseClient('unwanted')
  await expect(
    send(['no'], { clientId: 'unwanted', retry: { retries: 1, initialRetryTime: 10 } }),
  ).rejects.toThrow()
  await send(['yes'])
  await undo()
  await undo()
  await send(['at last'], { clientId: 'unwanted' })
  expect(await values()).toEqual(['yes', 'at last'])
})

test('a switch ends with the life of its broker', async () => {
  const undo = await broker.failRequests({ api: 'Produce', count: 9, error: 'NOT_CONTROLLER' })
  await broker.restart()
  await undo()
  await send(['one'])
  expect(await set()).toEqual([])
})

describe('what makes no sense', () => {
  test.each<[string, Partial<WantedFault> & Pick<WantedFault, 'kind'>]>([
    ['INVALID_REQUEST api', { kind: 'fail', api: 'Prodce', error: 'NOT_CONTROLLER' }],
    ['INVALID_REQUEST error', { kind: 'fail', api: 'Produce' }],
    ['INVALID_REQUEST delay_ms', { kind: 'delay', api: 'Produce' }],
    ['INVALID_REQUEST client_id', { kind: 'refuse-client' }],
  ])('is refused: %s', async (outcome, order) => {
    expect(await admin.outcome(faultMethods.inject, { ...NOTHING, ...order })).toBe(outcome)
  })
})

test('a cluster that was not started for it has no switches, and says so', async () => {
  await using other = await startCluster({ brokers: 1 })
  const fault = { api: 'Produce', error: 'NOT_CONTROLLER' }
  await expect(other.broker(1).failRequests(fault)).rejects.toThrow('`faults: true`')
  const asked = new AdminClient(other.broker(1).grpcAddress)
  try {
    const answer = asked.call(faultMethods.list, null)
    await expect(answer).rejects.toMatchObject({
      ...{ code: 'UNIMPLEMENTED', reason: 'FAULTS_DISABLED' },
      hint: expect.stringContaining('--enable-faults') as string,
    })
  } finally {
    asked.close()
  }
})

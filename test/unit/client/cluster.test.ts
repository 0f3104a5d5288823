// Goal: the client speaks with brokers older than it, says what is wrong with what is no broker,
// and neither waits for ever nor takes a late answer for another one.
// Method: scripted brokers on loopback ports.
import net from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { Cluster } from '../../../src/client/cluster.ts'
import { isOutcomeUnknown } from '../../../src/client/errors.ts'
import { LATEST, findOffsets } from '../../../src/client/offsets.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { hostNet } from '../../../src/host/net.ts'
import { hostRandom } from '../../../src/host/random.ts'
import { listOffsets } from '../../../src/wire/apis/02-list-offsets.ts'
import { metadata } from '../../../src/wire/apis/03-metadata.ts'
import { apiVersions } from '../../../src/wire/apis/18-api-versions.ts'
import { deleteTopics } from '../../../src/wire/apis/20-delete-topics.ts'
import { errors } from '../../../src/wire/errors.ts'
import type { Address } from '../../support/client.ts'
import { ScriptedBroker, answering } from '../../support/scripted-broker.ts'

const clusters: Cluster[] = []
afterEach(async () => {
  for (const cluster of clusters.splice(0)) await cluster.close()
})

function clusterAt(
  bootstrap: readonly Address[],
  waits: { requestTimeoutMs?: number; greetingTimeoutMs?: number } = {},
): Cluster {
  const machine = { net: hostNet, clock: hostClock, random: hostRandom }
  const cluster = new Cluster({ ...machine, bootstrap, clientId: 'test', ...waits })
  clusters.push(cluster)
  return cluster
}

const describing = (broker: () => ScriptedBroker) =>
  answering(metadata, [4, 9], () => broker().describes('t', 2))

test('the highest version that both know is spoken, whatever ours could be', async () => {
  await using broker = await ScriptedBroker.start([
    answering(metadata, [0, 5], () => broker.describes('t', 2)),
  ])
  const { topics } = await clusterAt([broker.address]).metadata(['t'])
  expect(topics.map(({ name }) => name)).toEqual(['t'])
  expect(broker.heard).toEqual(['ApiVersions v3', 'Metadata v5'])
})

test('a broker that does not know our ApiVersions is asked again in version 0', async () => {
  const ranges = [
    { apiKey: 18, minVersion: 0, maxVersion: 1 },
    { apiKey: 3, minVersion: 0, maxVersion: 4 },
  ]
  await using broker = await ScriptedBroker.start([
    answering(apiVersions, [0, 1], (_, version) =>
      version > 1
        ? { errorCode: errors.UNSUPPORTED_VERSION, apiKeys: [] }
        : { errorCode: 0, apiKeys: ranges },
    ),
    answering(metadata, [0, 4], () => broker.describes('t', 1)),
  ])
  await clusterAt([broker.address]).metadata(['t'])
  expect(broker.heard).toEqual(['ApiVersions v3', 'ApiVersions v0', 'Metadata v4'])
})

test('an API that is not served is an error of its own', async () => {
  await using broker: ScriptedBroker = await ScriptedBroker.start([describing(() => broker)])
  const cluster = clusterAt([broker.address])
  await expect(
    cluster.call('any', listOffsets, { replicaId: -1, topics: [] }),
  ).rejects.toMatchObject({
    code: 'NOT_SERVED',
    message: expect.stringContaining('does not serve ListOffsets') as string,
  })
})

test('the first bootstrap address that answers is taken', async () => {
  await using broker: ScriptedBroker = await ScriptedBroker.start([describing(() => broker)])
  const nobody = { host: '127.0.0.1', port: 1 }
  await clusterAt([nobody, broker.address]).metadata(null)
  await expect(clusterAt([nobody]).metadata(null)).rejects.toMatchObject({
    code: 'UNREACHABLE',
    cause: { code: 'ECONNREFUSED' },
  })
})

/** Answers everybody but those who ask for `slow`. */
async function slowBroker(): Promise<ScriptedBroker> {
  const broker: ScriptedBroker = await ScriptedBroker.start([
    answering(metadata, [4, 9], ({ topics }) =>
      topics?.[0]?.name === 'slow' ? 'silence' : broker.describes('t', 1),
    ),
  ])
  return broker
}

test('an answer that does not come ends the connection, and the next call dials anew', async () => {
  await using broker = await slowBroker()
  const cluster = clusterAt([broker.address], { requestTimeoutMs: 100 })
  await expect(cluster.metadata(['slow'])).rejects.toMatchObject({
    code: 'TIMED_OUT',
    changesNothing: true,
  })
  expect((await cluster.metadata(['t'])).topics).toHaveLength(1)
})

test('an answer out of turn is never taken for that of the request before it', async () => {
  await using broker = await slowBroker()
  const cluster = clusterAt([broker.address])
  await cluster.metadata(['t'])
  const both = [cluster.metadata(['slow']), cluster.metadata(['t'])]
  for (const { status, ...rest } of await Promise.allSettled(both))
    expect([status, rest]).toMatchObject(['rejected', { reason: { code: 'BAD_RESPONSE' } }])
})

test('what listens and does not speak Kafka is told apart', async () => {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined)
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  await expect(clusterAt([{ host: '127.0.0.1', port }]).metadata(null)).rejects.toMatchObject({
    code: 'BAD_RESPONSE',
  })
  server.close()
})

test.each(['silence', 'hang-up'] as const)('%s to the first question: no broker', async (reply) => {
  await using broker = await ScriptedBroker.start([answering(apiVersions, [0, 3], () => reply)])
  const cluster = clusterAt([broker.address], { greetingTimeoutMs: 100 })
  await expect(cluster.connect()).rejects.toMatchObject({
    code: 'NO_BROKER',
    changesNothing: true,
  })
})

test('what ends before a change is answered may have been done, what was only asked was not', async () => {
  await using broker: ScriptedBroker = await ScriptedBroker.start([
    answering(metadata, [4, 9], ({ topics }) =>
      topics?.[0]?.name === 'slow' ? 'silence' : broker.describes('t', 1),
    ),
    answering(deleteTopics, [1, 4], () => 'hang-up'),
  ])
  const cluster = clusterAt([broker.address])
  await cluster.connect()
  const asked = cluster.metadata(['slow'])
  const changed = cluster.call('any', deleteTopics, { topicNames: ['t'], timeoutMs: 1 })
  const failures = await Promise.allSettled([asked, changed])
  expect(failures).toMatchObject([
    { reason: { code: 'CONNECTION_LOST', changesNothing: true } },
    { reason: { code: 'CONNECTION_LOST', changesNothing: false } },
  ])
  expect(failures.map((one) => one.status === 'rejected' && isOutcomeUnknown(one.reason))).toEqual([
    false,
    true,
  ])
})

test('a leader that moved is looked for again', async () => {
  let asked = 0
  await using broker: ScriptedBroker = await ScriptedBroker.start([
    describing(() => broker),
    answering(listOffsets, [1, 8], ({ topics }) => {
      asked += 1
      const errorCode = asked === 1 ? errors.NOT_LEADER_OR_FOLLOWER : errors.NONE
      return {
        topics: topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex }) => ({
            partitionIndex,
            errorCode,
            offset: 40 + partitionIndex,
          })),
        })),
      }
    }),
  ])
  const offsets = await findOffsets(clusterAt([broker.address]), {
    topic: 't',
    partitions: [0, 1],
    timestamp: LATEST,
    timeoutMs: 30_000,
  })
  expect([...offsets]).toEqual([
    [0, 40],
    [1, 41],
  ])
  expect(broker.heard.filter((request) => request.startsWith('Metadata'))).toHaveLength(2)
})

test('a leader that is named and is not among the brokers is looked for again', async () => {
  let described = 0
  await using broker: ScriptedBroker = await ScriptedBroker.start([
    answering(metadata, [4, 9], () => {
      described += 1
      const known = broker.describes('t', 1)
      return described > 2 ? known : { ...known, brokers: [{ nodeId: 2, ...broker.address }] }
    }),
    answering(listOffsets, [1, 8], () => ({
      topics: [{ name: 't', partitions: [{ partitionIndex: 0, errorCode: 0, offset: 40 }] }],
    })),
  ])
  const query = { topic: 't', partitions: [0], timestamp: LATEST, timeoutMs: 30_000 }
  expect([...(await findOffsets(clusterAt([broker.address]), query))]).toEqual([[0, 40]])
})

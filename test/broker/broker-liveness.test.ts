/**
 * Goal: clients are not sent to a broker that is gone, and are sent again to one that is back; who
 * is alive is left alone, whatever becomes of the controllers; a stop keeps nobody waiting.
 * Method: real processes that are killed, stopped, continued and restarted, with a proxy on every
 * link between them; what is asked is what a client sees. Times are printed and not judged.
 */
import { afterEach, expect, test } from 'vitest'
import { activeController } from '../../chaos/quorum/views.ts'
import { ZERO_UUID } from '../../src/bytes/uuid.ts'
import { ProcessCluster, type ClusterOptions } from '../../src/chaos/cluster/process-cluster.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import { errors } from '../../src/wire/errors.ts'
import { createTopic, produceBatch } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { eventually, within } from '../support/within.ts'

const WAIT_MS = 60_000
const BROKER = { 'process.roles': 'broker' }
/** Sessions that are never over while a test runs: what happens is not their doing. */
const LONG_SESSION = { 'broker.session.timeout.ms': 600_000 }

const open: (ProcessCluster | TempDir | Client)[] = []
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource[Symbol.asyncDispose]()
})

async function cluster(options: Omit<ClusterOptions, 'directory'>): Promise<ProcessCluster> {
  const directory = await tempDir('liveness')
  open.push(directory)
  const started = await ProcessCluster.open({ directory: directory.path, ...options })
  open.push(started)
  await started.startAll()
  return started
}

/** Node 1 is controller and broker; 2 and 3 are brokers. */
async function oneController(set: ClusterOptions['set']): Promise<ProcessCluster> {
  const nodes = await cluster({ voters: 1, spares: 2, ...(set && { set }) })
  for (const nodeId of [2, 3]) await nodes.start(nodeId, BROKER)
  return nodes
}

async function connect(nodes: ProcessCluster, nodeId: number): Promise<Client> {
  const client = await Client.connect(nodes.node(nodeId).address)
  open.push(client)
  return client
}

interface View {
  readonly brokers: readonly number[]
  /** By partition: `leader/leader epoch`, or an error's code. */
  readonly leaders: readonly string[]
}

async function view(client: Client, topic: string): Promise<View> {
  const { brokers, topics } = await client.request(metadata, 12, {
    topics: [{ topicId: ZERO_UUID, name: topic }],
    allowAutoTopicCreation: false,
    includeTopicAuthorizedOperations: false,
  })
  const partitions = [...(topics[0]?.partitions ?? [])].sort(
    (one, other) => one.partitionIndex - other.partitionIndex,
  )
  return {
    brokers: brokers.map(({ nodeId }) => nodeId).sort(),
    leaders: partitions.map(({ errorCode, leaderId, leaderEpoch }) =>
      errorCode === errors.NONE ? `${leaderId}/${leaderEpoch}` : `error ${errorCode}`,
    ),
  }
}

/** Resolves with the first view in which exactly these brokers are there. */
async function sees(client: Client, topic: string, brokers: readonly number[]): Promise<View> {
  const began = performance.now()
  const seen = await eventually(WAIT_MS, `brokers ${brokers.join()}`, async () => {
    const shown = await view(client, topic)
    return shown.brokers.join() === brokers.join() && shown
  })
  console.info(`brokers ${brokers.join()} after ${Math.round(performance.now() - began)} ms`)
  return seen
}

/** Which partition a broker leads. */
function ledBy({ leaders }: View, nodeId: number): number {
  const index = leaders.findIndex((leader) => leader.startsWith(`${nodeId}/`))
  expect(index).toBeGreaterThanOrEqual(0)
  return index
}

test('a broker that dies is fenced at once, and takes over at once when it is back', async () => {
  const nodes = await oneController(LONG_SESSION)
  const client = await connect(nodes, 1)
  await createTopic(client, 'orders', { partitions: 6 })
  const before = await sees(client, 'orders', [1, 2, 3])
  const lost = ledBy(before, 2)
  await nodes.kill(2)
  const without = await sees(client, 'orders', [1, 3])
  expect(without.leaders[lost]).toBe(`error ${errors.LEADER_NOT_AVAILABLE}`)

  // Nothing new is given to it.
  await createTopic(client, 'later', { partitions: 6 })
  const later = await view(client, 'later')
  expect(new Set(later.leaders)).toEqual(new Set(['1/0', '3/0']))

  const began = performance.now()
  await nodes.start(2, BROKER)
  console.info(`back in service after ${Math.round(performance.now() - began)} ms`)
  const after = await sees(client, 'orders', [1, 2, 3])
  // In a new epoch: one for its end, one for its beginning.
  expect(after.leaders[lost]).toBe('2/2')
  // Nobody else was touched.
  for (const [index, leader] of before.leaders.entries())
    if (!leader.startsWith('2/')) expect(after.leaders[index]).toBe(leader)
})

test('a broker that stands still is fenced after its session, and let in when it goes on', async () => {
  const nodes = await oneController({
    'broker.heartbeat.interval.ms': 200,
    'broker.session.timeout.ms': 2_000,
  })
  const client = await connect(nodes, 1)
  await createTopic(client, 'orders', { partitions: 6 })
  const before = await sees(client, 'orders', [1, 2, 3])
  const lost = ledBy(before, 2)
  nodes.pause(2)
  const without = await sees(client, 'orders', [1, 3])
  expect(without.leaders[lost]).toBe(`error ${errors.LEADER_NOT_AVAILABLE}`)
  nodes.resume(2)
  const after = await sees(client, 'orders', [1, 2, 3])
  expect(after.leaders[lost]).toBe('2/2')
  const { errorCode } = await eventually(WAIT_MS, 'a produce', async () => {
    const two = await connect(nodes, 2)
    const done = await produceBatch(two, { topic: 'orders', partition: lost, batch: batch() })
    return done.errorCode === errors.NONE && done
  })
  expect(errorCode).toBe(errors.NONE)
})

test('when the active controller dies, its broker is fenced and nobody else', async () => {
  const nodes = await cluster({
    voters: 3,
    set: { ...LONG_SESSION, 'controller.quorum.election.timeout.ms': 300 },
  })
  const targets = nodes.nodeIds.map((node) => ({ node, address: nodes.node(node).address }))
  const first = await eventually(WAIT_MS, 'a controller', () => activeController(targets))
  const client = await connect(nodes, (first % 3) + 1)
  await createTopic(client, 'orders', { partitions: 6 })
  const before = await sees(client, 'orders', [1, 2, 3])
  await nodes.kill(first)
  const others = [1, 2, 3].filter((nodeId) => nodeId !== first)
  const without = await sees(client, 'orders', others)
  expect(without.leaders).toEqual(
    before.leaders.map((leader) =>
      leader.startsWith(`${first}/`) ? `error ${errors.LEADER_NOT_AVAILABLE}` : leader,
    ),
  )
  await nodes.start(first)
  const after = await sees(client, 'orders', [1, 2, 3])
  expect(after.leaders).toEqual(
    before.leaders.map((leader) => (leader.startsWith(`${first}/`) ? `${first}/2` : leader)),
  )
})

test('a broker that is stopped is fenced when it goes, and keeps nobody else from working', async () => {
  const nodes = await oneController(LONG_SESSION)
  const client = await connect(nodes, 1)
  await createTopic(client, 'orders', { partitions: 6 })
  const before = await sees(client, 'orders', [1, 2, 3])
  const partition = ledBy(before, 1)
  const codes: number[] = []
  const over = new AbortController()
  const load = (async () => {
    while (!over.signal.aborted) {
      const done = await produceBatch(client, { topic: 'orders', partition, batch: batch() })
      codes.push(done.errorCode)
    }
  })()
  const began = performance.now()
  const { code } = await nodes.stop(2)
  console.info(`stopped after ${Math.round(performance.now() - began)} ms`)
  expect(code).toBe(0)
  const one = await connect(nodes, 1)
  // The very first look: it was fenced before it left, because it had said so.
  expect(nodes.node(1).output).toContain('it stops')
  expect((await view(one, 'orders')).brokers).toEqual([1, 3])
  over.abort()
  await within(WAIT_MS, 'the end of the load', load)
  expect(codes.length).toBeGreaterThan(0)
  expect(new Set(codes)).toEqual(new Set([errors.NONE]))
})

test('a broker whose controllers are all gone stops all the same', async () => {
  const nodes = await oneController(LONG_SESSION)
  await nodes.kill(1)
  const began = performance.now()
  const { code } = await nodes.stop(2)
  console.info(`stopped without controllers after ${Math.round(performance.now() - began)} ms`)
  expect(code).toBe(0)
})

const batch = () => buildBatch({ records: [{ value: Buffer.from('x') }] })

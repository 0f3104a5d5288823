// Goal: a cluster of processes whose every link can be damaged is a cluster: it founds its quorum
// through the proxies, survives what is done to its active controller, and each node is found again
// on its new port. Method: three real nodes; what one acknowledged must come to be on all of them.
import { afterEach, test } from 'vitest'
import { activeController, readTopics } from '../../chaos/quorum/views.ts'
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { createTopics } from '../../src/wire/apis/19-create-topics.ts'
import { errors } from '../../src/wire/errors.ts'
import { Client } from '../support/client.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { eventually } from '../support/within.ts'

const open: (ProcessCluster | TempDir)[] = []
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource[Symbol.asyncDispose]()
})

async function threeNodes(): Promise<ProcessCluster> {
  const directory = await tempDir('cluster')
  open.push(directory)
  const cluster = await ProcessCluster.start({
    directory: directory.path,
    voters: 3,
    set: { 'controller.quorum.election.timeout.ms': 200 },
  })
  open.push(cluster)
  return cluster
}

const targets = (cluster: ProcessCluster) =>
  cluster.nodeIds.map((node) => ({ node, address: cluster.node(node).address }))

const controllerOf = (cluster: ProcessCluster) =>
  eventually(30_000, 'an active controller', () => activeController(targets(cluster)))

/** Through one node: under new names until one is acknowledged; that name. */
async function createThrough(cluster: ProcessCluster, nodeId: number, name: string) {
  await using client = await Client.connect(cluster.node(nodeId).address)
  let tries = 0
  return await eventually(30_000, `an acknowledged creation of ${name}`, async () => {
    const topic = `${name}-${(tries += 1)}`
    const { topics } = await client.request(createTopics, 7, {
      topics: [{ name: topic, numPartitions: 1, replicationFactor: 1 }],
      timeoutMs: 5_000,
    })
    return topics[0]?.errorCode === errors.NONE && topic
  })
}

/** Waits until all nodes show the same, these topics among it. */
async function allShow(cluster: ProcessCluster, ...topics: readonly string[]): Promise<void> {
  await eventually(30_000, `${topics.join()} on all nodes`, async () => {
    const readings = await Promise.all(targets(cluster).map(readTopics))
    const shown = readings.map((reading) =>
      reading.topics
        .map(({ name, topicId }) => `${name} ${topicId}`)
        .sort()
        .join(),
    )
    const names = readings[0]?.topics.map(({ name }) => name)
    return new Set(shown).size === 1 && topics.every((topic) => names?.includes(topic))
  })
}

test('a killed controller is replaced, and found again on another port', async () => {
  const cluster = await threeNodes()
  const first = await controllerOf(cluster)
  const other = (first % 3) + 1
  const before = await createThrough(cluster, other, 'before')
  await allShow(cluster, before)
  await cluster.kill(first)
  const meanwhile = await createThrough(cluster, other, 'meanwhile')
  await cluster.start(first)
  const after = await createThrough(cluster, first, 'after')
  await allShow(cluster, before, meanwhile, after)
})

test('a controller that hears nothing, or says nothing, or is stopped, is replaced', async () => {
  const cluster = await threeNodes()
  const topics: string[] = []
  for (const fault of ['in', 'out', 'both', 'stop'] as const) {
    const controller = await controllerOf(cluster)
    if (fault === 'stop') cluster.pause(controller)
    const undo = fault === 'stop' ? null : cluster.cutOff(controller, fault)
    topics.push(await createThrough(cluster, (controller % 3) + 1, `while-${fault}`))
    if (fault === 'stop') cluster.resume(controller)
    await undo?.()
    await allShow(cluster, ...topics)
  }
})

/**
 * What many partitions cost three brokers that each have a replica of all of them: how long they
 * take to be created, what they cost while nothing happens, how long it takes until each one that
 * was led by a killed broker acknowledges again, and how long that broker takes to come back. A few
 * partitions first, for comparison. Needs /proc for memory and CPU.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { createTopic, topicMetadata } from '../../test/support/calls.ts'
import { Client } from '../../test/support/client.ts'
import { eventually } from '../../test/support/within.ts'
import { untilAcknowledged, type Place } from '../acknowledging.ts'
import { untilDeathIsHeardOf } from '../bare-death.ts'
import { makeDirectories } from '../bare-directories.ts'
import { Cluster } from '../cluster.ts'
import { statsOf } from '../process-stats.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'

const NODES = 3
const PARTITIONS_PER_TOPIC = 1_000
const CREATED_WITHIN_MS = 120_000
const IN_SYNC_WITHIN_MS = 120_000
const MB = 1e6
/** So many partitions are what the promise of failover is about (docs/BENCHMARKS.md). */
const PROMISED = 10_000
const TARGET = { limit: 5_000, aim: 1_000, better: 'less' } as const

export async function measurePartitions(rig: Rig): Promise<Row[]> {
  const rows: Row[] = []
  for (const count of rig.pace.replicatedPartitions) {
    await using cluster = await Cluster.start(rig, { nodes: NODES })
    const name = `${count.toLocaleString('en')} partitions × ${NODES}`
    const places = placesOf(count)
    const without = await idleness(rig, cluster)
    rows.push(...named(name, await created(rig, cluster, places)))
    rows.push(...named(name, idle(await idleness(rig, cluster), without)))
    rows.push(...named(name, await failedOver(cluster, places)))
  }
  return rows
}

const named = (name: string, rows: readonly Row[]): readonly Row[] =>
  rows.map((row) => ({ ...row, measure: `${name}, ${row.measure}` }))

function placesOf(count: number): readonly Place[] {
  return Array.from({ length: count }, (_, index) => ({
    topic: `many-${Math.floor(index / PARTITIONS_PER_TOPIC)}`,
    partition: index % PARTITIONS_PER_TOPIC,
  }))
}

async function created(rig: Rig, cluster: Cluster, places: readonly Place[]): Promise<Row[]> {
  const bare = makeDirectories(rig.freshDirectory(), NODES * places.length)
  await using client = await Client.connect(cluster.node(1).address)
  const beganMs = performance.now()
  for (const topic of topicsOf(places)) {
    const partitions = places.filter((place) => place.topic === topic).length
    await makeTopic(client, topic, partitions)
  }
  const createdMs = performance.now()
  const { acknowledgedMs } = await untilAcknowledged(cluster, places)
  return [
    { measure: 'created', unit: 'ms', value: createdMs - beganMs, bare },
    { measure: 'created and written to', unit: 'ms', value: acknowledgedMs - beganMs, bare },
  ]
}

/**
 * The active controller is as busy as everybody else: a request whose outcome is open is made
 * again, as by any client.
 */
async function makeTopic(client: Client, topic: string, partitions: number): Promise<void> {
  await eventually(CREATED_WITHIN_MS, `the topic ${topic}`, async () => {
    if ((await topicMetadata(client, topic)).partitions.length === partitions) return true
    await createTopic(client, topic, { partitions, replicationFactor: NODES }).catch(() => null)
    return false
  })
}

const topicsOf = (places: readonly Place[]) => [...new Set(places.map(({ topic }) => topic))]

/** Of each broker, the mean; null where the system does not tell. */
interface Idleness {
  readonly cpuMsPerSecond: number | null
  readonly residentMB: number | null
}

async function idleness(rig: Rig, { nodes }: Cluster): Promise<Idleness> {
  const { replicatedIdleMs: forMs } = rig.pace
  const stats = () => nodes.flatMap(({ pid }) => statsOf(pid) ?? [])
  // What was begun before is not idleness.
  await pause(forMs / 4)
  const before = stats()
  await pause(forMs)
  const after = stats()
  const mean = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
  const cpu = mean(after.map((one, at) => one.cpuSeconds - (before[at]?.cpuSeconds ?? 0)))
  return {
    cpuMsPerSecond: cpu === null ? null : (cpu * 1e6) / forMs,
    residentMB: mean(after.map(({ residentBytes }) => residentBytes / MB)),
  }
}

/** In the place of the bare loop: the same brokers before there was any partition. */
const idle = (full: Idleness, without: Idleness): readonly Row[] => [
  {
    ...{ measure: 'idle CPU of a broker', unit: 'ms/s', value: full.cpuMsPerSecond },
    ...(without.cpuMsPerSecond !== null && { bare: without.cpuMsPerSecond }),
  },
  {
    ...{ measure: 'memory of a broker', unit: 'MB', value: full.residentMB },
    ...(without.residentMB !== null && { bare: without.residentMB }),
  },
]

/** The broker that leads a third of them is killed, and comes back. */
async function failedOver(cluster: Cluster, places: readonly Place[]): Promise<Row[]> {
  const victim = 1 + ((await cluster.activeController()) % NODES)
  const led = await ledBy(victim, cluster, places)
  const bare = await untilDeathIsHeardOf()
  const killedMs = performance.now()
  await cluster.node(victim).kill()
  const { ledMs, acknowledgedMs } = await untilAcknowledged(cluster, led)
  const startedMs = performance.now()
  const { readyMs } = await cluster.startAgain(victim)
  await untilInSync(cluster, topicsOf(places))
  const inSyncMs = performance.now() - startedMs
  const since = (what: string, ms: number): Row => ({
    ...{ measure: `broker killed → ${what}`, unit: 'ms', value: ms - killedMs, bare },
  })
  return [
    since('others lead', ledMs),
    {
      ...since('all acknowledge', acknowledgedMs),
      ...(places.length === PROMISED && { target: TARGET }),
    },
    { measure: 'started again → serves', unit: 'ms', value: readyMs },
    { measure: 'started again → in sync everywhere', unit: 'ms', value: inSyncMs },
  ]
}

async function ledBy(
  nodeId: number,
  cluster: Cluster,
  places: readonly Place[],
): Promise<readonly Place[]> {
  await using client = await Client.connect(cluster.node(nodeId).address)
  const led = new Set<string>()
  for (const topic of topicsOf(places))
    for (const { partitionIndex, leaderId } of (await topicMetadata(client, topic)).partitions)
      if (leaderId === nodeId) led.add(`${topic} ${partitionIndex}`)
  return places.filter(({ topic, partition }) => led.has(`${topic} ${partition}`))
}

async function untilInSync(cluster: Cluster, topics: readonly string[]): Promise<void> {
  await using client = await Client.connect(cluster.node(1).address)
  for (const topic of topics)
    await eventually(IN_SYNC_WITHIN_MS, `the replicas of ${topic} in sync`, async () => {
      const { partitions } = await topicMetadata(client, topic)
      return partitions.every(({ isrNodes }) => isrNodes.length === NODES)
    })
}

/**
 * What many partitions cost three brokers that each have a replica of all of them: how long they
 * take to be created, what they cost while nothing happens, how long it takes until each one that
 * was led by a killed broker acknowledges again, and how long that broker takes to come back. A few
 * partitions first, for comparison. Needs /proc for memory and CPU.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { asError } from '../../src/base/errors.ts'
import { createTopics } from '../../src/wire/apis/19-create-topics.ts'
import { errorName, errors, type ErrorCode } from '../../src/wire/errors.ts'
import { topicMetadata } from '../../test/support/calls.ts'
import { untilAcknowledged, type Place } from '../acknowledging.ts'
import { untilDeathIsHeardOf } from '../bare-death.ts'
import { makeDirectories } from '../bare-directories.ts'
import { Clients, isConnectionLost } from '../clients.ts'
import { Cluster } from '../cluster.ts'
import { statsOf } from '../process-stats.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'

const NODES = 3
const PARTITIONS_PER_TOPIC = 1_000
const CREATED_WITHIN_MS = 120_000
const RETRY_MS = 100
const IN_SYNC_WITHIN_MS = 120_000
/** After which a cluster that does nothing counts as idle, though it costs less and less still. */
const SETTLED_WITHIN_MS = 120_000
const SETTLED_WINDOWS = 3
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
    try {
      const without = await idleness(rig, cluster)
      rows.push(...named(name, await created(rig, cluster, places)))
      rows.push(...named(name, idle(await idleness(rig, cluster), without)))
      rows.push(...named(name, await failedOver(cluster, places)))
    } catch (thrown) {
      throw new Error(`${name}: ${asError(thrown).message}\n${cluster.lastWords()}`, {
        cause: thrown,
      })
    }
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
  await using clients = new Clients(cluster)
  const beganMs = performance.now()
  for (const topic of topicsOf(places)) {
    const partitions = places.filter((place) => place.topic === topic).length
    await makeTopic(clients, topic, partitions)
  }
  const createdMs = performance.now()
  const { acknowledgedMs } = await untilAcknowledged(cluster, places)
  return [
    { measure: 'created', unit: 'ms', value: createdMs - beganMs, bare },
    { measure: 'created and written to', unit: 'ms', value: acknowledgedMs - beganMs, bare },
  ]
}

/** Whether a topic was created is open, or it was not: the controller changes, or is busy. */
const OPEN: readonly ErrorCode[] = [errors.REQUEST_TIMED_OUT, errors.NOT_CONTROLLER]

/** As by any client: what is open is asked for again, and anything else is a failure. */
async function makeTopic(clients: Clients, name: string, numPartitions: number): Promise<void> {
  const deadlineMs = performance.now() + CREATED_WITHIN_MS
  const tries: string[] = []
  const topic = { name, numPartitions, replicationFactor: NODES, assignments: [], configs: [] }
  const request = { topics: [topic], timeoutMs: CREATED_WITHIN_MS / 4, validateOnly: false }
  while (performance.now() < deadlineMs) {
    try {
      const client = await clients.any()
      const [result] = (await client.request(createTopics, 5, request)).topics
      const code = result?.errorCode ?? errors.UNKNOWN_SERVER_ERROR
      if (code === errors.NONE) return
      // By an earlier request, whose outcome was open.
      if (code === errors.TOPIC_ALREADY_EXISTS && tries.length > 0) return
      tries.push(`${errorName(code)} ${result?.errorMessage ?? ''}`)
      if (!OPEN.includes(code)) break
    } catch (thrown) {
      if (!isConnectionLost(thrown)) throw thrown
      tries.push(thrown.message)
    }
    await pause(RETRY_MS)
  }
  throw new Error(`the topic ${name} was not created: ${tries.join('; ')}`)
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
  await untilSettled(forMs / 4, () => stats().reduce((sum, one) => sum + one.cpuSeconds, 0))
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

/**
 * What was begun before is not idleness: logs that were written to are flushed for a while. Waits
 * until some windows in a row have cost no less than one before.
 */
async function untilSettled(windowMs: number, cpuSeconds: () => number): Promise<void> {
  const deadlineMs = performance.now() + SETTLED_WITHIN_MS
  let least = Infinity
  for (let windows = 0; windows < SETTLED_WINDOWS && performance.now() < deadlineMs;) {
    const before = cpuSeconds()
    await pause(windowMs)
    const used = cpuSeconds() - before
    windows = used < least ? 1 : windows + 1
    least = Math.min(least, used)
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
  await using clients = new Clients(cluster)
  const led = new Set<string>()
  for (const topic of topicsOf(places)) {
    const { partitions } = await topicMetadata(await clients.of(nodeId), topic)
    for (const { partitionIndex, leaderId } of partitions)
      if (leaderId === nodeId) led.add(`${topic} ${partitionIndex}`)
  }
  return places.filter(({ topic, partition }) => led.has(`${topic} ${partition}`))
}

async function untilInSync(cluster: Cluster, topics: readonly string[]): Promise<void> {
  await using clients = new Clients(cluster)
  const deadlineMs = performance.now() + IN_SYNC_WITHIN_MS
  for (const topic of topics)
    for (;;) {
      const missing = await notInSync(clients, topic)
      if (missing === 0) break
      if (performance.now() > deadlineMs)
        throw new Error(`${missing} partitions of ${topic} lack a replica in sync`)
      await pause(RETRY_MS / 5)
    }
}

/** How many of its partitions; all, when the node that was asked is lost meanwhile. */
async function notInSync(clients: Clients, topic: string): Promise<number> {
  try {
    const { partitions } = await topicMetadata(await clients.any(), topic)
    return partitions.filter(({ isrNodes }) => isrNodes.length < NODES).length
  } catch (thrown) {
    if (!isConnectionLost(thrown)) throw thrown
    return PARTITIONS_PER_TOPIC
  }
}

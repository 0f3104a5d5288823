/**
 * What a coordinator costs that has thousands of groups, when it has to begin anew: a broker alone
 * that is killed and started again, and one of three whose groups the others take over. Each time,
 * from the start, or the kill, until offsets are fetched and committed again, of one group and of
 * one in every partition of the offsets topic; and how many records of the log were folded for it,
 * as the coordinators themselves say.
 */
import type { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { errors } from '../../src/wire/errors.ts'
import { createTopic } from '../../test/support/calls.ts'
import type { Address } from '../../test/support/client.ts'
import { Client } from '../../test/support/client.ts'
import { eventually } from '../../test/support/within.ts'
import { Cluster } from '../cluster.ts'
import { commitOnce, coordinatorsOf } from '../coordinators.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'
import type { Served } from '../serving.ts'
import { OFFSETS_PARTITIONS, onePerPartition, untilPreferred, untilServed } from '../serving.ts'

const TOPIC = 'grouped'
const PARTITIONS_OF_GROUP = 3
const SET = { 'log.level': 'info', 'offsets.topic.num.partitions': OFFSETS_PARTITIONS }
const CONNECTIONS = 64
const WITHIN_MS = 60_000
const TARGET = { limit: 2_000, aim: 1_000, better: 'less' } as const
const NOTHING = { limit: 0, aim: 0, better: 'less' } as const

export async function measureGroups(rig: Rig): Promise<Row[]> {
  const count = rig.pace.groups
  const groupIds = Array.from({ length: count }, (_, index) => `group-${index}`)
  const name = `${count.toLocaleString('en')} groups`
  return [
    ...(await restarted(rig, groupIds)).map((row) => named(`${name}, 1 broker`, row)),
    ...(await failedOver(rig, groupIds)).map((row) => named(`${name}, 3 brokers`, row)),
  ]
}

const named = (prefix: string, row: Row) => ({ ...row, measure: `${prefix}, ${row.measure}` })

/** A broker alone is killed and started again. */
async function restarted(rig: Rig, groupIds: readonly string[]): Promise<Row[]> {
  await using cluster = await Cluster.start(rig, { nodes: 1, set: SET })
  await commitAll(cluster, groupIds)
  await cluster.node(1).kill()
  const beganMs = performance.now()
  const node = await cluster.startAgain(1)
  const served = await untilServed(node.address, onePerPartition(groupIds), commitsOf)
  return [
    ...rowsOf('killed and started again', beganMs, served, TARGET),
    replayedRow('killed and started again', [node]),
  ]
}

/** The coordinator of a third of them is killed; then it is started again. */
async function failedOver(rig: Rig, groupIds: readonly string[]): Promise<Row[]> {
  await using cluster = await Cluster.start(rig, { nodes: 3, set: SET })
  const coordinators = await commitAll(cluster, groupIds)
  const victim = 1 + ((await cluster.activeController()) % cluster.nodes.length)
  const { port } = cluster.node(victim).address
  const led = groupIds.filter((groupId) => coordinators.get(groupId)?.port === port)
  const others = cluster.nodes.filter((_, index) => index !== victim - 1)
  const before = others.map(({ output }) => output.length)
  const beganMs = performance.now()
  await cluster.node(victim).kill()
  const [other] = others as [ProcessNode]
  const served = await untilServed(other.address, onePerPartition(led), commitsOf)
  const replayed = replayedRow('coordinator killed', others, before)
  const startedMs = performance.now()
  const node = await cluster.startAgain(victim)
  await untilPreferred(node.address)
  const again = await untilServed(node.address, onePerPartition(led), commitsOf)
  return [
    ...rowsOf('coordinator killed', beganMs, served),
    { ...replayed, target: NOTHING },
    ...rowsOf('started again and elected', startedMs, again, TARGET),
    replayedRow('started again and elected', [node]),
  ]
}

function rowsOf(
  what: string,
  beganMs: number,
  { firstFetchMs, allFetchedMs, allCommittedMs }: Served,
  target?: Row['target'],
): Row[] {
  const row = (end: string, ms: number): Row => ({
    ...{ measure: `${what} → ${end}`, unit: 'ms', value: ms - beganMs },
  })
  return [
    { ...row('first OffsetFetch', firstFetchMs), ...(target && { target }) },
    row('OffsetFetch in every partition', allFetchedMs),
    row('OffsetCommit in every partition', allCommittedMs),
  ]
}

/** How many records of the log coordinators folded before they served, all together. */
function replayedRow(
  what: string,
  nodes: readonly ProcessNode[],
  from: readonly number[] = [],
): Row {
  const lines = nodes.flatMap(({ output }, index) =>
    output
      .slice(from[index] ?? 0)
      .split('\n')
      .filter((line) => line.includes('coordinator serves')),
  )
  const sum = (field: string) =>
    lines.reduce((total, line) => {
      const value = new RegExp(`"?${field}"?[=:]\\s?(\\d+)`).exec(line)?.[1]
      if (value === undefined) throw new Error(`a coordinator does not say ${field}: ${line}`)
      return total + Number(value)
    }, 0)
  return {
    measure: `${what}, replayed`,
    unit: 'records',
    value: sum('replayed'),
    note: `${lines.length} coordinators read ${sum('records')} records from their views`,
  }
}

/** Commits for every group, and says where each is coordinated. */
async function commitAll(
  cluster: Cluster,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, Address>> {
  const { address } = cluster.node(1)
  await using client = await Client.connect(address)
  const replicationFactor = cluster.nodes.length
  await createTopic(client, TOPIC, { partitions: PARTITIONS_OF_GROUP, replicationFactor })
  const coordinators = await coordinatorsOf(address, groupIds)
  await Promise.all(
    Array.from({ length: CONNECTIONS }, (_, worker) =>
      commitEach([...coordinators].filter((__, index) => index % CONNECTIONS === worker)),
    ),
  )
  return coordinators
}

/** Once for each of the groups, again until that is well; a connection to each coordinator. */
async function commitEach(
  groups: readonly (readonly [groupId: string, coordinator: Address])[],
): Promise<void> {
  const clients = new Map<number, Client>()
  try {
    for (const [groupId, coordinator] of groups) {
      const client = clients.get(coordinator.port) ?? (await Client.connect(coordinator))
      clients.set(coordinator.port, client)
      await eventually(WITHIN_MS, `a commit of ${groupId}`, async () => {
        return (await commitOnce(client, commitsOf(groupId))) === errors.NONE
      })
    }
  } finally {
    for (const client of clients.values()) await client.close()
  }
}

const commitsOf = (groupId: string) => ({ groupId, topic: TOPIC, partitions: PARTITIONS_OF_GROUP })

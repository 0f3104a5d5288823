/**
 * One group in full: its members, and for each partition that it reads or has read where it is,
 * where the log ends, and who reads it. What nobody knows is null, and shows as a dash.
 */
import type { Cluster } from '../client/cluster.ts'
import type { GroupAdmin, GroupOffsets } from '../client/group-admin.ts'
import { LATEST, findOffsets } from '../client/offsets.ts'
import { assignedPartitions, type Assignment } from '../wire/consumer-protocol.ts'
import { lookUp } from './session.ts'
import { countOf, printCount, table } from './table.ts'

interface MemberDescription {
  readonly member: string
  readonly instance: string | null
  readonly client: string
  readonly host: string
  readonly partitions: Readonly<Record<string, readonly number[]>>
}

interface PartitionDescription {
  readonly topic: string
  readonly partition: number
  /** Null: the group has committed nothing here. */
  readonly committedOffset: number | null
  /** Null: the partition is gone, or nobody leads it. */
  readonly endOffset: number | null
  readonly lag: number | null
  readonly member: string | null
  readonly host: string | null
  readonly client: string | null
}

export interface GroupDescription {
  readonly group: string
  readonly state: string
  /** How the leader assigns partitions; null while nobody does. */
  readonly protocol: string | null
  readonly coordinator: number
  readonly members: readonly MemberDescription[]
  readonly partitions: readonly PartitionDescription[]
}

/** A partition without a leader has no end to tell; a look is not worth a long wait. */
const OFFSETS_TIMEOUT_MS = 5_000

/** Null when its coordinator knows neither it nor any offset of it. */
export async function describeGroup(
  cluster: Cluster,
  admin: GroupAdmin,
  groupId: string,
): Promise<GroupDescription | null> {
  const told = await admin.describe(groupId)
  const committed = await admin.offsets(groupId)
  if (told.groupState === 'Dead' && committed.size === 0) return null
  const members = told.members.map((member) => ({
    ...{ member: member.memberId, instance: member.groupInstanceId, client: member.clientId },
    host: member.clientHost.replace(/^\//, ''),
    assignment: assignedPartitions(member.memberAssignment) ?? new Map<string, never>(),
  }))
  const topics = new Set([
    ...committed.keys(),
    ...members.flatMap(({ assignment }) => [...assignment.keys()]),
  ])
  const partitions = []
  for (const topic of [...topics].sort())
    partitions.push(...(await describePartitions(cluster, topic, { committed, members })))
  return {
    ...{ group: groupId, state: told.groupState, protocol: told.protocolData || null },
    coordinator: told.coordinator,
    members: members.map(({ assignment, ...member }) => {
      return { ...member, partitions: Object.fromEntries(assignment) }
    }),
    partitions,
  }
}

interface Owner {
  readonly member: string
  readonly host: string
  readonly client: string
  readonly assignment: Assignment
}

async function describePartitions(
  cluster: Cluster,
  topic: string,
  { committed, members }: { readonly committed: GroupOffsets; readonly members: readonly Owner[] },
): Promise<readonly PartitionDescription[]> {
  const owners = new Map(
    members.flatMap((member) =>
      (member.assignment.get(topic) ?? []).map((partition) => [partition, member] as const),
    ),
  )
  const offsets = committed.get(topic)
  const all = [...new Set([...(offsets?.keys() ?? []), ...owners.keys()])].sort((a, b) => a - b)
  const ends = await endsOf(cluster, topic, all)
  return all.map((partition) => {
    const committedOffset = offsets?.get(partition) ?? null
    const endOffset = ends.get(partition) ?? null
    const owner = owners.get(partition)
    return {
      ...{ topic, partition, committedOffset, endOffset },
      lag:
        committedOffset === null || endOffset === null
          ? null
          : Math.max(0, endOffset - committedOffset),
      ...{ member: owner?.member ?? null, host: owner?.host ?? null },
      client: owner?.client ?? null,
    }
  })
}

/** Of those that are there and led. */
async function endsOf(cluster: Cluster, topic: string, partitions: readonly number[]) {
  const metadata = await lookUp(cluster, topic)
  const led = new Set(
    metadata?.partitions.flatMap(({ partitionIndex, leaderId }) =>
      leaderId < 0 ? [] : [partitionIndex],
    ),
  )
  const asked = partitions.filter((partition) => led.has(partition))
  const query = { topic, partitions: asked, timeoutMs: OFFSETS_TIMEOUT_MS }
  return findOffsets(cluster, { ...query, timestamp: LATEST })
}

/** In all. Where nobody knows it, it is not 0, and the sum is not the whole. */
function lagOf(partitions: readonly PartitionDescription[]): string {
  const known = partitions.flatMap(({ lag }) => (lag === null ? [] : [lag]))
  const sum = printCount(known.reduce((all, lag) => all + lag, 0))
  const unknown = partitions.length - known.length
  if (unknown === 0) return `lag ${sum}`
  const without = `unknown in ${countOf(unknown, 'partition')}`
  return known.length === 0 ? `lag ${without}` : `lag ${sum}, ${without}`
}

/** For people. */
export function printGroup(group: GroupDescription): string {
  const facts = [
    group.state,
    ...(group.protocol === null ? [] : [group.protocol]),
    countOf(group.members.length, 'member'),
    `coordinator ${group.coordinator}`,
    lagOf(group.partitions),
  ]
  const idle = group.members.filter((member) => Object.keys(member.partitions).length === 0)
  const rows = [
    ...group.partitions.map((one) => [
      ...[one.topic, one.partition, one.committedOffset, one.endOffset, one.lag],
      ...[one.member, one.host, one.client],
    ]),
    ...idle.map(({ member, host, client }) => [
      ...[null, null, null, null, null],
      ...[member, host, client],
    ]),
  ]
  const title = `${group.group}: ${facts.join(', ')}\n`
  if (rows.length === 0) return title
  const headings = ['TOPIC', 'PARTITION', 'COMMITTED', 'END', 'LAG', 'MEMBER', 'HOST', 'CLIENT']
  return `${title}\n${table(headings, rows)}`
}

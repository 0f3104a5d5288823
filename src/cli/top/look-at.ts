/**
 * Takes one look at a cluster, with a number of requests that grows with brokers and groups, not
 * with partitions. A broker that does not answer is left out of this look, never the end of it.
 */
import { endOffsets } from '../../client/end-offsets.ts'
import { BrokerError, ClientError } from '../../client/errors.ts'
import type { ListedGroup } from '../../client/group-admin.ts'
import type { LogDirectory } from '../../client/admin.ts'
import type { BrokerMetadata, Cluster, TopicMetadata } from '../../client/cluster.ts'
import { formatHostPort } from '../../config/addresses.ts'
import { errors } from '../../wire/errors.ts'
import { offsetFetch } from '../../wire/apis/09-offset-fetch.ts'
import { listGroups } from '../../wire/apis/16-list-groups.ts'
import { describeGroups } from '../../wire/apis/15-describe-groups.ts'
import { atOnce } from '../at-once.ts'
import { adminOf } from '../topic-option.ts'
import type { BrokerLook, GroupLook, Look, PartitionLook } from './look.ts'

const BROKERS_AT_ONCE = 16
/** A look asks for the offsets of each; those beyond are only counted. */
const GROUPS_MAX = 200
const GROUPS_AT_ONCE = 8

/** `groups`: whether to look at them, too. */
export async function lookAt(cluster: Cluster, asked: { readonly groups: boolean }): Promise<Look> {
  const { clusterId, brokers, topics } = await cluster.metadata(null)
  const told = await atOnce(BROKERS_AT_ONCE, brokers, async ({ nodeId }) =>
    orNull(adminOf(cluster).logDirectories(nodeId)),
  )
  const directories = new Map(brokers.map(({ nodeId }, index) => [nodeId, told[index] ?? null]))
  const coordinators = asked.groups ? brokers : []
  const listed = await atOnce(BROKERS_AT_ONCE, coordinators, (one) => groupsOf(cluster, one))
  const atMs = cluster.clock.monotonicMs()
  const partitions = await lookAtPartitions(cluster, topics, directories)
  const some = listed.flatMap((told) => told ?? []).sort(theBusyFirst)
  const groups = await lookAtGroups(cluster, some.slice(0, GROUPS_MAX))
  return {
    ...{ atMs, clusterId, partitions, groups },
    brokers: brokers.map((broker) => brokerLook(broker, directories.get(broker.nodeId) ?? null)),
    groupsLeftOut: Math.max(0, some.length - GROUPS_MAX),
    groupsUntold: coordinators
      .filter((_, index) => listed[index] === null)
      .map(({ nodeId }) => nodeId),
  }
}

type Directories = readonly LogDirectory[] | null

function brokerLook({ nodeId, host, port }: BrokerMetadata, directories: Directories): BrokerLook {
  const sum = (bytesOf: (directory: LogDirectory) => number) => {
    const known = directories?.map(bytesOf).filter((bytes) => bytes >= 0) ?? []
    return known.length === 0 ? null : known.reduce((all, bytes) => all + bytes, 0)
  }
  return {
    ...{ nodeId, address: formatHostPort({ host, port }), answers: directories !== null },
    totalBytes: sum(({ totalBytes }) => totalBytes),
    usableBytes: sum(({ usableBytes }) => usableBytes),
  }
}

async function lookAtPartitions(
  cluster: Cluster,
  topics: readonly TopicMetadata[],
  directories: ReadonlyMap<number, Directories>,
): Promise<readonly PartitionLook[]> {
  const sizes = sizesByBroker(directories)
  const all = topics.flatMap(({ name, partitions }) =>
    partitions.map((one) => ({
      topic: name ?? '',
      partition: one.partitionIndex,
      leader: one.leaderId < 0 ? null : one.leaderId,
      ...{ replicas: one.replicaNodes, inSync: one.isrNodes.length },
    })),
  )
  const led = all.flatMap(({ topic, partition, leader }) =>
    leader === null ? [] : [{ topic, partition, leader }],
  )
  const ends = await endOffsets(cluster, led)
  return all.map((one) => ({
    ...one,
    endOffset: ends.get(one.topic)?.get(one.partition) ?? null,
    sizes: new Map(
      one.replicas.flatMap((nodeId) => {
        const size = sizes.get(nodeId)?.get(one.topic)?.get(one.partition)
        return size === undefined ? [] : [[nodeId, size] as const]
      }),
    ),
  }))
}

/** Bytes by partition, by topic, by broker. */
function sizesByBroker(directories: ReadonlyMap<number, Directories>) {
  return new Map(
    [...directories].map(([nodeId, told]) => [
      nodeId,
      new Map(
        (told ?? []).flatMap(({ topics }) =>
          topics.map(({ name, partitions }) => [
            name,
            new Map(partitions.map((one) => [one.partitionIndex, one.partitionSize])),
          ]),
        ),
      ),
    ]),
  )
}

/** Null: it does not tell them. */
async function groupsOf(
  cluster: Cluster,
  { nodeId }: BrokerMetadata,
): Promise<readonly ListedGroup[] | null> {
  const answer = await orNull(cluster.call(nodeId, listGroups, { statesFilter: [] }))
  if (answer?.errorCode !== errors.NONE) return null
  return answer.groups.map(({ groupId, protocolType, groupState }) => ({
    ...{ groupId, protocolType, state: groupState, coordinator: nodeId },
  }))
}

function theBusyFirst(a: ListedGroup, b: ListedGroup): number {
  const idle = ({ state }: ListedGroup) => Number(state === 'Empty' || state === 'Dead')
  return idle(a) - idle(b) || (a.groupId < b.groupId ? -1 : 1)
}

async function lookAtGroups(
  cluster: Cluster,
  listed: readonly ListedGroup[],
): Promise<readonly GroupLook[]> {
  const looks = await atOnce(GROUPS_AT_ONCE, listed, async ({ groupId, coordinator, state }) => {
    const described = await orNull(cluster.call(coordinator, describeGroups, { groups: [groupId] }))
    const offsets = await orNull(
      cluster.call(coordinator, offsetFetch, { groupId, topics: null }, { versions: [2, 7] }),
    )
    const told = described?.groups[0]
    return {
      ...{ group: groupId, state: told?.groupState ?? state, members: told?.members.length ?? 0 },
      committed: new Map(offsets?.errorCode === errors.NONE ? offsets.topics.map(committedIn) : []),
    }
  })
  return looks
}

function committedIn({
  name,
  partitions,
}: {
  readonly name: string
  readonly partitions: readonly {
    readonly partitionIndex: number
    readonly committedOffset: number
  }[]
}): [string, ReadonlyMap<number, number>] {
  const known = partitions.filter(({ committedOffset }) => committedOffset >= 0)
  return [name, new Map(known.map((one) => [one.partitionIndex, one.committedOffset]))]
}

async function orNull<Value>(asked: Promise<Value>): Promise<Value | null> {
  try {
    return await asked
  } catch (thrown) {
    if (thrown instanceof BrokerError || thrown instanceof ClientError) return null
    throw thrown
  }
}

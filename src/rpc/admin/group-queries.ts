/**
 * Groups, as their coordinators know them (proto/lograft/admin/v1/groups.proto). Where nobody ever
 * used a group there is no coordinator either, and asking for one would make the topic of offsets:
 * then there is no group.
 */
import { isLograftError } from '../../base/errors.ts'
import { GroupAdmin, type DescribedGroup, type ListedGroup } from '../../client/group-admin.ts'
import { LATEST } from '../../client/offsets.ts'
import { OFFSETS_TOPIC } from '../../coordinator/offsets-topic.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { assignedPartitions } from '../../wire/consumer-protocol.ts'
import { errors } from '../../wire/errors.ts'
import type { Served } from '../handlers.ts'
import type { CallOptions } from '../leader-calls.ts'
import { askBroker, timeToAsk } from './broker-asking.ts'
import { invalid, named, refuse } from './fields.ts'
import { groupMethods } from './methods.ts'
import { lookUpOffsets } from './offset-lookup.ts'
import { isFirst, pageOf, partitionKey } from './paging.ts'
import type { AdminNode } from './ports.ts'
import { limitsOf, serveAdmin } from './serving.ts'

const wire = lograft.admin.v1
const { GroupState } = wire

type Answering = Pick<AdminNode, 'image' | 'brokers'>

/** Kafka's names of states. */
const STATES: ReadonlyMap<string, number> = new Map([
  ['Empty', GroupState.GROUP_STATE_EMPTY],
  ['PreparingRebalance', GroupState.GROUP_STATE_PREPARING_REBALANCE],
  ['CompletingRebalance', GroupState.GROUP_STATE_COMPLETING_REBALANCE],
  ['Stable', GroupState.GROUP_STATE_STABLE],
  ['Dead', GroupState.GROUP_STATE_DEAD],
])

export function groupQueries(node: Answering): readonly Served[] {
  return [
    serveAdmin(groupMethods.list, (request, caller) => list(node, request, limitsOf(caller))),
    serveAdmin(groupMethods.describe, (request, caller) =>
      describe(node, request, limitsOf(caller)),
    ),
  ]
}

const hasGroups = (node: Answering) => node.image().topics.byName.has(OFFSETS_TOPIC)

function groupAdmin(node: Answering, limits: CallOptions): GroupAdmin {
  const cluster = node.brokers()
  return new GroupAdmin(cluster, { timeoutMs: timeToAsk(cluster.clock, limits) })
}

// --- all groups

async function list(
  node: Answering,
  { page, prefix, states }: lograft.admin.v1.ListGroupsRequest,
  limits: CallOptions,
) {
  const names = states.map((state, index) => nameOf(state, `states[${index}]`))
  const brokers = hasGroups(node) ? [...node.image().brokers.values()] : []
  const { clock } = node.brokers()
  const admin = groupAdmin(node, limits)
  const unreachableBrokers: number[] = []
  const asked = brokers.map(async ({ nodeId, fenced }): Promise<readonly ListedGroup[]> => {
    // What a fenced broker coordinated has another coordinator.
    if (fenced) return []
    try {
      return await askBroker(clock, limits, () => admin.listOf(nodeId, names))
    } catch (thrown) {
      if (!isLograftError(thrown)) throw thrown
      unreachableBrokers.push(nodeId)
      return []
    }
  })
  const told = (await Promise.all(asked)).flat()
  // One that is just moving may be told of twice.
  const groups = new Map(told.map((group) => [keyOf(group), group]))
  const { items, nextPageToken } = pageOf(page, {
    list: 'groups',
    itemsAfter: () =>
      [...groups.values()]
        .filter(({ groupId }) => groupId.startsWith(prefix))
        .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
    keyOf,
  })
  return new wire.ListGroupsReply({
    groups: items.map(({ groupId, protocolType, state }) => ({
      ...{ groupId, protocolType, state: stateOf(state) },
    })),
    nextPageToken,
    unreachableBrokers: unreachableBrokers.sort((one, other) => one - other),
  })
}

/** Not empty, whatever the id is. */
const keyOf = ({ groupId }: ListedGroup) => `/${groupId}`

function nameOf(state: number, field: string): string {
  const [name] = [...STATES].find(([, number]) => number === state) ?? []
  return name ?? invalid(field, 'a GROUP_STATE, or none for all')
}

const stateOf = (name: string) => STATES.get(name) ?? GroupState.GROUP_STATE_UNSPECIFIED

// --- one group

async function describe(
  node: Answering,
  { groupId, page }: lograft.admin.v1.DescribeGroupRequest,
  limits: CallOptions,
) {
  named(groupId, 'group_id', 'a group')
  const unknown = () => refuse('GROUP_ID_NOT_FOUND', `there is no group ${groupId}`, 'group_id')
  if (!hasGroups(node)) unknown()
  const { clock } = node.brokers()
  const admin = groupAdmin(node, limits)
  const [group, committed] = await askBroker(clock, limits, () =>
    Promise.all([admin.describe(groupId), admin.committed(groupId)]),
  )
  if (group.groupState === 'Dead' && committed.size === 0) unknown()
  const members = group.members.map(memberOf)
  const places = placesOf(committed, members)
  const { items, nextPageToken } = pageOf(page, {
    list: `group/${groupId}`,
    itemsAfter: () => places,
    keyOf: placeKey,
  })
  const question = { partitions: items, timestamp: LATEST, once: true }
  const ends = await lookUpOffsets(node, question, limits)
  return new wire.GroupDescription({
    group: { groupId, state: stateOf(group.groupState), protocolType: group.protocolType },
    coordinatorId: group.coordinator,
    protocol: group.protocolData,
    members: isFirst(page) ? members : [],
    offsets: items.map((place) => {
      const end = ends.get(placeKey(place))
      const logEndOffset = end?.errorCode === errors.NONE ? end.offset : null
      const { committedOffset } = place
      const isKnown = logEndOffset !== null && committedOffset !== null
      const lag = isKnown ? Math.max(0, logEndOffset - committedOffset) : null
      return { ...place, logEndOffset, lag }
    }),
    nextPageToken,
  })
}

function memberOf(member: DescribedGroup['members'][number]) {
  const { memberId, groupInstanceId, clientId, clientHost, memberAssignment } = member
  const assignment = assignedPartitions(memberAssignment) ?? new Map<string, never>()
  return {
    ...{ memberId, instanceId: groupInstanceId, clientId },
    clientHost: clientHost.replace(/^\//, ''),
    assigned: [...assignment].flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    ),
  }
}

interface Place {
  readonly topic: string
  readonly partition: number
  readonly committedOffset: number | null
  readonly metadata: string
  /** Empty: nobody's. */
  readonly memberId: string
}

const placeKey = ({ topic, partition }: Place) => partitionKey(topic, partition)

/** What was committed for, and what is assigned, in order. */
function placesOf(
  committed: Awaited<ReturnType<GroupAdmin['committed']>>,
  members: readonly ReturnType<typeof memberOf>[],
): readonly Place[] {
  const places = new Map<string, Place>()
  for (const [topic, partitions] of committed)
    for (const [partition, { offset: committedOffset, metadata }] of partitions)
      places.set(partitionKey(topic, partition), {
        ...{ topic, partition, committedOffset, metadata, memberId: '' },
      })
  for (const { memberId, assigned } of members)
    for (const { topic, partition } of assigned) {
      const key = partitionKey(topic, partition)
      const known = places.get(key) ?? { topic, partition, committedOffset: null, metadata: '' }
      places.set(key, { ...known, memberId })
    }
  return [...places.values()].sort((one, other) => (placeKey(one) < placeKey(other) ? -1 : 1))
}

/**
 * Groups: what changes what they have committed (proto/lograft/admin/v1/groups.proto). It is asked
 * of their coordinators, by the same client that the command line uses.
 */
import { isLograftError, LograftError } from '../../base/errors.ts'
import { GroupAdmin, type GroupOffsets } from '../../client/group-admin.ts'
import { EARLIEST, LATEST } from '../../client/offsets.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { errorName, errors } from '../../wire/errors.ts'
import type { Served } from '../handlers.ts'
import type { CallOptions } from '../leader-calls.ts'
import { askBroker, timeToAsk } from './broker-asking.ts'
import { count, distinct, invalid, named, refuse, short, someOf } from './fields.ts'
import { groupMethods } from './methods.ts'
import { hasKey, onceElsewhere } from './mutation.ts'
import { lookUpOffsets, type NamedPartition } from './offset-lookup.ts'
import { partitionKey } from './paging.ts'
import type { AdminNode } from './ports.ts'
import { limitsOf, serveAdmin } from './serving.ts'

const wire = lograft.admin.v1
type DeletedGroup = lograft.admin.v1.DeletedGroup
type ResetOffsetsRequest = lograft.admin.v1.ResetOffsetsRequest

/** In which nobody is there whose offsets they are. */
const WITHOUT_MEMBERS = new Set(['Empty', 'Dead'])

const PARTITIONS_MAX = 10_000
const GROUPS_MAX = 1_000

/** The group's coordinator has to be asked anyway. */
const NOTHING = () => null

export function groupChanges(node: AdminNode): readonly Served[] {
  return [
    serveAdmin(groupMethods.resetOffsets, async (request, caller) => {
      const limits = limitsOf(caller)
      const wanted = {
        ...{ method: 'Groups.ResetOffsets', request },
        look: () => resetSteps(node, request, limits),
        act: (steps: readonly Step[]) => commit(node, request.groupId, steps, limits),
      }
      const { mutated, seen } = await onceElsewhere(node, wanted, limits)
      return new wire.ResetOffsetsReply({ mutated, partitions: (seen ?? []).map(stepOf) })
    }),
    serveAdmin(groupMethods.delete, async (request, caller) => {
      const limits = limitsOf(caller)
      const groupIds = someOf(request.groupIds, 'group_ids')
      if (groupIds.length > GROUPS_MAX) invalid('group_ids', `at most ${GROUPS_MAX}`)
      distinct(groupIds, 'group_ids', (id) => id)
      for (const [index, id] of groupIds.entries()) short(id, `group_ids[${index}]`)
      const act = () => deleteGroups(node, groupIds, { ...limits, isRepeated: hasKey(request) })
      const isWhole = (groups: readonly DeletedGroup[]) => groups.every(({ error }) => error === '')
      const wanted = { method: 'Groups.Delete', request, look: NOTHING, act, isWhole }
      const { mutated, result } = await onceElsewhere(node, wanted, limits)
      return new wire.DeleteGroupsReply({ mutated, groups: result ?? [] })
    }),
    serveAdmin(groupMethods.deleteOffsets, async (request, caller) => {
      const limits = limitsOf(caller)
      const groupId = named(request.groupId, 'group_id', 'a group')
      const partitions = partitionsIn(someOf(request.partitions, 'partitions'))
      const act = () =>
        ask(node, limits, (admin) => admin.deleteOffsets(groupId, byTopic(partitions)))
      const wanted = { method: 'Groups.DeleteOffsets', request, look: NOTHING, act }
      return (await onceElsewhere(node, wanted, limits)).mutated
    }),
  ]
}

function ask<Result>(
  node: AdminNode,
  limits: CallOptions,
  question: (admin: GroupAdmin) => Promise<Result>,
): Promise<Result> {
  const cluster = node.brokers()
  const admin = new GroupAdmin(cluster, { timeoutMs: timeToAsk(cluster.clock, limits) })
  return askBroker(cluster.clock, limits, () => question(admin))
}

// --- other offsets

interface Step extends NamedPartition {
  readonly before: number | null
  readonly after: number
}

const stepOf = ({ before, ...step }: Step) => ({ ...step, ...(before !== null && { before }) })

async function resetSteps(
  node: AdminNode,
  request: ResetOffsetsRequest,
  limits: CallOptions,
): Promise<readonly Step[]> {
  const groupId = named(request.groupId, 'group_id', 'a group')
  const { shiftBy } = request
  if (shiftBy !== null && hasKey(request))
    invalid(
      'mutation.idempotency_key',
      'a shift cannot be told from the same one done twice: look with validate_only, set `offset`',
    )
  const [group, committed] = await ask(node, limits, (admin) =>
    Promise.all([admin.describe(groupId), admin.offsets(groupId)]),
  )
  if (!WITHOUT_MEMBERS.has(group.groupState)) throw hasMembers(groupId)
  const partitions = chosen(request, committed)
  const position = positionOf(request)
  const [starts, ends, places] = await Promise.all([
    find(node, partitions, EARLIEST, limits),
    find(node, partitions, LATEST, limits),
    position.timestamp === null ? null : find(node, partitions, position.timestamp, limits),
  ])
  return partitions.map((name, index) => {
    const key = partitionKey(name.topic, name.partition)
    const [start, end] = [starts.get(key) ?? 0, ends.get(key) ?? 0]
    const before = committed.get(name.topic)?.get(name.partition) ?? null
    const place = places?.get(key) ?? null
    const wanted = position.of({ before, place: place !== null && place < 0 ? end : place, index })
    if (request.offset !== null && (wanted < start || wanted > end))
      refuse('OFFSET_OUT_OF_RANGE', `partition ${key} holds offsets ${start} to ${end}`, 'offset')
    return { ...name, before, after: Math.min(end, Math.max(start, wanted)) }
  })
}

function hasMembers(groupId: string): LograftError {
  const message = `group ${groupId} has members, which would not hear of it: stop them first`
  return new LograftError('NON_EMPTY_GROUP', message, { field: 'group_id' })
}

function chosen(
  { partitions, groupId }: ResetOffsetsRequest,
  committed: GroupOffsets,
): readonly NamedPartition[] {
  if (partitions.length > 0) return partitionsIn(partitions)
  const all = [...committed].flatMap(([topic, offsets]) =>
    [...offsets.keys()].map((partition) => ({ topic, partition })),
  )
  if (all.length === 0)
    refuse('GROUP_ID_NOT_FOUND', `group ${groupId} has committed nothing`, 'partitions')
  return all
}

function partitionsIn(
  names: readonly lograft.admin.v1.IPartitionName[],
): readonly NamedPartition[] {
  if (names.length > PARTITIONS_MAX) invalid('partitions', `at most ${PARTITIONS_MAX}`)
  const partitions = names.map(({ topic = '', partition = 0 }, index) => {
    named(topic, `partitions[${index}].topic`, 'a topic')
    return { topic, partition: count(partition, `partitions[${index}].partition`) }
  })
  distinct(partitions, 'partitions', ({ topic, partition }) => partitionKey(topic, partition))
  return partitions
}

interface Position {
  /** What has to be looked up for it. */
  readonly timestamp: number | null
  of(at: {
    readonly before: number | null
    readonly place: number | null
    readonly index: number
  }): number
}

function positionOf(request: ResetOffsetsRequest): Position {
  const { earliest, latest, offset, atTimestampMs, shiftBy } = request
  const place: Position['of'] = (at) => at.place ?? 0
  if (offset !== null) return { timestamp: null, of: () => offset }
  if (atTimestampMs !== null) return { timestamp: atTimestampMs, of: place }
  if (shiftBy !== null) return { timestamp: null, of: (at) => shifted(at, shiftBy) }
  if (earliest) return { timestamp: EARLIEST, of: place }
  if (latest) return { timestamp: LATEST, of: place }
  return invalid('position', 'earliest, latest, offset, at_timestamp_ms or shift_by')
}

function shifted(
  { before, index }: { readonly before: number | null; readonly index: number },
  by: number,
): number {
  if (before !== null) return before + by
  return invalid(`partitions[${index}]`, 'nothing is committed that could be shifted')
}

/** By `partitionKey`. Refuses when any of them is not known, or nobody answers for it. */
async function find(
  node: AdminNode,
  partitions: readonly NamedPartition[],
  timestamp: number,
  limits: CallOptions,
): Promise<ReadonlyMap<string, number>> {
  const found = await lookUpOffsets(node, { partitions, timestamp }, limits)
  const offsets = new Map<string, number>()
  for (const [index, { topic, partition }] of partitions.entries()) {
    const key = partitionKey(topic, partition)
    const { errorCode = errors.LEADER_NOT_AVAILABLE, offset = -1 } = found.get(key) ?? {}
    if (errorCode !== errors.NONE)
      throw new LograftError(errorName(errorCode), `partition ${key}`, {
        field: `partitions[${index}]`,
      })
    offsets.set(key, offset)
  }
  return offsets
}

async function commit(
  node: AdminNode,
  groupId: string,
  steps: readonly Step[],
  limits: CallOptions,
): Promise<void> {
  const offsets = new Map<string, Map<number, number>>()
  for (const { topic, partition, after } of steps)
    offsets.set(topic, (offsets.get(topic) ?? new Map<number, number>()).set(partition, after))
  try {
    await ask(node, limits, (admin) => admin.commit(groupId, offsets))
  } catch (thrown) {
    // Somebody joined meanwhile.
    const isJoined = isLograftError(thrown) && thrown.code === 'UNKNOWN_MEMBER_ID'
    throw isJoined ? hasMembers(groupId) : thrown
  }
}

function byTopic(partitions: readonly NamedPartition[]): ReadonlyMap<string, readonly number[]> {
  const topics = new Map<string, number[]>()
  for (const { topic, partition } of partitions)
    topics.set(topic, [...(topics.get(topic) ?? []), partition])
  return topics
}

// --- no group

async function deleteGroups(
  node: AdminNode,
  groupIds: readonly string[],
  limits: CallOptions & { readonly isRepeated: boolean },
) {
  const groups: DeletedGroup[] = []
  for (const groupId of groupIds)
    try {
      await ask(node, limits, (admin) => admin.delete(groupId))
      groups.push(new wire.DeletedGroup({ groupId }))
    } catch (thrown) {
      if (!isLograftError(thrown)) throw thrown
      const { code: error, message: errorMessage } = thrown
      // An earlier request with this key may have deleted it, and not come to note that.
      const isGone = limits.isRepeated && error === 'GROUP_ID_NOT_FOUND'
      groups.push(new wire.DeletedGroup(isGone ? { groupId } : { groupId, error, errorMessage }))
    }
  return groups
}

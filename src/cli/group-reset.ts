/**
 * `lograft group reset-offsets`: sets where a group goes on. Without `--execute` it says what it
 * would do, and does nothing. Offsets stay within what their partitions hold.
 */
import { LograftError } from '../base/errors.ts'
import type { Cluster } from '../client/cluster.ts'
import type { GroupOffsets } from '../client/group-admin.ts'
import { EARLIEST, LATEST, findOffsets } from '../client/offsets.ts'
import { errors } from '../wire/errors.ts'
import { groupAdminOf, unknownGroup } from './group.ts'
import { targetOf, type ResetFlags, type ResetTarget } from './group-flags.ts'
import { DONE, complain, existingTopic, fail, withCluster } from './session.ts'
import { countOf, table } from './table.ts'
import { isRefusal } from './topic-option.ts'

interface Step {
  readonly topic: string
  readonly partition: number
  /** Null: nothing is committed here. */
  readonly committedOffset: number | null
  readonly newOffset: number
}

/** In which nobody is there whose offsets they are. */
const RESETTABLE = new Set(['Empty', 'Dead'])

const TIMEOUT_MS = 30_000

export async function resetOffsets(groupId: string, flags: ResetFlags): Promise<void> {
  let target: ResetTarget
  try {
    target = targetOf(flags)
    if ((flags.topic === undefined) === (flags.allTopics === undefined))
      throw new LograftError('USAGE', 'say of which topics: either --topic or --all-topics')
  } catch (thrown) {
    process.exitCode = fail(thrown)
    return
  }
  await withCluster(flags, async ({ cluster, output }) => {
    const admin = groupAdminOf(cluster)
    const { groupState, members } = await admin.describe(groupId)
    if (!RESETTABLE.has(groupState)) throw hasMembers(groupId, members.length)
    const committed = await admin.offsets(groupId)
    const unknown =
      groupState === 'Dead' && committed.size === 0 ? await unknownGroup(cluster, groupId) : null
    if (unknown && flags.allTopics) throw unknown
    const plan: Step[] = []
    for (const [topic, partitions] of await chosenPartitions(cluster, flags, committed))
      plan.push(...(await steps(cluster, { topic, partitions, target, committed })))
    if (flags.execute)
      await admin.commit(groupId, offsetsOf(plan)).catch((thrown: unknown) => {
        // Somebody joined meanwhile.
        throw isRefusal(thrown, errors.UNKNOWN_MEMBER_ID) ? hasMembers(groupId, null) : thrown
      })
    const { execute: executed = false } = flags
    if (flags.json) await output.printJson(plan.map((step) => ({ ...step, executed })))
    else if (plan.length > 0) await output.print(printPlan(plan, executed))
    if (unknown) complain(executed ? `group ${groupId} was not there: made` : unknown.message)
    if (plan.length === 0) complain(`group ${groupId} has committed nothing`)
    else if (!executed) complain('nothing is changed yet: --execute does it')
    return DONE
  })
}

function hasMembers(groupId: string, count: number | null): LograftError {
  const many = count ? countOf(count, 'member') : 'members'
  return new LograftError(
    'NON_EMPTY_GROUP',
    `group ${groupId} has ${many}, which would not hear of it: stop them first`,
  )
}

/** By topic. */
async function chosenPartitions(
  cluster: Cluster,
  { topic: chosen }: ResetFlags,
  committed: GroupOffsets,
): Promise<ReadonlyMap<string, readonly number[]>> {
  if (!chosen)
    return new Map([...committed].map(([topic, partitions]) => [topic, [...partitions.keys()]]))
  const partitions = new Map<string, readonly number[]>()
  for (const { topic, partitions: wanted } of chosen) {
    const metadata = await existingTopic(cluster, topic)
    const known = metadata.partitions.map(({ partitionIndex }) => partitionIndex)
    const missing = wanted?.find((partition) => !known.includes(partition))
    if (missing !== undefined)
      throw new LograftError(
        'USAGE',
        `--topic ${topic}:${missing}: it has ${countOf(known.length, 'partition')}, the first is 0`,
      )
    const more = partitions.get(topic) ?? []
    partitions.set(topic, [...new Set([...more, ...(wanted ?? known)])])
  }
  return partitions
}

async function steps(
  cluster: Cluster,
  asked: {
    readonly topic: string
    readonly partitions: readonly number[]
    readonly target: ResetTarget
    readonly committed: GroupOffsets
  },
): Promise<readonly Step[]> {
  const { topic, target } = asked
  const partitions = [...asked.partitions].sort((a, b) => a - b)
  const find = (timestamp: number) =>
    findOffsets(cluster, { topic, partitions, timestamp, timeoutMs: TIMEOUT_MS })
  const starts = await find(EARLIEST)
  const ends = await find(LATEST)
  const times = target.type === 'time' ? await find(target.timestampMs) : null
  return partitions.map((partition) => {
    const committedOffset = asked.committed.get(topic)?.get(partition) ?? null
    const [start, end] = [starts.get(partition) ?? 0, ends.get(partition) ?? 0]
    const atTime = times?.get(partition) ?? -1
    const wanted = wantedOffset(target, { committedOffset, start, end, atTime })
    if (wanted === null)
      throw new LograftError(
        'USAGE',
        `--shift-by: nothing is committed of partition ${partition} of ${topic} that could be shifted`,
      )
    const newOffset = Math.min(end, Math.max(start, wanted))
    if (newOffset !== wanted)
      complain(
        `partition ${partition} of ${topic} holds offsets ${start} to ${end} (exclusive): ${newOffset} in place of ${wanted}`,
      )
    return { topic, partition, committedOffset, newOffset }
  })
}

function wantedOffset(
  target: ResetTarget,
  at: {
    readonly committedOffset: number | null
    readonly start: number
    readonly end: number
    /** −1: no record is that young. */
    readonly atTime: number
  },
): number | null {
  switch (target.type) {
    case 'earliest':
      return at.start
    case 'latest':
      return at.end
    case 'offset':
      return target.offset
    case 'time':
      return at.atTime < 0 ? at.end : at.atTime
    case 'shift':
      return at.committedOffset === null ? null : at.committedOffset + target.by
  }
}

function offsetsOf(plan: readonly Step[]): GroupOffsets {
  const offsets = new Map<string, Map<number, number>>()
  for (const { topic, partition, newOffset } of plan) {
    const partitions = offsets.get(topic) ?? new Map<number, number>()
    offsets.set(topic, partitions.set(partition, newOffset))
  }
  return offsets
}

function printPlan(plan: readonly Step[], executed: boolean): string {
  return table(
    ['TOPIC', 'PARTITION', ...(executed ? ['BEFORE', 'NOW'] : ['COMMITTED', 'NEW'])],
    plan.map(({ topic, partition, committedOffset, newOffset }) => [
      ...[topic, partition, committedOffset, newOffset],
    ]),
  )
}

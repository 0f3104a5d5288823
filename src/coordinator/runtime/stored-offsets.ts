/**
 * The committed offsets of groups, as a view has them. What is stored and cannot be read is of a
 * later version than this one, and nothing here knows of it; the coordinator said so as it loaded.
 */
import { MalformedBytes } from '../../bytes/malformed.ts'
import type { GroupFetch } from '../groups/offset-fetch.ts'
import type { CommittedOffset, GroupRecord } from '../groups/records.ts'
import { decodeRecord, encodeRecord, offsetKeyPrefix } from '../groups/records.ts'
import type { StoredOffset } from '../groups/requests.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import type { CommittedView } from '../ports.ts'
import type { CoordinatorRecord } from '../shard.ts'
import type { GroupRuntime } from './hosted-partition.ts'

function readable(record: CoordinatorRecord): GroupRecord | null {
  try {
    return decodeRecord(record)
  } catch (thrown) {
    if (thrown instanceof MalformedBytes) return null
    throw thrown
  }
}

/** All offsets of a group. */
export async function storedOffsets(
  view: CommittedView,
  groupId: string,
): Promise<readonly StoredOffset[]> {
  const stored: StoredOffset[] = []
  for await (const record of view.beginningWith(offsetKeyPrefix(groupId))) {
    const decoded = readable(record)
    if (decoded?.type !== 'offset' || decoded.committed === null) continue
    const { topic, partition, committed } = decoded
    stored.push({ topic, partition, committed })
  }
  return stored
}

/** All offsets of a group, once they are committed; null, and why, when they may not be told. */
export async function allCommitted(
  runtime: Pick<GroupRuntime, 'read' | 'look'>,
  groupId: string,
): Promise<{ readonly fault: ErrorCode; readonly seen: readonly StoredOffset[] | null }> {
  const { looked } = await runtime.read(async (view) => {
    const stored = await storedOffsets(view, groupId)
    // What was decided meanwhile is appended first: what the log refuses was never an offset.
    return { looked: runtime.look((shard) => shard.pendingOffsets(groupId, stored)) }
  })
  return looked
}

/** The offsets that are asked for, by name and number of their partitions. */
export async function offsetsAsked(
  view: CommittedView,
  { groupId, topics }: { readonly groupId: string; readonly topics: Asked },
): Promise<(topic: string, partition: number) => CommittedOffset | null> {
  const places = topics.flatMap(({ name: topic, partitionIndexes }) =>
    partitionIndexes.map((partition) => ({ topic, partition })),
  )
  const keys = places.map(({ topic, partition }) => {
    return encodeRecord({ type: 'offset', groupId, topic, partition, committed: null }).key
  })
  const values = await view.get(keys)
  const found = new Map<string, CommittedOffset>()
  for (const [index, { topic, partition }] of places.entries()) {
    const value = values[index] ?? null
    const decoded = value && readable({ key: keys[index] as Uint8Array, value })
    if (decoded?.type === 'offset' && decoded.committed !== null)
      found.set(`${topic}:${partition}`, decoded.committed)
  }
  return (topic, partition) => found.get(`${topic}:${partition}`) ?? null
}

type Asked = NonNullable<GroupFetch['topics']>

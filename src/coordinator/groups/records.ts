/**
 * What `__consumer_offsets` holds, in Kafka's own formats, so that Kafka's tools can read it:
 *
 *   key v0, v1   OffsetCommitKey    group, topic, partition → OffsetCommitValue v0–4
 *   key v2       GroupMetadataKey   group → GroupMetadataValue v0–4
 *
 * A key without a value takes back what the same key said before. Keys of other versions belong to
 * protocols that are not built (KIP-848 and later) and are skipped. Written are the versions that
 * Kafka writes: key 1 with value 3 (or 1, with a time of expiry), key 2 with value 3. One thing
 * Kafka does not store: that a generation has begun and nothing is assigned in it yet. It is told
 * by a tag of ours in value 4.
 */
import {
  array,
  between,
  bool,
  bytes,
  int32,
  int64,
  nullable,
  since,
  string,
  struct,
  tagged,
  uuid,
} from '../../wire/schema.ts'
import { ZERO_UUID } from '../../bytes/uuid.ts'
import { keyVersion, recordFormat } from '../record-format.ts'
import type { CoordinatorRecord } from '../shard.ts'

const OFFSET_KEYS_MAX = 1
const GROUP_KEY = 2
const EMPTY_TOPIC_AND_PARTITION_BYTES = 6

const offsetKey = recordFormat({
  name: 'OffsetCommitKey',
  versions: [0, OFFSET_KEYS_MAX],
  flexibleFrom: Infinity,
  fields: { group: string, topic: string, partition: int32 },
})

const offsetValue = recordFormat({
  name: 'OffsetCommitValue',
  versions: [0, 4],
  flexibleFrom: 4,
  fields: {
    offset: int64,
    leaderEpoch: since(3, int32, -1),
    metadata: string,
    commitTimestamp: int64,
    expireTimestamp: between(1, 1, int64, -1),
    topicId: tagged(0, 4, uuid, ZERO_UUID),
  },
})

const groupKey = recordFormat({
  name: 'GroupMetadataKey',
  versions: [GROUP_KEY, GROUP_KEY],
  flexibleFrom: Infinity,
  fields: { group: string },
})

const groupValue = recordFormat({
  name: 'GroupMetadataValue',
  versions: [0, 4],
  flexibleFrom: 4,
  fields: {
    protocolType: string,
    generation: int32,
    protocol: nullable(string),
    leader: nullable(string),
    currentStateTimestamp: since(2, int64, -1),
    members: array(
      struct({
        memberId: string,
        groupInstanceId: since(3, nullable(string), null),
        clientId: string,
        clientHost: string,
        rebalanceTimeout: since(1, int32, -1),
        sessionTimeout: int32,
        subscription: bytes,
        assignment: bytes,
      }),
    ),
    awaitingAssignment: tagged(10_000, 4, bool, false),
  },
})

/** Where a group continues in one partition. */
export interface CommittedOffset {
  readonly offset: number
  /** Of the last record that was consumed; -1: not told. */
  readonly leaderEpoch: number
  /** Whatever the client wrote beside it. */
  readonly metadata: string
  readonly commitTimeMs: number
  /** When it expires whatever becomes of the group; -1: with the group. */
  readonly expireTimeMs: number
}

/** A member as it is stored. */
export interface StoredMember {
  readonly memberId: string
  readonly instanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly rebalanceTimeoutMs: number
  readonly sessionTimeoutMs: number
  /** The member's metadata for the group's protocol. Owned. */
  readonly subscription: Uint8Array
  /** Empty: nothing. Owned. */
  readonly assignment: Uint8Array
}

/** A group of the classic protocol as it is stored. */
export interface StoredGroup {
  /** Null: it never had members. */
  readonly protocolType: string | null
  readonly generation: number
  readonly protocolName: string | null
  readonly leaderId: string | null
  /** Since when it is in its state; -1: not told. */
  readonly stateSinceMs: number
  /** In the order of their ids. */
  readonly members: readonly StoredMember[]
  /** The generation has begun, and the leader has not yet said who gets what. */
  readonly awaitingAssignment: boolean
}

/** One record, decoded. Null: what was said before holds no more. */
export type GroupRecord =
  | {
      readonly type: 'offset'
      readonly groupId: string
      readonly topic: string
      readonly partition: number
      readonly committed: CommittedOffset | null
    }
  | { readonly type: 'group'; readonly groupId: string; readonly group: StoredGroup | null }

export function encodeRecord(record: GroupRecord): CoordinatorRecord {
  switch (record.type) {
    case 'offset': {
      const { groupId: group, topic, partition, committed } = record
      return {
        key: offsetKey.encode(1, { group, topic, partition }),
        value: committed === null ? null : encodeOffset(committed),
      }
    }
    case 'group':
      return {
        key: groupKey.encode(GROUP_KEY, { group: record.groupId }),
        value: record.group === null ? null : encodeGroup(record.group),
      }
  }
}

/**
 * Null for a key that is not ours to read. Throws MalformedBytes for one that is, and cannot be
 * read, or whose value cannot. What it returns borrows nothing.
 */
export function decodeRecord({ key, value }: CoordinatorRecord): GroupRecord | null {
  const version = keyVersion(key)
  if (version >= 0 && version <= OFFSET_KEYS_MAX) {
    const { group: groupId, topic, partition } = offsetKey.decode(key)
    const committed = value === null ? null : decodeOffset(value)
    return { type: 'offset', groupId, topic, partition, committed }
  }
  if (version !== GROUP_KEY) return null
  const { group: groupId } = groupKey.decode(key)
  return { type: 'group', groupId, group: value === null ? null : decodeGroup(value) }
}

/** How the keys of all offsets of a group begin, and no others. */
export function offsetKeyPrefix(groupId: string): Uint8Array {
  const key = offsetKey.encode(1, { group: groupId, topic: '', partition: 0 })
  return key.subarray(0, key.byteLength - EMPTY_TOPIC_AND_PARTITION_BYTES)
}

function encodeOffset(committed: CommittedOffset): Uint8Array {
  const { offset, leaderEpoch, metadata, commitTimeMs, expireTimeMs } = committed
  return offsetValue.encode(expireTimeMs === -1 ? 3 : 1, {
    offset,
    leaderEpoch,
    metadata,
    commitTimestamp: commitTimeMs,
    expireTimestamp: expireTimeMs,
  })
}

function decodeOffset(value: Uint8Array): CommittedOffset {
  const decoded = offsetValue.decode(value)
  return {
    offset: decoded.offset,
    leaderEpoch: decoded.leaderEpoch,
    metadata: decoded.metadata,
    commitTimeMs: decoded.commitTimestamp,
    expireTimeMs: decoded.expireTimestamp,
  }
}

function encodeGroup(group: StoredGroup): Uint8Array {
  return groupValue.encode(group.awaitingAssignment ? 4 : 3, {
    protocolType: group.protocolType ?? '',
    generation: group.generation,
    protocol: group.protocolName,
    leader: group.leaderId,
    currentStateTimestamp: group.stateSinceMs,
    members: group.members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.instanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      rebalanceTimeout: member.rebalanceTimeoutMs,
      sessionTimeout: member.sessionTimeoutMs,
      subscription: member.subscription,
      assignment: member.assignment,
    })),
    awaitingAssignment: group.awaitingAssignment,
  })
}

function decodeGroup(value: Uint8Array): StoredGroup {
  const decoded = groupValue.decode(value)
  return {
    protocolType: decoded.protocolType === '' ? null : decoded.protocolType,
    generation: decoded.generation,
    protocolName: decoded.protocol,
    leaderId: decoded.leader,
    stateSinceMs: decoded.currentStateTimestamp,
    members: decoded.members.map((member) => ({
      memberId: member.memberId,
      instanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      // Version 0 had one timeout for both.
      rebalanceTimeoutMs:
        member.rebalanceTimeout === -1 ? member.sessionTimeout : member.rebalanceTimeout,
      sessionTimeoutMs: member.sessionTimeout,
      subscription: Uint8Array.from(member.subscription),
      assignment: Uint8Array.from(member.assignment),
    })),
    awaitingAssignment: decoded.awaitingAssignment,
  }
}

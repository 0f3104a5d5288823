/**
 * Keys and values of the database that holds the views (docs/DATA_DIR.md). Of each partition:
 *
 *   01 · topic id (16) · partition i32                  the position: how far, and the digest
 *   02 · topic id (16) · partition i32 · record key     the record's value, as it is
 *
 * A position is one byte of version, applied offset i64, leader epoch i32, digest (2 × i32), and
 * the CRC-32C of the key and all of that, since the digest does not cover it. Pure.
 */
import { asTopicId, type TopicId } from '../../base/ids.ts'
import { crc32c } from '../../bytes/crc32c.ts'
import { Reader } from '../../bytes/reader.ts'
import { uuidToBytes, uuidToString } from '../../bytes/uuid.ts'
import { Writer } from '../../bytes/writer.ts'
import { Digest } from './digest.ts'
import type { KeyRange } from './ports.ts'

const POSITION = 1
const ENTRY = 2
const PREFIX_BYTES = 21
const VERSION = 1
const POSITION_BYTES = 25
const CRC_AT = POSITION_BYTES - 4

/** Says that the view is being emptied: nothing in it counts. */
export const EMPTYING = -1

export interface ViewName {
  readonly topicId: TopicId
  readonly partition: number
}

export interface ViewPosition {
  /** Everything before it is in the view; or `EMPTYING`. */
  readonly appliedOffset: number
  /** Of the record in front of it; -1 when there is none. */
  readonly leaderEpoch: number
  /** Of all entries. */
  readonly digest: Digest
}

/** What a key is; null for none of ours. Borrowed. */
export type ViewKey =
  | { readonly type: 'position'; readonly name: ViewName }
  | { readonly type: 'entry'; readonly name: ViewName; readonly recordKey: Uint8Array }

export function positionKey(name: ViewName): Uint8Array {
  return prefixed(POSITION, name)
}

/** How the keys of all entries of a view begin. */
export function entryPrefix(name: ViewName): Uint8Array {
  return prefixed(ENTRY, name)
}

function prefixed(kind: number, { topicId, partition }: ViewName): Uint8Array {
  const bytes = new Uint8Array(PREFIX_BYTES)
  bytes[0] = kind
  bytes.set(uuidToBytes(topicId), 1)
  new DataView(bytes.buffer).setInt32(17, partition)
  return bytes
}

/** A copy. */
export function entryKey(prefix: Uint8Array, recordKey: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(prefix.byteLength + recordKey.byteLength)
  bytes.set(prefix)
  bytes.set(recordKey, prefix.byteLength)
  return bytes
}

/** The record key of an entry's key. Borrowed. */
export function recordKeyOf(key: Uint8Array): Uint8Array {
  return key.subarray(PREFIX_BYTES)
}

/** All keys that begin like this. The first byte of ours is never ff, so there is an end. */
export function keysBeginning(prefix: Uint8Array): KeyRange {
  let length = prefix.byteLength
  while (prefix[length - 1] === 0xff) length -= 1
  const lt = Uint8Array.from(prefix.subarray(0, length))
  lt[length - 1] = (lt[length - 1] as number) + 1
  return { gte: prefix, lt }
}

/** Everything there is, whoever wrote it. */
export const ALL_KEYS: KeyRange = {
  gte: Uint8Array.of(0),
  lt: new Uint8Array(64).fill(0xff),
}

/** All positions. */
export const ALL_POSITIONS: KeyRange = keysBeginning(Uint8Array.of(POSITION))

export function parseKey(key: Uint8Array): ViewKey | null {
  if (key.byteLength < PREFIX_BYTES) return null
  const topicId = asTopicId(uuidToString(key.subarray(1, 17)))
  const partition = new DataView(key.buffer, key.byteOffset, key.byteLength).getInt32(17)
  const name = { topicId, partition }
  if (key[0] === ENTRY) return { type: 'entry', name, recordKey: recordKeyOf(key) }
  if (key[0] === POSITION && key.byteLength === PREFIX_BYTES) return { type: 'position', name }
  return null
}

export function encodePosition(
  key: Uint8Array,
  { appliedOffset, leaderEpoch, digest }: ViewPosition,
): Uint8Array {
  const writer = new Writer(POSITION_BYTES)
  writer.int8(VERSION)
  writer.int64(appliedOffset)
  writer.int32(leaderEpoch)
  digest.write(writer)
  writer.uint32(0)
  const bytes = writer.finish()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  view.setUint32(CRC_AT, checksum(key, bytes))
  return bytes
}

/** Null when it is damaged, or of a version that is not known. */
export function decodePosition(key: Uint8Array, value: Uint8Array): ViewPosition | null {
  if (value.byteLength !== POSITION_BYTES || value[0] !== VERSION) return null
  const reader = new Reader(value, 1)
  const appliedOffset = reader.saturatingInt64()
  const leaderEpoch = reader.int32()
  const digest = Digest.read(reader)
  return reader.uint32() === checksum(key, value) ? { appliedOffset, leaderEpoch, digest } : null
}

const checksum = (key: Uint8Array, value: Uint8Array) =>
  crc32c(value.subarray(0, CRC_AT), crc32c(key))

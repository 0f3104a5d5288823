/**
 * The names of Kafka's files, and what they say: a segment's base offset in twenty digits, a
 * partition's directory, and the suffixes of what is on its way out.
 */

export const LOG_SUFFIX = '.log'
export const OFFSET_INDEX_SUFFIX = '.index'
export const TIME_INDEX_SUFFIX = '.timeindex'
export const SNAPSHOT_SUFFIX = '.snapshot'
/** Renamed, to be removed after `file.delete.delay.ms`. */
export const DELETED_SUFFIX = '.deleted'
/** Behind a torn tail, out of the log, and kept for whoever misses records: never removed by us. */
export const CUT_SUFFIX = '.cut'
/** A file that was being written beside the one it was to replace. */
export const TEMPORARY_SUFFIX = '.tmp'

export const LEADER_EPOCH_FILE = 'leader-epoch-checkpoint'
export const PARTITION_METADATA_FILE = 'partition.metadata'
/** By it somebody says that the directory's log is lost, and is to begin anew, empty. */
export const BEGIN_ANEW_FILE = 'begin-anew'
/** What was at the end of the log may have been acknowledged, and is gone (`loss-marks.ts`). */
export const RECORDS_LOST_FILE = 'records-lost'
/** The Raft log's directory, which lives among the partitions and is not one of them. */
export const METADATA_LOG_DIRECTORY = '__cluster_metadata-0'

const DIRECTORY_NAME_BYTES_MAX = 255
const OFFSET_FILE = /^(\d{20})(\.[a-z]+)$/
/** The characters of a topic's name; a name with others cannot be that of a partition. */
const PARTITION_DIRECTORY = /^([a-zA-Z0-9._-]{1,249})-(\d+)$/
const GONE_DIRECTORY = /^([a-zA-Z0-9._-]+)-(\d+)\.[0-9a-f]{32}-(delete|stray)$/
const LIKE_OURS = /-(\d+|delete|stray)$/

/** `42`, `.log` → `00000000000000000042.log`. */
export function offsetFileName(offset: number, suffix: string): string {
  return `${String(offset).padStart(20, '0')}${suffix}`
}

/** The offset and suffix of a file's name, or null when it is not named after an offset. */
export function parseOffsetFileName(
  name: string,
): { readonly offset: number; readonly suffix: string } | null {
  const match = OFFSET_FILE.exec(name)
  if (!match) return null
  const offset = Number(match[1])
  return Number.isSafeInteger(offset) ? { offset, suffix: match[2] ?? '' } : null
}

export type PartitionDirectory =
  | { readonly type: 'partition'; readonly topic: string; readonly partition: number }
  | { readonly type: 'delete' | 'stray'; readonly topic: string; readonly partition: number }

export function partitionDirectoryName(topic: string, partition: number): string {
  return `${topic}-${partition}`
}

/**
 * `orders-3` → `orders-3.<unique>-delete`. A long topic name is cut, as Kafka does, so that the
 * whole stays within what a file system takes.
 */
export function goneDirectoryName(
  { topic, partition }: { readonly topic: string; readonly partition: number },
  unique: string,
  why: 'delete' | 'stray',
): string {
  const ending = `-${partition}.${unique}-${why}`
  return topic.slice(0, DIRECTORY_NAME_BYTES_MAX - ending.length) + ending
}

/** What a directory among the partitions is, or null when it is none of ours. */
export function parsePartitionDirectory(name: string): PartitionDirectory | null {
  const gone = GONE_DIRECTORY.exec(name)
  if (gone)
    return {
      type: gone[3] === 'stray' ? 'stray' : 'delete',
      topic: gone[1] ?? '',
      partition: Number(gone[2]),
    }
  const match = PARTITION_DIRECTORY.exec(name)
  if (!match) return null
  const partition = Number(match[2])
  if (match[1] === '.' || match[1] === '..') return null
  // `t-01` is not how partition 1 of `t` is written; two directories must never be one partition.
  if (partition > 0x7fff_ffff || String(partition) !== match[2]) return null
  return { type: 'partition', topic: match[1] ?? '', partition }
}

/** Whether a person may take `name` for a partition, live or deleted. */
export function looksLikeOurs(name: string): boolean {
  return LIKE_OURS.test(name)
}

/**
 * What stands in a log directory, worked out before anything in it is changed: partitions, what is
 * left of creations and deletions, and what is not ours. A name like a partition's proves nothing;
 * the content decides, and what cannot be recognised belongs to somebody else and is never touched.
 */
import assert from 'node:assert'
import type { Disk, DiskEntry } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import type { TopicId } from '../base/ids.ts'
import {
  BEGIN_ANEW_FILE,
  LEADER_EPOCH_FILE,
  LOG_SUFFIX,
  METADATA_LOG_DIRECTORY,
  PARTITION_METADATA_FILE,
  RECORDS_LOST_FILE,
  TEMPORARY_SUFFIX,
  looksLikeOurs,
  parseOffsetFileName,
  parsePartitionDirectory,
} from './file-names.ts'
import { readPartitionMetadata } from './partition-metadata.ts'

/**
 * All that a creation leaves when it is cut short: `partition.metadata` is durable before the
 * first file of the log is made (create in `log-manager.ts`).
 */
const UNFINISHED_FILES: readonly string[] = [
  `${PARTITION_METADATA_FILE}${TEMPORARY_SUFFIX}`,
  BEGIN_ANEW_FILE,
  RECORDS_LOST_FILE,
]

type DirectoryContent =
  | { readonly type: 'partition'; readonly topicId: TopicId; readonly hasRecords: boolean }
  /** Empty, or nothing but `files`, which hold no data. */
  | { readonly type: 'unfinished'; readonly files: readonly string[] }
  | { readonly type: 'identity-lost'; readonly metadata: 'missing' | 'bad' }
  | { readonly type: 'foreign'; readonly reason: string }

export interface FoundPartition {
  readonly topic: string
  readonly partition: number
  readonly topicId: TopicId
}

/** Paths are absolute. */
export interface DirectorySurvey {
  readonly partitions: readonly FoundPartition[]
  /**
   * Created, but their `partition.metadata` did not reach the disk; the topic id is from `known`.
   */
  readonly begun: readonly FoundPartition[]
  /** Creations that a crash cut short. */
  readonly unfinished: readonly { readonly path: string; readonly files: readonly string[] }[]
  /** Renamed by a deletion, to be removed. */
  readonly deleted: readonly string[]
  /** Set aside, and kept. */
  readonly stray: readonly string[]
  /** Named as ours might be, and not ours. */
  readonly foreign: readonly { readonly path: string; readonly reason: string }[]
}

/**
 * Looks at everything in `directory` and changes nothing. `known`: the topic ids, by directory,
 * that are durable elsewhere. Throws LograftError IDENTITY_LOST when a log's identity is missing
 * or bad (SAFETY S2), or DiskError.
 */
export function surveyDirectory(
  disk: Disk,
  directory: string,
  known: ReadonlyMap<string, { readonly topicId: TopicId }>,
): DirectorySurvey {
  const partitions: FoundPartition[] = []
  const begun: FoundPartition[] = []
  const unfinished: { path: string; files: readonly string[] }[] = []
  const deleted: string[] = []
  const stray: string[] = []
  const foreign: { path: string; reason: string }[] = []
  for (const entry of disk.list(directory)) {
    if (entry.name === METADATA_LOG_DIRECTORY) continue
    const path = `${directory}/${entry.name}`
    const parsed = parsePartitionDirectory(entry.name)
    if (parsed === null) {
      if (looksLikeOurs(entry.name)) foreign.push({ path, reason: 'no name of a partition' })
    } else if (!entry.directory) foreign.push({ path, reason: NO_DIRECTORY })
    else if (parsed.type === 'delete') deleted.push(path)
    else if (parsed.type === 'stray') stray.push(path)
    else {
      const { topic, partition } = parsed
      const content = identify(disk, path)
      const topicId = known.get(entry.name)?.topicId
      const isOurs = content.type !== 'foreign' || holdsOnlyOurs(disk, path)
      if (content.type !== 'partition' && isOurs && topicId !== undefined) {
        begun.push({ topic, partition, topicId })
        continue
      }
      if (content.type === 'identity-lost') throw identityLost(directory, path, content.metadata)
      if (content.type === 'partition')
        partitions.push({ topic, partition, topicId: content.topicId })
      else if (content.type === 'unfinished') unfinished.push({ path, files: content.files })
      else foreign.push({ path, reason: content.reason })
    }
  }
  return { partitions, begun, unfinished, deleted, stray, foreign }
}

/** What stands where a partition's directory belongs; null: nothing. Throws DiskError. */
export function surveyEntry(disk: Disk, directory: string, name: string): DirectoryContent | null {
  const path = `${directory}/${name}`
  if (!disk.exists(path)) return null
  // Only the directory above knows a link from what it points to.
  const entry = disk.list(directory).find((one) => one.name === name)
  if (!entry?.directory) return { type: 'foreign', reason: NO_DIRECTORY }
  return identify(disk, path)
}

const NO_DIRECTORY = 'a file or a link, not a directory'

function identify(disk: Disk, path: string): DirectoryContent {
  const entries = disk.list(path)
  if (entries.some(({ name, directory }) => name === PARTITION_METADATA_FILE && !directory)) {
    const metadata = readPartitionMetadata(disk, path)
    return typeof metadata === 'object'
      ? {
          type: 'partition',
          topicId: metadata.topicId,
          hasRecords: hasRecords(disk, path, entries),
        }
      : { type: 'identity-lost', metadata }
  }
  if (entries.some(isSegment)) return { type: 'identity-lost', metadata: 'missing' }
  const other = entries.find(({ name, directory }) => directory || !UNFINISHED_FILES.includes(name))
  if (other)
    return {
      type: 'foreign',
      reason: `no ${PARTITION_METADATA_FILE} and no log in it, but ${other.name}`,
    }
  return { type: 'unfinished', files: entries.map(({ name }) => name) }
}

/** Whether all in a directory could be of a log whose creation a power cut undid in part. */
function holdsOnlyOurs(disk: Disk, path: string): boolean {
  return disk
    .list(path)
    .every(
      ({ name, directory }) =>
        !directory &&
        (parseOffsetFileName(name) !== null ||
          name.startsWith(LEADER_EPOCH_FILE) ||
          UNFINISHED_FILES.includes(name)),
    )
}

function hasRecords(disk: Disk, path: string, entries: readonly DiskEntry[]): boolean {
  const segments = entries.filter(isSegment)
  return segments.some(({ name }) => (disk.sizeBytes(`${path}/${name}`) ?? 0) > 0)
}

function isSegment({ name, directory }: DiskEntry): boolean {
  return !directory && parseOffsetFileName(name)?.suffix === LOG_SUFFIX
}

function identityLost(directory: string, path: string, metadata: 'missing' | 'bad'): LograftError {
  return new LograftError(
    'IDENTITY_LOST',
    `${path}/${PARTITION_METADATA_FILE} is ${metadata}, so nobody can say which topic the log ` +
      `beside it belongs to. Nothing was changed. Restore the file from a copy; the one in another ` +
      `partition of the same topic says the same. Without a copy: move ${path} out of ` +
      `${directory} and start, with an empty file ${BEGIN_ANEW_FILE} in a new directory of that ` +
      `name. The partition begins anew there, empty or fetched from its other replicas, with a ${PARTITION_METADATA_FILE} that holds the topic's id from the metadata. ` +
      `If that was the only replica: stop, copy that file into the directory you moved away, and ` +
      `put this one back in place of the new one.`,
  )
}

/** Which partition a `…-delete` directory was; a long topic name was cut. */
export function deletedFrom(
  path: string,
  directory: string,
): { readonly topic: string; readonly partition: number } {
  const parsed = parsePartitionDirectory(path.slice(directory.length + 1))
  assert(parsed?.type === 'delete', 'the survey tells deleted directories by their names')
  return parsed
}

/**
 * `partition.metadata`: which life of a topic a directory belongs to (KIP-516). Written and fsynced
 * before any data, never changed. It is an identity, not a cache: where it is missing or bad beside
 * a log, nobody may guess (SAFETY S2).
 *
 *   version: 0
 *   topic_id: <22 characters>
 */
import { DiskError, readFile } from '../base/disk.ts'
import type { Disk } from '../base/disk.ts'
import type { TopicId } from '../base/ids.ts'
import { asTopicId } from '../base/ids.ts'
import { MalformedBytes } from '../bytes/malformed.ts'
import { ZERO_UUID, uuidToBytes } from '../bytes/uuid.ts'
import { PARTITION_METADATA_FILE, TEMPORARY_SUFFIX } from './file-names.ts'
import { syncing, syncingNow } from './sync-failed.ts'

const CONTENT = /^version: 0\ntopic_id: ([A-Za-z0-9_-]{22})\n?$/

export function printPartitionMetadata(topicId: TopicId): string {
  return `version: 0\ntopic_id: ${topicId}\n`
}

/** Null when it says anything else than it must. */
export function parsePartitionMetadata(text: string): TopicId | null {
  const topicId = CONTENT.exec(text)?.[1]
  if (topicId === undefined || topicId === ZERO_UUID) return null
  try {
    uuidToBytes(topicId)
  } catch (thrown) {
    if (thrown instanceof MalformedBytes) return null
    throw thrown
  }
  return asTopicId(topicId)
}

/** `missing`, `bad`, or the topic id. */
export function readPartitionMetadata(
  disk: Disk,
  directory: string,
): { readonly topicId: TopicId } | 'missing' | 'bad' {
  const bytes = readFile(disk, `${directory}/${PARTITION_METADATA_FILE}`)
  if (bytes === null) return 'missing'
  const topicId = parsePartitionMetadata(new TextDecoder().decode(bytes))
  return topicId === null ? 'bad' : { topicId }
}

/**
 * Not durable yet: for a directory whose identity is durable elsewhere (`creations.ts`). Whole or
 * not there, as long as the machine runs.
 */
export function beginPartitionMetadata(disk: Disk, directory: string, topicId: TopicId): void {
  const path = `${directory}/${PARTITION_METADATA_FILE}`
  const bytes = new TextEncoder().encode(printPartitionMetadata(topicId))
  const file = disk.open(path + TEMPORARY_SUFFIX, 'create')
  try {
    file.truncate(0)
    const written = file.writeAt([bytes], 0)
    if (written !== bytes.byteLength)
      throw new DiskError('DISK_FULL', `${path}: ${written} of ${bytes.byteLength} bytes written`)
  } finally {
    file.close()
  }
  disk.rename(path + TEMPORARY_SUFFIX, path)
}

/** Makes durable what `beginPartitionMetadata` wrote, name and content. Rejects with SyncFailed. */
export async function finishPartitionMetadata(disk: Disk, directory: string): Promise<void> {
  const file = disk.open(`${directory}/${PARTITION_METADATA_FILE}`, 'read')
  try {
    await syncing(() => file.sync())
  } finally {
    file.close()
  }
  await syncing(() => disk.syncDirectoryInBackground(directory))
}

/** The same at once: durable when it returns. Throws SyncFailed. */
export function writePartitionMetadata(disk: Disk, directory: string, topicId: TopicId): void {
  beginPartitionMetadata(disk, directory, topicId)
  const file = disk.open(`${directory}/${PARTITION_METADATA_FILE}`, 'write')
  try {
    syncingNow(() => file.syncNow())
  } finally {
    file.close()
  }
  syncingNow(() => disk.syncDirectory(directory))
}

/**
 * `partition.metadata`: which life of a topic a directory belongs to (KIP-516). Written and fsynced
 * before any data, never changed. It is an identity, not a cache: where it is missing or bad beside
 * a log, nobody may guess (SAFETY S2).
 *
 *   version: 0
 *   topic_id: <22 characters>
 */
import { writeFileAtomically, readFile } from '../base/disk.ts'
import type { Disk } from '../base/disk.ts'
import type { TopicId } from '../base/ids.ts'
import { asTopicId } from '../base/ids.ts'
import { MalformedBytes } from '../bytes/malformed.ts'
import { ZERO_UUID, uuidToBytes } from '../bytes/uuid.ts'
import { PARTITION_METADATA_FILE } from './file-names.ts'

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

/** Durable when it returns. */
export function writePartitionMetadata(disk: Disk, directory: string, topicId: TopicId): void {
  const text = printPartitionMetadata(topicId)
  writeFileAtomically(
    disk,
    `${directory}/${PARTITION_METADATA_FILE}`,
    new TextEncoder().encode(text),
  )
}

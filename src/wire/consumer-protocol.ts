/**
 * What consumers say to each other in JoinGroup and SyncGroup (Kafka's ConsumerProtocol): to which
 * topics one subscribes, and which partitions one is assigned. To the coordinator it is opaque but
 * for one question: whose topics are these? Versions differ only in what follows.
 */
import { MalformedBytes } from '../bytes/malformed.ts'
import { Reader } from '../bytes/reader.ts'
import { Writer, utf8Bytes } from '../bytes/writer.ts'

export const CONSUMER_PROTOCOL_TYPE = 'consumer'

/** Partitions by topic. */
export type Assignment = ReadonlyMap<string, readonly number[]>

/** What is written: every consumer understands it. */
const VERSION = 0
const NO_USER_DATA = -1

/** The topics of one subscription; null when it is not to be understood. */
export function subscribedTopics(metadata: Uint8Array): readonly string[] | null {
  return understood(metadata, (reader) => {
    const topics = Array.from({ length: countOf(reader, 2) }, () => reader.utf8(reader.int16()))
    return topics
  })
}

/** The partitions of one assignment; null when it is not to be understood. */
export function assignedPartitions(assignment: Uint8Array): Assignment | null {
  // A member that is told nothing has nothing.
  if (assignment.byteLength === 0) return new Map()
  return understood(assignment, (reader) => {
    const topics = new Map<string, readonly number[]>()
    for (let left = countOf(reader, 6); left > 0; left -= 1) {
      const topic = reader.utf8(reader.int16())
      topics.set(
        topic,
        Array.from({ length: countOf(reader, 4) }, () => reader.int32()),
      )
    }
    return topics
  })
}

export function writeSubscription(topics: readonly string[]): Uint8Array {
  const writer = new Writer()
  writer.int16(VERSION)
  writer.int32(topics.length)
  for (const topic of topics) writeName(writer, topic)
  writer.int32(NO_USER_DATA)
  return writer.finish()
}

export function writeAssignment(assignment: Assignment): Uint8Array {
  const writer = new Writer()
  writer.int16(VERSION)
  writer.int32(assignment.size)
  for (const [topic, partitions] of assignment) {
    writeName(writer, topic)
    writer.int32(partitions.length)
    for (const partition of partitions) writer.int32(partition)
  }
  writer.int32(NO_USER_DATA)
  return writer.finish()
}

function writeName(writer: Writer, name: string): void {
  writer.int16(utf8Bytes(name))
  writer.utf8(name)
}

function understood<Result>(bytes: Uint8Array, read: (reader: Reader) => Result): Result | null {
  const reader = new Reader(bytes)
  try {
    return reader.int16() < 0 ? null : read(reader)
  } catch (error) {
    if (error instanceof MalformedBytes) return null
    throw error
  }
}

/** How many follow, each of at least `leastBytes`; throws for a number that cannot be. */
function countOf(reader: Reader, leastBytes: number): number {
  const count = reader.int32()
  if (count < 0 || count > reader.remaining / leastBytes)
    throw new MalformedBytes(`${count} items in ${reader.remaining} bytes`)
  return count
}

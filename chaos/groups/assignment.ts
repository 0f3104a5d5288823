/** What the leader of a group of consumers gives a member: a version, topics, their partitions. */
import { Reader } from '../../src/bytes/reader.ts'

/** Of one topic. */
export function assignedPartitions(assignment: Uint8Array, wanted: string): readonly number[] {
  if (assignment.byteLength === 0) return []
  const reader = new Reader(assignment)
  reader.int16()
  const found: number[] = []
  for (let topics = reader.int32(); topics > 0; topics -= 1) {
    const topic = reader.utf8(reader.int16())
    for (let count = reader.int32(); count > 0; count -= 1) {
      const partition = reader.int32()
      if (topic === wanted) found.push(partition)
    }
  }
  return found
}

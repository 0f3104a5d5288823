/**
 * ListPartitionReassignments (KIP-455): from the published image. What is named and not under way,
 * or not there at all, is left out.
 */
import { isReassigning } from '../../controller/reassignment.ts'
import type { TopicImage } from '../../metadata/image/topics.ts'
import { listPartitionReassignments } from '../../wire/apis/46-list-partition-reassignments.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'

export const handleListPartitionReassignments = handler(
  listPartitionReassignments,
  (request, { metadata }) => {
    const { byName } = metadata().topics
    const described = request.topics
      ? [...namedPartitions(request.topics)].flatMap(([name, indexes]) => {
          const topic = byName.get(name)
          return topic ? [describe(topic, [...indexes])] : []
        })
      : [...byName.values()].map((topic) => describe(topic, topic.partitions.keys()))
    return {
      errorCode: errors.NONE,
      errorMessage: null,
      topics: described.filter(({ partitions }) => partitions.length > 0),
    }
  },
)

/** What is named often is described once. */
function namedPartitions(
  topics: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[],
): ReadonlyMap<string, ReadonlySet<number>> {
  const named = new Map<string, Set<number>>()
  for (const { name, partitionIndexes } of topics) {
    const indexes = named.get(name) ?? new Set()
    named.set(name, indexes)
    for (const index of partitionIndexes) indexes.add(index)
  }
  return named
}

function describe({ name, partitions }: TopicImage, indexes: Iterable<number>) {
  const ongoing = [...indexes].flatMap((partitionIndex) => {
    const registration = partitions[partitionIndex]
    if (!registration || !isReassigning(registration)) return []
    const { replicas, addingReplicas, removingReplicas } = registration
    return [{ partitionIndex, replicas, addingReplicas, removingReplicas }]
  })
  return { name, partitions: ongoing }
}

/** What became of partitions, as answers have it: in groups, a topic each. */
import type { PartitionResult } from '../controller/requests.ts'

/** In the order in which the topics occur first. */
export function byTopic(
  results: readonly PartitionResult[],
): readonly (readonly [topic: string, partitions: readonly PartitionResult[]])[] {
  const topics = new Map<string, PartitionResult[]>()
  for (const result of results) {
    const partitions = topics.get(result.topic) ?? []
    topics.set(result.topic, partitions)
    partitions.push(result)
  }
  return [...topics]
}

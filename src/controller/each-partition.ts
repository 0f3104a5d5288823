/**
 * Commands that name partitions, each of which is decided on its own: a change, none, or why not.
 * One result for each that is named; what is named twice is refused. Pure.
 */
import type { MetadataImage } from '../metadata/image.ts'
import type { PartitionRegistration, TopicImage } from '../metadata/image/topics.ts'
import type { PartitionChangeRecord } from '../metadata/records.ts'
import { errors } from '../wire/errors.ts'
import { countBy } from './new-partition.ts'
import type { PartitionName, PartitionResult } from './requests.ts'
import type { CommandResult, Fault } from './result.ts'
import { fault } from './result.ts'

export function findPartition(
  image: MetadataImage,
  { topic: name, partition }: PartitionName,
): { readonly topic: TopicImage; readonly registration: PartitionRegistration } | Fault {
  const topic = image.topics.byName.get(name)
  if (topic === undefined) return fault('UNKNOWN_TOPIC_OR_PARTITION', `there is no topic ${name}`)
  const registration = topic.partitions[partition]
  if (registration !== undefined) return { topic, registration }
  return fault('UNKNOWN_TOPIC_OR_PARTITION', `topic ${name} has no partition ${partition}`)
}

/** In the order of the request. Null from `decide`: it is as it was asked for. */
export function decideEach<Wanted extends PartitionName>(
  partitions: readonly Wanted[],
  decide: (wanted: Wanted) => PartitionChangeRecord | Fault | null,
): CommandResult<readonly PartitionResult[]> {
  const keyOf = ({ topic, partition }: PartitionName) => `${partition} ${topic}`
  const asked = countBy(partitions, keyOf)
  const records: PartitionChangeRecord[] = []
  const results = new Map<string, PartitionResult>()
  for (const wanted of partitions) {
    const key = keyOf(wanted)
    if (results.has(key)) continue
    const { topic, partition } = wanted
    const decided =
      (asked.get(key) ?? 0) > 1
        ? fault('INVALID_REQUEST', `partition ${partition} of ${topic} is named more than once`)
        : decide(wanted)
    const isRefused = decided !== null && 'code' in decided
    if (decided !== null && !isRefused) records.push(decided)
    results.set(key, {
      ...{ topic, partition },
      errorCode: isRefused ? errors[decided.code] : errors.NONE,
      errorMessage: isRefused ? decided.message : null,
    })
  }
  return { records, reply: [...results.values()], atomic: false }
}

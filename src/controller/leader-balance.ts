/**
 * Leadership back to the preferred replicas, the first of each partition, once they are in service
 * and in sync again: placement spread those evenly, failures do not. Pure.
 */
import type { MetadataImage } from '../metadata/image.ts'
import { isActive } from '../metadata/image/cluster.ts'
import type { PartitionRegistration } from '../metadata/image/topics.ts'
import type { PartitionChangeRecord } from '../metadata/records.ts'
import { buildPartitionChange } from './partition-change-builder.ts'
import { rulesOf } from './partition-control.ts'

/** Elections of one round at most; the others wait for the next. */
export const ELECTIONS_PER_ROUND_MAX = 1_000

/** Another one leads although the preferred replica may. */
export function isImbalanced(
  { brokers }: MetadataImage,
  { replicas: [preferred], isr, leader }: PartitionRegistration,
): boolean {
  if (preferred === undefined || leader === preferred) return false
  return isr.includes(preferred) && isActive(brokers.get(preferred))
}

/** The elections of one round. */
export function balanceLeaders(image: MetadataImage): readonly PartitionChangeRecord[] {
  const changes: PartitionChangeRecord[] = []
  for (const { topicId, name, partitions } of image.topics.byName.values())
    for (const [partition, was] of partitions.entries()) {
      if (!isImbalanced(image, was)) continue
      if (changes.length === ELECTIONS_PER_ROUND_MAX) return changes
      const at = { topicId, partition }
      const event = { election: 'preferred' } as const
      const change = buildPartitionChange(at, was, event, rulesOf(image, name))
      if (change !== null) changes.push(change)
    }
  return changes
}

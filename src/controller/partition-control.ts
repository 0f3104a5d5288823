/**
 * What happens to partitions when brokers come and go: commands over an image, as records. Who is
 * elected is decided in `partition-change-builder.ts`. Walks all partitions, as brokers come and go
 * rarely and a walk over 10,000 takes milliseconds. Pure.
 */
import type { NodeId } from '../base/ids.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { isActive } from '../metadata/image/cluster.ts'
import { clusterOverrides, topicOverrides } from '../metadata/image/configs.ts'
import type { PartitionRegistration, TopicImage } from '../metadata/image/topics.ts'
import type { PartitionChangeRecord } from '../metadata/records.ts'
import { NO_LEADER } from '../metadata/records.ts'
import type { Election, PartitionEvent, PartitionRules } from './partition-change-builder.ts'
import { buildPartitionChange } from './partition-change-builder.ts'

export const MIN_ISR = 'min.insync.replicas'
export const UNCLEAN_ELECTION = 'unclean.leader.election.enable'

/** A setting of a topic: its own, or else the cluster's (S12: nowhere else). */
function settingOf(image: MetadataImage, topic: string, name: string): string | undefined {
  return topicOverrides(image.configs, topic).get(name) ?? clusterOverrides(image.configs).get(name)
}

/** A topic's `min.insync.replicas`. */
export function minIsrOf(image: MetadataImage, topic: string): number {
  return Number(settingOf(image, topic, MIN_ISR) ?? 1)
}

/** Whether the topic prefers being led to keeping what was acknowledged. */
export function allowsUnclean(image: MetadataImage, topic: string): boolean {
  return settingOf(image, topic, UNCLEAN_ELECTION) === 'true'
}

/** How a leader is found where one is missing: at once also uncleanly, as Kafka does. */
export function electionFor(image: MetadataImage, topic: string): Election {
  return allowsUnclean(image, topic) ? 'unclean' : 'online'
}

/**
 * Whether the topic's replicas count only what they fsynced. As metadata has it: what a broker's
 * own file says is not known here.
 */
function flushesEveryMessage({ configs }: MetadataImage, topic: string): boolean {
  const own = topicOverrides(configs, topic).get('flush.messages')
  return (own ?? clusterOverrides(configs).get('log.flush.interval.messages')) === '1'
}

/** What decides about a topic's partitions, as metadata has it. */
export function rulesOf(
  image: MetadataImage,
  topic: string,
  isActiveNow = (id: NodeId) => isActive(image.brokers.get(id)),
): PartitionRules {
  return { isActive: isActiveNow, minIsr: minIsrOf(image, topic) }
}

/** Whether a broker must leave the ISRs as one that lost records, or merely stops (S11). */
export interface Departure {
  readonly nodeId: NodeId
  /** Its disk may lack records it acknowledged: it is not eligible any more. */
  readonly losesData: boolean
  /**
   * The disk is the same one. Then a partition that has no other replica keeps it eligible whatever
   * happened: nobody can hold more.
   */
  readonly sameDirectory: boolean
  /**
   * The disk is the one that the broker left: it lacks nothing that was fsynced, and so nothing of
   * a topic that fsyncs what it acknowledges.
   */
  readonly keepsFsynced: boolean
}

/**
 * Takes a broker out of every ISR and every leadership, electing others where they may lead. Come
 * before the record that fences it. Every partition it led gets a new leader epoch (S3).
 */
export function departureRecords(
  image: MetadataImage,
  departure: Departure,
): readonly PartitionChangeRecord[] {
  return departures(image, departure)
}

/** The first `most` of them, with the partitions that it leads before all others. */
export function firstDepartureRecords(
  image: MetadataImage,
  departure: Departure,
  most: number,
): readonly PartitionChangeRecord[] {
  const { nodeId } = departure
  const led = departures(image, departure, ({ leader }) => leader === nodeId, most)
  const isOther = ({ leader }: PartitionRegistration) => leader !== nodeId
  return [...led, ...departures(image, departure, isOther, most - led.length)]
}

function departures(
  image: MetadataImage,
  { nodeId, losesData, sameDirectory, keepsFsynced }: Departure,
  isMeant: (partition: PartitionRegistration) => boolean = () => true,
  most = Infinity,
): readonly PartitionChangeRecord[] {
  const decide = (topic: TopicImage, partition: PartitionRegistration): PartitionEvent | null => {
    if (!isMeant(partition)) return null
    const { isr, elr, replicas, lastKnownElr } = partition
    const isOnlyReplica = replicas.length === 1 && sameDirectory
    const isExempt = isOnlyReplica || (keepsFsynced && flushesEveryMessage(image, topic.name))
    const mustLose = losesData && !isExempt
    const isEmptied = mustLose && !sameDirectory
    const isCounted =
      isr.includes(nodeId) ||
      (mustLose && elr.includes(nodeId)) ||
      (isEmptied && lastKnownElr.includes(nodeId))
    if (!isCounted) return null
    return {
      isr: isr.filter((id) => id !== nodeId),
      dataLosing: mustLose ? [nodeId] : [],
      emptied: isEmptied ? [nodeId] : [],
      election: electionFor(image, topic.name),
    }
  }
  return changePartitions(image, decide, { leaving: nodeId, most })
}

/** Whether another broker can lead something that this one leads. */
export function canHandOver(image: MetadataImage, nodeId: NodeId): boolean {
  const isHeir = (id: NodeId) => id !== nodeId && isActive(image.brokers.get(id))
  for (const { partitions } of image.topics.byName.values())
    for (const { leader, isr } of partitions.values())
      if (leader === nodeId && isr.some(isHeir)) return true
  return false
}

/**
 * Elects a leader wherever there is none and one may lead. `arriving` counts as active already: the
 * record that unfences it comes before these.
 */
export function electionRecords(
  image: MetadataImage,
  { arriving = null }: { arriving?: NodeId | null } = {},
): readonly PartitionChangeRecord[] {
  const active = (id: NodeId) => id === arriving || isActive(image.brokers.get(id))
  return changePartitions(
    image,
    (topic, { leader, replicas }) => {
      if (leader !== NO_LEADER) return null
      if (arriving !== null && !replicas.includes(arriving)) return null
      return { election: electionFor(image, topic.name) }
    },
    { active },
  )
}

/**
 * Walks the partitions until there are `most` changes; `event` says what happens to one, null for
 * nothing.
 */
function changePartitions(
  image: MetadataImage,
  event: (topic: TopicImage, partition: PartitionRegistration) => PartitionEvent | null,
  {
    leaving = null,
    active = (id) => isActive(image.brokers.get(id)),
    most = Infinity,
  }: {
    readonly leaving?: NodeId | null
    readonly active?: (id: NodeId) => boolean
    readonly most?: number
  },
): readonly PartitionChangeRecord[] {
  const changes: PartitionChangeRecord[] = []
  for (const topic of image.topics.byName.values()) {
    let rules: PartitionRules | null = null
    for (const [partition, was] of topic.partitions.entries()) {
      if (changes.length >= most) return changes
      const happens = event(topic, was)
      if (happens === null) continue
      rules ??= rulesOf(image, topic.name, (id) => id !== leaving && active(id))
      const at = { topicId: topic.topicId, partition }
      const change = buildPartitionChange(at, was, happens, rules)
      if (change !== null) changes.push(change)
    }
  }
  return changes
}

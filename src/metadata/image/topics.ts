/**
 * Topics and their partitions: image and delta side by side. The cost of a change is proportional
 * to the partitions of the topics it touches, never to the number of topics. The two partition
 * epochs rise exactly where Kafka's do, and the partition invariants are asserted where state is
 * born.
 */
import assert from 'node:assert'
import type { NodeId, TopicId } from '../../base/ids.ts'
import { ImmutableMap } from '../../base/immutable-map.ts'
import type {
  PartitionChangeRecord,
  PartitionRecord,
  RemoveTopicRecord,
  TopicRecord,
} from '../records.ts'
import { NO_LEADER } from '../records.ts'

export interface PartitionRegistration {
  /** In order of preference: the first is the preferred leader. */
  readonly replicas: readonly NodeId[]
  /** In-sync replicas, the leader among them. */
  readonly isr: readonly NodeId[]
  /** Eligible leader replicas: may be elected, cleanly, when the ISR is empty (KIP-966). */
  readonly elr: readonly NodeId[]
  readonly leader: NodeId | typeof NO_LEADER
  /** Rises at every election, also of the same leader and of nobody. */
  readonly leaderEpoch: number
  /** Rises at every change. */
  readonly partitionEpoch: number
  /** Members that a reassignment adds, and is to remove when those are in sync; else empty. */
  readonly addingReplicas: readonly NodeId[]
  readonly removingReplicas: readonly NodeId[]
  /**
   * The last that were in ISR or ELR and came back with a disk that may lack what it held (S11).
   * Only where the ISR is below min ISR: else others have everything.
   */
  readonly lastKnownElr: readonly NodeId[]
}

/** The replicas without those that a reassignment is adding: they decide the replication factor. */
export function originalReplicas({
  replicas,
  addingReplicas,
}: Pick<PartitionRegistration, 'replicas' | 'addingReplicas'>): readonly NodeId[] {
  return addingReplicas.length === 0
    ? replicas
    : replicas.filter((id) => !addingReplicas.includes(id))
}

export interface TopicImage {
  readonly name: string
  readonly topicId: TopicId
  /** By partition number; dense. */
  readonly partitions: readonly PartitionRegistration[]
}

export interface TopicsImage {
  readonly byName: ImmutableMap<string, TopicImage>
  readonly byId: ImmutableMap<TopicId, TopicImage>
  /** Topic name by `collisionKey`, for the names that have one: `a.b` and `a_b` may not coexist. */
  readonly byCollisionKey: ImmutableMap<string, string>
}

export const EMPTY_TOPICS: TopicsImage = {
  byName: ImmutableMap.empty(),
  byId: ImmutableMap.empty(),
  byCollisionKey: ImmutableMap.empty(),
}

/** What two names that differ only in `.` and `_` share; null for names with neither. */
export function collisionKey(name: string): string | null {
  return /[._]/.test(name) ? name.replaceAll('.', '_') : null
}

/** What happened to one topic. */
export class TopicDelta {
  readonly name: string
  readonly topicId: TopicId
  /** Null when the topic is new. */
  readonly was: TopicImage | null
  /** Every partition that was created or changed, as it is now. */
  readonly changedPartitions = new Map<number, PartitionRegistration>()

  constructor({ name, topicId }: { name: string; topicId: TopicId }, was: TopicImage | null) {
    this.name = name
    this.topicId = topicId
    this.was = was
  }

  partition(index: number): PartitionRegistration | undefined {
    return this.changedPartitions.get(index) ?? this.was?.partitions[index]
  }

  apply(): TopicImage {
    const partitions = [...(this.was?.partitions ?? [])]
    const inOrder = [...this.changedPartitions].sort(([a], [b]) => a - b)
    for (const [index, partition] of inOrder) {
      assert(index <= partitions.length, 'partition numbers are dense')
      partitions[index] = partition
    }
    return { name: this.name, topicId: this.topicId, partitions }
  }
}

/** Where a partition stands for one broker, in a list of `LocalChanges`. */
export interface LocalPartition {
  readonly topicId: TopicId
  readonly topic: string
  readonly partition: number
  readonly registration: PartitionRegistration
}

/** What one broker has to do about a delta; deletes come first (a name may live again). */
export interface LocalChanges {
  /** Replicas that this broker held and no longer does: the topic went, or the replica moved. */
  readonly deletes: readonly { topicId: TopicId; topic: string; partition: number }[]
  readonly leaders: readonly LocalPartition[]
  readonly followers: readonly LocalPartition[]
}

/** Changes to topics. A topic created and removed within one delta leaves no trace. */
export class TopicsDelta {
  readonly image: TopicsImage
  readonly changed = new Map<TopicId, TopicDelta>()
  /** Topics of `image` that are gone. */
  readonly deleted = new Map<TopicId, TopicImage>()

  constructor(image: TopicsImage) {
    this.image = image
  }

  replayTopic({ name, topicId }: TopicRecord): void {
    assert(!this.image.byId.has(topicId) && !this.changed.has(topicId), 'a topic id never returns')
    this.changed.set(topicId, new TopicDelta({ name, topicId }, null))
  }

  replayPartition(record: PartitionRecord): void {
    const { type: _type, topicId, partition: index, ...registration } = record
    const topic = this.#topic(topicId)
    assert(topic.partition(index) === undefined, 'a partition is created once')
    checkPartition(registration)
    topic.changedPartitions.set(index, registration)
  }

  replayPartitionChange(change: PartitionChangeRecord): void {
    const topic = this.#topic(change.topicId)
    const was = topic.partition(change.partition)
    assert(was !== undefined, 'only a known partition changes')
    topic.changedPartitions.set(change.partition, applyPartitionChange(was, change))
  }

  /** Returns the removed topic's name. */
  replayRemoveTopic({ topicId }: RemoveTopicRecord): string {
    const { name, was } = this.#topic(topicId)
    this.changed.delete(topicId)
    if (was !== null) this.deleted.set(topicId, was)
    return name
  }

  /** Makes this the difference to `next`, a state of which the way there is not known. */
  replaceBy(next: TopicsImage): void {
    for (const [topicId, topic] of this.image.byId)
      if (!next.byId.has(topicId)) this.deleted.set(topicId, topic)
    for (const topic of next.byId.values()) {
      const delta = new TopicDelta(topic, this.image.byId.get(topic.topicId) ?? null)
      for (const [index, partition] of topic.partitions.entries())
        // Every change of a partition raises its epoch, so equal epochs mean equal partitions.
        if (delta.partition(index)?.partitionEpoch !== partition.partitionEpoch)
          delta.changedPartitions.set(index, partition)
      if (delta.was === null || delta.changedPartitions.size > 0)
        this.changed.set(topic.topicId, delta)
    }
  }

  apply(): TopicsImage {
    let { byName, byId, byCollisionKey } = this.image
    for (const { name, topicId } of this.deleted.values()) {
      byName = byName.delete(name)
      byId = byId.delete(topicId)
      const key = collisionKey(name)
      if (key !== null) byCollisionKey = byCollisionKey.delete(key)
    }
    const topics = [...this.changed.values()].map((delta) => {
      assert(delta.was !== null || !byName.has(delta.name), 'a topic name is used once')
      return delta.apply()
    })
    byName = byName.setAll(new Map(topics.map((topic) => [topic.name, topic])))
    byId = byId.setAll(new Map(topics.map((topic) => [topic.topicId, topic])))
    assert(byName.size === byId.size, 'a topic name is used once')
    for (const { name } of topics) {
      const key = collisionKey(name)
      if (key !== null) byCollisionKey = byCollisionKey.set(key, name)
    }
    return { byName, byId, byCollisionKey }
  }

  /** What `nodeId` has to do about this delta. */
  localChanges(nodeId: NodeId): LocalChanges {
    const deletes: { topicId: TopicId; topic: string; partition: number }[] = []
    const leaders: LocalPartition[] = []
    const followers: LocalPartition[] = []
    for (const { topicId, name: topic, partitions } of this.deleted.values())
      for (const [partition, { replicas }] of partitions.entries())
        if (replicas.includes(nodeId)) deletes.push({ topicId, topic, partition })
    for (const { topicId, name: topic, was, changedPartitions } of this.changed.values())
      for (const [partition, registration] of changedPartitions) {
        const place = { topicId, topic, partition, registration }
        if (registration.replicas.includes(nodeId))
          (registration.leader === nodeId ? leaders : followers).push(place)
        else if (was?.partitions[partition]?.replicas.includes(nodeId))
          deletes.push({ topicId, topic, partition })
      }
    return { deletes, leaders, followers }
  }

  #topic(topicId: TopicId): TopicDelta {
    const changed = this.changed.get(topicId)
    if (changed !== undefined) return changed
    const was = this.image.byId.get(topicId)
    assert(was !== undefined && !this.deleted.has(topicId), `topic ${topicId} exists`)
    const delta = new TopicDelta(was, was)
    this.changed.set(topicId, delta)
    return delta
  }
}

/** A partition after a committed change. */
export function applyPartitionChange(
  was: PartitionRegistration,
  change: PartitionChangeRecord,
): PartitionRegistration {
  const partition: PartitionRegistration = {
    replicas: change.replicas ?? was.replicas,
    isr: change.isr ?? was.isr,
    elr: change.elr ?? was.elr,
    leader: change.leader ?? was.leader,
    leaderEpoch: was.leaderEpoch + (change.leader === undefined ? 0 : 1),
    partitionEpoch: was.partitionEpoch + 1,
    addingReplicas: change.addingReplicas ?? was.addingReplicas,
    removingReplicas: change.removingReplicas ?? was.removingReplicas,
    lastKnownElr: change.lastKnownElr ?? was.lastKnownElr,
  }
  checkPartition(partition)
  return partition
}

/**
 * Nobody leads, nobody is in sync or eligible, and the last that were may have lost records: it
 * takes a look at all logs to find the best leader (SAFETY S11).
 */
export function isLost({ leader, isr, elr, lastKnownElr }: PartitionRegistration): boolean {
  return leader === NO_LEADER && isr.length + elr.length === 0 && lastKnownElr.length > 0
}

const EPOCH_MAX = 0x7fff_ffff

/** Invariant B1, and that the epochs fit their 32 bits on the wire. */
function checkPartition(partition: PartitionRegistration): void {
  const { replicas, isr, elr, leader, addingReplicas, removingReplicas, lastKnownElr } = partition
  assert(isSubset(replicas, replicas), 'no replica is listed twice')
  assert(isSubset(isr, replicas), 'the ISR is a subset of the replicas')
  assert(isSubset(elr, replicas), 'the ELR is a subset of the replicas')
  assert(!isr.some((id) => elr.includes(id)), 'the ISR and the ELR are disjoint')
  assert(leader === NO_LEADER || isr.includes(leader), 'a leader is in its own ISR')
  assert(!addingReplicas.some((id) => removingReplicas.includes(id)), 'adding is not removing')
  assert(isSubset(addingReplicas, replicas), 'who is added is a replica')
  assert(isSubset(removingReplicas, replicas), 'who is removed is a replica')
  assert(isSubset(lastKnownElr, replicas), 'the last known ELR is a subset of the replicas')
  assert(partition.leaderEpoch <= EPOCH_MAX, 'leader epochs are 32 bits')
  assert(partition.partitionEpoch <= EPOCH_MAX, 'partition epochs are 32 bits')
}

/** Each once. The lists are short, and there are as many as partitions: no sets for them. */
function isSubset(some: readonly NodeId[], all: readonly NodeId[]): boolean {
  for (let at = 0; at < some.length; at += 1) {
    const id = some[at] as NodeId
    if (some.indexOf(id) !== at || !all.includes(id)) return false
  }
  return true
}

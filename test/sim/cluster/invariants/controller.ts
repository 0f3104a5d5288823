/**
 * What every committed metadata record must be (kraft-semantics B): looked at one by one, each
 * against the state before it, whoever was the controller that wrote it.
 */
import type { NodeId } from '../../../../src/base/ids.ts'
import { applyEntry } from '../../../../src/metadata/delta.ts'
import type { MetadataImage } from '../../../../src/metadata/image.ts'
import { isActive } from '../../../../src/metadata/image/cluster.ts'
import { topicOverrides } from '../../../../src/metadata/image/configs.ts'
import type { PartitionRegistration } from '../../../../src/metadata/image/topics.ts'
import type { CommittedEntry, MetadataRecord } from '../../../../src/metadata/records.ts'
import { NO_LEADER } from '../../../../src/metadata/records.ts'
import { check } from '../../invariants/violation.ts'

export interface ControllerWorld {
  /** How far the broker's process has published metadata; null when it is not this process. */
  readonly publishedBy: (nodeId: NodeId, brokerEpoch: number) => number | null
  /** Somebody was elected who need not have everything: the topic allows it. */
  readonly unclean: (topic: string, partition: number) => void
}

interface PartitionChange {
  readonly was: PartitionRegistration | undefined
  readonly now: PartitionRegistration
  /** Metadata with this change. */
  readonly after: MetadataImage
  /** It says so itself. */
  readonly mayLoseRecords?: boolean
}

export class ControllerChecks {
  readonly #world: ControllerWorld
  readonly #leaders = new Map<string, NodeId>()
  readonly #topicIds = new Map<string, string>()
  #brokerEpoch = -1

  constructor(world: ControllerWorld) {
    this.#world = world
  }

  committed(entry: CommittedEntry, before: MetadataImage, after: MetadataImage): void {
    if (entry.records.length === 0) return
    let state = before
    for (const record of entry.records) {
      const next = applyEntry(state, { ...entry, records: [record] })
      this.#record(record, state, next)
      state = next
    }
    this.#members(after)
    this.#names(after)
  }

  #record(record: MetadataRecord, before: MetadataImage, after: MetadataImage): void {
    if (record.type === 'RegisterBroker') this.#registered(record, before)
    if (record.type === 'BrokerRegistrationChange' && record.fenced === false)
      this.#unfenced(record)
    if (record.type !== 'Partition' && record.type !== 'PartitionChange') return
    const topic = after.topics.byId.get(record.topicId)
    const now = topic?.partitions[record.partition]
    if (topic === undefined || now === undefined) return
    const was = before.topics.byId.get(record.topicId)?.partitions[record.partition]
    this.#oneLeader(
      `${record.topicId} ${record.partition}`,
      `${topic.name}-${record.partition}`,
      now,
    )
    const mayLoseRecords = record.type === 'PartitionChange' && record.mayLoseRecords === true
    this.partition(topic.name, record.partition, { was, now, after, mayLoseRecords })
  }

  /** A partition was changed. `was`: undefined when it was made. */
  partition(topic: string, partition: number, change: PartitionChange): void {
    const { was, now } = change
    const name = `${topic}-${partition}`
    shape(name, now)
    if (was === undefined) return
    epochs(name, was, now)
    reassigned(name, was, now)
    this.#elected(topic, partition, { ...change, was })
  }

  /** B6: broker epochs rise over the whole cluster, and name one process each. */
  #registered(
    {
      nodeId,
      brokerEpoch,
      incarnationId,
      directoryId,
    }: MetadataRecord & { type: 'RegisterBroker' },
    before: MetadataImage,
  ): void {
    const was = before.brokers.get(nodeId)
    if (was?.incarnationId === incarnationId) {
      check(was.brokerEpoch === brokerEpoch, 'B6-broker-epoch', () => {
        return `broker ${nodeId} changes its epoch from ${was.brokerEpoch} to ${brokerEpoch}`
      })
      return
    }
    check(brokerEpoch > this.#brokerEpoch, 'B6-broker-epoch', () => {
      return `broker ${nodeId} gets epoch ${brokerEpoch} after ${this.#brokerEpoch}`
    })
    this.#brokerEpoch = brokerEpoch
    for (const other of before.brokers.values())
      check(other.nodeId === nodeId || other.directoryId !== directoryId, 'B8-directory', () => {
        return `brokers ${other.nodeId} and ${nodeId} have one directory`
      })
  }

  /** B6: in service is who knows its own registration. */
  #unfenced({ nodeId, brokerEpoch }: MetadataRecord & { type: 'BrokerRegistrationChange' }): void {
    const published = this.#world.publishedBy(nodeId, brokerEpoch)
    check(published === null || published >= brokerEpoch, 'B6-unfenced-early', () => {
      return `broker ${nodeId} of epoch ${brokerEpoch} has published up to ${published}`
    })
  }

  /** B3: in a leader epoch one node leads, for ever. */
  #oneLeader(key: string, name: string, { leader, leaderEpoch }: PartitionRegistration): void {
    if (leader === NO_LEADER) return
    const at = `${key} ${leaderEpoch}`
    const known = this.#leaders.get(at) ?? leader
    check(known === leader, 'B3-one-leader', () => {
      return `${name}: ${known} and ${leader} in epoch ${leaderEpoch}`
    })
    this.#leaders.set(at, leader)
  }

  /** B4, B5: elected is who has everything, and serves. */
  #elected(
    topic: string,
    partition: number,
    change: PartitionChange & { readonly was: PartitionRegistration },
  ): void {
    const { was, now, after } = change
    const { leader } = now
    if (leader === NO_LEADER || (was.leader === leader && was.leaderEpoch === now.leaderEpoch))
      return
    const name = `${topic}-${partition}`
    // Who comes in and leads in one step: the leader asked it in, and that ended a reassignment.
    const hasJoined = hasMoved(was, now)
    const isClean = was.isr.includes(leader) || was.elr.includes(leader) || hasJoined
    const isLost = was.isr.length + was.elr.length === 0 && change.mayLoseRecords
    if (!isClean && (isLost || isUncleanAllowed(after, topic)))
      this.#world.unclean(topic, partition)
    else
      check(isClean, 'B4-unclean', () => {
        return `${name}: ${leader} is elected, of isr [${was.isr.join()}] and elr [${was.elr.join()}]`
      })
    check(isActive(after.brokers.get(leader)), 'B5-elected-inactive', () => {
      return `${name}: ${leader} is elected and does not serve`
    })
  }

  /** B5: after a whole entry nobody is a member who does not serve. */
  #members({ topics, brokers }: MetadataImage): void {
    for (const { name, partitions } of topics.byName.values())
      for (const [partition, { isr }] of partitions.entries())
        for (const member of isr)
          check(isActive(brokers.get(member)), 'B5-member-inactive', () => {
            return `${name}-${partition}: ${member} is in the isr [${isr.join()}] and does not serve`
          })
  }

  /** B11: a name has one id at a time, and an id one name for ever. */
  #names({ topics }: MetadataImage): void {
    for (const { name, topicId } of topics.byName.values()) {
      const known = this.#topicIds.get(topicId) ?? name
      check(known === name && topics.byId.get(topicId)?.name === name, 'B11-topic-id', () => {
        return `${topicId} is ${known} and ${name}`
      })
      this.#topicIds.set(topicId, name)
    }
  }
}

/** A reassignment has ended, and was not taken back. */
function hasMoved(was: PartitionRegistration, { replicas }: PartitionRegistration): boolean {
  const { addingReplicas: added, removingReplicas: removed } = was
  const isMoving = added.length + removed.length > 0
  const isThere = (id: NodeId) => replicas.includes(id)
  return isMoving && added.every(isThere) && !removed.some(isThere)
}

/** B1. */
function shape(name: string, now: PartitionRegistration): void {
  const { leader, replicas, isr, elr, addingReplicas, removingReplicas } = now
  const isIn = (some: readonly NodeId[], all: readonly NodeId[]) =>
    some.every((id) => all.includes(id))
  const isApart = (some: readonly NodeId[], others: readonly NodeId[]) =>
    !some.some((id) => others.includes(id))
  const isOnce = [replicas, isr, elr].every((ids) => new Set(ids).size === ids.length)
  const holds =
    (leader === NO_LEADER || isr.includes(leader)) &&
    isIn(isr, replicas) &&
    isIn(elr, replicas) &&
    isApart(isr, elr) &&
    isApart(addingReplicas, removingReplicas) &&
    isOnce
  check(holds, 'B1-shape', () => `${name}: ${JSON.stringify(now)}`)
}

/** B2, B9: every change is one of the state before it. */
function epochs(name: string, was: PartitionRegistration, now: PartitionRegistration): void {
  const tell = () => `${name}: ${JSON.stringify(was)}, then ${JSON.stringify(now)}`
  check(now.partitionEpoch === was.partitionEpoch + 1, 'B2-partition-epoch', tell)
  check(now.leaderEpoch >= was.leaderEpoch, 'B2-leader-epoch', tell)
  check(now.leader === was.leader || now.leaderEpoch > was.leaderEpoch, 'B2-leader-epoch', tell)
}

/** B10: it ends with all who shall stay in sync, or as it was before it began. */
function reassigned(name: string, was: PartitionRegistration, now: PartitionRegistration): void {
  const isUnderWay = ({ addingReplicas, removingReplicas }: PartitionRegistration) =>
    addingReplicas.length + removingReplicas.length > 0
  // It may begin and end in one step.
  const isMoved = isUnderWay(was) || now.replicas.join() !== was.replicas.join()
  if (!isMoved || isUnderWay(now)) return
  const original = was.replicas.filter((id) => !was.addingReplicas.includes(id))
  const isTakenBack =
    now.replicas.length === original.length && now.replicas.every((id) => original.includes(id))
  const areInSync = now.replicas.every((id) => now.isr.includes(id) || was.isr.includes(id))
  check(isTakenBack || areInSync, 'B10-reassigned', () => {
    return `${name}: ${JSON.stringify(was)}, then ${JSON.stringify(now)}`
  })
}

function isUncleanAllowed({ configs }: MetadataImage, topic: string): boolean {
  return topicOverrides(configs, topic).get('unclean.leader.election.enable') === 'true'
}

/**
 * What `lograft top` shows: the last look, and how fast things grew since the one before it. A rate
 * is null where it cannot be told: at the first look, of what was not there, or of what shrank.
 * Pure.
 */
import { groupBy } from '../../base/group-by.ts'
import type { BrokerLook, GroupLook, Look, PartitionLook } from './look.ts'

export interface Rates {
  /** Records a second. */
  readonly records: number | null
  /** Bytes a second on the leader's disk. */
  readonly bytes: number | null
}

export interface BrokerRow extends Rates {
  readonly broker: number
  readonly state: 'up' | 'silent' | 'gone'
  readonly address: string | null
  readonly leaders: number
  readonly replicas: number
  readonly sizeBytes: number | null
  readonly freeShare: number | null
}

export interface TopicRow extends Rates {
  readonly topic: string
  readonly partitions: number
  readonly underReplicated: number
  readonly offline: number
  /** Of all replicas, as in `lograft topic list`. */
  readonly sizeBytes: number | null
}

export interface PartitionRow extends Rates {
  readonly topic: string
  readonly partition: number
  readonly leader: number | null
  readonly replicas: number
  readonly inSync: number
  readonly endOffset: number | null
  readonly sizeBytes: number | null
}

export interface GroupRow {
  readonly group: string
  readonly state: string
  readonly members: number
  readonly lag: number | null
  /** By how much it grows a second; negative while the group catches up. */
  readonly lagRate: number | null
}

export interface View {
  readonly clusterId: string | null
  /** `lag`: of the groups that are known; null when none is, and others may be there. */
  readonly total: Rates & { readonly lag: number | null }
  readonly underReplicated: number
  readonly offline: number
  readonly brokers: readonly BrokerRow[]
  readonly topics: readonly TopicRow[]
  readonly partitions: readonly PartitionRow[]
  readonly groups: readonly GroupRow[]
  readonly groupsLeftOut: number
  readonly groupsUntold: readonly number[]
}

export function viewOf(look: Look, before: Look | null): View {
  const partitions = partitionRows(look, before)
  const groups = groupRows(look, before)
  return {
    clusterId: look.clusterId,
    total: { ...ratesOf(partitions), lag: totalLag(look, groups) },
    underReplicated: partitions.filter(isUnderReplicated).length,
    offline: partitions.filter(({ leader }) => leader === null).length,
    brokers: brokerRows(look, partitions),
    topics: [...groupBy(partitions, ({ topic }) => topic)].map(([topic, rows]) => ({
      ...{ topic, partitions: rows.length, ...ratesOf(rows) },
      underReplicated: rows.filter(isUnderReplicated).length,
      offline: rows.filter(({ leader }) => leader === null).length,
      sizeBytes: sum(rows.map(({ sizeBytes }) => sizeBytes)),
    })),
    ...{ partitions, groups, groupsLeftOut: look.groupsLeftOut, groupsUntold: look.groupsUntold },
  }
}

function totalLag({ groupsUntold }: Look, groups: readonly GroupRow[]): number | null {
  return sum(groups.map(({ lag }) => lag)) ?? (groupsUntold.length > 0 ? null : 0)
}

function isUnderReplicated({ inSync, replicas, leader }: PartitionRow): boolean {
  return leader !== null && inSync < replicas
}

/** Of those that are known; null when none is. */
function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((all, value) => all + value, 0)
}

function ratesOf(rows: readonly Rates[]): Rates {
  return {
    records: sum(rows.map(({ records }) => records)),
    bytes: sum(rows.map(({ bytes }) => bytes)),
  }
}

const keyOf = ({ topic, partition }: PartitionLook) => `${topic}-${partition}`

const leaderSize = ({ leader, sizes }: PartitionLook) =>
  leader === null ? null : (sizes.get(leader) ?? null)

function partitionRows(look: Look, before: Look | null): readonly PartitionRow[] {
  const old = new Map(before?.partitions.map((partition) => [keyOf(partition), partition]))
  const seconds = secondsBetween(look, before)
  return look.partitions.map((now) => {
    const { topic, partition, leader, replicas, inSync, endOffset } = now
    const then = old.get(keyOf(now))
    const isSameLeader = then?.leader === leader
    return {
      ...{ topic, partition, leader, replicas: replicas.length, inSync, endOffset },
      sizeBytes: sum([...now.sizes.values()]),
      records: growth(endOffset, then?.endOffset ?? null, seconds),
      // Another leader's replica may begin and end elsewhere.
      bytes: isSameLeader ? growth(leaderSize(now), leaderSize(then), seconds) : null,
    }
  })
}

function secondsBetween(look: Look, before: Look | null): number | null {
  const seconds = before === null ? 0 : (look.atMs - before.atMs) / 1_000
  return seconds > 0 ? seconds : null
}

/** A second; null for what shrank: the topic was made again, or retention removed segments. */
function growth(now: number | null, then: number | null, seconds: number | null): number | null {
  if (now === null || then === null || seconds === null || now < then) return null
  return (now - then) / seconds
}

function brokerRows(look: Look, rows: readonly PartitionRow[]): readonly BrokerRow[] {
  const known = new Map(look.brokers.map((broker) => [broker.nodeId, broker]))
  const replicas = new Map<number, { count: number; bytes: number }>()
  for (const { replicas: nodeIds, sizes } of look.partitions)
    for (const nodeId of nodeIds) {
      const held = replicas.get(nodeId) ?? { count: 0, bytes: 0 }
      replicas.set(nodeId, held)
      held.count += 1
      held.bytes += sizes.get(nodeId) ?? 0
    }
  const led = groupBy(rows, ({ leader }) => leader)
  const nodeIds = [...new Set([...known.keys(), ...replicas.keys()])].sort((a, b) => a - b)
  return nodeIds.map((nodeId) => {
    const broker = known.get(nodeId)
    const leading = led.get(nodeId) ?? []
    return {
      ...{ broker: nodeId, state: stateOf(broker), address: broker?.address ?? null },
      ...{ leaders: leading.length, replicas: replicas.get(nodeId)?.count ?? 0 },
      sizeBytes: broker?.answers ? (replicas.get(nodeId)?.bytes ?? 0) : null,
      freeShare: freeShare(broker),
      ...ratesOf(leading),
    }
  })
}

function stateOf(broker: BrokerLook | undefined): BrokerRow['state'] {
  if (broker === undefined) return 'gone'
  return broker.answers ? 'up' : 'silent'
}

function freeShare(broker: BrokerLook | undefined): number | null {
  const { totalBytes = null, usableBytes = null } = broker ?? {}
  return totalBytes === null || usableBytes === null || totalBytes === 0
    ? null
    : usableBytes / totalBytes
}

function groupRows(look: Look, before: Look | null): readonly GroupRow[] {
  const lags = lagsOf(look)
  const old = before === null ? null : lagsOf(before)
  const seconds = secondsBetween(look, before)
  return look.groups.map(({ group, state, members }) => {
    const lag = lags.get(group) ?? null
    const then = old?.get(group) ?? null
    const isKnown = lag !== null && then !== null && seconds !== null
    return { group, state, members, lag, lagRate: isKnown ? (lag - then) / seconds : null }
  })
}

/** In all partitions of which a group has committed anything; null when no end is known. */
function lagsOf(look: Look): ReadonlyMap<string, number | null> {
  const ends = new Map(look.partitions.map((one) => [keyOf(one), one.endOffset]))
  return new Map(look.groups.map((group) => [group.group, lagOf(group, ends)]))
}

function lagOf({ committed }: GroupLook, ends: ReadonlyMap<string, number | null>): number | null {
  const lags = [...committed].flatMap(([topic, partitions]) =>
    [...partitions].map(([partition, offset]) => {
      const end = ends.get(`${topic}-${partition}`) ?? null
      return end === null ? null : Math.max(0, end - offset)
    }),
  )
  return sum(lags)
}

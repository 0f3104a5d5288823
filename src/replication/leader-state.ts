/**
 * What a leader knows of its partition: who is in sync, how far each follower has come, which
 * change of the ISR is under way. Pure: times come in as arguments. The rules are Kafka's (KIP-497,
 * KIP-841, KIP-903, KIP-966) and are here and nowhere else:
 *
 * - A follower has what is before the offset it fetches from; it says so with its *next* fetch.
 * - The high watermark is the least log end over the *maximal* ISR: members, those who are about to
 *   be, and those who leave until that is committed (S13). It never goes back (C2, C9), and stands
 *   still while fewer than min ISR are members, so that an eligible replica has all of it.
 * - Into the ISR comes who has reached the high watermark and the start of this epoch, and is the
 *   process that metadata knows. Out goes who was not caught up for `replica.lag.time.max.ms`.
 */
import { strict as assert } from 'node:assert'
import type { NodeId } from '../base/ids.ts'
import { CaughtUp } from './caught-up-state.ts'

/** What metadata says of a partition that is led here. */
export interface LedRegistration {
  readonly leaderEpoch: number
  readonly partitionEpoch: number
  readonly replicas: readonly NodeId[]
  readonly isr: readonly NodeId[]
  /** Replicas that a reassignment is adding. */
  readonly addingReplicas?: readonly NodeId[]
}

/** A broker as metadata knows it. */
export interface KnownBroker {
  /** Registered, unfenced, not stopping. */
  readonly isActive: boolean
  readonly brokerEpoch: number
}

/** What a follower's fetch tells. */
export interface FollowerFetch {
  readonly nodeId: NodeId
  /** -1 when it does not say. */
  readonly brokerEpoch: number
  /** Its log end: it has everything before. */
  readonly fetchOffset: number
  /** Up to where its log is fsynced (S19). */
  readonly flushedOffset: number
  /** Where its log begins; -1 when it does not say. */
  readonly logStartOffset?: number
}

export interface Moment {
  readonly nowMs: number
  readonly logEndOffset: number
}

interface Follower {
  /** Null before its first fetch of this epoch. */
  logEndOffset: number | null
  flushedOffset: number
  /** -1 before its first fetch of this epoch. */
  logStartOffset: number
  brokerEpoch: number
  /** By its log end. */
  readonly caughtUp: CaughtUp
  /** By what it has fsynced of that. */
  readonly flushedUp: CaughtUp
}

/** A member to be, as the process that the leader knows when it wishes for it. */
export interface WantedMember {
  readonly nodeId: NodeId
  /** -1 when nothing was heard of it in this leader epoch. */
  readonly brokerEpoch: number
}

/** What counts as held, and by whom. */
export interface HighWatermarkRules {
  /** min(`min.insync.replicas`, replication factor). */
  readonly minIsr: number
  /** `flush.messages=1`: what is fsynced counts (S19). */
  readonly countsFlushed: boolean
  readonly lagMs: number
  readonly nowMs: number
  readonly broker: (nodeId: NodeId) => KnownBroker | undefined
}

/** A wish for another ISR that is not known to be granted or refused. */
export interface PendingIsr {
  readonly isr: readonly NodeId[]
  /** The same, for AlterPartition: a later process of a broker is not who was wished for. */
  readonly members: readonly WantedMember[]
  /** Of the state that it would change. */
  readonly partitionEpoch: number
}

export class LeaderState {
  readonly #self: NodeId
  /** Log end when this epoch began: below it, records of earlier leaders (KIP-207). */
  readonly epochStartOffset: number
  #registration: LedRegistration
  readonly #followers = new Map<NodeId, Follower>()
  #pending: PendingIsr | null = null

  /** A new leader epoch begins: of everybody else nothing is known. */
  constructor(self: NodeId, registration: LedRegistration, { nowMs, logEndOffset }: Moment) {
    assert(registration.isr.includes(self), 'a leader is in its own ISR')
    this.#self = self
    this.#registration = registration
    this.epochStartOffset = logEndOffset
    for (const replica of this.#others())
      this.#followers.set(replica, unheardOf(registration.isr.includes(replica), nowMs))
  }

  get leaderEpoch(): number {
    return this.#registration.leaderEpoch
  }

  get partitionEpoch(): number {
    return this.#registration.partitionEpoch
  }

  get replicas(): readonly NodeId[] {
    return this.#registration.replicas
  }

  /** Without replicas that are being added: they do not raise what min ISR asks for. */
  get replicationFactor(): number {
    const { replicas, addingReplicas = [] } = this.#registration
    return replicas.length - addingReplicas.length
  }

  /** As it is committed. */
  get isr(): readonly NodeId[] {
    return this.#registration.isr
  }

  get pending(): PendingIsr | null {
    return this.#pending
  }

  /** Members, and those who may be members already. */
  get maximalIsr(): readonly NodeId[] {
    return [...new Set([...this.isr, ...(this.#pending?.isr ?? [])])]
  }

  #others(): readonly NodeId[] {
    return this.replicas.filter((replica) => replica !== this.#self)
  }

  /** Newer metadata of the same leader epoch. What it says counts; wishes of before are void. */
  update(registration: LedRegistration, { nowMs }: Moment): void {
    assert(registration.leaderEpoch === this.leaderEpoch, 'another epoch is another state')
    if (registration.partitionEpoch < this.partitionEpoch) return
    if (registration.partitionEpoch > this.partitionEpoch) this.#pending = null
    for (const gone of this.isr.filter((id) => !registration.isr.includes(id)))
      this.#mustCatchUpAgain(gone)
    this.#registration = registration
    const others = this.#others()
    for (const gone of [...this.#followers.keys()].filter((id) => !others.includes(id)))
      this.#followers.delete(gone)
    for (const added of others.filter((id) => !this.#followers.has(id)))
      this.#followers.set(added, unheardOf(registration.isr.includes(added), nowMs))
  }

  /**
   * Out of the ISR, whoever took it out: it may have been by its own wish (S14), so nothing that it
   * had makes it one that is about to come in, and is waited for.
   */
  #mustCatchUpAgain(nodeId: NodeId): void {
    const follower = this.#followers.get(nodeId)
    if (follower === undefined) return
    follower.caughtUp.beginAgain()
    follower.flushedUp.beginAgain()
  }

  // --- followers

  /** Up to where each has fetched; null before its first fetch of this epoch. */
  *followerEnds(): Iterable<readonly [nodeId: NodeId, logEndOffset: number | null]> {
    for (const [nodeId, { logEndOffset }] of this.#followers) yield [nodeId, logEndOffset]
  }

  isReplica(nodeId: NodeId): boolean {
    return this.#followers.has(nodeId)
  }

  /** Returns false, and notes nothing, for a process older than one that was heard of. */
  fetched(fetch: FollowerFetch, moment: Moment): boolean {
    const follower = this.#followers.get(fetch.nodeId)
    if (follower === undefined) return false
    if (fetch.brokerEpoch !== -1 && fetch.brokerEpoch < follower.brokerEpoch) return false
    follower.logEndOffset = fetch.fetchOffset
    follower.flushedOffset = fetch.flushedOffset
    follower.logStartOffset = fetch.logStartOffset ?? -1
    follower.brokerEpoch = fetch.brokerEpoch
    follower.caughtUp.reached(fetch.fetchOffset, moment)
    follower.flushedUp.reached(Math.min(fetch.fetchOffset, fetch.flushedOffset), moment)
    return true
  }

  /**
   * It fetched without a word about this partition, because it had everything and nothing was new:
   * in a fetch session that says as much as a fetch of the log end does.
   */
  restedUntil(nodeId: NodeId, atMs: number): void {
    const follower = this.#followers.get(nodeId)
    if (!follower) return
    const { logEndOffset, flushedOffset } = follower
    follower.caughtUp.rested(logEndOffset ?? -1, atMs)
    follower.flushedUp.rested(Math.min(logEndOffset ?? -1, flushedOffset), atMs)
  }

  /** Below it nothing is left on any replica in service (KIP-107); -1 before all were heard of. */
  lowWatermark(own: number, broker: (nodeId: NodeId) => KnownBroker | undefined): number {
    const inService = [...this.#followers].filter(([nodeId]) => broker(nodeId)?.isActive === true)
    return Math.min(own, ...inService.map(([, { logStartOffset }]) => logStartOffset))
  }

  // --- the high watermark

  /**
   * What follows from what everybody holds; at least `current`.
   *
   * @param own  how far this log reaches: its end, or with `flush.messages=1` its flushed offset
   */
  highWatermark(current: number, own: number, rules: HighWatermarkRules): number {
    if (this.isr.length < rules.minIsr) return current
    // The usual case of a single replica, once per append.
    if (this.#followers.size === 0) return Math.max(current, own)
    const members = this.maximalIsr
    let least = own
    for (const [nodeId, follower] of this.#followers) {
      // Who is caught up and about to be asked in is waited for, lest it never gets there.
      const isJoining =
        rules.nowMs - caughtUpOf(follower, rules).untilMs <= rules.lagMs &&
        this.#isKnown(nodeId, rules.broker)
      if (!members.includes(nodeId) && !isJoining) continue
      const held = heldBy(follower, rules)
      if (held !== null) least = Math.min(least, held)
      else if (members.includes(nodeId)) return current
    }
    return Math.max(current, least)
  }

  // --- changes of the ISR

  /** The ISR with all in it who may be; null when nobody may come in, or one is on its way. */
  expanded(
    highWatermark: number,
    rules: Pick<HighWatermarkRules, 'countsFlushed' | 'broker'>,
  ): readonly NodeId[] | null {
    if (this.#pending !== null) return null
    const joining = [...this.#followers].filter(([nodeId, follower]) => {
      const held = heldBy(follower, rules)
      if (this.isr.includes(nodeId) || held === null) return false
      const hasCaughtUp = held >= highWatermark && held >= this.epochStartOffset
      return hasCaughtUp && this.#isKnown(nodeId, rules.broker)
    })
    return joining.length === 0 ? null : [...this.isr, ...joining.map(([nodeId]) => nodeId)]
  }

  /** The process that fetches is the one that metadata has in service (KIP-903). */
  #isKnown(nodeId: NodeId, broker: (nodeId: NodeId) => KnownBroker | undefined): boolean {
    const known = broker(nodeId)
    if (known?.isActive !== true) return false
    return this.#followers.get(nodeId)?.brokerEpoch === known.brokerEpoch
  }

  /** The ISR without those who lag; null when nobody does, or a change is on its way. */
  shrunk(
    { nowMs, logEndOffset }: Moment,
    rules: Pick<HighWatermarkRules, 'countsFlushed' | 'lagMs'>,
  ): readonly NodeId[] | null {
    if (this.#pending !== null) return null
    const isr = this.isr.filter((nodeId) => {
      const follower = this.#followers.get(nodeId)
      if (follower === undefined) return true
      const hasAll = heldBy(follower, rules) === logEndOffset
      return hasAll || nowMs - caughtUpOf(follower, rules).untilMs <= rules.lagMs
    })
    return isr.length === this.isr.length ? null : isr
  }

  /**
   * Asked for: until metadata says what became of it, both ISRs may be in force. Each member is
   * named as the process that was heard of *now*: what the next one of its broker holds is unknown,
   * so that one is refused (KIP-903).
   */
  propose(isr: readonly NodeId[], ownBrokerEpoch: number): PendingIsr {
    assert(this.#pending === null, 'one change of the ISR at a time')
    const brokerEpochOf = (id: NodeId) =>
      id === this.#self ? ownBrokerEpoch : (this.#followers.get(id)?.brokerEpoch ?? -1)
    const members = isr.map((nodeId) => ({ nodeId, brokerEpoch: brokerEpochOf(nodeId) }))
    this.#pending = { isr, members, partitionEpoch: this.partitionEpoch }
    return this.#pending
  }

  /** Provably not granted. */
  withdraw(pending: PendingIsr): void {
    if (this.#pending === pending) this.#pending = null
  }
}

/** A member gets the whole grace; whoever is none has to earn it. */
function unheardOf(isMember: boolean, nowMs: number): Follower {
  const untilMs = isMember ? nowMs : -Infinity
  return {
    ...{ logEndOffset: null, flushedOffset: 0, logStartOffset: -1, brokerEpoch: -1 },
    caughtUp: new CaughtUp(untilMs, { isPatient: false }),
    flushedUp: new CaughtUp(untilMs, { isPatient: true }),
  }
}

function caughtUpOf(
  { caughtUp, flushedUp }: Follower,
  { countsFlushed }: Pick<HighWatermarkRules, 'countsFlushed'>,
): CaughtUp {
  return countsFlushed ? flushedUp : caughtUp
}

/** Up to where a follower has the records, as the rules count; null before it said so. */
function heldBy(
  { logEndOffset, flushedOffset }: Follower,
  { countsFlushed }: Pick<HighWatermarkRules, 'countsFlushed'>,
): number | null {
  if (logEndOffset === null || !countsFlushed) return logEndOffset
  return Math.min(logEndOffset, flushedOffset)
}

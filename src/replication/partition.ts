/**
 * One partition on this broker: its log, whether this replica leads, and who waits for it.
 *
 * Nothing here awaits while it changes state. What waits (acks=all, long polls) is woken by appends
 * and by the high watermark, and asks again on waking: leadership and epoch may have changed.
 */
import type { NodeId, TopicId } from '../base/ids.ts'
import type { Clock } from '../base/clock.ts'
import { isThrottledReplica } from '../config/throttled-replicas.ts'
import type { TopicConfig } from '../config/topic-options.ts'
import type { Log } from '../log/log.ts'
import type { AppendResult, EpochEndOffset } from '../log/types.ts'
import type { PartitionRegistration } from '../metadata/image/topics.ts'
import { NO_LEADER } from '../metadata/records.ts'
import { validateProduce } from '../records/validate.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import type { CommitState } from './acks-all.ts'
import { effectiveMinInsyncReplicas, mayAppendForAll, outcomeForAll } from './acks-all.ts'
import { divergenceOf } from './divergence.ts'
import { beyondTheEndCode, checkLeaderEpoch, strangerCode } from './leader-epoch-check.ts'
import type { FollowerFetch, HighWatermarkRules, KnownBroker } from './leader-state.ts'
import { LeaderState } from './leader-state.ts'
import type {
  Acks,
  Appended,
  DeletedRecords,
  Isolation,
  ListedOffset,
  OwnAppend,
  PartitionIdentity,
  ReadRequest,
  ReadResult,
} from './partition-requests.ts'
import { LATEST, UP_TO_HIGH_WATERMARK } from './partition-requests.ts'
import { lookUpOffset, NOT_FOUND } from './offset-lookup.ts'
import type { Leaving } from './ports.ts'
import { produceRules } from './produce-rules.ts'
import { whyNotAppended } from './producer-gaps.ts'
import type { ReplicationQuota, ReplicationQuotas } from './replication-quota-state.ts'
import { ailmentOf, standingOf, STRANGER, type Standing } from './replica-standing.ts'
import { RequiredFlush } from './required-flush.ts'
import { Traffic } from './traffic.ts'

/** What a partition asks of its surroundings. */
export interface PartitionPorts {
  readonly clock: Clock
  /** Told of a log that cannot be flushed: the node stops (S18). */
  readonly fatal: (error: Error) => void
  /** Whether this broker may take for granted that nobody has replaced it as a leader (S22). */
  readonly holdsLease: () => boolean
  /** As metadata knows it now. */
  readonly broker: (nodeId: NodeId) => KnownBroker | undefined
  /** `replica.lag.time.max.ms`. */
  readonly lagMs: number
  readonly quotas?: ReplicationQuotas
  /** The partition wishes for another ISR (`leading.pending`); it is to be asked for. */
  readonly onIsrWish: (partition: Partition) => void
  /** Something is wrong with its disk, or with what it holds (`ailment`). */
  readonly onUnwell: (partition: Partition) => void
}

const NOTHING_READ = { chunks: [], sizeBytes: 0 } as const
const UNKNOWN_OFFSETS = { highWatermark: -1, lastStableOffset: -1, logStartOffset: -1 } as const

export class Partition {
  readonly topic: string
  readonly topicId: TopicId
  readonly index: number
  readonly log: Log
  /** Shared by the partitions of the topic. */
  readonly traffic: Traffic
  readonly #nodeId: NodeId
  readonly #ports: PartitionPorts
  #config: TopicConfig
  /** Null when another replica leads, or none. */
  #leading: LeaderState | null = null
  /** As a follower: the leader's, as this epoch's leader has said last; −1: it has not. */
  toldHighWatermark = -1
  /** The partition's epochs as metadata last told them, whoever leads. */
  #leaderEpoch = -1
  #partitionEpoch = -1
  #leader: NodeId | typeof NO_LEADER = NO_LEADER
  #standing = STRANGER
  /** Leads in later ones only. */
  #leftEpoch = -1
  /** As it was last seen. */
  #lowWatermark = -1
  readonly #watchers = new Set<() => void>()
  /** To whom an append alone, without a move of the high watermark, is no news. */
  readonly #commitWatchers = new Set<() => void>()
  readonly #requiredFlush: RequiredFlush

  constructor(identity: PartitionIdentity, log: Log, config: TopicConfig, ports: PartitionPorts) {
    this.topic = identity.topic
    this.topicId = identity.topicId
    this.index = identity.index
    this.traffic = identity.traffic ?? new Traffic()
    this.#nodeId = identity.nodeId
    this.log = log
    this.#config = config
    this.#ports = ports
    this.#requiredFlush = new RequiredFlush({
      ...{ log, ...ports, isRequired: () => this.countsFlushed },
      onSettled: () => {
        this.#advanceHighWatermark()
        this.#wake()
      },
    })
    log.onLogStartMoved = () => this.#wake()
    log.onDamageFound = () => this.#ports.onUnwell(this)
  }

  get config(): TopicConfig {
    return this.#config
  }

  /** Settles when what recovery found counts as held, as far as the disk lets it. Never rejects. */
  get recovered(): Promise<void> {
    return this.#requiredFlush.settled
  }

  get leaderEpoch(): number {
    return this.#leaderEpoch
  }

  /** Takes over what metadata says of this partition; an older partition epoch is ignored. */
  applyMetadata(registration: PartitionRegistration, config: TopicConfig): void {
    this.#takeConfig(config)
    const { leader, leaderEpoch, partitionEpoch } = registration
    if (partitionEpoch < this.#partitionEpoch) return
    const isNewEpoch = leaderEpoch !== this.#leaderEpoch
    if (isNewEpoch) this.toldHighWatermark = -1
    this.#leaderEpoch = leaderEpoch
    this.#partitionEpoch = partitionEpoch
    this.#leader = leader
    this.#standing = standingOf(this.#nodeId, registration)
    if (leader === this.#nodeId && leaderEpoch > this.#leftEpoch)
      this.#lead(registration, isNewEpoch)
    else this.#leading = null
    this.#wake()
  }

  #lead(registration: PartitionRegistration, isNewEpoch: boolean): void {
    if (this.#leading && !isNewEpoch) this.#leading.update(registration, this.#moment)
    else {
      // The epoch's first entry is noted even before its first append, so that followers and
      // consumers can tell where the epochs before it ended (KIP-101).
      this.log.assignEpoch(registration.leaderEpoch)
      this.#leading = new LeaderState(this.#nodeId, registration, this.#moment)
    }
    // After a kill the log may hold more than is known to be fsynced.
    this.#requiredFlush.begin()
    this.#advanceHighWatermark()
  }

  get #moment() {
    return { nowMs: this.#ports.clock.monotonicMs(), logEndOffset: this.log.logEndOffset }
  }

  /**
   * Takes effect at once, also for those who wait: what must be flushed now is, and what need not
   * be any more counts as held (S19). The high watermark never goes back for it.
   */
  updateConfig(config: TopicConfig): void {
    this.#takeConfig(config)
    // A follower's flushed offset counts, too.
    this.#requiredFlush.begin()
    this.#advanceHighWatermark()
    this.#wake()
  }

  #takeConfig(config: TopicConfig): void {
    this.#config = config
    this.log.updateConfig(config)
  }

  /** The topic is gone or the node stops: whoever waits is told that nobody leads here. */
  resign(): void {
    this.#leading = null
    this.#wake()
  }

  /** Calls `wake` after every append, change of leadership, and move of watermark or log start. */
  watch(wake: () => void): () => void {
    this.#watchers.add(wake)
    return () => this.#watchers.delete(wake)
  }

  /**
   * The same without what is appended and not committed. For acks=all: of hundreds that wait, each
   * would look at every append of the others.
   */
  watchCommits(wake: () => void): () => void {
    this.#commitWatchers.add(wake)
    return () => this.#commitWatchers.delete(wake)
  }

  /** How many wait for it. */
  get watcherCount(): number {
    return this.#watchers.size + this.#commitWatchers.size
  }

  /** NONE, NOT_LEADER_OR_FOLLOWER, or the fencing code; epochs are compared first. */
  checkLeader(currentLeaderEpoch: number): ErrorCode {
    const fenced = checkLeaderEpoch(currentLeaderEpoch, this.#leaderEpoch)
    if (fenced !== errors.NONE) return fenced
    return this.#leading ? errors.NONE : errors.NOT_LEADER_OR_FOLLOWER
  }

  // --- how this replica is (S14)

  /** As metadata last told it. */
  get standing(): Standing {
    return this.#standing
  }

  /** Why it should not count, or null. */
  get ailment(): Leaving['reason'] | null {
    return ailmentOf(this.log)
  }

  /** Known before metadata tells: in this epoch, and those before, it leads no more (S14, S22). */
  hasLeftIsr(leaderEpoch: number): void {
    this.#leftEpoch = Math.max(this.#leftEpoch, leaderEpoch)
    if (this.#leaderEpoch <= this.#leftEpoch) this.resign()
  }

  #isUnwell(errorCode: ErrorCode): void {
    if (errorCode === errors.KAFKA_STORAGE_ERROR && this.ailment !== null)
      this.#ports.onUnwell(this)
  }

  /**
   * It counts nowhere: what is damaged goes, with all behind it, to be fetched anew. Throws
   * DiskError.
   */
  dropDamaged(): void {
    const { log } = this
    if (log.damagedAt !== null) log.truncateTo(log.damagedAt)
    this.#wake()
  }

  /** Validates and appends one producer's batch. Synchronous: appended whole, or not at all. */
  append(
    records: Uint8Array | null,
    { acks, apiVersion }: { acks: Acks; apiVersion: number },
  ): Appended {
    if (!this.#leading) return this.#refused(errors.NOT_LEADER_OR_FOLLOWER)
    const early = this.#appendFault(acks)
    if (early !== errors.NONE) return this.#refused(early)
    const nowMs = this.#ports.clock.wallMs()
    const validated = validateProduce(records, produceRules(this.#config, { apiVersion, nowMs }))
    if (validated.errorCode !== errors.NONE)
      return { ...this.#refused(validated.errorCode), ...validated }

    const { leaderEpoch } = this.#leading
    const appended = this.log.append(validated.batch, { leaderEpoch, origin: 'client' })
    if (appended.errorCode !== errors.NONE) {
      this.#isUnwell(appended.errorCode)
      const why = whyNotAppended(appended, this.#leading, this.#ports)
      return { ...this.#refused(why.errorCode), ...why }
    }
    if (!appended.duplicate) this.#afterAppend(appended, validated.batch.byteLength)
    return {
      errorCode: errors.NONE,
      baseOffset: appended.firstOffset,
      logAppendTimeMs: appended.logAppendTimeMs,
      logStartOffset: this.log.logStartOffset,
      waitFor: { leaderEpoch, requiredOffset: appended.lastOffset + 1 },
    }
  }

  /**
   * Appends batches that a coordinator of this broker decided on as the leader of this epoch, for
   * all in-sync replicas. Synchronous: appended whole, or not at all.
   */
  appendOwn(batches: Uint8Array, leaderEpoch: number): OwnAppend {
    const isLeading = this.#leading?.leaderEpoch === leaderEpoch
    const fault = isLeading ? this.#appendFault(-1) : errors.NOT_LEADER_OR_FOLLOWER
    if (fault !== errors.NONE) return { errorCode: fault, firstOffset: -1 }
    const own = { leaderEpoch, origin: 'coordinator' } as const
    const appended = this.log.append(batches, own)
    const { errorCode, firstOffset } = appended
    if (errorCode === errors.NONE) this.#afterAppend(appended, batches.byteLength)
    else this.#isUnwell(errorCode)
    return { errorCode, firstOffset }
  }

  /** Why nothing may be appended now, or NONE. */
  #appendFault(acks: Acks): ErrorCode {
    if (!this.#mayDecide(acks)) return errors.NOT_LEADER_OR_FOLLOWER
    // Whoever leads with a damaged log does so for want of another replica.
    if (this.log.damagedAt !== null) return errors.KAFKA_STORAGE_ERROR
    return acks === -1 ? mayAppendForAll(this.#commitState()) : errors.NONE
  }

  /** Whether an appended batch may be acknowledged: a final code, or 'wait'. */
  outcome(acks: Acks, waitFor: NonNullable<Appended['waitFor']>): ErrorCode | 'wait' {
    const outcome = this.#outcome(acks, waitFor)
    if (outcome === errors.NONE && !this.#mayDecide(acks)) return errors.NOT_LEADER_OR_FOLLOWER
    // What is not on the disk by now will not be: the log takes no more and flushes no more.
    return outcome === 'wait' && this.log.offline ? errors.KAFKA_STORAGE_ERROR : outcome
  }

  /**
   * What others have confirmed needs no lease: they would not have, for a leader that was replaced.
   */
  #mayDecide(acks: Acks): boolean {
    const needsOthers = acks === -1 && (this.#leading?.isr.length ?? 0) > 1
    return needsOthers || this.#ports.holdsLease()
  }

  #outcome(acks: Acks, waitFor: NonNullable<Appended['waitFor']>): ErrorCode | 'wait' {
    if (acks === -1) return outcomeForAll(this.#commitState(), waitFor)
    if (!this.countsFlushed || this.log.flushedOffset >= waitFor.requiredOffset) return errors.NONE
    return this.#leading?.leaderEpoch === waitFor.leaderEpoch
      ? 'wait'
      : errors.NOT_LEADER_OR_FOLLOWER
  }

  /**
   * The log begins at `offset` from now on (-1: at the high watermark), never earlier than it does.
   * What that means on disk is the caller's to see to (`delete-records.ts`).
   */
  deleteRecords(offset: number): DeletedRecords {
    const refused = (errorCode: ErrorCode) => ({ errorCode, lowWatermark: -1 })
    const { log } = this
    if (!this.#leading || !this.#ports.holdsLease()) return refused(errors.NOT_LEADER_OR_FOLLOWER)
    if (log.offline) return refused(errors.KAFKA_STORAGE_ERROR)
    if (!this.#config['cleanup.policy'].includes('delete')) return refused(errors.POLICY_VIOLATION)
    const logStart = offset === UP_TO_HIGH_WATERMARK ? log.highWatermark : offset
    const errorCode = logStart < 0 ? errors.OFFSET_OUT_OF_RANGE : log.advanceLogStart(logStart)
    if (errorCode !== errors.NONE) return refused(errorCode)
    return { errorCode, lowWatermark: log.logStartOffset }
  }

  /** Nothing below is left on any replica in service; -1 when that is not known, or not here. */
  get lowWatermark(): number {
    return this.#leading?.lowWatermark(this.log.logStartOffset, this.#ports.broker) ?? -1
  }

  #lowWatermarkRose(): boolean {
    const before = this.#lowWatermark
    this.#lowWatermark = this.lowWatermark
    return this.#lowWatermark > before
  }

  /** Reads as a leader; the same path for consumers and followers. */
  read(request: ReadRequest): ReadResult {
    const refused = this.checkLeader(request.currentLeaderEpoch)
    if (refused !== errors.NONE) return this.#readRefused(refused)
    const { log } = this
    const { fetchOffset, follower } = request
    if (follower && !this.#leading?.isReplica(follower.nodeId))
      return this.#readRefused(strangerCode(request.currentLeaderEpoch))
    const diverging = divergenceOf(log, request)
    const beyond = beyondTheEndCode(follower !== undefined || this.#ports.holdsLease())
    if (fetchOffset < log.logStartOffset) return this.#readRefused(errors.OFFSET_OUT_OF_RANGE)
    if (diverging === 'unknown') return this.#readRefused(beyond)
    // Before the other end: a log that is longer than this one has usually parted from it.
    if (diverging) return { ...this.#readRefused(errors.NONE), divergingEpoch: diverging }
    if (fetchOffset > log.logEndOffset) return this.#readRefused(beyond)
    // Only here: what parted, or is out of range, says nothing about what is held (C12).
    if (follower && !request.isReadAgain && !this.#noteFollower({ ...follower, fetchOffset }))
      return this.#readRefused(errors.NOT_LEADER_OR_FOLLOWER)

    const upToOffset = this.readableEnd(request.isolation)
    // Between the high watermark and the log end there is nothing to see yet, and nothing wrong.
    if (fetchOffset >= upToOffset) return this.#readRefused(errors.NONE)
    const { maxBytes, atLeastOneBatch } = request
    const read = log.read({ fromOffset: fetchOffset, upToOffset, maxBytes, atLeastOneBatch })
    if (read.errorCode !== errors.NONE) {
      this.#isUnwell(read.errorCode)
      return this.#readRefused(read.errorCode)
    }
    return {
      errorCode: errors.NONE,
      highWatermark: log.highWatermark,
      lastStableOffset: log.lastStableOffset,
      logStartOffset: log.logStartOffset,
      chunks: read.chunks,
      sizeBytes: read.sizeBytes,
    }
  }

  /** First offset a reader may not see. */
  readableEnd(isolation: Isolation): number {
    if (isolation === 'log-end') return this.log.logEndOffset
    return isolation === 'read-committed' ? this.log.lastStableOffset : this.log.highWatermark
  }

  /** The offset of a timestamp or of one of the special ones (ListOffsets). */
  offsetFor(
    timestamp: number,
    { isolation, currentLeaderEpoch }: { isolation: Isolation; currentLeaderEpoch: number },
  ): ListedOffset {
    const refused = this.checkLeader(currentLeaderEpoch)
    if (refused !== errors.NONE) return { ...NOT_FOUND, errorCode: refused }
    // What only the newest leader knows: a replica may ask that of this one, whoever it is.
    const isForClient = isolation !== 'log-end'
    if (timestamp === LATEST && isForClient && !this.#ports.holdsLease())
      return { ...NOT_FOUND, errorCode: errors.NOT_LEADER_OR_FOLLOWER }
    return lookUpOffset(this.log, timestamp, {
      upToOffset: this.readableEnd(isolation),
      leaderEpoch: this.leaderEpoch,
      isBehind: isForClient && this.#isBehindItsEpoch(),
    })
  }

  // --- followers, where this replica leads

  /** In the ISR, as it is committed, of a partition that is led here. */
  hasInSync(nodeId: NodeId): boolean {
    return this.#leading?.isr.includes(nodeId) === true
  }

  /**
   * The follower fetched at `atMs` for the last time, and had everything then: it was not looked at
   * because nothing had happened since. Said before it is looked at again.
   */
  restedUntil(nodeId: NodeId, atMs: number): void {
    this.#leading?.restedUntil(nodeId, atMs)
  }

  /** False when the fetch is of nobody who replicates this partition, or of an earlier process. */
  #noteFollower(fetch: FollowerFetch): boolean {
    const leading = this.#leading
    if (!leading?.fetched(fetch, this.#moment)) return false
    const hasRisen = this.#advanceHighWatermark()
    if (!leading.isr.includes(fetch.nodeId)) {
      const wanted = leading.expanded(this.log.highWatermark, this.#highWatermarkRules())
      if (wanted) this.#wish(leading, wanted)
    }
    const isDeletedElsewhere = this.#lowWatermarkRose()
    if (hasRisen || isDeletedElsewhere) this.#wake()
    return true
  }

  /** Every so often: who has not kept up is to leave the ISR, and is not waited for any more. */
  reviewIsr(): void {
    const leading = this.#leading
    const wanted = leading?.shrunk(this.#moment, this.#highWatermarkRules())
    if (leading && wanted) this.#wish(leading, wanted)
    this.reviewHighWatermark()
  }

  /** Who was waited for may have been fenced, or late, since (KAFKA-15021). */
  reviewHighWatermark(): void {
    const isDeletedElsewhere = this.#lowWatermarkRose()
    if (this.#advanceHighWatermark() || isDeletedElsewhere) this.#wake()
  }

  #wish(leading: LeaderState, isr: readonly NodeId[]): void {
    leading.propose(isr, this.#ports.broker(this.#nodeId)?.brokerEpoch ?? -1)
    this.#ports.onIsrWish(this)
  }

  /** What it leads, for whoever carries its wishes to the controller; null when it does not. */
  get leading(): LeaderState | null {
    return this.#leading
  }

  /** The throttle of what this replica sends to others, or takes from its leader, if it has one. */
  throttle(side: keyof ReplicationQuotas): ReplicationQuota | null {
    const { quotas } = this.#ports
    const throttled = this.#config[`${side}.replication.throttled.replicas`]
    const self = { partition: this.index, broker: this.#nodeId }
    return quotas && isThrottledReplica(throttled, self) ? quotas[side] : null
  }

  // --- following

  /** Who leads, as metadata says. */
  get leader(): NodeId | typeof NO_LEADER {
    return this.#leader
  }

  /**
   * As a follower: the leader's batches, which follow on this log's end, and what else its answer
   * tells. Nothing when another leader epoch has begun here meanwhile.
   */
  appendFetched(fetched: {
    readonly leaderEpoch: number
    readonly chunks: readonly Uint8Array[]
    readonly highWatermark: number
    readonly logStartOffset: number
  }): ErrorCode {
    const { log } = this
    if (this.#leading || fetched.leaderEpoch !== this.#leaderEpoch) return errors.NONE
    for (const chunk of fetched.chunks) {
      const { errorCode } = log.append(chunk, {
        leaderEpoch: this.#leaderEpoch,
        origin: 'replication',
        committedBelow: fetched.highWatermark,
      })
      if (errorCode === errors.NONE) {
        this.traffic.replicatedInBytes += chunk.byteLength
        continue
      }
      this.#isUnwell(errorCode)
      return errorCode
    }
    if (fetched.chunks.length > 0) this.#requiredFlush.begin()
    log.advanceHighWatermark(Math.min(fetched.highWatermark, log.logEndOffset))
    if (fetched.highWatermark >= 0) this.toldHighWatermark = fetched.highWatermark
    if (fetched.logStartOffset > log.logStartOffset && fetched.logStartOffset <= log.highWatermark)
      log.advanceLogStart(fetched.logStartOffset)
    this.#wake()
    return errors.NONE
  }

  /**
   * As a follower: where the logs parted, everything behind goes. In an epoch that this log does
   * not have, what is comparable ends where that one would begin; then the leader is asked again,
   * about an older epoch (KIP-101, KIP-279).
   */
  truncateAfter({ leaderEpoch, endOffset }: EpochEndOffset): void {
    const own = this.log.endOffsetForEpoch(leaderEpoch)
    const ownEnd = own.endOffset < 0 ? this.log.logEndOffset : own.endOffset
    const isShared = own.leaderEpoch === leaderEpoch || own.endOffset < 0
    const parted = isShared ? Math.min(endOffset, ownEnd) : ownEnd
    this.log.truncateTo(Math.min(parted, this.log.logEndOffset))
    this.#wake()
  }

  /** As a follower: nothing of this log is what the leader has; it begins again at `offset`. */
  beginAgainAt(offset: number): void {
    this.log.truncateFullyAndStartAt(offset)
    this.#wake()
  }

  /** Where an epoch ends in this log (OffsetForLeaderEpoch, KIP-279); -1/-1 when unknown. */
  endOffsetForEpoch(epoch: number): EpochEndOffset {
    return this.log.endOffsetForEpoch(epoch)
  }

  /** What is not fsynced does not count as held (S19). */
  get countsFlushed(): boolean {
    return this.#config['flush.messages'] === 1
  }

  #commitState(): CommitState {
    return {
      leaderEpoch: this.#leading?.leaderEpoch ?? null,
      highWatermark: this.log.highWatermark,
      isrCount: this.#leading?.isr.length ?? 0,
      replicaCount: this.#leading?.replicationFactor ?? 0,
      minInsyncReplicas: this.#config['min.insync.replicas'],
    }
  }

  #afterAppend({ firstOffset, lastOffset }: AppendResult, sizeBytes: number): void {
    this.traffic.produced(sizeBytes, lastOffset - firstOffset + 1)
    this.#requiredFlush.begin()
    if (this.#advanceHighWatermark()) this.#wake()
    else for (const wake of this.#watchers) wake()
  }

  /** S19: with `flush.messages=1` only what is fsynced counts as held. Whether it has risen. */
  #advanceHighWatermark(): boolean {
    if (!this.#leading) return false
    const { log } = this
    const rules = this.#highWatermarkRules()
    const own = rules.countsFlushed ? log.flushedOffset : log.logEndOffset
    return log.advanceHighWatermark(this.#leading.highWatermark(log.highWatermark, own, rules))
  }

  #highWatermarkRules(): HighWatermarkRules {
    const { broker, lagMs, clock } = this.#ports
    return {
      ...{ broker, lagMs, nowMs: clock.monotonicMs() },
      minIsr: effectiveMinInsyncReplicas(this.#commitState()),
      countsFlushed: this.countsFlushed,
    }
  }

  /** After an election the high watermark may lag what consumers already saw (KIP-207). */
  #isBehindItsEpoch(): boolean {
    return this.#leading !== null && this.log.highWatermark < this.#leading.epochStartOffset
  }

  #wake(): void {
    for (const wake of this.#watchers) wake()
    for (const wake of this.#commitWatchers) wake()
  }

  #refused(errorCode: ErrorCode): Appended {
    const { logStartOffset } = this.log
    return { errorCode, baseOffset: -1, logAppendTimeMs: -1, logStartOffset }
  }

  #readRefused(errorCode: ErrorCode): ReadResult {
    const { highWatermark, lastStableOffset, logStartOffset } =
      errorCode === errors.NONE ? this.log : UNKNOWN_OFFSETS
    return { errorCode, highWatermark, lastStableOffset, logStartOffset, ...NOTHING_READ }
  }
}

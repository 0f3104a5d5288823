/**
 * This node's part in the metadata quorum, as controller and loader see it: from what is on disk,
 * through founding, to a replica that leads or follows until it is closed. With one voter it is the
 * smallest quorum, not a special case.
 */
import assert from 'node:assert'
import { background, type Background } from '../base/background.ts'
import type { Clock } from '../base/clock.ts'
import { isTransient, type Disk } from '../base/disk.ts'
import { Durations } from '../base/durations.ts'
import { asError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { Random } from '../base/random.ts'
import { encodeRecords } from '../metadata/codec.ts'
import { RECORDS_PER_ENTRY_MAX, type MetadataRecord } from '../metadata/records.ts'
import type { ReplicaKey } from '../raft/configuration.ts'
import type { Refusal } from '../raft/types.ts'
import { WAITING_MAX } from './bounds.ts'
import { Driver } from './driver.ts'
import { foundQuorum, mayBind, refuseOtherVoters } from './founding.ts'
import { asAppendOutcome } from './outcomes.ts'
import type {
  Append,
  AppendRefusal,
  FoundingPeers,
  Introduction,
  Leadership,
  MetadataQuorum,
  OpenEntryLog,
  QuorumListener,
  RaftTransport,
  SnapshotSource,
  VoterAddress,
} from './ports.ts'
import { openRecovered } from './recovery.ts'
import { replicaIdOf, replicaKey, type ReplicaId } from './replica-key.ts'
import { SnapshotStore } from './snapshot-store.ts'
import { Storage } from './storage.ts'

export interface QuorumOptions {
  readonly disk: Disk
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  /** The log's directory, `__cluster_metadata-0`, absolute; created when missing. */
  readonly directory: string
  readonly self: ReplicaId
  readonly incarnationId: string
  /** `controller.quorum.voters`: looked at only while the directory is empty. */
  readonly voters: readonly VoterAddress[]
  readonly openLog: OpenEntryLog
  readonly transport: RaftTransport
  readonly foundingPeers: FoundingPeers
  readonly snapshotSource: SnapshotSource
  /** `metadata.log.max.record.bytes.between.snapshots`. */
  readonly maxBytesBetweenSnapshots: number
  /** `controller.quorum.election.timeout.ms`. */
  readonly electionTimeoutMs: number
  /** The node must stop: a failed fsync, a lost log, a record that could not be applied. Once. */
  readonly onFatal: (error: Error) => void
}

const NOBODY_LEADS: Leadership = { epoch: 0, leaderId: null, isLeader: false }

export class Quorum implements MetadataQuorum {
  readonly #options: QuorumOptions
  readonly #logger: Logger
  readonly self: ReplicaKey
  readonly #listeners: QuorumListener[] = []
  #storage: Storage | null = null
  #founding: Background | null = null
  #driver: Driver | null = null
  #state: 'new' | 'running' | 'stopped' = 'new'
  #leadership: Leadership = NOBODY_LEADS
  #isCaughtUp = false
  readonly #watchers = new Set<() => void>()
  /** From the append of an entry here until it was committed. */
  readonly commits = new Durations()

  constructor(options: QuorumOptions) {
    this.#options = options
    this.#logger = options.logger.child({ component: 'quorum' })
    this.self = replicaKey(options.self)
  }

  get leadership(): Leadership {
    return this.#leadership
  }

  get nextOffset(): number {
    return this.#driver?.raft.lastIndex ?? 0
  }

  get commitOffset(): number {
    return this.#driver?.raft.status.commit ?? 0
  }

  /** What is stored of the log; null before there is one, and after `close`. */
  get storage(): Storage | null {
    return this.#driver === null ? null : this.#storage
  }

  /** Null before this node has a log, or is known to be about to get one, and once it stops. */
  get driver(): Driver | null {
    return this.#state === 'running' ? this.#driver : null
  }

  /**
   * Resolves with true as soon as `holds` does; it is asked whenever something changed: who leads,
   * who votes, what is committed. With false when `signal` aborts, or this node stops, before.
   */
  until(holds: () => boolean, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const look = () => {
        const isHeld = holds()
        if (!isHeld && !signal.aborted && this.#state === 'running') return
        this.#watchers.delete(look)
        signal.removeEventListener('abort', look)
        resolve(isHeld)
      }
      this.#watchers.add(look)
      signal.addEventListener('abort', look)
      look()
    })
  }

  subscribe(listener: QuorumListener): void {
    assert(this.#state === 'new', 'listeners subscribe before the start')
    this.#listeners.push(listener)
  }

  /**
   * Brings back what is on disk, and takes part from then on. Throws MetadataUnusable when it
   * cannot be trusted, INVALID_CONFIG when it was begun with other voters; nothing was deleted
   * then. A node with an empty directory looks for those it is to found the quorum with, in the
   * background.
   */
  async start(): Promise<void> {
    assert(this.#state === 'new', 'a quorum starts once')
    const { disk, clock, directory, openLog, foundingPeers } = this.#options
    const snapshots = new SnapshotStore({ disk, directory })
    const logger = this.#logger
    const opened = openRecovered({ disk, directory, openLog, snapshots, logger })
    try {
      // What recovery found may still be in the page cache only; it counts once it is on disk.
      await opened.log.flush()
      this.#storage = new Storage({ disk, clock, directory, snapshots }, opened)
    } catch (thrown) {
      await opened.log.close().catch(() => {})
      throw thrown
    }
    this.#state = 'running'
    foundingPeers.onIntroduction((_, proposed) => this.#introduceTo(proposed))
    if (isEmpty(this.#storage)) this.#found(this.#storage, snapshots)
    else this.#drive(this.#storage, snapshots, { isAwaited: false })
  }

  append(epoch: number, records: readonly MetadataRecord[]): Append {
    const driver = this.#state === 'running' ? this.#driver : null
    if (driver === null) return refused('stopped')
    if (!this.#leadership.isLeader || epoch !== this.#leadership.epoch) return refused('not-leader')
    if (!driver.hasSpace) return refused('disk-full')
    if (driver.waiting >= WAITING_MAX) return refused('overloaded')
    if (records.length > RECORDS_PER_ENTRY_MAX) return refused('too-large')
    const { answer, outcome } = driver.ask({ type: 'propose', data: encodeRecords(records) })
    if (answer?.type !== 'accepted')
      return refused(answer?.type === 'refused' ? refusalOf(answer.reason) : 'not-leader')
    const { clock } = this.#options
    const beganMs = clock.monotonicMs()
    const told = outcome.then((settled) => {
      if (settled.type === 'done') this.commits.add(clock.monotonicMs() - beganMs)
      return asAppendOutcome(settled)
    })
    return { accepted: true, offset: answer.index - 1, outcome: told }
  }

  async confirmLeadership(epoch: number): Promise<boolean> {
    if (this.#state !== 'running' || this.#driver === null || !this.#leads(epoch)) return false
    const outcome = await this.#driver.ask({ type: 'read' }).outcome
    return outcome.type === 'done' && this.#leads(epoch)
  }

  #leads(epoch: number): boolean {
    return this.#leadership.isLeader && this.#leadership.epoch === epoch
  }

  /**
   * Gives leadership up, waits for what was accepted, remembers that all of it is on disk, closes
   * the log. Idempotent.
   */
  async close(): Promise<void> {
    if (this.#state === 'stopped' && this.#storage === null) return
    this.#state = 'stopped'
    for (const look of [...this.#watchers]) look()
    const { transport } = this.#options
    await this.#founding?.stop()
    const storage = this.#storage
    this.#storage = null
    if (this.#driver) return this.#driver.close()
    await transport.close()
    await storage?.close({ hasFailed: false })
  }

  // --- founding

  #found(storage: Storage, snapshots: SnapshotStore): void {
    const { voters, clock, foundingPeers: peers } = this.#options
    const options = {
      ...{ self: this.self, voters, storage, peers, clock, logger: this.#logger },
      introduction: () => this.introduction,
    }
    refuseOtherVoters(options)
    const { self } = this.#options
    if (voters.length === 1 && voters[0]?.nodeId === self.nodeId) {
      storage.bind([this.self])
      storage.found()
      return this.#drive(storage, snapshots, { isAwaited: true })
    }
    const search = async (signal: AbortSignal) => {
      const result = await foundQuorum(options, signal)
      if (result === 'stopped' || this.#state !== 'running') return
      if (result === 'apart')
        this.#logger.warn({ self: this.self }, 'this node waits to be added to the quorum')
      else this.#logger.info({ founders: storage.state.founders }, 'the quorum is founded')
      // Somebody has to be the first to ask for votes.
      const isAwaited = result === 'founded' && storage.state.founders?.[0] === this.self
      this.#drive(storage, snapshots, { isAwaited })
    }
    this.#founding = background('founding', search, (error) => this.#fail(error))
  }

  /** What this node says of itself now. */
  get introduction(): Introduction {
    const { snapshotSource, incarnationId } = this.#options
    const { clusterId } = snapshotSource.committedImage
    const base = { replica: this.self, incarnationId, clusterId }
    const voters = this.#driver?.raft.configuration.voters ?? []
    // A quorum that runs is told by those who vote in it now.
    if (voters.length > 0) return { ...base, founders: voters, founded: true }
    const { founders = null, founded = false } = this.#storage?.state ?? {}
    return { ...base, founders, founded }
  }

  #introduceTo(proposed: readonly ReplicaKey[] | null): Introduction {
    const storage = this.#storage
    if (storage && this.#driver === null && proposed && this.#state === 'running')
      if (mayBind({ self: this.self, voters: this.#options.voters, storage }, proposed))
        this.#bind(storage, proposed)
    return this.introduction
  }

  /** Whoever asked hears of what the disk throws; a broken one stops this node too (S18). */
  #bind(storage: Storage, founders: readonly ReplicaKey[]): void {
    try {
      storage.bind(founders)
    } catch (thrown) {
      if (!isTransient(thrown)) this.#fail(asError(thrown))
      throw thrown
    }
  }

  // --- taking part

  #drive(
    storage: Storage,
    snapshots: SnapshotStore,
    { isAwaited }: { readonly isAwaited: boolean },
  ): void {
    const { maxBytesBetweenSnapshots, electionTimeoutMs, onFatal: _, ...ports } = this.#options
    this.#driver = new Driver({
      ...{ ...ports, storage, snapshots, maxBytesBetweenSnapshots, electionTimeoutMs },
      ...{ self: this.self, logger: this.#logger, listeners: this.#listeners },
      events: {
        progressed: () => this.#progressed(),
        failed: (error) => this.#fail(error),
      },
    })
    this.#driver.start({ isAwaited })
  }

  /** Tells the listeners who leads, when that changed. */
  #progressed(): void {
    const driver = this.#driver
    if (driver === null) return
    const { role, term, leader, commit } = driver.raft.status
    const { index, term: appliedTerm } = driver.applier
    const isUpToDate = appliedTerm === term && index >= commit
    if (!this.#isCaughtUp && leader !== null && isUpToDate) {
      this.#isCaughtUp = true
      for (const listener of this.#listeners) listener.onCaughtUp?.()
    }
    // An entry of its own term is committed, and everything before it was delivered here. Who stops
    // takes nothing on any more.
    const isLeader = this.#state === 'running' && role === 'leader' && appliedTerm === term
    const leaderId = leader === null ? null : replicaIdOf(leader).nodeId
    this.#tellLeadership({ epoch: term, leaderId, isLeader })
    for (const look of [...this.#watchers]) look()
  }

  #tellLeadership(leadership: Leadership): void {
    const before = this.#leadership
    const isSame =
      before.epoch === leadership.epoch &&
      before.leaderId === leadership.leaderId &&
      before.isLeader === leadership.isLeader
    if (isSame) return
    this.#leadership = leadership
    const { epoch, leaderId, isLeader } = leadership
    if (isLeader) this.#logger.info({ epoch }, 'leading the metadata quorum')
    else if (leaderId === null) this.#logger.info({ epoch }, 'no leader of the quorum is known')
    else if (leaderId !== this.#options.self.nodeId)
      this.#logger.info({ epoch, leaderId }, 'following in the metadata quorum')
    for (const listener of this.#listeners) listener.onLeadership?.(leadership)
  }

  /** What waits may be on disk or not: nobody is told that it failed. */
  #fail(error: Error): void {
    this.#state = 'stopped'
    this.#logger.fatal({ err: error }, 'the metadata log failed')
    this.#leadership = { ...this.#leadership, leaderId: null, isLeader: false }
    void this.#founding?.stop()
    for (const look of [...this.#watchers]) look()
    this.#options.onFatal(error)
  }
}

/** Nothing was ever agreed on here, and nobody is bound: the node may found a quorum. */
function isEmpty({ state, logEndOffset }: Storage): boolean {
  return !state.founded && state.term === 0 && logEndOffset === 0
}

function refused(reason: AppendRefusal): Append {
  return { accepted: false, reason }
}

function refusalOf(reason: Refusal): AppendRefusal {
  return reason === 'too-large' || reason === 'overloaded' ? reason : 'not-leader'
}

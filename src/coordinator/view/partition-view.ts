/**
 * The view of one partition: the last committed record of every key, on leader and follower alike
 * (SAFETY S16, S17). It follows the high watermark; entries, applied offset, epoch and digest
 * change in one atomic write. It goes on where it was only if the log bears that out; else it is
 * emptied and folded again from the log start, and until it has caught up it says so.
 *
 * It says what is to be written next (`step`); `committed-views.ts` writes, one write at a time.
 */
import type { Clock, Timer } from '../../base/clock.ts'
import { LograftError } from '../../base/errors.ts'
import type { Logger } from '../../base/log.ts'
import { codecReady, loadCodec } from '../../records/compression/index.ts'
import { errors } from '../../wire/errors.ts'
import type { CommittedView } from '../ports.ts'
import type { CoordinatorRecord } from '../shard.ts'
import { AppliedWaits } from './applied-waits.ts'
import type { ChangedView } from './changes.ts'
import { changesOf } from './changes.ts'
import { Digest } from './digest.ts'
import { Emptying } from './emptying.ts'
import type { Folded } from './fold.ts'
import { codecsOf, foldBatches } from './fold.ts'
import type { HashRoom } from './known-hashes.ts'
import { KnownHashes } from './known-hashes.ts'
import type { FoldedPartition, StoreOperation, ViewStore } from './ports.ts'
import { whyNotResumed, whyParted } from './resume.ts'
import type { ViewName, ViewPosition } from './view-format.ts'
import {
  decodePosition,
  encodePosition,
  entryKey,
  entryPrefix,
  keysBeginning,
  positionKey,
  recordKeyOf,
} from './view-format.ts'

/** Of the log, folded in one turn of the event loop. One batch may be larger. */
const READ_BYTES = 128 * 1024
const ENTRIES_AT_ONCE = 256
const PROGRESS_MS = 2_000
/** A log that could not be read is tried again. */
const RETRY_MS = 1_000
/** Nothing can be said of what is in the view. */
const NOWHERE = -1

export interface PartitionViewPorts {
  readonly store: ViewStore
  readonly clock: Clock
  readonly logger: Logger
  /** What `cleaner-offset-checkpoint` says of the partition now. */
  readonly cleanedOffset: () => number
  /** Shared with the other views of the node. */
  readonly hashRoom: HashRoom
  /** There is something to write. */
  readonly wake: () => void
  /** The database cannot be read. Returns what to throw. */
  readonly failed: (error: unknown) => Error
}

/** What is to be written, all or nothing, and what then is true. */
export interface Step {
  readonly operations: readonly StoreOperation[]
  written(): void
}

export class PartitionView implements CommittedView {
  readonly name: ViewName
  readonly #partition: FoldedPartition
  readonly #ports: PartitionViewPorts
  readonly #logger: Logger
  readonly #positionKey: Uint8Array
  readonly #prefix: Uint8Array
  readonly #waits = new AppliedWaits()
  readonly #known: KnownHashes
  readonly #unwatch: () => void
  #phase: 'opening' | 'emptying' | 'folding' | 'ended' = 'opening'
  /** Counts how often it was thrown away: what was begun before is void. */
  #life = 0
  /** Of what is in the database. */
  #position: ViewPosition = { appliedOffset: NOWHERE, leaderEpoch: -1, digest: new Digest() }
  #durableOffset = 0
  /** Below it no record may be missing: the view was not there when it was compacted away. */
  #wholeBelow = 0
  #emptying: Emptying | null = null
  #refold: { readonly beganMs: number; toldMs: number } | null = null
  #retry: Timer | null = null
  #foldedOffsets = 0

  constructor(partition: FoldedPartition, ports: PartitionViewPorts) {
    const { topic, topicId, index } = partition
    this.name = { topicId, partition: index }
    this.#partition = partition
    this.#ports = ports
    this.#logger = ports.logger.child({ topic, partition: index })
    this.#positionKey = positionKey(this.name)
    this.#prefix = entryPrefix(this.name)
    this.#known = new KnownHashes(ports.hashRoom)
    this.#unwatch = partition.watchCommits(() => this.#look())
  }

  // --- reading

  /** -1 while it is opened, or emptied to be folded again: nothing may be read from it then. */
  get appliedOffset(): number {
    this.#leaveWhatParted()
    return this.#phase === 'folding' ? this.#position.appliedOffset : NOWHERE
  }

  get foldedOffsets(): number {
    return this.#foldedOffsets
  }

  /** A crash of the machine leaves it at least here. Held back to it, the cleaner does no harm. */
  get durableOffset(): number {
    return this.#phase === 'folding' ? this.#durableOffset : 0
  }

  /**
   * Resolves when everything before `offset` is in the view (S15). Rejects with VIEW_CLOSED when it
   * is not followed any more, and with the signal's reason.
   */
  untilApplied(offset: number, signal?: AbortSignal): Promise<void> {
    if (this.#phase === 'ended') return Promise.reject(closed())
    return this.#waits.until(offset, { applied: this.appliedOffset, signal })
  }

  /** Calls `moved` whenever the applied offset has moved. */
  watch(moved: () => void): () => void {
    return this.#waits.watch(moved)
  }

  async get(keys: readonly Uint8Array[]): Promise<readonly (Uint8Array | null)[]> {
    try {
      const wanted = keys.map((key) => entryKey(this.#prefix, key))
      const values = await this.#ports.store.getMany(wanted)
      return values.map((value) => value ?? null)
    } catch (thrown) {
      throw this.#ports.failed(thrown)
    }
  }

  async *beginningWith(prefix: Uint8Array): AsyncGenerator<CoordinatorRecord> {
    const iterator = this.#ports.store.iterator(keysBeginning(entryKey(this.#prefix, prefix)))
    try {
      for (;;) {
        const entries = await iterator.nextv(ENTRIES_AT_ONCE).catch((thrown: unknown) => {
          throw this.#ports.failed(thrown)
        })
        if (entries.length === 0) return
        for (const [key, value] of entries) yield { key: recordKeyOf(key), value }
      }
    } finally {
      await iterator.close()
    }
  }

  /** Follows no more; what is in the database stays. */
  stop(): void {
    if (this.#phase === 'ended') return
    this.#phase = 'ended'
    this.#life += 1
    this.#known.clear()
    this.#unwatch()
    this.#retry?.cancel()
    this.#waits.end(closed())
  }

  // --- following

  #look(): void {
    this.#leaveWhatParted()
    if (this.#hasMore) this.#ports.wake()
  }

  get #hasMore(): boolean {
    if (this.#phase === 'folding')
      return this.#partition.log.highWatermark > this.#position.appliedOffset
    return this.#phase !== 'ended'
  }

  /**
   * What is committed is not truncated; where it is all the same (an unclean election), the view
   * begins again. Asked whenever the log has moved, before anything else is.
   */
  #leaveWhatParted(): void {
    if (this.#phase !== 'folding') return
    const why = whyParted(this.#position, this.#partition.log)
    if (why !== null) this.#throwAway(why)
  }

  #throwAway(reason: string): void {
    const { logStartOffset, highWatermark } = this.#partition.log
    const { appliedOffset } = this.#position
    this.#life += 1
    this.#known.clear()
    this.#phase = 'emptying'
    this.#emptying = new Emptying(this.#ports.store, this.name)
    this.#durableOffset = 0
    this.#wholeBelow = 0
    this.#beginRefold()
    this.#logger.info(
      { reason, appliedOffset, logStartOffset, highWatermark },
      'view thrown away and folded again from the log',
    )
    this.#ports.wake()
  }

  #beginRefold(): void {
    const nowMs = this.#ports.clock.monotonicMs()
    this.#refold = { beganMs: nowMs, toldMs: nowMs }
  }

  /** What to write next, or null: nothing for now. One at a time. Rejects when the store fails. */
  async step(): Promise<Step | null> {
    if (this.#phase === 'opening') await this.#open()
    this.#leaveWhatParted()
    if (this.#phase === 'emptying') return this.#emptyingStep()
    return this.#phase === 'folding' ? this.#foldingStep() : null
  }

  async #open(): Promise<void> {
    const key = this.#positionKey
    const [value] = await this.#ports.store.getMany([key])
    if (this.#phase !== 'opening') return
    const { log } = this.#partition
    if (value === undefined) {
      if (log.highWatermark > log.logStartOffset) this.#beginRefold()
      this.#beginAt(log.logStartOffset)
      return this.#moved(this.#life)
    }
    const position = decodePosition(key, value)
    if (position === null) return this.#throwAway('its position is damaged')
    this.#position = position
    const why = whyNotResumed(position, log, this.#ports.cleanedOffset())
    if (why !== null) return this.#throwAway(why)
    this.#phase = 'folding'
    this.#durableOffset = position.appliedOffset
    this.#wholeBelow = position.appliedOffset > 0 ? log.logEndOffset : 0
    this.#moved(this.#life)
  }

  /** It is empty, and the log has nothing before `offset`. */
  #beginAt(offset: number): void {
    this.#phase = 'folding'
    this.#emptying = null
    this.#position = { appliedOffset: offset, leaderEpoch: -1, digest: new Digest() }
  }

  /** The position is another one. The log may have been truncated while that was written. */
  #moved(life: number): void {
    this.#look()
    if (life !== this.#life) return
    this.#waits.moved(this.#position.appliedOffset)
    this.#tellProgress()
  }

  async #emptyingStep(): Promise<Step | null> {
    const life = this.#life
    const operations = await (this.#emptying as Emptying).step()
    if (life !== this.#life) return null
    if (operations !== null) return { operations, written: () => this.#ports.wake() }
    const { logStartOffset: appliedOffset } = this.#partition.log
    const begun: ViewPosition = { appliedOffset, leaderEpoch: -1, digest: new Digest() }
    return {
      operations: [this.#putPosition(begun)],
      written: () => {
        if (life !== this.#life) return
        this.#beginAt(appliedOffset)
        this.#moved(life)
      },
    }
  }

  async #foldingStep(): Promise<Step | null> {
    const life = this.#life
    const folded = await this.#fold()
    if (folded === null || life !== this.#life) return null
    const { appliedOffset } = this.#position
    if (!folded.isWhole && appliedOffset < this.#wholeBelow) {
      this.#throwAway('records behind it were compacted away')
      return null
    }
    if (folded.unreadableAt !== null)
      this.#logger.error({ offset: folded.unreadableAt }, 'unreadable batch left out of the view')
    const { digest, operations, hashes } = await changesOf(folded.records, this.#asChanged)
    if (life !== this.#life) return null
    const { endOffset, leaderEpoch } = folded
    const position: ViewPosition = { appliedOffset: endOffset, leaderEpoch, digest }
    operations.push(this.#putPosition(position))
    return {
      operations,
      written: () => {
        if (life !== this.#life) return
        this.#foldedOffsets += endOffset - appliedOffset
        this.#position = position
        for (const [text, hash] of hashes) this.#known.set(text, hash)
        this.#moved(life)
      },
    }
  }

  /** The next piece of what is committed; null when there is none. */
  async #fold(): Promise<Folded | null> {
    const { log } = this.#partition
    const { appliedOffset } = this.#position
    const upToOffset = log.highWatermark
    if (upToOffset <= appliedOffset) return null
    const read = log.read({
      fromOffset: appliedOffset,
      upToOffset,
      maxBytes: READ_BYTES,
      atLeastOneBatch: true,
    })
    if (read.errorCode !== errors.NONE) {
      // Which says so itself, and may be mended, or read again.
      this.#retry?.cancel()
      this.#retry = this.#ports.clock.timer(RETRY_MS, () => this.#look())
      return null
    }
    for (const codec of codecsOf(read.chunks)) if (!codecReady(codec)) await loadCodec(codec)
    const folded = foldBatches(read.chunks, appliedOffset)
    return folded.endOffset > appliedOffset ? folded : null
  }

  get #asChanged(): ChangedView {
    const { store } = this.#ports
    return { prefix: this.#prefix, digest: this.#position.digest, known: this.#known, store }
  }

  #putPosition(position: ViewPosition): StoreOperation {
    const key = this.#positionKey
    return { type: 'put', key, value: encodePosition(key, position) }
  }

  #tellProgress(): void {
    const refold = this.#refold
    if (refold === null || this.#phase !== 'folding') return
    const { highWatermark } = this.#partition.log
    const { appliedOffset } = this.#position
    const nowMs = this.#ports.clock.monotonicMs()
    if (appliedOffset >= highWatermark) {
      const tookMs = Math.round(nowMs - refold.beganMs)
      this.#logger.info({ appliedOffset, tookMs }, 'view folded from the log')
      this.#refold = null
    } else if (nowMs - refold.toldMs >= PROGRESS_MS) {
      refold.toldMs = nowMs
      this.#logger.info({ appliedOffset, highWatermark }, 'view is being folded from the log')
    }
  }

  // --- durability

  /** The position again, when it is not known to be durable: writing it makes it so. */
  get unsettled(): readonly StoreOperation[] {
    const { appliedOffset } = this.#position
    if (this.#phase !== 'folding' || appliedOffset <= this.#durableOffset) return []
    return [this.#putPosition(this.#position)]
  }

  /** Everything written so far is durable. */
  settled(): void {
    if (this.#phase === 'folding') this.#durableOffset = this.#position.appliedOffset
  }
}

const closed = () => new LograftError('VIEW_CLOSED', 'this partition is not followed any more')

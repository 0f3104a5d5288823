/**
 * Drives one shard of a coordinator for as long as this broker leads its partition in one epoch
 * (SAFETY S15, S16; `shard.ts` says what is owed to it). Requests become records at once, records
 * are appended in the same turn of the event loop, answers leave when all replicas in sync have
 * them. Whoever does not lead any more answers NOT_COORDINATOR, and nothing else: everything that
 * waits is told so, and what was decided goes with the shard.
 *
 * It knows no tenant but by its interface. Bounds: a connection waits for one answer at a time, so
 * there are no more of them than connections; what is appended and not in the view is bounded here.
 */
import type { Clock, Timer } from '../../base/clock.ts'
import type { Logger } from '../../base/log.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errorName, errors } from '../../wire/errors.ts'
import { hasRoomFor, ownBatches } from '../own-batches.ts'
import type { CommittedView, CoordinatorPartition, FollowedView } from '../ports.ts'
import type { CoordinatorRecord, CoordinatorShard, Outcome, Ticket } from '../shard.ts'
import { Held } from './held.ts'
import { Readings } from './readings.ts'
import { SteadyTime } from './steady-time.ts'

/** What a shard is a shard of. */
export interface Tenant<Request, Response, Shard extends CoordinatorShard<Request, Response>> {
  readonly shard: Shard
  /** The answer to a request that fails as a whole. */
  refusalOf(request: Request, code: ErrorCode): Response
  /** Its records are small: it may share an append, and its fate, with others of the same turn. */
  sharesAppend(request: Request): boolean
  /** Nothing is stored for it: it is taken however much is not in the view yet. */
  storesNothing(request: Request): boolean
}

export interface ShardRuntimePorts {
  readonly partition: CoordinatorPartition
  /** Of the partition. */
  readonly view: FollowedView
  readonly clock: Clock
  readonly logger: Logger
  /** Whether nobody can have replaced this broker as a leader without its knowing (S22). */
  readonly holdsLease: () => boolean
  /** How long an answer waits for the replicas. */
  readonly commitTimeoutMs: number
}

/** Calls its action, later, when nobody waits for the answer any more; returns how to stay. */
export type WhenLeaving = (action: () => void) => () => void

/** Between two looks at the shard's timers; a look costs as much as there are groups. */
const TIMERS_PAUSE_MS = 50
/** The clock is compared so often. */
const CLOCK_CHECK_MS = 30_000
/** Records that are appended and not in the view yet, beyond which requests have to wait. */
const UNAPPLIED_RECORDS_MAX = 200_000

interface Waiting<Response> {
  readonly answer: (response: Response) => void
  readonly refuse: (code: ErrorCode) => void
}

export class ShardRuntime<Request, Response, Shard extends CoordinatorShard<Request, Response>> {
  readonly shard: Shard
  readonly leaderEpoch: number
  readonly #tenant: Tenant<Request, Response, Shard>
  readonly #ports: ShardRuntimePorts
  readonly #time: SteadyTime
  readonly #readings: Readings
  readonly #held: Held
  readonly #waiting = new Map<Ticket, Waiting<Response>>()
  readonly #stops: (() => void)[]
  #state: 'loading' | 'serving' | 'ended' = 'loading'
  #tickets = 0
  #timer: Timer | null = null
  #timerDueMs = Infinity
  #timersRanMs = -Infinity

  // Decided in this turn, and not appended yet:
  #records: CoordinatorRecord[] = []
  #answers: Outcome<Response>['answers'][number][] = []
  #isAppendDue = false
  #isAppending = false

  constructor(
    tenant: Tenant<Request, Response, Shard>,
    { leaderEpoch }: { readonly leaderEpoch: number },
    ports: ShardRuntimePorts,
  ) {
    this.shard = tenant.shard
    this.leaderEpoch = leaderEpoch
    this.#tenant = tenant
    this.#ports = ports
    this.#time = new SteadyTime(ports.clock)
    this.#readings = new Readings(ports.view, (offset) => {
      if (this.#state === 'serving') this.shard.applied(offset)
    })
    this.#held = new Held(ports.clock, ports.commitTimeoutMs)
    this.#stops = [
      ports.partition.watchCommits(() => this.#wake()),
      ports.view.watch(() => this.#readings.moved()),
    ]
  }

  // ---- beginning and end ------------------------------------------------------------------------

  /**
   * Takes in what is stored, once the view holds everything that earlier leaders can have
   * acknowledged; resolves when the shard serves, or will not. Rejects for a bug.
   */
  async load(): Promise<void> {
    const { view, logger, clock } = this.#ports
    const beganMs = clock.monotonicMs()
    const foldedBefore = view.foldedOffsets
    await this.#untilFolded()
    // What the log had and the view had not: nothing of it is to be, but what was just committed.
    const replayed = view.foldedOffsets - foldedBefore
    let records = 0
    for await (const record of view.beginningWith(new Uint8Array())) {
      if (!this.#leads()) return
      this.#replay(record)
      records += 1
    }
    if (!this.#leads()) return
    // The view was thrown away while it was read. Whoever reviews the partition begins anew.
    if (view.appliedOffset < (this.#ports.partition.leading?.epochStartOffset ?? 0))
      return this.end()
    this.#state = 'serving'
    this.#take(this.shard.start(this.#time.nowMs()))
    this.#append({ isBounded: false })
    const tookMs = Math.round(clock.monotonicMs() - beganMs)
    logger.info({ ...this.#fields, records, replayed, tookMs }, 'coordinator serves')
  }

  /** Everything before this epoch is committed and in the view (S15). */
  #untilFolded(): Promise<void> {
    const { view, partition } = this.#ports
    return new Promise((resolve) => {
      const look = () => {
        const start = partition.leading?.epochStartOffset ?? Infinity
        const isFolded = partition.log.highWatermark >= start && view.appliedOffset >= start
        if (this.#leads() && !isFolded) return
        for (const stop of stops) stop()
        resolve()
      }
      const stops = [view.watch(look), partition.watchCommits(look)]
      look()
    })
  }

  #replay(record: CoordinatorRecord): void {
    try {
      this.shard.replay(record)
    } catch (err) {
      // Whole, as its checksum says, and not to be understood: of a version that is not known here.
      const key = Buffer.from(record.key).toString('hex')
      this.#ports.logger.error({ ...this.#fields, key, err }, 'stored record is not understood')
    }
  }

  /** Everything that waits is told NOT_COORDINATOR. Idempotent. */
  end(): void {
    if (this.#state === 'ended') return
    const wasServing = this.#state === 'serving'
    this.#state = 'ended'
    for (const stop of this.#stops) stop()
    this.#timer?.cancel()
    this.#records = []
    this.#answers = []
    this.#held.end(errors.NOT_COORDINATOR)
    for (const { ticket, response } of this.shard.end(errors.NOT_COORDINATOR))
      this.#answer(ticket, response)
    for (const { refuse } of [...this.#waiting.values()]) refuse(errors.NOT_COORDINATOR)
    if (wasServing) this.#ports.logger.info(this.#fields, 'coordinator has ended')
  }

  /** As the shard counts time. */
  nowMs(): number {
    return this.#time.nowMs()
  }

  get isEnded(): boolean {
    return !this.#leads()
  }

  get isServing(): boolean {
    return this.#leads() && this.#state === 'serving'
  }

  /** Ends when this broker does not lead any more. */
  #leads(): boolean {
    if (this.#state !== 'ended' && this.#ports.partition.leading?.leaderEpoch !== this.leaderEpoch)
      this.end()
    return this.#state !== 'ended'
  }

  get #fields() {
    const { topic, index: partition } = this.#ports.partition
    return { topic, partition, leaderEpoch: this.leaderEpoch }
  }

  // ---- requests ---------------------------------------------------------------------------------

  /** NONE while requests are taken; else NOT_COORDINATOR or COORDINATOR_LOAD_IN_PROGRESS. */
  get fault(): ErrorCode {
    if (!this.#leads()) return errors.NOT_COORDINATOR
    const isTaken = this.#state === 'serving' && !this.#isBehind
    return isTaken ? errors.NONE : errors.COORDINATOR_LOAD_IN_PROGRESS
  }

  /** More is appended and not in the view than there should be; or the view is thrown away. */
  get #isBehind(): boolean {
    const { appliedOffset } = this.#ports.view
    const unapplied = this.#ports.partition.log.logEndOffset - appliedOffset
    return appliedOffset < 0 || unapplied > UNAPPLIED_RECORDS_MAX
  }

  #isTaken(request: Request): boolean {
    return this.#state === 'serving' && this.#tenant.storesNothing(request)
  }

  /** Decides before it returns; what is needed of the request afterwards has been copied. */
  ask(request: Request, whenLeaving?: WhenLeaving): Promise<Response> {
    const { fault } = this
    const tenant = this.#tenant
    if (fault !== errors.NONE && !this.#isTaken(request))
      return Promise.resolve(tenant.refusalOf(request, fault))
    const shares = tenant.sharesAppend(request)
    if (!shares) this.#append()
    return new Promise((resolve) => {
      this.#tickets += 1
      const ticket = this.#tickets
      const answer = (response: Response) => {
        this.#waiting.delete(ticket)
        stay?.()
        resolve(response)
      }
      const refuse = (code: ErrorCode) => answer(tenant.refusalOf(request, code))
      this.#waiting.set(ticket, { answer, refuse })
      const stay = whenLeaving?.(() => refuse(errors.REBALANCE_IN_PROGRESS))
      this.#take(this.shard.handle(request, ticket, this.#time.nowMs()))
      if (shares) this.#appendSoon()
      else this.#append()
    })
  }

  /**
   * Reads from the view, and from the shard what is not in there yet; what comes of it is to be
   * taken from both before the promise ends.
   */
  read<Result>(reading: (view: CommittedView) => Promise<Result>): Promise<Result> {
    this.#append()
    return this.#readings.during(() => reading(this.#ports.view))
  }

  /** What the shard says now; null, and why, when that must not be told. */
  async look<Result>(
    see: (shard: Shard) => Result,
  ): Promise<{ readonly fault: ErrorCode; readonly seen: Result | null }> {
    const { fault } = this
    if (fault !== errors.NONE) return { fault, seen: null }
    this.#append()
    const seen = see(this.shard)
    const settled = await this.settled()
    return settled === errors.NONE ? { fault: settled, seen } : { fault: settled, seen: null }
  }

  /** When everything that is decided by now is committed: NONE, or why nothing can be said. */
  async settled(): Promise<ErrorCode> {
    if (!this.#leads()) return errors.NOT_COORDINATOR
    this.#append()
    const code = await new Promise<ErrorCode>((resolve) => this.#hold(resolve))
    return code === errors.NONE ? this.readFault : code
  }

  /** Everything before this offset is committed. */
  get committedEnd(): number {
    return this.#ports.partition.log.highWatermark
  }

  /** Why nothing that is committed may be told, or NONE. */
  get readFault(): ErrorCode {
    const { fault } = this
    return fault === errors.NONE && !this.#ports.holdsLease() ? errors.NOT_COORDINATOR : fault
  }

  // ---- appending --------------------------------------------------------------------------------

  #take({ records, answers, answersNow }: Outcome<Response>): void {
    for (const { ticket, response } of answersNow) this.#answer(ticket, response)
    for (const record of records) this.#records.push(record)
    for (const answer of answers) this.#answers.push(answer)
    this.#schedule()
  }

  #answer(ticket: Ticket, response: Response): void {
    // Who has left is not waiting any more.
    this.#waiting.get(ticket)?.answer(response)
  }

  /** When what has come from outside by now has had its turn: one append for all of it. */
  #appendSoon(): void {
    if (this.#isAppendDue) return
    this.#isAppendDue = true
    this.#ports.clock.timer(0, () => {
      this.#isAppendDue = false
      this.#append()
    })
  }

  #append({ isBounded = true } = {}): void {
    if (!this.#leads() || this.#state !== 'serving') return
    const records = this.#records
    const answers = this.#answers
    this.#records = []
    this.#answers = []
    if (records.length > 0) {
      const { errorCode, firstOffset } = this.#appendRecords(records, isBounded)
      if (errorCode !== errors.NONE) return this.#refused(errorCode)
      this.shard.appended(firstOffset)
    } else this.shard.appended(this.#ports.partition.log.logEndOffset)
    if (answers.length > 0)
      this.#hold((code) => {
        for (const { ticket, response } of answers)
          if (code === errors.NONE) this.#answer(ticket, response)
          else this.#waiting.get(ticket)?.refuse(code)
      })
  }

  #appendRecords(records: readonly CoordinatorRecord[], isBounded: boolean) {
    const { partition } = this.#ports
    const maxBytes = partition.config['max.message.bytes']
    if (isBounded && !hasRoomFor(records, maxBytes))
      return { errorCode: errors.MESSAGE_TOO_LARGE, firstOffset: -1 }
    const batches = ownBatches(records, { timestampMs: this.#time.nowMs(), maxBytes })
    // It may be committed at once, and wake this runtime before the shard knows of it.
    this.#isAppending = true
    try {
      return partition.appendOwn(batches, this.leaderEpoch)
    } finally {
      this.#isAppending = false
    }
  }

  #refused(code: ErrorCode): void {
    this.#ports.logger.debug({ ...this.#fields, error: errorName(code) }, 'records not appended')
    const refusals = this.shard.refused(code, this.#time.nowMs())
    if (!this.#leads()) return
    for (const { ticket, response } of refusals) this.#answer(ticket, response)
    this.#schedule()
  }

  // ---- waiting ----------------------------------------------------------------------------------

  /** `settle` is called when everything appended so far is committed, or with why it is not. */
  #hold(settle: (code: ErrorCode) => void): void {
    this.#held.add(this.#ports.partition.log.logEndOffset, settle)
    this.#release()
  }

  #wake(): void {
    if (!this.#isAppending && this.#leads()) this.#release()
  }

  #release(): void {
    this.#held.release((requiredOffset) => this.#isCommitted(requiredOffset))
  }

  #isCommitted(requiredOffset: number): boolean {
    const { partition, holdsLease } = this.#ports
    const outcome = partition.outcome(-1, { leaderEpoch: this.leaderEpoch, requiredOffset })
    if (outcome === errors.NONE) return true
    // Below min ISR nothing more is committed; what is, is.
    const isBelow = outcome === errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND
    return isBelow && partition.log.highWatermark >= requiredOffset && holdsLease()
  }

  // ---- time -------------------------------------------------------------------------------------

  #schedule(): void {
    if (this.#state === 'ended') return
    const nowMs = this.#time.nowMs()
    const timersMs = Math.max(this.shard.nextTimerMs, this.#timersRanMs + TIMERS_PAUSE_MS)
    const dueMs = Math.min(timersMs, nowMs + CLOCK_CHECK_MS)
    if (this.#timer !== null && this.#timerDueMs <= dueMs) return
    this.#timer?.cancel()
    this.#timerDueMs = dueMs
    this.#timer = this.#ports.clock.timer(Math.max(0, dueMs - nowMs), () => {
      // After a pause of this process: who has written meanwhile is heard first.
      this.#timer = this.#ports.clock.timer(0, () => this.#tick())
    })
  }

  #tick(): void {
    this.#timer = null
    if (!this.#leads() || this.#state !== 'serving') return
    // A clock that jumps is a fail-over: every member has its whole session before it.
    if (this.#time.hasJumped()) return this.end()
    this.#append()
    const nowMs = this.#time.nowMs()
    if (this.shard.nextTimerMs <= nowMs) {
      this.#timersRanMs = nowMs
      this.#take(this.shard.timers(nowMs))
      this.#append({ isBounded: false })
    }
    this.#schedule()
  }
}

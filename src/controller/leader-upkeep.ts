/**
 * The elections that nobody asks for, while this node is the active controller: back to preferred
 * leaders, now and then and soon after a broker is in sync again; of anybody who may lead where
 * nobody does; and of the replica whose log reaches farthest, when its partition has waited long
 * enough for the others (SAFETY S11). It only knows when; what is elected the commands decide.
 */
import type { Clock, Timer } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { CommittedEntry, MetadataRecord } from '../metadata/records.ts'
import type { Leadership, QuorumListener } from '../quorum/ports.ts'
import type { Controller } from './controller.ts'
import { ELECTIONS_PER_ROUND_MAX, isImbalanced } from './leader-balance.ts'
import type { PartitionId } from './log-ends.ts'
import { keyOf, lostPartition, lostPartitions } from './log-ends.ts'

/** Quiet that follows the last return of a preferred leader before it leads again. */
const REBALANCE_AFTER_MS = 2_000

export interface LeaderUpkeepOptions {
  readonly controller: Pick<
    Controller,
    'committedImage' | 'balanceLeaders' | 'electLeaderless' | 'electFarthest'
  >
  readonly clock: Clock
  readonly logger: Logger
  /** `leader.imbalance.check.interval.seconds`, in ms; null where leaders stay where they are. */
  readonly rebalanceIntervalMs: number | null
  /** `unclean.leader.election.interval.ms`. */
  readonly sweepIntervalMs: number
  /** `unclean.recovery.timeout.ms`. */
  readonly recoveryTimeoutMs: number
}

/** What is true only while this node leads. */
interface Active {
  readonly timers: Map<string, Timer>
  /** Partitions of which nobody is known to hold everything, and since when. */
  readonly lost: Map<string, PartitionId & { readonly sinceMs: number }>
}

/** Subscribes to the quorum behind the controller, whose images it reads. */
export class LeaderUpkeep implements QuorumListener {
  readonly #options: LeaderUpkeepOptions
  readonly #logger: Logger
  #active: Active | null = null

  constructor(options: LeaderUpkeepOptions) {
    this.#options = options
    this.#logger = options.logger.child({ component: 'leader-upkeep' })
  }

  onSnapshot(): void {}

  onCommitted(entries: readonly CommittedEntry[]): void {
    const active = this.#active
    if (active === null) return
    for (const { records } of entries) for (const record of records) this.#follow(active, record)
  }

  onLeadership({ isLeader }: Leadership): void {
    this.close()
    if (isLeader) this.#begin()
  }

  /** Idempotent. */
  close(): void {
    for (const timer of this.#active?.timers.values() ?? []) timer.cancel()
    this.#active = null
  }

  #begin(): void {
    const { sweepIntervalMs, controller, rebalanceIntervalMs } = this.#options
    const active: Active = { timers: new Map(), lost: new Map() }
    this.#active = active
    for (const at of lostPartitions(controller.committedImage)) this.#wait(active, at)
    this.#repeat(active, 'sweep', sweepIntervalMs, () => controller.electLeaderless())
    if (rebalanceIntervalMs === null) return
    this.#repeat(active, 'balance', rebalanceIntervalMs, () => this.#balance(active))
    // Who came back under the controller before was perhaps not seen to by it any more.
    this.#rebalanceSoon(active)
  }

  #follow(active: Active, record: MetadataRecord): void {
    if (record.type !== 'PartitionChange') return
    const { committedImage: image } = this.#options.controller
    const { topicId, partition } = record
    const at = { topicId, partition }
    if (lostPartition(image, at) === null) active.lost.delete(keyOf(at))
    else this.#wait(active, at)
    const registration = image.topics.byId.get(topicId)?.partitions[partition]
    if (record.isr && registration && isImbalanced(image, registration)) this.#rebalanceSoon(active)
  }

  // --- preferred leaders

  #rebalanceSoon(active: Active): void {
    if (this.#options.rebalanceIntervalMs === null) return
    this.#after(active, 'rebalance', REBALANCE_AFTER_MS, () => this.#balance(active))
  }

  async #balance(active: Active): Promise<void> {
    const { moved } = await this.#options.controller.balanceLeaders()
    if (moved > 0) this.#logger.info({ partitions: moved }, 'preferred leaders lead again')
    if (moved === ELECTIONS_PER_ROUND_MAX) this.#rebalanceSoon(active)
  }

  // --- lost partitions

  #wait(active: Active, at: PartitionId): void {
    const { clock, controller, recoveryTimeoutMs } = this.#options
    const key = keyOf(at)
    if (active.lost.has(key)) return
    active.lost.set(key, { ...at, sinceMs: clock.monotonicMs() })
    const topic = controller.committedImage.topics.byId.get(at.topicId)?.name
    const { partition } = at
    this.#logger.warn(
      { topic, partition, waitMs: recoveryTimeoutMs },
      'no replica is known to hold everything that was acknowledged; waiting for all logs',
    )
    if (!active.timers.has('recovery'))
      this.#after(active, 'recovery', recoveryTimeoutMs, () => this.#recover(active))
  }

  async #recover(active: Active): Promise<void> {
    const { clock, controller, recoveryTimeoutMs } = this.#options
    active.timers.delete('recovery')
    const image = controller.committedImage
    for (const [key, at] of active.lost)
      if (lostPartition(image, at) === null) active.lost.delete(key)
    const waiting = [...active.lost.values()]
    if (waiting.length === 0) return
    const overdueAtMs = clock.monotonicMs() - recoveryTimeoutMs
    const leftMs = waiting.map(({ sinceMs }) => sinceMs - overdueAtMs).filter((left) => left > 0)
    // Those that are overdue already may have to be asked for again, when the controller refused.
    const nextMs = Math.min(recoveryTimeoutMs, ...leftMs)
    this.#after(active, 'recovery', nextMs, () => this.#recover(active))
    const overdue = waiting.filter(({ sinceMs }) => sinceMs <= overdueAtMs)
    if (overdue.length > 0) await controller.electFarthest(overdue)
  }

  // --- timers

  #repeat(active: Active, name: string, intervalMs: number, round: () => Promise<unknown>): void {
    this.#after(active, name, intervalMs, () => {
      this.#repeat(active, name, intervalMs, round)
      return round()
    })
  }

  /** Once; an earlier timer of that name is over. What fails is wanted again the next time. */
  #after(active: Active, name: string, delayMs: number, action: () => Promise<unknown>): void {
    if (active !== this.#active) return
    active.timers.get(name)?.cancel()
    const run = () => {
      if (active !== this.#active) return
      action().catch((thrown: unknown) =>
        // The controller has told of a bug itself.
        this.#logger.debug({ err: asError(thrown), wanted: name }, 'leaders stay as they are'),
      )
    }
    active.timers.set(name, this.#options.clock.timer(delayMs, run))
  }
}

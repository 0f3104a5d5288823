/**
 * Carries the wishes of led partitions for another ISR to the active controller: one request of
 * this broker at a time, with the wishes of the moment in it (KIP-497). What was granted takes
 * effect when metadata says so (S13); only what was provably refused is withdrawn. Anything else
 * may have been granted and stays pending: until newer metadata comes where the answer says that
 * there is some, and until it was asked again where nobody has decided yet.
 *
 * A request whose answer is lost may still be on its way, and be granted when another one with the
 * same wish has been refused. So those after it say that they are not the first; refusing one of
 * them the controller raises the partition epoch, which voids all before it, and the metadata that
 * tells so ends the wish.
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { isLograftError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errorName, errors } from '../wire/errors.ts'
import type { PendingIsr } from './leader-state.ts'
import type { Partition } from './partition.ts'
import type { IsrAnswer, IsrController, IsrWish } from './ports.ts'

export interface IsrChangesPorts {
  readonly controller: Pick<IsrController, 'alterPartition'>
  readonly clock: Clock
  readonly logger: Logger
  readonly fatal: (error: Error) => void
}

/** Between two attempts, when the controller could not be asked. */
const RETRY_MS = 50
/** In one request: what it costs here and at the controller holds nobody else up for long. */
const WISHES_PER_REQUEST = 500

/** Codes that say that nothing was changed; the follower's next fetch may bring another wish. */
const REFUSED: readonly ErrorCode[] = [errors.INELIGIBLE_REPLICA, errors.OPERATION_NOT_ATTEMPTED]

/**
 * Codes after which asking again does not help: metadata is newer, or of another leader, and on its
 * way here. They do not say that the wish was not granted before (an answer may have been lost).
 */
const METADATA_DECIDES: readonly ErrorCode[] = [
  errors.NONE,
  errors.UNKNOWN_TOPIC_OR_PARTITION,
  errors.UNKNOWN_TOPIC_ID,
  errors.FENCED_LEADER_EPOCH,
  errors.INVALID_UPDATE_VERSION,
  errors.INVALID_REQUEST,
  errors.NEW_LEADER_ELECTED,
]

interface Asked {
  readonly partition: Partition
  readonly leaderEpoch: number
  readonly pending: PendingIsr
}

export class IsrChanges {
  readonly #ports: IsrChangesPorts
  readonly #waiting = new Set<Partition>()
  /** Wishes that some request may still bring to the controller. */
  readonly #onTheirWay = new WeakSet<PendingIsr>()
  #isAsking = false
  #isClosed = false

  constructor(ports: IsrChangesPorts) {
    this.#ports = ports
  }

  /** The partition has a wish that the controller does not know of. */
  wish(partition: Partition): void {
    this.#waiting.add(partition)
    if (this.#isAsking || this.#isClosed) return
    this.#isAsking = true
    void this.#ask().catch((thrown: unknown) => this.#ports.fatal(thrown as Error))
  }

  close(): void {
    this.#isClosed = true
    this.#waiting.clear()
  }

  async #ask(): Promise<void> {
    try {
      // All wishes of this turn go together.
      await delay(this.#ports.clock, 0)
      while (this.#waiting.size > 0 && !this.#isClosed) await this.#askOnce()
    } finally {
      this.#isAsking = false
    }
  }

  async #askOnce(): Promise<void> {
    const asked = this.#takeSome()
    if (asked.length === 0) return
    const { controller, clock, logger } = this.#ports
    let undecided: readonly Asked[]
    try {
      const answers = await controller.alterPartition(asked.map((of) => this.#wishOf(of)))
      const answerOf = new Map(answers.map((answer) => [keyOf(answer), answer]))
      undecided = asked.filter((each) => {
        const { topicId, index } = each.partition
        return this.#settle(each, answerOf.get(keyOf({ topicId, partition: index }))) !== 'settled'
      })
    } catch (thrown) {
      if (!isLograftError(thrown)) throw thrown
      logger.debug({ err: thrown }, 'the controller could not be asked for another isr')
      undecided = asked
      if (thrown.code !== 'NOT_CONTROLLER')
        for (const { pending } of asked) this.#onTheirWay.add(pending)
    }
    if (undecided.length === 0) return
    await delay(clock, RETRY_MS)
    // Whatever they wish for by then.
    for (const { partition } of undecided) this.#waiting.add(partition)
  }

  /** Those that have waited longest, if they still have a wish. */
  #takeSome(): readonly Asked[] {
    const asked: Asked[] = []
    for (const partition of this.#waiting) {
      if (asked.length === WISHES_PER_REQUEST) break
      this.#waiting.delete(partition)
      const { leading } = partition
      if (leading?.pending)
        asked.push({ partition, leaderEpoch: leading.leaderEpoch, pending: leading.pending })
    }
    return asked
  }

  #settle({ partition, pending }: Asked, answer: IsrAnswer | undefined): 'settled' | 'undecided' {
    // Metadata was faster.
    if (partition.leading?.pending !== pending) return 'settled'
    if (answer === undefined) return 'undecided'
    const { topic, index } = partition
    const { errorCode, partitionEpoch } = answer
    const isAsWished = errorCode === errors.NONE && partitionEpoch === pending.partitionEpoch
    const isRefused = REFUSED.includes(errorCode) && !this.#onTheirWay.has(pending)
    if (isAsWished || isRefused) partition.leading.withdraw(pending)
    if (errorCode === errors.NONE) return 'settled'
    const why = errorName(errorCode)
    this.#ports.logger.info({ topic, partition: index, isr: pending.isr, why }, 'isr not changed')
    const isDecided = REFUSED.includes(errorCode) || METADATA_DECIDES.includes(errorCode)
    return isDecided ? 'settled' : 'undecided'
  }

  #wishOf({ partition, leaderEpoch, pending }: Asked): IsrWish {
    const { topicId, index } = partition
    const { members, partitionEpoch } = pending
    const isAskedAgain = this.#onTheirWay.has(pending)
    return { topicId, partition: index, leaderEpoch, partitionEpoch, isr: members, isAskedAgain }
  }
}

const keyOf = ({ topicId, partition }: Pick<IsrAnswer, 'topicId' | 'partition'>) =>
  `${topicId} ${partition}`

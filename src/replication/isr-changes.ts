/**
 * Carries the wishes of led partitions for another ISR to the active controller: one request of
 * this broker at a time, with all wishes of the moment in it (KIP-497). What was granted takes
 * effect when metadata says so (S13); only what was provably refused is withdrawn, anything else
 * may have been granted and stays pending.
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { isLograftError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errorName, errors } from '../wire/errors.ts'
import type { PendingIsr } from './leader-state.ts'
import type { Partition } from './partition.ts'
import type { IsrAnswer, IsrController } from './ports.ts'

export interface IsrChangesPorts {
  readonly controller: IsrController
  /** Of this broker's registration. */
  readonly brokerEpoch: () => number
  readonly clock: Clock
  readonly logger: Logger
  readonly fatal: (error: Error) => void
}

/** Between two attempts, when the controller could not be asked. */
const RETRY_MS = 50

/** Codes that say that nothing was changed, and that asking again does not help. */
const REFUSED: readonly ErrorCode[] = [errors.INELIGIBLE_REPLICA, errors.OPERATION_NOT_ATTEMPTED]

interface Asked {
  readonly partition: Partition
  readonly pending: PendingIsr
}

export class IsrChanges {
  readonly #ports: IsrChangesPorts
  readonly #waiting = new Set<Partition>()
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
    const asked = [...this.#waiting].flatMap((partition): Asked[] => {
      const pending = partition.leading?.pending
      return pending ? [{ partition, pending }] : []
    })
    this.#waiting.clear()
    if (asked.length === 0) return
    const { controller, clock, logger, brokerEpoch } = this.#ports
    try {
      const own = brokerEpoch()
      const wishes = asked.map(({ partition: { topicId, index, leading }, pending }) => ({
        ...{ topicId, partition: index, partitionEpoch: pending.partitionEpoch },
        leaderEpoch: leading?.leaderEpoch ?? -1,
        isr: leading?.withBrokerEpochs(pending.isr, own) ?? [],
      }))
      this.#settle(asked, await controller.alterPartition(wishes))
    } catch (thrown) {
      if (!isLograftError(thrown)) throw thrown
      logger.debug({ err: thrown }, 'the controller could not be asked for another isr')
      for (const { partition } of asked) this.#waiting.add(partition)
      await delay(clock, RETRY_MS)
    }
  }

  #settle(asked: readonly Asked[], answers: readonly IsrAnswer[]): void {
    for (const { partition, pending } of asked) {
      const answer = answers.find(
        ({ topicId, partition: index }) =>
          topicId === partition.topicId && index === partition.index,
      )
      // Metadata may have been faster.
      if (!answer || partition.leading?.pending !== pending) continue
      const { errorCode, partitionEpoch } = answer
      const isAsWished = errorCode === errors.NONE && partitionEpoch === pending.partitionEpoch
      if (isAsWished || REFUSED.includes(errorCode)) partition.leading.withdraw(pending)
      else if (errorCode === errors.NOT_CONTROLLER) this.#waiting.add(partition)
      if (errorCode === errors.NONE) continue
      const { topic, index } = partition
      const why = errorName(errorCode)
      this.#ports.logger.info({ topic, partition: index, isr: pending.isr, why }, 'isr not changed')
    }
  }
}

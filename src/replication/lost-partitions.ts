/**
 * Partitions here of which nobody is known to hold everything (SAFETY S11). While there are any,
 * the active controller is told, again and again, how far their logs reach: it remembers that only
 * as long as it is active, and elects when it has heard enough. Nothing is appended to them until
 * metadata says otherwise, so what was told stays true for that state of the partition.
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { asError, isLograftError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { PartitionRegistration } from '../metadata/image/topics.ts'
import { isLost } from '../metadata/image/topics.ts'
import type { Partition } from './partition.ts'
import type { IsrController, LogEnd } from './ports.ts'

/** Between two tellings. */
const REPEAT_MS = 1_000

export interface LostPartitionsPorts {
  readonly controller: Pick<IsrController, 'tellLogEnds'>
  readonly clock: Clock
  readonly logger: Logger
  readonly fatal: (error: Error) => void
}

export class LostPartitions {
  readonly #ports: LostPartitionsPorts
  /** With the partition epoch in which each is lost. */
  readonly #lost = new Map<Partition, number>()
  readonly #stopped = new AbortController()
  #telling: Promise<void> | null = null

  constructor(ports: LostPartitionsPorts) {
    this.#ports = ports
  }

  /** Metadata has said how the partition stands. */
  place(partition: Partition, registration: PartitionRegistration): void {
    if (!isLost(registration)) return this.drop(partition)
    this.#lost.set(partition, registration.partitionEpoch)
    if (this.#stopped.signal.aborted) return
    this.#telling ??= this.#tell().catch((thrown: unknown) => this.#ports.fatal(asError(thrown)))
  }

  /** It is not hosted here any more, or cannot be used. */
  drop(partition: Partition): void {
    this.#lost.delete(partition)
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#telling
  }

  async #tell(): Promise<void> {
    const { clock, controller, logger } = this.#ports
    const { signal } = this.#stopped
    try {
      // All that one update of metadata brings go together.
      await delay(clock, 0, signal)
      while (this.#lost.size > 0 && !signal.aborted) {
        try {
          await controller.tellLogEnds([...this.#lost].map(logEndOf), signal)
        } catch (thrown) {
          if (!isLograftError(thrown)) throw thrown
          logger.debug({ err: thrown }, 'the controller could not be told of log ends')
        }
        await delay(clock, REPEAT_MS, signal)
      }
    } finally {
      // In the same turn as the last look: whatever is lost from now on begins anew.
      this.#telling = null
    }
  }
}

function logEndOf([partition, partitionEpoch]: readonly [Partition, number]): LogEnd {
  const { log, topicId, index } = partition
  const { logEndOffset, leaderEpochs } = log
  // An epoch may have begun at the end, without a record: it says nothing about what is held.
  const last = leaderEpochs.findLast(({ startOffset }) => startOffset < logEndOffset)
  return {
    topicId,
    partition: index,
    partitionEpoch,
    lastEpoch: last?.leaderEpoch ?? -1,
    logEndOffset,
  }
}

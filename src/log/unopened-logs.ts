/**
 * Logs that are there and could not be opened, and why. None is ever made anew, empty. Where space
 * or file descriptors were wanting, it is opened once there are some; nothing but a restart helps
 * the others.
 */
import { DiskError, isTransient } from '../base/disk.ts'
import type { Logger } from '../base/log.ts'
import { partitionDirectoryName } from './file-names.ts'
import type { PartitionName } from './log-checkpoints.ts'
import type { LoadFailure } from './managed-log.ts'
import { LogCorrupt } from './types.ts'

interface Unopened extends LoadFailure {
  readonly open: () => void
}

export class UnopenedLogs {
  readonly #logger: Logger
  /** By directory. */
  readonly #all = new Map<string, Unopened>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  get all(): readonly LoadFailure[] {
    return [...this.#all.values()]
  }

  /** Why it could not be opened, or null. */
  why({ topic, partition }: PartitionName): LoadFailure['error'] | null {
    return this.#all.get(partitionDirectoryName(topic, partition))?.error ?? null
  }

  forget({ topic, partition }: PartitionName): void {
    this.#all.delete(partitionDirectoryName(topic, partition))
  }

  /** Opens a log, or says and remembers why not. `open` may be called again. */
  open({ topic, partition }: PartitionName, open: () => void): void {
    const name = partitionDirectoryName(topic, partition)
    try {
      open()
      this.#all.delete(name)
    } catch (error) {
      if (!(error instanceof LogCorrupt || error instanceof DiskError)) throw error
      // Said once: a retry that fails likewise has nothing to add.
      if (!(isTransient(error) && isTransient(this.#all.get(name)?.error)))
        this.#logger.error({ topic, partition, err: error }, 'log not opened')
      this.#all.set(name, { topic, partition, error, open })
    }
  }

  /** Once more, if what was wanting may be there by now. */
  openAgain({ topic, partition }: PartitionName): void {
    const unopened = this.#all.get(partitionDirectoryName(topic, partition))
    if (unopened && isTransient(unopened.error)) this.open(unopened, unopened.open)
  }
}

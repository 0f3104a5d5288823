/**
 * What the segments of a log ask of it, as it stands when they ask. A class, so that all logs share
 * one shape: an object with getters of its own would have a hidden class for each of ten thousand.
 */
import type { Logger } from '../base/log.ts'
import type { FilePool } from './file-pool.ts'
import type { SegmentRules } from './segment.ts'

export interface RuledLog extends Omit<SegmentRules, 'indexIntervalBytes' | 'gapsAllowedBelow'> {
  indexIntervalBytes(): number
  gapsAllowedBelow(): number
}

export class LogRules implements SegmentRules {
  readonly pool: FilePool
  readonly logger: Logger
  readonly directory: string
  readonly #log: RuledLog

  constructor(log: RuledLog) {
    this.pool = log.pool
    this.logger = log.logger
    this.directory = log.directory
    this.#log = log
  }

  get indexIntervalBytes(): number {
    return this.#log.indexIntervalBytes()
  }

  get gapsAllowedBelow(): number {
    return this.#log.gapsAllowedBelow()
  }

  epochAt(offset: number): number | null {
    return this.#log.epochAt(offset)
  }

  flush(): Promise<void> {
    return this.#log.flush()
  }

  indexFailed(error: Error): void {
    this.#log.indexFailed(error)
  }
}

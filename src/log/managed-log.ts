/** The logs of a directory as their manager names them, and what it is asked for. */
import type { DiskError } from '../base/disk.ts'
import type { TopicId } from '../base/ids.ts'
import type { PartitionName } from './log-checkpoints.ts'
import type { Log } from './log.ts'
import type { LogConfig, LogCorrupt } from './types.ts'

export interface LoadFailure {
  readonly topic: string
  readonly partition: number
  readonly error: LogCorrupt | DiskError
}

export interface CreateRequest extends PartitionName {
  readonly topicId: TopicId
  readonly config: LogConfig
  /**
   * The partition was created while this process ran, so no directory can have been lost: what the
   * checkpoints say of the name is of an earlier topic.
   */
  readonly isNew?: boolean
}

export interface ManagedLog {
  readonly topic: string
  readonly partition: number
  readonly topicId: TopicId
  readonly log: Log
}

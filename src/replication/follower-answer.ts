/**
 * What a follower does with a leader's answer for one partition: append, cut where the logs parted,
 * or begin again where the leader's log begins. Whoever calls this has made sure that the answer is
 * to what still holds: same leader epoch, same log end, same truncations.
 */
import { DiskError } from '../base/disk.ts'
import type { Logger } from '../base/log.ts'
import type { IncomingResponse } from '../wire/api.ts'
import type { fetch as fetchApi } from '../wire/apis/01-fetch.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import type { Partition } from './partition.ts'

type Response = IncomingResponse<typeof fetchApi>
export type FetchAnswer = Response['responses'][number]['partitions'][number]

/** How the partition goes on. */
export type Taken =
  | { readonly type: 'goes on' }
  /** Nothing helps but newer metadata. */
  | { readonly type: 'waits for metadata' }
  /** Where the leader's log begins and ends has to be asked. */
  | { readonly type: 'out of range' }
  | { readonly type: 'backs off'; readonly errorCode: ErrorCode }

const GOES_ON: Taken = { type: 'goes on' }
const backsOff = (errorCode: ErrorCode): Taken => ({ type: 'backs off', errorCode })

/** @param leaderEpoch that was asked in: no batch of a later one is taken (KAFKA-18723). */
export function takeAnswer(
  partition: Partition,
  leaderEpoch: number,
  answer: FetchAnswer,
  logger: Logger,
): Taken {
  switch (answer.errorCode) {
    case errors.NONE:
      break
    case errors.OFFSET_OUT_OF_RANGE:
      return { type: 'out of range' }
    case errors.FENCED_LEADER_EPOCH:
      return { type: 'waits for metadata' }
    default:
      return backsOff(answer.errorCode)
  }
  return orBacksOff(partition, logger, () => {
    if (answer.divergingEpoch.epoch >= 0) return cut(partition, answer)
    const { highWatermark, logStartOffset, records: chunks } = answer
    const fetched = { leaderEpoch, chunks, highWatermark, logStartOffset }
    const errorCode = partition.appendFetched(fetched)
    return errorCode === errors.NONE ? GOES_ON : backsOff(errorCode)
  })
}

/** Each round leaves less that may differ; one that leaves all is not asked again at once. */
function cut(partition: Partition, { divergingEpoch: { epoch, endOffset } }: FetchAnswer): Taken {
  const { log } = partition
  const { logEndOffset, latestEpoch } = log
  partition.truncateAfter({ leaderEpoch: epoch, endOffset })
  const isLess = log.logEndOffset < logEndOffset || log.latestEpoch < latestEpoch
  return isLess ? GOES_ON : backsOff(errors.UNKNOWN_SERVER_ERROR)
}

/** Where a leader's log begins and ends. */
export interface LeaderRange {
  readonly start: number
  readonly end: number
}

/** What was asked for is not in the leader's log. */
export function comeIntoRange(partition: Partition, leader: LeaderRange, logger: Logger): Taken {
  const { topic, index, log } = partition
  const { logEndOffset } = log
  const about = { topic, partition: index, logEndOffset, ...leader }
  return orBacksOff(partition, logger, () => {
    if (leader.end < logEndOffset) {
      // Only an unclean election lets a shorter log lead.
      logger.warn(about, 'the log of a leader is shorter: the rest is cut off')
      log.truncateTo(leader.end)
      return GOES_ON
    }
    if (leader.start > logEndOffset) {
      logger.warn(about, 'the log of a leader begins later: a follower begins again there')
      partition.beginAgainAt(leader.start)
      return GOES_ON
    }
    return backsOff(errors.OFFSET_OUT_OF_RANGE)
  })
}

/** A disk that refuses is tried again; the log has said why. */
function orBacksOff({ topic, index }: Partition, logger: Logger, act: () => Taken): Taken {
  try {
    return act()
  } catch (thrown) {
    if (!(thrown instanceof DiskError)) throw thrown
    logger.warn({ topic, partition: index, err: thrown }, 'a follower cannot write')
    return backsOff(errors.KAFKA_STORAGE_ERROR)
  }
}

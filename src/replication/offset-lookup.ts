/**
 * What ListOffsets asks of a log that is led here: where it begins, where it ends for the reader,
 * and where a point in time is in it.
 */
import type { Log } from '../log/log.ts'
import { errors } from '../wire/errors.ts'
import type { ListedOffset } from './partition-requests.ts'
import { EARLIEST, EARLIEST_LOCAL, LATEST, MAX_TIMESTAMP } from './partition-requests.ts'

export const NOT_FOUND: ListedOffset = {
  errorCode: errors.NONE,
  ...{ offset: -1, timestampMs: -1, leaderEpoch: -1 },
}

/** The answer to whoever asks for what is not known yet, and was perhaps seen before (KIP-207). */
const NOT_YET: ListedOffset = { ...NOT_FOUND, errorCode: errors.OFFSET_NOT_AVAILABLE }

export function lookUpOffset(
  log: Log,
  timestamp: number,
  {
    upToOffset,
    leaderEpoch,
    isBehind,
  }: {
    /** First offset that the reader may not see. */
    readonly upToOffset: number
    readonly leaderEpoch: number
    /** The high watermark has not come to where this leader epoch began. */
    readonly isBehind: boolean
  },
): ListedOffset {
  switch (timestamp) {
    case EARLIEST:
    case EARLIEST_LOCAL: {
      const offset = log.logStartOffset
      const epoch = log.epochAt(offset) ?? leaderEpoch
      return { errorCode: errors.NONE, offset, timestampMs: -1, leaderEpoch: epoch }
    }
    case LATEST:
      if (isBehind) return NOT_YET
      return { errorCode: errors.NONE, offset: upToOffset, timestampMs: -1, leaderEpoch }
    default: {
      const found =
        timestamp === MAX_TIMESTAMP
          ? log.maxTimestamp({ upToOffset })
          : log.offsetForTimestamp(timestamp, { upToOffset })
      if (found) return { errorCode: errors.NONE, ...found }
      return isBehind ? NOT_YET : NOT_FOUND
    }
  }
}

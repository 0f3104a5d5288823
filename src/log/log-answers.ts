/** What a log answers when it does not do what it was asked, or has nothing to give. */
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import type { AppendResult, ReadResult } from './types.ts'

export const EMPTY_READ: ReadResult = { errorCode: errors.NONE, chunks: [], sizeBytes: 0 }

export const refused = (errorCode: ErrorCode): AppendResult => ({
  errorCode,
  ...{ firstOffset: -1, lastOffset: -1, logAppendTimeMs: -1, duplicate: false },
})

export const refusedRead = (errorCode: ErrorCode): ReadResult => ({
  errorCode,
  chunks: [],
  sizeBytes: 0,
})

/**
 * The two ways in which opening compressed bytes may fail. Both are operating errors: the bytes
 * came from a client or a disk. No codec may let any other exception out, nor allocate beyond its
 * bound.
 */
import { LograftError } from '../../base/errors.ts'

export type CompressionErrorCode = 'CORRUPT_COMPRESSED_DATA' | 'DECOMPRESSED_TOO_LARGE'

/** The bytes are not what their codec writes. */
export function corruptData(codec: string, why: string, cause?: unknown): LograftError {
  return new LograftError<CompressionErrorCode>(
    'CORRUPT_COMPRESSED_DATA',
    `${codec}: ${why}`,
    cause === undefined ? undefined : { cause },
  )
}

/** The bytes would grow beyond what the caller allows: a bomb, or a bound that is too low. */
export function tooLarge(codec: string, maxBytes: number): LograftError {
  return new LograftError<CompressionErrorCode>(
    'DECOMPRESSED_TOO_LARGE',
    `${codec}: decompresses to more than ${maxBytes} bytes`,
  )
}

/** Whether `thrown` is one of the two. */
export function isCompressionError(thrown: unknown): thrown is LograftError<CompressionErrorCode> {
  return (
    thrown instanceof LograftError &&
    (thrown.code === 'CORRUPT_COMPRESSED_DATA' || thrown.code === 'DECOMPRESSED_TOO_LARGE')
  )
}

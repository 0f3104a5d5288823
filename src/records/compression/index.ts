/**
 * Compression of record batches' payloads. Batches normally stay shut: this is for validation of
 * compacted topics, recompression, compaction and searches inside a batch. Decompressing is
 * synchronous and bounded for every codec, and fails with one of the two errors of `errors.ts`,
 * whatever the bytes are.
 */
import { LograftError } from '../../base/errors.ts'
import type { Codec } from '../batch.ts'
import { compressGzip, decompressGzip } from './gzip.ts'
import { compressLz4, decompressLz4 } from './lz4.ts'
import { compressSnappy, decompressSnappy } from './snappy.ts'
import { compressZstd, decompressZstd, loadZstd, zstdReady } from './zstd.ts'

/** `none` gives the same bytes back. Throws CODEC_NOT_LOADED while `codecReady(codec)` is false. */
export function compress(codec: Codec, bytes: Uint8Array): Uint8Array {
  switch (codec) {
    case 'none':
      return bytes
    case 'gzip':
      return compressGzip(bytes)
    case 'snappy':
      return compressSnappy(bytes)
    case 'lz4':
      return compressLz4(bytes)
    case 'zstd':
      if (!zstdReady()) throw new LograftError('CODEC_NOT_LOADED', `${codec} was not loaded first`)
      return compressZstd(bytes)
  }
}

/**
 * Opens `bytes`; the result may be a view of them. Throws CORRUPT_COMPRESSED_DATA, or
 * DECOMPRESSED_TOO_LARGE when the result would exceed `maxBytes`, without having allocated it.
 */
export function decompress(codec: Codec, bytes: Uint8Array, maxBytes: number): Uint8Array {
  switch (codec) {
    case 'none':
      return bytes
    case 'gzip':
      return decompressGzip(bytes, maxBytes)
    case 'snappy':
      return decompressSnappy(bytes, maxBytes)
    case 'lz4':
      return decompressLz4(bytes, maxBytes)
    case 'zstd':
      return decompressZstd(bytes, maxBytes)
  }
}

/** Whether `compress(codec, …)` may be called. Only zstd ever needs `loadCodec` before. */
export function codecReady(codec: Codec): boolean {
  return codec !== 'zstd' || zstdReady()
}

/** Makes `codecReady(codec)` true; at once for all codecs but zstd. May be called again. */
export async function loadCodec(codec: Codec): Promise<void> {
  if (codec === 'zstd') await loadZstd()
}

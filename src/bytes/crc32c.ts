/**
 * CRC-32C (Castagnoli), the checksum of record batches. Native: 4 to 5 GB/s. `zlib.crc32` is the
 * other polynomial and would not do.
 */
import { crc32c as native } from '@node-rs/crc32'

/** The unsigned CRC-32C of `bytes`, optionally continuing from `initial`. */
export function crc32c(bytes: Uint8Array, initial?: number): number {
  return native(bytes, initial)
}

/** zstd. */
import { decompress as open } from 'fzstd'
import { corruptData, tooLarge } from './errors.ts'

export function zstdReady(): boolean {
  return false
}
export async function loadZstd(): Promise<void> {}
export function compressZstd(bytes: Uint8Array): Uint8Array {
  return bytes
}
export function decompressZstd(bytes: Uint8Array, maxBytes: number): Uint8Array {
  let opened: Uint8Array
  try {
    opened = open(bytes)
  } catch (thrown) {
    throw corruptData('zstd', 'not a zstd frame', thrown)
  }
  if (opened.byteLength > maxBytes) throw tooLarge('zstd', maxBytes)
  return opened
}

/**
 * gzip, by Node's zlib. Several members in a row are read as one stream, as every gzip reader does.
 */
import { gunzipSync, gzipSync } from 'node:zlib'
import { corruptData, tooLarge } from './errors.ts'

export function compressGzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes)
}

/** zlib stops at `maxOutputLength` while inflating, so a bomb never grows beyond it. */
export function decompressGzip(bytes: Uint8Array, maxBytes: number): Uint8Array {
  let opened: Uint8Array
  try {
    // zlib wants at least 1, hence the second look at the length below.
    opened = gunzipSync(bytes, { maxOutputLength: Math.max(1, maxBytes) })
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge('gzip', maxBytes)
    throw corruptData('gzip', 'not a whole gzip stream', thrown)
  }
  if (opened.byteLength > maxBytes) throw tooLarge('gzip', maxBytes)
  return opened
}

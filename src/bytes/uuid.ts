/**
 * 16-byte ids as Kafka writes them: unpadded base64url, 22 characters. All zero means "none".
 * Kafka reserves (0,0) and (0,1) and avoids texts that begin with a dash (they look like flags).
 */
import { MalformedBytes } from './malformed.ts'

/** The text of the all-zero id. */
export const ZERO_UUID = 'AAAAAAAAAAAAAAAAAAAAAA'

/** 16 bytes → 22 characters of base64url. */
export function uuidToString(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/** 22 characters of base64url → 16 bytes. Anything else is malformed. */
export function uuidToBytes(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.byteLength !== 16 || bytes.toString('base64url') !== text)
    throw new MalformedBytes(`not a uuid: ${JSON.stringify(text)}`)
  return bytes
}

/** A random id from 16 random bytes (consumed: version bits are set in place). */
export function uuidFromRandom(random: Uint8Array): string {
  random[6] = ((random[6] ?? 0) & 0x0f) | 0x40
  random[8] = ((random[8] ?? 0) & 0x3f) | 0x80
  // 0xf8–0xfb in the first byte would make the text begin with a dash.
  if ((random[0] ?? 0) >> 2 === 62) random[0] = (random[0] ?? 0) & 0x7f
  return uuidToString(random)
}

/** A digest of text that no two texts are found to share: SHA-256. */
import { createHash } from 'node:crypto'

/** 64 hexadecimal digits. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

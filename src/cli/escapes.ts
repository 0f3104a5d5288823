/** What a person writes for bytes that a shell makes hard to type: `\t` for a tab. Pure. */
import { InvalidArgumentError } from 'commander'

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, '0': 0, '\\': 92 }

/** As help says it. */
export const ESCAPES_HELP = String.raw`\n \r \t \0 \xNN \\`

/** The byte that an escape, with its backslash, stands for. */
export function escapedByte(escape: string): number {
  const byte = escape[1] === 'x' ? parseInt(escape.slice(2), 16) : ESCAPES[escape.slice(1)]
  if (byte === undefined || Number.isNaN(byte))
    throw new InvalidArgumentError(`There is no escape ${escape} (${ESCAPES_HELP}).`)
  return byte
}

/** A text with escapes as bytes. */
export function readEscapes(text: string): Uint8Array {
  const parts: Uint8Array[] = []
  for (const [part] of text.matchAll(/\\x[0-9a-fA-F]{2}|\\.|[^\\]+|\\$/gsu)) {
    if (part === '\\')
      throw new InvalidArgumentError('It must not end with one backslash; write it twice.')
    parts.push(part.startsWith('\\') ? Uint8Array.of(escapedByte(part)) : Buffer.from(part))
  }
  return Buffer.concat(parts)
}

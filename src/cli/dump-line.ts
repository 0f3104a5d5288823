/** What a dump is made of: things that were found in a file, and things that are wrong with it. */

export interface DumpOptions {
  readonly records: boolean
  readonly deep: boolean
}

/** Something that a file holds. */
export interface Finding {
  readonly type: string
  /** For machines, beside the type and the file. */
  readonly fields: Readonly<Record<string, unknown>>
  /** For people. */
  readonly text: string
}

/** Something that is wrong. */
export interface Problem {
  readonly type: 'problem'
  /** Byte position, where one can be named. */
  readonly bytePosition: number | null
  readonly why: string
}

export type DumpLine = Finding | Problem

export function isProblem(line: DumpLine): line is Problem {
  return line.type === 'problem'
}

export function problem(why: string, bytePosition: number | null = null): Problem {
  return { type: 'problem', bytePosition, why }
}

/** Bytes for people: as text where they are text, in quotes, else in base64. */
export function quoted(bytes: Uint8Array | null): string {
  if (bytes === null) return 'null'
  try {
    return JSON.stringify(strictUtf8.decode(bytes))
  } catch {
    return `base64:${Buffer.from(bytes).toString('base64')}`
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * How `lograft consume` prints a record: a few formats by name, or a template in kcat's words. A
 * format is compiled once; what it writes is the record's own bytes, never text made from them,
 * JSON excepted. Pure.
 */
import { InvalidArgumentError } from 'commander'
import type { Writer } from '../bytes/writer.ts'
import type { LogRecord } from '../records/record.ts'
import { escapedByte } from './escapes.ts'

export interface PrintedRecord {
  readonly topic: string
  readonly partition: number
  readonly record: LogRecord
}

export type RecordFormat = (printed: PrintedRecord, writer: Writer) => void

export const NAMED_FORMATS = ['value', 'key-value', 'full', 'json'] as const

export interface FormatOptions {
  /** Stands for a key or value that is null. */
  readonly nullText: string
}

/** Compiles one of the names, or a template with at least one `%`. */
export function compileFormat(text: string, { nullText }: FormatOptions): RecordFormat {
  switch (text) {
    case 'value':
      return compileTemplate('%s\\n', nullText)
    case 'key-value':
      return compileTemplate('%k\\t%s\\n', nullText)
    case 'full':
      return compileTemplate('%t-%p@%o  %D  %k  %s  [%h]\\n', nullText)
    case 'json':
      return writeJson
    default:
      if (text.includes('%')) return compileTemplate(text, nullText)
      throw new InvalidArgumentError(
        `Expected ${NAMED_FORMATS.join(', ')}, or a template such as '%k: %s\\n'.`,
      )
  }
}

/** What each letter behind a `%` stands for; kcat's, and %D. */
export const TOKENS = {
  s: 'value',
  S: 'bytes of the value, -1 for null',
  R: 'the same as a big-endian int32',
  k: 'key',
  K: 'bytes of the key, -1 for null',
  T: 'timestamp in milliseconds since 1970',
  D: 'timestamp as a date, in UTC',
  h: 'headers, as k=v,k=v',
  t: 'topic',
  p: 'partition',
  o: 'offset',
  '%': 'a percent sign',
} as const

type Token = keyof typeof TOKENS

function compileTemplate(template: string, nullText: string): RecordFormat {
  const parts: RecordFormat[] = []
  for (const [part] of template.matchAll(/%.|\\x[0-9a-fA-F]{2}|\\.|[^%\\]+|[%\\]$/gsu))
    parts.push(compilePart(part, nullText))
  const [first, second] = parts
  // The common case, without a loop.
  if (parts.length === 2 && first && second)
    return (printed, writer) => {
      first(printed, writer)
      second(printed, writer)
    }
  return (printed, writer) => {
    for (const part of parts) part(printed, writer)
  }
}

function compilePart(part: string, nullText: string): RecordFormat {
  if (part === '%' || part === '\\')
    throw new InvalidArgumentError(`A template must not end with ${part}; write it twice.`)
  if (part.startsWith('%')) return compileToken(part.slice(1), nullText)
  if (!part.startsWith('\\')) return (_, writer) => writer.utf8(part)
  const byte = escapedByte(part)
  return (_, writer) => writer.int8((byte << 24) >> 24)
}

function compileToken(letter: string, nullText: string): RecordFormat {
  const write = (bytes: Uint8Array | null, writer: Writer) =>
    bytes === null ? writer.utf8(nullText) : writer.bytes(bytes)
  if (!Object.hasOwn(TOKENS, letter))
    throw new InvalidArgumentError(
      `There is no %${letter}; there are ${Object.keys(TOKENS)
        .map((name) => `%${name}`)
        .join(' ')}.`,
    )
  const writers: Readonly<Record<Token, RecordFormat>> = {
    s: ({ record }, writer) => write(record.value, writer),
    S: ({ record }, writer) => writer.utf8(String(record.value?.byteLength ?? -1)),
    R: ({ record }, writer) => writer.int32(record.value?.byteLength ?? -1),
    k: ({ record }, writer) => write(record.key, writer),
    K: ({ record }, writer) => writer.utf8(String(record.key?.byteLength ?? -1)),
    T: ({ record }, writer) => writer.utf8(String(record.timestampMs)),
    D: ({ record }, writer) => writer.utf8(printTime(record.timestampMs)),
    h: ({ record }, writer) => writeHeaders(record, writer, write),
    t: ({ topic }, writer) => writer.utf8(topic),
    p: ({ partition }, writer) => writer.utf8(String(partition)),
    o: ({ record }, writer) => writer.utf8(String(record.offset)),
    '%': (_, writer) => writer.utf8('%'),
  }
  return writers[letter as Token]
}

function writeHeaders(
  { headers }: LogRecord,
  writer: Writer,
  write: (bytes: Uint8Array | null, writer: Writer) => void,
): void {
  headers.forEach(({ key, value }, index) => {
    writer.utf8(index === 0 ? `${key}=` : `,${key}=`)
    write(value, writer)
  })
}

/** The largest time a Date can show; a record may hold any. */
const DATE_MAX_MS = 8.64e15

/** `2026-11-25T14:30:00.000Z`, or a dash for none. */
export function printTime(timestampMs: number): string {
  return timestampMs < 0 || timestampMs > DATE_MAX_MS ? '-' : new Date(timestampMs).toISOString()
}

function writeJson({ topic, partition, record }: PrintedRecord, writer: Writer): void {
  const { offset, timestampMs, key, value, headers } = record
  const line = {
    topic,
    partition,
    offset,
    timestamp: timestampMs,
    ...asJson('key', key),
    ...asJson('value', value),
    ...(headers.length > 0 && {
      headers: headers.map((header) => ({ key: header.key, ...asJson('value', header.value) })),
    }),
  }
  writer.utf8(`${JSON.stringify(line)}\n`)
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** `{ key: text }`, or `{ keyBase64: … }` for bytes that are no text. */
export function asJson(name: string, bytes: Uint8Array | null): Record<string, string | null> {
  if (bytes === null) return { [name]: null }
  try {
    return { [name]: strictUtf8.decode(bytes) }
  } catch {
    return { [`${name}Base64`]: Buffer.from(bytes).toString('base64') }
  }
}

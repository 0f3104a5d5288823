/**
 * From a line of input to the record it stands for: the whole line, or key and value around a
 * separator, or the JSON that `lograft consume --json` prints. Pure. What does not fit throws
 * BAD_INPUT; the caller knows the line's number.
 */
import { LograftError } from '../base/errors.ts'
import type { RecordToWrite } from '../records/builder.ts'

export interface LineFormat {
  /** Each line is JSON. */
  readonly json: boolean
  /** Key and value stand around the first of these. */
  readonly keySeparator: Uint8Array | null
  /** Of every record whose line does not say otherwise. */
  readonly key: string | null
  /** A key or value that reads so is null. */
  readonly nullMarker: string | null
  /** Each line is a key; its value is null. */
  readonly tombstones: boolean
  readonly headers: readonly (readonly [key: string, value: string])[]
}

export interface ParsedLine {
  readonly record: RecordToWrite
  /** Null: as the key, or chance, decides. */
  readonly partition: number | null
}

const utf8 = new TextEncoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A function from lines to records; its `nowMs` is the timestamp where a line has none. */
export function lineParser(format: LineFormat): (line: Uint8Array, nowMs: number) => ParsedLine {
  const { json, keySeparator } = format
  const headers = format.headers.map(([key, value]) => ({ key, value: utf8.encode(value) }))
  const key = format.key === null ? null : utf8.encode(format.key)
  const orNull = nullReader(format.nullMarker)
  const common = headers.length > 0 ? { headers } : {}
  const record = (own: RecordToWrite, timestampMs: number): ParsedLine => ({
    record: { ...common, ...own, timestampMs },
    partition: null,
  })
  if (json) return (line, nowMs) => fromJson(line, { nowMs, headers, key })
  if (format.tombstones) return (line, nowMs) => record({ key: line, value: null }, nowMs)
  if (keySeparator !== null) {
    const shown = JSON.stringify(Buffer.from(keySeparator).toString())
    return (line, nowMs) => {
      const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength)
      const at = bytes.indexOf(keySeparator)
      if (at < 0) throw bad(`there is no key separator ${shown} in it`)
      const value = bytes.subarray(at + keySeparator.byteLength)
      return record({ key: orNull(bytes.subarray(0, at)), value: orNull(value) }, nowMs)
    }
  }
  return (line, nowMs) => record({ key, value: orNull(line) }, nowMs)
}

function nullReader(marker: string | null): (bytes: Uint8Array) => Uint8Array | null {
  if (marker === null) return (bytes) => bytes
  const wanted = Buffer.from(marker)
  return (bytes) => (wanted.equals(bytes) ? null : bytes)
}

function bad(why: string): LograftError {
  return new LograftError('BAD_INPUT', why)
}

const FIELDS = new Set([
  'topic',
  'partition',
  'offset',
  'timestamp',
  'key',
  'keyBase64',
  'value',
  'valueBase64',
  'headers',
])

interface Defaults {
  readonly nowMs: number
  readonly headers: readonly { readonly key: string; readonly value: Uint8Array | null }[]
  readonly key: Uint8Array | null
}

function fromJson(line: Uint8Array, { nowMs, headers, key }: Defaults): ParsedLine {
  const fields = parseObject(line)
  const unknown = Object.keys(fields).find((name) => !FIELDS.has(name))
  if (unknown !== undefined) throw bad(`there is no field ${JSON.stringify(unknown)} in a record`)
  const { partition, timestamp } = fields
  if (partition !== undefined && !isCount(partition)) throw bad('its partition is no whole number')
  if (timestamp !== undefined && !isCount(timestamp) && timestamp !== -1)
    throw bad('its timestamp is no number of milliseconds since 1970')
  const own = headersOf(fields['headers'])
  const hasKey = 'key' in fields || 'keyBase64' in fields
  return {
    record: {
      key: hasKey ? bytesOf(fields, 'key') : key,
      value: bytesOf(fields, 'value'),
      headers: [...headers, ...own],
      timestampMs: timestamp === undefined ? nowMs : timestamp,
    },
    partition: partition ?? null,
  }
}

function parseObject(line: Uint8Array): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(strictUtf8.decode(line))
  } catch (thrown) {
    throw bad(`it is not JSON (${thrown instanceof Error ? thrown.message : 'unreadable'})`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw bad('it is JSON, but no object')
  return value as Record<string, unknown>
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** A text, or bytes in base64, or null; absent is null. */
function bytesOf(fields: Record<string, unknown>, name: string): Uint8Array | null {
  const text = fields[name]
  const base64 = fields[`${name}Base64`]
  if (text !== undefined && base64 !== undefined) throw bad(`it has both ${name} and ${name}Base64`)
  if (base64 !== undefined) {
    const bytes = typeof base64 === 'string' ? Buffer.from(base64, 'base64') : null
    if (bytes === null || bytes.toString('base64') !== base64)
      throw bad(`its ${name}Base64 is not base64`)
    return bytes
  }
  if (text === undefined || text === null) return null
  if (typeof text !== 'string')
    throw bad(`its ${name} is neither text nor null (write a number or an object as a text)`)
  return utf8.encode(text)
}

/** `[{"key": …, "value": …}]`, or an object for those who have no key twice. */
function headersOf(given: unknown): { key: string; value: Uint8Array | null }[] {
  if (given === undefined || given === null) return []
  if (typeof given !== 'object') throw bad('its headers are neither a list nor an object')
  if (!Array.isArray(given))
    return Object.entries(given).map(([key, value]) => ({
      key,
      value: bytesOf({ value }, 'value'),
    }))
  return given.map((header: unknown) => {
    if (typeof header !== 'object' || header === null) throw bad('one of its headers is no object')
    const fields = header as Record<string, unknown>
    if (typeof fields['key'] !== 'string') throw bad('one of its headers has no key')
    return { key: fields['key'], value: bytesOf(fields, 'value') }
  })
}

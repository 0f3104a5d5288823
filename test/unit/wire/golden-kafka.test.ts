/**
 * Goal: every message we serve is laid out, in every version and both directions, as Kafka's own
 * classes lay it out. Method: test/golden/kafka/messages.txt holds bytes that Kafka's Java code
 * wrote, empty, with nulls, with every field set and with tags from the future, beside the value
 * that Kafka's own JSON converter gives. Decoding must find that value field by field and nothing
 * besides, encoding it again must give the same bytes. What is served and not in the file fails.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Reader } from '../../../src/bytes/reader.ts'
import { Writer } from '../../../src/bytes/writer.ts'
import { handlers } from '../../../src/server/handlers/index.ts'
import type { Api } from '../../../src/wire/api.ts'
import {
  decodeRequestHeader,
  decodeResponseHeader,
  encodeRequestHeader,
  encodeResponseHeader,
} from '../../../src/wire/header.ts'
import { apisByKey } from '../../../src/wire/registry.ts'
import type { FieldShape, Shape } from '../../../src/wire/schema.ts'

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

const DIRECTIONS = ['request', 'response', 'request-header', 'response-header'] as const
type Direction = (typeof DIRECTIONS)[number]

interface Golden {
  readonly title: string
  readonly api: Api
  readonly version: number
  readonly direction: Direction
  /** What the message is filled with: see GoldenMessages.java. */
  readonly filling: string
  readonly hex: string
  readonly value: Json
}

const [recordsLine = '', ...lines] = readFileSync(
  new URL('../../golden/kafka/messages.txt', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))

/** The bytes wherever Kafka's JSON says only how many bytes of records there are. */
const RECORDS = recordsLine.slice('records '.length)

const golden: Golden[] = []
for (const line of lines) {
  const [key = '', version = '', direction = '', filling = '', hex = ''] = line.split(' ', 5)
  const json = line.slice(`${key} ${version} ${direction} ${filling} ${hex} `.length)
  const api = apisByKey.get(Number(key))
  if (api === undefined) throw new Error(`the codec has no key ${key}`)
  golden.push({
    title: `${api.name} v${version} ${direction}, ${filling}`,
    api,
    version: Number(version),
    direction: DIRECTIONS.find((known) => known === direction) ?? expect.fail(line),
    filling,
    hex: hex === '-' ? '' : hex,
    value: json === '=' ? (golden.at(-1)?.value ?? null) : (JSON.parse(json) as Json),
  })
}

const bare = golden.filter(
  ({ direction, filling }) =>
    (direction === 'request' || direction === 'response') &&
    (filling === 'empty' || filling === 'bare'),
)

/**
 * Where Kafka has two encodings of one meaning and we write the other one. Everything else must
 * come out as it went in.
 */
function writtenOtherwise({ api, direction, value }: Golden): boolean {
  // Records that are null are nothing to send: `chunks` writes that as an empty list.
  return (
    api.name === 'Fetch' &&
    direction === 'response' &&
    JSON.stringify(value).includes('"records":null')
  )
}

function decode({ api, version, direction, hex }: Golden): unknown {
  const reader = new Reader(Uint8Array.from(Buffer.from(hex, 'hex')))
  switch (direction) {
    case 'request':
      return api.decodeRequest(version, reader)
    case 'response':
      return api.decodeResponse(version, reader)
    case 'request-header': {
      const { apiKey, apiVersion, correlationId, clientId } = decodeRequestHeader(reader)
      expect([apiKey, apiVersion, reader.remaining]).toEqual([api.key, version, 0])
      return { correlationId, clientId }
    }
    case 'response-header': {
      const correlationId = decodeResponseHeader(api, version, reader)
      expect(reader.remaining).toBe(0)
      return { correlationId }
    }
  }
}

function encode({ api, version, direction }: Golden, value: unknown): string {
  const writer = new Writer()
  // Headers are what `decode` made of them.
  const header = value as { correlationId: number; clientId: string | null }
  if (direction === 'request') api.encodeRequest(version, value, writer)
  if (direction === 'response') api.encodeResponse(version, value, writer)
  if (direction === 'request-header') encodeRequestHeader(api, version, header, writer)
  if (direction === 'response-header')
    encodeResponseHeader(api, version, header.correlationId, writer)
  return Buffer.from(writer.finish()).toString('hex')
}

/** Compares a struct with Kafka's JSON, field by field; what that lacks must be our default. */
function expectStruct(fields: readonly FieldShape[], actual: unknown, json: Json, at: string) {
  const struct = actual as Readonly<Record<string, unknown>>
  const left = new Map(Object.entries(json as { readonly [name: string]: Json }))
  const size = left.get('recordsSizeInBytes')
  if (left.delete('recordsSizeInBytes')) {
    const hex = Buffer.concat([struct['records']].flat() as Uint8Array[]).toString('hex')
    expect(hex, `${at}.records`).toBe(size === 0 ? '' : RECORDS)
  }
  for (const { name, shape, fallback } of fields) {
    const here = `${at}.${name}`
    const expected = left.get(name)
    if (left.delete(name)) expectValue(shape, struct[name], expected ?? null, here)
    else if (name !== 'records' || size === undefined) expect(struct[name], here).toEqual(fallback)
  }
  expect([...left.keys()], `${at}: fields that our schema lacks`).toEqual([])
}

function expectValue(shape: Shape, actual: unknown, json: Json, at: string): void {
  if (shape.type === 'nullable') {
    if (json === null) expect(actual, at).toBeNull()
    else expectValue(shape.inner, actual, json, at)
  } else if (shape.type === 'struct') expectStruct(shape.fields, actual, json, at)
  else if (shape.type === 'array') {
    const [found, expected] = [actual as unknown[], json as readonly Json[]]
    expect(found.length, `${at}.length`).toBe(expected.length)
    found.forEach((item, n) => expectValue(shape.element, item, expected[n] ?? null, `${at}[${n}]`))
  } else if (shape.name === 'chunks') expect([actual, json], at).toEqual([[], null])
  else if (shape.name === 'bytes')
    expect(Buffer.from(actual as Uint8Array).toString('base64'), at).toBe(json)
  else expect(actual, at).toBe(json)
}

function expectKafkasValue({ api, direction, value }: Golden, decoded: unknown): void {
  if (direction === 'request') expectStruct(api.requestFields, decoded, value, api.name)
  else if (direction === 'response') expectStruct(api.responseFields, decoded, value, api.name)
  else expect(decoded).toEqual(value)
}

describe('bytes that Kafka wrote', () => {
  it.each(golden)('$title', (row) => {
    const decoded = decode(row)
    expectKafkasValue(row, decoded)
    const again = encode(row, decoded)
    if (writtenOtherwise(row)) expectKafkasValue(row, decode({ ...row, hex: again }))
    else expect(again).toBe(row.hex)
  })
})

/** Defaults that are ours on purpose: where nothing is to be said, we say nothing at all. */
const OUR_DEFAULTS = new Map<string, Json>([
  ['FindCoordinator.nodeId', -1],
  ['FindCoordinator.port', -1],
  ['FindCoordinator.errorMessage', null],
  ['FindCoordinator.coordinators[].errorMessage', null],
  ['CreateTopics.topics[].errorMessage', null],
  ['DescribeConfigs.results[].configs[].documentation', null],
])

/** Our default of every field that Kafka left at its own, wherever leaving it out is allowed. */
function expectDefaults(fields: readonly FieldShape[], json: Json, at: string): void {
  const struct = json as { readonly [name: string]: Json }
  for (const { name, shape, fallback, optional } of fields) {
    const theirs = struct[name]
    if (theirs === undefined) continue
    const here = `${at}.${name}`
    const type = shape.type === 'nullable' ? shape.inner : shape
    if (type.type === 'array' && Array.isArray(theirs) && theirs.length > 0) {
      const { element } = type
      if (element.type !== 'struct') continue
      for (const item of theirs as Json[]) expectDefaults(element.fields, item, `${here}[]`)
    } else if (optional) {
      expect(fallback, here).toEqual(OUR_DEFAULTS.has(here) ? OUR_DEFAULTS.get(here) : theirs)
    }
  }
}

describe('defaults', () => {
  it.each(bare)('$title', ({ api, direction, value }) => {
    const fields = direction === 'request' ? api.requestFields : api.responseFields
    expectDefaults(fields, value, api.name)
  })
})

describe('the file has what is served', () => {
  const count = (key: number, version: number, direction: Direction) =>
    golden.filter(
      (row) => row.api.key === key && row.version === version && row.direction === direction,
    ).length

  it.each(handlers.map(({ api, versions: [min, max] }) => ({ ...api, min, max })))(
    '$key $name $min to $max, both ways, with headers',
    ({ key, min, max }) => {
      for (let version = min; version <= max; version += 1) {
        for (const direction of DIRECTIONS)
          expect(count(key, version, direction), `v${version} ${direction}`).toBeGreaterThan(0)
      }
    },
  )
})

/**
 * Goal: whatever a version of any API can carry comes back as it was, and whatever it cannot carry
 * is refused with MalformedBytes and nothing else, without memory beyond what was received. Method:
 * properties over every key, version and direction, with messages made from the schema, and with
 * the same messages mutilated. `FUZZ_EFFORT=50` runs them fifty times as often.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MalformedBytes } from '../../../src/bytes/malformed.ts'
import { Reader } from '../../../src/bytes/reader.ts'
import { Writer } from '../../../src/bytes/writer.ts'
import type { Api } from '../../../src/wire/api.ts'
import { apisByKey } from '../../../src/wire/registry.ts'
import type { FieldShape } from '../../../src/wire/schema.ts'
import { messageArbitrary } from './arbitrary.ts'

const EFFORT = Number(process.env.FUZZ_EFFORT ?? 1)

interface Direction {
  readonly title: string
  readonly fields: readonly FieldShape[]
  readonly target: { readonly version: number; readonly flexible: boolean }
  /** How many bytes behind the message are one too many. */
  readonly tooManyBehind: number
  encode(value: unknown): Uint8Array
  decode(bytes: Uint8Array): unknown
}

function directions(api: Api, version: number): Direction[] {
  const target = { version, flexible: api.isFlexible(version) }
  return [
    {
      title: `${api.name} v${version} request`,
      fields: api.requestFields,
      target,
      tooManyBehind: api.bytesBehindRequestMax + 1,
      encode: (value) => written((writer) => api.encodeRequest(version, value, writer)),
      decode: (bytes) => api.decodeRequest(version, new Reader(bytes)),
    },
    {
      title: `${api.name} v${version} response`,
      fields: api.responseFields,
      target,
      tooManyBehind: 1,
      encode: (value) => written((writer) => api.encodeResponse(version, value, writer)),
      decode: (bytes) => api.decodeResponse(version, new Reader(bytes)),
    },
  ]
}

function written(write: (writer: Writer) => void): Uint8Array {
  const writer = new Writer()
  write(writer)
  return writer.finish()
}

const ALL = [...apisByKey.values()].flatMap((api) => {
  const [min, max] = api.versions
  return Array.from({ length: max - min + 1 }, (_, index) => directions(api, min + index)).flat()
})

/** Runs `decode` and says whether it refused; any error but MalformedBytes fails the test. */
function refuses(decode: () => unknown): boolean {
  try {
    decode()
    return false
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedBytes)
    return true
  }
}

/** One way to spoil a message; the numbers are taken modulo what there is to spoil. */
const damage = fc.oneof(
  fc.record({ type: fc.constant('cut' as const), at: fc.nat() }),
  fc.record({
    type: fc.constant('set' as const),
    at: fc.nat(),
    byte: fc.integer({ max: 255, min: 0 }),
  }),
  fc.record({
    type: fc.constant('insert' as const),
    at: fc.nat(),
    bytes: fc.uint8Array({ maxLength: 6, minLength: 1 }),
  }),
  fc.record({ type: fc.constant('int32' as const), at: fc.nat(), value: fc.integer() }),
  fc.record({
    type: fc.constant('ones' as const),
    at: fc.nat(),
    count: fc.integer({ min: 1, max: 5 }),
  }),
)

function spoil(bytes: Uint8Array, how: typeof damage extends fc.Arbitrary<infer T> ? T : never) {
  const at = how.at % (bytes.byteLength + 1)
  const copy = Uint8Array.from(bytes)
  switch (how.type) {
    case 'cut':
      return copy.subarray(0, at)
    case 'set':
      if (at < copy.byteLength) copy[at] = how.byte
      return copy
    case 'insert':
      return Uint8Array.from([...bytes.subarray(0, at), ...how.bytes, ...bytes.subarray(at)])
    case 'int32':
      if (at + 4 <= copy.byteLength) new DataView(copy.buffer).setInt32(at, how.value)
      return copy
    case 'ones':
      return copy.fill(0xff, at, at + how.count)
  }
}

describe.each(ALL)('$title', ({ fields, target, encode, decode, tooManyBehind }) => {
  const message = messageArbitrary(fields, target)

  it('comes back as it was, absent fields as their defaults, unknown tags intact', () => {
    fc.assert(
      fc.property(message, ({ given, expected }) => {
        const bytes = encode(given)
        const decoded = decode(bytes)
        expect(decoded).toEqual(expected)
        expect(encode(decoded)).toEqual(bytes)
      }),
      { numRuns: 20 * EFFORT },
    )
  })

  it('is refused when cut short or followed by anything', () => {
    fc.assert(
      fc.property(message, fc.nat(), ({ given }, at) => {
        const bytes = encode(given)
        if (bytes.byteLength > 0)
          expect(refuses(() => decode(bytes.subarray(0, at % bytes.byteLength)))).toBe(true)
        const behind = new Uint8Array(tooManyBehind).fill(at)
        expect(refuses(() => decode(Buffer.concat([bytes, behind])))).toBe(true)
      }),
      { numRuns: 8 * EFFORT },
    )
  })

  it('decodes or is refused as malformed, however damaged', () => {
    fc.assert(
      fc.property(message, fc.array(damage, { minLength: 1, maxLength: 3 }), ({ given }, ways) => {
        refuses(() => decode(ways.reduce(spoil, encode(given))))
      }),
      { numRuns: 40 * EFFORT },
    )
  })

  it('decodes random bytes or refuses them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        refuses(() => decode(bytes))
      }),
      { numRuns: 25 * EFFORT },
    )
  })
})

/**
 * fast-check arbitraries made from a schema: for any API and version, messages that this version
 * can carry, together with what decoding them must return. Knows the schema as data only; it shares
 * no code with the codec it tests.
 */
import fc from 'fast-check'
import type { FieldShape, PrimitiveName, Shape } from '../../../src/wire/schema.ts'

export interface Sample {
  /** What is encoded: fields absent from the version hold arbitrary nonsense or are left out. */
  readonly given: unknown
  /** What must come back. */
  readonly expected: unknown
}

interface Target {
  readonly version: number
  readonly flexible: boolean
}

/** A message body with these fields. */
export function messageArbitrary(
  fields: readonly FieldShape[],
  target: Target,
): fc.Arbitrary<Sample> {
  return structArbitrary(fields, target)
}

function structArbitrary(fields: readonly FieldShape[], target: Target): fc.Arbitrary<Sample> {
  const samples: Record<string, fc.Arbitrary<Sample>> = {}
  const knownTags = new Set<number>()
  for (const field of fields) {
    const { name, shape, since, until, tag, fallback, optional } = field
    const present = target.version >= since && target.version <= until
    if (present && tag !== null) knownTags.add(tag)
    const absent = fc.constant<Sample>({ given: undefined, expected: fallback })
    if (!present) samples[name] = absent
    else {
      const value = shapeArbitrary(shape, target)
      samples[name] = optional ? fc.oneof({ weight: 4, arbitrary: value }, absent) : value
    }
  }
  return fc
    .record({
      fields: fc.record(samples),
      unknownTags: target.flexible ? unknownTagsArbitrary(knownTags) : fc.constant([]),
    })
    .map(({ fields: values, unknownTags }) => {
      const tags = unknownTags.length > 0 ? { unknownTags } : {}
      const side = (which: keyof Sample) =>
        Object.fromEntries(
          Object.entries(values)
            .map(([name, sample]) => [name, sample[which]] as const)
            .filter(([, value]) => value !== undefined),
        )
      return { given: { ...side('given'), ...tags }, expected: { ...side('expected'), ...tags } }
    })
}

function unknownTagsArbitrary(known: ReadonlySet<number>) {
  const tag = fc
    .oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 0x7fff_ffff }))
    .filter((number) => !known.has(number))
  const entry = fc.record(
    { tag, bytes: fc.uint8Array({ maxLength: 20 }) },
    { noNullPrototype: true },
  )
  const entries = fc
    .uniqueArray(entry, { maxLength: 3, selector: ({ tag: number }) => number })
    .map((list) => list.sort((a, b) => a.tag - b.tag))
  return fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: entries })
}

function shapeArbitrary(shape: Shape, target: Target): fc.Arbitrary<Sample> {
  switch (shape.type) {
    case 'primitive':
      return primitiveArbitrary(shape.name)
    case 'struct':
      return structArbitrary(shape.fields, target)
    case 'nullable': {
      const inner = shapeArbitrary(shape.inner, target)
      return target.version < shape.since
        ? inner
        : fc.oneof({ weight: 3, arbitrary: inner }, fc.constant({ given: null, expected: null }))
    }
    case 'array':
      return fc.array(shapeArbitrary(shape.element, target), { maxLength: 3 }).map((samples) => ({
        given: samples.map(({ given }) => given),
        expected: samples.map(({ expected }) => expected),
      }))
  }
}

const safeInteger = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -2, max: 2 }))

function same(arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<Sample> {
  return arbitrary.map((value) => ({ given: value, expected: value }))
}

function primitiveArbitrary(name: PrimitiveName): fc.Arbitrary<Sample> {
  switch (name) {
    case 'int8':
      return same(fc.integer({ min: -0x80, max: 0x7f }))
    case 'int16':
      return same(fc.integer({ min: -0x8000, max: 0x7fff }))
    case 'uint16':
      return same(fc.nat(0xffff))
    case 'int32':
      return same(fc.integer())
    case 'int64':
    case 'saturatingInt64':
      return same(safeInteger)
    case 'float64':
      return same(fc.double())
    case 'bool':
      return same(fc.boolean())
    case 'string':
      return same(fc.string({ unit: 'grapheme', maxLength: 80 }))
    case 'bytes':
      return same(fc.uint8Array({ maxLength: 40 }))
    case 'records':
      return same(fc.option(blob))
    case 'chunks':
      return fc.array(blob, { maxLength: 3 }).map((pieces) => {
        const whole = new Uint8Array(Buffer.concat(pieces))
        return { given: pieces, expected: whole.byteLength === 0 ? [] : [whole] }
      })
    case 'uuid':
      return same(
        fc
          .uint8Array({ minLength: 16, maxLength: 16 })
          .map((bytes) => Buffer.from(bytes).toString('base64url')),
      )
  }
}

/** Record batches to the codec: bytes, on both sides of the size from which they are referenced. */
const blob = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.integer({ min: 1000, max: 1100 }).map((size) => new Uint8Array(size).fill(size)),
)

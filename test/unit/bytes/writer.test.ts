/**
 * Goal: a writer's output is exactly what was written, in whichever of its forms; referenced bytes
 * are never copied, and writers that share memory never touch each other's.
 * Method: properties against a plain list of pieces, with many writers alive at once.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REFERENCE_BYTES_MIN, utf8Bytes, Writer } from '../../../src/bytes/writer.ts'

type Step =
  | { readonly type: 'bytes' | 'reference'; readonly bytes: Uint8Array }
  | { readonly type: 'text'; readonly text: string }

const blob = fc.oneof(
  fc.uint8Array({ maxLength: 30 }),
  fc
    .tuple(fc.integer({ min: -2, max: 600 }), fc.nat(255))
    .map(([more, byte]) => new Uint8Array(REFERENCE_BYTES_MIN + more).fill(byte)),
)

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: fc.constantFrom('bytes' as const, 'reference' as const), bytes: blob }),
  fc.record({ type: fc.constant('text' as const), text: fc.string({ unit: 'binary' }) }),
)

function perform(writer: Writer, step: Step): void {
  if (step.type === 'text') writer.utf8(step.text)
  else writer[step.type](step.bytes)
}

function expected(steps: readonly Step[]): Uint8Array {
  return Uint8Array.from(
    Buffer.concat(steps.map((one) => (one.type === 'text' ? Buffer.from(one.text) : one.bytes))),
  )
}

const initialBytes = fc.constantFrom(0, 1, 7, 256, 1024, 2000)

describe('Writer', () => {
  it('writers alive together each give what was written to them, as a whole or in pieces', () => {
    const plan = fc.record({
      initial: initialBytes,
      steps: fc.array(step, { maxLength: 12 }),
      inPieces: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(plan, { minLength: 1, maxLength: 6 }), (plans) => {
        const writers = plans.map(({ initial }) => new Writer(initial))
        for (let turn = 0; turn < 12; turn += 1)
          plans.forEach(({ steps }, index) => {
            const next = steps[turn]
            if (next !== undefined) perform(writers[index]!, next)
          })
        const outputs = plans.map(({ inPieces, steps }, index) => {
          const writer = writers[index]!
          expect(writer.offset).toBe(expected(steps).byteLength)
          return inPieces ? writer.finishChunks() : [writer.finish()]
        })
        // Written after the others have finished: it may get the memory they gave back.
        const late = new Writer(1024)
        late.bytes(new Uint8Array(1024).fill(0xee))
        late.finish()
        plans.forEach(({ steps }, index) => {
          expect(Buffer.concat(outputs[index] ?? []).equals(expected(steps))).toBe(true)
        })
      }),
      { numRuns: 200 },
    )
  })

  it('a reference is passed on as it is, a small one copied, and no piece is empty', () => {
    const large = new Uint8Array(REFERENCE_BYTES_MIN)
    const small = new Uint8Array(REFERENCE_BYTES_MIN - 1)
    const writer = new Writer()
    writer.reference(large)
    writer.reference(large)
    writer.int32(1)
    writer.reference(small)
    writer.reference(new Uint8Array(0))
    writer.reference(large)
    const chunks = writer.finishChunks()
    expect(chunks.map(({ byteLength }) => byteLength)).toEqual([1024, 1024, 4 + 1023, 1024])
    expect(chunks.map((chunk) => chunk === large)).toEqual([true, true, false, true])
  })

  it('nothing written is no pieces', () => {
    expect(new Writer().finishChunks()).toEqual([])
    expect(new Writer().finish()).toEqual(new Uint8Array(0))
  })

  it('patches what was written before, between and behind references', () => {
    const large = new Uint8Array(2000).fill(7)
    const writer = new Writer(1)
    const places: number[] = []
    for (let count = 0; count < 3; count += 1) {
      places.push(writer.offset)
      writer.int32(0)
      writer.reference(large)
      writer.reference(large)
      places.push(writer.offset)
      writer.int32(0)
    }
    places.forEach((at, index) => writer.patchInt32(at, index + 1))
    const whole = writer.finish()
    const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength)
    expect(places.map((at) => view.getInt32(at))).toEqual([1, 2, 3, 4, 5, 6])
    expect(large.every((byte) => byte === 7)).toBe(true)
  })

  it('knows the bytes of a text beforehand', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string())
    fc.assert(
      fc.property(text, (value) => {
        const writer = new Writer(1)
        writer.utf8(value)
        expect(utf8Bytes(value)).toBe(writer.offset)
        expect(writer.finish()).toEqual(Uint8Array.from(Buffer.from(value)))
      }),
    )
  })

  it.each([
    ['\ud800', '\ufffd'],
    [`${'x'.repeat(60)}\udc00y`, `${'x'.repeat(60)}\ufffdy`],
  ])('a lone surrogate becomes U+FFFD', (text, becomes) => {
    const writer = new Writer()
    writer.utf8(text)
    expect(utf8Bytes(text)).toBe(writer.offset)
    expect(Buffer.from(writer.finish()).toString()).toBe(becomes)
  })
})

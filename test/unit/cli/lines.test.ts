// Goal: bytes become lines without a byte lost or added, however they are cut; memory is bounded.
// Method: random bytes in random pieces against a plain split.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Lines } from '../../../src/cli/lines.ts'

function linesOf(chunks: readonly Uint8Array[], maxBytes?: number): string[] {
  const lines = new Lines(maxBytes === undefined ? {} : { maxBytes })
  const found = chunks.flatMap((chunk) => [...lines.push(chunk)])
  const last = lines.end()
  if (last !== null) found.push(last)
  expect(lines.count).toBe(found.length)
  return found.map((line) => Buffer.from(line).toString('latin1'))
}

test('lines are what stands between line feeds, whatever the pieces', () => {
  const byte = fc.oneof(fc.constant(10), fc.constant(13), fc.nat(255))
  const pieces = fc.array(fc.array(byte, { maxLength: 9 }))
  fc.assert(
    fc.property(pieces, (chunks) => {
      const whole = Buffer.from(chunks.flat()).toString('latin1')
      const expected = whole.split('\n')
      if (expected.at(-1) === '') expected.pop()
      expect(linesOf(chunks.map((chunk) => Uint8Array.from(chunk)))).toEqual(expected)
    }),
  )
})

test('an empty line is a line, an empty end is none', () => {
  expect(linesOf([Buffer.from('a\n\n')])).toEqual(['a', ''])
  expect(linesOf([])).toEqual([])
  expect(linesOf([Buffer.from('\r\n')])).toEqual(['\r'])
})

test('a line without end is refused before it fills the memory', () => {
  const lines = new Lines({ maxBytes: 10 })
  expect([...lines.push(Buffer.from('short\n1234567890'))]).toHaveLength(1)
  expect(() => [...lines.push(Buffer.from('x'))]).toThrow(/longer than 10 bytes/)
  expect(lines.count).toBe(2)
})

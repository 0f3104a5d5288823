// Goal: offsets that are committed in parts are all there, once, and no part is too large.
// Method: random offsets, put together again.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inParts } from '../../../src/client/group-admin.ts'

test('parts of offsets are the whole', () => {
  const topics = fc.dictionary(fc.string({ maxLength: 3 }), fc.array(fc.nat(), { maxLength: 9 }))
  fc.assert(
    fc.property(topics, fc.integer({ min: 1, max: 7 }), (given, size) => {
      const offsets = new Map(
        Object.entries(given).map(([topic, all]) => [topic, new Map(all.entries())]),
      )
      const parts = [...inParts(offsets, size)]
      const counts = parts.map((part) => [...part.values()].reduce((sum, one) => sum + one.size, 0))
      expect(counts.slice(0, -1).every((count) => count === size)).toBe(true)
      expect(counts.every((count) => count > 0 && count <= size)).toBe(true)
      const flat = (of: Iterable<readonly [string, ReadonlyMap<number, number>]>) =>
        [...of].flatMap(([topic, all]) => [...all].map((one) => [topic, ...one]))
      expect(parts.flatMap((part) => flat(part))).toEqual(flat(offsets))
    }),
  )
})

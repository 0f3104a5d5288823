/**
 * Goal: the persistent map behaves as a Map with sorted keys, never touches an older version of
 * itself, and shares all but a logarithmic number of nodes between versions.
 * Method: random edits against a Map; every version made on the way is checked again at the end.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ImmutableMap } from '../../../src/base/immutable-map.ts'

const edits = fc.array(
  fc.oneof(
    fc.record({ key: fc.nat(40), value: fc.nat(5) }),
    fc.record({ key: fc.nat(40), value: fc.constant(null) }),
  ),
  { maxLength: 200 },
)

const sorted = (model: ReadonlyMap<number, number>) => [...model].sort(([a], [b]) => a - b)

describe('ImmutableMap', () => {
  test('is a Map in key order, and every old version stays what it was', () => {
    fc.assert(
      fc.property(edits, (steps) => {
        const model = new Map<number, number>()
        let map = ImmutableMap.empty<number, number>()
        const versions: { map: ImmutableMap<number, number>; entries: [number, number][] }[] = []
        for (const { key, value } of steps) {
          if (value === null) model.delete(key)
          else model.set(key, value)
          map = value === null ? map.delete(key) : map.set(key, value)
          expect(map.get(key)).toBe(value ?? undefined)
          versions.push({ map, entries: sorted(model) })
        }
        for (const version of versions) {
          expect([...version.map]).toEqual(version.entries)
          expect(version.map.size).toBe(version.entries.length)
        }
      }),
    )
  })

  test('takes many entries at once as one after the other, few or many', () => {
    const entries = fc.array(fc.tuple(fc.nat(60), fc.nat(5)), { maxLength: 80 })
    fc.assert(
      fc.property(entries, entries, (before, added) => {
        const model = new Map([...before, ...added])
        const map = ImmutableMap.from(before).setAll(new Map(added))
        expect([...map]).toEqual(sorted(model))
        expect(map.size).toBe(model.size)
        expect(map.height).toBeLessThanOrEqual(1.45 * Math.log2(map.size + 2))
        // And it is still a balanced tree to go on with.
        const [first] = map.keys()
        expect([...(first === undefined ? map : map.delete(first))]).toEqual(sorted(model).slice(1))
      }),
    )
  })

  test('an edit that changes nothing gives the same map', () => {
    const map = ImmutableMap.from<string, number>([['a', 1]])
    expect(map.set('a', 1)).toBe(map)
    expect(map.delete('b')).toBe(map)
  })

  test('keys, values and forEach agree with entries', () => {
    const map = ImmutableMap.from([
      ['b', 2],
      ['a', 1],
      ['c', 3],
    ] as const)
    const seen: [string, number][] = []
    map.forEach((value, key) => seen.push([key, value]))
    expect(seen).toEqual([...map])
    expect([...map.keys()]).toEqual(['a', 'b', 'c'])
    expect([...map.values()]).toEqual([1, 2, 3])
  })

  test('stays balanced whatever the order of insertion: a lookup compares few keys', () => {
    const SIZE = 10_000
    for (const keyAt of [
      (i: number) => i,
      (i: number) => SIZE - i,
      (i: number) => (i * 7919) % SIZE,
    ]) {
      let map = ImmutableMap.empty<number, number>()
      for (let index = 0; index < SIZE; index += 1) map = map.set(keyAt(index), index)
      // An AVL tree of n nodes is at most 1.44 log2(n) high.
      expect(map.height).toBeLessThanOrEqual(1.45 * Math.log2(SIZE + 2))
    }
  })
})

// Goal: what is known of written entries is the last that was said, takes bounded room that views
// share, and a view that has none left makes way for itself and for nobody else.
// Method: random sayings against a plain map of everything that was ever said.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HashRoom, KnownHashes } from '../../../../src/coordinator/view/known-hashes.ts'

const hash = (first: number) => ({ first, second: -first })

test('it says the last that it was told, or nothing', () => {
  const said = fc.tuple(fc.nat(1), fc.nat(9), fc.option(fc.nat(99)))
  fc.assert(
    fc.property(fc.array(said, { maxLength: 60 }), fc.nat(8), (sayings, entries) => {
      const room = new HashRoom(entries)
      const views = [new KnownHashes(room), new KnownHashes(room)]
      const all = new Map<string, number | null>()
      for (const [view, key, value] of sayings) {
        all.set(`${view} ${key}`, value)
        views[view]?.set(`${key}`, value === null ? null : hash(value))
        const known = [...all].filter(([name]) => {
          const [of, its = ''] = name.split(' ')
          return views[Number(of)]?.get(its) !== undefined
        })
        expect(known.length).toBeLessThanOrEqual(entries)
        for (const [name, last] of known) {
          const [of, its = ''] = name.split(' ')
          expect(views[Number(of)]?.get(its)).toEqual(last === null ? null : hash(last))
        }
      }
    }),
  )
})

test('the one that was written longest ago goes first, and never one of another view', () => {
  const room = new HashRoom(3)
  const [one, other] = [new KnownHashes(room), new KnownHashes(room)]
  other.set('a', hash(1))
  one.set('a', hash(1))
  one.set('b', hash(2))
  one.set('a', hash(3))
  one.set('c', hash(4))
  expect(['a', 'b', 'c'].map((key) => one.get(key))).toEqual([hash(3), undefined, hash(4)])
  expect(other.get('a')).toEqual(hash(1))
})

test('a view that knows nothing any more leaves its room to the others', () => {
  const room = new HashRoom(2)
  const [one, other] = [new KnownHashes(room), new KnownHashes(room)]
  for (const key of ['a', 'b']) one.set(key, hash(1))
  other.set('a', hash(2))
  expect(other.get('a')).toBeUndefined()
  one.clear()
  for (const key of ['a', 'b']) other.set(key, hash(2))
  expect([one.get('a'), other.get('a'), other.get('b')]).toEqual([undefined, hash(2), hash(2)])
})

test('one of many that makes way takes others with it, those that were written first', () => {
  const room = new HashRoom(64)
  const view = new KnownHashes(room)
  for (let key = 0; key < 64; key += 1) view.set(`${key}`, hash(key))
  view.set('64', hash(64))
  const known = Array.from({ length: 65 }, (_, key) => view.get(`${key}`) !== undefined)
  expect(known.map((isKnown, key) => (isKnown ? -1 : key)).filter((key) => key >= 0)).toEqual([
    0, 1,
  ])
  view.set('65', hash(65))
  expect(view.get('2')).toBeDefined()
})

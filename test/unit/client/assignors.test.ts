// Goal: every partition of a topic somebody wants has exactly one owner, who wants it; shares
// differ by one at most; who leads does not matter.
// Method: examples, and random groups.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignors, type Subscriber } from '../../../src/client/assignors.ts'

const subscriber = (memberId: string, ...topics: string[]): Subscriber => ({
  ...{ memberId, groupInstanceId: null, topics },
})
const shown = (assigned: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>) =>
  Object.fromEntries([...assigned].map(([id, topics]) => [id, Object.fromEntries(topics)]))
const assignorOf = (name: string) => {
  const found = assignors.get(name)
  if (!found) throw new Error(`there is no ${name}`)
  return found
}

test('range: consecutive ones, the first get more', () => {
  const members = [subscriber('b', 'x', 'y'), subscriber('a', 'x', 'y'), subscriber('c', 'y')]
  const partitions = new Map([
    ['x', 5],
    ['y', 2],
  ])
  expect(shown(assignorOf('range')(members, partitions))).toEqual({
    ...{ a: { x: [0, 1, 2], y: [0] }, b: { x: [3, 4], y: [1] }, c: {} },
  })
})

test('round robin: in turn, past those who do not want it', () => {
  const members = [subscriber('b', 'x', 'y'), subscriber('a', 'x')]
  const partitions = new Map([
    ['y', 2],
    ['x', 3],
  ])
  expect(shown(assignorOf('roundrobin')(members, partitions))).toEqual({
    ...{ a: { x: [0, 2] }, b: { x: [1], y: [0, 1] } },
  })
})

test('static members come first, by their names', () => {
  const named = { ...subscriber('z', 'x'), groupInstanceId: 'one' }
  const partitions = new Map([['x', 3]])
  expect(shown(assignorOf('range')([subscriber('a', 'x'), named], partitions))).toEqual({
    ...{ z: { x: [0, 1] }, a: { x: [2] } },
  })
})

describe.each([...assignors.keys()])('%s', (name) => {
  const topics = fc.subarray(['p', 'q', 'r'], { minLength: 0 })
  const groups = fc.uniqueArray(
    fc.record({ memberId: fc.stringMatching(/^[0-9a-f]{0,4}$/), topics }),
    {
      ...{ selector: ({ memberId }) => memberId, minLength: 1, maxLength: 8 },
    },
  )
  const counts = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20))

  test('one owner each, whoever leads', () => {
    fc.assert(
      fc.property(groups, counts, (wishes, [p, q, r]) => {
        const members = wishes.map(({ memberId, topics: wanted }) =>
          subscriber(memberId, ...wanted),
        )
        const partitions = new Map([
          ...([['p', p] as const, ['q', q] as const, ['r', r] as const] as const),
        ])
        const assigned = assignorOf(name)(members, partitions)
        expect([...assigned.keys()].sort()).toEqual(members.map((one) => one.memberId).sort())
        for (const [topic, count] of partitions) {
          const wanting = members.filter((one) => one.topics.includes(topic))
          const owned = members.map((one) => assigned.get(one.memberId)?.get(topic) ?? [])
          const all = owned.flat().sort((a, b) => a - b)
          expect(all).toEqual(
            wanting.length === 0 ? [] : Array.from({ length: count }, (_, n) => n),
          )
          members.forEach((one, index) => {
            if (!one.topics.includes(topic)) expect(owned[index]).toEqual([])
          })
          if (name !== 'range' || wanting.length === 0) continue
          const shares = wanting.map((one) => assigned.get(one.memberId)?.get(topic)?.length ?? 0)
          expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
        }
        expect(shown(assignorOf(name)([...members].reverse(), partitions))).toEqual(shown(assigned))
      }),
    )
  })
})

/**
 * Goal: replicas are spread evenly over racks and brokers, never two on one broker, and a broker
 * out of service never leads. Method: placements for many seeds, counted; whatever the draw, the
 * counts must come out.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asNodeId, type NodeId } from '../../../src/base/ids.ts'
import { placeReplicas, type UsableBroker } from '../../../src/controller/placement.ts'
import { seededRandom } from './seeded-random.ts'

/** `a1 a2 b3-` is brokers 1 and 2 in rack a, and 3, fenced, in rack b; `1` is in no rack. */
function brokers(text: string): UsableBroker[] {
  return text.split(' ').map((word) => {
    const [, rack, id, fenced] = /^([a-z]?)(\d+)(-?)$/.exec(word) ?? []
    return { nodeId: asNodeId(Number(id)), rack: rack || null, fenced: fenced === '-' }
  })
}

function place(text: string, partitions: number, replicationFactor: number, seed: number) {
  const placed = placeReplicas(brokers(text), { partitions, replicationFactor }, seededRandom(seed))
  if ('message' in placed) throw new Error(placed.message)
  return placed
}

function spread(ids: readonly (NodeId | undefined)[], of: readonly UsableBroker[]): number {
  const counts = of.map(({ nodeId }) => ids.filter((id) => id === nodeId).length)
  return Math.max(...counts) - Math.min(...counts)
}

const seeds = fc.nat()

describe('placement', () => {
  test.each(['1 2 3', 'a1 a2 b3 b4', 'a1 b2 c3', 'a1 a2 b3 b4 c5 c6', '1'])(
    'leads and follows evenly on %s',
    (text) => {
      const all = brokers(text)
      for (const replicationFactor of all.map((_, index) => index + 1))
        fc.assert(
          fc.property(seeds, (seed) => {
            const placed = place(text, 4 * all.length, replicationFactor, seed)
            const leaders = placed.map(([leader]) => leader)
            expect(spread(leaders, all)).toBe(0)
            expect(placed.every((replicas) => replicas.length === replicationFactor)).toBe(true)
            expect(placed.every((replicas) => new Set(replicas).size === replicationFactor)).toBe(
              true,
            )
            expect(spread(placed.flat(), all)).toBeLessThanOrEqual(replicationFactor)
          }),
          { numRuns: 50 },
        )
    },
  )

  test('puts as many racks as it can under one partition', () => {
    const rackOf = new Map(brokers('a1 a2 a3 b4 b5 c6').map(({ nodeId, rack }) => [nodeId, rack]))
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 6 }), (seed, replicationFactor) => {
        for (const replicas of place('a1 a2 a3 b4 b5 c6', 12, replicationFactor, seed))
          expect(new Set(replicas.map((id) => rackOf.get(id))).size).toBe(
            Math.min(3, replicationFactor),
          )
      }),
    )
  })

  test('lets fenced brokers follow, but never lead', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const [leader, ...followers] of place('a1 a2- b3- b4-', 8, 4, seed)) {
          expect(leader).toBe(1)
          expect(followers).toHaveLength(3)
        }
      }),
    )
  })

  test('prefers brokers in service as followers', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const replicas of place('1 2 3- 4-', 8, 2, seed))
          expect([...replicas].sort()).toEqual([1, 2])
      }),
    )
  })

  test('does not begin every topic at the same broker', () => {
    const first = new Set(
      Array.from({ length: 50 }, (_, seed) => place('1 2 3', 1, 1, seed)[0]?.[0]),
    )
    expect(first.size).toBe(3)
  })

  test('says why it cannot place', () => {
    const none = seededRandom(1)
    expect(placeReplicas(brokers('1'), { partitions: 1, replicationFactor: 3 }, none)).toEqual({
      message: '3 replicas need as many brokers, and 1 can take replicas',
    })
    expect(placeReplicas(brokers('1-'), { partitions: 1, replicationFactor: 1 }, none)).toEqual({
      message: 'no broker is in service',
    })
  })
})

/**
 * Goal: whatever members do, and whatever becomes of their coordinator, no partition has two owners
 * in one generation (F4), a generation means the same to all (F5, F6), an acknowledged commit stays
 * (F2), the records say what the shard says, and nobody waits for ever (F9). Method: random
 * histories in the world of `group-world.ts`. `FUZZ_EFFORT=50` runs fifty times as many.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Event } from './group-world.ts'
import { GroupWorld } from './group-world.ts'

const EFFORT = Number(process.env.FUZZ_EFFORT ?? 1)

/** How often things happen, beside each other. */
const WEIGHTS: readonly (readonly [Event['what'], number])[] = [
  ['everybody', 12],
  ['work', 6],
  ['join', 1],
  ['sync', 1],
  ['heartbeat', 1],
  ['commit', 4],
  ['leave', 1],
  ['crash', 1],
  ['change', 1],
  ['time', 8],
  ['replicate', 10],
  ['fail-over', 1],
  ['refuse', 1],
]

const event: fc.Arbitrary<Event> = fc.record({
  what: fc.oneof(...WEIGHTS.map(([what, weight]) => ({ weight, arbitrary: fc.constant(what) }))),
  who: fc.nat({ max: 4 }),
  roll: fc.nat({ max: 0xffff }),
})

test('nothing that must never be comes to be', () => {
  let [told, assigned] = [0, 0]
  fc.assert(
    fc.property(fc.array(event, { minLength: 80, maxLength: 300, size: 'max' }), (events) => {
      const world = new GroupWorld()
      expect(world.run(events)).toEqual([])
      told += world.reached.told
      assigned += world.reached.assigned
    }),
    { numRuns: 200 * EFFORT },
  )
  // Otherwise the histories say nothing.
  expect(told).toBeGreaterThan(200 * EFFORT)
  expect(assigned).toBeGreaterThan(150 * EFFORT)
})

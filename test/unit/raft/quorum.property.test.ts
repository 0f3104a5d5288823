/**
 * Goal: the arithmetic under the core is right for every input, not only for those that scenarios
 * happen to have.
 * Method: random inputs against definitions that are too slow or too simple to be wrong: a quorum
 * is a set of voters, a log an array, the term of an index what stands there.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Configuration, ReplicaKey } from '../../../src/raft/configuration.ts'
import { entering, leaving, votingSets } from '../../../src/raft/configuration.ts'
import { Inflight } from '../../../src/raft/inflight.ts'
import { Progress } from '../../../src/raft/progress.ts'
import { majorityOf, reachedByQuorum, voteResult } from '../../../src/raft/quorum.ts'
import { TermRuns } from '../../../src/raft/term-runs.ts'
import { keys } from './world.ts'

const NAMES = keys('1', '2', '3', '4', '5', '6', '7')

const voters = fc.subarray(NAMES, { minLength: 1, maxLength: 5 })

const configuration: fc.Arbitrary<Configuration> = fc
  .record({ voters, outgoing: fc.oneof(fc.constant([]), voters), learners: fc.subarray(NAMES) })
  .map((of) => ({ ...of, learners: of.learners.filter((name) => !of.voters.includes(name)) }))

/** All subsets of all replicas, each of which may be a quorum. */
const subsets: readonly ReadonlySet<ReplicaKey>[] = Array.from(
  { length: 2 ** NAMES.length },
  (_, bits) => new Set(NAMES.filter((_name, at) => (bits >> at) & 1)),
)

/** By definition: more than half of every set of voters. */
const isQuorum = (of: Configuration, set: ReadonlySet<ReplicaKey>) =>
  votingSets(of).every((all) => all.filter((voter) => set.has(voter)).length * 2 > all.length)

describe('a quorum', () => {
  test('is more than half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (count) => {
        const majority = majorityOf(count)
        expect(majority * 2).toBeGreaterThan(count)
        expect((majority - 1) * 2).toBeLessThanOrEqual(count)
      }),
    )
  })

  test('has reached the largest value that all of some quorum have', () => {
    const values = fc.array(fc.nat(9), { minLength: NAMES.length, maxLength: NAMES.length })
    fc.assert(
      fc.property(configuration, values, (of, reached) => {
        const valueOf = (name: ReplicaKey) => reached[NAMES.indexOf(name)] ?? 0
        const smallest = (set: ReadonlySet<ReplicaKey>) => Math.min(...[...set].map(valueOf))
        const best = subsets.filter((set) => isQuorum(of, set)).map(smallest)
        expect(reachedByQuorum(of, valueOf)).toBe(Math.max(...best))
      }),
    )
  })

  test('has voted when one granted; cannot any more when every one has a refusal', () => {
    const ballots = fc.array(fc.option(fc.boolean()), {
      minLength: NAMES.length,
      maxLength: NAMES.length,
    })
    fc.assert(
      fc.property(configuration, ballots, (of, given) => {
        const votes = new Map<ReplicaKey, boolean>()
        for (const [at, name] of NAMES.entries()) {
          const vote = given[at]
          if (vote !== null && vote !== undefined) votes.set(name, vote)
        }
        const granted = new Set(NAMES.filter((name) => votes.get(name) === true))
        const possible = new Set(NAMES.filter((name) => votes.get(name) !== false))
        const expected = isQuorum(of, granted) ? 'won' : isQuorum(of, possible) ? 'pending' : 'lost'
        expect(voteResult(of, votes)).toBe(expected)
      }),
    )
  })

  test('of one configuration intersects every quorum of the next', () => {
    fc.assert(
      fc.property(voters, voters, fc.subarray(NAMES), (before, after, learners) => {
        const old: Configuration = { voters: before, outgoing: [], learners }
        const joint = entering(old, after)
        for (const [one, next] of [
          [old, joint],
          [joint, leaving(joint)],
        ] as const) {
          const nextQuorums = subsets.filter((set) => isQuorum(next, set))
          for (const quorum of subsets.filter((set) => isQuorum(one, set)))
            expect(nextQuorums.some((set) => [...set].every((name) => !quorum.has(name)))).toBe(
              false,
            )
        }
      }),
      { numRuns: 20 },
    )
  })

  test('without a joint step between, need not', () => {
    const one: Configuration = { voters: keys('1', '2', '3'), outgoing: [], learners: [] }
    const other: Configuration = { voters: keys('3', '4', '5'), outgoing: [], learners: [] }
    expect(isQuorum(one, new Set(keys('1', '2')))).toBe(true)
    expect(isQuorum(other, new Set(keys('4', '5')))).toBe(true)
  })
})

test('a learner that becomes a voter is no learner any more, and nobody is lost while two sets are in force', () => {
  fc.assert(
    fc.property(voters, voters, fc.subarray(NAMES), (before, after, learners) => {
      const joint = entering({ voters: before, outgoing: [], learners }, after)
      expect(joint.learners.filter((name) => after.includes(name))).toEqual([])
      expect(joint.outgoing).toEqual(before)
      expect(leaving(joint)).toEqual({ voters: after, outgoing: [], learners: joint.learners })
    }),
  )
})

describe('the terms of a log', () => {
  type Step =
    | { readonly type: 'note'; readonly more: number }
    | { readonly type: 'truncate'; readonly back: number }
    | { readonly type: 'forget'; readonly ahead: number }
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ type: fc.constant('note'), more: fc.nat(2) }) },
    fc.record({ type: fc.constant('truncate'), back: fc.nat(5) }),
    fc.record({ type: fc.constant('forget'), ahead: fc.nat(5) }),
  )

  /** Every index with its term; the first is where the log begins. */
  function run(steps: readonly Step[]) {
    const naive: { index: number; term: number }[] = [{ index: 3, term: 2 }]
    const runs = new TermRuns(3, 2)
    for (const of of steps) {
      const last = naive.at(-1) as { index: number; term: number }
      if (of.type === 'note') {
        naive.push({ index: last.index + 1, term: last.term + of.more })
        runs.note(last.index + 1, last.term + of.more)
      } else if (of.type === 'truncate') {
        naive.length = Math.max(1, naive.length - of.back)
        runs.truncateFrom((naive.at(-1)?.index ?? 0) + 1)
      } else {
        naive.splice(0, Math.min(of.ahead, naive.length - 1))
        runs.forgetBefore(naive[0]?.index ?? 0)
      }
    }
    return { naive, runs }
  }

  test('are those that were noted and neither truncated nor forgotten', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { naive, runs } = run(steps)
        for (const { index, term } of naive) expect(runs.at(index)).toBe(term)
      }),
    )
  })

  test('say where a term of at most so much was last seen', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(30), (steps, term) => {
        const { naive, runs } = run(steps)
        const first = naive[0]?.index
        for (const { index } of naive) {
          const found = naive.findLast((entry) => entry.index <= index && entry.term <= term)
          expect(runs.lastAtMost(index, term)).toBe(found?.index ?? first)
        }
      }),
    )
  })
})

describe('what is in flight', () => {
  test('is what was sent and not released; the window is full by count or by bytes', () => {
    const LIMITS = { appends: 4, bytes: 50 }
    const send = fc.record({ entries: fc.integer({ min: 1, max: 3 }), bytes: fc.nat(40) })
    const release = fc.nat(40)
    fc.assert(
      fc.property(fc.array(fc.oneof(send, release), { maxLength: 60 }), (steps) => {
        const inflight = new Inflight(LIMITS)
        let naive: { lastIndex: number; bytes: number }[] = []
        let last = 0
        for (const of of steps) {
          if (typeof of === 'number') {
            inflight.release(of)
            naive = naive.filter(({ lastIndex }) => lastIndex > of)
          } else if (!inflight.isFull) {
            last += of.entries
            inflight.add(last, of.bytes)
            naive.push({ lastIndex: last, bytes: of.bytes })
          }
          const bytes = naive.reduce((sum, sent) => sum + sent.bytes, 0)
          expect(inflight.count).toBe(naive.length)
          expect(inflight.isFull).toBe(naive.length >= LIMITS.appends || bytes >= LIMITS.bytes)
        }
      }),
    )
  })
})

describe('the progress of a replica', () => {
  test('never falls, is behind what is sent next, and is sent for within the window', () => {
    const APPENDS_MAX = 3
    const move = fc.oneof(
      fc.record({ type: fc.constant('send'), size: fc.nat(3) }),
      fc.record({ type: fc.constant('acknowledge'), size: fc.nat(30) }),
      fc.record({ type: fc.constant('probe'), size: fc.nat(5) }),
      fc.record({ type: fc.constantFrom('snapshot', 'unpause'), size: fc.constant(0) }),
    )
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        const limits = { appends: APPENDS_MAX, bytes: 1_000 }
        const progress = new Progress({ session: 1, next: 5, now: 0, limits })
        for (const { type, size } of moves) {
          const { match } = progress
          if (type === 'send' && !progress.isPaused) progress.sent(progress.next - 1 + size, size)
          else if (type === 'acknowledge') {
            expect(progress.acknowledge(size)).toBe(size > match)
            expect(progress.match).toBe(Math.max(match, size))
            expect(progress.state).toBe('replicate')
          } else if (type === 'probe') progress.probe(match + 1 + size)
          else if (type === 'snapshot') progress.waitForSnapshot()
          else if (type === 'unpause') progress.unpause()
          expect(progress.match).toBeGreaterThanOrEqual(match)
          expect(progress.next).toBeGreaterThan(progress.match)
          expect(progress.inflightCount).toBeLessThanOrEqual(APPENDS_MAX)
          if (progress.state === 'snapshot') expect(progress.isPaused).toBe(true)
          if (progress.state !== 'replicate') expect(progress.inflightCount).toBe(0)
        }
      }),
    )
  })
})

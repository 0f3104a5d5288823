// Goal: sessions follow Kafka's rules: what is news, how epochs go on, who gives way to whom.
// Method: the pure rules, case by case.
import { describe, expect, test } from 'vitest'
import type { Aged, Tellable } from '../../../src/replication/fetch-session-state.ts'
import {
  EVICTION_MIN_MS,
  isNews,
  isStale,
  leastWorthy,
  nextEpoch,
  TOLD_NOTHING,
  toldBy,
} from '../../../src/replication/fetch-session-state.ts'
import { errors } from '../../../src/wire/errors.ts'

const quiet: Tellable = {
  errorCode: errors.NONE,
  highWatermark: 7,
  logStartOffset: 2,
  sizeBytes: 0,
}

test.each([
  [1, 2],
  [2, 3],
  [0x7fff_fffe, 0x7fff_ffff],
  [0x7fff_ffff, 1],
])('after epoch %i comes %i', (epoch, next) => {
  expect(nextEpoch(epoch)).toBe(next)
})

describe('news', () => {
  const told = toldBy(quiet)

  test('the same again is none', () => {
    expect(isNews(told, quiet)).toBe(false)
  })

  test.each<[string, Partial<Tellable>]>([
    ['records', { sizeBytes: 1 }],
    ['another high watermark', { highWatermark: 8 }],
    ['another log start', { logStartOffset: 3 }],
    ['an error', { errorCode: errors.NOT_LEADER_OR_FOLLOWER }],
    ['a diverging epoch', { divergingEpoch: { leaderEpoch: 1, endOffset: 2 } }],
  ])('%s: yes', (_, change) => {
    expect(isNews(told, { ...quiet, ...change })).toBe(true)
  })

  test.each<[string, Partial<Tellable>]>([
    ['an error', { errorCode: errors.NOT_LEADER_OR_FOLLOWER }],
    ['a diverging epoch', { divergingEpoch: { leaderEpoch: 1, endOffset: 2 } }],
  ])('%s is news each time, and so is its end', (_, change) => {
    const bad = { ...quiet, ...change }
    expect(isNews(toldBy(bad), bad)).toBe(true)
    expect(isNews(toldBy(bad), quiet)).toBe(true)
  })

  test('whoever was told nothing is told of an empty partition', () => {
    expect(isNews(TOLD_NOTHING, { ...quiet, highWatermark: 0, logStartOffset: 0 })).toBe(true)
  })
})

describe('giving way', () => {
  const now = 1_000_000
  const ripe = now - EVICTION_MIN_MS - 1
  const session = (over: Partial<Aged> & { name?: string }) => ({
    name: 'it',
    privileged: false,
    size: 10,
    createdMs: ripe,
    lastUsedMs: now,
    ...over,
  })
  const evicted = (sessions: ReturnType<typeof session>[], size: number, privileged = false) =>
    leastWorthy(sessions, { size, privileged }, now)?.name ?? null

  test('a session is stale after two minutes without use, not before', () => {
    expect(isStale(session({ lastUsedMs: now - EVICTION_MIN_MS }), now)).toBe(false)
    expect(isStale(session({ lastUsedMs: now - EVICTION_MIN_MS - 1 }), now)).toBe(true)
  })

  test('a smaller one gives way to a larger one', () => {
    expect(evicted([session({})], 11)).toBe('it')
    expect(evicted([session({})], 10)).toBeNull()
    expect(evicted([session({})], 9)).toBeNull()
  })

  test('not in its first two minutes', () => {
    expect(evicted([session({ createdMs: now - EVICTION_MIN_MS })], 11)).toBeNull()
  })

  test('the smallest of all, whatever their order', () => {
    const sessions = [
      session({ size: 9 }),
      session({ size: 3, name: 'least' }),
      session({ size: 5 }),
    ]
    expect(evicted(sessions, 11)).toBe('least')
    expect(evicted(sessions.reverse(), 11)).toBe('least')
  })

  test("a follower's never gives way to a consumer's", () => {
    expect(evicted([session({ privileged: true, size: 1 })], 1_000)).toBeNull()
  })

  test("a consumer's gives way to a follower's, however young and large", () => {
    expect(evicted([session({ createdMs: now, size: 1_000 })], 1, true)).toBe('it')
  })

  test("a follower's gives way to a larger follower's, in time", () => {
    const young = session({ privileged: true, createdMs: now })
    expect(evicted([young], 11, true)).toBeNull()
    expect(evicted([{ ...young, createdMs: ripe }], 11, true)).toBe('it')
  })
})

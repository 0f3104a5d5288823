// Goal: sessions stay within their bounds in number and in bytes; the stale and the least go
// first; whoever finds no place has no session and loses nothing.
// Method: a clock that the test moves; sessions over partitions that nobody serves.
import { describe, expect, test } from 'vitest'
import { FetchPartition, FetchSession } from '../../../src/replication/fetch-session.ts'
import { FetchSessionCache } from '../../../src/replication/fetch-session-cache.ts'
import { EVICTION_MIN_MS, NO_SESSION } from '../../../src/replication/fetch-session-state.ts'
import { errors } from '../../../src/wire/errors.ts'
import { seededRandom } from '../controller/seeded-random.ts'
import { ManualClock } from '../log/fixture.ts'

const topic = { name: 't', topicId: null }
const locate = () => errors.UNKNOWN_TOPIC_OR_PARTITION
const wish = { currentLeaderEpoch: -1, fetchOffset: 0, lastFetchedEpoch: -1, maxBytes: 1 }
const result = {
  errorCode: errors.UNKNOWN_TOPIC_OR_PARTITION,
  highWatermark: -1,
  lastStableOffset: -1,
  logStartOffset: -1,
  chunks: [],
  sizeBytes: 0,
}

function sessionOf(size: number): FetchSession {
  const results = Array.from({ length: size }, (_, index) => ({
    entry: new FetchPartition(topic, index, locate),
    result,
  }))
  return new FetchSession(results, { usesTopicIds: false, locate, isolation: 'read-uncommitted' })
}

const bytesOf = (size: number) => sessionOf(size).sizeBytes

function newCache(slots: number, maxBytes = bytesOf(100)) {
  const clock = new ManualClock()
  const random = seededRandom(1)
  const cache = new FetchSessionCache({ slots, maxBytes }, { clock, random })
  const create = (size: number, privileged = false) => cache.create(sessionOf(size), { privileged })
  return { cache, clock, create }
}

describe('slots', () => {
  test('every session has an id of its own, above 0', () => {
    const { cache, create } = newCache(50)
    const ids = Array.from({ length: 50 }, () => create(1))
    expect(new Set(ids).size).toBe(50)
    expect(Math.min(...ids)).toBeGreaterThan(0)
    expect([cache.size, cache.sizeBytes]).toEqual([50, 50 * bytesOf(1)])
  })

  test('no slots, no sessions', () => {
    expect(newCache(0).create(1)).toBe(NO_SESSION)
  })

  test('a fetch of nothing has no session', () => {
    expect(newCache(1).create(0)).toBe(NO_SESSION)
  })

  test('when all are taken and in use, a newcomer gets none', () => {
    const { cache, create } = newCache(2)
    const ids = [create(5), create(5)]
    expect(create(50)).toBe(NO_SESSION)
    expect(ids.map((id) => cache.get(id)?.size)).toEqual([5, 5])
  })

  test('the one unused for longest goes first, however large', () => {
    const { cache, clock, create } = newCache(2)
    const [old, used] = [create(9), create(5)]
    clock.advance(EVICTION_MIN_MS + 1)
    cache.touch(used)
    const session = cache.get(old)
    expect(create(1)).not.toBe(NO_SESSION)
    expect([cache.get(old), session?.isClosed, cache.get(used)?.size]).toEqual([null, true, 5])
  })

  test('one in use gives way to a larger one, in time', () => {
    const { cache, clock, create } = newCache(1)
    const small = create(5)
    clock.advance(EVICTION_MIN_MS)
    cache.touch(small)
    expect(create(6)).toBe(NO_SESSION)
    clock.advance(1)
    cache.touch(small)
    expect(create(5)).toBe(NO_SESSION)
    expect(create(6)).not.toBe(NO_SESSION)
    expect([cache.size, cache.sizeBytes]).toEqual([1, bytesOf(6)])
  })
})

describe('bytes', () => {
  test('a session beyond all bounds has no place, and takes none from others', () => {
    const { cache, clock, create } = newCache(10, bytesOf(100))
    const small = create(1)
    clock.advance(EVICTION_MIN_MS + 1)
    expect(create(101)).toBe(NO_SESSION)
    expect(cache.get(small)).not.toBeNull()
  })

  test('several small ones give way to one that needs their room', () => {
    const { cache, clock, create } = newCache(10, 10 * bytesOf(10))
    for (let count = 0; count < 10; count += 1) create(10)
    clock.advance(EVICTION_MIN_MS + 1)
    expect(create(35)).not.toBe(NO_SESSION)
    expect([cache.size, cache.sizeBytes]).toEqual([7, 6 * bytesOf(10) + bytesOf(35)])
  })

  test('a session that outgrows them is closed, and the room is there again', () => {
    const { cache, create } = newCache(10, bytesOf(100))
    const id = create(10)
    const session = cache.get(id)
    for (let index = 0; index < 100; index += 1) session?.want(topic, index, wish)
    expect(cache.touch(id)).toBe(true)
    session?.want(topic, 100, wish)
    expect(cache.touch(id)).toBe(false)
    expect([cache.get(id), cache.sizeBytes, session?.isClosed]).toEqual([null, 0, true])
  })

  test('what was forgotten makes room', () => {
    const { cache, create } = newCache(10, bytesOf(30) + bytesOf(70))
    const id = create(60)
    for (let index = 0; index < 30; index += 1) cache.get(id)?.forget(topic, index)
    cache.touch(id)
    expect(cache.sizeBytes).toBe(bytesOf(30))
    expect(create(70)).not.toBe(NO_SESSION)
  })

  test('names count once for all partitions of a topic, and go with the last of them', () => {
    const named = (length: number) => ({ name: 'n'.repeat(length), topicId: null })
    const session = sessionOf(1)
    const before = session.sizeBytes
    session.want(named(200), 0, wish)
    const withTopic = session.sizeBytes
    session.want(named(200), 1, wish)
    const each = session.sizeBytes - withTopic
    session.want(named(249), 0, wish)
    expect(session.sizeBytes).toBe(before + 2 * (withTopic - before) + each + 49)
    for (const [length, index] of [
      [200, 0],
      [249, 0],
      [200, 1],
    ] as const)
      session.forget(named(length), index)
    expect([session.sizeBytes, session.size]).toEqual([before, 1])
  })

  test('closing twice, or what never was, is fine', () => {
    const { cache, create } = newCache(10)
    const id = create(3)
    cache.close(id)
    cache.close(id)
    cache.close(12345)
    expect([cache.size, cache.sizeBytes, cache.touch(id)]).toEqual([0, 0, false])
  })
})

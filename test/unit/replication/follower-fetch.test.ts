/**
 * Goal: a follower's fetch waits as long as there is nothing for it, and no longer: for records,
 * for a high watermark or log start beyond what it knows, for the end of its own news; and for
 * metadata that it has and the leader has not (S26). What it fetched is noted once. What catches up
 * takes little from what keeps up.
 * Method: real partitions on logs in memory, a session of a follower, a clock that the test moves.
 */
import { beforeEach, describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { fetch, type Fetched, type FetchOptions } from '../../../src/replication/fetch.ts'
import type { FetchWish, FetchPartition } from '../../../src/replication/fetch-session.ts'
import { FetchSession } from '../../../src/replication/fetch-session.ts'
import type { ReplicationQuotas } from '../../../src/replication/replication-quota-state.ts'
import { ReplicationQuota } from '../../../src/replication/replication-quota-state.ts'
import { errors } from '../../../src/wire/errors.ts'
import { ManualClock } from '../base/manual-clock.ts'
import { nodeIds } from '../metadata/images.ts'
import { openPartition, type TestPartition } from './partition-fixture.ts'

const TOPIC = { name: null, topicId: 'Zk1mJ5vVTqGm3oF8m8nXyg' }
const WAIT_MS = 500
const MIB = 1 << 20
const replica = { nodeId: asNodeId(2), brokerEpoch: 7 }

let clock: ManualClock
let led: TestPartition[]
let session: FetchSession
/** Of partition 0 alone. */
let quotas: ReplicationQuotas

const locate = (_: unknown, index: number) =>
  led[index]?.partition ?? errors.UNKNOWN_TOPIC_OR_PARTITION
const context = () => ({
  ...{ locate, isolation: 'log-end' as const, replica },
  nowMs: clock.monotonicMs(),
})

/** Node 1 leads them, 2 and 3 follow, all in sync. */
function lead(count: number, isr = [1, 2, 3]): void {
  led = Array.from({ length: count }, (_, index) =>
    openPartition(index, clock, {
      broker: () => ({ isActive: true, brokerEpoch: 7 }),
      topicOptions: { 'min.insync.replicas': '1', 'leader.replication.throttled.replicas': '0:1' },
      quotas,
    }),
  )
  for (const { tell } of led) tell({ ...registration, isr: nodeIds(...isr) })
  session = new FetchSession([], { usesTopicIds: true, ...context() })
}

const registration = {
  ...{ replicas: nodeIds(1, 2, 3), isr: nodeIds(1, 2, 3) },
  ...{ leaderEpoch: 4, partitionEpoch: 4 },
}

beforeEach(() => {
  clock = new ManualClock()
  quotas = { leader: new ReplicationQuota(), follower: new ReplicationQuota() }
  lead(1)
})

function wish(index: number, over: Partial<FetchWish> = {}): void {
  session.want(TOPIC, index, {
    ...{ currentLeaderEpoch: 4, fetchOffset: 0, lastFetchedEpoch: -1, maxBytes: MIB },
    ...{ highWatermark: 0, logStartOffset: 0 },
    ...over,
  })
}

/** A fetch of the session; what it tells, when it has ended. */
function poll(over: Partial<FetchOptions> = {}) {
  session.begin(context())
  const options: FetchOptions = {
    ...{ isolation: 'log-end', minBytes: 1, maxBytes: () => 10 * MIB, maxWaitMs: WAIT_MS },
    ...{ readsZstd: true, whenLeaving: () => () => {}, replica },
    ...over,
  }
  const outcome: { told: readonly Fetched<FetchPartition>[] | null } = { told: null }
  const ended = fetch(session, options, clock)
  const tell = (results: readonly Fetched<FetchPartition>[]) => {
    outcome.told = session.tell(results)
  }
  if (ended instanceof Promise) void ended.then(tell)
  else tell(ended)
  return outcome
}

/** Node 3 says what it has. */
function other(fetchOffset: number, { leaderEpoch = 4 } = {}): void {
  led[0]?.partition.read({
    ...{ currentLeaderEpoch: leaderEpoch, fetchOffset, lastFetchedEpoch: -1, isolation: 'log-end' },
    ...{ maxBytes: 0, atLeastOneBatch: false },
    follower: { nodeId: asNodeId(3), brokerEpoch: 7, flushedOffset: 0 },
  })
}

const append = (sizeBytes = 10, index = 0) => led[index]?.append(sizeBytes)
const watermark = (index = 0) => led[index]?.partition.log.highWatermark

describe('what ends the wait', () => {
  test('records', async () => {
    wish(0)
    const fetched = poll()
    await clock.advance(10)
    expect(fetched.told).toBeNull()
    append()
    await clock.advance(0)
    expect(fetched.told?.map(({ result }) => result.sizeBytes > 0)).toEqual([true])
  })

  test('records of 500 partitions at most, and the others are not even looked at', () => {
    lead(1_000)
    // Of these node 2 is not in sync: places are kept for them, too.
    for (let index = 900; index < 1_000; index += 1)
      led[index]?.tell({ ...registration, isr: nodeIds(1, 3), partitionEpoch: 5 })
    for (let index = 0; index < 1_000; index += 1) append(10, index)
    for (let index = 999; index >= 0; index -= 1) wish(index)
    const fed = () =>
      (poll().told ?? [])
        .filter(({ result }) => result.sizeBytes > 0)
        .map(({ entry }) => entry.index)
    const first = fed()
    expect(first.filter((index) => index < 900)).toHaveLength(450)
    expect(first.filter((index) => index >= 900)).toHaveLength(50)
    for (const index of first) wish(index, { fetchOffset: 1 })
    expect(session.dueCount).toBe(1_000)
    const second = fed()
    expect(new Set([...first, ...second])).toHaveProperty('size', 1_000)
  })

  test('a high watermark beyond what the follower knows', async () => {
    append()
    wish(0, { fetchOffset: 1 })
    const fetched = poll()
    await clock.advance(10)
    expect(fetched.told).toBeNull()
    other(1)
    await clock.advance(0)
    expect(fetched.told?.map(({ result }) => [result.highWatermark, result.sizeBytes])).toEqual([
      [1, 0],
    ])
  })

  test('a log start beyond what it knows', async () => {
    append()
    wish(0, { fetchOffset: 1, highWatermark: 1 })
    const fetched = poll()
    other(1)
    await clock.advance(WAIT_MS)
    const next = poll()
    led[0]?.partition.deleteRecords(1)
    await clock.advance(0)
    expect([fetched.told, next.told?.map(({ result }) => result.logStartOffset)]).toEqual([[], [1]])
  })

  test('not a high watermark of records that it has not got', async () => {
    lead(1, [1, 3])
    quotas.leader.limit(0, clock.monotonicMs())
    append()
    other(1)
    // Nothing of it is sent: it is held to a throttle.
    wish(0, { fetchOffset: 0, highWatermark: 0 })
    const fetched = poll()
    await clock.advance(0)
    append()
    other(2)
    await clock.advance(WAIT_MS - 1)
    expect([watermark(), fetched.told]).toEqual([2, null])
  })

  test('not a high watermark that it has', async () => {
    append()
    other(1)
    wish(0, { fetchOffset: 1, highWatermark: 1 })
    const fetched = poll()
    await clock.advance(WAIT_MS - 1)
    expect([watermark(), fetched.told]).toEqual([1, null])
  })

  test('that it has more to say', async () => {
    let hurry = () => {}
    wish(0)
    const fetched = poll({ whenLeaving: (action) => ((hurry = action), () => {}) })
    hurry()
    await clock.advance(0)
    expect(fetched.told).toEqual([])
  })
})

describe('news without records', () => {
  /** One more record, which both followers have; whether node 2 is told at once. */
  async function oneMore(offset: number): Promise<boolean> {
    append()
    wish(0, { fetchOffset: offset, highWatermark: offset - 1 })
    const fetched = poll()
    other(offset)
    await clock.advance(0)
    return fetched.told !== null
  }

  test('leaves at once, then not again for some milliseconds', async () => {
    expect(await oneMore(1)).toBe(true)
    await clock.advance(2)
    expect(await oneMore(2)).toBe(false)
    await clock.advance(20)
    expect(await oneMore(3)).toBe(true)
  })

  test('leaves with the records that come meanwhile', async () => {
    await oneMore(1)
    append()
    wish(0, { fetchOffset: 2, highWatermark: 1 })
    const fetched = poll()
    other(2)
    await clock.advance(0)
    expect(fetched.told).toBeNull()
    append()
    await clock.advance(0)
    expect(fetched.told?.map(({ result }) => [result.highWatermark, result.sizeBytes > 0])).toEqual(
      [[2, true]],
    )
  })

  test('leaves by itself when nothing comes', async () => {
    await oneMore(1)
    append()
    wish(0, { fetchOffset: 2, highWatermark: 1 })
    const fetched = poll()
    other(2)
    await clock.advance(9)
    expect(fetched.told).toBeNull()
    await clock.advance(1)
    expect(fetched.told?.map(({ result }) => result.highWatermark)).toEqual([2])
  })

  test('that was told before counts, not what the session told: an answer may be lost', async () => {
    append()
    other(1)
    wish(0, { fetchOffset: 1, highWatermark: 0 })
    expect(poll().told?.length).toBe(1)
    wish(0, { fetchOffset: 1, highWatermark: 0 })
    await clock.advance(20)
    expect(poll().told?.map(({ result }) => result.highWatermark)).toEqual([1])
  })
})

describe('a leader epoch that is not known here yet (S26)', () => {
  test('is waited for, and then read as if it had just been asked for', async () => {
    append()
    wish(0, { currentLeaderEpoch: 5, fetchOffset: 1, highWatermark: 1 })
    const fetched = poll()
    await clock.advance(100)
    other(1)
    expect([fetched.told, watermark()]).toEqual([null, 0])
    led[0]?.tell({ ...registration, leaderEpoch: 5, partitionEpoch: 5 })
    await clock.advance(0)
    // It counts now, and had only to be joined by the other one.
    other(1, { leaderEpoch: 5 })
    expect(watermark()).toBe(1)
    append()
    await clock.advance(0)
    expect(fetched.told?.map(({ result }) => [result.errorCode, result.sizeBytes > 0])).toEqual([
      [errors.NONE, true],
    ])
  })

  test('and is heard, too, when it comes together with what ends the fetch', async () => {
    lead(2)
    append()
    wish(0, { currentLeaderEpoch: 5, fetchOffset: 1, highWatermark: 1 })
    wish(1)
    const fetched = poll()
    // The other one is looked at first, and is enough.
    append(10, 1)
    led[0]?.tell({ ...registration, leaderEpoch: 5, partitionEpoch: 5 })
    other(1, { leaderEpoch: 5 })
    await clock.advance(0)
    expect(fetched.told?.some(({ entry }) => entry.index === 1)).toBe(true)
    expect(watermark()).toBe(1)
  })

  test('but no longer than half a second', async () => {
    wish(0, { currentLeaderEpoch: 5 })
    const fetched = poll({ maxWaitMs: 10_000 })
    await clock.advance(499)
    expect(fetched.told).toBeNull()
    await clock.advance(1)
    expect(fetched.told?.map(({ result }) => result.errorCode)).toEqual([
      errors.UNKNOWN_LEADER_EPOCH,
    ])
  })

  test('is refused a consumer at once', () => {
    wish(0, { currentLeaderEpoch: 5 })
    const fetched = poll({ replica: null })
    expect(fetched.told?.map(({ result }) => result.errorCode)).toEqual([
      errors.UNKNOWN_LEADER_EPOCH,
    ])
  })

  test('keeps nobody from records of another partition', async () => {
    lead(2)
    wish(0, { currentLeaderEpoch: 5 })
    wish(1)
    const fetched = poll()
    append(10, 1)
    await clock.advance(0)
    expect(fetched.told?.map(({ entry: { index }, result }) => [index, result.errorCode])).toEqual([
      [0, errors.UNKNOWN_LEADER_EPOCH],
      [1, errors.NONE],
    ])
  })

  test('an epoch that is over here is refused at once', () => {
    wish(0, { currentLeaderEpoch: 3 })
    expect(poll().told?.map(({ result }) => result.errorCode)).toEqual([errors.FENCED_LEADER_EPOCH])
  })
})

describe('what a fetch tells the leader', () => {
  test('counts when it comes, and not again when it is answered', async () => {
    append()
    other(1)
    wish(0, { fetchOffset: 1, highWatermark: 1 })
    poll({ maxWaitMs: 20_000 })
    await clock.advance(10_000)
    append()
    await clock.advance(25_000)
    append()
    // It has now what there was when it fetched for the last time: 35 seconds ago.
    wish(0, { fetchOffset: 2, highWatermark: 1 })
    poll()
    other(3)
    led[0]?.partition.reviewIsr()
    expect(led[0]?.partition.leading?.pending?.isr).toEqual([1, 3])
  })

  test('a follower at rest keeps in sync though its fetches name nothing', async () => {
    append()
    other(1)
    wish(0, { fetchOffset: 1, highWatermark: 1 })
    for (let rounds = 0; rounds < 100; rounds += 1) {
      poll()
      await clock.advance(WAIT_MS)
      other(1)
    }
    append()
    await clock.advance(0)
    led[0]?.partition.reviewIsr()
    expect(led[0]?.partition.leading?.pending).toBeNull()
  })

  test('one that stops fetching does not', async () => {
    append()
    other(1)
    wish(0, { fetchOffset: 1, highWatermark: 1 })
    poll()
    await clock.advance(20_000)
    append()
    await clock.advance(11_000)
    other(2)
    led[0]?.partition.reviewIsr()
    expect(led[0]?.partition.leading?.pending?.isr).toEqual([1, 3])
  })
})

describe('who catches up', () => {
  const sizes = (fetched: ReturnType<typeof poll>) =>
    new Map(fetched.told?.map(({ entry, result }) => [entry.index, result.sizeBytes] as const))

  beforeEach(() => {
    lead(12, [1, 3])
    // Of partition 0 node 2 is in sync; of the others it has nothing.
    led[0]?.tell({ ...registration, partitionEpoch: 5 })
    for (let index = 1; index < 12; index += 1)
      for (let count = 0; count < 8; count += 1) append(MIB / 4, index)
    for (let index = 11; index >= 0; index -= 1) wish(index)
  })

  test('fills the answer while nobody waits', () => {
    const bytes = [...sizes(poll()).values()].reduce((sum, size) => sum + size, 0)
    expect(bytes).toBeGreaterThan(8 * MIB)
  })

  test('comes behind what keeps up, and takes little beside it', () => {
    append()
    expect(poll().told?.[0]?.entry.index).toBe(0)
    append()
    wish(0, { fetchOffset: 1 })
    const second = poll()
    expect(second.told?.[0]?.entry.index).toBe(0)
    const others = [...sizes(second)].filter(([index]) => index > 0).map(([, size]) => size)
    expect(others.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MIB)
  })

  test('goes on all the same, each in its turn', async () => {
    const offsets = new Map<number, number>()
    for (let rounds = 0; rounds < 40; rounds += 1) {
      // Three batches fit a partition's share; at first all had one, and then one at a time.
      if (rounds === 12) expect(Math.min(...offsets.values())).toBe(6)
      append()
      wish(0, { fetchOffset: rounds })
      for (const { entry, result } of poll().told ?? []) {
        if (entry.index === 0 || result.sizeBytes === 0) continue
        const offset = (offsets.get(entry.index) ?? 0) + Math.floor(result.sizeBytes / (MIB / 4))
        offsets.set(entry.index, offset)
        wish(entry.index, { fetchOffset: offset })
      }
      await clock.advance(1)
    }
    expect([...offsets].filter(([, offset]) => offset >= 8)).toHaveLength(11)
  })
})

describe('a throttled replica (KIP-73)', () => {
  const RATE = MIB
  /** Partition 0, with 40 batches of a tenth of what a second allows, is behind by all of them. */
  function behind(isr = [1, 3]): void {
    lead(2, isr)
    quotas.leader.limit(RATE, clock.monotonicMs())
    for (let count = 0; count < 40; count += 1) append(RATE / 10)
  }

  /** Fetches as a follower does, for so long; the bytes of partition 0 that it was given. */
  async function follow(forMs: number): Promise<{ sizeBytes: number; rounds: number }> {
    const until = clock.monotonicMs() + forMs
    let [offset, sizeBytes, rounds] = [0, 0, 0]
    wish(1)
    while (clock.monotonicMs() < until) {
      wish(0, { fetchOffset: offset, highWatermark: 40 })
      const fetched = poll()
      rounds += 1
      while (fetched.told === null) await clock.advance(1)
      const bytes = fetched.told.find(({ entry }) => entry.index === 0)?.result.sizeBytes ?? 0
      sizeBytes += bytes
      offset += Math.floor(bytes / (RATE / 10))
    }
    return { sizeBytes, rounds }
  }

  test('is given what the rate allows and no more, and not asked to come all the time', async () => {
    behind()
    const { sizeBytes, rounds } = await follow(2_000)
    expect(sizeBytes / RATE).toBeGreaterThan(2)
    expect(sizeBytes / RATE).toBeLessThan(2.7)
    expect(rounds).toBeLessThan(60)
  })

  test('comes in parts of one MiB, however much the rate allows at once', async () => {
    behind()
    quotas.leader.limit(100 * RATE, clock.monotonicMs())
    wish(0, { fetchOffset: 0, highWatermark: 40 })
    const sizes = poll().told?.map(({ result }) => result.sizeBytes)
    expect(sizes).toHaveLength(1)
    expect((sizes?.[0] ?? 0) / MIB).toBeGreaterThan(0.8)
    expect((sizes?.[0] ?? 0) / MIB).toBeLessThanOrEqual(1)
  })

  test('does not hold back another partition', async () => {
    behind()
    quotas.leader.took(10 * RATE, clock.monotonicMs())
    wish(0)
    wish(1)
    const fetched = poll()
    append(10, 0)
    await clock.advance(1)
    expect(fetched.told).toBeNull()
    append(10, 1)
    await clock.advance(1)
    expect(fetched.told?.map(({ entry, result }) => [entry.index, result.sizeBytes > 0])).toEqual([
      [1, true],
    ])
  })

  test('is counted while it is in sync, and never held back', async () => {
    behind([1, 2, 3])
    const { sizeBytes } = await follow(200)
    expect(sizeBytes / RATE).toBeGreaterThan(3.9)
    expect(quotas.leader.delayMs(clock.monotonicMs())).toBeGreaterThan(2_000)
  })

  test('is held back by no rate that it is not given', async () => {
    behind()
    quotas.leader.limit(Infinity, clock.monotonicMs())
    expect((await follow(200)).sizeBytes / RATE).toBeGreaterThan(3.9)
  })
})

/**
 * Goal: whatever a leader and its follower went through, the follower's log becomes the leader's
 * byte for byte, and nothing that was committed is lost on the way (C3, C4, C10, C11): it cuts by
 * epoch and end offset, takes nothing that does not follow, and its bounds stay in order (C2).
 * Method: logs in memory and fetches without a network; each case by itself, then histories of
 * elections, old leaders that have not heard of them, and answers of one batch at a time.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Taken } from '../../../src/replication/follower-answer.ts'
import type { ReadResult } from '../../../src/replication/partition-requests.ts'
import type { ErrorCode } from '../../../src/wire/errors.ts'
import { errors } from '../../../src/wire/errors.ts'
import { Replicas } from './replicas.ts'

describe('what is taken', () => {
  test('records as the leader has them, and how far they count', () => {
    const replicas = elected(1)
    replicas.append('a', { count: 3 })
    replicas.settle()
    expect(replicas.bytes(2)).toEqual(replicas.bytes(1))
    expect([1, 2, 3].map((id) => replicas.bounds(id))).toEqual(Array(3).fill([0, 3, 3]))
  })

  test("the leader's log start", () => {
    const replicas = elected(1)
    replicas.append('a', { count: 3 })
    replicas.settle()
    replicas.partition(1).deleteRecords(2)
    replicas.settle()
    expect(replicas.bounds(2)).toEqual([2, 3, 3])
  })

  test('a high watermark beyond the own end counts to the end', () => {
    const replicas = elected(1)
    for (const value of ['a', 'b']) replicas.append(value)
    const result = { ...replicas.ask(2, { maxBytes: 1 }), highWatermark: 2 }
    replicas.take(2, result)
    expect(replicas.bounds(2)).toEqual([0, 1, 1])
  })
})

describe('what is refused', () => {
  /** The answer to a follower that has one record of two. */
  function halfway() {
    const replicas = elected(1)
    replicas.append('a')
    replicas.settle()
    replicas.append('b')
    return { replicas, result: replicas.ask(2) }
  }

  test('a batch of a later epoch than was asked in (KAFKA-18723)', () => {
    const { replicas, result } = halfway()
    const { leaderEpoch } = replicas
    expect(replicas.take(2, withEpoch(result, leaderEpoch + 1))).toEqual(corrupt)
    expect(replicas.bounds(2)[2]).toBe(1)
    expect(replicas.take(2, withEpoch(result, leaderEpoch))).toEqual(goesOn)
  })

  test('a batch of an earlier epoch than the log ends with', () => {
    const { replicas, result } = halfway()
    expect(replicas.take(2, withEpoch(result, replicas.leaderEpoch - 1))).toEqual(corrupt)
  })

  test('a damaged batch', () => {
    const { replicas, result } = halfway()
    const chunks = result.chunks.map((chunk) => Uint8Array.from(chunk))
    const [chunk] = chunks
    if (chunk) chunk[chunk.byteLength - 1] = (chunk[chunk.byteLength - 1] ?? 0) ^ 1
    expect(replicas.take(2, { ...result, chunks })).toEqual(corrupt)
    expect(replicas.bounds(2)).toEqual([0, 1, 1])
  })

  test('half a batch', () => {
    const { replicas, result } = halfway()
    const chunks = result.chunks.map((chunk) => chunk.subarray(0, chunk.byteLength - 1))
    expect(replicas.take(2, { ...result, chunks })).toEqual(corrupt)
  })

  test('a batch that is there already', () => {
    const { replicas, result } = halfway()
    replicas.take(2, result)
    expect(replicas.take(2, result)).toEqual({
      ...{ type: 'backs off', errorCode: errors.OFFSET_OUT_OF_RANGE },
    })
    expect(replicas.bounds(2)[2]).toBe(2)
  })

  test('anything, once another epoch has begun here', () => {
    const { replicas, result } = halfway()
    const { leaderEpoch } = replicas
    replicas.elect(3)
    expect(replicas.take(2, result, leaderEpoch)).toEqual(goesOn)
    expect(replicas.bounds(2)[2]).toBe(1)
    replicas.elect(2)
    expect(replicas.take(2, result, leaderEpoch)).toEqual(goesOn)
    expect(replicas.bounds(2)[2]).toBe(1)
  })
})

describe('what parted counts for nothing (C12)', () => {
  test('neither does what a diverging log ends with', () => {
    const replicas = elected(1)
    replicas.append('a')
    replicas.settle()
    replicas.elect(2, { informed: [2] })
    replicas.append('only 2')
    replicas.elect(1)
    replicas.append('b')
    for (const id of [3, 3]) replicas.fetch(id)
    expect(replicas.ask(2).divergingEpoch).toEqual({ leaderEpoch: 1, endOffset: 1 })
    expect(replicas.bounds(1)).toEqual([0, 1, 2])
  })

  test('nor what a process ends with whose successor was heard of', () => {
    const replicas = elected(1)
    replicas.append('a')
    for (const id of [2, 3, 3]) replicas.fetch(id)
    const { errorCode } = replicas.ask(2, { brokerEpoch: 0 })
    expect([errorCode, replicas.bounds(1)]).toEqual([errors.NOT_LEADER_OR_FOLLOWER, [0, 0, 1]])
  })
})

describe('errors', () => {
  const backsOff = [
    ...([errors.UNKNOWN_LEADER_EPOCH, errors.NOT_LEADER_OR_FOLLOWER] as const),
    ...([errors.UNKNOWN_TOPIC_ID, errors.KAFKA_STORAGE_ERROR] as const),
  ]
  test.each<[ErrorCode, Taken]>([
    [errors.FENCED_LEADER_EPOCH, { type: 'waits for metadata' }],
    [errors.OFFSET_OUT_OF_RANGE, { type: 'out of range' }],
    ...backsOff.map((errorCode): [ErrorCode, Taken] => [
      errorCode,
      { type: 'backs off', errorCode },
    ]),
  ])('%i', (errorCode, taken) => {
    const replicas = elected(1)
    const result = { ...replicas.ask(2), errorCode }
    expect(replicas.take(2, result)).toEqual(taken)
  })
})

describe('logs that parted', () => {
  test('what only an old leader has goes, and what follows comes', () => {
    const replicas = elected(1)
    replicas.append('a')
    replicas.settle()
    replicas.append('only here', { count: 5 })
    replicas.elect(2)
    replicas.append('b')
    expect(replicas.fetch(1)).toEqual(goesOn)
    expect(replicas.bounds(1)[2]).toBe(1)
    replicas.settle()
    expect(replicas.bytes(1)).toEqual(replicas.bytes(2))
  })

  test('three elections without a record in some epochs (KIP-279)', () => {
    const replicas = elected(1)
    replicas.append('a')
    replicas.settle()
    replicas.append('only 1')
    replicas.elect(2, { informed: [2] })
    replicas.append('only 2', { count: 2 })
    replicas.elect(3, { informed: [3] })
    replicas.elect(1, { informed: [1] })
    replicas.append('once more')
    for (const id of [1, 2, 3]) replicas.inform(id)
    replicas.settle()
    expect(replicas.bytes(2)).toEqual(replicas.bytes(1))
    expect(replicas.bytes(3)).toEqual(replicas.bytes(1))
  })

  test('what is below the high watermark stays through a failover of who was behind with it', () => {
    // KIP-101: a follower that cut to its own high watermark would lose `b`.
    const replicas = elected(1)
    replicas.append('a')
    replicas.settle()
    replicas.append('b')
    for (const id of [2, 3]) replicas.fetch(id)
    expect(replicas.bounds(2)).toEqual([0, 1, 2])
    replicas.elect(1)
    replicas.fetch(2)
    expect(replicas.bounds(2)[2]).toBe(2)
    replicas.elect(2)
    replicas.settle()
    expect([1, 2, 3].map((id) => replicas.bounds(id)[2])).toEqual([2, 2, 2])
  })

  test("what is committed stays where an old leader's own records go, whatever it knows", () => {
    const replicas = elected(1)
    replicas.append('a')
    for (const id of [2, 3, 2, 3]) replicas.fetch(id)
    // Committed, and 2 was told nothing of it.
    expect([replicas.bounds(1), replicas.bounds(2)]).toEqual([
      [0, 1, 1],
      [0, 0, 1],
    ])
    replicas.elect(2, { informed: [2] })
    replicas.append('only 2')
    replicas.elect(1)
    replicas.fetch(2)
    expect(replicas.bounds(2)[2]).toBe(1)
  })

  test('an epoch without records is forgotten even when nothing else goes', () => {
    const replicas = elected(1)
    replicas.append('a')
    replicas.settle()
    replicas.elect(2, { informed: [2] })
    replicas.elect(1)
    expect(replicas.partition(2).log.latestEpoch).toBe(2)
    expect(replicas.fetch(2)).toEqual(goesOn)
    expect([replicas.bounds(2)[2], replicas.partition(2).log.latestEpoch]).toEqual([1, 1])
  })
})

describe("out of the leader's range", () => {
  test('before its log start: everything goes, and the high watermark rises (KAFKA-9491)', () => {
    const replicas = elected(1)
    replicas.append('a')
    replicas.settle()
    for (const value of ['b', 'c']) replicas.append(value)
    for (let count = 0; count < 3; count += 1) replicas.fetch(3)
    // Without 2, which is the one to be left behind.
    replicas.isr = [1, 3]
    replicas.partitionEpoch += 1
    replicas.inform(1)
    replicas.clock.advance(60_000)
    replicas.partition(1).reviewHighWatermark()
    expect(replicas.partition(1).deleteRecords(3).errorCode).toBe(errors.NONE)
    expect(replicas.fetch(2)).toEqual(goesOn)
    expect(replicas.bounds(2)).toEqual([3, 3, 3])
    replicas.append('d')
    replicas.settle()
    expect(replicas.bytes(2)).toEqual(replicas.bytes(1))
  })

  test('an empty replica begins at the log start', () => {
    const replicas = elected(1)
    replicas.append('a', { count: 4 })
    replicas.isr = [1]
    replicas.elect(1)
    replicas.partition(1).deleteRecords(4)
    replicas.append('b')
    replicas.settle()
    expect(replicas.bytes(2)).toEqual(replicas.bytes(1))
    expect(replicas.bounds(2)).toEqual([4, 5, 5])
  })
})

const corrupt = { type: 'backs off', errorCode: errors.CORRUPT_MESSAGE }
const goesOn = { type: 'goes on' }

function elected(leader: number): Replicas {
  const replicas = new Replicas()
  replicas.elect(leader)
  return replicas
}

/** With another epoch in the header of the one batch that it holds. */
function withEpoch(result: ReadResult, epoch: number): ReadResult {
  const chunks = result.chunks.map((chunk) => {
    const copy = Uint8Array.from(chunk)
    // Behind the base offset and the length; not under the CRC.
    new DataView(copy.buffer).setInt32(12, epoch)
    return copy
  })
  return { ...result, chunks }
}

/** One thing that happens to the replicas. */
type Step =
  | { readonly type: 'append'; readonly id: number; readonly count: number }
  | { readonly type: 'fetch'; readonly id: number; readonly maxBytes: number }
  | { readonly type: 'elect'; readonly id: number; readonly informed: readonly number[] }
  | { readonly type: 'inform'; readonly id: number }

const id = fc.integer({ min: 1, max: 3 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('append' as const), id, count: id }) },
  {
    weight: 10,
    arbitrary: fc.record({
      ...{ type: fc.constant('fetch' as const), id },
      maxBytes: fc.constantFrom(1, 1 << 20, 1 << 20),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ type: fc.constant('elect' as const), id },
      informed: fc.oneof(fc.constant([1, 2, 3]), fc.constant([]), fc.subarray([1, 2, 3])),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('inform' as const), id }) },
)

/**
 * The ISR is everybody all the time, so that what all have counts and anybody may be elected. Every
 * record below a leader's high watermark is written down, and must be there ever after.
 */
function play(steps: readonly Step[]): void {
  const replicas = elected(1)
  let committed = ''
  const check = () => {
    for (const id of replicas.ids) {
      const [start, watermark, end] = replicas.bounds(id)
      expect(start <= watermark && watermark <= end).toBe(true)
      const bytes = replicas.bytes(id, watermark)
      if (bytes.length > committed.length) committed = bytes
      // Of all logs, and of all times: one is the beginning of the other.
      expect(bytes).toBe(committed.slice(0, bytes.length))
    }
    // Whoever may be elected has it all.
    for (const id of replicas.ids) expect(replicas.bytes(id).startsWith(committed)).toBe(true)
  }
  for (const [at, step] of steps.entries()) {
    if (step.type === 'append') replicas.append(`${at}`, step)
    else if (step.type === 'inform') replicas.inform(step.id)
    else if (step.type === 'elect')
      replicas.elect(step.id, { informed: [...step.informed, step.id] })
    else if (replicas.partition(step.id).leading === null) replicas.fetch(step.id, step)
    check()
  }
  for (const id of replicas.ids) replicas.inform(id)
  replicas.settle()
  check()
  for (const id of replicas.ids) expect(replicas.bytes(id)).toEqual(replicas.bytes(replicas.leader))
}

describe('any history', () => {
  test('loses nothing that was committed, and ends in logs that are the same', () => {
    const history = fc.array(step, { minLength: 20, maxLength: 80, size: 'max' })
    fc.assert(fc.property(history, play), { numRuns: 100 })
  })
})

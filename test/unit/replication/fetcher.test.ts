/**
 * Goal: a follower asks its leader for what it has not got, says each time what has changed and
 * nothing else, believes an answer only as long as what it asked for still holds, and lets one
 * partition that cannot go on keep no other from it. What it waits for ends its waiting (S26).
 * Method: a fetcher on a real socket, a leader that says what the test wants, logs in memory, and a
 * clock that the test moves.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { hostNet } from '../../../src/host/net.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { Fetcher } from '../../../src/replication/fetcher.ts'
import { ReplicationQuota } from '../../../src/replication/replication-quota-state.ts'
import type { RequestOf, ResponseOf } from '../../../src/wire/api.ts'
import { fetch as fetchApi } from '../../../src/wire/apis/01-fetch.ts'
import { listOffsets } from '../../../src/wire/apis/02-list-offsets.ts'
import { errors, type ErrorCode } from '../../../src/wire/errors.ts'
import { answering, ScriptedBroker, type Reply } from '../../support/scripted-broker.ts'
import { ManualClock } from '../base/manual-clock.ts'
import { nodeIds } from '../metadata/images.ts'
import { openPartition, type TestPartition } from './partition-fixture.ts'

type Request = RequestOf<typeof fetchApi>
type Answer = Partial<ResponseOf<typeof fetchApi>['responses'][number]['partitions'][number]>
type Script = (request: Request) => Reply<typeof fetchApi>

const LEADER_EPOCH = 4
const TOPIC_ID = 'Zk1mJ5vVTqGm3oF8m8nXyg'

let clock: ManualClock
let leader: ScriptedBroker
let fetcher: Fetcher
/** Answers to come, the first first; a fetch without one waits. */
let script: Script[]
let heard: Request[]
let ranges: { start: number; end: number; errorCode?: ErrorCode }
let onHeard: () => void
let onRange: () => void
let log: string[]
/** Of the waits that were begun, without those for an answer or a connection. */
let delays: number[]
let onLogged: () => void

beforeEach(async () => {
  clock = new ManualClock()
  delays = []
  const timer = clock.timer.bind(clock)
  clock.timer = (delayMs, action) => {
    if (delayMs <= 1_000) delays.push(delayMs)
    return timer(delayMs, action)
  }
  ;[script, heard, log] = [[], [], []]
  ;[onHeard, onRange, onLogged] = [() => {}, () => {}, () => {}]
  ranges = { start: 0, end: 0 }
  leader = await ScriptedBroker.start([
    answering(fetchApi, [4, 16], (request) => {
      heard.push(request)
      const reply = script.shift()?.(request) ?? 'silence'
      onHeard()
      return reply
    }),
    answering(listOffsets, [1, 8], ({ topics }) => {
      onRange()
      const { start, end, errorCode = errors.NONE } = ranges
      return {
        topics: topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex, timestamp }) => ({
            ...{ partitionIndex, errorCode, timestamp: -1, leaderEpoch: LEADER_EPOCH },
            offset: timestamp === -2 ? start : end,
          })),
        })),
      }
    }),
  ])
  fetcher = new Fetcher({
    ...{ self: asNodeId(2), leader: asNodeId(1), address: leader.address, net: hostNet, clock },
    limits: { waitMs: 500, bytes: 1 << 20, totalBytes: 10 << 20 },
    brokerEpoch: () => 7,
    logger: {
      ...silentLogger,
      debug(_, message) {
        log.push(message)
        onLogged()
      },
    },
    fatal(error) {
      throw error
    },
  })
})

afterEach(async () => {
  await fetcher.stop()
  await leader[Symbol.asyncDispose]()
})

/** When so many fetches were heard, and a moment later: what follows from the answers has. */
async function fetches(count: number): Promise<readonly Request[]> {
  while (heard.length < count) await new Promise<void>((resolve) => (onHeard = resolve))
  await idle()
  return heard
}

/** Until so many messages were logged, and what follows from that has happened. */
async function logged(message: string, count: number): Promise<void> {
  while (log.filter((each) => each === message).length < count)
    await new Promise<void>((resolve) => (onLogged = resolve))
  await idle()
}

const waiting = (count: number) => logged('a follower waits', count)
const idle = () => new Promise((resolve) => setImmediate(resolve))

/** A partition that node 1 leads and node 2, which is here, follows. */
function following(index = 0, ports: Parameters<typeof openPartition>[2] = {}): TestPartition {
  const follower = openPartition(index, clock, { nodeId: asNodeId(2), ...ports })
  tell(follower)
  return follower
}

function tell(follower: TestPartition, leaderEpoch = LEADER_EPOCH, isr = [1, 2]): void {
  follower.tell({
    ...{ replicas: nodeIds(1, 2), isr: nodeIds(...isr), leader: asNodeId(1) },
    ...{ leaderEpoch, partitionEpoch: leaderEpoch },
  })
}

/** A fetch as it looks in short: session epoch, and of each partition index, offset and epoch. */
const said = ({ sessionEpoch, topics }: Request) => [
  sessionEpoch,
  ...topics.flatMap(({ partitions }) =>
    partitions.map(({ partition, fetchOffset, currentLeaderEpoch }) => [
      partition,
      fetchOffset,
      currentLeaderEpoch,
    ]),
  ),
]

function answer(...partitions: Answer[]): ResponseOf<typeof fetchApi> {
  return {
    sessionId: 99,
    responses: [
      {
        topicId: TOPIC_ID,
        partitions: partitions.map((partition) => ({
          ...{ partitionIndex: 0, errorCode: errors.NONE, highWatermark: 0, logStartOffset: 0 },
          ...partition,
        })),
      },
    ],
  }
}

/** One record at `offset`, as its leader has it. */
function records(offset: number, leaderEpoch = LEADER_EPOCH): Uint8Array[] {
  const batch = buildBatch({ records: [{ value: new Uint8Array(10), timestampMs: 1 }] })
  const view = new DataView(batch.buffer, batch.byteOffset)
  view.setBigInt64(0, BigInt(offset))
  view.setInt32(12, leaderEpoch)
  return [batch]
}

const ends = (...followers: TestPartition[]) =>
  followers.map(({ partition }) => partition.log.logEndOffset)

describe('what it says', () => {
  test('everything once, then what has changed', async () => {
    const followers = [following(0), following(1)]
    script = [
      () => answer({ records: records(0), highWatermark: 0 }, { partitionIndex: 1 }),
      () => answer(),
    ]
    for (const { partition } of followers) fetcher.follow(partition)
    expect((await fetches(3)).map(said)).toEqual([[0, [0, 0, 4], [1, 0, 4]], [1, [0, 1, 4]], [2]])
    expect(ends(...followers)).toEqual([1, 0])
  })

  test('who it is, and the high watermark that it knows', async () => {
    const follower = following()
    script = [() => answer({ records: records(0), highWatermark: 1 })]
    fetcher.follow(follower.partition)
    const [first, second] = await fetches(2)
    expect(first?.replicaState).toEqual({ replicaId: 2, replicaEpoch: 7 })
    const watermarks = [first, second].map((each) => each?.topics[0]?.partitions[0]?.highWatermark)
    expect(watermarks).toEqual([0, 1])
  })

  test('everything anew, at once, when the session is lost', async () => {
    script = [
      () => answer({}),
      () => ({ errorCode: errors.FETCH_SESSION_ID_NOT_FOUND, sessionId: 0, responses: [] }),
    ]
    fetcher.follow(following().partition)
    expect((await fetches(3)).map(said)).toEqual([[0, [0, 0, 4]], [1], [0, [0, 0, 4]]])
    expect(heard.map(({ sessionId }) => sessionId)).toEqual([0, 99, 0])
  })

  test('everything anew when the connection is lost, in place of the old session', async () => {
    script = [() => answer({}), () => 'hang-up']
    fetcher.follow(following().partition)
    await fetches(2)
    await logged('a fetch from the leader failed', 1)
    expect(delays).toEqual([10])
    await clock.advance(10)
    expect((await fetches(3)).map(said)[2]).toEqual([0, [0, 0, 4]])
    expect(heard[2]?.sessionId).toBe(99)
  })

  test('that there is another partition, behind a fetch that waits', async () => {
    fetcher.follow(following(0).partition)
    await fetches(1)
    fetcher.follow(following(1).partition)
    expect((await fetches(2)).map(said)[1]).toEqual([-1])
    expect(heard[1]?.maxWaitMs).toBe(0)
  })
})

describe('an answer', () => {
  test('counts for nothing when another epoch has begun meanwhile', async () => {
    const follower = following()
    script = [
      () => {
        tell(follower, 5)
        return answer({ records: records(0), highWatermark: 1 })
      },
    ]
    fetcher.follow(follower.partition)
    await fetches(2)
    expect(ends(follower)).toEqual([0])
  })

  test('counts for nothing when the log has another end by then', async () => {
    const follower = following()
    script = [
      () => answer({ records: [...records(0), ...records(1)] }),
      () => {
        follower.partition.log.truncateTo(1)
        return answer({ records: records(2) })
      },
    ]
    fetcher.follow(follower.partition)
    expect((await fetches(3)).map(said)[2]).toEqual([2, [0, 1, 4]])
    // Offsets may have gaps where a log was compacted: nothing else would stop it.
    expect(ends(follower)).toEqual([1])
  })

  test('counts for nothing for a partition that is not followed any more', async () => {
    const [one, other] = [following(0), following(1)]
    script = [
      () => {
        fetcher.unfollow(one.partition)
        return answer(
          { records: records(0) },
          { partitionIndex: 1, records: records(0) },
          { partitionIndex: 9, records: records(0) },
        )
      },
    ]
    for (const { partition } of [one, other]) fetcher.follow(partition)
    const [, second] = await fetches(2)
    expect(ends(one, other)).toEqual([0, 1])
    expect(second?.forgottenTopicsData).toEqual([{ topic: '', topicId: TOPIC_ID, partitions: [0] }])
  })
})

describe('a partition that cannot go on', () => {
  const refused =
    (errorCode: ErrorCode): Script =>
    () =>
      answer({ errorCode })

  test('waits by itself', async () => {
    const [one, other] = [following(0), following(1)]
    script = [refused(errors.NOT_LEADER_OR_FOLLOWER)]
    for (const { partition } of [one, other]) fetcher.follow(partition)
    const [, second] = await fetches(2)
    expect(second?.forgottenTopicsData.map(({ partitions }) => partitions)).toEqual([[0]])
    // Its time is up: the fetch that waits is hurried, and has it again.
    await clock.advance(10)
    expect((await fetches(3)).map(said)[2]).toEqual([-1])
  })

  test('waits for longer each time, up to a bound, and not so long when it went on', async () => {
    const refusals = Array.from({ length: 9 }, () => refused(errors.UNKNOWN_LEADER_EPOCH))
    script = [...refusals, () => answer({ records: records(0) }), ...refusals]
    fetcher.follow(following().partition)
    const expected = [10, 20, 40, 80, 160, 320, 640, 1000, 1000, 10]
    for (const [at, delayMs] of expected.entries()) {
      await waiting(at + 1)
      expect(delays).toEqual(expected.slice(0, at + 1))
      await clock.advance(delayMs)
    }
  })

  test('goes on when it is followed anew, which is when metadata is newer', async () => {
    const follower = following()
    script = [refused(errors.FENCED_LEADER_EPOCH), () => answer({})]
    fetcher.follow(follower.partition)
    await fetches(1)
    await idle()
    await clock.advance(60_000)
    expect(heard).toHaveLength(1)
    tell(follower, 5)
    fetcher.follow(follower.partition)
    expect((await fetches(2)).map(said)[1]).toEqual([1, [0, 0, 5]])
  })

  test('is not waited for when newer metadata comes', async () => {
    const follower = following()
    script = [...Array.from({ length: 9 }, () => refused(errors.NOT_LEADER_OR_FOLLOWER))]
    fetcher.follow(follower.partition)
    for (let count = 1; count < 9; count += 1) {
      await waiting(count)
      await clock.advance(1_000)
    }
    await waiting(9)
    tell(follower, 5)
    fetcher.follow(follower.partition)
    expect((await fetches(10)).map(said)[9]).toEqual([9, [0, 0, 5]])
  })

  test('with a damaged batch asks for it again', async () => {
    const follower = following()
    const damaged = records(0).map((chunk) => chunk.fill(1, 61))
    script = [() => answer({ records: damaged }), () => answer({ records: records(0) })]
    fetcher.follow(follower.partition)
    await waiting(1)
    await clock.advance(10)
    await fetches(3)
    expect(ends(follower)).toEqual([1])
  })
})

describe("out of the leader's range", () => {
  const outOfRange: Script = () => answer({ errorCode: errors.OFFSET_OUT_OF_RANGE })

  test("it begins where the leader's log begins", async () => {
    const follower = following()
    ranges = { start: 40, end: 50 }
    script = [outOfRange]
    fetcher.follow(follower.partition)
    expect((await fetches(2)).map(said)[1]).toEqual([1, [0, 40, 4]])
    expect(follower.partition.log.highWatermark).toBe(40)
  })

  test("it ends where the leader's log ends", async () => {
    const follower = following()
    ranges = { start: 0, end: 1 }
    const two = [...records(0), ...records(1)]
    script = [() => answer({ records: two }), outOfRange]
    fetcher.follow(follower.partition)
    expect((await fetches(3)).map(said)).toEqual([
      [0, [0, 0, 4]],
      [1, [0, 2, 4]],
      [2, [0, 1, 4]],
    ])
  })

  test('nothing of that when another epoch has begun meanwhile', async () => {
    const follower = following()
    ranges = { start: 40, end: 50 }
    script = [outOfRange]
    onRange = () => tell(follower, 5)
    fetcher.follow(follower.partition)
    expect((await fetches(2)).map(said)[1]).toEqual([1, [0, 0, 5]])
  })

  test('it waits when the leader does not tell', async () => {
    const follower = following()
    ranges = { start: 0, end: 0, errorCode: errors.NOT_LEADER_OR_FOLLOWER }
    script = [outOfRange, () => answer({})]
    fetcher.follow(follower.partition)
    await waiting(1)
    await clock.advance(10)
    await fetches(2)
    expect(ends(follower)).toEqual([0])
  })
})

describe('a throttled follower (KIP-73)', () => {
  const quotas = () => {
    const both = { leader: new ReplicationQuota(), follower: new ReplicationQuota() }
    both.follower.limit(100, clock.monotonicMs())
    return both
  }
  const topicOptions = { 'follower.replication.throttled.replicas': '0:2' }

  test('that is behind waits until the rate allows more; another partition does not', async () => {
    const ports = { quotas: quotas(), topicOptions }
    const [throttled, other] = [following(0, ports), following(1, ports)]
    tell(throttled, LEADER_EPOCH, [1])
    // Half a second's worth was saved.
    const debt = (records(0)[0]?.byteLength ?? 0) * 2 - 50
    script = [() => answer({ records: [...records(0), ...records(1)], highWatermark: 9 })]
    for (const { partition } of [throttled, other]) fetcher.follow(partition)
    const [, second] = await fetches(2)
    expect(second?.forgottenTopicsData.map(({ partitions }) => partitions)).toEqual([[0]])
    expect(delays).toEqual([Math.min(1_000, (debt + 1) * 10)])
    await clock.advance((debt + 1) * 10)
    // What it waited for has come: the fetch that waits at the leader is hurried.
    expect((await fetches(3)).map(said)[2]).toEqual([-1])
  })

  test('that has everything goes on', async () => {
    const throttled = following(0, { quotas: quotas(), topicOptions })
    tell(throttled, LEADER_EPOCH, [1])
    script = [() => answer({ records: [...records(0), ...records(1)], highWatermark: 2 })]
    fetcher.follow(throttled.partition)
    expect((await fetches(2)).map(said)[1]).toEqual([1, [0, 2, 4]])
  })

  test('that is in the ISR goes on although it is behind: others wait for it', async () => {
    const ports = { quotas: quotas(), topicOptions }
    ports.quotas.follower.took(1e9, clock.monotonicMs())
    const throttled = following(0, ports)
    script = [() => answer({ records: [...records(0), ...records(1)], highWatermark: 9 })]
    fetcher.follow(throttled.partition)
    expect((await fetches(2)).map(said)).toEqual([
      [0, [0, 0, 4]],
      [1, [0, 2, 4]],
    ])
    expect(delays).toEqual([])
  })
})

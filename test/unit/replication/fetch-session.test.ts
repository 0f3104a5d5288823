// Goal: a session tells everything that a full fetch would, once, and looks only at what changed.
// Method: real partitions on logs in memory. Each transition by itself; then random histories,
// after every step of which the view that a client has pieced together from a session is compared
// with a full fetch of the same wishes.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fetched, FetchOptions } from '../../../src/replication/fetch.ts'
import { allOf, fetch } from '../../../src/replication/fetch.ts'
import type { FetchWish } from '../../../src/replication/fetch-session.ts'
import { FetchPartition, FetchSession } from '../../../src/replication/fetch-session.ts'
import type { ReadResult } from '../../../src/replication/partition-requests.ts'
import { errors } from '../../../src/wire/errors.ts'
import { ManualClock } from '../log/fixture.ts'
import { openPartition, type TestPartition } from './partition-fixture.ts'

const TOPIC = { name: 't', topicId: null }
const LIMITLESS = 1 << 30

/** Partitions as this broker hosts them, and a client with a session over some of them. */
class Scene {
  readonly clock = new ManualClock()
  readonly hosted = new Map<number, TestPartition>()
  readonly wishes = new Map<number, FetchWish>()
  readonly locate = (_: unknown, index: number) =>
    this.hosted.get(index)?.partition ?? errors.UNKNOWN_TOPIC_OR_PARTITION
  readonly context = { locate: this.locate, isolation: 'read-uncommitted' as const }
  readonly session: FetchSession
  /** What the client was told last, and whether it was in the last answer. */
  readonly view = new Map<number, ReadResult>()
  told: readonly Fetched<FetchPartition>[] = []

  constructor(count: number) {
    for (let index = 0; index < count; index += 1) {
      this.hosted.set(index, openPartition(index, this.clock))
      this.wishes.set(index, wishFrom(0))
    }
    this.#learn(this.full())
    this.session = new FetchSession(this.told, { usesTopicIds: false, ...this.context })
  }

  at(index: number): TestPartition {
    return this.hosted.get(index) as TestPartition
  }

  options(over: Partial<FetchOptions> = {}): FetchOptions {
    return {
      isolation: this.context.isolation,
      minBytes: 1,
      maxBytes: () => LIMITLESS,
      maxWaitMs: 0,
      readsZstd: true,
      whenLeaving: () => () => {},
      ...over,
    }
  }

  /** The same wishes without a session. */
  full(): readonly Fetched<FetchPartition>[] {
    const entries = [...this.wishes].map(([index, wish]) => {
      const entry = new FetchPartition(TOPIC, index, this.locate)
      entry.wish(wish)
      return entry
    })
    return fetch(allOf(entries), this.options(), this.clock) as readonly Fetched<FetchPartition>[]
  }

  want(index: number, wish: FetchWish): void {
    this.wishes.set(index, wish)
    this.session.want(TOPIC, index, wish)
  }

  forget(index: number): void {
    this.wishes.delete(index)
    this.view.delete(index)
    this.session.forget(TOPIC, index)
  }

  /** One fetch of the session that does not wait; which partitions it named. */
  poll(change: () => void = () => {}, over: Partial<FetchOptions> = {}): readonly number[] {
    this.session.begin(this.context)
    change()
    const results = fetch(this.session, this.options({ maxWaitMs: 0, ...over }), this.clock)
    this.#learn(this.session.tell(results as readonly Fetched<FetchPartition>[]))
    return this.told.map(({ entry }) => entry.index)
  }

  /** Begins one that waits. */
  park(over: Partial<FetchOptions> = {}) {
    this.session.begin(this.context)
    const options = this.options({ maxWaitMs: 60_000, ...over })
    const results = fetch(this.session, options, this.clock)
    if (!(results instanceof Promise)) throw new Error('it did not wait')
    return results
  }

  /** Reads on from what came: what a consumer does between two fetches. */
  readOn(): void {
    for (const { entry, result } of this.told)
      if (result.sizeBytes > 0) this.want(entry.index, wishFrom(result.highWatermark))
  }

  remove(index: number): void {
    const gone = this.hosted.get(index)
    this.hosted.delete(index)
    gone?.partition.resign()
  }

  #learn(told: readonly Fetched<FetchPartition>[]): void {
    this.told = told
    for (const { entry, result } of told) this.view.set(entry.index, result)
  }
}

function wishFrom(fetchOffset: number, over: Partial<FetchWish> = {}): FetchWish {
  return { currentLeaderEpoch: -1, fetchOffset, lastFetchedEpoch: -1, maxBytes: LIMITLESS, ...over }
}

describe('an answer', () => {
  test('names nothing when nothing happened, and the next fetch looks at nothing', () => {
    const scene = new Scene(3)
    expect(scene.poll()).toEqual([])
    expect(scene.session.dueCount).toBe(0)
    expect(scene.poll()).toEqual([])
  })

  test('names what got records; they come again until the client has moved on', () => {
    const scene = new Scene(3)
    scene.poll()
    scene.at(1).append()
    expect(scene.session.dueCount).toBe(1)
    expect(scene.poll()).toEqual([1])
    expect(scene.poll()).toEqual([1])
    expect(scene.poll(() => scene.readOn())).toEqual([])
    expect([scene.poll(), scene.session.dueCount]).toEqual([[], 0])
  })

  test('names a partition that is new, and not one that is forgotten', () => {
    const scene = new Scene(2)
    scene.hosted.set(5, openPartition(5, scene.clock))
    expect(scene.poll(() => scene.want(5, wishFrom(0)))).toEqual([5])
    scene.poll(() => scene.forget(1))
    scene.at(1).append()
    expect([scene.poll(), scene.session.size]).toEqual([[], 2])
  })

  test('names an error each time, and its end', () => {
    const scene = new Scene(2)
    scene.poll()
    scene.remove(1)
    expect([scene.poll(), scene.poll()]).toEqual([[1], [1]])
    expect(scene.told[0]?.result.errorCode).toBe(errors.UNKNOWN_TOPIC_OR_PARTITION)
    scene.hosted.set(1, openPartition(1, scene.clock))
    expect([scene.poll(), scene.told[0]?.result.errorCode]).toEqual([[1], 0])
    expect([scene.poll(), scene.session.dueCount]).toEqual([[], 0])
  })

  test('never takes a partition made again for the one that was', () => {
    const scene = new Scene(1)
    scene.at(0).append()
    scene.poll(() => scene.want(0, wishFrom(1)))
    expect([scene.poll(), scene.session.dueCount]).toEqual([[], 0])
    scene.remove(0)
    scene.hosted.set(0, openPartition(0, scene.clock))
    scene.poll()
    expect(scene.told.map(({ result }) => result.errorCode)).toEqual([errors.OFFSET_OUT_OF_RANGE])
    scene.poll(() => scene.want(0, wishFrom(0)))
    scene.at(0).append()
    expect([scene.poll(), scene.told[0]?.result.sizeBytes]).toEqual([[0], expect.any(Number)])
  })

  test('names a leader epoch that has passed', () => {
    const scene = new Scene(2)
    scene.poll(() => scene.want(0, wishFrom(0, { currentLeaderEpoch: 0 })))
    expect([scene.poll(), scene.session.dueCount]).toEqual([[], 0])
    scene.at(0).lead(1)
    expect([scene.poll(), scene.told[0]?.result.errorCode]).toEqual([
      [0],
      errors.FENCED_LEADER_EPOCH,
    ])
  })

  test('names a log start that moved, by request or by retention', () => {
    const scene = new Scene(2)
    scene.at(0).append()
    scene.poll(() => scene.want(0, wishFrom(1)))
    expect(scene.poll()).toEqual([])
    scene.at(0).partition.log.advanceLogStart(1)
    expect([scene.poll(), scene.told[0]?.result.logStartOffset]).toEqual([[0], 1])

    scene.at(1).append()
    scene.poll(() => scene.want(1, wishFrom(1)))
    expect(scene.poll()).toEqual([])
    const { log } = scene.at(1).partition
    log.expire(scene.clock.nowMs + log.config['retention.ms'] + 1)
    expect(log.removeExpired(0)).toBe(1)
    expect([scene.poll(), scene.told[0]?.result.logStartOffset]).toEqual([[1], 1])
  })

  test('names all that another isolation may see', () => {
    const scene = new Scene(3)
    scene.poll()
    scene.session.begin({ locate: scene.locate, isolation: 'read-committed' })
    expect(scene.session.dueCount).toBe(3)
  })
})

describe('turns', () => {
  test('who got records comes last the next time, as in Kafka', () => {
    const scene = new Scene(3)
    for (const index of [0, 1, 2])
      for (let count = 0; count < 5; count += 1) scene.at(index).append()
    const one = { maxBytes: () => 1 }
    const served = Array.from({ length: 6 }, () => {
      scene.poll(() => {}, one)
      const got = scene.told.filter(({ result }) => result.sizeBytes > 0)
      return got.map(({ entry }) => entry.index)
    })
    expect(served).toEqual([[0], [1], [2], [0], [1], [2]])
  })

  test('a partition that was idle comes before those that were served', () => {
    const scene = new Scene(3)
    scene.at(0).append()
    expect(scene.poll()).toEqual([0])
    scene.at(2).append()
    expect(scene.poll()).toEqual([2, 0])
  })
})

describe('a fetch that waits', () => {
  test('is woken by a partition that was at rest, and reads it and no other', async () => {
    const scene = new Scene(100)
    scene.poll()
    const parked = scene.park()
    scene.at(42).append()
    expect((await parked).map(({ entry }) => entry.index)).toEqual([42])
  })

  test('counts over partitions, at rest and not', async () => {
    const scene = new Scene(3)
    scene.at(0).append(100)
    scene.poll()
    const parked = scene.park({ minBytes: 600 })
    scene.at(1).append(100)
    await Promise.resolve()
    expect(scene.session.dueCount).toBe(2)
    scene.at(0).append(100)
    await Promise.resolve()
    scene.at(2).append(100)
    expect((await parked).map(({ entry }) => entry.index)).toEqual([1, 2, 0])
  })

  test('ends with an error when its topic goes', async () => {
    const scene = new Scene(3)
    scene.poll()
    const parked = scene.park()
    scene.remove(1)
    const [only, ...others] = await parked
    expect([only?.entry.index, only?.result.errorCode, others]).toEqual([
      1,
      errors.UNKNOWN_TOPIC_OR_PARTITION,
      [],
    ])
  })

  test('ends when the session goes on without it, or is closed', async () => {
    const scene = new Scene(2)
    scene.poll()
    const first = scene.park()
    const second = scene.park()
    expect(await first).toEqual([])
    scene.session.close()
    expect(await second).toEqual([])
    expect(scene.session.isClosed).toBe(true)
  })

  test('ends when its client is leaving, with what there is', async () => {
    const scene = new Scene(2)
    scene.poll()
    let leave = () => {}
    const whenLeaving = (action: () => void) => {
      leave = action
      return () => {}
    }
    const parked = scene.park({ whenLeaving, minBytes: 10_000 })
    scene.at(1).append()
    leave()
    expect((await parked).map(({ entry }) => entry.index)).toEqual([1])
  })

  test('ends at its time with nothing', async () => {
    const scene = new Scene(2)
    scene.poll()
    const parked = scene.park()
    scene.clock.advance(60_000)
    expect(await parked).toEqual([])
  })

  test('a high watermark that it saw at its beginning is told at its end', async () => {
    const scene = new Scene(1)
    scene.at(0).append()
    scene.session.begin(scene.context)
    scene.want(0, wishFrom(1))
    const parked = fetch(scene.session, scene.options({ maxWaitMs: 60_000 }), scene.clock)
    scene.clock.advance(60_000)
    const told = scene.session.tell(await parked)
    expect(told.map(({ result }) => result.highWatermark)).toEqual([1])
  })
})

test('a session that nobody uses costs a partition one wake, and a closed one none', () => {
  const scene = new Scene(2)
  scene.poll()
  const watchers = () => scene.at(0).partition.watcherCount
  expect(watchers()).toBe(1)
  scene.at(0).append()
  expect(watchers()).toBe(0)
  scene.poll(() => scene.readOn())
  scene.poll(() => scene.readOn())
  expect(watchers()).toBe(1)
  scene.session.close()
  expect(watchers()).toBe(0)
})

describe('random histories', () => {
  const COUNT = 4
  const index = fc.nat(COUNT - 1)
  type Step = (scene: Scene, epochs: number[]) => void
  const at = (name: string, act: (scene: Scene, at: number, epochs: number[]) => void) =>
    index.map((chosen) => named(`${name} ${chosen}`, (scene, epochs) => act(scene, chosen, epochs)))
  const append = at('append', (scene, chosen) => scene.hosted.get(chosen)?.append())
  const step: fc.Arbitrary<Step> = fc.oneof(
    append,
    append,
    append,
    at('remove', (scene, chosen) => scene.remove(chosen)),
    at('create', (scene, chosen, epochs) => {
      if (scene.hosted.has(chosen)) return
      epochs[chosen] = 0
      scene.hosted.set(chosen, openPartition(chosen, scene.clock))
    }),
    at('lead', (scene, chosen, epochs) => {
      scene.hosted.get(chosen)?.lead((epochs[chosen] = (epochs[chosen] ?? 0) + 1))
    }),
    at('trim', (scene, chosen) => {
      const log = scene.hosted.get(chosen)?.partition.log
      log?.advanceLogStart(log.highWatermark)
    }),
    at('forget', (scene, chosen) => scene.forget(chosen)),
    fc
      .tuple(index, fc.integer({ min: 0, max: 4 }), fc.integer({ min: -1, max: 2 }))
      .map(([chosen, offset, currentLeaderEpoch]) =>
        named(`want ${chosen} at ${offset}, epoch ${currentLeaderEpoch}`, (scene) =>
          scene.want(chosen, wishFrom(offset, { currentLeaderEpoch })),
        ),
      ),
    fc.constant(named('read on', (scene) => scene.readOn())),
  )

  /** A step that a counterexample shows by its name. */
  function named(name: string, act: Step): Step {
    return Object.assign(act, { toString: () => name })
  }

  test('the view pieced together is what a full fetch says', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 12 }), (rounds) => {
        const scene = new Scene(COUNT)
        const epochs = Array.from({ length: COUNT }, () => 0)
        for (const steps of rounds) {
          for (const act of steps) act(scene, epochs)
          if (scene.session.isEmpty) scene.want(0, wishFrom(0))
          scene.poll()
          judge(scene)
        }
      }),
      { numRuns: 500 },
    )
  })

  /** What is in the answer is as in a full one; what is not, the client knows, and has no more. */
  function judge(scene: Scene): void {
    const told = new Map(scene.told.map(({ entry, result }) => [entry.index, result]))
    const full = scene.full()
    expect([...scene.view.keys()].sort()).toEqual(full.map(({ entry }) => entry.index).sort())
    for (const { entry, result } of full) {
      const known = told.get(entry.index) ?? {
        ...scene.view.get(entry.index),
        chunks: [],
        sizeBytes: 0,
      }
      expect(known, `partition ${entry.index}`).toEqual(result)
    }
  }
})

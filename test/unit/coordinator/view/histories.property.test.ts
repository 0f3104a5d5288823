// Goal: whatever is committed, truncated, compacted and killed in whatever order, and whatever
// earlier state of the database is found afterwards (a kill, a power cut, an old copy of it), the
// view is the fold of the log when it has caught up (S16, S17); no state of the database is
// unsound, and nothing gets in before it is committed.
// Method: random sequences of these over a real log and its cleaner, and a store that can be taken
// back to any of its writes; every write is looked at when it is made.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { whyUnsound } from '../../../../src/coordinator/view/check-store.ts'
import type { PartitionView } from '../../../../src/coordinator/view/partition-view.ts'
import type { StoreOperation } from '../../../../src/coordinator/view/ports.ts'
import { decodePosition, parseKey } from '../../../../src/coordinator/view/view-format.ts'
import type { Entry } from '../../log/cleaner/fixture.ts'
import { JournalStore, Replica, caughtUp, contentOfView, openViews } from './fixture.ts'

type Step =
  | { readonly type: 'append'; readonly entries: readonly Entry[]; readonly codec: 'none' | 'gzip' }
  | { readonly type: 'commit' | 'catch-up' | 'compact' | 'truncate' | 'second' }
  | { readonly type: 'kill' | 'power-cut' | 'old-copy'; readonly roll: number }

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const entry = fc.tuple(key, fc.option(fc.string({ maxLength: 8 }), { freq: 3 }))
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('append' as const),
      entries: fc.array(entry, { minLength: 1, maxLength: 6 }),
      codec: fc.constantFrom('none' as const, 'gzip' as const),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constantFrom('commit', 'catch-up', 'compact', 'truncate', 'second'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('kill', 'power-cut', 'old-copy'),
      roll: fc.nat(1_000),
    }),
  },
)

class World {
  readonly #replica = new Replica()
  #store = new JournalStore()
  #opened: ReturnType<typeof openViews>
  #view: PartitionView

  constructor() {
    this.#opened = openViews(this.#replica, this.#store)
    this.#view = this.#follow()
  }

  #follow(): PartitionView {
    this.#store.onBatch((operations) => this.#look(operations))
    return this.#opened.views.follow(this.#replica)
  }

  #look(operations: readonly StoreOperation[]): void {
    for (const operation of operations) {
      if (operation.type === 'del' || parseKey(operation.key)?.type !== 'position') continue
      const position = decodePosition(operation.key, operation.value)
      expect(position?.appliedOffset).toBeLessThanOrEqual(this.#replica.log.highWatermark)
    }
  }

  async take(step: Step): Promise<void> {
    const replica = this.#replica
    switch (step.type) {
      case 'append':
        return replica.append(step.entries, step.codec)
      case 'commit':
        return replica.commit()
      case 'catch-up':
        return this.catchUp()
      case 'compact':
        return replica.compact()
      case 'truncate':
        return replica.truncateTo(replica.log.highWatermark)
      case 'second':
        return replica.clock.advance(1_000)
      default:
        return this.#dieAndLive(step)
    }
  }

  #dieAndLive({ type, roll }: { type: 'kill' | 'power-cut' | 'old-copy'; roll: number }): void {
    const { writes, durableWrites } = this.#store
    this.#store.kill()
    const least = { kill: writes.length, 'power-cut': durableWrites, 'old-copy': 0 }[type]
    this.#store = this.#store.copy(least + (roll % (writes.length - least + 1)))
    const { log } = this.#replica
    const committed = log.highWatermark
    this.#replica.kill()
    // The others, who have all that is committed, tell what is.
    this.#replica.log.advanceHighWatermark(committed)
    this.#opened = openViews(this.#replica, this.#store)
    this.#view = this.#follow()
  }

  async catchUp(): Promise<void> {
    await caughtUp(this.#view, this.#replica)
    expect(await contentOfView(this.#view)).toEqual(this.#replica.folded)
    expect(this.#opened.failures).toEqual([])
  }

  async everyWriteIsSound(): Promise<void> {
    for (let writes = 0; writes <= this.#store.writes.length; writes += 1)
      expect(await whyUnsound(this.#store.copy(writes))).toBe(null)
  }
}

test('after any history the view is the fold of the log', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const world = new World()
      for (const one of steps) await world.take(one)
      await world.take({ type: 'commit' })
      await world.catchUp()
      await world.everyWriteIsSound()
    }),
    { numRuns: process.env['TEST_FULL'] === '1' ? 2_000 : 100 },
  )
})

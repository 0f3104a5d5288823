// Goal: whatever is appended, deleted, rolled, committed, cleaned, killed and opened again in
// whatever order, a compacted log says what the fold of all its records says (D4), and keeps what
// must be kept: what is not committed, and tombstones for delete.retention.ms.
// Method: random sequences of these against a plain list of everything that was appended.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Log } from '../../../../src/log/log.ts'
import { TOPIC_ID, append } from '../fixture.ts'
import { MemoryDisk } from '../memory-disk.ts'
import type { Entry } from './fixture.ts'
import { TurningClock, compacted, contentOf, fold, keyed, openLogs } from './fixture.ts'

const CONFIG = { ...compacted, 'segment.bytes': 500 }
const RETENTION_MS = CONFIG['delete.retention.ms']

type Step =
  | { readonly type: 'append'; readonly entries: readonly Entry[]; readonly codec: 'none' | 'gzip' }
  | { readonly type: 'roll' | 'commit' | 'clean' | 'kill' }
  | { readonly type: 'wait'; readonly ms: number }

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
  { weight: 5, arbitrary: fc.record({ type: fc.constantFrom('roll', 'commit', 'clean', 'kill') }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.constantFrom(400, 1_100) }),
  },
)

/** For keys, and for what was appended last. */
interface Memory {
  readonly mapBytes: number
  readonly tailCacheBytes: number
}

/** The log under test, and all that was ever appended to it. */
class Model {
  #disk = new MemoryDisk()
  readonly #clock = new TurningClock()
  readonly #memory: Memory
  #logs: ReturnType<typeof openLogs>
  #log: Log
  readonly #history: { key: string; value: string | null }[] = []
  /** When each tombstone can have been met by the cleaner at the earliest. */
  readonly #cleanedMs = new Map<number, number>()
  #committed = 0

  constructor(memory: Memory) {
    this.#memory = memory
    this.#logs = this.#open()
    const of = { topic: 't', partition: 0, topicId: TOPIC_ID, config: CONFIG }
    this.#log = this.#logs.manager.create(of)
  }

  #open() {
    const { manager, ...rest } = openLogs(this.#disk, {
      ...{ clock: this.#clock, logConfig: CONFIG, ...this.#memory },
    })
    return { manager, ...rest }
  }

  async take(step: Step): Promise<void> {
    if (step.type === 'append') {
      expect(append(this.#log, keyed(step.entries, { codec: step.codec })).errorCode).toBe(0)
      for (const [of, value] of step.entries) this.#history.push({ key: of, value })
    } else if (step.type === 'wait') this.#clock.advance(step.ms)
    else if (step.type === 'roll') this.#log.roll()
    else if (step.type === 'commit') {
      await this.#log.flush()
      this.#log.advanceHighWatermark(this.#log.logEndOffset)
      this.#committed = this.#log.highWatermark
      await this.#logs.manager.checkpointHighWatermarks()
    } else if (step.type === 'kill') {
      this.#disk = this.#disk.afterKill()
      this.#logs = this.#open()
      this.#log = this.#logs.manager.get('t', 0) as Log
    } else {
      await this.#logs.clean()
      for (let offset = 0; offset < this.#log.cleaning.cleanedOffset; offset += 1)
        if (!this.#cleanedMs.has(offset)) this.#cleanedMs.set(offset, this.#clock.nowMs)
    }
    this.#check()
  }

  #check(): void {
    expect(this.#logs.failures).toEqual([])
    expect(this.#log.logEndOffset).toBe(this.#history.length)
    const { records } = contentOf(this.#log)
    const there = new Set<number>()
    for (const { offset, key: of, value } of records) {
      expect({ key: of, value }).toEqual(this.#history[offset])
      there.add(offset)
    }
    expect(fold(records)).toEqual(fold(this.#history))
    const last = new Map(this.#history.map(({ key: of }, offset) => [of, offset]))
    this.#history.forEach(({ key: of, value }, offset) => {
      if (offset >= this.#committed) expect(there).toContain(offset)
      const cleanedMs = this.#cleanedMs.get(offset) ?? Infinity
      const isDue = this.#clock.nowMs - cleanedMs >= RETENTION_MS
      if (last.get(of) === offset && (value !== null || !isDue)) expect(there).toContain(offset)
    })
    const { cleanedOffset } = this.#log.cleaning
    const below = records.filter(({ offset }) => offset < cleanedOffset)
    expect(new Set(below.map(({ key: of }) => of)).size, 'one record of a key').toBe(below.length)
  }
}

const tailCaches = fc.constantFrom(0, 5_000, 1e6)

test.each([24_000, 24 * 8])('random histories, with %i bytes for the keys', async (mapBytes) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      tailCaches,
      async (steps, tailCacheBytes) => {
        const model = new Model({ mapBytes, tailCacheBytes })
        for (const one of steps) await model.take(one)
        for (const type of ['roll', 'commit', 'clean'] as const) await model.take({ type })
      },
    ),
    { numRuns: process.env['TEST_FULL'] === '1' ? 1_000 : 60 },
  )
})

/**
 * Goal: the log of the core is an array with marks in it, whatever is appended, replaced, written,
 * applied, compacted and restored, in whatever order.
 * Method: random operations on the real `RaftLog`, and on a model of plain arrays beside it: what
 * is in memory, what each batch on its way carries, what the disk holds. Batches go to the model's
 * disk; in the end that is read again, as after a power cut.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Configuration } from '../../../src/raft/configuration.ts'
import { RaftLog, sizeOf } from '../../../src/raft/raft-log.ts'
import type { Batch, Entry, Payload } from '../../../src/raft/types.ts'
import { StoredLog } from './stored-log.ts'
import { bytesOf, configurationOf } from './world.ts'

const FOUNDING = configurationOf(['1', '2', '3'])

type Operation =
  | { readonly type: 'append' | 'configure'; readonly term: number }
  /** Another leader's entries in place of the last `back`, of a term never seen before. */
  | { readonly type: 'replace'; readonly back: number; readonly count: number }
  /** What is there already, once more. */
  | { readonly type: 'repeat'; readonly back: number }
  | { readonly type: 'write' | 'persist' | 'commit' | 'apply' | 'compact' }
  | { readonly type: 'restore'; readonly ahead: number }

const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('append'), term: fc.nat(1) }) },
  fc.record({ type: fc.constant('configure'), term: fc.nat(1) }),
  fc.record({
    type: fc.constant('replace'),
    back: fc.nat(4),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ type: fc.constant('repeat'), back: fc.nat(4) }),
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('write', 'persist') }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('commit', 'apply', 'compact') }) },
  fc.record({ type: fc.constant('restore'), ahead: fc.integer({ min: 1, max: 3 }) }),
) as fc.Arbitrary<Operation>

class Model {
  readonly disk = new StoredLog(FOUNDING)
  readonly view = new StoredLog(FOUNDING)
  readonly log: RaftLog
  commit = 0
  applied = 0
  term = 1
  #batches = 0
  #configurations = 0
  /** Batches on their way, and how far the log was the same then as it is now. */
  writing: { batch: Batch; same: number }[] = []
  durable = 0

  constructor(cachedBytes: number) {
    const { disk } = this
    const reader = {
      entries: (from: number, end: number, max: number) => disk.read(from, end, max),
    }
    this.log = new RaftLog(disk.recover(), reader, cachedBytes)
  }

  do(operation: Operation): void {
    switch (operation.type) {
      case 'append':
        return this.#append(operation.term, { kind: 'data', data: bytesOf('x') })
      case 'configure':
        return this.#append(operation.term, {
          kind: 'configuration',
          configuration: this.#anotherConfiguration(),
        })
      case 'replace':
        return this.#replace(operation.back, operation.count)
      case 'repeat':
        return this.#repeat(operation.back)
      case 'write':
        return this.#write()
      case 'persist':
        return this.#persist()
      case 'commit':
        this.commit = Math.max(this.commit, this.view.lastIndex - 1)
        return void this.log.commitTo(this.commit)
      case 'apply':
        this.applied = this.log.applicable
        return this.log.appliedTo(this.applied)
      case 'compact':
        return this.#compact()
      case 'restore':
        return this.#restore(operation.ahead)
    }
  }

  #anotherConfiguration(): Configuration {
    this.#configurations += 1
    return configurationOf(['1', '2', '3'], [`9${this.#configurations}`])
  }

  #append(more: number, payload: Payload): void {
    this.term += more
    const entry = this.log.append(this.term, payload)
    expect(entry.index).toBe(this.view.lastIndex + 1)
    this.view.entries.push(entry)
  }

  #replace(back: number, count: number): void {
    const from = Math.max(this.commit, this.view.lastIndex - back) + 1
    this.term += 1
    const entries = Array.from({ length: count }, (_, nth): Entry => {
      return { index: from + nth, term: this.term, kind: 'noop' }
    })
    this.log.merge(entries)
    this.view.entries.length = from - 1 - this.view.snapshot.index
    this.view.entries.push(...entries)
    this.durable = Math.min(this.durable, from - 1)
    for (const writing of this.writing) writing.same = Math.min(writing.same, from - 1)
  }

  #repeat(back: number): void {
    const from = Math.max(this.view.snapshot.index, this.view.lastIndex - back) + 1
    this.log.merge(this.view.read(from, this.view.lastIndex, Infinity))
  }

  #write(): void {
    if (!this.log.hasUnwritten) return
    this.#batches += 1
    const taken = this.log.takeUnwritten(this.#batches)
    const batch: Batch = { number: this.#batches, hardState: null, ...taken }
    this.writing.push({ batch, same: this.view.lastIndex })
  }

  #persist(): void {
    const next = this.writing.shift()
    if (!next) return
    this.disk.write(next.batch)
    this.durable = Math.max(this.durable, next.same)
    this.log.persisted(next.batch.number)
  }

  #compact(): void {
    const { index } = this.view.snapshot
    if (this.applied <= index || this.disk.snapshot.index !== index) return
    // A batch on its way would not find what it removes.
    if (this.writing.length > 0) return
    this.disk.compact(this.applied)
    this.log.compact(this.view.compact(this.applied))
  }

  #restore(ahead: number): void {
    const index = this.commit + ahead
    this.term += 1
    const snapshot = { index, term: this.term, configuration: this.#anotherConfiguration() }
    this.log.restore(snapshot)
    this.view.snapshot = snapshot
    this.view.entries = []
    this.durable = Math.min(this.durable, this.commit)
    for (const writing of this.writing) writing.same = 0
    this.commit = index
  }

  check(): void {
    const { log, view } = this
    expect(log.lastIndex).toBe(view.lastIndex)
    expect(log.lastTerm).toBe(view.lastTerm)
    expect(log.commit).toBe(this.commit)
    expect(log.durable).toBe(this.durable)
    expect(log.configuration).toBe(view.configuration)
    for (let index = view.snapshot.index - 1; index <= view.lastIndex + 1; index += 1)
      expect(log.termAt(index)).toBe(view.termAt(index))
    for (let from = view.snapshot.index + 1; from <= view.lastIndex; from += 1)
      this.#checkRead(from)
  }

  /** As much as is asked for and fits, of what is in memory or of what is on the disk. */
  #checkRead(from: number): void {
    for (const [count, bytes] of [
      [1, Infinity],
      [2, Infinity],
      [Infinity, 1],
      [Infinity, 100],
    ] as const) {
      const found = this.log.read(from, { count, bytes })
      expect(found.length).toBeGreaterThanOrEqual(1)
      expect(found.length).toBeLessThanOrEqual(count)
      expect(found).toEqual(this.view.read(from, from + found.length, Infinity))
      const size = found.reduce((sum, entry) => sum + sizeOf(entry), 0)
      if (found.length > 1) expect(size).toBeLessThanOrEqual(bytes)
    }
  }

  /** Everything is written: the disk is the log. */
  finish(): void {
    this.#write()
    while (this.writing.length > 0) this.#persist()
    expect(this.disk.snapshot).toEqual(this.view.snapshot)
    expect(this.disk.entries).toEqual(this.view.entries)
    expect(this.log.durable).toBe(this.view.lastIndex)
  }
}

test('it is what was appended, and durable as far as the disk has it', () => {
  fc.assert(
    fc.property(
      fc.array(operation, { maxLength: 40 }),
      fc.constantFrom(0, 100, 10_000),
      (operations, cachedBytes) => {
        const model = new Model(cachedBytes)
        for (const each of operations) {
          model.do(each)
          model.check()
        }
        model.finish()
      },
    ),
    { numRuns: 150 },
  )
})

/**
 * What the tests of views share: a replica of a coordinator's partition over a real log and its
 * cleaner, a store that keeps all its writes and can be taken back to any of them, and both folds.
 */
import type { Logger } from '../../../../src/base/log.ts'
import { silentLogger } from '../../../../src/base/log.ts'
import { CommittedViews } from '../../../../src/coordinator/view/committed-views.ts'
import type { PartitionView } from '../../../../src/coordinator/view/partition-view.ts'
import type {
  CleanerPorts,
  FoldedPartition,
  KeyRange,
  StoreEntry,
  StoreOperation,
  ViewStore,
} from '../../../../src/coordinator/view/ports.ts'
import type { Log } from '../../../../src/log/log.ts'
import { TOPIC_ID, append } from '../../log/fixture.ts'
import type { Entry } from '../../log/cleaner/fixture.ts'
import {
  TurningClock,
  compacted,
  contentOf,
  fold,
  keyed,
  openLogs,
} from '../../log/cleaner/fixture.ts'
import { MemoryDisk } from '../../log/memory-disk.ts'

export const TOPIC = '__consumer_offsets'
export const NAME = { topicId: TOPIC_ID, partition: 0 }
const CONFIG = { ...compacted, 'segment.bytes': 500 }

const text = new TextDecoder()
const utf8 = new TextEncoder()

/** A replica that commits when it is told to. */
export class Replica implements FoldedPartition {
  readonly topic = TOPIC
  readonly topicId = TOPIC_ID
  readonly index = 0
  readonly clock = new TurningClock()
  leaderEpoch = 0
  #disk = new MemoryDisk()
  #logs: ReturnType<typeof openLogs>
  #log: Log
  readonly #watchers = new Set<() => void>()

  constructor() {
    this.#logs = this.#open()
    const of = { topic: TOPIC, partition: 0, topicId: TOPIC_ID, config: CONFIG }
    this.#log = this.#logs.manager.create(of)
  }

  #open() {
    return openLogs(this.#disk, { clock: this.clock, logConfig: CONFIG })
  }

  get log(): Log {
    return this.#log
  }

  get cleaner() {
    const { manager, cleaner } = this.#logs
    return {
      cleanedOffset: (of: { topic: string; partition: number }) => manager.cleanedOffset(of),
      holdBack: (of: { topic: string; partition: number }, applied: () => number) =>
        cleaner.holdBack(of, applied),
    }
  }

  watchCommits(wake: () => void): () => void {
    this.#watchers.add(wake)
    return () => this.#watchers.delete(wake)
  }

  wake(): void {
    for (const wake of this.#watchers) wake()
  }

  append(entries: readonly Entry[], codec: 'none' | 'gzip' = 'none'): void {
    const { errorCode } = append(this.#log, keyed(entries, { codec }), this.leaderEpoch)
    if (errorCode !== 0) throw new Error(`append: ${errorCode}`)
  }

  async commit(upTo = this.#log.logEndOffset): Promise<void> {
    await this.#log.flush()
    this.#log.advanceHighWatermark(upTo)
    await this.#logs.manager.checkpointHighWatermarks()
    this.wake()
  }

  async add(...entries: readonly Entry[]): Promise<void> {
    this.append(entries)
    await this.commit()
  }

  truncateTo(offset: number): void {
    this.#log.truncateTo(offset)
    this.leaderEpoch += 1
    this.#log.assignEpoch(this.leaderEpoch)
    this.wake()
  }

  beginAgainAt(offset: number): void {
    this.#log.truncateFullyAndStartAt(offset)
    this.wake()
  }

  /** Everything that may be compacted is; tombstones that were met earlier go. */
  async compact(): Promise<void> {
    this.#log.roll()
    await this.#log.flush()
    await this.#logs.clean()
    this.clock.advance(2_000)
    await this.#logs.clean()
  }

  /** The process dies: what of it remains is opened again, and led in another epoch. */
  kill(): void {
    this.#watchers.clear()
    this.#disk = this.#disk.afterKill()
    this.#logs = this.#open()
    this.#log = this.#logs.manager.get(TOPIC, 0) as Log
    this.leaderEpoch += 1
    this.#log.assignEpoch(this.leaderEpoch)
  }

  /** What the log says, up to the high watermark. */
  get folded(): ReadonlyMap<string, string> {
    const { records } = contentOf(this.#log)
    return fold(records.filter(({ offset }) => offset < this.#log.highWatermark))
  }
}

export function openViews(
  replica: Replica,
  store: ViewStore,
  {
    logger = silentLogger,
    cleaner = replica.cleaner,
  }: { logger?: Logger; cleaner?: CleanerPorts } = {},
) {
  const failures: Error[] = []
  const views = new CommittedViews({
    ...{ store, logger, clock: replica.clock, cleaner },
    onFatal: (error) => failures.push(error),
  })
  return { views, failures }
}

/** All that is in the view, in the order of the keys; read both ways. */
export async function contentOfView(view: PartitionView): Promise<ReadonlyMap<string, string>> {
  const content = new Map<string, string>()
  for await (const { key, value } of view.beginningWith(new Uint8Array()))
    content.set(text.decode(key), text.decode(value ?? undefined))
  const values = await view.get([...content.keys()].map((key) => utf8.encode(key)))
  for (const [index, [key, value]] of [...content].entries())
    if (text.decode(values[index] ?? undefined) !== value) throw new Error(`${key} is not found`)
  return content
}

export const caughtUp = (view: PartitionView, { log }: Replica) =>
  view.untilApplied(log.highWatermark)

interface Write {
  readonly operations: readonly StoreOperation[]
  readonly sync: boolean
}

/** A store that remembers every write, so that any earlier state of it can be had again. */
export class JournalStore implements ViewStore {
  readonly writes: Write[]
  readonly #content = new Map<string, StoreEntry>()
  #onBatch: (operations: readonly StoreOperation[]) => void = () => {}
  #isDead = false

  constructor(writes: readonly Write[] = []) {
    this.writes = [...writes]
    for (const { operations } of writes) this.#apply(operations)
  }

  /** How many writes are there for sure after the power failed. */
  get durableWrites(): number {
    return this.writes.findLastIndex(({ sync }) => sync) + 1
  }

  /** As it was after so many writes. */
  copy(writes = this.writes.length): JournalStore {
    return new JournalStore(this.writes.slice(0, writes))
  }

  onBatch(hear: (operations: readonly StoreOperation[]) => void): void {
    this.#onBatch = hear
  }

  /** Its process is dead: nothing is written or read any more, and nobody hears of it. */
  kill(): void {
    this.#isDead = true
  }

  async getMany(keys: Uint8Array[]): Promise<(Uint8Array | undefined)[]> {
    await this.#turn()
    return keys.map((key) => this.#content.get(nameOf(key))?.[1])
  }

  batch() {
    const operations: StoreOperation[] = []
    return {
      put: (key: Uint8Array, value: Uint8Array) => operations.push({ type: 'put', key, value }),
      del: (key: Uint8Array) => operations.push({ type: 'del', key }),
      write: (options: { sync: boolean }) => this.write(operations, options),
    }
  }

  async write(operations: readonly StoreOperation[], { sync }: { sync: boolean }): Promise<void> {
    await this.#turn()
    this.#onBatch(operations)
    this.writes.push({ operations: [...operations], sync })
    this.#apply(operations)
    await this.#turn()
  }

  iterator({ gte, lt }: KeyRange) {
    const rest = [...this.#content.values()]
      .filter(([key]) => Buffer.compare(key, gte) >= 0 && Buffer.compare(key, lt) < 0)
      .sort(([a], [b]) => Buffer.compare(a, b))
    return {
      nextv: async (count: number) => {
        await this.#turn()
        return rest.splice(0, count)
      },
      close: () => Promise.resolve(),
    }
  }

  #turn(): Promise<void> {
    return this.#isDead ? new Promise(() => {}) : Promise.resolve()
  }

  #apply(operations: readonly StoreOperation[]): void {
    for (const operation of operations)
      if (operation.type === 'del') this.#content.delete(nameOf(operation.key))
      else this.#content.set(nameOf(operation.key), [operation.key, operation.value])
  }
}

const nameOf = (key: Uint8Array) => Buffer.from(key).toString('latin1')

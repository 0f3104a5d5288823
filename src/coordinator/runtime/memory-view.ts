/**
 * Committed views in memory: the last record of every key of a partition, folded from its log anew
 * at every start, on whatever replica. Woken by the high watermark, a bounded piece at a time.
 */
import type { Clock } from '../../base/clock.ts'
import { delay } from '../../base/clock.ts'
import { asError } from '../../base/errors.ts'
import type { Logger } from '../../base/log.ts'
import { BatchCursor } from '../../records/batch.ts'
import { readRecords } from '../../records/record.ts'
import { errorName, errors } from '../../wire/errors.ts'
import type { CoordinatorPartition, FollowedView, Views } from '../ports.ts'
import type { CoordinatorRecord } from '../shard.ts'

export interface MemoryViewPorts {
  readonly clock: Clock
  readonly logger: Logger
  readonly fatal: (error: Error) => void
}

const READ_BYTES = 1024 * 1024
/** Nothing of ours is compressed; of anybody's, so much of one batch. */
const UNCOMPRESSED_BYTES_MAX = 128 * 1024 * 1024

export class MemoryViews implements Views {
  readonly #ports: MemoryViewPorts
  readonly #views = new Map<string, MemoryView>()

  constructor(ports: MemoryViewPorts) {
    this.#ports = ports
  }

  follow(partition: CoordinatorPartition): FollowedView {
    const name = `${partition.topicId} ${partition.index}`
    this.#views.get(name)?.stop()
    const view = new MemoryView(partition, this.#ports)
    this.#views.set(name, view)
    return view
  }

  forget({ topicId, partition }: { readonly topicId: string; readonly partition: number }): void {
    const name = `${topicId} ${partition}`
    this.#views.get(name)?.stop()
    this.#views.delete(name)
  }

  close(): Promise<void> {
    for (const view of this.#views.values()) view.stop()
    return Promise.resolve()
  }
}

class MemoryView implements FollowedView {
  readonly #partition: CoordinatorPartition
  readonly #ports: MemoryViewPorts
  /** By key, a character for each byte: their order is the order of the keys. */
  readonly #records = new Map<string, CoordinatorRecord>()
  readonly #watchers = new Set<() => void>()
  readonly #stopWatching: () => void
  #appliedOffset = 0
  #isRunning = false
  #isStopped = false

  constructor(partition: CoordinatorPartition, ports: MemoryViewPorts) {
    this.#partition = partition
    this.#ports = ports
    this.#stopWatching = partition.watchCommits(() => this.#wake())
    this.#wake()
  }

  get appliedOffset(): number {
    return this.#appliedOffset
  }

  watch(moved: () => void): () => void {
    this.#watchers.add(moved)
    return () => this.#watchers.delete(moved)
  }

  stop(): void {
    this.#isStopped = true
    this.#stopWatching()
  }

  get(keys: readonly Uint8Array[]): Promise<readonly (Uint8Array | null)[]> {
    return Promise.resolve(keys.map((key) => this.#records.get(nameOf(key))?.value ?? null))
  }

  async *beginningWith(prefix: Uint8Array): AsyncIterable<CoordinatorRecord> {
    const begin = nameOf(prefix)
    const names = [...this.#records.keys()].filter((name) => name.startsWith(begin)).sort()
    const found = names.flatMap((name) => this.#records.get(name) ?? [])
    for (const record of found) yield await Promise.resolve(record)
  }

  #wake(): void {
    if (this.#isRunning || this.#isStopped || !this.#isBehind) return
    this.#isRunning = true
    void this.#run().catch((thrown: unknown) => {
      this.#ports.fatal(asError(thrown))
    })
  }

  get #isBehind(): boolean {
    const { log } = this.#partition
    return this.#appliedOffset < log.highWatermark || log.logEndOffset < this.#appliedOffset
  }

  async #run(): Promise<void> {
    // Whoever wakes it may be in the middle of a change.
    do await delay(this.#ports.clock, 0)
    while (!this.#isStopped && this.#isBehind && this.#step())
    this.#isRunning = false
  }

  /** False when there is no way on for now. */
  #step(): boolean {
    const { topic, index, log } = this.#partition
    // A replica that began again, empty: what it had was committed, and comes once more.
    if (log.logEndOffset < this.#appliedOffset) {
      this.#records.clear()
      this.#appliedOffset = 0
    }
    const fromOffset = Math.max(this.#appliedOffset, log.logStartOffset)
    const upToOffset = log.highWatermark
    const read = { fromOffset, upToOffset, maxBytes: READ_BYTES, atLeastOneBatch: true }
    const { errorCode, chunks } = log.read(read)
    if (errorCode !== errors.NONE) {
      const fields = { topic, partition: index, offset: fromOffset, error: errorName(errorCode) }
      this.#ports.logger.error(fields, 'committed records cannot be read')
      return false
    }
    for (const chunk of chunks) this.#apply(chunk, fromOffset)
    for (const moved of this.#watchers) moved()
    return chunks.length > 0
  }

  #apply(chunk: Uint8Array, fromOffset: number): void {
    const limit = { maxBytes: UNCOMPRESSED_BYTES_MAX }
    for (const batch = new BatchCursor(chunk); batch.at < chunk.byteLength; batch.next()) {
      if (!batch.isControl)
        for (const { offset, key, value } of readRecords(batch, limit)) {
          if (offset < fromOffset || key === null) continue
          if (value === null) this.#records.delete(nameOf(key))
          else this.#records.set(nameOf(key), { key: key.slice(), value: value.slice() })
        }
      this.#appliedOffset = batch.nextOffset
    }
  }
}

function nameOf(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1')
}

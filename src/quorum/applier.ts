/**
 * Delivers what is committed to the listeners, in order: entries from the log, or a snapshot where
 * the log begins later. In slices, so that the event loop is never held for long. It also says when
 * enough was delivered to take a snapshot.
 */
import assert from 'node:assert'
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import { MetadataDelta } from '../metadata/delta.ts'
import { EMPTY_IMAGE, type MetadataImage } from '../metadata/image.ts'
import type { Configuration } from '../raft/configuration.ts'
import { recordsOf } from './entry.ts'
import type { QuorumListener } from './ports.ts'
import type { SnapshotId, SnapshotStore } from './snapshot-store.ts'
import type { Storage } from './storage.ts'

export interface ApplierEvents {
  /** Everything up to `index` was delivered. */
  applied(index: number): void
  failed(error: Error): void
}

/** Of the event loop, before everybody else has a turn. */
const SLICE_MS = 4
const READ_BYTES = 256 * 1024

export class Applier {
  readonly #storage: Storage
  readonly #snapshots: SnapshotStore
  readonly #listeners: readonly QuorumListener[]
  readonly #clock: Clock
  readonly #events: ApplierEvents
  #applicable = 0
  #index = 0
  #term = 0
  /** Who votes at `#index`; null while nobody is known. */
  #configuration: Configuration | null = null
  #bytesSinceSnapshot = 0
  #running: Promise<void> | null = null
  #isStopped = false

  constructor(options: {
    storage: Storage
    snapshots: SnapshotStore
    listeners: readonly QuorumListener[]
    clock: Clock
    /** Of where the log begins. */
    founding: Configuration
    events: ApplierEvents
  }) {
    this.#storage = options.storage
    this.#snapshots = options.snapshots
    this.#listeners = options.listeners
    this.#clock = options.clock
    this.#events = options.events
    this.#configuration = options.founding.voters.length > 0 ? options.founding : null
  }

  /** What was delivered up to which index. */
  get index(): number {
    return this.#index
  }

  get term(): number {
    return this.#term
  }

  get configuration(): Configuration | null {
    return this.#configuration
  }

  get bytesSinceSnapshot(): number {
    return this.#bytesSinceSnapshot
  }

  snapshotTaken(): void {
    this.#bytesSinceSnapshot = 0
  }

  /** Everything up to `index` may be delivered; what fits in a slice is, before this returns. */
  advance(index: number): void {
    this.#applicable = Math.max(this.#applicable, index)
    if (this.#running !== null || this.#isStopped) return
    if (this.#deliverSlice()) return
    this.#running = this.#deliverRest().finally(() => {
      this.#running = null
    })
  }

  /** Delivers no more. Never rejects. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#running
  }

  /** Never rejects. */
  async #deliverRest(): Promise<void> {
    while (!this.#isStopped) {
      if (this.#needsSnapshot) {
        if (!(await this.#installNewest())) return
      } else {
        await delay(this.#clock, 0)
        if (!this.#isStopped && this.#deliverSlice()) return
      }
    }
  }

  /** Returns whether nothing is left to be done now. */
  #deliverSlice(): boolean {
    const until = this.#clock.monotonicMs() + SLICE_MS
    try {
      while (this.#index < this.#applicable && !this.#isStopped) {
        if (this.#needsSnapshot) return false
        this.#deliverSome()
        if (this.#clock.monotonicMs() >= until) return this.#index >= this.#applicable
      }
      return true
    } catch (thrown) {
      this.#fail(thrown)
      return true
    }
  }

  get #needsSnapshot(): boolean {
    const newest = this.#storage.newestSnapshot
    if (newest === null || newest.endOffset <= this.#index) return false
    // At a start, what is in a snapshot is not read entry by entry.
    return this.#index < this.#storage.startIndex || this.#index === 0
  }

  #deliverSome(): void {
    const stored = this.#storage.read(this.#index + 1, this.#applicable, READ_BYTES)
    const entries = stored.map(({ index: offset, term: epoch, payload }) => {
      if (payload.kind === 'configuration') this.#configuration = payload.configuration
      return { offset, epoch, records: recordsOf(payload) }
    })
    for (const { sizeBytes } of stored) this.#bytesSinceSnapshot += sizeBytes
    const last = stored.at(-1) ?? assert.fail('something was there to be delivered')
    this.#storage.committedTo(last.index + 1)
    for (const listener of this.#listeners) listener.onCommitted(entries)
    this.#moved(last.index + 1, last.term)
  }

  #moved(index: number, term: number): void {
    this.#index = index
    this.#term = term
    this.#events.applied(index)
  }

  /** Returns whether there may be more to do. */
  async #installNewest(): Promise<boolean> {
    const id = this.#storage.newestSnapshot
    // Its batch is on the way to the disk, or the core has not heard that it is there.
    if (id === null || id.endOffset > this.#applicable) return false
    try {
      const image = await this.#read(id)
      if (this.#isStopped) return false
      for (const listener of this.#listeners) listener.onSnapshot(image)
      this.#bytesSinceSnapshot = 0
      this.#moved(id.endOffset, id.epoch)
      return this.#index < this.#applicable
    } catch (thrown) {
      this.#fail(thrown)
      return false
    }
  }

  async #read(id: SnapshotId): Promise<MetadataImage> {
    const delta = new MetadataDelta(EMPTY_IMAGE)
    for (const { records, configuration } of this.#snapshots.read(id)) {
      for (const record of records) delta.replay(record)
      if (configuration) this.#configuration = configuration
      await delay(this.#clock, 0)
    }
    return delta.apply({ offset: id.endOffset - 1, epoch: id.epoch })
  }

  #fail(thrown: unknown): void {
    this.#isStopped = true
    this.#events.failed(asError(thrown))
  }
}

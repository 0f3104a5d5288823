/**
 * The views of all partitions of a node, in one database, and the one loop that writes to it: what
 * was committed since the last write goes into the next, of all partitions together, one write at a
 * time. A write is durable only every second, at the latest: what a crash of the machine takes is
 * folded again from the log.
 *
 * A database that fails stops the node. LevelDB takes no more writes after a failed one, and what
 * of it is on the disk nobody knows; the next start checks it, and folds again what is not sound.
 */
import { background, type Background } from '../../base/background.ts'
import type { Clock, Timer } from '../../base/clock.ts'
import { LograftError, asError } from '../../base/errors.ts'
import type { Logger } from '../../base/log.ts'
import { Emptying } from './emptying.ts'
import { HashRoom } from './known-hashes.ts'
import type { Step } from './partition-view.ts'
import { PartitionView } from './partition-view.ts'
import type { CleanerPorts, FoldedPartition, StoreOperation, ViewStore } from './ports.ts'
import type { ViewName } from './view-format.ts'
import { ALL_POSITIONS, parseKey, positionKey } from './view-format.ts'

/** Operations in one write, about: who comes later is in the next. */
const WRITE_OPERATIONS = 5_000
const SYNC_MS = 1_000
const POSITIONS_AT_ONCE = 1_000

export interface CommittedViewsOptions {
  /** Sound (`check-store.ts`), and nobody else's. It is the caller's to close. */
  readonly store: ViewStore
  readonly clock: Clock
  readonly logger: Logger
  readonly cleaner: CleanerPorts
  /** The database has failed: the node must stop. */
  readonly onFatal: (error: Error) => void
}

/** A view that is going. */
interface Forgetting {
  readonly emptying: Emptying
  readonly gone: Promise<void>
  readonly end: () => void
}

export class CommittedViews {
  readonly #options: CommittedViewsOptions
  readonly #loop: Background
  readonly #hashRoom = new HashRoom()
  readonly #views = new Map<
    string,
    { readonly view: PartitionView; readonly release: () => void }
  >()
  readonly #forgetting = new Map<string, Forgetting>()
  /** Who may have something to write. */
  readonly #queue = new Set<string>()
  #wakeUp: () => void = () => {}
  #syncTimer: Timer | null = null
  #syncDue = false
  #isClosing = false
  #failure: Error | null = null

  constructor(options: CommittedViewsOptions) {
    this.#options = options
    this.#loop = background('views of coordinators', () => this.#run(), options.onFatal)
  }

  /**
   * Begins to follow a replica, before its cleaner can begin: from now on that is held back.
   * A partition is followed once at a time.
   */
  follow(partition: FoldedPartition): PartitionView {
    const { store, clock, logger, cleaner } = this.#options
    const of = { topic: partition.topic, partition: partition.index }
    const key = keyOf({ topicId: partition.topicId, partition: partition.index })
    this.#endFollowing(key)
    // It is here again. What of it is gone is folded again.
    this.#forgetting.get(key)?.end()
    this.#forgetting.delete(key)
    const view = new PartitionView(partition, {
      ...{ store, clock, logger },
      cleanedOffset: () => cleaner.cleanedOffset(of),
      hashRoom: this.#hashRoom,
      wake: () => this.#wake(key),
      failed: (error) => this.#failed(error),
    })
    const release = cleaner.holdBack(of, () => view.durableOffset)
    this.#views.set(key, { view, release })
    this.#wake(key)
    return view
  }

  /** The view of a partition that is followed. */
  find(name: ViewName): PartitionView | undefined {
    return this.#views.get(keyOf(name))?.view
  }

  /** The replica is not here any more; its entries go. Resolves when they have, or at `close`. */
  forget(name: ViewName): Promise<void> {
    const key = keyOf(name)
    this.#endFollowing(key)
    const already = this.#forgetting.get(key)
    if (already) return already.gone
    let end = () => {}
    const gone = new Promise<void>((resolve) => (end = resolve))
    const emptying = new Emptying(this.#options.store, name)
    this.#forgetting.set(key, { emptying, gone, end })
    this.#wake(key)
    return gone
  }

  /** Forgets what is neither followed nor wanted: its topic was deleted while the node was down. */
  async retain(isWanted: (name: ViewName) => boolean): Promise<void> {
    const iterator = this.#options.store.iterator(ALL_POSITIONS)
    try {
      for (;;) {
        const positions = await iterator.nextv(POSITIONS_AT_ONCE)
        if (positions.length === 0) return
        for (const [key] of positions) {
          const name = parseKey(key)?.name
          if (name && !this.#views.has(keyOf(name)) && !isWanted(name)) void this.forget(name)
        }
      }
    } catch (thrown) {
      throw this.#failed(thrown)
    } finally {
      await iterator.close()
    }
  }

  /** Makes durable what was applied. Idempotent. */
  async close(): Promise<void> {
    this.#isClosing = true
    this.#wakeUp()
    await this.#loop.stop()
    this.#endAll()
  }

  #endFollowing(key: string): void {
    const followed = this.#views.get(key)
    this.#views.delete(key)
    followed?.view.stop()
    followed?.release()
  }

  /** The cleaner stays held back: what it does before it ends may not be folded by anybody. */
  #endAll(): void {
    this.#syncTimer?.cancel()
    for (const { view } of this.#views.values()) view.stop()
    this.#views.clear()
    for (const { end } of this.#forgetting.values()) end()
    this.#forgetting.clear()
  }

  #wake(key: string): void {
    this.#queue.add(key)
    this.#wakeUp()
  }

  // --- writing

  async #run(): Promise<void> {
    try {
      while (!this.#isClosing) {
        await this.#somethingToDo()
        await this.#write(this.#isClosing ? [] : await this.#gather())
      }
    } catch (thrown) {
      this.#endAll()
      throw storeFailed(thrown)
    }
  }

  #somethingToDo(): Promise<void> {
    return new Promise((resolve) => {
      this.#wakeUp = resolve
      if (this.#queue.size > 0 || this.#syncDue || this.#isClosing) resolve()
    })
  }

  /** Each partition once. */
  async #gather(): Promise<readonly Step[]> {
    const steps: Step[] = []
    let count = 0
    for (const key of [...this.#queue]) {
      if (count >= WRITE_OPERATIONS) break
      this.#queue.delete(key)
      const forgetting = this.#forgetting.get(key)
      const step = forgetting
        ? await this.#forgettingStep(key, forgetting)
        : await this.#views.get(key)?.view.step()
      if (!step) continue
      steps.push(step)
      count += step.operations.length
    }
    return steps
  }

  async #forgettingStep(key: string, { emptying, end }: Forgetting): Promise<Step | null> {
    const operations = await emptying.step()
    // It may be followed again.
    const isCurrent = () => this.#forgetting.get(key)?.emptying === emptying
    if (!isCurrent()) return null
    if (operations !== null) return { operations, written: () => this.#wake(key) }
    return {
      operations: [{ type: 'del', key: positionKey(nameOf(key)) }],
      written: () => {
        if (!isCurrent()) return
        this.#forgetting.delete(key)
        end()
      },
    }
  }

  async #write(steps: readonly Step[]): Promise<void> {
    const sync = this.#syncDue || this.#isClosing
    const unsettled = sync ? [...this.#views.values()].map(({ view }) => view.unsettled) : []
    const parts = [...unsettled, ...steps.map(({ operations }) => operations)]
    if (parts.some(({ length }) => length > 0)) await this.#writeParts(parts, { sync })
    for (const step of steps) step.written()
    if (sync) this.#synced()
    else if (steps.length > 0) this.#syncSoon()
  }

  #writeParts(
    parts: readonly (readonly StoreOperation[])[],
    options: { readonly sync: boolean },
  ): Promise<void> {
    const batch = this.#options.store.batch()
    for (const operations of parts)
      for (const operation of operations)
        if (operation.type === 'put') batch.put(operation.key, operation.value)
        else batch.del(operation.key)
    return batch.write(options)
  }

  #syncSoon(): void {
    this.#syncTimer ??= this.#options.clock.timer(SYNC_MS, () => {
      this.#syncDue = true
      this.#wakeUp()
    })
  }

  #synced(): void {
    this.#syncDue = false
    this.#syncTimer?.cancel()
    this.#syncTimer = null
    for (const { view } of this.#views.values()) view.settled()
  }

  #failed(thrown: unknown): Error {
    this.#failure ??= storeFailed(thrown)
    // Whoever reads while it is closed is late, and nothing is wrong.
    if (!this.#isClosing) this.#options.onFatal(this.#failure)
    return this.#failure
  }
}

function storeFailed(thrown: unknown): LograftError {
  return new LograftError(
    'STORE_FAILED',
    `the database of committed offsets (store/) failed: ${asError(thrown).message}. The next ` +
      'start checks it, and folds it again from the logs if it is damaged.',
    { cause: thrown },
  )
}

const keyOf = ({ topicId, partition }: ViewName) => `${topicId} ${partition}`

function nameOf(key: string): ViewName {
  const [topicId, partition] = key.split(' ')
  return { topicId: topicId as ViewName['topicId'], partition: Number(partition) }
}

/**
 * The segments of one log, in order, the last one active; and what of them is not fsynced yet: the
 * bytes of segments, and the directory entries of new ones. It knows files, not offsets: which
 * batches may go or come is the log's to decide.
 */
import assert from 'node:assert'
import type { Clock } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import { CLEANED_SUFFIX, SWAP_SUFFIX } from './cleaner/swap-files.ts'
import { discardSegments } from './segment-removal.ts'
import type { SegmentRules } from './segment.ts'
import { Segment } from './segment.ts'
import { syncing, syncingNow } from './sync-failed.ts'
import type { Trash } from './trash.ts'

export interface LogSegmentsOptions {
  readonly disk: Disk
  readonly clock: Clock
  readonly rules: SegmentRules
  readonly trash: Trash | undefined
  readonly nextRollJitterMs: () => number
  readonly deleteDelayMs: () => number
}

/** The fsyncs that make durable what is there now. */
export interface SegmentsSync {
  readonly syncs: readonly (() => Promise<void>)[]
  /** All of them succeeded, and nothing was truncated meanwhile. */
  succeeded(): void
  /** Always called, last. */
  ended(): void
}

export class LogSegments {
  readonly #options: LogSegmentsOptions
  readonly #all: Segment[]
  readonly #dirty: Set<Segment>
  /** A segment was created since the directory was last fsynced. */
  #directoryDirty: boolean
  /** A cleaned segment that a crash now would put in the place of others. */
  #swap: string | null = null

  constructor(
    options: LogSegmentsOptions,
    segments: readonly Segment[],
    { directoryDirty }: { readonly directoryDirty: boolean },
  ) {
    this.#options = options
    this.#directoryDirty = directoryDirty
    this.#all = [...segments]
    this.#dirty = new Set(segments.filter(({ isDirty }) => isDirty))
  }

  /** At least one. Borrowed: it changes. */
  get all(): readonly Segment[] {
    return this.#all
  }

  get active(): Segment {
    return this.#all[this.#all.length - 1] as Segment
  }

  get first(): Segment {
    return this.#all[0] as Segment
  }

  get sizeBytes(): number {
    return this.#all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  }

  /** Whether every byte is fsynced. */
  get isSynced(): boolean {
    return this.#dirty.size === 0
  }

  /** Bytes were written to the active segment. */
  noteWritten(): void {
    this.#dirty.add(this.active)
  }

  /** A new, empty active segment; the one before gets no more batches. Throws DiskError. */
  roll(baseOffset: number): void {
    const old = this.active
    // A later segment must not outlive the first: the log would seem to begin there.
    if (this.#directoryDirty && this.#all.length === 1) this.syncDirectory()
    this.#all.push(this.#create(baseOffset))
    this.#directoryDirty = true
    old.becomeInactive()
  }

  /**
   * Removes the first `count` segments, oldest first. Behind the first `inAnyOrder` of them, each
   * is durably gone before the next goes.
   */
  removeFirst(count: number, { inAnyOrder }: { readonly inAnyOrder: number }): void {
    const removed = this.#all.splice(0, count)
    this.#discard(removed.slice(0, inAnyOrder))
    for (const segment of removed.slice(inAnyOrder)) {
      this.#discard([segment])
      this.syncDirectory()
    }
  }

  /** Removes what is behind segment `index`, newest first. Durable after `syncDirectory`. */
  removeBehind(index: number): void {
    this.cancelSwap()
    this.#discard(this.#all.splice(index + 1).toReversed())
  }

  /** Removes all, newest first, and begins again, empty, at `baseOffset`. */
  restartAt(baseOffset: number): void {
    this.cancelSwap()
    this.#discard(this.#all.splice(0).toReversed())
    this.#all.push(this.#create(baseOffset))
  }

  /** Ends the active segment at `bytePosition`, durably. */
  cutActive(bytePosition: number): void {
    const { active } = this
    active.cut(bytePosition)
    const file = active.log.get()
    syncingNow(() => file.syncNow())
    active.markSynced(bytePosition)
    this.#dirty.delete(active)
  }

  syncDirectory(): void {
    const { disk, rules } = this.#options
    syncingNow(() => disk.syncDirectory(rules.directory))
    this.#directoryDirty = false
  }

  /**
   * Begins to make durable what is there now. What must stay open for that is pinned. Throws
   * DiskError, with nothing pinned, when a file will not open.
   */
  beginSync(): SegmentsSync {
    const { disk, rules } = this.#options
    const parts: { segment: Segment; sizeBytes: number }[] = []
    const unpin = () => {
      for (const { segment } of parts) segment.log.unpin()
    }
    const syncs: (() => Promise<void>)[] = []
    try {
      for (const segment of this.#dirty) {
        const file = segment.log.get()
        segment.log.pin()
        parts.push({ segment, sizeBytes: segment.sizeBytes })
        syncs.push(() => file.sync())
      }
    } catch (thrown) {
      unpin()
      throw thrown
    }
    // The file of a log that never held anything may be lost: it is made again, the same.
    const isVirgin = this.active.baseOffset === 0 && this.active.sizeBytes === 0
    let owesDirectory = this.#directoryDirty && !isVirgin
    if (owesDirectory) {
      this.#directoryDirty = false
      syncs.push(async () => {
        await disk.syncDirectoryInBackground(rules.directory)
        owesDirectory = false
      })
    }
    return {
      syncs,
      succeeded: () => {
        for (const { segment, sizeBytes } of parts) {
          segment.markSynced(sizeBytes)
          if (!segment.isDirty) this.#dirty.delete(segment)
        }
      },
      ended: () => {
        if (owesDirectory) this.#directoryDirty = true
        unpin()
      },
    }
  }

  // --- compaction; `cleaner/swap-files.ts` tells the steps

  /** Once the directory is fsynced, a crash ends with `cleaned` in its place. */
  beginSwap(cleaned: Segment): void {
    const { path } = cleaned.log
    const swap = path.slice(0, -CLEANED_SUFFIX.length) + SWAP_SUFFIX
    this.#options.disk.rename(path, swap)
    this.#swap = swap
  }

  /** Durably: there will be no swap. Before anything that it covers may change. */
  cancelSwap(): void {
    if (this.#swap === null) return
    this.#options.disk.remove(this.#swap)
    this.#swap = null
    this.syncDirectory()
  }

  /**
   * `cleaned` is in the log, and `replaced`, neighbours that it stands for, are not; the active one
   * is none of them. Returns where they ended.
   */
  finishSwap(replaced: readonly Segment[], cleaned: Segment): number {
    const { disk, rules } = this.#options
    const [first, ...others] = replaced
    const swap = this.#swap
    assert(first && swap !== null, 'a swap that was begun is finished, or cancelled')
    const index = this.#all.indexOf(first)
    this.#discard(others.toReversed())
    if (others.length > 0) this.syncDirectory()
    this.#discard([first])
    disk.rename(swap, first.log.path)
    this.#swap = null
    const { baseOffset, sizeBytes, createdMs, rollJitterMs } = cleaned
    const made = new Segment(rules, {
      ...{ baseOffset, sizeBytes, createdMs, rollJitterMs },
      syncedBytes: sizeBytes,
    })
    for (const index of ['offsets', 'times'] as const)
      // Without a descriptor for it there is none, and it is made when it is needed.
      if (disk.exists(cleaned[index].path)) disk.rename(cleaned[index].path, made[index].path)
    this.#all.splice(index, replaced.length, made)
    this.#directoryDirty = true
    return (this.#all[index + 1] as Segment).baseOffset
  }

  /** Makes durable, off the event loop, what was renamed, made and removed before the call. */
  async syncDirectoryInBackground(): Promise<void> {
    const { disk, rules } = this.#options
    await syncing(() => disk.syncDirectoryInBackground(rules.directory))
  }

  /** All derived entries into their files, and all files closed. */
  close(): void {
    for (const segment of this.#all) segment.close()
  }

  /** Closes all files as they are. */
  abandon(): void {
    for (const segment of this.#all) segment.abandon()
  }

  #create(baseOffset: number): Segment {
    const { clock, rules, nextRollJitterMs } = this.#options
    const createdMs = clock.wallMs()
    return Segment.create(rules, { baseOffset, createdMs, rollJitterMs: nextRollJitterMs() })
  }

  #discard(segments: readonly Segment[]): void {
    for (const segment of segments) this.#dirty.delete(segment)
    const { disk, trash, deleteDelayMs } = this.#options
    discardSegments(segments, { disk, trash, delayMs: deleteDelayMs() })
  }
}

/**
 * Bringing the producer state back: the newest snapshot that can be read, then the headers of the
 * batches behind it; without a snapshot, the headers of the whole log. Snapshots are written when a
 * segment is rolled and when the log is closed, not fsynced: a torn one is known by its CRC.
 */
import type { Disk } from '../base/disk.ts'
import { readFile } from '../base/disk.ts'
import type { BatchCursor } from '../records/batch.ts'
import { SNAPSHOT_SUFFIX, offsetFileName } from './file-names.ts'
import { parseProducerSnapshot } from './producer-snapshot.ts'
import type { ProducerBatch } from './producer-state.ts'
import { ProducerState, batchOf } from './producer-state.ts'
import type { Segment } from './segment.ts'

/**
 * How far back the five batches of each producer are looked for, which a snapshot does not hold.
 */
const REFILL_BYTES = 4 * 1024 * 1024

interface Scope {
  readonly disk: Disk
  readonly directory: string
  readonly segments: readonly Segment[]
  /** Offsets of the snapshots that are there, none above the log end. Ascending. */
  readonly snapshots: readonly number[]
  readonly logEndOffset: number
  /** No batch from this offset on has a producer (a scan just saw them all). */
  readonly noProducersFrom: number
  readonly nowMs: number
  readonly expirationMs: number
}

export interface LoadedProducers {
  readonly producers: ProducerState
  /** Snapshots, newer than the one used, that cannot be read: they are good for nothing. */
  readonly unreadable: readonly number[]
}

export function loadProducers(scope: Scope): LoadedProducers {
  const producers = new ProducerState()
  const unreadable: number[] = []
  let from = scope.segments[0]?.baseOffset ?? 0
  for (const offset of scope.snapshots.toReversed()) {
    const path = `${scope.directory}/${offsetFileName(offset, SNAPSHOT_SUFFIX)}`
    const entries = parseProducerSnapshot(readFile(scope.disk, path) ?? new Uint8Array())
    if (entries === null) {
      unreadable.push(offset)
      continue
    }
    for (const entry of entries) producers.restore(entry)
    from = offset
    break
  }
  producers.expire(scope.nowMs - scope.expirationMs)
  if (producers.size > 0) producers.refill(batchesBefore(scope.segments, from))
  if (from < Math.min(scope.logEndOffset, scope.noProducersFrom))
    forEachBatchFrom(scope.segments, from, (batch) => {
      if (batch.isIdempotent) producers.update(batch, scope.nowMs)
    })
  return { producers, unreadable }
}

/** Visits the headers of the batches that begin at `offset` or behind. */
function forEachBatchFrom(
  segments: readonly Segment[],
  offset: number,
  visit: (batch: BatchCursor) => void,
): void {
  const first = Math.max(
    0,
    segments.findLastIndex(({ baseOffset }) => baseOffset <= offset),
  )
  segments.slice(first).forEach((segment) => {
    const located = segment.locate(Math.max(offset, segment.baseOffset))
    if (located.type !== 'found') return
    segment.scan({ from: located.bytePosition, whole: false }, (batch) => {
      if (batch.baseOffset >= offset) visit(batch)
      return 'go-on'
    })
  })
}

type OlderBatch = ProducerBatch & { readonly producerId: number; readonly producerEpoch: number }

/** The idempotent batches in the last few megabytes in front of `offset`, oldest first. */
function batchesBefore(segments: readonly Segment[], offset: number): readonly OlderBatch[] {
  const found: OlderBatch[] = []
  let budgetBytes = REFILL_BYTES
  const older = segments.filter(({ baseOffset }) => baseOffset < offset)
  const starts: { readonly segment: Segment; readonly from: number }[] = []
  for (const segment of older.toReversed()) {
    if (budgetBytes <= 0) break
    starts.unshift({ segment, from: segment.positionNearEnd(budgetBytes).bytePosition })
    budgetBytes -= segment.sizeBytes
  }
  for (const { segment, from } of starts)
    segment.scan({ from, whole: false }, (batch) => {
      if (batch.baseOffset >= offset) return 'stop'
      const { producerId, producerEpoch } = batch
      if (batch.isIdempotent && !batch.isControl)
        found.push({ producerId, producerEpoch, ...batchOf(batch) })
      return 'go-on'
    })
  return found
}

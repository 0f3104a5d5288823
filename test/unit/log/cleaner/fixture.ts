/**
 * What the tests of the cleaner share: keyed batches, what a log holds, and the fold of it; a clock
 * that gives every turn at once.
 */
import { silentLogger } from '../../../../src/base/log.ts'
import type { Disk } from '../../../../src/base/disk.ts'
import { LogCleaner } from '../../../../src/log/cleaner/log-cleaner.ts'
import type { Log } from '../../../../src/log/log.ts'
import { LogManager } from '../../../../src/log/log-manager.ts'
import { TailCache } from '../../../../src/log/tail-cache.ts'
import type { LogConfig } from '../../../../src/log/types.ts'
import { BatchCursor } from '../../../../src/records/batch.ts'
import type { BatchToWrite } from '../../../../src/records/builder.ts'
import { buildBatch } from '../../../../src/records/builder.ts'
import { readRecords } from '../../../../src/records/record.ts'
import { ManualClock, config } from '../fixture.ts'

const utf8 = new TextEncoder()
const text = new TextDecoder()

const random = { next: () => 0, bytes: (count: number) => new Uint8Array(count).fill(7) }

/** Compacted, in small segments, with everything due at once. */
export const compacted: LogConfig = {
  ...config,
  'cleanup.policy': ['compact'],
  'segment.bytes': 400,
  'index.interval.bytes': 100,
  'min.cleanable.dirty.ratio': 0,
  'delete.retention.ms': 1_000,
}

/** Moves only when told, but a timer of no time fires by itself: a turn is given at once. */
export class TurningClock extends ManualClock {
  override timer(delayMs: number, action: () => void) {
    if (delayMs > 0) return super.timer(delayMs, action)
    let isWanted = true
    queueMicrotask(() => {
      if (isWanted) action()
    })
    return { cancel: () => void (isWanted = false) }
  }
}

export type Entry = readonly [key: string, value: string | null]

export function keyed(
  entries: readonly Entry[],
  {
    timestampMs = 1_700_000_000_000,
    ...rest
  }: Omit<BatchToWrite, 'records'> & { timestampMs?: number } = {},
): Uint8Array {
  const records = entries.map(([key, value], index) => ({
    key: utf8.encode(key),
    value: value === null ? null : utf8.encode(value),
    timestampMs: timestampMs + index,
  }))
  return buildBatch({ ...rest, records })
}

export interface KeyedRecord {
  readonly offset: number
  readonly key: string | null
  readonly value: string | null
  readonly timestampMs: number
}

export function recordsOf(bytes: Uint8Array): KeyedRecord[] {
  const records: KeyedRecord[] = []
  for (const batch = new BatchCursor(bytes); batch.at < bytes.byteLength; batch.next())
    for (const { offset, key, value, timestampMs } of readRecords(batch, { maxBytes: 1e9 }))
      records.push({
        offset,
        key: key === null ? null : text.decode(key),
        value: value === null ? null : text.decode(value),
        timestampMs,
      })
  return records
}

/** The headers of all batches, in order, and the records in them; read as a consumer reads. */
export function contentOf(log: Log): { batches: BatchCursor[]; records: KeyedRecord[] } {
  const batches: BatchCursor[] = []
  for (let next = log.logStartOffset; next < log.logEndOffset;) {
    const read = log.read({
      fromOffset: next,
      upToOffset: Infinity,
      maxBytes: 1_000,
      atLeastOneBatch: true,
    })
    if (read.errorCode !== 0) throw new Error(`read at ${next}: error ${read.errorCode}`)
    if (read.sizeBytes === 0) throw new Error(`nothing at ${next} of ${log.logEndOffset}`)
    for (const chunk of read.chunks)
      for (
        const batch = new BatchCursor(chunk.slice());
        batch.at < chunk.byteLength;
        batch.next()
      ) {
        batches.push(new BatchCursor(batch.batch.slice()))
        next = batch.nextOffset
      }
  }
  return { batches, records: batches.flatMap((batch) => recordsOf(batch.bytes)) }
}

/** The last value of each key; deleted ones are not in it. */
export function fold(records: readonly { key: string | null; value: string | null }[]) {
  const last = new Map<string, string>()
  for (const { key, value } of records) {
    if (key === null) continue
    if (value === null) last.delete(key)
    else last.set(key, value)
  }
  return new Map([...last].sort(([a], [b]) => (a < b ? -1 : 1)))
}

export const DIRECTORY = '/logs'

/** A directory with its cleaner. */
export function openLogs(
  disk: Disk,
  {
    clock = new TurningClock(),
    logConfig = compacted,
    mapBytes = 24_000,
    tailCacheBytes = 0,
    logger = silentLogger,
  }: {
    clock?: ManualClock
    logConfig?: LogConfig
    mapBytes?: number
    /** Without memory of what was appended last, everything is read from files. */
    tailCacheBytes?: number
    logger?: typeof silentLogger
  } = {},
) {
  const failures: Error[] = []
  const manager = LogManager.open({
    ...{ disk, clock, logger, random },
    directory: DIRECTORY,
    configOf: () => logConfig,
    tailCache: new TailCache({ budgetBytes: tailCacheBytes }),
    onFatal: (error) => failures.push(error),
  })
  const cleaner = new LogCleaner({
    ...{ logs: manager, disk, clock, logger, random, mapBytes },
    backoffMs: 15_000,
    bytesPerSecond: Infinity,
    onFatal: (error) => failures.push(error),
  })
  const clean = (abort = new AbortController()): Promise<number> => cleaner.cleanDue(abort.signal)
  return { manager, cleaner, clean, clock, failures }
}

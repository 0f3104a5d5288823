/**
 * How the metadata log comes back at start: what is on disk is checked as a whole before anything
 * of it is believed, then replayed from the newest snapshot on. Damage below the durable watermark,
 * or a missing file that cannot be rebuilt, refuses the start; nothing is deleted (SAFETY S2, S5,
 * S6, S8, S10).
 */
import assert from 'node:assert'
import type { Disk } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { CommittedEntry, CommittedSnapshot } from '../metadata/records.ts'
import { BatchCursor } from '../records/batch.ts'
import { errors } from '../wire/errors.ts'
import type { EntryHeader } from './entry.ts'
import { chainFault, entryRecovery, readEntry, recordsOf } from './entry.ts'
import type { EntryLog, OpenEntryLog, QuorumListener } from './ports.ts'
import type { QuorumState } from './quorum-state.ts'
import { readQuorumState } from './quorum-state.ts'
import type { SnapshotId, SnapshotStore } from './snapshot-store.ts'
import { SnapshotCorrupt } from './snapshot-store.ts'
import { MetadataUnusable } from './unusable.ts'

export interface Recovered {
  readonly log: EntryLog
  /** Null at the very first start. */
  readonly state: QuorumState | null
  /** The newest that can be read; null when the log goes back to the beginning. */
  readonly snapshot: CommittedSnapshot | null
}

export interface ReplayProgress {
  /** Everything below was replayed. */
  readonly offset: number
  readonly endOffset: number
}

/** Bytes read from the log at once while replaying. */
const REPLAY_CHUNK_BYTES = 1024 * 1024

/** Opens what is in `directory`; throws MetadataUnusable. */
export function recover(options: {
  disk: Disk
  logger: Logger
  directory: string
  openLog: OpenEntryLog
  snapshots: SnapshotStore
}): Recovered {
  const { disk, directory, snapshots } = options
  makeDurableDirectory(disk, directory)
  const state = readQuorumState(disk, directory)
  const known = snapshots.list()
  if (state === null && (known.length > 0 || holdsLog(disk, directory)))
    throw new MetadataUnusable(
      `${directory} holds a metadata log, but its quorum-state (term and vote) is missing.`,
    )
  // Only committed entries go into a snapshot, so its end is a durable watermark too.
  const durableWatermark = Math.max(state?.flushedOffset ?? 0, known.at(-1)?.endOffset ?? 0)
  const log = openRecovered(options, { durableWatermark, oldest: oldestKept(known) })
  assert(log.logEndOffset >= durableWatermark, 'a log that lacks durable entries does not open')
  const snapshot = newestReadable(options, log, known)
  snapshots.removeUnfinished()
  return { log, state, snapshot }
}

/** Its name in the parent must outlive a power cut before anything in it is relied on. */
function makeDurableDirectory(disk: Disk, directory: string): void {
  if (disk.exists(directory)) return
  disk.makeDirectory(directory)
  disk.syncDirectory(directory.slice(0, directory.lastIndexOf('/')))
}

/** Segments with anything in them; empty ones are what a crash in the very first start leaves. */
function holdsLog(disk: Disk, directory: string): boolean {
  return disk
    .list(directory)
    .some(({ name }) => name.endsWith('.log') && disk.sizeBytes(`${directory}/${name}`) !== 0)
}

/** The log is trimmed behind the older of the two snapshots that are kept, so one may be lost. */
function oldestKept(known: readonly SnapshotId[]): SnapshotId | null {
  return known.length > 1 ? (known[0] ?? null) : null
}

function openRecovered(
  { directory, openLog }: { directory: string; openLog: OpenEntryLog },
  { durableWatermark, oldest }: { durableWatermark: number; oldest: SnapshotId | null },
): EntryLog {
  try {
    return openLog({
      directory,
      recovery: entryRecovery(durableWatermark),
      recoveryPoint: durableWatermark,
      logStartOffset: oldest?.endOffset ?? 0,
    })
  } catch (thrown) {
    if (!isCorruption(thrown)) throw thrown
    const { path, bytePosition, offset } = thrown
    throw new MetadataUnusable(
      `${path} is damaged at byte ${bytePosition}, where metadata offset ${offset} was to be ` +
        `found, and it had been written durably.`,
      { cause: thrown },
    )
  }
}

/** What a log throws for damage below the durable watermark: code, and the place. */
interface Corruption extends LograftError<'LOG_CORRUPT'> {
  readonly path: string
  readonly bytePosition: number
  readonly offset: number
}

function isCorruption(thrown: unknown): thrown is Corruption {
  return thrown instanceof LograftError && thrown.code === 'LOG_CORRUPT' && 'path' in thrown
}

function newestReadable(
  { snapshots, logger, directory }: { snapshots: SnapshotStore; logger: Logger; directory: string },
  log: EntryLog,
  known: readonly SnapshotId[],
): CommittedSnapshot | null {
  const faults: string[] = []
  for (const id of known.filter(({ endOffset }) => endOffset >= log.logStartOffset).reverse())
    try {
      return snapshots.read(id)
    } catch (thrown) {
      if (!(thrown instanceof SnapshotCorrupt)) throw thrown
      faults.push(`${thrown.message}.`)
      logger.error({ err: thrown, snapshot: id }, 'a metadata snapshot is damaged')
    }
  if (log.logStartOffset === 0) return null
  throw new MetadataUnusable(
    `The metadata log in ${directory} begins at offset ${log.logStartOffset}, and no snapshot ` +
      `reaches that far. ${faults.join(' ')}`.trimEnd(),
  )
}

/**
 * Delivers the snapshot and every entry behind it, all of which must be on disk. Returns the term
 * of the newest entry (0 for none) and how many bytes of entries were read.
 */
export function replay({
  log,
  snapshot,
  listeners,
  onProgress,
}: {
  log: EntryLog
  snapshot: CommittedSnapshot | null
  listeners: readonly QuorumListener[]
  onProgress: (progress: ReplayProgress) => void
}): { lastTerm: number; replayedBytes: number } {
  const endOffset = log.logEndOffset
  let before = { index: -1, term: 0 }
  let replayedBytes = 0
  if (snapshot !== null) {
    before = { index: snapshot.endOffset - 1, term: snapshot.epoch }
    for (const listener of listeners) listener.onSnapshot(snapshot)
    onProgress({ offset: snapshot.endOffset, endOffset })
  }
  while (before.index + 1 < endOffset) {
    const entries: CommittedEntry[] = []
    const { errorCode, chunks } = log.read({
      fromOffset: before.index + 1,
      upToOffset: endOffset,
      maxBytes: REPLAY_CHUNK_BYTES,
      atLeastOneBatch: true,
    })
    if (errorCode !== errors.NONE) throw unreadable(before.index + 1, `error ${errorCode}`)
    for (const chunk of chunks) {
      replayedBytes += chunk.byteLength
      for (const cursor = new BatchCursor(chunk); cursor.isWhole; cursor.next()) {
        const { entry, header } = readNext(cursor, before)
        before = header
        entries.push(entry)
      }
    }
    assert(entries.length > 0, 'a read below the log end gives something')
    for (const listener of listeners) listener.onCommitted(entries)
    onProgress({ offset: before.index + 1, endOffset })
  }
  return { lastTerm: before.term, replayedBytes }
}

function readNext(
  cursor: BatchCursor,
  before: { index: number; term: number },
): { entry: CommittedEntry; header: EntryHeader } {
  const stored = readEntry(cursor)
  if ('fault' in stored) throw unreadable(before.index + 1, stored.fault)
  const { index: offset, term: epoch } = stored
  if (offset !== before.index + 1) throw unreadable(before.index + 1, `entry ${offset} found there`)
  const fault = chainFault(before, stored)
  if (fault !== null) throw unreadable(offset, fault)
  return { entry: { offset, epoch, records: recordsOf(stored) }, header: stored }
}

function unreadable(offset: number, why: string): MetadataUnusable {
  return new MetadataUnusable(`The metadata log cannot be read at offset ${offset}: ${why}.`)
}

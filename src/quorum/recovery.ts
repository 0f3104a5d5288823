/**
 * How the metadata log comes back at start: what is on disk is checked as a whole before anything
 * of it is believed. Damage below the durable watermark, or a missing file that cannot be rebuilt,
 * refuses the start; nothing is deleted (SAFETY S2, S5, S6, S8, S10).
 */
import assert from 'node:assert'
import type { Disk } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import { chainFault, entryRecovery } from './entry.ts'
import { readEntries } from './entry-reader.ts'
import type { EntryLog, EntryRecovery, OpenEntryLog } from './ports.ts'
import type { QuorumState } from './quorum-state.ts'
import { NO_QUORUM_STATE, readQuorumState, writeQuorumState } from './quorum-state.ts'
import type { SnapshotId } from './snapshot-store.ts'
import { SnapshotCorrupt, SnapshotStore } from './snapshot-store.ts'
import { MetadataUnusable } from './unusable.ts'

export interface Opened {
  readonly log: EntryLog
  readonly state: QuorumState
  /** The newest that can be read; null when the log goes back to the beginning. */
  readonly snapshot: SnapshotId | null
  /** Everything below was known to be committed when some entry of the log was written. */
  readonly commitOffset: number
}

interface Found {
  readonly disk: Disk
  readonly logger: Logger
  readonly directory: string
  readonly openLog: OpenEntryLog
  readonly snapshots: SnapshotStore
}

/** Opens what is in `directory`; throws MetadataUnusable. */
export function openRecovered(found: Found): Opened {
  const { disk, directory, snapshots } = found
  makeDurableDirectory(disk, directory)
  const state = readQuorumState(disk, directory)
  const known = snapshots.list()
  if (state === null && holdsMetadata(disk, directory))
    throw new MetadataUnusable(
      `${directory} holds a metadata log, but its quorum-state (term and vote) is missing.`,
    )
  const durableWatermark = state?.flushedOffset ?? 0
  const recovery = entryRecovery(durableWatermark)
  const log = openLog(found, recovery, oldestKept(known))
  assert(log.logEndOffset >= durableWatermark, 'a log that lacks durable entries does not open')
  const snapshot = newestReadable(found, log, known)
  snapshots.removeUnfinished()
  const { commitOffset } = recovery
  const opened = { log, state: state ?? NO_QUORUM_STATE, snapshot, commitOffset }
  return snapshot === null ? opened : { ...opened, state: beginAtSnapshot(found, opened, snapshot) }
}

/**
 * Its name, and all names in it, must outlive a power cut before anything in it is relied on: what
 * a process that was killed had created or renamed, a term and a vote too, may be in the page cache
 * only.
 */
function makeDurableDirectory(disk: Disk, directory: string): void {
  disk.makeDirectory(directory)
  disk.syncDirectory(directory.slice(0, directory.lastIndexOf('/')))
  disk.syncDirectory(directory)
}

/**
 * Snapshots, or segments with anything in them; empty ones are what a crash in the very first start
 * leaves.
 */
export function holdsMetadata(disk: Disk, directory: string): boolean {
  const isSegment = ({ name }: { name: string }) =>
    name.endsWith('.log') && disk.sizeBytes(`${directory}/${name}`) !== 0
  const hasSnapshot = new SnapshotStore({ disk, directory }).list().length > 0
  return hasSnapshot || disk.list(directory).some(isSegment)
}

/** The log is trimmed behind the older of the two snapshots that are kept, so one may be lost. */
function oldestKept(known: readonly SnapshotId[]): SnapshotId | null {
  return known.length > 1 ? (known[0] ?? null) : null
}

function openLog(
  { directory, openLog: open }: Found,
  recovery: EntryRecovery,
  oldest: SnapshotId | null,
): EntryLog {
  try {
    return open({
      directory,
      recovery,
      recoveryPoint: recovery.durableWatermark,
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
  { snapshots, logger, directory }: Found,
  log: EntryLog,
  known: readonly SnapshotId[],
): SnapshotId | null {
  const faults: string[] = []
  for (const id of known.filter(({ endOffset }) => endOffset >= log.logStartOffset).reverse())
    try {
      snapshots.check(id)
      return id
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
 * A leader's snapshot was adopted, and the node stopped before the log began at it: a log that
 * lacks the snapshot's last entry is dropped now (S8). What was in it and is not in the snapshot
 * was never committed. Returns the state, which tells of no more than there is.
 */
function beginAtSnapshot(
  { disk, directory, logger }: Found,
  { log, state }: Opened,
  { endOffset, epoch }: SnapshotId,
): QuorumState {
  if (holdsEntry(log, { index: endOffset - 1, term: epoch })) return state
  logger.info({ endOffset, epoch, logEndOffset: log.logEndOffset }, 'the log begins at a snapshot')
  const lowered = { ...state, flushedOffset: Math.min(state.flushedOffset, endOffset) }
  if (lowered.flushedOffset < state.flushedOffset) writeQuorumState(disk, directory, lowered)
  log.truncateFullyAndStartAt(endOffset)
  return lowered
}

/** Whether the log has, or followed on, that entry. */
function holdsEntry(log: EntryLog, entry: { index: number; term: number }): boolean {
  const { logStartOffset, logEndOffset } = log
  if (entry.index + 1 === logStartOffset) {
    // What comes behind it tells; nothing behind it does not contradict.
    const [next] = readEntries(log, { from: logStartOffset, end: logEndOffset, maxBytes: 1 })
    return next === undefined || chainFault(entry, next) === null
  }
  if (entry.index < logStartOffset || entry.index >= logEndOffset) return false
  const range = { from: entry.index, end: entry.index + 1, maxBytes: 1 }
  const [stored] = readEntries(log, range)
  return stored?.term === entry.term
}

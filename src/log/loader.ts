/**
 * Opening a log: what is in the directory, where the log ends, and everything derived from the
 * batches. After a clean stop only the end is looked at; after any other, everything from the
 * recovery point's segment on is scanned. It decides first and changes second: damage below the
 * recovery point is thrown with the batches as they were.
 */
import type { Clock } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import { readFile } from '../base/disk.ts'
import type { Logger } from '../base/log.ts'
import { parseEpochCheckpoint } from './checkpoint.ts'
import { CLEANED_SUFFIX, finishSwaps } from './cleaner/swap-files.ts'
import { loadEpochsBelow } from './epoch-loading.ts'
import {
  DELETED_SUFFIX,
  LEADER_EPOCH_FILE,
  LOG_SUFFIX,
  OFFSET_INDEX_SUFFIX,
  SNAPSHOT_SUFFIX,
  TEMPORARY_SUFFIX,
  TIME_INDEX_SUFFIX,
  offsetFileName,
  parseOffsetFileName,
} from './file-names.ts'
import type { EpochEntry } from './leader-epoch-cache.ts'
import { LeaderEpochCache } from './leader-epoch-cache.ts'
import { LossMarks } from './loss-marks.ts'
import { loadProducers } from './producer-loading.ts'
import { ProducerSnapshots } from './producer-snapshots.ts'
import type { ProducerState } from './producer-state.ts'
import type { BadPlace, ScanFindings } from './recovery-scan.ts'
import {
  corrupt,
  firstSegmentMissing,
  isOnePartialBatch,
  scanForRecovery,
  segmentMissing,
} from './recovery-scan.ts'
import { BatchOrder } from './scan.ts'
import { cutAside, discardSegments } from './segment-removal.ts'
import type { SegmentRules } from './segment.ts'
import { Segment } from './segment.ts'
import { syncingNow } from './sync-failed.ts'
import type { RecoveryHook, RecoveryReport } from './types.ts'

export interface LoadOptions {
  readonly disk: Disk
  readonly clock: Clock
  readonly logger: Logger
  readonly directory: string
  readonly rules: SegmentRules
  readonly recoveryPoint: number | null
  readonly logStartOffset: number
  /** A checkpoint says so; else it is where the first file begins. */
  readonly isLogStartKnown: boolean
  /** Everything below it was committed, and has been here. */
  readonly highWatermark: number
  readonly cleanShutdown: boolean
  readonly unsyncedMayBeGone: boolean
  /** The directory was just made, by whoever calls: there is nothing in it of a log. */
  readonly isFresh: boolean
  readonly recovery?: RecoveryHook | undefined
  readonly producerIdExpirationMs: number
  readonly nextRollJitterMs: () => number
}

export interface LoadedLog {
  /** At least one; the last one is active. */
  readonly segments: Segment[]
  /** Names of segments may not be durable: just made, or by a process that was killed. */
  readonly directoryDirty: boolean
  readonly logStartOffset: number
  readonly logEndOffset: number
  readonly flushedOffset: number
  readonly epochs: LeaderEpochCache
  /** What `leader-epoch-checkpoint` says. */
  readonly epochsOnDisk: readonly EpochEntry[]
  readonly producers: ProducerState
  /** Offsets of the snapshots on disk, ascending. */
  readonly snapshots: number[]
  readonly report: RecoveryReport
  readonly loss: LossMarks
}

export function loadLog(options: LoadOptions): LoadedLog {
  const { directory, logger } = options
  if (!options.isFresh && options.disk.exists(directory)) finishSwaps(options)
  const files = options.isFresh ? NO_FILES : listFiles(options)
  const segments = openSegments(options, files)
  const logStartOffset = Math.max(options.logStartOffset, segments[0]?.baseOffset ?? 0)

  const scope = findScope(options, segments)
  const fromFile = options.isFresh ? null : readEpochs(options)
  let epochs = new LeaderEpochCache()
  let findings: ScanFindings
  if (scope.scanned) {
    const below = segments[scope.from]?.baseOffset ?? 0
    epochs = loadEpochsBelow({ segments, fromFile, below, logStartOffset, logger })
    const { recovery, rules } = options
    const { gapsAllowedBelow } = rules
    const known = { segments, epochs, gapsAllowedBelow, logStartOffset, recovery }
    findings = scanForRecovery({
      ...known,
      recoveryPoint: options.recoveryPoint ?? 0,
      epochsFromFile: fromFile ?? [],
      from: scope.from,
    })
  } else findings = lookAtEnd(segments, options.rules.gapsAllowedBelow)

  const durableOffset = Math.max(options.recoveryPoint ?? 0, findings.watermark)
  if (findings.bad?.gap === true && options.recoveryPoint === null)
    throw segmentMissing(segments, findings.bad)
  refuseDamage(segments, findings, { durableOffset, logStartOffset })
  const loss = new LossMarks(options.disk, directory, files.names)
  if (hasLost(options, { ...findings, segments, logStartOffset })) loss.add()
  const cut = findings.bad === null ? NOTHING_CUT : cutTornTail(options, segments, findings.bad)

  const found = { ...findings, segments, logStartOffset }
  const logEndOffset = beginAtLogStart(options, found)
  if (!scope.scanned) {
    const below = findings.nextOffset
    epochs = loadEpochsBelow({ segments, fromFile, below, logStartOffset, logger })
  }
  dropEmptyEpoch(options, epochs, fromFile, logEndOffset)
  epochs.truncateFromStart(logStartOffset)

  const clean = !scope.scanned && findings.bad === null
  const flushedOffset = clean ? logEndOffset : Math.min(durableOffset, logEndOffset)
  markSynced(segments, flushedOffset, clean)
  const scanStart = scope.scanned ? (segments[scope.from]?.baseOffset ?? logEndOffset) : Infinity
  const noProducersFrom = findings.sawProducers ? Infinity : scanStart
  const { nextOffset } = findings
  const { producers, taken } = restoreProducers(options, files, {
    ...{ segments, logEndOffset, nextOffset, noProducersFrom },
  })
  if (logEndOffset > nextOffset) removeBelowStart(options, segments)
  return {
    segments,
    directoryDirty: files.logs.length === 0 || !clean,
    logStartOffset,
    logEndOffset,
    flushedOffset,
    epochs,
    epochsOnDisk: fromFile ?? [],
    producers,
    snapshots: [...taken.offsets],
    report: { scanned: scope.scanned, ...cut },
    loss,
  }
}

interface ReadSegments {
  readonly segments: LoadedLog['segments']
  readonly logEndOffset: number
  /** Behind the last batch; below the log end where the log begins anew. */
  readonly nextOffset: number
  readonly noProducersFrom: number
}

/** From snapshots and segments; what is no snapshot, or of no use any more, is removed. */
function restoreProducers(
  options: LoadOptions,
  files: Files,
  { segments, logEndOffset, nextOffset, noProducersFrom }: ReadSegments,
): { readonly producers: ProducerState; readonly taken: ProducerSnapshots } {
  const { disk, directory } = options
  const snapshots = dropSnapshotsAbove(options, files.snapshots, logEndOffset)
  const { producers, unreadable } = loadProducers({
    ...{ disk, directory, segments, snapshots, logEndOffset, noProducersFrom },
    nowMs: options.clock.wallMs(),
    expirationMs: options.producerIdExpirationMs,
  })
  const bad = unreadable.map((offset) => `${directory}/${offsetFileName(offset, SNAPSHOT_SUFFIX)}`)
  removeLeftovers(options, [...files.leftovers, ...bad])
  const readable = snapshots.filter((offset) => !unreadable.includes(offset))
  const taken = new ProducerSnapshots(disk, directory, readable)
  if (logEndOffset > nextOffset) taken.take(logEndOffset, producers, new Set([logEndOffset]))
  return { producers, taken }
}

/** What `leader-epoch-checkpoint` says; null when it is missing or says nothing. */
function readEpochs({ disk, directory }: LoadOptions): ReturnType<typeof parseEpochCheckpoint> {
  const bytes = readFile(disk, `${directory}/${LEADER_EPOCH_FILE}`)
  return bytes === null ? null : parseEpochCheckpoint(bytes)
}

interface Files {
  readonly logs: readonly { readonly baseOffset: number; readonly sizeBytes: number }[]
  readonly snapshots: readonly number[]
  /** Paths that may go: temporaries, what was deleted, indexes of no segment. */
  readonly leftovers: readonly string[]
  /** All that is there. */
  readonly names: readonly string[]
}

const NO_FILES: Files = { logs: [], snapshots: [], leftovers: [], names: [] }

function listFiles({ disk, directory, logger }: LoadOptions): Files {
  if (!disk.exists(directory)) {
    disk.makeDirectory(directory)
    syncingNow(() => disk.syncDirectory(directory.slice(0, directory.lastIndexOf('/'))))
  }
  const names = disk.list(directory).filter((entry) => !entry.directory)
  const logs: { baseOffset: number; sizeBytes: number }[] = []
  const snapshots: number[] = []
  const leftovers: string[] = []
  for (const { name } of names) {
    const path = `${directory}/${name}`
    const parsed = parseOffsetFileName(name)
    const endings = [DELETED_SUFFIX, TEMPORARY_SUFFIX, CLEANED_SUFFIX]
    if (endings.some((end) => name.endsWith(end))) leftovers.push(path)
    else if (parsed?.suffix === LOG_SUFFIX)
      logs.push({ baseOffset: parsed.offset, sizeBytes: disk.sizeBytes(path) ?? 0 })
    else if (parsed?.suffix === SNAPSHOT_SUFFIX) snapshots.push(parsed.offset)
    else if (parsed === null && name.endsWith(LOG_SUFFIX))
      logger.warn({ path }, 'file ignored: not named after an offset')
  }
  const bases = new Set(logs.map(({ baseOffset }) => baseOffset))
  for (const { name } of names) {
    const parsed = parseOffsetFileName(name)
    const isIndex = parsed?.suffix === OFFSET_INDEX_SUFFIX || parsed?.suffix === TIME_INDEX_SUFFIX
    if (isIndex && !bases.has(parsed.offset)) leftovers.push(`${directory}/${name}`)
  }
  logs.sort((a, b) => a.baseOffset - b.baseOffset)
  snapshots.sort((a, b) => a - b)
  return { logs, snapshots, leftovers, names: names.map(({ name }) => name) }
}

function openSegments(options: LoadOptions, files: Files): Segment[] {
  const { logs } = files
  const { rules, clock } = options
  const createdMs = clock.wallMs()
  if (logs.length === 0) {
    const rollJitterMs = options.nextRollJitterMs()
    const baseOffset = options.logStartOffset
    return [Segment.create(rules, { baseOffset, createdMs, rollJitterMs })]
  }
  refuseMissingFirst(options, files)
  return logs.map(
    (log) =>
      new Segment(rules, {
        ...log,
        syncedBytes: log.sizeBytes,
        createdMs,
        rollJitterMs: options.nextRollJitterMs(),
      }),
  )
}

/**
 * A log without its first file, whose index is still there: whoever deletes a segment takes the log
 * first and the index at once, so nobody here did. Without a checkpoint of the log start nobody can
 * tell; and what was not durable a power cut may have taken.
 */
function refuseMissingFirst(
  { directory, logStartOffset, recoveryPoint, isLogStartKnown }: LoadOptions,
  { logs, names }: Files,
): void {
  const [first] = logs
  if (!isLogStartKnown || !first) return
  if ((recoveryPoint ?? 0) <= logStartOffset) return
  const isLost = names.some((name) => {
    const parsed = parseOffsetFileName(name)
    const isIndex = parsed?.suffix === OFFSET_INDEX_SUFFIX || parsed?.suffix === TIME_INDEX_SUFFIX
    if (!isIndex || parsed.offset < logStartOffset || parsed.offset >= first.baseOffset)
      return false
    return !names.includes(offsetFileName(parsed.offset, LOG_SUFFIX) + DELETED_SUFFIX)
  })
  if (isLost) throw firstSegmentMissing({ directory, ...first, logStartOffset })
}

function findScope(options: LoadOptions, segments: readonly Segment[]) {
  if (options.recovery) return { scanned: true, from: 0 }
  const [before, active] = segments.slice(-2)
  // An active segment that does not continue the one before it is not where the log ends.
  const continues =
    !before ||
    !active ||
    endOf(before, options) === active.baseOffset ||
    allowsGaps(options, active)
  if (options.cleanShutdown && continues) return { scanned: false, from: segments.length - 1 }
  if (options.cleanShutdown) return { scanned: true, from: segments.length - 2 }
  const from = segments.findLastIndex(
    ({ baseOffset }) => baseOffset <= (options.recoveryPoint ?? 0),
  )
  return { scanned: true, from: Math.max(0, from) }
}

function allowsGaps(options: LoadOptions, { baseOffset }: Segment): boolean {
  return baseOffset <= Math.max(options.rules.gapsAllowedBelow, options.logStartOffset)
}

/** The offset behind the last batch, by its headers from the last index entry on. */
function endOf(segment: Segment, { rules }: LoadOptions): number {
  return lookAtEnd([segment], rules.gapsAllowedBelow).nextOffset
}

/** After a clean stop: from the last index entry to the end, checked batch by batch. */
function lookAtEnd(segments: readonly Segment[], gapsAllowedBelow: number): ScanFindings {
  const active = segments.at(-1) as Segment
  const start = active.positionNearEnd(0)
  const order = new BatchOrder({ nextOffset: start.offset, leaderEpoch: -1, gapsAllowedBelow })
  const end = active.scan({ from: start.bytePosition, whole: true }, (batch) => {
    const bad = order.accept(batch)
    return bad === null ? 'go-on' : { bad }
  })
  const bad: BadPlace | null =
    end.bad === null
      ? null
      : {
          segment: segments.length - 1,
          bytePosition: end.bytePosition,
          offset: order.nextOffset,
          reason: end.bad,
          gap: false,
        }
  const { nextOffset, leaderEpoch } = order
  return { nextOffset, lastEpoch: leaderEpoch, bad, watermark: 0, sawProducers: true }
}

/**
 * Throws when what is bad, or missing at the end, had been durable. What is below the log start was
 * deleted: of its segments any may be left.
 */
function refuseDamage(
  segments: readonly Segment[],
  { bad, nextOffset }: ScanFindings,
  { durableOffset, logStartOffset }: { durableOffset: number; logStartOffset: number },
): void {
  if (Math.max(bad?.offset ?? nextOffset, logStartOffset) >= durableOffset) return
  if (bad !== null) throw corrupt(segments[bad.segment] as Segment, bad, durableOffset)
  const active = segments.at(-1) as Segment
  throw corrupt(
    active,
    { bytePosition: active.sizeBytes, offset: nextOffset, reason: 'the log ends there' },
    durableOffset,
  )
}

type Cut = Omit<RecoveryReport, 'scanned'>
const NOTHING_CUT: Cut = { cutBytes: 0, removedSegments: 0 }

/**
 * Whether records are gone that may have been acknowledged (S11). A partial batch at the end was
 * acknowledged to nobody; after a power cut nobody takes this replica to hold what it had not
 * fsynced. Of the metadata log its own watermark tells.
 */
function hasLost(
  { highWatermark, unsyncedMayBeGone, recovery }: LoadOptions,
  found: ScanFindings & { readonly segments: readonly Segment[]; readonly logStartOffset: number },
): boolean {
  const { bad, nextOffset, segments, logStartOffset } = found
  if (recovery) return false
  if (Math.max(nextOffset, logStartOffset) < highWatermark) return true
  return bad !== null && !unsyncedMayBeGone && !isOnePartialBatch(bad, segments)
}

/**
 * Ends the log in front of the bad place, durably. A power cut may have kept later segments and
 * lost bytes in front of them, so they have to go; but records in them were perhaps acknowledged,
 * so those that begin with a sound batch are kept beside the log, under names that nobody reads.
 */
function cutTornTail(options: LoadOptions, segments: Segment[], bad: BadPlace): Cut {
  const { disk, directory, logger } = options
  const removed = segments.splice(bad.gap ? bad.segment : bad.segment + 1)
  const last = segments.at(-1) as Segment
  const cutBytes = bad.gap ? 0 : last.sizeBytes - bad.bytePosition
  const removedBytes = removed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const aside: string[] = []
  for (const segment of removed.toReversed())
    if (beginsSoundly(segment)) aside.push(cutAside(disk, segment))
    else discardSegments([segment], { disk, trash: undefined, delayMs: 0 })
  if (!bad.gap) {
    last.cut(bad.bytePosition)
    const file = last.log.get()
    syncingNow(() => file.syncNow())
  }
  syncingNow(() => disk.syncDirectory(directory))
  const fields = {
    path: last.log.path,
    offset: bad.offset,
    cutBytes: cutBytes + removedBytes,
    removedSegments: removed.length,
    keptAs: aside,
    reason: bad.reason,
  }
  logger.warn(fields, 'torn tail cut')
  return { cutBytes: cutBytes + removedBytes, removedSegments: removed.length }
}

function beginsSoundly(segment: Segment): boolean {
  let isSound = false
  segment.scan({ from: 0, whole: true }, () => {
    isSound = true
    return 'stop'
  })
  return isSound
}

/**
 * A log start above the log end: what was below it had been deleted before the tail was lost. No
 * offset is given twice, so the log goes on at its start.
 */
function beginAtLogStart(
  options: LoadOptions,
  found: { segments: Segment[]; nextOffset: number; logStartOffset: number },
): number {
  const { logStartOffset, nextOffset, segments } = found
  if (logStartOffset <= nextOffset) return nextOffset
  options.logger.warn({ logStartOffset, logEndOffset: nextOffset }, 'log ends below its log start')
  const createdMs = options.clock.wallMs()
  const rollJitterMs = options.nextRollJitterMs()
  segments.push(
    Segment.create(options.rules, { baseOffset: logStartOffset, createdMs, rollJitterMs }),
  )
  syncingNow(() => options.disk.syncDirectory(options.directory))
  return logStartOffset
}

/**
 * The segments below the gap that `beginAtLogStart` leaves go at once, when the new one is durable:
 * only a checkpoint explains the gap, and should that be lost, nobody could tell it from damage.
 */
function removeBelowStart({ disk, directory }: LoadOptions, segments: Segment[]): void {
  discardSegments(segments.splice(0, segments.length - 1), { disk, trash: undefined, delayMs: 0 })
  syncingNow(() => disk.syncDirectory(directory))
}

/**
 * An epoch without a batch is known from its file alone, which may hold anything; and whoever led
 * in it leads in a later one after a restart (SAFETY S3), so nobody misses it.
 */
function dropEmptyEpoch(
  { logger, directory }: LoadOptions,
  epochs: LeaderEpochCache,
  fromFile: readonly EpochEntry[] | null,
  logEndOffset: number,
): void {
  epochs.truncateFromEnd(logEndOffset)
  const last = fromFile?.at(-1)
  if (last !== undefined && last.startOffset >= logEndOffset)
    logger.debug({ directory, ...last, logEndOffset }, 'leader epoch without a batch dropped')
}

function markSynced(segments: readonly Segment[], flushedOffset: number, clean: boolean): void {
  if (clean) return
  segments.forEach((segment, index) => {
    const nextBase = segments[index + 1]?.baseOffset ?? Infinity
    if (nextBase > flushedOffset) segment.forgetSynced()
  })
}

/** Snapshots of batches that are gone must not come back with them: durably removed. */
function dropSnapshotsAbove(
  { disk, directory }: LoadOptions,
  snapshots: readonly number[],
  logEndOffset: number,
): number[] {
  const tooHigh = snapshots.filter((offset) => offset > logEndOffset)
  for (const offset of tooHigh)
    disk.remove(`${directory}/${offsetFileName(offset, SNAPSHOT_SUFFIX)}`)
  if (tooHigh.length > 0) syncingNow(() => disk.syncDirectory(directory))
  return snapshots.filter((offset) => offset <= logEndOffset)
}

function removeLeftovers({ disk }: LoadOptions, paths: readonly string[]): void {
  for (const path of paths) disk.remove(path)
}

/**
 * A partition's directory against a full scan of itself: what must hold when nothing is running.
 * For the crash test. It believes nothing, changes nothing, and lists every problem it finds.
 */
import type { Disk } from '../base/disk.ts'
import { readFile } from '../base/disk.ts'
import { readInt64 } from '../bytes/int64.ts'
import { parseEpochCheckpoint } from './checkpoint.ts'
import {
  LEADER_EPOCH_FILE,
  LOG_SUFFIX,
  OFFSET_INDEX_SUFFIX,
  SNAPSHOT_SUFFIX,
  TIME_INDEX_SUFFIX,
  offsetFileName,
  parseOffsetFileName,
} from './file-names.ts'
import { parseProducerSnapshot } from './producer-snapshot.ts'
import { BatchOrder, scanBatches } from './scan.ts'

export interface LogProblem {
  readonly path: string
  /** Byte of a `.log`, entry number of an index, 0 elsewhere. */
  readonly at: number
  readonly problem: string
}

export interface VerifyOptions {
  /** Batches may be missing between batches, as compaction leaves them. Default: false. */
  readonly gaps?: boolean
}

interface ScannedBatch {
  readonly bytePosition: number
  readonly lastOffset: number
  readonly maxTimestampMs: number
  /** The largest of the segment up to and with this batch. */
  readonly largestMs: number
}

/** Every problem in the directory; none means that it is whole. */
export function verifyAgainstScan(
  disk: Disk,
  directory: string,
  { gaps = false }: VerifyOptions = {},
): readonly LogProblem[] {
  const problems: LogProblem[] = []
  const bases = disk
    .list(directory)
    .map(({ name }) => parseOffsetFileName(name))
    .filter((parsed) => parsed?.suffix === LOG_SUFFIX)
    .map((parsed) => parsed?.offset ?? 0)
    .sort((a, b) => a - b)
  const order = new BatchOrder({
    nextOffset: bases[0] ?? 0,
    leaderEpoch: -1,
    gapsAllowedBelow: gaps ? Infinity : 0,
  })
  const epochStarts = new Map<number, EpochBatches>()
  for (const baseOffset of bases) {
    const path = (suffix: string) => `${directory}/${offsetFileName(baseOffset, suffix)}`
    if (!gaps && baseOffset !== order.nextOffset)
      problems.push({
        path: path(LOG_SUFFIX),
        at: 0,
        problem: `begins at ${baseOffset}, ${order.nextOffset} was to come`,
      })
    order.nextOffset = Math.max(order.nextOffset, baseOffset)
    const batches = scanSegment(disk, path(LOG_SUFFIX), order, epochStarts, problems)
    checkOffsetIndex(disk, path(OFFSET_INDEX_SUFFIX), baseOffset, batches, problems)
    checkTimeIndex(disk, path(TIME_INDEX_SUFFIX), baseOffset, batches, problems)
  }
  const logEnd = { offset: order.nextOffset, gaps }
  checkEpochs(disk, `${directory}/${LEADER_EPOCH_FILE}`, epochStarts, logEnd, problems)
  checkSnapshots(disk, directory, order.nextOffset, problems)
  return problems
}

function scanSegment(
  disk: Disk,
  path: string,
  order: BatchOrder,
  epochStarts: Map<number, EpochBatches>,
  problems: LogProblem[],
): readonly ScannedBatch[] {
  const batches: ScannedBatch[] = []
  let largestMs = -1
  const file = disk.open(path, 'read')
  try {
    const end = scanBatches({ file, from: 0, to: file.sizeBytes(), whole: true }, (batch, at) => {
      const bad = order.accept(batch)
      if (bad !== null) return { bad }
      const { lastOffset, maxTimestampMs, partitionLeaderEpoch, baseOffset } = batch
      largestMs = Math.max(largestMs, maxTimestampMs)
      batches.push({ bytePosition: at, lastOffset, maxTimestampMs, largestMs })
      // Of the last batch in front of it, in whatever segment that is.
      const endBefore = [...epochStarts.values()].at(-1)?.end ?? 0
      const known = epochStarts.get(partitionLeaderEpoch) ?? { first: baseOffset, endBefore }
      epochStarts.set(partitionLeaderEpoch, { ...known, end: batch.nextOffset })
      return 'go-on'
    })
    if (end.bad !== null) problems.push({ path, at: end.bytePosition, problem: end.bad })
  } finally {
    file.close()
  }
  return batches
}

/** Entries ascend, and each is the position and last offset of a batch. A missing file is fine. */
function checkOffsetIndex(
  disk: Disk,
  path: string,
  baseOffset: number,
  batches: readonly ScannedBatch[],
  problems: LogProblem[],
): void {
  const positions = new Map(batches.map((batch) => [batch.lastOffset, batch.bytePosition]))
  let before = -1
  for (const { view, at, index } of entriesOf(disk, path, 8, problems)) {
    const offset = view.getInt32(at) + baseOffset
    const bytePosition = view.getInt32(at + 4)
    if (positions.get(offset) !== bytePosition)
      problems.push({ path, at: index, problem: `no batch ends with ${offset} at ${bytePosition}` })
    if (offset <= before) problems.push({ path, at: index, problem: `${offset} after ${before}` })
    before = offset
  }
}

/** Each entry is the largest timestamp so far, and the first batch that has it. */
function checkTimeIndex(
  disk: Disk,
  path: string,
  baseOffset: number,
  batches: readonly ScannedBatch[],
  problems: LogProblem[],
): void {
  const first = new Map<number, number>()
  for (const { largestMs, lastOffset } of batches)
    if (!first.has(largestMs)) first.set(largestMs, lastOffset)
  let before = -1
  for (const { view, at, index } of entriesOf(disk, path, 12, problems)) {
    const timestampMs = readInt64(view, at)
    const offset = view.getInt32(at + 8) + baseOffset
    if (first.get(timestampMs) !== offset)
      problems.push({
        path,
        at: index,
        problem: `${timestampMs} is not first reached at ${offset}`,
      })
    if (timestampMs <= before)
      problems.push({ path, at: index, problem: `${timestampMs} after ${before}` })
    before = timestampMs
  }
}

function* entriesOf(disk: Disk, path: string, entryBytes: number, problems: LogProblem[]) {
  const bytes = readFile(disk, path) ?? new Uint8Array()
  if (bytes.byteLength % entryBytes !== 0)
    problems.push({ path, at: 0, problem: `${bytes.byteLength} bytes are no whole entries` })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = Math.floor(bytes.byteLength / entryBytes)
  for (let index = 0; index < count; index += 1) yield { view, at: index * entryBytes, index }
}

/** Of the batches of an epoch: where they begin, and end, and where the batch before them ends. */
interface EpochBatches {
  readonly first: number
  readonly end: number
  readonly endBefore: number
}

/**
 * The epochs are those of the batches, but for a first one cut by the log start, and an empty one;
 * of a compacted log, for one that began in a hole.
 */
function checkEpochs(
  disk: Disk,
  path: string,
  epochStarts: ReadonlyMap<number, EpochBatches>,
  logEnd: { readonly offset: number; readonly gaps: boolean },
  problems: LogProblem[],
): void {
  const bytes = readFile(disk, path)
  if (bytes === null) return
  const entries = parseEpochCheckpoint(bytes)
  if (entries === null) {
    problems.push({ path, at: 0, problem: 'not a checkpoint' })
    return
  }
  entries.forEach(({ leaderEpoch, startOffset }, index) => {
    const batches = epochStarts.get(leaderEpoch)
    const start = batches?.first
    const isInHole = !batches || (startOffset >= batches.endBefore && startOffset <= batches.first)
    if (logEnd.gaps && isInHole) return
    const isEmpty = start === undefined && startOffset === logEnd.offset
    const isCut = index === 0 && start !== undefined && startOffset >= start
    if (start !== startOffset && !isEmpty && !isCut)
      problems.push({
        path,
        at: index,
        problem: `epoch ${leaderEpoch} begins at ${start ?? 'none'}, not at ${startOffset}`,
      })
  })
}

function checkSnapshots(
  disk: Disk,
  directory: string,
  logEndOffset: number,
  problems: LogProblem[],
): void {
  const offsets = disk
    .list(directory)
    .map(({ name }) => parseOffsetFileName(name))
    .filter((parsed) => parsed?.suffix === SNAPSHOT_SUFFIX)
    .map((parsed) => parsed?.offset ?? 0)
  const newest = Math.max(...offsets)
  for (const offset of offsets) {
    const path = `${directory}/${offsetFileName(offset, SNAPSHOT_SUFFIX)}`
    if (offset > logEndOffset)
      problems.push({ path, at: 0, problem: `beyond the log end ${logEndOffset}` })
    // An older one that is torn is passed over; nothing depends on it.
    const isReadable = parseProducerSnapshot(readFile(disk, path) ?? new Uint8Array()) !== null
    if (offset === newest && !isReadable) problems.push({ path, at: 0, problem: 'torn or damaged' })
  }
}

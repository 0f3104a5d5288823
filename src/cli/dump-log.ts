/**
 * Segments: batch by batch, with its place, and record by record when asked. It believes nothing:
 * headers, sizes, CRCs and the order of offsets and epochs are checked. A log that is being written
 * may end in half a batch for a moment; that is looked at again before it counts as damage.
 */
import { asError } from '../base/errors.ts'
import type { Disk } from '../base/disk.ts'
import { BatchOrder, scanBatches } from '../log/scan.ts'
import type { ScanEnd } from '../log/scan.ts'
import { BATCH_HEADER_BYTES, type BatchCursor } from '../records/batch.ts'
import type { LogRecord } from '../records/record.ts'
import { readRecords } from '../records/record.ts'
import { Reader } from '../bytes/reader.ts'
import type { DumpLine, DumpOptions, Finding } from './dump-line.ts'
import { problem, quoted } from './dump-line.ts'
import { asJson, printTime } from './format.ts'
import { countOf, printCount } from './table.ts'

/** Lines gathered before they are printed. */
const LINES_AT_ONCE = 1_000
/** How often the end of a growing log is looked at again. */
const LOOKS_MAX = 3
/** A batch that would open to more is not opened. */
export const OPENED_BYTES_MAX = 1024 * 1024 * 1024

/** What is said of a sound batch; a problem when its records are not. */
export type DescribeBatch = (
  batch: BatchCursor,
  bytePosition: number,
  options: DumpOptions,
) => readonly DumpLine[]

/** The lines of one segment. */
export function* dumpSegment(
  disk: Disk,
  path: string,
  options: DumpOptions,
  describe: DescribeBatch = describeBatch,
): Generator<DumpLine> {
  const file = disk.open(path, 'read')
  try {
    const order = new BatchOrder({ nextOffset: 0, leaderEpoch: -1, gapsAllowedBelow: Infinity })
    let to = file.sizeBytes()
    let looks = 0
    for (let from = 0; from < to;) {
      const lines: DumpLine[] = []
      const end = scanBatches({ file, from, to, whole: true }, (batch, at) => {
        if (lines.length >= LINES_AT_ONCE) return 'stop'
        const bad = order.accept(batch)
        if (bad !== null) return { bad }
        for (const line of describe(batch, at, options)) lines.push(line)
        return 'go-on'
      })
      yield* lines
      from = end.bytePosition
      if (end.bad === null) continue
      const size = file.sizeBytes()
      looks += 1
      if (size > to && looks <= LOOKS_MAX) to = size
      else {
        yield badBatch(end, end.bad, to)
        return
      }
    }
  } finally {
    file.close()
  }
}

function badBatch({ bytePosition }: ScanEnd, bad: string, to: number): DumpLine {
  const left = to - bytePosition
  const isTorn = left < BATCH_HEADER_BYTES || bad.endsWith('are left')
  const rest = isTorn
    ? 'A write was cut short here, or is under way.'
    : `The ${printCount(left)} bytes from here on were not read.`
  const isOld = /its magic is [01]$/.test(bad)
  const why = isOld ? `${bad}, a message set of old Kafka, which is not read here` : bad
  return problem(`the batch at byte ${bytePosition} is bad: ${why}. ${rest}`, bytePosition)
}

/** A batch, and its records if they are wanted or must be checked. */
function describeBatch(
  batch: BatchCursor,
  bytePosition: number,
  options: DumpOptions,
): readonly DumpLine[] {
  const lines: DumpLine[] = [batchLine(batch, bytePosition)]
  if (!options.records && !options.deep) return lines
  let count = 0
  try {
    for (const record of readRecords(batch, { maxBytes: OPENED_BYTES_MAX })) {
      count += 1
      const fault = recordFault(batch, record)
      if (fault !== null) lines.push(problem(`${fault}, at byte ${bytePosition}`, bytePosition))
      if (options.records) lines.push(recordLine(record, batch.isControl))
    }
  } catch (thrown) {
    const what = `record ${count + 1} of ${batch.recordCount} in the batch at byte ${bytePosition}`
    lines.push(problem(`${what} cannot be read: ${asError(thrown).message}`, bytePosition))
  }
  return lines
}

function recordFault(batch: BatchCursor, { offset }: LogRecord): string | null {
  return offset >= batch.baseOffset && offset <= batch.lastOffset
    ? null
    : `a record of offset ${offset} in the batch of ${batch.baseOffset} to ${batch.lastOffset}`
}

/** What the header of a batch says. */
export function batchLine(batch: BatchCursor, bytePosition: number): Finding {
  const { baseOffset, lastOffset, recordCount, sizeBytes, partitionLeaderEpoch } = batch
  const codec = batch.codec ?? `codec ${batch.codecNumber}`
  const marks = [
    ...(batch.isTransactional ? ['transactional'] : []),
    ...(batch.isControl ? ['control'] : []),
    ...(batch.timestampType === 'LogAppendTime' ? ['log-append-time'] : []),
    ...(batch.hasDeleteHorizon ? [`delete-horizon ${printTime(batch.baseTimestampMs)}`] : []),
  ]
  const producer = batch.isIdempotent
    ? {
        producerId: batch.producerId,
        producerEpoch: batch.producerEpoch,
        baseSequence: batch.baseSequence,
      }
    : null
  const text = [
    `offset ${baseOffset}${lastOffset === baseOffset ? '' : `-${lastOffset}`}`,
    `byte ${bytePosition}`,
    `${sizeBytes} bytes`,
    countOf(recordCount, 'record'),
    codec,
    `epoch ${partitionLeaderEpoch}`,
    printTime(batch.maxTimestampMs),
    ...(producer
      ? [
          `producer ${producer.producerId} epoch ${producer.producerEpoch} sequence ${producer.baseSequence}`,
        ]
      : []),
    ...marks,
  ].join('  ')
  const fields = {
    bytePosition,
    baseOffset,
    lastOffset,
    recordCount,
    sizeBytes,
    codec,
    leaderEpoch: partitionLeaderEpoch,
    baseTimestamp: batch.baseTimestampMs,
    maxTimestamp: batch.maxTimestampMs,
    timestampType: batch.timestampType,
    isTransactional: batch.isTransactional,
    isControl: batch.isControl,
    ...(batch.hasDeleteHorizon && { deleteHorizon: batch.baseTimestampMs }),
    ...producer,
    crc: batch.crc,
  }
  return { type: 'batch', fields, text }
}

function recordLine(record: LogRecord, isControl: boolean): Finding {
  const { offset, timestampMs, key, value, headers } = record
  const control = isControl ? controlType(key) : null
  const listed = headers.map((header) => `${JSON.stringify(header.key)}=${quoted(header.value)}`)
  const text = [
    `  record ${offset}`,
    printTime(timestampMs),
    control === null ? `${quoted(key)} => ${quoted(value)}` : control,
    ...(listed.length > 0 ? [`[${listed.join(', ')}]`] : []),
  ].join('  ')
  const fields = {
    offset,
    timestamp: timestampMs,
    ...asJson('key', key),
    ...asJson('value', value),
    headers: headers.map((header) => ({ key: header.key, ...asJson('value', header.value) })),
    ...(control !== null && { control }),
  }
  return { type: 'record', fields, text }
}

const CONTROL_TYPES = ['abort', 'commit', 'leader change', 'snapshot header', 'snapshot footer']

/** The key of a control record: version int16, type int16. */
function controlType(key: Uint8Array | null): string {
  const type = key !== null && key.byteLength >= 4 ? new Reader(key, 2).int16() : -1
  return CONTROL_TYPES[type] ?? `control type ${type}`
}

/** Where batches begin and how far they go, for whoever checks an index. */
export function batchPlaces(
  disk: Disk,
  path: string,
): ReadonlyMap<number, { readonly baseOffset: number; readonly lastOffset: number }> | null {
  if (!disk.exists(path)) return null
  const places = new Map<number, { baseOffset: number; lastOffset: number }>()
  const file = disk.open(path, 'read')
  try {
    scanBatches({ file, from: 0, to: file.sizeBytes(), whole: false }, (batch, at) => {
      places.set(at, { baseOffset: batch.baseOffset, lastOffset: batch.lastOffset })
      return 'go-on'
    })
  } finally {
    file.close()
  }
  return places
}

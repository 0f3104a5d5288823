/**
 * Indexes: `.index`, `.timeindex` and Kafka's `.txnindex`, entry by entry. Entries must ascend; in
 * depth, each must point at a batch of the log beside it. Kafka makes the indexes of its active
 * segment as long as they may become and fills them with zeros: such a tail is no damage.
 */
import type { Disk } from '../base/disk.ts'
import { readFile } from '../base/disk.ts'
import { readInt64 } from '../bytes/int64.ts'
import { batchPlaces } from './dump-log.ts'
import type { DumpLine, DumpOptions, Finding } from './dump-line.ts'
import { problem } from './dump-line.ts'
import { printTime } from './format.ts'
import { countOf } from './table.ts'

interface IndexFile {
  readonly disk: Disk
  readonly path: string
  readonly baseOffset: number
  /** The segment's `.log`. */
  readonly logPath: string
}

const OFFSET_ENTRY_BYTES = 8
const TIME_ENTRY_BYTES = 12
const TRANSACTION_ENTRY_BYTES = 34

export function* dumpOffsetIndex(
  { disk, path, baseOffset, logPath }: IndexFile,
  { deep }: DumpOptions,
): Generator<DumpLine> {
  const places = deep ? batchPlaces(disk, logPath) : null
  let before = { offset: -1, bytePosition: -1 }
  for (const entry of entriesOf(disk, path, OFFSET_ENTRY_BYTES)) {
    if (!('view' in entry)) {
      yield entry
      continue
    }
    const { view, at } = entry
    const offset = view.getInt32(at) + baseOffset
    const bytePosition = view.getInt32(at + 4)
    const text = `offset ${offset}  byte ${bytePosition}`
    yield { type: 'offset-index-entry', fields: { offset, bytePosition }, text }
    if (offset <= before.offset || bytePosition < before.bytePosition)
      yield problem(`the entry at byte ${at} goes back: ${text}`, at)
    const batch = places?.get(bytePosition)
    if (places !== null && (!batch || offset < batch.baseOffset))
      yield problem(`the entry at byte ${at} points at no such batch: ${text}`, at)
    before = { offset, bytePosition }
  }
}

export function* dumpTimeIndex({ disk, path, baseOffset }: IndexFile): Generator<DumpLine> {
  let before = { timestamp: -1, offset: -1 }
  for (const entry of entriesOf(disk, path, TIME_ENTRY_BYTES)) {
    if (!('view' in entry)) {
      yield entry
      continue
    }
    const { view, at } = entry
    const timestamp = readInt64(view, at)
    const offset = view.getInt32(at + 8) + baseOffset
    const text = `${printTime(timestamp)}  ${timestamp}  offset ${offset}`
    yield { type: 'time-index-entry', fields: { timestamp, offset }, text }
    if (timestamp < before.timestamp || offset < before.offset)
      yield problem(`the entry at byte ${at} goes back: ${text}`, at)
    before = { timestamp, offset }
  }
}

/** version int16 · producerId i64 · first, last, lastStableOffset i64: aborted transactions. */
export function* dumpTransactionIndex({ disk, path }: IndexFile): Generator<DumpLine> {
  for (const entry of entriesOf(disk, path, TRANSACTION_ENTRY_BYTES)) {
    if (!('view' in entry)) {
      yield entry
      continue
    }
    const { view, at } = entry
    const fields = {
      producerId: readInt64(view, at + 2),
      firstOffset: readInt64(view, at + 10),
      lastOffset: readInt64(view, at + 18),
      lastStableOffset: readInt64(view, at + 26),
    }
    const text = `aborted: producer ${fields.producerId}  offset ${fields.firstOffset}-${fields.lastOffset}  stable ${fields.lastStableOffset}`
    yield { type: 'transaction-index-entry', fields, text }
    if (view.getInt16(at) !== 0) yield problem(`the entry at byte ${at} is of no known version`, at)
  }
}

interface Entry {
  readonly view: DataView
  readonly at: number
}

function* entriesOf(disk: Disk, path: string, entryBytes: number): Generator<Entry | DumpLine> {
  const bytes = readFile(disk, path) ?? new Uint8Array()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = Math.floor(bytes.byteLength / entryBytes)
  const used = usedEntries(bytes, whole, entryBytes)
  for (let index = 0; index < used; index += 1) yield { view, at: index * entryBytes }
  const left = bytes.byteLength - whole * entryBytes
  if (left > 0)
    yield problem(`${countOf(left, 'byte')} at the end are no whole entry`, whole * entryBytes)
  if (used < whole) yield unused(whole - used)
}

function unused(count: number): Finding {
  const text = `${count === 1 ? '1 entry' : `${count} entries`} of zeros, not yet used`
  return { type: 'unused-entries', fields: { count }, text }
}

/** How many entries come before a tail of zeros. A single entry may well be all zeros. */
function usedEntries(bytes: Uint8Array, count: number, entryBytes: number): number {
  if (count <= 1) return count
  let used = count * entryBytes
  while (used > 0 && bytes[used - 1] === 0) used -= 1
  return Math.ceil(used / entryBytes)
}

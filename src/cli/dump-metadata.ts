/**
 * The metadata log and its snapshots: what each entry says, record by record. Where the directory
 * is Kafka's own, its records are named by their numbers, and their contents stay closed.
 */
import type { Disk } from '../base/disk.ts'
import { readFile } from '../base/disk.ts'
import { LograftError, asError } from '../base/errors.ts'
import { Reader } from '../bytes/reader.ts'
import type { MetadataRecord } from '../metadata/records.ts'
import type { Configuration } from '../raft/configuration.ts'
import { readEntry, recordsOf } from '../quorum/entry.ts'
import { SnapshotStore } from '../quorum/snapshot-store.ts'
import type { SnapshotId } from '../quorum/snapshot-store.ts'
import { BatchCursor } from '../records/batch.ts'
import { readRecords } from '../records/record.ts'
import type { DumpLine, DumpOptions } from './dump-line.ts'
import { problem } from './dump-line.ts'
import { OPENED_BYTES_MAX, batchLine, dumpSegment } from './dump-log.ts'

/** The first byte of each record of Kafka's own metadata log; no entry of ours begins so. */
const KAFKA_FRAME_VERSION = 1

/** A segment of `__cluster_metadata-0`. */
export function dumpMetadataSegment(
  disk: Disk,
  path: string,
  options: DumpOptions,
): Generator<DumpLine> {
  return dumpSegment(disk, path, options, describeEntry)
}

function describeEntry(batch: BatchCursor, bytePosition: number): readonly DumpLine[] {
  const foreign = foreignRecords(batch)
  if (foreign !== null) return [batchLine(batch, bytePosition), ...foreign]
  const entry = readEntry(batch)
  if ('fault' in entry)
    return [
      batchLine(batch, bytePosition),
      problem(`the entry at byte ${bytePosition} is damaged: ${entry.fault}`, bytePosition),
    ]
  const { index, term, previousTerm, flushedOffset, commitOffset, payload } = entry
  const head: DumpLine = {
    type: 'entry',
    fields: { bytePosition, index, term, previousTerm, flushedOffset, commitOffset },
    text: `entry ${index}  byte ${bytePosition}  term ${term}  previous term ${previousTerm}  flushed ${flushedOffset}  committed ${commitOffset}`,
  }
  if (payload.kind === 'configuration') return [head, votersLine(payload.configuration)]
  try {
    return [head, ...recordsOf(payload).map(metadataRecord)]
  } catch (thrown) {
    const why = asError(thrown).message
    return [head, problem(`the entry at byte ${bytePosition} cannot be read: ${why}`, bytePosition)]
  }
}

function votersLine(configuration: Configuration): DumpLine {
  const { voters, outgoing, learners } = configuration
  const parts = [`voters ${voters.join(' ')}`]
  if (outgoing.length > 0) parts.push(`instead of ${outgoing.join(' ')}`)
  if (learners.length > 0) parts.push(`learners ${learners.join(' ')}`)
  return { type: 'configuration', fields: { configuration }, text: `  ${parts.join('  ')}` }
}

function metadataRecord(record: MetadataRecord): DumpLine {
  const { type, ...rest } = record
  return {
    type: 'metadata-record',
    fields: { record },
    text: `  ${type} ${JSON.stringify(rest)}`,
  }
}

/** The records of a batch that Kafka wrote; null when it did not. */
function foreignRecords(batch: BatchCursor): readonly DumpLine[] | null {
  try {
    const records = [...readRecords(batch, { maxBytes: OPENED_BYTES_MAX })]
    const isForeign =
      batch.isControl || records.some(({ value }) => value?.[0] === KAFKA_FRAME_VERSION)
    return isForeign ? records.map(({ offset, value }) => foreignRecord(offset, value)) : null
  } catch {
    return null
  }
}

function foreignRecord(offset: number, value: Uint8Array | null): DumpLine {
  try {
    const reader = new Reader(value ?? new Uint8Array())
    if (reader.uvarint() === KAFKA_FRAME_VERSION) {
      const kind = reader.uvarint()
      const version = reader.uvarint()
      const text = `  record ${offset}  Kafka's metadata record ${kind}, version ${version}`
      return { type: 'kafka-metadata-record', fields: { offset, kind, version }, text }
    }
  } catch {
    // Named as what it is, below.
  }
  return { type: 'record', fields: { offset }, text: `  record ${offset}  not a metadata record` }
}

/** A metadata snapshot, ours or Kafka's. */
export function* dumpMetadataSnapshot(
  disk: Disk,
  { path, id }: { readonly path: string; readonly id: SnapshotId },
  options: DumpOptions,
): Generator<DumpLine> {
  const head = new BatchCursor((readFile(disk, path) ?? new Uint8Array()).subarray())
  if (head.isWhole && head.isControl) {
    yield* dumpMetadataSegment(disk, path, options)
    return
  }
  const directory = path.slice(0, path.lastIndexOf('/'))
  try {
    const parts = [...new SnapshotStore({ disk, directory }).read(id)]
    const { endOffset, epoch } = id
    const recordCount = parts.reduce((count, { records }) => count + records.length, 0)
    yield {
      type: 'metadata-snapshot',
      fields: { endOffset, epoch, recordCount },
      text: `the state below offset ${endOffset}, epoch ${epoch}: ${recordCount} records`,
    }
    for (const { configuration, records } of parts) {
      if (configuration) yield votersLine(configuration)
      for (const record of records) yield metadataRecord(record)
    }
  } catch (thrown) {
    if (!(thrown instanceof LograftError)) throw thrown
    const at = /at byte (\d+)/.exec(thrown.message)?.[1]
    yield problem(thrown.message, at === undefined ? null : Number(at))
  }
}

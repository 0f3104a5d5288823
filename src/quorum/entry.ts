/**
 * One entry of the metadata log as a record batch: one batch, one record, one offset; the term is
 * the partition leader epoch. A batch's CRC covers neither, so the record's value repeats offset
 * and term, tells the previous entry's term and the flushed offset known when it was written; all
 * of it is compared on recovery, on read and on install (SAFETY S5, S6). Offsets count from 0,
 * Raft's indexes from 1: the entry at offset 0 is the one of index 1. Pure.
 */
import { asError } from '../base/errors.ts'
import { lograft } from '../gen/lograft/metadata/v1/records.js'
import { CheckedReader, decodeRecords } from '../metadata/codec.ts'
import type { MetadataRecord } from '../metadata/records.ts'
import type { Payload } from '../raft/entry.ts'
import type { BatchCursor } from '../records/batch.ts'
import { buildBatch } from '../records/builder.ts'
import { readRecords } from '../records/record.ts'
import type { EntryRecovery } from './ports.ts'
import { fromStoredConfiguration, toStoredConfiguration } from './stored-configuration.ts'

/** Bytes of an entry's batch at most. */
export const ENTRY_BYTES_MAX = 8 * 1024 * 1024

/** What an entry's batch takes beside its data, at most. */
export const ENTRY_OVERHEAD_BYTES = 4_096

export interface EntryHeader {
  /** The batch's base offset. */
  readonly index: number
  readonly term: number
  /** Term of the entry before; 0 for the first. */
  readonly previousTerm: number
  /** Everything below was fsynced when this entry was written. */
  readonly flushedOffset: number
  /** Everything below, as far as the log goes, was known to be committed then. */
  readonly commitOffset: number
}

export interface StoredEntry extends EntryHeader {
  /** `data` is a `RecordList`, borrowed from the batch. */
  readonly payload: Payload
}

/** The batch of an entry, stamped with its offset and epoch; owned by the caller. */
export function encodeEntry(
  header: EntryHeader,
  payload: Payload,
  timestampMs: number,
): Uint8Array {
  const { index, term } = header
  const value = lograft.metadata.v1.Entry.encode({
    ...header,
    ...(payload.kind === 'data' && { records: payload.data }),
    ...(payload.kind === 'configuration' && {
      configuration: toStoredConfiguration(payload.configuration),
    }),
  })
  return buildBatch({
    baseOffset: index,
    leaderEpoch: term,
    records: [{ value: value.finish(), timestampMs }],
  })
}

/** The entry in a batch whose CRC is right, or what is wrong with it. */
export function readEntry(batch: BatchCursor): StoredEntry | { readonly fault: string } {
  const value = valueOf(batch)
  if ('fault' in value) return value
  try {
    const stored = lograft.metadata.v1.Entry.decode(new CheckedReader(value.bytes))
    const { index, term, previousTerm, flushedOffset, commitOffset } = stored
    if (index !== batch.baseOffset)
      return { fault: `an entry of index ${index} at offset ${batch.baseOffset}` }
    if (term !== batch.partitionLeaderEpoch)
      return { fault: `an entry of term ${term} in a batch of epoch ${batch.partitionLeaderEpoch}` }
    if (previousTerm > term)
      return { fault: `an entry of term ${term} behind one of term ${previousTerm}` }
    if (flushedOffset > index)
      return { fault: `an entry of index ${index} that knows of ${flushedOffset} flushed ones` }
    const payload = payloadOf(stored)
    return { index, term, previousTerm, flushedOffset, commitOffset, payload }
  } catch (thrown) {
    return { fault: `not an entry: ${asError(thrown).message}` }
  }
}

function payloadOf({ records, configuration }: lograft.metadata.v1.Entry): Payload {
  if (configuration)
    return { kind: 'configuration', configuration: fromStoredConfiguration(configuration) }
  return records.byteLength === 0 ? { kind: 'noop' } : { kind: 'data', data: records }
}

/** What an entry changes; nothing, when it concerns the quorum alone. MetadataFormatError. */
export function recordsOf(payload: Payload): readonly MetadataRecord[] {
  return payload.kind === 'data' ? decodeRecords(payload.data) : []
}

/** The value of a batch's only record, borrowed. Also what a snapshot's parts are wrapped in. */
export function valueOf(batch: BatchCursor): { bytes: Uint8Array } | { fault: string } {
  if (batch.recordCount !== 1 || batch.lastOffsetDelta !== 0 || batch.codec !== 'none')
    return { fault: 'a batch that does not hold exactly one uncompressed record' }
  try {
    const [record] = readRecords(batch, { maxBytes: batch.sizeBytes })
    return record?.value ? { bytes: record.value } : { fault: 'a record without a value' }
  } catch (thrown) {
    return { fault: `unreadable: ${asError(thrown).message}` }
  }
}

/**
 * What a log needs to recover entries: which batches are good, and up to where damage is bit rot
 * rather than a torn tail. Keeps the entry read last, to compare terms along the chain.
 */
export function entryRecovery(
  durableWatermark: number,
): EntryRecovery & { readonly commitOffset: number } {
  let before: EntryHeader | null = null
  let commitOffset = 0
  return {
    durableWatermark,
    /** The largest commit offset of an entry that was found good so far. */
    get commitOffset() {
      return commitOffset
    },
    watermarkOf(batch) {
      // Usually the batch that was checked a moment ago.
      if (before?.index === batch.baseOffset && before.term === batch.partitionLeaderEpoch)
        return before.flushedOffset
      const entry = readEntry(batch)
      return 'fault' in entry ? null : entry.flushedOffset
    },
    check(batch) {
      const entry = readEntry(batch)
      if ('fault' in entry) return entry.fault
      const fault = before === null ? null : chainFault(before, entry)
      if (fault !== null) return fault
      before = entry
      commitOffset = Math.max(commitOffset, entry.commitOffset)
      return null
    },
  }
}

/** What is wrong with `entry` directly behind `before`; null also when there is a gap. */
export function chainFault(
  before: Pick<EntryHeader, 'index' | 'term'>,
  entry: EntryHeader,
): string | null {
  if (entry.index !== before.index + 1 || entry.previousTerm === before.term) return null
  return `entry ${entry.index} follows term ${entry.previousTerm}, but entry ${before.index} has term ${before.term}`
}

/**
 * Kafka's producer-state snapshot, version 1: what `%020d.snapshot` holds. It stands for all
 * batches below the offset in its name. Under a CRC, so a torn one is known for what it is, and
 * then the batches themselves say the same (SAFETY S2).
 *
 *   version i16 = 1 · crc u32 of all that follows · count i32 · per producer:
 *   producerId i64 · epoch i16 · lastSequence i32 · lastOffset i64 · offsetDelta i32
 *   timestamp i64 · coordinatorEpoch i32 · currentTransactionFirstOffset i64
 */
import { crc32c } from '../bytes/crc32c.ts'
import { MalformedBytes } from '../bytes/malformed.ts'
import { Reader } from '../bytes/reader.ts'
import { Writer } from '../bytes/writer.ts'
import type { ProducerEntry } from './producer-state.ts'

const VERSION = 1
const CRC_AT = 2
const CRC_COVERS_FROM = 6
const ENTRY_BYTES = 46
const NO_SEQUENCE = -1
const NO_OFFSET = -1

export function printProducerSnapshot(entries: Iterable<ProducerEntry>): Uint8Array {
  const writer = new Writer(1_024)
  writer.int16(VERSION)
  writer.uint32(0)
  writer.int32(0)
  let count = 0
  for (const entry of entries) {
    const last = entry.batches.at(-1)
    writer.int64(entry.producerId)
    writer.int16(entry.producerEpoch)
    writer.int32(last?.lastSequence ?? NO_SEQUENCE)
    writer.int64(last?.lastOffset ?? NO_OFFSET)
    writer.int32(last ? last.lastOffset - last.firstOffset : 0)
    writer.int64(entry.lastActiveMs)
    writer.int32(entry.coordinatorEpoch)
    writer.int64(entry.openTransactionOffset)
    count += 1
  }
  const bytes = writer.finish()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  view.setInt32(CRC_COVERS_FROM, count)
  view.setUint32(CRC_AT, crc32c(bytes.subarray(CRC_COVERS_FROM)))
  return bytes
}

/** Null when it is torn, damaged or of another version. */
export function parseProducerSnapshot(bytes: Uint8Array): readonly ProducerEntry[] | null {
  try {
    const reader = new Reader(bytes)
    if (reader.int16() !== VERSION) return null
    if (reader.uint32() !== crc32c(bytes.subarray(CRC_COVERS_FROM))) return null
    const count = reader.int32()
    if (count < 0 || reader.remaining !== count * ENTRY_BYTES) return null
    return Array.from({ length: count }, () => parseEntry(reader))
  } catch (thrown) {
    if (thrown instanceof MalformedBytes) return null
    throw thrown
  }
}

function parseEntry(reader: Reader): ProducerEntry {
  const producerId = reader.int64()
  const producerEpoch = reader.int16()
  const lastSequence = reader.int32()
  const lastOffset = reader.int64()
  const offsetDelta = reader.int32()
  const timestampMs = reader.int64()
  const coordinatorEpoch = reader.int32()
  const openTransactionOffset = reader.int64()
  const batch = {
    firstSequence: sequenceBefore(lastSequence, offsetDelta),
    lastSequence,
    firstOffset: lastOffset - offsetDelta,
    lastOffset,
    timestampMs,
  }
  return {
    producerId,
    producerEpoch,
    coordinatorEpoch,
    lastActiveMs: timestampMs,
    openTransactionOffset,
    batches: lastSequence === NO_SEQUENCE ? [] : [batch],
  }
}

/** `sequence - delta`, where 0 is preceded by 2^31 − 1. */
function sequenceBefore(sequence: number, delta: number): number {
  const before = sequence - delta
  return before < 0 ? before + 0x8000_0000 : before
}

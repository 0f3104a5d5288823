/** What is remembered of a batch of records: enough to tell it from every other one. */
import { BatchCursor } from '../../../src/records/batch.ts'

export interface SeenBatch {
  readonly baseOffset: number
  readonly nextOffset: number
  readonly leaderEpoch: number
  readonly crc: number
  readonly maxTimestampMs: number
  /** `id.epoch.sequence` of an idempotent producer; null without one. */
  readonly sequence: string | null
}

export function sequenceKey(producerId: number, producerEpoch: number, sequence: number): string {
  return `${producerId}.${producerEpoch}.${sequence}`
}

/** All batches in some bytes, each of which must be whole and undamaged. */
export function batchesIn(
  chunks: readonly Uint8Array[],
  damaged: (at: number) => void,
): SeenBatch[] {
  const seen: SeenBatch[] = []
  for (const chunk of chunks)
    for (const batch = new BatchCursor(chunk); batch.isWhole; batch.next()) {
      if (!batch.crcMatches()) damaged(batch.baseOffset)
      const { baseOffset, nextOffset, crc, maxTimestampMs } = batch
      const sequence = batch.isIdempotent
        ? sequenceKey(batch.producerId, batch.producerEpoch, batch.baseSequence)
        : null
      const leaderEpoch = batch.partitionLeaderEpoch
      seen.push({ baseOffset, nextOffset, leaderEpoch, crc, maxTimestampMs, sequence })
    }
  return seen
}

export function isSameBatch(one: SeenBatch, other: SeenBatch | undefined): boolean {
  return (
    other !== undefined &&
    one.baseOffset === other.baseOffset &&
    one.nextOffset === other.nextOffset &&
    one.leaderEpoch === other.leaderEpoch &&
    one.crc === other.crc
  )
}

export function toldBatch({ baseOffset, nextOffset, leaderEpoch, sequence }: SeenBatch): string {
  return `[${baseOffset}, ${nextOffset}) of epoch ${leaderEpoch}, sequence ${sequence ?? 'none'}`
}

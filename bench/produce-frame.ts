/** Where things lie in a Produce frame of our own load (v9, one topic, one partition). Pure. */
import assert from 'node:assert'

export interface ProducePlace {
  readonly acks: number
  readonly correlationId: number
  readonly topic: string
  readonly partition: number
  /** Positions in the frame, its size field included. */
  readonly batchAt: number
  readonly crcFrom: number
  readonly batchEnd: number
  /** The CRC that the batch says it has. */
  readonly crc: number
}

/** Reads what stands in front of the records, and the head of the batch. */
export function place(frame: Uint8Array): ProducePlace {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  const body = 4 + 8 + 2 + view.getInt16(12) + 1
  // Transactional id (null), acks, timeout, one topic: its name, one partition: its index.
  assert.equal(view.getUint8(body), 0, 'no transactional id')
  const acks = view.getInt16(body + 1)
  const nameAt = body + 1 + 2 + 4 + 1
  const nameBytes = view.getUint8(nameAt) - 1
  const indexAt = nameAt + 1 + nameBytes + 1
  let batchAt = indexAt + 4
  while (view.getUint8(batchAt) >= 0x80) batchAt += 1
  batchAt += 1
  return {
    acks,
    correlationId: view.getInt32(8),
    topic: Buffer.from(frame.subarray(nameAt + 1, nameAt + 1 + nameBytes)).toString(),
    partition: view.getInt32(indexAt),
    batchAt,
    crcFrom: batchAt + 21,
    batchEnd: batchAt + 12 + view.getInt32(batchAt + 8),
    crc: view.getUint32(batchAt + 17),
  }
}

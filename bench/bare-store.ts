/**
 * The batches that the bare loop kept to send: in a few large pieces of memory, each whole batch in
 * one of them, so that a response is one slice. The oldest piece goes when there are too many.
 */
import assert from 'node:assert'
import { BatchCursor } from '../src/records/batch.ts'

const SEGMENT_BYTES = 16 * 1024 * 1024
const SEGMENTS_MAX = 12

interface Segment {
  readonly baseOffset: number
  readonly bytes: Uint8Array
  used: number
  /** Of each batch: where it begins, and the offset of its first record. */
  readonly positions: number[]
  readonly offsets: number[]
}

interface Read {
  readonly from: number
  readonly maxBytes: number
  readonly maxWaitMs: number
}

type Reply = (records: Uint8Array, end: number) => void

export class BareStore {
  readonly #segments: Segment[] = []
  readonly #waiting: (() => void)[] = []
  #end = 0

  /** Copies a batch, gives it its offset, and answers who waited for more. */
  add(pieces: readonly Uint8Array[]): void {
    const sizeBytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0)
    const segment = this.#roomFor(sizeBytes)
    const at = segment.used
    for (const piece of pieces) {
      segment.bytes.set(piece, segment.used)
      segment.used += piece.byteLength
    }
    const batch = new BatchCursor(segment.bytes, at)
    batch.stamp({ baseOffset: this.#end, leaderEpoch: 0 })
    segment.positions.push(at)
    segment.offsets.push(this.#end)
    this.#end = batch.nextOffset
    for (const wake of this.#waiting.splice(0)) wake()
  }

  /** Replies with whole batches from `from` on; at the end it waits for more. */
  read(read: Read, reply: Reply): void {
    const now = this.#slice(read)
    if (now.byteLength > 0 || read.maxWaitMs === 0) return reply(now, this.#end)
    let answered = false
    const answer = () => {
      if (answered) return
      answered = true
      clearTimeout(timer)
      reply(this.#slice(read), this.#end)
    }
    const timer = setTimeout(answer, read.maxWaitMs)
    this.#waiting.push(answer)
  }

  #slice({ from, maxBytes }: Read): Uint8Array {
    if (from >= this.#end) return new Uint8Array()
    const segment = this.#segments.findLast(({ baseOffset }) => baseOffset <= from)
    assert(segment, 'a reader this far behind has no place in a measurement')
    const first = lastAtMost(segment.offsets, from)
    const start = segment.positions[first] ?? 0
    const last = Math.max(first + 1, lastAtMost(segment.positions, start + maxBytes))
    const end = start + maxBytes >= segment.used ? segment.used : segment.positions[last]
    return segment.bytes.subarray(start, end)
  }

  #roomFor(sizeBytes: number): Segment {
    const last = this.#segments.at(-1)
    if (last && last.used + sizeBytes <= SEGMENT_BYTES) return last
    const bytes = Buffer.allocUnsafeSlow(SEGMENT_BYTES)
    const added = { baseOffset: this.#end, bytes, used: 0, positions: [], offsets: [] }
    this.#segments.push(added)
    if (this.#segments.length > SEGMENTS_MAX) this.#segments.shift()
    return added
  }
}

/** Index of the last of some ascending numbers that is at most `wanted`. */
function lastAtMost(ascending: readonly number[], wanted: number): number {
  let low = 0
  let high = ascending.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((ascending[middle] ?? Infinity) <= wanted) low = middle
    else high = middle - 1
  }
  return low
}

/**
 * Frames: an int32 of how many bytes follow, and those bytes. `FrameReader` cuts them from a stream
 * that arrives in chunks of any size. A chunk is only lent: a frame that lies within one and is
 * taken at once is a view of it and costs no copy. Of what is left, a frame that has begun is
 * copied into memory that is used again; all behind it waits uncut, so that a frame of few bytes
 * takes no more memory than those. It allocates no more than a mebibyte ahead of what has arrived,
 * whatever a frame claims to be.
 */
import assert from 'node:assert'
import { MalformedBytes } from '../bytes/malformed.ts'
import type { ReusedMemory } from '../bytes/reused-memory.ts'
import { unzeroedBytes } from '../bytes/unzeroed.ts'

/** Bytes of the size in front of every frame. */
export const FRAME_SIZE_BYTES = 4

/** Frames up to this size get their memory at once; larger ones grow as their bytes arrive. */
const ALLOCATE_AT_ONCE_BYTES = 1024 * 1024

/** Bytes that wait in small pieces are gathered in blocks up to this size. */
const BLOCK_BYTES_MAX = 16 * 1024

const NOTHING = new Uint8Array(0)

const LENT = 'lent'
const OWN = 'own'

export class FrameReader {
  readonly #maxBytes: number
  readonly #memory: ReusedMemory
  /** What is being cut, and how far: the chunk that is lent, or a block that waited. */
  #chunk: Uint8Array = NOTHING
  #at = 0
  #isLent = false
  /** Behind the chunk, uncut: the used parts of blocks, the oldest first. */
  readonly #waiting: Uint8Array[] = []
  /** Memory of the blocks that wait. */
  #waitingBytes = 0
  /** Bytes of the size field seen so far, and their value. */
  #sizeBytesSeen = 0
  #size = 0
  /** The frame that is arriving in pieces, or has arrived; null while there is none. */
  #frame: Uint8Array | null = null
  #filled = 0
  #failure: MalformedBytes | null = null

  /** `maxBytes`: the largest frame accepted, without its size field. */
  constructor({ maxBytes, memory }: { readonly maxBytes: number; readonly memory: ReusedMemory }) {
    this.#maxBytes = maxBytes
    this.#memory = memory
  }

  /** Bytes held: what is not taken yet, with its sizes; blocks count until they are used up. */
  get bufferedBytes(): number {
    const chunk = this.#chunk
    const left = this.#isLent ? chunk.byteLength - this.#at : chunk.buffer.byteLength
    return left + this.#waitingBytes + this.#sizeBytesSeen + this.#filled
  }

  /**
   * Takes the next bytes of the stream, lent until `keep`. Never throws; `next` does, when the bad
   * frame is reached.
   */
  push(chunk: Uint8Array): void {
    if (this.#failure !== null) return
    const isLeft = this.#at < this.#chunk.byteLength
    assert(!isLeft || !this.#isLent, 'the last one was kept')
    if (isLeft || this.#waiting.length > 0) this.#wait(chunk)
    else this.#cut(chunk, LENT)
  }

  /**
   * The next whole frame, or null if it has not arrived. It is lent until `keep`, or until `done`
   * if that comes first. Throws MalformedBytes for a size that is negative or too large: for good,
   * since nothing behind it can be found.
   */
  next(): Uint8Array | null {
    for (;;) {
      if (this.#frame !== null && this.#filled === this.#size) return this.#complete(this.#frame)
      if (this.#failure !== null) throw this.#failure
      if (this.#at === this.#chunk.byteLength) {
        if (this.#waiting.length === 0) return null
        const block = this.#waiting.shift() as Uint8Array
        this.#waitingBytes -= block.buffer.byteLength
        this.#cut(block, OWN)
      }
      const end = this.#endOfWhole()
      if (end !== null) {
        const frame = this.#chunk.subarray(this.#at + FRAME_SIZE_BYTES, end)
        this.#passTo(end)
        return frame
      }
      this.#advance()
    }
  }

  /** Takes a frame's memory back: nobody looks at it any more. */
  done(frame: Uint8Array): void {
    this.#memory.giveBack(frame)
  }

  /** The chunk goes back to its owner: what has not been taken of it is copied. */
  keep(): void {
    if (!this.#isLent) return
    while (this.#at < this.#chunk.byteLength && this.#isUnderWay()) this.#advance()
    if (this.#at < this.#chunk.byteLength) this.#wait(this.#chunk.subarray(this.#at))
    this.#cut(NOTHING, OWN)
  }

  #cut(chunk: Uint8Array, whose: typeof LENT | typeof OWN): void {
    this.#chunk = chunk
    this.#at = 0
    this.#isLent = whose === LENT
  }

  /** A block that is used up is let go of; frames that are views of it hold it for their time. */
  #passTo(at: number): void {
    this.#at = at
    if (at === this.#chunk.byteLength && !this.#isLent) this.#cut(NOTHING, OWN)
  }

  /** Copies bytes behind those that wait. A block is no larger than all that waits before it. */
  #wait(bytes: Uint8Array): void {
    let rest = bytes
    const last = this.#waiting.at(-1)
    if (last !== undefined && last.byteLength < last.buffer.byteLength) {
      const room = new Uint8Array(last.buffer).subarray(last.byteLength)
      const count = Math.min(room.byteLength, rest.byteLength)
      room.set(rest.subarray(0, count))
      this.#waiting[this.#waiting.length - 1] = new Uint8Array(
        last.buffer,
        0,
        last.byteLength + count,
      )
      rest = rest.subarray(count)
    }
    if (rest.byteLength === 0) return
    const blockBytes = Math.max(rest.byteLength, Math.min(this.#waitingBytes, BLOCK_BYTES_MAX))
    const block = unzeroedBytes(blockBytes)
    block.set(rest)
    this.#waiting.push(block.subarray(0, rest.byteLength))
    this.#waitingBytes += blockBytes
  }

  /** Where the next frame ends, if all of it lies in the chunk. */
  #endOfWhole(): number | null {
    const chunk = this.#chunk
    const from = this.#at + FRAME_SIZE_BYTES
    if (this.#frame !== null || this.#sizeBytesSeen > 0 || from > chunk.byteLength) return null
    const size = int32At(chunk, this.#at)
    // A bad size is #begin's to refuse.
    if (size < 0 || size > this.#maxBytes || from + size > chunk.byteLength) return null
    return from + size
  }

  /** Whether the next bytes belong to a frame that is not whole yet. */
  #isUnderWay(): boolean {
    return this.#frame === null ? this.#endOfWhole() === null : this.#filled < this.#size
  }

  /** Copies the next piece of the chunk: a size, or the part of a body. */
  #advance(): void {
    if (this.#frame === null) this.#takeSize()
    else this.#takeBody(this.#frame)
  }

  #takeSize(): void {
    const chunk = this.#chunk
    let at = this.#at
    while (this.#sizeBytesSeen < FRAME_SIZE_BYTES && at < chunk.byteLength) {
      this.#size = (this.#size << 8) | (chunk[at] ?? 0)
      this.#sizeBytesSeen += 1
      at += 1
    }
    this.#passTo(at)
    if (this.#sizeBytesSeen === FRAME_SIZE_BYTES) this.#begin()
  }

  #begin(): void {
    const size = this.#size
    if (size >= 0 && size <= this.#maxBytes) {
      this.#frame = this.#memory.take(Math.min(size, ALLOCATE_AT_ONCE_BYTES))
      return
    }
    this.#failure = new MalformedBytes(notAFrame(size, this.#maxBytes))
    this.#cut(NOTHING, OWN)
    this.#waiting.length = 0
    this.#waitingBytes = 0
  }

  #takeBody(frame: Uint8Array): void {
    const count = Math.min(this.#size - this.#filled, this.#chunk.byteLength - this.#at)
    const target = this.#roomFor(frame, this.#filled + count)
    target.set(this.#chunk.subarray(this.#at, this.#at + count), this.#filled)
    this.#passTo(this.#at + count)
    this.#filled += count
  }

  /** Doubles the frame's memory where the arrived bytes need it, up to exactly its size. */
  #roomFor(frame: Uint8Array, wanted: number): Uint8Array {
    if (wanted <= frame.byteLength) return frame
    const grown = this.#memory.take(Math.min(this.#size, Math.max(wanted, frame.byteLength * 2)))
    grown.set(frame.subarray(0, this.#filled))
    this.#memory.giveBack(frame)
    this.#frame = grown
    return grown
  }

  #complete(frame: Uint8Array): Uint8Array {
    this.#frame = null
    this.#filled = 0
    this.#size = 0
    this.#sizeBytesSeen = 0
    return frame
  }
}

function int32At(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]
  return (a << 24) | (b << 16) | (c << 8) | d
}

/** Names what is often sent to a Kafka port by mistake; its first bytes read as a size. */
function notAFrame(size: number, maxBytes: number): string {
  if (HTTP_VERBS.has(size)) return 'this is HTTP, not the Kafka protocol'
  if (size >>> 16 === TLS_HANDSHAKE) return 'this is TLS; the listener speaks plain text'
  return `a frame of ${size} bytes, ${maxBytes} are allowed`
}

const HTTP_VERBS = new Set(
  ['GET ', 'HEAD', 'POST', 'PUT ', 'DELE', 'OPTI', 'CONN', 'PRI '].map((verb) =>
    new DataView(new TextEncoder().encode(verb).buffer).getInt32(0),
  ),
)
/** Content type "handshake", major version 3. */
const TLS_HANDSHAKE = 0x1603

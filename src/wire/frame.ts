/**
 * Frames: an int32 of how many bytes follow, and those bytes. `FrameReader` cuts them from a stream
 * that arrives in chunks of any size. A chunk is only lent: a frame that lies within one and is
 * taken at once is a view of it and costs no copy; what is left is copied, into memory that is used
 * again. It allocates no more than a mebibyte ahead of what has arrived,
 * whatever a frame claims to be.
 */
import assert from 'node:assert'
import { MalformedBytes } from '../bytes/malformed.ts'
import type { ReusedMemory } from '../bytes/reused-memory.ts'

/** Bytes of the size in front of every frame. */
export const FRAME_SIZE_BYTES = 4

/** Frames up to this size get their memory at once; larger ones grow as their bytes arrive. */
const ALLOCATE_AT_ONCE_BYTES = 1024 * 1024

const NOTHING = new Uint8Array(0)

export class FrameReader {
  readonly #maxBytes: number
  readonly #memory: ReusedMemory
  /** The chunk that is lent, and how far it has been cut. */
  #chunk: Uint8Array = NOTHING
  #at = 0
  /** Complete frames in memory of their own, oldest first; all of them before the chunk. */
  readonly #ready: Uint8Array[] = []
  #readyBytes = 0
  /** Bytes of the size field seen so far, and their value. */
  #sizeBytesSeen = 0
  #size = 0
  /** The frame that is arriving in pieces; null while there is none. */
  #frame: Uint8Array | null = null
  #filled = 0
  #failure: MalformedBytes | null = null

  /** `maxBytes`: the largest frame accepted, without its size field. */
  constructor({ maxBytes, memory }: { readonly maxBytes: number; readonly memory: ReusedMemory }) {
    this.#maxBytes = maxBytes
    this.#memory = memory
  }

  /** Bytes held, with their sizes: frames not yet taken, and what has arrived of the next one. */
  get bufferedBytes(): number {
    const left = this.#failure === null ? this.#chunk.byteLength - this.#at : 0
    return left + this.#readyBytes + this.#sizeBytesSeen + this.#filled
  }

  /**
   * Takes the next bytes of the stream, lent until `keep`. Never throws; `next` does, when the bad
   * frame is reached.
   */
  push(chunk: Uint8Array): void {
    assert(this.#at === this.#chunk.byteLength || this.#failure !== null, 'the last one was kept')
    this.#chunk = chunk
    this.#at = 0
  }

  /**
   * The next whole frame, or null if it has not arrived. It is lent until `keep`, or until `done`
   * if that comes first. Throws MalformedBytes for a size that is negative or too large: for good,
   * since nothing behind it can be found.
   */
  next(): Uint8Array | null {
    while (this.#ready.length === 0 && this.#failure === null) {
      if (this.#at === this.#chunk.byteLength) return null
      const frame = this.#view()
      if (frame !== null) return frame
      this.#advance()
    }
    const frame = this.#ready.shift()
    if (frame === undefined) throw this.#failure ?? new Error('no frame and no failure')
    this.#readyBytes -= FRAME_SIZE_BYTES + frame.byteLength
    return frame
  }

  /** Takes a frame's memory back: nobody looks at it any more. */
  done(frame: Uint8Array): void {
    this.#memory.giveBack(frame)
  }

  /** The chunk goes back to its owner: what has not been taken of it is copied. */
  keep(): void {
    while (this.#at < this.#chunk.byteLength && this.#failure === null) this.#advance()
    this.#chunk = NOTHING
    this.#at = 0
  }

  /** The next frame, if all of it lies in the chunk. */
  #view(): Uint8Array | null {
    const chunk = this.#chunk
    const from = this.#at + FRAME_SIZE_BYTES
    if (this.#frame !== null || this.#sizeBytesSeen > 0 || from > chunk.byteLength) return null
    const size = int32At(chunk, this.#at)
    // A bad size is #begin's to refuse.
    if (size < 0 || size > this.#maxBytes || from + size > chunk.byteLength) return null
    this.#at = from + size
    return chunk.subarray(from, this.#at)
  }

  /** Copies the next piece of the chunk: a size, or the part of a body. */
  #advance(): void {
    if (this.#frame === null) this.#takeSize()
    else this.#takeBody(this.#frame)
  }

  #takeSize(): void {
    const chunk = this.#chunk
    while (this.#sizeBytesSeen < FRAME_SIZE_BYTES && this.#at < chunk.byteLength) {
      this.#size = (this.#size << 8) | (chunk[this.#at] ?? 0)
      this.#sizeBytesSeen += 1
      this.#at += 1
    }
    if (this.#sizeBytesSeen === FRAME_SIZE_BYTES) this.#begin()
  }

  #begin(): void {
    const size = this.#size
    if (size < 0 || size > this.#maxBytes) {
      this.#failure = new MalformedBytes(notAFrame(size, this.#maxBytes))
      return
    }
    this.#frame = this.#memory.take(Math.min(size, ALLOCATE_AT_ONCE_BYTES))
    if (size === 0) this.#complete(this.#frame)
  }

  #takeBody(frame: Uint8Array): void {
    const count = Math.min(this.#size - this.#filled, this.#chunk.byteLength - this.#at)
    const target = this.#roomFor(frame, this.#filled + count)
    target.set(this.#chunk.subarray(this.#at, this.#at + count), this.#filled)
    this.#at += count
    this.#filled += count
    if (this.#filled === this.#size) this.#complete(target)
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

  #complete(frame: Uint8Array): void {
    this.#ready.push(frame)
    this.#readyBytes += FRAME_SIZE_BYTES + frame.byteLength
    this.#frame = null
    this.#filled = 0
    this.#size = 0
    this.#sizeBytesSeen = 0
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

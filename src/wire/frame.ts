/**
 * Frames: an int32 of how many bytes follow, and those bytes. `FrameReader` cuts them from a stream
 * that arrives in chunks of any size. It copies what it is given, so the chunk may be reused, and
 * allocates no more than a mebibyte ahead of what has arrived, whatever a frame claims to be.
 */
import { MalformedBytes } from '../bytes/malformed.ts'

/** Bytes of the size in front of every frame. */
export const FRAME_SIZE_BYTES = 4

/** Frames up to this size get their memory at once; larger ones grow as their bytes arrive. */
const ALLOCATE_AT_ONCE_BYTES = 1024 * 1024

export class FrameReader {
  readonly #maxBytes: number
  /** Complete frames, oldest first. */
  #ready: Uint8Array[] = []
  #readyBytes = 0
  /** Bytes of the size field seen so far, and their value. */
  #sizeBytesSeen = 0
  #size = 0
  /** The frame that is arriving; null while its size is. */
  #frame: Uint8Array | null = null
  #filled = 0
  #failure: MalformedBytes | null = null

  /** `maxBytes`: the largest frame accepted, without its size field. */
  constructor({ maxBytes }: { readonly maxBytes: number }) {
    this.#maxBytes = maxBytes
  }

  /** Bytes held, with their sizes: frames not yet taken, and what has arrived of the next one. */
  get bufferedBytes(): number {
    return this.#readyBytes + this.#sizeBytesSeen + this.#filled
  }

  /**
   * Takes the next bytes of the stream. Never throws; `next` does, when the bad frame is reached.
   */
  push(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.byteLength && this.#failure === null)
      at = this.#frame === null ? this.#takeSize(chunk, at) : this.#takeBody(this.#frame, chunk, at)
  }

  /**
   * The next whole frame, now the caller's own, or null if it has not arrived. Throws
   * MalformedBytes for a size that is negative or too large: for good, since nothing behind it can
   * be found.
   */
  next(): Uint8Array | null {
    const frame = this.#ready.shift()
    if (frame !== undefined) {
      this.#readyBytes -= FRAME_SIZE_BYTES + frame.byteLength
      return frame
    }
    if (this.#failure !== null) throw this.#failure
    return null
  }

  #takeSize(chunk: Uint8Array, from: number): number {
    let at = from
    while (this.#sizeBytesSeen < FRAME_SIZE_BYTES && at < chunk.byteLength) {
      this.#size = (this.#size << 8) | (chunk[at] ?? 0)
      this.#sizeBytesSeen += 1
      at += 1
    }
    if (this.#sizeBytesSeen === FRAME_SIZE_BYTES) this.#begin()
    return at
  }

  #begin(): void {
    const size = this.#size
    if (size < 0 || size > this.#maxBytes) {
      this.#failure = new MalformedBytes(notAFrame(size, this.#maxBytes))
      return
    }
    this.#frame = new Uint8Array(Math.min(size, ALLOCATE_AT_ONCE_BYTES))
    if (size === 0) this.#complete(this.#frame)
  }

  #takeBody(frame: Uint8Array, chunk: Uint8Array, from: number): number {
    const count = Math.min(this.#size - this.#filled, chunk.byteLength - from)
    const target = this.#roomFor(frame, this.#filled + count)
    target.set(chunk.subarray(from, from + count), this.#filled)
    this.#filled += count
    if (this.#filled === this.#size) this.#complete(target)
    return from + count
  }

  /** Doubles the frame's memory where the arrived bytes need it, up to exactly its size. */
  #roomFor(frame: Uint8Array, wanted: number): Uint8Array {
    if (wanted <= frame.byteLength) return frame
    const grown = new Uint8Array(Math.min(this.#size, Math.max(wanted, frame.byteLength * 2)))
    grown.set(frame.subarray(0, this.#filled))
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

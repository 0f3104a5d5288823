/**
 * Cuts responses from what a `LoadSocket` lends. A response that arrived in one piece is lent on as
 * it is; any other is put together in one buffer that is used again for the next. Pure.
 */
import { FRAME_SIZE_BYTES } from '../../wire/frame.ts'

const FIRST_BUFFER_BYTES = 64 * 1024
/** A larger response means that this is no broker. */
const RESPONSE_BYTES_MAX = 1024 * 1024 * 1024

export class ResponseReader {
  readonly #onResponse: (response: Uint8Array) => void
  /** What has arrived of an unfinished response, its size field included. */
  #held = new Uint8Array(FIRST_BUFFER_BYTES)
  #heldBytes = 0

  /** `onResponse` gets each response without its size, lent until it returns. */
  constructor(onResponse: (response: Uint8Array) => void) {
    this.#onResponse = onResponse
  }

  /** Takes the next bytes of the stream; throws when they cannot be Kafka's. */
  push(chunk: Uint8Array): void {
    let at = this.#heldBytes > 0 ? this.#finishHeld(chunk) : 0
    while (chunk.byteLength - at >= FRAME_SIZE_BYTES) {
      const end = at + FRAME_SIZE_BYTES + sizeAt(chunk, at)
      if (end > chunk.byteLength) break
      this.#onResponse(chunk.subarray(at + FRAME_SIZE_BYTES, end))
      at = end
    }
    this.#hold(chunk.subarray(at))
  }

  /** Completes the held response, if `chunk` can; returns how much of the chunk that took. */
  #finishHeld(chunk: Uint8Array): number {
    let at = 0
    if (this.#heldBytes < FRAME_SIZE_BYTES) {
      at = Math.min(FRAME_SIZE_BYTES - this.#heldBytes, chunk.byteLength)
      this.#hold(chunk.subarray(0, at))
      if (this.#heldBytes < FRAME_SIZE_BYTES) return at
    }
    const wholeBytes = FRAME_SIZE_BYTES + sizeAt(this.#held, 0)
    const end = at + Math.min(wholeBytes - this.#heldBytes, chunk.byteLength - at)
    this.#hold(chunk.subarray(at, end))
    if (this.#heldBytes < wholeBytes) return end
    this.#heldBytes = 0
    this.#onResponse(this.#held.subarray(FRAME_SIZE_BYTES, wholeBytes))
    return end
  }

  #hold(bytes: Uint8Array): void {
    const wanted = this.#heldBytes + bytes.byteLength
    if (wanted > this.#held.byteLength) {
      const grown = new Uint8Array(Math.max(wanted, 2 * this.#held.byteLength))
      grown.set(this.#held.subarray(0, this.#heldBytes))
      this.#held = grown
    }
    this.#held.set(bytes, this.#heldBytes)
    this.#heldBytes = wanted
  }
}

function sizeAt(bytes: Uint8Array, at: number): number {
  const size = new DataView(bytes.buffer, bytes.byteOffset + at).getInt32(0)
  if (size >= 4 && size <= RESPONSE_BYTES_MAX) return size
  throw new Error(`a response of ${size} bytes: this does not speak the Kafka protocol`)
}

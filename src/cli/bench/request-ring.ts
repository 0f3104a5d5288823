/**
 * The requests of one connection, encoded before the clock starts: as many copies of one frame as
 * may be in flight, side by side, each with its own correlation id. Sending k of them is one write
 * of bytes that exist already, so the load costs next to nothing of what it measures. Pure.
 */
import { FRAME_SIZE_BYTES } from '../../wire/frame.ts'

/** Behind the size: API key and version, then the correlation id. */
const CORRELATION_AT = FRAME_SIZE_BYTES + 4

export class RequestRing {
  readonly frameBytes: number
  /** How many may be in flight. */
  readonly size: number
  readonly #bytes: Uint8Array
  #sent = 0
  #answered = 0

  constructor(frame: Uint8Array, size: number) {
    this.frameBytes = frame.byteLength
    this.size = size
    this.#bytes = new Uint8Array(size * frame.byteLength)
    const view = new DataView(this.#bytes.buffer)
    for (let slot = 0; slot < size; slot += 1) {
      this.#bytes.set(frame, slot * frame.byteLength)
      view.setInt32(slot * frame.byteLength + CORRELATION_AT, slot)
    }
  }

  /** Requests taken so far. */
  get sent(): number {
    return this.#sent
  }

  get answered(): number {
    return this.#answered
  }

  /** How many more may be in flight now. */
  get room(): number {
    return this.size - (this.#sent - this.#answered)
  }

  /** The next `count` requests (at most `room`), in one piece or, at the ring's end, in two. */
  take(count: number): Uint8Array[] {
    const from = this.#sent % this.size
    const head = Math.min(count, this.size - from)
    this.#sent += count
    const piece = (start: number, end: number) =>
      this.#bytes.subarray(start * this.frameBytes, end * this.frameBytes)
    return head === count
      ? [piece(from, from + count)]
      : [piece(from, this.size), piece(0, count - head)]
  }

  /** Takes a response; returns the number of its request. Throws when it is not the next one's. */
  answer(response: Uint8Array): number {
    const correlationId = new DataView(response.buffer, response.byteOffset).getInt32(0)
    const number = this.#answered
    if (number === this.#sent || correlationId !== number % this.size)
      throw new Error(`response out of order: correlation id ${correlationId}`)
    this.#answered += 1
    return number
  }

  /** As if the oldest `count` requests were answered: those with acks=0 never are. */
  forget(count: number): void {
    this.#answered += count
  }
}

/**
 * Lines from a stream of bytes that comes in pieces of any size. A line ends before its line feed;
 * a carriage return stays part of it, and so does every other byte. What is behind the last line
 * feed is a line too, unless it is empty. One line may take so much memory and no more. Pure.
 */
import { LograftError } from '../base/errors.ts'

const LINE_FEED = 10
/** More than any broker takes as one record: `socket.request.max.bytes`. */
const LINE_BYTES_MAX = 100 * 1024 * 1024

export class Lines {
  readonly #maxBytes: number
  /** The beginning of a line whose end has not come, in pieces. */
  #parts: Uint8Array[] = []
  #partsBytes = 0
  #count = 0

  constructor({ maxBytes = LINE_BYTES_MAX }: { readonly maxBytes?: number } = {}) {
    this.#maxBytes = maxBytes
  }

  /** The number of the line given out last, or of the one that was too long. */
  get count(): number {
    return this.#count
  }

  /** The lines that end in `chunk`, which must not change afterwards: they are views of it. */
  *push(chunk: Uint8Array): Generator<Uint8Array, void, undefined> {
    let from = 0
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      const rest = chunk.subarray(from, at)
      from = at + 1
      this.#check(rest)
      const line = this.#parts.length === 0 ? rest : this.#join(rest)
      this.#count += 1
      yield line
    }
    if (from === chunk.byteLength) return
    const rest = chunk.subarray(from)
    this.#check(rest)
    this.#parts.push(rest)
    this.#partsBytes += rest.byteLength
  }

  /** The last line, which has no line feed; null when there is none. */
  end(): Uint8Array | null {
    if (this.#parts.length === 0) return null
    this.#count += 1
    return this.#join(new Uint8Array())
  }

  #check(rest: Uint8Array): void {
    if (this.#partsBytes + rest.byteLength <= this.#maxBytes) return
    this.#count += 1
    throw new LograftError(
      'LINE_TOO_LONG',
      `it is longer than ${this.#maxBytes} bytes; is this text?`,
    )
  }

  #join(rest: Uint8Array): Uint8Array {
    const line = new Uint8Array(this.#partsBytes + rest.byteLength)
    let at = 0
    for (const part of [...this.#parts, rest]) {
      line.set(part, at)
      at += part.byteLength
    }
    this.#parts = []
    this.#partsBytes = 0
    return line
  }
}

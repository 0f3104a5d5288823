/**
 * Memory that is used again and again, for what is large and short-lived: frames that arrive in
 * pieces, reads from files. Fresh memory for each has to be mapped, and V8 collects its whole heap
 * for every 64 MiB of it (ADR 11).
 *
 * Whoever takes memory owns it until it is given back; nobody may look at it after that. What is
 * never given back (a connection died, somebody forgot) is simply collected.
 */
import { unzeroedBytes } from './unzeroed.ts'

/** Smaller pieces are not worth keeping, larger ones too rare. Powers of two. */
const CLASS_BYTES_MIN = 16 * 1024
const CLASS_BYTES_MAX = 1024 * 1024

export class ReusedMemory {
  readonly #spareBytesMax: number
  /** Unused pieces, by their size. */
  readonly #spare = new Map<number, ArrayBuffer[]>()
  #spareBytes = 0
  /** What was taken here and not given back. */
  readonly #lent = new WeakSet<ArrayBufferLike>()

  /** `spareBytesMax`: what may lie here unused. */
  constructor({ spareBytesMax }: { readonly spareBytesMax: number }) {
    this.#spareBytesMax = spareBytesMax
  }

  /** Bytes that lie here unused. */
  get spareBytes(): number {
    return this.#spareBytes
  }

  /** Exactly `sizeBytes`, holding anything. */
  take(sizeBytes: number): Uint8Array {
    const classBytes = classOf(sizeBytes)
    if (classBytes === null) return unzeroedBytes(sizeBytes)
    let buffer = this.#spare.get(classBytes)?.pop()
    if (buffer === undefined) buffer = unzeroedBytes(classBytes).buffer
    else this.#spareBytes -= classBytes
    this.#lent.add(buffer)
    return new Uint8Array(buffer, 0, sizeBytes)
  }

  /** Takes back what a view lies in; memory from elsewhere, or given back before, is left alone. */
  giveBack({ buffer }: Uint8Array): void {
    if (!(buffer instanceof ArrayBuffer) || !this.#lent.delete(buffer)) return
    const classBytes = buffer.byteLength
    if (this.#spareBytes + classBytes > this.#spareBytesMax) return
    const spare = this.#spare.get(classBytes)
    if (spare) spare.push(buffer)
    else this.#spare.set(classBytes, [buffer])
    this.#spareBytes += classBytes
  }
}

function classOf(sizeBytes: number): number | null {
  if (sizeBytes < CLASS_BYTES_MIN || sizeBytes > CLASS_BYTES_MAX) return null
  return 2 ** Math.ceil(Math.log2(sizeBytes))
}

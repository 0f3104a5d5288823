/**
 * The content of one file in memory, in pages, so that it grows without being copied. What was
 * never written reads as zeros and takes no space. A content lives until nothing is called by its
 * name any more and nobody has it open; then its space is free again.
 */

/** What all contents of a disk may still take. */
export interface MemorySpace {
  freeBytes: number
}

const PAGE_BYTES = 64 * 1024
/** A page begins small: most files are. */
const SMALLEST_BYTES = 256

export class MemoryContent {
  readonly #space: MemorySpace
  /** The last one may be shorter than a page. */
  #pages: (Uint8Array | undefined)[] = []
  #sizeBytes = 0
  #modifiedMs = Date.now()
  #users = 0
  #isLinked = true

  constructor(space: MemorySpace) {
    this.#space = space
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  get modifiedMs(): number {
    return this.#modifiedMs
  }

  /** Fills `target`; returns the bytes there were. */
  read(target: Uint8Array, from: number): number {
    const count = Math.max(0, Math.min(target.byteLength, this.#sizeBytes - from))
    for (let done = 0; done < count;) {
      const { page, at, length } = this.#piece(from + done, count - done)
      const bytes = this.#pages[page]?.subarray(at, at + length) ?? new Uint8Array(0)
      target.set(bytes, done)
      target.fill(0, done + bytes.byteLength, done + length)
      done += length
    }
    return count
  }

  /** Returns the bytes that found a place. */
  write(source: Uint8Array, from: number): number {
    let done = 0
    while (done < source.byteLength) {
      const { page, at, length } = this.#piece(from + done, source.byteLength - done)
      const bytes = this.#room(page, at + length)
      if (bytes === null) break
      bytes.set(source.subarray(done, done + length), at)
      done += length
    }
    if (done > 0) this.#sizeBytes = Math.max(this.#sizeBytes, from + done)
    this.#modifiedMs = Date.now()
    return done
  }

  resize(sizeBytes: number): void {
    const whole = Math.floor(sizeBytes / PAGE_BYTES)
    const rest = sizeBytes - whole * PAGE_BYTES
    for (const page of this.#pages.slice(rest > 0 ? whole + 1 : whole)) this.#free(page)
    this.#pages.length = Math.min(this.#pages.length, rest > 0 ? whole + 1 : whole)
    // Should it grow again, there are zeros.
    if (sizeBytes < this.#sizeBytes) this.#pages[whole]?.fill(0, rest)
    this.#sizeBytes = sizeBytes
    this.#modifiedMs = Date.now()
  }

  opened(): void {
    this.#users += 1
  }

  closed(): void {
    this.#users -= 1
    this.#dropUnused()
  }

  /** Its name is gone. */
  unlink(): void {
    this.#isLinked = false
    this.#dropUnused()
  }

  #dropUnused(): void {
    if (!this.#isLinked && this.#users === 0) this.resize(0)
  }

  /** Of what begins at `from`: the part that is in one page. */
  #piece(from: number, wanted: number) {
    const page = Math.floor(from / PAGE_BYTES)
    const at = from - page * PAGE_BYTES
    return { page, at, length: Math.min(wanted, PAGE_BYTES - at) }
  }

  /** A page with room for so many bytes, or null when there is no space left. */
  #room(index: number, bytes: number): Uint8Array | null {
    const page = this.#pages[index]
    const length = page?.byteLength ?? 0
    if (page && length >= bytes) return page
    let wanted = Math.max(SMALLEST_BYTES, length)
    while (wanted < bytes) wanted *= 2
    if (wanted - length > this.#space.freeBytes) return null
    this.#space.freeBytes -= wanted - length
    const grown = new Uint8Array(wanted)
    if (page) grown.set(page)
    this.#pages[index] = grown
    return grown
  }

  #free(page: Uint8Array | undefined): void {
    this.#space.freeBytes += page?.byteLength ?? 0
  }
}

/**
 * Numbers by the million, without an object for each: a growing column, and what stands at offsets,
 * wherever those begin. Zero is nothing in both.
 */
type Cells = Float64Array | Int32Array | Uint8Array

const FIRST_CELLS = 1_024
const PAGE_BITS = 12
const PAGE_CELLS = 1 << PAGE_BITS

/** Whole numbers below 2^31 in an `Int32Array`, times and offsets in a `Float64Array`. */
export class Column<Kind extends Cells> {
  length = 0
  #cells: Kind
  readonly #make: (length: number) => Kind

  constructor(make: (length: number) => Kind) {
    this.#make = make
    this.#cells = make(FIRST_CELLS)
  }

  push(value: number): void {
    this.set(this.length, value)
  }

  /** What was never set is zero. */
  at(index: number): number {
    return this.#cells[index] ?? 0
  }

  set(index: number, value: number): void {
    if (index >= this.#cells.length) this.#grow(index)
    this.#cells[index] = value
    if (index >= this.length) this.length = index + 1
  }

  /** Sets all to nothing. */
  clear(): void {
    this.#cells.fill(0)
  }

  #grow(index: number): void {
    const cells = this.#make(Math.max(index + 1, this.#cells.length * 2))
    cells.set(this.#cells)
    this.#cells = cells
  }
}

export const times = () => new Column((length) => new Float64Array(length))
export const counts = () => new Column((length) => new Int32Array(length))
export const flags = () => new Column((length) => new Uint8Array(length))

/** A number other than zero for each of some offsets. */
export class OffsetMap {
  readonly #pages = new Map<number, Int32Array>()
  /** The pages, ascending. */
  #order: readonly number[] = []
  #near: Int32Array = new Int32Array(0)
  #nearPage = -1

  get(offset: number): number {
    const page = Math.floor(offset / PAGE_CELLS)
    if (page !== this.#nearPage && !this.#turnTo(page)) return 0
    return this.#near[offset - page * PAGE_CELLS] ?? 0
  }

  set(offset: number, value: number): void {
    const page = Math.floor(offset / PAGE_CELLS)
    if (page !== this.#nearPage && !this.#turnTo(page)) {
      this.#near = new Int32Array(PAGE_CELLS)
      this.#nearPage = page
      this.#pages.set(page, this.#near)
    }
    this.#near[offset - page * PAGE_CELLS] = value
  }

  /** Ascending. */
  forEach(visit: (offset: number, value: number) => void): void {
    for (const page of this.#sorted()) {
      const cells = this.#pages.get(page) ?? new Int32Array(0)
      const first = page * PAGE_CELLS
      for (let cell = 0; cell < cells.length; cell += 1) {
        const value = cells[cell] ?? 0
        if (value !== 0) visit(first + cell, value)
      }
    }
  }

  /** The first offset from `from` on, below `to`, that `test` holds of; null: none. */
  find(from: number, to: number, test: (offset: number) => boolean): number | null {
    for (const page of this.#sorted()) {
      const first = page * PAGE_CELLS
      if (first + PAGE_CELLS <= from || first >= to) continue
      const end = Math.min(to, first + PAGE_CELLS)
      for (let offset = Math.max(from, first); offset < end; offset += 1)
        if (this.get(offset) !== 0 && test(offset)) return offset
    }
    return null
  }

  #turnTo(page: number): boolean {
    const found = this.#pages.get(page)
    if (found === undefined) return false
    this.#near = found
    this.#nearPage = page
    return true
  }

  #sorted(): readonly number[] {
    if (this.#order.length !== this.#pages.size)
      this.#order = [...this.#pages.keys()].sort((a, b) => a - b)
    return this.#order
  }
}

/** Some offsets: a bit for each. */
export class OffsetSet {
  readonly #words = new OffsetMap()
  size = 0

  has(offset: number): boolean {
    return (this.#words.get(Math.floor(offset / 32)) & (1 << (offset % 32))) !== 0
  }

  /** False when it is in already. */
  add(offset: number): boolean {
    const word = Math.floor(offset / 32)
    const bits = this.#words.get(word)
    const bit = 1 << (offset % 32)
    if ((bits & bit) !== 0) return false
    this.#words.set(word, bits | bit)
    this.size += 1
    return true
  }
}

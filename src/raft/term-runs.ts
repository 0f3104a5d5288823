/** The term of every index of a log, kept as runs: terms only go up, and few of them hold a log. */
import assert from 'node:assert'

export class TermRuns {
  /** Each run goes to where the next begins. Never empty: the first is the snapshot's end. */
  readonly #runs: { readonly from: number; readonly term: number }[]

  constructor(index: number, term: number) {
    this.#runs = [{ from: index, term }]
  }

  /** `index` is the next behind the last that was noted. */
  note(index: number, term: number): void {
    const last = this.#runs.at(-1)
    assert(last && index > last.from && term >= last.term, 'terms of a log never go down')
    if (term > last.term) this.#runs.push({ from: index, term })
  }

  /** Of an index that is not before the first and not behind the last. */
  at(index: number): number {
    return this.#runs[this.#runOf(index)]?.term ?? assert.fail(`no term is known at ${index}`)
  }

  /** The largest index ≤ `index` whose term is ≤ `term`; the first that is known, if none is. */
  lastAtMost(index: number, term: number): number {
    let run = this.#runOf(index)
    let at = index
    while (run > 0 && (this.#runs[run]?.term ?? 0) > term) {
      at = (this.#runs[run]?.from ?? 0) - 1
      run -= 1
    }
    return (this.#runs[run]?.term ?? 0) > term ? (this.#runs[0]?.from ?? 0) : at
  }

  /** Nothing from `index` on. */
  truncateFrom(index: number): void {
    while (this.#runs.length > 1 && (this.#runs.at(-1)?.from ?? 0) >= index) this.#runs.pop()
  }

  /** Nothing before `index`. */
  forgetBefore(index: number): void {
    const run = this.#runOf(index)
    const term = this.at(index)
    this.#runs.splice(0, run + 1, { from: index, term })
  }

  #runOf(index: number): number {
    let run = this.#runs.length - 1
    while (run >= 0 && (this.#runs[run]?.from ?? 0) > index) run -= 1
    return run
  }
}

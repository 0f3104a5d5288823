/**
 * How a broken invariant is told: by an id that stays the same while a failing run is made smaller.
 */

export class Violation extends Error {
  /** Group of the invariant and its name: `1-election-safety`. */
  readonly invariant: string

  constructor(invariant: string, message: string) {
    super(message)
    this.name = 'Violation'
    this.invariant = invariant
  }
}

/** The message is made only when it is needed: this is called for every step. */
export function check(holds: boolean, invariant: string, message: () => string): void {
  if (!holds) throw new Violation(invariant, message())
}

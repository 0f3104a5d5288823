/**
 * Every commit that any client has sent: each commits an offset of its own, so that a stored offset
 * tells who committed it, and as what.
 */

export interface Attempt {
  readonly group: string
  readonly partitions: readonly number[]
  readonly memberId: string
  /** -1: of no member. */
  readonly generation: number
  readonly instanceId: string | null
  /** How long it is to be kept; -1: as the brokers say. */
  readonly retentionMs: number
}

export class Commits {
  readonly #attempts: Attempt[] = []

  /** Returns the offset that it commits. */
  begin(attempt: Attempt): number {
    this.#attempts.push(attempt)
    return this.#attempts.length
  }

  of(offset: number): Attempt | undefined {
    return this.#attempts[offset - 1]
  }

  get count(): number {
    return this.#attempts.length
  }
}

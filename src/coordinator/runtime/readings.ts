/**
 * Readings of a view that are under way. What comes into the view after one has begun may be missed
 * by it, so the shard has to remember it until that reading has ended.
 */
import type { CommittedView } from '../ports.ts'

export class Readings {
  readonly #view: Pick<CommittedView, 'appliedOffset'>
  readonly #applied: (offset: number) => void
  /** Where each began, the earliest first. */
  readonly #begun = new Set<{ readonly appliedOffset: number }>()

  /** `applied` hears of everything that is in the view and in all readings. */
  constructor(view: Pick<CommittedView, 'appliedOffset'>, applied: (offset: number) => void) {
    this.#view = view
    this.#applied = applied
  }

  /** The view has grown. */
  moved(): void {
    const [earliest] = this.#begun
    this.#applied(earliest?.appliedOffset ?? this.#view.appliedOffset)
  }

  async during<Result>(reading: () => Promise<Result>): Promise<Result> {
    const begun = { appliedOffset: this.#view.appliedOffset }
    this.#begun.add(begun)
    try {
      return await reading()
    } finally {
      this.#begun.delete(begun)
      this.moved()
    }
  }
}

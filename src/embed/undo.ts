/** What has been taken, given back in reverse; one that fails does not keep the others. */
import { asError } from '../base/errors.ts'

export class Undo {
  readonly #steps: (() => Promise<void>)[] = []
  #done: Promise<void> | null = null

  later(step: () => Promise<void>): void {
    this.#steps.push(step)
  }

  /** Once; rejects with the first error. */
  all(): Promise<void> {
    this.#done ??= this.#run()
    return this.#done
  }

  async #run(): Promise<void> {
    const errors: Error[] = []
    for (const step of this.#steps.reverse())
      await step().catch((thrown: unknown) => errors.push(asError(thrown)))
    if (errors[0]) throw errors[0]
  }
}

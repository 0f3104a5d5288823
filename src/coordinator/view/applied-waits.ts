/** Who waits until a view has come as far as an offset, and who wants to hear of every move. */
import { asError } from '../../base/errors.ts'

interface Wait {
  readonly offset: number
  resolve(): void
  reject(error: Error): void
}

export class AppliedWaits {
  readonly #waits = new Set<Wait>()
  readonly #watchers = new Set<() => void>()

  /** `applied`: how far the view has come now. */
  until(
    offset: number,
    { applied, signal }: { readonly applied: number; readonly signal?: AbortSignal | undefined },
  ): Promise<void> {
    if (signal?.aborted) return Promise.reject(asError(signal.reason))
    if (applied >= offset) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#waits.delete(wait)
        reject(asError(signal?.reason))
      }
      const end = (settle: () => void) => {
        signal?.removeEventListener('abort', abort)
        settle()
      }
      const wait: Wait = {
        offset,
        resolve: () => end(resolve),
        reject: (error) => end(() => reject(error)),
      }
      this.#waits.add(wait)
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  watch(moved: () => void): () => void {
    this.#watchers.add(moved)
    return () => this.#watchers.delete(moved)
  }

  moved(applied: number): void {
    for (const wait of this.#waits)
      if (wait.offset <= applied) {
        this.#waits.delete(wait)
        wait.resolve()
      }
    for (const moved of this.#watchers) moved()
  }

  /** Nothing moves any more. */
  end(error: Error): void {
    for (const wait of this.#waits) wait.reject(error)
    this.#waits.clear()
    this.#watchers.clear()
  }
}

/**
 * Says something about somebody once, and again only when it is something else: what is tried again
 * every second would fill the log. Remembers a bounded number of them. Pure.
 */
const SUBJECTS_MAX = 256

export class OncePerChange {
  readonly #said = new Map<string, string>()

  /** Calls `say` unless `text` is what was last said about `subject`. */
  say(subject: string, text: string, say: () => void): void {
    const isNews = this.#said.get(subject) !== text
    this.#said.delete(subject)
    this.#said.set(subject, text)
    for (const oldest of this.#said.keys()) {
      if (this.#said.size <= SUBJECTS_MAX) break
      this.#said.delete(oldest)
    }
    if (isNews) say()
  }

  /** It is over: the next time is news again. */
  forget(subject: string): void {
    this.#said.delete(subject)
  }

  forgetAll(): void {
    this.#said.clear()
  }
}

/**
 * One at a time, in order, bounded: the queue behind everything that must not interleave (the
 * controller, a coordinator shard). A task may await; the next one starts only when it has ended.
 */
import { asError, LograftError } from './errors.ts'

interface Pending {
  run(): Promise<void>
  refuse(error: Error): void
}

export class EventLoop {
  readonly #name: string
  readonly #capacity: number
  readonly #pending: Pending[] = []
  #running = false
  #closed: Error | null = null

  constructor({ name, capacity }: { name: string; capacity: number }) {
    this.#name = name
    this.#capacity = capacity
  }

  /** Tasks waiting, the running one not counted. */
  get length(): number {
    return this.#pending.length
  }

  /** Runs `task` in its turn. Rejects with OVERLOADED when `capacity` tasks already wait. */
  submit<Result>(task: () => Result | Promise<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (this.#closed) return reject(this.#closed)
      if (this.#pending.length >= this.#capacity)
        return reject(
          new LograftError('OVERLOADED', `${this.#name}: ${this.#capacity} tasks already wait`),
        )
      this.#pending.push({
        refuse: reject,
        run: async () => {
          try {
            resolve(await task())
          } catch (thrown) {
            reject(asError(thrown))
          }
        },
      })
      if (!this.#running) void this.#drain()
    })
  }

  /** Refuses what waits and what comes, with `reason`; the running task ends by itself. */
  close(reason: Error): void {
    this.#closed ??= reason
    for (const task of this.#pending.splice(0)) task.refuse(reason)
  }

  /** Never rejects: every task settles its own promise. */
  async #drain(): Promise<void> {
    this.#running = true
    for (let task = this.#pending.shift(); task; task = this.#pending.shift()) await task.run()
    this.#running = false
  }
}

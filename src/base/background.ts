/**
 * Supervised tasks. A loop that nobody awaits still has a name, a signal that ends it and an owner
 * that hears of its death: there are no floating promises in the broker.
 */
import type { Clock } from './clock.ts'
import { delay } from './clock.ts'
import { asError } from './errors.ts'

export interface Background {
  readonly name: string
  /** Asks the task to end and resolves when it has; never rejects. */
  stop(): Promise<void>
}

/**
 * Runs `task` until it returns or `stop()` is called. An error it throws goes to `onDeath`, once.
 */
export function background(
  name: string,
  task: (signal: AbortSignal) => Promise<void>,
  onDeath: (error: Error) => void,
): Background {
  const abort = new AbortController()
  const ended = task(abort.signal).catch((thrown: unknown) => {
    onDeath(new Error(`${name} died: ${asError(thrown).message}`, { cause: thrown }))
  })
  return {
    name,
    async stop() {
      abort.abort()
      await ended
    },
  }
}

/** Runs `round` every `intervalMs`, measured from the end of the one before. */
export function every(
  clock: Clock,
  { name, intervalMs }: { name: string; intervalMs: number },
  round: () => void | Promise<void>,
  onDeath: (error: Error) => void,
): Background {
  return background(
    name,
    async (signal) => {
      for (;;) {
        await delay(clock, intervalMs, signal)
        if (signal.aborted) return
        await round()
      }
    },
    onDeath,
  )
}

/**
 * What a process has queued for the end of its turn ends with it: where it would go on with a disk
 * that it does not have any more, it stops, and nobody hears of it.
 */
import { Died } from '../system/mounted-disk.ts'

const queue = globalThis.queueMicrotask

/** From now on, for all of this process: whoever is no simulated process never throws `Died`. */
export function letDeadTasksRest(): void {
  globalThis.queueMicrotask = (task) =>
    queue(() => {
      try {
        task()
      } catch (thrown) {
        if (!(thrown instanceof Died)) throw thrown
      }
    })
}

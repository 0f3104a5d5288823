/**
 * Who is held down or paused, by how many faults at a time: faults overlap, and a node comes back
 * when the last one that holds it lets go. Also for who changes files of a node that is down.
 */
import type { Target } from '../cluster/target.ts'
import type { Undo } from './undo.ts'

export class Lives {
  readonly #target: Target
  /** By node. */
  readonly #down = new Map<number, number>()
  readonly #paused = new Map<number, number>()
  /** By faults that may end it, and start it again when they are taken back. */
  readonly #disturbed = new Map<number, number>()
  /** By node: how often all of that has begun. */
  readonly #times = new Map<number, number>()

  constructor(target: Target) {
    this.#target = target
  }

  /**
   * Ends it by a signal; it stays down until what is returned is called. With SIGTERM it may take
   * its time to end.
   */
  async hold(id: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<Undo> {
    const letGo = taken(this.#down, id, () => this.revive(id))
    this.#count(id)
    try {
      if (this.#target.node(id).isRunning) await this.#target.signal(id, signal)
      return letGo
    } catch (thrown) {
      await letGo()
      throw thrown
    }
  }

  /** It may end of what is done to it; what is returned starts it when that is over. */
  disturb(id: number): Undo {
    this.#count(id)
    return taken(this.#disturbed, id, () => this.revive(id))
  }

  async pause(id: number): Promise<Undo> {
    await this.#target.signal(id, 'SIGSTOP')
    return taken(this.#paused, id, async () => {
      if (this.#target.node(id).isPaused) await this.#target.signal(id, 'SIGCONT')
    })
  }

  /** Starts it unless a fault holds it down; resolves when it is in service. */
  async revive(id: number): Promise<void> {
    if (this.#isHeld(id)) return
    const times = this.#times.get(id)
    const wasStarting = this.#target.node(id).isRunning
    try {
      await this.#target.start(id)
    } catch (thrown) {
      // Another fault has ended it while it started, and starts it, or has done so already.
      const isOthers = this.#isHeld(id) || (this.#disturbed.get(id) ?? 0) > 0
      if (isOthers || this.#times.get(id) !== times) return
      if (!wasStarting) throw thrown
      // That was the end of a start from before, of what is over.
      await this.#target.start(id)
    }
  }

  #count(id: number): void {
    this.#times.set(id, (this.#times.get(id) ?? 0) + 1)
  }

  #isHeld(id: number): boolean {
    return (this.#down.get(id) ?? 0) > 0
  }
}

/** Counts one more; what is returned counts it off, once, and `last` is what the last one does. */
function taken(counts: Map<number, number>, id: number, last: () => Promise<void>): Undo {
  counts.set(id, (counts.get(id) ?? 0) + 1)
  let isTaken = true
  return async () => {
    if (!isTaken) return
    isTaken = false
    const left = (counts.get(id) ?? 0) - 1
    counts.set(id, left)
    if (left === 0) await last()
  }
}

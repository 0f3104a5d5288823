/**
 * Ears on the parts of a life that have none: what a core is given and gives back, and what happens
 * to a log. Each is told before, or after, the real thing, which is never changed.
 */
import type { EntryLog } from '../../../src/quorum/ports.ts'
import type { Raft } from '../../../src/raft/raft.ts'
import type { Input, Ready } from '../../../src/raft/types.ts'

export function watchCore(
  raft: Raft,
  told: {
    readonly before: (input: Input) => void
    readonly after: (input: Input) => void
    readonly ready: (ready: Ready) => void
  },
): void {
  const step = raft.step.bind(raft)
  const ready = raft.ready.bind(raft)
  raft.step = (input) => {
    told.before(input)
    step(input)
    told.after(input)
  }
  raft.ready = () => {
    const found = ready()
    if (found !== null) told.ready(found)
    return found
  }
}

export function watchLog(
  log: EntryLog,
  told: {
    /** Before everything from `offset` on goes. */
    readonly truncates: (offset: number) => void
    /** Before everything goes, and the log begins anew at `offset`. */
    readonly restarts: (offset: number) => void
    /** Before what is below `offset` goes. */
    readonly forgets: (offset: number) => void
  },
): void {
  const truncateTo = log.truncateTo.bind(log)
  const restart = log.truncateFullyAndStartAt.bind(log)
  const removeExpired = log.removeExpired.bind(log)
  log.truncateTo = (offset) => {
    told.truncates(offset)
    truncateTo(offset)
  }
  log.truncateFullyAndStartAt = (offset) => {
    told.restarts(offset)
    restart(offset)
  }
  log.removeExpired = (durableStart) => {
    told.forgets(log.logStartOffset)
    return removeExpired(durableStart)
  }
}

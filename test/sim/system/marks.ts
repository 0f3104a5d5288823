/** What a batch of system seeds must come to, beside what the cores do. */
export const SYSTEM_MARKS = [
  // Founding.
  'founded by several',
  'founder was bound and died',
  'wiped before the founding',
  'founding was blocked for good',
  'waits to be added',
  // Lives.
  'killed between turns',
  'killed within a turn',
  'power cut between turns',
  'power cut within a turn',
  'killed while it started',
  'blackout',
  'stopped cleanly',
  'started with a log',
  'started from a snapshot',
  'started with what was not durable',
  'stalled',
  'wiped',
  'wiped node was added',
  // Disks.
  'failed sync stopped the node',
  'full disk refused a proposal',
  'full disk waited for',
  'rot',
  'rot refused a start',
  'rotten node was replaced',
  'log truncated',
  'log forgotten behind a snapshot',
  // Snapshots.
  'snapshot taken',
  'snapshot sent',
  'snapshot adopted',
  'transfer cut',
  'transfer resumed',
  'transfer refused',
  'damaged transfer',
  // The quorum.
  'led',
  'led again in another life',
  'proposal committed',
  'proposal refused',
  'proposal unknown',
  'unknown was committed after all',
  'unknown was never committed',
  'leadership confirmed',
  'leadership not confirmed',
  'joint configuration committed',
  'spare became a voter',
  'leadership handed over',
  // The end.
  'healed and agreed',
  'agreed without some nodes',
  'rejoined without deposing',
] as const

export type SystemMark = (typeof SYSTEM_MARKS)[number]

export class SystemMarks {
  readonly #hit = new Set<SystemMark>()

  hit(mark: SystemMark): void {
    this.#hit.add(mark)
  }

  get all(): ReadonlySet<SystemMark> {
    return this.#hit
  }
}

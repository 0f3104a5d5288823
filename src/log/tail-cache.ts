/**
 * The batches appended last, in memory, under one byte budget for all logs of a node; what is
 * oldest goes first. Followers and consumers at the tail are served from here without touching a
 * file (ARCHITECTURE D10). It must never hold what the file does not.
 */
export class TailCache {
  readonly budgetBytes: number

  constructor({ budgetBytes }: { budgetBytes: number }) {
    this.budgetBytes = budgetBytes
  }
}

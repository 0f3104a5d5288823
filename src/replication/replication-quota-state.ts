/**
 * A replication throttle (KIP-73): so many bytes a second, for all throttled partitions of this
 * broker together. Pure: times come in as arguments.
 *
 * What was not used is saved up for half a second at most, so that no second has more than one and
 * a half of the rate; what was taken beyond is waited for. (Kafka averages over eleven seconds, and
 * sends ten seconds' worth at once before it holds anybody back.)
 */

/** So long a follower waits that a leader holds back (`replica.fetch.wait.max.ms`). */
const SAVED_MS = 500

export class ReplicationQuota {
  #bytesPerSecond = Infinity
  /** What may be taken now; below zero after a batch that was larger than that. */
  #bytes = Infinity
  #atMs = -Infinity

  /** Infinity: there is none. */
  limit(bytesPerSecond: number, nowMs: number): void {
    if (bytesPerSecond === this.#bytesPerSecond) return
    const debt = Math.min(0, this.availableBytes(nowMs))
    this.#bytesPerSecond = bytesPerSecond
    this.#atMs = nowMs
    this.#bytes = debt + (bytesPerSecond * SAVED_MS) / 1_000
  }

  /** What may be taken at once. */
  availableBytes(nowMs: number): number {
    if (this.#bytesPerSecond === Infinity) return Infinity
    const perMs = this.#bytesPerSecond / 1_000
    this.#bytes = Math.min(perMs * SAVED_MS, this.#bytes + perMs * (nowMs - this.#atMs))
    this.#atMs = nowMs
    return this.#bytes
  }

  /** Counts also what is in sync, and is never held back (as Kafka does). */
  took(sizeBytes: number, nowMs: number): void {
    if (this.#bytesPerSecond === Infinity) return
    this.#bytes = this.availableBytes(nowMs) - sizeBytes
  }

  /** How long nothing may be taken yet; Infinity for a rate of 0. */
  delayMs(nowMs: number): number {
    const bytes = this.availableBytes(nowMs)
    if (bytes >= 1) return 0
    return Math.ceil((1 - bytes) / (this.#bytesPerSecond / 1_000))
  }
}

/** Of this broker, for what it sends as a leader and for what it takes as a follower. */
export interface ReplicationQuotas {
  readonly leader: ReplicationQuota
  readonly follower: ReplicationQuota
}

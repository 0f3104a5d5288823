/**
 * What one follower is given at once, and when. Pure: times come in as arguments.
 *
 * - News without records (a high watermark, a log start) leaves at once, but not more often than
 *   every few milliseconds: under load it rides with the next records, so that acknowledging a
 *   record takes no round of its own.
 * - While the follower keeps up with some partitions, those that catch up share a small part of
 *   each answer: who waits for acks=all does not wait behind gigabytes that nobody waits for. So do
 *   those that are held to a throttle, always: whoever asked for that wants others to have turns.
 */

/** Between two answers without records. */
const NEWS_INTERVAL_MS = 10
/** For so long after records at the tail, more of them are expected. */
const TAIL_MS = 1_000
/** Of an answer, for all that catch up, beside a tail or under a throttle: one partition's part. */
const CATCH_UP_BYTES = 1024 * 1024

export class ReplicaPace {
  #newsMs = -Infinity
  #tailMs = -Infinity

  /** How long news without records has to wait yet. */
  newsDelayMs(nowMs: number): number {
    return Math.max(0, this.#newsMs + NEWS_INTERVAL_MS - nowMs)
  }

  newsLeft(nowMs: number): void {
    this.#newsMs = nowMs
  }

  /** Records of a partition that it keeps up with were read. */
  tailServed(nowMs: number): void {
    this.#tailMs = nowMs
  }

  /** Most bytes of the next answer, for partitions that catch up, all together. */
  catchUpBytes(nowMs: number): number {
    return nowMs - this.#tailMs <= TAIL_MS ? CATCH_UP_BYTES : Infinity
  }

  /** The same for those of them that are throttled. */
  get throttledBytes(): number {
    return CATCH_UP_BYTES
  }
}

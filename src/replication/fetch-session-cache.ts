/**
 * The fetch sessions of this broker, within two bounds: as many as
 * `max.incremental.fetch.session.cache.slots`, and as many partitions in all of them as fit in
 * about a hundred megabytes. Who finds no place is answered in full, as before there were sessions.
 * A session belongs to its id and to no connection, as in Kafka: it goes when it is ended, or when
 * another takes its place.
 */
import type { Clock } from '../base/clock.ts'
import type { Random } from '../base/random.ts'
import type { FetchSession } from './fetch-session.ts'
import type { Aged, Worth } from './fetch-session-state.ts'
import { isStale, leastWorthy, NO_SESSION } from './fetch-session-state.ts'

/** About 500 bytes each. */
const SESSION_PARTITIONS_MAX = 200_000

const SESSION_ID_MAX = 0x7fff_ffff

interface Slot extends Aged {
  readonly id: number
  readonly session: FetchSession
  size: number
  lastUsedMs: number
}

export interface FetchSessionBounds {
  /** `max.incremental.fetch.session.cache.slots`. */
  readonly slots: number
  readonly partitions?: number
}

export class FetchSessionCache {
  readonly #bounds: Required<FetchSessionBounds>
  readonly #clock: Clock
  readonly #random: Random
  /** In the order of their last use, the longest unused first. */
  readonly #slots = new Map<number, Slot>()
  #partitionCount = 0

  constructor(
    { slots, partitions = SESSION_PARTITIONS_MAX }: FetchSessionBounds,
    { clock, random }: { clock: Clock; random: Random },
  ) {
    this.#bounds = { slots, partitions }
    this.#clock = clock
    this.#random = random
  }

  get size(): number {
    return this.#slots.size
  }

  /** Over all sessions. */
  get partitionCount(): number {
    return this.#partitionCount
  }

  get(id: number): FetchSession | null {
    return this.#slots.get(id)?.session ?? null
  }

  /** Keeps what `begin` makes, if there is a place; its id, or `NO_SESSION`. */
  create(worth: Worth, begin: () => FetchSession): number {
    if (!this.#makeRoom(worth)) return NO_SESSION
    const nowMs = this.#clock.monotonicMs()
    const id = this.#newId()
    this.#slots.set(id, { ...worth, id, session: begin(), createdMs: nowMs, lastUsedMs: nowMs })
    this.#partitionCount += worth.size
    return id
  }

  /** Notes that it was used and what it holds now; false: it grew too large, and is closed. */
  touch(id: number): boolean {
    const slot = this.#slots.get(id)
    if (!slot) return false
    this.#partitionCount += slot.session.size - slot.size
    slot.size = slot.session.size
    slot.lastUsedMs = this.#clock.monotonicMs()
    this.#slots.delete(id)
    this.#slots.set(id, slot)
    if (this.#partitionCount <= this.#bounds.partitions) return true
    this.close(id)
    return false
  }

  /** Ends a session; one that is not there is fine. */
  close(id: number): void {
    const slot = this.#slots.get(id)
    if (!slot) return
    this.#slots.delete(id)
    this.#partitionCount -= slot.size
    slot.session.close()
  }

  #makeRoom(newcomer: Worth): boolean {
    const { slots, partitions } = this.#bounds
    if (slots === 0 || newcomer.size === 0 || newcomer.size > partitions) return false
    while (this.#slots.size >= slots || this.#partitionCount + newcomer.size > partitions) {
      const least = this.#leastWorthy(newcomer)
      if (!least) return false
      this.close(least.id)
    }
    return true
  }

  #leastWorthy(newcomer: Worth): Slot | null {
    const nowMs = this.#clock.monotonicMs()
    const [oldest] = this.#slots.values()
    if (oldest && isStale(oldest, nowMs)) return oldest
    return leastWorthy(this.#slots.values(), newcomer, nowMs)
  }

  /** Not to be guessed by a client that mixed up its own. */
  #newId(): number {
    for (;;) {
      const id = 1 + Math.floor(this.#random.next() * (SESSION_ID_MAX - 1))
      if (!this.#slots.has(id)) return id
    }
  }
}

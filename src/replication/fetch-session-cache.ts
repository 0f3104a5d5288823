/**
 * The fetch sessions of this broker, within two bounds: as many as
 * `max.incremental.fetch.session.cache.slots`, and as many as fit in a hundred mebibytes by their
 * own account. Who finds no place is answered in full, as before there were sessions; a follower
 * finds one as long as there is a consumer's. A session belongs to its id and to no connection, as
 * in Kafka: it goes when it is ended, or when another takes its place.
 */
import type { Clock } from '../base/clock.ts'
import type { Random } from '../base/random.ts'
import type { FetchSession } from './fetch-session.ts'
import type { Aged } from './fetch-session-state.ts'
import { isStale, leastWorthy, NO_SESSION } from './fetch-session-state.ts'

/** Of all sessions: 150,000 partitions of few topics, or 80,000 topics with the longest names. */
const SESSIONS_MAX_BYTES = 100 * 1024 * 1024

const SESSION_ID_MAX = 0x7fff_ffff

interface Slot extends Aged {
  readonly id: number
  readonly session: FetchSession
  size: number
  sizeBytes: number
  lastUsedMs: number
}

export interface FetchSessionBounds {
  /** `max.incremental.fetch.session.cache.slots`. */
  readonly slots: number
  readonly maxBytes?: number
}

export class FetchSessionCache {
  readonly #bounds: Required<FetchSessionBounds>
  readonly #clock: Clock
  readonly #random: Random
  /** In the order of their last use, the longest unused first. */
  readonly #slots = new Map<number, Slot>()
  #sizeBytes = 0
  /** Sessions closed to make room, or because they grew too large. */
  evicted = 0

  constructor(
    { slots, maxBytes = SESSIONS_MAX_BYTES }: FetchSessionBounds,
    { clock, random }: { clock: Clock; random: Random },
  ) {
    this.#bounds = { slots, maxBytes }
    this.#clock = clock
    this.#random = random
  }

  get size(): number {
    return this.#slots.size
  }

  /** In all sessions. */
  get partitionCount(): number {
    let count = 0
    for (const { size } of this.#slots.values()) count += size
    return count
  }

  /** Of all sessions. */
  get sizeBytes(): number {
    return this.#sizeBytes
  }

  get(id: number): FetchSession | null {
    return this.#slots.get(id)?.session ?? null
  }

  /** Keeps the session, if there is a place for it; its id, or `NO_SESSION`. */
  create(session: FetchSession, { privileged }: { readonly privileged: boolean }): number {
    const nowMs = this.#clock.monotonicMs()
    const { size, sizeBytes } = session
    const times = { createdMs: nowMs, lastUsedMs: nowMs }
    const slot: Slot = { id: this.#newId(), session, privileged, size, sizeBytes, ...times }
    if (!this.#makeRoom(slot)) return NO_SESSION
    this.#slots.set(slot.id, slot)
    this.#sizeBytes += sizeBytes
    return slot.id
  }

  /**
   * Notes that it was used and what it holds now; false: it grew too large, and is closed. For a
   * follower's, consumers' sessions are closed first.
   */
  touch(id: number): boolean {
    const slot = this.#slots.get(id)
    if (!slot) return false
    const { size, sizeBytes } = slot.session
    this.#sizeBytes += sizeBytes - slot.sizeBytes
    Object.assign(slot, { size, sizeBytes })
    slot.lastUsedMs = this.#clock.monotonicMs()
    this.#slots.delete(id)
    this.#slots.set(id, slot)
    while (this.#sizeBytes > this.#bounds.maxBytes) {
      const consumer = slot.privileged ? this.#longestUnusedConsumer() : undefined
      this.evicted += 1
      this.close(consumer?.id ?? id)
      if (!consumer) return false
    }
    return true
  }

  #longestUnusedConsumer(): Slot | undefined {
    for (const slot of this.#slots.values()) if (!slot.privileged) return slot
    return undefined
  }

  /** Ends a session; one that is not there is fine. */
  close(id: number): void {
    const slot = this.#slots.get(id)
    if (!slot) return
    this.#slots.delete(id)
    this.#sizeBytes -= slot.sizeBytes
    slot.session.close()
  }

  #makeRoom(newcomer: Slot): boolean {
    const { slots, maxBytes } = this.#bounds
    if (slots === 0 || newcomer.size === 0 || newcomer.sizeBytes > maxBytes) return false
    while (this.#slots.size >= slots || this.#sizeBytes + newcomer.sizeBytes > maxBytes) {
      const least = this.#leastWorthy(newcomer)
      if (!least) return false
      this.evicted += 1
      this.close(least.id)
    }
    return true
  }

  #leastWorthy(newcomer: Slot): Slot | null {
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

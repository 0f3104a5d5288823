/**
 * What waits to be sent to one replica, bounded in bytes and in number. Raft bears the loss of any
 * message; memory does not bear a queue for a peer that reads slowly or is away. Keeps the order of
 * what it keeps. Pure.
 */
import type { Message } from '../raft/messages.ts'
import { sizeOf } from './raft-encode.ts'

export interface OutboxBounds {
  readonly bytes: number
  readonly messages: number
}

export const OUTBOX_BOUNDS: OutboxBounds = { bytes: 16 * 1024 * 1024, messages: 4_096 }

interface Queued {
  readonly message: Message
  readonly sizeBytes: number
}

export class Outbox {
  readonly #bounds: OutboxBounds
  #queued: Queued[] = []
  #bytes = 0
  #isOnline = false

  constructor(bounds: OutboxBounds = OUTBOX_BOUNDS) {
    this.#bounds = bounds
  }

  get bytes(): number {
    return this.#bytes
  }

  get length(): number {
    return this.#queued.length
  }

  /**
   * Queues a message; a newer heartbeat takes the place of an older one. Returns false when this or
   * another message was dropped for want of room, appends first: they are the large ones, and the
   * leader sends them again.
   */
  push(message: Message): boolean {
    if (!this.#isOnline) return this.#pushOffline(message)
    if (message.type === 'heartbeat') this.#drop(({ type }) => type === 'heartbeat')
    const queued = { message, sizeBytes: sizeOf(message) }
    if (this.#hasRoom(queued)) return this.#add(queued)
    if (message.type === 'append') return false
    this.#drop(({ type }) => type === 'append')
    if (this.#hasRoom(queued)) this.#add(queued)
    return false
  }

  /** The oldest messages, at least one and then as many as fit in `maxBytes`. */
  take(maxBytes: number): readonly Message[] {
    let bytes = 0
    let count = 0
    for (const { sizeBytes } of this.#queued) {
      if (count > 0 && bytes + sizeBytes > maxBytes) break
      bytes += sizeBytes
      count += 1
    }
    this.#bytes -= bytes
    return this.#queued.splice(0, count).map(({ message }) => message)
  }

  /** Somebody takes what is queued from now on. */
  goOnline(): void {
    this.#isOnline = true
  }

  /** Nobody does. Of every kind of message the newest is kept, of appends none: they are stale. */
  goOffline(): void {
    this.#isOnline = false
    const queued = this.#queued
    this.#queued = []
    this.#bytes = 0
    for (const { message } of queued) this.#pushOffline(message)
  }

  #pushOffline(message: Message): boolean {
    if (message.type === 'append') return false
    this.#drop(({ type }) => type === message.type)
    return this.#add({ message, sizeBytes: sizeOf(message) })
  }

  #hasRoom({ sizeBytes }: Queued): boolean {
    const { bytes, messages } = this.#bounds
    return this.#bytes + sizeBytes <= bytes && this.#queued.length < messages
  }

  #add(queued: Queued): true {
    this.#queued.push(queued)
    this.#bytes += queued.sizeBytes
    return true
  }

  #drop(isDropped: (message: Message) => boolean): void {
    this.#queued = this.#queued.filter(({ message, sizeBytes }) => {
      if (!isDropped(message)) return true
      this.#bytes -= sizeBytes
      return false
    })
  }
}

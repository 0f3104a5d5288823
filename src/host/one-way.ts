/**
 * One direction of a proxied connection: what arrives on one socket, in order, to the other, its
 * end or reset included. It may be stalled, late or slow; it never drops, repeats or reorders a
 * byte, and changes one only when it is told to.
 * Held here are at most `HELD_MAX_BYTES` and one read; the rest waits in the sender's own buffers,
 * so a stalled sender feels what it would feel on a network that has stopped delivering.
 */
import type net from 'node:net'
import type { Clock, Timer } from '../base/clock.ts'
import { reset } from './reset.ts'

const HELD_MAX_BYTES = 1 << 20

/** How a direction is at the moment. */
export interface Passage {
  readonly stalled: boolean
  /** The delay of what arrives now, in ms; asked once for each chunk. */
  latencyMs(): number
  /** How much of so many bytes may pass now, and when to ask again if that is not all of it. */
  grant(bytes: number): Grant
  /** What arrives in the place of a piece: as long as it. */
  altered(piece: Uint8Array): Uint8Array
}

export interface Grant {
  readonly bytes: number
  readonly againMs: number
}

interface Held {
  content: Uint8Array | 'end' | 'reset'
  readonly dueMs: number
}

export class OneWay {
  readonly #from: net.Socket
  readonly #to: net.Socket
  readonly #clock: Clock
  #passage: Passage
  readonly #held: Held[] = []
  #heldBytes = 0
  #timer: Timer | null = null
  #isOpen = false
  #hasEnded = false

  constructor(ends: { from: net.Socket; to: net.Socket }, passage: Passage, clock: Clock) {
    this.#from = ends.from
    this.#to = ends.to
    this.#passage = passage
    this.#clock = clock
    this.#from.pause()
    this.#from
      .on('data', (chunk) => this.#hold(chunk))
      .on('end', () => this.#hold('end'))
      .on('error', () => this.#hold('reset'))
      .on('close', () => this.#hold('reset'))
    this.#to.on('drain', () => this.#regulate())
  }

  /** Begins to read; before that both sockets may still be unconnected. */
  open(): void {
    this.#isOpen = true
    this.#pump()
  }

  set passage(passage: Passage) {
    this.#passage = passage
    this.#pump()
  }

  close(): void {
    this.#timer?.cancel()
    this.#held.length = 0
    this.#isOpen = false
  }

  #hold(content: Held['content']): void {
    // A reset is the last thing said, and whoever has ended may still be reset.
    if (this.#hasEnded && content === 'reset' && this.#from.errored === null) return
    if (typeof content === 'string') this.#hasEnded = true
    else this.#heldBytes += content.byteLength
    const dueMs = this.#clock.monotonicMs() + this.#passage.latencyMs()
    this.#held.push({ content, dueMs })
    this.#pump()
  }

  /** Delivers what is due and arranges for the rest; nothing overtakes what came before it. */
  #pump(): void {
    this.#timer?.cancel()
    this.#timer = null
    while (this.#isOpen && !this.#passage.stalled) {
      const head = this.#held[0]
      if (!head) break
      const lateMs = head.dueMs - this.#clock.monotonicMs()
      const waitMs = lateMs > 0 ? lateMs : this.#deliver(head)
      if (waitMs > 0) {
        this.#timer = this.#clock.timer(waitMs, () => this.#pump())
        break
      }
      this.#held.shift()
    }
    this.#regulate()
  }

  /** Delivers what may pass of it; how long to wait for the rest, 0 when there is none. */
  #deliver(head: Held): number {
    const { content } = head
    if (typeof content !== 'string') return this.#deliverBytes(head, content)
    if (this.#to.destroyed) return 0
    if (content === 'reset') reset(this.#to)
    else this.#to.end()
    return 0
  }

  #deliverBytes(head: Held, content: Uint8Array): number {
    const { bytes, againMs } = this.#passage.grant(content.byteLength)
    this.#heldBytes -= bytes
    head.content = content.subarray(bytes)
    if (bytes > 0 && !this.#to.destroyed)
      this.#to.write(this.#passage.altered(content.subarray(0, bytes)))
    return bytes === content.byteLength ? 0 : againMs
  }

  #regulate(): void {
    const hasRoom = this.#heldBytes < HELD_MAX_BYTES && !this.#to.writableNeedDrain
    if (this.#isOpen && hasRoom) this.#from.resume()
    else this.#from.pause()
  }
}

/**
 * One client connection: cuts frames, starts requests in arrival order, sends answers in that
 * order.
 *
 * S21: a request starts only when the one before it has taken effect, which is when its answer is
 * known or, where the handler says so (`Later`), as soon as it has appended; only the waiting
 * overlaps. Everything is bounded: requests in flight, bytes waiting to be cut, bytes waiting to be
 * sent. At a bound the socket is not read. However many requests wait, they are started for a few
 * milliseconds at a time, and the other connections have their turns in between. A malformed frame
 * ends this connection and no other.
 */
import { MalformedBytes } from '../bytes/malformed.ts'
import type { ReusedMemory } from '../bytes/reused-memory.ts'
import { asError } from '../base/errors.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/log.ts'
import type { Stream, StreamEvents } from '../base/net.ts'
import { ProducerGaps } from '../replication/producer-gaps.ts'
import { FrameReader } from '../wire/frame.ts'
import type { Answer, Outcome } from './answer.ts'
import { CloseConnection, ClosedByFault, Later } from './answer.ts'
import type { ListenerReadings } from './request-readings.ts'

export interface ConnectionLimits {
  /** `socket.request.max.bytes`: the largest frame. */
  readonly maxRequestBytes: number
  /** Requests started and not answered. */
  readonly maxInFlight: number
  /** Bytes received and not yet a started request, beyond which the socket is not read. */
  readonly maxBufferedBytes: number
  /** Bytes answered and not yet sent, beyond which no further request starts. */
  readonly maxUnsentBytes: number
}

export interface ConnectionOwner {
  /**
   * Decodes the frame and does what it asks. Throws for what cannot be answered. The frame is lent
   * until this returns, also where it returns a promise: what is needed later is copied.
   */
  dispatch(frame: Uint8Array, connection: Connection): Outcome
  /** Bytes received and not yet taken as requests changed by this much. */
  buffered(connection: Connection, deltaBytes: number): void
  /** An answer was handed to the stream; it may not all be sent yet. */
  wrote(connection: Connection): void
  /** The connection is gone; called once. */
  closed(connection: Connection): void
  /** A broken invariant: the node must stop. */
  fatal(error: Error): void
}

export interface ConnectionPorts {
  readonly limits: ConnectionLimits
  readonly owner: ConnectionOwner
  readonly logger: Logger
  readonly clock: Pick<Clock, 'monotonicMs' | 'timer'>
  /** Shared with the other connections, both. */
  readonly memory: ReusedMemory
  readonly readings: ListenerReadings
}

/** How long requests of one connection may be started before the others have their turn. */
const TURN_MS = 5

/** A place in the order of answers; `answer` is undefined until it is known. */
interface Slot {
  answer: Answer | undefined
}

export class Connection implements StreamEvents {
  readonly id: number
  readonly peer: string
  readonly peerAddress: string
  /** Monotonic milliseconds of the last byte received or request answered, be it with silence. */
  lastActiveMs: number
  readonly producerGaps = new ProducerGaps()
  readonly #stream: Stream
  readonly #limits: ConnectionLimits
  readonly #owner: ConnectionOwner
  readonly #logger: Logger
  readonly #clock: ConnectionPorts['clock']
  readonly #readings: ListenerReadings
  readonly #frames: FrameReader
  readonly #slots: Slot[] = []
  /** What the owner knows of `bufferedBytes`. */
  #toldBytes = 0
  /** A request has started and has not taken effect yet. */
  #busy = false
  /** When the others last had their turn. */
  #turnSinceMs: number
  /** They have it now. */
  #givesWay = false
  #paused = false
  /** The peer will send no more; what it sent whole is still answered. */
  #peerEnded = false
  /** The node is stopping: no further request is started. */
  #finishing = false
  #closed = false
  /** Who waits on behalf of the peer, and should not when it may be gone. */
  readonly #whenLeaving = new Set<() => void>()
  /** Who waits, and should not when the peer asks for more. */
  readonly #whenHurried = new Set<() => void>()

  constructor(
    { id, stream }: { id: number; stream: Stream },
    { limits, owner, logger, clock, memory, readings }: ConnectionPorts,
  ) {
    this.id = id
    this.peer = stream.peer
    this.peerAddress = stream.peerAddress
    this.lastActiveMs = clock.monotonicMs()
    this.#turnSinceMs = this.lastActiveMs
    this.#stream = stream
    this.#limits = limits
    this.#owner = owner
    this.#logger = logger
    this.#clock = clock
    this.#readings = readings
    this.#frames = new FrameReader({ maxBytes: limits.maxRequestBytes, memory })
  }

  /** Begins to read. */
  open(): void {
    this.#stream.open(this)
  }

  /** Whether anything is started, or answered and not yet sent. */
  get isQuiet(): boolean {
    return this.#slots.length === 0 && this.#stream.unsentBytes === 0
  }

  /** Requests that are started, and their answers not handed to the stream. */
  get inFlight(): number {
    return this.#slots.length
  }

  /** Bytes received and not yet taken as requests: whole frames that wait, and unfinished ones. */
  get bufferedBytes(): number {
    return this.#closed ? 0 : this.#frames.bufferedBytes
  }

  get unsentBytes(): number {
    return this.#stream.unsentBytes
  }

  /**
   * Calls `action`, never in this turn, when nobody should wait any longer on behalf of the peer:
   * it is gone, or has said all that it will (most that end their side have closed both), or has
   * sent so much more that its socket is not read, which would hide that it is gone. What it
   * returns takes that back.
   */
  whenLeaving(action: () => void): () => void {
    this.#whenLeaving.add(action)
    this.#sayLeavingSoon()
    return () => this.#whenLeaving.delete(action)
  }

  /**
   * As `whenLeaving`, and also when bytes of another request have come: whoever sends one while it
   * waits would rather have its answer now. Followers do that when they have something to say.
   */
  whenHurried(action: () => void): () => void {
    const stay = this.whenLeaving(action)
    this.#whenHurried.add(action)
    queueMicrotask(() => this.#attempt(() => this.#hurry()))
    return () => {
      stay()
      this.#whenHurried.delete(action)
    }
  }

  /** Starts no further request; closes once the started ones are answered and sent. */
  finish(): void {
    this.#finishing = true
    this.#endWhenDone()
  }

  /** Closes at once. */
  destroy(): void {
    this.#stream.destroy()
  }

  data(bytes: Uint8Array): void {
    if (this.#closed || this.#finishing) return
    this.lastActiveMs = this.#clock.monotonicMs()
    this.#readings.receivedBytes += bytes.byteLength
    this.#attempt(() => {
      this.#frames.push(bytes)
      this.#pump()
      this.#frames.keep()
      this.#hurry()
    })
  }

  drained(): void {
    this.#attempt(() => this.#pump())
  }

  ended(): void {
    this.#peerEnded = true
    this.#attempt(() => this.#pump())
    this.#sayLeaving()
  }

  closed(error: Error | null): void {
    this.#closed = true
    this.#tellBuffered()
    if (error) this.#logger.debug({ peer: this.peer, err: error }, 'connection broken')
    this.#owner.closed(this)
    this.#sayLeaving()
  }

  /**
   * Starts what may be started, sends what may be sent, and reads only as much as that leaves room.
   */
  #pump(): void {
    this.#sendInOrder()
    for (;;) {
      const frame = this.#mayStart() ? this.#frames.next() : null
      if (frame === null) break
      this.#start(frame)
      this.#sendInOrder()
      this.#giveWayInTime()
    }
    this.#tellBuffered()
    this.#regulate()
    this.#endWhenDone()
  }

  #tellBuffered(): void {
    const { bufferedBytes } = this
    const deltaBytes = bufferedBytes - this.#toldBytes
    this.#toldBytes = bufferedBytes
    if (deltaBytes !== 0) this.#owner.buffered(this, deltaBytes)
  }

  /** The time is that of the whole turn, however many events and answers it has had. */
  #giveWayInTime(): void {
    if (this.lastActiveMs - this.#turnSinceMs < TURN_MS) return
    this.#givesWay = true
    this.#clock.timer(0, () => {
      this.#givesWay = false
      this.#turnSinceMs = this.#clock.monotonicMs()
      this.#attempt(() => this.#pump())
    })
  }

  #mayStart(): boolean {
    return (
      !this.#busy &&
      !this.#givesWay &&
      !this.#closed &&
      !this.#finishing &&
      this.#slots.length < this.#limits.maxInFlight &&
      this.#stream.unsentBytes <= this.#limits.maxUnsentBytes
    )
  }

  #start(frame: Uint8Array): void {
    const slot: Slot = { answer: undefined }
    this.#slots.push(slot)
    const outcome = this.#owner.dispatch(frame, this)
    if (outcome instanceof Promise) {
      this.#busy = true
      outcome.then(
        (settled) => {
          this.#busy = false
          this.#settle(slot, settled)
          this.#attempt(() => this.#pump())
        },
        (thrown: unknown) => this.#fail(thrown),
      )
      return
    }
    this.#frames.done(frame)
    this.#settle(slot, outcome)
  }

  #settle(slot: Slot, outcome: Answer | Later<Answer>): void {
    if (!(outcome instanceof Later)) {
      slot.answer = outcome
      return
    }
    outcome.answer.then(
      (answer) => {
        slot.answer = answer
        this.#attempt(() => this.#pump())
      },
      (thrown: unknown) => this.#fail(thrown),
    )
  }

  #sendInOrder(): void {
    while (this.#slots[0]?.answer !== undefined) {
      const { answer } = this.#slots.shift() as Slot
      this.lastActiveMs = this.#clock.monotonicMs()
      // null: acks=0 asked for silence.
      if (!answer || this.#closed) continue
      for (const { byteLength } of answer) this.#readings.sentBytes += byteLength
      this.#stream.write(answer)
      this.#owner.wrote(this)
    }
  }

  /** Pauses the socket while more bytes wait than may; resumes it as soon as they do not. */
  #regulate(): void {
    if (this.#closed || this.#finishing) return
    const full = !this.#mayStart() && this.#frames.bufferedBytes > this.#limits.maxBufferedBytes
    if (full === this.#paused) return
    this.#paused = full
    if (full) {
      this.#stream.pause()
      this.#sayLeavingSoon()
    } else this.#stream.resume()
  }

  #hurry(): void {
    if (this.#whenHurried.size === 0 || !this.#busy || this.bufferedBytes === 0) return
    for (const action of this.#whenHurried) {
      this.#whenHurried.delete(action)
      action()
    }
  }

  #sayLeavingSoon(): void {
    queueMicrotask(() => {
      if (this.#peerEnded || this.#closed || this.#paused) this.#sayLeaving()
    })
  }

  #sayLeaving(): void {
    for (const action of this.#whenLeaving) {
      this.#whenLeaving.delete(action)
      action()
    }
  }

  #endWhenDone(): void {
    if (this.#closed || this.#slots.length > 0) return
    if (this.#finishing || (this.#peerEnded && this.#mayStart())) this.#stream.end()
  }

  #attempt(action: () => void): void {
    if (this.#closed) return
    try {
      action()
    } catch (thrown) {
      this.#fail(thrown)
    }
  }

  /** Ends this connection, with one log line that says why. */
  #fail(thrown: unknown): void {
    if (this.#closed) return
    const error = asError(thrown)
    const fields = { peer: this.peer, connection: this.id, reason: error.message }
    if (error instanceof CloseConnection || error instanceof MalformedBytes) {
      if (!(error instanceof ClosedByFault)) this.#readings.expelled += 1
      this.#logger.warn(fields, 'connection closed')
    } else if (error.name === 'AssertionError') this.#owner.fatal(error)
    else this.#logger.error({ ...fields, err: error }, 'connection closed by a failed request')
    this.#finishing = true
    this.#slots.length = 0
    this.#stream.destroy()
  }
}

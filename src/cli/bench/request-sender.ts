/**
 * One connection of a request load: sends what is due as far as there is room, takes the answers,
 * and is done when nothing is left to send and everything sent is answered.
 */
import { asError } from '../../base/errors.ts'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import type { LoadSocket } from '../../host/load-socket.ts'
import { openLoadSocket } from '../../host/load-socket.ts'
import type { Histogram } from './histogram.ts'
import { RequestRing } from './request-ring.ts'
import { ResponseReader } from './response-reader.ts'

/** What a connection sends. */
export interface RequestSource {
  readonly address: HostPort
  readonly frame: Uint8Array
  /** Bytes of load in a frame. */
  readonly payloadBytes: number
  /** Throws when a response says that the request failed. */
  readonly check: (response: Uint8Array) => void
  /**
   * For requests that are not answered (acks=0): one that is, sent last. Requests of a connection
   * take effect in order, so its answer says that all before it are done.
   */
  readonly barrier?: Uint8Array
}

/** What all connections of a load share. */
export interface SharedLoad {
  readonly inFlight: number
  readonly histogram: Histogram
  /** No request will be sent any more. */
  readonly isOver: boolean
  /** How many of `wanted` requests may still be sent; they are then accounted for. */
  claim(wanted: number): number
  /** How many requests connection `index` should have sent by now. */
  dueBy(nowMs: number, index: number): number
  /** When request `number` of connection `index` was due; null: as soon as there was room. */
  dueMs(number: number, index: number): number | null
}

const CONNECT_TIMEOUT_MS = 10_000

export class RequestSender {
  /** Resolves when it is done; rejects when the connection or a request fails. */
  readonly finished: Promise<void>
  readonly #source: RequestSource
  readonly #load: SharedLoad
  readonly #index: number
  readonly #ring: RequestRing
  readonly #sentMs: Float64Array
  #socket: LoadSocket | null = null
  /** The operating system takes no more at the moment. */
  #full = false
  #barrierSent = false
  #done = false
  #resolve: () => void = () => undefined
  #reject: (error: Error) => void = () => undefined

  private constructor(source: RequestSource, load: SharedLoad, index: number) {
    this.#source = source
    this.#load = load
    this.#index = index
    this.#ring = new RequestRing(source.frame, load.inFlight)
    this.#sentMs = new Float64Array(load.inFlight)
    this.finished = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Whoever runs the load hears of it; until then it is no unhandled rejection.
    this.finished.catch(() => undefined)
  }

  static async open(source: RequestSource, load: SharedLoad, index: number) {
    const sender = new RequestSender(source, load, index)
    const responses = new ResponseReader((response) => sender.#answered(response))
    sender.#socket = await openLoadSocket(
      { ...source.address, timeoutMs: CONNECT_TIMEOUT_MS },
      {
        data: (bytes) => sender.#attempt(() => responses.push(bytes)),
        drained: () => {
          sender.#full = false
          sender.pump()
        },
        closed: (error) => sender.#reject(error ?? new Error('the broker closed the connection')),
      },
    )
    return sender
  }

  get sent(): number {
    return this.#ring.sent
  }

  /** Requests that were answered; where none is (acks=0), those that were sent. */
  get answered(): number {
    return this.#ring.sent - (this.#ring.size - this.#ring.room)
  }

  /** Of those. */
  get bytes(): number {
    return this.answered * this.#source.payloadBytes
  }

  get isDone(): boolean {
    return this.#done
  }

  /** Sends what may be sent. */
  pump(): void {
    if (this.#done) return
    const nowMs = hostClock.monotonicMs()
    while (!this.#full) {
      const due = this.#load.dueBy(nowMs, this.#index) - this.#ring.sent
      const count = this.#load.claim(Math.min(due, this.#ring.room))
      if (count <= 0) break
      this.#send(count, nowMs)
    }
    this.#endWhenDone()
  }

  close(): void {
    this.#done = true
    this.#socket?.destroy()
  }

  #send(count: number, nowMs: number): void {
    for (let number = this.#ring.sent; number < this.#ring.sent + count; number += 1)
      this.#sentMs[number % this.#ring.size] = nowMs
    for (const bytes of this.#ring.take(count)) this.#write(bytes)
    if (this.#source.barrier) this.#ring.forget(count)
  }

  #write(bytes: Uint8Array): void {
    if (this.#socket?.write(bytes) === false) this.#full = true
  }

  #answered(response: Uint8Array): void {
    this.#source.check(response)
    if (this.#barrierSent) return this.#end()
    const number = this.#ring.answer(response)
    const sinceMs =
      this.#load.dueMs(number, this.#index) ?? this.#sentMs[number % this.#ring.size] ?? 0
    this.#load.histogram.record(hostClock.monotonicMs() - sinceMs)
  }

  #endWhenDone(): void {
    if (!this.#load.isOver || this.#ring.room < this.#ring.size || this.#barrierSent) return
    const { barrier } = this.#source
    if (!barrier) return this.#end()
    this.#barrierSent = true
    this.#write(barrier)
  }

  #end(): void {
    this.#done = true
    this.#resolve()
  }

  #attempt(receive: () => void): void {
    try {
      receive()
      this.pump()
    } catch (thrown) {
      this.#reject(asError(thrown))
    }
  }
}

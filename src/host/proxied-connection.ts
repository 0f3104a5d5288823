/**
 * One connection through the proxy: the socket of who dialled and the one to where it wanted to go,
 * dialled in its turn when the link lets a connection come about. It owns both.
 */
import net from 'node:net'
import type { Clock } from '../base/clock.ts'
import { OneWay, type Passage } from './one-way.ts'
import { reset } from './reset.ts'

/** `forward`: from who dialled to whom; `backward`: the answers. */
export type Direction = 'forward' | 'backward'

/** Is shown every byte of one connection as it arrives here, each way; it changes nothing. */
export type Tap = Readonly<Record<Direction, (chunk: Uint8Array) => void>>

/** How a link is at the moment, each way. */
export type Passages = Readonly<Record<Direction, Passage>>

export class ProxiedConnection {
  /** Both sockets are gone. */
  readonly closed: Promise<unknown>
  readonly #client: net.Socket
  readonly #upstream = new net.Socket({ allowHalfOpen: true })
  readonly #ways: Readonly<Record<Direction, OneWay>>
  #isDialled = false

  /** `client` has been accepted and not been read from. */
  constructor(client: net.Socket, passages: Passages, clock: Clock, tap?: Tap) {
    this.#client = client
    const upstream = this.#upstream
    if (tap) {
      client.pause().on('data', tap.forward)
      upstream.pause().on('data', tap.backward)
    }
    const closed = (socket: net.Socket) =>
      new Promise<void>((resolve) => void socket.once('close', () => resolve()))
    this.closed = Promise.all([closed(client), closed(upstream)])
    this.#ways = {
      forward: new OneWay({ from: client, to: upstream }, passages.forward, clock),
      backward: new OneWay({ from: upstream, to: client }, passages.backward, clock),
    }
    upstream.once('connect', () => this.#ways.forward.open())
    this.#ways.backward.open()
  }

  get isDialled(): boolean {
    return this.#isDialled
  }

  /** Connects it to where it wants to go; who is refused there resets who dialled. */
  dial({ host, port }: { readonly host: string; readonly port: number }): void {
    this.#isDialled = true
    this.#upstream.setNoDelay(true).connect({ host, port })
  }

  set passages({ forward, backward }: Passages) {
    this.#ways.forward.passage = forward
    this.#ways.backward.passage = backward
  }

  /** RST to both ends, whatever is held. */
  reset(): void {
    for (const way of Object.values(this.#ways)) way.close()
    reset(this.#client)
    // One that was never dialled has nobody to tell; one that connects is told when it has.
    if (this.#isDialled) reset(this.#upstream)
    else this.#upstream.destroy()
  }
}

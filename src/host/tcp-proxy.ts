/**
 * A link of the network that a test can damage: a TCP proxy on a loopback port of its own, one for
 * each ordered pair of nodes (who dials, and whom). Faults add up; each is taken back by itself,
 * and nothing that passes ever loses a byte out of its middle.
 *
 * - `stall`: one direction, or both, delivers nothing, no end and no reset either. Connections
 *   stay, new ones are accepted and hear nothing: what lost packets look like from the ends.
 * - `reset`: RST to all connections, and to new ones when they are accepted.
 * - `refuse`: nobody listens; connections that exist stay.
 * - `delay`: all of a direction is late, by a time of its own for each chunk; order stays.
 * - `throttle`: so many bytes a second in a direction, all connections together.
 * - `corrupt`: of the pieces that pass, one byte of some is another one.
 *
 * While there is no upstream nobody listens either, as with a process that is not there.
 */
import type net from 'node:net'
import type { Clock } from '../base/clock.ts'
import { hostClock } from './clock.ts'
import { HeldPort } from './held-port.ts'
import type { Passage } from './one-way.ts'
import { Pace } from './pace.ts'
import { ProxiedConnection, type Direction, type Passages, type Tap } from './proxied-connection.ts'
import { reset } from './reset.ts'

const CONNECTIONS_MAX = 1_000

export type Fault =
  | { readonly type: 'stall'; readonly direction: Direction | 'both' }
  | { readonly type: 'reset' }
  | { readonly type: 'refuse' }
  | {
      readonly type: 'delay'
      readonly direction: Direction | 'both'
      readonly delayMs: number
      /** Up to so much more, evenly spread. */
      readonly jitterMs: number
    }
  | {
      readonly type: 'throttle'
      readonly direction: Direction | 'both'
      readonly bytesPerSecond: number
    }
  | {
      readonly type: 'corrupt'
      readonly direction: Direction | 'both'
      /** Of a piece to be hit, 0 to 1. */
      readonly probability: number
    }

export interface Upstream {
  readonly host: string
  readonly port: number
}

export interface ProxyOptions {
  readonly clock?: Clock
  /** Uniform in [0, 1): the jitter, and what is corrupted. */
  readonly random?: () => number
  /** At the same time; more are closed as they come. Default: 1,000. */
  readonly connectionsMax?: number
  /** For each connection, who looks at what passes. */
  readonly tap?: () => Tap
}

/** A fault that is there, and what of it lasts as long as it does. */
interface Injected {
  readonly fault: Fault
  readonly paces: Readonly<Record<Direction, Pace>> | null
}

export class TcpProxy implements AsyncDisposable {
  readonly host = '127.0.0.1'
  readonly #held: HeldPort
  readonly #clock: Clock
  readonly #random: () => number
  readonly #tap: ProxyOptions['tap']
  readonly #connectionsMax: number
  readonly #faults = new Set<Injected>()
  readonly #connections = new Set<ProxiedConnection>()
  #upstream: Upstream | null = null
  #server: net.Server | null = null
  #isClosed = false
  /** Listeners come and go one after the other. */
  #listening: Promise<void> = Promise.resolve()

  private constructor(held: HeldPort, options: ProxyOptions) {
    const { clock = hostClock, random = Math.random, tap } = options
    this.#connectionsMax = options.connectionsMax ?? CONNECTIONS_MAX
    this.#held = held
    this.#clock = clock
    this.#random = random
    this.#tap = tap
  }

  /** A healthy link that leads nowhere yet. */
  static async open(options: ProxyOptions = {}): Promise<TcpProxy> {
    return new TcpProxy(await HeldPort.take(), options)
  }

  get port(): number {
    return this.#held.port
  }

  /** Connections of either end that are not gone yet. */
  get connections(): number {
    return this.#connections.size
  }

  /**
   * Where connections lead from now on; those that exist keep their ends. Null refuses them, at
   * once; any other takes effect when it resolves.
   */
  async setUpstream(upstream: Upstream | null): Promise<void> {
    this.#upstream = upstream
    this.#apply()
    await this.#listening
  }

  /** Damages the link, at once. What is returned takes this fault back, and only this one. */
  inject(fault: Fault): () => Promise<void> {
    const injected = this.#injected({ ...fault })
    this.#faults.add(injected)
    this.#apply()
    return async () => {
      this.#faults.delete(injected)
      this.#apply()
      await this.#listening
    }
  }

  /** Takes all faults back. */
  async heal(): Promise<void> {
    this.#faults.clear()
    this.#apply()
    await this.#listening
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    this.#apply()
    for (const connection of this.#connections) connection.reset()
    await this.#listening
    await this.#held[Symbol.asyncDispose]()
  }

  #injected(fault: Fault): Injected {
    if (fault.type !== 'throttle') return { fault, paces: null }
    const pace = () => new Pace(fault.bytesPerSecond, this.#clock)
    return { fault, paces: { forward: pace(), backward: pace() } }
  }

  #has(type: Fault['type']): boolean {
    return [...this.#faults].some(({ fault }) => fault.type === type)
  }

  get #isListenerWanted(): boolean {
    return this.#upstream !== null && !this.#isClosed && !this.#has('refuse')
  }

  /** Makes everything as the faults want it. */
  #apply(): void {
    if (!this.#isListenerWanted) this.#stopListening()
    this.#listening = this.#listening.then(() => this.#startListening())
    const passages = this.#passages()
    for (const connection of this.#connections) {
      if (this.#has('reset')) connection.reset()
      else connection.passages = passages
    }
    this.#dialWaiting()
  }

  #stopListening(): void {
    this.#server?.close()
    this.#server = null
  }

  async #startListening(): Promise<void> {
    if (this.#server || !this.#isListenerWanted) return
    const server = await this.#held.listen((socket) => this.#accept(socket))
    server.maxConnections = this.#connectionsMax
    this.#server = server
    // A fault may have come meanwhile.
    if (!this.#isListenerWanted) this.#stopListening()
  }

  #accept(socket: net.Socket): void {
    socket.on('error', () => undefined)
    if (this.#has('reset')) return reset(socket)
    const connection = new ProxiedConnection(socket, this.#passages(), this.#clock, this.#tap?.())
    this.#connections.add(connection)
    void connection.closed.then(() => this.#connections.delete(connection))
    this.#dialWaiting()
  }

  /** A connection comes about only if packets pass both ways. */
  #dialWaiting(): void {
    if (!this.#upstream || this.#has('stall')) return
    for (const connection of this.#connections)
      if (!connection.isDialled) connection.dial(this.#upstream)
  }

  #passages(): Passages {
    return { forward: this.#passage('forward'), backward: this.#passage('backward') }
  }

  #passage(direction: Direction): Passage {
    const here = [...this.#faults].filter(
      ({ fault }) =>
        'direction' in fault && (fault.direction === direction || fault.direction === 'both'),
    )
    const faults = here.map(({ fault }) => fault)
    const delays = faults.filter((fault) => fault.type === 'delay')
    const corruptions = faults.filter((fault) => fault.type === 'corrupt')
    const paces = here.flatMap(({ paces }) => paces?.[direction] ?? [])
    const slowest = paces.sort((one, other) => one.bytesPerSecond - other.bytesPerSecond)[0]
    return {
      stalled: faults.some(({ type }) => type === 'stall'),
      latencyMs: () =>
        delays.reduce((sum, { delayMs, jitterMs }) => sum + delayMs + jitterMs * this.#random(), 0),
      grant: (bytes) => slowest?.grant(bytes) ?? { bytes, againMs: 0 },
      altered: (piece) =>
        corruptions.some(({ probability }) => this.#random() < probability)
          ? this.#withOneByteChanged(piece)
          : piece,
    }
  }

  #withOneByteChanged(piece: Uint8Array): Uint8Array {
    const changed = Uint8Array.from(piece)
    const at = Math.floor(this.#random() * piece.byteLength)
    const was = piece[at] ?? 0
    changed[at] = was ^ (1 + Math.floor(this.#random() * 255))
    return changed
  }
}

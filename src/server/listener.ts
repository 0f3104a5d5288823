/**
 * The Kafka listener: accepts connections within their limits, retires idle ones, and stops in
 * order. One timer serves all connections. It never looks into a request.
 */
import type { Background } from '../base/background.ts'
import { every } from '../base/background.ts'
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import type { Logger } from '../base/log.ts'
import type { ListeningServer, Net, Stream } from '../base/net.ts'
import { ReusedMemory } from '../bytes/reused-memory.ts'
import type { Outcome } from './answer.ts'
import { CloseConnection } from './answer.ts'
import type { ConnectionLimits } from './connection.ts'
import { Connection } from './connection.ts'
import { ListenerReadings } from './request-readings.ts'

export interface ListenerOptions {
  readonly host: string
  /** 0 lets the operating system choose. */
  readonly port: number
  /** `max.connections` and `max.connections.per.ip`. */
  readonly maxConnections: number
  readonly maxConnectionsPerIp: number
  /** `connections.max.idle.ms`. */
  readonly maxIdleMs: number
  /** Bytes received and not yet taken as requests, over all connections. */
  readonly maxReceivedBytes: number
  readonly limits: ConnectionLimits
}

export interface ListenerPorts {
  readonly net: Net
  readonly clock: Clock
  readonly logger: Logger
  readonly dispatch: (frame: Uint8Array, connection: Connection) => Outcome
  readonly fatal: (error: Error) => void
}

/** How often the idle are looked for, as a share of the idle limit; bounded below by 100 ms. */
const SWEEPS_PER_IDLE_LIMIT = 10

/** Memory that is kept for frames that arrive in pieces. */
const SPARE_FRAME_BYTES_MAX = 8 * 1024 * 1024

export class Listener {
  readonly readings = new ListenerReadings()
  readonly #options: ListenerOptions
  readonly #ports: ListenerPorts
  readonly #connections = new Set<Connection>()
  readonly #perIp = new Map<string, number>()
  readonly #frameMemory = new ReusedMemory({ spareBytesMax: SPARE_FRAME_BYTES_MAX })
  /** Those that may have unsent bytes, so that counting them does not visit the idle ones. */
  readonly #sending = new Set<Connection>()
  /** Bytes received by all connections and not yet taken as requests. */
  #bufferedBytes = 0
  /** Accepted before `serve()`: not read yet. Bounded by maxConnections like all others. */
  #server: ListeningServer | null = null
  #serving = false
  #sweeper: Background | null = null
  #nextId = 1

  constructor(options: ListenerOptions, ports: ListenerPorts) {
    this.#options = options
    this.#ports = ports
  }

  get connectionCount(): number {
    return this.#connections.size
  }

  /** Requests started and not answered, over all connections. */
  get inFlight(): number {
    let sum = 0
    for (const { inFlight } of this.#connections) sum += inFlight
    return sum
  }

  /** Bytes received and not yet taken as requests, over all connections. */
  get bufferedBytes(): number {
    return this.#bufferedBytes
  }

  /** Bytes answered and not yet taken by the peers, over all connections. */
  get unsentBytes(): number {
    let sum = 0
    for (const connection of this.#sending) {
      const { unsentBytes } = connection
      if (unsentBytes === 0) this.#sending.delete(connection)
      sum += unsentBytes
    }
    return sum
  }

  /** Binds, so that the real port is known and can be advertised. Nothing is read yet. */
  async bind(): Promise<{ host: string; port: number }> {
    const { host, port } = this.#options
    this.#server = await this.#ports.net.listen({ host, port }, (stream) => this.#accept(stream))
    return { host: this.#server.host, port: this.#server.port }
  }

  /** Begins to read, also on connections accepted since `bind()`. */
  serve(): void {
    this.#serving = true
    for (const connection of this.#connections) connection.open()
    const { maxIdleMs } = this.#options
    if (maxIdleMs === Infinity) return
    this.#sweeper = every(
      this.#ports.clock,
      {
        name: 'idle connections',
        intervalMs: Math.max(100, maxIdleMs / SWEEPS_PER_IDLE_LIMIT),
      },
      () => this.#retireIdle(),
      (error) => this.#ports.fatal(error),
    )
  }

  /**
   * Starts no further request from the moment it is called, lets started ones finish for at most
   * `graceMs`, closes. Idempotent.
   */
  stop({ graceMs }: { graceMs: number }): Promise<void> {
    this.#stopped ??= this.#stop(graceMs)
    return this.#stopped
  }
  #stopped: Promise<void> | null = null

  async #stop(graceMs: number): Promise<void> {
    const closed = this.#server?.close()
    for (const connection of this.#connections) connection.finish()
    await this.#sweeper?.stop()
    const deadline = new AbortController()
    const finished = new Promise<void>((resolve) => {
      this.#whenEmpty = resolve
      if (this.#connections.size === 0) resolve()
    })
    await Promise.race([finished, delay(this.#ports.clock, graceMs, deadline.signal)])
    deadline.abort()
    for (const connection of this.#connections) connection.destroy()
    await closed
  }
  #whenEmpty: (() => void) | null = null

  #accept(stream: Stream): void {
    const { maxConnections, maxConnectionsPerIp, limits } = this.#options
    const { clock, logger, dispatch, fatal } = this.#ports
    const fromSameIp = this.#perIp.get(stream.peerAddress) ?? 0
    if (this.#connections.size >= maxConnections || fromSameIp >= maxConnectionsPerIp) {
      this.readings.refused += 1
      logger.warn({ peer: stream.peer, maxConnections, maxConnectionsPerIp }, 'connection refused')
      stream.destroy()
      return
    }
    const connection = new Connection(
      { id: this.#nextId++, stream },
      {
        limits,
        logger,
        clock,
        memory: this.#frameMemory,
        readings: this.readings,
        owner: {
          dispatch,
          fatal,
          buffered: (connection, deltaBytes) => this.#received(connection, deltaBytes),
          wrote: (connection) => this.#sending.add(connection),
          closed: (gone) => this.#forget(gone),
        },
      },
    )
    this.readings.accepted += 1
    this.#connections.add(connection)
    this.#perIp.set(stream.peerAddress, fromSameIp + 1)
    if (this.#serving) connection.open()
  }

  /**
   * Unfinished requests of all connections share one budget. Who goes beyond it is closed: nobody
   * can be asked to finish first.
   */
  #received(connection: Connection, deltaBytes: number): void {
    this.#bufferedBytes += deltaBytes
    const isTooMuch = this.#bufferedBytes > this.#options.maxReceivedBytes
    if (deltaBytes > 0 && isTooMuch && connection.bufferedBytes > deltaBytes)
      throw new CloseConnection(`all connections together hold ${this.#bufferedBytes} bytes`)
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection)
    this.#sending.delete(connection)
    const left = (this.#perIp.get(connection.peerAddress) ?? 1) - 1
    if (left > 0) this.#perIp.set(connection.peerAddress, left)
    else this.#perIp.delete(connection.peerAddress)
    if (this.#connections.size === 0) this.#whenEmpty?.()
  }

  #retireIdle(): void {
    const before = this.#ports.clock.monotonicMs() - this.#options.maxIdleMs
    for (const connection of this.#connections) {
      // Idle is silence, also of a peer that does not read what it asked for.
      const waiting = !connection.isQuiet && connection.unsentBytes === 0
      if (waiting || connection.lastActiveMs > before) continue
      this.#ports.logger.debug({ peer: connection.peer }, 'idle connection closed')
      connection.destroy()
    }
  }
}

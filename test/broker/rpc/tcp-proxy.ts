/**
 * A TCP proxy that fails on command: it stalls both directions without closing anything, as a
 * stopped process or a silent network does, and it cuts. Loopback only.
 */
import net from 'node:net'
import type { HostPort } from '../../../src/config/addresses.ts'

export class TcpProxy {
  readonly #server: net.Server
  readonly #sockets = new Set<net.Socket>()
  #isStalled = false

  private constructor(server: net.Server) {
    this.#server = server
  }

  static async to(target: () => HostPort): Promise<TcpProxy> {
    const server = net.createServer()
    const proxy = new TcpProxy(server)
    server.on('connection', (near) => proxy.#join(near, net.connect(target())))
    server.listen(0, '127.0.0.1')
    await new Promise((listening) => server.once('listening', listening))
    return proxy
  }

  get address(): HostPort {
    return { host: '127.0.0.1', port: (this.#server.address() as net.AddressInfo).port }
  }

  get connections(): number {
    return this.#sockets.size / 2
  }

  /** Nothing passes any more, and nothing is closed. New connections are accepted, and silent. */
  stall(): void {
    this.#isStalled = true
    for (const socket of this.#sockets) socket.pause()
  }

  /** What was held back goes on. */
  resume(): void {
    this.#isStalled = false
    for (const socket of this.#sockets) socket.resume()
  }

  /** Resets every connection; new ones are accepted. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((closed) => this.#server.close(closed))
  }

  #join(near: net.Socket, far: net.Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from)
      if (this.#isStalled) from.pause()
      from.on('error', () => {})
      from.on('close', () => {
        this.#sockets.delete(from)
        // What a stalled network carries does not arrive, not even the end.
        if (!this.#isStalled) to.destroy()
      })
      from.on('data', (bytes) => to.write(bytes))
      if (this.#isStalled) from.pause()
    }
  }
}

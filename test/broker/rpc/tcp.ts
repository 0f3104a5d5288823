/**
 * The network's bad days, on loopback: a proxy that stalls both directions without closing
 * anything, as a stopped process or a silent network does, and that cuts; a listener that never
 * speaks.
 */
import net from 'node:net'
import type { HostPort } from '../../../src/config/addresses.ts'

export class TcpProxy {
  readonly #server: net.Server
  readonly #sockets = new Set<net.Socket>()
  #isStalled = false
  #address: HostPort = { host: '127.0.0.1', port: 0 }

  private constructor(server: net.Server) {
    this.#server = server
  }

  static async to(target: () => HostPort): Promise<TcpProxy> {
    const server = net.createServer()
    const proxy = new TcpProxy(server)
    server.on('connection', (near) => proxy.#join(near, net.connect(target())))
    proxy.#address = await listening(server)
    return proxy
  }

  get address(): HostPort {
    return this.#address
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

/** Accepts, reads and never answers. */
export async function muteListener() {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket.on('error', () => {}).on('data', () => {}))
  })
  const address = await listening(server)
  return {
    address,
    /** Accepted so far. */
    get connections() {
      return sockets.size
    },
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** A port on which nobody listens, just now. */
export async function freePort(): Promise<HostPort> {
  const server = net.createServer()
  const address = await listening(server)
  await new Promise((closed) => server.close(closed))
  return address
}

async function listening(server: net.Server): Promise<HostPort> {
  server.listen(0, '127.0.0.1')
  await new Promise((listens) => server.once('listening', listens))
  return { host: '127.0.0.1', port: (server.address() as net.AddressInfo).port }
}

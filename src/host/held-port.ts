/**
 * A loopback port that stays ours while nobody listens on it, so that a listener can go (connects
 * are refused) and come back on the same port. It is held by an idle connection that is bound to
 * it: without that, the system could give the port to another process, or connect a dialler of it
 * to itself. Needs a system that lets a listener share its port with such a connection, as Linux.
 */
import { once } from 'node:events'
import net from 'node:net'

const LOOPBACK = '127.0.0.1'

export class HeldPort implements AsyncDisposable {
  readonly port: number
  readonly #sink: net.Server
  readonly #ends: readonly net.Socket[]

  private constructor(sink: net.Server, ends: readonly [net.Socket, net.Socket]) {
    this.#sink = sink
    this.#ends = ends
    this.port = ends[0].localPort as number
    for (const end of ends) end.on('error', () => undefined)
  }

  static async take(): Promise<HeldPort> {
    const sink = net.createServer({ pauseOnConnect: true }).listen(0, LOOPBACK)
    await once(sink, 'listening')
    const { port } = sink.address() as net.AddressInfo
    const accepted = once(sink, 'connection') as Promise<[net.Socket]>
    // With a local address of its own the socket is bound before it connects; that takes the port.
    const holder = net.connect({ host: LOOPBACK, port, localAddress: LOOPBACK })
    await once(holder, 'connect')
    const [peer] = await accepted
    return new HeldPort(sink, [holder, peer])
  }

  /** A listener on the port; rejects when there is one already. */
  async listen(accept: (socket: net.Socket) => void): Promise<net.Server> {
    const options = { allowHalfOpen: true, pauseOnConnect: true, noDelay: true }
    const server = net.createServer(options, accept).listen(this.port, LOOPBACK)
    await once(server, 'listening')
    return server
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of this.#ends) end.destroy()
    if (this.#sink.listening) await new Promise((resolve) => this.#sink.close(resolve))
  }
}

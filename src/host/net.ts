/**
 * TCP: `base/net.ts` over node:net. It owns sockets and nothing of what they carry; how much may be
 * buffered is decided by who reads `unsentBytes`.
 */
import net from 'node:net'
import type { ListeningServer, Net, Stream, StreamEvents } from '../base/net.ts'

class TcpStream implements Stream {
  readonly peer: string
  readonly peerAddress: string
  readonly #socket: net.Socket
  #corked = false

  constructor(socket: net.Socket) {
    this.#socket = socket
    this.peerAddress = socket.remoteAddress ?? 'unknown'
    this.peer = `${this.peerAddress}:${socket.remotePort ?? 0}`
  }

  get unsentBytes(): number {
    return this.#socket.writableLength
  }

  open(events: StreamEvents): void {
    let failure: Error | null = null
    this.#socket
      .on('data', (bytes) => events.data(bytes))
      .on('drain', () => events.drained())
      .on('end', () => events.ended())
      .on('error', (error) => (failure = error))
      .on('close', () => events.closed(failure))
  }

  write(chunks: readonly Uint8Array[]): void {
    // All responses of one turn leave in one writev.
    if (!this.#corked) {
      this.#corked = true
      this.#socket.cork()
      process.nextTick(() => {
        this.#corked = false
        this.#socket.uncork()
      })
    }
    for (const chunk of chunks) this.#socket.write(chunk)
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  end(): void {
    this.#socket.destroySoon()
  }

  destroy(): void {
    this.#socket.destroy()
  }
}

export const hostNet: Net = {
  listen: ({ host, port }, accept) =>
    new Promise<ListeningServer>((resolve, reject) => {
      const server = net.createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
        // A socket may fail before its owner listens; unheard, that would end the process.
        socket.on('error', () => {})
        accept(new TcpStream(socket))
      })
      server.once('error', reject)
      server.listen({ host, port }, () => {
        server.off('error', reject)
        const address = server.address() as net.AddressInfo
        resolve({
          host,
          port: address.port,
          close: () => new Promise<void>((closed) => server.close(() => closed())),
        })
      })
    }),

  connect: ({ host, port }, signal) =>
    new Promise<Stream>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error)
      const socket = net.connect({ host, port, noDelay: true, allowHalfOpen: true })
      const settle = (settled: () => void) => {
        signal?.removeEventListener('abort', onAbort)
        socket.off('error', onError).off('connect', onConnect)
        // As above: it may fail before its owner listens.
        socket.on('error', () => {})
        settled()
      }
      const onError = (error: Error) => settle(() => reject(error))
      const onConnect = () => settle(() => resolve(new TcpStream(socket)))
      const onAbort = () => {
        socket.destroy()
        settle(() => reject(signal?.reason as Error))
      }
      socket.once('error', onError).once('connect', onConnect)
      signal?.addEventListener('abort', onAbort, { once: true })
    }),
}

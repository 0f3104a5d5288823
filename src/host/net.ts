/**
 * TCP: `base/net.ts` over node:net. It owns sockets and nothing of what they carry; how much may be
 * buffered is decided by who reads `unsentBytes`.
 *
 * All sockets read into one buffer. Node offers that (`onread`) to sockets that a program makes
 * itself and not to those that a server accepts, so an accepted one is made anew around its handle.
 * Without it every read is an allocation of its own outside the heap, and V8 answers each 64 MiB of
 * those with a collection of the whole heap (ADR 11).
 */
import net from 'node:net'
import { giveBack, isLent } from '../bytes/loan.ts'
import type { ListeningServer, Net, Stream, StreamEvents } from '../base/net.ts'

/** One read may take this much: several requests at once, or most of a large one. */
const READ_BUFFER_BYTES = 256 * 1024

/**
 * Reads happen one after the other, and what was read is lent until the reader's `data` returns. On
 * Windows several reads are under way at once, so there each brings its own memory.
 */
const readBuffer = process.platform === 'win32' ? null : Buffer.allocUnsafeSlow(READ_BUFFER_BYTES)

class TcpStream implements Stream {
  readonly peer: string
  readonly peerAddress: string
  readonly #socket: net.Socket
  #events: StreamEvents | null = null
  #corked = false

  constructor(accepted: net.Socket) {
    const socket = readingInto(readBuffer, accepted, (bytes) => this.#events?.data(bytes))
    // It may fail before its owner listens; unheard, that would end the process.
    socket.on('error', () => {})
    this.#socket = socket
    this.peerAddress = socket.remoteAddress ?? 'unknown'
    this.peer = `${this.peerAddress}:${socket.remotePort ?? 0}`
  }

  get unsentBytes(): number {
    return this.#socket.writableLength
  }

  open(events: StreamEvents): void {
    let failure: Error | null = null
    this.#events = events
    this.#socket
      .on('drain', () => events.drained())
      .on('end', () => events.ended())
      .on('error', (error) => (failure = error))
      .on('close', () => events.closed(failure))
      .resume()
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
    for (const chunk of chunks)
      if (isLent(chunk)) this.#socket.write(chunk, (error) => sent(chunk, error))
      else this.#socket.write(chunk)
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
      // Paused: nothing is read before `open`.
      const options = { noDelay: true, allowHalfOpen: true, pauseOnConnect: true }
      const server = net.createServer(options, (socket) => accept(new TcpStream(socket)))
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

/** The system has a copy now. Of a write that failed nobody knows when the last look is taken. */
function sent(chunk: Uint8Array, error: Error | null | undefined): void {
  if (!error) giveBack(chunk)
}

/** What Node's types leave out: a socket's handle, and a socket made around one. */
interface WithHandle {
  _handle: object | null
}
interface AroundHandle extends net.SocketConstructorOpts {
  readonly handle: object
  readonly pauseOnCreate: boolean
  readonly onread: net.OnReadOpts
}

/** The same connection as a socket that reads into `buffer`, where Node lets it. */
function readingInto(
  buffer: Uint8Array | null,
  accepted: net.Socket,
  data: (bytes: Uint8Array) => void,
): net.Socket {
  const { _handle: handle } = accepted as net.Socket & Partial<WithHandle>
  if (buffer === null || !handle) return accepted.on('data', data).pause()
  const options: AroundHandle = {
    handle,
    allowHalfOpen: true,
    pauseOnCreate: true,
    readable: true,
    writable: true,
    onread: {
      buffer,
      callback: (count) => {
        data(buffer.subarray(0, count))
        return true
      },
    },
  }
  const socket = new net.Socket(options)
  // What is left of the accepted one has no handle any more; the server stops counting it.
  ;(accepted as unknown as WithHandle)._handle = null
  accepted.destroy()
  return socket
}

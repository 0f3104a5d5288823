/**
 * HTTP: `base/http.ts` over node:http. Everything a peer may take is bounded: connections, header
 * bytes, time. Bodies of requests are not read, and end their connection.
 */
import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Http, HttpAnswer, HttpBounds, HttpServer } from '../base/http.ts'
import { asError } from '../base/errors.ts'

/** For answers that are on their way when the server closes. */
const CLOSE_GRACE_MS = 500

/** How often silent connections are looked for. */
const SWEEP_MS = 1_000

export const hostHttp: Http = {
  serve: ({ host, port, bounds }, answer, failed) =>
    new Promise<HttpServer>((resolve, reject) => {
      const answering = new WeakSet<Socket>()
      const places = new Places(bounds.connections, answering)
      const server = http.createServer(optionsFor(bounds), (request, response) => {
        const { method = '', url = '/', socket } = request
        // Who asks on without waiting for the answer would have them all held for him.
        if (answering.has(socket)) return socket.destroy()
        answering.add(socket)
        response.once('close', () => {
          answering.delete(socket)
          places.isIdle(socket)
        })
        // Nobody waits for what a peer sends beside its question.
        if (hasBody(request)) response.setHeader('Connection', 'close')
        if (method !== 'GET' && method !== 'HEAD') return send(response, refusal(method))
        const [path = '/'] = url.split('?', 1)
        new Promise<HttpAnswer>((settle) => settle(answer({ method, path }))).then(
          (settled) => send(response, settled),
          (thrown: unknown) => {
            failed(asError(thrown))
            send(response, INTERNAL)
          },
        )
      })
      server.on('connection', (socket: Socket) => places.take(socket))
      server.setTimeout(bounds.silenceMs, (socket) => socket.destroy())
      server.on('clientError', (_, socket) => {
        if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
        else socket.destroy()
      })
      server.once('error', reject)
      server.listen({ host: host === '' ? undefined : host, port }, () => {
        server.off('error', reject)
        // What a listening socket reports later (no descriptor left for a connection) passes.
        server.on('error', failed)
        resolve(running(server, host))
      })
    }),
}

/**
 * The connections there are. One more than there are places takes that of whoever has been idle for
 * longest, so that nobody who asks is kept out by those that do not.
 */
class Places {
  readonly #max: number
  readonly #answering: WeakSet<Socket>
  /** Those that are idle for longest first, but for those that are being answered. */
  readonly #sockets = new Set<Socket>()

  constructor(max: number, answering: WeakSet<Socket>) {
    this.#max = max
    this.#answering = answering
  }

  take(socket: Socket): void {
    if (this.#sockets.size >= this.#max) this.#makeRoom()
    // All of them are being answered.
    if (this.#sockets.size >= this.#max) return void socket.destroy()
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
  }

  /** Its answer is out. */
  isIdle(socket: Socket): void {
    if (this.#sockets.delete(socket)) this.#sockets.add(socket)
  }

  #makeRoom(): void {
    for (const socket of this.#sockets) {
      if (this.#answering.has(socket)) continue
      this.#sockets.delete(socket)
      socket.destroy()
      return
    }
  }
}

function optionsFor({ headerBytes, questionMs, silenceMs }: HttpBounds): http.ServerOptions {
  return {
    maxHeaderSize: headerBytes,
    headersTimeout: questionMs,
    requestTimeout: silenceMs,
    keepAliveTimeout: silenceMs,
    connectionsCheckingInterval: SWEEP_MS,
  }
}

function running(server: http.Server, host: string): HttpServer {
  let closing: Promise<void> | null = null
  const kill = () => {
    server.close()
    server.closeAllConnections()
  }
  return {
    host,
    port: (server.address() as AddressInfo).port,
    close() {
      closing ??= new Promise<void>((closed) => {
        const last = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS)
        last.unref()
        server.close(() => {
          clearTimeout(last)
          closed()
        })
        server.closeIdleConnections()
      })
      return closing
    },
    kill,
  }
}

const hasBody = ({ headers }: http.IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'

function send(response: http.ServerResponse, { status, contentType, body }: HttpAnswer): void {
  const bytes = Buffer.from(body)
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': bytes.byteLength,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 405 && { Allow: 'GET, HEAD' }),
  })
  // Node leaves the body out where the question was HEAD.
  response.end(bytes)
}

const TEXT = 'text/plain; charset=utf-8'

const refusal = (method: string): HttpAnswer => ({
  status: 405,
  contentType: TEXT,
  body: `${method} is not served: GET and HEAD are\n`,
})

const INTERNAL: HttpAnswer = {
  status: 500,
  contentType: TEXT,
  body: 'the answer could not be made: see the log of the node\n',
}

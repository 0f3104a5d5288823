/**
 * A raw protocol client: one TCP connection, requests pipelined, responses matched in order. It
 * shares the broker's schemas, but cuts frames and writes headers by itself, so that a mistake in
 * ours cannot cancel itself out. It asserts Kafka's promise that responses come in request order.
 * It never retries, never reconnects and keeps no metadata: that is what makes it useful in tests.
 */
import assert from 'node:assert'
import net from 'node:net'
import { Reader } from '../../src/bytes/reader.ts'
import { Writer } from '../../src/bytes/writer.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/** The part of a schema (`wire/api.ts`) that a client needs. */
export interface ClientApi<Request, Response> {
  readonly key: number
  readonly name: string
  /** First version with compact types and tagged fields; Infinity or null: none has them. */
  readonly flexibleFrom: number | null
  encodeRequest(version: number, value: Request, writer: Writer): void
  decodeResponse(version: number, reader: Reader): Response
}

/** The connection ended while an answer was awaited: whether the request took effect is unknown. */
export class ConnectionClosed extends Error {
  override readonly name = 'ConnectionClosed'
}

const isFlexible = (api: { flexibleFrom: number | null }, version: number) =>
  api.flexibleFrom !== null && version >= api.flexibleFrom

/** A whole request, its length in front. */
export function encodeFrame<Request>(
  api: ClientApi<Request, unknown>,
  version: number,
  body: Request,
  { correlationId, clientId = 'test' }: { correlationId: number; clientId?: string },
): Uint8Array {
  const writer = new Writer(512)
  writer.int32(0)
  writer.int16(api.key)
  writer.int16(version)
  writer.int32(correlationId)
  // The client id is never compact, not even in header v2 (KIP-482).
  writer.int16(Buffer.byteLength(clientId))
  writer.utf8(clientId)
  if (isFlexible(api, version)) writer.uvarint(0)
  api.encodeRequest(version, body, writer)
  writer.patchInt32(0, writer.offset - 4)
  return writer.finish()
}

/** The body of `payload`, a response frame without its length. */
function decodeResponse<Response>(
  api: ClientApi<never, Response>,
  version: number,
  payload: Uint8Array,
): Response {
  const reader = new Reader(payload)
  reader.int32()
  // ApiVersions answers with header v0 whatever its version: the asker may not know ours (KIP-511).
  if (isFlexible(api, version) && api.key !== 18) {
    assert.equal(reader.uvarint(), 0, 'no tagged field is known in a response header')
  }
  const response = api.decodeResponse(version, reader)
  assert.equal(reader.remaining, 0, `${api.name} v${version}: bytes behind the response`)
  return response
}

interface Pending {
  readonly correlationId: number
  resolve(payload: Uint8Array): void
  reject(error: Error): void
}

export class Client implements AsyncDisposable {
  /** Resolves when the connection has ended, from whichever side; never rejects. */
  readonly closed: Promise<void>
  readonly #socket: net.Socket
  readonly #clientId: string
  readonly #pending: Pending[] = []
  #correlationId = 0
  #chunks: Uint8Array[] = []
  #buffered = 0
  #error: Error | null = null
  /** Bytes that came from the broker so far. */
  bytesReceived = 0
  /** Frames that came from the broker so far. */
  framesReceived = 0

  private constructor(socket: net.Socket, clientId: string) {
    this.#socket = socket
    this.#clientId = clientId
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#fail(new ConnectionClosed('the broker closed the connection'))
        resolve()
      })
      socket.on('error', (error) => {
        this.#fail(new ConnectionClosed(error.message, { cause: error }))
        // Node emits no 'close' when a reset fails because the other side was quicker.
        resolve()
      })
    })
    socket.on('data', (chunk) => {
      this.#receive(chunk)
    })
  }

  /** Connects; rejects when nobody listens. */
  static connect({ host, port }: Address, { clientId = 'test' } = {}): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = net.connect({ host, port, noDelay: true })
      socket.once('error', reject)
      socket.once('connect', () => {
        socket.off('error', reject)
        resolve(new Client(socket, clientId))
      })
    })
  }

  /** Requests sent and not yet answered. */
  get pendingCount(): number {
    return this.#pending.length
  }

  get isClosed(): boolean {
    return this.#error !== null
  }

  /** Sends a request without waiting for those before it; resolves with its response. */
  async request<Request, Response>(
    api: ClientApi<Request, Response>,
    version: number,
    body: Request,
  ): Promise<Response> {
    const correlationId = this.nextCorrelationId()
    const frame = encodeFrame(api, version, body, { correlationId, clientId: this.#clientId })
    return decodeResponse(api, version, await this.exchange(frame, correlationId))
  }

  /** Sends a request that is answered with silence (acks=0). */
  notify<Request>(api: ClientApi<Request, unknown>, version: number, body: Request): void {
    const correlationId = this.nextCorrelationId()
    this.write(encodeFrame(api, version, body, { correlationId, clientId: this.#clientId }))
  }

  /** Sends a whole frame as it is; resolves with the response frame, its length cut off. */
  exchange(frame: Uint8Array, correlationId: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.#error) return reject(this.#error)
      this.#pending.push({ correlationId, resolve, reject })
      this.write(frame)
    })
  }

  nextCorrelationId(): number {
    return (this.#correlationId += 1)
  }

  /** Sends bytes as they are. */
  write(bytes: Uint8Array): void {
    if (!this.#socket.destroyed) this.#socket.write(bytes)
  }

  /** Stops reading: what a slow consumer does. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** Sends the end of the stream; the broker's answers may still come. */
  end(): void {
    this.#socket.end()
  }

  /** Cuts the connection with a reset, as a dying machine would. */
  reset(): void {
    this.#socket.resetAndDestroy()
  }

  async close(): Promise<void> {
    this.#fail(new ConnectionClosed('this side closed the connection'))
    this.#socket.destroy()
    await this.closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #receive(chunk: Uint8Array): void {
    this.bytesReceived += chunk.byteLength
    this.#chunks.push(chunk)
    this.#buffered += chunk.byteLength
    while (this.#buffered >= 4) {
      const first = this.#joined(4)
      const size = new DataView(first.buffer, first.byteOffset).getInt32(0)
      if (this.#buffered < 4 + size) return
      const whole = this.#joined(4 + size)
      this.#chunks = whole.byteLength > 4 + size ? [whole.subarray(4 + size)] : []
      this.#buffered -= 4 + size
      this.framesReceived += 1
      this.#answer(whole.subarray(4, 4 + size))
    }
  }

  /** The first chunk, after making sure that it holds at least `count` bytes. */
  #joined(count: number): Uint8Array {
    const [first] = this.#chunks
    if (first && first.byteLength >= count) return first
    const all = Buffer.concat(this.#chunks)
    this.#chunks = [all]
    return all
  }

  #answer(payload: Uint8Array): void {
    const correlationId = new DataView(payload.buffer, payload.byteOffset).getInt32(0)
    const pending = this.#pending.shift()
    if (pending?.correlationId === correlationId) return pending.resolve(payload)
    const expected = pending ? `${pending.correlationId}` : 'none'
    const error = new Error(`response out of order: expected ${expected}, came ${correlationId}`)
    pending?.reject(error)
    this.#fail(error)
    this.#socket.destroy()
  }

  #fail(error: Error): void {
    this.#error ??= error
    for (const { reject } of this.#pending.splice(0)) reject(error)
  }
}

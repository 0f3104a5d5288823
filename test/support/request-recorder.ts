/**
 * A proxy in front of a node that writes down which requests a client sends, and in which versions.
 * It changes nothing, and understands no more of a frame than its length, its key and its version.
 * Its address stays the same over restarts of the node behind it, whose port may change.
 */
import net from 'node:net'
import { apisByKey } from '../../src/wire/registry.ts'
import type { Address } from './client.ts'

export class RequestRecorder implements AsyncDisposable {
  /** Where to connect to; null while there is nobody behind it: connections are then closed. */
  target: (() => Address) | null = null
  readonly #server = net.createServer((socket) => this.#accept(socket))
  readonly #sockets = new Set<net.Socket>()
  readonly #versions = new Map<number, Set<number>>()

  static async listen(): Promise<RequestRecorder> {
    const recorder = new RequestRecorder()
    await new Promise<void>((resolve, reject) => {
      recorder.#server.once('error', reject)
      recorder.#server.listen(0, '127.0.0.1', resolve)
    })
    return recorder
  }

  get address(): Address {
    return { host: '127.0.0.1', port: (this.#server.address() as net.AddressInfo).port }
  }

  /** `host:port`, as clients want it. */
  get bootstrap(): string {
    return `${this.address.host}:${this.address.port}`
  }

  /** The newest version of each request that was sent so far, by the name of its API. */
  newest(): { [name: string]: number } {
    const keys = [...this.#versions].sort(([a], [b]) => a - b)
    return Object.fromEntries(
      keys.map(([key, versions]) => [apisByKey.get(key)?.name ?? key, Math.max(...versions)]),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #accept(client: net.Socket): void {
    if (this.target === null) return void client.destroy()
    const broker = net.connect(this.target())
    const heads = new FrameHeads((key, version) => this.#record(key, version))
    client.on('data', (chunk) => heads.push(chunk))
    client.pipe(broker).pipe(client)
    for (const [socket, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      this.#sockets.add(socket)
      // How a connection ends is for client and node to judge.
      socket.on('error', () => undefined)
      socket.once('close', () => {
        this.#sockets.delete(socket)
        other.destroySoon()
      })
    }
  }

  #record(key: number, version: number): void {
    const versions = this.#versions.get(key) ?? new Set()
    this.#versions.set(key, versions.add(version))
  }
}

/** Bytes of a frame's length, key and version. */
const HEAD_BYTES = 8

/** Finds the head of each frame in a stream that arrives in chunks of any size. */
class FrameHeads {
  readonly #found: (key: number, version: number) => void
  readonly #head = Buffer.alloc(HEAD_BYTES)
  #filled = 0
  /** Bytes until the next head begins. */
  #skip = 0

  constructor(found: (key: number, version: number) => void) {
    this.#found = found
  }

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.byteLength;) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, chunk.byteLength - at)
        this.#skip -= skipped
        at += skipped
        continue
      }
      const copied = chunk.copy(this.#head, this.#filled, at)
      this.#filled += copied
      at += copied
      if (this.#filled < HEAD_BYTES) return
      this.#filled = 0
      this.#skip = this.#head.readInt32BE(0) - (HEAD_BYTES - 4)
      this.#found(this.#head.readInt16BE(4), this.#head.readInt16BE(6))
    }
  }
}

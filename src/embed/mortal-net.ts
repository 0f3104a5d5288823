/**
 * A network that its user can lose: at `kill` every listener and every stream is closed, without a
 * word to the user, and nobody is dialled or accepted any more.
 */
import { asError } from '../base/errors.ts'
import type { ListeningServer, Net, Stream, StreamEvents } from '../base/net.ts'

type Address = Parameters<Net['connect']>[0]

export class MortalNet implements Net {
  readonly #real: Net
  readonly #servers = new Set<ListeningServer>()
  readonly #streams = new Set<MortalStream>()
  readonly #dialling = new Set<Promise<void>>()
  readonly #killed = new AbortController()

  constructor(real: Net) {
    this.#real = real
  }

  async listen(address: Address, accept: (stream: Stream) => void): Promise<ListeningServer> {
    const server = await this.#real.listen(address, (stream) => {
      if (this.#isDead) stream.destroy()
      else accept(this.#own(stream))
    })
    if (this.#isDead) return server.close().then(never)
    this.#servers.add(server)
    const close = () => {
      this.#servers.delete(server)
      return server.close()
    }
    return { host: server.host, port: server.port, close }
  }

  connect(address: Address, signal?: AbortSignal): Promise<Stream> {
    if (this.#isDead) return never()
    const signals = [this.#killed.signal, ...(signal ? [signal] : [])]
    const dialled = this.#real.connect(address, AbortSignal.any(signals))
    const settled = dialled.then(
      (stream) => {
        this.#dialling.delete(settled)
        if (this.#isDead) stream.destroy()
      },
      () => void this.#dialling.delete(settled),
    )
    this.#dialling.add(settled)
    return dialled.then(
      (stream) => (this.#isDead ? never() : this.#own(stream)),
      (error: unknown) => (this.#isDead ? never() : Promise.reject(asError(error))),
    )
  }

  /** At once; resolves when no port is listened on any more. */
  async kill(): Promise<void> {
    this.#killed.abort()
    for (const stream of this.#streams) stream.abandon()
    this.#streams.clear()
    await Promise.all([...this.#servers].map((server) => server.close()))
    this.#servers.clear()
    await Promise.all(this.#dialling)
  }

  get #isDead(): boolean {
    return this.#killed.signal.aborted
  }

  #own(real: Stream): Stream {
    const stream = new MortalStream(real, () => this.#streams.delete(stream))
    this.#streams.add(stream)
    return stream
  }
}

class MortalStream implements Stream {
  readonly #real: Stream
  readonly #onClosed: () => void
  #isDead = false

  constructor(real: Stream, onClosed: () => void) {
    this.#real = real
    this.#onClosed = onClosed
  }

  get peer(): string {
    return this.#real.peer
  }

  get peerAddress(): string {
    return this.#real.peerAddress
  }

  get unsentBytes(): number {
    return this.#real.unsentBytes
  }

  open(events: StreamEvents): void {
    const told = (tell: () => void) => {
      if (!this.#isDead) tell()
    }
    this.#real.open({
      data: (bytes) => told(() => events.data(bytes)),
      drained: () => told(() => events.drained()),
      ended: () => told(() => events.ended()),
      closed: (error) => {
        this.#onClosed()
        told(() => events.closed(error))
      },
    })
  }

  write(chunks: readonly Uint8Array[]): void {
    if (!this.#isDead) this.#real.write(chunks)
  }

  pause(): void {
    this.#real.pause()
  }

  resume(): void {
    this.#real.resume()
  }

  end(): void {
    this.#real.end()
  }

  /** A stream that was never opened tells nobody of its end. */
  destroy(): void {
    this.#onClosed()
    this.#real.destroy()
  }

  abandon(): void {
    this.#isDead = true
    this.#real.destroy()
  }
}

/** What a dead node waits for. */
function never(): Promise<never> {
  return new Promise(() => {})
}

/**
 * The bare loop's other replicas, as its leader sees them: what arrives is sent on to each of them
 * as it is, and counts when all have answered it. For one producing connection at a time, since
 * frames of several would mix.
 */
import { ResponseReader } from '../src/cli/bench/response-reader.ts'
import { openLoadSocket, type LoadSocket } from '../src/host/load-socket.ts'

const CONNECT_TIMEOUT_MS = 10_000

export class BareFollowers {
  /** Told how many more requests all of them have answered. */
  onConfirmed: (count: number) => void = () => undefined
  readonly #sockets: LoadSocket[] = []
  readonly #answered: number[]
  #confirmed = 0

  private constructor(count: number) {
    this.#answered = Array.from({ length: count }, () => 0)
  }

  static async connect(ports: readonly number[]): Promise<BareFollowers> {
    const followers = new BareFollowers(ports.length)
    for (const [index, port] of ports.entries())
      followers.#sockets.push(await followers.#open(index, port))
    return followers
  }

  #open(index: number, port: number): Promise<LoadSocket> {
    const responses = new ResponseReader(() => {
      this.#answered[index] = (this.#answered[index] ?? 0) + 1
    })
    const data = (bytes: Uint8Array) => {
      responses.push(bytes)
      this.#settle()
    }
    const events = { data, drained: () => undefined, closed: () => undefined }
    return openLoadSocket({ host: '127.0.0.1', port, timeoutMs: CONNECT_TIMEOUT_MS }, events)
  }

  forward(bytes: Uint8Array): void {
    for (const socket of this.#sockets) socket.write(bytes)
  }

  #settle(): void {
    const confirmed = Math.min(...this.#answered)
    const count = confirmed - this.#confirmed
    this.#confirmed = confirmed
    if (count > 0) this.onConfirmed(count)
  }
}

/**
 * A connection to each node of a cluster, made when it is needed and made anew when it was lost:
 * nodes are killed here. Owns the connections.
 */
import { Client, ConnectionClosed } from '../test/support/client.ts'
import type { Cluster } from './cluster.ts'

/** Nobody knows what became of the request, if there was one. */
export function isConnectionLost(thrown: unknown): thrown is Error {
  if (thrown instanceof ConnectionClosed) return true
  return thrown instanceof Error && 'syscall' in thrown && thrown.syscall === 'connect'
}

export class Clients implements AsyncDisposable {
  readonly #cluster: Cluster
  readonly #clients = new Map<number, Promise<Client>>()

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  isRunning(id: number): boolean {
    return this.#cluster.nodes[id - 1]?.isReady === true
  }

  /** Of the first node that runs. */
  any(): Promise<Client> {
    return this.of(this.#cluster.nodes.findIndex((node) => node.isReady) + 1)
  }

  /** Rejects as `isConnectionLost` says when the node cannot be reached. */
  async of(id: number): Promise<Client> {
    const known = this.#clients.get(id)
    if (known !== undefined && !(await known).isClosed) return known
    // Somebody else who waited for the lost one has dialled already.
    const now = this.#clients.get(id)
    if (now !== known && now !== undefined) return now
    const made = Client.connect(this.#cluster.node(id).address)
    this.#clients.set(id, made)
    made.catch(() => this.#clients.delete(id))
    return made
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients.values()) await (await client).close()
  }
}

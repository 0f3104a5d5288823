/**
 * A client of the coordinator of one group, whoever that is by now: it asks all brokers in turn who
 * coordinates, keeps a connection to that one, and looks again as soon as anything is wrong.
 */
import { findCoordinator } from '../../src/wire/apis/10-find-coordinator.ts'
import { errors } from '../../src/wire/errors.ts'
import { Client, type Address, type ClientApi } from '../../test/support/client.ts'
import { within } from '../../test/support/within.ts'

/** Longer than a broker waits for its replicas. */
const ANSWER_WITHIN_MS = 10_000
const FIND_WITHIN_MS = 1_000
const FIND_VERSION = 3

export interface GroupClientOptions {
  readonly group: string
  readonly clientId: string
  readonly doors: ReadonlyMap<number, Address>
}

export class GroupClient {
  readonly group: string
  readonly #options: GroupClientOptions
  readonly #clients = new Map<number, Promise<Client>>()
  #coordinator: number | null = null
  #asked = 0

  constructor(options: GroupClientOptions) {
    this.group = options.group
    this.#options = options
  }

  /** As it was told last; null: it has to look. */
  get coordinator(): number | null {
    return this.#coordinator
  }

  /** Null when there is no coordinator or no answer; it looks again then. */
  async ask<Request, Response>(
    api: ClientApi<Request, Response>,
    version: number,
    body: Request,
  ): Promise<Response | null> {
    const node = (this.#coordinator ??= await this.#find())
    if (node === null) return null
    try {
      const client = await this.#client(node)
      return await within(ANSWER_WITHIN_MS, api.name, client.request(api, version, body))
    } catch {
      await this.#drop(node)
      this.lookAgain()
      return null
    }
  }

  /** What it was told says that somebody else coordinates. */
  lookAgain(): void {
    this.#coordinator = null
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.keys()].map((node) => this.#drop(node)))
  }

  async #find(): Promise<number | null> {
    const nodes = [...this.#options.doors.keys()]
    const node = nodes[(this.#asked += 1) % nodes.length] ?? 1
    try {
      const client = await this.#client(node)
      const question = client.request(findCoordinator, FIND_VERSION, { key: this.group })
      const { errorCode, nodeId } = await within(FIND_WITHIN_MS, 'a coordinator', question)
      return errorCode === errors.NONE ? nodeId : null
    } catch {
      await this.#drop(node)
      return null
    }
  }

  #client(node: number): Promise<Client> {
    const known = this.#clients.get(node)
    if (known) return known
    const { doors, clientId } = this.#options
    const door = doors.get(node)
    if (!door) return Promise.reject(new Error(`node ${node} has no door`))
    const client = Client.connect(door, { clientId })
    this.#clients.set(node, client)
    return client
  }

  async #drop(node: number): Promise<void> {
    const client = this.#clients.get(node)
    this.#clients.delete(node)
    await client?.then((open) => open.close()).catch(() => undefined)
  }
}

/**
 * A client's way to the coordinator of its group, as Kafka's clients go it: some node is asked who
 * that is, one connection is kept to it, requests are answered on it in order, and whatever goes
 * wrong ends it.
 */
import { LograftError } from '../../../src/base/errors.ts'
import type { Net } from '../../../src/base/net.ts'
import { Connection } from '../../../src/client/connection.ts'
import type { Api, IncomingResponse, OutgoingRequest } from '../../../src/wire/api.ts'
import { findCoordinator } from '../../../src/wire/apis/10-find-coordinator.ts'
import type { ErrorCode } from '../../../src/wire/errors.ts'
import { errorName, errors } from '../../../src/wire/errors.ts'
import { PORT } from '../cluster/node-config.ts'
import { hostOf } from '../cluster/wires.ts'
import type { Process } from '../system/process.ts'

export interface LineOptions {
  readonly name: string
  readonly group: string
  readonly process: Process
  readonly net: Net
  readonly nodes: number
  /** It is asked, whoever coordinates. */
  readonly only?: number
  readonly note: (text: string) => void
}

export interface Answer<A extends Api> {
  /** Who gave it. */
  readonly node: number
  readonly response: IncomingResponse<A>
}

const FIND_VERSION = 3
const CONNECT_MS = 300
const FIND_MS = 500

/** Another node coordinates, or nobody yet: to be looked for again. */
const ELSEWHERE: readonly ErrorCode[] = [
  errors.NOT_COORDINATOR,
  errors.COORDINATOR_NOT_AVAILABLE,
  errors.COORDINATOR_LOAD_IN_PROGRESS,
]

export function isElsewhere(code: ErrorCode): boolean {
  return ELSEWHERE.includes(code)
}

export class CoordinatorLine {
  readonly #of: LineOptions
  /** Which node is asked next; another one when it did not help. */
  #asked: number
  #open: { readonly node: number; readonly connection: Connection } | null = null

  constructor(of: LineOptions) {
    this.#of = of
    this.#asked = Math.floor(of.process.draw(84) * of.nodes)
  }

  /** Null when it is not known what became of the request, if there was anybody to ask. */
  async ask<A extends Api>(
    api: A,
    version: number,
    body: OutgoingRequest<A>,
    timeoutMs: number,
  ): Promise<Answer<A> | null> {
    try {
      this.#open ??= await this.#connect()
      if (this.#open === null) return null
      const { node, connection } = this.#open
      const response = await connection.request(api, version, body, { timeoutMs })
      return { node, response }
    } catch (thrown) {
      this.#trouble(api.name, thrown)
      return null
    }
  }

  /** The next request looks for the coordinator anew. */
  close(): void {
    this.#open?.connection.close()
    this.#open = null
  }

  /** Nobody hears of it: the connection stays as it is, and nothing more is said on it. */
  abandon(): void {
    this.#open = null
  }

  #trouble(what: string, thrown: unknown): void {
    if (!(thrown instanceof LograftError)) throw thrown
    this.#of.note(`${this.#of.name}: ${what}: ${thrown.message}`)
    this.close()
  }

  async #connect() {
    const { only } = this.#of
    if (only !== undefined) return { node: only, connection: await this.#dial(only) }
    this.#asked = (this.#asked + 1) % this.#of.nodes
    const asked = await this.#dial(this.#asked)
    try {
      const request = { key: this.#of.group, keyType: 0 }
      const limits = { timeoutMs: FIND_MS }
      const found = await asked.request(findCoordinator, FIND_VERSION, request, limits)
      if (found.errorCode !== errors.NONE) {
        this.#of.note(`${this.#of.name}: no coordinator: ${errorName(found.errorCode)}`)
        return null
      }
      const node = found.nodeId - 1
      return { node, connection: await this.#dial(node) }
    } finally {
      asked.close()
    }
  }

  #dial(node: number): Promise<Connection> {
    const { net, process: clock, name: clientId } = this.#of
    const address = { host: hostOf(node), port: PORT }
    return Connection.open({ net, clock, address, clientId, connectTimeoutMs: CONNECT_MS })
  }
}

/**
 * One connection to one broker, dialled again whenever it is gone: for those who ask all brokers
 * the same, again and again, and want to know which of them answers.
 */
import { Connection } from '../../client/connection.ts'
import { askVersions, type ServedVersions } from '../../client/versions.ts'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { hostNet } from '../../host/net.ts'
import type { Api, IncomingResponse, OutgoingRequest } from '../../wire/api.ts'

interface Link {
  readonly connection: Connection
  readonly served: ServedVersions
}

export interface Question<A extends Api> {
  readonly api: A
  readonly body: OutgoingRequest<A>
  /** Lowest and highest version that may be used. Default: what the schema has. */
  readonly versions?: readonly [min: number, max: number]
}

export class BrokerLink {
  readonly nodeId: number
  readonly #address: HostPort
  readonly #clientId: string
  /** For a connection, and for an answer. */
  readonly #timeoutMs: number
  #link: Promise<Link> | null = null

  constructor(
    nodeId: number,
    address: HostPort,
    { clientId, timeoutMs }: { readonly clientId: string; readonly timeoutMs: number },
  ) {
    this.nodeId = nodeId
    this.#address = address
    this.#clientId = clientId
    this.#timeoutMs = timeoutMs
  }

  /** Rejects with a ClientError; what was asked before on the same connection may go with it. */
  async ask<A extends Api>({ api, body, versions }: Question<A>): Promise<IncomingResponse<A>> {
    const { connection, served } = await this.#dialled()
    const version = served.highest(api, versions)
    if (version === null) throw new Error(`node ${this.nodeId} does not serve ${api.name}`)
    return connection.request(api, version, body, { timeoutMs: this.#timeoutMs })
  }

  async close(): Promise<void> {
    const link = await this.#link?.catch(() => null)
    link?.connection.close()
  }

  #dialled(): Promise<Link> {
    if (this.#link) return this.#link
    const link = this.#dial()
    this.#link = link
    const forget = () => {
      if (this.#link === link) this.#link = null
    }
    link.then(({ connection }) => connection.end.then(forget), forget)
    return link
  }

  async #dial(): Promise<Link> {
    const connection = await Connection.open({
      ...{ net: hostNet, clock: hostClock, address: this.#address, clientId: this.#clientId },
      connectTimeoutMs: this.#timeoutMs,
    })
    try {
      return { connection, served: await askVersions(connection, { timeoutMs: this.#timeoutMs }) }
    } catch (thrown) {
      connection.close()
      throw thrown
    }
  }
}

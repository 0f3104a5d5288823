/**
 * A cluster as a client knows it: its brokers, one connection to each, and who leads what. What is
 * cached is a hint: a broker that refuses makes the caller `forget` and ask again. It retries
 * nothing by itself, but for finding one bootstrap address that answers.
 */
import type { Clock } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { Net } from '../base/net.ts'
import type { Random } from '../base/random.ts'
import type { HostPort } from '../config/addresses.ts'
import type { Api, IncomingResponse, OutgoingRequest } from '../wire/api.ts'
import { metadata } from '../wire/apis/03-metadata.ts'
import { errors } from '../wire/errors.ts'
import { Connection } from './connection.ts'
import { BrokerError, ClientError, refuseUnlessNone } from './errors.ts'
import type { ServedVersions } from './versions.ts'
import { askVersions } from './versions.ts'

export interface ClusterOptions {
  readonly net: Net
  readonly clock: Clock
  readonly random: Random
  /** Where to begin; any broker will do. At least one; asked for anew whenever all are lost. */
  readonly bootstrap: readonly HostPort[] | (() => readonly HostPort[])
  readonly clientId: string
  readonly connectTimeoutMs?: number
  /** For the first answer on a connection, by which a broker is known from what is none. */
  readonly greetingTimeoutMs?: number
  /** For one answer, the broker's own waiting not included. */
  readonly requestTimeoutMs?: number
  /** Told of each failure after which something is tried again. */
  readonly onRetry?: (error: Error) => void
}

/** Kafka's `socket.connection.setup.timeout.ms` and `request.timeout.ms`. */
export const CONNECT_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
/** Every broker answers this from memory; what is none often says nothing at all. */
export const GREETING_TIMEOUT_MS = 5_000

/** What only asks; after any other request that failed it is open what took effect. */
const QUESTIONS = new Set([
  'Fetch',
  'ListOffsets',
  'Metadata',
  'OffsetFetch',
  'FindCoordinator',
  'DescribeGroups',
  'ListGroups',
  'DescribeConfigs',
  'DescribeLogDirs',
  'ListPartitionReassignments',
])

export type TopicMetadata = IncomingResponse<typeof metadata>['topics'][number]
export type BrokerMetadata = IncomingResponse<typeof metadata>['brokers'][number]

export interface ClusterMetadata {
  readonly clusterId: string | null
  /** −1: unknown. */
  readonly controllerId: number
  readonly brokers: readonly BrokerMetadata[]
  readonly topics: readonly TopicMetadata[]
}

/** Whom a request goes to: a broker by id, whoever is connected, or the controller. */
export type Recipient = number | 'any' | 'controller'

export interface CallOptions {
  /** Lowest and highest version that may be used. Default: what the schema has. */
  readonly versions?: readonly [min: number, max: number]
  /** What the broker may wait by itself, on top of the time for an answer. */
  readonly waitMs?: number
}

interface Link {
  readonly connection: Connection
  readonly served: ServedVersions
}

/** Before this version a client could not say that a topic must not be created (KIP-204). */
const METADATA_VERSIONS = [4, metadata.versions[1]] as const

export class Cluster {
  readonly clock: Clock
  readonly random: Random
  readonly #options: Required<ClusterOptions>
  /** By node id. A link that fails leaves. */
  readonly #links = new Map<number, Promise<Link>>()
  /** The one over which the brokers became known. */
  #bootstrap: Promise<Link> | null = null
  #brokers: readonly BrokerMetadata[] = []
  #controllerId = -1
  readonly #topics = new Map<string, TopicMetadata>()
  #closed = false

  constructor(options: ClusterOptions) {
    this.clock = options.clock
    this.random = options.random
    this.#options = {
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      greetingTimeoutMs: GREETING_TIMEOUT_MS,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      onRetry: () => undefined,
      ...options,
    }
  }

  /** For `retrying`, whoever asks this cluster. */
  get retries() {
    const { clock, random } = this
    return { clock, random, onRetry: this.#options.onRetry }
  }

  /** Sends a request in the highest version both sides know. */
  async call<A extends Api>(
    recipient: Recipient,
    api: A,
    body: OutgoingRequest<A>,
    options: CallOptions = {},
  ): Promise<IncomingResponse<A>> {
    const { connection, version } = await this.#reach(recipient, api, options)
    const timeoutMs = this.#options.requestTimeoutMs + (options.waitMs ?? 0)
    try {
      return await connection.request(api, version, body, { timeoutMs })
    } catch (thrown) {
      const onlyAsked = thrown instanceof ClientError && QUESTIONS.has(api.name)
      throw onlyAsked ? thrown.ofQuestion() : thrown
    }
  }

  /** Sends a request that has no answer (Produce with acks 0). */
  async notify<A extends Api>(
    recipient: Recipient,
    api: A,
    body: OutgoingRequest<A>,
    options: CallOptions = {},
  ): Promise<void> {
    const { connection, version } = await this.#reach(recipient, api, options)
    await connection.notify(api, version, body)
  }

  /** Dials a bootstrap address that answers, once: for telling at once that none does. */
  async connect(): Promise<void> {
    await this.#anyLink()
  }

  /** Whether a broker serves an API in a version that we know. */
  async serves(recipient: Recipient, api: Api): Promise<boolean> {
    return (await this.#link(recipient)).served.highest(api) !== null
  }

  /** Which APIs a broker serves in which versions; equal text means the same. */
  async servedVersions(nodeId: number): Promise<string> {
    return String((await this.#link(nodeId)).served)
  }

  /** Of which cluster the broker is that answers where this one is said to be. */
  async clusterIdOf(nodeId: number): Promise<string | null> {
    const asked = { topics: [], allowAutoTopicCreation: false }
    const { clusterId } = await this.call(nodeId, metadata, asked, { versions: METADATA_VERSIONS })
    return clusterId
  }

  /** Asks for all topics (null) or some; errors of single topics stay in the answer. */
  async metadata(
    names: readonly string[] | null,
    { create = false }: { readonly create?: boolean } = {},
  ): Promise<ClusterMetadata> {
    const topics = names?.map((name) => ({ name })) ?? null
    const answer = await this.call(
      'any',
      metadata,
      { topics, allowAutoTopicCreation: create },
      { versions: METADATA_VERSIONS },
    )
    this.#brokers = answer.brokers
    this.#controllerId = answer.controllerId
    for (const topic of answer.topics)
      if (topic.name !== null && topic.errorCode === errors.NONE)
        this.#topics.set(topic.name, topic)
    return answer
  }

  /** A topic as it was last known; asked for when it is not. Throws BrokerError. */
  async topic(name: string): Promise<TopicMetadata> {
    const known = this.#topics.get(name)
    if (known) return known
    const [topic] = (await this.metadata([name])).topics
    refuseUnlessNone(topic?.errorCode ?? errors.UNKNOWN_TOPIC_OR_PARTITION, `topic ${name}`)
    return topic as TopicMetadata
  }

  /** The node that leads a partition. Throws BrokerError; LEADER_NOT_AVAILABLE may pass. */
  async leaderOf(topic: string, partition: number): Promise<number> {
    const { partitions } = await this.topic(topic)
    const found = partitions.find(({ partitionIndex }) => partitionIndex === partition)
    const what = `partition ${partition} of ${topic}`
    if (!found) throw new BrokerError(errors.UNKNOWN_TOPIC_OR_PARTITION, what)
    if (found.leaderId >= 0) return found.leaderId
    this.forget(topic)
    throw new BrokerError(errors.LEADER_NOT_AVAILABLE, what)
  }

  /** What is known of a topic has turned out to be old. */
  forget(topic: string): void {
    this.#topics.delete(topic)
  }

  /** The same cluster over connections of its own, for requests that others must not wait for. */
  another(change: Partial<ClusterOptions> = {}): Cluster {
    return new Cluster({ ...this.#options, ...change })
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    this.#closed = true
    const links = [...this.#links.values(), ...(this.#bootstrap ? [this.#bootstrap] : [])]
    for (const link of await Promise.allSettled(links))
      if (link.status === 'fulfilled') link.value.connection.close()
  }

  async #reach(recipient: Recipient, api: Api, { versions }: CallOptions) {
    const { connection, served } = await this.#link(recipient)
    const version = served.highest(api, versions)
    if (version === null)
      throw new ClientError('NOT_SERVED', connection.address, `it does not serve ${api.name}`)
    return { connection, version }
  }

  async #link(recipient: Recipient): Promise<Link> {
    if (recipient === 'any') return this.#anyLink()
    if (typeof recipient === 'number') return this.#linkTo(recipient)
    if (this.#controllerId < 0) await this.metadata([])
    return this.#controllerId < 0 ? this.#anyLink() : this.#linkTo(this.#controllerId)
  }

  /** One of the connections there are, or a new one to a bootstrap address or a known broker. */
  async #anyLink(): Promise<Link> {
    for (const link of [...this.#links.values(), this.#bootstrap]) {
      const found = await link?.catch(() => null)
      if (found?.connection.isOpen) return found
    }
    this.#bootstrap ??= this.#keep(
      this.#dialAny([...this.#bootstrapServers, ...this.#brokers]),
      () => (this.#bootstrap = null),
    )
    return this.#bootstrap
  }

  get #bootstrapServers(): readonly HostPort[] {
    const { bootstrap } = this.#options
    return typeof bootstrap === 'function' ? bootstrap() : bootstrap
  }

  async #dialAny(addresses: readonly HostPort[]): Promise<Link> {
    let first: Error | null = null
    for (const { host, port } of addresses) {
      try {
        return await this.#dial({ host, port })
      } catch (thrown) {
        first ??= asError(thrown)
      }
    }
    throw first ?? new BrokerError(errors.BROKER_NOT_AVAILABLE, 'no broker is known')
  }

  #linkTo(nodeId: number): Promise<Link> {
    const known = this.#links.get(nodeId)
    if (known) return known
    const link = this.#keep(this.#dialNode(nodeId), () => this.#links.delete(nodeId))
    this.#links.set(nodeId, link)
    return link
  }

  /** Calls `leave` once the link has failed or ended, so that the next call dials anew. */
  #keep(link: Promise<Link>, leave: () => void): Promise<Link> {
    link.then(({ connection }) => connection.end.then(leave), leave)
    return link
  }

  async #dialNode(nodeId: number): Promise<Link> {
    const isIt = (known: BrokerMetadata) => known.nodeId === nodeId
    if (!this.#brokers.some(isIt)) await this.metadata([])
    const broker = this.#brokers.find(isIt)
    if (!broker) {
      // What names it is older than what brokers there are: it was just lost, or is not back yet.
      const what = `broker ${nodeId} is not in service`
      throw new BrokerError(errors.LEADER_NOT_AVAILABLE, what)
    }
    const { host, port } = broker
    return this.#dial({ host, port })
  }

  async #dial(address: HostPort): Promise<Link> {
    const { net, clock, clientId, connectTimeoutMs, greetingTimeoutMs } = this.#options
    const connection = await Connection.open({ net, clock, address, clientId, connectTimeoutMs })
    try {
      const served = await askVersions(connection, { timeoutMs: greetingTimeoutMs })
      // Closed while it was being dialled: nobody else would end it.
      if (this.#closed) connection.close()
      return { connection, served }
    } catch (thrown) {
      connection.close()
      const isSilent =
        thrown instanceof ClientError && ['TIMED_OUT', 'CONNECTION_LOST'].includes(thrown.code)
      throw isSilent ? thrown.ofQuestion('NO_BROKER') : thrown
    }
  }
}

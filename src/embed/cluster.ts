/**
 * A cluster on this machine: its brokers, the view of what it commits, and the waits on that. What
 * was committed of an earlier life of a broker never counts for this one.
 */
import { LograftError } from '../base/errors.ts'
import { asNodeId, type NodeId } from '../base/ids.ts'
import { Admin } from '../client/admin.ts'
import { Cluster as Client } from '../client/cluster.ts'
import { hostClock } from '../host/clock.ts'
import { hostNet } from '../host/net.ts'
import { hostRandom } from '../host/random.ts'
import { isActive } from '../metadata/image/cluster.ts'
import type { PartitionRegistration } from '../metadata/image/topics.ts'
import type { Broker, BrokerRef, Cluster, TopicOptions, WaitOptions } from './api.ts'
import type { EmbeddedBroker } from './broker.ts'
import type { Links } from './links.ts'
import { missingOf, type Topics } from './topics.ts'
import type { ClusterView, Wait } from './view.ts'

export interface EmbeddedClusterParts {
  readonly brokers: readonly EmbeddedBroker[]
  readonly view: ClusterView
  /** Null when the network cannot be damaged. */
  readonly links: Links | null
  readonly timeoutMs: number
  /** There is something left when it stops. */
  readonly keepsData: boolean
  /** After the brokers: ports, links, directories. */
  readonly release: () => Promise<void>
}

/** A broker's default. */
const DEFAULT = -1

export class EmbeddedCluster implements Cluster {
  readonly #parts: EmbeddedClusterParts
  #stopping: Promise<void> | null = null

  constructor(parts: EmbeddedClusterParts) {
    this.#parts = parts
  }

  get view(): ClusterView {
    return this.#parts.view
  }

  get brokers(): readonly Broker[] {
    return this.#parts.brokers
  }

  get bootstrapServers(): string[] {
    return this.brokers.map(({ address }) => address)
  }

  get bootstrap(): string {
    return this.bootstrapServers.join()
  }

  broker(id: number): Broker {
    return this.#broker(id)
  }

  /** Starts all brokers and waits until they are in service; creates topics that are missing. */
  async start(topics: Topics): Promise<void> {
    const { brokers, view } = this.#parts
    const start = Promise.all(brokers.map((broker) => broker.start()))
    await this.#inTime(start)
    view.start()
    await this.#until({
      probe: () => (brokers.every((broker) => this.#isInService(broker.id)) ? true : null),
      missing: 'not all brokers are in service',
      truth: () => this.#standing(),
    })
    await this.#create(missingOf(topics, view.image))
    await Promise.all([...topics.keys()].map((name) => this.#known(name)))
  }

  leaderOf(topic: string, partition: number, options?: WaitOptions): Promise<Broker> {
    return this.#until({
      probe: () => {
        const { leader = -1 } = this.#partition(topic, partition) ?? {}
        return this.#isInService(leader) ? this.#broker(leader) : null
      },
      missing: `no leader of ${topic}-${partition}`,
      truth: () => this.#describe(topic, partition),
      ...options,
    })
  }

  controller(options?: WaitOptions): Promise<Broker> {
    const { view } = this.#parts
    return this.#until({
      probe: () => {
        const found = this.#parts.brokers.find(({ id }) => id === view.activeControllerId)
        return found?.isRunning === true ? found : null
      },
      missing: 'no active controller',
      truth: () => this.#standing(),
      ...options,
    })
  }

  isr(
    topic: string,
    partition: number,
    wanted: number | readonly number[] | ((isr: readonly number[]) => boolean) = () => true,
    options?: WaitOptions,
  ): Promise<readonly number[]> {
    const isWanted = typeof wanted === 'function' ? wanted : isrIs(wanted)
    return this.#until({
      probe: () => {
        const isr = this.#partition(topic, partition)?.isr
        return isr && isWanted(isr) ? [...isr] : null
      },
      missing: `the ISR of ${topic}-${partition} is not ${wordsFor(wanted)}`,
      truth: () => this.#describe(topic, partition),
      ...options,
    })
  }

  async caughtUp(topic?: string, options?: WaitOptions): Promise<void> {
    const behind = () => this.#names(topic).flatMap((name) => this.#behind(name))
    await this.#until({
      probe: () => (behind().length === 0 ? true : null),
      missing: `not all replicas${topic === undefined ? '' : ` of ${topic}`} are in sync`,
      truth: () => `${behind().join('; ')}; ${this.#standing()}`,
      ...options,
    })
  }

  async createTopic(name: string, options: TopicOptions = {}): Promise<void> {
    await this.#create(new Map([[name, options]]))
    await this.#known(name)
  }

  cut(one: BrokerRef, other: BrokerRef): void {
    this.#links.cut(this.#idOf(one), this.#idOf(other))
  }

  isolate(broker: BrokerRef): void {
    this.#links.isolate(this.#idOf(broker))
  }

  async heal(): Promise<void> {
    await this.#links.heal()
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #stop(): Promise<void> {
    const { brokers, view, keepsData, release } = this.#parts
    await view.close()
    await Promise.all(brokers.map((broker) => broker.close({ keepsData })))
    await release()
  }

  // --- topics

  async #create(topics: Topics): Promise<void> {
    if (topics.size === 0) return
    const { timeoutMs } = this.#parts
    const client = new Client({
      ...{ net: hostNet, clock: hostClock, random: hostRandom, clientId: 'lograft-cluster' },
      bootstrap: this.#parts.brokers.filter(({ isRunning }) => isRunning),
    })
    try {
      const admin = new Admin(client, { timeoutMs })
      await Promise.all(
        [...topics].map(([name, { partitions, replicationFactor, config = {} }]) =>
          admin.createTopic({
            name,
            partitions: partitions ?? DEFAULT,
            replicationFactor: replicationFactor ?? DEFAULT,
            configs: new Map(Object.entries(config).map(([key, value]) => [key, String(value)])),
          }),
        ),
      )
    } finally {
      await client.close()
    }
  }

  /** Every running broker acts on the topic, and its replicas are in sync. */
  async #known(topic: string): Promise<void> {
    const { brokers, view } = this.#parts
    await this.caughtUp(topic)
    const { metadataOffset } = view.image
    const published = brokers.map((broker) => broker.published(metadataOffset))
    await this.#inTime(Promise.all(published))
  }

  get #links(): Links {
    const { links } = this.#parts
    if (links) return links
    throw new LograftError(
      'UNSUPPORTED',
      'the network between brokers can be damaged only in a cluster started with `links: true`',
    )
  }

  // --- what is true

  #idOf(broker: BrokerRef): number {
    return this.#broker(typeof broker === 'number' ? broker : broker.id).id
  }

  #broker(id: number): EmbeddedBroker {
    const found = this.#parts.brokers.find((broker) => broker.id === id)
    if (found) return found
    const ids = this.#parts.brokers.map((broker) => broker.id).join(', ')
    throw new LograftError('NO_BROKER', `there is no broker ${id}, only ${ids}`)
  }

  #partition(topic: string, partition: number): PartitionRegistration | undefined {
    return this.#parts.view.image.topics.byName.get(topic)?.partitions[partition]
  }

  #names(topic: string | undefined): readonly string[] {
    return topic === undefined ? [...this.#parts.view.image.topics.byName.keys()] : [topic]
  }

  /** In this life: what was committed of an earlier one does not count. */
  #isInService(id: number): boolean {
    const broker = this.#parts.brokers.find((other) => other.id === id)
    const registration = this.#parts.view.image.brokers.get(asNodeId(id))
    return isActive(registration) && broker?.brokerEpoch === registration?.brokerEpoch
  }

  /** Partitions of a topic that are not whole, in words. */
  #behind(topic: string): readonly string[] {
    const found = this.#parts.view.image.topics.byName.get(topic)
    if (!found) return [this.#describe(topic, 0)]
    const isWhole = ({ replicas, isr }: PartitionRegistration) =>
      replicas.every((id) => isr.includes(id) && this.#isInService(id))
    return found.partitions.flatMap((partition, index) =>
      isWhole(partition) ? [] : [this.#describe(topic, index)],
    )
  }

  #describe(topic: string, partition: number): string {
    const found = this.#partition(topic, partition)
    const known = this.#parts.view.image.topics.byName.get(topic)
    if (!known) return `there is no topic ${topic}; ${this.#standing()}`
    if (!found) return `${topic} has ${known.partitions.length} partitions; ${this.#standing()}`
    const { leader, isr, replicas } = found
    const leads = leader < 0 ? 'nobody leads' : `${leader} leads`
    return `${topic}-${partition}: ${leads}, in sync ${list(isr)} of ${list(replicas)}; ${this.#standing()}`
  }

  #standing(): string {
    const { brokers, view } = this.#parts
    const said = brokers.map((broker) => {
      const isOut = broker.state === 'running' && !this.#isInService(broker.id)
      return `broker ${broker.id} ${broker.state}${isOut ? ' but not in service' : ''}`
    })
    const leads = view.activeControllerId ?? 'none'
    return `${said.join(', ')}, active controller ${leads}`
  }

  // --- waiting

  #until<Value>(wait: Omit<Wait<Value>, 'timeoutMs'> & WaitOptions): Promise<Value> {
    const { view, timeoutMs } = this.#parts
    return view.until({ timeoutMs, ...wait })
  }

  /** For what tells of its end by itself. */
  async #inTime(work: Promise<unknown>): Promise<void> {
    let isDone = false
    const done = work.then(() => {
      isDone = true
      this.#parts.view.changed()
    })
    const waited = this.#until({
      probe: () => (isDone ? true : null),
      missing: 'not all brokers are in service',
      truth: () => this.#standing(),
    })
    await Promise.race([waited, done.then(() => waited)])
  }
}

function isrIs(wanted: number | readonly number[]): (isr: readonly number[]) => boolean {
  if (typeof wanted === 'number') return (isr) => isr.length === wanted
  return (isr) => isr.length === wanted.length && wanted.every((id) => isr.includes(asNodeId(id)))
}

function wordsFor(wanted: unknown): string {
  if (typeof wanted === 'function') return 'as wanted'
  return typeof wanted === 'number' ? `of size ${wanted}` : list(wanted as readonly number[])
}

const list = (ids: readonly (number | NodeId)[]) => (ids.length === 0 ? 'nobody' : ids.join(','))

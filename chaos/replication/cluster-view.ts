/**
 * Who leads what and who is in sync, as every broker of a cluster tells it, asked again and again
 * on connections of its own. What counts is the newest leader epoch that anybody has told: a broker
 * that sleeps or is cut off tells old news. What a broker said before its connection ended is
 * forgotten.
 */
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import { Client, type Address } from '../../test/support/client.ts'
import { within } from '../../test/support/within.ts'

/** Between two questions to one broker. */
const CALM_MS = 50
const URGENT_MS = 10
const ANSWER_WITHIN_MS = 1_000

export interface PartitionView {
  readonly partition: number
  /** −1: nobody. */
  readonly leader: number
  readonly leaderEpoch: number
  readonly isr: readonly number[]
  readonly replicas: readonly number[]
}

interface Told {
  readonly controllerId: number
  /** Brokers in service. */
  readonly brokers: readonly number[]
  readonly partitions: readonly PartitionView[]
}

export interface ClusterViewOptions {
  readonly topic: string
  readonly doors: ReadonlyMap<number, Address>
  readonly nowMs: () => number
  /** A newer leader epoch than any before was told. */
  readonly onLeader?: (view: PartitionView, by: number, atMs: number) => void
}

export class ClusterView {
  readonly #options: ClusterViewOptions
  readonly #told = new Map<number, Told>()
  readonly #newest = new Map<number, PartitionView>()
  readonly #loops: Promise<void>[]
  #waiting: (() => void)[] = []
  #isClosed = false
  /** How many want to hear of changes soon. */
  #urgent = 0

  constructor(options: ClusterViewOptions) {
    this.#options = options
    this.#loops = [...options.doors].map(([nodeId, door]) => this.#ask(nodeId, door))
  }

  /** By the newest epoch; undefined before anybody has told. */
  partition(index: number): PartitionView | undefined {
    return this.#newest.get(index)
  }

  get partitions(): readonly PartitionView[] {
    return [...this.#newest.values()]
  }

  /** The active controller, if all who answer name the same one, and more than half do. */
  get controller(): number | null {
    const named = new Set([...this.#told.values()].map(({ controllerId }) => controllerId))
    const [only] = named
    return named.size === 1 && this.#told.size * 2 > this.#options.doors.size
      ? (only ?? null)
      : null
  }

  /** All brokers tell the same, and every replica is in sync. */
  get isWhole(): boolean {
    if (this.#told.size < this.#options.doors.size || this.#newest.size === 0) return false
    return [...this.#told.values()].every(
      ({ brokers, partitions }) =>
        brokers.length === this.#options.doors.size &&
        partitions.length === this.#newest.size &&
        partitions.every(({ partition, leader, leaderEpoch, isr, replicas }) => {
          const newest = this.#newest.get(partition)
          return (
            leader >= 0 && leaderEpoch === newest?.leaderEpoch && isr.length === replicas.length
          )
        }),
    )
  }

  /** What it is that is not whole, for a message. */
  get shown(): string {
    const lines = [...this.#told].map(([node, { brokers, partitions }]) => {
      const odd = partitions.filter(({ isr, replicas }) => isr.length < replicas.length)
      const shown = odd.map(
        ({ partition, leader, leaderEpoch, isr }) =>
          `${partition}: leader ${leader} epoch ${leaderEpoch} isr ${isr.join()}`,
      )
      return `node ${node} knows brokers ${brokers.join()}; ${shown.join(', ') || 'all in sync'}`
    })
    return lines.join('\n')
  }

  /** Resolves with the next news of any broker. */
  news(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Asks more often while `work` lasts. */
  async urgently<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#urgent += 1
    try {
      return await work()
    } finally {
      this.#urgent -= 1
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all(this.#loops)
  }

  async #ask(nodeId: number, door: Address): Promise<void> {
    let client: Client | null = null
    while (!this.#isClosed) {
      try {
        client ??= await Client.connect(door, { clientId: 'view' })
        this.#heard(nodeId, await within(ANSWER_WITHIN_MS, 'metadata', this.#question(client)))
      } catch {
        await client?.close()
        client = null
        this.#told.delete(nodeId)
        this.#tellNews()
      }
      await new Promise((resolve) => setTimeout(resolve, this.#urgent > 0 ? URGENT_MS : CALM_MS))
    }
    await client?.close()
  }

  async #question(client: Client): Promise<Told> {
    const { topic } = this.#options
    const { controllerId, brokers, topics } = await client.request(metadata, 9, {
      topics: [{ name: topic }],
      allowAutoTopicCreation: false,
      includeClusterAuthorizedOperations: false,
      includeTopicAuthorizedOperations: false,
    })
    const partitions = (topics[0]?.partitions ?? []).map((told) => ({
      partition: told.partitionIndex,
      leader: told.leaderId,
      leaderEpoch: told.leaderEpoch,
      isr: told.isrNodes,
      replicas: told.replicaNodes,
    }))
    return { controllerId, brokers: brokers.map((broker) => broker.nodeId), partitions }
  }

  #heard(nodeId: number, told: Told): void {
    this.#told.set(nodeId, told)
    const { nowMs, onLeader } = this.#options
    for (const view of told.partitions) {
      const known = this.#newest.get(view.partition)
      if (known && known.leaderEpoch > view.leaderEpoch) continue
      this.#newest.set(view.partition, view)
      if (known?.leaderEpoch !== view.leaderEpoch) onLeader?.(view, nodeId, nowMs())
    }
    this.#tellNews()
  }

  #tellNews(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const tell of waiting) tell()
  }
}

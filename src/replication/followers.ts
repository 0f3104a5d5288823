/**
 * The partitions that follow, by the broker they follow: one fetcher for each leader. A partition
 * is placed anew when its leader epoch has changed, and only then.
 */
import type { Clock } from '../base/clock.ts'
import type { NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Net } from '../base/net.ts'
import { NO_LEADER } from '../metadata/records.ts'
import { Fetcher, type FetcherOptions } from './fetcher.ts'
import type { Partition } from './partition.ts'
import type { BrokerAddress } from './ports.ts'

export interface FollowersOptions {
  readonly self: NodeId
  readonly brokerEpoch: () => number
  readonly limits: FetcherOptions['limits']
  /** Where a broker is reached; undefined when it is not registered. */
  readonly address: (nodeId: NodeId) => BrokerAddress | undefined
  readonly net: Net
  readonly clock: Clock
  readonly logger: Logger
  readonly fatal: (error: Error) => void
}

interface Following {
  readonly leader: NodeId
  readonly leaderEpoch: number
}

interface Running {
  readonly address: BrokerAddress
  readonly fetcher: Fetcher
}

export class Followers {
  readonly #options: FollowersOptions
  readonly #following = new Map<Partition, Following>()
  readonly #partitions = new Map<NodeId, Set<Partition>>()
  readonly #fetchers = new Map<NodeId, Running>()
  readonly #stopping = new Set<Promise<void>>()
  #isStopped = false

  constructor(options: FollowersOptions) {
    this.#options = options
  }

  /** Metadata has said who leads it. */
  place(partition: Partition): void {
    const { leader, leaderEpoch } = partition
    const was = this.#following.get(partition)
    if (was?.leader === leader && was.leaderEpoch === leaderEpoch) return
    this.drop(partition)
    if (leader === NO_LEADER || leader === this.#options.self || this.#isStopped) return
    this.#following.set(partition, { leader, leaderEpoch })
    const siblings = this.#partitions.get(leader)
    if (siblings) siblings.add(partition)
    else this.#partitions.set(leader, new Set([partition]))
    this.#fetcherOf(leader)?.follow(partition)
  }

  /** It is not followed here any more. */
  drop(partition: Partition): void {
    const was = this.#following.get(partition)
    if (was === undefined) return
    const { leader } = was
    this.#following.delete(partition)
    const siblings = this.#partitions.get(leader)
    siblings?.delete(partition)
    if (siblings?.size === 0) this.#partitions.delete(leader)
    const running = this.#fetchers.get(leader)
    running?.fetcher.unfollow(partition)
    if (running?.fetcher.isIdle) this.#end(leader)
  }

  /** Brokers may have moved: those that did are dialled where they are now. */
  addressesChanged(): void {
    // Whoever stopped closes the logs next: nobody may append to them.
    if (this.#isStopped) return
    for (const [leader, partitions] of this.#partitions) {
      const address = this.#options.address(leader)
      const running = this.#fetchers.get(leader)
      if (
        running &&
        address?.host === running.address.host &&
        address.port === running.address.port
      )
        continue
      this.#end(leader)
      const fetcher = this.#fetcherOf(leader)
      for (const partition of partitions) fetcher?.follow(partition)
    }
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    this.#isStopped = true
    for (const leader of [...this.#fetchers.keys()]) this.#end(leader)
    await Promise.all(this.#stopping)
  }

  #fetcherOf(leader: NodeId): Fetcher | null {
    const running = this.#fetchers.get(leader)
    if (running) return running.fetcher
    const address = this.#options.address(leader)
    if (address === undefined) return null
    const { host, port } = address
    const fetcher = new Fetcher({ ...this.#options, leader, address: { host, port } })
    this.#fetchers.set(leader, { address: { host, port }, fetcher })
    return fetcher
  }

  #end(leader: NodeId): void {
    const running = this.#fetchers.get(leader)
    if (running === undefined) return
    this.#fetchers.delete(leader)
    const stopped = running.fetcher.stop().finally(() => this.#stopping.delete(stopped))
    this.#stopping.add(stopped)
  }
}

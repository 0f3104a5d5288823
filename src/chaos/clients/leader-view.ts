/**
 * Who leads what, as every broker tells it, asked again and again on a connection of its own. What
 * counts is the newest leader epoch that anybody has told: a broker that sleeps or is cut off tells
 * old news. So a client knows within milliseconds of another leader, whoever is gone. It asks until
 * its process ends.
 */
import { delay } from '../../base/clock.ts'
import { Cluster } from '../../client/cluster.ts'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { hostNet } from '../../host/net.ts'
import { hostRandom } from '../../host/random.ts'

/** Between two questions to one broker. */
const CALM_MS = 100
const URGENT_MS = 10
const ANSWER_WITHIN_MS = 1_000

export interface Leadership {
  readonly leader: HostPort
  readonly leaderEpoch: number
}

export interface LeaderViewOptions {
  readonly bootstrap: readonly HostPort[]
  readonly clientId: string
  readonly topics: readonly string[]
}

export class LeaderView {
  readonly #options: LeaderViewOptions
  /** By topic and partition; null: nobody leads. */
  readonly #newest = new Map<string, { epoch: number; leader: HostPort | null }>()
  #waiting: (() => void)[] = []
  #urgent = 0

  constructor(options: LeaderViewOptions) {
    this.#options = options
    for (const broker of options.bootstrap) void this.#ask(broker)
  }

  /** By the newest epoch; null while nobody is known to lead. */
  leaderOf(topic: string, partition: number): Leadership | null {
    const newest = this.#newest.get(`${topic} ${partition}`)
    return newest?.leader ? { leader: newest.leader, leaderEpoch: newest.epoch } : null
  }

  /** Resolves with the next answer of any broker. */
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

  async #ask(broker: HostPort): Promise<void> {
    const { topics, clientId } = this.#options
    const cluster = clusterAt(broker, clientId)
    for (;;) {
      // A broker that is not there is asked again.
      const told = await cluster.metadata(topics).catch(() => null)
      if (told !== null) this.#heard(told)
      const waiting = this.#waiting
      this.#waiting = []
      for (const tell of waiting) tell()
      await delay(hostClock, this.#urgent > 0 ? URGENT_MS : CALM_MS)
    }
  }

  #heard({ brokers, topics }: Awaited<ReturnType<Cluster['metadata']>>): void {
    for (const { name, partitions } of topics)
      for (const { partitionIndex, leaderId, leaderEpoch } of partitions) {
        const place = `${name} ${partitionIndex}`
        const known = this.#newest.get(place)
        if (known && known.epoch > leaderEpoch) continue
        const leader = brokers.find(({ nodeId }) => nodeId === leaderId) ?? null
        this.#newest.set(place, { epoch: leaderEpoch, leader })
      }
  }
}

/** One broker, and no other: whoever is asked is meant. */
export function clusterAt({ host, port }: HostPort, clientId: string): Cluster {
  return new Cluster({
    ...{ net: hostNet, clock: hostClock, random: hostRandom, clientId },
    bootstrap: [{ host, port }],
    ...{ connectTimeoutMs: ANSWER_WITHIN_MS, greetingTimeoutMs: ANSWER_WITHIN_MS },
    requestTimeoutMs: ANSWER_WITHIN_MS,
  })
}

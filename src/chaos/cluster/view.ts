/**
 * Who leads what, who is in sync, and which controller is active, as every broker of a cluster
 * tells it over Kafka's protocol, asked again and again on connections of its own. What counts is
 * the newest epoch that anybody has told: a broker that sleeps or is cut off tells old news. What a
 * broker said before its connection ended is forgotten.
 */
import { delay } from '../../base/clock.ts'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import type { Api, IncomingResponse } from '../../wire/api.ts'
import { metadata } from '../../wire/apis/03-metadata.ts'
import { findCoordinator } from '../../wire/apis/10-find-coordinator.ts'
import { describeQuorum } from '../../wire/apis/55-describe-quorum.ts'
import { errors } from '../../wire/errors.ts'
import { BrokerLink, type Question } from './broker-link.ts'

/** Between two questions to one broker. */
const CALM_MS = 50
const URGENT_MS = 10
const QUORUM_MS = 100
/** Who has not answered by then is taken for silent. */
const ANSWER_WITHIN_MS = 1_000
/** From version 4 on no topic is created by asking for it. */
const METADATA_VERSIONS = [4, 12] as const
/** One key at a time. */
const COORDINATOR_VERSIONS = [0, 3] as const
const GROUP = 0
const METADATA_LOG = '__cluster_metadata'

export interface PartitionView {
  readonly topic: string
  readonly partition: number
  /** −1: nobody. */
  readonly leader: number
  readonly leaderEpoch: number
  readonly isr: readonly number[]
  readonly replicas: readonly number[]
}

export interface QuorumView {
  /** −1: nobody. */
  readonly leader: number
  readonly epoch: number
  readonly voters: readonly number[]
}

interface Told {
  /** Brokers in service. */
  readonly brokers: readonly number[]
  readonly partitions: readonly PartitionView[]
}

export interface ClusterViewOptions {
  readonly topics: readonly string[]
  /** Where each broker is asked. */
  readonly doors: ReadonlyMap<number, HostPort>
  readonly nowMs: () => number
  /** A newer leader epoch than any before was told. */
  readonly onLeader?: (view: PartitionView, by: number, atMs: number) => void
  /** As told by its leader: in the same leader epoch, others are in sync now. */
  readonly onIsr?: (view: PartitionView, atMs: number) => void
  readonly onController?: (quorum: QuorumView, atMs: number) => void
}

export class ClusterView {
  readonly #options: ClusterViewOptions
  /** For metadata alone: answers come in order, and others may take long. */
  readonly #links: readonly BrokerLink[]
  readonly #askers: readonly BrokerLink[]
  readonly #told = new Map<number, Told>()
  /** By topic and partition. */
  readonly #newest = new Map<string, PartitionView>()
  #quorum: QuorumView | null = null
  readonly #loops: Promise<void>[]
  readonly #closing = new AbortController()
  #waiting: (() => void)[] = []
  /** How many want to hear of changes soon. */
  #urgent = 0

  constructor(options: ClusterViewOptions) {
    this.#options = options
    const links = () =>
      [...options.doors].map(
        ([nodeId, door]) =>
          new BrokerLink(nodeId, door, { clientId: 'view', timeoutMs: ANSWER_WITHIN_MS }),
      )
    this.#links = links()
    this.#askers = links()
    this.#loops = [...this.#links.map((link) => this.#listen(link)), this.#watchQuorum()]
  }

  /** By the newest epoch; undefined before anybody has told. */
  partition(topic: string, index: number): PartitionView | undefined {
    return this.#newest.get(`${topic}-${index}`)
  }

  get partitions(): readonly PartitionView[] {
    return [...this.#newest.values()]
  }

  /** As last told, of the newest epoch; null before that. */
  get quorum(): QuorumView | null {
    return this.#quorum
  }

  /** The active controller, as last told; null when nobody is. */
  get controller(): number | null {
    const leader = this.#quorum?.leader ?? -1
    return leader < 0 ? null : leader
  }

  /** All brokers tell the same, and every replica of all the topics is in sync. */
  get isWhole(): boolean {
    if (this.#told.size < this.#options.doors.size) return false
    const found = new Set(this.partitions.map(({ topic }) => topic))
    if (!this.#options.topics.every((topic) => found.has(topic))) return false
    return [...this.#told.values()].every(
      ({ brokers, partitions }) =>
        brokers.length === this.#options.doors.size &&
        partitions.length === this.#newest.size &&
        partitions.every(({ topic, partition, leader, leaderEpoch, isr, replicas }) => {
          const newest = this.partition(topic, partition)
          return (
            leader >= 0 && leaderEpoch === newest?.leaderEpoch && isr.length === replicas.length
          )
        }),
    )
  }

  /** What it is that is not whole, for a message. */
  get shown(): string {
    const silent = [...this.#options.doors.keys()].filter((node) => !this.#told.has(node))
    const lines = [...this.#told].map(([node, { brokers, partitions }]) => {
      const odd = partitions.filter(({ isr, replicas }) => isr.length < replicas.length)
      const shown = odd.map(
        ({ topic, partition, leader, leaderEpoch, isr }) =>
          `${topic}-${partition}: leader ${leader} epoch ${leaderEpoch} isr ${isr.join()}`,
      )
      return `node ${node} knows brokers ${brokers.join()}; ${shown.join(', ') || 'all in sync'}`
    })
    return [...lines, ...silent.map((node) => `node ${node} does not answer`)].join('\n')
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

  /** Asks all brokers at once; the first answer that satisfies, or null when there is none. */
  async ask<A extends Api>(
    question: Question<A>,
    isWanted: (answer: IncomingResponse<A>) => boolean,
  ): Promise<IncomingResponse<A> | null> {
    const answers = this.#askers.map(async (link) => {
      const answer = await link.ask(question)
      if (!isWanted(answer)) throw new Error('another answer is wanted')
      return answer
    })
    return Promise.any(answers).catch(() => null)
  }

  /** The coordinator of a group; null when nobody knows. */
  async coordinatorOf(group: string): Promise<number | null> {
    const body = { key: group, keyType: GROUP }
    const answer = await this.ask(
      { api: findCoordinator, body, versions: COORDINATOR_VERSIONS },
      ({ errorCode, nodeId }) => errorCode === errors.NONE && nodeId >= 0,
    )
    return answer?.nodeId ?? null
  }

  /** A topic that is not among those that are watched, as anybody tells it; null: nobody does. */
  async describe(topic: string): Promise<readonly PartitionView[] | null> {
    const answer = await this.ask(
      { api: metadata, body: metadataOf([topic]), versions: METADATA_VERSIONS },
      ({ topics }) => topics[0]?.errorCode === errors.NONE,
    )
    return answer ? partitionsIn(answer) : null
  }

  /** Everybody who votes on metadata, by the newest epoch that is told now; null: nobody tells. */
  async askQuorum(): Promise<QuorumView | null> {
    const answers = await Promise.all(
      this.#askers.map((link) => link.ask(QUORUM_QUESTION).then(quorumIn, () => null)),
    )
    for (const answer of answers) if (answer) this.#heardQuorum(answer)
    return answers.some((answer) => answer !== null) ? this.#quorum : null
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#loops)
    await Promise.all([...this.#links, ...this.#askers].map((link) => link.close()))
    this.#tellNews()
  }

  async #listen(link: BrokerLink): Promise<void> {
    const body = metadataOf(this.#options.topics)
    while (!this.#closing.signal.aborted) {
      try {
        const answer = await link.ask({ api: metadata, body, versions: METADATA_VERSIONS })
        const brokers = answer.brokers.map(({ nodeId }) => nodeId)
        this.#heard(link.nodeId, { brokers, partitions: partitionsIn(answer) })
      } catch {
        if (this.#told.delete(link.nodeId)) this.#tellNews()
      }
      const pauseMs = this.#urgent > 0 ? URGENT_MS : CALM_MS
      await delay(hostClock, pauseMs, this.#closing.signal)
    }
  }

  async #watchQuorum(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      await this.askQuorum()
      await delay(hostClock, QUORUM_MS, this.#closing.signal)
    }
  }

  #heard(nodeId: number, told: Told): void {
    if (this.#closing.signal.aborted) return
    this.#told.set(nodeId, told)
    const { nowMs, onLeader, onIsr } = this.#options
    for (const view of told.partitions) {
      const name = `${view.topic}-${view.partition}`
      const known = this.#newest.get(name)
      if (known && known.leaderEpoch > view.leaderEpoch) continue
      const isNewEpoch = known?.leaderEpoch !== view.leaderEpoch
      // In one epoch its leader is the first to know who is in sync.
      if (!isNewEpoch && nodeId !== view.leader) continue
      this.#newest.set(name, view)
      if (isNewEpoch) onLeader?.(view, nodeId, nowMs())
      else if (String(known.isr) !== String(view.isr)) onIsr?.(view, nowMs())
    }
    this.#tellNews()
  }

  #heardQuorum(told: QuorumView): void {
    const known = this.#quorum
    if (known && (known.epoch > told.epoch || (known.epoch === told.epoch && told.leader < 0)))
      return
    this.#quorum = told
    if (known?.epoch !== told.epoch || known.leader !== told.leader)
      this.#options.onController?.(told, this.#options.nowMs())
  }

  #tellNews(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const tell of waiting) tell()
  }
}

const metadataOf = (topics: readonly string[]) => ({
  topics: topics.map((name) => ({ name })),
  allowAutoTopicCreation: false,
})

const QUORUM_QUESTION = {
  api: describeQuorum,
  body: { topics: [{ topicName: METADATA_LOG, partitions: [{ partitionIndex: 0 }] }] },
}

function quorumIn(answer: IncomingResponse<typeof describeQuorum>): QuorumView | null {
  const partition = answer.topics[0]?.partitions[0]
  if (answer.errorCode !== errors.NONE || partition?.errorCode !== errors.NONE) return null
  const { leaderId: leader, leaderEpoch: epoch, currentVoters } = partition
  return { leader, epoch, voters: currentVoters.map(({ replicaId }) => replicaId) }
}

function partitionsIn(answer: IncomingResponse<typeof metadata>): readonly PartitionView[] {
  return answer.topics.flatMap(({ name, partitions }) =>
    partitions.map((told) => ({
      topic: name ?? '',
      partition: told.partitionIndex,
      leader: told.leaderId,
      leaderEpoch: told.leaderEpoch,
      isr: told.isrNodes,
      replicas: told.replicaNodes,
    })),
  )
}

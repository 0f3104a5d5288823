/**
 * Everybody who uses the cluster: one process on a machine of its own that nobody stops, with
 * producers and consumers of every partition. They know who leads from some node's metadata, which
 * may be old. What they are told is compared with what the partition has promised.
 */
import type { Chance } from '../draw.ts'
import type { Scheduler } from '../scheduler.ts'
import { Process } from '../system/process.ts'
import type { Verdict } from '../system/verdict.ts'
import type { Trace } from '../trace.ts'
import type { KnownLeader } from './consumer.ts'
import { SimulatedConsumer } from './consumer.ts'
import type { Machine } from './machine.ts'
import type { ClusterMarks } from './marks.ts'
import type { PartitionWatch } from './partition-watch.ts'
import { errorName } from '../../../src/wire/errors.ts'
import { SimulatedProducer } from './producer.ts'
import type { SentRecord } from './records.ts'
import { Strays } from './strays.ts'
import type { ClusterSwarm } from './swarm.ts'
import type { ProducerIds } from './invariants/producer-ids.ts'
import type { Wires } from './wires.ts'

export interface ClientsOptions {
  readonly swarm: ClusterSwarm
  readonly scheduler: Scheduler
  readonly chance: Chance
  readonly wires: Wires
  readonly verdict: Verdict
  readonly trace: Trace
  readonly marks: ClusterMarks
  readonly machines: readonly Machine[]
  readonly watches: readonly PartitionWatch[]
  readonly producerIds: ProducerIds
}

const LIFE = 999_000
/** How often a client asks a node that knows, instead of one whose metadata is old. */
const FRESH = 0.5

export class Clients {
  readonly #of: ClientsOptions
  readonly process: Process
  readonly producers: readonly SimulatedProducer[]
  readonly consumers: readonly SimulatedConsumer[]
  readonly #strays: Strays

  constructor(of: ClientsOptions) {
    this.#of = of
    const { scheduler, chance, swarm, watches } = of
    this.process = new Process({
      ...{ scheduler, chance, life: LIFE, rate: 1, turnUs: swarm.turnUs, lookMs: 0 },
    })
    const net = of.wires.net(swarm.nodes, this.process)
    this.#strays = new Strays({
      ...{ net, process: this.process, note: (text) => this.#note(text) },
    })
    this.producers = watches.flatMap((watch) =>
      Array.from({ length: swarm.producers }, (_, number) => this.#producer(net, watch, number)),
    )
    this.consumers = watches.flatMap((watch) =>
      Array.from({ length: swarm.consumers }, (_, number) => this.#consumer(net, watch, number)),
    )
  }

  begin(): void {
    for (const client of [...this.producers, ...this.consumers])
      this.process.happen(() => client.begin())
  }

  end(): void {
    this.process.die()
  }

  produce(producer: number, count: number): void {
    this.process.happen(() => this.producers[producer]?.send(count))
  }

  /** One record for a partition to this node, whoever leads. */
  stray(node: number, watch: PartitionWatch): void {
    this.process.happen(() => this.#strays.send(node, watch))
  }

  /** All that was sent to a partition, by whomever. */
  sentTo({ topic, index }: Pick<PartitionWatch, 'topic' | 'index'>): readonly SentRecord[] {
    const producers = this.producers.filter((of) => of.topic === topic && of.partition === index)
    const strays = this.#strays.sent.filter((of) => of.topic === topic && of.index === index)
    return [...producers.flatMap(({ sent }) => sent), ...strays]
  }

  #producer(net: ReturnType<Wires['net']>, watch: PartitionWatch, number: number) {
    const { swarm, verdict, marks, producerIds } = this.#of
    const { topic, index: partition, ledger } = watch
    const name = `producer ${number} of ${ledger.name}`
    const { produceTimeoutMs: timeoutMs, valueBytes } = swarm
    return new SimulatedProducer({
      ...{ name, topic, partition, net, timeoutMs, valueBytes },
      acks: watch.plan.acks,
      process: this.process,
      leader: this.leaderOf(watch),
      anybody: () => Math.floor(this.process.draw(81) * swarm.nodes),
      told: {
        acknowledged: (sequence, baseOffset) => {
          if (watch.plan.acks !== -1) return
          verdict.note(() => ledger.acknowledge(sequence, baseOffset))
        },
        refused: (sequence, errorCode, isFirstAttempt) => {
          marks.hit('refused below min isr')
          if (isFirstAttempt) verdict.note(() => ledger.refused(sequence, errorName(errorCode)))
        },
        inOrder: (baseOffset, nextBaseOffset) =>
          verdict.note(() => ledger.inOrder(baseOffset, nextBaseOffset, name)),
        outOfOrder: (sequence, errorCode) =>
          verdict.note(() => ledger.outOfOrder(sequence, errorName(errorCode), name)),
        note: (text) => this.#note(`${name}: ${text}`),
        producerId: (id) => verdict.note(() => producerIds.given(id)),
      },
    })
  }

  #consumer(net: ReturnType<Wires['net']>, watch: PartitionWatch, number: number) {
    const { swarm, verdict } = this.#of
    const { topic, index: partition, ledger } = watch
    const name = `consumer ${number} of ${ledger.name}`
    const { timing, fetchBytes: maxBytes } = swarm
    return new SimulatedConsumer({
      ...{ name, topic, partition, net, maxBytes, waitMs: timing.fetchWaitMs },
      process: this.process,
      leader: this.leaderOf(watch),
      told: {
        read: (batch) => verdict.note(() => ledger.consumed(batch, name)),
        damaged: (offset) =>
          verdict.note(() => ledger.check(false, 'C16-damaged', () => `${name}: at ${offset}`)),
        outOfRange: (offset) => verdict.note(() => ledger.outOfRange(offset, name)),
        latest: (offset, atLeast) => verdict.note(() => ledger.latest(offset, atLeast, name)),
      },
    })
  }

  #note(text: string): void {
    const { trace, scheduler } = this.#of
    trace.add({
      ...{ at: scheduler.now, node: 0, step: scheduler.events },
      detail: { type: 'note', text },
    })
  }

  /** For one client: as the metadata of some node has it, but never older than it knew. */
  leaderOf(watch: Pick<PartitionWatch, 'topic' | 'index'>): () => KnownLeader | null {
    let known: KnownLeader | null = null
    return () => {
      const found = this.#ask(watch)
      if (found && found.leaderEpoch >= (known?.leaderEpoch ?? 0)) known = found
      return known
    }
  }

  #ask({ topic, index }: Pick<PartitionWatch, 'topic' | 'index'>): KnownLeader | null {
    const serving = this.#of.machines.filter(({ isServing }) => isServing)
    if (serving.length === 0) return null
    const isFresh = this.process.draw(82) < FRESH
    const offsetOf = ({ life }: Machine) => life?.loader.publishedImage.metadataOffset ?? -1
    const asked = isFresh
      ? serving.reduce((best, machine) => (offsetOf(machine) > offsetOf(best) ? machine : best))
      : serving[Math.floor(this.process.draw(83) * serving.length)]
    const image = asked?.life?.loader.publishedImage
    const registration = image?.topics.byName.get(topic)?.partitions[index]
    if (registration === undefined || registration.leader < 0) return null
    return { node: registration.leader - 1, leaderEpoch: registration.leaderEpoch }
  }
}

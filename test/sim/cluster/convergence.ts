/**
 * The second half of a cluster run: what a whole cluster owes once the faults are over. Within a
 * bound every partition has a leader and all of its replicas in sync, what was produced is
 * acknowledged, all replicas are the same, and everybody has read everything (B14, C19). Then one
 * of its nodes is killed, and what is produced is acknowledged again within a session (C20).
 */
import { imageRecords } from '../../../src/metadata/snapshot.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import { check, Violation } from '../invariants/violation.ts'
import type { PartitionWatch } from './partition-watch.ts'
import { judgeRecords } from './records.ts'
import type { TopicPlan } from './swarm.ts'
import type { ClusterWorld } from './world.ts'

/** Virtual time until everything must be in order. */
const BOUND_US = 20_000_000
const LOOK_US = 100_000
/** Beyond a session, until a cluster that has lost a leader acknowledges again. */
const RESUMES_US = 1_000_000
/** More is produced meanwhile, so that there is something to agree on. */
const BATCHES = 3
const CALM_WIRES = { delayUs: 200, jitterUs: 200 }

export class ClusterConvergence {
  readonly #world: ClusterWorld

  constructor(world: ClusterWorld) {
    this.#world = world
  }

  async run(): Promise<void> {
    const { clients, marks } = this.#world
    this.#heal()
    await this.#within('topics are there', () => {
      return this.#world.watches.every((watch) => this.#world.registrationOf(watch) !== undefined)
    })
    await this.#within('producers have ids', () => clients.producers.every((p) => p.isReady))
    for (const producer of clients.producers.keys())
      for (let batch = 0; batch < BATCHES; batch += 1) clients.produce(producer, 1)
    await this.#within('everything is in order', () => this.#disorder() === null)
    this.#sameMetadata()
    this.#judgeRecords()
    marks.hit('healed and agreed')
    await this.#losesOne()
  }

  /** C20. */
  async #losesOne(): Promise<void> {
    const { swarm, scheduler, clients, machines, watches } = this.#world
    const watch = watches.find(({ plan }) => bearsLoss(plan))
    const leader = (watch && this.#world.registrationOf(watch)?.leader) ?? -1
    const machine = machines[leader - 1]
    const number = clients.producers.findIndex(({ topic, partition }) => {
      return topic === watch?.topic && partition === watch.index
    })
    const producer = clients.producers[number]
    if (!machine || !producer || watch?.ledger.taintedBy !== null) return
    const resumesUs = swarm.timing.sessionMs * 1_000 + RESUMES_US
    machine.awayUs = 2 * resumesUs
    machine.doom({ isPowerCut: false, changes: 0, near: null })
    await this.#world.runFor(1)
    clients.produce(number, 1)
    const { acknowledged } = producer
    const until = scheduler.now + resumesUs
    while (producer.acknowledged === acknowledged) {
      check(scheduler.now < until, 'C20-resumed', () => {
        return `${watch?.ledger.name}: node ${leader} was killed; ${producer.describe()}`
      })
      await this.#world.runFor(LOOK_US)
    }
  }

  #heal(): void {
    const { network, wires, metadata, machines } = this.#world
    network.heal({ loss: 0, duplication: 0, replay: 0, isFifo: false, ...CALM_WIRES })
    wires.plan = CALM_WIRES
    metadata.calm()
    for (const machine of machines) {
      machine.process?.wake()
      machine.disk.isFull = false
      machine.disk.failsSync = false
      machine.isCalm = true
      machine.spare()
      machine.start()
    }
  }

  async #within(what: string, holds: () => boolean): Promise<void> {
    const { scheduler } = this.#world
    const until = scheduler.now + BOUND_US
    while (scheduler.now < until) {
      if (holds()) return
      await this.#world.runFor(LOOK_US)
    }
    throw new Violation('L-convergence', `not within the bound: ${what}; ${this.#disorder() ?? ''}`)
  }

  /** What is not as it must come to be; null when all is. */
  #disorder(): string | null {
    const { machines, clients, watches } = this.#world
    const down = machines.find(({ isServing }) => !isServing)
    if (down) return `node ${down.node + 1} does not serve`
    for (const producer of clients.producers)
      if (producer.open > 0 && !this.#hasLost(producer)) return producer.describe()
    for (const watch of watches) {
      const trouble = this.#troubleOf(watch)
      if (trouble !== null) return `${watch.ledger.name}: ${trouble}`
    }
    return null
  }

  /** Records were lost, as may be: a producer may have to begin anew. */
  #hasLost({ topic, partition }: { readonly topic: string; readonly partition: number }): boolean {
    return (this.#world.watchOf(topic, partition)?.ledger.taintedBy ?? null) !== null
  }

  #troubleOf(watch: PartitionWatch): string | null {
    const registration = this.#world.registrationOf(watch)
    if (registration === undefined) return 'it does not exist'
    const { leader, isr, replicas } = registration
    if (leader < 0) return 'nobody leads'
    if (registration.addingReplicas.length > 0) return 'it is being reassigned'
    if (isr.length < replicas.length) return `the isr is [${isr.join()}] of [${replicas.join()}]`
    const end = watch.replicas[leader - 1]?.logEndOffset ?? 0
    for (const id of replicas) {
      const view = watch.replicas[id - 1]
      if (view?.logEndOffset !== end) return `node ${id} ends at ${view?.logEndOffset}, not ${end}`
      if (view.highWatermark !== end)
        return `node ${id} has high watermark ${view.highWatermark}, not ${end}`
      if (watch.ledger.taintedBy === null && view.matchedTo !== watch.ledger.end)
        return `node ${id} matches up to ${view.matchedTo} of ${watch.ledger.end}`
    }
    return this.#unread(watch, end)
  }

  #unread(watch: PartitionWatch, end: number): string | null {
    if (watch.ledger.taintedBy !== null) return null
    for (const { topic, partition, position } of this.#world.clients.consumers)
      if (topic === watch.topic && partition === watch.index && position !== end)
        return `a consumer is at ${position}, not ${end}`
    return null
  }

  /** C3–C7, E1: what was acknowledged is there, once and in order, as whoever reads finds it. */
  #judgeRecords(): void {
    const { clients, watches } = this.#world
    for (const watch of watches) {
      const { topic, index: partition, ledger, plan } = watch
      if (ledger.taintedBy !== null || plan.acks !== -1) continue
      const readers = clients.consumers.filter(
        (reader) => reader.topic === topic && reader.partition === partition,
      )
      for (const { records } of readers)
        judgeRecords({ topic, partition }, clients.sentTo(watch), records)
    }
  }

  #sameMetadata(): void {
    const { machines, metadata } = this.#world
    for (const { node, life } of machines)
      if (life) sameMetadata(`node ${node + 1}`, life.loader.committedImage, metadata.image)
  }
}

/** A5, B13: whoever has heard of the whole log has the fold of it. */
export function sameMetadata(who: string, own: MetadataImage, whole: MetadataImage): void {
  if (own.metadataOffset !== whole.metadataOffset) return
  check(told(own) === told(whole), 'B13-metadata', () => `${who} has other metadata than the log`)
}

/** Two others are left of it, and two are enough. */
function bearsLoss({ replicas, acks, configs }: TopicPlan): boolean {
  return replicas === 3 && acks === -1 && configs['min.insync.replicas'] === undefined
}

function told(image: MetadataImage): string {
  return JSON.stringify([...imageRecords(image)])
}

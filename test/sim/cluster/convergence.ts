/**
 * The second half of a cluster run: what a whole cluster owes once the faults are over. Within a
 * bound every partition has a leader and all of its replicas in sync, what was produced is
 * acknowledged, all replicas are the same, and everybody has read everything (B14, C19).
 */
import { imageRecords } from '../../../src/metadata/snapshot.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import { check, Violation } from '../invariants/violation.ts'
import type { PartitionWatch } from './partition-watch.ts'
import type { ClusterWorld } from './world.ts'

/** Virtual time until everything must be in order. */
const BOUND_US = 20_000_000
const LOOK_US = 100_000
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
    marks.hit('healed and agreed')
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

  /** A5, B13: everybody's state is the fold of the whole log. */
  #sameMetadata(): void {
    const { machines, metadata } = this.#world
    const whole = told(metadata.image)
    for (const { node, life } of machines)
      if (life?.loader.committedImage.metadataOffset === metadata.image.metadataOffset)
        check(told(life.loader.committedImage) === whole, 'B13-metadata', () => {
          return `node ${node + 1} has other metadata than the log`
        })
  }
}

function told(image: MetadataImage): string {
  return JSON.stringify([...imageRecords(image)])
}

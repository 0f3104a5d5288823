/**
 * A run of a whole cluster: machines with brokers and controllers on them, the wires between them,
 * the metadata log, clients, and the faults of one seed. First everything may break and nothing may
 * go wrong (`invariants/`, looked at after every event); then all is healed, and must come to rest
 * in order (`convergence.ts`). As in `../system/world.ts`, what an event has woken runs until it
 * waits again, so that a run is the same every time.
 */
import { asError } from '../../../src/base/errors.ts'
import type { Beat, BeatAnswer } from '../../../src/controller/heartbeats.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import type { PartitionRegistration } from '../../../src/metadata/image/topics.ts'
import type { MetadataRecord } from '../../../src/metadata/records.ts'
import { Chance } from '../draw.ts'
import { Network } from '../network.ts'
import { Scheduler } from '../scheduler.ts'
import { Died } from '../system/mounted-disk.ts'
import { Verdict } from '../system/verdict.ts'
import { Trace } from '../trace.ts'
import { Clients } from './clients.ts'
import { ControllerChecks } from './invariants/controller.ts'
import { ProducerIds } from './invariants/producer-ids.ts'
import { WishChecks } from './invariants/wishes.ts'
import type { Answered } from './heartbeats.ts'
import { NO_TROUBLE, type SimulatedCommands, type WishFate } from './commands.ts'
import type { Life } from './life.ts'
import { Machine } from './machine.ts'
import { ClusterMarks } from './marks.ts'
import { MetadataLog } from './metadata-log.ts'
import { letDeadTasksRest } from './dead-tasks.ts'
import { NOBODY, type Guests } from './guests.ts'
import { nodeConfig } from './node-config.ts'
import { PartitionWatch } from './partition-watch.ts'
import type { Course, Rest } from './replica-view.ts'
import { partitionsOf, type ClusterDecision, type Place, type Target } from './schedule.ts'
import type { ClusterSwarm } from './swarm.ts'
import { Wires } from './wires.ts'

export interface ClusterRun {
  readonly seed: number
  readonly swarm: ClusterSwarm
  readonly schedule: readonly ClusterDecision[]
}

/** Thrown when a run has made as many steps as it was asked to. */
export class Enough extends Error {}

/** Events after which the machine that runs all this has a turn. */
const EVENTS_PER_BREATH = 2_000
/** A stream between nodes tells that the other process is gone, on average after. */
const BROKEN_US = 2_000
const CREATE_RETRY_US = 100_000

export class ClusterWorld {
  readonly swarm: ClusterSwarm
  readonly scheduler = new Scheduler()
  readonly marks = new ClusterMarks()
  readonly verdict = new Verdict()
  readonly trace: Trace
  readonly chance: Chance
  readonly network: Network
  readonly wires: Wires
  readonly metadata: MetadataLog
  readonly machines: readonly Machine[]
  readonly watches: readonly PartitionWatch[]
  readonly clients: Clients
  /** Those that are watched come first. */
  readonly places: readonly Place[]
  /** Others that look on; before anything has happened they may come. */
  guests: Guests = NOBODY
  readonly #wishes = new WishChecks()
  readonly #stepsMax: number
  #deaths = 0
  #wishTroubles: Extract<ClusterDecision, { readonly type: 'wish-trouble' }>[] = []

  constructor(run: ClusterRun, options: { readonly trace: boolean; readonly until: number }) {
    const { seed, swarm } = run
    letDeadTasksRest()
    this.swarm = swarm
    this.#stepsMax = options.until
    this.trace = new Trace(options.trace)
    this.chance = new Chance(seed, 'cluster')
    this.network = this.#newNetwork(seed)
    this.wires = new Wires({
      ...{ scheduler: this.scheduler, chance: this.chance, network: this.network },
      ...{ plan: swarm.wires, hasPower: (machine) => this.machines[machine]?.hasPower ?? true },
    })
    this.metadata = this.#newMetadata()
    this.machines = this.#newMachines()
    this.watches = swarm.topics.flatMap((plan) =>
      Array.from({ length: plan.partitions }, (_, index) => new PartitionWatch(plan, index, swarm)),
    )
    this.places = partitionsOf(swarm)
    this.clients = new Clients({ ...this.#around, producerIds: new ProducerIds() })
    for (const machine of this.machines) this.scheduler.at(machine.node, () => machine.start())
    this.scheduler.at(0, () => this.clients.begin())
    this.#createTopics()
    for (const decision of run.schedule)
      this.scheduler.at(decision.at, () => this.#decide(decision))
  }

  get #around() {
    const { swarm, scheduler, chance, wires, verdict, marks, trace, metadata } = this
    const { machines, watches } = this
    return { swarm, scheduler, chance, wires, verdict, marks, trace, metadata, machines, watches }
  }

  #newNetwork(seed: number): Network {
    const { nodes, wires } = this.swarm
    return new Network({
      ...{ scheduler: this.scheduler, seed, nodes: nodes + 1 },
      plan: { loss: 0, duplication: 0, replay: 0, isFifo: false, ...wires },
      ...{ nodeOf: () => 0, deliver: () => {}, lost: () => {} },
    })
  }

  #newMetadata(): MetadataLog {
    const { nodes, electionUs, commitUs, metadataLagUs: lagUs, metadataSnapshots } = this.swarm
    const checks = new ControllerChecks({
      publishedBy: (nodeId, brokerEpoch) => {
        const life = this.machines[nodeId - 1]?.life
        if (life?.registeredEpoch !== brokerEpoch) return null
        return life.loader.publishedImage.metadataOffset
      },
      unclean: (topic, index) => {
        this.watchOf(topic, index)?.ledger.taint('an unclean election')
        this.guests.taint(topic, index)
      },
    })
    return new MetadataLog({
      ...{ scheduler: this.scheduler, chance: this.chance, network: this.network },
      ...{ nodes, marks: this.marks, electionUs, commitUs, lagUs, snapshots: metadataSnapshots },
      committed: (entry, before, after) => {
        for (const record of entry.records) this.#tellRecord(record)
        for (const watch of this.watches) watch.committed(registrationIn(after, watch))
        this.verdict.note(() => checks.committed(entry, before, after))
        this.#wishes.committed(entry, before, after)
      },
    })
  }

  #newMachines(): Machine[] {
    const { nodes } = this.swarm
    const around = {
      ...this.#around,
      commands: {
        ...{ network: this.network, nodes },
        askedAt: (node: number) => {
          const machine = this.machines[node]
          return machine?.isUp ? machine.life : null
        },
        hasPower: (node: number) => this.machines[node]?.hasPower === true,
        after: (us: number, run: () => void) => this.scheduler.after(us, run),
        fateOfWish: (node: number) => this.#fateOfWish(node),
        wishAnswered: (...answered: Parameters<WishChecks['answered']>) =>
          this.verdict.note(() => this.#wishes.answered(...answered)),
      },
      sendBeat: (from: Life, beat: Beat, answered: Answered) =>
        this.#sendBeat(from, beat, answered),
      dying: (machine: Machine, life: Life) => this.#dying(machine, life),
      down: (machine: Machine, life: Life | null, rest: Rest) => this.#down(machine, life, rest),
      mayLose: (machine: Machine) => this.#mayLose(machine),
      hasLost: (machine: Machine) => this.#hasLost(machine),
      logged: (machine: Machine, message: string, fields: object) =>
        this.guests.logged(machine, message, fields),
    }
    return Array.from({ length: nodes }, (_, node) => {
      return new Machine(node, nodeConfig(node, this.swarm), around)
    })
  }

  // --- time

  get steps(): number {
    return this.scheduler.events
  }

  /** Everything that is to happen up to that time; throws what is broken. */
  async runUntil(time: number): Promise<void> {
    while (this.#runNext(time)) {
      if (this.steps > this.#stepsMax) throw new Enough()
      await rested(this.scheduler.events)
      for (const machine of this.machines) machine.settle()
      this.#watch()
      if (this.verdict.first) throw this.verdict.first
    }
  }

  /** A process may end in the middle of what a timer of its own does. */
  #runNext(time: number): boolean {
    try {
      return this.scheduler.runNext(time)
    } catch (thrown) {
      if (!(thrown instanceof Died)) throw thrown
      return true
    }
  }

  runFor(us: number): Promise<void> {
    return this.runUntil(this.scheduler.now + us)
  }

  registrationOf(place: Pick<Place, 'topic' | 'index'>): PartitionRegistration | undefined {
    return registrationIn(this.metadata.image, place)
  }

  watchOf(topic: string, index: number): PartitionWatch | undefined {
    return this.watches.find((watch) => watch.topic === topic && watch.index === index)
  }

  #watch(): void {
    const { now } = this.scheduler
    for (const machine of this.machines) {
      const { node, life } = machine
      const controller = life?.quorum.leadership.leaderId ?? null
      if (this.metadata.isDeposedUnawares(controller)) machine.misledAt = now
      if (life !== null) this.#look(machine, life, life.isOver ? 'stops' : 'runs')
      if (life !== null && life.registeredEpoch !== null)
        for (const watch of this.watches)
          if (watch.isHeldBy(node) && !life.isReplicaOf(watch.topic, watch.index)) watch.leave(node)
    }
    for (const watch of this.watches) watch.check(this.registrationOf(watch), now)
    this.guests.check()
  }

  #look(machine: Machine, life: Life, course: Course): void {
    const { node, lives, misledAt } = machine
    const seen = { node, life: lives, now: this.scheduler.now, misledAt, course }
    for (const partition of life.partitions()) {
      const watch = this.watchOf(partition.topic, partition.index)
      if (watch?.look(seen, partition)) this.#tellChange(node, watch)
    }
    this.guests.look(machine, life, course)
  }

  #tellRecord(record: MetadataRecord): void {
    if (record.type === 'Config' || record.type === 'FeatureLevel') return
    this.#note(0, `commits ${JSON.stringify(record)}`)
  }

  #note(node: number, text: string): void {
    this.trace.add({
      ...{ at: this.scheduler.now, node, step: this.steps },
      detail: { type: 'note', text },
    })
  }

  #tellChange(node: number, watch: PartitionWatch): void {
    const view = watch.replicas[node]
    if (!view) return
    const { logEndOffset, highWatermark, flushedOffset, leaderEpoch, isLeading } = view
    const text = [
      `${watch.ledger.name} ${isLeading ? 'leads' : 'follows'} epoch ${leaderEpoch}`,
      `end ${logEndOffset} hw ${highWatermark} flushed ${flushedOffset}`,
    ]
    this.#note(node + 1, text.join(' '))
  }

  // --- topics

  /** Asks until they are there. */
  #createTopics(): void {
    const { topics: watched, others = [] } = this.swarm
    const wanted = [...watched, ...others.filter(({ isInternal }) => !isInternal)]
    const missing = wanted.filter(({ name }) => !this.metadata.image.topics.byName.has(name))
    if (missing.length === 0) return
    this.scheduler.after(CREATE_RETRY_US, () => this.#createTopics())
    const topics = missing.map(({ name, partitions, replicas, configs }) => ({
      ...{ name, partitions, replicationFactor: replicas, assignments: [] },
      configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
    }))
    this.#ask((commands) => commands.createTopics({ topics, validateOnly: false }))
  }

  #ask(command: (commands: SimulatedCommands) => Promise<unknown>): void {
    const [asked] = this.machines.filter(({ isServing }) => isServing)
    const life = asked?.life
    // Whether it was done, metadata tells.
    if (life) life.process.happen(() => void command(life.commands).catch(() => {}))
  }

  #reassign({ partition, pick }: Extract<ClusterDecision, { readonly type: 'reassign' }>): void {
    const place = this.places[partition]
    if (!place || this.registrationOf(place) === undefined) return
    const isTakenBack = this.chance.happens(0.2, 71, partition, pick * 1e9)
    const order = this.machines
      .map(({ node }) => ({ id: node + 1, rank: this.chance.at(72, node, pick * 1e9) }))
      .sort((one, other) => one.rank - other.rank)
    const target = order.slice(0, place.replicas).map(({ id }) => id)
    const replicas = isTakenBack ? null : target
    const wanted = { topic: place.topic, partition: place.index, replicas }
    this.#ask((commands) => commands.alterReassignments([wanted]))
  }

  // --- words between nodes

  /** To the controller that leads as far as the broker knows; what is lost on the way is lost. */
  #sendBeat(from: Life, beat: Beat, answered: Answered): void {
    const { leaderId } = from.quorum.leadership
    if (leaderId === null) return
    const to = leaderId - 1
    const back = (answer: BeatAnswer | Error) => {
      const arrive = () => from.process.happen(() => answered(answer, to === from.node))
      if (to === from.node) arrive()
      else this.network.carry(to, from.node, arrive)
    }
    const arrive = () => {
      const life = this.machines[to]?.life
      if (!from.process.isAlive) return
      life?.process.happen(() => back(heard(life, from, beat)))
    }
    if (to === from.node) from.process.later(1, arrive)
    else this.network.carry(from.node, to, arrive)
  }

  // --- who is there

  #dying(machine: Machine, life: Life): void {
    const { node, lives, misledAt } = machine
    const { now } = this.scheduler
    const at = { node, life: lives, now, misledAt, course: 'died' as const }
    this.verdict.note(() => {
      for (const partition of life.partitions())
        this.watchOf(partition.topic, partition.index)?.dying(at, partition)
      this.guests.dying(machine, life)
    })
  }

  /** Its process is gone: so are its streams, and who was at their other ends may notice. */
  #down(machine: Machine, life: Life | null, rest: Rest): void {
    if (life !== null) this.#look(machine, life, 'died')
    for (const watch of this.watches) {
      if (life?.wasToldToLeave(watch.topic, watch.index)) watch.leaving(machine.node)
      watch.down(machine.node, rest)
    }
    this.guests.down(machine)
    this.#deaths += 1
    const { awayUs, hasPower } = machine
    this.scheduler.after(awayUs, () => machine.start())
    if (life === null || !hasPower) return
    for (const { life: other, node } of this.machines) {
      if (!other?.lines.has(life)) continue
      const us = this.chance.exponential(BROKEN_US, 31, node, this.#deaths)
      const isHeard = () => this.metadata.isConnected(node, machine.node)
      this.scheduler.after(1 + us, () => {
        if (isHeard()) other.process.happen(() => other.lost(life))
      })
    }
  }

  /**
   * Whether this disk may lose what was not synced, or all. Every partition must keep a replica
   * that has everything and may be elected: it can bear min ISR − 1 disks, until they are full
   * again (C4).
   */
  #mayLose(machine: Machine): boolean {
    const isBorne = this.watches.every((watch) =>
      watch.bearsLossOf(machine.node, this.registrationOf(watch)),
    )
    return isBorne && this.guests.mayLose(machine)
  }

  /** It lost more than it may: what cannot be borne by a partition is not held against it. */
  #hasLost(machine: Machine): void {
    this.guests.hasLost(machine)
    for (const watch of this.watches) {
      if (watch.bearsLossOf(machine.node, this.registrationOf(watch))) continue
      watch.ledger.taint(`node ${machine.node + 1} was the last to have everything`)
      this.marks.hit('more was lost than can be borne')
    }
  }

  target(to: Target): Machine | null {
    if (typeof to === 'number') return this.machines[to] ?? null
    if (to === 'controller') return this.machines[this.metadata.leader?.node ?? -1] ?? null
    if ('leaderOf' in to) {
      const place = this.places[to.leaderOf]
      const leader = place ? this.registrationOf(place)?.leader : undefined
      return this.machines[(leader ?? 0) - 1] ?? null
    }
    const place = this.places[to.followerOf]
    const registration = place ? this.registrationOf(place) : undefined
    const followers = registration?.replicas.filter((id) => id !== registration.leader) ?? []
    return this.machines[(followers[Math.floor(to.pick * followers.length)] ?? 0) - 1] ?? null
  }

  // --- decisions

  #in(us: number): number {
    return this.scheduler.now + us
  }

  #decide(decision: ClusterDecision): void {
    switch (decision.type) {
      case 'produce':
        return this.clients.produce(decision.producer, decision.count)
      case 'partition':
        return this.network.partition(decision.mode, decision.pick, this.#in(decision.forUs))
      case 'wish-trouble':
        this.#wishTroubles.push(decision)
        return
      case 'elect-controller':
        return this.metadata.elect()
      case 'reassign':
        return this.#reassign(decision)
      case 'elect-preferred':
        return this.#ask((commands) =>
          commands.electLeaders({ type: 'preferred', partitions: null }),
        )
      default: {
        const machine = this.target(decision.to)
        if (machine) this.#strike(machine, decision)
      }
    }
  }

  #strike(machine: Machine, decision: Extract<ClusterDecision, { readonly to: Target }>): void {
    const { forUs } = decision
    switch (decision.type) {
      case 'stop':
        machine.awayUs = forUs
        return machine.stop()
      case 'kill':
      case 'power-cut': {
        if (!machine.isUp) return
        machine.awayUs = forUs
        const { change: changes, near } = decision
        return machine.doom({ isPowerCut: decision.type === 'power-cut', changes, near })
      }
      case 'wipe':
        if (!this.#mayLose(machine)) return
        machine.awayUs = forUs
        return machine.wipe()
      case 'other-store':
        machine.awayUs = forUs
        return machine.changeStore(decision)
      case 'full-disk':
        machine.disk.isFull = true
        this.marks.hit('full disk')
        return this.scheduler.after(forUs, () => (machine.disk.isFull = false))
      case 'failed-sync':
        machine.awayUs = forUs
        machine.disk.failsSync = true
        return
      case 'stall':
        if (machine.isUp) this.marks.hit('stalled')
        return machine.process?.stall(forUs)
      case 'hold-metadata':
        return this.metadata.holdBack(machine.node, this.#in(forUs))
      case 'sleep':
        return this.#sleep(machine, decision)
    }
  }

  /** It wakes when it is replaced for long, and hears of that later than clients speak to it. */
  #sleep(machine: Machine, { forUs, unawareUs, to }: Extract<ClusterDecision, { type: 'sleep' }>) {
    const watch = this.watches[to.leaderOf]
    if (!machine.isUp) return
    this.marks.hit('slept')
    machine.process?.stall(forUs)
    this.metadata.holdBack(machine.node, this.#in(forUs + unawareUs))
    for (const us of [forUs * 0.9, forUs + unawareUs * 0.2, forUs + unawareUs * 0.6])
      this.scheduler.after(Math.round(us), () => {
        if (watch) this.clients.stray(machine.node, watch)
        this.guests.roused(machine)
      })
  }

  /** What becomes of a wish that a node sends now. */
  #fateOfWish(node: number): WishFate {
    const { now } = this.scheduler
    const trouble = this.#wishTroubles.find(({ at, forUs }) => at <= now && now < at + forUs)
    if (!trouble) return NO_TROUBLE
    this.marks.hit(trouble.isUnheard ? 'granted wish was not heard of' : 'wish came late')
    if (trouble.isUnheard) this.metadata.holdBack(node, this.#in(trouble.lateUs))
    return trouble
  }
}

function registrationIn(
  { topics }: MetadataImage,
  { topic, index }: Pick<Place, 'topic' | 'index'>,
): PartitionRegistration | undefined {
  return topics.byName.get(topic)?.partitions[index]
}

function heard(life: Life, from: Life, beat: Beat): BeatAnswer | Error {
  try {
    return life.hear(from, beat)
  } catch (thrown) {
    return asError(thrown)
  }
}

/** When everything that the last event woke waits for another one. */
async function rested(events: number): Promise<void> {
  if (events % EVENTS_PER_BREATH === 0) await new Promise((resolve) => setImmediate(resolve))
  else await new Promise<void>((resolve) => process.nextTick(resolve))
}

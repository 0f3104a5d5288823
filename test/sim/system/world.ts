/**
 * A run of whole nodes: hosts, network, askers and faults of one seed. As in `../world.ts`, first
 * everything may break and nothing may go wrong; then what is a quorum is healed and must get to
 * work (`convergence.ts`). Nodes run real, asynchronous code: after every event, what it has woken
 * runs until it waits again, so that a run is the same every time.
 */
import type { Configuration, ReplicaKey } from '../../../src/raft/configuration.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { CORE_BOUNDS } from '../../../src/quorum/bounds.ts'
import type { Message } from '../../../src/raft/messages.ts'
import { Chance } from '../draw.ts'
import { Invariants } from '../invariants/invariants.ts'
import { Violation } from '../invariants/violation.ts'
import { isQuorum } from '../invariants/voters.ts'
import { Network } from '../network.ts'
import type { Target } from '../schedule.ts'
import { Scheduler } from '../scheduler.ts'
import { Trace } from '../trace.ts'
import { Askers } from './askers.ts'
import { Courier } from './courier.ts'
import { History } from './history.ts'
import type { Doom } from './host.ts'
import { Host } from './host.ts'
import { Founding } from './invariants/founding.ts'
import { Proposals } from './invariants/proposals.ts'
import { SystemMarks } from './marks.ts'
import { rot } from './rot.ts'
import type { SystemDecision } from './schedule.ts'
import type { SystemSwarm } from './swarm.ts'
import { nodeOf } from './transport.ts'
import { Verdict } from './verdict.ts'

export interface SystemRun {
  readonly seed: number
  readonly swarm: SystemSwarm
  readonly schedule: readonly SystemDecision[]
}

/** Thrown when a run has made as many steps as it was asked to. */
export class Enough extends Error {}

/** Events after which the machine that runs all this has a turn. */
const EVENTS_PER_BREATH = 2_000
const BLACKOUT: Doom = { isPowerCut: true, changes: 0, near: null }

export class SystemWorld {
  readonly swarm: SystemSwarm
  readonly scheduler = new Scheduler()
  readonly marks = new SystemMarks()
  readonly verdict = new Verdict()
  readonly history = new History()
  readonly founding = new Founding()
  readonly proposals: Proposals
  readonly invariants: Invariants
  readonly trace: Trace
  readonly chance: Chance
  readonly network: Network
  readonly courier: Courier
  readonly hosts: readonly Host[]
  readonly askers: Askers
  readonly #stepsMax: number
  #steps = 0
  #losses = 0
  #transfers = 0
  /** Snapshots that began to be sent. */
  snapshotsSent = 0

  constructor(run: SystemRun, options: { readonly trace: boolean; readonly until: number }) {
    const { seed, swarm } = run
    this.swarm = swarm
    this.#stepsMax = options.until
    this.trace = new Trace(options.trace)
    this.chance = new Chance(seed, 'system')
    this.proposals = new Proposals((entry) => this.history.push(entry))
    this.invariants = new Invariants(CORE_BOUNDS, this.proposals)
    this.network = this.#newNetwork(seed)
    this.courier = this.#newCourier()
    this.hosts = this.#newHosts()
    this.askers = new Askers(this)
    for (const decision of run.schedule)
      this.scheduler.at(decision.at, () => this.#decide(decision))
  }

  #newNetwork(seed: number): Network {
    const { founders, spares, network } = this.swarm
    return new Network({
      ...{ scheduler: this.scheduler, seed, nodes: founders + spares, plan: network, nodeOf },
      deliver: (node, message) => {
        const transport = this.hosts[node]?.transport
        transport?.process.happen(() => transport.events?.onMessage(message))
      },
      lost: (message) => this.#lost(message),
    })
  }

  #newCourier(): Courier {
    const { pieceBytes, snapshotCuts: cuts, snapshotDamages: damages } = this.swarm
    return new Courier({
      ...{ scheduler: this.scheduler, chance: this.chance, network: this.network },
      ...{ pieceBytes, cuts, damages },
      transportOf: (node) => this.hosts[node]?.transport ?? null,
      keyOf: (node) => this.#host(node).key,
      told: (what) => {
        if (what === 'sent') this.snapshotsSent += 1
        const marks = {
          sent: 'snapshot sent',
          cut: 'transfer cut',
          resumed: 'transfer resumed',
          damaged: 'damaged transfer',
          refused: 'transfer refused',
        } as const
        this.marks.hit(marks[what])
      },
    })
  }

  #newHosts(): Host[] {
    const { founders, spares } = this.swarm
    const voters = Array.from({ length: founders }, (_, node) => ({
      nodeId: asNodeId(node + 1),
      host: 'simulated',
      port: node + 1,
    }))
    const around = {
      ...{ swarm: this.swarm, scheduler: this.scheduler, chance: this.chance, voters },
      ...{ invariants: this.invariants, history: this.history, founding: this.founding },
      ...{ network: this.network, courier: this.courier, trace: this.trace, marks: this.marks },
      verdict: this.verdict,
      transportOf: (node: number) => this.hosts[node]?.transport ?? null,
      steps: () => this.#steps,
      stepped: () => this.#countStep(),
      leads: (host: Host) => this.askers.found(host),
      down: (host: Host) => this.#down(host),
    }
    return Array.from({ length: founders + spares }, (_, node) => new Host(around, node))
  }

  #host(node: number): Host {
    return this.hosts[node] as Host
  }

  // --- time

  /** Inputs given to cores. */
  get steps(): number {
    return this.#steps
  }

  #countStep(): void {
    this.#steps += 1
    if (this.#steps > this.#stepsMax) throw new Enough()
  }

  /** Everything that is to happen up to that time; throws what is broken. */
  async runUntil(time: number): Promise<void> {
    while (this.scheduler.runNext(time)) {
      await rested(this.scheduler.events)
      for (const host of this.hosts) host.settle()
      if (this.verdict.first) throw this.verdict.first
    }
  }

  runFor(us: number): Promise<void> {
    return this.runUntil(this.scheduler.now + us)
  }

  // --- who is there

  /** Whoever leads in the highest term, as far as one looks from outside. */
  get leader(): Host | null {
    return this.#leaderBy((term, best) => term > best)
  }

  /** Whoever has led longest and does not know better. */
  get #staleLeader(): Host | null {
    return this.#leaderBy((term, best) => term < best)
  }

  #leaderBy(isBetter: (term: number, than: number) => boolean): Host | null {
    let found: { host: Host; term: number } | null = null
    for (const host of this.hosts) {
      const status = host.isServing ? host.life?.raft?.status : null
      if (status?.role !== 'leader') continue
      if (found === null || isBetter(status.term, found.term)) found = { host, term: status.term }
    }
    return found?.host ?? null
  }

  target(to: Target): Host | null {
    if (to === 'leader') return this.leader
    if (to === 'stale-leader') return this.#staleLeader
    return this.hosts[to] ?? null
  }

  /** All that are, or may come to be, in force: of every log, and of those who are to found. */
  configurations(): Configuration[] {
    const found = new Map<string, Configuration>()
    const add = (configuration: Configuration) => {
      if (configuration.voters.length > 0) found.set(JSON.stringify(configuration), configuration)
    }
    for (const { key, view } of this.hosts) {
      const { founders } = view.hardState
      const observed = this.invariants.replicas.get(key)
      if (observed) for (const { configuration } of observed.log.configurations) add(configuration)
      // Before it has a log of its own, this is what counts.
      if (founders && !observed) add({ voters: founders, outgoing: [], learners: [] })
    }
    if (this.founding.founders && found.size === 0)
      add({ voters: this.founding.founders, outgoing: [], learners: [] })
    return [...found.values()]
  }

  /**
   * Whether every configuration keeps a quorum of good disks without this one. Of a node that is
   * told to be the only voter nobody can say on an empty disk that it once was not.
   */
  #mayLose(host: Host): boolean {
    if (this.swarm.founders === 1 && host.node === 0) return false
    const present = new Set(this.hosts.filter(({ isRotten }) => !isRotten).map(({ key }) => key))
    present.delete(host.key)
    return this.configurations().every((configuration) =>
      isQuorum(configuration, (voter) => present.has(voter)),
    )
  }

  // --- decisions

  #decide(decision: SystemDecision): void {
    switch (decision.type) {
      case 'propose':
      case 'read':
      case 'transfer':
      case 'configure':
        return this.askers.operate(decision)
      case 'blackout':
        this.marks.hit('blackout')
        for (const host of this.hosts) this.#crash(host, decision.forUs, BLACKOUT)
        return
      case 'partition':
        return this.network.partition(decision.mode, decision.pick, this.#in(decision.forUs))
      case 'clog':
        return this.network.clog(decision.from, decision.to, this.#in(decision.forUs))
      default: {
        const host = this.target(decision.to)
        if (host) this.#strike(host, decision)
      }
    }
  }

  #in(us: number): number {
    return this.scheduler.now + us
  }

  #strike(
    host: Host,
    decision: Exclude<
      SystemDecision,
      { type: 'propose' | 'read' | 'transfer' | 'configure' | 'blackout' | 'partition' | 'clog' }
    >,
  ): void {
    switch (decision.type) {
      case 'start':
        return host.start()
      case 'stop':
        host.awayUs = decision.forUs
        return host.stop()
      case 'crash':
      case 'power-cut':
        return this.#crash(host, decision.forUs, {
          isPowerCut: decision.type === 'power-cut',
          changes: decision.change,
          near: decision.near,
        })
      case 'wipe':
        if (!this.#mayLose(host)) return
        host.awayUs = decision.forUs
        return host.wipe()
      case 'stall':
        if (host.isUp) this.marks.hit('stalled')
        return host.life?.process.stall(decision.forUs)
      case 'full-disk': {
        const { machine } = host
        machine.isFull = true
        return this.scheduler.after(decision.forUs, () => {
          if (host.isServing && host.life?.quorum.driver?.hasSpace === false)
            this.marks.hit('full disk waited for')
          machine.isFull = false
        })
      }
      case 'failed-sync':
        host.machine.failsSync = true
        return
      case 'rot':
        return this.#rot(host, decision.choice)
      case 'false-alarm': {
        const of = this.target(decision.of)
        if (of && of !== host) this.#gone(host, of.key)
      }
    }
  }

  #rot(host: Host, choice: number): void {
    if (!this.#mayLose(host)) return
    const where = rot(host.machine, this.history.end, choice)
    if (where === null) return
    host.note(`${where} rots`)
    host.isRotten = true
    this.marks.hit('rot')
  }

  #gone(host: Host, key: ReplicaKey): void {
    const { transport } = host
    transport?.process.happen(() => transport.events?.onGone(key))
  }

  #crash(host: Host, forUs: number, doom: Doom): void {
    if (!host.isUp) return
    host.awayUs = forUs
    host.doom(doom)
  }

  /** Its process is gone. */
  #down(host: Host): void {
    const { key, node } = host
    this.#transfers += 1
    this.scheduler.after(host.awayUs, () => this.#comeBack(host))
    if (!this.swarm.noticesCrash) return
    for (const peer of this.hosts) {
      if (peer === host || this.network.isBlocked(node, peer.node)) continue
      const us = this.chance.exponential(2_000, 31, node * 64 + peer.node, this.#transfers)
      this.scheduler.after(us, () => {
        if (!host.isUp) this.#gone(peer, key)
      })
    }
  }

  #comeBack(host: Host): void {
    if (!host.hasRefused) return host.start()
    if (!this.swarm.replacesRotten || !this.#mayLose(host)) return
    this.marks.hit('rotten node was replaced')
    host.wipe()
    host.start()
  }

  #lost(message: Message): void {
    const from = this.#host(nodeOf(message.from))
    this.#losses += 1
    from.noteLost(message)
    if (from.key !== message.from) return
    if (!this.chance.happens(this.swarm.noticesLoss, 32, from.node, this.#losses)) return
    const { transport } = from
    transport?.process.later(100, () => transport.events?.onUnreachable(message.to))
  }

  fail(invariant: string, message: string): never {
    throw new Violation(invariant, message)
  }
}

/** When everything that the last event woke waits for another one. */
async function rested(events: number): Promise<void> {
  if (events % EVENTS_PER_BREATH === 0) await new Promise((resolve) => setImmediate(resolve))
  else await new Promise<void>((resolve) => process.nextTick(resolve))
}

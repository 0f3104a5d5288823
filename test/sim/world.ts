/**
 * A run: nodes, network, clients and faults of one seed. First everything may break and nothing may
 * go wrong (safety); then a set of nodes that is a quorum is healed, and must get to work within a
 * bound, without the others (liveness, `convergence.ts`).
 */
import type { Configuration, ReplicaKey } from '../../src/raft/configuration.ts'
import type { Message } from '../../src/raft/messages.ts'
import type {
  Answer,
  ConfigurationChange,
  RequestId,
  SnapshotWanted,
} from '../../src/raft/types.ts'
import { Chance } from './draw.ts'
import { Invariants } from './invariants/invariants.ts'
import { Clients, dataOf } from './invariants/clients.ts'
import { isQuorum } from './invariants/voters.ts'
import { Violation } from './invariants/violation.ts'
import { Marks } from './marks.ts'
import { Network } from './network.ts'
import { nodeOf, Replica } from './replica.ts'
import type { Decision, Target } from './schedule.ts'
import { Scheduler } from './scheduler.ts'
import type { Swarm } from './swarm.ts'
import { Trace } from './trace.ts'
import { changeOf } from './workload.ts'

export interface Run {
  readonly seed: number
  readonly swarm: Swarm
  readonly schedule: readonly Decision[]
}

/** Thrown when a run has made as many steps as it was asked to. */
export class Enough extends Error {}

export class World {
  readonly swarm: Swarm
  readonly scheduler = new Scheduler()
  readonly marks = new Marks()
  readonly trace: Trace
  readonly invariants: Invariants
  readonly network: Network
  readonly replicas: readonly Replica[]
  readonly chance: Chance
  readonly #stepsMax: number
  readonly #clients = new Clients()
  readonly #answers = new Map<RequestId, Answer['type']>()
  readonly #unknown: RequestId[] = []
  readonly #transfers = new Set<RequestId>()
  #ids = 0
  #steps = 0
  #transferCount = 0

  constructor(run: Run, options: { readonly trace: boolean; readonly until: number }) {
    const { seed, swarm } = run
    this.swarm = swarm
    this.#stepsMax = options.until
    this.trace = new Trace(options.trace)
    this.chance = new Chance(seed, 'world')
    this.invariants = new Invariants(swarm.bounds, this.#clients)
    const nodes = swarm.founders + swarm.spares
    this.network = new Network({
      scheduler: this.scheduler,
      seed,
      nodes,
      plan: swarm.network,
      nodeOf,
      deliver: (node, message) => this.#replica(node).input({ type: 'message', message }),
      lost: (message) => this.#lost(message),
    })
    this.replicas = this.#found(seed, nodes)
    for (const decision of run.schedule)
      this.scheduler.at(decision.at, () => this.#decide(decision))
  }

  #found(seed: number, nodes: number): Replica[] {
    const voters = Array.from(
      { length: this.swarm.founders },
      (_, node) => `n${node}.1` as ReplicaKey,
    )
    const founding: Configuration = { voters, outgoing: [], learners: [] }
    const around = {
      seed,
      swarm: this.swarm,
      scheduler: this.scheduler,
      invariants: this.invariants,
      trace: this.trace,
      marks: this.marks,
      send: (message: Message) => this.network.send(message),
      transfer: (from: Replica, wanted: SnapshotWanted) => this.#transfer(from, wanted),
      answered: (answer: Answer) => this.#answered(answer),
      stepped: () => this.#countStep(),
      steps: () => this.#steps,
    }
    return Array.from(
      { length: nodes },
      (_, node) => new Replica(around, node, node < this.swarm.founders ? founding : null),
    )
  }

  /** Inputs given to cores. */
  get steps(): number {
    return this.#steps
  }

  #countStep(): void {
    this.#steps += 1
    if (this.#steps > this.#stepsMax) throw new Enough()
  }

  start(): void {
    for (const replica of this.replicas) replica.start()
  }

  #replica(node: number): Replica {
    return this.replicas[node] as Replica
  }

  /** Whoever leads in the highest term, as far as one looks from outside. */
  get leader(): Replica | null {
    let found: Replica | null = null
    for (const replica of this.replicas) {
      const { status } = replica
      if (status?.role === 'leader' && status.term > (found?.status?.term ?? 0)) found = replica
    }
    return found
  }

  /** Whoever has led longest and does not know better. */
  get #staleLeader(): Replica | null {
    let found: Replica | null = null
    for (const replica of this.replicas) {
      const { status } = replica
      if (status?.role === 'leader' && status.term < (found?.status?.term ?? Infinity))
        found = replica
    }
    return found
  }

  #target(to: Target): Replica | null {
    if (to === 'leader') return this.leader
    if (to === 'stale-leader') return this.#staleLeader
    return this.replicas[to] ?? null
  }

  // --- clients

  #nextId(): RequestId {
    this.#ids += 1
    return this.#ids
  }

  propose(to: Replica, extraBytes: number): RequestId {
    const id = this.#nextId()
    to.input({ type: 'propose', id, data: dataOf(id, extraBytes) })
    return id
  }

  read(from: Replica): RequestId {
    const id = this.#nextId()
    from.input({ type: 'read', id })
    return id
  }

  configure(leader: Replica, change: ConfigurationChange): void {
    leader.input({ type: 'configure', id: this.#nextId(), change })
  }

  #answered(answer: Answer): void {
    this.#answers.set(answer.id, answer.type)
    if (answer.type === 'unknown' && !this.#transfers.has(answer.id)) this.#unknown.push(answer.id)
  }

  answerTo(id: RequestId): Answer['type'] | null {
    return this.#answers.get(id) ?? null
  }

  /** At the end: what became of what nobody knew. */
  settleUnknown(): void {
    for (const id of this.#unknown)
      this.marks.hit(
        this.#clients.committedAt(id) === null
          ? 'unknown was never committed'
          : 'unknown was committed after all',
      )
  }

  // --- decisions

  #decide(decision: Decision): void {
    switch (decision.type) {
      case 'propose':
      case 'read':
      case 'transfer':
      case 'resign':
      case 'configure':
        return this.#operate(decision)
      case 'blackout':
        for (const replica of this.replicas) this.#crash(replica, true, decision.forUs)
        return
      case 'partition':
        return this.network.partition(
          decision.mode,
          decision.pick,
          this.scheduler.now + decision.forUs,
        )
      case 'clog':
        return this.network.clog(decision.from, decision.to, this.scheduler.now + decision.forUs)
      default: {
        const replica = this.#target(decision.to)
        if (replica) this.#breakReplica(replica, decision)
      }
    }
  }

  #operate(
    decision: Extract<Decision, { type: 'propose' | 'read' | 'transfer' | 'resign' | 'configure' }>,
  ): void {
    const to = 'to' in decision ? this.#target(decision.to) : this.leader
    if (!to?.isUp) return
    switch (decision.type) {
      case 'propose':
        return void this.propose(to, decision.extraBytes)
      case 'read':
        return void this.read(to)
      case 'resign':
        return to.input({ type: 'resign' })
      case 'transfer': {
        const node = decision.choice % this.replicas.length
        const id = this.#nextId()
        this.#transfers.add(id)
        return to.input({ type: 'transfer', id, to: this.#replica(node).key })
      }
      case 'configure': {
        const change = changeOf(to, this.replicas, decision)
        if (change) this.configure(to, change)
      }
    }
  }

  #breakReplica(
    replica: Replica,
    decision: Extract<Decision, { type: 'crash' | 'power-cut' | 'wipe' | 'stall' | 'false-alarm' }>,
  ): void {
    switch (decision.type) {
      case 'crash':
      case 'power-cut':
        return this.#crash(replica, decision.type === 'power-cut', decision.forUs)
      case 'stall':
        return replica.stall(decision.forUs)
      case 'false-alarm': {
        const of = this.#target(decision.of)
        if (of && of !== replica) replica.input({ type: 'gone', replica: of.key })
        return
      }
      case 'wipe':
        if (!this.#mayLose(replica)) return
        if (replica.isUp) this.#planRestart(replica, decision.forUs)
        replica.wipe()
    }
  }

  #crash(replica: Replica, isPowerCut: boolean, forUs: number): void {
    if (!replica.isUp) return
    replica.crash(isPowerCut)
    this.#planRestart(replica, forUs)
    if (!this.swarm.noticesCrash) return
    const { key, node } = replica
    for (const peer of this.replicas) {
      if (peer === replica || this.network.isBlocked(node, peer.node)) continue
      this.scheduler.after(this.chance.exponential(2_000, 1, node, peer.node), () => {
        if (!replica.isUp) peer.input({ type: 'gone', replica: key })
      })
    }
  }

  #planRestart(replica: Replica, forUs: number): void {
    this.scheduler.after(forUs, () => {
      if (!replica.isUp) replica.start()
    })
  }

  /**
   * Whether every configuration that somebody has in its log keeps a quorum of disks without this
   * one. More than that nobody promises to survive.
   */
  #mayLose(replica: Replica): boolean {
    const present = new Set(this.replicas.map(({ key }) => key))
    present.delete(replica.key)
    return this.configurations().every((configuration) =>
      isQuorum(configuration, (voter) => present.has(voter)),
    )
  }

  /** All that are, or may come to be, in force: of every log in memory or on a disk. */
  configurations(): Configuration[] {
    const found = new Map<string, Configuration>()
    for (const { key, log, isUp } of this.invariants.replicas.values()) {
      const replica = this.#replica(nodeOf(key))
      if (replica.key !== key) continue
      for (const of of isUp ? [log, replica.disk.log] : [replica.disk.log])
        for (const { configuration } of of.configurations)
          if (configuration.voters.length > 0)
            found.set(JSON.stringify(configuration), configuration)
    }
    return [...found.values()]
  }

  // --- snapshots and losses

  #lost(message: Message): void {
    const from = this.#replica(nodeOf(message.from))
    this.trace.add({
      at: this.scheduler.now,
      node: from.node,
      step: this.#steps,
      detail: { type: 'lost', message },
    })
    this.#transferCount += 1
    if (from.key !== message.from) return
    if (this.chance.happens(this.swarm.noticesLoss, 3, from.node, this.#transferCount))
      this.scheduler.after(100, () => from.input({ type: 'unreachable', replica: message.to }))
  }

  /** The newest snapshot travels beside the stream; then a message names it. */
  #transfer(from: Replica, { to, term, session }: SnapshotWanted): void {
    this.marks.hit('snapshot sent')
    this.#transferCount += 1
    const draw = this.#transferCount
    const { life, key } = from
    const snapshot = from.disk.newest
    const receiver = this.#replica(nodeOf(to))
    const us = this.chance.exponential(this.swarm.snapshotUs, 4, from.node, draw)
    this.scheduler.after(100 + us, () => {
      if (from.life !== life) return
      const isCut =
        !receiver.isUp || receiver.key !== to || this.network.isBlocked(from.node, receiver.node)
      const fails = !from.isCalm && this.chance.happens(this.swarm.snapshotFailure, 5, draw)
      const ok = !isCut && !fails
      if (ok) {
        receiver.disk.stage(snapshot)
        this.invariants.snapshot(to, snapshot)
        const { mark } = snapshot
        this.network.send({ from: key, to, term, type: 'snapshot', session, snapshot: mark })
      } else this.marks.hit('sending a snapshot failed')
      from.input({ type: 'snapshot-sent', to, session, ok })
    })
  }

  fail(invariant: string, message: string): never {
    throw new Violation(invariant, message)
  }
}

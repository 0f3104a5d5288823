/**
 * A few cores, each with a disk that takes batches one by one and links that hold messages until
 * they are delivered. Nothing happens by itself: a test says which batch becomes durable, which
 * message arrives, who loses power. The rules of Raft are checked all the time (`invariants.ts`).
 *
 * A replica whose disk was wiped is another one at the same address: `2b` lives where `2` did.
 */
import assert from 'node:assert'
import type { Configuration, ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Message } from '../../../src/raft/messages.ts'
import { Raft } from '../../../src/raft/raft.ts'
import type {
  Batch,
  Bounds,
  Input,
  Ready,
  SnapshotWanted,
  Status,
} from '../../../src/raft/types.ts'
import { Invariants } from './invariants.ts'
import { StoredLog } from './stored-log.ts'

export const key = (name: string) => name as ReplicaKey
export const keys = (...names: string[]) => names.map(key)
export const bytesOf = (text: string) => new TextEncoder().encode(text)

export function configurationOf(
  voters: readonly string[],
  learners: readonly string[] = [],
): Configuration {
  return { voters: keys(...voters), outgoing: [], learners: keys(...learners) }
}

export const BOUNDS: Bounds = {
  entryBytes: 1_000,
  appendBytes: 1_000,
  appendEntries: 8,
  inflightAppends: 4,
  inflightBytes: 10_000,
  uncommittedBytes: 10_000,
  cachedBytes: 10_000,
  reads: 8,
}

export interface Settings {
  readonly electionTicks: number
  readonly heartbeatTicks: number
  readonly bounds: Bounds
  /** Whether the state machine takes at once what is applicable. */
  readonly appliesAtOnce: boolean
}

const SETTINGS: Settings = {
  electionTicks: 10,
  heartbeatTicks: 2,
  bounds: BOUNDS,
  appliesAtOnce: true,
}

/** What survives of the batches that are on their way to the disk when a replica stops. */
export type Survival = 'nothing' | 'hard-state' | 'everything'

export class Replica {
  readonly key: ReplicaKey
  readonly disk: StoredLog
  /** The disk as it will be once every batch is written. */
  view: StoredLog
  writing: Batch[] = []
  /** How far the state machine is. */
  applied = 0
  applicable = 0
  readonly wanted = new Map<ReplicaKey, SnapshotWanted>()
  /** What the core is told when it asks for chance: its election timeouts. */
  random = 0
  lives = 0
  raft: Raft | null = null
  /** Stands for everything that ever happened to it, and so for the state it is in. */
  history = 0

  constructor(name: ReplicaKey, configuration: Configuration) {
    this.key = name
    this.disk = new StoredLog(configuration)
    this.view = this.disk.copy()
  }

  get core(): Raft {
    return this.raft ?? assert.fail(`${this.key} is down`)
  }

  get status(): Status {
    return this.core.status
  }
}

export const isOfElection = (type: Message['type']) => /^(pre-)?vote/.test(type)

/** The address of a replica: what stands before the letter of its disk. */
const addressOf = (replica: ReplicaKey) => replica.replace(/[a-z]+$/, '')

export class World {
  readonly settings: Settings
  readonly replicas = new Map<ReplicaKey, Replica>()
  /** By `from>to`. */
  readonly links = new Map<string, Message[]>()
  readonly invariants: Invariants
  readonly #cut = new Set<string>()
  /** Called for what a core hands out, before it is acted upon. */
  onReady: (replica: Replica, ready: Ready) => void = () => undefined
  onLost: (message: Message) => void = () => undefined
  /** Called for what a core is given. */
  onStep: (replica: Replica, input: Input) => void = () => undefined
  onCrash: (replica: Replica, survival: Survival) => void = () => undefined
  #requests = 0

  constructor(settings: Partial<Settings> = {}) {
    this.settings = { ...SETTINGS, ...settings }
    this.invariants = new Invariants(this)
  }

  static of(count: number, settings: Partial<Settings> = {}): World {
    const world = new World(settings)
    const names = Array.from({ length: count }, (_, index) => String(index + 1))
    for (const name of names) world.add(name, configurationOf(names))
    return world
  }

  // --- replicas

  add(name: string, configuration: Configuration): Replica {
    const replica = new Replica(key(name), configuration)
    this.replicas.set(replica.key, replica)
    this.start(name)
    return replica
  }

  at(name: string): Replica {
    return this.replicas.get(key(name)) ?? assert.fail(`there is no replica ${name}`)
  }

  get up(): readonly Replica[] {
    return [...this.replicas.values()].filter(({ raft }) => raft !== null)
  }

  get leaders(): readonly Replica[] {
    return this.up.filter(({ status }) => status.role === 'leader')
  }

  start(name: string): void {
    const replica = this.at(name)
    const { electionTicks, heartbeatTicks, bounds } = this.settings
    assert(replica.raft === null, `${name} is up`)
    const recovered = replica.disk.recover()
    replica.view = replica.disk.copy()
    replica.applied = replica.applicable = recovered.snapshot.index
    replica.lives += 1
    replica.raft = new Raft({
      self: replica.key,
      recovered,
      reader: { entries: (from, end, maxBytes) => replica.disk.read(from, end, maxBytes) },
      random: () => replica.random,
      electionTicks,
      heartbeatTicks,
      bounds,
    })
  }

  crash(name: string, survival: Survival): void {
    const replica = this.at(name)
    assert(replica.raft, `${name} is down`)
    this.onCrash(replica, survival)
    const [first] = replica.writing
    if (survival === 'everything') for (const batch of replica.writing) replica.disk.write(batch)
    else if (survival === 'hard-state' && first?.hardState) replica.disk.hardState = first.hardState
    replica.writing = []
    replica.wanted.clear()
    replica.raft = null
  }

  /** The disk is gone; at its address a new one begins, under a new name. */
  wipe(name: string): Replica {
    const replica = this.at(name)
    if (replica.raft) this.crash(name, 'nothing')
    this.replicas.delete(replica.key)
    return this.add(`${name}b`, configurationOf([]))
  }

  // --- inputs

  step(name: string, input: Input): void {
    const replica = this.at(name)
    this.onStep(replica, input)
    replica.core.step(input)
  }

  tick(name: string, ticks = 1): void {
    this.step(name, { type: 'tick', ticks })
  }

  /** Ticks until it asks for (pre-)votes; returns after how many, or null if it never does. */
  campaign(name: string): number | null {
    const { core, random } = this.at(name)
    const { role } = core.status
    assert(role !== 'leader', `${name} leads already`)
    const TICKS_MAX = Math.floor(this.settings.electionTicks * (1 + random))
    for (let ticks = 1; ticks <= TICKS_MAX; ticks += 1) {
      this.tick(name)
      // Once more a candidate looks like before: it is one after a whole timeout.
      if (role === 'follower' && core.status.role !== 'follower') return ticks
    }
    return role === 'follower' ? null : TICKS_MAX
  }

  nextRequest(): number {
    this.#requests += 1
    return this.#requests
  }

  propose(name: string, data: string | Uint8Array): number {
    const id = this.nextRequest()
    this.step(name, {
      type: 'propose',
      id,
      data: typeof data === 'string' ? bytesOf(data) : data,
    })
    return id
  }

  read(name: string): number {
    const id = this.nextRequest()
    this.invariants.asked(id)
    this.step(name, { type: 'read', id })
    return id
  }

  // --- outputs

  ready(name: string): Ready | null {
    const replica = this.at(name)
    const ready = replica.core.ready()
    if (!ready) return null
    this.onReady(replica, ready)
    for (const message of ready.messages) this.send(message)
    if (ready.batch) {
      replica.writing.push(ready.batch)
      replica.view.write(ready.batch)
    }
    for (const wanted of ready.snapshots) replica.wanted.set(wanted.to, wanted)
    replica.applicable = ready.applicable
    this.invariants.afterReady(replica, ready)
    if (this.settings.appliesAtOnce) this.apply(name)
    return ready
  }

  /** The state machine takes what is applicable, at most up to `upTo`. */
  apply(name: string, upTo = Infinity): void {
    const replica = this.at(name)
    const to = Math.min(replica.applicable, upTo)
    if (to <= replica.applied) return
    this.invariants.applies(replica, to)
    replica.applied = to
    this.step(name, { type: 'applied', index: to })
  }

  /** The first `count` batches become durable; returns how many there were. */
  persist(name: string, count = Infinity): number {
    const replica = this.at(name)
    const batches = replica.writing.splice(0, count)
    for (const batch of batches) replica.disk.write(batch)
    const last = batches.at(-1)
    if (last) this.step(name, { type: 'persisted', batch: last.number })
    return batches.length
  }

  compact(name: string, index: number): void {
    const replica = this.at(name)
    assert(index <= replica.applied, 'only what is applied is compacted')
    const snapshot = replica.disk.compact(index)
    replica.view.compact(index)
    this.step(name, { type: 'compacted', snapshot })
  }

  /** The snapshot that was wanted arrives on the other disk, and a message that says so is sent. */
  sendSnapshot(from: string, to: string, isSent: boolean): void {
    const replica = this.at(from)
    const wanted = replica.wanted.get(key(to)) ?? assert.fail(`${from} wants to send none to ${to}`)
    replica.wanted.delete(wanted.to)
    const { term, session } = wanted
    if (isSent) {
      const { snapshot } = replica.disk
      this.at(to).disk.received = snapshot
      this.send({ type: 'snapshot', from: replica.key, to: wanted.to, term, session, snapshot })
    }
    this.step(from, { type: 'snapshot-sent', to: wanted.to, session, ok: isSent })
  }

  // --- the network

  send(message: Message): void {
    const { from, to } = message
    const isCut = this.#cut.has(`${addressOf(from)}>${addressOf(to)}`)
    if (isCut || !this.#livesAt(to)) return this.onLost(message)
    const link = this.links.get(`${from}>${to}`)
    if (link) link.push(message)
    else this.links.set(`${from}>${to}`, [message])
  }

  get inFlight(): readonly Message[] {
    return [...this.links.values()].flat()
  }

  /** Takes those that are wanted off their links, in order. */
  take(isWanted: (message: Message) => boolean, count = Infinity): readonly Message[] {
    const taken: Message[] = []
    for (const [name, messages] of this.links) {
      const left = messages.filter((message) => {
        if (taken.length >= count || !isWanted(message)) return true
        taken.push(message)
        return false
      })
      this.links.set(name, left)
    }
    return taken
  }

  /** To whoever lives at the receiver's address now; lost if nobody does. */
  deliver(message: Message): void {
    const replica = this.#livesAt(message.to)
    if (replica) this.step(replica.key, { type: 'message', message })
    else this.onLost(message)
  }

  #livesAt(replica: ReplicaKey): Replica | undefined {
    const address = addressOf(replica)
    return this.up.find((candidate) => addressOf(candidate.key) === address)
  }

  cut(from: string, to: string): void {
    this.#cut.add(`${from}>${to}`)
    this.take(
      (message) => addressOf(message.from) === from && addressOf(message.to) === to,
    ).forEach((message) => this.onLost(message))
  }

  /** No message goes from one side to another. */
  partition(...sides: readonly (readonly string[])[]): void {
    for (const side of sides)
      for (const from of side)
        for (const to of sides.filter((other) => other !== side).flat()) this.cut(from, to)
  }

  heal(): void {
    this.#cut.clear()
  }

  // --- until nothing is left to do

  /** Among these replicas: everything is made durable and delivered until all is quiet. */
  settle(names: readonly string[] = this.up.map((replica) => replica.key)): void {
    const ROUNDS_MAX = 1_000
    const isAmong = ({ from, to }: Message) => names.includes(from) && names.includes(to)
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      let isQuiet = true
      for (const name of names) if (this.ready(name)) isQuiet = false
      for (const name of names) if (this.persist(name) > 0) isQuiet = false
      const messages = this.take(isAmong)
      for (const message of messages) this.deliver(message)
      if (isQuiet && messages.length === 0) return
    }
    assert.fail('it never becomes quiet')
  }

  /**
   * Whether these voters, who neither lead nor wait for a leader, elect `name`; nothing else is
   * delivered. It may take two terms, if it does not know the present one.
   */
  wins(name: string, voters: readonly string[]): boolean {
    const names = [name, ...voters]
    for (const voter of names) {
      const { leader, role } = this.at(voter).status
      if (role === 'leader') this.tick(voter, this.settings.electionTicks)
      else if (leader) this.step(voter, { type: 'gone', replica: leader })
    }
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (this.campaign(name) === null) return false
      do {
        for (const voter of names) this.#write(voter)
        const messages = this.take(
          ({ type, from, to }) => isOfElection(type) && names.includes(from) && names.includes(to),
        )
        for (const message of messages) this.deliver(message)
        if (messages.length === 0) break
      } while (this.at(name).status.role !== 'leader')
      if (this.at(name).status.role === 'leader') return true
    }
    return false
  }

  win(name: string, voters: readonly string[]): void {
    assert(this.wins(name, voters), `${name} does not win`)
  }

  /** What it has to write is durable, and what follows from that is sent. */
  #write(name: string): void {
    this.ready(name)
    if (this.persist(name) > 0 && this.at(name).status.role !== 'leader') this.ready(name)
  }

  /** `name` is elected by everybody who is up. */
  elect(name: string): void {
    this.campaign(name)
    this.settle()
    assert.equal(this.at(name).status.role, 'leader', `${name} is not elected`)
  }
}

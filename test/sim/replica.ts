/**
 * One simulated node: a core, its disk, and the loop between them that a real driver has. What it
 * is told waits in an inbox; batches go to the disk, messages to the network, what is committed to
 * a state machine that is a hash. It crashes, comes back, stalls, and may lose its disk for good.
 */
import type { Configuration, ReplicaKey } from '../../src/raft/configuration.ts'
import type { Message } from '../../src/raft/messages.ts'
import { Raft } from '../../src/raft/raft.ts'
import type { Entry } from '../../src/raft/entry.ts'
import type { Answer, Input, Ready, SnapshotWanted } from '../../src/raft/types.ts'
import { chainOf } from './chained-log.ts'
import { Chance } from './draw.ts'
import type { Invariants } from './invariants/invariants.ts'
import { Violation } from './invariants/violation.ts'
import type { Marks } from './marks.ts'
import { noteReady } from './marks.ts'
import { ModelDisk } from './model-disk.ts'
import type { Scheduler } from './scheduler.ts'
import type { Swarm } from './swarm.ts'
import type { Detail, Trace } from './trace.ts'

export interface Surroundings {
  readonly seed: number
  readonly swarm: Swarm
  readonly scheduler: Scheduler
  readonly invariants: Invariants
  readonly trace: Trace
  readonly marks: Marks
  readonly send: (message: Message) => void
  readonly transfer: (from: Replica, wanted: SnapshotWanted) => void
  readonly answered: (answer: Answer) => void
  /** A core was given an input. */
  readonly stepped: () => void
  readonly steps: () => number
}

const NOBODY: Configuration = { voters: [], outgoing: [], learners: [] }
/** Calls of `ready` in a row that have something to do. */
const READY_MAX = 50

export class Replica {
  readonly node: number
  readonly #around: Surroundings
  readonly #chance: Chance
  key: ReplicaKey
  disk: ModelDisk
  #raft: Raft | null = null
  /** Counts starts and stops; what was planned in another life does not happen. */
  #life = 0
  /** The last in which it led; 0 for none. */
  #ledInLife = 0
  /** The term in which a leader asked it to take over; 0 for none. */
  #toldToLead = 0
  #directories = 1
  #draws = 0
  #inbox: Input[] = []
  #isPumping = false
  #isPumpPlanned = false
  #isStalled = false
  #missedTicks = 0
  #isWriting = false
  #isApplying = false
  #applicable = 0
  #applied = 0
  #chain = 0
  #snapshotIndex = 0
  /** It does not come back. */
  isDead = false
  /** Faults are over: the disk is quick, the clock is right. */
  isCalm = false

  constructor(around: Surroundings, node: number, founding: Configuration | null) {
    this.#around = around
    this.node = node
    this.#chance = new Chance(around.seed, `node ${node}`)
    this.key = keyOf(node, this.#directories)
    this.disk = new ModelDisk(founding ?? NOBODY)
  }

  get isUp(): boolean {
    return this.#raft !== null
  }

  get life(): number {
    return this.#life
  }

  get status() {
    return this.#raft?.status ?? null
  }

  /** Its newest configuration, as its core has it. */
  get configuration(): Configuration {
    return this.#around.invariants.of(this.key).log.configuration
  }

  #uniform(): number {
    this.#draws += 1
    return this.#chance.at(this.#draws)
  }

  #exponential(mean: number): number {
    this.#draws += 1
    return this.#chance.exponential(mean, this.#draws)
  }

  #trace(detail: Detail): void {
    const { trace, scheduler, steps } = this.#around
    trace.add({ at: scheduler.now, node: this.node, step: steps(), detail })
  }

  note(text: string): void {
    this.#trace({ type: 'note', text })
  }

  // --- lives

  start(): void {
    if (this.isDead) return
    const { swarm, invariants, marks } = this.#around
    const { bounds, electionTicks, heartbeatTicks } = swarm
    this.#life += 1
    const recovered = this.disk.recovered()
    if (recovered.entries.length > 0) marks.hit('restarted with a log')
    if (recovered.snapshot.index > 0) marks.hit('restarted from a snapshot')
    this.note(`starts as ${this.key}`)
    const raft = new Raft({
      self: this.key,
      recovered,
      reader: { entries: (from, end, maxBytes) => this.#read(from, end, maxBytes) },
      random: () => this.#uniform(),
      electionTicks,
      heartbeatTicks,
      bounds,
    })
    this.#raft = raft
    const state = this.disk.newest
    invariants.started(this.key, this.disk, { recovered, state, told: raft.status })
    this.#applied = state.mark.index
    this.#chain = state.chain
    this.#snapshotIndex = state.mark.index
    this.#applicable = recovered.snapshot.index
    if (this.#applied > recovered.snapshot.index)
      this.input({ type: 'applied', index: this.#applied })
    this.#planTick()
  }

  /** Only its disk stays, as far as the kind of crash lets it. */
  crash(isPowerCut: boolean): void {
    if (!this.isUp) return
    const { invariants, marks } = this.#around
    this.#life += 1
    this.#raft = null
    this.#inbox = []
    this.#isPumpPlanned = false
    this.#isStalled = false
    this.#missedTicks = 0
    this.#isWriting = false
    this.#isApplying = false
    const before = this.disk.hardState
    if (this.disk.pending > 0) marks.hit(isPowerCut ? 'power cut in a write' : 'crash in a write')
    if (isPowerCut) this.#cutPower()
    else this.disk.crash()
    this.note(isPowerCut ? 'power cut' : 'crash')
    invariants.stopped(this.key)
    invariants.durable(this.key, before, true)
  }

  #cutPower(): void {
    const { marks } = this.#around
    const steps = Math.floor(this.#uniform() * 4) as 0 | 1 | 2 | 3
    const writes = Math.floor(this.#uniform() * (this.disk.pending + 1))
    const lost = this.disk.cutPower({ writes, steps, share: this.#uniform() })
    if (lost > 0) marks.hit('power cut lost a write')
    if (lost > 0 && steps === 1) marks.hit('only the hard state survived')
    if (lost > 0 && steps === 2) marks.hit('only the truncation survived')
    if (lost > 0 && steps === 3) marks.hit('some entries survived')
  }

  /** Its disk is gone for good: whoever starts here is another replica (S1). */
  wipe(): void {
    this.crash(true)
    this.#directories += 1
    this.key = keyOf(this.node, this.#directories)
    this.disk = new ModelDisk(NOBODY)
    this.#around.marks.hit('wiped')
  }

  // --- time

  #planTick(): void {
    const { scheduler, swarm } = this.#around
    const life = this.#life
    const skew = this.isCalm ? 0 : swarm.clockSkew * (2 * this.#chance.at(0, this.node) - 1)
    scheduler.after(Math.round(swarm.tickUs * (1 + skew)), () => {
      if (life !== this.#life) return
      this.#planTick()
      if (this.#isStalled) this.#missedTicks += 1
      else this.input({ type: 'tick', ticks: 1 })
    })
  }

  /** Nothing happens in it for a while; then everything that waited, and the ticks at once. */
  stall(forUs: number): void {
    if (!this.isUp || this.#isStalled) return
    const life = this.#life
    this.#isStalled = true
    this.note('stalls')
    this.#around.scheduler.after(forUs, () => {
      if (life === this.#life) this.wake()
    })
  }

  wake(): void {
    if (!this.#isStalled) return
    this.#isStalled = false
    this.note(`wakes with ${this.#missedTicks} ticks`)
    const ticks = this.#missedTicks
    this.#missedTicks = 0
    if (ticks > 0) this.#inbox.push({ type: 'tick', ticks })
    this.#pump()
  }

  // --- the loop

  input(input: Input): void {
    if (!this.isUp) return
    if ('id' in input) this.#around.invariants.asked(input)
    this.#inbox.push(input)
    if (this.#isStalled) return
    const { swarm, scheduler } = this.#around
    if (swarm.pumpUs === 0) return this.#pump()
    if (this.#isPumpPlanned) return
    this.#isPumpPlanned = true
    const life = this.#life
    const mean = this.isCalm ? Math.min(swarm.pumpUs, swarm.tickUs / 20) : swarm.pumpUs
    scheduler.after(this.#exponential(mean), () => {
      if (life !== this.#life) return
      this.#isPumpPlanned = false
      if (!this.#isStalled) this.#pump()
    })
  }

  #pump(): void {
    if (this.#isPumping) return
    this.#isPumping = true
    try {
      while (this.#raft && this.#inbox.length > 0) {
        const isOneByOne = this.#around.swarm.pumpUs === 0
        const inputs = isOneByOne ? this.#inbox.splice(0, 1) : this.#inbox.splice(0)
        for (const input of inputs) this.#step(this.#raft, input)
        this.#drain(this.#raft)
      }
    } finally {
      this.#isPumping = false
    }
  }

  #step(raft: Raft, input: Input): void {
    const { invariants, marks, stepped } = this.#around
    if (input.type === 'message') {
      const { message } = input
      if (message.to !== this.key) marks.hit('message to a wiped disk')
      else if (message.type === 'timeout-now') this.#toldToLead = message.term
      else if (message.type === 'resignation' && message.successors[0] === this.key)
        marks.hit('first successor was told')
      else if (message.type === 'snapshot') {
        if (!this.disk.hasStaged(message.snapshot)) return
        if (message.snapshot.index <= raft.status.commit) marks.hit('snapshot not needed any more')
      }
    }
    stepped()
    this.#trace({ type: 'input', input })
    invariants.input(this.key, input)
    raft.step(input)
    if (input.type !== 'compacted') return
    invariants.compacted(this.key, input.snapshot)
    this.disk.forgetTo(input.snapshot)
  }

  #drain(raft: Raft): void {
    for (let count = 0; ; count += 1) {
      const ready = raft.ready()
      if (!ready) return
      if (count > READY_MAX) throw new Violation('14-spinning', `${this.key} is always ready`)
      this.#trace({ type: 'ready', ready })
      this.#observe(ready)
      if (this.#raft !== raft) return
    }
  }

  #observe(ready: Ready): void {
    const { invariants, marks, send, transfer, answered } = this.#around
    const { batch, messages, answers, snapshots, applicable, status } = ready
    const { log, status: before } = invariants.of(this.key)
    noteReady(marks, { key: this.key, before, log, ready, pending: this.disk.pending })
    if (status.role === 'leader' && status.term === this.#toldToLead + 1)
      marks.hit('transfer took place')
    if (status.role === 'leader' && this.#ledInLife !== this.#life) {
      if (this.#ledInLife > 0) marks.hit('led again in another life')
      this.#ledInLife = this.#life
    }
    const restored = batch?.snapshot ? this.disk.staged(batch.snapshot) : null
    invariants.ready(this.key, ready, restored)
    if (batch) {
      this.disk.writeBatch(batch, status.commit)
      this.#planWrite()
    }
    for (const message of messages) send(message)
    for (const wanted of snapshots) transfer(this, wanted)
    for (const answer of answers) answered(answer)
    if (applicable > this.#applicable) {
      this.#applicable = applicable
      this.#planApply()
    }
  }

  // --- disk

  #read(from: number, end: number, maxBytes: number): readonly Entry[] {
    this.#around.marks.hit('read from the disk')
    const found: Entry[] = []
    let bytes = 0
    for (let index = from; index < end; index += 1) {
      const entry = this.disk.log.entryAt(index)
      if (!entry) throw new Violation('11-read', `${this.key} reads ${index}, which is not there`)
      bytes += 32 + (entry.kind === 'data' ? entry.data.byteLength : 0)
      if (found.length > 0 && bytes > maxBytes) break
      found.push(entry)
    }
    return found
  }

  #planWrite(): void {
    if (this.#isWriting || this.disk.pending === 0) return
    this.#isWriting = true
    const { scheduler, swarm } = this.#around
    const life = this.#life
    const count = swarm.groupsWrites ? this.disk.pending : 1
    const mean = this.isCalm ? Math.min(swarm.diskUs, swarm.tickUs / 10) : swarm.diskUs
    scheduler.after(this.#exponential(mean), () => {
      if (life !== this.#life) return
      this.#isWriting = false
      this.#finishWrites(count)
      this.#planWrite()
    })
  }

  #finishWrites(count: number): void {
    const { invariants } = this.#around
    const inputs: Input[] = []
    let persisted = 0
    for (let done = 0; done < count; done += 1) {
      const before = this.disk.hardState
      const write = this.disk.finishFirst()
      if (!write) break
      const hasTruncated =
        write.type === 'batch' && (write.batch.truncateFrom !== null || write.restored !== null)
      invariants.durable(this.key, before, hasTruncated)
      if (write.type === 'batch') persisted = write.batch.number
      else inputs.push({ type: 'compacted', snapshot: this.disk.forgettable })
    }
    if (persisted > 0) this.input({ type: 'persisted', batch: persisted })
    for (const input of inputs) this.input(input)
  }

  // --- state machine

  #planApply(): void {
    if (this.#isApplying) return
    const { scheduler, swarm } = this.#around
    if (swarm.applyUs === 0 || this.isCalm) return this.#apply()
    this.#isApplying = true
    const life = this.#life
    scheduler.after(this.#exponential(swarm.applyUs), () => {
      if (life !== this.#life) return
      this.#isApplying = false
      this.#apply()
    })
  }

  #apply(): void {
    const { invariants } = this.#around
    const { log, newest } = this.disk
    const before = this.#applied
    if (log.startIndex > this.#applied) {
      // The core has yet to hear that the snapshot is durable.
      if (newest.mark.index > this.#applicable) return
      this.#applied = newest.mark.index
      this.#chain = newest.chain
      this.#snapshotIndex = newest.mark.index
      invariants.applied(this.key, this.#applied, this.#chain)
    }
    while (this.#applied < this.#applicable) {
      const entry = log.entryAt(this.#applied + 1)
      if (!entry) throw new Violation('6-applicable', `${this.key} has no durable entry to apply`)
      this.#applied = entry.index
      this.#chain = chainOf(this.#chain, entry)
      invariants.applied(this.key, this.#applied, this.#chain)
    }
    if (this.#applied === before) return
    this.input({ type: 'applied', index: this.#applied })
    this.#takeSnapshot()
  }

  #takeSnapshot(): void {
    const { invariants, swarm } = this.#around
    if (swarm.snapshotEvery === 0) return
    if (this.#applied - this.#snapshotIndex < swarm.snapshotEvery) return
    const { log } = this.disk
    const snapshot = { mark: log.markAt(this.#applied), chain: this.#chain }
    invariants.snapshot(this.key, snapshot)
    this.#snapshotIndex = this.#applied
    this.disk.writeSnapshot(snapshot, Math.max(log.startIndex, this.#applied - swarm.trailing))
    this.#planWrite()
  }
}

function keyOf(node: number, directory: number): ReplicaKey {
  return `n${node}.${directory}` as ReplicaKey
}

/** The node that a key lives on, or lived on. */
export function nodeOf(key: ReplicaKey): number {
  return Number(key.slice(1, key.indexOf('.')))
}

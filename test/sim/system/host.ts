/**
 * One simulated node through all its lives: its machine with a disk, and the process on it that
 * starts, stops, is killed, loses its power, or loses its disk for good.
 */
import { isTransient } from '../../../src/base/disk.ts'
import { asError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { uuidToString } from '../../../src/bytes/uuid.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import type { VoterAddress } from '../../../src/quorum/ports.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import { MetadataUnusable } from '../../../src/quorum/unusable.ts'
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Message } from '../../../src/raft/messages.ts'
import type { Chance } from '../draw.ts'
import type { Network } from '../network.ts'
import type { Scheduler } from '../scheduler.ts'
import type { Detail, Trace } from '../trace.ts'
import type { Courier } from './courier.ts'
import type { DiskView } from './disk-view.ts'
import { Deliveries } from './invariants/deliveries.ts'
import { disks } from './invariants/disks.ts'
import { Life } from './life.ts'
import { MachineDisk } from './machine-disk.ts'
import type { SystemMark } from './marks.ts'
import { Died, MountedDisk } from './mounted-disk.ts'
import type { Observing } from './observer.ts'
import { Observer } from './observer.ts'
import { Process } from './process.ts'
import type { SystemSwarm } from './swarm.ts'
import { Transport } from './transport.ts'

export interface Surroundings extends Observing {
  readonly swarm: SystemSwarm
  readonly scheduler: Scheduler
  readonly chance: Chance
  readonly network: Network
  readonly courier: Courier
  readonly trace: Trace
  readonly voters: readonly VoterAddress[]
  readonly transportOf: (node: number) => Transport | null
  readonly steps: () => number
  /** It leads, and everything before was delivered. */
  readonly leads: (host: Host) => void
  /** Its process is gone; it may come back. */
  readonly down: (host: Host) => void
}

const DIRECTORY = '/data/__cluster_metadata-0'
/** A node that must stop has done so by then. */
const STOPS_WITHIN_US = 1_000_000
/** Syncs take no longer, on average, once the faults are over. */
const CALM_SYNC_US = 5_000

/** How a process is to end. */
export interface Doom {
  readonly isPowerCut: boolean
  /** Changes of the disk until then; 0: none. */
  readonly changes: number
  /** What the path of the first of them contains. */
  readonly near: string | null
}

const AT_ONCE = { isPowerCut: false, changes: 0, near: null }

export class Host {
  readonly node: number
  readonly #around: Surroundings
  machine = new MachineDisk()
  key: ReplicaKey
  life: Life | null = null
  transport: Transport | null = null
  /** A bit rotted: it counts as lost. */
  isRotten = false
  /** It refuses to start on its disk. */
  hasRefused = false
  /** It does not come back. */
  isDead = false
  /** Faults are over: its disk is quick. */
  isCalm = false
  /** How long its process is away once it ends. */
  awayUs = 1_000_000
  #observer: Observer
  #directoryId = ''
  #directories = 0
  #lives = 0
  /** The last in which it led; 0 for none. */
  #ledInLife = 0
  #doom: Doom | null = null
  #hasFailed = false
  #hasFailedSync = false

  constructor(around: Surroundings, node: number) {
    this.#around = around
    this.node = node
    this.key = this.#newKey()
    this.#observer = this.#newObserver()
  }

  // --- the disk's identity

  /** Of a new directory, as a node draws it when it finds none. */
  #newKey(): ReplicaKey {
    this.#directories += 1
    const { chance } = this.#around
    const bytes = Uint8Array.from({ length: 16 }, (_, at) =>
      chance.below(256, 21, this.node * 1_000 + this.#directories, at),
    )
    bytes[0] = this.node * 8 + 1
    this.#directoryId = uuidToString(bytes)
    return replicaKey({ nodeId: asNodeId(this.node + 1), directoryId: this.#directoryId })
  }

  #newObserver(): Observer {
    const { key, machine } = this
    const trace = (detail: Detail) => this.#trace(detail)
    return new Observer(this.#around, { key, machine, directory: DIRECTORY, trace })
  }

  get view(): DiskView {
    return this.#observer.view
  }

  get isUp(): boolean {
    return this.life?.process.isAlive === true
  }

  /** It runs and was not told to stop. */
  get isServing(): boolean {
    return this.isUp && this.life?.isOver === false
  }

  /** Counts lives. */
  get lives(): number {
    return this.#lives
  }

  /** Whether its disk was wiped since the beginning. */
  get wasWiped(): boolean {
    return this.#directories > 1
  }

  get image(): MetadataImage | null {
    return this.life?.loader.committedImage ?? null
  }

  // --- the trace

  #trace(detail: Detail): void {
    const { trace, scheduler, steps } = this.#around
    trace.add({ at: scheduler.now, node: this.node, step: steps(), detail })
  }

  note(text: string): void {
    this.#trace({ type: 'note', text })
  }

  noteLost(message: Message): void {
    this.#trace({ type: 'lost', message })
  }

  // --- a life

  start(): void {
    if (this.isDead || this.hasRefused || this.life !== null) return
    const { marks } = this.#around
    this.#lives += 1
    this.#doom = null
    this.#hasFailed = false
    this.#hasFailedSync = false
    this.note(`starts as ${this.key}`)
    if ([...this.machine.files.values()].some((file) => file.isUnsynced))
      marks.hit('started with what was not durable')
    const process = this.#newProcess()
    this.transport = this.#newTransport(process)
    this.life = this.#newLife(process, this.transport)
    void this.life.quorum
      .start()
      .catch((thrown: unknown) => this.#refused(process, asError(thrown)))
  }

  #newProcess(): Process {
    const { swarm, scheduler, chance } = this.#around
    const skew = swarm.clockSkew * (2 * chance.at(22, this.node) - 1)
    return new Process({
      ...{ scheduler, chance, rate: 1 + skew, turnUs: swarm.turnUs, lookMs: swarm.lookMs },
      life: this.node * 1_000 + this.#lives,
    })
  }

  #newTransport(process: Process): Transport {
    const { network, courier, transportOf, verdict } = this.#around
    return new Transport({
      ...{ node: this.node, process, network, courier, transportOf },
      opened: () => {
        const { life } = this
        if (life?.process === process) verdict.guard(() => this.#observer.begins(life))
      },
      sending: (message) => {
        if (this.#hasFailed) verdict.guard(() => disks.speaksAfterFailure(this.key, message))
      },
    })
  }

  #newLife(process: Process, transport: Transport): Life {
    const { swarm, verdict, history, voters } = this.#around
    const deliveries = new Deliveries(this.key, history, this.view)
    return new Life({
      self: { nodeId: asNodeId(this.node + 1), directoryId: this.#directoryId },
      incarnationId: uuidToString(new Uint8Array(16).fill(this.#lives)),
      voters,
      directory: DIRECTORY,
      disk: this.#mount(process),
      ...{ process, transport, deliveries },
      electionTimeoutMs: swarm.electionMs,
      maxBytesBetweenSnapshots: swarm.snapshotBytes,
      guard: (run) => verdict.guard(run),
      onLog: (log) => this.#observer.watchLog(log, () => deliveries.applied),
      onLeads: () => this.#leads(),
      onFatal: (error) => this.#failed(process, error),
    })
  }

  #mount(process: Process): MountedDisk {
    const { swarm } = this.#around
    return new MountedDisk({
      machine: this.machine,
      isAlive: () => process.isAlive,
      touched: (path) => this.#touched(process, path),
      afterSync: (run) => {
        const mean = this.isCalm ? Math.min(swarm.syncUs, CALM_SYNC_US) : swarm.syncUs
        process.later(1 + process.exponential(4, mean), run)
      },
      writesHalf: () => process.draw(5) < 0.5,
      failed: () => this.#syncFailed(process),
      renamed: (from, to) => this.#observer.renamed(from, to),
    })
  }

  #touched(process: Process, path: string): void {
    const doom = this.#doom
    if (!doom || !process.isAlive || this.life?.process !== process) return
    if (doom.near !== null && !path.includes(doom.near)) return
    this.#doom = { ...doom, changes: doom.changes - 1, near: null }
    if (doom.changes > 0) return
    process.die()
    throw new Died('the process ends here')
  }

  /** S18: whatever it was for, what was written may be gone, and the node stops. */
  #syncFailed(process: Process): void {
    const { verdict } = this.#around
    this.#hasFailedSync = true
    this.note('a sync fails')
    process.later(STOPS_WITHIN_US, () =>
      verdict.note(() => disks.failedSync(this.key, this.#hasFailed)),
    )
  }

  #leads(): void {
    const { marks, leads } = this.#around
    marks.hit('led')
    if (this.#ledInLife !== 0 && this.#ledInLife !== this.#lives)
      marks.hit('led again in another life')
    this.#ledInLife = this.#lives
    leads(this)
  }

  // --- its end

  /** It said that it cannot go on. */
  #failed(process: Process, error: Error): void {
    const { life } = this
    if (!process.isAlive || life?.process !== process) return
    this.note(`fails: ${toldOf(error)}`)
    life.isOver = true
    this.#hasFailed = true
    this.#judgeFailure(error, { mayLackSpace: (life.log?.offline ?? null) !== null })
    // Whoever owns the node stops it, in order or not.
    const end = () => this.#end()
    if (process.draw(6) < 0.5) end()
    else void life.quorum.close().then(end, end)
  }

  #refused(process: Process, error: Error): void {
    if (!process.isAlive || this.life?.process !== process) return
    this.note(`does not start: ${toldOf(error)}`)
    this.#judgeFailure(error, { mayLackSpace: true })
    this.#end()
  }

  /** Stops in order. */
  stop(): void {
    const { life } = this
    if (!life || !this.isServing) return
    this.note('stops')
    life.isOver = true
    const ended = (error: Error | null) => {
      if (!life.process.isAlive) return
      if (error) this.#judgeFailure(error, { mayLackSpace: true })
      else this.#around.marks.hit('stopped cleanly')
      this.#end()
    }
    void life.quorum.close().then(
      () => ended(null),
      (thrown: unknown) => ended(asError(thrown)),
    )
  }

  /**
   * Whether it may fail so. Whatever runs waits for space (S18), unless its log was to begin anew
   * and there was none for that.
   */
  #judgeFailure(error: Error, { mayLackSpace }: { readonly mayLackSpace: boolean }): void {
    const { verdict, marks } = this.#around
    if (this.#hasFailedSync) return marks.hit('failed sync stopped the node')
    const isUnusable = error instanceof MetadataUnusable
    if (this.isRotten && (isUnusable || this.life?.log)) {
      if (!this.life?.raft) marks.hit('rot refused a start')
      this.hasRefused = isUnusable
    } else if (!(isTransient(error) && mayLackSpace))
      verdict.report(error, isUnusable ? 'S6-refused' : 'fatal')
  }

  /** After a failed sync only a reboot tells what is there. */
  #end(): void {
    this.doom({ ...AT_ONCE, isPowerCut: this.#hasFailedSync })
  }

  doom(doom: Doom): void {
    if (!this.isUp) return
    this.#doom = doom
    if (doom.changes === 0 && doom.near === null) this.life?.process.die()
  }

  /** What was to end it does not. */
  spare(): void {
    this.awayUs = 100_000
    if (this.isUp) this.#doom = null
  }

  /** Its disk is gone for good: whoever starts here is another replica (S1). */
  wipe(): void {
    const { marks, founding } = this.#around
    marks.hit(founding.founders === null ? 'wiped before the founding' : 'wiped')
    this.doom({ ...AT_ONCE, isPowerCut: true })
    this.settle()
    this.machine = new MachineDisk()
    this.key = this.#newKey()
    this.#observer = this.#newObserver()
    this.isRotten = false
    this.hasRefused = false
  }

  /** After every event: buries the dead, and looks at the disk. */
  settle(): void {
    if (this.life && !this.life.process.isAlive) this.#bury(this.life)
    this.#observer.settle(this.isUp)
  }

  #bury({ raft }: Life): void {
    const { marks, chance, down } = this.#around
    const { isPowerCut, changes } = this.#doom ?? AT_ONCE
    this.life = null
    this.transport = null
    this.#doom = null
    marks.hit(endOf(isPowerCut, changes < 0))
    if (raft === null) marks.hit('killed while it started')
    if (raft === null && this.view.hardState.founders) marks.hit('founder was bound and died')
    if (isPowerCut) this.machine.powerCut(chance, this.node * 1_000 + this.#lives)
    this.note(isPowerCut ? 'power cut' : 'gone')
    this.#observer.stopped()
    down(this)
  }
}

function endOf(isPowerCut: boolean, isWithinTurn: boolean): SystemMark {
  if (isPowerCut) return isWithinTurn ? 'power cut within a turn' : 'power cut between turns'
  return isWithinTurn ? 'killed within a turn' : 'killed between turns'
}

/** The names of temporary files count all lives of this process; a run must not depend on them. */
function toldOf({ message }: Error): string {
  return message.replaceAll(/[\d-]+\.tmp/g, 'tmp').slice(0, 200)
}

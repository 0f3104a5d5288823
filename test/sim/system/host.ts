/**
 * One simulated node through all its lives: its machine with a disk, and the process on it that
 * starts, stops, is killed, loses its power, or loses its disk for good. After every event it
 * compares what its disk has with what it had promised.
 */
import { isTransient } from '../../../src/base/disk.ts'
import { asError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { uuidToString } from '../../../src/bytes/uuid.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import type { EntryLog, VoterAddress } from '../../../src/quorum/ports.ts'
import { readEntries } from '../../../src/quorum/entry-reader.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import { MetadataUnusable } from '../../../src/quorum/unusable.ts'
import type { Configuration, ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Message } from '../../../src/raft/messages.ts'
import type { Entry } from '../../../src/raft/entry.ts'
import type { Input, Ready } from '../../../src/raft/types.ts'
import type { Chance } from '../draw.ts'
import type { Invariants } from '../invariants/invariants.ts'
import { check } from '../invariants/violation.ts'
import type { Network } from '../network.ts'
import type { Scheduler } from '../scheduler.ts'
import type { Detail, Trace } from '../trace.ts'
import type { Courier } from './courier.ts'
import { Deliveries } from './invariants/deliveries.ts'
import type { Founding } from './invariants/founding.ts'
import { checkSnapshot } from './invariants/snapshots.ts'
import { DiskView, NOTHING, type FoundState } from './disk-view.ts'
import type { History } from './history.ts'
import { Life } from './life.ts'
import { MachineDisk } from './machine-disk.ts'
import type { SystemMarks } from './marks.ts'
import { Died, MountedDisk } from './mounted-disk.ts'
import { Process } from './process.ts'
import type { SystemSwarm } from './swarm.ts'
import { Transport } from './transport.ts'
import type { Verdict } from './verdict.ts'
import { watchCore, watchLog } from './watching.ts'

export interface Surroundings {
  readonly swarm: SystemSwarm
  readonly scheduler: Scheduler
  readonly chance: Chance
  readonly invariants: Invariants
  readonly history: History
  readonly founding: Founding
  readonly network: Network
  readonly courier: Courier
  readonly trace: Trace
  readonly marks: SystemMarks
  readonly verdict: Verdict
  readonly voters: readonly VoterAddress[]
  readonly transportOf: (node: number) => Transport | null
  readonly steps: () => number
  readonly stepped: () => void
  /** It leads, and everything before was delivered. */
  readonly leads: (host: Host) => void
  /** A process ended by itself, or was not able to start; it may come back. */
  readonly down: (host: Host) => void
}

export const DIRECTORY = '/data/__cluster_metadata-0'
/** A node that must stop has done so by then. */
const FAILS_WITHIN_US = 1_000_000
const NOBODY: Configuration = { voters: [], outgoing: [], learners: [] }
const BLANK = { mark: { index: 0, term: 0, configuration: NOBODY }, chain: 0 }

/** How a process is to end. */
interface Doom {
  readonly isPowerCut: boolean
  /** Changes of the disk until then. */
  changes: number
}

export class Host {
  readonly node: number
  readonly #around: Surroundings
  machine = new MachineDisk()
  view: DiskView
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
  #directoryId: string
  #directories = 0
  #lives = 0
  /** The last in which it led; 0 for none. */
  #ledInLife = 0
  /** The term in which a leader asked it to take over. */
  #toldToLead = -1
  #seen: FoundState = NOTHING
  #seenVersion = 0
  /** The log was shortened, or begun anew, since its promises were compared with it. */
  #hasTruncated = false
  #doom: Doom | null = null
  #hasFailedSync = false

  constructor(around: Surroundings, node: number) {
    this.#around = around
    this.node = node
    this.#directoryId = this.#newDirectoryId()
    this.key = this.#newKey()
    this.view = this.#newView()
  }

  #newDirectoryId(): string {
    this.#directories += 1
    const { chance } = this.#around
    const bytes = Uint8Array.from({ length: 16 }, (_, at) =>
      chance.below(256, 21, this.node * 1_000 + this.#directories, at),
    )
    bytes[0] = this.node * 8 + 1
    return uuidToString(bytes)
  }

  #newKey(): ReplicaKey {
    return replicaKey({ nodeId: asNodeId(this.node + 1), directoryId: this.#directoryId })
  }

  #newView(): DiskView {
    return new DiskView(this.machine, DIRECTORY, this.#around.invariants)
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

  // --- lives

  start(): void {
    if (this.isDead || this.hasRefused || this.life !== null) return
    const { swarm, scheduler, chance, marks, verdict, history } = this.#around
    this.#lives += 1
    this.#doom = null
    this.#hasFailedSync = false
    const skew = swarm.clockSkew * (2 * chance.at(22, this.node) - 1)
    const process = new Process({
      ...{ scheduler, chance, rate: 1 + skew, turnUs: swarm.turnUs, lookMs: swarm.lookMs },
      life: this.node * 1_000 + this.#lives,
    })
    const { network, courier, transportOf } = this.#around
    this.transport = new Transport({
      ...{ node: this.node, process, network, courier, transportOf },
      opened: () => verdict.guard(() => this.#opened()),
      sending: (message) => this.#sending(message),
    })
    this.note(`starts as ${this.key}`)
    if (this.#isUnsynced) marks.hit('started with what was not durable')
    const life = new Life({
      self: { nodeId: asNodeId(this.node + 1), directoryId: this.#directoryId },
      incarnationId: uuidToString(new Uint8Array(16).fill(this.#lives)),
      voters: this.#around.voters,
      directory: DIRECTORY,
      disk: this.#mount(process),
      process,
      transport: this.transport,
      deliveries: new Deliveries(this.key, history, this.view),
      electionTimeoutMs: swarm.electionMs,
      maxBytesBetweenSnapshots: swarm.snapshotBytes,
      guard: (run) => verdict.guard(run),
      onLog: (log) => this.#watchLog(log),
      onLeads: () => this.#leads(),
      onFatal: (error) => this.#failed(process, error),
    })
    this.life = life
    void life.quorum.start().catch((thrown: unknown) => this.#refused(process, asError(thrown)))
  }

  get #isUnsynced(): boolean {
    return [...this.machine.files.values()].some((file) => file.isUnsynced)
  }

  #mount(process: Process): MountedDisk {
    const { swarm } = this.#around
    return new MountedDisk({
      machine: this.machine,
      isAlive: () => process.isAlive,
      touched: () => {
        if (this.#doom && process.isAlive && this.life?.process === process) {
          this.#doom.changes -= 1
          if (this.#doom.changes < 0) {
            process.die()
            throw new Died('the process ends here')
          }
        }
      },
      afterSync: (run) => {
        const mean = this.isCalm ? Math.min(swarm.syncUs, 5_000) : swarm.syncUs
        process.later(1 + process.exponential(4, mean), run)
      },
      writesHalf: () => process.draw(5) < 0.5,
      failed: () => this.#syncFailed(process),
      renamed: (from, to) => {
        if (to.endsWith('.checkpoint')) this.#checkSnapshot(from, to)
      },
    })
  }

  /** S18: whatever it was for, what was written may be gone, and the node stops. */
  #syncFailed(process: Process): void {
    const { verdict } = this.#around
    this.#hasFailedSync = true
    this.note('a sync fails')
    process.later(FAILS_WITHIN_US, () =>
      verdict.note(() =>
        check(this.#isFailed, 'S18-failed-sync', () => `${this.key} goes on after a failed sync`),
      ),
    )
  }

  #checkSnapshot(from: string, path: string): void {
    const { verdict, history, marks, invariants } = this.#around
    marks.hit(from.endsWith('.incoming') ? 'snapshot adopted' : 'snapshot taken')
    verdict.guard(() => {
      const mark = checkSnapshot(this.machine, DIRECTORY, path, history)
      invariants.snapshot(this.key, { mark, chain: invariants.chainAt(mark.index) ?? -1 })
    })
  }

  #leads(): void {
    const { marks, leads } = this.#around
    marks.hit('led')
    if (this.#ledInLife !== 0 && this.#ledInLife !== this.#lives)
      marks.hit('led again in another life')
    this.#ledInLife = this.#lives
    leads(this)
  }

  // --- what is seen of a life

  /** The core is there, and has been given nothing yet. */
  #opened(): void {
    const { life } = this
    const log = life?.log
    const raft = life?.raft
    if (!life || !log || !raft) throw new Error('a transport is opened by a quorum with a core')
    const { invariants, history, marks } = this.#around
    const startIndex = log.logStartOffset
    check(
      startIndex <= history.end,
      '11-log-start',
      () => `${this.key} has a log that begins at ${startIndex}, which is not committed`,
    )
    const { founders, founded } = this.view.hardState
    const founding = founded && founders ? { ...NOBODY, voters: founders } : NOBODY
    const mark =
      startIndex === 0
        ? { index: 0, term: 0, configuration: founding }
        : history.markAt(startIndex)
    this.view.start = { mark, chain: invariants.chainAt(startIndex) ?? 0 }
    const { status } = raft
    const { term, vote } = this.view.hardState
    const recovered = {
      hardState: { term: status.term, vote: term === status.term ? vote : null },
      snapshot: mark,
      entries: entriesOf(log),
      commit: status.commit,
    }
    if (invariants.replicas.has(this.key)) this.#compareDisk()
    invariants.started(this.key, this.view, { recovered, state: BLANK, told: status })
    const lastIndex = startIndex + recovered.entries.length
    check(
      this.view.lastIndex >= lastIndex,
      '15-durable',
      () => `${this.key} begins with ${lastIndex}, and ${this.view.lastIndex} is durable`,
    )
    check(
      status.term >= Math.max(term, recovered.entries.at(-1)?.term ?? 0),
      '7-term',
      () => `${this.key} begins in term ${status.term}`,
    )
    if (lastIndex === 0 && founding.voters.length === 0) marks.hit('waits to be added')
    if (lastIndex > 0) marks.hit('started with a log')
    if (startIndex > 0) marks.hit('started from a snapshot')
    watchCore(raft, {
      before: (input) => this.#before(input),
      after: (input) => this.#after(input),
      ready: (ready) => this.#ready(ready),
    })
  }

  #before(input: Input): void {
    const { invariants, verdict, stepped } = this.#around
    if (input.type === 'message' && input.message.type === 'timeout-now')
      this.#toldToLead = input.message.term
    this.#trace({ type: 'input', input })
    verdict.guard(() => {
      stepped()
      invariants.input(this.key, input)
      if (input.type === 'applied')
        invariants.applied(this.key, input.index, invariants.chainAt(input.index) ?? -1)
    })
  }

  #after(input: Input): void {
    if (input.type !== 'compacted') return
    const { invariants, verdict, marks } = this.#around
    marks.hit('log forgotten behind a snapshot')
    verdict.guard(() => invariants.compacted(this.key, input.snapshot))
  }

  #ready(ready: Ready): void {
    const { invariants, verdict, history, marks } = this.#around
    this.#trace({ type: 'ready', ready })
    const { role, term } = ready.status
    if (role === 'leader' && term === this.#toldToLead + 1) marks.hit('leadership handed over')
    verdict.guard(() => {
      const mark = ready.batch?.snapshot ?? null
      const chain = mark === null ? 0 : (invariants.chainAt(mark.index) ?? -1)
      if (mark !== null)
        check(
          mark.index <= history.end,
          '11-snapshot',
          () => `${this.key} installs ${mark.index}, which is not committed`,
        )
      invariants.ready(this.key, ready, mark && { mark, chain })
    })
  }

  /** A node that has failed promises nothing any more. */
  #sending({ type }: Message): void {
    const { verdict } = this.#around
    if (!this.#isFailed || (type !== 'append-response' && type !== 'vote-response')) return
    verdict.guard(() => check(false, 'S18-stopped', () => `${this.key} has failed and says ${type}`))
  }

  #watchLog(log: EntryLog): void {
    const { verdict, marks } = this.#around
    const forgets = (offset: number, what: string) =>
      verdict.guard(() => {
        const isCovered = this.view.snapshots.some(({ index }) => index >= offset)
        check(offset === 0 || isCovered, '11-log-start', () => `${this.key} ${what} ${offset}`)
      })
    watchLog(log, {
      truncates: (offset) => {
        if (offset >= log.logEndOffset) return
        marks.hit('log truncated')
        this.#hasTruncated = true
        const applied = this.life?.deliveries.applied ?? 0
        verdict.guard(() =>
          check(
            offset >= applied,
            '11-truncation',
            () => `${this.key} truncates to ${offset} and has delivered ${applied}`,
          ),
        )
      },
      restarts: (offset) => {
        this.#hasTruncated = true
        forgets(offset, 'begins its log without a snapshot of')
      },
      forgets: (offset) => forgets(offset, 'forgets without a snapshot what is below'),
    })
  }

  // --- ends

  #isFailed = false

  /** It said that it cannot go on. */
  #failed(process: Process, error: Error): void {
    const { life } = this
    if (!process.isAlive || life?.process !== process) return
    this.note(`fails: ${toldOf(error)}`)
    life.isOver = true
    this.#isFailed = true
    this.#judgeFailure(error, { mayLackSpace: false })
    // Whoever owns the node stops it, in order or not.
    if (process.draw(6) < 0.5) this.doom(this.#hasFailedSync, 0)
    else void life.quorum.close().then(
      () => this.doom(this.#hasFailedSync, 0),
      () => this.doom(this.#hasFailedSync, 0),
    )
  }

  #refused(process: Process, error: Error): void {
    if (!process.isAlive || this.life?.process !== process) return
    this.note(`does not start: ${toldOf(error)}`)
    this.#judgeFailure(error, { mayLackSpace: true })
    this.doom(this.#hasFailedSync, 0)
  }

  #judgeFailure(error: Error, { mayLackSpace }: { readonly mayLackSpace: boolean }): void {
    const { verdict, marks } = this.#around
    if (this.#hasFailedSync) return marks.hit('failed sync stopped the node')
    const isUnusable = error instanceof MetadataUnusable
    if (this.isRotten && (isUnusable || this.life?.log !== null)) {
      marks.hit(this.life?.raft ? 'rot stopped a node' : 'rot refused a start')
      this.hasRefused = isUnusable
      return
    }
    // Whatever runs waits for space (S18), but for a log that was to begin anew and has not.
    if (isTransient(error) && (mayLackSpace || this.life?.log?.offline)) return
    verdict.report(error, isUnusable ? 'S6-refused' : 'fatal')
  }

  /** It ends at its next change of the disk but so many; 0: now. */
  doom(isPowerCut: boolean, changes: number): void {
    if (!this.isUp) return
    this.#doom = { isPowerCut, changes }
    if (changes === 0) this.life?.process.die()
  }

  /** What was to end it does not. */
  spare(): void {
    this.awayUs = 100_000
    if (this.isUp) this.#doom = null
  }

  /** Stops in order. */
  stop(): void {
    const { life } = this
    if (!life || !this.isServing) return
    const { marks } = this.#around
    this.note('stops')
    life.isOver = true
    void life.quorum.close().then(
      () => {
        if (!life.process.isAlive) return
        marks.hit('stopped cleanly')
        this.doom(false, 0)
      },
      (thrown: unknown) => {
        if (!life.process.isAlive) return
        this.#judgeFailure(asError(thrown), { mayLackSpace: true })
        this.doom(this.#hasFailedSync, 0)
      },
    )
  }

  /** Its disk is gone for good: whoever starts here is another replica (S1). */
  wipe(): void {
    const { marks, founding } = this.#around
    if (founding.founders === null) marks.hit('wiped before the founding')
    this.doom(true, 0)
    this.settle()
    this.machine = new MachineDisk()
    this.#directoryId = this.#newDirectoryId()
    this.key = this.#newKey()
    this.view = this.#newView()
    this.#seen = NOTHING
    this.#seenVersion = 0
    this.#hasTruncated = false
    this.isRotten = false
    this.hasRefused = false
    marks.hit('wiped')
  }

  /** After every event: buries the dead, and looks at the disk. */
  settle(): void {
    if (this.life && !this.life.process.isAlive) this.#bury(this.life)
    if (this.machine.version === this.#seenVersion) return
    this.#around.verdict.note(() => this.#compareDisk())
  }

  #bury(life: Life): void {
    const { invariants, marks, down } = this.#around
    const isPowerCut = this.#doom?.isPowerCut === true
    const isWithin = (this.#doom?.changes ?? 0) < 0
    this.life = null
    this.transport = null
    this.#isFailed = false
    marks.hit(
      isPowerCut
        ? isWithin ? 'power cut within a turn' : 'power cut between turns'
        : isWithin ? 'killed within a turn' : 'killed between turns',
    )
    if (life.raft === null) marks.hit('killed while it started')
    if (!life.raft && this.view.hardState.founders) marks.hit('founder was bound and died')
    if (isPowerCut) this.machine.powerCut(this.#around.chance, this.node * 1_000 + this.#lives)
    this.note(isPowerCut ? 'power cut' : 'gone')
    if (invariants.replicas.has(this.key)) invariants.stopped(this.key)
    this.#doom = null
    down(this)
  }

  /** What is durable now may follow what was, and keeps every promise. */
  #compareDisk(): void {
    const { invariants, founding, history } = this.#around
    const before = this.#seen
    const now = this.view.hardState
    this.#seen = now
    this.#seenVersion = this.machine.version
    founding.found(this.key, now, before)
    if (founding.founders) history.founding = { ...NOBODY, voters: founding.founders }
    check(
      now.flushedOffset <= this.view.logEnd,
      'S6-watermark',
      () => `${this.key} remembers ${now.flushedOffset} as durable, and has ${this.view.logEnd}`,
    )
    check(
      this.view.lastTerm <= now.term,
      'S8-hard-state-first',
      () => `${this.key} has an entry of term ${this.view.lastTerm}, and is in term ${now.term}`,
    )
    if (!invariants.replicas.has(this.key)) return
    invariants.durable(this.key, before, this.#hasTruncated)
    if (this.isUp) this.#hasTruncated = false
  }
}

/** The names of temporary files count all lives of this process; a run must not depend on them. */
function toldOf({ message }: Error): string {
  return message.replaceAll(/[\d-]+\.tmp/g, 'tmp').slice(0, 200)
}

/** As the core counts them. */
function entriesOf(log: EntryLog): Entry[] {
  const range = { from: log.logStartOffset, end: log.logEndOffset, maxBytes: Infinity }
  return readEntries(log, range).map(({ index, term, payload }) => ({
    ...{ index: index + 1, term },
    ...payload,
  }))
}

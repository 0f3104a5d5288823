/** One life of a node in the quorum: what it appended, what it was told, and whether it leads. */
import type { CommittedEntry, MetadataRecord } from '../../../src/metadata/records.ts'
import { imageOf, imageRecords } from '../../../src/metadata/snapshot.ts'
import type {
  Append,
  AppendOutcome,
  Leadership,
  MetadataQuorum,
  QuorumListener,
} from '../../../src/quorum/ports.ts'
import type { Process } from '../system/process.ts'
import { NO_RECORDS, type MetadataLog } from './metadata-log.ts'

export interface Waiting {
  readonly offset: number
  readonly epoch: number
  readonly records: readonly MetadataRecord[]
  readonly settle: (outcome: AppendOutcome) => void
}

/** Between two attempts of a node that hears nothing. */
const RETRY_US = 50_000

export class NodeQuorum implements MetadataQuorum {
  readonly node: number
  readonly #log: MetadataLog
  readonly #process: Process
  readonly #listeners: QuorumListener[] = []
  leadership: Leadership = { epoch: 0, leaderId: null, isLeader: false }
  waiting: Waiting[] = []
  /** Entries that its listeners were told. */
  #told = 0
  /** Where the log ended when it started. */
  #startEnd = 0
  #isCaughtUp = false
  #isPulling = false
  #isCommitting = false
  hasStarted = false

  constructor(node: number, log: MetadataLog, process: Process) {
    this.node = node
    this.#log = log
    this.#process = process
  }

  get isRunning(): boolean {
    return this.#process.isAlive && !this.#process.isStalled
  }

  get commitOffset(): number {
    return this.#told
  }

  get nextOffset(): number {
    return this.#told + this.waiting.length
  }

  subscribe(listener: QuorumListener): void {
    this.#listeners.push(listener)
  }

  /** What its disk holds it is told at once; the rest by and by. */
  start(): void {
    this.hasStarted = true
    this.#startEnd = this.#log.end
    this.#log.join(this)
    this.news()
  }

  // --- as a leader

  append(epoch: number, records: readonly MetadataRecord[]): Append {
    if (!this.leadership.isLeader || epoch !== this.leadership.epoch)
      return { accepted: false, reason: 'not-leader' }
    const offset = this.nextOffset
    const outcome = new Promise<AppendOutcome>((settle) =>
      this.waiting.push({ offset, epoch, records, settle }),
    )
    this.#commitIn(this.#log.of.commitUs)
    return { accepted: true, offset, outcome }
  }

  #commitIn(meanUs: number): void {
    if (this.#isCommitting) return
    this.#isCommitting = true
    this.#process.later(1 + this.#process.exponential(61, meanUs), () => {
      this.#isCommitting = false
      this.#commit()
    })
  }

  #commit(): void {
    if (!this.leadership.isLeader || this.waiting.length === 0) return
    if (this.#log.leader !== this || !this.#log.hasMajority(this.node))
      return this.#commitIn(RETRY_US)
    const committed = this.waiting.splice(0)
    const entries = committed.map(({ offset, epoch, records }) => ({ offset, epoch, records }))
    this.#log.push(entries)
    this.#tell(entries)
    for (const { offset, settle } of committed) settle({ outcome: 'ok', offset })
  }

  confirmLeadership(epoch: number): Promise<boolean> {
    return new Promise((resolve) => {
      const look = () => {
        const { isLeader, epoch: now } = this.leadership
        if (!isLeader || now !== epoch) return resolve(false)
        if (this.#log.leader === this && this.#log.hasMajority(this.node)) return resolve(true)
        this.#process.later(RETRY_US, look)
      }
      this.#process.later(1 + this.#process.exponential(62, this.#log.of.commitUs), look)
    })
  }

  /** Elected: everything that is committed, and what survived of others, comes first. */
  succeed(epoch: number, survivors: readonly CommittedEntry[]): void {
    this.#resign({ epoch, leaderId: null })
    this.#tell(this.#log.entries.slice(this.#told))
    const own = { offset: this.#told + survivors.length, epoch, records: NO_RECORDS }
    const entries = [...survivors, own]
    this.#log.push(entries)
    this.#tell(entries)
    this.#caughtUp()
    this.#lead({ ...this.#log.leadership, isLeader: true })
  }

  /** It finds out by itself that nobody follows it. */
  deposedSoon(): void {
    const { electionUs } = this.#log.of
    const { epoch } = this.leadership
    this.#process.later(this.#process.exponential(63, electionUs), () => {
      if (this.leadership.isLeader && this.leadership.epoch === epoch)
        this.#resign({ epoch, leaderId: null })
    })
  }

  #resign(known: Pick<Leadership, 'epoch' | 'leaderId'>): void {
    const unknown = this.waiting.splice(0)
    this.#lead({ ...known, isLeader: false })
    for (const { settle } of unknown) settle({ outcome: 'unknown' })
  }

  #lead(leadership: Leadership): void {
    const { epoch, leaderId, isLeader } = this.leadership
    if (
      leadership.epoch === epoch &&
      leadership.leaderId === leaderId &&
      isLeader === leadership.isLeader
    )
      return
    this.leadership = leadership
    for (const listener of this.#listeners) listener.onLeadership?.(leadership)
  }

  // --- as everybody else

  /** There is something that it was not told. */
  news(): void {
    if (this.#isPulling || !this.hasStarted || !this.#process.isAlive) return
    this.#isPulling = true
    const { lagUs } = this.#log.of
    const mean = this.#log.isCalm ? Math.min(lagUs, 2_000) : lagUs
    this.#process.later(1 + this.#process.exponential(64, mean), () => this.#pull())
  }

  /** What it would hear of late it hears of soon. */
  calm(): void {
    if (this.#isPulling && this.#process.isAlive) this.#process.later(1, () => this.#pull())
  }

  #pull(): void {
    if (!this.#log.hears(this.node)) {
      if (this.#isUpToDate) this.#isPulling = false
      else this.#process.later(RETRY_US, () => this.#pull())
      return
    }
    this.#isPulling = false
    const { leadership } = this.#log
    if (this.#log.leader !== this && leadership.epoch > this.leadership.epoch)
      this.#resign(leadership)
    if (this.#log.leader === this) return
    this.#catchUp()
    if (!this.#isUpToDate) this.news()
  }

  get #isUpToDate(): boolean {
    return this.#told === this.#log.end && this.leadership.epoch === this.#log.leadership.epoch
  }

  #catchUp(): void {
    const { entries } = this.#log
    const missing = entries.length - this.#told
    if (missing > 1 && this.#process.draw(65) < this.#log.of.snapshots) {
      this.#log.of.marks.hit('metadata snapshot')
      const end = this.#told + 1 + Math.floor(this.#process.draw(66) * missing)
      this.#told = end
      const whole = this.#log.imageAfter(end)
      // As it is when it has been written and read.
      const of = { records: imageRecords(whole), endOffset: end, epoch: whole.controllerEpoch }
      const image = imageOf(of)
      for (const listener of this.#listeners) listener.onSnapshot(image)
    }
    const part = entries.slice(this.#told)
    // Not always all at once.
    const count = this.#process.draw(67) < 0.3 ? Math.ceil(part.length / 2) : part.length
    this.#tell(part.slice(0, count))
    if (this.#told >= this.#startEnd) this.#caughtUp()
  }

  #tell(entries: readonly CommittedEntry[]): void {
    if (entries.length === 0) return
    this.#told += entries.length
    for (const listener of this.#listeners) listener.onCommitted(entries)
  }

  #caughtUp(): void {
    if (this.#isCaughtUp) return
    this.#isCaughtUp = true
    for (const listener of this.#listeners) listener.onCaughtUp?.()
  }
}

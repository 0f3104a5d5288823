/**
 * One replica of the metadata log: the pure core of `raft/`, and around it what a core needs. Its
 * duties in every turn, in this order: take messages in, then ticks; hand the batch to the disk;
 * send what may be sent; tell who leads, and those who asked; deliver what is committed. It decides
 * nothing about safety: what must wait for the disk waits in the core (`raft/gates.ts`).
 */
import assert from 'node:assert'
import type { Clock, Timer } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import type { Durations } from '../base/durations.ts'
import { asError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { Random } from '../base/random.ts'
import { isMember, isVoter, type ReplicaKey } from '../raft/configuration.ts'
import type { Message } from '../raft/messages.ts'
import { Raft } from '../raft/raft.ts'
import type { Answer, Input, Ready, Status } from '../raft/types.ts'
import { Applier } from './applier.ts'
import {
  CORE_BOUNDS,
  ELECTION_TICKS,
  HEARTBEAT_TICKS,
  INBOX_MAX,
  MESSAGES_PER_TURN,
} from './bounds.ts'
import { DiskWriter } from './disk-writer.ts'
import { LostEntries } from './lost-entries.ts'
import { Outcomes, type Outcome } from './outcomes.ts'
import { Peers } from './peers.ts'
import type { QuorumListener, RaftTransport, SnapshotSource } from './ports.ts'
import type { SnapshotStore } from './snapshot-store.ts'
import { SnapshotTaker } from './snapshot-taker.ts'
import { SnapshotSender } from './snapshot-sender.ts'
import { SnapshotReceiver } from './snapshot-transfer.ts'
import type { Storage } from './storage.ts'
import { Ticker } from './ticker.ts'

export interface DriverOptions {
  readonly self: ReplicaKey
  readonly storage: Storage
  readonly snapshots: SnapshotStore
  readonly transport: RaftTransport
  readonly disk: Disk
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly listeners: readonly QuorumListener[]
  readonly snapshotSource: SnapshotSource
  readonly maxBytesBetweenSnapshots: number
  readonly electionTimeoutMs: number
  readonly events: DriverEvents
}

export interface DriverEvents {
  /** The core's status, or what is delivered, may have changed. Synchronous. */
  progressed(): void
  /** It cannot go on, and has stopped. Once. */
  failed(error: Error): void
}

/** What the core can be asked for; its number is given here. */
type WithoutId<Asked> = Asked extends unknown ? Omit<Asked, 'id'> : never
export type Request = WithoutId<Extract<Input, { readonly id: number }>>

const TWO_TICKS: Input = { type: 'tick', ticks: 2 }

/** Calls of `ready` in a row with something to do: more would be a core that never rests. */
const READY_MAX = 100

export class Driver {
  readonly #options: DriverOptions
  readonly #logger: Logger
  readonly #raft: Raft
  readonly #peers: Peers
  readonly #outcomes = new Outcomes()
  readonly #writer: DiskWriter
  readonly #applier: Applier
  readonly #taker: SnapshotTaker
  readonly #sender: SnapshotSender
  readonly #receiver: SnapshotReceiver
  readonly #ticker: Ticker
  readonly #lostEntries = new LostEntries()
  #inbox: Message[] = []
  #ticks = 0
  #turn: Timer | null = null
  #state: 'new' | 'running' | 'closing' | 'stopped' = 'new'

  constructor(options: DriverOptions) {
    const { self, storage, snapshots, clock, random, logger, electionTimeoutMs } = options
    this.#options = options
    this.#logger = logger
    const recovered = storage.recovered()
    this.#raft = new Raft({
      self,
      recovered,
      reader: storage,
      random: () => random.next(),
      electionTicks: ELECTION_TICKS,
      heartbeatTicks: HEARTBEAT_TICKS,
      bounds: CORE_BOUNDS,
    })
    this.#peers = new Peers(self)
    const failed = (error: Error) => {
      this.#fail(error)
    }
    this.#writer = new DiskWriter(storage, clock, {
      persisted: (batch) => this.#input({ type: 'persisted', batch }),
      spaceChanged: (hasSpace) => this.#spaceChanged(hasSpace),
      failed,
    })
    this.#applier = new Applier({
      ...{ storage, snapshots, clock, listeners: options.listeners },
      founding: recovered.snapshot.configuration,
      events: { applied: (index) => this.#applied(index), failed },
    })
    this.#taker = new SnapshotTaker({
      ...{ storage, snapshots, logger, failed, source: options.snapshotSource },
      maxBytesBetweenSnapshots: options.maxBytesBetweenSnapshots,
      compacted: (snapshot) => this.#step({ type: 'compacted', snapshot }),
    })
    this.#sender = new SnapshotSender({
      ...options,
      sent: ({ to, session }, ok) => this.#input({ type: 'snapshot-sent', to, session, ok }),
    })
    this.#receiver = new SnapshotReceiver({ ...options, failed })
    const tickMs = Math.max(1, Math.round(electionTimeoutMs / ELECTION_TICKS))
    this.#ticker = new Ticker(clock, tickMs, (ticks) => {
      this.#ticks += ticks
      this.#takeTurn()
    })
  }

  // --- what it knows

  get raft(): Raft {
    return this.#raft
  }

  get applier(): Applier {
    return this.#applier
  }

  get hasSpace(): boolean {
    return this.#writer.hasSpace
  }

  /** Requests whose outcome is not known yet. */
  get waiting(): number {
    return this.#outcomes.count
  }

  get tickMs(): number {
    return this.#ticker.tickMs
  }

  get electionTicks(): number {
    return ELECTION_TICKS
  }

  get fsyncs(): Durations {
    return this.#writer.rounds
  }

  // --- life

  /** `isAwaited`: everybody is there and waits for a leader, which this one is to be. */
  start({ isAwaited }: { readonly isAwaited: boolean }): void {
    assert(this.#state === 'new', 'a driver starts once')
    this.#state = 'running'
    const { transport } = this.#options
    transport.open({
      onMessage: (message) => this.#receive(message),
      onUnreachable: (replica) => this.#input({ type: 'unreachable', replica }),
      onGone: (replica) => this.#input({ type: 'gone', replica }),
      onSnapshot: (offer) => (this.#state === 'running' ? this.#receiver.receive(offer) : null),
    })
    // Dialled before it is needed: an election would wait for it.
    if (this.#peers.follow(this.#raft.configurationsInDoubt)) this.#setPeers()
    this.#ticker.start()
    // Who is alone has nobody to wait for.
    this.#ticks = 1
    // Ticks count by twos at most, as those of a stall do.
    if (isAwaited) while (this.#raft.status.role === 'follower') this.#step(TWO_TICKS)
    this.#planTurn()
  }

  /**
   * Hands leadership over, finishes what was written, tells what became of it, closes the log.
   * Never rejects but with what the log's closing throws.
   */
  async close(): Promise<void> {
    const { transport, storage } = this.#options
    if (this.#state === 'running') {
      this.#state = 'closing'
      if (this.#hasOtherVoters) this.#input({ type: 'resign' })
    }
    this.#ticker.stop()
    this.#sender.keep(() => false)
    this.#takeTurn()
    await this.#writer.close()
    this.#takeTurn()
    await this.#applier.stop()
    await this.#taker.stop()
    this.#stop()
    await transport.close()
    await storage.close({ hasFailed: this.#writer.hasFailed })
  }

  get #hasOtherVoters(): boolean {
    const { self } = this.#options
    const { configuration } = this.#raft
    return configuration.voters.some((voter) => voter !== self)
  }

  #stop(): void {
    this.#state = 'stopped'
    this.#turn?.cancel()
    this.#ticker.stop()
    this.#outcomes.end()
  }

  #fail(error: Error): void {
    if (this.#state === 'stopped') return
    this.#stop()
    this.#options.events.failed(error)
  }

  // --- being asked

  /** Asks the core; what comes of it, and what it says at once: `accepted` or `refused`. */
  ask(request: Request): { outcome: Promise<Outcome>; answer: Answer | null } {
    assert(this.#state === 'running', 'only what runs is asked')
    const { id, outcome } = this.#outcomes.expect()
    this.#step({ ...request, id })
    const answers = this.#raft.takeAnswers()
    for (const answer of answers) this.#outcomes.answer(answer)
    this.#planTurn()
    return { outcome, answer: answers.find((answer) => answer.id === id) ?? null }
  }

  // --- turns

  #receive(message: Message): void {
    if (this.#state !== 'running' || this.#inbox.length >= INBOX_MAX) return
    this.#inbox.push(message)
    this.#planTurn()
  }

  #input(input: Input): void {
    if (this.#state === 'stopped' || this.#state === 'new') return
    this.#step(input)
    this.#planTurn()
  }

  #step(input: Input): void {
    try {
      this.#raft.step(input)
    } catch (thrown) {
      this.#fail(asError(thrown))
    }
  }

  #planTurn(): void {
    if (this.#state === 'stopped') return
    this.#turn ??= this.#options.clock.timer(0, () => this.#takeTurn())
  }

  #takeTurn(): void {
    this.#turn?.cancel()
    this.#turn = null
    if (this.#state === 'stopped') return
    for (const message of this.#inbox.splice(0, MESSAGES_PER_TURN)) this.#take(message)
    if (this.#inbox.length > 0) this.#planTurn()
    if (this.#ticks > 0) {
      const ticks = this.#ticks
      this.#ticks = 0
      this.#step({ type: 'tick', ticks })
    }
    try {
      this.#performAll()
    } catch (thrown) {
      this.#fail(asError(thrown))
    }
  }

  #take(message: Message): void {
    if (message.type === 'snapshot') {
      const { index: endOffset, term: epoch } = message.snapshot
      // Its file is gone, or never was whole: the leader finds out, and sends it again.
      if (endOffset > this.#raft.status.commit && !this.#receiver.has({ endOffset, epoch })) return
    }
    if (this.#peers.heard(message.from)) this.#setPeers()
    this.#lostEntries.received(message)
    this.#step({ type: 'message', message })
  }

  #performAll(): void {
    for (let count = 0; this.#state !== 'stopped'; count += 1) {
      const ready = this.#raft.ready()
      if (ready === null) return
      assert(count < READY_MAX, 'a core comes to rest')
      this.#perform(ready)
    }
  }

  #perform({ batch, messages, snapshots, answers, applicable, status }: Ready): void {
    const { transport, events } = this.#options
    if (batch) {
      if (batch.snapshot) this.#receiver.keepUntilAdopted()
      this.#writer.submit(batch, status.commit)
    }
    if (this.#peers.follow(this.#raft.configurationsInDoubt)) this.#setPeers()
    for (const message of messages) {
      const lost = this.#lostEntries.sending(message)
      if (lost) return this.#fail(lost)
      transport.send(message)
    }
    for (const wanted of snapshots) this.#sender.send(wanted)
    this.#keepSnapshots(status)
    // Who leads no longer hears of it before what it had appended turns out to be unknown.
    events.progressed()
    for (const answer of answers) this.#outcomes.answer(answer)
    this.#applier.advance(applicable)
  }

  #keepSnapshots({ role, term }: Status): void {
    const { configuration } = this.#raft
    this.#sender.keep(
      (wanted) => role === 'leader' && wanted.term === term && isMember(configuration, wanted.to),
    )
  }

  #setPeers(): void {
    this.#options.transport.setPeers(this.#peers.all)
  }

  // --- what comes back

  #applied(index: number): void {
    this.#step({ type: 'applied', index })
    this.#outcomes.applied(index)
    this.#options.events.progressed()
    this.#taker.consider(this.#applier)
    this.#planTurn()
  }

  #spaceChanged(hasSpace: boolean): void {
    if (hasSpace) this.#logger.info({}, 'there is space for the metadata log again')
    else this.#logger.error({}, 'no space left for the metadata log; changes are refused')
    // Somebody whose disk is not full shall lead; alone, it waits for space.
    if (!hasSpace && this.#hasOtherVoters) this.#input({ type: 'resign' })
  }

  /** Whether this replica votes, as far as it knows. */
  get isVoter(): boolean {
    return isVoter(this.#raft.configuration, this.#options.self)
  }
}

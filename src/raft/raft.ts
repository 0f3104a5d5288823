/**
 * One replica of the Raft log. Pure: `step` takes what happened, `ready` says what is to be done;
 * no clock, no disk, no network, no randomness of its own. The driver calls `ready` after any
 * number of steps, hands the batch to the disk, sends the messages, and says when batches are
 * durable. It cannot get the order wrong: what must wait for the disk waits here (`gates.ts`).
 *
 * References are to "In Search of an Understandable Consensus Algorithm" (Ongaro and Ousterhout,
 * extended version: "Raft §…") and to Ongaro's dissertation ("thesis §…").
 */
import assert from 'node:assert'
import type { Configuration } from './configuration.ts'
import { Core } from './core.ts'
import { Elections } from './elections.ts'
import { Following } from './following.ts'
import { Leading } from './leading.ts'
import type { Message } from './messages.ts'
import type { Answer, Batch, Input, RaftOptions, Ready, ReplicaStatus, Status } from './types.ts'

export class Raft {
  readonly #core: Core
  readonly #elections: Elections
  readonly #following: Following
  #leading: Leading | null = null
  #told: Status
  #toldApplicable: number

  constructor(options: RaftOptions) {
    this.#core = new Core(options)
    this.#elections = new Elections(this.#core, () => this.#lead())
    this.#following = new Following(this.#core)
    this.#told = this.status
    this.#toldApplicable = this.#core.log.snapshot.index
  }

  get status(): Status {
    const { role, term, leader, log } = this.#core
    return { role, term, leader, commit: log.commit }
  }

  /** Of the newest entry, committed or not. */
  get lastIndex(): number {
    return this.#core.log.lastIndex
  }

  /** The one in force: of the newest such entry, committed or not. */
  get configuration(): Configuration {
    return this.#core.log.configuration
  }

  /** Those that may be in force elsewhere: the committed one, and all behind it. */
  get configurationsInDoubt(): readonly Configuration[] {
    return this.#core.log.configurationsInDoubt
  }

  /** What a leader knows of the other members; empty for anybody else. */
  get replicas(): readonly ReplicaStatus[] {
    return this.#leading?.replicas ?? []
  }

  step(input: Input): void {
    switch (input.type) {
      case 'tick':
        if (this.#leading) this.#leading.tick(input.ticks)
        else this.#elections.tick(input.ticks)
        return
      case 'message':
        return this.#receive(input.message)
      case 'persisted':
        this.#core.persisted(input.batch)
        this.#elections.persisted()
        return this.#leading?.persisted()
      case 'applied':
        return this.#core.log.appliedTo(input.index)
      case 'compacted':
        return this.#core.log.compact(input.snapshot)
      case 'gone':
        this.#elections.gone(input.replica)
        return this.#leading?.unreachable(input.replica)
      default:
        return this.#ask(input)
    }
  }

  /** What only a leader can do. */
  #ask(
    input: Extract<
      Input,
      {
        type:
          'propose' | 'read' | 'configure' | 'transfer' | 'resign' | 'snapshot-sent' | 'unreachable'
      }
    >,
  ): void {
    const leading = this.#leading
    if (!leading) {
      if ('id' in input) this.#core.refuse(input.id, 'not-leader')
      return
    }
    switch (input.type) {
      case 'propose':
        return leading.propose(input.id, input.data)
      case 'read':
        return leading.read(input.id)
      case 'configure':
        return leading.configure(input.id, input.change)
      case 'transfer':
        return leading.transfer(input.id, input.to)
      case 'resign':
        return leading.resign()
      case 'snapshot-sent':
        return leading.snapshotSent(input.to, input.session, input.ok)
      case 'unreachable':
        return leading.unreachable(input.replica)
    }
  }

  // --- roles

  #lead(): void {
    this.#leading = new Leading(this.#core, () => this.#follow(null))
  }

  #follow(leader: Message['from'] | null): void {
    const leading = this.#leading
    this.#leading = null
    leading?.end()
    this.#elections.follow(leader)
  }

  // --- messages

  #receive(message: Message): void {
    const core = this.#core
    // To the same node before its disk was wiped.
    if (message.to !== core.self) return
    if (message.term < core.term) return this.#tellTerm(message)
    if (message.term > core.term && !this.#enterTermOf(message)) return
    if (isFromLeader(message)) {
      assert(core.role !== 'leader', 'one leader in a term')
      if (core.leader === message.from && core.role === 'follower') this.#elections.heard()
      else this.#follow(message.from)
    }
    this.#handle(message)
  }

  /** Returns whether the message is to be handled. */
  #enterTermOf(message: Message): boolean {
    if (message.type === 'pre-vote') return true
    if (message.type === 'pre-vote-response' && message.granted) return true
    if (message.type === 'vote' && this.#elections.protectsLeader(message.isTransfer)) return false
    this.#core.enterTerm(message.term)
    this.#follow(null)
    return true
  }

  /** A deposed leader, or a candidate of an old term, learns of the present one. */
  #tellTerm(message: Message): void {
    const core = this.#core
    if (isFromLeader(message))
      core.send(message.from, { type: 'append-response', session: 0, index: 0 })
    else if (message.type === 'pre-vote')
      core.send(message.from, { type: 'pre-vote-response', granted: false })
    else if (message.type === 'vote')
      core.send(message.from, { type: 'vote-response', granted: false })
  }

  #handle(message: Message): void {
    switch (message.type) {
      case 'pre-vote':
        return this.#elections.onPreVote(message)
      case 'vote':
        return this.#elections.onVote(message)
      case 'pre-vote-response':
      case 'vote-response':
        return this.#elections.onResponse(message)
      case 'append':
        return this.#following.onAppend(message)
      case 'heartbeat':
        return this.#following.onHeartbeat(message)
      case 'snapshot':
        return this.#following.onSnapshot(message)
      case 'append-response':
        return this.#leading?.onAppendResponse(message)
      case 'append-rejection':
        return this.#leading?.onAppendRejection(message)
      case 'heartbeat-response':
        return this.#leading?.onHeartbeatResponse(message)
      case 'timeout-now':
        return this.#elections.onTimeoutNow()
      case 'resignation':
        return this.#elections.onResignation(message)
    }
  }

  // --- output

  /** Answers given so far, for whoever cannot wait for `ready`, which gives the rest. */
  takeAnswers(): readonly Answer[] {
    const { answers } = this.#core
    this.#core.answers = []
    return answers
  }

  /** What is to be done now; null when nothing is. */
  ready(): Ready | null {
    const core = this.#core
    this.#leading?.flush()
    const batch = this.#takeBatch()
    const messages = core.outbox.take(core.durable, core.term)
    const answers = this.takeAnswers()
    const { snapshots } = core
    core.snapshots = []
    const { status } = this
    const { applicable } = core.log
    const isSilent = batch === null && messages.length + answers.length + snapshots.length === 0
    const isNews = applicable !== this.#toldApplicable || !isSameStatus(status, this.#told)
    if (isSilent && !isNews) return null
    this.#told = status
    this.#toldApplicable = applicable
    return { batch, messages, applicable, answers, snapshots, status }
  }

  #takeBatch(): Batch | null {
    const core = this.#core
    if (!core.hasUnwritten) return null
    const number = core.nextBatch
    const hardState = core.takeHardState(number)
    return { number, hardState, ...core.log.takeUnwritten(number) }
  }
}

/** Only whoever leads in the message's term sends these. */
function isFromLeader({ type }: Message): boolean {
  return type === 'append' || type === 'heartbeat' || type === 'snapshot'
}

function isSameStatus(one: Status, other: Status): boolean {
  return (
    one.role === other.role &&
    one.term === other.term &&
    one.leader === other.leader &&
    one.commit === other.commit
  )
}

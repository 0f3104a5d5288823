/**
 * What all roles of a replica share: its term and vote, its log, what waits to be sent and
 * answered. Who does what with it is in `elections.ts`, `following.ts` and `leading.ts`.
 */
import assert from 'node:assert'
import type { ReplicaKey } from './configuration.ts'
import { membersOf } from './configuration.ts'
import type { Durable } from './gates.ts'
import { Outbox } from './gates.ts'
import type { Content } from './messages.ts'
import { RaftLog } from './raft-log.ts'
import type {
  Answer,
  HardState,
  RaftOptions,
  Refusal,
  RequestId,
  Role,
  SnapshotWanted,
} from './types.ts'

export class Core {
  readonly options: RaftOptions
  readonly self: ReplicaKey
  readonly log: RaftLog
  readonly outbox = new Outbox()
  role: Role = 'follower'
  leader: ReplicaKey | null = null
  /** Up to here the log has been compared with that of this term's leader. */
  matched = 0
  answers: Answer[] = []
  snapshots: SnapshotWanted[] = []
  #hardState: HardState
  #durableHardState: HardState
  #isHardStateWritten = true
  #writing: { readonly batch: number; readonly hardState: HardState }[] = []
  #batches = 0

  constructor(options: RaftOptions) {
    const { recovered, reader, bounds, electionTicks, heartbeatTicks } = options
    assert(heartbeatTicks >= 1 && electionTicks > heartbeatTicks, 'heartbeats prevent elections')
    this.options = options
    this.self = options.self
    this.log = new RaftLog(recovered, reader, bounds.cachedBytes)
    this.#hardState = recovered.hardState
    this.#durableHardState = recovered.hardState
    assert(this.term >= this.log.lastTerm, 'the term is at least that of the last entry (S8)')
  }

  get term(): number {
    return this.#hardState.term
  }

  get vote(): ReplicaKey | null {
    return this.#hardState.vote
  }

  get durable(): Durable {
    return { hardState: this.#durableHardState, index: this.log.durable }
  }

  get hardState(): HardState {
    return this.#hardState
  }

  /** All members but this one, if it is one. */
  get others(): readonly ReplicaKey[] {
    return membersOf(this.log.configuration).filter((replica) => replica !== this.self)
  }

  enterTerm(term: number): void {
    assert(Number.isSafeInteger(term) && term > this.term, 'terms only go up')
    this.#setHardState({ term, vote: null })
    this.matched = 0
    this.leader = null
  }

  voteFor(candidate: ReplicaKey): void {
    assert(this.vote === null || this.vote === candidate, 'one vote in a term')
    if (this.vote === null) this.#setHardState({ term: this.term, vote: candidate })
  }

  send(to: ReplicaKey, content: Content, term = this.term): void {
    this.outbox.add({ from: this.self, to, term, ...content })
  }

  answer(answer: Answer): void {
    this.answers.push(answer)
  }

  refuse(id: RequestId, reason: Refusal): void {
    this.answer({ type: 'refused', id, reason })
  }

  // --- what goes to the disk

  get nextBatch(): number {
    return this.#batches + 1
  }

  get hasUnwritten(): boolean {
    return !this.#isHardStateWritten || this.log.hasUnwritten
  }

  /** The hard state, if the batch of that number has to carry it. */
  takeHardState(batch: number): HardState | null {
    this.#batches = batch
    if (this.#isHardStateWritten) return null
    this.#isHardStateWritten = true
    this.#writing.push({ batch, hardState: this.#hardState })
    return this.#hardState
  }

  persisted(batch: number): void {
    assert(batch <= this.#batches, 'only what was handed out is persisted')
    while (this.#writing[0] && this.#writing[0].batch <= batch) {
      this.#durableHardState = this.#writing[0].hardState
      this.#writing.shift()
    }
    this.log.persisted(batch)
  }

  #setHardState(hardState: HardState): void {
    this.#hardState = hardState
    this.#isHardStateWritten = false
  }
}

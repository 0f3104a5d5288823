/**
 * Coming to a leader: the election timer, pre-votes, votes. Pre-vote (Raft thesis §9.6): nobody
 * raises its term before a majority would vote for it. Whoever hears a leader does not help to
 * depose it (thesis §4.2.3), unless that leader asks for it or its process is known to be gone.
 */
import type { ReplicaKey } from './configuration.ts'
import { isMember, isVoter } from './configuration.ts'
import type { Core } from './core.ts'
import { ownVote } from './gates.ts'
import type { Message } from './messages.ts'
import { voteResult } from './quorum.ts'

/**
 * Ticks of one input that count towards an election. A stall of this process is no evidence
 * against the leader, whose heartbeats may wait in a socket.
 */
const TICKS_CREDITED_MAX = 2

type MessageOf<Type extends Message['type']> = Extract<Message, { readonly type: Type }>

export class Elections {
  readonly #core: Core
  readonly #becomeLeader: () => void
  #elapsed = 0
  #timeout: number
  #votes = new Map<ReplicaKey, boolean>()

  /** `becomeLeader` is called when a majority has voted for this replica. */
  constructor(core: Core, becomeLeader: () => void) {
    this.#core = core
    this.#becomeLeader = becomeLeader
    this.#timeout = this.#randomTimeout()
    const { configuration } = core.log
    const isAlone = configuration.voters.length === 1 && configuration.outgoing.length === 0
    if (isAlone && configuration.voters[0] === core.self) this.#timeout = 1
  }

  #randomTimeout(): number {
    const { electionTicks, random } = this.#core.options
    return electionTicks + Math.floor(random() * electionTicks)
  }

  tick(ticks: number): void {
    this.#elapsed += Math.min(ticks, TICKS_CREDITED_MAX)
    if (this.#elapsed < this.#timeout) return
    this.#restartTimer()
    if (this.#isVoter) this.#preCampaign()
    // Its vote may be needed (see `#mayVote`): it does not protect a silent leader either.
    else this.#core.leader = null
  }

  /** The leader was heard of. */
  heard(): void {
    this.#elapsed = 0
  }

  #restartTimer(): void {
    this.#elapsed = 0
    this.#timeout = this.#randomTimeout()
  }

  /**
   * Also whoever leaves, as long as that is not committed: without it, or the log that it alone may
   * have, nobody could be elected (thesis §4.2.2).
   */
  get #isVoter(): boolean {
    const { log, self } = this.#core
    return log.configurationsInDoubt.some((configuration) => isVoter(configuration, self))
  }

  /** A follower of `leader`, if one is known, from now on. The term is the present one. */
  follow(leader: ReplicaKey | null): void {
    const core = this.#core
    core.role = 'follower'
    core.leader = leader
    this.#votes.clear()
    this.#restartTimer()
  }

  /**
   * A leader's silence is not to be waited for (S25). All voters see that at the same time, so they
   * take turns: of two that campaign at once neither may be elected, and both wait a whole timeout.
   */
  gone(replica: ReplicaKey): void {
    const core = this.#core
    if (core.leader !== replica) return
    core.leader = null
    const others = core.log.configuration.voters.filter((voter) => voter !== replica)
    const place = Math.max(0, others.indexOf(core.self))
    this.#elapsed = 0
    this.#timeout = 1 + place * core.options.heartbeatTicks
  }

  // --- campaigning

  #preCampaign(): void {
    const core = this.#core
    core.role = 'pre-candidate'
    core.leader = null
    this.#votes = new Map([[core.self, true]])
    this.#ask('pre-vote')
    this.#count()
  }

  #campaign(isTransfer: boolean): void {
    const core = this.#core
    core.enterTerm(core.term + 1)
    core.role = 'candidate'
    core.voteFor(core.self)
    this.#votes = new Map()
    this.#restartTimer()
    this.#ask('vote', isTransfer)
  }

  #ask(type: 'pre-vote' | 'vote', isTransfer = false): void {
    const core = this.#core
    const { configuration, lastIndex, lastTerm } = core.log
    for (const replica of core.others.filter((other) => isVoter(configuration, other)))
      if (type === 'vote') core.send(replica, { type, lastIndex, lastTerm, isTransfer })
      else core.send(replica, { type, lastIndex, lastTerm }, core.term + 1)
  }

  /** Its own vote counts once it is durable. */
  persisted(): void {
    const core = this.#core
    if (core.role !== 'candidate' || this.#votes.has(core.self)) return
    if (!ownVote(core.self, core.term, core.durable)) return
    this.#votes.set(core.self, true)
    this.#count()
  }

  onResponse({
    type,
    from,
    term,
    granted,
  }: MessageOf<'vote-response' | 'pre-vote-response'>): void {
    const core = this.#core
    const isPreVote = type === 'pre-vote-response'
    if (core.role !== (isPreVote ? 'pre-candidate' : 'candidate')) return
    if (term !== (isPreVote && granted ? core.term + 1 : core.term)) return
    // The first answer stands: later ones are repetitions.
    if (!this.#votes.has(from)) this.#votes.set(from, granted)
    this.#count()
  }

  #count(): void {
    const core = this.#core
    const result = voteResult(core.log.configuration, this.#votes)
    if (result === 'lost') this.follow(null)
    // Others' votes alone do not do: a lost own vote could be given twice.
    if (result !== 'won' || this.#votes.get(core.self) !== true) return
    if (core.role === 'pre-candidate') this.#campaign(false)
    else this.#becomeLeader()
  }

  // --- being asked

  /** Whether a candidate is refused because the leader is alive, as far as is known here. */
  protectsLeader(isTransfer: boolean): boolean {
    const { role, leader, options } = this.#core
    if (isTransfer || leader === null) return false
    return role === 'leader' || this.#elapsed < options.electionTicks
  }

  onPreVote({ from, term, lastIndex, lastTerm }: MessageOf<'pre-vote'>): void {
    const core = this.#core
    const granted =
      term > core.term &&
      !this.protectsLeader(false) &&
      this.#mayVote &&
      core.log.isUpToDate(lastIndex, lastTerm)
    // A refusal tells the term that the candidate does not know of.
    core.send(from, { type: 'pre-vote-response', granted }, granted ? term : core.term)
  }

  onVote({ from, lastIndex, lastTerm }: MessageOf<'vote'>): void {
    const core = this.#core
    const isFree = core.vote === from || (core.vote === null && core.leader === null)
    const granted = isFree && this.#mayVote && core.log.isUpToDate(lastIndex, lastTerm)
    if (granted) {
      core.voteFor(from)
      this.#elapsed = 0
    }
    core.send(from, { type: 'vote-response', granted })
  }

  /**
   * Learners too: one that is a voter meanwhile may not know it yet, and its vote is counted only
   * by candidates who do.
   */
  get #mayVote(): boolean {
    const { log, self } = this.#core
    return log.configurationsInDoubt.some((configuration) => isMember(configuration, self))
  }

  // --- what a leader asks for

  onTimeoutNow(): void {
    if (this.#core.role === 'follower' && this.#isVoter) this.#campaign(true)
  }

  onResignation({ successors }: MessageOf<'resignation'>): void {
    const core = this.#core
    this.follow(null)
    const place = successors.indexOf(core.self)
    if (place === 0) this.onTimeoutNow()
    else if (place > 0)
      this.#timeout = Math.ceil((core.options.electionTicks * place) / successors.length)
  }
}

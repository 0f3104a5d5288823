/**
 * A leader's part, from its election to the end of its term: appending, replicating, committing.
 * Reads, changes of the configuration and transfers of leadership have files of their own.
 */
import assert from 'node:assert'
import type { ReplicaKey } from './configuration.ts'
import { isVoter } from './configuration.ts'
import type { Core } from './core.ts'
import { Membership } from './membership.ts'
import type { Message } from './messages.ts'
import { Progress } from './progress.ts'
import { Proposals } from './proposals.ts'
import { reachedByQuorum } from './quorum.ts'
import { sizeOf } from './raft-log.ts'
import { Reads } from './reads.ts'
import { Transfer } from './transfer.ts'
import type { Payload } from './entry.ts'
import type { ConfigurationChange, ReplicaStatus, RequestId } from './types.ts'

type MessageOf<Type extends Message['type']> = Extract<Message, { readonly type: Type }>

export class Leading {
  readonly #core: Core
  readonly #progress = new Map<ReplicaKey, Progress>()
  readonly #proposals: Proposals
  readonly #reads: Reads
  readonly #membership: Membership
  readonly #transfer: Transfer
  readonly #stepDown: () => void
  #sessions = 0
  /** Ticks since the election. */
  #now = 0
  #lastHeartbeat = 0
  #owesHeartbeats = false

  /** `stepDown` is called when it must lead no longer; its term goes on. */
  constructor(core: Core, stepDown: () => void) {
    this.#core = core
    this.#stepDown = stepDown
    this.#proposals = new Proposals(core)
    this.#reads = new Reads(core)
    this.#membership = new Membership(core)
    this.#transfer = new Transfer(core)
    core.role = 'leader'
    core.leader = core.self
    this.#append({ kind: 'noop' })
    this.#followMembership()
  }

  /** Nobody is told later what became of what they asked. */
  end(): void {
    this.#proposals.end()
    this.#reads.end()
    this.#transfer.end()
  }

  // --- time

  tick(ticks: number): void {
    const { electionTicks, heartbeatTicks } = this.#core.options
    // All of it, stalls too: whoever slept may have been deposed.
    this.#now += ticks
    if (this.#now - this.#quorumContact() >= electionTicks) return this.#stepDown()
    this.#transfer.tick(ticks)
    if (this.#now - this.#lastHeartbeat < heartbeatTicks) return
    this.#lastHeartbeat = this.#now
    this.#owesHeartbeats = true
    this.#membership.noteHeartbeat()
  }

  /** When a quorum was last heard of (Raft thesis §6.2). */
  #quorumContact(): number {
    return this.#quorumOf(this.#now, ({ lastContact }) => lastContact)
  }

  /** What a quorum has reached, this replica having reached `own`. */
  #quorumOf(own: number, valueOf: (progress: Progress) => number): number {
    const { configuration } = this.#core.log
    return reachedByQuorum(configuration, (replica) => {
      if (replica === this.#core.self) return own
      return valueOf(this.#progressOf(replica))
    })
  }

  get replicas(): readonly ReplicaStatus[] {
    return [...this.#progress].map(([replica, { state, match, lastContact, lastCaughtUp }]) => ({
      replica,
      state,
      match,
      silentTicks: this.#now - lastContact,
      behindTicks: match === this.#core.log.lastIndex ? 0 : this.#now - lastCaughtUp,
    }))
  }

  #progressOf(replica: ReplicaKey): Progress {
    return this.#progress.get(replica) ?? assert.fail('every member has a progress')
  }

  // --- what is asked of it

  propose(id: RequestId, data: Uint8Array): void {
    const refusal = this.#transfer.isUnderWay ? 'transferring' : this.#proposals.refusal(data)
    if (refusal) return this.#core.refuse(id, refusal)
    this.#proposals.accept(id, this.#append({ kind: 'data', data }))
  }

  read(id: RequestId): void {
    this.#reads.ask(id)
    this.#confirmReads()
  }

  configure(id: RequestId, change: ConfigurationChange): void {
    const next = this.#transfer.isUnderWay
      ? 'transferring'
      : this.#membership.change(change, this.#progress)
    if (typeof next === 'string') return this.#core.refuse(id, next)
    this.#proposals.accept(id, this.#append({ kind: 'configuration', configuration: next }))
    this.#followMembership()
  }

  transfer(id: RequestId, to: ReplicaKey): void {
    this.#transfer.begin(id, to)
    this.#handOver(to)
  }

  /** Tells the others who is best prepared to follow it, and leads no longer. */
  resign(): void {
    const { others, log } = this.#core
    const successors = others
      .filter((replica) => isVoter(log.configuration, replica))
      .sort((a, b) => this.#progressOf(b).match - this.#progressOf(a).match)
    for (const replica of successors) this.#core.send(replica, { type: 'resignation', successors })
    this.#stepDown()
  }

  #append(payload: Payload) {
    return this.#core.log.append(this.#core.term, payload)
  }

  /** A configuration is in force from its append on. */
  #followMembership(): void {
    const { others, log, options } = this.#core
    const { inflightAppends, inflightBytes } = options.bounds
    for (const replica of [...this.#progress.keys()])
      if (!others.includes(replica)) this.#progress.delete(replica)
    for (const replica of others) {
      if (this.#progress.has(replica)) continue
      this.#sessions += 1
      this.#progress.set(
        replica,
        new Progress({
          session: this.#sessions,
          next: log.lastIndex,
          now: this.#now,
          limits: { appends: inflightAppends, bytes: inflightBytes },
        }),
      )
    }
  }

  // --- what is answered to it

  onAppendResponse({ from, session, index }: MessageOf<'append-response'>): void {
    const progress = this.#heard(from, session)
    if (!progress) return
    const { log } = this.#core
    assert(index <= log.lastIndex, 'nobody has what was never sent')
    // Waiting for a snapshot, only what lets the log follow it counts.
    if (progress.state === 'snapshot' && index < log.snapshot.index) return
    if (index === log.lastIndex) progress.lastCaughtUp = this.#now
    if (progress.acknowledge(index)) this.#advanceCommit()
    this.#handOver(from)
  }

  onAppendRejection(message: MessageOf<'append-rejection'>): void {
    const { from, session, previousIndex, hintIndex, hintTerm } = message
    const progress = this.#heard(from, session)
    if (!progress || previousIndex <= progress.match) return
    if (progress.state === 'replicate') progress.probe(progress.match + 1)
    else if (progress.state === 'probe' && previousIndex === progress.next - 1) {
      // One probe for each term in which the logs differ, not for each entry.
      const agreed = this.#core.log.agreesAtMost(hintIndex, hintTerm).index
      progress.probe(Math.max(progress.match + 1, Math.min(previousIndex, agreed + 1)))
    }
  }

  onHeartbeatResponse({ from, session, read, matched }: MessageOf<'heartbeat-response'>): void {
    const progress = this.#heard(from, session)
    if (!progress) return
    progress.unpause()
    progress.confirmedRead = Math.max(progress.confirmedRead, read)
    this.#confirmReads()
    // It was restarted and does not know how far its log is this leader's.
    if (progress.state === 'replicate' && matched < progress.match)
      progress.probe(progress.match + 1)
    // What was lost with nothing behind it, on either way, an append without entries finds out.
    if (progress.state === 'replicate' && progress.inflightCount > 0)
      this.#sendAppend(from, progress, 0)
  }

  #heard(from: ReplicaKey, session: number): Progress | null {
    const progress = this.#progress.get(from)
    if (progress?.session !== session) return null
    progress.lastContact = this.#now
    return progress
  }

  snapshotSent(to: ReplicaKey, session: number, ok: boolean): void {
    const progress = this.#progress.get(to)
    if (progress?.session !== session || progress.state !== 'snapshot') return
    // Its own answer may come, or be lost: then the probe finds out.
    progress.probe(
      ok ? Math.max(progress.match, this.#core.log.snapshot.index) + 1 : progress.match + 1,
    )
    progress.pause()
  }

  unreachable(replica: ReplicaKey): void {
    const progress = this.#progress.get(replica)
    if (progress?.state === 'replicate') progress.probe(progress.match + 1)
  }

  // --- commitment

  /** Its own entries were persisted. */
  persisted(): void {
    this.#advanceCommit()
  }

  #advanceCommit(): void {
    const { log, term } = this.#core
    const index = this.#quorumOf(log.durable, ({ match }) => match)
    // Entries of earlier terms commit only with one of its own (Raft §5.4.2).
    if (index <= log.commit || log.termAt(index) !== term) return
    log.commitTo(index)
    this.#proposals.committed(index)
    this.#confirmReads()
    const leaving = this.#membership.leavingJoint()
    if (leaving) {
      this.#append({ kind: 'configuration', configuration: leaving })
      this.#followMembership()
      this.#advanceCommit()
    } else if (this.#membership.isRemoved) this.#leaveToOthers()
  }

  #confirmReads(): void {
    // They carry its number; the next ones repeat it.
    if (this.#reads.serve()) this.#owesHeartbeats = true
    const own = this.#reads.newest
    this.#reads.confirmed(this.#quorumOf(own, ({ confirmedRead }) => confirmedRead))
  }

  // --- leadership to others

  #handOver(to: ReplicaKey): void {
    const { log } = this.#core
    if (this.#transfer.to !== to || this.#progress.get(to)?.match !== log.lastIndex) return
    this.#core.send(to, { type: 'timeout-now' })
  }

  /** The configuration without it is committed: somebody who has everything is to lead. */
  #leaveToOthers(): void {
    const { others, log } = this.#core
    const best = others.find(
      (replica) =>
        isVoter(log.configuration, replica) && this.#progressOf(replica).match === log.lastIndex,
    )
    if (best) this.#core.send(best, { type: 'timeout-now' })
    this.#stepDown()
  }

  // --- sending

  /** Everything there is to send; what came in together goes out together. */
  flush(): void {
    for (const [replica, progress] of this.#progress) this.#flushTo(replica, progress)
    if (!this.#owesHeartbeats) return
    this.#owesHeartbeats = false
    const { log } = this.#core
    for (const [replica, { session, match }] of this.#progress)
      this.#core.send(replica, {
        type: 'heartbeat',
        session,
        // What it does not have it must not take for committed.
        commit: Math.min(match, log.commit),
        read: this.#reads.newest,
      })
  }

  #flushTo(replica: ReplicaKey, progress: Progress): void {
    const { log, options } = this.#core
    const isBehind = () => progress.next <= log.lastIndex
    while (!progress.isPaused && (isBehind() || progress.state === 'probe'))
      this.#sendAppend(replica, progress, options.bounds.appendEntries)
    if (!progress.isPaused && progress.sentCommit < log.commit)
      this.#sendAppend(replica, progress, 0)
  }

  #sendAppend(replica: ReplicaKey, progress: Progress, count: number): void {
    const { log, options } = this.#core
    const { session, next } = progress
    const previousIndex = next - 1
    const previousTerm = log.termAt(previousIndex)
    if (previousTerm === null) {
      progress.waitForSnapshot()
      this.#core.snapshots.push({ to: replica, term: this.#core.term, session })
      return
    }
    const entries = log.read(next, { count, bytes: options.bounds.appendBytes })
    const { commit } = log
    this.#core.send(replica, {
      type: 'append',
      session,
      previousIndex,
      previousTerm,
      entries,
      commit,
    })
    const lastIndex = previousIndex + entries.length
    progress.sent(
      lastIndex,
      entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0),
    )
    progress.sentCommit = Math.max(progress.sentCommit, Math.min(commit, lastIndex))
  }
}

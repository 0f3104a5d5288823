/**
 * All invariants of a Raft cluster, checked from outside after every step: from what replicas are
 * given and give back, and from what their disks have. The groups are numbered 1 to 15; a broken
 * one throws a `Violation` that names it.
 */
import type { Configuration, ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Message } from '../../../src/raft/messages.ts'
import type { SnapshotMark } from '../../../src/raft/entry.ts'
import type {
  Bounds as Limits,
  HardState,
  Input,
  Ready,
  RequestId,
  Status,
} from '../../../src/raft/types.ts'
import type { StoredSnapshot } from '../chained-log.ts'
import { Bounds } from './bounds.ts'
import type { Askers } from './clients.ts'
import { Commits } from './commits.ts'
import { Configurations } from './configurations.ts'
import { Elections } from './elections.ts'
import { Gates } from './gates.ts'
import { Logs } from './logs.ts'
import type { Durable } from './observed.ts'
import type { StoredLog } from '../model-disk.ts'
import { Observed } from './observed.ts'
import { check } from './violation.ts'

export class Invariants {
  readonly #replicas = new Map<ReplicaKey, Observed>()
  readonly #lives = new Map<ReplicaKey, number>()
  readonly #elections = new Elections()
  readonly #logs = new Logs()
  readonly #configurations = new Configurations()
  readonly #clients: Askers
  readonly #gates = new Gates(this.#replicas)
  readonly #commits = new Commits(this.#replicas, (entry) => this.#clients.committed(entry))
  readonly #bounds: Bounds

  constructor(limits: Limits, clients: Askers) {
    this.#clients = clients
    this.#bounds = new Bounds(limits)
  }

  /** Alive or not; those whose disk was wiped too. */
  get replicas(): ReadonlyMap<ReplicaKey, Observed> {
    return this.#replicas
  }

  /** The last index that anybody knows to be committed. */
  get committed(): number {
    return this.#commits.end
  }

  chainAt(index: number): number | undefined {
    return this.#commits.chainAt(index)
  }

  /** The hash of everything up to an entry that somebody appended, or null. */
  chainOf(index: number, term: number): number | null {
    return this.#logs.chainOf(index, term)
  }

  of(key: ReplicaKey): Observed {
    const replica = this.#replicas.get(key)
    if (!replica) throw new Error(`${key} was never started`)
    return replica
  }

  // --- lives

  /** A core was made of `recovered`, and says `told` of itself; the state machine has `state`. */
  started(
    key: ReplicaKey,
    durable: Durable,
    of: { readonly recovered: StoredLog; readonly state: StoredSnapshot; readonly told: Status },
  ): void {
    this.#lives.set(key, (this.#lives.get(key) ?? 0) + 1)
    const replica = this.#replicas.get(key) ?? new Observed(key, durable)
    this.#replicas.set(key, replica)
    replica.start(of.recovered, of.state)
    this.#bounds.restarted(key)
    this.#logs.restarted(replica, of.recovered, of.told)
    const { commit } = of.recovered
    check(
      commit <= this.committed,
      '6-commit',
      () => `${key} starts with commit ${commit}, which nobody knows`,
    )
  }

  stopped(key: ReplicaKey): void {
    this.of(key).isUp = false
  }

  // --- what goes in

  /** A client asks; the core may be given it later. */
  asked(input: Extract<Input, { readonly id: RequestId }>): void {
    this.#clients.ask(input.type, input.id, this.committed)
  }

  /** A core is given an input. */
  input(key: ReplicaKey, input: Input): void {
    switch (input.type) {
      case 'message':
        return this.#bounds.heard(key, input.message.from)
      case 'unreachable':
      case 'gone':
        return this.#bounds.heard(key, input.replica)
      case 'snapshot-sent':
        return this.#bounds.heard(key, input.to)
      default:
        return
    }
  }

  // --- what comes out

  /** `restored` is the snapshot that the batch names. */
  ready(key: ReplicaKey, ready: Ready, restored: StoredSnapshot | null): void {
    const replica = this.of(key)
    const before = replica.status
    const after = ready.status
    const inForce: Configuration[] = [replica.log.configuration]
    this.#bounds.ready(replica, ready)
    const isElected = before.role !== 'leader' || after.term > before.term
    if (after.role === 'leader' && isElected) this.#bounds.restarted(key)
    if (ready.batch) this.#batch(replica, ready, restored, inForce)
    this.#elections.status(replica, before, after, this.#lives.get(key) ?? 0)
    this.#commits.status(replica, before, after, inForce)
    this.#configurations.status(replica, after)
    replica.status = after
    this.#commits.applicable(replica, ready.applicable)
    check(
      ready.applicable >= replica.applicable,
      '6-applicable',
      () => `${key} takes back that ${replica.applicable} may be applied`,
    )
    replica.applicable = ready.applicable
    for (const message of ready.messages) this.#sent(replica, message)
    for (const answer of ready.answers) this.#clients.answered(replica, answer, this.#commits.end)
  }

  #batch(
    replica: Observed,
    { batch, status }: Ready,
    restored: StoredSnapshot | null,
    inForce: Configuration[],
  ): void {
    if (!batch) return
    if (batch.hardState) this.#elections.hardState(replica, replica.status, batch.hardState)
    this.#logs.begin(replica, status, batch, restored)
    for (const entry of batch.entries) {
      this.#bounds.entry(replica, entry)
      this.#clients.appended(entry)
      this.#configurations.appended(replica, status, entry)
      this.#logs.append(replica, status, entry)
      if (entry.kind === 'configuration') inForce.push(entry.configuration)
    }
  }

  #sent(replica: Observed, message: Message): void {
    this.#gates.sent(replica, message)
    this.#elections.sent(replica, message)
    this.#bounds.sent(replica, message)
    if (message.type === 'append-response') this.#logs.acknowledged(replica, message.index)
  }

  // --- the disk and the state machine

  /** A write has become durable. */
  durable(key: ReplicaKey, before: HardState, hasTruncated: boolean): void {
    const replica = this.of(key)
    this.#elections.durable(replica, before, replica.durable.hardState)
    if (hasTruncated) this.#logs.truncated(replica)
  }

  applied(key: ReplicaKey, index: number, chain: number): void {
    this.#commits.applied(this.of(key), index, chain)
  }

  /** A snapshot was made, or has arrived. */
  snapshot(key: ReplicaKey, snapshot: StoredSnapshot): void {
    this.#commits.snapshot(this.of(key), snapshot)
  }

  /** The log of a replica begins at `mark` from here on, with its core's knowledge. */
  compacted(key: ReplicaKey, { index }: SnapshotMark): void {
    const { log, applied } = this.of(key)
    check(
      index <= Math.max(applied, log.startIndex),
      '11-log-start',
      () => `${key} begins its log at ${index}, and has applied ${applied}`,
    )
    log.forgetTo(Math.min(index, log.lastIndex))
  }
}

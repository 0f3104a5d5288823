/**
 * The metadata log of a simulated cluster: one list of committed entries, one leader at a time, and
 * what each node was told of it. It keeps the promises of the quorum's port and breaks every habit
 * beside them: leaders change, what was not committed survives in part, nobody knows which, a
 * deposed leader goes on until it hears of it, and every node is told at its own pace. (That Raft
 * keeps these promises is what the other two worlds are for.)
 */
import { asNodeId, type NodeId } from '../../../src/base/ids.ts'
import { applyEntry } from '../../../src/metadata/delta.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import { EMPTY_IMAGE } from '../../../src/metadata/image.ts'
import type { CommittedEntry, MetadataRecord } from '../../../src/metadata/records.ts'
import type { Chance } from '../draw.ts'
import type { Network } from '../network.ts'
import type { Scheduler } from '../scheduler.ts'
import type { ClusterMarks } from './marks.ts'
import type { NodeQuorum, Waiting } from './node-quorum.ts'

export interface MetadataLogOptions {
  readonly scheduler: Scheduler
  readonly chance: Chance
  readonly network: Network
  readonly nodes: number
  readonly marks: ClusterMarks
  /** How long nobody leads, about, before somebody is elected. */
  readonly electionUs: number
  /** From an append to its commitment, on average. */
  readonly commitUs: number
  /** From a commitment to the other nodes' hearing of it, on average. */
  readonly lagUs: number
  /** How often a node is told a snapshot instead of entries. */
  readonly snapshots: number
  readonly committed: (entry: CommittedEntry, before: MetadataImage, after: MetadataImage) => void
}

/** Between two looks at who leads. */
const WATCH_US = 50_000

export class MetadataLog {
  readonly of: MetadataLogOptions
  readonly entries: CommittedEntry[] = []
  readonly #images: MetadataImage[] = []
  readonly #members = new Map<number, NodeQuorum>()
  /** Nothing new is told to a node before. */
  readonly #heldBackUntil = new Map<number, number>()
  leader: NodeQuorum | null = null
  #epoch = 0
  #sickSince: number | null = 0
  isCalm = false

  constructor(of: MetadataLogOptions) {
    this.of = of
    this.#watch()
  }

  get end(): number {
    return this.entries.length
  }

  /** The state after everything committed so far. */
  get image(): MetadataImage {
    return this.#images.at(-1) ?? EMPTY_IMAGE
  }

  /** The state after the first `count` entries. */
  imageAfter(count: number): MetadataImage {
    return this.#images[count - 1] ?? EMPTY_IMAGE
  }

  join(member: NodeQuorum): void {
    this.#members.set(member.node, member)
  }

  holdBack(node: number, until: number): void {
    this.#heldBackUntil.set(node, Math.max(this.#heldBackUntil.get(node) ?? 0, until))
  }

  calm(): void {
    this.isCalm = true
    this.#heldBackUntil.clear()
    for (const member of this.#members.values()) {
      member.calm()
      member.news()
    }
  }

  // --- committing

  push(entries: readonly CommittedEntry[]): void {
    for (const entry of entries) {
      const before = this.image
      const after = applyEntry(before, entry)
      this.entries.push(entry)
      this.#images.push(after)
      this.of.committed(entry, before, after)
    }
    for (const member of this.#members.values()) member.news()
  }

  /** Whether this node can have anything committed. */
  hasMajority(node: number): boolean {
    const { nodes } = this.of
    let reached = 0
    for (let peer = 0; peer < nodes; peer += 1) if (this.#isReached(node, peer)) reached += 1
    return 2 * reached > nodes
  }

  #isReached(node: number, peer: number): boolean {
    const member = this.#members.get(peer)
    if (!member?.isRunning) return false
    return node === peer || this.isConnected(node, peer)
  }

  isConnected(one: number, other: number): boolean {
    const { network } = this.of
    return !network.isBlocked(one, other) && !network.isBlocked(other, one)
  }

  /** Whether the node hears of what is committed now. */
  hears(node: number): boolean {
    const { leader } = this
    if (leader === null) return false
    if ((this.#heldBackUntil.get(node) ?? 0) > this.of.scheduler.now) return false
    return leader.node === node || this.isConnected(leader.node, node)
  }

  // --- who leads

  #watch(): void {
    const { scheduler, electionUs, chance } = this.of
    scheduler.after(WATCH_US, () => this.#watch())
    const { leader } = this
    if (leader?.isRunning && this.hasMajority(leader.node)) this.#sickSince = null
    else {
      this.#sickSince ??= scheduler.now
      const patience = electionUs * (0.5 + chance.at(51, this.#epoch))
      if (scheduler.now - this.#sickSince >= patience) this.elect()
    }
  }

  /** Somebody else than the present leader, if there is anybody. */
  elect(): void {
    const { chance, marks } = this.of
    const able = [...this.#members.values()].filter(
      (member) => member.isRunning && member.hasStarted && this.hasMajority(member.node),
    )
    const others = able.filter((member) => member !== this.leader)
    const from = others.length > 0 ? others : able
    const chosen = from[chance.below(from.length, 52, this.#epoch)]
    if (chosen === undefined || chosen === this.leader) return
    const old = this.leader
    if (old) marks.hit('controller changed')
    const waiting = old?.waiting ?? []
    const survivors = waiting.slice(0, chance.below(waiting.length + 1, 53, this.#epoch))
    if (survivors.length > 0) marks.hit('uncommitted entry survived its leader')
    if (survivors.length < waiting.length) marks.hit('uncommitted entry was lost')
    this.#epoch += 1 + chance.below(2, 54, this.#epoch)
    this.leader = chosen
    this.#sickSince = null
    chosen.succeed(this.#epoch, survivors.map(entryOf))
    if (old?.isRunning) marks.hit('controller was deposed while it ran')
    old?.deposedSoon()
    for (const member of this.#members.values()) member.news()
  }

  /** It was replaced, does not know it, and answers whoever takes it for the leader (S22). */
  isDeposedUnawares(nodeId: NodeId | null): boolean {
    const member = nodeId === null ? undefined : this.#members.get(nodeId - 1)
    if (member === undefined || member === this.leader) return false
    return member.isRunning && member.leadership.isLeader
  }

  /** Who leads, as whoever hears of it knows. */
  get leadership() {
    const { leader } = this
    const leaderId = leader === null ? null : asNodeId(leader.node + 1)
    return { epoch: this.#epoch, leaderId }
  }
}

function entryOf({ offset, epoch, records }: Waiting): CommittedEntry {
  return { offset, epoch, records }
}

/** An entry that concerns the quorum alone. */
export const NO_RECORDS: readonly MetadataRecord[] = []

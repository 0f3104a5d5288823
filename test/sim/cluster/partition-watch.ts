/**
 * One partition of the cluster, with all its replicas: looked at after every event in which one of
 * them may have changed, and compared with what the partition has promised. What metadata says is
 * what is committed, whatever the nodes know of it.
 */
import type { PartitionRegistration } from '../../../src/metadata/image/topics.ts'
import { Ledger } from './ledger.ts'
import { MIN_ISR } from './node-config.ts'
import type { ClusterSwarm, TopicPlan } from './swarm.ts'
import { ReplicaView, type Course, type Rest, type SeenPartition } from './replica-view.ts'

/** A clock tells whole milliseconds. */
const LEASE_SLACK_US = 2_000

/** Who is looked at, and when. */
export interface Seen {
  readonly node: number
  readonly life: number
  readonly now: number
  /** When a controller last answered this node that was replaced, and did not know it. */
  readonly misledAt: number
  readonly course: Course
}

export class PartitionWatch {
  readonly plan: TopicPlan
  readonly index: number
  readonly ledger: Ledger
  readonly replicas: readonly ReplicaView[]
  readonly #open = new Map<ReplicaView, SeenPartition>()
  /** Every state that metadata has had it in, the oldest first. */
  readonly #states: PartitionRegistration[] = []
  /** Who led before the present event, and in which partition epoch, as far as it knew. */
  readonly #ledIn = new Map<ReplicaView, number>()
  /** Nodes that lost records and have not come back into the ISR since. */
  readonly #lost = new Set<number>()
  #isDirty = true
  #checked: PartitionRegistration | null = null
  /** When each leader epoch was committed. */
  readonly #epochs: { readonly leaderEpoch: number; readonly since: number }[] = []
  readonly #sessionUs: number

  constructor(plan: TopicPlan, index: number, { nodes, timing }: ClusterSwarm) {
    this.plan = plan
    this.#sessionUs = timing.sessionMs * 1_000
    this.index = index
    this.ledger = new Ledger(`${plan.name}-${index}`)
    this.replicas = Array.from({ length: nodes }, (_, node) => new ReplicaView(node, this.ledger))
  }

  get topic(): string {
    return this.plan.name
  }

  /** The topic was `flush.messages=1` from the beginning. */
  get #flushes(): boolean {
    return this.plan.configs['flush.messages'] === '1'
  }

  get #minIsr(): number {
    const { configs, replicas } = this.plan
    return Math.min(Number(configs['min.insync.replicas'] ?? MIN_ISR), replicas)
  }

  /** Metadata says so from now on. */
  committed(registration: PartitionRegistration | undefined): void {
    const last = this.#states.at(-1)
    if (registration && registration.partitionEpoch !== last?.partitionEpoch)
      this.#states.push(registration)
  }

  /** A node has it open. Whether anything has changed. */
  look(at: Seen, partition: SeenPartition): boolean {
    const { node, life, course } = at
    const view = this.replicas[node] as ReplicaView
    const wasLeading = view.isLeading && view.log === partition.log
    const before = wasLeading ? view.logEndOffset : Infinity
    const knew = view.leaderEpoch
    if (!view.look(partition, course)) return false
    this.#isDirty = true
    this.#noteTerm(view, knew)
    if (view.log === null) {
      this.#open.delete(view)
      return false
    }
    if (view.logEndOffset > before) this.#hasLease(view, before, at)
    this.#open.set(view, partition)
    if (partition.leading) this.ledger.led(partition.leading.leaderEpoch, `${node + 1}.${life}`)
    this.#epochsAreThoseOfBatches(view, partition)
    return true
  }

  /** It hears of much at once, and may have led and been replaced in this very event. */
  #noteTerm(view: ReplicaView, knew: number): void {
    if (view.leaderEpoch === knew || this.#ledIn.has(view)) return
    const term = this.#states.find(({ leader, leaderEpoch }) => {
      return leader === view.node + 1 && knew < leaderEpoch && leaderEpoch <= view.leaderEpoch
    })
    if (term) this.#ledIn.set(view, term.partitionEpoch)
  }

  /**
   * Whether this disk may be lost too: at most min ISR − 1 at a time (C4), and somebody else has
   * everything and may be elected.
   */
  bearsLossOf(node: number, registration: PartitionRegistration | undefined): boolean {
    if (registration === undefined) return true
    const { isr, elr, replicas } = registration
    if (!replicas.some((id) => id === node + 1)) return true
    const lost = new Set(this.#lost).add(node)
    if (lost.size > this.#minIsr - 1) return false
    return [...isr, ...elr].some((id) => id !== node + 1 && this.#hasAll(id - 1))
  }

  #hasAll(node: number): boolean {
    const view = this.replicas[node]
    return view?.rest === 'kept' && view.matchedTo >= this.ledger.end
  }

  /** A node is no replica any more, and knows it. */
  leave(node: number): void {
    const view = this.replicas[node] as ReplicaView
    this.#open.delete(view)
    this.#ledIn.delete(view)
    this.#lost.delete(node)
    view.gone()
  }

  /** A node may have come to know that it is no replica any more, and dropped some of it. */
  leaving(node: number): void {
    this.replicas[node]?.mayBeGone()
  }

  /** Whether it was seen to hold something. */
  isHeldBy(node: number): boolean {
    const view = this.replicas[node]
    return view !== undefined && (view.log !== null || view.batches.length > 0)
  }

  /**
   * Its process is about to end in the middle of an event: what it has committed in it by now,
   * others may have been told.
   */
  dying(at: Seen, partition: SeenPartition): void {
    // What a follower has done is its disk's to tell.
    if (partition.leading === null) return
    this.look(at, partition)
    this.#publish(this.replicas[at.node] as ReplicaView, partition)
  }

  /** The process of a node is gone; what it committed in its last turn is committed. */
  down(node: number, rest: Rest): void {
    for (const [view, partition] of this.#open) this.#publish(view, partition)
    const view = this.replicas[node] as ReplicaView
    this.#open.delete(view)
    this.#ledIn.delete(view)
    view.closed(rest)
    if (rest !== 'kept') this.#lost.add(node)
  }

  /** After an event: what has changed is in order. */
  check(registration: PartitionRegistration | undefined, now: number): void {
    if (registration === undefined) return
    const { leaderEpoch } = registration
    if (leaderEpoch !== this.#checked?.leaderEpoch) this.#epochs.push({ leaderEpoch, since: now })
    this.#leadersReckon(registration)
    if (!this.#isDirty && registration === this.#checked) return
    this.#isDirty = false
    this.#checked = registration
    for (const node of this.#lost)
      if (this.replicas[node]?.log && registration.isr.some((id) => id === node + 1))
        this.#lost.delete(node)
    for (const [view, partition] of this.#open) this.#publish(view, partition)
    this.#isBelowPromise()
    this.#membersHold(registration)
  }

  /** C9, S13: who is a member as it is committed is one that the leader waits for. */
  #leadersReckon({ leaderEpoch, partitionEpoch, isr }: PartitionRegistration): void {
    for (const [{ node }, { leading }] of this.#open) {
      if (leading?.leaderEpoch !== leaderEpoch || leading.partitionEpoch >= partitionEpoch) continue
      const { maximalIsr } = leading
      const isReckoned = isr.every((id) => maximalIsr.includes(id))
      this.ledger.check(isReckoned, 'C9-maximal-isr', () => {
        return `node ${node + 1} reckons with [${maximalIsr.join()}], the isr is [${isr.join()}]`
      })
    }
  }

  /**
   * S22: a leader that was replaced a session ago takes nothing on its own word. A controller that
   * was replaced, too, proves its heartbeats until it finds that out.
   */
  #hasLease(view: ReplicaView, from: number, { now, misledAt }: Seen): void {
    // Who is not idempotent sends acks=1.
    const isAlone = view.batches.some((of) => of.baseOffset >= from && of.sequence === null)
    const next = this.#epochs.find(({ leaderEpoch }) => leaderEpoch > view.leaderEpoch)
    if (!isAlone || next === undefined) return
    const us = now - Math.max(next.since, misledAt)
    this.ledger.check(us <= this.#sessionUs + LEASE_SLACK_US, 'S22-sleeper', () => {
      const late = `${Math.round(us / 1_000)} ms after it could be told of`
      return `node ${view.node + 1} appends in epoch ${view.leaderEpoch}, ${late} ${next.leaderEpoch}`
    })
  }

  /** C9: only what is on enough members is promised. */
  #publish(view: ReplicaView, { leading }: SeenPartition): void {
    const { ledger } = this
    const hasLed = leading !== null || this.#ledIn.has(view)
    if (hasLed && view.highWatermark > ledger.end) {
      const most = this.#mostMembers(view, leading)
      ledger.check(most >= this.#minIsr, 'C9-below-min-isr', () => {
        const rise = `from ${ledger.end} to ${view.highWatermark}`
        return `node ${view.node + 1} commits ${rise} with ${most} in the isr`
      })
      ledger.publish(view.between(ledger.end, view.highWatermark), `node ${view.node + 1}`)
    }
    if (leading) this.#ledIn.set(view, leading.partitionEpoch)
    else this.#ledIn.delete(view)
  }

  /**
   * In one event a leader may hear of several states of its partition, and commit in any of them:
   * how many were in sync in one of those, from the one it led in before to the last it led in.
   */
  #mostMembers(view: ReplicaView, leading: SeenPartition['leading']): number {
    const first = this.#states.find(({ leaderEpoch }) => leaderEpoch === leading?.leaderEpoch)
    const from = this.#ledIn.get(view) ?? first?.partitionEpoch ?? Infinity
    const upTo = leading?.partitionEpoch ?? Infinity
    const heard = this.#states.filter(({ leader, partitionEpoch }) => {
      return leader === view.node + 1 && from <= partitionEpoch && partitionEpoch <= upTo
    })
    return Math.max(0, ...heard.map(({ isr }) => isr.length))
  }

  /** C2, C3: below its own high watermark everybody has what is promised. */
  #isBelowPromise(): void {
    const { ledger } = this
    for (const [view] of this.#open)
      ledger.check(view.matchedTo >= view.highWatermark, 'C3-below-watermark', () => {
        const place = `matches up to ${view.matchedTo} of ${ledger.end}`
        return `node ${view.node + 1} has high watermark ${view.highWatermark} and ${place}`
      })
  }

  /** C8, C4, S19: whoever may be elected holds all of it. */
  #membersHold({ isr, leader, leaderEpoch }: PartitionRegistration): void {
    const { ledger } = this
    for (const member of isr) {
      const view = this.replicas[member - 1]
      if (view === undefined || view.rest !== 'kept') continue
      const leads = member === leader && view.isLeading && view.leaderEpoch === leaderEpoch
      ledger.check(
        view.matchedTo >= ledger.end,
        leads ? 'C4-leader-lacks' : 'C8-member-lacks',
        () => {
          const state = `matches up to ${view.matchedTo}, ends at ${view.logEndOffset}`
          return `node ${member} is in the isr, ${state}; committed is ${ledger.end}`
        },
      )
      if (!this.#flushes || view.log === null) continue
      ledger.check(view.durableTo >= ledger.end, 'S19-unflushed', () => {
        return `node ${member} has flushed ${view.durableTo}; committed is ${ledger.end}`
      })
    }
  }

  /** C10. */
  #epochsAreThoseOfBatches(view: ReplicaView, { log }: SeenPartition): void {
    const cached = log.leaderEpochs.filter(({ startOffset }) => startOffset < log.logEndOffset)
    const begins = view.epochs
    const isSame =
      cached.length === begins.length &&
      cached.every(({ leaderEpoch, startOffset }, at) => {
        const begin = begins[at]
        return leaderEpoch === begin?.leaderEpoch && startOffset === begin.startOffset
      })
    this.ledger.check(isSame, 'C10-epoch-cache', () => {
      const [told, found] = [JSON.stringify(cached), JSON.stringify(begins)]
      return `node ${view.node + 1} has epochs ${told}, its batches say ${found}`
    })
  }
}

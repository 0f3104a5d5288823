/**
 * The network between simulated nodes: per ordered pair, messages are lost, late, repeated, out of
 * order (or strictly in order, as on a stream), held back, or cut off by partitions.
 */
import type { ReplicaKey } from '../../src/raft/configuration.ts'
import type { Message } from '../../src/raft/messages.ts'
import { Chance } from './draw.ts'
import type { Scheduler } from './scheduler.ts'

export interface NetworkPlan {
  readonly loss: number
  readonly duplication: number
  /** Probability that with a message an older one of the same link is sent again, late. */
  readonly replay: number
  /** Messages of one link arrive in order, as on a stream. */
  readonly isFifo: boolean
  readonly delayUs: number
  /** Mean of what is added to it. */
  readonly jitterUs: number
}

export const PARTITIONS = [
  'isolate',
  'halves',
  'random',
  'bridge',
  'one-way',
  'asymmetric',
] as const
export type Partition = (typeof PARTITIONS)[number]

/** How many messages of a link may be sent again. */
const REMEMBERED_MAX = 32

interface Link {
  sent: number
  /** Nothing passes before. */
  blockedUntil: number
  /** What passes arrives no earlier. */
  cloggedUntil: number
  lastArrival: number
  readonly remembered: Message[]
}

export class Network {
  readonly #scheduler: Scheduler
  readonly #chance: Chance
  readonly #nodes: number
  readonly #links: Link[]
  readonly #nodeOf: (key: ReplicaKey) => number
  readonly #deliver: (node: number, message: Message) => void
  readonly #onLost: (message: Message) => void
  #plan: NetworkPlan

  constructor(of: {
    readonly scheduler: Scheduler
    readonly seed: number
    readonly nodes: number
    readonly plan: NetworkPlan
    readonly nodeOf: (key: ReplicaKey) => number
    readonly deliver: (node: number, message: Message) => void
    readonly lost: (message: Message) => void
  }) {
    this.#scheduler = of.scheduler
    this.#chance = new Chance(of.seed, 'network')
    this.#nodes = of.nodes
    this.#plan = of.plan
    this.#nodeOf = of.nodeOf
    this.#deliver = of.deliver
    this.#onLost = of.lost
    this.#links = Array.from({ length: of.nodes * of.nodes }, () => ({
      sent: 0,
      blockedUntil: 0,
      cloggedUntil: 0,
      lastArrival: 0,
      remembered: [],
    }))
  }

  #link(from: number, to: number): Link {
    return this.#links[from * this.#nodes + to] as Link
  }

  isBlocked(from: number, to: number): boolean {
    return this.#link(from, to).blockedUntil > this.#scheduler.now
  }

  block(from: number, to: number, until: number): void {
    const link = this.#link(from, to)
    link.blockedUntil = Math.max(link.blockedUntil, until)
  }

  clog(from: number, to: number, until: number): void {
    const link = this.#link(from, to)
    link.cloggedUntil = Math.max(link.cloggedUntil, until)
  }

  /** All links are whole, and messages travel as `plan` says from here on. */
  heal(plan: NetworkPlan): void {
    this.#plan = plan
    for (const link of this.#links) {
      link.blockedUntil = 0
      link.cloggedUntil = 0
      link.remembered.length = 0
    }
  }

  /** `pick` in [0, 1) decides who is on which side. */
  partition(mode: Partition, pick: number, until: number): void {
    const nodes = Array.from({ length: this.#nodes }, (_, node) => node)
    const shift = Math.floor(pick * this.#nodes)
    const turned = nodes.map((node) => (node + shift) % this.#nodes)
    const single = new Set([turned[0] as number])
    const half = new Set(turned.slice(0, Math.floor(this.#nodes / 2)))
    const random = new Set(nodes.filter((node) => this.#chance.happens(0.5, 7, node, pick * 1e9)))
    const cut = (side: ReadonlySet<number>, isOneWay: boolean) => {
      for (const from of nodes)
        for (const to of nodes)
          if (side.has(from) !== side.has(to) && (!isOneWay || side.has(from)))
            this.block(from, to, until)
    }
    if (mode === 'isolate') cut(single, false)
    else if (mode === 'halves') cut(half, false)
    else if (mode === 'random') cut(random, false)
    else if (mode === 'one-way') cut(single, true)
    else if (mode === 'asymmetric') cut(random, true)
    else this.#bridge(turned, until)
  }

  /** Two halves that see each other only through one node. */
  #bridge(turned: readonly number[], until: number): void {
    const [, ...others] = turned
    const half = new Set(others.slice(0, Math.floor(others.length / 2)))
    for (const from of others)
      for (const to of others) if (half.has(from) !== half.has(to)) this.block(from, to, until)
  }

  send(message: Message): void {
    const from = this.#nodeOf(message.from)
    const to = this.#nodeOf(message.to)
    const link = this.#link(from, to)
    link.sent += 1
    const number = link.sent * 8
    const id = from * 64 + to
    const { loss, duplication, replay } = this.#plan
    if (this.isBlocked(from, to) || this.#chance.happens(loss, id, number)) this.#onLost(message)
    else this.#travel(message, { from, to, draw: number + 1 })
    if (this.#plan.isFifo) return
    if (this.#chance.happens(duplication, id, number + 2))
      this.#travel(message, { from, to, draw: number + 3 })
    if (replay === 0) return
    if (this.#chance.happens(replay, id, number + 4) && link.remembered.length > 0) {
      const old = link.remembered[this.#chance.below(link.remembered.length, id, number + 5)]
      if (old) this.#travel(old, { from, to, draw: number + 6 }, 20)
    }
    link.remembered.push(message)
    if (link.remembered.length > REMEMBERED_MAX) link.remembered.shift()
  }

  /** Something else than a message: it arrives, late, or is lost for good. */
  carry(from: number, to: number, arrive: () => void): void {
    const link = this.#link(from, to)
    link.sent += 1
    const number = link.sent * 8
    const id = from * 64 + to
    if (this.isBlocked(from, to) || this.#chance.happens(this.#plan.loss, id, number)) return
    const { delayUs, jitterUs } = this.#plan
    const jitter = this.#chance.exponential(jitterUs, id, number + 1)
    this.#scheduler.at(Math.max(this.#scheduler.now + delayUs + jitter, link.cloggedUntil), () => {
      if (!this.isBlocked(from, to)) arrive()
    })
  }

  #travel(
    message: Message,
    { from, to, draw }: { readonly from: number; readonly to: number; readonly draw: number },
    slower = 1,
  ): void {
    const link = this.#link(from, to)
    const { delayUs, jitterUs, isFifo } = this.#plan
    const jitter = this.#chance.exponential(jitterUs * slower, from * 64 + to, draw)
    let arrival = Math.max(this.#scheduler.now + delayUs + jitter, link.cloggedUntil)
    if (isFifo) arrival = Math.max(arrival, link.lastArrival)
    link.lastArrival = arrival
    this.#scheduler.at(arrival, () => {
      if (this.isBlocked(from, to)) this.#onLost(message)
      else this.#deliver(to, message)
    })
  }
}

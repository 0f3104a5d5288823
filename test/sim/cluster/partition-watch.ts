/**
 * One partition of the cluster, with all its replicas: looked at after every event in which one of
 * them may have changed, and compared with what the partition has promised. What metadata says is
 * what is committed, whatever the nodes know of it.
 */
import type { PartitionRegistration } from '../../../src/metadata/image/topics.ts'
import type { Partition } from '../../../src/replication/partition.ts'
import { Ledger } from './ledger.ts'
import type { TopicPlan } from './swarm.ts'
import { ReplicaView, type Rest } from './replica-view.ts'

const MIN_ISR = 'min.insync.replicas'
const DEFAULT_MIN_ISR = '2'

export class PartitionWatch {
  readonly plan: TopicPlan
  readonly index: number
  readonly ledger: Ledger
  readonly replicas: readonly ReplicaView[]
  readonly #open = new Map<ReplicaView, Partition>()
  /** Nodes that lost records and have not come back into the ISR since. */
  readonly #lost = new Set<number>()
  #isDirty = true
  #checked: PartitionRegistration | null = null

  constructor(plan: TopicPlan, index: number, { nodes }: { readonly nodes: number }) {
    this.plan = plan
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

  /** A node has it open. Whether anything has changed. */
  look(node: number, life: number, partition: Partition): boolean {
    const view = this.replicas[node] as ReplicaView
    if (!view.look(partition)) return false
    this.#isDirty = true
    this.#open.set(view, partition)
    if (partition.leading) this.ledger.led(partition.leading.leaderEpoch, `${node + 1}.${life}`)
    this.#epochsAreThoseOfBatches(view, partition)
    return true
  }

  /**
   * Whether this disk may be lost too: at most min ISR − 1 at a time (C4), and somebody else has
   * everything and may be elected.
   */
  bearsLossOf(node: number, registration: PartitionRegistration | undefined): boolean {
    if (registration === undefined) return true
    const { isr, elr, replicas } = registration
    if (!replicas.some((id) => id === node + 1)) return true
    const minIsr = Math.min(Number(this.plan.configs[MIN_ISR] ?? DEFAULT_MIN_ISR), replicas.length)
    const lost = new Set(this.#lost).add(node)
    if (lost.size > minIsr - 1) return false
    return [...isr, ...elr].some((id) => id !== node + 1 && this.#hasAll(id - 1))
  }

  #hasAll(node: number): boolean {
    const view = this.replicas[node]
    return view?.rest === 'kept' && view.matchedTo >= this.ledger.end
  }

  /** The process of a node is gone. */
  down(node: number, rest: Rest): void {
    const view = this.replicas[node] as ReplicaView
    this.#open.delete(view)
    view.closed(rest)
    if (rest !== 'kept') this.#lost.add(node)
  }

  /** After an event: what has changed is in order. */
  check(registration: PartitionRegistration | undefined): void {
    if (registration === undefined) return
    if (!this.#isDirty && registration === this.#checked) return
    this.#isDirty = false
    this.#checked = registration
    for (const node of this.#lost)
      if (this.replicas[node]?.log && registration.isr.some((id) => id === node + 1))
        this.#lost.delete(node)
    this.#publish()
    this.#isBelowPromise()
    this.#membersHold(registration)
  }

  /** C9: only what is on enough members is promised. */
  #publish(): void {
    const { ledger } = this
    for (const [view, { leading, config }] of this.#open) {
      if (leading === null || view.highWatermark <= ledger.end) continue
      const { isr, replicas } = leading
      const minIsr = Math.min(config['min.insync.replicas'], replicas.length)
      ledger.check(isr.length >= minIsr, 'C9-below-min-isr', () => {
        const rise = `from ${ledger.end} to ${view.highWatermark}`
        return `node ${view.node + 1} commits ${rise} with the isr [${isr.join(', ')}]`
      })
      ledger.publish(view.between(ledger.end, view.highWatermark), `node ${view.node + 1}`)
    }
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
      ledger.check(view.flushedOffset >= ledger.end, 'S19-unflushed', () => {
        return `node ${member} has flushed ${view.flushedOffset}; committed is ${ledger.end}`
      })
    }
  }

  /** C10. */
  #epochsAreThoseOfBatches(view: ReplicaView, { log }: Partition): void {
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

/**
 * A run of a cluster with groups: the world of `../cluster/`, with an onlooker for what is new
 * here, and the clients of groups on the machine where clients are.
 */
import { ClusterWorld, type ClusterRun } from '../cluster/world.ts'
import { SimulatedProducer } from '../cluster/producer.ts'
import { Crowd } from './crowd.ts'
import { KeyedReader } from './keyed.ts'
import type { GROUPS_MARKS } from './marks.ts'
import { type GroupsMark } from './marks.ts'
import { Onlooker } from './onlooker.ts'
import type { GroupDecision } from './schedule.ts'
import type { GroupSwarm } from './swarm.ts'
import { KEYED_TOPIC } from './swarm.ts'

export interface GroupsRun extends ClusterRun {
  readonly swarm: GroupSwarm
  readonly decisions: readonly GroupDecision[]
}

const BEGIN_US = 700_000
const KEYED_TIMEOUT_MS = 500

export class GroupsWorld {
  readonly cluster: ClusterWorld
  readonly swarm: GroupSwarm
  readonly onlooker: Onlooker
  readonly crowd: Crowd
  readonly keyedReader: KeyedReader
  readonly keyedProducer: SimulatedProducer
  readonly #hit = new Set<string>()

  constructor(run: GroupsRun, options: { readonly trace: boolean; readonly until: number }) {
    const { swarm, decisions } = run
    this.swarm = swarm
    this.cluster = new ClusterWorld(run, options)
    const hit = (mark: GroupsMark) => this.#hit.add(mark)
    this.onlooker = new Onlooker(this.cluster, swarm, hit)
    this.cluster.guests = this.onlooker
    const { scheduler, verdict, clients, wires } = this.cluster
    const { process } = clients
    const around = {
      ...{ process, net: wires.net(swarm.nodes, process) },
      told: (run: () => void) => verdict.note(run),
      note: (text: string) => this.#note(text),
    }
    const { groups } = this.onlooker
    this.crowd = new Crowd({ ...around, swarm, groups, hit })
    this.onlooker.onRoused = (node) => process.happen(() => this.crowd.visit(node))
    const leader = clients.leaderOf({ topic: KEYED_TOPIC, index: 0 })
    const { committed } = this.onlooker.partitionOf(KEYED_TOPIC, 0)
    this.keyedReader = new KeyedReader({
      ...{ ...around, committed, maxBytes: swarm.fetchBytes },
      deleteRetentionMs: swarm.deleteRetentionMs,
      leader: () => leader()?.node ?? null,
    })
    this.keyedProducer = this.#newProducer()
    scheduler.at(BEGIN_US, () => this.#begin())
    for (const decision of decisions)
      scheduler.at(decision.at, () => process.happen(() => this.crowd.decide(decision)))
  }

  get marks(): ReadonlySet<string> {
    return new Set([...this.#hit, ...this.cluster.marks.all])
  }

  hit(mark: (typeof GROUPS_MARKS)[number]): void {
    this.#hit.add(mark)
  }

  #note(text: string): void {
    const { trace, scheduler } = this.cluster
    trace.add({
      ...{ at: scheduler.now, node: 0, step: scheduler.events },
      detail: { type: 'note', text },
    })
  }

  #begin(): void {
    const { process } = this.cluster.clients
    process.happen(() => {
      this.crowd.begin()
      this.keyedReader.begin()
      this.keyedProducer.begin()
      this.#produce()
    })
  }

  /** While faults last. */
  #produce(): void {
    const { clients, scheduler } = this.cluster
    const { process } = clients
    if (scheduler.now > this.swarm.safetyUs) return this.keyedReader.end()
    this.keyedProducer.send(1 + Math.floor(process.draw(93) * 2))
    process.timer(Math.max(1, Math.round(2 * this.swarm.keyedMs * process.draw(94))), () =>
      this.#produce(),
    )
  }

  #newProducer(): SimulatedProducer {
    const { clients, verdict, wires } = this.cluster
    const { keys, tombstones, nodes } = this.swarm
    const { process } = clients
    const { committed } = this.onlooker.partitionOf(KEYED_TOPIC, 0)
    return new SimulatedProducer({
      ...{ name: 'keyed', topic: KEYED_TOPIC, partition: 0, acks: -1, process },
      net: wires.net(nodes, process),
      ...{ timeoutMs: KEYED_TIMEOUT_MS, valueBytes: 0 },
      leader: clients.leaderOf({ topic: KEYED_TOPIC, index: 0 }),
      anybody: () => Math.floor(process.draw(81) * nodes),
      record: (ordinal) => ({
        key: Buffer.from(`key ${Math.floor(process.draw(95) * keys)}`),
        value: process.draw(96) < tombstones ? null : Buffer.from(`value ${ordinal}`),
      }),
      told: {
        acknowledged: (sequence, baseOffset) =>
          verdict.note(() =>
            committed.check(baseOffset < committed.end, 'C4-acknowledged-early', () => {
              return `${sequence} was acknowledged at ${baseOffset}; committed is ${committed.end}`
            }),
          ),
        refused: () => {},
        inOrder: () => {},
        outOfOrder: (sequence) =>
          verdict.note(() =>
            committed.check(false, 'E1-out-of-order', () => `${sequence} was refused`),
          ),
        producerId: () => {},
        note: (text) => this.#note(`keyed: ${text}`),
      },
    })
  }
}

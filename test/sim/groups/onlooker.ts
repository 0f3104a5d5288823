/**
 * Looks on at a cluster with groups: the logs of its compacted partitions, the views of the offsets
 * topic on every node, who coordinates what; and hands what is committed to the groups it is of.
 */
import { OFFSETS_TOPIC, partitionForGroup } from '../../../src/coordinator/offsets-topic.ts'
import type { Guests } from '../cluster/guests.ts'
import type { Life } from '../cluster/life.ts'
import type { Machine } from '../cluster/machine.ts'
import type { Course } from '../cluster/replica-view.ts'
import type { ClusterWorld } from '../cluster/world.ts'
import type { CommittedRecord } from './committed-log.ts'
import { CommittedLog } from './committed-log.ts'
import { Commits } from './commits.ts'
import { Group, groupRecordOf } from './group.ts'
import { ViewWatch } from './invariants/views.ts'
import { LogWatch } from './log-watch.ts'
import type { GroupsMark } from './marks.ts'
import type { GroupSwarm } from './swarm.ts'
import { KEYED_TOPIC } from './swarm.ts'

/** One partition that is watched, with its views, if it has any. */
export interface Watched {
  readonly topic: string
  readonly index: number
  readonly committed: CommittedLog
  readonly watch: LogWatch
  /** By node. */
  readonly views: ViewWatch[]
  /** Nodes that lost what they had of it, and are not in sync again. */
  readonly lost: Set<number>
  /** What was committed when a leader epoch was, by epoch. */
  readonly ends: Map<number, number>
}

export class Onlooker implements Guests {
  readonly #world: ClusterWorld
  readonly #hit: (mark: GroupsMark) => void
  readonly #swarm: GroupSwarm
  readonly partitions: readonly Watched[]
  readonly groups: readonly Group[]
  readonly commits = new Commits()
  /** Whom it tells that a node is to be asked that slept. */
  onRoused: (node: number) => void = () => {}
  /** When somebody began to coordinate last. */
  servedAtUs = 0

  constructor(world: ClusterWorld, swarm: GroupSwarm, hit: (mark: GroupsMark) => void) {
    this.#world = world
    this.#hit = hit
    this.#swarm = swarm
    const indexes = Array.from({ length: swarm.offsetsPartitions }, (_, index) => index)
    this.partitions = [
      ...indexes.map((index) => this.#watched(OFFSETS_TOPIC, index)),
      this.#watched(KEYED_TOPIC, 0),
    ]
    this.groups = swarm.groups.map((plan) => {
      const index = partitionForGroup(plan.name, swarm.offsetsPartitions)
      const { committed, watch } = this.partitionOf(OFFSETS_TOPIC, index)
      const { retentionMs } = swarm
      return new Group({ plan, committed, watch, commits: this.commits, retentionMs })
    })
  }

  #watched(topic: string, index: number): Watched {
    const committed = new CommittedLog(`${topic}-${index}`)
    const watch = new LogWatch({
      committed,
      deleteRetentionUs: this.#swarm.deleteRetentionMs * 1_000,
      published: (records) => {
        if (topic === OFFSETS_TOPIC) for (const record of records) this.#published(record)
      },
      hit: this.#hit,
    })
    return { topic, index, committed, watch, views: [], lost: new Set(), ends: new Map() }
  }

  partitionOf(topic: string, index: number): Watched {
    const found = this.partitions.find((one) => one.topic === topic && one.index === index)
    if (found === undefined) throw new Error(`${topic}-${index} is watched`)
    return found
  }

  get offsets(): readonly Watched[] {
    return this.partitions.filter(({ topic }) => topic === OFFSETS_TOPIC)
  }

  #published(record: CommittedRecord): void {
    const decoded = groupRecordOf(record)
    const group = this.groups.find(({ plan }) => plan.name === decoded?.groupId)
    if (decoded === null || group === undefined) return
    group.stored.recorded(decoded, record)
    if (decoded.type === 'group' && decoded.group?.awaitingAssignment) this.#hit('generation begun')
    if (decoded.type === 'offset' && decoded.committed === null) this.#hit('offset expired')
  }

  // --- what happens to the nodes

  look(machine: Machine, life: Life, course: Course): void {
    const { node, lives } = machine
    const at = { node, life: lives, now: this.#world.scheduler.now, course }
    for (const partition of life.partitions()) {
      const { topic, index } = partition
      const watched = this.partitions.find((one) => one.topic === topic && one.index === index)
      if (watched) this.#world.verdict.note(() => watched.watch.look(partition, at))
    }
  }

  check(): void {
    const { byName } = this.#world.metadata.image.topics
    const { machines, verdict } = this.#world
    const topicId = byName.get(OFFSETS_TOPIC)?.topicId
    for (const { views, committed, index, topic, lost, ends } of this.partitions) {
      const leaderEpoch = this.#world.registrationOf({ topic, index })?.leaderEpoch ?? -1
      if (!ends.has(leaderEpoch)) ends.set(leaderEpoch, committed.end)
      if (lost.size > 0) this.#inSyncAgain(topic, index, lost)
      if (topic !== OFFSETS_TOPIC || topicId === undefined) continue
      for (const { node, store } of machines) {
        views[node] ??= new ViewWatch(`node ${node + 1}`, committed, topicId, index)
        verdict.note(() => views[node]?.check(store))
      }
    }
  }

  #inSyncAgain(topic: string, index: number, lost: Set<number>): void {
    const isr = this.#world.registrationOf({ topic, index })?.isr ?? []
    for (const node of lost)
      if (this.#world.machines[node]?.isServing && isr.some((id) => id === node + 1))
        lost.delete(node)
  }

  dying(machine: Machine, life: Life): void {
    this.look(machine, life, 'died')
  }

  down({ node }: Machine): void {
    for (const { watch } of this.partitions) watch.down(node)
  }

  /** One disk at a time, and two others have everything, as metadata tells. */
  mayLose({ node }: Machine): boolean {
    return this.partitions.every(({ topic, index, lost }) => {
      const registration = this.#world.registrationOf({ topic, index })
      if (registration === undefined) return true
      const others = [...registration.isr, ...registration.elr].filter((id) => id !== node + 1)
      const isAlone = [...lost].every((one) => one === node)
      return isAlone && others.length > 0
    })
  }

  hasLost(machine: Machine): void {
    const isBorne = this.mayLose(machine)
    for (const { topic, index, lost } of this.partitions) {
      if (!isBorne) this.taint(topic, index)
      lost.add(machine.node)
    }
  }

  taint(topic: string, index: number): void {
    const watched = this.partitions.find((one) => one.topic === topic && one.index === index)
    watched?.committed.taint('more was lost than can be borne')
  }

  roused({ node }: Machine): void {
    this.onRoused(node)
  }

  /** S15: whoever coordinates has everything that was committed when it was elected. */
  logged({ node }: Machine, message: string, fields: object): void {
    if (message === 'view thrown away and folded again from the log') this.#hit('view folded anew')
    if (message !== 'coordinator serves') return
    this.#hit('coordinator served')
    this.servedAtUs = this.#world.scheduler.now
    const { partition, leaderEpoch } = fields as { partition: number; leaderEpoch: number }
    const { committed, views, ends } = this.partitionOf(OFFSETS_TOPIC, partition)
    const needed = ends.get(leaderEpoch) ?? 0
    this.#world.verdict.note(() => {
      const applied = views[node]?.appliedOffset ?? 0
      committed.check(applied >= needed, 'F1-serves-early', () => {
        return `node ${node + 1} serves in epoch ${leaderEpoch} with ${applied} of ${needed} applied`
      })
    })
  }
}

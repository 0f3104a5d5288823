/**
 * A cluster under load with groups that read it: kafkajs and librdkafka, each member a process; and
 * beside each group, with the same coordinator, two probes that commit all the time: one of no
 * member, one that is a member.
 */
import { formatHostPort } from '../../src/config/addresses.ts'
import { OFFSETS_TOPIC, partitionForGroup } from '../../src/coordinator/offsets-topic.ts'
import { eventually } from '../../test/support/within.ts'
import { ClusterView } from '../../src/chaos/cluster/view.ts'
import { LoadedCluster, PARTITIONS, TOPIC } from '../replication/loaded-cluster.ts'
import { GroupView } from './group-view.ts'
import type { Commit } from './history.ts'
import { MemberGroup } from './member-group.ts'
import { MAKES } from './members.ts'
import { CommitProbe } from './probe.ts'
import { GroupWire } from './wire.ts'

/** Kafka's least. */
export const SESSION_TIMEOUT_MS = 6_000
export const MEMBERS = 3
export const OFFSETS_PARTITIONS = 50
const BROKER_SESSION_MS = 9_000
const STABLE_WITHIN_MS = 60_000

export interface LoadedGroupsOptions {
  readonly directory: string
  readonly set: Readonly<Record<string, string>>
  readonly isPlanted: boolean
  readonly onCommit: (commit: Commit) => void
}

export class LoadedGroups {
  readonly loaded: LoadedCluster
  readonly wire: GroupWire
  readonly groups: readonly MemberGroup[]
  readonly probes: readonly CommitProbe[]
  readonly #offsets: ClusterView

  private constructor(loaded: LoadedCluster, wire: GroupWire) {
    this.loaded = loaded
    this.wire = wire
    const { doors, history } = loaded
    this.#offsets = new ClusterView({
      ...{ topics: [OFFSETS_TOPIC], doors, nowMs: () => history.nowMs() },
      onLeader: (view, by) => history.note('coordinator', { ...view, by }),
    })
    this.groups = Object.entries(MAKES).flatMap(([make, find]) => {
      const program = find()
      if (!('missing' in program)) return [this.#group(make, program)]
      loaded.missing.push(`${make} ${program.missing}`)
      return []
    })
    this.probes = this.groups.flatMap(({ group }) =>
      [false, true].map((isMember) => this.#probe(group, isMember)),
    )
  }

  static async start(options: LoadedGroupsOptions): Promise<LoadedGroups> {
    let loaded: LoadedCluster | null = null
    const wire = new GroupWire({
      ...{ topic: TOPIC, isPlanted: options.isPlanted },
      nowMs: () => loaded?.history.nowMs() ?? 0,
      note: (what, details) => loaded?.history.note(what, details),
      onCommit: options.onCommit,
    })
    loaded = await LoadedCluster.start({
      ...{ directory: options.directory, loads: [], watch: wire.watch },
      set: {
        'broker.session.timeout.ms': BROKER_SESSION_MS,
        'min.insync.replicas': 2,
        'offsets.topic.num.partitions': OFFSETS_PARTITIONS,
        ...options.set,
      },
    })
    const groups = new LoadedGroups(loaded, wire)
    for (const group of groups.groups) for (let count = 0; count < MEMBERS; count += 1) group.add()
    return groups
  }

  get #doors() {
    return this.loaded.doors
  }

  #group(make: string, program: readonly [string, ...string[]]): MemberGroup {
    const { topic, history } = this.loaded
    const group = `group-of-${make}`
    const bootstrap = [...this.#doors.values()].map(formatHostPort).join()
    const nowMs = () => history.nowMs()
    const view = new GroupView({ group, clientId: 'view', doors: this.#doors, topic, nowMs })
    const sessionTimeoutMs = SESSION_TIMEOUT_MS
    const partitions = PARTITIONS
    return new MemberGroup({
      ...{ make, program, bootstrap, topic, group, view, sessionTimeoutMs, partitions },
      wellMs: (memberId) => this.wire.wellMs(memberId),
    })
  }

  #probe(beside: string, isMember: boolean): CommitProbe {
    const { topic, faults } = this.loaded
    const group = sharingWith(beside, isMember)
    const clientId = isMember ? 'member-probe' : 'commit-probe'
    return new CommitProbe({
      ...{ group, beside, clientId, doors: this.#doors, topic, partition: 0, isMember },
      onFault: (sentence) => faults.push(sentence),
    })
  }

  /** How the partition of a group is known to all brokers, for a message. */
  coordination(group: string): string {
    const partition = partitionForGroup(group, OFFSETS_PARTITIONS)
    return JSON.stringify({
      ...this.#offsets.partition(OFFSETS_TOPIC, partition),
      all: this.#offsets.shown,
    })
  }

  /**
   * Every replica is in sync, the coordinators' too; partitions are led by those who will keep
   * them, and every group is stable with all its members.
   */
  async settle(when: string): Promise<boolean> {
    const { loaded } = this
    if (!(await loaded.becomesWhole(when))) return false
    const isAtRest = () =>
      this.#offsets.isWhole &&
      [...this.#offsets.partitions, ...loaded.view.partitions].every(
        ({ leader, replicas }) => leader === replicas[0],
      )
    try {
      await eventually(STABLE_WITHIN_MS, 'everybody leads what is theirs', isAtRest)
    } catch {
      loaded.faults.push(`${when}, coordinators are not at rest: ${this.#offsets.shown}`)
      return false
    }
    return this.#becomeStable(when)
  }

  async #becomeStable(when: string): Promise<boolean> {
    const { faults, history } = this.loaded
    const sinceMs = history.nowMs()
    const waits = this.groups.map(async (group) => {
      try {
        await group.stable({ sinceMs, withinMs: STABLE_WITHIN_MS })
      } catch {
        const wanted = group.members.map(({ name }) => name).join(' ')
        faults.push(`${when}, ${group.group} is not stable with ${wanted}: ${group.view.shown}`)
      }
    })
    await Promise.all(waits)
    return this.loaded.isSound
  }

  async close(): Promise<void> {
    await Promise.all(this.probes.map((probe) => probe.stop()))
    await Promise.all(this.groups.map((group) => group.close()))
    await this.#offsets.close()
  }
}

/** A group with the same coordinator as another one. */
function sharingWith(group: string, isMember: boolean): string {
  const wanted = partitionForGroup(group, OFFSETS_PARTITIONS)
  for (let index = 0; ; index += 1) {
    const name = `${isMember ? 'member' : 'simple'}-${index}`
    if (partitionForGroup(name, OFFSETS_PARTITIONS) === wanted) return name
  }
}

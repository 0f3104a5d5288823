/**
 * The second half of a run with groups: what they owe once the faults are over. Within a bound all
 * who live are in one generation and nobody else is; a member that dies in silence is out when its
 * session is over (F9); the death of a coordinator costs what the death of a broker costs; every
 * view has everything, also one that was lost (F8); and what nobody needs any more goes (F10).
 */
import { Violation } from '../invariants/violation.ts'
import { ClusterConvergence } from '../cluster/convergence.ts'
import { OFFSETS_TOPIC } from '../../../src/coordinator/offsets-topic.ts'
import type { Group } from './group.ts'
import { nameOf } from './invariants/stored-group.ts'
import type { GroupsWorld } from './world.ts'

const LOOK_US = 50_000
/** Virtual time until everything must be in order, after whatever was there before. */
const BOUND_US = 15_000_000
/** Beyond the times that are agreed on. */
const SLACK_US = 1_500_000
const RETENTION_MS_MAX = 2_000

export class GroupsConvergence {
  readonly #world: GroupsWorld

  constructor(world: GroupsWorld) {
    this.#world = world
  }

  async run(): Promise<void> {
    const { cluster, crowd } = this.#world
    await new ClusterConvergence(cluster).run()
    cluster.clients.process.happen(() => crowd.settle())
    await this.#within(BOUND_US, 'L-groups', () => this.#disorder())
    this.#world.hit('groups are stable')
    await this.#losesMembers()
    await this.#losesCoordinator()
    await this.#losesView()
    await this.#forgets()
  }

  async #within(us: number, invariant: string, trouble: () => string | null): Promise<void> {
    const { cluster, onlooker } = this.#world
    const began = cluster.scheduler.now
    for (let found = trouble(); found !== null; found = trouble()) {
      // Leadership may move meanwhile: whoever takes over gives everybody a whole session.
      const since = Math.max(began, onlooker.servedAtUs)
      if (cluster.scheduler.now >= since + us) throw new Violation(invariant, found)
      await cluster.runFor(LOOK_US)
    }
  }

  // --- what is not as it must come to be; null when all is

  #disorder(): string | null {
    return this.#unstable() ?? this.#behind()
  }

  #unstable(): string | null {
    for (const group of this.#world.onlooker.groups) {
      const trouble = group.committed.taintedBy === null ? this.#troubleOf(group) : null
      if (trouble !== null) return `${group.plan.name}: ${trouble}`
    }
    return null
  }

  #troubleOf(group: Group): string | null {
    const living = this.#world.crowd.living(group)
    const stored = group.stored.current.group
    const members = stored?.members ?? []
    for (const member of living)
      if (!member.isSettled || member.generation !== stored?.generation)
        return `${member.describe()} in generation ${stored?.generation}`
    const names = members.map(nameOf).sort().join()
    const wanted = living
      .map(({ name }) => name)
      .sort()
      .join()
    if (names !== wanted) return `its members are [${names}], not [${wanted}]`
    if (stored?.awaitingAssignment === true) return 'nothing is assigned'
    if (group.plan.assigning === null || living.length === 0) return null
    const owned = living.flatMap((member) => member.owned).length
    return owned === this.#world.swarm.owned ? null : `${owned} partitions are owned`
  }

  /** Every view has what is committed by now, or had when it was last looked. */
  #behind(): string | null {
    const { cluster, onlooker } = this.#world
    for (const { committed, views, topic, index } of onlooker.offsets) {
      const leader = cluster.registrationOf({ topic, index })?.leader ?? -1
      if (committed.taintedBy !== null || (leader < 0 && committed.end === 0)) continue
      if (leader < 0) return `${topic}-${index}: nobody leads`
      for (const machine of cluster.machines) {
        if (!machine.isServing) return `node ${machine.node + 1} does not serve`
        const applied = views[machine.node]?.appliedOffset ?? 0
        // Of what is committed just now it is to hear yet.
        const wanted = committed.records.findLast(({ sinceUs }) => {
          return sinceUs < cluster.scheduler.now - SLACK_US / 2
        })
        if (wanted && applied <= wanted.offset)
          return `node ${machine.node + 1} has applied ${applied} of ${wanted.offset + 1}`
      }
    }
    return null
  }

  // --- what it must bear

  /** F9: silence ends with the session. */
  async #losesMembers(): Promise<void> {
    const { onlooker, crowd, swarm, cluster } = this.#world
    cluster.clients.process.happen(() => {
      for (const group of onlooker.groups) crowd.remove(group, { isHeard: false })
    })
    const boundUs = (swarm.sessionMs + swarm.heartbeatMs + swarm.rebalanceMs) * 1_000 + SLACK_US
    await this.#within(boundUs, 'F9-stable', () => this.#unstable())
  }

  async #losesCoordinator(): Promise<void> {
    const { cluster, swarm, crowd, onlooker } = this.#world
    const leader = cluster.registrationOf({ topic: OFFSETS_TOPIC, index: 0 })?.leader ?? -1
    const machine = cluster.machines[leader - 1]
    if (machine === undefined) return
    const boundUs =
      (swarm.timing.sessionMs + swarm.sessionMs + swarm.rebalanceMs) * 1_000 + SLACK_US
    machine.awayUs = 2 * boundUs
    machine.doom({ isPowerCut: false, changes: 0, near: null })
    await cluster.runFor(1)
    const clients = [...crowd.readers, ...crowd.committers]
    const before = clients.map(({ succeeded }) => succeeded)
    const isTainted = onlooker.offsets.some(({ committed }) => committed.taintedBy !== null)
    if (isTainted) return
    await this.#within(boundUs, 'F9-failover', () => {
      const at = clients.findIndex(({ succeeded }, index) => succeeded === before[index])
      return at < 0 ? this.#unstable() : `${clients[at]?.of.name} is not answered`
    })
    await this.#within(BOUND_US, 'L-groups', () => this.#disorder())
  }

  /** F8: what is lost is folded again. */
  async #losesView(): Promise<void> {
    const { cluster } = this.#world
    const [machine] = cluster.machines
    if (machine === undefined) return
    machine.awayUs = 1_000
    machine.changeStore({ isEmpty: true })
    await this.#within(BOUND_US, 'F8-refolded', () => this.#behind())
  }

  /** F10: who has left needs nothing. */
  async #forgets(): Promise<void> {
    const { swarm, crowd, cluster, onlooker } = this.#world
    cluster.clients.process.happen(() => {
      crowd.end()
      for (const group of onlooker.groups)
        while (crowd.living(group).length > 0) crowd.remove(group, { isHeard: true })
    })
    const mortal = onlooker.groups.filter(({ plan: { retentionMs } }) => {
      return (retentionMs < 0 ? swarm.retentionMs : retentionMs) <= RETENTION_MS_MAX
    })
    if (mortal.length === 0) return
    const boundUs = (RETENTION_MS_MAX + swarm.sessionMs + swarm.rebalanceMs) * 1_000 + 2 * SLACK_US
    await this.#within(boundUs, 'F10-forgotten', () => {
      for (const { plan, stored, committed } of mortal)
        if (committed.taintedBy === null && stored.offsets.size > 0)
          return `${plan.name} has offsets of [${[...stored.offsets.keys()].join()}]`
      return null
    })
  }
}

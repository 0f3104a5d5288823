/**
 * The second half of a system run: what a quorum of whole nodes owes once the faults are over.
 * Nodes that are a quorum of everything that may be in force are healed; the others stay dead or
 * cut off. Within a bound the cluster is founded, there is a leader, proposals are committed, reads
 * served, everybody has the same; then nothing changes, no snapshot travels, and whoever comes back
 * deposes nobody.
 */
import { isJoint, isMember, isVoter } from '../../../src/raft/configuration.ts'
import { isQuorum } from '../invariants/voters.ts'
import type { Host } from './host.ts'
import { CALM_STREAMS } from './swarm.ts'
import type { SystemWorld } from './world.ts'

/** In election timeouts. */
const CONVERGE_MAX = 40
const STABLE = 10
const PROPOSALS = 5

export class SystemConvergence {
  readonly #world: SystemWorld
  readonly #electionUs: number
  #core: readonly Host[] = []

  constructor(world: SystemWorld) {
    this.#world = world
    this.#electionUs = world.swarm.electionMs * 1_000
  }

  /** Returns whether there was a quorum to converge. */
  async run(): Promise<boolean> {
    const world = this.#world
    for (const host of world.hosts) host.life?.process.wake()
    await world.runFor(20_000)
    this.#core = this.#chooseCore()
    if (!this.#isEnough(this.#core)) {
      if (world.history.end === 0) world.marks.hit('founding was blocked for good')
      return false
    }
    this.#heal()
    const leader = await this.#work()
    world.marks.hit(
      this.#core.length < world.hosts.length ? 'agreed without some nodes' : 'healed and agreed',
    )
    await this.#stayStable(leader)
    await this.#rejoin(leader)
    this.#markUnknown()
    return true
  }

  /** A random set that is a quorum of everything that may be in force. */
  #chooseCore(): readonly Host[] {
    const { hosts, chance } = this.#world
    const order = hosts
      .filter(({ isRotten }) => !isRotten)
      .map((host) => ({ host, rank: chance.at(41, host.node) }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ host }) => host)
    const wanted = chance.happens(0.5, 44) ? hosts.length : chance.below(hosts.length, 42)
    const core: Host[] = []
    for (const host of order) {
      if (this.#isEnough(core) && core.length >= wanted) break
      core.push(host)
    }
    return core
  }

  #isEnough(core: readonly Host[]): boolean {
    const { founding, hosts, swarm } = this.#world
    const keys = new Set(core.map(({ key }) => key))
    // Everybody is needed to found, and to learn that all are bound (S1); whoever is bound to a
    // directory that is gone waits for ever: people have to decide.
    if (!core.some(({ view }) => view.hardState.founded || view.lastIndex > 0)) {
      const bound = hosts.flatMap(({ view }) => view.hardState.founders ?? [])
      const founders = founding.founders ?? hosts.slice(0, swarm.founders).map(({ key }) => key)
      return [...bound, ...founders].every((key) => keys.has(key))
    }
    return this.#world
      .configurations()
      .every((configuration) => isQuorum(configuration, (voter) => keys.has(voter)))
  }

  #heal(): void {
    const { network, courier, hosts, chance } = this.#world
    network.heal(CALM_STREAMS)
    courier.isCalm = true
    for (const host of hosts) {
      host.machine.isFull = false
      host.machine.failsSync = false
      if (this.#core.includes(host)) {
        host.life?.process.wake()
        host.isCalm = true
        host.spare()
        host.start()
        continue
      }
      const fate = chance.below(3, 43, host.node)
      if (fate === 0) {
        host.isDead = true
        host.doom({ isPowerCut: true, changes: 0, near: null })
      }
      for (const other of hosts) {
        if (other === host) continue
        network.block(other.node, host.node, Infinity)
        if (fate !== 2) network.block(host.node, other.node, Infinity)
      }
    }
  }

  /** Until it holds. */
  async #within(elections: number, what: string, holds: () => boolean): Promise<void> {
    const { scheduler } = this.#world
    const until = scheduler.now + elections * this.#electionUs
    while (scheduler.now < until) {
      await this.#world.runFor(50_000)
      if (holds()) return
    }
    this.#world.fail('L-convergence', `not within the bound: ${what}`)
  }

  #leaderOfCore(): Host | null {
    const { leader } = this.#world
    if (leader === null || !this.#core.includes(leader)) return null
    return leader.life?.quorum.leadership.isLeader === true ? leader : null
  }

  async #work(): Promise<Host> {
    const world = this.#world
    await this.#within(CONVERGE_MAX, 'a leader', () => this.#leaderOfCore() !== null)
    if ((world.founding.founders?.length ?? 0) > 1) world.marks.hit('founded by several')
    let name: string | null = null
    let proposed = 0
    await this.#within(CONVERGE_MAX, 'proposals are committed', () => {
      const leader = this.#leaderOfCore()
      const state = name === null ? null : world.proposals.stateOf(name)
      if (state === 'ok') proposed += 1
      if (proposed >= PROPOSALS) return true
      if (leader && state !== 'accepted')
        name = world.askers.propose(leader.node, { choice: proposed, bytes: 20 })
      return false
    })
    await this.#within(CONVERGE_MAX, 'one configuration, equal logs', () => this.#agrees())
    return this.#leaderOfCore() ?? world.fail('L-convergence', 'the leader is gone')
  }

  #agrees(): boolean {
    const leader = this.#leaderOfCore()
    const configuration = leader?.life?.configuration
    if (!leader || !configuration || isJoint(configuration)) return false
    if (!isVoter(configuration, leader.key)) return false
    const { history } = this.#world
    const { lastIndex } = leader.view
    return this.#core
      .filter(({ key }) => isMember(configuration, key))
      .every(
        (host) =>
          host.view.lastIndex === lastIndex &&
          host.life?.deliveries.applied === history.end &&
          history.end === lastIndex,
      )
  }

  #isStill(leader: Host, term: number, when: string): void {
    const status = leader.life?.raft?.status
    if (status?.role !== 'leader' || status.term !== term)
      this.#world.fail('L-stability', `${leader.key} leads term ${term} no more, ${when}`)
  }

  #termOf(leader: Host): number {
    return leader.life?.raft?.status.term ?? this.#world.fail('L-stability', 'the leader is gone')
  }

  async #stayStable(leader: Host): Promise<void> {
    const world = this.#world
    const term = this.#termOf(leader)
    const sent = world.snapshotsSent
    await world.runFor(STABLE * this.#electionUs)
    this.#isStill(leader, term, 'and nothing happened')
    const configuration = leader.life?.configuration
    const isAbsent = (key: string) => !this.#core.some((host) => host.key === key)
    const members = [...(configuration?.voters ?? []), ...(configuration?.learners ?? [])]
    // Whoever is absent may be owed one, for ever.
    if (!members.some(isAbsent) && world.snapshotsSent > sent)
      world.fail('L-snapshots', `${world.snapshotsSent - sent} snapshots while nothing happened`)
  }

  /** A follower is cut off from everybody for a while. */
  async #rejoin(leader: Host): Promise<void> {
    const { network, scheduler, hosts, marks } = this.#world
    const configuration = leader.life?.configuration
    if (!configuration) return
    const cut = this.#core.find(
      (host) =>
        host !== leader &&
        isVoter(configuration, host.key) &&
        isQuorum(configuration, (key) =>
          this.#core.some((other) => other.key === key && other !== host),
        ),
    )
    if (!cut) return
    const term = this.#termOf(leader)
    const until = scheduler.now + 4 * this.#electionUs
    for (const other of hosts) {
      if (other === cut) continue
      network.block(other.node, cut.node, until)
      network.block(cut.node, other.node, until)
    }
    await this.#world.runUntil(until + 3 * this.#electionUs)
    this.#isStill(leader, term, `and ${cut.key} came back`)
    marks.hit('rejoined without deposing')
  }

  #markUnknown(): void {
    const { proposals, marks } = this.#world
    if (proposals.countOf('unknown', true) > 0) marks.hit('unknown was committed after all')
    if (proposals.countOf('unknown', false) > 0) marks.hit('unknown was never committed')
  }
}

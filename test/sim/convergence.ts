/**
 * The second half of a run: what a quorum owes once the faults are over. Nodes that are a quorum of
 * every configuration that may be in force are healed; all others stay dead, cut off, or able to
 * speak and not to hear. Within a bound there is a leader, what is proposed is committed, reads are
 * served, joint configurations are left, logs are equal. Then nothing changes while nothing
 * happens, and whoever was cut off and comes back deposes nobody.
 */
import { isJoint, isMember, isVoter } from '../../src/raft/configuration.ts'
import type { RequestId } from '../../src/raft/types.ts'
import { isQuorum } from './invariants/voters.ts'
import type { Replica } from './replica.ts'
import { CALM } from './swarm.ts'
import type { World } from './world.ts'

/** In election timeouts. */
const CONVERGE_MAX = 40
const STABLE = 20
const PROPOSALS = 5

export class Convergence {
  readonly #world: World
  readonly #electionUs: number
  readonly #core: readonly Replica[]

  constructor(world: World) {
    this.#world = world
    const { electionTicks, tickUs } = world.swarm
    this.#electionUs = electionTicks * tickUs
    this.#settle()
    this.#core = this.#chooseCore()
  }

  /** Changes of the voters that wait in somebody's inbox are made, or refused. */
  #settle(): void {
    const { replicas, scheduler, swarm } = this.#world
    for (const replica of replicas) replica.wake()
    scheduler.runUntil(scheduler.now + 10 * swarm.pumpUs)
  }

  /** A random set that is a quorum of everything that may be in force. */
  #chooseCore(): readonly Replica[] {
    const { replicas, chance } = this.#world
    const order = [...replicas]
      .map((replica) => ({ replica, rank: chance.at(11, replica.node) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ replica }) => replica)
    const configurations = this.#world.configurations()
    const wanted = chance.below(replicas.length + 1, 12)
    const core: Replica[] = []
    for (const replica of order) {
      const keys = new Set(core.map(({ key }) => key))
      const isEnough = configurations.every((configuration) =>
        isQuorum(configuration, (voter) => keys.has(voter)),
      )
      if (isEnough && core.length >= wanted) break
      core.push(replica)
    }
    return core
  }

  /** Disks were lost while a change that needs them was on its way: nothing is owed. */
  get #isQuorumLost(): boolean {
    const keys = new Set(this.#core.map(({ key }) => key))
    return !this.#world
      .configurations()
      .every((configuration) => isQuorum(configuration, (voter) => keys.has(voter)))
  }

  /** Returns whether there was a quorum to converge. */
  run(): boolean {
    if (this.#isQuorumLost) return false
    this.#heal()
    const leader = this.#work()
    this.#world.marks.hit(
      this.#core.length < this.#world.replicas.length
        ? 'agreed without some nodes'
        : 'healed and agreed',
    )
    this.#stayStable(leader)
    this.#rejoin(leader)
    this.#world.settleUnknown()
    return true
  }

  #heal(): void {
    const { network, replicas, chance } = this.#world
    network.heal(CALM)
    for (const replica of replicas) {
      if (this.#core.includes(replica)) {
        replica.isCalm = true
        replica.wake()
        if (!replica.isUp) replica.start()
        continue
      }
      const fate = chance.below(3, 13, replica.node)
      if (fate === 0) {
        replica.crash(true)
        replica.isDead = true
      }
      for (const other of replicas) {
        if (other === replica) continue
        network.block(other.node, replica.node, Infinity)
        if (fate !== 2) network.block(replica.node, other.node, Infinity)
      }
    }
  }

  /** Until it holds; a while longer for a long log through a narrow window. */
  #within(elections: number, what: string, holds: () => boolean): void {
    const { scheduler, swarm, invariants } = this.#world
    const entries = invariants.committed + swarm.proposals
    const until = scheduler.now + elections * this.#electionUs + entries * 20 * swarm.tickUs
    while (scheduler.now < until) {
      scheduler.runUntil(scheduler.now + swarm.tickUs)
      if (holds()) return
    }
    this.#world.fail('L-convergence', `not within the bound: ${what}`)
  }

  #leaderOfCore(): Replica | null {
    const { leader } = this.#world
    return leader !== null && this.#core.includes(leader) ? leader : null
  }

  #work(): Replica {
    const world = this.#world
    this.#within(CONVERGE_MAX, 'a leader', () => this.#leaderOfCore() !== null)
    const open = new Map<number, RequestId>()
    let proposed = 0
    this.#within(CONVERGE_MAX, 'proposals are committed', () => {
      const leader = this.#leaderOfCore()
      if (!leader) return false
      const id = open.get(0)
      const answer = id === undefined ? 'none' : world.answerTo(id)
      if (answer === 'committed') proposed += 1
      if (proposed >= PROPOSALS) return true
      if (answer !== null && answer !== 'accepted') open.set(0, world.propose(leader, 0))
      return false
    })
    let read: RequestId | null = null
    this.#within(CONVERGE_MAX, 'a read is served', () => {
      const leader = this.#leaderOfCore()
      const answer = read === null ? 'none' : world.answerTo(read)
      if (answer === 'readable') return true
      if (leader && answer !== null) read = world.read(leader)
      return false
    })
    this.#within(CONVERGE_MAX, 'one configuration, equal logs', () => this.#agrees())
    return this.#leaderOfCore() ?? world.fail('L-convergence', 'the leader is gone')
  }

  #agrees(): boolean {
    const leader = this.#leaderOfCore()
    if (!leader || isJoint(leader.configuration)) return false
    if (!isVoter(leader.configuration, leader.key)) return false
    const { log, status } = this.#world.invariants.of(leader.key)
    return this.#core
      .filter(({ key }) => isMember(leader.configuration, key))
      .every(({ key }) => {
        const other = this.#world.invariants.of(key)
        const { lastIndex, lastChain } = other.durable.log
        const isSame = lastIndex === log.lastIndex && lastChain === log.lastChain
        return isSame && other.status.commit === status.commit && other.applied === status.commit
      })
  }

  #isStill(leader: Replica, term: number, when: string): void {
    const { status } = leader
    if (status?.role !== 'leader' || status.term !== term)
      this.#world.fail('L-stability', `${leader.key} leads term ${term} no more, ${when}`)
  }

  #stayStable(leader: Replica): void {
    const { scheduler } = this.#world
    const { term } = leader.status ?? this.#world.fail('L-stability', 'the leader is gone')
    scheduler.runUntil(scheduler.now + STABLE * this.#electionUs)
    this.#isStill(leader, term, 'and nothing happened')
  }

  /** A follower is cut off from everybody for a while. */
  #rejoin(leader: Replica): void {
    const { network, scheduler, replicas, marks } = this.#world
    const { configuration } = leader
    const others = this.#core.filter((replica) => replica !== leader)
    const cut = others.find((replica) =>
      isQuorum(configuration, (key) =>
        this.#core.some((other) => other.key === key && other !== replica),
      ),
    )
    if (!cut || !isVoter(configuration, cut.key)) return
    const { term } = leader.status ?? this.#world.fail('L-stability', 'the leader is gone')
    const until = scheduler.now + 8 * this.#electionUs
    for (const other of replicas) {
      if (other === cut) continue
      network.block(other.node, cut.node, until)
      network.block(cut.node, other.node, until)
    }
    scheduler.runUntil(until + 5 * this.#electionUs)
    this.#isStill(leader, term, `and ${cut.key} came back`)
    marks.hit('rejoined without deposing')
  }
}

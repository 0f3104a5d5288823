/**
 * Changing who votes, as people ask for it: by node id and address, one step at a time, refused
 * with the arithmetic when it would leave no majority. A new voter first catches up as a learner;
 * then one joint change lets it in (and lets go whom it replaces).
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { LograftError, asError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { isActive } from '../metadata/image/cluster.ts'
import { isJoint, isMember, membersOf, type ReplicaKey } from '../raft/configuration.ts'
import { majorityOf } from '../raft/quorum.ts'
import type { ConfigurationChange, ReplicaStatus } from '../raft/types.ts'
import type { ErrorName } from '../wire/errors.ts'
import type { NewVoter, QuorumAdmin, QuorumDescription, ReplicaDescription } from './admin.ts'
import type { Driver } from './driver.ts'
import type { FoundingPeers, Introduction, VoterAddress } from './ports.ts'
import type { Quorum } from './quorum.ts'
import { replicaIdOf } from './replica-key.ts'

export interface MembershipOptions {
  readonly quorum: Quorum
  readonly clock: Clock
  readonly peers: FoundingPeers
  readonly image: () => MetadataImage
  /** Commits where a controller is found, before it is to be dialled. */
  readonly register: (controller: {
    readonly nodeId: NodeId
    readonly directoryId: string
    readonly incarnationId: string
    readonly host: string
    readonly port: number
  }) => Promise<unknown>
  /** Takes a broker out of service: its process is gone. */
  readonly fence: (broker: {
    readonly nodeId: NodeId
    readonly brokerEpoch: number
  }) => Promise<unknown>
}

/** Between two looks whether a learner has caught up. */
const LOOK_MS = 50

const OPEN = 'not done in time; it may still take effect'
const PARTLY = 'the leader changed when a part was done: see who is left, and ask for the rest'

export class Membership implements QuorumAdmin {
  readonly #options: MembershipOptions

  constructor(options: MembershipOptions) {
    this.#options = options
  }

  async describe(): Promise<QuorumDescription> {
    const { quorum, image } = this.#options
    const { epoch } = quorum.leadership
    if (!(await quorum.confirmLeadership(epoch))) throw notLeader()
    const { raft } = this.#leading()
    return {
      clusterId: image().clusterId,
      leaderId: replicaIdOf(quorum.self).nodeId,
      epoch,
      highWatermark: quorum.commitOffset,
      logEndOffset: quorum.nextOffset,
      replicas: membersOf(raft.configuration).map((key) => this.#describe(key)),
    }
  }

  #describe(key: ReplicaKey): ReplicaDescription {
    const { quorum, image } = this.#options
    const driver = this.#leading()
    const { voters, outgoing } = driver.raft.configuration
    const { nodeId, directoryId } = replicaIdOf(key)
    const found = image().controllers.get(nodeId)
    const known = statusOf(driver, key)
    const isSelf = key === quorum.self
    const silentMs = (known?.silentTicks ?? 0) * driver.tickMs
    const behindMs = (known?.behindTicks ?? 0) * driver.tickMs
    return {
      nodeId,
      directoryId,
      role: voters.includes(key) ? 'voter' : outgoing.includes(key) ? 'outgoing' : 'learner',
      address: found === undefined ? null : { host: found.host, port: found.port },
      // Nobody's is 0 once there is a leader: it has not answered this one yet.
      logEndOffset: isSelf ? quorum.nextOffset : known?.match || null,
      silentMs,
      // Whoever is not there any more had everything when it was last heard of, not now.
      behindMs: isSelf || isHeard(driver, key) ? behindMs : Math.max(behindMs, silentMs),
    }
  }

  // --- leadership

  async transfer(to: NodeId | null, signal: AbortSignal): Promise<void> {
    const { quorum } = this.#options
    const driver = this.#leading()
    const key = to === null ? bestPrepared(driver, quorum.self) : this.#voterOf(to)
    if (key === quorum.self) return
    const { nodeId } = replicaIdOf(key)
    const { epoch } = quorum.leadership
    const outcome = await driver.ask({ type: 'transfer', to: key }).outcome
    if (outcome.type === 'refused') {
      if (outcome.reason === 'not-leader') throw notLeader()
      throw refused('REQUEST_TIMED_OUT', `node ${nodeId} did not take over: ${outcome.reason}`)
    }
    await this.#until(() => quorum.leadership.leaderId !== null && !this.#leads(epoch), signal)
    const { leaderId } = quorum.leadership
    if (leaderId !== nodeId)
      throw refused('REQUEST_TIMED_OUT', `node ${leaderId} leads now, not node ${nodeId}`)
  }

  #leads(epoch: number): boolean {
    const { leadership } = this.#options.quorum
    return leadership.isLeader && leadership.epoch === epoch
  }

  // --- voters

  async add(voter: NewVoter, replaces: NodeId | null, signal: AbortSignal): Promise<void> {
    const driver = this.#leading()
    const introduction = await this.#identify(voter, signal)
    const { replica: added } = introduction
    const { voters } = driver.raft.configuration
    if (voters.includes(added)) throw refused('DUPLICATE_VOTER', `node ${voter.nodeId} votes`)
    const replaced = replaces === null ? null : this.#voterOf(replaces)
    this.#checkIdentity(voter, replaced)
    const next = [...voters.filter((key) => key !== replaced), added]
    checkMajority(driver, next, { self: this.#options.quorum.self, added })
    const { directoryId } = replicaIdOf(added)
    const { incarnationId } = introduction
    await this.#retireBroker(added, replaced)
    const { nodeId, host, port } = voter
    await this.#options.register({ nodeId, host, port, directoryId, incarnationId })
    await this.#forgetLostDisks(added, signal)
    if (!isMember(driver.raft.configuration, added))
      await this.#change({ type: 'add-learner', replica: added }, signal)
    await this.#promote(added, replaced, signal)
  }

  /** Who is at that address, if it may be added. */
  async #identify(voter: NewVoter, signal: AbortSignal): Promise<Introduction> {
    const { peers, quorum, image } = this.#options
    const { nodeId, host, port } = voter
    const at = `${host}:${port}`
    const found = await peers
      .introduce(voter, quorum.introduction, null, signal)
      .catch((thrown: unknown) => {
        const why = asError(thrown).message
        throw refused('INVALID_REQUEST', `no node answers at ${at} (${why}); is it started?`)
      })
    const { nodeId: id, directoryId } = replicaIdOf(found.replica)
    if (id !== nodeId) throw refused('INVALID_REQUEST', `node ${id} is at ${at}, not ${nodeId}`)
    if (directoryId !== (voter.directoryId ?? directoryId))
      throw refused(
        'INVALID_VOTER_KEY',
        `node ${id} has directory id ${directoryId}, not ${voter.directoryId}`,
      )
    const { clusterId } = image()
    if (found.clusterId !== null && found.clusterId !== clusterId)
      throw refused(
        'INCONSISTENT_CLUSTER_ID',
        `node ${id} belongs to cluster ${found.clusterId}, this is cluster ${clusterId}`,
      )
    const { configuration } = this.#leading().raft
    const isOfOthers = found.founders?.every((key) => !isMember(configuration, key)) === true
    // Whoever voted here once comes back, also when all who founded this cluster have gone.
    if (isOfOthers && found.clusterId === null)
      throw refused('INVALID_REQUEST', `node ${id} is part of another quorum; empty its directory`)
    return found
  }

  #checkIdentity({ nodeId }: VoterAddress, replaced: ReplicaKey | null): void {
    const { voters } = this.#leading().raft.configuration
    const namesake = voters.find((key) => replicaIdOf(key).nodeId === nodeId)
    if (namesake === undefined || namesake === replaced) return
    throw refused(
      'INVALID_VOTER_KEY',
      `node ${nodeId} votes under another directory id, ${replicaIdOf(namesake).directoryId}: its ` +
        `disk was replaced. Let it take its own place: lograft quorum replace ${nodeId} ${nodeId}@…`,
    )
  }

  /**
   * A broker by this id whose disk is another: it is lost when whoever asks says so by replacing
   * it, and must make room for the broker of the new node; else two machines were given one id.
   */
  async #retireBroker(added: ReplicaKey, replaced: ReplicaKey | null): Promise<void> {
    const { nodeId, directoryId } = replicaIdOf(added)
    const broker = this.#options.image().brokers.get(nodeId)
    if (broker === undefined || !isActive(broker) || broker.directoryId === directoryId) return
    if (replaced === null || replicaIdOf(replaced).nodeId !== nodeId)
      throw refused(
        'INVALID_REQUEST',
        `broker ${nodeId} is in service with another directory: give the new node another node.id`,
      )
    await this.#options.fence({ nodeId, brokerEpoch: broker.brokerEpoch })
  }

  /** Learners that were the same node: named by its id, they could not be let go without it. */
  async #forgetLostDisks(added: ReplicaKey, signal: AbortSignal): Promise<void> {
    const { nodeId } = replicaIdOf(added)
    const { learners } = this.#leading().raft.configuration
    for (const replica of learners)
      if (replica !== added && replicaIdOf(replica).nodeId === nodeId)
        await this.#change({ type: 'remove-learner', replica }, signal)
  }

  /** Lets a learner vote once it has caught up. */
  async #promote(
    added: ReplicaKey,
    replaced: ReplicaKey | null,
    signal: AbortSignal,
  ): Promise<void> {
    for (;;) {
      const driver = this.#leading()
      const { voters } = driver.raft.configuration
      const next = [...voters.filter((key) => key !== replaced), added]
      const { answer, outcome } = driver.ask({ type: 'configure', change: setVoters(next) })
      const isBehind = answer?.type === 'refused' && answer.reason === 'not-caught-up'
      if (!isBehind) return this.#settle(await outcome, signal)
      if (signal.aborted) {
        const has = statusOf(driver, added)?.match ?? 0
        throw refused(
          'REQUEST_TIMED_OUT',
          `node ${replicaIdOf(added).nodeId} has ${has} of ${driver.raft.lastIndex} entries; it goes ` +
            'on catching up as a learner. Give the same command again later.',
        )
      }
      await delay(this.#options.clock, LOOK_MS, signal)
    }
  }

  async remove(
    nodeIds: readonly NodeId[],
    signal: AbortSignal,
    directoryId: string | null = null,
  ): Promise<void> {
    const driver = this.#leading()
    const { configuration } = driver.raft
    const isLeaving = (key: ReplicaKey) => {
      const { nodeId, directoryId: its } = replicaIdOf(key)
      return nodeIds.includes(nodeId) && its === (directoryId ?? its)
    }
    const leaving = membersOf(configuration).filter(isLeaving).map(replicaIdOf)
    const unknown = nodeIds.find((id) => !leaving.some(({ nodeId }) => nodeId === id))
    if (unknown !== undefined) throw refused('VOTER_NOT_FOUND', notFound(unknown, directoryId))
    const next = configuration.voters.filter((key) => !isLeaving(key))
    checkMajority(driver, next, { self: this.#options.quorum.self, added: null })
    const learners = configuration.learners.filter(isLeaving)
    let isBegun = false
    try {
      if (next.length < configuration.voters.length) {
        await this.#change(setVoters(next), signal)
        isBegun = true
      }
      for (const replica of learners) {
        await this.#change({ type: 'remove-learner', replica }, signal)
        isBegun = true
      }
    } catch (thrown) {
      // Another leader would know nothing of those that are gone already.
      if (isBegun && isNotController(thrown)) throw refused('REQUEST_TIMED_OUT', PARTLY)
      throw thrown
    }
  }

  /** Waits until the change is over: no joint configuration, and committed. */
  async #settle(outcome: Awaited<ReturnType<Driver['ask']>['outcome']>, signal: AbortSignal) {
    if (outcome.type === 'refused' && outcome.reason === 'no-change') return
    check(outcome)
    const { driver } = this.#options.quorum
    if (driver === null) throw refused('REQUEST_TIMED_OUT', OPEN)
    const { raft } = driver
    await this.#until(
      () => !isJoint(raft.configuration) && raft.configurationsInDoubt.length === 1,
      signal,
    )
  }

  async #change(change: ConfigurationChange, signal: AbortSignal): Promise<void> {
    return this.#settle(await this.#leading().ask({ type: 'configure', change }).outcome, signal)
  }

  // --- this node

  #leading(): Driver {
    const { driver, leadership } = this.#options.quorum
    if (driver === null || !leadership.isLeader) throw notLeader()
    return driver
  }

  #voterOf(nodeId: NodeId): ReplicaKey {
    const { voters } = this.#leading().raft.configuration
    const found = voters.find((key) => replicaIdOf(key).nodeId === nodeId)
    if (found === undefined) throw refused('VOTER_NOT_FOUND', `node ${nodeId} does not vote`)
    return found
  }

  /** Rejects when the signal aborts first. */
  async #until(holds: () => boolean, signal: AbortSignal): Promise<void> {
    if (await this.#options.quorum.until(holds, signal)) return
    throw refused('REQUEST_TIMED_OUT', OPEN)
  }
}

function statusOf(driver: Driver, key: ReplicaKey): ReplicaStatus | undefined {
  return driver.raft.replicas.find(({ replica }) => replica === key)
}

function bestPrepared(driver: Driver, self: ReplicaKey): ReplicaKey {
  const { voters } = driver.raft.configuration
  const [best] = driver.raft.replicas
    .filter(({ replica }) => voters.includes(replica))
    .sort((a, b) => b.match - a.match || a.silentTicks - b.silentTicks)
  return best?.replica ?? self
}

/** Refuses voters of whom too few are up, and says why. */
function checkMajority(
  driver: Driver,
  next: readonly ReplicaKey[],
  { self, added }: { readonly self: ReplicaKey; readonly added: ReplicaKey | null },
): void {
  const { voters } = driver.raft.configuration
  const isUp = (key: ReplicaKey) => key === self || key === added || isHeard(driver, key)
  const up = next.filter(isUp).length
  if (next.length > 0 && up >= majorityOf(next.length)) return
  const down = voters.filter((key) => !isUp(key)).length
  const removed = voters.filter((key) => !next.includes(key)).length
  throw refused(
    'INVALID_REQUEST',
    `${voters.length} voters, ${down} down: removing ${removed} leaves no majority ` +
      `(${next.length} voters, ${up} of them up, ${majorityOf(next.length)} needed)`,
  )
}

function isHeard(driver: Driver, key: ReplicaKey): boolean {
  const status = statusOf(driver, key)
  // A new leader counts everybody's silence from its election on; whoever has answered has a match.
  return status !== undefined && status.match > 0 && status.silentTicks < driver.electionTicks
}

function notFound(nodeId: NodeId, directoryId: string | null): string {
  const which = directoryId === null ? '' : ` with directory id ${directoryId}`
  return `node ${nodeId}${which} is not part of the quorum`
}

function setVoters(voters: readonly ReplicaKey[]): ConfigurationChange {
  return { type: 'set-voters', voters }
}

function check(outcome: Awaited<ReturnType<Driver['ask']>['outcome']>): void {
  if (outcome.type === 'done') return
  if (outcome.type === 'unknown')
    throw refused('REQUEST_TIMED_OUT', 'the leader changed; whether this took effect is open')
  switch (outcome.reason) {
    case 'not-leader':
    case 'transferring':
      throw notLeader()
    case 'change-pending':
      throw refused('INVALID_REQUEST', 'another change of the quorum is under way; try again')
    default:
      throw refused('INVALID_REQUEST', `refused: ${outcome.reason}`)
  }
}

function isNotController(thrown: unknown): boolean {
  return thrown instanceof LograftError && thrown.code === 'NOT_CONTROLLER'
}

function notLeader(): Error {
  return refused('NOT_CONTROLLER', 'this node does not lead the metadata quorum')
}

function refused(code: ErrorName, message: string): Error {
  return new LograftError(code, message)
}

/**
 * A member of a group, as clients of Kafka are: it finds its coordinator, joins, is told what it
 * owns, says that it lives, commits what it owns, and joins again when it is told to. It may fall
 * silent, leave, or go on as what it was when the group has long gone on without it.
 */
import { delay } from '../../../src/base/clock.ts'
import type { Net } from '../../../src/base/net.ts'
import { joinGroup } from '../../../src/wire/apis/11-join-group.ts'
import { heartbeat } from '../../../src/wire/apis/12-heartbeat.ts'
import { leaveGroup } from '../../../src/wire/apis/13-leave-group.ts'
import { syncGroup } from '../../../src/wire/apis/14-sync-group.ts'
import type { ErrorCode } from '../../../src/wire/errors.ts'
import { errorName, errors } from '../../../src/wire/errors.ts'
import type { Process } from '../system/process.ts'
import { commit, type Committer } from './committing.ts'
import { CoordinatorLine, isElsewhere } from './coordinator-line.ts'
import type { Group } from './group.ts'
import type { GroupsMark } from './marks.ts'
import {
  assign,
  decodeAssignment,
  encodeAssignment,
  encodeSubscription,
  ownedIn,
} from './protocol.ts'
import type { GroupSwarm } from './swarm.ts'

/** Which versions it speaks. */
export type Speech = 'old' | 'middle' | 'new'

const VERSIONS = {
  old: { join: 3, sync: 1, heartbeat: 1, leave: 1, commit: 2 },
  middle: { join: 5, sync: 3, heartbeat: 3, leave: 3, commit: 7 },
  new: { join: 9, sync: 5, heartbeat: 4, leave: 5, commit: 8 },
} as const

const BACKOFF_MS = 30
const ANSWER_MS = 600
const JOIN_SLACK_MS = 1_500
/** How often a member commits what it does not own yet. */
const TOO_SOON = 0.1
/** How often a member is slow to ask what it owns, and may be overtaken by a generation. */
const DAWDLES = 0.25

export interface MemberOptions {
  readonly name: string
  readonly group: Group
  readonly instanceId: string | null
  readonly speech: Speech
  readonly swarm: GroupSwarm
  readonly process: Process
  readonly net: Net
  readonly told: (run: () => void) => void
  readonly note: (text: string) => void
  readonly hit: (mark: GroupsMark) => void
}

export class Member implements Committer {
  readonly #of: MemberOptions
  readonly line: CoordinatorLine
  memberId = ''
  generation = -1
  owned: readonly number[] = []
  isOver = false
  /** It is told what it owns in its generation, and has heard nothing else since. */
  isSettled = false
  #pausedUntilMs = -Infinity
  #isPrompt = false

  constructor(of: MemberOptions) {
    this.#of = of
    const { name, group, process, net, swarm, note } = of
    const { nodes } = swarm
    this.line = new CoordinatorLine({ name, group: group.plan.name, process, net, nodes, note })
  }

  get group(): Group {
    return this.#of.group
  }

  get instanceId(): string | null {
    return this.#of.instanceId
  }

  get name(): string {
    return this.instanceId ?? this.memberId
  }

  get told() {
    return this.#of.told
  }

  get hit() {
    return this.#of.hit
  }

  get note() {
    return this.#of.note
  }

  begin(): void {
    void this.#run()
  }

  /** No more of it; its connection is broken, or just silent. */
  crash({ isHeard }: { readonly isHeard: boolean }): void {
    this.isOver = true
    this.isSettled = false
    if (isHeard) this.line.close()
    else this.line.abandon()
  }

  pause(forMs: number): void {
    this.#pausedUntilMs = this.#of.process.monotonicMs() + forMs
  }

  /** From now on it is slow in nothing. */
  hurry(): void {
    this.pause(0)
    this.#isPrompt = true
  }

  /** Says that it goes. */
  async leave(): Promise<void> {
    if (this.isOver) return
    this.isOver = true
    this.isSettled = false
    const { group, speech, instanceId } = this.#of
    const { memberId } = this
    const request = {
      groupId: group.plan.name,
      memberId,
      members: [{ memberId, groupInstanceId: instanceId, reason: null }],
    }
    if (memberId !== '') await this.line.ask(leaveGroup, VERSIONS[speech].leave, request, ANSWER_MS)
    this.line.close()
  }

  async #run(): Promise<void> {
    const { process } = this.#of
    while (!this.isOver) {
      if (await this.#enter()) await this.#work()
      this.isSettled = false
      if (!this.isOver) await delay(process, BACKOFF_MS)
    }
  }

  // --- into a generation

  async #enter(): Promise<boolean> {
    const joined = await this.#join()
    return joined !== null && !this.isOver && (await this.#sync(joined))
  }

  async #join() {
    const { group, swarm, speech, instanceId, told } = this.#of
    const { assigning } = group.plan
    if (assigning === 'eager') this.owned = []
    const { owned, memberId: asked } = this
    const metadata = encodeSubscription(owned)
    const names = assigning === 'eager' ? ['range', 'round'] : ['coop']
    const answer = await this.line.ask(
      joinGroup,
      VERSIONS[speech].join,
      {
        groupId: group.plan.name,
        ...{ sessionTimeoutMs: swarm.sessionMs, rebalanceTimeoutMs: swarm.rebalanceMs },
        ...{ memberId: asked, groupInstanceId: instanceId, protocolType: 'consumer', reason: null },
        protocols: names.map((name) => ({ name, metadata })),
      },
      swarm.rebalanceMs + swarm.sessionMs + JOIN_SLACK_MS,
    )
    if (answer === null) return null
    const { response } = answer
    if (response.errorCode === errors.MEMBER_ID_REQUIRED) this.memberId = response.memberId
    if (response.errorCode !== errors.NONE) {
      this.#heard('join', response.errorCode)
      return null
    }
    const { memberId, generationId: generation, leader: leaderId, protocolName, members } = response
    let place: number | null = null
    const isBack = instanceId !== null && asked === ''
    told(() => {
      const of = { generation, memberId, leaderId, protocolName, members }
      place = group.history.joined(of, { isBack })
      if (place !== null && assigning === 'cooperative')
        group.history.declares(place, instanceId ?? memberId, owned)
    })
    this.memberId = memberId
    const leads = leaderId === memberId && !response.skipAssignment
    return { generation, place, protocolName, isBack, assigned: leads ? this.#assign(members) : [] }
  }

  #assign(
    members: readonly {
      readonly memberId: string
      readonly groupInstanceId?: string | null
      readonly metadata: Uint8Array
    }[],
  ) {
    const { group, swarm } = this.#of
    const all = members.map(({ memberId, groupInstanceId = null, metadata }) => ({
      ...{ memberId, instanceId: groupInstanceId, owned: ownedIn(metadata) },
    }))
    const given = assign(group.plan.assigning ?? 'eager', all, swarm.owned)
    return Array.from(given, ([memberId, partitions]) => ({
      ...{ memberId, assignment: encodeAssignment(partitions) },
    }))
  }

  async #sync(joined: {
    readonly generation: number
    readonly place: number | null
    readonly protocolName: string | null
    readonly isBack: boolean
    readonly assigned: readonly { readonly memberId: string; readonly assignment: Uint8Array }[]
  }): Promise<boolean> {
    const { group, speech, instanceId, told, swarm, process } = this.#of
    const { memberId } = this
    const { generation, place, protocolName, isBack, assigned: assignments } = joined
    await this.#commitsTooSoon(generation)
    if (!this.#isPrompt && process.draw(98) < DAWDLES) {
      await delay(process, Math.ceil(swarm.sessionMs * process.draw(99)))
      if (this.isOver) return false
      if (generation !== group.stored.current.group?.generation)
        this.hit('a member asked for an assignment too late')
    }
    const answer = await this.line.ask(
      syncGroup,
      VERSIONS[speech].sync,
      {
        ...{ groupId: group.plan.name, generationId: generation, memberId, assignments },
        ...{ groupInstanceId: instanceId, protocolType: 'consumer', protocolName },
      },
      swarm.rebalanceMs + JOIN_SLACK_MS,
    )
    if (answer === null) return false
    const { errorCode, assignment } = answer.response
    if (errorCode !== errors.NONE) {
      this.#heard('sync', errorCode)
      return false
    }
    const isEager = group.plan.assigning === 'eager'
    if (place !== null) {
      const of = { generation: place, number: generation, isEager }
      told(() => group.history.synced(of, { memberId, instanceId }, assignment))
    }
    const given = decodeAssignment(assignment)
    const hasLost = this.owned.some((partition) => !given.includes(partition))
    this.generation = generation
    this.owned = given
    this.note(`${this.#of.name}: has [${given.join()}] in generation ${generation}`)
    // What it has given up others may be given when it has come back without it; and so what its
    // former self was about to give up, of which it knows nothing.
    return !hasLost && (isEager || !isBack)
  }

  /** Now and then, before it is told what it owns. */
  async #commitsTooSoon(generation: number): Promise<void> {
    const { process, speech } = this.#of
    if (process.draw(97) >= TOO_SOON) return
    const { memberId, instanceId } = this
    const version = VERSIONS[speech].commit
    await commit(this, { memberId, generation, partitions: [0], instanceId, version })
  }

  // --- in it

  async #work(): Promise<void> {
    const { process, swarm } = this.#of
    this.isSettled = true
    let beatMs = process.monotonicMs() + swarm.heartbeatMs
    let commitMs = process.monotonicMs() + swarm.commitMs * process.draw(85)
    while (this.isSettled && !this.isOver) {
      await this.#rest(Math.min(beatMs, commitMs))
      if (this.isOver) return
      const nowMs = process.monotonicMs()
      if (commitMs <= nowMs) {
        commitMs = nowMs + swarm.commitMs * (0.5 + process.draw(86))
        if (this.owned.length > 0) this.#heard('commit', await this.#commit())
      } else {
        beatMs = nowMs + swarm.heartbeatMs
        this.#heard('heartbeat', await this.#beat())
      }
    }
  }

  /** Until that time; longer while it is paused. */
  async #rest(untilMs: number): Promise<void> {
    const { process } = this.#of
    const wakeMs = () => Math.max(untilMs, this.#pausedUntilMs)
    while (process.monotonicMs() < wakeMs())
      await delay(process, Math.max(1, Math.ceil(wakeMs() - process.monotonicMs())))
  }

  #commit(): Promise<ErrorCode> {
    const { speech, group } = this.#of
    const { memberId, generation, owned: partitions } = this
    const isKept = group.plan.retentionMs >= 0
    const version = isKept ? VERSIONS.old.commit : VERSIONS[speech].commit
    return commit(this, { memberId, generation, partitions, instanceId: this.instanceId, version })
  }

  async #beat(): Promise<ErrorCode> {
    const { group, speech, instanceId } = this.#of
    const request = {
      ...{ groupId: group.plan.name, generationId: this.generation },
      ...{ memberId: this.memberId, groupInstanceId: instanceId },
    }
    const answer = await this.line.ask(heartbeat, VERSIONS[speech].heartbeat, request, ANSWER_MS)
    return answer?.response.errorCode ?? errors.NONE
  }

  /** What it makes of an answer. */
  #heard(what: string, code: ErrorCode): void {
    if (code === errors.NONE || this.isOver) return
    this.note(`${this.#of.name}: ${what}: ${errorName(code)}`)
    if (isElsewhere(code)) return this.line.close()
    if (code === errors.REQUEST_TIMED_OUT) return
    this.isSettled = false
    if (code === errors.REBALANCE_IN_PROGRESS || code === errors.MEMBER_ID_REQUIRED) return
    this.owned = []
    this.generation = -1
    if (code === errors.UNKNOWN_MEMBER_ID) this.memberId = ''
    if (code === errors.FENCED_INSTANCE_ID) this.crash({ isHeard: true })
  }

  describe(): string {
    const state = this.isSettled ? 'settled' : 'unsettled'
    return `${this.#of.name} (${this.memberId}, generation ${this.generation}, ${state})`
  }
}

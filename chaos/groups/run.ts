/**
 * One run of the chaos of groups: round after round the coordinator of a group, one of its members
 * or both are killed, in some rounds while another member joins or leaves; then the group has to be
 * stable again in time. At the end everything is read and compared.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { asError } from '../../src/base/errors.ts'
import { dice, type Dice } from '../../test/support/log-text.ts'
import { within } from '../../test/support/within.ts'
import { hurtBy } from '../replication/faults.ts'
import { PROGRESS_WITHIN_MS, sleep } from '../replication/loaded-cluster.ts'
import { Outage } from '../replication/outages.ts'
import { figuresOf, sentenceOf } from './figures.ts'
import type { Commit } from './history.ts'
import { judgeGroups } from './judgement.ts'
import {
  LoadedGroups,
  MEMBERS,
  SESSION_TIMEOUT_MS,
  type LoadedGroupsOptions,
} from './loaded-groups.ts'
import type { MemberGroup } from './member-group.ts'
import type { Member } from './members.ts'

export const GROUP_FAULTS = ['coordinator', 'member', 'both'] as const
export type GroupFault = (typeof GROUP_FAULTS)[number]

/** Beside its session timeout, what a group is given to be stable again. */
const STABLE_GRACE_MS = 1_000
/**
 * A session ends, a heartbeat tells of it, members join, are told what they have, and say so: one
 * after the other, and each may be as late as a timer of this process is.
 */
const STEPS = 5
const LATENESS_EVERY_MS = 10
const STABLE_WITHIN_MS = 30_000
const CHURN_LEAD_MS = 1_500
/** When the history begins to say why it takes so long. */
const WANTED_MS = 1_000

export interface GroupRunOptions extends Omit<LoadedGroupsOptions, 'onCommit'> {
  readonly seed: number
  readonly faults: readonly GroupFault[]
}

export interface GroupRound {
  readonly fault: GroupFault
  readonly group: string
  /** Somebody came or went just before. */
  readonly churn: 'join' | 'leave' | null
  readonly wasController: boolean
  /** Of probes whose coordinator was killed, until a commit was acknowledged again. */
  readonly probes: Outage
  /** Of the members of groups whose coordinator was killed. */
  readonly members: ReadonlyMap<string, Outage>
  /**
   * Until the coordinator said that the group was stable, with all members that are alive, and was
   * answering these: from the fault, from the beginning of the last coordinator or, where somebody
   * came or went, from their word on, whichever is the latest. Every new coordinator gives every
   * member a whole session.
   */
  stableMs: number | null
  /** The same, from the fault on. */
  stableAfterFaultMs: number | null
  /** Until one more member was in it, from its first request on. */
  joinedMs: number | null
}

export class GroupRun {
  readonly rounds: GroupRound[] = []
  readonly #all: LoadedGroups
  readonly #random: Dice
  readonly #faults: readonly GroupFault[]
  /** How late timers are here: what the machine adds to everything that is measured. */
  readonly #lateness = monitorEventLoopDelay({ resolution: LATENESS_EVERY_MS })

  private constructor(all: LoadedGroups, { seed, faults }: GroupRunOptions) {
    this.#all = all
    this.#random = dice(seed)
    this.#faults = faults
    this.#lateness.enable()
  }

  static async start(options: GroupRunOptions): Promise<GroupRun> {
    let run: GroupRun | null = null
    const onCommit = (commit: Commit) => run?.committed(commit)
    run = new GroupRun(await LoadedGroups.start({ ...options, onCommit }), options)
    return run
  }

  get loaded() {
    return this.#all.loaded
  }

  get clients() {
    return this.#all.groups
  }

  committed({ code, group, client, askedMs: triedMs, answeredMs, node }: Commit): void {
    const round = this.rounds.at(-1)
    if (!round || code !== 0 || answeredMs === null) return
    const told = { triedMs, ackedMs: answeredMs, node }
    const probe = this.#all.probes.findIndex((of) => of.group === group)
    if (probe >= 0) return round.probes.acked({ ...told, partition: probe })
    round.members.get(group)?.acked({ ...told, partition: numberOf(client) })
  }

  /** One fault and its repair. */
  async round(): Promise<{ readonly isSound: boolean; readonly said: string }> {
    const isSound = await this.#hurt()
    return { isSound: isSound && this.loaded.isSound, said: sentenceOf(this.rounds.at(-1)) }
  }

  async #hurt(): Promise<boolean> {
    const { loaded } = this
    if (!(await this.#all.settle('before a round'))) return false
    await sleep(this.#random.next() * 1_000)
    const group = this.#random.pick(this.#all.groups)
    const fault = this.#random.pick(this.#faults)
    const dying = fault === 'coordinator' ? null : this.#random.pick(group.members)
    const churn = this.#churn(group, dying)
    if (churn) await sleep(this.#random.next() * CHURN_LEAD_MS)
    const victim = fault === 'member' ? null : (group.view.description?.node ?? 1)
    const round = this.#begin({ fault, group, victim, how: churn?.how ?? null })
    const { atMs } = round
    this.#lateness.reset()
    const dead = dying ? group.kill(dying) : Promise.resolve()
    const healed = victim === null ? Promise.resolve() : this.#kill(victim)
    await dead
    await this.#served(round)
    await this.#becomesStable(round, { group, atMs, churn })
    await churn?.done
    await healed
    if (group.members.length < MEMBERS) await this.#replace(round, group)
    return loaded.isSound && (await this.#all.settle('after a round'))
  }

  /** Sometimes; it is under way when this returns. */
  #churn(group: MemberGroup, dying: Member | null): Churn | null {
    const how = this.#random.pick(['join', 'leave', null, null] as const)
    if (how === null) return null
    if (group.members.length <= MEMBERS && how === 'join')
      return { how, member: group.add(), done: Promise.resolve() }
    const member = this.#random.pick(group.members.filter((other) => other !== dying))
    return { how: 'leave', member, done: group.leave(member) }
  }

  #begin({
    fault,
    group,
    victim,
    how,
  }: {
    fault: GroupFault
    group: MemberGroup
    victim: number | null
    how: GroupRound['churn']
  }): GroupRound & { readonly atMs: number } {
    const { history, view } = this.loaded
    const wasController = victim !== null && view.controller === victim
    const atMs = history.nowMs()
    const note = { fault: 'kill', victim: victim ?? -1, atMs, wasController } as const
    const led = this.#all.groups.filter((of) => of.view.description?.node === victim)
    const probes = this.#all.probes.flatMap(({ beside }, index) =>
      led.some((of) => of.group === beside) ? [index] : [],
    )
    const round = {
      ...{ fault, group: group.group, churn: how, wasController, atMs },
      probes: new Outage(note, probes),
      members: new Map(
        led.map((of) => [
          of.group,
          new Outage(
            note,
            (of.view.description?.members ?? []).map(({ clientId }) => numberOf(clientId)),
          ),
        ]),
      ),
      ...{ stableMs: null, stableAfterFaultMs: null, joinedMs: null },
    }
    history.note('fault', { fault, group: group.group, victim, how, wasController })
    this.rounds.push(round)
    return round
  }

  async #kill(victim: number): Promise<void> {
    const { cluster, history, faults } = this.loaded
    const context = { cluster, victim, random: this.#random, sessionTimeoutMs: SESSION_TIMEOUT_MS }
    const injury = hurtBy.kill(context)
    await sleep(injury.lastsMs)
    try {
      await injury.heal()
      history.note('healed', { victim })
    } catch (thrown) {
      faults.push(`node ${victim} did not come back: ${asError(thrown).message}`)
    }
  }

  /** Until all probes have a coordinator again. */
  async #served({ probes }: GroupRound): Promise<void> {
    const late = setTimeout(() => {
      for (const index of probes.missing) {
        const group = this.#all.probes[index]?.group ?? ''
        this.loaded.history.note('late', { group, told: this.#all.coordination(group) })
      }
    }, WANTED_MS)
    await within(PROGRESS_WITHIN_MS, 'commits acknowledged again', probes.over).catch(() => {
      const missing = probes.missing.map((index) => this.#all.probes[index]?.group)
      this.loaded.faults.push(
        `${missing.join()} committed nothing for ${PROGRESS_WITHIN_MS} ms after a fault`,
      )
    })
    clearTimeout(late)
  }

  async #becomesStable(
    round: GroupRound,
    { group, atMs, churn }: { group: MemberGroup; atMs: number; churn: Churn | null },
  ): Promise<void> {
    const { faults, history } = this.loaded
    try {
      const { answeredMs } = await group.stable({ sinceMs: atMs, withinMs: STABLE_WITHIN_MS })
      const movedMs = churn ? (this.#all.wire.movedMs(churn.member.name, churn.how) ?? 0) : 0
      const fromMs = Math.max(atMs, group.view.coordinatedSinceMs, movedMs)
      round.stableMs = Math.max(0, answeredMs - fromMs)
      round.stableAfterFaultMs = answeredMs - atMs
      const lateMs = this.#lateness.max / 1e6
      history.note('stable', { group: group.group, stableMs: round.stableMs, fromMs, lateMs })
      if (round.stableMs > SESSION_TIMEOUT_MS + STABLE_GRACE_MS + STEPS * lateMs)
        faults.push(
          `${group.group} was stable only ${round.stableMs.toFixed(0)} ms after a fault, ` +
            `on a machine that was late by ${lateMs.toFixed(0)} ms`,
        )
    } catch {
      faults.push(`${group.group} is not stable ${STABLE_WITHIN_MS} ms after: ${group.view.shown}`)
    }
  }

  async #replace(round: GroupRound, group: MemberGroup): Promise<void> {
    const sinceMs = this.loaded.history.nowMs()
    const members = Array.from({ length: MEMBERS - group.members.length }, () => group.add())
    try {
      const { answeredMs } = await group.stable({ sinceMs, withinMs: STABLE_WITHIN_MS })
      const joins = members.map(({ name }) => this.#all.wire.movedMs(name, 'join') ?? sinceMs)
      round.joinedMs = answeredMs - Math.max(group.view.coordinatedSinceMs, ...joins)
    } catch {
      this.loaded.faults.push(`${group.group} does not take members: ${group.view.shown}`)
    }
  }

  judge(): Promise<void> {
    return judgeGroups(this.#all)
  }

  figures(): readonly string[] {
    return figuresOf(this.rounds)
  }

  close(): Promise<void> {
    this.#lateness.disable()
    return this.#all.close()
  }
}

interface Churn {
  readonly how: 'join' | 'leave'
  readonly member: Member
  readonly done: Promise<void>
}

const numberOf = (client: string) => Number(/\d+$/.exec(client)?.[0] ?? 0)

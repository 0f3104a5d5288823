/**
 * All clients of the groups of a run, in one process on a machine that nobody stops: members in
 * their places, which others take when they go, and who commits or asks beside them.
 */
import type { Net } from '../../../src/base/net.ts'
import type { Process } from '../system/process.ts'
import type { Group } from './group.ts'
import type { GroupsMark } from './marks.ts'
import type { Speech } from './member.ts'
import { Member } from './member.ts'
import type { GroupDecision } from './schedule.ts'
import { OffsetReader, SimpleCommitter, StrayCommitter } from './simple-clients.ts'
import type { GroupSwarm } from './swarm.ts'

export interface CrowdOptions {
  readonly swarm: GroupSwarm
  readonly groups: readonly Group[]
  readonly process: Process
  readonly net: Net
  readonly told: (run: () => void) => void
  readonly note: (text: string) => void
  readonly hit: (mark: GroupsMark) => void
}

/** One after the other, members are here. */
interface Place {
  readonly group: Group
  readonly number: number
  readonly instanceId: string | null
  member: Member
}

/** Whoever was a member once. */
interface Past {
  readonly group: Group
  readonly memberId: string
  readonly generation: number
  readonly instanceId: string | null
}

/** They do not come all at once. */
const APART_MS = 80

export class Crowd {
  readonly #of: CrowdOptions
  readonly #places: Place[] = []
  readonly #past: Past[] = []
  readonly committers: SimpleCommitter[] = []
  readonly readers: OffsetReader[] = []
  readonly #seldom: OffsetReader[] = []
  #isSettled = false
  /** Also those whose place somebody else has taken. */
  readonly #members: Member[] = []

  constructor(of: CrowdOptions) {
    this.#of = of
    for (const group of of.groups) {
      const { name, size, statics, assigning } = group.plan
      this.readers.push(new OffsetReader(this.#client(group, `reader of ${name}`)))
      this.#seldom.push(new OffsetReader(this.#client(group, `second reader of ${name}`)))
      for (let number = 0; number < size; number += 1)
        if (assigning === null) {
          const client = this.#client(group, `${name} ${number}`)
          this.committers.push(new SimpleCommitter(client))
        } else {
          const instanceId = number < statics ? `${name}-${number}` : null
          const member = this.#member(group, number, instanceId)
          this.#places.push({ group, number, instanceId, member })
        }
    }
  }

  begin(): void {
    for (const client of [...this.committers, ...this.readers]) client.begin()
    for (const client of this.#seldom) client.begin({ isSeldom: true })
    for (const [at, { member }] of this.#places.entries())
      this.#of.process.timer(APART_MS * at, () => member.begin())
  }

  /** Those who take part in a group. */
  living(group: Group): readonly Member[] {
    return this.#members.filter((member) => member.group === group && !member.isOver)
  }

  #client(group: Group, name: string) {
    const { swarm, process, net, told, note, hit } = this.#of
    return { name, group, swarm, process, net, told, note, hit }
  }

  #member(group: Group, number: number, instanceId: string | null): Member {
    const speeches: readonly Speech[] =
      instanceId === null ? ['old', 'middle', 'new'] : ['middle', 'new']
    const speech = speeches[Math.floor(this.#of.process.draw(92) * speeches.length)] ?? 'new'
    const name = `${group.plan.name} ${number}.${this.#members.length + 1}`
    const member = new Member({ ...this.#client(group, name), speech, instanceId })
    if (this.#isSettled) member.hurry()
    this.#members.push(member)
    return member
  }

  decide(decision: GroupDecision): void {
    if (decision.type === 'stray') return this.#stray(decision)
    const place = this.#places[Math.floor(decision.pick * this.#places.length)]
    if (place === undefined) return
    const { member } = place
    const { hit, swarm } = this.#of
    switch (decision.type) {
      case 'leave':
      case 'crash':
        if (member.isOver) return
        this.#remember(member)
        hit(decision.type === 'leave' ? 'a member left' : 'a member crashed')
        if (decision.type === 'leave') void member.leave()
        else member.crash(decision)
        this.#of.process.later(decision.forUs, () => {
          if (place.member.isOver) this.#replace(place)
        })
        return
      case 'pause':
        this.#remember(member)
        if (decision.forUs > swarm.sessionMs * 1_000) hit('a member slept through its session')
        return member.pause(decision.forUs / 1_000)
      case 'twin':
        this.#remember(member)
        if (place.instanceId === null) return
        hit('a static member had a twin')
        return this.#replace(place)
    }
  }

  #replace(place: Place): void {
    place.member = this.#member(place.group, place.number, place.instanceId)
    place.member.begin()
  }

  #remember({ group, memberId, generation, instanceId }: Member): void {
    if (memberId !== '') this.#past.push({ group, memberId, generation, instanceId })
  }

  #stray({ pick, isKnown }: { readonly pick: number; readonly isKnown: boolean }): void {
    const { groups } = this.#of
    const past = this.#past[Math.floor(pick * this.#past.length)]
    const group = groups[Math.floor(pick * groups.length)] as Group
    const nobody = { group, memberId: 'nobody', generation: 1, instanceId: null }
    const who = isKnown ? (past ?? nobody) : nobody
    this.#of.hit('a stray commit')
    void new StrayCommitter(this.#client(who.group, `stray ${who.memberId}`)).send(who)
  }

  /** Somebody who has heard nothing for long asks this node what is committed. */
  visit(node: number): void {
    for (const group of this.#of.groups) {
      this.#of.hit('a coordinator that slept was asked')
      const client = this.#client(group, `late reader of ${group.plan.name}`)
      void new OffsetReader({ ...client, only: node }).once()
    }
  }

  /** For the end of a run: somebody goes, and says it or not. */
  remove(group: Group, { isHeard }: { readonly isHeard: boolean }): Member | undefined {
    const [member] = this.living(group)
    if (isHeard) void member?.leave()
    else member?.crash({ isHeard: false })
    return member
  }

  /** All places are taken again by somebody who is awake. */
  settle(): void {
    this.#isSettled = true
    for (const member of this.#members) member.hurry()
    for (const place of this.#places) if (place.member.isOver) this.#replace(place)
  }

  end(): void {
    for (const client of [...this.committers, ...this.readers, ...this.#seldom]) client.end()
  }
}

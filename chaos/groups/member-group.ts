/**
 * A group of one make of members, each in a process: who is in it, what they have processed, and
 * whether its coordinator says that all of them are at work.
 */
import { within } from '../../test/support/within.ts'
import type { DescribedMember, Description, GroupView } from './group-view.ts'
import type { Processed } from './history.ts'
import { Member, type MemberOptions } from './members.ts'

export interface MemberGroupOptions extends Pick<
  MemberOptions,
  'program' | 'bootstrap' | 'topic' | 'group' | 'sessionTimeoutMs'
> {
  readonly make: string
  readonly partitions: number
  readonly view: GroupView
  /** When a member last sent what its coordinator has answered with all well. */
  readonly wellMs: (memberId: string) => number | null
}

export class MemberGroup {
  readonly group: string
  readonly name: string
  readonly view: GroupView
  readonly complaints = new Map<string, number>()
  readonly processed: Processed[] = []
  /** Members that did not end well. */
  readonly unknowns: string[] = []
  /** Those that should be in it. */
  members: readonly Member[] = []
  readonly #options: MemberGroupOptions
  #count = 0

  constructor(options: MemberGroupOptions) {
    this.#options = options
    this.group = options.group
    this.name = options.make
    this.view = options.view
  }

  /** One more, in a process that has to start first. */
  add(): Member {
    const { make, ...options } = this.#options
    const member = new Member({
      ...{ ...options, name: `${make}-${(this.#count += 1)}`, complaints: this.complaints },
      onProcessed: (processed) => this.processed.push(processed),
    })
    this.members = [...this.members, member]
    void member.ended.then((why) => {
      if (why !== null) this.unknowns.push(why)
    })
    return member
  }

  async kill(member: Member): Promise<void> {
    this.members = this.members.filter((other) => other !== member)
    await member.kill()
  }

  async leave(member: Member): Promise<void> {
    this.members = this.members.filter((other) => other !== member)
    const why = await member.leave()
    if (why !== null) this.unknowns.push(why)
  }

  /** Its members are the ones that it should have, and every partition has one owner. */
  #isStable({ state, members }: Description): boolean {
    const names = members.map(({ clientId }) => clientId)
    const owned = members.flatMap(({ partitions }) => partitions)
    return (
      state === 'Stable' &&
      names.length === this.members.length &&
      this.members.every(({ name }) => names.includes(name)) &&
      owned.length === this.#options.partitions &&
      new Set(owned).size === owned.length
    )
  }

  /** The first description after `sinceMs` of a stable group whose members all are well since. */
  stable({ sinceMs, withinMs }: Record<'sinceMs' | 'withinMs', number>): Promise<Description> {
    const isWell = ({ memberId }: DescribedMember) =>
      (this.#options.wellMs(memberId) ?? -1) >= sinceMs
    const found = this.view.until(
      (description) =>
        description.askedMs >= sinceMs &&
        this.#isStable(description) &&
        description.members.every(isWell),
    )
    return within(withinMs, `${this.group} is stable`, found)
  }

  /** Kills them all. */
  async close(): Promise<void> {
    await Promise.all(this.members.map((member) => this.kill(member)))
    await this.view.stop()
  }
}

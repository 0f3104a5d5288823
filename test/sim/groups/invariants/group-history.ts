/**
 * What clients of one group were told, compared with what is committed: acknowledged commits and
 * fetched offsets (F1, F2), refusals (F3), generations, their leader, their assignment (F4–F6).
 */
import type { ErrorCode } from '../../../../src/wire/errors.ts'
import { errorName, errors } from '../../../../src/wire/errors.ts'
import type { CommittedLog, CommittedRecord } from '../committed-log.ts'
import type { Attempt } from '../commits.ts'
import { isElsewhere } from '../coordinator-line.ts'
import type { LogWatch } from '../log-watch.ts'
import { decodeAssignment } from '../protocol.ts'
import { isSameValue } from '../records.ts'
import type { GroupState, StoredGroupChecks } from './stored-group.ts'
import { nameOf } from './stored-group.ts'
import { verdictOn } from './verdicts.ts'

export interface GroupHistoryOptions {
  readonly name: string
  readonly committed: CommittedLog
  readonly watch: Pick<LogWatch, 'leaderOf'>
  readonly stored: StoredGroupChecks
  /** The key of an offset's record. */
  readonly keyOf: (partition: number) => string
  /** The offset that a record of one says. */
  readonly offsetIn: (record: CommittedRecord) => number | null
}

/** As a member heard of its generation. */
export interface ToldGeneration {
  readonly generation: number
  readonly memberId: string
  readonly leaderId: string
  readonly protocolName: string | null
  /** Told to the leader alone. */
  readonly members: readonly { readonly memberId: string; readonly metadata: Uint8Array }[]
}

/** Where a generation began: its number may come again when the group was deleted. */
type Generation = number

export class GroupHistory {
  readonly #of: GroupHistoryOptions
  /** The place of the newest record that somebody knows of, by partition. */
  readonly #known = new Map<number, number>()
  readonly #owners = new Map<string, string>()
  readonly #declared = new Map<string, ReadonlySet<number>>()

  constructor(of: GroupHistoryOptions) {
    this.#of = of
  }

  #check(holds: boolean, invariant: string, message: () => string): void {
    const { committed, name } = this.#of
    committed.check(holds, invariant, () => `${name}: ${message()}`)
  }

  // --- offsets

  /** F2: what is acknowledged is committed. F1: by who led when it was written. */
  acknowledged(committedOffset: number, partition: number, node: number): void {
    const { committed, keyOf, offsetIn, watch } = this.#of
    const records = committed.of(keyOf(partition))
    const record = records.findLast((one) => offsetIn(one) === committedOffset)
    this.#check(record !== undefined, 'F2-acknowledged-early', () => {
      return `${committedOffset} of ${partition} was acknowledged, and is not committed`
    })
    if (record === undefined) return
    const leader = watch.leaderOf(record.leaderEpoch)
    this.#check(leader === undefined || leader === node, 'F1-acknowledged-by', () => {
      return `node ${node + 1} acknowledged ${committedOffset}, which node ${leader} has written`
    })
    this.#know(partition, record.offset)
  }

  #know(partition: number, offset: number): void {
    this.#known.set(partition, Math.max(this.#known.get(partition) ?? -1, offset))
  }

  /** What a fetch that begins now must at least know of. */
  floors(): ReadonlyMap<number, number> {
    return new Map(this.#known)
  }

  /** F2: the answer was the committed offset at some time between the question and now. */
  fetched(partition: number, committedOffset: number, floors: ReadonlyMap<number, number>): void {
    const { committed, keyOf, offsetIn } = this.#of
    const floor = floors.get(partition) ?? -1
    const records = committed.of(keyOf(partition))
    const at = records.findLastIndex(({ offset }) => offset <= floor)
    const possible = records.slice(Math.max(at, 0))
    const isThere = possible.find((record) => (offsetIn(record) ?? -1) === committedOffset)
    const isNothing = committedOffset === -1 && at < 0
    this.#check(isThere !== undefined || isNothing, 'F2-fetched', () => {
      const known = possible.map((record) => offsetIn(record) ?? 'deleted').join()
      return `${partition} was told as ${committedOffset}; since the question it was [${known}]`
    })
    if (isThere) this.#know(partition, isThere.offset)
  }

  // --- refusals

  /** F3: nothing changed between the question and the answer, so there is one verdict. */
  refused(attempt: Attempt, code: ErrorCode, asked: GroupState): void {
    const { current } = this.#of.stored
    if (current !== asked || isElsewhere(code) || code === errors.REQUEST_TIMED_OUT) return
    const deserved = verdictOn(attempt, current.group)
    // What a rebalance that is under way has changed is not stored.
    const mayBe = [deserved, errors.UNKNOWN_MEMBER_ID]
    if (attempt.instanceId !== null) mayBe.push(errors.FENCED_INSTANCE_ID)
    // So are members that wait for their first generation.
    const isNobodyStored = deserved === errors.NONE && attempt.generation < 0
    if (deserved === errors.UNKNOWN_MEMBER_ID || isNobodyStored)
      mayBe.push(errors.ILLEGAL_GENERATION)
    this.#check(mayBe.includes(code), 'F3-verdict', () => {
      const who = `${attempt.memberId} in generation ${attempt.generation}`
      return `${who} was told ${errorName(code)}, and deserves ${errorName(deserved)}`
    })
  }

  // --- generations

  /** All records of the last generation of that number; the group may be gone by now. */
  #statesOf(generation: number): readonly GroupState[] {
    const { states } = this.#of.stored
    const last = states.findLastIndex(({ group }) => group?.generation === generation)
    const born = states.slice(0, last + 1).findLastIndex(({ group }) => group === null)
    return states.slice(born + 1, last + 1).filter(({ group }) => group?.generation === generation)
  }

  /** F5, F6: a member is told what is stored. `isBack`: it was told to go on where it was. */
  joined(told: ToldGeneration, { isBack }: { readonly isBack: boolean }): Generation | null {
    const { generation, memberId, leaderId, protocolName } = told
    const states = this.#statesOf(generation)
    const [first] = states
    this.#check(first !== undefined, 'F5-told-unstored', () => {
      return `${memberId} was told of generation ${generation}, which is not committed`
    })
    if (first === undefined) return null
    const groups = states.flatMap(({ group }) => group ?? [])
    const isStored = groups.some(
      (group) => group.leaderId === leaderId && group.protocolName === protocolName,
    )
    this.#check(isStored || isBack, 'F6-leader', () => {
      return `${memberId} was told of leader ${leaderId}, ${protocolName} in ${generation}`
    })
    const isMember = groups.some((group) => group.members.some((one) => one.memberId === memberId))
    this.#check(isMember, 'F6-members', () => `${memberId} is not in generation ${generation}`)
    if (told.members.length > 0) this.#ledBy(told, states)
    return first.offset
  }

  /** F6: the leader hears of all who are in, in their own words. */
  #ledBy({ members, generation }: ToldGeneration, states: readonly GroupState[]): void {
    const isWhole = states.some(
      ({ group }) =>
        group?.members.length === members.length &&
        group.members.every(({ memberId, subscription }) => {
          const told = members.find((one) => one.memberId === memberId)
          return told !== undefined && isSameValue(told.metadata, subscription)
        }),
    )
    this.#check(isWhole, 'F6-members', () => {
      const names = members.map(({ memberId }) => memberId).join()
      return `the leader of generation ${generation} was told of [${names}]`
    })
  }

  /** F4: a member comes into a generation with these partitions in its hands. */
  declares(generation: Generation, name: string, owned: readonly number[]): void {
    this.#declared.set(`${generation} ${name}`, new Set(owned))
  }

  /** F6: what it is given is what is stored. F4: nobody else was given any of it, or has it. */
  synced(
    of: { readonly generation: Generation; readonly number: number; readonly isEager: boolean },
    member: { readonly memberId: string; readonly instanceId: string | null },
    assignment: Uint8Array,
  ): void {
    const groups = this.#statesOf(of.number).flatMap(({ group }) => group ?? [])
    const isStored = groups.some(
      (group) =>
        !group.awaitingAssignment &&
        group.members.some(
          (one) => one.memberId === member.memberId && isSameValue(one.assignment, assignment),
        ),
    )
    this.#check(isStored, 'F6-assignment', () => {
      return `${member.memberId} was given what is not stored in generation ${of.number}`
    })
    const name = nameOf(member)
    for (const partition of decodeAssignment(assignment)) {
      const key = `${of.generation} ${partition}`
      const other = this.#owners.get(key) ?? name
      this.#check(other === name, 'F4-two-owners', () => {
        return `${other} and ${name} were given ${partition} in generation ${of.number}`
      })
      this.#owners.set(key, name)
      if (!of.isEager) this.#isRevoked(of.generation, name, partition)
    }
  }

  #isRevoked(generation: Generation, name: string, partition: number): void {
    for (const [key, owned] of this.#declared) {
      if (!key.startsWith(`${generation} `) || key === `${generation} ${name}`) continue
      this.#check(!owned.has(partition), 'F4-not-revoked', () => {
        return `${name} was given ${partition}, which ${key.split(' ')[1]} had not given up`
      })
    }
  }
}

/**
 * One group as its committed records tell of it, and what must be so in them: generations (F5),
 * who is given what (F4, F6), whose commits are taken (F3), which offsets go (F10).
 */
import { hasNoMembers, verdictOn } from './verdicts.ts'
import type {
  CommittedOffset,
  GroupRecord,
  StoredGroup,
  StoredMember,
} from '../../../../src/coordinator/groups/records.ts'
import { errorName, errors } from '../../../../src/wire/errors.ts'
import type { CommittedLog, CommittedRecord } from '../committed-log.ts'
import type { Commits } from '../commits.ts'
import { decodeAssignment } from '../protocol.ts'
import { isSameValue } from '../records.ts'

/** The group from this offset of its log on. */
export interface GroupState {
  readonly offset: number
  /** Null: its record was taken back. */
  readonly group: StoredGroup | null
}

export interface StoredGroupOptions {
  readonly name: string
  readonly committed: CommittedLog
  readonly commits: Commits
  /** `offsets.retention.minutes`. */
  readonly retentionMs: number
}

export class StoredGroupChecks {
  readonly #of: StoredGroupOptions
  readonly states: GroupState[] = []
  /** The last committed offset of each partition, as its record says. */
  readonly #offsets = new Map<number, CommittedOffset>()
  /** Somebody has committed in this generation, and nothing was assigned. */
  #abandoned: { readonly generation: number; readonly leaderEpoch: number } | null = null
  /** `offset partition` of all that were ever stored. */
  readonly #stored = new Set<string>()

  constructor(of: StoredGroupOptions) {
    this.#of = of
  }

  get current(): GroupState {
    return this.states.at(-1) ?? { offset: -1, group: null }
  }

  get offsets(): ReadonlyMap<number, CommittedOffset> {
    return this.#offsets
  }

  #check(holds: boolean, invariant: string, message: () => string): void {
    const { committed, name } = this.#of
    committed.check(holds, invariant, () => `${name}: ${message()}`)
  }

  /** A record of the group was committed. */
  recorded(decoded: GroupRecord, record: CommittedRecord): void {
    if (decoded.type === 'group') {
      this.#group(decoded.group, record)
      this.states.push({ offset: record.offset, group: decoded.group })
    } else if (decoded.committed === null) this.#buried(decoded.partition, record)
    else this.#committed(decoded.partition, decoded.committed, record)
  }

  // --- the group

  #group(group: StoredGroup | null, { offset, leaderEpoch }: CommittedRecord): void {
    const before = this.current.group
    if (group === null) this.#abandoned = null
    if (group === null)
      return this.#check(before === null || before.members.length === 0, 'F10-group-gone', () => {
        return `its record is taken back at ${offset}, and it has members`
      })
    this.#assignsOnce(group, offset)
    const last = before?.generation ?? 0
    const begins = group.awaitingAssignment || group.members.length === 0
    this.#check(group.generation >= last + (begins ? 1 : 0), 'F5-generation', () => {
      return `generation ${group.generation} at ${offset} follows ${last}`
    })
    if (before === null || begins) return
    this.#check(group.generation === last, 'F5-generation', () => {
      return `generation ${group.generation} at ${offset} was not begun; there was ${last}`
    })
    // That members were to join again, the next coordinator does not know: it is stored nowhere.
    const isAbandoned =
      this.#abandoned?.generation === group.generation &&
      this.#abandoned.leaderEpoch === leaderEpoch
    this.#check(!isAbandoned, 'F3-unassigned', () => {
      return `generation ${group.generation} is assigned at ${offset}, after a commit in it`
    })
    this.#goesOn(before, group, offset)
  }

  /** F4: one owner for each partition. */
  #assignsOnce({ members, generation }: StoredGroup, offset: number): void {
    const owners = new Map<number, string>()
    for (const { memberId, assignment } of members)
      for (const partition of decodeAssignment(assignment)) {
        const other = owners.get(partition)
        this.#check(other === undefined, 'F4-two-owners', () => {
          return `generation ${generation} at ${offset}: ${other} and ${memberId} have ${partition}`
        })
        owners.set(partition, memberId)
      }
  }

  /** F6: within a generation everybody keeps what it was given; only static members change ids. */
  #goesOn(before: StoredGroup, group: StoredGroup, offset: number): void {
    const isSame = before.protocolName === group.protocolName
    this.#check(isSame, 'F6-protocol', () => `another protocol at ${offset}`)
    const was = new Map(before.members.map((member) => [nameOf(member), member]))
    for (const member of group.members) {
      const known = was.get(nameOf(member))
      this.#check(known !== undefined, 'F6-members', () => {
        return `${member.memberId} came into generation ${group.generation} at ${offset}`
      })
      if (before.awaitingAssignment || known === undefined) continue
      const keeps = isSameValue(known.assignment, member.assignment)
      this.#check(keeps, 'F6-assignment', () => {
        return `${member.memberId} has another assignment in generation ${group.generation}, at ${offset}`
      })
    }
  }

  // --- its offsets

  /** F3: only who may commit has committed, once. */
  #committed(partition: number, committed: CommittedOffset, record: CommittedRecord): void {
    const { offset, leaderEpoch } = record
    const attempt = this.#of.commits.of(committed.offset)
    const isOurs = attempt?.group === this.#of.name && attempt.partitions.includes(partition)
    this.#check(isOurs, 'F3-unknown-commit', () => {
      return `${committed.offset} of ${partition} at ${offset} was committed by nobody`
    })
    const place = `${committed.offset} ${partition}`
    this.#check(!this.#stored.has(place), 'F3-twice', () => `${place} is stored again at ${offset}`)
    this.#stored.add(place)
    this.#offsets.set(partition, committed)
    if (attempt === undefined) return
    const verdict = verdictOn(attempt, this.current.group)
    // As in Kafka: members are about to join again, and may commit until they have.
    if (verdict === errors.REBALANCE_IN_PROGRESS) {
      this.#abandoned = { generation: attempt.generation, leaderEpoch }
      return
    }
    this.#check(verdict === errors.NONE, 'F3-stale-commit', () => {
      const who = `${attempt.memberId} in generation ${attempt.generation}`
      return `the commit of ${who} was taken at ${offset}; it deserves ${errorName(verdict)}`
    })
  }

  /** F10: nobody is in the group, and the offset is old enough. */
  #buried(partition: number, { offset, timestampMs }: CommittedRecord): void {
    const { group } = this.current
    const committed = this.#offsets.get(partition)
    this.#offsets.delete(partition)
    this.#check(hasNoMembers(group), 'F10-in-use', () => {
      return `the offset of ${partition} goes at ${offset}, and the group has members`
    })
    if (committed === undefined) return
    const { commitTimeMs, expireTimeMs } = committed
    const sinceMs = Math.max(commitTimeMs, group?.stateSinceMs ?? -1)
    const dueMs = expireTimeMs >= 0 ? expireTimeMs : sinceMs + this.#of.retentionMs
    this.#check(timestampMs >= dueMs, 'F10-early', () => {
      return `the offset of ${partition} goes at ${offset}, ${dueMs - timestampMs} ms too early`
    })
  }
}

/** What stays when a static member comes back. */
export function nameOf({ instanceId, memberId }: Pick<StoredMember, 'instanceId' | 'memberId'>) {
  return instanceId ?? memberId
}

/**
 * The groups of one partition of `__consumer_offsets`: the state machine that a runtime drives
 * (`shard.ts` says how). It holds the groups, as they will be once all that was appended is
 * committed, and of their offsets only those that are not in the committed view yet.
 *
 * Undoing costs nothing: groups are values, so those of before the last append are kept until the
 * next one is known to have been taken. Requests that were parked before, and answered by what is
 * undone, are refused; their members stay and will ask again.
 */
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { Answer, CoordinatorRecord, CoordinatorShard, Outcome, Ticket } from '../shard.ts'
import { emptyGroup, isForgettable, restoredGroup, started, withMember } from './classic-group.ts'
import { join, joinFault, mayFound } from './classic-join.ts'
import { heartbeat, leave, leaveNothing } from './classic-leave.ts'
import { rebalanceOrComplete } from './classic-rebalance.ts'
import { sync } from './classic-sync.ts'
import { expire } from './classic-timers.ts'
import type { DescribedGroup, Group, ListedGroup } from './group.ts'
import {
  commitFault,
  deletionFault,
  describe,
  isWanted,
  listed,
  offsetDeletionFault,
} from './group.ts'
import type { GroupRules } from './group-rules.ts'
import { UNSTORED_GROUPS_MAX } from './group-rules.ts'
import { commitOffsets, sizeFault } from './offset-commit.ts'
import { deletedOffsets, expiredOffsets } from './offset-removal.ts'
import { PendingOffsets } from './pending-offsets.ts'
import { GroupReadings } from './readings.ts'
import type { CommittedOffset, GroupRecord } from './records.ts'
import { decodeRecord, encodeRecord } from './records.ts'
import type {
  CommitRequest,
  DeleteGroupRequest,
  ExpireRequest,
  ForgetTopicsRequest,
  GroupRequest,
  GroupResponse,
  OffsetDeleteRequest,
  StoredOffset,
} from './requests.ts'
import { codeForFailedAppend, groupIdOf, refusalOf } from './requests.ts'
import type { DecidedAnswer } from './turn.ts'
import { Turn } from './turn.ts'

/** After a refused append the group has another try, but not at once and for ever. */
const RETRY_MS = 1_000

/**
 * Of groups whose time has come, so much is stored at once: one whose record the log does not take
 * must not hold up all others with it.
 */
const TIMERS_BYTES_MAX = 1024 * 1024

/** What is stored of a member beside its subscription and its assignment, about. */
const MEMBER_BYTES = 200

/** The first version that has a word for "there is no such group". */
const GROUP_ID_NOT_FOUND_SINCE = 9

const NO_ANSWERS: readonly Answer<GroupResponse>[] = []

/** What one request or one timer decided about one group. */
interface Decision {
  /** Undefined: there is no such group (any more). */
  readonly group: Group | undefined
  readonly records: readonly GroupRecord[]
  readonly answers: readonly DecidedAnswer[]
  /** To the request itself; undefined: it is among the answers, or waits. */
  readonly response?: GroupResponse
}

export class GroupShard implements CoordinatorShard<GroupRequest, GroupResponse> {
  readonly #rules: GroupRules
  readonly #readings: GroupReadings
  readonly #groups = new Map<string, Group>()
  readonly #offsets = new PendingOffsets()
  /** Groups that so far only a JoinGroup has named. */
  readonly #unstored = new Set<string>()
  /** No group has anything due before. */
  #nextTimerMs = Infinity

  // Since the last append:
  /** What the groups were that have changed. */
  readonly #before = new Map<string, Group | undefined>()
  /** What to tell those who asked, or were answered, if the append is refused. */
  readonly #refusals = new Map<Ticket, (code: ErrorCode) => GroupResponse>()
  /** Which of the records are offsets, by their place among all. */
  #offsetPlaces: number[] = []
  #recordCount = 0

  constructor(rules: GroupRules, readings: GroupReadings = new GroupReadings()) {
    this.#rules = rules
    this.#readings = readings
  }

  // ---- deciding ---------------------------------------------------------------------------------

  handle(request: GroupRequest, ticket: Ticket, nowMs: number): Outcome<GroupResponse> {
    const groupId = groupIdOf(request)
    const decision = this.#decide(request, ticket, nowMs)
    const { response } = decision
    const own = response === undefined ? [] : [{ ticket, response }]
    // A heartbeat rests on nothing that is stored. To wait for records would cost sessions.
    if (request.api === 'Heartbeat') {
      this.#keep(groupId, decision.group)
      return { records: [], answers: NO_ANSWERS, answersNow: own }
    }
    this.#refusals.set(ticket, (code) => refusalOf(request, codeForFailedAppend(code, request.api)))
    this.#change(groupId, decision.group)
    const records = this.#encode(decision.records)
    return {
      records,
      answers: [...this.#remember(decision.answers), ...own],
      answersNow: [],
    }
  }

  timers(nowMs: number): Outcome<GroupResponse> {
    const records: CoordinatorRecord[] = []
    const answers: Answer<GroupResponse>[] = []
    if (nowMs < this.#nextTimerMs) return { records, answers, answersNow: [] }
    this.#nextTimerMs = Infinity
    let roomBytes = TIMERS_BYTES_MAX
    for (const [groupId, group] of this.#groups) {
      const turn = roomBytes > 0 && group.alarmMs <= nowMs ? this.#turn(group, nowMs) : null
      if (turn !== null) {
        expire(turn)
        // Of those that do not fit nothing was done: they are due still.
        roomBytes -= sizeOf(turn.records)
      }
      if (turn !== null && (roomBytes >= 0 || records.length === 0)) {
        this.#change(groupId, turn.group)
        records.push(...this.#encode(turn.records))
        answers.push(...this.#remember(turn.answers))
      } else this.#nextTimerMs = Math.min(this.#nextTimerMs, group.alarmMs)
    }
    return { records, answers, answersNow: [] }
  }

  get nextTimerMs(): number {
    return this.#nextTimerMs
  }

  #decide(request: GroupRequest, ticket: Ticket, nowMs: number): Decision {
    const group = this.#groups.get(groupIdOf(request))
    const nothing: Decision = { group, records: [], answers: [] }
    const refused = (code: ErrorCode): Decision => ({
      ...nothing,
      response: refusalOf(request, code),
    })
    switch (request.api) {
      case 'JoinGroup': {
        const fault = joinFault(request, this.#rules)
        if (fault !== errors.NONE) return refused(fault)
        if (group === undefined) {
          if (!mayFound(request)) return refused(errors.UNKNOWN_MEMBER_ID)
          if (this.#unstored.size >= UNSTORED_GROUPS_MAX)
            return refused(errors.COORDINATOR_NOT_AVAILABLE)
        }
        const turn = this.#turn(group ?? emptyGroup(request.body.groupId), nowMs)
        join(turn, request, ticket)
        return turn
      }
      case 'SyncGroup':
      case 'Heartbeat':
      case 'LeaveGroup': {
        if (request.body.groupId === '') return refused(errors.INVALID_GROUP_ID)
        if (group === undefined)
          return request.api === 'LeaveGroup'
            ? { ...nothing, response: leaveNothing(request) }
            : refused(errors.UNKNOWN_MEMBER_ID)
        return this.#ofMember(this.#turn(group, nowMs), request, ticket)
      }
      case 'OffsetCommit':
        return this.#commit(group, request, nowMs)
      case 'OffsetDelete': {
        if (group === undefined) return refused(errors.GROUP_ID_NOT_FOUND)
        const fault = offsetDeletionFault(group)
        return fault === errors.NONE ? this.#deleteOffsets(group, request) : refused(fault)
      }
      case 'DeleteGroup': {
        if (group === undefined) return refused(errors.GROUP_ID_NOT_FOUND)
        const fault = deletionFault(group)
        return fault === errors.NONE ? this.#delete(group, request) : refused(fault)
      }
      case 'ExpireOffsets':
        return group === undefined ? refused(errors.NONE) : this.#expire(group, request, nowMs)
      case 'ForgetTopics':
        return group === undefined ? refused(errors.NONE) : this.#forget(group, request)
    }
  }

  #turn(group: Group, nowMs: number): Turn {
    return new Turn(group, this.#rules, nowMs)
  }

  #ofMember(
    turn: Turn,
    request: Extract<GroupRequest, { api: 'SyncGroup' | 'Heartbeat' | 'LeaveGroup' }>,
    ticket: Ticket,
  ): Decision {
    switch (request.api) {
      case 'SyncGroup':
        sync(turn, request, ticket)
        return turn
      case 'Heartbeat': {
        const response = { errorCode: heartbeat(turn, request) }
        return { group: turn.group, records: [], answers: [], response }
      }
      case 'LeaveGroup': {
        const response = leave(turn, request)
        return { group: turn.group, records: turn.records, answers: turn.answers, response }
      }
    }
  }

  #commit(group: Group | undefined, request: CommitRequest, nowMs: number): Decision {
    const { groupId, generationIdOrMemberEpoch: generation, memberId } = request.body
    const nowhere =
      request.apiVersion >= GROUP_ID_NOT_FOUND_SINCE
        ? errors.GROUP_ID_NOT_FOUND
        : errors.ILLEGAL_GENERATION
    const target = group ?? emptyGroup(groupId)
    const wrong = group === undefined && generation >= 0 ? nowhere : commitFault(target, request)
    const fault = wrong === errors.NONE ? sizeFault(request) : wrong
    if (fault !== errors.NONE)
      return { group, records: [], answers: [], response: refusalOf(request, fault) }
    const { records, response } = commitOffsets(request, nowMs, this.#rules)
    const turn = this.#turn(target, nowMs)
    if (records.length > 0) turn.set({ hasOffsets: true })
    const member = generation < 0 ? undefined : turn.group.members.get(memberId)
    if (member !== undefined && member.join === null && member.sync === null)
      turn.setMember({ ...member, deadlineMs: nowMs + member.sessionTimeoutMs })
    return { group: turn.group, records, answers: [], response }
  }

  #deleteOffsets(group: Group, request: OffsetDeleteRequest): Decision {
    const offsets = this.#offsets.over(group.groupId, request.offsets)
    const { removed, response } = deletedOffsets(group, { ...request, offsets })
    return { group, records: buried(group.groupId, removed), answers: [], response }
  }

  #delete(group: Group, { offsets }: DeleteGroupRequest): Decision {
    const all = this.#offsets.over(group.groupId, offsets)
    const records = [...buried(group.groupId, all), ...goneGroup(group)]
    return { group: undefined, records, answers: [], response: { errorCode: errors.NONE } }
  }

  /** Also takes away the group itself, when nothing is left of it. */
  #expire(group: Group, { offsets }: ExpireRequest, nowMs: number): Decision {
    const all = this.#offsets.over(group.groupId, offsets)
    const retentionMs = this.#rules.offsetsRetentionMs
    const expired = expiredOffsets(group, all, { nowMs, retentionMs })
    const isLast =
      expired.length === all.length && group.state === 'Empty' && group.pendingMembers.size === 0
    const records = [...buried(group.groupId, expired), ...(isLast ? goneGroup(group) : [])]
    const response = { errorCode: errors.NONE }
    const kept = { ...group, hasOffsets: expired.length < all.length }
    return { group: isLast ? undefined : kept, records, answers: [], response }
  }

  #forget(group: Group, { topics, deletedAtMs, offsets }: ForgetTopicsRequest): Decision {
    const all = this.#offsets.over(group.groupId, offsets)
    const gone = all.filter(
      ({ topic, committed }) => topics.has(topic) && committed.commitTimeMs <= deletedAtMs,
    )
    const kept = { ...group, hasOffsets: gone.length < all.length }
    const response = { errorCode: errors.NONE }
    return { group: kept, records: buried(group.groupId, gone), answers: [], response }
  }

  // ---- the pending state ------------------------------------------------------------------------

  #keep(groupId: string, group: Group | undefined): void {
    if (group === undefined || isForgettable(group)) {
      this.#groups.delete(groupId)
      this.#unstored.delete(groupId)
    } else {
      this.#groups.set(groupId, group)
      if (group.stored === null && !group.hasOffsets) this.#unstored.add(groupId)
      else this.#unstored.delete(groupId)
      this.#nextTimerMs = Math.min(this.#nextTimerMs, group.alarmMs)
    }
  }

  /** Changes a group so that it can be undone. */
  #change(groupId: string, group: Group | undefined): void {
    if (!this.#before.has(groupId)) this.#before.set(groupId, this.#groups.get(groupId))
    this.#keep(groupId, group)
  }

  #encode(records: readonly GroupRecord[]): CoordinatorRecord[] {
    return records.map((record) => {
      if (record.type === 'offset') {
        const { groupId, topic, partition, committed } = record
        this.#offsets.add(groupId, topic, partition, committed)
        this.#offsetPlaces.push(this.#recordCount)
      }
      this.#recordCount += 1
      return encodeRecord(record)
    })
  }

  /** Who was parked is refused as well; who asks just now, in the words of its own request. */
  #remember(decided: readonly DecidedAnswer[]): Answer<GroupResponse>[] {
    return decided.map(({ ticket, response, refusal }) => {
      if (!this.#refusals.has(ticket))
        this.#refusals.set(ticket, (code) => refusal(codeForFailedAppend(code, 'JoinGroup')))
      return { ticket, response }
    })
  }

  appended(firstOffset: number): void {
    this.#offsets.appended(this.#offsetPlaces.map((place) => firstOffset + place))
    this.#readings.offsets += this.#offsetPlaces.length
    for (const [groupId, before] of this.#before)
      if ((this.#groups.get(groupId)?.generation ?? 0) > (before?.generation ?? 0))
        this.#readings.generations += 1
    this.#forgetUndo()
  }

  refused(code: ErrorCode, nowMs: number): readonly Answer<GroupResponse>[] {
    this.#offsets.refused()
    for (const [groupId, group] of this.#before)
      this.#keep(groupId, group && this.#retry(group, nowMs))
    const answers = Array.from(this.#refusals, ([ticket, refusal]) => ({
      ticket,
      response: refusal(code),
    }))
    this.#forgetUndo()
    return answers
  }

  /** The group of before, without those who are refused, and with a pause before its next try. */
  #retry(group: Group, nowMs: number): Group {
    let kept: Group = group
    for (const member of group.members.values()) {
      const join =
        member.join !== null && this.#refusals.has(member.join.ticket) ? null : member.join
      const sync =
        member.sync !== null && this.#refusals.has(member.sync.ticket) ? null : member.sync
      if (join === member.join && sync === member.sync) continue
      const deadlineMs = nowMs + member.sessionTimeoutMs
      kept = withMember(kept, { ...member, join, sync, deadlineMs })
    }
    return { ...kept, alarmMs: Math.max(kept.alarmMs, nowMs + RETRY_MS) }
  }

  #forgetUndo(): void {
    this.#before.clear()
    this.#refusals.clear()
    this.#offsetPlaces = []
    this.#recordCount = 0
  }

  applied(offset: number): void {
    this.#offsets.applied(offset)
  }

  // ---- beginning and end ------------------------------------------------------------------------

  replay(record: CoordinatorRecord): void {
    const decoded = decodeRecord(record)
    if (decoded === null) return
    const { groupId } = decoded
    const before = this.#groups.get(groupId)
    if (decoded.type === 'offset') {
      // Which offsets those are, the view knows. That there was one is enough here.
      if (decoded.committed !== null)
        this.#keep(groupId, { ...(before ?? emptyGroup(groupId)), hasOffsets: true })
      return
    }
    const hasOffsets = before?.hasOffsets ?? false
    const group =
      decoded.group === null ? emptyGroup(groupId) : restoredGroup(groupId, decoded.group)
    this.#keep(groupId, { ...group, hasOffsets })
  }

  start(nowMs: number): Outcome<GroupResponse> {
    const records: CoordinatorRecord[] = []
    for (const [groupId, group] of this.#groups) {
      const turn = this.#turn(started(group, nowMs), nowMs)
      // The bound may be lower than it was.
      if (group.members.size > this.#rules.membersMax) rebalanceOrComplete(turn)
      this.#change(groupId, turn.group)
      records.push(...this.#encode(turn.records))
    }
    return { records, answers: [], answersNow: [] }
  }

  end(code: ErrorCode): readonly Answer<GroupResponse>[] {
    const answers: Answer<GroupResponse>[] = []
    for (const group of this.#groups.values()) {
      const turn = this.#turn(group, 0)
      for (const member of group.members.values()) turn.refuseParked(member, code)
      answers.push(...turn.answers.map(({ ticket, response }) => ({ ticket, response })))
    }
    this.#groups.clear()
    this.#nextTimerMs = Infinity
    return answers
  }

  // ---- how it looks from outside ----------------------------------------------------------------

  /** For DescribeGroups; to be answered as the answers of `handle` are. */
  describe(groupId: string): DescribedGroup {
    return describe(groupId, this.#groups.get(groupId))
  }

  /** Members of all groups. */
  get memberCount(): number {
    let count = 0
    for (const { members } of this.#groups.values()) count += members.size
    return count
  }

  /** For ListGroups; the same. */
  list(statesFilter: readonly string[]): readonly ListedGroup[] {
    return [...this.#groups.values()].filter((group) => isWanted(group, statesFilter)).map(listed)
  }

  /** The groups that the sweep has to look at. */
  groupIds(): readonly string[] {
    return [...this.#groups.keys()]
  }

  /** For OffsetFetch: see `PendingOffsets.committedBelow`. */
  committedBelow(
    logOffset: number,
    where: { readonly groupId: string; readonly topic: string; readonly partition: number },
  ): CommittedOffset | null | undefined {
    return this.#offsets.committedBelow(logOffset, where)
  }

  /** The offsets of a group as they are committed below this offset of the log. */
  committedOffsets(
    logOffset: number,
    groupId: string,
    stored: readonly StoredOffset[],
  ): readonly StoredOffset[] {
    return this.#offsets.committedOver(logOffset, groupId, stored)
  }

  /** The offsets of a group as they will be once all that was appended is committed. */
  pendingOffsets(groupId: string, stored: readonly StoredOffset[]): readonly StoredOffset[] {
    return this.#offsets.over(groupId, stored)
  }

  /**
   * What the records of a group say, as far as they are appended. For tests and for whoever asks.
   */
  stored(groupId: string): Group['stored'] {
    return this.#groups.get(groupId)?.stored ?? null
  }
}

/** What these records say of groups, about; what they say of offsets is small. */
function sizeOf(records: readonly GroupRecord[]): number {
  let sizeBytes = 0
  for (const record of records) {
    if (record.type === 'offset') continue
    for (const { subscription, assignment } of record.group?.members ?? [])
      sizeBytes += MEMBER_BYTES + subscription.byteLength + assignment.byteLength
  }
  return sizeBytes
}

function buried(groupId: string, offsets: readonly StoredOffset[]): readonly GroupRecord[] {
  return offsets.map(({ topic, partition }) => ({
    type: 'offset',
    groupId,
    topic,
    partition,
    committed: null,
  }))
}

function goneGroup({ groupId, stored }: Group): readonly GroupRecord[] {
  return stored === null ? [] : [{ type: 'group', groupId, group: null }]
}

/**
 * One turn of a group: what a request or the time makes of it. The functions of the state machine
 * change `group`, and say what is to be stored and who is to be answered.
 */
import type { ErrorCode } from '../../wire/errors.ts'
import type { Ticket } from '../shard.ts'
import type { ClassicGroup, Member, Parked } from './classic-group.ts'
import { storedForm, withMember } from './classic-group.ts'
import type { GroupRules } from './group-rules.ts'
import type { GroupRecord } from './records.ts'
import type { GroupResponse, JoinResponse, SyncResponse } from './requests.ts'
import { refusedJoin, refusedSync } from './requests.ts'

/** An answer, and what to say instead when the records of its turn could not be appended. */
export interface DecidedAnswer {
  readonly ticket: Ticket
  readonly response: GroupResponse
  readonly refusal: (errorCode: ErrorCode) => GroupResponse
}

export class Turn {
  group: ClassicGroup
  readonly nowMs: number
  readonly rules: GroupRules
  readonly records: GroupRecord[] = []
  /** To requests that were parked in the group. */
  readonly answers: DecidedAnswer[] = []

  constructor(group: ClassicGroup, rules: GroupRules, nowMs: number) {
    this.group = group
    this.rules = rules
    this.nowMs = nowMs
  }

  /** Changes some fields of the group. */
  set(fields: Partial<ClassicGroup>): void {
    this.group = { ...this.group, ...fields }
  }

  setMember(member: Member): void {
    this.group = withMember(this.group, member)
  }

  /** Something is due at this moment. */
  wakeAt(ms: number): void {
    if (ms < this.group.alarmMs) this.set({ alarmMs: ms })
  }

  /** Stores the group as it is now. */
  store(): void {
    const stored = storedForm(this.group)
    this.records.push({ type: 'group', groupId: this.group.groupId, group: stored })
    this.set({ stored })
  }

  answerJoin({ ticket, apiVersion }: Parked, response: JoinResponse): void {
    const refusal = (code: ErrorCode) => refusedJoin(apiVersion, response.memberId, code)
    this.answers.push({ ticket, response, refusal })
  }

  answerSync({ ticket }: Parked, response: SyncResponse): void {
    this.answers.push({ ticket, response, refusal: refusedSync })
  }

  /**
   * Refuses whatever the member waits for. It is about to go, or somebody else asks in its name.
   */
  refuseParked({ memberId, join, sync }: Member, errorCode: ErrorCode): void {
    if (join !== null) this.answerJoin(join, refusedJoin(join.apiVersion, memberId, errorCode))
    if (sync !== null) this.answerSync(sync, refusedSync(errorCode))
  }
}

/**
 * A shard of groups on a bench: time that stands still until it is told to pass, a log that takes
 * every record, and all answers by the ticket of their request. Records and answers leave as a
 * runtime lets them, everything being committed at once.
 */
import { expect } from 'vitest'
import type { CommittedOffset } from '../../../src/coordinator/groups/records.ts'
import { decodeRecord } from '../../../src/coordinator/groups/records.ts'
import type { GroupRules } from '../../../src/coordinator/groups/group-rules.ts'
import { GroupShard } from '../../../src/coordinator/groups/group-shard.ts'
import type {
  CommitRequest,
  CommitResponse,
  GroupRequest,
  GroupResponse,
  HeartbeatRequest,
  JoinRequest,
  JoinResponse,
  LeaveRequest,
  LeaveResponse,
  StoredOffset,
  SyncRequest,
  SyncResponse,
} from '../../../src/coordinator/groups/requests.ts'
import type { CoordinatorRecord, Outcome, Ticket } from '../../../src/coordinator/shard.ts'
import { errorName } from '../../../src/wire/errors.ts'

export const RULES: GroupRules = {
  sessionTimeoutMsMin: 6_000,
  sessionTimeoutMsMax: 1_800_000,
  initialRebalanceDelayMs: 3_000,
  membersMax: 2_147_483_647,
  offsetMetadataMax: 4_096,
  offsetsRetentionMs: 7 * 24 * 3_600_000,
}

export const GROUP = 'g'
export const SESSION_MS = 10_000
export const REBALANCE_MS = 60_000

const utf8 = new TextEncoder()
export const bytes = (text: string) => utf8.encode(text)

export interface Joining extends Partial<JoinRequest['body']> {
  readonly version?: number
  /** Protocols by name, all with the same metadata. */
  readonly names?: readonly string[]
  readonly metadata?: Uint8Array
}

export class GroupBench {
  shard: GroupShard
  readonly rules: GroupRules
  nowMs = 1_000_000
  readonly log: CoordinatorRecord[] = []
  readonly answers = new Map<Ticket, GroupResponse>()
  #tickets = 0
  #uuids = 0

  constructor(rules: Partial<GroupRules> = {}) {
    this.rules = { ...RULES, ...rules }
    this.shard = new GroupShard(this.rules)
  }

  // ---- what a runtime does ----------------------------------------------------------------------

  nextTicket(): Ticket {
    this.#tickets += 1
    return this.#tickets
  }

  ask(request: GroupRequest): Ticket {
    const ticket = this.nextTicket()
    this.take(this.shard.handle(request, ticket, this.nowMs))
    return ticket
  }

  take({ records, answers, answersNow }: Outcome<GroupResponse>): void {
    const first = this.log.length
    this.log.push(...records)
    this.shard.appended(first)
    for (const { ticket, response } of [...answersNow, ...answers]) {
      expect(this.answers.has(ticket), 'answered once').toBe(false)
      this.answers.set(ticket, response)
    }
  }

  /** Lets time pass, and the timers with it. */
  pass(ms: number): void {
    const until = this.nowMs + ms
    while (this.shard.nextTimerMs <= until) {
      this.nowMs = Math.max(this.nowMs, this.shard.nextTimerMs)
      this.take(this.shard.timers(this.nowMs))
    }
    this.nowMs = until
  }

  /** The last record of each key, as the view keeps them. */
  folded(): readonly CoordinatorRecord[] {
    const byKey = new Map<string, CoordinatorRecord>()
    for (const record of this.log) {
      const key = Buffer.from(record.key).toString('hex')
      if (record.value === null) byKey.delete(key)
      else byKey.set(key, record)
    }
    return [...byKey.values()]
  }

  /** Another coordinator takes over, with what the log says. */
  failOver(): void {
    this.shard.end(16)
    this.shard = new GroupShard(this.rules)
    for (const record of this.folded()) this.shard.replay(record)
    this.take(this.shard.start(this.nowMs))
  }

  // ---- requests ---------------------------------------------------------------------------------

  joinRequest({ version = 9, names = ['range'], metadata, ...body }: Joining = {}): JoinRequest {
    this.#uuids += 1
    return {
      api: 'JoinGroup',
      apiVersion: version,
      clientId: 'client',
      clientHost: '/127.0.0.1',
      uuid: `uuid${this.#uuids}`,
      body: {
        groupId: GROUP,
        sessionTimeoutMs: SESSION_MS,
        rebalanceTimeoutMs: REBALANCE_MS,
        memberId: '',
        groupInstanceId: null,
        protocolType: 'consumer',
        protocols: names.map((name) => ({ name, metadata: metadata ?? bytes('m') })),
        reason: null,
        ...body,
      },
    }
  }

  join(fields: Joining = {}): Ticket {
    return this.ask(this.joinRequest(fields))
  }

  /** Joins with an id that is given first; the ticket of the second request, and the id. */
  enter(fields: Joining = {}): { readonly ticket: Ticket; readonly memberId: string } {
    const { errorCode, memberId } = this.joined(this.join(fields))
    expect(errorName(errorCode)).toBe('MEMBER_ID_REQUIRED')
    return { ticket: this.join({ ...fields, memberId }), memberId }
  }

  sync(
    memberId: string,
    generationId: number,
    assignments: Readonly<Record<string, string>> = {},
    body: Partial<SyncRequest['body']> = {},
  ): Ticket {
    return this.ask({
      api: 'SyncGroup',
      apiVersion: 5,
      body: {
        groupId: GROUP,
        generationId,
        memberId,
        groupInstanceId: null,
        protocolType: null,
        protocolName: null,
        assignments: Object.entries(assignments).map(([member, assignment]) => ({
          memberId: member,
          assignment: bytes(assignment),
        })),
        ...body,
      },
    })
  }

  /** What a heartbeat is answered, by name. */
  heartbeat(
    memberId: string,
    generationId: number,
    body: Partial<HeartbeatRequest['body']> = {},
  ): string {
    const ticket = this.ask({
      api: 'Heartbeat',
      apiVersion: 4,
      body: { groupId: GROUP, generationId, memberId, groupInstanceId: null, ...body },
    })
    return this.error(ticket)
  }

  leave(body: Partial<LeaveRequest['body']>, apiVersion = 5): LeaveResponse {
    const ticket = this.ask({
      api: 'LeaveGroup',
      apiVersion,
      body: { groupId: GROUP, memberId: '', members: [], ...body },
    })
    return this.answers.get(ticket) as LeaveResponse
  }

  commitRequest(
    offset: number,
    { version = 8, ...body }: Partial<CommitRequest['body']> & { version?: number } = {},
  ): CommitRequest {
    return {
      api: 'OffsetCommit',
      apiVersion: version,
      body: {
        groupId: GROUP,
        generationIdOrMemberEpoch: -1,
        memberId: '',
        groupInstanceId: null,
        retentionTimeMs: -1,
        topics: [{ name: 't', partitions: [at(0, offset)] }],
        ...body,
      },
    }
  }

  /** What the first partition is answered, by name. */
  commit(offset: number, body: Parameters<GroupBench['commitRequest']>[1] = {}): string {
    const { topics } = this.answers.get(
      this.ask(this.commitRequest(offset, body)),
    ) as CommitResponse
    return errorName(topics[0]?.partitions[0]?.errorCode ?? 0)
  }

  // ---- answers ----------------------------------------------------------------------------------

  isAnswered(ticket: Ticket): boolean {
    return this.answers.has(ticket)
  }

  joined(ticket: Ticket): Required<JoinResponse> {
    return this.answers.get(ticket) as Required<JoinResponse>
  }

  synced(ticket: Ticket): { readonly error: string; readonly assignment: string } {
    const { errorCode, assignment } = this.answers.get(ticket) as SyncResponse
    return { error: errorName(errorCode), assignment: Buffer.from(assignment).toString() }
  }

  /** The error of the answer by name; `waits` when there is none yet. */
  error(ticket: Ticket): string {
    const answer = this.answers.get(ticket)
    if (answer === undefined) return 'waits'
    return 'errorCode' in answer ? errorName(answer.errorCode) : 'no error of the whole'
  }

  state(): string {
    return this.shard.describe(GROUP).groupState
  }

  /** A stable group of so many dynamic members, all of whom have `a<number>` assigned. */
  stable(count = 2): { readonly ids: readonly string[]; readonly generation: number } {
    const entered = Array.from({ length: count }, () => this.enter())
    this.pass(2 * this.rules.initialRebalanceDelayMs)
    const ids = entered.map(({ memberId }) => memberId)
    const { generationId } = this.joined(entered[0]?.ticket ?? 0)
    this.syncAll(ids, generationId)
    expect(this.state()).toBe('Stable')
    return { ids, generation: generationId }
  }

  /** Followers first, then the leader, who gives everybody `a<number>`. */
  syncAll(ids: readonly string[], generation: number): void {
    const leader = this.shard.stored(GROUP)?.leaderId ?? ''
    const given = Object.fromEntries(ids.map((id, index) => [id, `a${index}`]))
    for (const id of ids) if (id !== leader) this.sync(id, generation)
    this.sync(leader, generation, given)
  }

  /** The offsets that the log says, tombstones taken away. */
  offsets(groupId = GROUP): StoredOffset[] {
    const folded = new Map<string, StoredOffset>()
    for (const record of this.log) {
      const decoded = decodeRecord(record)
      if (decoded?.type !== 'offset' || decoded.groupId !== groupId) continue
      const { topic, partition, committed } = decoded
      if (committed === null) folded.delete(`${topic}:${partition}`)
      else folded.set(`${topic}:${partition}`, { topic, partition, committed })
    }
    return [...folded.values()]
  }
}

export function at(partitionIndex: number, committedOffset: number, committedMetadata = '') {
  return { partitionIndex, committedOffset, committedLeaderEpoch: -1, committedMetadata }
}

export function committed(fields: Partial<CommittedOffset>): CommittedOffset {
  return {
    offset: 1,
    leaderEpoch: -1,
    metadata: '',
    commitTimeMs: 0,
    expireTimeMs: -1,
    ...fields,
  }
}

/** What a consumer subscribed to these topics says in JoinGroup. */
export function subscription(...topics: readonly string[]): Uint8Array {
  const parts = topics.flatMap((topic) => {
    const name = Buffer.from(topic)
    return [Buffer.from([name.byteLength >> 8, name.byteLength & 0xff]), name]
  })
  const count = Buffer.alloc(4)
  count.writeInt32BE(topics.length)
  // Version 1, then the topics, null as user data, no owned partitions.
  const end = Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])
  return Uint8Array.from(Buffer.concat([Buffer.from([0, 1]), count, ...parts, end]))
}

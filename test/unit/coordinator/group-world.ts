/**
 * A world around a shard of groups: clients that join, sync, commit, crash and come back, a log
 * whose end may be lost with its coordinator, appends that are refused. Answers leave when what
 * they rest on is committed, as a runtime has to let them. It looks on and says what must never be.
 */
import type { StoredGroup } from '../../../src/coordinator/groups/records.ts'
import { decodeRecord } from '../../../src/coordinator/groups/records.ts'
import { GroupShard } from '../../../src/coordinator/groups/group-shard.ts'
import type {
  CommitResponse,
  GroupRequest,
  GroupResponse,
  HeartbeatResponse,
  JoinResponse,
  SyncResponse,
} from '../../../src/coordinator/groups/requests.ts'
import type { Answer, CoordinatorRecord, Outcome, Ticket } from '../../../src/coordinator/shard.ts'
import type { ErrorCode } from '../../../src/wire/errors.ts'
import { errors } from '../../../src/wire/errors.ts'
import { at, RULES } from './group-bench.ts'

const GROUP = 'g'
const PARTITIONS = 6

interface Client {
  /** Null: dynamic. */
  readonly instanceId: string | null
  readonly version: number
  memberId: string
  generation: number
  /** Whom it has to assign to; null: it does not lead. */
  members: readonly string[] | null
  waits: boolean
  mustJoin: boolean
  isSynced: boolean
  /** Counts its crashes: what it asked before nobody hears. */
  life: number
  /** What it says in JoinGroup; grows when it changes its mind. */
  subscription: number
}

/** One thing that happens. `roll` decides whatever there is to decide. */
export interface Event {
  readonly what:
    | 'everybody'
    | 'work'
    | 'join'
    | 'sync'
    | 'heartbeat'
    | 'commit'
    | 'leave'
    | 'crash'
    | 'change'
    | 'time'
    | 'replicate'
    | 'fail-over'
    | 'refuse'
  readonly who: number
  readonly roll: number
}

export class GroupWorld {
  #shard = new GroupShard(RULES)
  #nowMs = 1_000_000
  #log: CoordinatorRecord[] = []
  #committed = 0
  #tickets = 0
  #uuids = 0
  #offset = 0
  #refuseNext = false
  /** Answers that wait for the log to be committed up to here. */
  #held: { readonly upTo: number; readonly answer: Answer<GroupResponse> }[] = []
  readonly #asked = new Map<Ticket, (response: GroupResponse) => void>()
  readonly #clients: readonly Client[]
  /** generation → partition → who has it: an instance, or a member. */
  readonly #owners = new Map<number, Map<number, string>>()
  /** generation → leader and protocol, as members were told. */
  readonly #told = new Map<number, string>()
  /** partition → the offset last acknowledged. */
  readonly #acknowledged = new Map<number, number>()
  readonly faults: string[] = []
  /** How many generations were told, and how many of them assigned. */
  get reached(): { readonly told: number; readonly assigned: number } {
    return { told: this.#told.size, assigned: this.#owners.size }
  }

  constructor() {
    this.#clients = Array.from({ length: 5 }, (_, index) => ({
      instanceId: index < 2 ? `i${index}` : null,
      version: [9, 8, 9, 5, 3][index] ?? 9,
      memberId: '',
      generation: -1,
      members: null,
      waits: false,
      mustJoin: false,
      isSynced: false,
      subscription: 0,
      life: 0,
    }))
  }

  run(events: readonly Event[]): readonly string[] {
    for (const event of events) {
      this.#happen(event)
      this.#judge()
      if (this.faults.length > 0) return this.faults
    }
    this.#settle()
    return this.faults
  }

  #happen({ what, who, roll }: Event): void {
    const client = this.#clients[who % this.#clients.length]
    if (client === undefined) return
    switch (what) {
      case 'everybody':
        return this.#clients.forEach((one) => this.#work(one, roll))
      case 'work':
        return this.#work(client, roll)
      case 'join':
        return client.waits ? undefined : this.#join(client)
      case 'sync':
        return client.waits || client.generation < 0 ? undefined : this.#sync(client, roll)
      case 'heartbeat':
        return this.#heartbeat(client)
      case 'commit':
        return this.#commit(client, roll)
      case 'leave':
        return client.waits ? undefined : this.#leave(client)
      case 'crash':
        return this.#forget(client)
      case 'change':
        client.subscription += 1
        return
      case 'time':
        return this.#pass(1 + (roll % (roll % 4 === 0 ? 20_000 : 4_000)))
      case 'replicate':
        this.#committed +=
          roll % 2 === 0
            ? this.#log.length - this.#committed
            : roll % (this.#log.length - this.#committed + 1)
        return this.#release()
      case 'fail-over':
        return this.#failOver(roll)
      case 'refuse':
        this.#refuseNext = true
        return
    }
  }

  // ---- clients ----------------------------------------------------------------------------------

  /** The next thing that a client in good order does. */
  #work(client: Client, roll: number): void {
    if (client.waits) return
    if (client.generation < 0 || client.mustJoin) this.#join(client)
    else if (!client.isSynced) this.#sync(client, roll)
    else this.#heartbeat(client)
  }

  /** What a client makes of an error of the group. */
  #learn(client: Client, errorCode: ErrorCode): void {
    if (errorCode === errors.NONE) return
    client.mustJoin = true
    if (errorCode === errors.UNKNOWN_MEMBER_ID || errorCode === errors.FENCED_INSTANCE_ID)
      client.memberId = ''
  }

  #join(client: Client): void {
    const { memberId, instanceId, version, subscription } = client
    this.#uuids += 1
    client.waits = true
    this.#ask<JoinResponse>(
      client,
      {
        api: 'JoinGroup',
        apiVersion: version,
        clientId: 'c',
        clientHost: '/h',
        uuid: `u${this.#uuids}`,
        body: {
          groupId: GROUP,
          sessionTimeoutMs: 10_000,
          rebalanceTimeoutMs: 30_000,
          memberId,
          groupInstanceId: instanceId,
          protocolType: 'consumer',
          protocols: [{ name: 'range', metadata: Uint8Array.of(subscription) }],
          reason: null,
        },
      },
      (answer) => this.#joined(client, answer),
    )
  }

  #joined(client: Client, answer: JoinResponse): void {
    client.waits = false
    const { errorCode, memberId, generationId = -1, leader, members } = answer
    this.#learn(client, errorCode)
    if (errorCode === errors.MEMBER_ID_REQUIRED) client.memberId = memberId
    if (errorCode !== errors.NONE) return
    Object.assign(client, { memberId, generation: generationId, mustJoin: false, isSynced: false })
    client.members =
      leader === memberId && !answer.skipAssignment
        ? members.map((member) => member.memberId)
        : null
    // A static leader has other ids in the course of a generation, and never another instance.
    const identity = /^i\d/.exec(leader)?.[0] ?? leader
    const told = `${identity} ${answer.protocolName ?? ''}`
    const before = this.#told.get(generationId)
    this.#told.set(generationId, told)
    if (before !== undefined && before !== told)
      this.faults.push(`generation ${generationId} is told as ${before} and as ${told} (F6)`)
  }

  #sync(client: Client, roll: number): void {
    const { memberId, instanceId, generation, members } = client
    const given = new Map<string, number[]>(members?.map((member) => [member, []]))
    if (members !== null)
      for (let partition = 0; partition < PARTITIONS; partition += 1) {
        const owner = members[(roll + partition * partition) % members.length]
        if (owner !== undefined) given.get(owner)?.push(partition)
      }
    client.waits = true
    this.#ask<SyncResponse>(
      client,
      {
        api: 'SyncGroup',
        apiVersion: 5,
        body: {
          groupId: GROUP,
          generationId: generation,
          memberId,
          groupInstanceId: instanceId,
          protocolType: null,
          protocolName: null,
          assignments: Array.from(given, ([member, partitions]) => ({
            memberId: member,
            assignment: Uint8Array.from(partitions),
          })),
        },
      },
      ({ errorCode, assignment }) => {
        client.waits = false
        client.isSynced = errorCode === errors.NONE
        if (client.isSynced) this.#own(instanceId ?? memberId, generation, assignment)
        this.#learn(client, errorCode)
      },
    )
  }

  #own(identity: string, generation: number, partitions: Iterable<number>): void {
    const owners = this.#owners.get(generation) ?? new Map<number, string>()
    this.#owners.set(generation, owners)
    for (const partition of partitions) {
      const owner = owners.get(partition) ?? identity
      owners.set(partition, owner)
      if (owner !== identity)
        this.faults.push(
          `partition ${partition} is ${owner}'s and ${identity}'s in generation ${generation} (F4)`,
        )
    }
  }

  #heartbeat(client: Client): void {
    const { memberId, instanceId: groupInstanceId, generation: generationId } = client
    const body = { groupId: GROUP, generationId, memberId, groupInstanceId }
    this.#ask<HeartbeatResponse>(client, { api: 'Heartbeat', apiVersion: 4, body }, (answer) =>
      this.#learn(client, answer.errorCode),
    )
  }

  #commit(client: Client, roll: number): void {
    const partition = roll % PARTITIONS
    this.#offset += 1
    const offset = this.#offset
    this.#ask<CommitResponse>(
      client,
      {
        api: 'OffsetCommit',
        apiVersion: 8,
        body: {
          groupId: GROUP,
          generationIdOrMemberEpoch: client.generation,
          memberId: client.memberId,
          groupInstanceId: client.generation < 0 ? null : client.instanceId,
          retentionTimeMs: -1,
          topics: [{ name: 't', partitions: [at(partition, offset)] }],
        },
      },
      ({ topics }) => {
        if (topics[0]?.partitions[0]?.errorCode === errors.NONE)
          this.#acknowledged.set(partition, offset)
      },
    )
  }

  #leave(client: Client): void {
    const { memberId, instanceId: groupInstanceId } = client
    const members = [{ memberId, groupInstanceId, reason: null }]
    const body = { groupId: GROUP, memberId, members }
    this.#ask(client, { api: 'LeaveGroup', apiVersion: 5, body }, () => undefined)
    this.#forget(client)
  }

  /** What it still waits for nobody will hear; a static member comes back with its instance. */
  #forget(client: Client): void {
    Object.assign(client, { memberId: '', generation: -1, members: null, waits: false })
    client.life += 1
  }

  // ---- the runtime ------------------------------------------------------------------------------

  /** `hear` knows the answer to its own request. */
  #ask<Response extends GroupResponse>(
    client: Client,
    request: GroupRequest,
    hear: (response: Response) => void,
  ): void {
    this.#tickets += 1
    const ticket = this.#tickets
    const { life } = client
    this.#asked.set(ticket, (response) => {
      if (client.life === life) hear(response as Response)
    })
    this.#take(this.#shard.handle(request, ticket, this.#nowMs))
  }

  #take({ records, answers, answersNow }: Outcome<GroupResponse>): void {
    answersNow.forEach((answer) => this.#answer(answer))
    if (this.#refuseNext && records.length > 0) {
      this.#refuseNext = false
      const refused = this.#shard.refused(errors.NOT_ENOUGH_REPLICAS, this.#nowMs)
      return refused.forEach((answer) => this.#answer(answer))
    }
    const first = this.#log.length
    this.#log.push(...records)
    this.#shard.appended(first)
    for (const answer of answers) this.#held.push({ upTo: this.#log.length, answer })
    this.#release()
  }

  #release(): void {
    const ready = this.#held.filter(({ upTo }) => upTo <= this.#committed)
    this.#held = this.#held.filter(({ upTo }) => upTo > this.#committed)
    for (const { answer } of ready) this.#answer(answer)
  }

  #answer({ ticket, response }: Answer<GroupResponse>): void {
    const hear = this.#asked.get(ticket)
    if (hear === undefined) this.faults.push(`request ${ticket} is answered twice`)
    this.#asked.delete(ticket)
    hear?.(response)
  }

  #pass(ms: number): void {
    const until = this.#nowMs + ms
    while (this.#shard.nextTimerMs <= until) {
      this.#nowMs = Math.max(this.#nowMs, this.#shard.nextTimerMs)
      this.#take(this.#shard.timers(this.#nowMs))
    }
    this.#nowMs = until
  }

  /** What was not committed may be lost, and all that waited is refused, in whatever words. */
  #failOver(roll: number): void {
    const ended = this.#shard.end(errors.NOT_COORDINATOR).map(({ ticket }) => ticket)
    const told = new Set([...ended, ...this.#held.map(({ answer }) => answer.ticket)])
    for (const ticket of this.#asked.keys())
      if (!told.has(ticket)) this.faults.push(`request ${ticket} is not told of the fail-over`)
    this.#held = []
    this.#asked.clear()
    for (const client of this.#clients) client.waits = false
    const kept = this.#committed + (roll % (this.#log.length - this.#committed + 1))
    this.#log = this.#log.slice(0, kept)
    this.#committed = kept
    this.#shard = new GroupShard(RULES)
    for (const record of this.#folded().values()) this.#shard.replay(record)
    this.#take(this.#shard.start(this.#nowMs))
  }

  #folded(upTo = this.#log.length): Map<string, CoordinatorRecord> {
    const byKey = new Map<string, CoordinatorRecord>()
    for (const record of this.#log.slice(0, upTo)) {
      const key = Buffer.from(record.key).toString('hex')
      if (record.value === null) byKey.delete(key)
      else byKey.set(key, record)
    }
    return byKey
  }

  // ---- what must never be -----------------------------------------------------------------------

  #judge(): void {
    let group: StoredGroup | null = null
    const offsets = new Map<number, number>()
    for (const record of this.#folded().values()) {
      const decoded = decodeRecord(record)
      if (decoded?.type === 'group') ({ group } = decoded)
    }
    for (const record of this.#folded(this.#committed).values()) {
      const decoded = decodeRecord(record)
      if (decoded?.type === 'offset' && decoded.committed !== null)
        offsets.set(decoded.partition, decoded.committed.offset)
    }
    if (inText(group) !== inText(this.#shard.stored(GROUP)))
      this.faults.push(
        `the records say ${inText(group)}, the shard ${inText(this.#shard.stored(GROUP))}`,
      )
    this.#judgeLive(group)
    // A later commit may be committed before its answer leaves, never the other way round.
    for (const [partition, offset] of this.#acknowledged)
      if ((offsets.get(partition) ?? -1) < offset)
        this.faults.push(
          `${partition}: ${offset} was acknowledged, ${offsets.get(partition)} is kept (F2)`,
        )
  }

  /** A generation that is told has exactly the members and assignments that are stored. */
  #judgeLive(stored: StoredGroup | null): void {
    const { groupState, members } = this.#shard.describe(GROUP)
    if (groupState !== 'Stable' && groupState !== 'CompletingRebalance') return
    const live = members.map(({ memberId, memberAssignment }) => [memberId, [...memberAssignment]])
    const kept = stored?.members.map(({ memberId, assignment }) => [memberId, [...assignment]])
    if (JSON.stringify(live) !== JSON.stringify(kept))
      this.faults.push(`${groupState}: ${JSON.stringify(live)}, stored ${JSON.stringify(kept)}`)
  }

  /** With nobody left, everything is answered and the group is empty. */
  #settle(): void {
    this.#refuseNext = false
    for (let count = 0; count < 5; count += 1) {
      this.#pass(400_000)
      this.#committed = this.#log.length
      this.#release()
    }
    this.#judge()
    if (this.#asked.size > 0) this.faults.push(`${this.#asked.size} requests wait for ever`)
    const { groupState } = this.#shard.describe(GROUP)
    if (groupState !== 'Empty' && groupState !== 'Dead')
      this.faults.push(`a group that all have left is ${groupState}`)
  }
}

function inText(group: StoredGroup | null): string {
  return JSON.stringify(group, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  )
}

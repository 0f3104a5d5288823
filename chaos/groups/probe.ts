/**
 * A client of a group that commits all the time, so that it is known to the millisecond when its
 * coordinator serves again. It is of no member, or it is a member that must outlive every
 * coordinator: whose group has told it that it is one may not forget it. Every tenth time, and
 * whenever it has come to a coordinator, it also asks what is committed.
 */
import { offsetCommit } from '../../src/wire/apis/08-offset-commit.ts'
import { offsetFetch } from '../../src/wire/apis/09-offset-fetch.ts'
import { joinGroup } from '../../src/wire/apis/11-join-group.ts'
import { syncGroup } from '../../src/wire/apis/14-sync-group.ts'
import { errorName, errors } from '../../src/wire/errors.ts'
import { bytesOf } from '../../test/support/calls.ts'
import { GroupClient, type GroupClientOptions } from './group-client.ts'

const PAUSE_MS = 10
const FETCH_EVERY = 10
const COMMIT_VERSION = 8
const FETCH_VERSION = 7
const JOIN_VERSION = 9
const SYNC_VERSION = 5
/** Longer than it is ever without a coordinator. */
const SESSION_MS = 60_000

/** The coordinator is another one, or will be ready soon. */
const LOOK_AGAIN: ReadonlySet<number> = new Set([
  errors.NOT_COORDINATOR,
  errors.COORDINATOR_NOT_AVAILABLE,
])
const WAIT: ReadonlySet<number> = new Set([
  errors.COORDINATOR_LOAD_IN_PROGRESS,
  errors.REQUEST_TIMED_OUT,
  errors.UNKNOWN_TOPIC_OR_PARTITION,
])

export interface CommitProbeOptions extends GroupClientOptions {
  readonly topic: string
  readonly partition: number
  readonly isMember: boolean
  /** The group whose coordinator it shares. */
  readonly beside: string
  /** What it may never be told. */
  readonly onFault: (sentence: string) => void
}

interface Member {
  readonly memberId: string
  readonly generationId: number
}

const NOBODY: Member = { memberId: '', generationId: -1 }

export class CommitProbe {
  readonly group: string
  readonly beside: string
  readonly #options: CommitProbeOptions
  readonly #client: GroupClient
  readonly #done: Promise<void>
  #member: Member | null
  /** Of commits that were acknowledged; the next offset. */
  #number = 0
  #attempts = 0
  /** Who acknowledged the last one. */
  #served: number | null = null
  #isStopping = false

  constructor(options: CommitProbeOptions) {
    this.#options = options
    this.group = options.group
    this.beside = options.beside
    this.#client = new GroupClient(options)
    this.#member = options.isMember ? null : NOBODY
    this.#done = this.#run()
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await this.#done
    await this.#client.close()
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      await this.#step()
      await sleep(PAUSE_MS)
    }
  }

  async #step(): Promise<void> {
    this.#member ??= await this.#join()
    if (this.#member === null) return
    const number = this.#number
    const isNew = this.#client.coordinator !== this.#served
    // On one connection the fetch is answered first.
    const fetching = isNew || number % FETCH_EVERY === 0 ? this.#fetch() : null
    const [code] = await Promise.all([this.#commit(this.#member, number), fetching])
    if (code === errors.NONE) this.#number += 1
    this.#served = code === errors.NONE ? this.#client.coordinator : null
    if (code !== null) this.#told(code)
  }

  #told(code: number): void {
    if (code === errors.NONE || WAIT.has(code)) return
    if (LOOK_AGAIN.has(code)) return this.#client.lookAgain()
    const { group, onFault } = this.#options
    onFault(`the probe of ${group} was told ${errorName(code)} of its commit ${this.#number}`)
    this.#isStopping = true
  }

  async #commit({ memberId, generationId }: Member, offset: number): Promise<number | null> {
    const { group, topic, partition, clientId } = this.#options
    const committedMetadata = `${clientId}:${(this.#attempts += 1)}`
    const answer = await this.#client.ask(offsetCommit, COMMIT_VERSION, {
      ...{ groupId: group, memberId, generationIdOrMemberEpoch: generationId },
      topics: [
        {
          name: topic,
          partitions: [{ partitionIndex: partition, committedOffset: offset, committedMetadata }],
        },
      ],
    })
    return answer?.topics[0]?.partitions[0]?.errorCode ?? null
  }

  /** What it is told is judged on the wire. */
  async #fetch(): Promise<void> {
    const { group, topic, partition } = this.#options
    await this.#client.ask(offsetFetch, FETCH_VERSION, {
      groupId: group,
      topics: [{ name: topic, partitionIndexes: [partition] }],
    })
  }

  /** Null when it has to be tried again. */
  async #join(): Promise<Member | null> {
    const { group: groupId } = this.#options
    const of = { groupId, sessionTimeoutMs: SESSION_MS, protocolType: 'consumer' }
    const protocols = [{ name: 'probe', metadata: bytesOf('') }]
    const join = (memberId: string) =>
      this.#client.ask(joinGroup, JOIN_VERSION, { ...of, memberId, protocols })
    const asked = await join('')
    const joined =
      asked?.errorCode === errors.MEMBER_ID_REQUIRED ? await join(asked.memberId) : asked
    if (joined?.errorCode !== errors.NONE) {
      this.#client.lookAgain()
      return null
    }
    const { memberId, generationId } = joined
    const synced = await this.#client.ask(syncGroup, SYNC_VERSION, {
      ...{ groupId, memberId, generationId, protocolType: 'consumer', protocolName: 'probe' },
      assignments: [{ memberId, assignment: bytesOf('') }],
    })
    return synced?.errorCode === errors.NONE ? { memberId, generationId } : null
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * A member of a consumer group (the classic protocol, rebalancing eagerly): joins, assigns when it
 * is the leader, and tells that it lives until its generation ends; then again. What it does in a
 * generation is the caller's. Offsets are committed in the generation that owns the partitions, or
 * not at all.
 *
 * It speaks over connections of its own: a JoinGroup waits for others, and requests on one
 * connection wait for each other.
 */
import { delay } from '../base/clock.ts'
import type { IncomingResponse } from '../wire/api.ts'
import { offsetCommit } from '../wire/apis/08-offset-commit.ts'
import { joinGroup } from '../wire/apis/11-join-group.ts'
import { heartbeat } from '../wire/apis/12-heartbeat.ts'
import { leaveGroup } from '../wire/apis/13-leave-group.ts'
import { syncGroup } from '../wire/apis/14-sync-group.ts'
import {
  CONSUMER_PROTOCOL_TYPE,
  assignedPartitions,
  subscribedTopics,
  writeAssignment,
  writeSubscription,
  type Assignment,
} from '../wire/consumer-protocol.ts'
import { errors } from '../wire/errors.ts'
import { assignors } from './assignors.ts'
import type { Cluster } from './cluster.ts'
import { Coordinator } from './coordinator.ts'
import { refuseUnlessNone } from './errors.ts'
import {
  committedTopics,
  firstCommitError,
  type CommitNote,
  type GroupOffsets,
} from './group-admin.ts'

export interface MemberOptions {
  readonly groupId: string
  readonly topics: readonly string[]
  /** How long a coordinator may be away. */
  readonly timeoutMs: number
  /** Kafka's `session.timeout.ms`, `max.poll.interval.ms` and `heartbeat.interval.ms`. */
  readonly sessionTimeoutMs?: number
  readonly rebalanceTimeoutMs?: number
  readonly heartbeatIntervalMs?: number
}

export interface Generation {
  readonly id: number
  readonly memberId: string
  readonly assignment: Assignment
  /** Aborts when others come or go, or the group has given this member up. */
  readonly signal: AbortSignal
  /**
   * Throws BrokerError when the generation is over for the group, too. `note`: what is kept beside
   * an offset.
   */
  commit(offsets: GroupOffsets, note?: CommitNote): Promise<void>
}

/** What became of a generation, for the caller: go on in the next one, or leave. */
export type Verdict = 'go-on' | 'stop'

const DEFAULTS = {
  sessionTimeoutMs: 45_000,
  rebalanceTimeoutMs: 300_000,
  heartbeatIntervalMs: 3_000,
}

type Joined = IncomingResponse<typeof joinGroup>

export class GroupMember {
  readonly #cluster: Cluster
  readonly #options: Required<MemberOptions>
  readonly #coordinator: Coordinator
  /** As long as the coordinator knows it by one. */
  #memberId = ''

  constructor(cluster: Cluster, options: MemberOptions) {
    this.#cluster = cluster
    this.#options = { ...DEFAULTS, ...options }
    this.#coordinator = new Coordinator(cluster, options.groupId)
  }

  /** Generation after generation, until `work` says stop or the signal aborts; then it leaves. */
  async run(
    work: (generation: Generation) => Promise<Verdict>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      while (!signal.aborted) {
        const joined = await unlessAborted(this.#join(signal), signal)
        if (joined === null) return
        if ((await this.#live(joined, work, signal)) === 'stop') return
      }
    } finally {
      await this.#leave()
    }
  }

  /** Joins and is assigned partitions, however often it must begin again. */
  async #join(
    signal: AbortSignal,
  ): Promise<{ generationId: number; assignment: Assignment } | null> {
    const { groupId, topics, sessionTimeoutMs, rebalanceTimeoutMs, timeoutMs } = this.#options
    const metadata = writeSubscription(topics)
    while (!signal.aborted) {
      const joined = await this.#coordinator.ask(
        joinGroup,
        {
          ...{ groupId, sessionTimeoutMs, rebalanceTimeoutMs, memberId: this.#memberId },
          ...{ protocolType: CONSUMER_PROTOCOL_TYPE },
          protocols: [...assignors.keys()].map((name) => ({ name, metadata })),
        },
        (answer) => answer.errorCode,
        { timeoutMs, signal, waitMs: rebalanceTimeoutMs },
      )
      if (joined.errorCode === errors.MEMBER_ID_REQUIRED) this.#memberId = joined.memberId
      else if (!this.#mustBeginAgain(joined.errorCode)) {
        refuseUnlessNone(joined.errorCode, `joining group ${groupId}`)
        this.#memberId = joined.memberId
        const assignment = await this.#sync(joined, signal)
        if (assignment !== null) return { generationId: joined.generationId, assignment }
      }
    }
    return null
  }

  /** What the leader assigned; null when the generation is over already. */
  async #sync(joined: Joined, signal: AbortSignal): Promise<Assignment | null> {
    const { groupId, timeoutMs, rebalanceTimeoutMs } = this.#options
    const { generationId, memberId, protocolName } = joined
    const isLeader = joined.leader === memberId && !joined.skipAssignment
    const synced = await this.#coordinator.ask(
      syncGroup,
      {
        ...{ groupId, generationId, memberId, protocolName },
        ...{ protocolType: CONSUMER_PROTOCOL_TYPE },
        assignments: isLeader ? await this.#assign(joined) : [],
      },
      (answer) => answer.errorCode,
      { timeoutMs, signal, waitMs: rebalanceTimeoutMs },
    )
    if (this.#mustBeginAgain(synced.errorCode)) return null
    refuseUnlessNone(synced.errorCode, `joining group ${groupId}`)
    return assignedPartitions(synced.assignment) ?? new Map()
  }

  async #assign({ members, protocolName }: Joined) {
    const subscribers = members.map(({ memberId, groupInstanceId, metadata }) => ({
      ...{ memberId, groupInstanceId, topics: subscribedTopics(metadata) ?? [] },
    }))
    const names = [...new Set(subscribers.flatMap(({ topics }) => topics))]
    const { topics } = await this.#cluster.metadata(names)
    const partitions = new Map(
      topics.flatMap(({ name, partitions: { length } }): [string, number][] =>
        name === null ? [] : [[name, length]],
      ),
    )
    const assign = assignors.get(protocolName ?? '')
    const assignments = assign?.(subscribers, partitions) ?? new Map<string, Assignment>()
    return [...assignments].map(([memberId, assignment]) => ({
      ...{ memberId, assignment: writeAssignment(assignment) },
    }))
  }

  /** From the assignment to the next rebalance. */
  async #live(
    { generationId, assignment }: { generationId: number; assignment: Assignment },
    work: (generation: Generation) => Promise<Verdict>,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const over = new AbortController()
    const end = () => over.abort()
    signal.addEventListener('abort', end, { once: true })
    const beating = this.#beat(generationId, over).catch((thrown: unknown) => {
      // Nobody waits for an answer any more.
      if (over.signal.aborted) return
      end()
      throw thrown
    })
    // It is thrown when the work has stopped.
    beating.catch(() => undefined)
    try {
      return await work({
        ...{ id: generationId, memberId: this.#memberId, assignment, signal: over.signal },
        commit: (offsets, note) => this.#commit(generationId, offsets, note),
      })
    } finally {
      signal.removeEventListener('abort', end)
      end()
      await beating
    }
  }

  /** Says that it lives, until somebody ends the generation. */
  async #beat(generationId: number, over: AbortController): Promise<void> {
    const { groupId, heartbeatIntervalMs, timeoutMs } = this.#options
    for (;;) {
      await delay(this.#cluster.clock, heartbeatIntervalMs, over.signal)
      if (over.signal.aborted) return
      const asked = { groupId, generationId, memberId: this.#memberId }
      const { errorCode } = await this.#coordinator.ask(
        heartbeat,
        asked,
        (told) => told.errorCode,
        {
          ...{ timeoutMs, signal: over.signal },
        },
      )
      if (this.#mustBeginAgain(errorCode)) return over.abort()
      refuseUnlessNone(errorCode, `group ${groupId}`)
    }
  }

  async #commit(generationId: number, offsets: GroupOffsets, note?: CommitNote): Promise<void> {
    const { groupId, timeoutMs } = this.#options
    const answer = await this.#coordinator.ask(
      offsetCommit,
      {
        ...{ groupId, generationIdOrMemberEpoch: generationId, memberId: this.#memberId },
        topics: committedTopics(offsets, note),
      },
      firstCommitError,
      { timeoutMs },
    )
    refuseUnlessNone(firstCommitError(answer), `offsets of group ${groupId}`)
  }

  /** Whether an answer only means that the next generation is to be joined. */
  #mustBeginAgain(errorCode: number): boolean {
    if (errorCode === errors.UNKNOWN_MEMBER_ID) this.#memberId = ''
    return AGAIN.has(errorCode)
  }

  /** A courtesy to those that stay: without it they wait for the session to end. */
  async #leave(): Promise<void> {
    const memberId = this.#memberId
    if (memberId === '') return
    this.#memberId = ''
    const { groupId, heartbeatIntervalMs } = this.#options
    // A JoinGroup may be waiting on the other connection.
    const cluster = this.#cluster.another()
    try {
      const leaving = { groupId, memberId, members: [{ memberId, groupInstanceId: null }] }
      await new Coordinator(cluster, groupId).ask(leaveGroup, leaving, (told) => told.errorCode, {
        timeoutMs: heartbeatIntervalMs,
      })
    } catch {
      // Then the session ends by itself.
    } finally {
      await cluster.close()
    }
  }
}

const AGAIN: ReadonlySet<number> = new Set([
  errors.REBALANCE_IN_PROGRESS,
  errors.ILLEGAL_GENERATION,
  errors.UNKNOWN_MEMBER_ID,
])

/** What it resolves with, or null once the signal aborts; a failure after that is nobody's. */
async function unlessAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal,
): Promise<Value | null> {
  let onAbort: () => void = () => undefined
  const aborted = new Promise<null>((resolve) => {
    onAbort = () => resolve(null)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

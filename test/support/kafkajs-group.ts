/**
 * A member of a consumer group, by kafkajs: what it has read, which partitions it has, and when
 * that changes.
 */
import type { Consumer, Kafka } from 'kafkajs'
import { within } from './within.ts'

const WAIT_MS = 60_000

export interface MemberOptions {
  readonly groupId: string
  readonly topic: string
  readonly fromBeginning?: boolean
  readonly sessionTimeout?: number
  readonly autoCommit?: boolean
}

export interface Read {
  readonly partition: number
  readonly offset: number
  readonly value: string | null
}

export class GroupMember implements AsyncDisposable {
  readonly consumer: Consumer
  readonly read: Read[] = []
  /** In the present generation. */
  partitions: readonly number[] = []
  #hasLeft = false
  readonly #waits = new Set<() => void>()

  private constructor(consumer: Consumer) {
    this.consumer = consumer
  }

  /** Resolves when it runs; what it is assigned comes later. */
  static async join(
    kafka: Kafka,
    { groupId, topic, fromBeginning = true, sessionTimeout = 10_000, autoCommit }: MemberOptions,
  ): Promise<GroupMember> {
    const consumer = kafka.consumer({
      ...{ groupId, sessionTimeout, heartbeatInterval: 200, rebalanceTimeout: 20_000 },
      // It dials a broker that is gone so often before it looks for another one.
      ...{ maxWaitTimeInMs: 100, retry: { initialRetryTime: 50, maxRetryTime: 200, retries: 5 } },
    })
    const member = new GroupMember(consumer)
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      member.partitions = payload.memberAssignment[topic] ?? []
      member.#look()
    })
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning })
    await consumer.run({
      ...(autoCommit === undefined ? {} : { autoCommit }),
      eachMessage: ({ partition, message: { offset, value } }) => {
        member.read.push({
          ...{ partition, offset: Number(offset) },
          value: value?.toString() ?? null,
        })
        member.#look()
        return Promise.resolve()
      },
    })
    return member
  }

  #look(): void {
    for (const look of this.#waits) look()
  }

  /** Resolves as soon as `isTrue` says so; it is asked whenever the member hears something. */
  until(what: string, isTrue: (member: GroupMember) => boolean): Promise<void> {
    const event = new Promise<void>((resolve) => {
      const look = () => {
        if (!isTrue(this)) return
        this.#waits.delete(look)
        resolve()
      }
      this.#waits.add(look)
      look()
    })
    return within(WAIT_MS, what, event)
  }

  /** Resolves when it has read so many records. */
  async hasRead(count: number): Promise<readonly (string | null)[]> {
    await this.until(`${count} records`, ({ read }) => read.length >= count)
    return this.read.map(({ value }) => value)
  }

  /** Commits what it has read, and leaves. */
  async leave(): Promise<void> {
    if (this.#hasLeft) return
    this.#hasLeft = true
    await this.consumer.disconnect()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.leave()
  }
}

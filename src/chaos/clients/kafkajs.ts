/**
 * A process of its own: kafkajs, unmodified, in the roles it knows. It has no `assign`, so whatever
 * it reads it reads as a member of a group.
 *
 * Refused for certain is what `refusals.ts` names. After any other failure it is open what its
 * broker appended: kafkajs tries again by itself and tells of the last attempt only.
 */
import type { Consumer, EachBatchPayload, Kafka, KafkaConfig, Producer } from 'kafkajs'
import { formatHostPort } from '../../config/addresses.ts'
import { rows } from './lograft-member.ts'
import { openLoop, type RecordToSend, type Sender } from './open-loop.ts'
import { idIn, keyIn, runProgram, type Stage } from './program.ts'
import type { Lane, MemberRole, ReadRole } from './protocol.ts'
import { loadTheirs } from './theirs.ts'

const theirs = await loadTheirs<typeof import('kafkajs')>('kafkajs')

const HEARTBEAT_MS = 300
const REBALANCE_MS = 10_000
const COMMIT_EVERY_MS = 100

const kafkaOf = ({ bootstrap, complain }: Stage, clientId: string): Kafka => {
  const config: KafkaConfig = {
    ...{ clientId, brokers: bootstrap.map(formatHostPort) },
    logLevel: theirs.logLevel.ERROR,
    logCreator:
      () =>
      ({ log }) =>
        complain(`${log.message} ${typeof log['error'] === 'string' ? log['error'] : ''}`),
  }
  return new theirs.Kafka(config)
}

/**
 * Of a broker whose connection broke while metadata was asked for, kafkajs may then think that
 * another is the same one. For partitions that it leads it sends requests without a record in them,
 * says that all is sent, and goes on like that.
 */
class LostItsWay extends Error {
  override readonly name = 'LostItsWay'
  override readonly message = 'kafkajs says that it is done, and has sent nothing'
}

/**
 * One `send` for each partition: kafkajs takes up again, broker by broker, a `send` that one broker
 * did not answer, and forgets partitions that have moved meanwhile to a broker that did. It says
 * that all is sent, and their next records get the sequence numbers of those, so that a broker must
 * take them for the same ones.
 */
class KafkajsSender implements Sender {
  readonly #producer: Producer
  readonly #connected: Promise<void>
  readonly #acks: -1 | 1

  constructor(
    producer: Producer,
    { acks, stage }: { readonly acks: -1 | 1; readonly stage: Stage },
  ) {
    this.#producer = producer
    this.#acks = acks
    this.#connected = this.#connect(stage)
    // Whoever sends hears of it.
    this.#connected.catch(() => undefined)
  }

  async send({ topic, partition }: Lane, records: readonly RecordToSend[]): Promise<number> {
    await this.#connected
    const messages = records.map(({ key, value }) => ({ partition, key, value }))
    const [answer] = await this.#producer.send({ topic, acks: this.#acks, messages })
    if (answer === undefined) throw new LostItsWay()
    return Number(answer.baseOffset)
  }

  async close(): Promise<void> {
    await this.#producer.disconnect()
  }

  refusal(thrown: unknown): string | null {
    return typeOf(thrown)
  }

  /** A cluster that has just come up may take longer to give a producer id than kafkajs asks. */
  async #connect({ complain, signal, sleep }: Stage): Promise<void> {
    for (;;)
      try {
        return await this.#producer.connect()
      } catch (thrown) {
        complain(thrown)
        if (signal.aborted) throw thrown
        await sleep(HEARTBEAT_MS)
      }
  }
}

/** Kafka's name of the error, which kafkajs keeps in the innermost one. */
function typeOf(thrown: unknown): string | null {
  for (let error = thrown; error instanceof Error; error = error.cause)
    if ('type' in error && typeof error.type === 'string') return error.type
  return null
}

/** What a member has of the present generation. */
interface Standing {
  /** Counts joins, for generations that kafkajs has not told yet. */
  joins: number
  memberId: string
  /** −1: not told yet; it comes with the first heartbeat. */
  generation: number
  mine: ReadonlySet<string>
  committedMs: number
  /** Commits of which the coordinator said so, by their notes. */
  readonly acknowledged: Set<string>
}

const placeOf = (topic: string, partition: number) => `${topic} ${partition}`

/**
 * kafkajs looks for the coordinator when it joins and never again: told that it is another one, it
 * asks the old one until its retries are used up, forgets that it is a member, and joins as a new
 * one. Its retries are few here. Of some ends it does not recover at all; then another consumer is
 * made, as whoever restarts a process that died of that would.
 */
class Member {
  readonly #role: MemberRole
  readonly #stage: Stage
  readonly #kafka: Kafka
  readonly #lanes: ReadonlyMap<string, number>
  #notes = 0

  constructor(role: MemberRole, stage: Stage) {
    this.#role = role
    this.#stage = stage
    this.#kafka = kafkaOf(stage, role.process)
    this.#lanes = lanesOf(role.lanes)
  }

  async run(): Promise<void> {
    const { signal, complain, sleep } = this.#stage
    while (!signal.aborted) {
      const consumer = this.#kafka.consumer({
        ...{ groupId: this.#role.group, sessionTimeout: this.#role.sessionTimeoutMs },
        ...{ heartbeatInterval: HEARTBEAT_MS, rebalanceTimeout: REBALANCE_MS },
        maxWaitTimeInMs: 100,
        retry: {
          ...{ initialRetryTime: 50, maxRetryTime: 200, retries: 2 },
          restartOnFailure: () => Promise.resolve(!signal.aborted),
        },
      })
      try {
        await this.#live(consumer)
      } catch (thrown) {
        complain(thrown)
        await sleep(HEARTBEAT_MS)
      }
      await consumer.disconnect().catch(complain)
    }
  }

  /** Until it crashes, or the order ends. */
  async #live(consumer: Consumer): Promise<void> {
    const { signal } = this.#stage
    const standing: Standing = {
      ...{ joins: 0, memberId: '', generation: -1, mine: new Set(), committedMs: 0 },
      acknowledged: new Set(),
    }
    const over = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true })
      consumer.on('consumer.crash', ({ payload }) => (payload.restart ? undefined : resolve()))
    })
    consumer.on('consumer.rebalancing', () => this.#revoked(standing))
    consumer.on('consumer.group_join', ({ payload }) => {
      this.#revoked(standing)
      standing.joins += 1
      standing.memberId = payload.memberId
      standing.generation = -1
      const places = Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) =>
        partitions.map((partition) => placeOf(topic, partition)),
      )
      standing.mine = new Set(places)
      for (const index of this.#mine(standing))
        this.#stage.say(['position', 'assigned', index, null])
    })
    consumer.on('consumer.heartbeat', ({ payload: { memberId, groupGenerationId } }) =>
      this.#told(standing, memberId, groupGenerationId),
    )
    consumer.on('consumer.commit_offsets', ({ payload: { topics } }) => {
      for (const { partitions } of topics)
        for (const { metadata } of partitions as readonly { readonly metadata?: string }[])
          if (metadata !== undefined) standing.acknowledged.add(metadata)
    })
    await consumer.connect()
    await consumer.subscribe({ topics: topicsOf(this.#role.lanes), fromBeginning: true })
    await consumer.run({
      ...{ autoCommit: false, partitionsConsumedConcurrently: 3 },
      eachBatch: (payload) => this.#take(consumer, standing, payload),
    })
    await over
    this.#revoked(standing)
  }

  #mine({ mine }: Standing): readonly number[] {
    return [...mine].flatMap((place) => this.#lanes.get(place) ?? [])
  }

  #revoked(standing: Standing): void {
    for (const index of this.#mine(standing)) this.#stage.say(['position', 'revoked', index, null])
    standing.mine = new Set()
  }

  /** Its generation, as soon as kafkajs tells. */
  #told(standing: Standing, memberId: string, generation: number): void {
    if (standing.generation === generation || standing.memberId !== memberId) return
    standing.generation = generation
    this.#stage.say(['assigned', memberId, generation, this.#mine(standing)])
  }

  async #take(consumer: Consumer, standing: Standing, payload: EachBatchPayload): Promise<void> {
    const began = standing.joins
    const { topic, partition, messages } = payload.batch
    const lane = this.#lanes.get(placeOf(topic, partition))
    const last = messages.at(-1)
    if (lane === undefined || last === undefined) return
    const { say } = this.#stage
    const offsets = messages.map(({ offset }) => Number(offset))
    if (this.#role.tellsRecords) {
      const ids = messages.map(({ key, value }) => idIn(value, key))
      const keys = messages.map(({ key }) => keyIn(key))
      say(['poll', lane, offsets, ids, keys.some((key) => key !== null) ? keys : null])
    } else for (const [first, end] of rows(offsets)) say(['processed', lane, first, end])
    // What it throws would have the same records given again. Its own loop beats too, and is told.
    await payload.heartbeat().catch((thrown: unknown) => this.#stage.complain(thrown))
    const isMine = () => began === standing.joins && standing.mine.has(placeOf(topic, partition))
    if (isMine()) await this.#commit(consumer, standing, { topic, partition, lane, last })
  }

  async #commit(
    consumer: Consumer,
    standing: Standing,
    of: Lane & { readonly lane: number; readonly last: { readonly offset: string } },
  ): Promise<void> {
    const { say, nowMs } = this.#stage
    // Records are told one by one: there commits only keep the group from going back.
    if (this.#role.tellsRecords && nowMs() - standing.committedMs < COMMIT_EVERY_MS) return
    standing.committedMs = nowMs()
    const { topic, partition, lane, last } = of
    const offset = Number(last.offset) + 1
    const metadata = `${this.#role.process}#${(this.#notes += 1)}`
    say(['committing', lane, offset, metadata, standing.memberId, standing.generation])
    try {
      await consumer.commitOffsets([{ topic, partition, offset: String(offset), metadata }])
      // A consumer that has stopped meanwhile says nothing of what it was told, or of its silence.
      const isTold = standing.acknowledged.delete(metadata)
      say(['committed', metadata, isTold ? 'ok' : 'unknown', isTold ? null : 'no longer running'])
    } catch (thrown) {
      say(['committed', metadata, 'unknown', typeOf(thrown) ?? String(thrown)])
      throw thrown
    }
  }
}

async function read({ lanes, from, to, process: name }: ReadRole, stage: Stage): Promise<void> {
  const consumer = kafkaOf(stage, name).consumer({ groupId: name, maxWaitTimeInMs: 100 })
  const indexes = lanesOf(lanes)
  const next = [...from]
  await consumer.connect()
  await consumer.subscribe({ topics: topicsOf(lanes), fromBeginning: true })
  await new Promise<void>((resolve, reject) => {
    const isDone = () => next.every((offset, lane) => offset >= (to[lane] ?? 0))
    if (isDone()) return resolve()
    stage.signal.addEventListener('abort', () => resolve(), { once: true })
    const eachBatch = ({ batch: { topic, partition, messages } }: EachBatchPayload) => {
      const lane = indexes.get(placeOf(topic, partition))
      if (lane === undefined) return Promise.resolve()
      const within = messages.filter(
        ({ offset }) => Number(offset) >= (next[lane] ?? 0) && Number(offset) < (to[lane] ?? 0),
      )
      if (within.length > 0) {
        const offsets = within.map(({ offset }) => Number(offset))
        const ids = within.map(({ key, value }) => idIn(value, key))
        const keys = within.map(({ key }) => keyIn(key))
        stage.say(['poll', lane, offsets, ids, keys.some((key) => key !== null) ? keys : null])
      }
      const last = messages.at(-1)
      if (last) next[lane] = Number(last.offset) + 1
      if (isDone()) resolve()
      return Promise.resolve()
    }
    consumer.run({ autoCommit: false, eachBatch }).catch(reject)
  })
  if (!stage.signal.aborted) stage.say(['done'])
  await consumer.disconnect()
}

const topicsOf = (lanes: readonly Lane[]) => [...new Set(lanes.map(({ topic }) => topic))]

const lanesOf = (lanes: readonly Lane[]): ReadonlyMap<string, number> =>
  new Map(lanes.map(({ topic, partition }, index) => [placeOf(topic, partition), index]))

await runProgram({
  produce(role, stage) {
    const kafka = kafkaOf(stage, role.process)
    const { acks, idempotent } = role
    return openLoop(
      ...([role, stage] as const),
      () => new KafkajsSender(kafka.producer({ idempotent }), { acks, stage }),
    )
  },
  member: (role, stage) => new Member(role, stage).run(),
  read,
})

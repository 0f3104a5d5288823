/**
 * A process of its own: @platformatic/kafka, unmodified, in the roles it knows. Its commits carry
 * no note, so it is no member of a group whose commits are judged; it reads as a member of its
 * own.
 *
 * Refused for certain is what `refusals.ts` names. After any other failure it is open what its
 * broker appended: it tries again by itself.
 */
import type { GenericError, Message, Producer } from '@platformatic/kafka'
import { formatHostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { errors } from '../../wire/errors.ts'
import { openLoop, type RecordToSend, type Sender } from './open-loop.ts'
import { idIn, keyIn, runProgram, type Stage } from './program.ts'
import { RECORDS_AT_ONCE, type Lane, type MemberRole, type ProduceRole } from './protocol.ts'
import { loadTheirs } from './theirs.ts'

const theirs = await loadTheirs<typeof import('@platformatic/kafka')>('@platformatic/kafka')

const RETRY_MS = 50
/**
 * It goes on asking a broker that is gone who led when it began to send, and looks for another
 * leader only after that many times.
 */
const RETRIES = 3
const HEARTBEAT_MS = 300
const REBALANCE_MS = 10_000
const COMMIT_EVERY_MS = 1_000
const AGAIN_MS = 200
const POLL_MS = 20

const optionsOf = ({ bootstrap }: Stage, clientId: string) => ({
  ...{ clientId, bootstrapBrokers: bootstrap.map(formatHostPort) },
  ...{ retries: RETRIES, retryDelay: RETRY_MS, connectTimeout: 2_000 },
})

/** One `send` under way for each partition: another would get the same sequence numbers. */
class PlatformaticSender implements Sender {
  readonly #producer: Producer
  readonly #acks: -1 | 1

  constructor({ process: name, acks, idempotent }: ProduceRole, stage: Stage) {
    this.#acks = acks
    this.#producer = new theirs.Producer({
      ...{ ...optionsOf(stage, name), idempotent, acks },
    })
  }

  async send({ topic, partition }: Lane, records: readonly RecordToSend[]): Promise<number> {
    const messages = records.map(({ key, value }) => ({
      ...{ topic, partition },
      ...(key !== null && { key: Buffer.from(key) }),
      ...(value !== null && { value: Buffer.from(value) }),
    }))
    const { offsets = [] } = await this.#producer.send({ messages, acks: this.#acks })
    const [told] = offsets
    if (told?.partition !== partition)
      throw new Error('@platformatic/kafka says that it is done, and tells no offset')
    return Number(told.offset)
  }

  async close(): Promise<void> {
    await Promise.resolve(this.#producer.close(true))
  }

  refusal(thrown: unknown): string | null {
    const error = thrown as Partial<GenericError>
    return Object.keys(errors).find((name) => error.findBy?.('apiId', name)) ?? null
  }
}

/** Reads until the order ends, with another consumer after each end that it does not survive. */
async function member(role: MemberRole, stage: Stage): Promise<void> {
  if (!role.tellsRecords) throw new Error('its commits carry no note by which they are known again')
  const { signal, complain, sleep } = stage
  while (!signal.aborted) {
    try {
      await live(role, stage)
    } catch (thrown) {
      complain(thrown)
      await sleep(AGAIN_MS)
    }
  }
}

async function live({ lanes, group, process, ...of }: MemberRole, stage: Stage): Promise<void> {
  const index = new Map(lanes.map((lane, at) => [`${lane.topic} ${lane.partition}`, at]))
  const consumer = new theirs.Consumer({
    ...{ ...optionsOf(stage, process), groupId: group, maxWaitTime: 100 },
    ...{ sessionTimeout: of.sessionTimeoutMs, heartbeatInterval: HEARTBEAT_MS },
    ...{ rebalanceTimeout: REBALANCE_MS, autocommit: COMMIT_EVERY_MS },
  })
  const polls = new Polls(stage)
  let mine: readonly number[] = []
  const become = (now: readonly number[]) => {
    polls.flush()
    for (const lane of mine) stage.say(['position', 'revoked', lane, null])
    mine = now
    for (const lane of mine) stage.say(['position', 'assigned', lane, null])
  }
  consumer.on('consumer:group:join', ({ assignments = [] }) =>
    become(
      assignments.flatMap(({ topic, partitions }) =>
        partitions.flatMap((partition) => index.get(`${topic} ${partition}`) ?? []),
      ),
    ),
  )
  try {
    const topics = [...new Set(lanes.map(({ topic }) => topic))]
    const stream = await consumer.consume({
      ...{ topics, mode: 'committed', fallbackMode: 'earliest', maxWaitTime: 100 },
    })
    const end = () => void stream.close().catch(stage.complain)
    stage.signal.addEventListener('abort', end, { once: true })
    if (stage.signal.aborted) end()
    for await (const message of stream) {
      const lane = index.get(`${message.topic} ${message.partition}`)
      if (lane !== undefined) polls.add(lane, message)
    }
    stage.signal.removeEventListener('abort', end)
  } finally {
    become([])
    await Promise.resolve(consumer.close(true)).catch(stage.complain)
  }
}

/** Records come one by one; those of one partition that come together are one poll. */
class Polls {
  readonly #say: Stage['say']
  #lane = -1
  #offsets: number[] = []
  #ids: (string | null)[] = []
  #keys: (string | null)[] = []

  constructor({ say }: Stage) {
    this.#say = say
  }

  add(lane: number, { offset, key, value }: Message): void {
    if (lane !== this.#lane || this.#offsets.length >= RECORDS_AT_ONCE) this.flush()
    if (this.#offsets.length === 0) hostClock.timer(POLL_MS, () => this.flush())
    this.#lane = lane
    this.#offsets.push(Number(offset))
    this.#ids.push(idIn(value, key))
    this.#keys.push(keyIn(key))
  }

  flush(): void {
    if (this.#offsets.length === 0) return
    const keys = this.#keys.some((key) => key !== null) ? this.#keys : null
    this.#say(['poll', this.#lane, this.#offsets, this.#ids, keys])
    this.#offsets = []
    this.#ids = []
    this.#keys = []
  }
}

await runProgram({
  produce: (role, stage) => openLoop(role, stage, () => new PlatformaticSender(role, stage)),
  member,
})

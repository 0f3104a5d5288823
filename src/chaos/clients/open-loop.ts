/**
 * Producing in an open loop: each record has a time at which it is due, which no answer changes,
 * so that what a slow or absent leader costs is seen in full by every record it held up (no
 * coordinated omission). What cannot be sent stays due, and costs no memory: a lane's records are
 * due at regular times. One request is under way for each lane, with everything that was due when
 * it was sent.
 */
import { hostRandom } from '../../host/random.ts'
import type { Outcome } from '../history/events.ts'
import type { RecordId } from '../history/values.ts'
import { valueOf } from '../history/values.ts'
import type { Stage } from './program.ts'
import type { Lane, ProduceRole } from './protocol.ts'
import { RECORDS_AT_ONCE } from './protocol.ts'
import { outcomeOf } from './refusals.ts'

export interface RecordToSend {
  readonly key: string | null
  /** Null: a tombstone. */
  readonly value: string | null
}

/** A producer as long as it can be relied on: one name, one order. */
export interface Sender {
  /** Resolves with the offset of the first record; null when the client does not tell. */
  send(lane: Lane, records: readonly RecordToSend[]): Promise<number | null>
  /** Nothing more is sent. */
  close(): Promise<void>
  /** Kafka's name of the error that a broker gave, or null. */
  refusal(thrown: unknown): string | null
}

/** After a failure, for clients that retry by themselves. */
const PAUSE_MS = 50
const REASON_CHARACTERS = 200

export async function openLoop(
  role: ProduceRole,
  stage: Stage,
  open: (name: string) => Promise<Sender> | Sender,
): Promise<void> {
  await new OpenLoop(role, stage, open).run()
}

/** One sender, and how many lanes are using it. */
interface Turn {
  readonly name: string
  readonly sender: Promise<Sender>
  numbers: number
  sends: number
  isOver: boolean
}

interface Batch {
  readonly turn: Turn
  readonly lane: number
  readonly first: number
  readonly due: readonly number[]
  readonly records: readonly RecordToSend[]
}

class OpenLoop {
  readonly #role: ProduceRole
  readonly #stage: Stage
  readonly #open: (name: string) => Promise<Sender> | Sender
  readonly #startMs: number
  #turns = 0
  #turn: Turn

  constructor(role: ProduceRole, stage: Stage, open: (name: string) => Promise<Sender> | Sender) {
    this.#role = role
    this.#stage = stage
    this.#open = open
    this.#startMs = stage.nowMs()
    this.#turn = this.#newTurn()
  }

  async run(): Promise<void> {
    await Promise.all(this.#role.lanes.map((_, lane) => this.#produce(lane)))
    this.#turn.isOver = true
    this.#closeUnused(this.#turn)
  }

  /** The time of a lane's record, counted from 0. */
  #dueMs(lane: number, index: number): number {
    const { lanes, rate } = this.#role
    const ms = this.#startMs + ((index * lanes.length + lane) * 1_000) / rate
    return Math.round(ms * 1_000) / 1_000
  }

  async #produce(lane: number): Promise<void> {
    const { signal, nowMs, sleep } = this.#stage
    for (let next = 0; !signal.aborted;) {
      const waitMs = this.#dueMs(lane, next) - nowMs()
      if (waitMs > 0) {
        await sleep(Math.ceil(waitMs))
        continue
      }
      const due: number[] = []
      while (due.length < RECORDS_AT_ONCE && this.#dueMs(lane, next) <= nowMs())
        due.push(this.#dueMs(lane, next++))
      await this.#send(lane, due)
    }
  }

  async #send(lane: number, due: readonly number[]): Promise<void> {
    const turn = this.#turn
    const first = turn.numbers + 1
    turn.numbers += due.length
    turn.sends += 1
    const ids = due.map((_, index) => ({ producer: turn.name, number: first + index }))
    const records = ids.map((id) => this.#record(id, lane))
    this.#announce({ turn, lane, first, due, records })
    const told = (outcome: Outcome, offset: number | null, why: string | null) =>
      this.#stage.say(['sent', turn.name, first, due.length, outcome, offset, why])
    let sender: Sender | null = null
    try {
      sender = await turn.sender
      told('ok', await sender.send(this.#role.lanes[lane] as Lane, records), null)
    } catch (thrown) {
      const name = sender?.refusal(thrown) ?? null
      told(outcomeOf(name), null, name ?? String(thrown).slice(0, REASON_CHARACTERS))
      this.#stage.complain(thrown)
      // Its next records might get the sequence numbers of these.
      if (this.#turn === turn) this.#turn = this.#newTurn()
      turn.isOver = true
      await this.#stage.sleep(PAUSE_MS)
    }
    turn.sends -= 1
    this.#closeUnused(turn)
  }

  #announce({ turn, lane, first, due, records }: Batch): void {
    const keys = records.flatMap(({ key }) => key ?? [])
    const tombstones = records.flatMap(({ value }, index) => (value === null ? first + index : []))
    this.#stage.say([
      ...(['sending', turn.name, lane, first, due] as const),
      keys.length > 0 ? keys : null,
      tombstones.length > 0 ? tombstones : null,
    ])
  }

  /** A key has one partition, as partitioners would have it. */
  #record(id: RecordId, lane: number): RecordToSend {
    const { keys, tombstones } = this.#role
    if (keys === null) return { key: null, value: valueOf(id) }
    const key = `key-${lane}-${Math.floor(hostRandom.next() * keys)}`
    return { key, value: hostRandom.next() < tombstones ? null : valueOf(id) }
  }

  #newTurn(): Turn {
    const name = `${this.#role.process}.${(this.#turns += 1)}`
    const sender = Promise.resolve(this.#open(name))
    // Whoever sends hears of it.
    sender.catch(() => undefined)
    return { name, sender, numbers: 0, sends: 0, isOver: false }
  }

  #closeUnused(turn: Turn): void {
    if (!turn.isOver || turn.sends > 0) return
    turn.sender
      .then((sender) => sender.close())
      .catch((thrown: unknown) => this.#stage.complain(thrown))
  }
}

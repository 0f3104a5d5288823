/**
 * Histories of a cluster that keeps its word, drawn from a model of it: idempotent producers whose
 * records are appended in their order or not at all, a consumer that polls all of it, two readers
 * of everything, three replicas. And single changes of them, each of one kind of anomaly; null
 * where a run has nothing of that to change.
 */
import fc from 'fast-check'
import {
  OWN_BROKERS,
  type FinalEvent,
  type HistoryEvent,
  type PollEvent,
  type ReplicaEvent,
  type SendEvent,
} from '../../../src/chaos/history/events.ts'
import { final, phase, poll, position, replica, run, send } from './made-history.ts'

const PARTITIONS = 2

interface Drawn {
  readonly producer: number
  readonly partition: number
  /** What became of it; `gone` was not answered and is not there. */
  readonly fate: 'ok' | 'untold' | 'refused' | 'appended' | 'gone'
  readonly delayMs: number
}

export const drawnRuns: fc.Arbitrary<DrawnRun> = fc
  .tuple(
    fc.array(
      fc.record({
        producer: fc.nat(2),
        partition: fc.nat(PARTITIONS - 1),
        fate: fc.constantFrom('ok', 'ok', 'ok', 'ok', 'untold', 'refused', 'appended', 'gone'),
        delayMs: fc.nat(50),
      }) as fc.Arbitrary<Drawn>,
      { minLength: 1, maxLength: 60 },
    ),
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 20 }),
  )
  .map(([drawn, sizes]) => new DrawnRun(drawn, sizes))

type Log = readonly SendEvent[]

export class DrawnRun {
  /** By partition: what is at each offset. */
  readonly #logs: readonly Log[]
  readonly #sends: readonly SendEvent[]
  readonly #polls: readonly HistoryEvent[]

  constructor(drawn: readonly Drawn[], sizes: readonly number[]) {
    const logs: SendEvent[][] = Array.from({ length: PARTITIONS }, () => [])
    // What everybody has acknowledged to begin with, so that no client and no partition has
    // nothing.
    const all = [0, 1, 2].flatMap((producer) =>
      logs.map((_, partition): Drawn => ({ producer, partition, fate: 'ok', delayMs: 1 })),
    )
    this.#sends = [...all, ...drawn].map(({ producer, partition, fate, delayMs }, index) => {
      const log = logs[partition] ?? []
      const isThere = fate === 'ok' || fate === 'untold' || fate === 'appended'
      const of = send(index + 1, {
        ...{ producer: `p${producer}`, process: `kafkajs/${producer}`, partition },
        ...{ dueMs: index * 10, sentMs: index * 10, doneMs: index * 10 + delayMs },
        ...{ offset: fate === 'ok' ? log.length : null },
        ...(fate === 'refused' && { outcome: 'fail' as const, error: 'NO' }),
        ...((fate === 'appended' || fate === 'gone') && { outcome: 'unknown' as const }),
      })
      if (isThere) log.push(of)
      return of
    })
    this.#logs = logs
    this.#polls = logs.flatMap((log, partition) => [
      ...pollsOf(log, partition, sizes),
      // Whoever goes back is given the same again.
      position('seek', 0, { partition, process: 'reader' }),
      ...pollsOf(log, partition, sizes.slice(0, 1)).slice(0, 1),
    ])
  }

  get events(): readonly HistoryEvent[] {
    return this.#whole({})
  }

  // --- changes

  /** A record of that outcome is not there, as if its offset were skipped. */
  without(which: number, outcome: SendEvent['outcome']): readonly HistoryEvent[] | null {
    // The last of a log would leave no gap.
    const wanted = this.#logs.flatMap((log) => log.slice(0, -1))
    const one = pick(
      wanted.filter((of) => of.outcome === outcome),
      which,
    )
    if (!one) return null
    return this.#changedFinals((event) => {
      const at = event.ids.indexOf(idOf(one))
      return at < 0 ? event : { ...event, ...leftOut(event, at) }
    })
  }

  toldOf(which: number, changes: Partial<SendEvent>): readonly HistoryEvent[] | null {
    return this.#changedSend(pick(this.#logs.flat(), which), changes)
  }

  toldElsewhere(which: number): readonly HistoryEvent[] | null {
    const one = pick(this.#told, which)
    return this.#changedSend(one, { offset: (one?.offset ?? 0) + 1_000 })
  }

  toldTwice(which: number): readonly HistoryEvent[] | null {
    const one = pick(this.#told, which)
    const other = this.#told.find((of) => of !== one && of.partition === one?.partition)
    return this.#changedSend(other, { offset: one?.offset ?? 0 })
  }

  /** It is at the end of its log once more. */
  again(which: number): readonly HistoryEvent[] | null {
    const one = pick(this.#logs.flat(), which)
    return this.#changedFinals((event) => {
      if (!one || event.partition !== one.partition) return event
      const end = event.offsets.length
      return { ...event, offsets: [...event.offsets, end], ids: [...event.ids, idOf(one)] }
    })
  }

  /** Two neighbours of one producer, in the other order. */
  swapped(which: number): readonly HistoryEvent[] | null {
    const log = pick(this.#logs, which) ?? []
    const at = log.findIndex((of, index) => log[index + 1]?.producer === of.producer)
    const [one, two] = [log[at], log[at + 1]]
    if (at < 0 || !one || !two) return null
    const untold = this.#sends.map((of) =>
      of === one || of === two ? { ...of, offset: null } : of,
    )
    return this.#whole({
      sends: untold,
      polls: [],
      finals: this.#finals.map((event) => {
        if (event.partition !== one.partition) return event
        const ids = event.ids.map((id) => {
          if (id === idOf(one)) return idOf(two)
          return id === idOf(two) ? idOf(one) : id
        })
        return { ...event, ids }
      }),
    })
  }

  replacedBy(which: number, id: string | null): readonly HistoryEvent[] | null {
    const one = pick(this.#logs.flat(), which)
    return this.#changedFinals((event) => {
      return { ...event, ids: event.ids.map((known) => (one && known === idOf(one) ? id : known)) }
    })
  }

  /** One of the readers has no such record. */
  notGiven(which: number): readonly HistoryEvent[] | null {
    const one = pick(
      this.#sends.filter(({ outcome }) => outcome === 'ok'),
      which,
    )
    if (!one) return null
    return this.#changedFinals((event) => {
      const at = event.ids.indexOf(idOf(one))
      return at < 0 || event.reader !== 'kcat' ? event : { ...event, ...leftOut(event, at) }
    })
  }

  polledOther(which: number): readonly HistoryEvent[] | null {
    return this.#changedPoll(which, (event) => {
      const ids = event.ids.map((id, index) => (index === 0 ? `${id}0000` : id))
      return { ...event, ids }
    })
  }

  /** A consumer was given one more than there is in the end. */
  polledBeyond(): readonly HistoryEvent[] | null {
    const gone = this.#sends.find(
      (of) => of.outcome === 'unknown' && !this.#logs.flat().includes(of),
    )
    if (!gone) return null
    const end = this.#logs[gone.partition ?? 0]?.length ?? 0
    const more = { partition: gone.partition ?? 0, process: 'other', first: end }
    return this.#whole({ polls: [...this.#polls, poll([idOf(gone)], more)] })
  }

  pollLeftOut(which: number): readonly HistoryEvent[] | null {
    return this.#changedPolls(which, (before) => [before])
  }

  pollAgain(which: number): readonly HistoryEvent[] | null {
    return this.#changedPolls(which, (before, one) => [before, one, one])
  }

  leftOutOfPoll(which: number): readonly HistoryEvent[] | null {
    return this.#changedPoll(which, (event) => {
      return event.offsets.length < 3 ? null : { ...event, ...leftOut(event, 1) }
    })
  }

  otherBytes(which: number): readonly HistoryEvent[] | null {
    const replicas = this.#replicas
    const one = pick(replicas, which)
    const changed = replicas.map((event): ReplicaEvent => {
      const [first, ...rest] = event.batches
      if (event !== one || !first) return event
      const [base, last, epoch, bytes, crc] = first
      return { ...event, batches: [[base, last, epoch, bytes, crc + 1], ...rest] }
    })
    return this.#whole({ replicas: changed })
  }

  // ---

  /** Acknowledged with an offset. */
  get #told(): readonly SendEvent[] {
    return this.#sends.filter(({ offset }) => offset !== null)
  }

  get #finals(): readonly FinalEvent[] {
    return this.#logs.flatMap((log, partition) => {
      const ids = log.map(idOf)
      return [final(ids, { partition }), final(ids, { partition, reader: 'kcat' })]
    })
  }

  get #replicas(): readonly ReplicaEvent[] {
    return this.#logs.flatMap((log, partition) =>
      [1, 2, 3].map((node) => replica(node, log.length, { partition, highWatermark: log.length })),
    )
  }

  #changedFinals(change: (event: FinalEvent) => FinalEvent): readonly HistoryEvent[] {
    return this.#whole({ finals: this.#finals.map(change) })
  }

  #changedSend(
    one: SendEvent | undefined,
    changes: Partial<SendEvent>,
  ): readonly HistoryEvent[] | null {
    if (!one) return null
    return this.#whole({
      sends: this.#sends.map((of) => (of === one ? { ...of, ...changes } : of)),
    })
  }

  #changedPoll(
    which: number,
    change: (event: PollEvent) => PollEvent | null,
  ): readonly HistoryEvent[] | null {
    const one = pick(this.#polls.filter(isPoll), which)
    const changed = one ? change(one) : null
    if (!changed) return null
    return this.#whole({ polls: this.#polls.map((event) => (event === one ? changed : event)) })
  }

  /** Three in a row of one partition, the middle one changed. */
  #changedPolls(
    which: number,
    change: (before: HistoryEvent, one: HistoryEvent) => readonly HistoryEvent[],
  ): readonly HistoryEvent[] | null {
    const rows = this.#polls.flatMap((_, index) => {
      const row = this.#polls.slice(index, index + 3)
      const isRow = row.length === 3 && row.every(isPoll) && partitionsOf(row).size === 1
      return isRow ? [index + 1] : []
    })
    const at = pick(rows, which)
    const [before, one] = [this.#polls[(at ?? 0) - 1], this.#polls[at ?? 0]]
    if (at === undefined || !before || !one) return null
    const polls = [...this.#polls]
    polls.splice(at - 1, 2, ...change(before, one))
    return this.#whole({ polls })
  }

  #whole({
    sends = this.#sends,
    polls = this.#polls,
    finals = this.#finals,
    replicas = this.#replicas,
  }: {
    readonly sends?: readonly HistoryEvent[]
    readonly polls?: readonly HistoryEvent[]
    readonly finals?: readonly HistoryEvent[]
    readonly replicas?: readonly HistoryEvent[]
  }): readonly HistoryEvent[] {
    const topics = { t: { partitions: PARTITIONS, replicationFactor: 3, compacted: false } }
    return [
      ...[run({ target: OWN_BROKERS, topics }), phase('load', 0)],
      ...[...sends, ...polls, phase('read', 10_000), ...finals, ...replicas],
      phase('end', 11_000),
    ]
  }
}

function pollsOf(log: Log, partition: number, sizes: readonly number[]): readonly PollEvent[] {
  const polls: PollEvent[] = []
  for (let first = 0; first < log.length;) {
    const size = sizes[polls.length % sizes.length] ?? 1
    const ids = log.slice(first, first + size).map(idOf)
    polls.push(poll(ids, { partition, process: 'reader', first }))
    first += size
  }
  return polls
}

const idOf = ({ producer, number }: SendEvent) => `${producer}:${number}`

const isPoll = (event: HistoryEvent): event is PollEvent => event.type === 'poll'

const partitionsOf = (events: readonly HistoryEvent[]) =>
  new Set(events.map((event) => (isPoll(event) ? event.partition : -1)))

function pick<Item>(items: readonly Item[], which: number): Item | undefined {
  return items[which % Math.max(1, items.length)]
}

function leftOut({ offsets, ids }: PollEvent | FinalEvent, at: number) {
  return {
    offsets: offsets.filter((_, index) => index !== at),
    ids: ids.filter((_, index) => index !== at),
  }
}

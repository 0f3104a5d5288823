/**
 * From what client programs say to events of the history. It keeps only what is under way: what a
 * program that died had asked and not answered is written as unknown.
 */
import type { ClientName, WorkloadName } from '../api.ts'
import type { HistoryEvent, Outcome } from '../history/events.ts'
import type { Lane, Line, Role } from './protocol.ts'

export interface LedgerOptions {
  readonly workload: WorkloadName
  readonly client: ClientName
  readonly roles: readonly Role[]
  readonly write: (event: HistoryEvent) => void
  /** Counted by the workload. */
  readonly onOutcome: (outcome: Outcome) => void
  /** Something of a role was answered for the first time. */
  readonly onAnswer: (role: number) => void
  readonly onComplaint: (sentence: string) => void
  /** Read by a role of kind `read`. */
  readonly onRead: (line: Extract<Line, readonly ['poll' | 'done', ...unknown[]]>) => void
  /** Records a member has processed, for those who wait until all are. */
  readonly onProcessed: (lane: Lane, last: number) => void
}

interface Sending {
  readonly role: number
  readonly lane: number
  readonly dueMs: number
  readonly sentMs: number
  readonly key: string | null
  readonly isTombstone: boolean
}

interface Committing {
  readonly role: number
  readonly lane: number
  readonly offset: number
  readonly sentMs: number
  readonly member: string
  readonly generation: number
}

type Sent = Extract<Line, readonly ['sent', ...unknown[]]>
type LineOf<What extends Line[0]> = Extract<Line, readonly [What, ...unknown[]]>

export class Ledger {
  readonly #options: LedgerOptions
  /** By `producer:number`. */
  readonly #sending = new Map<string, Sending>()
  /** By the note of the commit. */
  readonly #committing = new Map<string, Committing>()

  constructor(options: LedgerOptions) {
    this.#options = options
  }

  hear(line: Line): void {
    const { onAnswer, onComplaint, onRead } = this.#options
    switch (line[0]) {
      case 'sending':
        return this.#announced(line)
      case 'sent':
        if (line[6] === 'ok') onAnswer(line[1])
        return this.#sent(line)
      case 'poll':
        onAnswer(line[1])
        return this.#role(line[1]).role === 'read' ? onRead(line) : this.#polled(line)
      case 'position': {
        const [, role, atMs, why, lane, offset] = line
        const event = { ...this.#done(role), ...this.#lane(role, lane), why, offset, atMs }
        return this.#options.write({ type: 'position', ...event })
      }
      case 'assigned':
        onAnswer(line[1])
        return this.#assigned(line)
      case 'processed':
        return this.#processed(line)
      case 'committing': {
        const [, role, sentMs, lane, offset, metadata, member, generation] = line
        const committing = { role, lane, offset, sentMs, member, generation }
        return void this.#committing.set(metadata, committing)
      }
      case 'committed': {
        const [, , doneMs, metadata, outcome, error] = line
        return this.#committed(metadata, { doneMs, outcome, error })
      }
      case 'done':
        return onRead(line)
      case 'log':
        return onComplaint(line[3])
    }
  }

  /** The program is gone: what it had under way is unknown; its consumers are at no place. */
  close(atMs: number): void {
    for (const key of [...this.#sending.keys()])
      this.#settle(key, { doneMs: null, outcome: 'unknown', offset: null, error: 'not answered' })
    for (const metadata of [...this.#committing.keys()])
      this.#committed(metadata, { doneMs: null, outcome: 'unknown', error: 'not answered' })
    for (const [role, { role: kind, lanes }] of this.#options.roles.entries())
      if (kind === 'follow' || kind === 'member')
        for (const lane of lanes)
          this.#options.write({
            ...{ type: 'position', ...this.#done(role), ...lane, why: 'crashed' },
            ...{ offset: null, atMs },
          })
  }

  #announced([, role, sentMs, producer, lane, first, due, keys, tombstones]: LineOf<'sending'>) {
    const isTombstone = (number: number) => tombstones?.includes(number) ?? false
    for (const [index, dueMs] of due.entries()) {
      const number = first + index
      const of = { role, lane, dueMs, sentMs, key: keys?.[index] ?? null }
      const sending = { ...of, isTombstone: isTombstone(number) }
      this.#sending.set(`${producer}:${number}`, sending)
    }
  }

  #sent([, , doneMs, producer, first, count, outcome, offset, error]: Sent): void {
    for (let index = 0; index < count; index += 1)
      this.#settle(`${producer}:${first + index}`, {
        ...{ doneMs, outcome, error },
        offset: offset === null ? null : offset + index,
      })
  }

  #settle(
    key: string,
    {
      error,
      ...told
    }: { doneMs: number | null; outcome: Outcome; offset: number | null; error: string | null },
  ): void {
    const sending = this.#sending.get(key)
    if (!sending) return
    this.#sending.delete(key)
    const at = key.lastIndexOf(':')
    const role = this.#role(sending.role)
    this.#options.write({
      ...{ type: 'send', ...this.#done(sending.role) },
      ...{ producer: key.slice(0, at), number: Number(key.slice(at + 1)) },
      ...{ ...this.#lane(sending.role, sending.lane), ...told },
      ...{ dueMs: sending.dueMs, sentMs: sending.sentMs },
      ...(sending.key !== null && { key: sending.key }),
      ...(sending.isTombstone && { tombstone: true }),
      ...(error !== null && { error }),
      idempotent: role.role === 'produce' && role.idempotent,
    })
    this.#options.onOutcome(told.outcome)
  }

  #polled([, role, atMs, lane, offsets, ids]: LineOf<'poll'>): void {
    const mode = this.#role(role).role === 'member' ? 'subscribe' : 'assign'
    const event = {
      ...this.#done(role),
      ...this.#lane(role, lane),
      mode,
      atMs,
      offsets,
      ids,
    } as const
    this.#options.write({ type: 'poll', ...event })
  }

  #assigned([, role, atMs, member, generation, lanes]: LineOf<'assigned'>): void {
    if (this.#tellsRecords(role) || generation < 0) return
    const partitions = lanes.map((lane) => this.#lane(role, lane))
    const event = { ...this.#done(role), group: this.#group(role), member, generation }
    this.#options.write({ type: 'assigned', ...event, partitions, atMs })
  }

  #processed([, role, atMs, lane, first, last]: LineOf<'processed'>): void {
    const of = this.#lane(role, lane)
    const event = { ...this.#done(role), group: this.#group(role), ...of, first, last, atMs }
    this.#options.write({ type: 'processed', ...event })
    this.#options.onProcessed(of, last)
  }

  #committed(
    metadata: string,
    {
      error,
      ...told
    }: {
      readonly doneMs: number | null
      readonly outcome: Outcome
      readonly error: string | null
    },
  ): void {
    const committing = this.#committing.get(metadata)
    if (!committing) return
    this.#committing.delete(metadata)
    const { role, lane, ...of } = committing
    if (this.#tellsRecords(role)) return
    this.#options.write({
      ...{ type: 'commit', ...this.#done(role), group: this.#group(role) },
      ...{ ...this.#lane(role, lane), ...of, metadata, ...told },
      ...(error !== null && { error }),
    })
  }

  #role(index: number): Role {
    const role = this.#options.roles[index]
    if (!role) throw new Error(`${this.#options.client} has no role ${index}`)
    return role
  }

  #lane(role: number, index: number): Lane {
    const lane = this.#role(role).lanes[index]
    if (!lane) throw new Error(`${this.#options.client} has no partition ${index}`)
    return { topic: lane.topic, partition: lane.partition }
  }

  /** What it is assigned and commits is not judged: its records are. */
  #tellsRecords(index: number): boolean {
    const role = this.#role(index)
    return role.role === 'member' && role.tellsRecords
  }

  #group(index: number): string {
    const role = this.#role(index)
    return role.role === 'member' ? role.group : ''
  }

  #done(role: number) {
    const { workload, client } = this.#options
    return { process: this.#role(role).process, workload, client }
  }
}

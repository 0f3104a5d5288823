/**
 * What compacted topics must keep: of every key the value that was written last, or nothing when
 * that was a tombstone. Which one was last, offsets say where clients tell them; otherwise one that
 * was sent after another was acknowledged, or later by the same producer. What was not answered may
 * be in the log or not, and anywhere.
 */
import type { FinalEvent, HistoryEvent, Outcome, SendEvent } from '../history/events.ts'
import { Found, type AnomalyKind } from './anomalies.ts'
import type { Checker } from './checker.ts'
import type { Checked } from './verdict.ts'

interface Write {
  readonly id: string
  readonly producer: string
  readonly number: number
  readonly outcome: Outcome
  readonly offset: number | null
  readonly sentMs: number
  readonly doneMs: number
  readonly isTombstone: boolean
  readonly isIdempotent: boolean
}

/** What a reader of everything was given last of a key. */
interface Value {
  readonly offset: number
  /** Null: a tombstone. */
  readonly id: string | null
}

interface Reading {
  readonly reader: string
  readonly topic: string
  readonly partition: number
  readonly last: Map<string, Value>
}

export class CompactedChecker implements Checker {
  readonly #found = new Found()
  /** By topic, by key. */
  readonly #writes = new Map<string, Map<string, Write[]>>()
  readonly #readings = new Map<string, Reading>()
  /** Reader and topic: what it has not told proves nothing. */
  readonly #unread = new Set<string>()

  add(event: HistoryEvent): void {
    if (event.type === 'send') this.#addSend(event)
    else if (event.type === 'final' && event.keys) this.#addFinal(event, event.keys)
    else if (event.type === 'unread') this.#unread.add(`${event.reader} ${event.topic}`)
  }

  finish(): Checked {
    for (const [topic, writes] of this.#writes) {
      const readers = new Map<string, Reading[]>()
      for (const reading of this.#readings.values())
        // A key may be in any partition.
        if (reading.topic === topic && !this.#unread.has(`${reading.reader} ${topic}`))
          readers.set(reading.reader, [...(readers.get(reading.reader) ?? []), reading])
      if (readers.size === 0) this.#found.unknown(`the keys of ${topic} were not read in the end`)
      for (const [reader, readings] of readers)
        for (const [key, of] of writes) this.#judge({ topic, reader, key }, of, readings)
    }
    return this.#found.checked
  }

  #addSend(event: SendEvent): void {
    const { topic, key, producer, number, outcome, offset, sentMs, doneMs } = event
    if (key === undefined) return
    const keys = this.#writes.get(topic) ?? new Map<string, Write[]>()
    this.#writes.set(topic, keys)
    const writes = keys.get(key) ?? []
    keys.set(key, writes)
    writes.push({
      ...{ id: `${producer}:${number}`, producer, number, outcome, offset, sentMs },
      ...{ doneMs: doneMs ?? Infinity, isTombstone: event.tombstone ?? false },
      isIdempotent: event.idempotent,
    })
  }

  #addFinal(event: FinalEvent, keys: readonly (string | null)[]): void {
    const { reader, topic, partition } = event
    const name = `${reader} ${topic} ${partition}`
    const reading = this.#readings.get(name) ?? { reader, topic, partition, last: new Map() }
    this.#readings.set(name, reading)
    for (const [index, key] of keys.entries()) {
      const offset = event.offsets[index]
      if (key !== null && offset !== undefined)
        reading.last.set(key, { offset, id: event.ids[index] ?? null })
    }
  }

  #judge(
    of: { readonly topic: string; readonly reader: string; readonly key: string },
    writes: readonly Write[],
    readings: readonly Reading[],
  ): void {
    const reading = readings.find(({ last }) => last.has(of.key))
    const value = reading?.last.get(of.key) ?? null
    const newest = newestOf(writes)
    const says = (kind: AnomalyKind, sentence: string, more: readonly Write[]) =>
      this.#found.add(kind, () => ({
        topic: of.topic,
        ...(reading && { partition: reading.partition }),
        sentence: `${of.topic}, key ${of.key}: ${sentence}`,
        evidence: [{ type: 'final', ...of, ...value }, ...more],
      }))
    if (value === null) return this.#judgeAbsent(writes, newest, says)
    const written = writes.find((write) => isValue(write, value))
    if (!written)
      return says('out-of-nowhere', `${tell(value)} is there, and nobody has sent it`, newest)
    if (written.outcome === 'fail')
      return says('refused-but-there', `${written.id} was refused, and is there`, [written])
    const later = newest.find((write) => isAfter(write, written))
    if (!later) return
    const kind = later.isTombstone ? 'resurrected' : 'stale-value'
    says(kind, `${tell(value)} is the last, and ${nameOf(later)} was acknowledged after it`, [
      written,
      later,
    ])
  }

  /** A tombstone is dropped after a time: it, too, may have been the last. */
  #judgeAbsent(
    writes: readonly Write[],
    newest: readonly Write[],
    says: (kind: AnomalyKind, sentence: string, more: readonly Write[]) => void,
  ): void {
    const kept = newest.filter(({ isTombstone }) => !isTombstone)
    const [lost] = kept
    if (!lost || kept.length < newest.length) return
    const mayBeGone = writes.some(
      (write) =>
        write.isTombstone && write.outcome !== 'fail' && !kept.every((one) => isAfter(one, write)),
    )
    if (!mayBeGone)
      says('lost-value', `${lost.id} was acknowledged, and the key is not there`, kept)
  }
}

/** Acknowledged, and nothing acknowledged is known to be behind it. */
function newestOf(writes: readonly Write[]): readonly Write[] {
  const acknowledged = writes.filter(({ outcome }) => outcome === 'ok')
  // Found by one pass, then confirmed by another: few are left to be compared with each other.
  let candidates: Write[] = []
  for (const write of acknowledged) {
    if (candidates.some((other) => isAfter(other, write))) continue
    candidates = candidates.filter((other) => !isAfter(write, other))
    candidates.push(write)
  }
  return candidates
}

/** `one` is certainly behind `other` in the log. */
function isAfter(one: Write, other: Write): boolean {
  if (one === other || one.outcome !== 'ok') return false
  if (one.offset !== null && other.offset !== null) return one.offset > other.offset
  const isLater = one.sentMs > other.doneMs && other.outcome === 'ok'
  const isNext = one.isIdempotent && one.producer === other.producer && one.number > other.number
  return isLater || isNext
}

function isValue(write: Write, { offset, id }: Value): boolean {
  if (id !== null) return write.id === id && !write.isTombstone
  return write.isTombstone && (write.offset === null || write.offset === offset)
}

const tell = ({ id, offset }: Value) => `${id ?? 'a tombstone'} at offset ${offset}`
const nameOf = ({ id, isTombstone }: Write) => (isTombstone ? `tombstone ${id}` : id)

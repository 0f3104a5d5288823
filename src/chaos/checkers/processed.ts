/**
 * Whether a group's members have processed every record, whoever of them it was: for certain below
 * what the group has committed, and up to the end of each partition that it read, or how far it
 * came is not known. More than once is allowed; that is what a group does that loses a member.
 */
import type { HistoryEvent } from '../history/events.ts'
import { Found } from './anomalies.ts'
import type { Checker } from './checker.ts'
import type { Checked } from './verdict.ts'

export interface Row {
  readonly first: number
  readonly last: number
}

interface Place {
  readonly group: string
  readonly topic: string
  readonly partition: number
  readonly rows: Row[]
  /** Exclusive. */
  committed: number
}

interface LogRange {
  readonly topic: string
  readonly partition: number
  /** The log start. */
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

const HOLES_SHOWN = 5

export class ProcessedChecker implements Checker {
  readonly #found = new Found()
  readonly #places = new Map<string, Place>()
  /** By topic and partition. */
  readonly #ends = new Map<string, LogRange>()

  add(event: HistoryEvent): void {
    if (event.type === 'processed') {
      const { rows } = this.#place(event)
      const before = rows.at(-1)
      // A member goes on where it was: one row instead of many.
      if (before && before.last + 1 === event.first)
        rows[rows.length - 1] = { first: before.first, last: event.last }
      else rows.push({ first: event.first, last: event.last })
    } else if (event.type === 'commit' && event.outcome === 'ok') {
      const place = this.#place(event)
      place.committed = Math.max(place.committed, event.offset)
    } else if (event.type === 'final') {
      const { topic, partition, logStartOffset } = event
      const key = `${topic}-${partition}`
      const known = this.#ends.get(key) ?? { start: logStartOffset, end: 0 }
      const end = (event.offsets.at(-1) ?? logStartOffset - 1) + 1
      this.#ends.set(key, {
        ...{ topic, partition },
        start: Math.max(known.start, logStartOffset),
        end: Math.max(known.end, end),
      })
    }
  }

  finish(): Checked {
    const reading = [...this.#places.values()].filter(({ rows }) => rows.length > 0)
    // A partition that none of its members ever had is not processed either.
    for (const { group, topic } of reading)
      for (const { topic: other, partition } of this.#ends.values())
        if (other === topic) this.#place({ group, topic, partition })
    const groups = new Set(reading.map(({ group }) => group))
    for (const place of this.#places.values()) if (groups.has(place.group)) this.#judge(place)
    return this.#found.checked
  }

  #place({ group, topic, partition }: Pick<Place, 'group' | 'topic' | 'partition'>): Place {
    const key = `${group} ${topic} ${partition}`
    const known = this.#places.get(key)
    if (known) return known
    const place = { group, topic, partition, rows: [], committed: 0 }
    this.#places.set(key, place)
    return place
  }

  #judge({ group, topic, partition, rows, committed }: Place): void {
    const name = `${topic}-${partition}`
    const { start, end } = this.#ends.get(name) ?? { start: 0, end: 0 }
    const holes = holesIn(rows, { start, end: committed })
    if (holes.length > 0)
      this.#found.add('unprocessed', () => ({
        ...{ topic, partition },
        sentence: `${group}: nobody has processed ${tell(holes)} of ${name}, committed is ${committed}`,
        evidence: holes.slice(0, HOLES_SHOWN).map(([first, last]) => {
          return { type: 'processed', group, topic, partition, first, last, by: null }
        }),
      }))
    const rest = holesIn(rows, { start: Math.max(start, committed), end })
    if (rest.length > 0)
      this.#found.unknown(`${group} was not given time to process ${tell(rest)} of ${name}`)
  }
}

const tell = (holes: readonly (readonly [number, number])[]) =>
  holes
    .slice(0, HOLES_SHOWN)
    .map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`))
    .join(', ')

/** First and last of each row of offsets in a range that are in none of these. */
export function holesIn(
  rows: readonly Row[],
  { start, end }: { readonly start: number; readonly end: number },
): readonly (readonly [first: number, last: number])[] {
  const holes: (readonly [number, number])[] = []
  let next = start
  for (const { first, last } of [...rows].sort((a, b) => a.first - b.first)) {
    if (next >= end) break
    if (first > next) holes.push([next, Math.min(first, end) - 1])
    next = Math.max(next, last + 1)
  }
  if (next < end) holes.push([next, end - 1])
  return holes
}

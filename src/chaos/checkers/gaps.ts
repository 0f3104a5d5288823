/**
 * For how long partitions took no record that was due, whoever sent it: from the last
 * acknowledgement, or from when the first record after it was due, until the next one. Records that
 * a client has given up are due no more. What one client makes of it, which may look for a leader
 * for longer, is in its latencies. A gap belongs to the fault that had begun when it began.
 */
import type { FaultEvent, HealedEvent } from '../history/events.ts'
import type { PartitionRecords, RecordStore } from './record-store.ts'
import type { Gap } from './verdict.ts'

/** What is shorter is no gap: a load on a busy machine breathes that much. */
const GAP_MIN_MS = 100
/** A fault may be told a little after it has begun. */
const TOLD_WITHIN_MS = 500
/** What was healed may take that long to be whole. */
const AFTERMATH_MS = 5_000

/** When each fault was made and taken back. */
export class FaultTimes {
  readonly #faults: { readonly id: number; readonly fromMs: number; toMs: number }[] = []

  add(event: FaultEvent | HealedEvent): void {
    if (event.type === 'fault')
      this.#faults.push({ id: event.id, fromMs: event.atMs, toMs: Infinity })
    else {
      const fault = this.#faults.findLast(({ id }) => id === event.id)
      if (fault) fault.toMs = event.atMs
    }
  }

  /** The last that had begun when the gap began, or the first that began in it; null: none. */
  of(fromMs: number, toMs: number): number | null {
    const near = this.#faults.filter(
      (fault) => fault.fromMs <= toMs && fault.toMs + AFTERMATH_MS >= fromMs,
    )
    const before = near.findLast((fault) => fault.fromMs <= fromMs + TOLD_WITHIN_MS)
    return (before ?? near[0])?.id ?? null
  }
}

/** By when they began. */
export function gapsIn(store: RecordStore, faults: FaultTimes, endMs: number): readonly Gap[] {
  const gaps: Gap[] = []
  for (const [place, records] of recordsByPlace(store)) {
    const { topic, partition } = place
    forEachGap(store, records, endMs, (fromMs, toMs) => {
      const faultId = faults.of(fromMs, toMs)
      gaps.push({ topic: topic.name, partition, fromMs, toMs, faultId })
    })
  }
  return gaps.sort((a, b) => a.fromMs - b.fromMs)
}

/** Of every partition the records whose producer said what became of them. */
function recordsByPlace(store: RecordStore): ReadonlyMap<PartitionRecords, Int32Array> {
  const placeOf = (record: number) => (store.outcome(record) === null ? null : store.place(record))
  const sizes = new Map<PartitionRecords, number>()
  for (let record = 1; record < store.end; record += 1) {
    const place = placeOf(record)
    if (place) sizes.set(place, (sizes.get(place) ?? 0) + 1)
  }
  const records = new Map([...sizes].map(([place, size]) => [place, new Int32Array(size)]))
  const filled = new Map<PartitionRecords, number>()
  for (let record = 1; record < store.end; record += 1) {
    const place = placeOf(record)
    const row = place && records.get(place)
    if (!row) continue
    const at = filled.get(place) ?? 0
    row[at] = record
    filled.set(place, at + 1)
  }
  return records
}

function forEachGap(
  store: RecordStore,
  records: Int32Array,
  endMs: number,
  found: (fromMs: number, toMs: number) => void,
): void {
  const isOk = (record: number) => store.outcome(record) === 'ok'
  const acksMs = Float64Array.from(records.filter(isOk), (record) => store.doneMs(record)).sort()
  const byDue = records.slice().sort((a, b) => store.dueMs(a) - store.dueMs(b))
  /** The first of `byDue` that was not answered or given up yet. */
  let head = 0
  let sinceMs = -Infinity
  for (let ack = 0; ack <= acksMs.length; ack += 1) {
    const untilMs = acksMs[ack] ?? endMs
    while (head < byDue.length && endOf(store, byDue[head] ?? 0) <= sinceMs) head += 1
    const record = byDue[head]
    if (record === undefined) return
    const fromMs = Math.max(sinceMs, store.dueMs(record))
    // What was given up before somebody else's time came is due until then only.
    const isLast = ack === acksMs.length
    const toMs = isLast ? Math.min(untilMs, lastEnd(store, byDue, head)) : untilMs
    if (toMs - fromMs >= GAP_MIN_MS) found(fromMs, toMs)
    sinceMs = untilMs
  }
}

/** Until when it was waited for. */
function endOf(store: RecordStore, record: number): number {
  const doneMs = store.doneMs(record)
  return Number.isNaN(doneMs) ? Infinity : doneMs
}

function lastEnd(store: RecordStore, byDue: Int32Array, from: number): number {
  let last = -Infinity
  for (let index = from; index < byDue.length; index += 1)
    last = Math.max(last, endOf(store, byDue[index] ?? 0))
  return last
}

/**
 * What the answers of a cluster mean for what its consumers must see. Pure: sends and readings in,
 * anomalies out. Names and rules are those of Jepsen's Kafka workload where it has them; the
 * numbers of invariants are C3–C7, C13 and E1. Offsets are agreed on first; what is there is
 * reasoned about only then. Topics without transactions, compaction or retention.
 */
import type { Reading, RecordId, Send } from './history.ts'
import { keyOf } from './history.ts'

export type AnomalyKind =
  /** Acknowledged, and nobody finds it (C4). */
  | 'lost write'
  /** Acknowledged at one offset, found at another (C4). */
  | 'moved write'
  /** One record at two offsets (E1). */
  | 'duplicate'
  /** Two records at one offset, for two readers or for one at two times (C3, C5). */
  | 'inconsistent offset'
  /** A producer's records stand in another order than it sent them in (C6). */
  | 'reordered'
  /** Refused for certain, and there all the same (C13). */
  | 'refused, but there'
  /** Bytes that nobody sent. */
  | 'out of nowhere'
  /** A consumer was given an offset it had passed (C7). */
  | 'poll went back'
  /** A consumer was not given an offset that is there. */
  | 'poll skipped'
  /** A consumer was given what is not there in the end (C5). */
  | 'read, then gone'
  /** Two records were acknowledged at one offset (C6). */
  | 'shared offset'

export interface Anomaly {
  readonly kind: AnomalyKind
  readonly partition: number
  readonly sentence: string
}

/** What was found of a partition, in the end. */
interface Found {
  readonly partition: number
  /** By offset. */
  readonly keys: ReadonlyMap<number, string>
  /** By record: every offset where it stands. */
  readonly offsets: ReadonlyMap<string, readonly number[]>
}

export interface Judged {
  readonly anomalies: readonly Anomaly[]
  /** What could not be found out; a run with any of it is no success. */
  readonly unknowns: readonly string[]
}

/**
 * `final`: each partition once, read from offset 0 to its end after everything was whole again.
 * `other`: whatever else consumers read, while the cluster was hurt or after it.
 */
export function checkRecords(
  sends: readonly Send[],
  { final, other }: { readonly final: readonly Reading[]; readonly other: readonly Reading[] },
): Judged {
  const found = new Map(final.map((reading) => [reading.partition, foundIn(reading)]))
  const unknowns = unreadPartitions(sends, found)
  const anomalies = [
    ...[...final, ...other].flatMap(strangers),
    ...[...final, ...other].flatMap(jumps),
    ...other.flatMap((reading) => contradictions(reading, found.get(reading.partition))),
    ...[...found.values()].flatMap(duplicates),
    ...sharedOffsets(sends),
    ...(unknowns.length === 0 ? unkept(sends, found) : []),
    ...[...found.values()].flatMap(reorderings),
  ]
  return { anomalies, unknowns }
}

function foundIn({ partition, seen }: Reading): Found {
  const keys = new Map<number, string>()
  const offsets = new Map<string, number[]>()
  for (const { offset, id } of seen) {
    if (id === null) continue
    const key = keyOf(id)
    keys.set(offset, key)
    const known = offsets.get(key)
    if (known) known.push(offset)
    else offsets.set(key, [offset])
  }
  return { partition, keys, offsets }
}

function unreadPartitions(
  sends: readonly Send[],
  found: ReadonlyMap<number, Found>,
): readonly string[] {
  const used = new Set(sends.flatMap(({ partition }) => (partition === null ? [] : [partition])))
  return [...used]
    .filter((partition) => !found.has(partition))
    .map((partition) => `partition ${partition} was not read in the end`)
}

/** Records whose bytes are nobody's. */
function strangers({ reader, partition, seen }: Reading): Anomaly[] {
  return seen
    .filter(({ id }) => id === null)
    .map(({ offset }) => ({
      kind: 'out of nowhere',
      partition,
      sentence: `partition ${partition}: ${reader} read at offset ${offset} what nobody sent`,
    }))
}

/** Without transactions and compaction, offsets are dense. */
function jumps({ reader, partition, seen }: Reading): Anomaly[] {
  return seen.flatMap(({ offset }, index): Anomaly[] => {
    const before = seen[index - 1]
    if (!before || offset === before.offset + 1) return []
    const kind = offset <= before.offset ? 'poll went back' : 'poll skipped'
    const sentence = `partition ${partition}: ${reader} got offset ${offset} after ${before.offset}`
    return [{ kind, partition, sentence }]
  })
}

/** What a consumer was given and is not there, or not the same, in the end. */
function contradictions({ reader, partition, seen }: Reading, found: Found | undefined): Anomaly[] {
  if (!found) return []
  return seen.flatMap(({ offset, id }): Anomaly[] => {
    if (id === null) return []
    const key = keyOf(id)
    const now = found.keys.get(offset)
    if (now === key) return []
    const where = `partition ${partition}: ${reader} read ${key} at offset ${offset}`
    return now === undefined
      ? [{ kind: 'read, then gone', partition, sentence: `${where}, where nothing is in the end` }]
      : [
          {
            kind: 'inconsistent offset',
            partition,
            sentence: `${where}, where ${now} is in the end`,
          },
        ]
  })
}

function duplicates({ partition, offsets }: Found): Anomaly[] {
  return [...offsets]
    .filter(([, places]) => places.length > 1)
    .map(([key, places]) => ({
      kind: 'duplicate',
      partition,
      sentence: `partition ${partition}: ${key} is there ${places.length} times: ${places.join()}`,
    }))
}

function sharedOffsets(sends: readonly Send[]): Anomaly[] {
  const owners = new Map<string, Send>()
  return sends.flatMap((send): Anomaly[] => {
    const { partition, offset, outcome } = send
    if (outcome !== 'ok' || partition === null || offset === null) return []
    const place = `${partition} ${offset}`
    const owner = owners.get(place)
    owners.set(place, send)
    if (!owner) return []
    const both = `${keyOf(owner)} and ${keyOf(send)}`
    const sentence = `partition ${partition}: ${both} were both acknowledged at ${offset}`
    return [{ kind: 'shared offset', partition, sentence }]
  })
}

/** What was promised to be there, or not to be, against what is. */
function unkept(sends: readonly Send[], found: ReadonlyMap<number, Found>): Anomaly[] {
  // A client may not tell in which partition it put a record.
  const places = new Map<string, { readonly partition: number; readonly offset: number }>()
  for (const { partition, offsets } of found.values())
    for (const [key, [offset]] of offsets)
      if (offset !== undefined) places.set(key, { partition, offset })
  return sends.flatMap((send): Anomaly[] => {
    const key = keyOf(send)
    const place = places.get(key)
    const partition = send.partition ?? place?.partition ?? -1
    const isThere = place !== undefined && place.partition === partition
    const anomaly = (kind: AnomalyKind, what: string): Anomaly[] => [
      { kind, partition, sentence: `partition ${partition}: ${key}, ${what}` },
    ]
    if (send.outcome === 'failed')
      return isThere
        ? anomaly('refused, but there', `refused with ${send.error}, is at offset ${place.offset}`)
        : []
    if (send.outcome !== 'ok') return []
    const { offset } = send
    if (!isThere) return anomaly('lost write', `acknowledged at ${offset ?? '?'}, is not there`)
    if (offset === null || found.get(partition)?.offsets.get(key)?.includes(offset)) return []
    return anomaly('moved write', `acknowledged at ${offset}, is at ${place.offset}`)
  })
}

/** Producers number their records in the order in which they send them. */
function reorderings({ partition, keys, offsets }: Found): Anomaly[] {
  const last = new Map<string, RecordId & { readonly offset: number }>()
  return [...keys]
    .sort(([a], [b]) => a - b)
    .flatMap(([offset, key]): Anomaly[] => {
      // What is there twice is told as that.
      if (offsets.get(key)?.[0] !== offset) return []
      const id = idOfKey(key)
      const before = last.get(id.producer)
      if (!before || before.number < id.number) {
        last.set(id.producer, { ...id, offset })
        return []
      }
      const sentence =
        `partition ${partition}: ${key} is at ${offset}, behind ${keyOf(before)} ` +
        `at ${before.offset}, which was sent after it`
      return [{ kind: 'reordered', partition, sentence }]
    })
}

function idOfKey(key: string): RecordId {
  const at = key.lastIndexOf(':')
  return { producer: key.slice(0, at), number: Number(key.slice(at + 1)) }
}

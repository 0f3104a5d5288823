/**
 * What fields an event must have, and of what kind: a history may be anybody's. Fields that are not
 * known here are no fault; they may be a later version's.
 */
import type { HistoryEvent } from './events.ts'

/** Null when all is well. */
type Check = (value: unknown) => string | null

const is =
  (what: string, test: (value: unknown) => boolean): Check =>
  (value) =>
    test(value) ? null : `must be ${what}`

const text = is('text', (value) => typeof value === 'string')
const number = is('a number', Number.isFinite)
const whole = is('a whole number', Number.isSafeInteger)
const boolean = is('true or false', (value) => typeof value === 'boolean')
const object = is('an object', (value) => typeof value === 'object' && value !== null)
const oneOf = (...names: readonly string[]): Check => {
  const known = new Set<unknown>(names)
  return is(`one of ${names.join(', ')}`, (value) => known.has(value))
}
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? null : check(value)
const nullable =
  (check: Check): Check =>
  (value) =>
    value === null ? null : check(value)
const list =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return 'must be a list'
    for (const [index, item] of value.entries()) {
      const fault = check(item)
      if (fault !== null) return `[${index}] ${fault}`
    }
    return null
  }
const fields =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null) return 'must be an object'
    for (const name of Object.keys(shape)) {
      const fault = shape[name]?.((value as Readonly<Record<string, unknown>>)[name]) ?? null
      if (fault !== null) return `${name} ${fault}`
    }
    return null
  }
const valuesOf =
  (check: Check): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null) return 'must be an object'
    for (const [name, item] of Object.entries(value)) {
      const fault = check(item)
      if (fault !== null) return `${name}: ${fault}`
    }
    return null
  }

const outcome = oneOf('ok', 'fail', 'unknown')
const place = { topic: text, partition: whole }
const done = { process: text, workload: text, client: text }
const asked = { sentMs: number, doneMs: nullable(number), outcome, error: optional(text) }
const batch = is(
  'five whole numbers',
  (value) => Array.isArray(value) && value.length === 5 && value.every(Number.isSafeInteger),
)

const SHAPES: Readonly<Record<HistoryEvent['type'], Check>> = {
  run: fields({
    ...{ version: text, scenario: text, claim: text, seed: number, startedAt: text, target: text },
    nodes: list(whole),
    topics: valuesOf(fields({ partitions: whole, replicationFactor: whole, compacted: boolean })),
    expect: oneOf('valid', 'invalid'),
    workloads: optional(list(text)),
  }),
  phase: fields({
    phase: oneOf('start', 'load', 'faults', 'heal', 'read', 'end'),
    atMs: number,
  }),
  fault: fields({ id: whole, atMs: number, step: object, nodes: list(whole), text }),
  healed: fields({ id: whole, atMs: number, error: nullable(text) }),
  skipped: fields({ atMs: number, what: text, why: text, id: optional(whole) }),
  leader: fields({ ...place, atMs: number, leader: whole, leaderEpoch: whole, isr: list(whole) }),
  controller: fields({ atMs: number, node: whole }),
  node: fields({ atMs: number, node: whole, what: text }),
  send: fields({
    ...{ ...done, ...asked, producer: text, number: whole, topic: text },
    ...{ partition: nullable(whole), dueMs: number, offset: nullable(whole) },
    ...{ key: optional(text), tombstone: optional(boolean), idempotent: boolean },
  }),
  poll: fields({
    ...{ ...done, ...place, mode: oneOf('assign', 'subscribe'), atMs: number },
    ...{ offsets: list(whole), ids: list(nullable(text)) },
  }),
  position: fields({
    ...{ ...done, ...place, why: oneOf('seek', 'assigned', 'revoked', 'crashed') },
    ...{ offset: nullable(whole), atMs: number },
  }),
  commit: fields({
    ...{ ...done, ...place, ...asked, group: text, member: text, generation: whole },
    ...{ offset: whole, metadata: text },
  }),
  committed: fields({
    ...{ ...done, ...place, group: text, offset: whole, metadata: text },
    ...{ sentMs: number, doneMs: number },
  }),
  assigned: fields({
    ...{ ...done, group: text, member: text, generation: whole, atMs: number },
    partitions: list(fields(place)),
  }),
  processed: fields({ ...done, ...place, group: text, first: whole, last: whole, atMs: number }),
  metadata: fields({
    ...{ ...done, ...asked, op: oneOf('create', 'delete', 'describe', 'set', 'get') },
    ...{ key: text, value: nullable(text) },
  }),
  final: fields({
    ...{ ...place, reader: text, logStartOffset: whole },
    ...{ offsets: list(whole), ids: list(nullable(text)) },
    keys: optional(list(nullable(text))),
  }),
  unread: fields({ ...place, reader: text }),
  replica: fields({
    ...{ ...place, node: whole, highWatermark: whole, logStartOffset: whole },
    batches: list(batch),
  }),
  found: fields({
    ...{ atMs: number, kind: oneOf('invalid', 'unknown'), anomaly: text, sentence: text },
  }),
  complaint: fields({ process: text, sentence: text, count: whole }),
}

/** Why this is no event, for people; null when it is one. */
export function faultIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return 'an event must be an object'
  const { type } = value as { readonly type?: unknown }
  if (typeof type !== 'string' || !Object.hasOwn(SHAPES, type))
    return `${JSON.stringify(type)} is no type of event`
  const fault = SHAPES[type as HistoryEvent['type']](value)
  if (fault !== null) return `${type}: ${fault}`
  return unevenIn(value as HistoryEvent)
}

function unevenIn(event: HistoryEvent): string | null {
  if (event.type !== 'poll' && event.type !== 'final') return null
  const { length } = event.offsets
  const columns = event.type === 'final' && event.keys ? [event.ids, event.keys] : [event.ids]
  return columns.every((column) => column.length === length)
    ? null
    : `${event.type}: offsets, ids and keys must be of one length`
}

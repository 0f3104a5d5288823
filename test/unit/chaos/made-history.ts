/**
 * Events of histories made by hand: each with everything in it, and what is of interest changed.
 */
import { check, type Checker } from '../../../src/chaos/checkers/checker.ts'
import { Judge } from '../../../src/chaos/checkers/judge.ts'
import type { Findings } from '../../../src/chaos/checkers/verdict.ts'
import type {
  AssignedEvent,
  CommitEvent,
  CommittedEvent,
  FinalEvent,
  HistoryEvent,
  MetadataEvent,
  PhaseEvent,
  PollEvent,
  PositionEvent,
  ProcessedEvent,
  ReplicaEvent,
  RunEvent,
  SendEvent,
} from '../../../src/chaos/history/events.ts'

const by = { process: 'kafkajs/1', workload: 'idempotent', client: 'kafkajs' } as const
const place = { topic: 't', partition: 0 }

export const run = (changes: Partial<RunEvent> = {}): RunEvent => ({
  ...{ type: 'run', version: '1', scenario: 's', claim: 'c', seed: 1, startedAt: 'now' },
  ...{ target: 'running', nodes: [1, 2, 3], expect: 'valid' },
  topics: { t: { partitions: 1, replicationFactor: 3, compacted: false } },
  ...changes,
})

export const compacted = () =>
  run({ topics: { t: { partitions: 1, replicationFactor: 3, compacted: true } } })

export const phase = (of: PhaseEvent['phase'], atMs: number): PhaseEvent => ({
  ...{ type: 'phase', phase: of, atMs },
})

/** Record `number` of producer `p`, acknowledged at the offset before its number. */
export const send = (number: number, changes: Partial<SendEvent> = {}): SendEvent => ({
  ...{ type: 'send', ...by, ...place, producer: 'p', number, idempotent: true },
  ...{ dueMs: number * 10, sentMs: number * 10, doneMs: number * 10 + 5 },
  ...{ outcome: 'ok', offset: number - 1 },
  ...changes,
})

export const refused = { outcome: 'fail', offset: null, error: 'NO' } as const
export const unanswered = { outcome: 'unknown', offset: null, doneMs: null } as const

type Content = readonly (number | string | null)[]

/** From `first` on: records of producer `p` by their numbers, or ids. */
function contents(of: Content, first: number) {
  return {
    offsets: of.map((_, index) => first + index),
    ids: of.map((one) => (typeof one === 'number' ? `p:${one}` : one)),
  }
}

export const final = (
  of: Content,
  { first = 0, ...changes }: Partial<FinalEvent> & { readonly first?: number } = {},
): FinalEvent => ({
  ...{ type: 'final', reader: 'lograft', ...place, logStartOffset: first },
  ...contents(of, first),
  ...changes,
})

export const poll = (
  of: Content,
  { first = 0, ...changes }: Partial<PollEvent> & { readonly first?: number } = {},
): PollEvent => ({
  ...{ type: 'poll', ...by, ...place, workload: 'queue', mode: 'assign', atMs: 500 },
  ...contents(of, first),
  ...changes,
})

export const position = (
  why: PositionEvent['why'],
  offset: number | null,
  changes: Partial<PositionEvent> = {},
): PositionEvent => ({
  ...{ type: 'position', ...by, ...place, workload: 'queue', why, offset, atMs: 500 },
  ...changes,
})

/** The nth commit: asked at 10n, answered at 10n + 5. */
export const commit = (number: number, changes: Partial<CommitEvent> = {}): CommitEvent => ({
  ...{ type: 'commit', ...by, ...place, workload: 'groups', group: 'g', member: 'm' },
  ...{ generation: 1, offset: number, metadata: `c:${number}`, sentMs: number * 10 },
  ...{ doneMs: number * 10 + 5, outcome: 'ok' },
  ...changes,
})

export const committed = (
  number: number,
  sentMs: number,
  changes: Partial<CommittedEvent> = {},
): CommittedEvent => ({
  ...{ type: 'committed', ...by, ...place, workload: 'groups', group: 'g', offset: number },
  ...{ metadata: `c:${number}`, sentMs, doneMs: sentMs + 1 },
  ...changes,
})

export const nothingCommitted = (sentMs: number) =>
  committed(0, sentMs, { offset: -1, metadata: '' })

export const assigned = (
  member: string,
  partitions: readonly number[],
  generation = 1,
): AssignedEvent => ({
  ...{ type: 'assigned', ...by, workload: 'groups', group: 'g', member, generation },
  ...{ partitions: partitions.map((partition) => ({ topic: 't', partition })) },
  atMs: generation * 100,
})

export const processed = (
  first: number,
  last: number,
  changes: Partial<ProcessedEvent> = {},
): ProcessedEvent => ({
  ...{ type: 'processed', ...by, ...place, workload: 'groups', group: 'g', first, last, atMs: 1 },
  ...changes,
})

/** Asked at `atMs`, answered a little later. */
export const asked = (
  op: MetadataEvent['op'],
  value: string | null,
  atMs: number,
  changes: Partial<MetadataEvent> = {},
): MetadataEvent => ({
  ...{ type: 'metadata', ...by, workload: 'metadata', op, key: 'k', value },
  ...{ sentMs: atMs, doneMs: atMs + 5, outcome: 'ok' },
  ...changes,
})

type Batch = ReplicaEvent['batches'][number]

/** One batch of one record at each offset; some of them changed. */
export const replica = (
  node: number,
  count: number,
  { changed = {}, ...changes }: Partial<ReplicaEvent> & { changed?: Record<number, Batch> } = {},
): ReplicaEvent => ({
  ...{ type: 'replica', node, ...place, highWatermark: 0, logStartOffset: 0 },
  batches: Array.from({ length: count }, (_, at): Batch => changed[at] ?? [at, at, 0, 70, at]),
  ...changes,
})

/** Which kinds a checker finds, in the order of the alphabet. */
export const kindsIn = (checker: Checker, events: Iterable<HistoryEvent>) =>
  Object.keys(check(checker, events).counts).sort()

export function judged(events: Iterable<HistoryEvent>): Findings {
  const judge = new Judge()
  for (const event of events) judge.add(event)
  return judge.finish()
}

/** All phases of a run around some events. */
export const whole = (...events: readonly HistoryEvent[]): readonly HistoryEvent[] => [
  ...[run(), phase('start', 0), phase('load', 0), phase('faults', 1)],
  ...events,
  ...[phase('heal', 1_000), phase('read', 1_001), phase('end', 2_000)],
]

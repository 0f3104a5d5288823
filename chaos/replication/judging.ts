/**
 * What these suites know, as the events that the checkers of `src/chaos` judge. Producers here send
 * duplicates away and keep their order, all of them.
 */
import { check } from '../../src/chaos/checkers/checker.ts'
import { merge } from '../../src/chaos/checkers/anomalies.ts'
import { unreadIn } from '../../src/chaos/checkers/completeness.ts'
import { RecordsChecker } from '../../src/chaos/checkers/records.ts'
import { ReplicasChecker } from '../../src/chaos/checkers/replicas.ts'
import { RetentionChecker } from '../../src/chaos/checkers/retention.ts'
import type { Checked } from '../../src/chaos/checkers/verdict.ts'
import type { HistoryEvent, RunEvent, SendEvent } from '../../src/chaos/history/events.ts'
import { keyOf } from '../../src/chaos/history/values.ts'
import type { ReplicaLog } from './dumps.ts'
import type { Reading, Send } from './history.ts'

const by = (process: string) => ({ process, workload: 'idempotent', client: 'lograft' }) as const

const runOf = (topic: string, of: { partitions: number; replicas: number }): RunEvent => ({
  ...{ type: 'run', version: '', scenario: 'replication', claim: '', seed: 0, startedAt: '' },
  ...{ target: 'own', nodes: [], expect: 'valid' },
  topics: {
    [topic]: { partitions: of.partitions, replicationFactor: of.replicas, compacted: false },
  },
})

const OUTCOMES = { ok: 'ok', failed: 'fail', unknown: 'unknown' } as const

function sendEvent(topic: string, send: Send): SendEvent {
  const { producer, number, partition, offset, askedMs, answeredMs, outcome, error } = send
  return {
    ...{ type: 'send', ...by(producer), producer, number, topic, partition, offset },
    ...{ dueMs: askedMs, sentMs: askedMs, doneMs: answeredMs, outcome: OUTCOMES[outcome] },
    ...{ idempotent: true, ...(error !== null && { error }) },
  }
}

/** As a poll of all of it; `isFinal`: it was read from the log start to the end, at the end. */
function readingEvent(topic: string, reading: Reading, isFinal: boolean): HistoryEvent {
  const { reader, partition, seen } = reading
  const offsets = seen.map(({ offset }) => offset)
  const ids = seen.map(({ id }) => (id === null ? null : keyOf(id)))
  const place = { topic, partition, offsets, ids }
  if (isFinal) return { type: 'final', reader, logStartOffset: 0, ...place }
  return { type: 'poll', ...by(reader), mode: 'assign', atMs: 0, ...place }
}

/**
 * `final`: each partition at least once, read from offset 0 to its end after everything was whole
 * again. `other`: whatever else consumers read, while the cluster was hurt.
 */
export function judgeRecords(
  topic: string,
  sends: readonly Send[],
  { final, other }: { readonly final: readonly Reading[]; readonly other: readonly Reading[] },
): Checked {
  const events = [
    runOf(topic, { partitions: 0, replicas: 1 }),
    ...sends.map((send) => sendEvent(topic, send)),
    ...other.map((reading) => readingEvent(topic, reading, false)),
    ...final.map((reading) => readingEvent(topic, reading, true)),
  ]
  const records = new RecordsChecker()
  const checked = merge([check(records, events), check(new RetentionChecker(), events)])
  return { ...checked, unknowns: [...checked.unknowns, ...unreadIn(records.store)] }
}

/** `highWatermarks`: by partition, what every replica must hold. */
export function judgeReplicas(
  topic: string,
  logs: readonly ReplicaLog[],
  of: { readonly highWatermarks: ReadonlyMap<number, number>; readonly replicas: number },
): Checked {
  const { highWatermarks, replicas } = of
  const events = logs.map(({ node, partition, batches }): HistoryEvent => ({
    ...{ type: 'replica', node, topic, partition, logStartOffset: 0 },
    highWatermark: highWatermarks.get(partition) ?? 0,
    batches: batches.map(({ baseOffset, lastOffset, leaderEpoch, sizeBytes, crc }) => {
      return [baseOffset, lastOffset, leaderEpoch, sizeBytes, crc]
    }),
  }))
  const run = runOf(topic, { partitions: highWatermarks.size, replicas })
  const checked = check(new ReplicasChecker(), [run, ...events])
  const missing = [...highWatermarks.keys()].filter(
    (index) => !logs.some(({ partition }) => partition === index),
  )
  const unknowns = missing.map((index) => `partition ${index} of ${topic} has no replica`)
  return { ...checked, unknowns: [...checked.unknowns, ...unknowns] }
}

export const faultsIn = ({ anomalies }: Checked): readonly string[] =>
  anomalies.map(({ kind, sentence }) => `${kind}: ${sentence}`)

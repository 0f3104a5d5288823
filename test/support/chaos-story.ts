/**
 * A run as it might have been, made by hand: one leader killed, one paused, under the load of two
 * clients. What reports are built from, without a cluster.
 */
import type { Findings, Second } from '../../src/chaos/checkers/verdict.ts'
import { OWN_BROKERS, type HistoryEvent } from '../../src/chaos/history/events.ts'
import { Storyteller, type Story } from '../../src/chaos/report/story.ts'

const SECONDS = 60
/** When records of the killed broker's partitions were not taken. */
const GAP = { fromMs: 20_200, toMs: 27_700 }
const KILL = 1

export const killedLeaderEvents: readonly HistoryEvent[] = [
  {
    ...{ type: 'run', version: '0.1.0', scenario: 'kill-leader', seed: 4711, target: OWN_BROKERS },
    claim: 'kill -9 of partition leaders loses no acknowledged record',
    ...{ startedAt: '2026-01-02T03:04:05.000Z', nodes: [1, 2, 3], expect: 'valid' },
    topics: { orders: { partitions: 3, replicationFactor: 3, compacted: false } },
  },
  { type: 'phase', phase: 'load', atMs: 0 },
  { type: 'leader', atMs: 0, ...led(0, 2, 0) },
  { type: 'leader', atMs: 0, ...led(1, 3, 0) },
  { type: 'leader', atMs: 0, ...led(2, 1, 0) },
  { type: 'controller', atMs: 0, node: 2 },
  { type: 'phase', phase: 'faults', atMs: 5_000 },
  {
    ...{ type: 'fault', id: KILL, atMs: 20_000, nodes: [2], text: 'kill -9 of 2' },
    step: { fault: 'kill', on: 'leader-of(orders-0)', atMs: 15_000, forMs: 10_000 },
  },
  { type: 'node', atMs: 20_010, node: 2, what: 'ended' },
  { type: 'controller', atMs: 21_500, node: 3 },
  { type: 'leader', atMs: GAP.toMs - 100, ...led(0, 3, 1) },
  { type: 'healed', id: KILL, atMs: 30_000, error: null },
  {
    ...{ type: 'fault', id: 2, atMs: 40_000, nodes: [1], text: 'pause of 1' },
    step: { fault: 'pause', on: 'leader-of(orders-2)', atMs: 35_000, forMs: 4_000 },
  },
  { type: 'healed', id: 2, atMs: 44_000, error: null },
  { type: 'phase', phase: 'heal', atMs: 50_000 },
  { type: 'phase', phase: 'read', atMs: 55_000 },
  { type: 'phase', phase: 'end', atMs: SECONDS * 1_000 },
  {
    ...{ type: 'complaint', process: 'kafkajs/1', count: 14 },
    sentence: 'This server is not the leader for that topic-partition',
  },
]

function led(partition: number, leader: number, leaderEpoch: number) {
  return { topic: 'orders', partition, leader, leaderEpoch, isr: [1, 2, 3] }
}

/** What came of the records, second by second. */
function secondsOf(seconds: number): readonly Second[] {
  return Array.from({ length: seconds }, (_, atSecond) => {
    const atMs = atSecond * 1_000
    const isHurt = atMs + 1_000 > GAP.fromMs && atMs < GAP.toMs
    const wave = 1 + Math.sin(atSecond / 3) / 4
    const p99 = Math.max(isHurt ? GAP.toMs - atMs : 24 * wave, 10)
    const ok = isHurt ? 620 : 1_000
    return {
      ...{ atSecond, ok, fail: atSecond === 28 ? 3 : 0, unknown: atSecond === 20 ? 17 : 0 },
      latency: { count: ok, p50: 3 * wave, p99, p999: p99 * 1.4, max: p99 * 1.6 },
    }
  })
}

export const validFindings: Findings = {
  ...{ verdict: 'valid', anomalies: [], counts: {}, unknowns: [] },
  allowed: [{ kind: 'int-send-skip', count: 3, because: 'others write to the same partition' }],
  records: { ok: 54_210, fail: 3, unknown: 17 },
  gaps: [
    { topic: 'orders', partition: 0, ...GAP, faultId: KILL },
    {
      topic: 'orders',
      partition: 2,
      fromMs: 40_100,
      toMs: 44_300,
      faultId: 2,
    },
  ],
  unavailability: { count: 2, p50: 4_200, p99: 7_500, p999: 7_500, max: 7_500 },
  latencies: {
    'lograft/0': { count: 30_000, p50: 2.4, p99: 38, p999: 900, max: 7_514 },
    'kafkajs/1': { count: 24_210, p50: 6.1, p99: 60, p999: 900, max: 7_900 },
  },
  seconds: secondsOf(SECONDS),
  skipped: [{ what: 'client librdkafka', why: 'Python has no module confluent_kafka' }],
}

export const invalidFindings: Findings = {
  ...validFindings,
  verdict: 'invalid',
  counts: { 'lost-write': 2, duplicate: 1 },
  unknowns: ['orders-1 was not read to its end'],
  anomalies: [
    {
      ...{ kind: 'lost-write', topic: 'orders', partition: 0, fromMs: 19_990, toMs: 55_000 },
      sentence: 'orders-0: kafkajs/1:812 was acknowledged at offset 4031 and is not there',
      evidence: [
        { type: 'send', process: 'kafkajs/1', number: 812, offset: 4_031, outcome: 'ok' },
        { type: 'final', offsets: [4_030, 4_032] },
      ],
    },
    {
      ...{ kind: 'duplicate', topic: 'orders', partition: 0 },
      sentence: 'orders-0: <script>alert(1)</script> is at 17 and at 18 & "quoted"',
      evidence: [],
    },
  ],
}

export function storyOf(findings: Findings, events = killedLeaderEvents): Story {
  const teller = new Storyteller()
  for (const event of events) teller.take(event)
  return teller.finish(findings)
}

// Goal: what a schedule says happens to real processes, is seen by whoever asks from outside, and
// is taken back; what cannot be done is said. Method: one cluster of three; each family of faults
// once, by role; the history and what brokers tell are what counts.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Step } from '../../../src/chaos/api.ts'
import { OwnCluster } from '../../../src/chaos/cluster/own-cluster.ts'
import { ClusterView } from '../../../src/chaos/cluster/view.ts'
import { Nemesis } from '../../../src/chaos/faults/nemesis.ts'
import type { FaultEvent, HistoryEvent } from '../../../src/chaos/history/events.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { bytesOf, createTopic, produceBatch } from '../../support/calls.ts'
import { Client } from '../../support/client.ts'
import { eventually } from '../../support/within.ts'

const TOPIC = 'orders'
const directory = mkdtempSync(join(tmpdir(), 'lograft-nemesis-'))
let own: OwnCluster
let view: ClusterView
let history: HistoryEvent[] = []

beforeAll(async () => {
  own = await OwnCluster.start({
    directory,
    config: { 'broker.session.timeout.ms': 3_000, 'broker.heartbeat.interval.ms': 500 },
  })
  await using client = await Client.connect(own.node(1).kafka ?? { host: '', port: 0 })
  await createTopic(client, TOPIC, { partitions: 3, replicationFactor: 3 })
  view = new ClusterView({
    topics: [TOPIC],
    doors: new Map(own.nodes.flatMap(({ id, kafka }) => (kafka ? [[id, kafka] as const] : []))),
    nowMs: () => performance.now(),
  })
  await eventually(30_000, 'a whole cluster', () => view.isWhole)
  // Whoever leads nothing and has no record has no file to be damaged.
  const batch = buildBatch({ records: [{ value: bytesOf('one') }] })
  for (const { partition, leader } of view.partitions) {
    const { kafka } = own.node(leader)
    await using producer = await Client.connect(kafka ?? { host: '', port: 0 })
    await produceBatch(producer, { topic: TOPIC, partition, batch })
  }
})
afterAll(async () => {
  await view.close()
  await own[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true, force: true })
})

/** Carries out the steps; `meanwhile` is called when a fault has begun. */
async function suffer(
  steps: readonly Step[],
  { durationMs = 60_000, meanwhile }: { durationMs?: number; meanwhile?: Meanwhile } = {},
): Promise<void> {
  history = []
  const abort = new AbortController()
  const seen: Promise<void>[] = []
  const nemesis = new Nemesis({
    ...{ target: own, view, seed: 1, durationMs, signal: abort.signal },
    nowMs: () => performance.now(),
    write: (event) => {
      history.push(event)
      if (event.type === 'fault' && meanwhile)
        seen.push(meanwhile(event).finally(() => abort.abort()))
      if (event.type === 'skipped') abort.abort()
    },
  })
  await nemesis.run(steps)
  await Promise.all(seen)
}
type Meanwhile = (fault: FaultEvent) => Promise<void>

const whole = () => eventually(60_000, `a whole cluster`, () => view.isWhole)
const healed = () => history.filter(({ type }) => type === 'healed')

test('a killed leader is down while the fault lasts, replaced, and back after it', async () => {
  const before = view.partition(TOPIC, 1)
  await suffer([{ fault: 'kill', on: `leader-of(${TOPIC}-1)`, atMs: 0 }], {
    meanwhile: async ({ nodes }) => {
      expect(nodes).toEqual([before?.leader])
      await eventually(30_000, 'another leader', () => {
        const now = view.partition(TOPIC, 1)
        return now !== undefined && now.leader >= 0 && now.leader !== before?.leader
      })
      expect(own.node(nodes[0] ?? 0).isRunning).toBe(false)
    },
  })
  expect(healed()).toMatchObject([{ id: 1, error: null }])
  expect(own.nodes.every(({ isRunning }) => isRunning)).toBe(true)
  await whole()
})

test('two kills of one node overlap: it comes back when the second lets go', async () => {
  const started: number[] = []
  own.onNews(({ node, what }) => void (what === 'started' && started.push(node)))
  await suffer(
    [
      { fault: 'kill', on: 'broker(2)+broker(3)', atMs: 0, forMs: 3_000 },
      // Node 2 is down already and left out: node 1 alone.
      { fault: 'kill', on: 'broker(1)+broker(2)', atMs: 500, forMs: 500 },
    ],
    { durationMs: 5_000 },
  )
  const faults = history.filter(({ type }) => type === 'fault') as FaultEvent[]
  expect(faults.map(({ nodes }) => nodes)).toEqual([[2, 3], [1]])
  expect(healed().every((event) => event.type === 'healed' && event.error === null)).toBe(true)
  expect(started.sort()).toEqual([1, 2, 3])
  await whole()
})

test('the active controller is cut off one way, and another one takes over', async () => {
  await suffer([{ fault: 'cut', on: 'active-controller', direction: 'out', atMs: 0 }], {
    meanwhile: async ({ nodes }) => {
      await eventually(30_000, 'another controller', () => {
        const now = view.controller
        return now !== null && now !== nodes[0]
      })
    },
  })
  await whole()
})

test.each<Step>([
  { fault: 'pause', on: `followers-of(${TOPIC}-0)`, atMs: 0, forMs: 4_000 },
  { fault: 'throttle', on: 'random', bytesPerSecond: 2_000, atMs: 0, forMs: 3_000 },
  { fault: 'delay', on: 'random', delayMs: 200, jitterMs: 100, atMs: 0, forMs: 2_000 },
  { fault: 'corrupt', on: 'random', probability: 0.05, atMs: 0, forMs: 3_000 },
  { fault: 'reset', on: 'random', clients: true, atMs: 0, forMs: 500 },
  { fault: 'refuse', on: 'random', clients: true, atMs: 0, forMs: 500 },
  { fault: 'connection-storm', on: 'random', connections: 300, atMs: 0, forMs: 500 },
  { fault: 'restart', on: 'random', atMs: 0, forMs: 1 },
  { fault: 'terminate', on: 'random', atMs: 0, forMs: 1_000 },
  { fault: 'damage', on: 'random', file: 'leader-epochs', how: 'delete', atMs: 0, forMs: 500 },
  { fault: 'reassign', topic: TOPIC, atMs: 0, forMs: 1_000 },
  { fault: 'topic-churn', topics: 5, atMs: 0, forMs: 500 },
  { fault: 'replace-controller', on: 'active-controller', atMs: 0, forMs: 1_000 },
  { fault: 'starve-cpu', on: 'random', atMs: 0, forMs: 1_000 },
])('$fault is made, and taken back', async (step) => {
  await suffer([step], { durationMs: (step.forMs ?? 0) + 1_000 })
  const { fault } = step
  expect(history).toMatchObject([
    { type: 'fault', step: { fault } },
    { type: 'healed', error: null },
  ])
  await whole()
})

test('what cannot be done is skipped, with why', async () => {
  await suffer([{ fault: 'disk-full', on: 'random', atMs: 0 }], { durationMs: 1_000 })
  expect(history).toMatchObject([{ type: 'skipped', what: 'disk full on random' }])
  await suffer([{ fault: 'kill', on: 'leader-of(nothing-0)', atMs: 0 }], { durationMs: 8_000 })
  expect(history).toMatchObject([
    { type: 'skipped', why: 'nothing-0 has no leader, or is not there' },
  ])
}, 60_000)

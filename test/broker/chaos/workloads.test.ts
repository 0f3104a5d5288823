// Goal: every workload writes down what its clients asked and were told, by every client that is
// there; a leader that is killed under it, a client that dies, and one that is not installed are
// all seen. Method: a cluster of real processes, real clients in processes of their own, a few
// seconds of each workload; what is found in the partitions in the end must be what the history
// says.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClientName, WorkloadName } from '../../../src/chaos/api.ts'
import { findClient } from '../../../src/chaos/clients/available.ts'
import { clusterOf } from '../../../src/chaos/clients/lograft-reader.ts'
import { OwnCluster } from '../../../src/chaos/cluster/own-cluster.ts'
import { Judge } from '../../../src/chaos/checkers/judge.ts'
import { OWN_BROKERS, type HistoryEvent } from '../../../src/chaos/history/events.ts'
import { Crew } from '../../../src/chaos/workloads/crew.ts'
import { readEverything } from '../../../src/chaos/workloads/final-reading.ts'
import { readReplicas } from '../../../src/chaos/workloads/replicas.ts'
import { startWorkload } from '../../../src/chaos/workloads/table.ts'
import { isCompacted, planTopics } from '../../../src/chaos/workloads/topics.ts'
import type { TopicPlan, Workload, WorkloadSite } from '../../../src/chaos/workloads/workload.ts'
import { Admin } from '../../../src/client/admin.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { preparePython } from '../../support/foreign-client.ts'
import { eventually, within } from '../../support/within.ts'

const ANSWERED_WITHIN_MS = 60_000
const STOP_WITHIN_MS = 30_000
const RATE = 120

const python = preparePython()
if ('program' in python) process.env['LOGRAFT_CHAOS_PYTHON'] = python.program[0]
else console.warn(`SKIPPED: librdkafka in workloads, ${python.missing}`)
const isThere = (client: ClientName) => !('missing' in findClient(client))

const directory = mkdtempSync(join(tmpdir(), 'lograft-workloads-'))
let own: OwnCluster
beforeAll(async () => {
  own = await OwnCluster.start({ directory, brokers: 3, config: { 'min.insync.replicas': 2 } })
}, 120_000)
afterAll(async () => {
  await own[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true, force: true })
})

const saying = (text: string): unknown => expect.stringContaining(text)

type Of<Type extends HistoryEvent['type']> = Extract<HistoryEvent, { type: Type }>

/** One run of a workload, and what it wrote. */
class Run {
  readonly events: HistoryEvent[] = []
  readonly site: WorkloadSite
  readonly workload: Workload

  private constructor(
    name: WorkloadName,
    { clients, topics }: { clients: readonly ClientName[]; topics: readonly TopicPlan[] },
  ) {
    const originMs = hostClock.monotonicMs()
    this.site = {
      ...{ target: own, clock: hostClock, random: Math.random },
      nowMs: () => hostClock.monotonicMs() - originMs,
      write: (event) => void this.events.push(event),
      ...{ clients, topics, rate: RATE, acks: -1 as const },
    }
    this.workload = startWorkload(name, this.site)
  }

  /** On topics of its own; resolves when each client was answered. */
  static async begin(
    name: WorkloadName,
    { clients, config = {} }: { clients: readonly ClientName[]; config?: TopicPlan['config'] },
  ): Promise<Run> {
    const named: TopicPlan[] = planTopics([name], [], { replicationFactor: 3 }).map((plan) => ({
      ...plan,
      ...{ name: `${name}-${plan.name}-${Math.floor(Math.random() * 1e6)}`, partitions: 3 },
      config: { ...plan.config, ...config },
    }))
    const cluster = clusterOf(own.bootstrap, 'test')
    const admin = new Admin(cluster, { timeoutMs: 30_000 })
    for (const { config: options, ...topic } of named)
      await admin.createTopic({ ...topic, configs: new Map(Object.entries(options)) })
    await cluster.close()
    const run = new Run(name, { clients, topics: named })
    await within(ANSWERED_WITHIN_MS, `answers to ${name}`, run.workload.ready)
    return run
  }

  of<Type extends HistoryEvent['type']>(type: Type): Of<Type>[] {
    return this.events.filter((event): event is Of<Type> => event.type === type)
  }

  until(what: string, isIt: () => boolean): Promise<unknown> {
    return eventually(ANSWERED_WITHIN_MS, what, isIt)
  }

  acknowledged(client: ClientName): Of<'send'>[] {
    return this.of('send').filter((send) => send.client === client && send.outcome === 'ok')
  }

  /** Ends it, and reads everything. */
  async finish(): Promise<void> {
    await this.workload.stop(STOP_WITHIN_MS)
    const reading = { site: this.site, topics: this.site.topics, deadlineMs: 60_000 }
    await readEverything(reading)
    await readReplicas(reading)
  }

  /** By the checkers: every history of a cluster that keeps its word is valid, and wholly so. */
  expectValid(): void {
    const judge = new Judge()
    const { topics, nowMs } = this.site
    judge.add({
      ...{ type: 'run', version: 'test', scenario: 'test', claim: 'test', seed: 1 },
      ...{
        startedAt: new Date().toISOString(),
        target: OWN_BROKERS,
        nodes: [1, 2, 3],
        expect: 'valid',
      },
      topics: Object.fromEntries(
        topics.map((plan) => [plan.name, { ...plan, compacted: isCompacted(plan) }]),
      ),
      workloads: [this.workload.name],
    })
    for (const event of this.events) judge.add(event)
    judge.add({ type: 'phase', phase: 'end', atMs: nowMs() })
    const { verdict, anomalies, unknowns } = judge.finish()
    expect({ verdict, anomalies, unknowns }).toEqual({
      ...{ verdict: 'valid', anomalies: [], unknowns: [] },
    })
  }

  /** Where each record was found by a reader, `topic-partition@offset`, by its id. */
  found(reader: string): ReadonlyMap<string, readonly string[]> {
    const places = new Map<string, string[]>()
    for (const { reader: by, topic, partition, offsets, ids } of this.of('final'))
      for (const [index, offset] of offsets.entries()) {
        const id = ids[index] ?? 'nobody'
        if (by !== reader) continue
        places.set(id, [...(places.get(id) ?? []), `${topic}-${partition}@${offset}`])
      }
    return places
  }

  /** What must be so of every history of a cluster that keeps its word. */
  expectSound({ isOnce }: { isOnce: boolean }): void {
    this.expectValid()
    expect(this.of('found')).toEqual([])
    const found = this.found('lograft')
    for (const { producer, number, topic, partition, outcome, offset } of this.of('send')) {
      const places = found.get(`${producer}:${number}`) ?? []
      if (outcome === 'fail') expect(places, `${producer}:${number} was refused`).toEqual([])
      if (outcome === 'ok' && offset !== null)
        expect(places, `${producer}:${number}`).toContain(`${topic}-${partition}@${offset}`)
      if (outcome === 'ok') expect(places.length).toBeGreaterThan(0)
      if (isOnce) expect(places.length, `${producer}:${number} is there`).toBeLessThanOrEqual(1)
    }
    expect(found.has('nobody')).toBe(false)
    const [other] = new Set(
      this.of('final').flatMap(({ reader }) => (reader === 'lograft' ? [] : reader)),
    )
    expect(other, 'somebody else reads it, too').toBeDefined()
    expect(new Map(this.found(other ?? ''))).toEqual(new Map(found))
    this.#expectOneLog()
  }

  #expectOneLog(): void {
    const logs = new Map<string, string[]>()
    for (const { topic, partition, highWatermark, batches } of this.of('replica')) {
      const below = batches.filter(([base]) => base < highWatermark)
      const place = `${topic}-${partition}`
      logs.set(place, [...(logs.get(place) ?? []), JSON.stringify(below)])
    }
    expect([...logs.keys()].length).toBe(3)
    for (const replicas of logs.values()) {
      expect(replicas.length).toBe(3)
      expect(new Set(replicas).size).toBe(1)
    }
  }
}

const PRODUCERS = (['lograft', 'kafkajs', 'platformatic', 'librdkafka'] as const).filter(isThere)

test('idempotent: every client produces; all is there once, and all can read it', async () => {
  const run = await Run.begin('idempotent', { clients: PRODUCERS })
  for (const client of PRODUCERS)
    await run.until(`records of ${client}`, () => run.acknowledged(client).length >= 50)
  await run.finish()
  run.expectSound({ isOnce: true })
  expect(run.of('send').filter(({ outcome }) => outcome !== 'ok')).toEqual([])
  expect(run.of('send').every(({ idempotent }) => idempotent)).toBe(true)
  // Due at regular times, whenever they were sent.
  for (const { dueMs, sentMs, doneMs } of run.of('send')) {
    expect(sentMs).toBeGreaterThanOrEqual(dueMs)
    expect(doneMs).toBeGreaterThanOrEqual(sentMs)
  }
}, 180_000)

test('idempotent, while a leader is killed: records stay due, and are there once', async () => {
  const run = await Run.begin('idempotent', { clients: PRODUCERS })
  for (const client of PRODUCERS)
    await run.until(`records of ${client}`, () => run.acknowledged(client).length >= 20)
  await own.signal(2, 'SIGKILL')
  const killedMs = run.site.nowMs()
  for (const client of PRODUCERS)
    await run.until(`records of ${client} after it`, () =>
      run.acknowledged(client).some(({ dueMs }) => dueMs > killedMs + 500),
    )
  await own.start(2)
  await run.finish()
  run.expectSound({ isOnce: true })
  // Whatever was due while nobody led was sent, or is told to be unknown; how soon somebody led
  // again is the machine's, but those that were held up have waited longer than is usual.
  const waitedOf = (isOfThese: (dueMs: number) => boolean) =>
    run
      .acknowledged('lograft')
      .filter(({ dueMs }) => isOfThese(dueMs))
      .map(({ dueMs, doneMs }) => (doneMs ?? 0) - dueMs)
      .sort((one, other) => one - other)
  const usual = waitedOf((dueMs) => dueMs < killedMs - 500)
  const longest = waitedOf((dueMs) => dueMs > killedMs - 500).at(-1)
  expect(longest).toBeGreaterThan(usual[usual.length >> 1] ?? Infinity)
}, 240_000)

test('queue: clients produce, follow, go back and subscribe', async () => {
  const clients = [...PRODUCERS, 'kcat'] as const
  const run = await Run.begin('queue', { clients })
  for (const client of PRODUCERS)
    await run.until(`records of ${client}`, () => run.acknowledged(client).length >= 50)
  const polled = (client: ClientName, mode: 'assign' | 'subscribe') =>
    run.of('poll').some((poll) => poll.client === client && poll.mode === mode)
  const followers = (['lograft', 'librdkafka', 'kcat'] as const).filter(isThere)
  await run.until('reads', () => followers.every((client) => polled(client, 'assign')))
  await run.until('group reads', () => PRODUCERS.every((client) => polled(client, 'subscribe')))
  await run.until('somebody who goes back', () =>
    run.of('position').some(({ why, client }) => why === 'seek' && client === 'lograft'),
  )
  await run.finish()
  run.expectSound({ isOnce: false })
  expect(run.of('send').some(({ idempotent }) => idempotent)).toBe(false)
  if (!isThere('kcat'))
    expect(run.of('skipped')).toContainEqual(
      expect.objectContaining({ what: 'kcat in queue', why: saying('kcat') }),
    )
  // What was polled is what is there.
  const found = run.found('lograft')
  for (const { topic, partition, offsets, ids } of run.of('poll'))
    for (const [index, offset] of offsets.entries())
      expect(found.get(ids[index] ?? 'nobody')).toContain(`${topic}-${partition}@${offset}`)
}, 180_000)

test('groups: members come, go and are killed; commits are known again', async () => {
  const clients = (['lograft', 'kafkajs', 'librdkafka', 'platformatic'] as const).filter(isThere)
  const run = await Run.begin('groups', { clients })
  const committers = clients.filter((client) => client !== 'platformatic')
  for (const client of committers)
    await run.until(`commits of ${client}`, () =>
      run.of('commit').some((commit) => commit.client === client && commit.outcome === 'ok'),
    )
  await run.until('what is committed', () => run.of('committed').some(({ offset }) => offset > 0))
  await run.until('a member that went', () =>
    run.of('position').some(({ why }) => why === 'revoked' || why === 'crashed'),
  )
  await run.finish()
  run.expectSound({ isOnce: true })
  expect(run.of('skipped')).toContainEqual(
    expect.objectContaining({ what: 'platformatic in groups' }),
  )
  const notes = run.of('commit').map(({ group, metadata }) => `${group} ${metadata}`)
  expect(new Set(notes).size).toBe(notes.length)
  // Every offset was processed by every group, and the last commits are what is committed.
  for (const { topic, partition, offsets } of run.of('final').filter(byLograft))
    for (const client of committers) {
      const rows = run
        .of('processed')
        .filter(
          (row) => row.client === client && row.topic === topic && row.partition === partition,
        )
      const isIn = (offset: number) =>
        rows.some(({ first, last }) => first <= offset && offset <= last)
      expect(
        offsets.filter((offset) => !isIn(offset)),
        `${client} has not processed`,
      ).toEqual([])
    }
  const told = new Map(run.of('committed').map((one) => [`${one.group} ${one.partition}`, one]))
  for (const { group, metadata } of told.values())
    if (metadata !== '') expect(notes).toContain(`${group} ${metadata}`)
}, 240_000)

const byLograft = ({ reader }: { reader: string }) => reader === 'lograft'

test('compacted: keys and tombstones are told', async () => {
  const run = await Run.begin('compacted', { clients: PRODUCERS })
  await run.until('tombstones of each', () =>
    PRODUCERS.every((client) => run.acknowledged(client).some(({ tombstone }) => tombstone)),
  )
  await run.finish()
  run.expectValid()
  expect(run.of('send').every(({ key }) => key !== undefined)).toBe(true)
  const latest = new Map<string, { id: string | null; offset: number }>()
  for (const { topic, partition, offsets, ids, keys } of run.of('final').filter(byLograft))
    for (const [index, offset] of offsets.entries())
      latest.set(`${topic}-${partition} ${keys?.[index]}`, { id: ids[index] ?? null, offset })
  // The last acknowledged one of each key is there, or something behind it.
  for (const send of run.of('send').filter(({ outcome }) => outcome === 'ok')) {
    const held = latest.get(`${send.topic}-${send.partition} ${send.key}`)
    if (send.offset === null || (!held && send.tombstone)) continue
    expect(held?.offset ?? -1, `${send.producer}:${send.number}`).toBeGreaterThanOrEqual(
      send.offset,
    )
    if (held?.offset === send.offset)
      expect(held.id).toBe(send.tombstone ? null : `${send.producer}:${send.number}`)
  }
}, 180_000)

test('retention: the log start moves, and what is left is right', async () => {
  const run = await Run.begin('retention', { clients: ['lograft', 'kafkajs'] })
  await run.until('a reader behind the log start', () =>
    run.of('position').some(({ why, offset }) => why === 'seek' && (offset ?? 0) > 0),
  )
  await run.finish()
  run.expectValid()
  const finals = run.of('final').filter(byLograft)
  expect(finals.some(({ logStartOffset }) => logStartOffset > 0)).toBe(true)
  for (const { offsets, ids, logStartOffset } of finals) {
    expect(offsets.every((offset) => offset >= logStartOffset)).toBe(true)
    expect(ids).not.toContain(null)
  }
}, 180_000)

test('metadata: registers and topics, by several at once', async () => {
  const run = await Run.begin('metadata', { clients: ['lograft'] })
  const answered = (op: Of<'metadata'>['op']) =>
    run.of('metadata').some((event) => event.op === op && event.outcome === 'ok')
  for (const op of ['create', 'delete', 'describe', 'set', 'get'] as const)
    await run.until(op, () => answered(op))
  await run.workload.stop(STOP_WITHIN_MS)
  run.expectValid()
  expect(run.of('metadata').filter(({ outcome }) => outcome === 'unknown')).toEqual([])
  // What was read was written.
  const written = new Set(
    run
      .of('metadata')
      .filter(({ op }) => op === 'set')
      .map(({ value }) => value),
  )
  for (const { value } of run.of('metadata').filter(({ op }) => op === 'get'))
    if (value !== null) expect(written).toContain(value)
}, 180_000)

describe('clients', () => {
  test('one that dies is seen, begun anew under another name, and leaves nothing out', async () => {
    const run = await Run.begin('idempotent', { clients: ['lograft'] })
    const program = findClient('kafkajs')
    if ('missing' in program) throw new Error(program.missing)
    const crew = new Crew('idempotent', run.site)
    const lanes = [{ topic: run.site.topics[0]?.name ?? '', partition: 0 }]
    const role = { role: 'produce', process: 'victim', lanes, rate: 50, acks: -1 } as const
    const victim = crew.begin(program, [{ ...role, idempotent: true, keys: null, tombstones: 0 }])
    await crew.ready()
    process.kill(victim.pid ?? 0, 'SIGKILL')
    await run.until('its successor', () =>
      run.of('send').some((send) => send.process === 'victim~2' && send.outcome === 'ok'),
    )
    await crew.stop(STOP_WITHIN_MS)
    await run.finish()
    run.expectSound({ isOnce: true })
    expect(run.of('complaint')).toContainEqual(
      expect.objectContaining({ process: 'victim', sentence: saying('SIGKILL') }),
    )
  }, 180_000)
})

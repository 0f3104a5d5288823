// Goal: a client that is not there is told with what to do about it; what a program says becomes
// events, and what it leaves unsaid is unknown. Method: the finder on a machine without the client,
// and a ledger that is told lines.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { Ledger } from '../../../src/chaos/clients/ledger.ts'
import type { Role } from '../../../src/chaos/clients/protocol.ts'
import { outcomeOf } from '../../../src/chaos/clients/refusals.ts'
import { resolveTheirs } from '../../../src/chaos/clients/theirs.ts'
import type { HistoryEvent, Outcome } from '../../../src/chaos/history/events.ts'
import { lanesOf, planTopics } from '../../../src/chaos/workloads/topics.ts'

afterEach(() => vi.unstubAllEnvs())

test('a Python without confluent_kafka is told with what to do about it', async () => {
  vi.stubEnv('LOGRAFT_CHAOS_PYTHON', 'no-such-python')
  const { findClient } = await import('../../../src/chaos/clients/available.ts')
  expect(findClient('librdkafka')).toEqual({
    missing:
      'no-such-python has no confluent_kafka: pip install confluent-kafka, ' +
      'or name another Python in LOGRAFT_CHAOS_PYTHON',
  })
  expect(findClient('lograft')).toMatchObject({ client: 'lograft' })
})

test('a module is looked for in the project of whoever runs it, then beside the package', () => {
  const cwd = process.cwd()
  const elsewhere = mkdtempSync(join(tmpdir(), 'lograft-project-'))
  process.chdir(elsewhere)
  expect(resolveTheirs('kafkajs')).toContain('kafkajs')
  expect(resolveTheirs('no-such-client')).toBeNull()
  process.chdir(cwd)
  rmSync(elsewhere, { recursive: true })
})

const lanes = [
  { topic: 'orders', partition: 0 },
  { topic: 'orders', partition: 1 },
]
const PRODUCE: Role = {
  ...{ role: 'produce', process: 'kafkajs/1', lanes, rate: 10, acks: -1, idempotent: true },
  ...{ keys: null, tombstones: 0 },
}
const MEMBER: Role = {
  ...{ role: 'member', process: 'kafkajs/2', lanes, group: 'g', sessionTimeoutMs: 6_000 },
  tellsRecords: false,
}

function ledgerOf(roles: readonly Role[]) {
  const events: HistoryEvent[] = []
  const outcomes: Outcome[] = []
  const answered: number[] = []
  const ledger = new Ledger({
    ...{ workload: 'idempotent', client: 'kafkajs', roles },
    write: (event) => void events.push(event),
    onOutcome: (outcome) => void outcomes.push(outcome),
    onAnswer: (role) => void answered.push(role),
    ...{ onComplaint: () => undefined, onRead: () => undefined, onProcessed: () => undefined },
  })
  return { ledger, events, outcomes, answered }
}

test('records are told when their outcome is known; the rest when the program is gone', () => {
  const { ledger, events, outcomes, answered } = ledgerOf([PRODUCE])
  ledger.hear(['sending', 0, 12, 'kafkajs/1.1', 1, 1, [10, 11, 12], null, null])
  expect(events).toEqual([])
  ledger.hear(['sent', 0, 20, 'kafkajs/1.1', 1, 2, 'ok', 40, null])
  const of = { type: 'send', process: 'kafkajs/1', topic: 'orders', partition: 1, sentMs: 12 }
  expect(events).toMatchObject([
    { ...of, producer: 'kafkajs/1.1', number: 1, dueMs: 10, doneMs: 20, offset: 40 },
    { ...of, producer: 'kafkajs/1.1', number: 2, dueMs: 11, doneMs: 20, offset: 41 },
  ])
  ledger.close(30)
  expect(events[2]).toMatchObject({ ...of, number: 3, doneMs: null, outcome: 'unknown' })
  expect(outcomes).toEqual(['ok', 'ok', 'unknown'])
  expect(answered).toEqual([0])
})

test('a member that dies has an unknown commit, and is at no place any more', () => {
  const { ledger, events } = ledgerOf([MEMBER])
  ledger.hear(['committing', 0, 5, 0, 7, 'note', 'member', 3])
  ledger.close(9)
  const place = { topic: 'orders', partition: 0 }
  expect(events).toMatchObject([
    { type: 'commit', ...place, offset: 7, metadata: 'note', outcome: 'unknown', doneMs: null },
    { type: 'position', ...place, why: 'crashed', atMs: 9 },
    { type: 'position', topic: 'orders', partition: 1, why: 'crashed', atMs: 9 },
  ])
})

test('only what a broker would always refuse is refused for certain', () => {
  expect(outcomeOf('MESSAGE_TOO_LARGE')).toBe('fail')
  for (const open of ['REQUEST_TIMED_OUT', 'NOT_ENOUGH_REPLICAS', 'NOT_LEADER_OR_FOLLOWER', null])
    expect(outcomeOf(open), String(open)).toBe('unknown')
})

test('workloads get the topics they need, beside those that are named', () => {
  const config = { 'cleanup.policy': 'compact' }
  const named = [{ name: 'mine', partitions: 2, replicationFactor: 3, config }]
  const plans = planTopics(['queue', 'compacted', 'metadata'], named, { replicationFactor: 3 })
  expect(plans.map(({ name }) => name)).toEqual(['mine', 'orders'])
  expect(lanesOf('compacted', plans)).toEqual([
    { topic: 'mine', partition: 0 },
    { topic: 'mine', partition: 1 },
  ])
  expect(() => lanesOf('retention', plans)).toThrow('needs a topic that is retained')
})

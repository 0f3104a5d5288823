/**
 * What a request costs in things that can be counted, and do not depend on how busy the machine is:
 * memory allocated, bytes copied, calls into the system. And timers that an idle connection keeps.
 */
import type { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { createTopic } from '../../test/support/calls.ts'
import { Client } from '../../test/support/client.ts'
import type { LoadPlan } from '../load-plan.ts'
import type { Account } from '../probed-broker.ts'
import { account, startProbed } from '../probed-broker.ts'
import type { ProcessStats } from '../process-stats.ts'
import { statsOf } from '../process-stats.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'

/** What is fetched lies in the tail cache, and nothing else was written to it. */
const TOPIC = 'cost'
const TAIL_TOPIC = 'cost-tail'
const IDLE_CONNECTIONS = 100
const FETCHED_BATCHES = 300
const AS_LONG_AS_IT_TAKES_MS = 60_000

interface Case {
  readonly name: string
  readonly plan: (node: ProcessNode) => LoadPlan
}

/** `scale` is what makes collections frequent enough to count by; small in a short run. */
function casesOf(scale: number): readonly Case[] {
  const requests = (node: ProcessNode, requestsMax: number) => ({
    address: node.address,
    topic: TOPIC,
    connections: 1,
    requestsMax: Math.ceil(requestsMax * scale),
    durationMs: AS_LONG_AS_IT_TAKES_MS,
  })
  const produce = { type: 'produce', acks: 1, recordBytes: 1_000 } as const
  return [
    {
      name: 'produce 100 KB',
      plan: (node) => ({ ...produce, ...requests(node, 3_000), batchBytes: 100_000, inFlight: 5 }),
    },
    {
      name: 'fetch 1 MB at the tail',
      plan: ({ address }) => ({
        ...{ type: 'fetch', maxBytes: 1 << 20, minBytes: 1, maxWaitMs: 500, atEnd: 'again' },
        durationMs: 4_000 * scale,
        sources: [
          {
            address,
            topic: TAIL_TOPIC,
            partition: 0,
            fromOffset: 0,
            untilOffset: FETCHED_BATCHES * 100,
          },
        ],
      }),
    },
    {
      name: 'produce 1 KB',
      plan: (node) => ({ ...produce, ...requests(node, 30_000), batchBytes: 1_000, inFlight: 64 }),
    },
    {
      name: 'ApiVersions',
      plan: (node) => ({ type: 'api-versions', ...requests(node, 100_000), inFlight: 64 }),
    },
  ]
}

export async function measureCost(rig: Rig): Promise<Row[]> {
  await using node = await startProbed(rig)
  await using client = await Client.connect(node.address)
  for (const topic of [TOPIC, TAIL_TOPIC]) await createTopic(client, topic)
  const scale = rig.pace.runs === 1 ? 0.02 : 1
  const rows: Row[] = []
  for (const { name, plan } of casesOf(scale)) {
    if (plan(node).type === 'fetch') await fillTail(rig, node)
    await rig.load.run(plan(node))
    rows.push(...(await count(rig, node, { name, plan })))
  }
  return [...rows, await timersPerConnection(node)]
}

/** Batches that all lie in the tail cache. */
async function fillTail(rig: Rig, { address }: ProcessNode): Promise<void> {
  await rig.load.run({
    ...{ type: 'produce', address, topic: TAIL_TOPIC, connections: 1, acks: 1, inFlight: 5 },
    ...{ recordBytes: 1_000, batchBytes: 100_000 },
    ...{ requestsMax: FETCHED_BATCHES, durationMs: AS_LONG_AS_IT_TAKES_MS },
  })
}

async function count(rig: Rig, node: ProcessNode, { name, plan }: Case): Promise<Row[]> {
  const before = { ...(await account(node)), calls: callsOf(statsOf(node.pid)) }
  const { requests, bytes } = await rig.load.run(plan(node))
  const after = { ...(await account(node)), calls: callsOf(statsOf(node.pid)) }
  const grown = (key: keyof Account) => after[key] - before[key]
  const perRequest = (key: keyof Account) => grown(key) / requests
  const calls = after.calls === null || before.calls === null ? null : after.calls - before.calls
  return [
    { measure: `${name}, JavaScript heap`, unit: 'B/request', value: perRequest('heapBytes') },
    { measure: `${name}, arrays`, unit: 'B/request', value: perRequest('bufferBytes') },
    bytes === 0
      ? { measure: `${name}, copied`, unit: 'B/request', value: perRequest('copiedBytes') }
      : { measure: `${name}, copied`, unit: 'B/B', value: grown('copiedBytes') / bytes },
    {
      measure: `${name}, reads and writes`,
      unit: 'calls/request',
      value: calls === null ? null : calls / requests,
    },
  ]
}

const callsOf = (stats: ProcessStats | null) => stats && stats.readCalls + stats.writeCalls

async function timersPerConnection(node: ProcessNode): Promise<Row> {
  const before = await account(node)
  const clients: Client[] = []
  while (clients.length < IDLE_CONNECTIONS) clients.push(await Client.connect(node.address))
  const after = await account(node)
  await Promise.all(clients.map((client) => client.close()))
  const value = (after.timers - before.timers) / IDLE_CONNECTIONS
  return { measure: 'idle connection, timers', unit: 'timers', value }
}

/**
 * How many offsets are committed in a second: by one broker, and by three that share them and have
 * three replicas of each. A connection waits for one commit at a time, so there are many of them,
 * each of a group of its own, and groups are spread over all coordinators. What is acknowledged is
 * fsynced on every replica in sync.
 */
import type { LoadResult } from '../../src/cli/bench/load-result.ts'
import { createTopic } from '../../test/support/calls.ts'
import { Client } from '../../test/support/client.ts'
import { eventually } from '../../test/support/within.ts'
import { Cluster } from '../cluster.ts'
import type { Committer } from '../commit-source.ts'
import type { Run } from '../compare.ts'
import { median, once } from '../compare.ts'
import { commitOnce, coordinatorsOf } from '../coordinators.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'

const TOPIC = 'committed'
const NODES = [1, 3]
const CASES = [
  { connections: 16, partitions: 1_000 },
  { connections: 32, partitions: 100 },
  { connections: 64, partitions: 1 },
]
const SERVED_WITHIN_MS = 60_000
/** What is wanted of batched commits to three brokers. */
const TARGET = { limit: 100_000, aim: 200_000, better: 'more' } as const

export async function measureOffsets(rig: Rig): Promise<Row[]> {
  const rows: Row[] = []
  for (const nodes of NODES) {
    await using cluster = await Cluster.start(rig, { nodes })
    {
      await using client = await Client.connect(cluster.node(1).address)
      await createTopic(client, TOPIC)
    }
    for (const shape of CASES) rows.push(...(await measureOne(rig, cluster, shape)))
  }
  return rows
}

async function measureOne(
  rig: Rig,
  cluster: Cluster,
  { connections, partitions }: (typeof CASES)[number],
): Promise<Row[]> {
  const committers = await committersOf(cluster, connections, partitions)
  const { commitMs: durationMs, runs: count } = rig.pace
  const side = {
    name: 'lograft' as const,
    address: cluster.node(1).address,
    pids: cluster.nodes.map(({ pid }) => pid),
  }
  const runs: Run[] = []
  // The first one compiles and fills caches, and does not count.
  for (let round = 0; round <= count; round += 1) {
    const run = await once(side, () =>
      rig.load.run({ type: 'commit', committers, inFlight: 1, durationMs }),
    )
    if (round > 0) runs.push(run)
  }
  const replicas = cluster.nodes.length === 1 ? '1 replica' : `${cluster.nodes.length} replicas`
  const at = `${partitions.toLocaleString('en')} in a request × ${connections}`
  return rowsOf(`commits, ${at}, ${replicas}`, runs, partitions)
}

function rowsOf(measure: string, runs: readonly Run[], partitions: number): Row[] {
  const rate = ({ requests, seconds }: LoadResult) => (requests * partitions) / seconds
  const run = median(runs.toSorted((one, other) => rate(one) - rate(other)))
  const cpuSeconds = run.serverCpuSeconds?.reduce((sum, seconds) => sum + seconds, 0)
  const millions = (run.requests * partitions) / 1e6
  const { p50, p99 } = run.latencyMs
  return [
    {
      ...{ measure, unit: 'commits/s', value: rate(run) },
      loadBusy: run.loadCpuSeconds / run.seconds,
      ...(partitions > 1 && { target: TARGET }),
    },
    { measure: `${measure}, requests`, unit: 'requests/s', value: run.requests / run.seconds },
    { measure: `${measure}, latency p50`, unit: 'ms', value: p50 },
    { measure: `${measure}, latency p99`, unit: 'ms', value: p99 },
    {
      ...{ measure: `${measure}, CPU of all brokers`, unit: 's/million' },
      value: cpuSeconds === undefined ? null : cpuSeconds / millions,
    },
  ]
}

/** One for each connection, each of a group of its own; resolves when they can all commit. */
async function committersOf(
  cluster: Cluster,
  connections: number,
  partitions: number,
): Promise<readonly Committer[]> {
  const groupIds = Array.from({ length: connections }, (_, index) => `of-${partitions}-${index}`)
  const coordinators = await coordinatorsOf(cluster.node(1).address, groupIds)
  const committers: Committer[] = []
  for (const [groupId, address] of coordinators) {
    const committer = { groupId, address, topic: TOPIC, partitions }
    await using client = await Client.connect(address)
    await eventually(SERVED_WITHIN_MS, `a commit of ${groupId}`, async () => {
      return (await commitOnce(client, committer)) === 0
    })
    committers.push(committer)
  }
  return committers
}

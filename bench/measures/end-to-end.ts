/**
 * How long a record takes to its consumer at a rate that every side keeps up with: produced with
 * acks=all, seen by a consumer with a long poll, with one replica and with three. Beside it, the
 * bare loop, which has as many processes write a record before anybody gets it.
 */
import { join } from 'node:path'
import type { Latency } from '../../src/cli/bench/load-result.ts'
import { Bare } from '../bare.ts'
import { Cluster } from '../cluster.ts'
import { ascending, median } from '../compare.ts'
import { withReplicatedTopic } from '../replicated-topic.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'
import type { Side } from '../side.ts'

const NODES = 3
const REPLICAS = [1, 3]
const RATE_PER_SECOND = 1_000
const RECORD_BYTES = 1_000
const PERCENTILES = [
  ['p50', 'p50'],
  ['p99', 'p99'],
  ['p99.9', 'p999'],
] as const

export async function measureEndToEnd(rig: Rig): Promise<Row[]> {
  await using cluster = await Cluster.start(rig, { nodes: NODES })
  const rows: Row[] = []
  for (const replicas of REPLICAS) {
    const path = join(rig.directory, `bare-${replicas}`)
    await using bare = await Bare.start(path, { followers: replicas - 1 })
    const name = `end-to-end-${replicas}`
    rows.push(
      ...(await withReplicatedTopic(cluster, { name, replicas }, (lograft) =>
        measureOne(rig, { name, replicas, sides: [lograft, bare.side], bare }),
      )),
    )
  }
  return rows
}

interface Case {
  readonly name: string
  readonly replicas: number
  readonly sides: readonly Side[]
  readonly bare: Bare
}

async function measureOne(rig: Rig, { name, replicas, sides, bare }: Case): Promise<Row[]> {
  const runs = { lograft: [] as Latency[], bare: [] as Latency[] }
  const ends = { lograft: 0, bare: 0 }
  // The first round compiles and fills caches, and does not count.
  for (let round = 0; round <= rig.pace.runs; round += 1)
    for (const side of sides) {
      if (side.name === 'bare') {
        await bare.reset('keep')
        ends.bare = 0
      }
      const { latencyMs, requests } = await rig.load.run({
        ...{ type: 'end-to-end', address: side.address, topic: name, partition: 0, acks: -1 },
        ...{ recordBytes: RECORD_BYTES, ratePerSecond: RATE_PER_SECOND },
        ...{ durationMs: rig.pace.endToEndMs, fromOffset: ends[side.name] },
      })
      ends[side.name] += requests
      if (round > 0) runs[side.name].push(latencyMs)
    }
  return PERCENTILES.map(([percentile, key]) => {
    const middle = (latencies: readonly Latency[]) =>
      median(ascending(latencies.map((latency) => latency[key])))
    const plural = replicas > 1 ? 's' : ''
    const measure = `1 KB at ${RATE_PER_SECOND}/s to its consumer, ${replicas} replica${plural}`
    const [value, other] = [middle(runs.lograft), middle(runs.bare)]
    return { measure: `${measure}, ${percentile}`, unit: 'ms', value, bare: other }
  })
}

/**
 * How fast batches are taken in that two other brokers must have before they are acknowledged:
 * three replicas, acks=all, one connection that sends ahead, three brokers as processes. Beside it
 * a bare loop that receives, checks, writes, and has two others do the same. All of each side share
 * the cores of one machine, and its disk.
 */
import { join } from 'node:path'
import { Bare } from '../bare.ts'
import { Cluster } from '../cluster.ts'
import { bytesPerSecond, compareSides } from '../compare.ts'
import { withReplicatedTopic } from '../replicated-topic.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'
import { megabytesPerSecond, throughputRow } from '../row.ts'

const NODES = 3
const SIZES = [
  { name: '100 KB', recordBytes: 1_000, batchBytes: 100_000, inFlight: 5 },
  { name: '1 KB', recordBytes: 1_000, batchBytes: 1_000, inFlight: 64 },
]

export async function measureReplicated(rig: Rig): Promise<Row[]> {
  await using cluster = await Cluster.start(rig, { nodes: NODES })
  await using bare = await Bare.start(join(rig.directory, 'bare-leader'), { followers: NODES - 1 })
  const { replicatedRunMs, runBytes, runs } = rig.pace
  const rows: Row[] = []
  for (const size of SIZES) {
    const topic = `replicated-${size.batchBytes}`
    const comparison = await withReplicatedTopic(cluster, { name: topic }, (lograft) =>
      compareSides({ sides: [lograft, bare.side], runs }, bytesPerSecond, async ({ address }) => {
        await bare.reset()
        return rig.load.run({
          ...{ type: 'produce', address, topic, connections: 1, acks: -1, ...size },
          durationMs: replicatedRunMs,
          requestsMax: Math.ceil(runBytes / size.batchBytes),
        })
      }),
    )
    const measure = `produce ${size.name} × 1, 3 replicas, acks=all`
    const unit = { unit: 'MB/s', rate: megabytesPerSecond }
    rows.push(throughputRow(measure, comparison, unit))
    const [own, other] = comparison.leaderCpuPerGB ?? []
    rows.push({
      ...{ measure: `${measure}, CPU of the leader alone`, unit: 's/GB', value: own ?? null },
      ...(other !== undefined && { bare: other }),
    })
  }
  return rows
}

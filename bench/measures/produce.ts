/**
 * How fast batches are taken in: two sizes, over 1, 4 and 16 connections with a partition each,
 * acknowledged and not. A connection sends ahead what Kafka's clients do of large batches (5), and
 * of small ones enough that the round trip does not matter.
 */
import type { Acks } from '../../src/cli/bench/requests.ts'
import { bytesPerSecond, compare } from '../compare.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'
import { megabytesPerSecond, throughputRow } from '../row.ts'

interface Size {
  readonly name: string
  readonly recordBytes: number
  readonly batchBytes: number
  readonly inFlight: number
}

const SIZES: readonly Size[] = [
  { name: '100 KB', recordBytes: 1_000, batchBytes: 100_000, inFlight: 5 },
  { name: '1 KB', recordBytes: 1_000, batchBytes: 1_000, inFlight: 64 },
]
const CONNECTIONS = [1, 4, 16]
const ACKS: readonly Acks[] = [1, 0]

/** The one case that is a promise (docs/BENCHMARKS.md). */
const TARGET = { limit: 0.5, aim: 0.8, better: 'more' } as const
const isPromised = (size: Size, connections: number, acks: Acks) =>
  size.batchBytes === 100_000 && connections === 1 && acks === 1

export async function measureProduce(rig: Rig): Promise<Row[]> {
  const rows: Row[] = []
  for (const size of SIZES)
    for (const acks of ACKS)
      for (const connections of CONNECTIONS) rows.push(await one(rig, size, acks, connections))
  return rows
}

async function one(rig: Rig, size: Size, acks: Acks, connections: number): Promise<Row> {
  const topic = `produce-${size.batchBytes}-${acks}-${connections}`
  const { runMs, runBytes } = rig.pace
  const comparison = await rig.withTopic({ name: topic, partitions: connections }, () =>
    compare(rig, bytesPerSecond, async ({ name, address }) => {
      if (name === 'bare') await rig.resetBare()
      return rig.load.run({
        ...{ type: 'produce', address, topic, connections, acks, ...size },
        durationMs: runMs,
        requestsMax: Math.ceil(runBytes / size.batchBytes),
      })
    }),
  )
  const measure = `produce ${size.name} × ${connections}, acks=${acks}`
  return throughputRow(measure, comparison, {
    unit: 'MB/s',
    rate: megabytesPerSecond,
    ...(isPromised(size, connections, acks) ? { target: TARGET } : {}),
  })
}

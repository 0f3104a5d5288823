/**
 * How long a produce of 1 KB takes at a rate that every side keeps up with. Requests are due by the
 * clock, not by earlier answers, and their latency counts from when they were due.
 */
import { ascending, median, once } from '../compare.ts'
import type { Run } from '../compare.ts'
import type { Rig } from '../rig.ts'
import { bothSides } from '../rig.ts'
import type { Row } from '../row.ts'

const RATE_PER_SECOND = 2_000
const CONNECTIONS = 4
const PERCENTILES = [
  ['p50', 'p50'],
  ['p99', 'p99'],
  ['p99.9', 'p999'],
] as const

export function measureLatency(rig: Rig): Promise<Row[]> {
  const topic = 'latency'
  return rig.withTopic({ name: topic, partitions: CONNECTIONS }, async () => {
    const runs: Record<string, Run[]> = { lograft: [], bare: [] }
    await rig.resetBare()
    for (let round = 0; round < rig.pace.runs; round += 1)
      for (const side of await bothSides(rig)) {
        const run = await once(side, ({ address }) =>
          rig.load.run({
            ...{ type: 'produce', address, topic, connections: CONNECTIONS, acks: 1 },
            ...{ recordBytes: 1_000, batchBytes: 1_000, inFlight: 1_000 },
            durationMs: rig.pace.latencyMs,
            ratePerSecond: RATE_PER_SECOND,
          }),
        )
        runs[side.name]?.push(run)
      }
    return PERCENTILES.map(([name, key]) => {
      const middle = (side: string) =>
        median(ascending((runs[side] ?? []).map(({ latencyMs }) => latencyMs[key])))
      const measure = `produce 1 KB at ${RATE_PER_SECOND}/s, latency ${name}`
      return { measure, unit: 'ms', value: middle('lograft'), bare: middle('bare') }
    })
  })
}

/** How many small requests a second: what each one costs before it has done anything. */
import { compare } from '../compare.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'
import { requestsPerSecond, throughputRow } from '../row.ts'

const CASES = [
  { type: 'api-versions', name: 'ApiVersions', inFlight: 64 },
  { type: 'api-versions', name: 'ApiVersions', inFlight: 1 },
  { type: 'metadata', name: 'Metadata of one topic', inFlight: 64 },
  { type: 'metadata', name: 'Metadata of one topic', inFlight: 1 },
] as const

export function measureRequests(rig: Rig): Promise<Row[]> {
  const topic = 'requests'
  return rig.withTopic({ name: topic, partitions: 1 }, async () => {
    const rows: Row[] = []
    for (const { type, name, inFlight } of CASES) {
      const comparison = await compare(rig, requestsPerSecond, ({ address }) =>
        rig.load.run({
          ...{ type, address, topic, connections: 1, inFlight },
          durationMs: rig.pace.runMs,
        }),
      )
      const measure = `${name}, ${inFlight === 1 ? 'one by one' : 'pipelined'}`
      rows.push(throughputRow(measure, comparison, { unit: 'requests/s', rate: requestsPerSecond }))
    }
    return rows
  })
}

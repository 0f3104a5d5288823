/**
 * What a broker costs that has nothing to do: memory and CPU of a new one, of one with thousands of
 * partitions, and memory of each idle connection. Needs /proc.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { createTopic } from '../../test/support/calls.ts'
import { Client } from '../../test/support/client.ts'
import { statsOf } from '../process-stats.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'

const MB = 1e6
/** Topics of so many partitions each. */
const PARTITIONS_PER_TOPIC = 1_000

interface Idleness {
  readonly residentBytes: number
  /** CPU milliseconds for each second. */
  readonly cpuMsPerSecond: number
}

export async function measureIdle(rig: Rig): Promise<Row[]> {
  const rows: Row[] = []
  const empty = await idle(rig, 0)
  if (!empty) return [{ measure: 'idle', unit: '', value: null, note: 'needs /proc' }]
  rows.push(
    {
      ...{ measure: 'idle memory', unit: 'MB', value: empty.residentBytes / MB },
      target: { limit: 120, aim: 80, better: 'less' },
    },
    { measure: 'idle CPU', unit: 'ms/s', value: empty.cpuMsPerSecond },
  )
  for (const count of rig.pace.idlePartitions) {
    const full = await idle(rig, count)
    if (!full) continue
    const eachBytes = (full.residentBytes - empty.residentBytes) / count
    const name = `${count} idle partitions`
    rows.push(
      { measure: `${name}, memory of each`, unit: 'KB', value: eachBytes / 1e3 },
      { measure: `${name}, CPU`, unit: 'ms/s', value: full.cpuMsPerSecond },
    )
  }
  return [...rows, await idleConnections(rig)]
}

/** A broker of its own, with so many partitions, after a while without any request. */
async function idle(rig: Rig, partitions: number): Promise<Idleness | null> {
  await using node = await rig.startBroker()
  if (partitions > 0) await createPartitions(node, partitions)
  await pause(rig.pace.idleMs)
  const before = statsOf(node.pid)
  await pause(rig.pace.idleMs)
  const after = statsOf(node.pid)
  if (!before || !after) return null
  const cpuMs = (after.cpuSeconds - before.cpuSeconds) * 1000
  return {
    residentBytes: after.residentBytes,
    cpuMsPerSecond: cpuMs / (rig.pace.idleMs / 1000),
  }
}

async function createPartitions(
  { address }: { address: { host: string; port: number } },
  partitions: number,
): Promise<void> {
  await using client = await Client.connect(address)
  for (let left = partitions; left > 0; left -= PARTITIONS_PER_TOPIC)
    await createTopic(client, `idle-${left}`, { partitions: Math.min(left, PARTITIONS_PER_TOPIC) })
}

async function idleConnections(rig: Rig): Promise<Row> {
  await using node = await rig.startBroker()
  await pause(rig.pace.idleMs)
  const before = statsOf(node.pid)?.residentBytes ?? 0
  const clients: Client[] = []
  const count = rig.pace.idleConnections
  while (clients.length < count) clients.push(await Client.connect(node.address))
  await pause(rig.pace.idleMs)
  const after = statsOf(node.pid)?.residentBytes ?? 0
  await Promise.all(clients.map((client) => client.close()))
  const value = (after - before) / count / 1e3
  return { measure: `${count} idle connections, memory of each`, unit: 'KB', value }
}

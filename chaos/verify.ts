/**
 * The files of a topic, compared with a full scan of themselves while no node runs: after a clean
 * stop nothing may be wrong; right after a kill, only what the kill cut short: the end of the last
 * segment and a producer snapshot in the making (derived, and dropped by the next start: S2).
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { hostDisk } from '../src/host/disk.ts'
import { verifyAgainstScan } from '../src/log/verify.ts'

export interface Verified {
  readonly partitions: number
  /** `.log` files, all partitions together. */
  readonly segments: number
  readonly faults: readonly string[]
}

/** Verifies every partition directory of `topic` in the data directory. */
export function verifyPartitions(
  dataDirectory: string,
  { topic, killed }: { topic: string; killed: boolean },
): Verified {
  const faults: string[] = []
  let segments = 0
  if (!existsSync(dataDirectory)) return { partitions: 0, segments, faults }
  const names = readdirSync(dataDirectory).filter((name) => isPartitionOf(topic, name))
  for (const name of names) {
    const directory = join(dataDirectory, name)
    const logs = readdirSync(directory).filter((file) => file.endsWith('.log'))
    segments += logs.length
    const lastLog = logs.sort().at(-1) ?? 'none'
    for (const { path, at, problem } of verifyAgainstScan(hostDisk, directory)) {
      const cutShort = path.endsWith('.snapshot') || path.endsWith(lastLog)
      if (!killed || !cutShort) faults.push(`${path} at ${at}: ${problem}`)
    }
  }
  return { partitions: names.length, segments, faults }
}

const isPartitionOf = (topic: string, name: string) =>
  name.startsWith(`${topic}-`) && /^\d+$/.test(name.slice(topic.length + 1))

/**
 * The files of a topic, compared with a full scan of themselves while no node runs: after a clean
 * stop as well as right after a kill, where a torn tail is all that may be wrong.
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
export function verifyPartitions(dataDirectory: string, topic: string): Verified {
  const faults: string[] = []
  let segments = 0
  if (!existsSync(dataDirectory)) return { partitions: 0, segments, faults }
  const names = readdirSync(dataDirectory).filter((name) => isPartitionOf(topic, name))
  for (const name of names) {
    const directory = join(dataDirectory, name)
    segments += readdirSync(directory).filter((file) => file.endsWith('.log')).length
    for (const { path, at, problem } of verifyAgainstScan(hostDisk, directory)) {
      faults.push(`${path} at ${at}: ${problem}`)
    }
  }
  return { partitions: names.length, segments, faults }
}

const isPartitionOf = (topic: string, name: string) =>
  name.startsWith(`${topic}-`) && /^\d+$/.test(name.slice(topic.length + 1))

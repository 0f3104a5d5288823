/**
 * The replicas of a topic as they lie in data directories, by `lograft dump`: it checks every
 * batch, and what it calls damage is a fault.
 */
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { run } from '../../test/support/command.ts'

interface DumpedBatch {
  readonly baseOffset: number
  readonly lastOffset: number
  readonly leaderEpoch: number
  readonly sizeBytes: number
  readonly crc: number
}

export interface ReplicaLog {
  readonly node: number
  readonly partition: number
  /** In the order of the files. */
  readonly batches: readonly DumpedBatch[]
}

export interface Dumps {
  readonly logs: readonly ReplicaLog[]
  readonly faults: readonly string[]
}

/** `directories`: by node id. */
export async function dumpReplicas(
  directories: ReadonlyMap<number, string>,
  { topic, partitions }: { readonly topic: string; readonly partitions: number },
): Promise<Dumps> {
  const dumps = await Promise.all(
    [...directories].map(async ([node, directory]): Promise<Dumps> => {
      const names = Array.from({ length: partitions }, (_, index) => `${topic}-${index}`)
      const paths = names.map((name) => join(directory, name)).filter((path) => existsSync(path))
      if (paths.length === 0) return { logs: [], faults: [] }
      const { code, stdout, stderr } = await run(['dump', ...paths, '--json'])
      const faults = code === 0 ? [] : [`the dump of node ${node} ended with ${code}: ${stderr}`]
      return { logs: logsIn(stdout.toString(), { node, topic, paths }), faults }
    }),
  )
  return {
    logs: dumps.flatMap(({ logs }) => logs),
    faults: dumps.flatMap(({ faults }) => faults),
  }
}

function logsIn(
  printed: string,
  { node, topic, paths }: { node: number; topic: string; paths: readonly string[] },
): readonly ReplicaLog[] {
  const byPartition = new Map<number, DumpedBatch[]>()
  const partitionOf = (path: string) => Number(basename(path).slice(topic.length + 1))
  for (const path of paths) byPartition.set(partitionOf(path), [])
  for (const line of printed.split('\n')) {
    if (!line.includes('"type":"batch"')) continue
    const batch = JSON.parse(line) as DumpedBatch & { readonly file: string }
    if (batch.file.endsWith('.log')) byPartition.get(partitionOf(dirname(batch.file)))?.push(batch)
  }
  return [...byPartition].map(([partition, batches]) => ({
    node,
    partition,
    batches: batches.sort((a, b) => a.baseOffset - b.baseOffset),
  }))
}

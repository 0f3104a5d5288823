/**
 * The replicas of all partitions as they lie on their disks, batch by batch, for the checker that
 * compares them. Nodes may run: what they write meanwhile is above the high watermark that was
 * asked for before, what they remove below the log start that is asked for behind. Compacted
 * topics are left out: each replica cleans its log in its own time.
 */
import { join } from 'node:path'
import { asError } from '../../base/errors.ts'
import { EARLIEST, LATEST, findOffsets } from '../../client/offsets.ts'
import { hostDisk } from '../../host/disk.ts'
import { LOG_SUFFIX, parseOffsetFileName, partitionDirectoryName } from '../../log/file-names.ts'
import { scanBatches } from '../../log/scan.ts'
import { clusterOf } from '../clients/lograft-reader.ts'
import type { Lane } from '../clients/protocol.ts'
import type { ReplicaEvent } from '../history/events.ts'
import type { ReadingOptions } from './final-reading.ts'
import { isCompacted } from './topics.ts'

/** A segment may be removed while it is looked for. */
const LOOKS_MAX = 3

type Batch = ReplicaEvent['batches'][number]

interface Replica {
  readonly node: number
  readonly batches: readonly Batch[]
  /** Why its last batch is not read; null: all are. */
  readonly bad: string | null
}

/** What could not be read is written as found: unknown. Never rejects. */
export async function readReplicas({ site, topics, deadlineMs }: ReadingOptions): Promise<void> {
  const { target, nowMs, write } = site
  if (!target.capabilities.has('files')) {
    const why = target.missing('files')
    return write({ type: 'skipped', atMs: nowMs(), what: 'replicas on disks', why })
  }
  const cluster = clusterOf(target.bootstrap, 'chaos-replicas')
  try {
    for (const topic of topics.filter((each) => !isCompacted(each)))
      for (let partition = 0; partition < topic.partitions; partition += 1) {
        const query = { topic: topic.name, partitions: [partition], timeoutMs: deadlineMs }
        const ask = async (timestamp: number) =>
          (await findOffsets(cluster, { ...query, timestamp })).get(partition) ?? 0
        const place = { topic: topic.name, partition }
        const highWatermark = await ask(LATEST)
        const replicas = scanned(site, place)
        const logStartOffset = await ask(EARLIEST)
        for (const replica of replicas)
          tell(site, place, { replica, highWatermark, logStartOffset })
      }
  } catch (thrown) {
    const sentence = `replicas could not be read in the end: ${asError(thrown).message}`
    const found = { kind: 'unknown', anomaly: 'not-read', sentence } as const
    write({ type: 'found', atMs: nowMs(), ...found })
  } finally {
    await cluster.close()
  }
}

function scanned({ target }: ReadingOptions['site'], { topic, partition }: Lane): Replica[] {
  return target.nodes.flatMap(({ id: node, directory }): Replica[] => {
    const path = join(directory ?? '', partitionDirectoryName(topic, partition))
    if (directory === null || !hostDisk.exists(path)) return []
    for (let looks = 1; ; looks += 1)
      try {
        return [{ node, ...batchesIn(path) }]
      } catch (thrown) {
        if (looks === LOOKS_MAX) throw thrown
      }
  })
}

function tell(
  { nowMs, write }: ReadingOptions['site'],
  { topic, partition }: Lane,
  of: {
    readonly replica: Replica
    readonly highWatermark: number
    readonly logStartOffset: number
  },
): void {
  const { highWatermark, logStartOffset } = of
  const { node, batches, bad } = of.replica
  write({
    ...{ type: 'replica', node, topic, partition, highWatermark, logStartOffset },
    batches: batches.filter(([, lastOffset]) => lastOffset >= logStartOffset),
  })
  const end = (batches.at(-1)?.[1] ?? -1) + 1
  // Above the high watermark half a batch may be on its way.
  if (bad === null || end >= highWatermark) return
  const sentence = `partition ${partition} of ${topic} on node ${node}: behind offset ${end} ${bad}`
  const found = { kind: 'invalid', anomaly: 'damaged-replica', sentence } as const
  write({ type: 'found', atMs: nowMs(), ...found })
}

/** Whole batches with a right CRC, in the order of the files. */
function batchesIn(directory: string): Pick<Replica, 'batches' | 'bad'> {
  const names = hostDisk
    .list(directory)
    .map(({ name }) => name)
    .filter((name) => parseOffsetFileName(name)?.suffix === LOG_SUFFIX)
    .sort()
  const batches: Batch[] = []
  let bad: string | null = null
  for (const name of names) {
    const file = hostDisk.open(join(directory, name), 'read')
    try {
      const to = file.sizeBytes()
      const end = scanBatches({ file, from: 0, to, whole: true }, (batch) => {
        const { baseOffset, lastOffset, partitionLeaderEpoch, sizeBytes, crc } = batch
        batches.push([baseOffset, lastOffset, partitionLeaderEpoch, sizeBytes, crc])
        return 'go-on'
      })
      bad ??= end.bad
    } finally {
      file.close()
    }
    if (bad !== null) break
  }
  return { batches, bad }
}

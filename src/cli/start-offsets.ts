/**
 * From "the last ten" or "an hour ago" to the offset at which reading begins in each partition, and
 * where each of them ends at the moment.
 */
import { LograftError } from '../base/errors.ts'
import type { Cluster } from '../client/cluster.ts'
import { EARLIEST, LATEST, findOffsets } from '../client/offsets.ts'
import type { Position } from './position.ts'

export interface Range {
  readonly partition: number
  readonly from: number
  /** Where the partition ended when it was asked. */
  readonly end: number
}

export interface Resolving {
  readonly topic: string
  readonly partitions: readonly number[]
  readonly position: Position
  readonly committed: boolean
  readonly timeoutMs: number
  /** Told when an offset lies before the first one kept, and reading begins there. */
  readonly onMoved: (partition: number, to: number) => void
}

/** The offsets at which reading begins. Throws USAGE for an offset that is not there yet. */
export async function resolvePosition(
  cluster: Cluster,
  { topic, partitions, position, committed, timeoutMs, onMoved }: Resolving,
): Promise<readonly Range[]> {
  const ask = (timestamp: number) =>
    findOffsets(cluster, { topic, partitions, timestamp, committed, timeoutMs })
  const ends = await ask(LATEST)
  const starts = await ask(EARLIEST)
  const times = position.type === 'time' ? await ask(position.timestampMs) : null
  return partitions.map((partition) => {
    const start = starts.get(partition) ?? 0
    const end = ends.get(partition) ?? 0
    const wanted = wantedOffset(position, { start, end, atTime: times?.get(partition) ?? -1 })
    if (wanted > end)
      throw new LograftError(
        'USAGE',
        `--from ${wanted}: partition ${partition} of ${topic} ends at ${end}. ` +
          'A time is written as @EPOCH-MS or 2026-11-25T14:30.',
      )
    if (wanted < start) onMoved(partition, start)
    return { partition, from: Math.max(start, wanted), end }
  })
}

function wantedOffset(
  position: Position,
  { start, end, atTime }: { readonly start: number; readonly end: number; readonly atTime: number },
): number {
  switch (position.type) {
    case 'beginning':
      return start
    case 'end':
      return end
    case 'offset':
      return position.offset
    case 'last':
      return Math.max(start, end - position.count)
    case 'time':
      // No record is that young: what comes will be. One found above the stable end is not yet due.
      return atTime < 0 ? end : Math.min(atTime, end)
  }
}

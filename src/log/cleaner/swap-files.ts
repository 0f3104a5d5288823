/**
 * How a cleaned segment takes the place of others, file by file, and what the next start makes of a
 * crash on the way. The names are Kafka's, and so are the rules: a `.cleaned` file is unfinished
 * and goes, a `.swap` file is whole and fsynced, and counts instead of the segments whose offsets
 * it covers.
 *
 *   1  00…0.log.cleaned is written and fsynced
 *   2  it is renamed to 00…0.log.swap; the directory is fsynced: from here on it is done
 *   3  all segments that it stands for but the first are renamed away, durably
 *   4  the first is renamed away, 00…0.log.swap becomes 00…0.log, and the new indexes follow
 *
 * A cleaned segment ends where the segments end that it stands for, with a batch without records if
 * need be; that is how the next start knows which those are.
 *
 * Groups of segments are replaced in ascending order, each durably before the next. So a record is
 * gone only when the later ones that made it superfluous are there, or went in their turn.
 */
import type { Disk } from '../../base/disk.ts'
import type { Logger } from '../../base/log.ts'
import {
  LOG_SUFFIX,
  OFFSET_INDEX_SUFFIX,
  TIME_INDEX_SUFFIX,
  offsetFileName,
  parseOffsetFileName,
} from '../file-names.ts'
import { BatchOrder, scanBatches } from '../scan.ts'
import { LogCorrupt } from '../types.ts'

export const CLEANED_SUFFIX = '.cleaned'
export const SWAP_SUFFIX = '.swap'

/** Ends, before a log is opened, the swaps that a crash cut short. Throws LogCorrupt, DiskError. */
export function finishSwaps({
  disk,
  directory,
  logger,
}: {
  readonly disk: Disk
  readonly directory: string
  readonly logger: Logger
}): void {
  const names = disk.list(directory).filter((entry) => !entry.directory)
  for (const { name } of names) {
    if (!name.endsWith(SWAP_SUFFIX)) continue
    const path = `${directory}/${name}`
    const of = parseOffsetFileName(name.slice(0, -SWAP_SUFFIX.length))
    // Kafka's swaps of indexes: derived from the segment, and made again.
    if (of?.suffix !== LOG_SUFFIX) disk.remove(path)
    else finishSwap(disk, { directory, path, baseOffset: of.offset, names, logger })
  }
}

function finishSwap(
  disk: Disk,
  {
    directory,
    path,
    baseOffset,
    names,
    logger,
  }: {
    readonly directory: string
    readonly path: string
    readonly baseOffset: number
    readonly names: readonly { readonly name: string }[]
    readonly logger: Logger
  },
): void {
  const nextOffset = endOfSwap(disk, path, baseOffset)
  const covered = names
    .map(({ name }) => parseOffsetFileName(name))
    .filter((parsed) => parsed?.suffix === LOG_SUFFIX)
    .map((parsed) => parsed?.offset ?? 0)
    .filter((offset) => offset > baseOffset && offset < nextOffset)
  const fileOf = (offset: number, suffix: string) =>
    `${directory}/${offsetFileName(offset, suffix)}`
  for (const offset of covered)
    for (const suffix of [OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX, LOG_SUFFIX])
      disk.remove(fileOf(offset, suffix))
  // Or the segments could come back when nothing tells any more that they are replaced.
  if (covered.length > 0) disk.syncDirectory(directory)
  for (const suffix of [OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX])
    disk.remove(fileOf(baseOffset, suffix))
  disk.rename(path, fileOf(baseOffset, LOG_SUFFIX))
  disk.syncDirectory(directory)
  logger.info({ path, covered: covered.length + 1 }, 'unfinished compaction finished')
}

/** The offset behind the last batch. A swap was fsynced before it got its name: it is whole. */
function endOfSwap(disk: Disk, path: string, baseOffset: number): number {
  const order = new BatchOrder({
    nextOffset: baseOffset,
    leaderEpoch: -1,
    gapsAllowedBelow: Infinity,
  })
  const file = disk.open(path, 'read')
  try {
    const end = scanBatches({ file, from: 0, to: file.sizeBytes(), whole: true }, (batch) => {
      const bad = order.accept(batch)
      return bad === null ? 'go-on' : { bad }
    })
    if (end.bad === null) return order.nextOffset
    throw new LogCorrupt(
      `${path} is left from a compaction that was not finished, and is damaged at byte ` +
        `${end.bytePosition}: ${end.bad}. Nothing was changed. If the segments that it was to ` +
        `replace are all there, move it away; else restore the directory from a backup.`,
      { path, bytePosition: end.bytePosition, offset: order.nextOffset },
    )
  } finally {
    file.close()
  }
}

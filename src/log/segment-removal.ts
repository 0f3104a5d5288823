/**
 * Taking the files of segments away that are no longer part of the log. The order of the given
 * segments is the order of removal: a crash in the middle must leave what can be recovered.
 */
import type { Disk } from '../base/disk.ts'
import { CUT_SUFFIX, DELETED_SUFFIX } from './file-names.ts'
import type { Segment } from './segment.ts'
import type { Trash } from './trash.ts'

/** Renames the files to `….deleted`, to be removed after `delayMs`; without a trash, at once. */
export function discardSegments(
  segments: readonly Segment[],
  { disk, trash, delayMs }: { disk: Disk; trash: Trash | undefined; delayMs: number },
): void {
  for (const segment of segments) {
    segment.abandon()
    const renamed: string[] = []
    for (const path of [segment.log.path, segment.offsets.path, segment.times.path]) {
      if (!trash) disk.remove(path)
      else if (disk.exists(path)) {
        disk.rename(path, path + DELETED_SUFFIX)
        renamed.push(path + DELETED_SUFFIX)
      }
    }
    trash?.remove(renamed, delayMs)
  }
}

/** Keeps the bytes of a segment under a name that is not part of the log; returns the path. */
export function cutAside(disk: Disk, segment: Segment): string {
  segment.abandon()
  let path = segment.log.path + CUT_SUFFIX
  for (let count = 1; disk.exists(path); count += 1)
    path = `${segment.log.path}${CUT_SUFFIX}.${count}`
  disk.rename(segment.log.path, path)
  for (const index of [segment.offsets.path, segment.times.path]) disk.remove(index)
  return path
}

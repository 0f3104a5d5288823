/**
 * Where a bit may rot: only where its node promises to notice. An entry counts once a committed one
 * behind it says that it was on disk; of the newest entries nobody can tell rot from a torn write,
 * and no quorum could make up for their silent loss. (The fault atlas of this simulator.)
 */
import { readEntry } from '../../../src/quorum/entry.ts'
import { BatchCursor } from '../../../src/records/batch.ts'
import type { MachineDisk, MachineFile } from './machine-disk.ts'

interface Place {
  readonly file: MachineFile
  readonly at: number
}

/** Flips one bit; returns where, or null when there is nothing to rot. */
export function rot(disk: MachineDisk, committed: number, choice: number): string | null {
  const kinds = [
    places(disk, '.checkpoint'),
    places(disk, 'quorum-state'),
    entries(disk, committed),
  ]
  const found = kinds[choice % kinds.length] ?? []
  const place = found[Math.floor(choice / kinds.length) % Math.max(1, found.length)]
  if (!place) return null
  place.file.rot(place.at, 1 << (choice % 8))
  return `bit ${choice % 8} of byte ${place.at}`
}

function places(disk: MachineDisk, suffix: string): Place[] {
  return [...disk.files]
    .filter(([path]) => path.endsWith(suffix))
    .flatMap(([, file]) => Array.from(file.bytes, (_, at) => ({ file, at })))
}

/** The bytes of entries that are known to have been on disk. */
function entries(disk: MachineDisk, committed: number): Place[] {
  let watermark = 0
  const found: (Place & { readonly offset: number })[] = []
  for (const [path, file] of disk.files) {
    if (!path.endsWith('.log')) continue
    let at = 0
    for (const cursor = new BatchCursor(file.bytes); cursor.isWhole; cursor.next()) {
      const entry = readEntry(cursor)
      if (!('fault' in entry) && entry.index < committed)
        watermark = Math.max(watermark, entry.flushedOffset)
      for (let byte = 0; byte < cursor.sizeBytes; byte += 1)
        found.push({ file, at: at + byte, offset: cursor.baseOffset })
      at += cursor.sizeBytes
    }
  }
  return found.filter(({ offset }) => offset < watermark)
}

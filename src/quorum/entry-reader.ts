/** Reads entries of the metadata log back, checking of each that it is what was written (S5). */
import assert from 'node:assert'
import { BatchCursor } from '../records/batch.ts'
import { errors } from '../wire/errors.ts'
import type { StoredEntry } from './entry.ts'
import { chainFault, readEntry } from './entry.ts'
import type { EntryLog } from './ports.ts'
import { MetadataUnusable } from './unusable.ts'

export interface ReadEntry extends StoredEntry {
  /** Of its batch. */
  readonly sizeBytes: number
}

/**
 * Entries at offsets from `from` on, below `end`: at least one when there is any, then as many as
 * fit in `maxBytes`. Throws MetadataUnusable: what was appended must be readable.
 */
export function readEntries(
  log: EntryLog,
  { from, end, maxBytes }: { from: number; end: number; maxBytes: number },
): readonly ReadEntry[] {
  if (from >= end) return []
  const { errorCode, chunks } = log.read({
    fromOffset: from,
    upToOffset: end,
    maxBytes,
    atLeastOneBatch: true,
  })
  if (errorCode !== errors.NONE) throw unreadable(from, `error ${errorCode}`)
  const entries: ReadEntry[] = []
  for (const chunk of chunks)
    for (const cursor = new BatchCursor(chunk); cursor.isWhole; cursor.next()) {
      const entry = readEntry(cursor)
      const offset = from + entries.length
      if ('fault' in entry) throw unreadable(offset, entry.fault)
      if (entry.index !== offset) throw unreadable(offset, `entry ${entry.index} found there`)
      const before = entries.at(-1)
      const fault = before === undefined ? null : chainFault(before, entry)
      if (fault !== null) throw unreadable(offset, fault)
      entries.push({ ...entry, sizeBytes: cursor.sizeBytes })
    }
  assert(entries.length > 0, 'a read below the log end gives something')
  return entries
}

function unreadable(offset: number, why: string): MetadataUnusable {
  return new MetadataUnusable(`The metadata log cannot be read at offset ${offset}: ${why}.`)
}

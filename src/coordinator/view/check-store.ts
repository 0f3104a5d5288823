/**
 * Whether a database of views is sound: every key is of a view, and every digest is that of the
 * entries that are there. LevelDB was seen to open without an error and without some of its keys
 * (docs/adr/0006), and after a power cut it may have lost a write and not the one behind it. Asked
 * before anything is believed.
 */
import { Digest } from './digest.ts'
import type { StoreEntry, ViewStore } from './ports.ts'
import type { ViewPosition } from './view-format.ts'
import { ALL_KEYS, decodePosition, parseKey } from './view-format.ts'

const ENTRIES_AT_ONCE = 1_000

/** What is wrong with it, or null. Rejects when it cannot be read. */
export async function whyUnsound(store: ViewStore): Promise<string | null> {
  const found = new Map<string, Digest>()
  const positions = new Map<string, ViewPosition>()
  const iterator = store.iterator(ALL_KEYS)
  try {
    for (;;) {
      const entries = await iterator.nextv(ENTRIES_AT_ONCE)
      if (entries.length === 0) break
      const why = take(entries, { found, positions })
      if (why !== null) return why
    }
  } finally {
    await iterator.close()
  }
  return compare(found, positions)
}

interface Sums {
  readonly found: Map<string, Digest>
  readonly positions: Map<string, ViewPosition>
}

function take(entries: readonly StoreEntry[], { found, positions }: Sums): string | null {
  for (const [key, value] of entries) {
    const parsed = parseKey(key)
    if (parsed === null) return 'it holds a key that is none of ours'
    const name = `${parsed.name.topicId} ${parsed.name.partition}`
    if (parsed.type === 'position') {
      const position = decodePosition(key, value)
      if (position === null) return `the position of ${name} is damaged, or of another version`
      positions.set(name, position)
      continue
    }
    const digest = found.get(name) ?? new Digest()
    digest.add(parsed.recordKey, value)
    found.set(name, digest)
  }
  return null
}

function compare(
  found: ReadonlyMap<string, Digest>,
  positions: ReadonlyMap<string, ViewPosition>,
): string | null {
  for (const name of found.keys())
    if (!positions.has(name)) return `there are entries of ${name}, and no position`
  for (const [name, { digest }] of positions)
    if (!digest.equals(found.get(name) ?? new Digest()))
      return `the entries of ${name} are not those that were written`
  return null
}

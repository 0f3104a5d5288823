/**
 * What a piece of the log makes of the entries of a view: what is to be put and deleted, and the
 * digest of all of them afterwards. Of entries that are replaced the hash has to be known; where it
 * is not, they are read.
 */
import type { CoordinatorRecord } from '../shard.ts'
import type { Digest, EntryHash } from './digest.ts'
import { hashOf } from './digest.ts'
import type { Folded } from './fold.ts'
import type { KnownHashes } from './known-hashes.ts'
import type { StoreOperation, ViewStore } from './ports.ts'
import { entryKey } from './view-format.ts'

export interface Changes {
  /** Of all entries, afterwards. */
  readonly digest: Digest
  readonly operations: StoreOperation[]
  /** Of the entries that are written, or (null) removed. */
  readonly hashes: ReadonlyMap<string, EntryHash | null>
}

export interface ChangedView {
  /** How the keys of its entries begin. */
  readonly prefix: Uint8Array
  /** Of its entries now. */
  readonly digest: Digest
  readonly known: KnownHashes
  readonly store: Pick<ViewStore, 'getMany'>
}

export async function changesOf(
  records: Folded['records'],
  { prefix, digest: before, known, store }: ChangedView,
): Promise<Changes> {
  const read = await readUnknown(records, { prefix, known, store })
  const digest = before.copy()
  const operations: StoreOperation[] = []
  const hashes = new Map<string, EntryHash | null>()
  const memory = new Memory(records, prefix)
  for (const [text, { key, value }] of records) {
    const old = read.get(text) ?? known.get(text) ?? null
    if (old !== null) digest.removeHash(old)
    hashes.set(text, value === null ? null : digest.add(key, value))
    if (value !== null)
      operations.push({ type: 'put', key: memory.key(key), value: memory.copy(value) })
    else if (old !== null) operations.push({ type: 'del', key: memory.key(key) })
  }
  return { digest, operations, hashes }
}

/** The hashes of entries of which nobody knows them; null where there is no entry. */
async function readUnknown(
  records: Folded['records'],
  { prefix, known, store }: Pick<ChangedView, 'prefix' | 'known' | 'store'>,
): Promise<ReadonlyMap<string, EntryHash | null>> {
  const unknown: (readonly [text: string, record: CoordinatorRecord])[] = []
  for (const each of records) if (known.get(each[0]) === undefined) unknown.push(each)
  const hashes = new Map<string, EntryHash | null>()
  if (unknown.length === 0) return hashes
  const values = await store.getMany(unknown.map(([, { key }]) => entryKey(prefix, key)))
  for (const [index, [text, { key }]] of unknown.entries()) {
    const value = values[index]
    hashes.set(text, value === undefined ? null : hashOf(key, value))
  }
  return hashes
}

/**
 * One piece of memory for all that is written: the store may keep what it is given, the log's own
 * memory is large, and thousands of small arrays cost more than what is in them.
 */
class Memory {
  readonly #prefix: Uint8Array
  readonly #bytes: Uint8Array
  #used = 0

  constructor(records: Folded['records'], prefix: Uint8Array) {
    let sizeBytes = 0
    for (const { key, value } of records.values())
      sizeBytes += prefix.byteLength + key.byteLength + (value?.byteLength ?? 0)
    this.#prefix = prefix
    this.#bytes = new Uint8Array(sizeBytes)
  }

  /** The key of an entry. */
  key(recordKey: Uint8Array): Uint8Array {
    const from = this.#used
    this.#put(this.#prefix)
    this.#put(recordKey)
    return this.#bytes.subarray(from, this.#used)
  }

  copy(bytes: Uint8Array): Uint8Array {
    const from = this.#used
    this.#put(bytes)
    return this.#bytes.subarray(from, this.#used)
  }

  #put(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#used)
    this.#used += bytes.byteLength
  }
}

// Goal: what is not exactly what was written is found before anything is believed (S17): an entry
// that is gone, was changed, came back or is nobody's, and a position that says something else.
// Method: a small sound store, changed in one place.
import { expect, test } from 'vitest'
import { whyUnsound } from '../../../../src/coordinator/view/check-store.ts'
import { Digest } from '../../../../src/coordinator/view/digest.ts'
import type { StoreOperation } from '../../../../src/coordinator/view/ports.ts'
import {
  decodePosition,
  encodePosition,
  entryKey,
  entryPrefix,
  keysBeginning,
  parseKey,
  positionKey,
} from '../../../../src/coordinator/view/view-format.ts'
import { JournalStore, NAME } from './fixture.ts'

const utf8 = new TextEncoder()
const stored = (key: string) => entryKey(entryPrefix(NAME), utf8.encode(key))
const put = (key: string, value: string): StoreOperation => {
  return { type: 'put', key: stored(key), value: utf8.encode(value) }
}

const POSITION_KEY = positionKey(NAME)
const ENTRIES = [
  ['a', '1'],
  ['b', ''],
  ['', '3'],
  ['a longer key, of some words', 'and a longer value'],
] as const
const digest = new Digest()
for (const [key, value] of ENTRIES) digest.add(utf8.encode(key), utf8.encode(value))
const position = encodePosition(POSITION_KEY, { appliedOffset: 7, leaderEpoch: 2, digest })

async function changedBy(...operations: StoreOperation[]): Promise<string | null> {
  const store = new JournalStore()
  const all = ENTRIES.map(([key, value]) => put(key, value))
  await store.write([...all, { type: 'put', key: POSITION_KEY, value: position }], { sync: true })
  await store.write(operations, { sync: true })
  return whyUnsound(store)
}

test('what was written is sound, and so is nothing', async () => {
  expect(await changedBy()).toBe(null)
  expect(await whyUnsound(new JournalStore())).toBe(null)
})

test('an entry that is gone, changed, or back', async () => {
  const why = `the entries of ${NAME.topicId} 0 are not those that were written`
  for (const [key, value] of ENTRIES) {
    expect(await changedBy({ type: 'del', key: stored(key) })).toBe(why)
    expect(await changedBy(put(key, `${value}!`))).toBe(why)
  }
  expect(await changedBy(put('c', '1'))).toBe(why)
  // What is key and what is value.
  expect(await changedBy({ type: 'del', key: stored('a') }, put('', '3a1'))).toBe(why)
  expect(await changedBy(put('a', ''), put('b', '1'))).toBe(why)
})

test('any bit of a long entry', async () => {
  const [key, value] = ENTRIES[3]
  for (let bit = 0; bit < value.length * 8; bit += 1) {
    const bytes = utf8.encode(value)
    bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
    expect(await changedBy({ type: 'put', key: stored(key), value: bytes })).not.toBe(null)
  }
})

test('entries without a position, and keys of nobody', async () => {
  expect(await changedBy({ type: 'del', key: POSITION_KEY })).toContain('no position')
  for (const key of [[0], [1, 2, 3], [3, ...POSITION_KEY.subarray(1)], [...POSITION_KEY, 0]])
    expect(await changedBy({ type: 'put', key: Uint8Array.from(key), value: position })).toBe(
      'it holds a key that is none of ours',
    )
})

test('any byte of a position, its key, and a position of another partition', async () => {
  for (let at = 0; at < position.byteLength; at += 1) {
    const bytes = position.slice()
    bytes[at] = (bytes[at] as number) ^ 0x10
    expect(decodePosition(POSITION_KEY, bytes)).toBe(null)
    expect(await changedBy({ type: 'put', key: POSITION_KEY, value: bytes })).toContain('damaged')
  }
  const other = positionKey({ ...NAME, partition: 1 })
  expect(await changedBy({ type: 'put', key: other, value: position })).toContain('damaged')
})

test('keys are read as they are written, and a range holds all that begin alike', () => {
  const name = { ...NAME, partition: 255 }
  expect(parseKey(positionKey(name))).toEqual({ type: 'position', name })
  const prefix = entryPrefix(name)
  const key = entryKey(prefix, Uint8Array.of(255, 255))
  expect(parseKey(key)).toEqual({ type: 'entry', name, recordKey: Uint8Array.of(255, 255) })
  const { gte, lt } = keysBeginning(prefix)
  expect(Buffer.compare(gte, prefix)).toBe(0)
  expect(Buffer.compare(key, lt)).toBe(-1)
  expect(Buffer.compare(entryPrefix({ ...NAME, partition: 256 }), lt)).toBeGreaterThanOrEqual(0)
})

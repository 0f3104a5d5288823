/**
 * Goal: what was carried out is known by its key, on every node alike, for the newest 10,000 keys,
 * and through snapshots. Method: images folded from records, compared as wholes.
 */
import { describe, expect, test } from 'vitest'
import { REQUEST_KEYS_MAX } from '../../../src/metadata/image/request-keys.ts'
import type { MetadataRecord } from '../../../src/metadata/records.ts'
import { imageOf, imageRecords } from '../../../src/metadata/snapshot.ts'
import { after, imageWith } from './images.ts'

const keyed = (number: number): MetadataRecord => ({
  type: 'RequestKey',
  key: `key-${number}`,
  digest: `digest-${number}`,
  metadataOffset: number,
})

const keysOf = ({ requestKeys }: ReturnType<typeof imageWith>) => [...requestKeys.byOffset.values()]

describe('keys of requests', () => {
  test('are known with the content they stood for', () => {
    const { requestKeys } = imageWith(keyed(5))
    expect(requestKeys.byKey.get('key-5')).toEqual({ digest: 'digest-5', metadataOffset: 5 })
    expect(requestKeys.byKey.get('key-6')).toBeUndefined()
  })

  test('a key that is known is not replayed again', () => {
    expect(() => after(imageWith(keyed(5)), { ...keyed(5), metadataOffset: 6 } as never)).toThrow(
      'a key that is known is not used again',
    )
  })

  test('the oldest go, and may be used again', () => {
    const many = Array.from({ length: REQUEST_KEYS_MAX }, (_, number) => keyed(number))
    const full = imageWith(...many)
    expect(keysOf(full).length).toBe(REQUEST_KEYS_MAX)
    const next = after(full, keyed(REQUEST_KEYS_MAX))
    expect(keysOf(next).length).toBe(REQUEST_KEYS_MAX)
    expect([keysOf(next)[0], keysOf(next).at(-1)]).toEqual(['key-1', `key-${REQUEST_KEYS_MAX}`])
    expect(next.requestKeys.byKey.has('key-0')).toBe(false)
    const again = after(next, { ...keyed(0), metadataOffset: REQUEST_KEYS_MAX + 1 } as never)
    expect(again.requestKeys.byKey.get('key-0')?.metadataOffset).toBe(REQUEST_KEYS_MAX + 1)
  })

  test('a snapshot holds them in the order in which they go', () => {
    const many = Array.from({ length: REQUEST_KEYS_MAX + 3 }, (_, number) => keyed(number))
    const image = imageWith(...many)
    const records = imageRecords(image)
    const back = imageOf({ records, endOffset: image.metadataOffset + 1, epoch: 1 })
    expect(keysOf(back)).toEqual(keysOf(image))
    expect(keysOf(after(back, keyed(20_000)))).toEqual(keysOf(after(image, keyed(20_000))))
  })
})

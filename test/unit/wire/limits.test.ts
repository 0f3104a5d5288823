/**
 * Goal: a message cannot make the decoder allocate, recurse or loop beyond what its bytes pay for,
 * and each way of lying is refused by name. Encoding a value that does not fit is loud.
 * Method: hand-made bytes, one lie each, and the error's words.
 */
import { describe, expect, it } from 'vitest'
import { MalformedBytes } from '../../../src/bytes/malformed.ts'
import { Reader } from '../../../src/bytes/reader.ts'
import { Writer } from '../../../src/bytes/writer.ts'
import type { Api, RequestOf } from '../../../src/wire/api.ts'
import { REQUEST_ELEMENTS_MAX } from '../../../src/wire/api.ts'
import { fetch } from '../../../src/wire/apis/01-fetch.ts'
import { listOffsets } from '../../../src/wire/apis/02-list-offsets.ts'
import { metadata } from '../../../src/wire/apis/03-metadata.ts'
import { apiVersions } from '../../../src/wire/apis/18-api-versions.ts'
import { deleteTopics } from '../../../src/wire/apis/20-delete-topics.ts'
import { initProducerId } from '../../../src/wire/apis/22-init-producer-id.ts'
import { compileStruct } from '../../../src/wire/compile.ts'
import type { Fields } from '../../../src/wire/schema.ts'
import {
  array,
  bytes,
  defaulted,
  fieldShapes,
  float64,
  int32,
  nullable,
  records,
  since,
  string,
  struct,
  tagged,
} from '../../../src/wire/schema.ts'

function unhex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
}

function request<A extends Api>(api: A, version: number, hex: string): RequestOf<A> {
  return api.decodeRequest(version, new Reader(unhex(hex))) as RequestOf<A>
}

describe('what is refused in a request', () => {
  it.each([
    ['an array of more elements than bytes', metadata, 1, '7fffffff 0001 61', /topics: .*wanted/],
    ['an array count below -1', metadata, 1, 'fffffffe', /a length of -2/],
    ['null where v0 has no null', metadata, 0, 'ffffffff', /null where/],
    ['a compact count of 2^32 - 2', metadata, 9, 'ffffffff0f 00 00 00 00', /elements wanted/],
    ['a compact count of 6 bytes', metadata, 9, 'ffffffffff01 00 00 00', /varint/],
    ['a string length below -1', initProducerId, 0, 'fffe 00000000', /a length of -2/],
    ['a string longer than the rest', initProducerId, 0, '0010 61', /transactionalId: 16 bytes/],
    ['a compact string longer than 32,767', initProducerId, 2, '818004', /a string of 65536 bytes/],
    ['a string that is not UTF-8', initProducerId, 0, '0002 c328 00000000', /UTF-8/],
    ['bytes behind the message', initProducerId, 0, 'ffff 00000001 00', /1 bytes left over/],
    ['too few bytes', initProducerId, 0, 'ffff 000000', /transactionTimeoutMs: 4 bytes wanted/],
    ['a number beyond 2^53 - 1', initProducerId, 3, '00 00000001 0020000000000000', /producerId/],
    ['a tag twice', apiVersions, 3, '01 01 02 07 00 07 00', /tag 7 after tag 7/],
    ['tags that descend', apiVersions, 3, '01 01 02 08 00 07 00', /tag 7 after tag 8/],
    ['more tags than bytes', apiVersions, 3, '01 01 ffffffff0f 00', /tags: .*wanted/],
    ['a tag longer than the rest', apiVersions, 3, '01 01 01 07 05 00', /5 bytes wanted/],
  ])('%s', (_, api: Api, version, hex, words) => {
    const decode = () => request(api, version, hex)
    expect(decode).toThrow(MalformedBytes)
    expect(decode).toThrow(words)
    expect(decode).toThrow(`${api.name} v${version} request: `)
  })

  it('but not the bytes that librdkafka leaves behind when it asks for all topics', () => {
    // A null list as four bytes instead of one; then what was meant: flags and no tags.
    const all = request(metadata, 12, '00000000 01 01 00')
    expect(all).toMatchObject({ topics: null, allowAutoTopicCreation: false })
  })

  it('a known tag whose size is not what its field takes', () => {
    // Fetch v12, one tag 0 (cluster id "a", two bytes) that claims one byte, or three.
    const body = 'ffffffff 00000000 00000000 00000000 00 00000000 00000000 01 01 01'
    expect(request(fetch, 12, `${body} 01 00 02 0261`)).toMatchObject({ clusterId: 'a' })
    expect(() => request(fetch, 12, `${body} 01 00 01 0261`)).toThrow(/tag 0 of 1 bytes ends 1 off/)
    expect(() => request(fetch, 12, `${body} 01 00 03 0261 00`)).toThrow(
      /tag 0 of 3 bytes ends -1 off/,
    )
  })

  it('says where in the message it was', () => {
    expect(() =>
      request(listOffsets, 1, 'ffffffff 00000001 0001 61 00000001 00000000 ffffffff'),
    ).toThrow('ListOffsets v1 request: topics.partitions: 1 elements wanted, 8 bytes left')
  })

  it('more array elements than a request may hold, though the bytes are there', () => {
    const count = REQUEST_ELEMENTS_MAX + 1
    const body = new Uint8Array(4 + count * 2 + 4)
    new DataView(body.buffer).setInt32(0, count)
    expect(() => deleteTopics.decodeRequest(1, new Reader(body))).toThrow(/more array elements/)
    const fits = body.subarray(0, 4 + REQUEST_ELEMENTS_MAX * 2 + 4)
    new DataView(body.buffer).setInt32(0, REQUEST_ELEMENTS_MAX)
    expect(deleteTopics.decodeRequest(1, new Reader(fits)).topicNames).toHaveLength(
      REQUEST_ELEMENTS_MAX,
    )
  })

  it('array elements are counted across the message, nested ones and unknown tags included', () => {
    const fields: Fields = { outer: array(struct({ inner: array(int32) })) }
    const codec = compileStruct(fieldShapes(fields), { version: 0, flexible: true })
    const message = unhex('03 03 00000001 00000002 00 02 00000003 01 05 00 00')
    const decode = (elementsLeft: number) => {
      const reader = new Reader(message)
      reader.elementsLeft = elementsLeft
      return codec.decode(reader)
    }
    // 2 structs, 2 + 1 numbers, 1 tag.
    expect(decode(6)).toMatchObject({ outer: [{ inner: [1, 2] }, { inner: [3] }] })
    expect(() => decode(5)).toThrow(/more array elements/)
  })
})

describe('what is legal though odd', () => {
  it('an offset or timestamp of Long.MAX_VALUE saturates where clients do send it', () => {
    const { topics } = request(
      listOffsets,
      1,
      'ffffffff 00000001 0001 61 00000001 00000000 7fffffffffffffff',
    )
    expect(topics[0]?.partitions[0]?.timestamp).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('an unknown tag of an earlier version is kept and written back', () => {
    const bytes = '01 01 02 07 03 aabbcc c801 00'
    const decoded = request(apiVersions, 3, bytes)
    expect(decoded.unknownTags).toEqual([
      { tag: 7, bytes: unhex('aabbcc') },
      { tag: 200, bytes: unhex('') },
    ])
    const writer = new Writer()
    apiVersions.encodeRequest(3, decoded, writer)
    expect(writer.finish()).toEqual(unhex(bytes))
  })

  it('a default written in full under its tag reads as the default, and is not written again', () => {
    const decoded = apiVersions.decodeResponse(
      3,
      new Reader(unhex('0000 01 00000000 02 00 01 01 01 08 ffffffffffffffff')),
    )
    expect(decoded).toMatchObject({ supportedFeatures: [], finalizedFeaturesEpoch: -1 })
    const writer = new Writer()
    apiVersions.encodeResponse(3, decoded, writer)
    expect(writer.finish()).toEqual(unhex('0000 01 00000000 00'))
  })
})

describe('what may not be encoded', () => {
  const fields = {
    number: int32,
    name: string,
    list: defaulted(array(int32), []),
    late: since(5, nullable(string), null),
    extra: tagged(3, 0, int32, 0),
  } satisfies Fields
  const codec = compileStruct(fieldShapes(fields), { version: 0, flexible: true })
  const good = { number: 1, name: 'a' }

  it.each([
    ['a number out of range', { ...good, number: 2 ** 31 }, 'number: not an int32: 2147483648'],
    ['a fraction', { ...good, number: 0.5 }, 'number: not an int32: 0.5'],
    ['a number that is none', { ...good, number: NaN }, 'number: not an int32: NaN'],
    ['a field without default left out', { number: 1 }, 'name: missing'],
    ['null for what is not nullable', { ...good, name: null }, 'name: null where'],
    ['null for an array', { ...good, list: null }, 'list: null where'],
    ['a string too long', { ...good, name: 'x'.repeat(32_768) }, 'name: a string of 32768 bytes'],
    [
      'an unknown tag that is known',
      { ...good, unknownTags: [{ tag: 3, bytes: unhex('') }] },
      'tag 3',
    ],
  ])('%s', (_, value, words) => {
    expect(() => codec.encode(new Writer(), value)).toThrow(words)
  })

  it('a version the codec does not have', () => {
    expect(() => metadata.decodeRequest(99, new Reader(unhex('')))).toThrow(RangeError)
    expect(() => metadata.encodeRequest(-1, { topics: null }, new Writer())).toThrow(RangeError)
    expect(metadata.supports(99)).toBe(false)
    expect(metadata.supports(12)).toBe(true)
  })

  it('fields outside their version are left out in silence', () => {
    const writer = new Writer()
    codec.encode(writer, { ...good, late: 'not yet' })
    expect(writer.finish()).toEqual(unhex('00000001 02 61 01 00'))
  })
})

describe('the vocabulary that no API uses yet', () => {
  const point = struct({ x: int32, y: float64 })
  const fields: Fields = { point: nullable(point), raw: nullable(bytes), blob: records }
  const codec = compileStruct(fieldShapes(fields), { version: 0, flexible: true })

  it.each([
    [{ point: null, raw: null, blob: null }, 'ff 00 00 00'],
    [
      { point: { x: 1, y: 0.5 }, raw: unhex('aa'), blob: unhex('') },
      '01 00000001 3fe0000000000000 00 02aa 01 00',
    ],
  ])('%j', (value, hex) => {
    const writer = new Writer()
    codec.encode(writer, value)
    expect(Buffer.from(writer.finish()).toString('hex')).toBe(hex.replaceAll(' ', ''))
    expect(codec.decode(new Reader(unhex(hex)))).toEqual(value)
  })
})

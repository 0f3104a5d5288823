/**
 * Goal: headers are what clients of every age send and expect; these are the traps that broke
 * brokers before.
 * Method: bytes by hand for both header versions, and the rules that hold for all keys and versions
 * checked for each of them.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MalformedBytes } from '../../../src/bytes/malformed.ts'
import { Reader } from '../../../src/bytes/reader.ts'
import { Writer } from '../../../src/bytes/writer.ts'
import { produce } from '../../../src/wire/apis/00-produce.ts'
import { fetch } from '../../../src/wire/apis/01-fetch.ts'
import { metadata } from '../../../src/wire/apis/03-metadata.ts'
import { apiVersions } from '../../../src/wire/apis/18-api-versions.ts'
import {
  decodeRequestHeader,
  decodeResponseHeader,
  encodeRequestHeader,
  encodeResponseHeader,
} from '../../../src/wire/header.ts'
import { readResponse, requestFrame, responseFrame } from '../../../src/wire/message.ts'
import { apisByKey } from '../../../src/wire/registry.ts'

function unhex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
}

function hex(write: (writer: Writer) => void): string {
  const writer = new Writer()
  write(writer)
  return Buffer.from(writer.finish()).toString('hex')
}

const everyVersion = [...apisByKey.values()].flatMap((api) => {
  const [min, max] = api.versions
  return Array.from({ length: max - min + 1 }, (_, index) => ({
    title: `${api.name} v${min + index}`,
    api,
    version: min + index,
  }))
})

describe('request header', () => {
  it('v1: key, version, correlation id, client id', () => {
    const reader = new Reader(unhex('0003 0008 00000007 0002 6162 99'))
    expect(decodeRequestHeader(reader)).toEqual({
      apiKey: 3,
      apiVersion: 8,
      correlationId: 7,
      clientId: 'ab',
      api: metadata,
    })
    expect(reader.remaining).toBe(1)
  })

  it('v2: the client id keeps its two-byte length, then come tags', () => {
    const reader = new Reader(unhex('0003 0009 00000007 0002 6162 01 05 02 aabb 99'))
    expect(decodeRequestHeader(reader)).toMatchObject({ clientId: 'ab', api: metadata })
    expect(reader.remaining).toBe(1)
    const header = { correlationId: 7, clientId: 'ab' }
    expect(hex((writer) => encodeRequestHeader(metadata, 9, header, writer))).toBe(
      '00030009000000070002616200',
    )
  })

  it('a client id of null', () => {
    expect(decodeRequestHeader(new Reader(unhex('0003 0001 00000007 ffff'))).clientId).toBeNull()
  })

  it.each([
    ['a key nobody knows', '7fff 0000 00000007 ff', 0x7fff, 0],
    ['a version too high, whose layout nobody knows', '0012 0063 00000007 ff', 18, 99],
    ['a version below zero', '0012 ffff 00000007', 18, -1],
  ])('%s still gives key, version and correlation id', (_, bytes, apiKey, apiVersion) => {
    expect(decodeRequestHeader(new Reader(unhex(bytes)))).toEqual({
      apiKey,
      apiVersion,
      correlationId: 7,
      clientId: null,
      api: null,
    })
  })

  it('hundreds of tags are refused', () => {
    const tags = Array.from(
      { length: 101 },
      (_, tag) => `${(tag + 1).toString(16).padStart(2, '0')}00`,
    )
    const bytes = unhex(`0003 0009 00000007 ffff 65 ${tags.join('')}`)
    expect(() => decodeRequestHeader(new Reader(bytes))).toThrow(MalformedBytes)
  })

  it('any bytes decode or are malformed', () => {
    const start = fc.constantFrom('', '0003000900000007', '0012000300000001', '0000000800000001')
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 30 }), (known, rest) => {
        try {
          decodeRequestHeader(new Reader(Uint8Array.from([...unhex(known), ...rest])))
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedBytes)
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each(everyVersion)('$title comes back', ({ api, version }) => {
    const writer = new Writer()
    encodeRequestHeader(api, version, { correlationId: -5, clientId: 'ä' }, writer)
    const reader = new Reader(writer.finish())
    expect(decodeRequestHeader(reader)).toEqual({
      apiKey: api.key,
      apiVersion: version,
      correlationId: -5,
      clientId: 'ä',
      api,
    })
    expect(reader.remaining).toBe(0)
  })
})

describe('response header', () => {
  it.each(everyVersion)(
    '$title: tags if flexible, but never for ApiVersions',
    ({ api, version }) => {
      const withTags = api !== apiVersions && version >= api.flexibleFrom
      const bytes = hex((writer) => encodeResponseHeader(api, version, 7, writer))
      expect(bytes).toBe(withTags ? '0000000700' : '00000007')
      const reader = new Reader(unhex(bytes))
      expect(decodeResponseHeader(api, version, reader)).toBe(7)
      expect(reader.remaining).toBe(0)
    },
  )

  it('tags of later brokers are skipped', () => {
    const reader = new Reader(unhex('00000007 01 05 02 aabb'))
    expect(decodeResponseHeader(metadata, 9, reader)).toBe(7)
    expect(reader.remaining).toBe(0)
  })
})

describe('whole messages', () => {
  it('an ApiVersions v3 response: header without tags, body with them', () => {
    const frame = responseFrame(apiVersions, 3, 7, { errorCode: 0, apiKeys: [] })
    expect(Buffer.concat(frame).toString('hex')).toBe(
      '0000000c 00000007 0000 01 00000000 00'.replaceAll(' ', ''),
    )
  })

  it('a refused ApiVersions version: the body of v0 with error 35', () => {
    const apiKeys = [{ apiKey: 18, minVersion: 0, maxVersion: 4 }]
    const frame = responseFrame(apiVersions, 0, 7, { errorCode: 35, apiKeys })
    expect(Buffer.concat(frame).toString('hex')).toBe(
      '00000010 00000007 0023 00000001 0012 0000 0004'.replaceAll(' ', ''),
    )
  })

  it('a fetch response: its records are the very bytes given, between pieces of its own', () => {
    const batches = [new Uint8Array(2000).fill(1), new Uint8Array(3000).fill(2)]
    const chunks = responseFrame(fetch, 12, 7, {
      responses: [
        {
          topic: 't',
          partitions: [{ partitionIndex: 0, errorCode: 0, highWatermark: 9, records: batches }],
        },
      ],
    })
    expect(chunks[1]).toBe(batches[0])
    expect(chunks[2]).toBe(batches[1])
    const whole = Uint8Array.from(Buffer.concat(chunks))
    expect(new DataView(whole.buffer).getInt32(0)).toBe(whole.byteLength - 4)
    const { correlationId, response } = readResponse(fetch, 12, whole.subarray(4))
    expect(correlationId).toBe(7)
    const records = response.responses[0]?.partitions[0]?.records
    expect(records).toEqual([Uint8Array.from(Buffer.concat(batches))])
  })

  it('a produce request: decoded records look into the frame, not at a copy', () => {
    const records = new Uint8Array(2000).fill(1)
    const frame = Uint8Array.from(
      Buffer.concat(
        requestFrame(
          produce,
          9,
          { correlationId: 1, clientId: null },
          {
            transactionalId: null,
            acks: 1,
            timeoutMs: 1,
            topicData: [{ name: 't', partitionData: [{ index: 0, records }] }],
          },
        ),
      ),
    )
    const reader = new Reader(frame, 4)
    decodeRequestHeader(reader)
    const decoded = produce.decodeRequest(9, reader).topicData[0]?.partitionData[0]?.records
    expect(decoded).toEqual(records)
    expect(decoded?.buffer).toBe(frame.buffer)
  })
})

describe('the shape of Fetch', () => {
  const request = { maxWaitMs: 0x01020304, minBytes: 1, topics: [] }

  it('v14 begins with the replica id, v15 with the wait', () => {
    expect(hex((writer) => fetch.encodeRequest(14, { ...request, replicaId: 5 }, writer))).toMatch(
      /^0000000501020304/,
    )
    expect(hex((writer) => fetch.encodeRequest(15, { ...request, replicaId: 5 }, writer))).toMatch(
      /^01020304/,
    )
  })
})

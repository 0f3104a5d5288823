/**
 * Goal: whatever can be recorded comes back as it was, the stored form never changes by accident,
 * and what this release cannot understand stops it instead of being skipped.
 * Method: round trips over arbitrary records; golden bytes; bytes that another release would write.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asNodeId, asTopicId } from '../../../src/base/ids.ts'
import { lograft } from '../../../src/gen/lograft/metadata/v1/records.js'
import { decodeRecords, encodeRecords } from '../../../src/metadata/codec.ts'
import { NO_LEADER, type MetadataRecord } from '../../../src/metadata/records.ts'
import { anyRecord } from './records-arbitrary.ts'

const proto = lograft.metadata.v1
const ID = 'AQIDBAUGBwgJCgsMDQ4PEA'
const OTHER_ID = 'EQIDBAUGBwgJCgsMDQ4PEA'
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** One of each kind; zeros and empty lists included, as those are what proto3 likes to drop. */
const samples: readonly MetadataRecord[] = [
  { type: 'ClusterId', clusterId: ID },
  { type: 'FeatureLevel', name: 'metadata.version', level: 1 },
  {
    type: 'RegisterBroker',
    nodeId: asNodeId(0),
    incarnationId: ID,
    directoryId: OTHER_ID,
    brokerEpoch: 0,
    host: 'localhost',
    port: 9092,
    rack: null,
    fenced: false,
    inControlledShutdown: false,
  },
  { type: 'UnregisterBroker', nodeId: asNodeId(3), brokerEpoch: 2 ** 53 - 1 },
  { type: 'BrokerRegistrationChange', nodeId: asNodeId(1), brokerEpoch: 7, fenced: false },
  { type: 'Topic', name: 'orders', topicId: asTopicId(ID) },
  {
    type: 'Partition',
    topicId: asTopicId(ID),
    partition: 0,
    replicas: [asNodeId(2), asNodeId(1)],
    isr: [asNodeId(2)],
    elr: [],
    leader: asNodeId(2),
    leaderEpoch: 0,
    partitionEpoch: 0,
    addingReplicas: [],
    removingReplicas: [],
    lastKnownElr: [],
  },
  { type: 'PartitionChange', topicId: asTopicId(ID), partition: 1, isr: [], leader: NO_LEADER },
  { type: 'RemoveTopic', topicId: asTopicId(ID) },
  { type: 'Config', resourceType: 'broker', resourceName: '', key: 'k', value: '' },
  { type: 'Config', resourceType: 'topic', resourceName: 't', key: 'k', value: null },
  { type: 'ProducerIds', nodeId: asNodeId(1), brokerEpoch: 7, nextProducerId: 1_000 },
  {
    type: 'RegisterController',
    nodeId: asNodeId(1),
    directoryId: ID,
    incarnationId: OTHER_ID,
    host: 'localhost',
    port: 9093,
  },
  { type: 'NoOp' },
]

describe('metadata records', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(anyRecord), (records) => {
        expect(decodeRecords(encodeRecords(records))).toEqual(records)
      }),
    )
  })

  test('are stored in a form that must never change', () => {
    expect(samples.map((record) => `${record.type} ${hex(encodeRecords([record]))}`).join('\n'))
      .toMatchInlineSnapshot(`
        "ClusterId 0801121a0a180a1641514944424155474277674a4367734d445134504541
        FeatureLevel 0801121612140a106d657461646174612e76657273696f6e1001
        RegisterBroker 0801123c1a3a080012100102030405060708090a0b0c0d0e0f101a101102030405060708090a0b0c0d0e0f1020002a096c6f63616c686f737430844740004800
        UnregisterBroker 0801120d220b080310ffffffffffffff0f
        BrokerRegistrationChange 080112082a06080110071800
        Topic 0801121c321a0a066f726465727312100102030405060708090a0b0c0d0e0f10
        Partition 080112233a210a100102030405060708090a0b0c0d0e0f1010001a020201220102300438004000
        PartitionChange 0801121a42180a100102030405060708090a0b0c0d0e0f10100122003001
        RemoveTopic 080112144a120a100102030405060708090a0b0c0d0e0f10
        Config 0801120b5209080212001a016b2200
        Config 0801120a520808011201741a016b
        ProducerIds 080112095a070801100718e807
        RegisterController 080112366a34080112100102030405060708090a0b0c0d0e0f101a101102030405060708090a0b0c0d0e0f1022096c6f63616c686f7374288547
        NoOp 080112026200"
      `)
  })

  test('of an unknown kind stop the reader', () => {
    // Field 99 of a Record, as a newer release might write it, behind one that is known.
    const known = proto.Record.encode({ noOp: {} }).finish()
    const unknown = Uint8Array.of(((99 << 3) & 0x7f) | 0x82, 0x06, 0x00)
    const list = Buffer.concat([
      Uint8Array.of(0x08, 0x01, 0x12, known.byteLength),
      known,
      Uint8Array.of(0x12, unknown.byteLength),
      unknown,
    ])
    expect(() => decodeRecords(list)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_VERSION' }) as Error,
    )
  })

  test('of a newer format stop the reader', () => {
    const list = proto.RecordList.encode({ formatVersion: 2, records: [] }).finish()
    expect(() => decodeRecords(list)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_VERSION' }) as Error,
    )
  })

  test('with a 64-bit number beyond 2^53 are refused, not rounded', () => {
    const nodeId = Uint8Array.of(0x08, 0x01)
    const tooLarge = Uint8Array.of(0x10, ...Array<number>(7).fill(0x80), 0x10) // 2^53
    const body = Buffer.concat([nodeId, tooLarge])
    const record = Buffer.concat([Uint8Array.of(0x22, body.byteLength), body])
    const list = Buffer.concat([Uint8Array.of(0x08, 0x01, 0x12, record.byteLength), record])
    expect(() => decodeRecords(list)).toThrow(
      expect.objectContaining({ code: 'METADATA_CORRUPT' }) as Error,
    )
  })

  test('that are not protobuf, or cut short, are named as corrupt', () => {
    const whole = encodeRecords(samples)
    for (let length = 1; length < whole.byteLength; length += 1)
      try {
        // A cut between two records is a shorter list: that is for the batch's CRC to notice.
        expect(decodeRecords(whole.subarray(0, length)).length).toBeLessThan(samples.length)
      } catch (thrown) {
        expect(thrown).toMatchObject({ name: 'MetadataFormatError', code: 'METADATA_CORRUPT' })
      }
  })

  test('with an id that is not 16 bytes are refused', () => {
    const list = proto.RecordList.encode({
      formatVersion: 1,
      records: [{ removeTopic: { topicId: new Uint8Array(15) } }],
    }).finish()
    expect(() => decodeRecords(list)).toThrow(
      expect.objectContaining({ code: 'METADATA_CORRUPT' }) as Error,
    )
  })
})

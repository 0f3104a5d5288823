/**
 * Goal: the flexible versions are laid out as other people's code lays them out, not merely in a
 * way that our decoder understands. Method: bytes made and read by an independent client (see
 * golden.txt), and bytes written down by hand from Kafka's protocol guide, must decode to the
 * stated values and encode to the same bytes.
 */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { Reader } from '../../../src/bytes/reader.ts'
import { Writer } from '../../../src/bytes/writer.ts'
import { apisByKey } from '../../../src/wire/registry.ts'

interface Golden {
  readonly title: string
  readonly key: number
  readonly version: number
  readonly direction: string
  readonly bytes: Uint8Array
  readonly value: unknown
}

function golden(line: string): Golden {
  const [key = '', version = '', direction = '', hex = ''] = line.split(' ')
  const json = line.slice(`${key} ${version} ${direction} ${hex} `.length)
  return {
    title: `${apisByKey.get(Number(key))?.name} v${version} ${direction}`,
    key: Number(key),
    version: Number(version),
    direction,
    bytes: unhex(hex),
    value: JSON.parse(json, (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'hex' in value
        ? unhex(String(value.hex))
        : value,
    ),
  }
}

/** Blanks between the bytes are for the reader. */
function unhex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(/\s+/g, ''), 'hex'))
}

function encode({ key, version, direction, value }: Golden): Uint8Array {
  const api = apisByKey.get(key)
  const writer = new Writer()
  if (direction === 'request') api?.encodeRequest(version, value, writer)
  else api?.encodeResponse(version, value, writer)
  return Uint8Array.from(writer.finish())
}

function decode({ key, version, direction, bytes }: Golden): unknown {
  const api = apisByKey.get(key)
  const reader = new Reader(bytes)
  return direction === 'request'
    ? api?.decodeRequest(version, reader)
    : api?.decodeResponse(version, reader)
}

const recorded = readFileSync(new URL('golden.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map(golden)

/** From Kafka's protocol guide, byte by byte. */
const written: Golden[] = [
  {
    title: 'ApiVersions v3 request',
    key: 18,
    version: 3,
    direction: 'request',
    // "rdkafka" and "2.3" with one more than their lengths in front, no tags.
    bytes: unhex('08 72646b61666b61  04 322e33  00'),
    value: { clientSoftwareName: 'rdkafka', clientSoftwareVersion: '2.3' },
  },
  {
    title: 'ApiVersions v3 response with tags',
    key: 18,
    version: 3,
    direction: 'response',
    bytes: unhex(
      [
        '0000', // no error
        '02  0003 0000 000c  00', // one key, with a tag section of its own
        '00000000', // throttle time
        '03', // three tags: number, size, content
        '00 08  02  02 66  0001 0003  00',
        '01 08  0000000100000000',
        '02 08  02  02 66  0003 0001  00',
      ].join(''),
    ),
    value: {
      errorCode: 0,
      apiKeys: [{ apiKey: 3, minVersion: 0, maxVersion: 12 }],
      throttleTimeMs: 0,
      supportedFeatures: [{ name: 'f', minVersion: 1, maxVersion: 3 }],
      finalizedFeaturesEpoch: 2 ** 32,
      finalizedFeatures: [{ name: 'f', maxVersionLevel: 3, minVersionLevel: 1 }],
    },
  },
  {
    title: 'Metadata v0 request for no topic by name, which there means all',
    key: 3,
    version: 0,
    direction: 'request',
    bytes: unhex('00000000'),
    value: { topics: [] },
  },
  {
    title: 'Metadata v1 request for all topics: null',
    key: 3,
    version: 1,
    direction: 'request',
    bytes: unhex('ffffffff'),
    value: { topics: null },
  },
  {
    title: 'Metadata v1 request for none: empty',
    key: 3,
    version: 1,
    direction: 'request',
    bytes: unhex('00000000'),
    value: { topics: [] },
  },
  {
    title: 'Metadata v9 request for all topics: null',
    key: 3,
    version: 9,
    direction: 'request',
    bytes: unhex('00  01 00 01  00'),
    value: { topics: null, includeTopicAuthorizedOperations: true },
  },
  {
    title: 'Metadata v9 request for none: empty',
    key: 3,
    version: 9,
    direction: 'request',
    bytes: unhex('01  00 01 00  00'),
    value: {
      topics: [],
      allowAutoTopicCreation: false,
      includeClusterAuthorizedOperations: true,
    },
  },
  {
    title: 'Metadata v10 response, tag sections nested three deep',
    key: 3,
    version: 10,
    direction: 'response',
    bytes: unhex(
      [
        '00000000',
        '02  00000001  02 68  00002384  00  00', // broker 1, "h", 9092, no rack, tags
        '02 63', // cluster "c"
        '00000001', // controller
        '02  0000  02 74  000102030405060708090a0b0c0d0e0f  00', // topic "t", id, not internal
        '02  0000 00000000 00000001 00000004', // partition 0, leader 1, epoch 4
        '02 00000001  02 00000001  01  00', // replicas, ISR, none offline, tags of the partition
        '80000000  00', // operations not asked for, tags of the topic
        '80000000  00', // the same of the cluster, tags of the response
      ].join(''),
    ),
    value: {
      brokers: [{ nodeId: 1, host: 'h', port: 9092, rack: null }],
      clusterId: 'c',
      controllerId: 1,
      topics: [
        {
          errorCode: 0,
          name: 't',
          topicId: 'AAECAwQFBgcICQoLDA0ODw',
          partitions: [
            {
              errorCode: 0,
              partitionIndex: 0,
              leaderId: 1,
              leaderEpoch: 4,
              replicaNodes: [1],
              isrNodes: [1],
            },
          ],
        },
      ],
    },
  },
  {
    title: 'Produce v9 request',
    key: 0,
    version: 9,
    direction: 'request',
    bytes: unhex(
      [
        '00  ffff  00007530', // no transaction, acks -1, 30 s
        '02  02 74', // topic "t"
        '03  00000000  04 aabbcc  00', // partition 0: three bytes
        '00000001  00  00', // partition 1: null
        '00  00', // tags of the topic and of the request
      ].join(''),
    ),
    value: {
      transactionalId: null,
      acks: -1,
      timeoutMs: 30_000,
      topicData: [
        {
          name: 't',
          partitionData: [
            { index: 0, records: unhex('aabbcc') },
            { index: 1, records: null },
          ],
        },
      ],
    },
  },
  {
    title: 'Produce v10 response that names the new leader',
    key: 0,
    version: 10,
    direction: 'response',
    bytes: unhex(
      [
        '02  02 74  02', // topic "t"
        '00000003 0006 ffffffffffffffff ffffffffffffffff ffffffffffffffff', // partition 3, error 6
        '01  00', // no record errors, no message
        '01  00 09  00000002 00000005 00', // tag 0: leader 2 in epoch 5
        '00', // tags of the topic
        '00000000',
        '01  00 0d  02  00000002 02 68 00002384  00  00', // tag 0: where node 2 is
      ].join(''),
    ),
    value: {
      responses: [
        {
          name: 't',
          partitionResponses: [
            {
              index: 3,
              errorCode: 6,
              baseOffset: -1,
              currentLeader: { leaderId: 2, leaderEpoch: 5 },
            },
          ],
        },
      ],
      nodeEndpoints: [{ nodeId: 2, host: 'h', port: 9092, rack: null }],
    },
  },
  {
    title: 'Fetch v12 response: diverging epoch, null transactions, records empty and not null',
    key: 1,
    version: 12,
    direction: 'response',
    bytes: unhex(
      [
        '00000000 0000 00000000', // throttle, error, session
        '02  02 74  02', // topic "t"
        '00000000 0000 0000000000000009 0000000000000009 0000000000000001',
        '00  ffffffff  01', // no aborted transactions asked for, no other replica, no records
        '01  00 0d  00000004 0000000000000007 00', // tag 0: epoch 4 ended at 7
        '00  00',
      ].join(''),
    ),
    value: {
      responses: [
        {
          topic: 't',
          partitions: [
            {
              partitionIndex: 0,
              errorCode: 0,
              highWatermark: 9,
              lastStableOffset: 9,
              logStartOffset: 1,
              divergingEpoch: { epoch: 4, endOffset: 7 },
            },
          ],
        },
      ],
    },
  },
  {
    title: 'Fetch v15 request of a follower: begins with the wait, the replica is in a tag',
    key: 1,
    version: 15,
    direction: 'request',
    bytes: unhex(
      [
        '000001f4 00000001 00100000 00', // wait 500 ms, 1 byte to 1 MiB, uncommitted too
        '00000000 ffffffff', // no session
        '01  01  01', // no topics, none forgotten, no rack
        '01  01 0d  00000002 0000000000000063 00', // tag 1: replica 2 in epoch 99
      ].join(''),
    ),
    value: {
      replicaState: { replicaId: 2, replicaEpoch: 99 },
      maxWaitMs: 500,
      minBytes: 1,
      maxBytes: 1024 * 1024,
      topics: [],
    },
  },
  {
    title: 'CreateTopics v5 response that withholds the configuration',
    key: 19,
    version: 5,
    direction: 'response',
    bytes: unhex(
      [
        '00000000',
        '02  02 74  0000  00  00000001 0001', // topic "t": no error, 1 partition, 1 replica
        '00', // null
        '01  00 02 001d', // tag 0: error 29
        '00',
      ].join(''),
    ),
    value: {
      topics: [
        {
          name: 't',
          errorCode: 0,
          numPartitions: 1,
          replicationFactor: 1,
          configs: null,
          topicConfigErrorCode: 29,
        },
      ],
    },
  },
  {
    title: 'OffsetForLeaderEpoch v4 response',
    key: 23,
    version: 4,
    direction: 'response',
    bytes: unhex(
      [
        '00000000',
        '02  02 74  02',
        '0000 00000003 00000006 0000000000000063  00', // the error comes before the partition
        '00  00',
      ].join(''),
    ),
    value: {
      topics: [
        {
          topic: 't',
          partitions: [{ errorCode: 0, partition: 3, leaderEpoch: 6, endOffset: 99 }],
        },
      ],
    },
  },
]

it.each([...recorded, ...written])('$title', (row) => {
  expect(Buffer.from(encode(row)).toString('hex')).toBe(Buffer.from(row.bytes).toString('hex'))
  expect(decode(row)).toMatchObject(asDecoded(row.value))
})

/** What is decoded has the defaults besides, so it is matched rather than equalled. */
function asDecoded(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new TypeError('a message is an object')
  return value
}

// Goal: what is asked of the active controller, of the quorum and of a watch arrives as it was
// sent, and bytes that are no such message are refused as such. Method: arbitrary requests and
// replies through every codec and back; the same bytes with a bit flipped, and with an end cut off,
// must decode to something or throw, and never anything else.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asNodeId, asTopicId } from '../../../src/base/ids.ts'
import { uuidToString } from '../../../src/bytes/uuid.ts'
import { lograft } from '../../../src/gen/lograft/admin/v1/admin.js'
import { quorumMethods } from '../../../src/rpc/admin/quorum-methods.ts'
import { controllerMethods } from '../../../src/rpc/controller-methods.ts'
import type { Codec } from '../../../src/rpc/service.ts'
import { heartbeats } from '../../../src/rpc/heartbeat-codec.ts'
import { watchMethod } from '../../../src/rpc/watch-codec.ts'

const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(uuidToString)
const topicId = uuid.map(asTopicId)
const nodeId = fc.nat().map(asNodeId)
const mutation = fc.option(
  fc
    .record({ validateOnly: fc.boolean(), idempotencyKey: fc.string() })
    .map((fields) => new lograft.admin.v1.Mutation(fields)),
)
const offset = fc.maxSafeNat()
const epoch = fc.nat()
const text = fc.string({ unit: 'binary', maxLength: 20 })
const port = fc.integer({ min: 1, max: 65_535 })
const int32 = fc.integer()
const host = fc.constantFrom('localhost', '::1', '10.0.0.1')
const message = fc.option(text)
const reply = { metadataOffset: offset }
const list = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { maxLength: 4 })

const failed = fc.record({
  errorCode: int32.filter((code) => code !== 0),
  errorMessage: text,
  name: message,
  topicId: fc.option(topicId),
})
const resource = fc.record({ type: fc.constantFrom('topic', 'broker'), name: text })
const listener = fc.record({ host: text, port })
const bytes = fc.uint8Array({ maxLength: 40 })
const creatable = fc.record({
  name: text,
  partitions: int32,
  replicationFactor: int32,
  assignments: list(fc.record({ partition: int32, brokerIds: list(int32) })),
  configs: list(fc.record({ name: text, value: message })),
})
const configChange = fc.record({
  resource,
  operations: list(
    fc.oneof(
      fc.record({
        type: fc.constantFrom('set', 'append', 'subtract'),
        name: text,
        value: text,
      }),
      fc.record({ type: fc.constant('delete'), name: text }),
    ),
  ),
  replacesAll: fc.boolean(),
})
const partitionName = fc.record({ topic: text, partition: int32 })
const change = fc.oneof(
  fc.record({ type: fc.constant('create-topic'), topic: creatable }),
  fc.record({ type: fc.constant('delete-topic'), name: text, topicId: fc.option(topicId) }),
  fc.record({
    type: fc.constant('add-partitions'),
    topic: fc.record({ name: text, count: int32, assignments: fc.option(list(list(int32))) }),
  }),
  fc.record({ type: fc.constant('alter-configs'), change: configChange }),
  fc.record({
    type: fc.constant('reassign'),
    partition: fc.record({
      topic: text,
      partition: int32,
      replicas: fc.option(list(int32)),
      keepsCount: fc.boolean(),
    }),
  }),
  fc.record({ type: fc.constant('cancel-reassignments') }),
  fc.record({
    type: fc.constant('elect-leaders'),
    election: fc.constantFrom('preferred', 'unclean'),
    partitions: fc.option(list(partitionName)),
  }),
  fc.record({ type: fc.constant('unregister-broker'), nodeId }),
)
const mapOf = <Key, Value>(key: fc.Arbitrary<Key>, value: fc.Arbitrary<Value>) =>
  list(fc.tuple(key, value)).map((entries) => new Map(entries))
const expectation = fc.record({
  ...{ topic: message, topicId: fc.option(topicId), partitions: fc.option(epoch) },
  ...{ configs: mapOf(text, message), replicas: mapOf(epoch, list(epoch)) },
})

const cases: readonly (readonly [string, Codec<unknown>, fc.Arbitrary<unknown>])[] = [
  [
    'RegisterBroker',
    controllerMethods.registerBroker.request,
    fc.record({
      nodeId,
      incarnationId: uuid,
      directoryId: uuid,
      host: text,
      port,
      rack: message,
      restart: fc.constantFrom('clean', 'killed', 'unclean'),
      previousBrokerEpoch: fc.oneof(offset, fc.constant(-1)),
    }),
  ],
  [
    'RegisterBroker, reply',
    controllerMethods.registerBroker.response,
    fc.record({ brokerEpoch: offset, ...reply }),
  ],
  [
    'AlterPartition',
    controllerMethods.alterPartition.request,
    fc.record({
      nodeId,
      brokerEpoch: offset,
      partitions: list(
        fc.record({
          ...{ topicId, partition: epoch, leaderEpoch: epoch, partitionEpoch: epoch },
          isr: list(fc.record({ nodeId, brokerEpoch: fc.oneof(offset, fc.constant(-1)) })),
          isAskedAgain: fc.boolean(),
        }),
      ),
    }),
  ],
  [
    'LeaveIsr',
    controllerMethods.leaveIsr.request,
    fc.record({
      nodeId,
      brokerEpoch: offset,
      partitions: list(
        fc.record({
          ...{ topicId, partition: epoch, leaderEpoch: epoch },
          reason: fc.constantFrom(
            'corrupt-segment',
            'full-disk',
            'failing-directory',
            'records-lost',
          ),
        }),
      ),
    }),
  ],
  [
    'LeaveIsr, reply',
    controllerMethods.leaveIsr.response,
    fc.record({
      ...reply,
      partitions: list(
        fc.oneof(
          fc.record({
            ...{ topicId, partition: epoch, errorCode: fc.constant(0), hasLeft: fc.boolean() },
          }),
          fc.record({
            ...{ topicId, partition: epoch, errorMessage: text },
            errorCode: int32.filter((code) => code !== 0),
          }),
        ),
      ),
    }),
  ],
  [
    'TellLogEnds',
    controllerMethods.tellLogEnds.request,
    fc.record({
      nodeId,
      brokerEpoch: offset,
      partitions: list(
        fc.record({
          ...{ topicId, partition: epoch, partitionEpoch: epoch, logEndOffset: offset },
          lastEpoch: fc.oneof(epoch, fc.constant(-1)),
        }),
      ),
    }),
  ],
  [
    'AlterReassignments',
    controllerMethods.alterReassignments.request,
    list(
      fc.record({
        ...{ topic: text, partition: int32, replicas: fc.option(list(int32)) },
        keepsCount: fc.boolean(),
      }),
    ),
  ],
  [
    'ApplyChanges',
    controllerMethods.applyChanges.request,
    fc.record({
      changes: list(fc.record({ change, expects: fc.option(expectation) })),
      validateOnly: fc.boolean(),
      requestKey: fc.option(fc.record({ key: text, digest: text })),
    }),
  ],
  [
    'ApplyChanges, reply',
    controllerMethods.applyChanges.response,
    fc.record({
      ...{ ...reply, appliedAt: fc.option(offset) },
      faults: list(fc.record({ index: epoch, code: text, message: text })),
      created: list(
        fc.record({ name: text, topicId, partitions: epoch, replicationFactor: epoch }),
      ),
      elected: list(fc.record({ topic: text, partition: epoch })),
    }),
  ],
  ['UnregisterBroker', controllerMethods.unregisterBroker.request, nodeId],
  [
    'ElectLeaders',
    controllerMethods.electLeaders.request,
    fc.record({
      type: fc.constantFrom('preferred', 'unclean'),
      partitions: fc.option(list(fc.record({ topic: text, partition: int32 }))),
    }),
  ],
  [
    'AlterReassignments and ElectLeaders, reply',
    controllerMethods.electLeaders.response,
    fc.record({
      ...reply,
      partitions: list(
        fc.record({
          ...{ topic: text, partition: int32, errorCode: int32, errorMessage: message },
        }),
      ),
    }),
  ],
  [
    'Heartbeats',
    heartbeats.request,
    fc.record({
      ...{ nodeId, brokerEpoch: offset, incarnationId: uuid, metadataOffset: offset },
      wantsShutdown: fc.boolean(),
      listeners: fc.record({ kafka: listener, grpc: listener }),
    }),
  ],
  [
    'Heartbeats, reply',
    heartbeats.response,
    fc.record({
      ...{ fenced: fc.boolean(), caughtUp: fc.boolean(), shouldShutDown: fc.boolean() },
      mustBeginShutdown: fc.boolean(),
      ...{ committedOffset: offset, controllerEpoch: offset },
    }),
  ],
  [
    'RegisterController',
    controllerMethods.registerController.request,
    fc.record({ nodeId, directoryId: uuid, incarnationId: uuid, host: text, port }),
  ],
  [
    'CreateTopics',
    controllerMethods.createTopics.request,
    fc.record({
      topics: list(creatable),
      validateOnly: fc.boolean(),
    }),
  ],
  [
    'CreateTopics, reply',
    controllerMethods.createTopics.response,
    fc.record({
      ...reply,
      topics: list(
        fc.oneof(
          failed,
          fc.record({
            errorCode: fc.constant(0),
            name: text,
            topicId,
            partitions: int32,
            replicationFactor: int32,
            configs: list(
              fc.record({
                name: text,
                value: message,
                readOnly: fc.boolean(),
                source: int32,
                isSensitive: fc.boolean(),
              }),
            ),
          }),
        ),
      ),
    }),
  ],
  [
    'CreatePartitions',
    controllerMethods.createPartitions.request,
    fc.record({
      topics: list(
        fc.record({ name: text, count: int32, assignments: fc.option(list(list(int32))) }),
      ),
      validateOnly: fc.boolean(),
    }),
  ],
  [
    'CreatePartitions, reply',
    controllerMethods.createPartitions.response,
    fc.record({
      ...reply,
      topics: list(fc.record({ name: text, errorCode: int32, errorMessage: message })),
    }),
  ],
  [
    'DeleteTopics',
    controllerMethods.deleteTopics.request,
    list(fc.record({ name: message, topicId: fc.option(topicId) })),
  ],
  [
    'DeleteTopics, reply',
    controllerMethods.deleteTopics.response,
    fc.record({
      ...reply,
      topics: list(fc.oneof(failed, fc.record({ errorCode: fc.constant(0), name: text, topicId }))),
    }),
  ],
  [
    'AlterConfigs',
    controllerMethods.alterConfigs.request,
    fc.record({
      changes: list(configChange),
      validateOnly: fc.boolean(),
    }),
  ],
  [
    'AlterConfigs, reply',
    controllerMethods.alterConfigs.response,
    fc.record({
      ...reply,
      resources: list(fc.record({ resource, errorCode: int32, errorMessage: message })),
    }),
  ],
  [
    'AllocateProducerIds, reply',
    controllerMethods.allocateProducerIds.response,
    fc.record({ ...reply, firstProducerId: offset, count: fc.integer({ min: 1 }) }),
  ],
  [
    'Transfer',
    quorumMethods.transfer.request,
    fc.record({ to: fc.option(nodeId), hereOnly: fc.boolean(), mutation }),
  ],
  [
    'Add',
    quorumMethods.add.request,
    fc.record({
      voter: fc.record({ nodeId, host, port, directoryId: fc.option(uuid) }),
      replaces: fc.option(nodeId),
      hereOnly: fc.boolean(),
      mutation,
    }),
  ],
  [
    'Remove',
    quorumMethods.remove.request,
    fc.oneof(
      fc.record({
        nodeIds: fc.array(nodeId, { minLength: 1, maxLength: 4 }),
        directoryId: fc.constant(null),
        hereOnly: fc.boolean(),
        mutation,
      }),
      fc.record({ nodeIds: fc.tuple(nodeId), directoryId: uuid, hereOnly: fc.boolean(), mutation }),
    ),
  ],
  [
    'Describe, reply',
    quorumMethods.describe.response,
    fc.record({
      clusterId: fc.option(uuid),
      leaderId: nodeId,
      epoch,
      highWatermark: offset,
      logEndOffset: offset,
      replicas: list(
        fc.record({
          nodeId,
          directoryId: uuid,
          role: fc.constantFrom('voter', 'outgoing', 'learner'),
          address: fc.option(fc.record({ host: text, port })),
          logEndOffset: fc.option(offset),
          silentMs: offset,
          behindMs: offset,
        }),
      ),
    }),
  ],
  [
    'Watch',
    watchMethod.request,
    fc
      .record({
        nodeId,
        clusterId: fc.option(uuid),
        nextOffset: offset,
        epoch: fc.integer({ min: 1 }),
      })
      .map((request) => ({ ...request, epoch: request.nextOffset === 0 ? 0 : request.epoch })),
  ],
  [
    'Watch, event',
    watchMethod.response,
    fc.record({
      endOffset: offset,
      leadership: fc.option(
        fc.record({
          epoch,
          leaderId: fc.option(nodeId),
          isLeader: fc.boolean(),
          controllers: list(fc.record({ nodeId, host: text, port })),
        }),
      ),
      entries: fc.option(
        fc.record({
          firstOffset: offset,
          entries: fc.array(fc.record({ epoch, records: bytes }), { minLength: 1, maxLength: 4 }),
        }),
      ),
      snapshot: fc.constant(null),
    }),
  ],
  [
    'Watch, a piece of a snapshot',
    watchMethod.response,
    fc.record({
      endOffset: offset,
      leadership: fc.constant(null),
      entries: fc.constant(null),
      snapshot: fc.record({
        endOffset: offset,
        epoch,
        piece: fc.nat(),
        last: fc.boolean(),
        records: bytes,
      }),
    }),
  ],
]

describe.each(cases)('%s', (_, codec, values) => {
  test('arrives as it was sent', () => {
    fc.assert(
      fc.property(values, (value) => {
        // Bytes arrive as views of what was received.
        expect(plain(codec.decode(codec.encode(value)))).toEqual(plain(value))
      }),
    )
  })

  test('damaged, is something else or an error', () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.nat(), (value, bit, cut) => {
        const encoded = Buffer.from(codec.encode(value))
        if (encoded.byteLength === 0) return
        const flipped = Buffer.from(encoded)
        const at = (bit >> 3) % flipped.byteLength
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7))
        for (const damaged of [flipped, encoded.subarray(0, cut % encoded.byteLength)])
          try {
            codec.decode(damaged)
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(Error)
            expect((thrown as Error).name).not.toBe('TypeError')
          }
      }),
    )
  })
})

/** With bytes as text. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map) return Array.from(value, plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]))
}

describe('what no request may say', () => {
  test('nobody to remove', () => {
    const { request } = quorumMethods.remove
    const nobody = request.encode({ nodeIds: [], directoryId: null, hereOnly: false })
    expect(() => request.decode(nobody)).toThrow('1 to 1000 nodes')
  })

  test('two nodes with one disk, or a disk that is none', () => {
    const { request } = quorumMethods.remove
    const [one, two] = [asNodeId(1), asNodeId(2)]
    const asked = { directoryId: uuidToString(new Uint8Array(16).fill(7)), hereOnly: false }
    expect(() => request.decode(request.encode({ ...asked, nodeIds: [one, two] }))).toThrow(
      'one node beside a directory id',
    )
    const bad = request.encode({ ...asked, nodeIds: [one], directoryId: 'a disk' })
    expect(() => request.decode(bad)).toThrow()
  })

  test('more than its memory is worth', () => {
    const { request } = controllerMethods.deleteTopics
    const topics = Array.from({ length: 400_000 }, () => ({ name: '', topicId: null }))
    expect(() => request.decode(request.encode(topics))).toThrow('more fields than')
  })

  test('a host that is none', () => {
    const voter = { nodeId: asNodeId(1), host: 'a b', port: 1 }
    const encoded = quorumMethods.add.request.encode({ voter, replaces: null, hereOnly: false })
    expect(() => quorumMethods.add.request.decode(encoded)).toThrow('a host')
  })

  test('an epoch of nothing', () => {
    const { request } = watchMethod
    const encoded = request.encode({
      nodeId: asNodeId(1),
      clusterId: null,
      nextOffset: 0,
      epoch: 3,
    })
    expect(() => request.decode(encoded)).toThrow('unless nothing is held')
  })
})

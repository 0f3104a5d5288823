// Goal: nothing a stranger sends can stop the node, disturb another connection or make memory grow.
// Method: properties over a live listener in a process of its own: noise, valid requests with bytes
// changed, cut short, made longer, or with lengths that lie. After every batch of runs a healthy
// client creates nothing, writes and reads as before, and resident memory is looked at from
// outside. A failure prints fast-check's seed and path; FUZZ_RUNS and FUZZ_SEED repeat or deepen
// it.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { CODECS } from '../../src/records/batch.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { handlers } from '../../src/server/handlers/index.ts'
import { apiVersions } from '../../src/wire/apis/18-api-versions.ts'
import { produce } from '../../src/wire/apis/00-produce.ts'
import { fetch } from '../../src/wire/apis/01-fetch.ts'
import { listOffsets } from '../../src/wire/apis/02-list-offsets.ts'
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import { findCoordinator } from '../../src/wire/apis/10-find-coordinator.ts'
import { createTopics } from '../../src/wire/apis/19-create-topics.ts'
import { deleteTopics } from '../../src/wire/apis/20-delete-topics.ts'
import { deleteRecords } from '../../src/wire/apis/21-delete-records.ts'
import { initProducerId } from '../../src/wire/apis/22-init-producer-id.ts'
import { offsetForLeaderEpoch } from '../../src/wire/apis/23-offset-for-leader-epoch.ts'
import { describeConfigs } from '../../src/wire/apis/32-describe-configs.ts'
import { alterConfigs } from '../../src/wire/apis/33-alter-configs.ts'
import { alterReplicaLogDirs } from '../../src/wire/apis/34-alter-replica-log-dirs.ts'
import { describeLogDirs } from '../../src/wire/apis/35-describe-log-dirs.ts'
import { createPartitions } from '../../src/wire/apis/37-create-partitions.ts'
import { incrementalAlterConfigs } from '../../src/wire/apis/44-incremental-alter-configs.ts'
import { describeClientQuotas } from '../../src/wire/apis/48-describe-client-quotas.ts'
import { describeQuorum } from '../../src/wire/apis/55-describe-quorum.ts'
import { updateFeatures } from '../../src/wire/apis/57-update-features.ts'
import { describeCluster } from '../../src/wire/apis/60-describe-cluster.ts'
import { describeProducers } from '../../src/wire/apis/61-describe-producers.ts'
import { listTransactions } from '../../src/wire/apis/66-list-transactions.ts'
import { listConfigResources } from '../../src/wire/apis/74-list-config-resources.ts'
import { describeTopicPartitions } from '../../src/wire/apis/75-describe-topic-partitions.ts'
import { addRaftVoter } from '../../src/wire/apis/80-add-raft-voter.ts'
import { removeRaftVoter } from '../../src/wire/apis/81-remove-raft-voter.ts'
import { createTopic, fetchBody, produceBody, readPartition } from '../support/calls.ts'
import { produceBatch } from '../support/calls.ts'
import { Client, encodeFrame, type ClientApi } from '../support/client.ts'
import { groupFrames } from '../support/group-frames.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { within } from '../support/within.ts'
import { residentBytes } from '../support/resident-bytes.ts'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300)
const SEED =
  process.env['FUZZ_SEED'] === undefined ? {} : { seed: Number(process.env['FUZZ_SEED']) }
const GROWTH_MAX_BYTES = 200 << 20
const asksVersions = { clientSoftwareName: 'fuzz', clientSoftwareVersion: '1' }

let directory: TempDir
let node: ProcessNode
let healthy: Client
let written = 0

beforeAll(async () => {
  directory = await tempDir()
  node = await ProcessNode.start({
    directory: directory.path,
    // Changed names and counts must not fill the disk with topics.
    set: { 'auto.create.topics.enable': false, 'socket.request.max.bytes': 1 << 20 },
  })
  healthy = await Client.connect(node.address)
  await createTopic(healthy, 'fuzzed', { partitions: 2 })
  await createTopic(healthy, 'altered')
  await createTopic(healthy, 'healthy')
})
afterAll(async () => {
  await healthy.close()
  await node.kill()
  await directory[Symbol.asyncDispose]()
})

const batch = (codec: (typeof CODECS)[number]) =>
  buildBatch({ codec, records: [{ value: new Uint8Array(300).fill(7) }, { value: null }] })

/** A topic, a topic that is not there, this broker, all brokers, and what nobody has. */
const resource = fc
  .constantFrom(
    ...([
      [2, 'altered'],
      [2, 'gone'],
      [4, '1'],
      [4, ''],
      [8, '1'],
    ] as const),
  )
  .map(([resourceType, resourceName]) => ({ resourceType, resourceName }))

/** A valid request of every kind, in every version: what mutation starts from. */
const validFrames: fc.Arbitrary<Uint8Array> = fc.oneof(
  framesOf(produce, [3, 11], fc.constantFrom(...CODECS), (codec) =>
    produceBody({ topic: 'fuzzed', batch: batch(codec) }),
  ),
  framesOf(fetch, [4, 16], fc.nat(20), (offset) => fetchBody({ topic: 'fuzzed', offset })),
  framesOf(fetch, [7, 16], fc.tuple(fc.nat(3), fc.integer({ min: -1, max: 2 })), sessionBody),
  framesOf(listOffsets, [1, 8], fc.integer({ min: -5, max: 5 }), (timestamp) => ({
    replicaId: -1,
    isolationLevel: 0,
    topics: [
      { name: 'fuzzed', partitions: [{ partitionIndex: 1, currentLeaderEpoch: -1, timestamp }] },
    ],
  })),
  framesOf(metadata, [4, 12], fc.array(fc.constantFrom('fuzzed', 'a', 'b')), (names) => ({
    topics: names.map((name) => ({ name })),
    allowAutoTopicCreation: true,
    includeClusterAuthorizedOperations: true,
    includeTopicAuthorizedOperations: true,
  })),
  framesOf(findCoordinator, [0, 5], fc.constantFrom(0, 1), (keyType) => ({
    key: 'group',
    keyType,
    coordinatorKeys: ['group'],
  })),
  // Asked to validate only: a changed flag may create a few topics, not thousands.
  framesOf(createTopics, [2, 7], fc.constantFrom('fuzzed', 'b!d'), (name) => ({
    topics: [
      {
        name,
        numPartitions: 1,
        replicationFactor: 1,
        assignments: [],
        configs: [{ name: 'retention.ms', value: '1000' }],
      },
    ],
    timeoutMs: 1000,
    validateOnly: true,
  })),
  framesOf(deleteTopics, [1, 6], fc.constantFrom('gone', ''), (name) => ({
    topics: [{ name }],
    topicNames: [name],
    timeoutMs: 1000,
  })),
  framesOf(initProducerId, [0, 5], fc.constantFrom(null, 'transaction'), (transactionalId) => ({
    transactionalId,
    transactionTimeoutMs: 1000,
  })),
  framesOf(offsetForLeaderEpoch, [2, 4], fc.nat(3), (leaderEpoch) => ({
    replicaId: -1,
    topics: [
      { topic: 'fuzzed', partitions: [{ partition: 0, currentLeaderEpoch: -1, leaderEpoch }] },
    ],
  })),
  framesOf(describeLogDirs, [1, 4], fc.constantFrom(null, 'fuzzed', ''), (topic) => ({
    topics: topic === null ? null : [{ topic, partitions: [0, 1] }],
  })),
  framesOf(describeCluster, [0, 2], fc.integer({ min: 0, max: 3 }), (endpointType) => ({
    includeClusterAuthorizedOperations: true,
    includeFencedBrokers: true,
    endpointType,
  })),
  framesOf(describeTopicPartitions, [0, 0], fc.nat(3), (partitionIndex) => ({
    topics: [{ name: 'fuzzed' }, { name: 'healthy' }],
    responsePartitionLimit: partitionIndex,
    cursor: { topicName: 'fuzzed', partitionIndex },
  })),
  framesOf(apiVersions, [0, 4], fc.constant(null), () => asksVersions),
  framesOf(deleteRecords, [0, 2], fc.integer({ min: -2, max: 3 }), (offset) => ({
    topics: [{ name: 'altered', partitions: [{ partitionIndex: 0, offset }] }],
    timeoutMs: 1000,
  })),
  framesOf(describeConfigs, [1, 4], resource, (asked) => ({
    resources: [{ ...asked, configurationKeys: null }],
    includeSynonyms: true,
    includeDocumentation: true,
  })),
  // What a changed flag or name could alter is one topic, which nobody relies on.
  framesOf(alterConfigs, [0, 2], fc.constantFrom('altered', 'gone'), (resourceName) => ({
    resources: [{ resourceType: 2, resourceName, configs: [{ name: 'flush.ms', value: '1000' }] }],
    validateOnly: true,
  })),
  framesOf(incrementalAlterConfigs, [0, 1], fc.nat(4), (configOperation) => ({
    resources: [
      {
        ...{ resourceType: 2, resourceName: 'altered' },
        configs: [{ name: 'cleanup.policy', configOperation, value: 'compact' }],
      },
    ],
    validateOnly: true,
  })),
  // With an assignment of one partition, a changed count is refused.
  framesOf(createPartitions, [0, 3], fc.integer({ min: -1, max: 3 }), (count) => ({
    topics: [{ name: 'altered', count, assignments: [{ brokerIds: [1] }] }],
    timeoutMs: 1000,
    validateOnly: true,
  })),
  framesOf(alterReplicaLogDirs, [1, 2], fc.constantFrom('/', ''), (path) => ({
    dirs: [{ path, topics: [{ name: 'fuzzed', partitions: [0, 7] }] }],
  })),
  framesOf(describeClientQuotas, [0, 1], fc.integer({ min: -1, max: 3 }), (matchType) => ({
    components: [{ entityType: 'user', matchType, match: 'anna' }],
    strict: true,
  })),
  framesOf(
    describeQuorum,
    [0, 2],
    fc.constantFrom('__cluster_metadata', 'fuzzed'),
    (topicName) => ({
      topics: [{ topicName, partitions: [{ partitionIndex: 0 }] }],
    }),
  ),
  framesOf(updateFeatures, [0, 2], fc.integer({ min: -1, max: 4 }), (upgradeType) => ({
    featureUpdates: [{ feature: 'metadata.version', maxVersionLevel: 1, upgradeType }],
  })),
  framesOf(describeProducers, [0, 0], fc.integer({ min: -1, max: 3 }), (index) => ({
    topics: [{ name: 'fuzzed', partitionIndexes: [index, 0] }],
  })),
  framesOf(listTransactions, [0, 2], fc.constantFrom('Ongoing', ''), (state) => ({
    stateFilters: [state],
    producerIdFilters: [1],
    transactionalIdPattern: '(',
  })),
  framesOf(listConfigResources, [0, 1], fc.integer({ min: -1, max: 33 }), (type) => ({
    resourceTypes: [type],
  })),
  // Of another cluster, whatever else a changed byte says: this one keeps its only voter.
  framesOf(removeRaftVoter, [0, 0], fc.nat(3), (voterId) => ({
    ...{ clusterId: 'another', voterId, voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAA' },
  })),
  framesOf(addRaftVoter, [0, 0], fc.nat(3), (voterId) => ({
    ...{ clusterId: 'another', voterId, voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAA' },
    timeoutMs: 100,
    listeners: [{ name: 'CONTROLLER', host: '127.0.0.1', port: 1 }],
  })),
  groupFrames(fc.constantFrom('group', '')),
)

/** Begins sessions, goes on with those that may be there, forgets. */
function sessionBody([sessionId, sessionEpoch]: readonly [number, number]) {
  return {
    ...fetchBody({ topic: 'fuzzed', offset: 0 }),
    sessionId,
    sessionEpoch,
    forgottenTopicsData: [{ topic: 'fuzzed', partitions: [0, 1, 7] }],
  }
}

function framesOf<Request, Input>(
  api: ClientApi<Request, unknown>,
  [min, max]: readonly [number, number],
  inputs: fc.Arbitrary<Input>,
  body: (input: Input) => Request,
): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.integer({ min, max }), inputs)
    .map(([version, input]) => encodeFrame(api, version, body(input), { correlationId: 1 }))
}

/** Sends bytes on a connection of their own, lets the node have them, and is gone. */
async function assault(bytes: Uint8Array, { end = false } = {}): Promise<void> {
  const stranger = await Client.connect(node.address)
  stranger.write(bytes)
  if (end) stranger.end()
  await healthy.request(apiVersions, 3, asksVersions)
  stranger.reset()
  await stranger.closed
}

async function stillHealthy(): Promise<void> {
  expect(node.isRunning, node.output).toBe(true)
  const value = new Uint8Array([written & 0xff])
  const produced = await produceBatch(healthy, {
    topic: 'healthy',
    batch: buildBatch({ records: [{ value }] }),
  })
  expect([produced.errorCode, produced.baseOffset]).toEqual([0, written])
  written += 1
  const records = await readPartition(healthy, { topic: 'healthy' })
  expect(records.map((record) => record.value?.[0])).toEqual(
    Array.from({ length: written }, (_, index) => index & 0xff),
  )
}

/** Runs a property, then judges the node. */
async function attack(
  input: fc.Arbitrary<Uint8Array>,
  options: { end?: boolean } = {},
): Promise<void> {
  // Once before measuring: code and buffers of the first requests are no growth.
  for (const bytes of fc.sample(input, { numRuns: 20, ...SEED })) await assault(bytes, options)
  const before = residentBytes(node.pid)
  await fc.assert(
    fc.asyncProperty(input, async (bytes) => {
      await within(20_000, 'the healthy client', assault(bytes, options))
    }),
    { numRuns: RUNS, endOnFailure: true, ...SEED },
  )
  await stillHealthy()
  const after = residentBytes(node.pid)
  if (before !== null && after !== null) expect(after - before).toBeLessThan(GROWTH_MAX_BYTES)
}

const noise = fc.uint8Array({ minLength: 1, maxLength: 2000 })

test('noise', () => attack(noise, { end: true }), 120_000)

test('noise in a frame of its true length', () => attack(noise.map(framed)), 120_000)

test(
  'noise behind a true header',
  () =>
    attack(
      fc
        .tuple(
          fc.constantFrom(...handlers.map(({ api }) => api.key)),
          fc.integer({ min: 0, max: 16 }),
          noise,
        )
        .map(([key, version, body]) => {
          const header = new Uint8Array(10)
          const view = new DataView(header.buffer)
          view.setInt16(0, key)
          view.setInt16(2, version)
          view.setInt32(4, 1)
          view.setInt16(8, -1)
          return framed(Buffer.concat([header, body]))
        }),
    ),
  120_000,
)

test(
  'valid requests with bytes changed',
  () =>
    attack(
      fc
        .tuple(
          validFrames,
          fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
            minLength: 1,
            maxLength: 8,
          }),
        )
        .map(([frame, changes]) => {
          const changed = frame.slice()
          for (const [position, byte] of changes) {
            // The frame's length stays true: lengths that lie are the next property's.
            changed[4 + (position % (changed.byteLength - 4))] = byte
          }
          return changed
        }),
    ),
  120_000,
)

test(
  'valid requests with extreme numbers in them',
  () =>
    attack(
      fc
        .tuple(
          validFrames,
          fc.nat(),
          fc.constantFrom(0, -1, -2, 0x7fff_ffff, -0x8000_0000, 0x00ff_ffff, 0x7fff_0000),
        )
        .map(([frame, position, value]) => {
          const changed = frame.slice()
          const at = 12 + (position % Math.max(1, changed.byteLength - 16))
          if (at + 4 <= changed.byteLength) {
            new DataView(changed.buffer, changed.byteOffset).setInt32(at, value)
          }
          return changed
        }),
    ),
  120_000,
)

test(
  'valid requests cut short, with a length that says so',
  () =>
    attack(
      fc.tuple(validFrames, fc.nat()).map(([frame, keep]) => {
        const payload = frame.subarray(4)
        return framed(payload.subarray(0, keep % payload.byteLength))
      }),
    ),
  120_000,
)

test(
  'valid requests with bytes behind them, inside the frame',
  () =>
    attack(
      fc.tuple(validFrames, noise).map(([frame, more]) => {
        return framed(Buffer.concat([frame.subarray(4), more]))
      }),
    ),
  120_000,
)

test(
  'lengths that lie',
  () =>
    attack(
      fc.tuple(validFrames, fc.integer()).map(([frame, length]) => {
        const lying = frame.slice()
        new DataView(lying.buffer, lying.byteOffset).setInt32(0, length)
        return lying
      }),
      { end: true },
    ),
  120_000,
)

test(
  'several requests in a row, the last of them cut off by the end of the stream',
  () =>
    attack(
      fc
        .tuple(fc.array(validFrames, { maxLength: 5 }), validFrames, fc.nat())
        .map(([frames, last, keep]) =>
          Buffer.concat([...frames, last.subarray(0, keep % last.byteLength)]),
        ),
      { end: true },
    ),
  120_000,
)

test('after all of it the node stops cleanly, and starts on what it has', async () => {
  // The requests did arrive: some of those that produce were left whole enough to be appended.
  expect(await readPartition(healthy, { topic: 'fuzzed' })).not.toEqual([])
  const { code } = await node.stop()
  expect(code, node.output).toBe(0)
  node = await ProcessNode.start({ directory: directory.path })
  healthy = await Client.connect(node.address)
  await stillHealthy()
})

function framed(payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + payload.byteLength)
  new DataView(bytes.buffer).setInt32(0, payload.byteLength)
  bytes.set(payload, 4)
  return bytes
}

/**
 * Goal: a coordinator acknowledges nothing that could be lost, and nothing that it is not the one
 * to say (S15, S16, F1, F2): it answers when all replicas in sync have its records, serves only
 * what earlier leaders can have acknowledged, and says NOT_COORDINATOR once it is replaced.
 * Method: three replicas on logs in memory, with fetches between them by hand; time stands still.
 */
import { beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../../../src/base/log.ts'
import { GroupShard } from '../../../src/coordinator/groups/group-shard.ts'
import { decodeRecord, encodeRecord } from '../../../src/coordinator/groups/records.ts'
import type {
  CommitResponse,
  GroupRequest,
  GroupResponse,
} from '../../../src/coordinator/groups/requests.ts'
import { refusalOf } from '../../../src/coordinator/groups/requests.ts'
import { ShardRuntime } from '../../../src/coordinator/runtime/shard-runtime.ts'
import {
  allCommitted,
  offsetsAsked,
  storedOffsets,
} from '../../../src/coordinator/runtime/stored-offsets.ts'
import { CommittedViews } from '../../../src/coordinator/view/committed-views.ts'
import { MemoryStore } from '../../../src/host/memory-store.ts'
import type { CoordinatorRecord } from '../../../src/coordinator/shard.ts'
import { BatchCursor } from '../../../src/records/batch.ts'
import { readRecords } from '../../../src/records/record.ts'
import { errorName, errors } from '../../../src/wire/errors.ts'
import { Replicas } from '../replication/replicas.ts'
import { at, committed as committedOffset, RULES } from './group-bench.ts'

const COMMIT_TIMEOUT_MS = 5_000
const GROUP = 'g'

let replicas: Replicas
let holdsLease: boolean
beforeEach(() => {
  holdsLease = true
  replicas = new Replicas()
  replicas.elect(1)
})

/** Lets promises run, and what is to run as soon as others had their turn. */
async function turns(): Promise<void> {
  for (let count = 0; count < 20; count += 1) {
    replicas.clock.advance(0)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The coordinator on one replica, in the present epoch; it loads. */
async function coordinatorOn(id: number) {
  const partition = replicas.partition(id)
  const ports = { clock: replicas.clock, logger: silentLogger }
  const onFatal = (error: Error) => {
    throw error
  }
  const store = MemoryStore.of(await MemoryStore.create())
  const cleaner = { cleanedOffset: () => 0, holdBack: () => () => {} }
  const views = new CommittedViews({ ...ports, store, cleaner, onFatal })
  const tenant = {
    shard: new GroupShard(RULES),
    refusalOf,
    sharesAppend: ({ api }: GroupRequest) => api === 'OffsetCommit',
    storesNothing: ({ api }: GroupRequest) => api === 'Heartbeat',
  }
  const runtime = new ShardRuntime<GroupRequest, GroupResponse, GroupShard>(
    tenant,
    { leaderEpoch: replicas.leaderEpoch },
    {
      ...{ ...ports, partition, view: views.follow(partition) },
      ...{ holdsLease: () => holdsLease, commitTimeoutMs: COMMIT_TIMEOUT_MS },
    },
  )
  void runtime.load()
  return runtime
}

type Runtime = Awaited<ReturnType<typeof coordinatorOn>>

/** What has become of a commit of partition 0, as far as it is known. */
function commit(runtime: Runtime, offset: number, { metadata = '' } = {}): string[] {
  const told: string[] = []
  const partitions = [{ ...at(0, offset), committedMetadata: metadata }]
  const answer = runtime.ask({
    api: 'OffsetCommit',
    apiVersion: 8,
    body: {
      ...{ groupId: GROUP, generationIdOrMemberEpoch: -1, memberId: '', groupInstanceId: null },
      ...{ retentionTimeMs: -1, topics: [{ name: 't', partitions }] },
    },
  })
  void answer.then((response) => {
    for (const topic of (response as CommitResponse).topics)
      for (const { errorCode } of topic.partitions) told.push(errorName(errorCode))
  })
  return told
}

/** As an OffsetFetch reads it. */
async function committed(runtime: Runtime): Promise<number | null> {
  const asked = { groupId: GROUP, topics: [{ name: 't', partitionIndexes: [0] }] }
  const where = { groupId: GROUP, topic: 't', partition: 0 }
  return runtime.read(async (view) => {
    const end = runtime.committedEnd
    const find = await offsetsAsked(view, asked)
    const newer = runtime.shard.committedBelow(end, where)
    return (newer === undefined ? find('t', 0) : newer)?.offset ?? null
  })
}

describe('a commit', () => {
  test('is answered when all replicas in sync have it, and read only then', async () => {
    const runtime = await coordinatorOn(1)
    await turns()
    const told = commit(runtime, 7)
    await turns()
    replicas.fetch(2)
    await turns()
    expect([told, await committed(runtime)]).toEqual([[], null])
    replicas.settle()
    // Not in the view yet, and nobody can tell.
    expect(await committed(runtime)).toBe(7)
    await turns()
    expect([told, await committed(runtime)]).toEqual([['NONE'], 7])
  })

  test('shares an append with the others of its turn, each with an answer of its own', async () => {
    const runtime = await coordinatorOn(1)
    await turns()
    const told = [1, 2, 3].map((offset) => commit(runtime, offset))
    const tooLong = commit(runtime, 4, { metadata: 'x'.repeat(5_000) })
    await turns()
    replicas.settle()
    await turns()
    expect(told).toEqual([['NONE'], ['NONE'], ['NONE']])
    expect(tooLong).toEqual(['OFFSET_METADATA_TOO_LARGE'])
    const bytes = Buffer.from(replicas.bytes(1), 'hex')
    const batch = new BatchCursor(bytes)
    expect([batch.recordCount, batch.sizeBytes]).toEqual([3, bytes.byteLength])
    expect(await committed(runtime)).toBe(3)
  })

  test('that the log refuses is undone', async () => {
    const runtime = await coordinatorOn(1)
    await turns()
    const before = commit(runtime, 1)
    await turns()
    replicas.settle()
    await turns()
    // It alone is in sync, and has been replaced for all it knows.
    replicas.isr = [1]
    replicas.partitionEpoch += 1
    replicas.inform(1)
    replicas.partition(1).log.takeOffline(new Error('planted'))
    const told = commit(runtime, 2)
    await turns()
    expect([before, told]).toEqual([['NONE'], ['NOT_COORDINATOR']])
    expect(runtime.shard.pendingOffsets(GROUP, [])).toEqual([])
  })

  test('that the log refuses is not read, whoever asked for all offsets meanwhile', async () => {
    const runtime = await coordinatorOn(1)
    await turns()
    commit(runtime, 1)
    await turns()
    replicas.settle()
    await turns()
    // From now on the log takes nothing.
    replicas.isr = [1, 2]
    replicas.partitionEpoch += 1
    replicas.inform(1)
    const partition = replicas.partition(1)
    partition.updateConfig({ ...partition.config, 'min.insync.replicas': 3 })
    // Decided while the view is read, and appended after that: time stands still until then.
    const all = allCommitted(runtime, GROUP)
    const told = commit(runtime, 2)
    const { seen } = await all
    expect(seen?.map(({ committed }) => committed.offset)).toEqual([1])
    await turns()
    expect(told).toEqual(['COORDINATOR_NOT_AVAILABLE'])
  })

  test('that is not confirmed in time is refused, and may be committed all the same', async () => {
    const runtime = await coordinatorOn(1)
    await turns()
    const told = commit(runtime, 5)
    await turns()
    replicas.clock.advance(COMMIT_TIMEOUT_MS)
    await turns()
    expect(told).toEqual(['COORDINATOR_NOT_AVAILABLE'])
    replicas.settle()
    expect(await committed(runtime)).toBe(5)
  })
})

describe('another leader', () => {
  test('ends a coordinator: all who wait, and all who come, hear NOT_COORDINATOR', async () => {
    const runtime = await coordinatorOn(1)
    await turns()
    const waiting = commit(runtime, 1)
    const inThisTurn = commit(runtime, 2)
    replicas.elect(2)
    const late = commit(runtime, 3)
    await turns()
    expect([waiting, inThisTurn, late]).toEqual(Array(3).fill(['NOT_COORDINATOR']))
    expect([runtime.isEnded, errorName(runtime.readFault)]).toEqual([true, 'NOT_COORDINATOR'])
  })

  test('ends it also when it is the same broker again, in a later epoch', async () => {
    const runtime = await coordinatorOn(1)
    await turns()
    const waiting = commit(runtime, 1)
    replicas.elect(1)
    await turns()
    expect([waiting, runtime.isEnded]).toEqual([['NOT_COORDINATOR'], true])
  })

  test('has what was acknowledged, and nothing that was not confirmed is answered', async () => {
    const first = await coordinatorOn(1)
    await turns()
    const told = commit(first, 1)
    await turns()
    replicas.settle()
    await turns()
    const lost = commit(first, 2)
    await turns()
    replicas.elect(2, { isr: [2, 3] })
    const second = await coordinatorOn(2)
    await turns()
    replicas.settle()
    await turns()
    expect([told, lost]).toEqual([['NONE'], ['NOT_COORDINATOR']])
    expect(await committed(second)).toBe(1)
  })

  test('loads until everything before its epoch is committed and in its view', async () => {
    const first = await coordinatorOn(1)
    await turns()
    const told = commit(first, 1)
    await turns()
    // All have it, and nobody but the old leader knows that they do.
    for (const id of [2, 3]) replicas.fetch(id)
    for (const id of [2, 3]) replicas.ask(id)
    await turns()
    expect(told).toEqual(['NONE'])
    replicas.elect(2, { isr: [2, 3] })
    const second = await coordinatorOn(2)
    await turns()
    expect(errorName(second.fault)).toBe('COORDINATOR_LOAD_IN_PROGRESS')
    expect(commit(second, 9)).toEqual([])
    await turns()
    replicas.settle()
    await turns()
    expect([errorName(second.fault), await committed(second)]).toEqual(['NONE', 1])
  })
})

test('an offset of a version that is not known is none, and takes no other with it', async () => {
  const [unknown, known] = [0, 1].map((partition) => ({
    key: encodeRecord({ type: 'offset', groupId: GROUP, topic: 't', partition, committed: null })
      .key,
    value: partition === 0 ? Uint8Array.of(0, 99, 1, 2, 3) : null,
  }))
  const offset = { topic: 't', partition: 1, committed: committedOffset({ offset: 7 }) }
  const { value } = encodeRecord({ ...offset, type: 'offset', groupId: GROUP })
  const records = [unknown, { ...known, value }] as CoordinatorRecord[]
  const view = {
    appliedOffset: 2,
    get: (keys: readonly Uint8Array[]) =>
      Promise.resolve(
        keys.map((key) => records.find((one) => !Buffer.compare(one.key, key))?.value ?? null),
      ),
    async *beginningWith() {
      yield* await Promise.resolve(records)
    },
  }
  const asked = { groupId: GROUP, topics: [{ name: 't', partitionIndexes: [0, 1] }] }
  const find = await offsetsAsked(view, asked)
  expect([find('t', 0), find('t', 1)?.offset]).toEqual([null, 7])
  expect(await storedOffsets(view, GROUP)).toEqual([offset])
})

test('whoever beats is heard, also when the view is far behind', async () => {
  const runtime = await coordinatorOn(1)
  await turns()
  const partitions = Array.from({ length: 9_000 }, (_, index) => at(index, 1))
  const commitMany = () =>
    runtime.ask({
      api: 'OffsetCommit',
      apiVersion: 8,
      body: {
        ...{ groupId: GROUP, generationIdOrMemberEpoch: -1, memberId: '', groupInstanceId: null },
        ...{ retentionTimeMs: -1, topics: [{ name: 't', partitions }] },
      },
    })
  while (runtime.fault === errors.NONE) {
    void commitMany()
    await turns()
  }
  expect(errorName(runtime.fault)).toBe('COORDINATOR_LOAD_IN_PROGRESS')
  const body = { groupId: GROUP, generationId: 1, memberId: 'm', groupInstanceId: null }
  const answer = await runtime.ask({ api: 'Heartbeat', apiVersion: 4, body })
  expect(answer).toEqual({ errorCode: errors.UNKNOWN_MEMBER_ID })
})

test('without a lease nothing that is committed is told', async () => {
  const runtime = await coordinatorOn(1)
  await turns()
  holdsLease = false
  expect(errorName(runtime.readFault)).toBe('NOT_COORDINATOR')
  expect(await runtime.look((shard) => shard.list([]))).toEqual({
    ...{ fault: errors.NOT_COORDINATOR, seen: null },
  })
})

test('who waits in a group and leaves is not waited for', async () => {
  const runtime = await coordinatorOn(1)
  await turns()
  let leave: () => void = () => {}
  const joining = {
    ...({ api: 'JoinGroup', apiVersion: 3, clientId: 'c', clientHost: '/h', uuid: 'u' } as const),
    body: {
      ...{ groupId: GROUP, memberId: '', groupInstanceId: null, protocolType: 'consumer' },
      ...{ sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 10_000, reason: null },
      protocols: [{ name: 'range', metadata: new Uint8Array() }],
    },
  }
  const answer = runtime.ask(joining, (action) => {
    leave = action
    return () => {}
  })
  leave()
  expect(await answer).toMatchObject({ errorCode: errors.REBALANCE_IN_PROGRESS })
  // Its member is answered when the generation begins, which nobody hears.
  replicas.clock.advance(RULES.initialRebalanceDelayMs)
  await turns()
  replicas.settle()
  await turns()
  expect(runtime.shard.describe(GROUP).groupState).toBe('CompletingRebalance')
})

test('records say what they were decided to', async () => {
  const runtime = await coordinatorOn(1)
  await turns()
  commit(runtime, 3, { metadata: 'here' })
  await turns()
  const batch = new BatchCursor(Buffer.from(replicas.bytes(1), 'hex'))
  const [record] = readRecords(batch, { maxBytes: 1e6 })
  expect(record?.key && decodeRecord({ key: record.key, value: record.value })).toMatchObject({
    ...{ type: 'offset', groupId: GROUP, topic: 't', partition: 0 },
    committed: { offset: 3, metadata: 'here' },
  })
})

/**
 * Goal: every invariant of clusters fires, but for those that need a whole world, which fire on the
 * bug bench (L-convergence, C20, S18). Method: a partition's promises, and logs that are as a test
 * makes them, of real batches; metadata records, one after the other. Each test does one thing that
 * must never be, from a beginning that is in order.
 */
import { describe, expect, test } from 'vitest'
import type { NodeId, TopicId } from '../../../src/base/ids.ts'
import type { AlterablePartition, BrokerRequest } from '../../../src/controller/requests.ts'
import { asNodeId, asTopicId } from '../../../src/base/ids.ts'
import { applyEntry } from '../../../src/metadata/delta.ts'
import { EMPTY_IMAGE, type MetadataImage } from '../../../src/metadata/image.ts'
import type { PartitionRegistration } from '../../../src/metadata/image/topics.ts'
import type { MetadataRecord } from '../../../src/metadata/records.ts'
import { BatchCursor } from '../../../src/records/batch.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { errors } from '../../../src/wire/errors.ts'
import { Violation } from '../invariants/violation.ts'
import { batchesIn, sequenceKey } from './batches.ts'
import { sameMetadata } from './convergence.ts'
import { ControllerChecks } from './invariants/controller.ts'
import { ProducerIds } from './invariants/producer-ids.ts'
import { WishChecks } from './invariants/wishes.ts'
import { Ledger } from './ledger.ts'
import { PartitionWatch, type Seen } from './partition-watch.ts'
import type { SeenPartition } from './replica-view.ts'
import { clusterSwarmOf, type TopicPlan } from './swarm.ts'

const [N1, N2, N3] = [1, 2, 3].map(asNodeId) as [NodeId, NodeId, NodeId]
const TOPIC: TopicId = asTopicId('Zk1mJ5vVTqGm3oF8m8nXyg')
const PLAN: TopicPlan = { name: 't', partitions: 1, replicas: 3, acks: -1, configs: {} }

/** What breaks when that is done. */
function broken(act: () => void): string {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof Violation) return thrown.invariant
    throw thrown
  }
  return 'nothing'
}

/** A replica's log as a test makes it. */
class StagedReplica implements SeenPartition {
  #chunks: Uint8Array[] = []
  #sequence = 0
  leading: SeenPartition['leading'] = null
  leaderEpoch = 0
  isClosed = false
  readonly log = {
    ...{ logStartOffset: 0, logEndOffset: 0, highWatermark: 0, flushedOffset: 0 },
    truncationGeneration: 0,
    leaderEpochs: [] as { leaderEpoch: number; startOffset: number }[],
    read: ({ fromOffset }: { readonly fromOffset: number }) => ({
      errorCode: this.isClosed ? errors.KAFKA_STORAGE_ERROR : errors.NONE,
      chunks: this.#chunks.slice(fromOffset).map((chunk) => chunk.slice()),
    }),
  }

  /** Leads, as far as it has heard of its partition, and reckons with these members. */
  lead(leaderEpoch: number, partitionEpoch = 0, maximalIsr: readonly number[] = [1, 2, 3]): this {
    this.leading = { leaderEpoch, partitionEpoch, maximalIsr }
    this.leaderEpoch = leaderEpoch
    return this
  }

  /** One record, of an idempotent producer. */
  append(value: string, { leaderEpoch = 0, sequence = this.#sequence, producerId = 7 } = {}): this {
    this.#sequence = sequence + 1
    const id = { producerId, producerEpoch: 0, baseSequence: sequence }
    const bytes = buildBatch({
      ...(producerId >= 0 && id),
      records: [{ value: Buffer.from(value), timestampMs: 1 }],
    })
    new BatchCursor(bytes).stamp({ baseOffset: this.log.logEndOffset, leaderEpoch })
    this.#chunks.push(bytes)
    if (this.log.leaderEpochs.at(-1)?.leaderEpoch !== leaderEpoch)
      this.log.leaderEpochs.push({ leaderEpoch, startOffset: this.log.logEndOffset })
    this.log.logEndOffset += 1
    return this
  }

  cut(offset: number): this {
    this.#chunks = this.#chunks.slice(0, offset)
    this.log.truncationGeneration += 1
    this.log.logEndOffset = offset
    this.log.leaderEpochs = this.log.leaderEpochs.filter(({ startOffset }) => startOffset < offset)
    return this
  }

  upTo(highWatermark: number, flushedOffset = 0): this {
    Object.assign(this.log, { highWatermark, flushedOffset })
    return this
  }

  damage(offset: number): this {
    const chunk = this.#chunks[offset] as Uint8Array
    chunk[chunk.length - 1] = (chunk.at(-1) as number) ^ 1
    return this
  }

  get batches() {
    return batchesIn(this.#chunks, () => undefined)
  }
}

const REGISTRATION: PartitionRegistration = {
  ...{ replicas: [N1, N2, N3], isr: [N1, N2], elr: [], lastKnownElr: [] },
  ...{ leader: N1, leaderEpoch: 0, partitionEpoch: 0, addingReplicas: [], removingReplicas: [] },
}

class Stage {
  readonly watch: PartitionWatch
  registration = REGISTRATION

  constructor(plan: Partial<TopicPlan> = {}) {
    this.watch = new PartitionWatch({ ...PLAN, ...plan }, 0, clusterSwarmOf(1))
    this.watch.committed(REGISTRATION)
  }

  /** Metadata says so from now on. */
  commit(of: Partial<PartitionRegistration>): this {
    const partitionEpoch = this.registration.partitionEpoch + 1
    this.registration = { ...this.registration, partitionEpoch, ...of }
    this.watch.committed(this.registration)
    return this
  }

  look(node: number, replica: SeenPartition, at: Partial<Seen> = {}): this {
    const now = { life: 1, now: 0, misledAt: -Infinity, course: 'runs' as const }
    this.watch.look({ ...now, ...at, node: node - 1 }, replica)
    return this
  }

  check(now = 0): this {
    this.watch.check(this.registration, now)
    return this
  }
}

describe('what a partition promises', () => {
  const [one, two] = new StagedReplica().append('a').append('b').batches as [
    ReturnType<typeof batchesIn>[number],
    ReturnType<typeof batchesIn>[number],
  ]
  const key = sequenceKey(7, 0, 0)

  test.each<[string, (ledger: Ledger) => void]>([
    ['C1-one-leader', (ledger) => ledger.led(1, '2.1')],
    ['C3-log-matching', (ledger) => ledger.found({ ...one, crc: one.crc + 1 }, 'node 2')],
    ['C3-committed', (ledger) => ledger.publish([{ ...two, baseOffset: 5 }], 'node 1')],
    ['E1-once', (ledger) => ledger.publish([{ ...two, sequence: one.sequence }], 'node 1')],
    ['C4-acknowledged-early', (ledger) => ledger.acknowledge(sequenceKey(7, 0, 1), 1)],
    ['C6-offset', (ledger) => ledger.acknowledge(key, 3)],
    ['C13-refused', (ledger) => ledger.refused(key, 'NOT_ENOUGH_REPLICAS')],
    ['C5-read-uncommitted', (ledger) => ledger.consumed(two, 'a consumer')],
    ['C7-out-of-range', (ledger) => ledger.outOfRange(1, 'a consumer')],
    ['C7-latest-back', (ledger) => ledger.latest(0, 1, 'a consumer')],
    ['S21-order', (ledger) => ledger.inOrder(1, 0, 'a producer')],
    ['E1-out-of-order', (ledger) => ledger.outOfOrder(key, 'UNKNOWN_PRODUCER_ID', 'a producer')],
    ['nothing', (ledger) => ledger.latest(1, 1, 'a consumer')],
    ['nothing', (ledger) => ledger.inOrder(0, 1, 'a producer')],
    ['nothing', (ledger) => ledger.acknowledge(key, 0)],
    ['nothing', (ledger) => ledger.consumed(one, 'a consumer')],
  ])('%s', (invariant, act) => {
    const ledger = new Ledger('t-0')
    ledger.led(1, '1.1')
    ledger.found(one, 'node 1')
    ledger.publish([one], 'node 1')
    expect(broken(() => act(ledger))).toBe(invariant)
  })

  test('nothing any more, once it has lost what it may lose', () => {
    const ledger = new Ledger('t-0')
    ledger.taint('an unclean election')
    expect(broken(() => ledger.acknowledge(key, 0))).toBe('nothing')
  })
})

describe('a replica', () => {
  const leader = () => new StagedReplica().lead(0).append('a').append('b').upTo(2)
  const follower = () => new StagedReplica().append('a').append('b').upTo(1)
  const inOrder = () => {
    const stage = new Stage()
    const [first, second] = [leader(), follower()]
    stage.look(2, second).look(1, first).check()
    return { stage, first, second }
  }

  test('is in order to begin with', () => {
    expect(broken(() => inOrder())).toBe('nothing')
  })

  test('C2-bounds: has no high watermark beyond its end', () => {
    const { stage, second } = inOrder()
    expect(broken(() => stage.look(2, second.upTo(3)))).toBe('C2-bounds')
  })

  test("C2-watermark-back: a leader's high watermark never goes back", () => {
    const { stage, first } = inOrder()
    expect(broken(() => stage.look(1, first.upTo(1)))).toBe('C2-watermark-back')
  })

  test('C10-epochs: never appends an older epoch behind a newer one', () => {
    const { stage, second } = inOrder()
    second.append('c', { leaderEpoch: 2 })
    stage.look(2, second)
    second.append('d', { leaderEpoch: 1 })
    expect(broken(() => stage.look(2, second))).toBe('C10-epochs')
  })

  test('C10-epoch-cache: knows the epochs that its batches have', () => {
    const { stage, second } = inOrder()
    second.append('c', { leaderEpoch: 2 }).log.leaderEpochs.pop()
    expect(broken(() => stage.look(2, second))).toBe('C10-epoch-cache')
  })

  test('C11-truncated: cuts nothing that is promised', () => {
    const { stage, second } = inOrder()
    expect(broken(() => stage.look(2, second.cut(1)))).toBe('C11-truncated')
  })

  test('C16-damaged: is read as it was written', () => {
    const { stage, second } = inOrder()
    second.append('c').damage(2)
    expect(broken(() => stage.look(2, second))).toBe('C16-damaged')
  })

  test('C16-unreadable: is read for as long as its process goes on', () => {
    const { stage, second } = inOrder()
    second.append('c').isClosed = true
    expect(broken(() => stage.look(2, second))).toBe('C16-unreadable')
  })

  test('is not seen any more when it closes in the event in which it grew', () => {
    const { stage, second } = inOrder()
    second.append('c').isClosed = true
    expect(broken(() => stage.look(2, second, { course: 'stops' }).check())).toBe('nothing')
    stage.watch.down(1, 'kept')
    const restarted = new StagedReplica().append('a').append('b').append('d')
    expect(broken(() => stage.look(2, restarted))).toBe('nothing')
    stage.watch.down(1, 'kept')
    expect(broken(() => stage.look(2, new StagedReplica().append('a')))).toBe('D1-recovered')
  })

  test('has promised what it committed in the turn in which it died', () => {
    const { stage, first } = inOrder()
    stage.look(1, first.append('c').upTo(3), { course: 'died' })
    stage.watch.down(0, 'kept')
    expect(stage.watch.ledger.end).toBe(3)
    const restarted = new StagedReplica().append('a').append('b')
    expect(broken(() => stage.look(1, restarted))).toBe('D1-recovered')
  })

  test('holds what is promised, and maybe no more, after a truncation that nobody saw end', () => {
    for (const course of ['stops', 'died'] as const) {
      const halfCut = () => {
        const { stage, second } = inOrder()
        stage.look(2, second.append('c').upTo(1, 3))
        second.log.truncationGeneration += 1
        stage.look(2, second, { course })
        stage.watch.down(1, course === 'died' ? 'kept' : 'cut')
        return stage
      }
      const [both, one] = [new StagedReplica().append('a').append('b'), new StagedReplica()]
      expect(broken(() => halfCut().look(2, both))).toBe('nothing')
      expect(broken(() => halfCut().look(2, one.append('a')))).toBe('D1-recovered')
    }
  })

  test('D1-recovered: is the same after a kill, and holds what was fsynced after a power cut', () => {
    for (const rest of ['kept', 'cut'] as const) {
      const { stage, second } = inOrder()
      stage.look(2, second.upTo(1, 2))
      stage.watch.down(1, rest)
      const restarted = new StagedReplica().append('a')
      expect(broken(() => stage.look(2, restarted))).toBe('D1-recovered')
    }
  })

  test('may hold nothing when its process ended while it was told that others hold it', () => {
    const { stage } = inOrder()
    stage.watch.leaving(1)
    stage.watch.down(1, 'kept')
    expect(broken(() => stage.look(2, new StagedReplica()))).toBe('nothing')
  })

  test('may lack after a power cut what was not fsynced, and everything on another disk', () => {
    for (const rest of ['cut', 'lost'] as const) {
      const { stage, second } = inOrder()
      stage.look(2, second.upTo(1, rest === 'cut' ? 1 : 2))
      stage.watch.down(1, rest)
      const restarted = new StagedReplica()
      if (rest === 'cut') restarted.append('a')
      expect(broken(() => stage.look(2, restarted))).toBe('nothing')
    }
  })

  test('C3-below-watermark: matches what is promised below its own high watermark', () => {
    const { stage } = inOrder()
    const other = new StagedReplica().append('x', { leaderEpoch: 1, sequence: 9 }).upTo(1)
    expect(broken(() => stage.look(3, other).check())).toBe('C3-below-watermark')
  })

  test('C8-member-lacks: is no member without all that is promised', () => {
    const { stage } = inOrder()
    stage.commit({ isr: [N1, N2, N3] })
    expect(broken(() => stage.check())).toBe('C8-member-lacks')
  })

  test('C4-leader-lacks: does not lead without all that is promised', () => {
    const { stage } = inOrder()
    stage.look(3, new StagedReplica().lead(1).append('a'))
    stage.commit({ leader: N3, leaderEpoch: 1, isr: [N3] })
    expect(broken(() => stage.check())).toBe('C4-leader-lacks')
  })

  test('C9-maximal-isr: reckons with all who are members by now', () => {
    const stage = new Stage()
    const reckons = (maximalIsr: readonly number[]) => {
      const third = follower().upTo(0)
      stage.look(2, follower().upTo(0)).look(3, third)
      stage.look(1, leader().lead(0, 0, maximalIsr).upTo(0))
      return broken(() => stage.check())
    }
    stage.commit({ isr: [N1, N2, N3] })
    expect(reckons([1, 2])).toBe('C9-maximal-isr')
    expect(reckons([1, 2, 3])).toBe('nothing')
  })

  test('C9-below-min-isr: commits nothing with fewer members, in what it has heard of', () => {
    const heard = (isrs: readonly (readonly NodeId[])[], untilNow = isrs.length) => {
      const stage = new Stage().commit({ isr: [N1] })
      const replica = leader().lead(0, 1).upTo(0)
      stage.look(2, follower().upTo(0)).look(1, replica).check()
      for (const isr of isrs) stage.commit({ isr })
      stage.look(1, replica.lead(0, 1 + untilNow).upTo(2))
      return broken(() => stage.check())
    }
    expect(heard([])).toBe('C9-below-min-isr')
    expect(heard([[N1]])).toBe('C9-below-min-isr')
    expect(heard([[N1, N2]])).toBe('nothing')
    expect(heard([[N1, N2]], 0)).toBe('C9-below-min-isr')
    // All in one event.
    expect(heard([[N1, N2], [N1]])).toBe('nothing')
  })

  test('may lead, commit and be replaced in one event', () => {
    const stage = new Stage().commit({ leader: N2, leaderEpoch: 1, isr: [N2, N1] })
    const [first, second] = [leader(), follower()]
    first.leading = null
    stage.look(2, second.upTo(0)).look(1, first.upTo(0)).check()
    stage.commit({ leader: N1, leaderEpoch: 2, isr: [N1] })
    Object.assign(second, { leaderEpoch: 2 })
    expect(broken(() => stage.look(2, second.upTo(2)).check())).toBe('nothing')
    expect(stage.watch.ledger.end).toBe(2)
  })

  test('promises what it commits in the event in which its process ends', () => {
    const stage = new Stage()
    const [first, second] = [leader().upTo(0), follower().upTo(0)]
    stage.look(2, second).look(1, first).check()
    stage.watch.dying(
      { node: 0, life: 1, now: 0, misledAt: -Infinity, course: 'died' },
      first.upTo(2),
    )
    stage.watch.down(0, 'kept')
    stage.check()
    expect(stage.watch.ledger.end).toBe(2)
    expect(broken(() => stage.look(2, second.upTo(2)).check())).toBe('nothing')
  })

  test('S19-unflushed: commits nothing that a member has not fsynced', () => {
    const stage = new Stage({ configs: { 'flush.messages': '1' } })
    stage.look(2, follower().upTo(0, 1)).look(1, leader().upTo(2, 2))
    expect(broken(() => stage.check())).toBe('S19-unflushed')
  })

  test('S22-sleeper: takes nothing a session after it was replaced, or was misled', () => {
    const stage = new Stage({ acks: 1 })
    const sleeper = leader()
    stage.look(2, follower()).look(1, sleeper).check()
    stage.commit({ leader: N2, leaderEpoch: 1, isr: [N2, N1] }).check()
    const appends = (at: Partial<Seen>, producerId = -1) =>
      broken(() => stage.look(1, sleeper.append('late', { producerId }), at))
    expect(appends({ now: 2_000_000, misledAt: 1_900_000 })).toBe('nothing')
    expect(appends({ now: 2_700_000 }, 7)).toBe('nothing')
    expect(appends({ now: 2_600_000, misledAt: 1_900_000 })).toBe('S22-sleeper')
    expect(appends({ now: 2_700_000 })).toBe('S22-sleeper')
  })
})

describe('the controller', () => {
  const broker = (nodeId: NodeId, brokerEpoch: number): MetadataRecord => ({
    type: 'RegisterBroker',
    ...{ nodeId, brokerEpoch, incarnationId: `life ${brokerEpoch}`, directoryId: `disk ${nodeId}` },
    ...{ host: 'h', port: 1, rack: null, fenced: false, inControlledShutdown: false },
  })
  const BEGINNING: readonly MetadataRecord[] = [
    ...[broker(N1, 1), broker(N2, 2), broker(N3, 3)],
    { type: 'Topic', name: 't', topicId: TOPIC },
    { type: 'Partition', topicId: TOPIC, partition: 0, ...REGISTRATION },
  ]
  const change = (of: object): MetadataRecord => {
    return { type: 'PartitionChange', topicId: TOPIC, partition: 0, ...of }
  }

  /** What breaks when these records follow on the beginning. */
  function after(...records: readonly MetadataRecord[]): string {
    const checks = new ControllerChecks({ publishedBy: () => 3, unclean: () => undefined })
    let image: MetadataImage = EMPTY_IMAGE
    const commit = (all: readonly MetadataRecord[]) => {
      const entry = { offset: image.metadataOffset + 1, epoch: 1, records: all }
      const before = image
      image = applyEntry(before, entry)
      checks.committed(entry, before, image)
    }
    commit(BEGINNING)
    return broken(() => commit(records))
  }

  test.each<[string, readonly MetadataRecord[]]>([
    ['nothing', [change({ isr: [N2], leader: N2 })]],
    ['B4-unclean', [change({ isr: [N3], leader: N3 })]],
    ['B5-member-inactive', [fenced(N2, 2)]],
    ['B5-elected-inactive', [fenced(N2, 2), change({ isr: [N2], leader: N2 })]],
    ['B6-broker-epoch', [broker(N1, 3)]],
    ['B6-unfenced-early', [{ ...broker(N1, 9), fenced: true } as MetadataRecord, unfenced(N1, 9)]],
    ['B8-directory', [{ ...broker(N3, 9), directoryId: 'disk 1' } as MetadataRecord]],
  ])('%s', (invariant, records) => {
    expect(after(...records)).toBe(invariant)
  })

  /** What replay itself refuses can be shown only to the checks. */
  const shown = (
    now: Partial<PartitionRegistration>,
    was: Partial<PartitionRegistration> = {},
  ): string => {
    const checks = new ControllerChecks({ publishedBy: () => 3, unclean: () => undefined })
    let before: MetadataImage = EMPTY_IMAGE
    before = applyEntry(before, { offset: 0, epoch: 1, records: BEGINNING })
    checks.committed({ offset: 0, epoch: 1, records: BEGINNING }, EMPTY_IMAGE, before)
    return broken(() =>
      checks.partition('t', 0, {
        was: { ...REGISTRATION, ...was },
        now: { ...REGISTRATION, ...was, ...now },
        after: before,
      }),
    )
  }

  test.each<[string, Partial<PartitionRegistration>]>([
    ['B1-shape', { partitionEpoch: 1, isr: [N2] }],
    ['B1-shape', { partitionEpoch: 1, elr: [N1] }],
    ['B2-partition-epoch', { partitionEpoch: 2 }],
    ['B2-leader-epoch', { partitionEpoch: 1, leaderEpoch: -1 }],
    ['B2-leader-epoch', { partitionEpoch: 1, leader: N2, isr: [N2, N1] }],
  ])('%s', (invariant, now) => {
    expect(shown(now)).toBe(invariant)
  })

  test('B10-reassigned: a move ends with all in sync who shall stay, or is taken back', () => {
    const isMoving = { replicas: [N2, N3, N1], addingReplicas: [N3], removingReplicas: [N1] }
    const isOver = { partitionEpoch: 1, leaderEpoch: 1, addingReplicas: [], removingReplicas: [] }
    const ends = (now: Partial<PartitionRegistration>) => shown({ ...isOver, ...now }, isMoving)
    const there = { replicas: [N2, N3], leader: N2 }
    expect(ends({ ...there, isr: [N2] })).toBe('B10-reassigned')
    expect(ends({ ...there, isr: [N2, N3] })).toBe('nothing')
    expect(ends({ replicas: [N2, N1], isr: [N2, N1] })).toBe('nothing')
    // In one step.
    expect(shown({ ...isOver, replicas: [N1, N3], isr: [N1] })).toBe('B10-reassigned')
  })

  test('B11-topic-id: an id has one name for ever', () => {
    const checks = new ControllerChecks({ publishedBy: () => 3, unclean: () => undefined })
    const entry = { offset: 0, epoch: 1, records: BEGINNING }
    const before = applyEntry(EMPTY_IMAGE, entry)
    checks.committed(entry, EMPTY_IMAGE, before)
    const records: readonly MetadataRecord[] = [{ type: 'Topic', name: 'u', topicId: TOPIC }]
    const other = { ...entry, records }
    const renamed = applyEntry(EMPTY_IMAGE, other)
    expect(broken(() => checks.committed(other, EMPTY_IMAGE, renamed))).toBe('B11-topic-id')
  })

  test('B13-metadata: whoever has heard of the whole log has what follows from it', () => {
    const whole = applyEntry(EMPTY_IMAGE, { offset: 0, epoch: 1, records: BEGINNING })
    const other = applyEntry(EMPTY_IMAGE, { offset: 0, epoch: 1, records: BEGINNING.slice(0, 4) })
    expect(broken(() => sameMetadata('node 1', other, whole))).toBe('B13-metadata')
    expect(broken(() => sameMetadata('node 1', EMPTY_IMAGE, whole))).toBe('nothing')
  })

  function fenced(nodeId: NodeId, brokerEpoch: number): MetadataRecord {
    return { type: 'BrokerRegistrationChange', nodeId, brokerEpoch, fenced: true }
  }

  function unfenced(nodeId: NodeId, brokerEpoch: number): MetadataRecord {
    return { type: 'BrokerRegistrationChange', nodeId, brokerEpoch, fenced: false }
  }

  test('B12-producer-id: gives every producer id once', () => {
    const ids = new ProducerIds()
    ids.given(1)
    expect(broken(() => ids.given(1))).toBe('B12-producer-id')
  })
})

describe('a granted wish', () => {
  type Asked = Partial<AlterablePartition & BrokerRequest>
  const of = { topicId: TOPIC, partition: 0 }
  const broker = (nodeId: NodeId): MetadataRecord => ({
    type: 'RegisterBroker',
    ...{
      nodeId,
      brokerEpoch: nodeId,
      incarnationId: `life ${nodeId}`,
      directoryId: `disk ${nodeId}`,
    },
    ...{ host: 'h', port: 1, rack: null, fenced: false, inControlledShutdown: false },
  })
  const BEGINNING: readonly MetadataRecord[] = [
    ...[broker(N1), broker(N2), broker(N3)],
    { type: 'Topic', name: 't', topicId: TOPIC },
    { type: 'Partition', ...of, ...REGISTRATION },
  ]
  const members = [N1, N2, N3].map((nodeId) => ({ nodeId, brokerEpoch: Number(nodeId) }))
  const wish = { ...of, leaderEpoch: 0, partitionEpoch: 0, isr: members, isAskedAgain: false }
  const granted = (partitionEpoch: number) => {
    const isr = [N1, N2, N3]
    return { ...of, errorCode: 0 as const, leader: N1, leaderEpoch: 0, isr, partitionEpoch }
  }

  /** The wish is committed, and answered so. */
  function answered(asked: Asked, partitionEpoch = 1): WishChecks {
    const checks = new WishChecks()
    const before = applyEntry(EMPTY_IMAGE, { offset: 0, epoch: 1, records: BEGINNING })
    const record: MetadataRecord = { type: 'PartitionChange', ...of, isr: [N1, N2, N3] }
    const entry = { offset: 1, epoch: 1, records: [record] }
    checks.committed(entry, before, applyEntry(before, entry))
    answer(checks, asked, partitionEpoch)
    return checks
  }

  function answer(
    checks: WishChecks,
    { nodeId, brokerEpoch, ...wanted }: Asked,
    partitionEpoch = 1,
  ): void {
    const from = { nodeId: nodeId ?? N1, brokerEpoch: brokerEpoch ?? 1 }
    const asked = { ...from, partitions: [{ ...wish, ...wanted }] }
    checks.answered(asked, [granted(partitionEpoch)])
  }

  test('B9-compare-and-set: is one step from the state it names, by who leads in it', () => {
    expect(broken(() => answered({}))).toBe('nothing')
    expect(broken(() => answered({}, 2))).toBe('B9-compare-and-set')
    expect(broken(() => answered({ leaderEpoch: 1 }))).toBe('B9-compare-and-set')
    expect(broken(() => answered({ nodeId: N2, brokerEpoch: 2 }))).toBe('B9-compare-and-set')
    expect(broken(() => answer(answered({}), {}))).toBe('B9-compare-and-set')
  })

  test('B7-stale-sender, B7-stale-member: is of processes that are there', () => {
    expect(broken(() => answered({ brokerEpoch: 0 }))).toBe('B7-stale-sender')
    const earlier = members.map((of) => (of.nodeId === N3 ? { ...of, brokerEpoch: 0 } : of))
    expect(broken(() => answered({ isr: earlier }))).toBe('B7-stale-member')
  })
})

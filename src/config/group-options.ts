/**
 * Consumer groups and the topic that their offsets are kept in: a part of the table of node options
 * in `node-options.ts`. Pure: holds values only.
 */
import { int, long, option } from './option.ts'

export const groupOptions = {
  'group.min.session.timeout.ms': option({
    type: int(),
    default: 6_000,
    unit: 'ms',
    doc: 'The shortest session a member of a group may ask for. Short ones find dead members soon, and cost heartbeats.',
    update: 'read-only',
  }),
  'group.max.session.timeout.ms': option({
    type: int(),
    default: 1_800_000,
    unit: 'ms',
    doc: 'The longest session a member of a group may ask for.',
    update: 'read-only',
  }),
  'group.initial.rebalance.delay.ms': option({
    type: int({ min: 0 }),
    default: 3_000,
    unit: 'ms',
    doc: 'How long a group without members waits for more of them once the first has come; again, while others come.',
    update: 'read-only',
  }),
  'group.max.size': option({
    type: int({ min: 1 }),
    default: 2_147_483_647,
    doc: 'Members of one group; a further one is refused.',
    update: 'read-only',
  }),
  'offset.metadata.max.bytes': option({
    type: int(),
    default: 4_096,
    unit: 'bytes',
    doc: 'What a client may write beside a committed offset, counted as Kafka counts it, in characters.',
    update: 'read-only',
  }),
  'offsets.commit.timeout.ms': option({
    type: int({ min: 1 }),
    default: 5_000,
    unit: 'ms',
    doc: 'How long a commit of offsets waits for the replicas of the offsets topic.',
    update: 'read-only',
  }),
  'offsets.retention.minutes': option({
    type: int({ min: 1 }),
    default: 10_080,
    unit: 'minutes',
    doc: 'How long committed offsets are kept that nobody uses: since the group lost its last member, or, in a group that goes on without the topic or never had members, since the commit.',
    update: 'read-only',
  }),
  'offsets.retention.check.interval.ms': option({
    type: long({ min: 1 }),
    default: 600_000,
    unit: 'ms',
    doc: 'How often such offsets are looked for.',
    update: 'read-only',
  }),
  'offsets.topic.num.partitions': option({
    type: int({ min: 1 }),
    default: 50,
    doc: 'Partitions of the offsets topic. Counts when it is created, and must not change after.',
    update: 'read-only',
  }),
  'offsets.topic.replication.factor': option({
    type: int({ min: 1, max: 32_767 }),
    default: 3,
    doc: 'Replicas of the offsets topic; in a smaller cluster as many as there are brokers when it is created, those that are down among them.',
    update: 'read-only',
  }),
  'offsets.topic.segment.bytes': option({
    type: int({ min: 1 }),
    default: 104_857_600,
    unit: 'bytes',
    doc: 'Size of the segments of the offsets topic. Small ones are compacted sooner.',
    update: 'read-only',
  }),
}

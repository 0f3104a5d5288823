// Goal: the table is sound, and speaks Kafka: its names and defaults are Kafka's except where a row
// says otherwise.
// Method: every default is printed and read back; the defaults of Kafka 4 (3.9 where 4 changed
// nothing) are written out here once more, from its documentation, and compared.
import { describe, expect, test } from 'vitest'
import { loadNodeConfig } from '../../../src/config/load.ts'
import type { NodeOptionName } from '../../../src/config/node-options.ts'
import { isNodeOption, nodeOptionNames, nodeOptions } from '../../../src/config/node-options.ts'
import type { Option } from '../../../src/config/option.ts'
import { resolveTopicConfig } from '../../../src/config/topic-options.ts'
import { unsupportedNodeOptions } from '../../../src/config/unsupported.ts'

const rows = nodeOptionNames.map((name) => [name, nodeOptions[name] as Option<unknown>] as const)

describe.each(rows)('%s', (name, row) => {
  test('has a default of its own type, or says what unset means', () => {
    if (row.inherited) {
      expect(isNodeOption(row.inherited.option)).toBe(true)
      expect(loadNodeConfig()[name]).not.toBeUndefined()
    } else if (row.default === null) {
      expect(name === 'broker.rack' || row.unsetDoc !== undefined).toBe(true)
    } else {
      expect(row.type.parse(row.type.print(row.default as object), name)).toEqual({
        value: row.default,
      })
    }
  })

  test('is named as Kafka names things, and described in a sentence', () => {
    expect(name).toMatch(/^[a-z]+(\.[a-z]+)*$/)
    expect(row.doc).toMatch(/^[A-Z].*\.$/)
    if (name.endsWith('.ms')) expect(row.unit).toBe('ms')
    if (name.endsWith('.bytes')) expect(row.unit).toBe('bytes')
  })
})

const LONG_MAX = '9223372036854775807'

/** Kafka's defaults of the options we have; null is Kafka's "not set". */
const kafkaDefaults: Partial<Record<NodeOptionName, string | null>> = {
  'group.min.session.timeout.ms': '6000',
  'group.max.session.timeout.ms': '1800000',
  'group.initial.rebalance.delay.ms': '3000',
  'group.max.size': '2147483647',
  'offset.metadata.max.bytes': '4096',
  'offsets.commit.timeout.ms': '5000',
  'offsets.retention.minutes': '10080',
  'offsets.retention.check.interval.ms': '600000',
  'offsets.topic.num.partitions': '50',
  'offsets.topic.replication.factor': '3',
  'offsets.topic.segment.bytes': '104857600',
  'advertised.listeners': null,
  'auto.create.topics.enable': 'true',
  'auto.leader.rebalance.enable': 'true',
  'leader.imbalance.check.interval.seconds': '300',
  'broker.rack': null,
  'compression.type': 'producer',
  'connections.max.idle.ms': '600000',
  'controller.quorum.bootstrap.servers': '',
  'broker.heartbeat.interval.ms': '2000',
  'broker.session.timeout.ms': '9000',
  'controller.quorum.election.timeout.ms': '1000',
  'controller.quorum.request.timeout.ms': '2000',
  'controller.quorum.voters': '',
  'default.replication.factor': '1',
  'delete.topic.enable': 'true',
  'fetch.max.bytes': '57671680',
  listeners: 'PLAINTEXT://:9092',
  'log.cleaner.backoff.ms': '15000',
  'log.cleaner.dedupe.buffer.size': '134217728',
  'log.cleaner.delete.retention.ms': '86400000',
  'log.cleaner.io.max.bytes.per.second': '1.7976931348623157E308',
  'log.cleaner.max.compaction.lag.ms': LONG_MAX,
  'log.cleaner.min.cleanable.ratio': '0.5',
  'log.cleaner.min.compaction.lag.ms': '0',
  'follower.replication.throttled.rate': LONG_MAX,
  'leader.replication.throttled.rate': LONG_MAX,
  'log.cleanup.policy': 'delete',
  'log.dir': '/tmp/kafka-logs',
  'log.dirs': null,
  'log.flush.interval.messages': LONG_MAX,
  'log.flush.interval.ms': null,
  'log.flush.offset.checkpoint.interval.ms': '60000',
  'log.flush.scheduler.interval.ms': LONG_MAX,
  'log.flush.start.offset.checkpoint.interval.ms': '60000',
  'log.index.interval.bytes': '4096',
  'log.index.size.max.bytes': '10485760',
  'log.message.timestamp.after.max.ms': '3600000',
  'log.message.timestamp.before.max.ms': LONG_MAX,
  'log.message.timestamp.type': 'CreateTime',
  'log.retention.bytes': '-1',
  'log.retention.check.interval.ms': '300000',
  'log.retention.hours': '168',
  'log.retention.minutes': null,
  'log.retention.ms': null,
  'log.roll.hours': '168',
  'log.roll.jitter.hours': '0',
  'log.roll.jitter.ms': null,
  'log.roll.ms': null,
  'log.segment.bytes': '1073741824',
  'log.segment.delete.delay.ms': '60000',
  'max.connections': '2147483647',
  'max.connections.per.ip': '2147483647',
  'max.incremental.fetch.session.cache.slots': '1000',
  'max.request.partition.size.limit': '2000',
  'message.max.bytes': '1048588',
  'metadata.log.max.record.bytes.between.snapshots': '20971520',
  'min.insync.replicas': '1',
  'node.id': '-1',
  'num.partitions': '1',
  'process.roles': '',
  'producer.id.expiration.ms': '86400000',
  'replica.fetch.max.bytes': '1048576',
  'replica.fetch.response.max.bytes': '10485760',
  'replica.fetch.wait.max.ms': '500',
  'replica.high.watermark.checkpoint.interval.ms': '5000',
  'replica.lag.time.max.ms': '30000',
  'socket.request.max.bytes': '104857600',
  'unclean.leader.election.enable': 'false',
  'unclean.leader.election.interval.ms': '300000',
}

test.each(rows)('%s defaults as in Kafka, or says why not', (name, row) => {
  if (row.lograftOnly) return expect(Object.keys(kafkaDefaults)).not.toContain(name)
  const ours = row.inherited || row.default === null ? null : row.type.print(row.default as object)
  expect(Object.keys(kafkaDefaults)).toContain(name)
  if (row.differsFromKafka === undefined) expect(ours).toBe(kafkaDefaults[name])
  else expect(ours).not.toBe(kafkaDefaults[name])
})

test('what a topic then has is what a topic of Kafka 4 has, min.insync.replicas excepted', () => {
  expect(resolveTopicConfig(loadNodeConfig(), new Map())).toEqual({
    'cleanup.policy': ['delete'],
    'compression.type': 'producer',
    'delete.retention.ms': 86_400_000,
    'file.delete.delay.ms': 60_000,
    'flush.messages': Infinity,
    'flush.ms': Infinity,
    'follower.replication.throttled.replicas': [],
    'index.interval.bytes': 4_096,
    'leader.replication.throttled.replicas': [],
    'max.compaction.lag.ms': Infinity,
    'max.message.bytes': 1_048_588,
    'message.timestamp.after.max.ms': 3_600_000,
    'message.timestamp.before.max.ms': Infinity,
    'message.timestamp.type': 'CreateTime',
    'min.cleanable.dirty.ratio': 0.5,
    'min.compaction.lag.ms': 0,
    'min.insync.replicas': 2,
    'retention.bytes': Infinity,
    'retention.ms': 604_800_000,
    'segment.bytes': 1_073_741_824,
    'segment.index.bytes': 10_485_760,
    'segment.jitter.ms': 0,
    'segment.ms': 604_800_000,
    'unclean.leader.election.enable': false,
  })
})

test('a name is honoured, refused or without effect: one of them', () => {
  const others = [...unsupportedNodeOptions('refused'), ...unsupportedNodeOptions('none')]
  const names = others.map(([name]) => name)
  expect(names.filter(isNodeOption)).toEqual([])
  expect(new Set(names).size).toBe(names.length)
})

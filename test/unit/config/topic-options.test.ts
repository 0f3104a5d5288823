// Goal: a topic's configuration is the node's under the topic's own, with Kafka's precedence among
// synonyms; what a client may not set is refused in Kafka's words.
// Method: node configurations loaded from flags, overrides as metadata holds them.
import { describe, expect, test } from 'vitest'
import { loadNodeConfig } from '../../../src/config/load.ts'
import type { TopicOptionName } from '../../../src/config/topic-options.ts'
import {
  resolveTopicConfig,
  topicOptionNames,
  topicOptions,
  checkTopicOverrides,
} from '../../../src/config/topic-options.ts'

const topicOn = (flags: string[], overrides: Record<string, string> = {}) =>
  resolveTopicConfig(loadNodeConfig({ flags }), new Map(Object.entries(overrides)))

describe('precedence', () => {
  test.each<[TopicOptionName, string[], number]>([
    ['retention.ms', ['log.retention.hours=1'], 3_600_000],
    ['retention.ms', ['log.retention.hours=1', 'log.retention.minutes=2'], 120_000],
    ['retention.ms', ['log.retention.minutes=2', 'log.retention.ms=3', 'log.retention.hours=1'], 3],
    ['retention.ms', ['log.retention.hours=-1'], Infinity],
    ['retention.ms', ['log.retention.ms=-1'], Infinity],
    ['retention.ms', ['log.retention.ms=9223372036854775807'], Infinity],
    ['segment.ms', ['log.roll.hours=2'], 7_200_000],
    ['segment.ms', ['log.roll.hours=2', 'log.roll.ms=5'], 5],
    ['segment.jitter.ms', ['log.roll.jitter.hours=1'], 3_600_000],
    ['segment.jitter.ms', ['log.roll.jitter.hours=1', 'log.roll.jitter.ms=0'], 0],
    ['flush.ms', ['log.flush.scheduler.interval.ms=9'], 9],
    ['flush.ms', ['log.flush.scheduler.interval.ms=9', 'log.flush.interval.ms=8'], 8],
  ])('%s with %j', (name, flags, expected) => {
    expect(topicOn(flags)[name]).toBe(expected)
  })

  test('the topic comes before the node', () => {
    const config = topicOn(['log.segment.bytes=100', 'log.retention.ms=5'], {
      'segment.bytes': '200',
      'cleanup.policy': 'compact,delete',
    })
    expect(config['segment.bytes']).toBe(200)
    expect(config['retention.ms']).toBe(5)
    expect(config['cleanup.policy']).toEqual(['compact', 'delete'])
  })

  test('every topic option follows each of its node options', () => {
    for (const name of topicOptionNames)
      for (const { option } of topicOptions[name].synonyms) {
        const other = { LIST: 'compact', BOOLEAN: 'true', STRING: '', DOUBLE: '0.25' }
        const { kafkaType, valid } = topicOptions[name].type
        const words = /\[.*, ([\w]+)\]/.exec(valid)?.[1] ?? ''
        const text = other[kafkaType as keyof typeof other] ?? '77'
        const before = topicOn([])[name]
        expect(topicOn([`${option}=${text === '' ? words : text}`])[name]).not.toEqual(before)
      }
  })
})

describe('refusals', () => {
  test.each([
    [
      { 'segment.bytes': '13' },
      'Invalid value 13 for configuration segment.bytes: Value must be at least 14',
    ],
    [
      { 'segment.bytes': '1g' },
      'Invalid value 1g for configuration segment.bytes: Not a number of type INT',
    ],
    [
      { 'retention.ms': '-2' },
      'Invalid value -2 for configuration retention.ms: Value must be at least -1',
    ],
    [
      { 'cleanup.policy': 'none' },
      'Invalid value none for configuration cleanup.policy: String must be one of: compact, delete',
    ],
    [
      { 'message.timestamp.type': 'x' },
      'Invalid value x for configuration message.timestamp.type: String must be one of: CreateTime, LogAppendTime',
    ],
    [
      { 'retention.msec': '1' },
      'Unknown topic config name: retention.msec (did you mean retention.ms?)',
    ],
    [
      { 'log.segment.bytes': '1' },
      "Unknown topic config name: log.segment.bytes (that is the node's; for a topic it is segment.bytes)",
    ],
    [{ constructor: '1' }, 'Unknown topic config name: constructor'],
    [
      { 'remote.storage.enable': 'true' },
      'Topic config remote.storage.enable is not supported: there is no tiered storage',
    ],
    [{ 'retention.ms': null }, 'Null value not supported for topic configs: retention.ms'],
    [
      { 'min.compaction.lag.ms': '5', 'max.compaction.lag.ms': '4' },
      'conflict topic config setting min.compaction.lag.ms (5) > max.compaction.lag.ms (4)',
    ],
  ])('%j', (entries, message) => {
    expect(checkTopicOverrides(Object.entries(entries), loadNodeConfig())).toEqual({
      problem: message,
    })
  })

  test('none for what fits, which is kept as its type prints it', () => {
    const fine = {
      'retention.ms': '9223372036854775807',
      'flush.messages': `${'0'.repeat(10)}1 `,
      'cleanup.policy': ` delete ,${' '.repeat(30_000)}compact`,
      'unclean.leader.election.enable': 'TRUE',
      'segment.bytes': `+${'0'.repeat(30_000)}14`,
    }
    const checked = checkTopicOverrides(Object.entries(fine), loadNodeConfig())
    expect('overrides' in checked && Object.fromEntries(checked.overrides)).toEqual({
      'retention.ms': '-1',
      'flush.messages': '1',
      'cleanup.policy': 'delete,compact',
      'unclean.leader.election.enable': 'true',
      'segment.bytes': '14',
    })
  })

  test('a committed override that cannot be read is an error, not a default', () => {
    expect(() => topicOn([], { 'segment.bytes': 'x' })).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIG' }),
    )
  })
})

// Goal: what a node says of its configuration is what holds: values, where they come from, what may
// be changed; a change holds before it is answered; what is refused changes nothing.
// Method: DescribeConfigs, AlterConfigs and IncrementalAlterConfigs over a real socket, in every
// version, on a node whose file sets a few options.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTopics } from '../../src/wire/apis/19-create-topics.ts'
import { alterConfigs } from '../../src/wire/apis/33-alter-configs.ts'
import { createTopic, describeConfig, incrementallyAlter, only } from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'

const [TOPIC, BROKER, BROKER_LOGGER, CLIENT_METRICS] = [2, 4, 8, 16]
const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3]

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start({
    named: true,
    set: { 'log.retention.hours': 2, 'log.segment.bytes': 100_000 },
  })
  client = await node.connect()
})
afterAll(() => node[Symbol.asyncDispose]())

const topic = (name: string) => ({ resourceType: TOPIC, resourceName: name })
const broker = (name: string) => ({ resourceType: BROKER, resourceName: name })
const all = (resource: ReturnType<typeof topic>, keys: string[] | null = null, version = 4) =>
  describeConfig(client, { ...resource, configurationKeys: keys }, version)
const entry = async (resource: ReturnType<typeof topic>, key: string) =>
  only((await all(resource, [key])).configs)
const chain = async (resource: ReturnType<typeof topic>, key: string) =>
  (await entry(resource, key)).synonyms.map(
    ({ name, value, source }) => `${source} ${name}=${value}`,
  )
const change = (
  resource: ReturnType<typeof topic>,
  name: string,
  value: string | null,
  configOperation: number = value === null ? DELETE : SET,
) => incrementallyAlter(client, resource, [{ name, configOperation, value }])

describe('DescribeConfigs', () => {
  test.each([1, 2, 3, 4])(
    'v%i tells all options of a topic, and where they come from',
    async (v) => {
      await createTopic(client, `described-v${v}`, { configs: { 'flush.ms': 7 } })
      const { errorCode, errorMessage, configs } = await all(topic(`described-v${v}`), null, v)
      expect([errorCode, errorMessage, configs.length]).toEqual([0, null, 24])
      const byName = new Map(configs.map((config) => [config.name, config]))
      const brief = (name: string) => {
        const { value, configSource, readOnly, isSensitive } = byName.get(name) ?? {}
        return [value, configSource, readOnly, isSensitive]
      }
      expect(brief('flush.ms')).toEqual(['7', 1, false, false])
      expect(brief('retention.ms')).toEqual(['7200000', 4, false, false])
      expect(brief('retention.bytes')).toEqual(['-1', 5, false, false])
      expect(brief('min.insync.replicas')).toEqual(['2', 3, false, false])
      expect(byName.get('flush.ms')?.configType).toBe(v < 3 ? 0 : 5)
      expect(byName.get('flush.ms')?.documentation === null).toBe(v < 3)
    },
  )

  test('synonyms in the order in which they count', async () => {
    await createTopic(client, 'synonyms', { configs: { 'retention.ms': 5 } })
    await change(broker(''), 'log.retention.ms', '6')
    await change(broker('1'), 'log.retention.ms', '4')
    expect(await chain(topic('synonyms'), 'retention.ms')).toEqual([
      '1 retention.ms=5',
      '2 log.retention.ms=4',
      '3 log.retention.ms=6',
      '4 log.retention.hours=2',
      '5 log.retention.hours=168',
    ])
    expect(await chain(broker('1'), 'log.retention.ms')).toEqual([
      '2 log.retention.ms=4',
      '3 log.retention.ms=6',
      '4 log.retention.hours=2',
      '5 log.retention.hours=168',
    ])
    expect(await entry(topic('synonyms'), 'retention.ms')).toMatchObject({ value: '5' })
    await change(topic('synonyms'), 'retention.ms', null)
    expect(await entry(topic('synonyms'), 'retention.ms')).toMatchObject({
      ...{ value: '4', configSource: 2 },
    })
    await change(broker('1'), 'log.retention.ms', null)
    expect(await entry(topic('synonyms'), 'retention.ms')).toMatchObject({
      ...{ value: '6', configSource: 3 },
    })
    await change(broker(''), 'log.retention.ms', null)
    expect(await entry(topic('synonyms'), 'retention.ms')).toMatchObject({
      ...{ value: '7200000', configSource: 4 },
    })
  })

  test('a broker by its id: all options, and which of them requests may change', async () => {
    const { configs } = await all(broker('1'))
    const brief = new Map(
      configs.map(({ name, value, configSource, readOnly }) => [
        name,
        [value, configSource, readOnly],
      ]),
    )
    expect(brief.get('node.id')).toEqual(['1', 5, true])
    expect(brief.get('log.dirs')).toEqual([node.directory, 4, true])
    expect(brief.get('max.connections')).toEqual(['2147483647', 5, true])
    expect(brief.get('log.retention.hours')).toEqual(['2', 4, true])
    expect(brief.get('log.retention.ms')).toEqual([null, 5, false])
    expect(brief.get('log.segment.bytes')).toEqual(['100000', 4, false])
    expect(brief.get('min.insync.replicas')).toEqual(['2', 3, false])
  })

  test('all brokers by the empty name: what requests changed, nothing else', async () => {
    const { configs } = await all(broker(''))
    expect(configs.map(({ name, value, configSource }) => [name, value, configSource])).toEqual([
      ['min.insync.replicas', '2', 3],
      ['unclean.leader.election.enable', 'false', 3],
    ])
  })

  test('only the keys asked for; an unknown key is nothing', async () => {
    await createTopic(client, 'filtered')
    const { configs } = await all(topic('filtered'), ['flush.ms', 'no.such', 'flush.ms'])
    expect(configs.map(({ name }) => name)).toEqual(['flush.ms'])
    expect((await all(topic('filtered'), [])).configs).toEqual([])
  })

  test.each([
    [topic('no-such-topic'), 3],
    [topic('b!d'), 17],
    [topic('x'.repeat(250)), 17],
    [broker('2'), 42],
    [broker('01'), 42],
    [broker('x'), 42],
    [{ resourceType: BROKER_LOGGER, resourceName: '1' }, 42],
    [{ resourceType: CLIENT_METRICS, resourceName: 'x' }, 42],
    [{ resourceType: 32, resourceName: 'group' }, 42],
    [{ resourceType: 0, resourceName: '' }, 42],
    [{ resourceType: -1, resourceName: 'x' }, 42],
  ])('%j: %i', async (resource, errorCode) => {
    const described = await all(resource)
    expect([described.errorCode, described.configs]).toEqual([errorCode, []])
    if (errorCode !== 3) expect(described.errorMessage).not.toBeNull()
    if (errorCode === 17) return
    const [altered] = await change(resource, 'flush.ms', '1')
    expect(altered?.errorCode).toBe(errorCode)
  })

  test('CreateTopics says the same', async () => {
    await change(broker(''), 'log.flush.interval.ms', '11')
    const { topics } = await client.request(createTopics, 7, {
      topics: [
        {
          name: 'agreeing',
          numPartitions: 1,
          replicationFactor: 1,
          assignments: [],
          configs: [{ name: 'segment.bytes', value: '200' }],
        },
      ],
      timeoutMs: 30_000,
      validateOnly: false,
    })
    const told = only(topics).configs?.map(({ name, value, configSource, readOnly }) => {
      return { name, value, configSource, readOnly }
    })
    const { configs } = await all(topic('agreeing'))
    const described = configs.map(({ name, value, configSource, readOnly }) => {
      return { name, value, configSource, readOnly }
    })
    expect(told).toEqual(described)
    await change(broker(''), 'log.flush.interval.ms', null)
  })
})

describe('IncrementalAlterConfigs', () => {
  test.each([0, 1])('v%i changes what it names', async (version) => {
    const name = `changed-v${version}`
    await createTopic(client, name, { configs: { 'flush.ms': 7, 'segment.bytes': 200 } })
    const answer = await incrementallyAlter(
      client,
      topic(name),
      [
        { name: 'flush.ms', configOperation: DELETE, value: null },
        { name: 'retention.ms', configOperation: SET, value: '-1' },
        { name: 'cleanup.policy', configOperation: APPEND, value: 'compact' },
      ],
      { version },
    )
    expect(answer).toMatchObject([{ ...topic(name), errorCode: 0, errorMessage: null }])
    const { configs } = await all(topic(name))
    const own = configs.filter(({ configSource }) => configSource === 1)
    expect(own.map((config) => [config.name, config.value])).toEqual([
      ['cleanup.policy', 'delete,compact'],
      ['retention.ms', '-1'],
      ['segment.bytes', '200'],
    ])
    await change(topic(name), 'cleanup.policy', 'delete', SUBTRACT)
    expect((await entry(topic(name), 'cleanup.policy')).value).toBe('compact')
  })

  test('each resource is judged for itself; what is refused, or only validated, changes nothing', async () => {
    await createTopic(client, 'judged')
    const set = (name: string, value: string | null, configOperation: number = SET) => ({
      ...{ name, value, configOperation },
    })
    const refused = [
      [set('flush.ms', null)],
      [set('flush.ms', '1', 4)],
      [set('flush.ms', '1', -1)],
      [set('flush.ms', '1'), set('flush.ms', '2')],
    ]
    for (const configs of refused)
      expect((await incrementallyAlter(client, topic('judged'), configs))[0]?.errorCode).toBe(42)
    expect((await change(topic('judged'), 'flush.ms', 'x'))[0]?.errorCode).toBe(40)
    expect((await change(topic('judged'), 'flush.ms', '1', APPEND))[0]?.errorCode).toBe(40)
    expect((await change(broker(''), 'log.dirs', '/x'))[0]).toMatchObject({
      errorCode: 42,
      errorMessage: 'Cannot update these configs dynamically: log.dirs',
    })
    const [only] = await incrementallyAlter(client, topic('judged'), [set('flush.ms', '1')], {
      validateOnly: true,
    })
    expect(only?.errorCode).toBe(0)
    expect((await entry(topic('judged'), 'flush.ms')).configSource).toBe(5)
  })
})

describe('AlterConfigs', () => {
  const replace = async (
    resource: ReturnType<typeof topic>,
    configs: { name: string; value: string | null }[],
    version = 2,
  ) => {
    const resources = [{ ...resource, configs }]
    const { responses } = await client.request(alterConfigs, version, {
      ...{ resources, validateOnly: false },
    })
    return only(responses).errorCode
  }

  test.each([0, 1, 2])('v%i replaces all that a topic sets', async (version) => {
    const name = `replaced-v${version}`
    await createTopic(client, name, { configs: { 'flush.ms': 7 } })
    expect(await replace(topic(name), [{ name: 'retention.ms', value: '9' }], version)).toBe(0)
    const own = (await all(topic(name))).configs.filter(({ configSource }) => configSource === 1)
    expect(own.map((config) => [config.name, config.value])).toEqual([['retention.ms', '9']])
    expect(await replace(topic(name), [{ name: 'flush.ms', value: null }], version)).toBe(42)
  })

  test('of all brokers keeps the safety settings or is refused', async () => {
    expect(await replace(broker(''), [{ name: 'log.flush.interval.ms', value: '9' }])).toBe(40)
    const safety = [
      { name: 'min.insync.replicas', value: '2' },
      { name: 'unclean.leader.election.enable', value: 'false' },
    ]
    expect(await replace(broker(''), safety)).toBe(0)
  })
})

test('changes are there after a restart', async () => {
  await createTopic(client, 'kept')
  await change(topic('kept'), 'flush.ms', '7')
  await change(broker(''), 'log.retention.ms', '6')
  await change(broker('1'), 'message.max.bytes', '5000')
  await node.restart()
  client = await node.connect()
  expect(await entry(topic('kept'), 'flush.ms')).toMatchObject({ value: '7', configSource: 1 })
  expect(await entry(topic('kept'), 'retention.ms')).toMatchObject({ value: '6', configSource: 3 })
  expect(await entry(topic('kept'), 'max.message.bytes')).toMatchObject({
    ...{ value: '5000', configSource: 2 },
  })
})

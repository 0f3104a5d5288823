// Goal: a configuration comes from four places in a fixed order, and everything wrong with it is
// told at once, each with its place and what to do.
// Method: texts in, configuration or InvalidConfig out.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ConfigSources } from '../../../src/config/load.ts'
import {
  InvalidConfig,
  loadNodeConfig,
  readNodeConfig,
  variableName,
} from '../../../src/config/load.ts'
import { distance, nearestName } from '../../../src/config/nearest.ts'
import { nodeOptionNames } from '../../../src/config/node-options.ts'

const file = (text: string) => ({ name: 'server.properties', text })

function problems(sources: ConfigSources): string[] {
  try {
    loadNodeConfig(sources)
    return []
  } catch (thrown) {
    if (!(thrown instanceof InvalidConfig)) throw thrown
    return thrown.problems.map(({ where, message }) => `${where}: ${message}`)
  }
}

describe('sources', () => {
  const sources: ConfigSources = {
    file: file('num.partitions=2\nmin.insync.replicas=2\nlog.retention.hours=2'),
    environment: { LOGRAFT_MIN_INSYNC_REPLICAS: '3', LOGRAFT_LOG_RETENTION_HOURS: '3', HOME: '/' },
    flags: ['log.retention.hours=4'],
  }

  test('defaults < file < environment < flags', () => {
    const config = loadNodeConfig(sources)
    expect(config['log.segment.bytes']).toBe(1_073_741_824)
    expect(config['num.partitions']).toBe(2)
    expect(config['min.insync.replicas']).toBe(3)
    expect(config['log.retention.hours']).toBe(4)
  })

  test('each value knows where it came from', () => {
    expect(Object.fromEntries(readNodeConfig(sources).origins)).toMatchObject({
      'num.partitions': { source: 'file', where: 'server.properties line 1', text: '2' },
      'min.insync.replicas': {
        source: 'environment',
        where: 'LOGRAFT_MIN_INSYNC_REPLICAS',
        text: '3',
      },
      'log.retention.hours': { source: 'flag', where: '--set log.retention.hours', text: '4' },
    })
  })

  test.each(nodeOptionNames)('%s has its environment variable', (name) => {
    const told = problems({ environment: { [variableName(name)]: '?' } })
    expect(told.filter((line) => line.includes('there is no property'))).toEqual([])
  })

  test('a value may hold an equals sign, and white space around it does not count', () => {
    expect(loadNodeConfig({ flags: [' broker.rack = a=b '] })['broker.rack']).toBe('a=b')
  })

  test('set twice in one place: the later counts, with a warning', () => {
    const { config, warnings } = readNodeConfig({
      file: file('num.partitions=2\n\nnum.partitions=3'),
      flags: ['broker.rack=a', 'broker.rack=b'],
    })
    expect(config['num.partitions']).toBe(3)
    expect(config['broker.rack']).toBe('b')
    expect(warnings).toEqual([
      'server.properties line 3: num.partitions was set before (server.properties line 1); this value counts',
      '--set broker.rack: broker.rack was set before (--set broker.rack); this value counts',
    ])
  })

  test('a default may follow another option', () => {
    expect(loadNodeConfig()['log.dirs']).toEqual(['data/1'])
    expect(loadNodeConfig({ flags: ['log.dir=/a'] })['log.dirs']).toEqual(['/a'])
    expect(loadNodeConfig({ flags: ['log.dir=/a', 'log.dirs=/b'] })['log.dirs']).toEqual(['/b'])
    const seventh = loadNodeConfig({ flags: ['node.id=7'] })
    expect(seventh['log.dirs']).toEqual(['data/7'])
    expect(seventh['controller.quorum.voters']).toEqual([
      { nodeId: 7, host: '127.0.0.1', port: 9093 },
    ])
    const [advertised] = loadNodeConfig({ flags: ['listeners=PLAINTEXT://h:0'] })[
      'advertised.listeners'
    ]
    expect(advertised).toEqual({ name: 'PLAINTEXT', host: 'h', port: 0 })
  })
})

describe('names', () => {
  test.each([
    [
      'log.segment.byte=1',
      'there is no property log.segment.byte; did you mean log.segment.bytes?',
    ],
    [
      'log.retention.hrs=1',
      'there is no property log.retention.hrs; did you mean log.retention.hours?',
    ],
    ['log.dris=1', 'there is no property log.dris; did you mean log.dirs?'],
    ['Log_Dirs=1', 'there is no property Log_Dirs; did you mean log.dirs?'],
    [
      'replica.high.watermark.checkpoint.interval.m=1',
      'there is no property replica.high.watermark.checkpoint.interval.m; did you mean replica.high.watermark.checkpoint.interval.ms?',
    ],
    ['xyzzy=1', 'there is no property xyzzy; "lograft start --help" lists all there are'],
    [
      'constructor=1',
      'there is no property constructor; "lograft start --help" lists all there are',
    ],
    [
      'zookeeper.connect=a',
      'zookeeper.connect is not supported: leave it out, there is no ZooKeeper',
    ],
    ['broker.id=1', 'broker.id is not supported: use node.id'],
    [
      'ssl.keystore.location=a',
      'ssl.keystore.location is not supported: TLS, SASL and ACLs are not built yet, and every listener is PLAINTEXT',
    ],
    [
      'retention.ms=1',
      'retention.ms is a property of topics; for all topics of a node it is log.retention.ms',
    ],
  ])('%s', (text, message) => {
    expect(problems({ file: file(text) })).toEqual([`server.properties line 1: ${message}`])
  })

  test('what Kafka has and nobody misses here is one warning for each source', () => {
    const { warnings } = readNodeConfig({
      file: file('num.io.threads=8\nlog.cleaner.threads=2\nnum.io.threads=9'),
      environment: { LOGRAFT_OFFSETS_LOAD_BUFFER_SIZE: '5' },
      flags: ['background.threads=1', 'queued.max.requests=1'],
    })
    expect(warnings).toEqual([
      '2 properties of server.properties have no effect here, you can delete them: num.io.threads, log.cleaner.threads',
      '1 property of the environment has no effect here, you can delete it: offsets.load.buffer.size (the coordinator takes no setting for this)',
      '2 properties of --set have no effect here, you can delete them: background.threads, queued.max.requests',
    ])
  })

  test.each([
    'zookeeper.connect=a',
    'zookeeper.set.acl=true',
    'ssl.client.auth=none',
    'sasl.enabled.mechanisms=PLAIN',
    'authorizer.class.name=a.B',
    'controller.quorum.auto.join.enable=true',
    'client.quota.callback.class=a.B',
    'quota.window.num=11',
    'metric.reporters=a.B',
    'metadata.log.dir=/a',
    'listener.name.internal.ssl.client.auth=required',
    'listener.security.protocol.map=PLAINTEXT:SSL',
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,OUTSIDE:SASL_SSL',
    'listener.security.protocol.map=PLAINTEXT',
    'inter.broker.listener.name=SSL',
    'security.inter.broker.protocol=SASL_PLAINTEXT',
    'broker.id.generation.enable=true',
  ])('%s is never passed over', (text) => {
    expect(problems({ flags: [text] })).toEqual([expect.stringContaining(' is not supported: ')])
  })

  test.each([
    'listener.security.protocol.map=plaintext:plaintext, INSIDE:PLAINTEXT, SSL:SSL',
    'inter.broker.listener.name=PLAINTEXT',
    'security.inter.broker.protocol=PLAINTEXT',
    'broker.id.generation.enable=false',
  ])('%s says what is so anyway', (text) => {
    expect(problems({ flags: [text] })).toEqual([])
  })

  test('a misspelt variable is answered with a variable', () => {
    expect(problems({ environment: { LOGRAFT_LOG_SEGMENTS_BYTES: '1' } })).toEqual([
      'LOGRAFT_LOG_SEGMENTS_BYTES: there is no property log.segments.bytes; did you mean LOGRAFT_LOG_SEGMENT_BYTES?',
    ])
  })

  test('the distance counts slips', () => {
    expect([distance('', ''), distance('abc', ''), distance('abc', 'abc')]).toEqual([0, 3, 0])
    expect([distance('abc', 'acb'), distance('abc', 'abcd'), distance('abc', 'xbc')]).toEqual([
      1, 1, 1,
    ])
    expect(distance('kitten', 'sitting')).toBe(3)
    expect(nearestName('x'.repeat(1_000), ['x'])).toBeNull()
  })
})

describe('problems', () => {
  test('are all told, each with its place, in the order of reading', () => {
    expect(
      problems({
        file: file('num.partitions=many\nlog.dirs=/a\nnope=1\nbroker.rack=\\u1'),
        environment: { LOGRAFT_NODE_ID: '-1' },
        flags: ['oops', 'log.level=loud'],
      }),
    ).toEqual([
      'server.properties line 1: Invalid value many for configuration num.partitions: Not a number of type INT (it is INT, [1,...])',
      'server.properties line 3: there is no property nope; "lograft start --help" lists all there are',
      'server.properties line 4: \\u1 is no character; \\u wants four hexadecimal digits',
      'LOGRAFT_NODE_ID: Invalid value -1 for configuration node.id: Value must be at least 0 (it is INT, [0,...])',
      '--set oops: expected key=value',
      '--set log.level: Invalid value loud for configuration log.level: String must be one of: fatal, error, warn, info, debug, trace, silent (it is STRING, [fatal, error, warn, info, debug, trace, silent])',
    ])
  })

  test('the message lists them, and the code is stable', () => {
    expect(() => loadNodeConfig({ flags: ['a=1', 'num.partitions=0'] })).toThrow(
      expect.objectContaining({
        code: 'INVALID_CONFIG',
        message: [
          'The configuration has 2 problems:',
          '  --set a: there is no property a; "lograft start --help" lists all there are',
          '  --set num.partitions: Invalid value 0 for configuration num.partitions: Value must be at least 1 (it is INT, [1,...])',
        ].join('\n'),
      }),
    )
  })

  test('warnings of the file reach the caller', () => {
    const { warnings } = readNodeConfig({ file: file('log.dirs=C:\\data') })
    expect(warnings).toEqual([
      'server.properties line 1: the backslash of \\d is dropped; write \\\\ where one is meant',
    ])
  })
})

describe('options that do not go together', () => {
  test.each([
    [['process.roles=broker'], 'process.roles', 'where the controllers are'],
    [['listeners=PLAINTEXT://:9092'], 'listeners', 'no client can connect to ""'],
    [
      ['listeners=SSL://h:9092'],
      'listeners',
      'TLS and SASL are not built yet; use PLAINTEXT://h:9092',
    ],
    [
      ['listeners=PLAINTEXT://h:9092,CONTROLLER://h:9093'],
      'listeners',
      'leave out CONTROLLER://h:9093; controllers are reached at grpc.listener',
    ],
    [
      ['listeners=SSL://h:1,PLAINTEXT://h:2'],
      'listeners',
      'one listener for clients, in this release; keep PLAINTEXT://h:2',
    ],
    [
      ['listeners=CONTROLLER://h:0', 'advertised.listeners=PLAINTEXT://h:1'],
      'listeners',
      'leave out CONTROLLER://h:0',
      'name the listener for clients',
    ],
    [
      ['advertised.listeners=OTHER://h:1'],
      'advertised.listeners',
      'the listener for clients is named PLAINTEXT, in this release; use PLAINTEXT://h:1',
    ],
    [
      ['advertised.listeners=PLAINTEXT://0.0.0.0:1'],
      'advertised.listeners',
      'such as PLAINTEXT://broker1.example.org:1',
    ],
    [
      ['listeners=PLAINTEXT://127.0.0.1:9093'],
      'listeners',
      'listeners and grpc.listener both want port 9093',
    ],
    [
      ['grpc.listener=0.0.0.0:9094'],
      'grpc.listener',
      'grpc.listener and http.listener both want port 9094',
    ],
    [
      ['node.id=2', 'controller.quorum.voters=1@127.0.0.1:9093'],
      'controller.quorum.voters',
      'controller.quorum.voters=2@127.0.0.1:9093',
    ],
    [
      ['broker.session.timeout.ms=2000'],
      'broker.session.timeout.ms',
      'broker.heartbeat.interval.ms must be less than broker.session.timeout.ms',
    ],
    [['controller.quorum.voters=1@a:1,1@b:1'], 'controller.quorum.voters', 'a node id of its own'],
    [
      ['process.roles=broker', 'controller.quorum.voters=1@a:1'],
      'controller.quorum.voters',
      'this node (node.id=1) votes and is no controller',
    ],
    [
      ['controller.quorum.bootstrap.servers=a:1', 'controller.quorum.voters=1@a:1'],
      'controller.quorum.bootstrap.servers',
      'leave it out where controller.quorum.voters is set',
    ],
    [
      ['controller.quorum.bootstrap.servers=localhost:9093'],
      'controller.quorum.bootstrap.servers',
      'leave it out: it names only this node',
    ],
    [
      ['controller.quorum.bootstrap.servers=a:0'],
      'controller.quorum.bootstrap.servers',
      'name the hosts and ports to connect to',
    ],
    [
      ['controller.quorum.voters=1@a:1', 'grpc.listener=:9093'],
      'grpc.listener',
      'no node can connect to ""',
    ],
    [['log.dirs=/a,/b'], 'log.dirs', 'one directory, in this release'],
    [
      ['connection.max.unsent.bytes=65535'],
      'connection.max.unsent.bytes',
      'Value must be at least 65536',
    ],
    [['log.retention.hours=0'], 'log.retention.hours', 'must be -1 (for ever) or at least 1'],
    [
      ['log.cleaner.min.compaction.lag.ms=5', 'log.cleaner.max.compaction.lag.ms=4'],
      'log.cleaner.min.compaction.lag.ms',
      'must be no more than',
    ],
  ] as [flags: string[], name: string, ...parts: string[]][])('%j', (flags, name, ...parts) => {
    const told = problems({ flags })
    expect(told).toEqual(parts.map((part) => expect.stringContaining(part) as unknown))
    for (const line of told) expect(line.startsWith(`--set ${name}: `)).toBe(true)
  })

  test('the place names the option, where it does not anyway', () => {
    const sources = { file: file('log.dirs=/a,/b'), environment: { LOGRAFT_NODE_ID: '2' } }
    expect(problems({ ...sources, flags: ['process.roles=broker'] })).toEqual([
      'server.properties line 1 (log.dirs): one directory, in this release',
      '--set process.roles: a broker alone has to be told where the controllers are: controller.quorum.bootstrap.servers',
    ])
  })

  test('are not looked at when one of them could not be read', () => {
    expect(problems({ flags: ['listeners=nonsense'] })).toEqual([
      '--set listeners: Invalid value nonsense for configuration listeners: Expected a name, a host and a port, such as PLAINTEXT://127.0.0.1:9092 (it is LIST, PLAINTEXT://host:port)',
    ])
  })

  test('port 0 everywhere is fine', () => {
    const flags = [
      'listeners=PLAINTEXT://127.0.0.1:0',
      'grpc.listener=127.0.0.1:0',
      'http.listener=127.0.0.1:0',
    ]
    expect(problems({ flags })).toEqual([])
  })
})

test('of many problems the first ten are told, and that the file is none of properties', () => {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  const told = (given: string) => {
    try {
      readNodeConfig({ file: { name: 'a.json', text: given } })
    } catch (thrown) {
      if (thrown instanceof InvalidConfig) return thrown.message.split('\n')
    }
    return []
  }
  const lines = told(text)
  expect(lines).toHaveLength(13)
  expect(lines.slice(-2)).toEqual([
    expect.stringMatching(/^ {2}… and \d+ more$/),
    'a.json looks like no .properties file.',
  ])
  expect(told(`node.id=1\n${text}`).at(-1)).toMatch(/more$/)
})

// Goal: each illness that the doctor knows is found, called by its name and nothing else with it;
// a healthy cluster has none. Method: the readings of a healthy cluster, changed in one place.
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../../src/base/ids.ts'
import { examine, isHealthy, printReport } from '../../../../src/cli/doctor/report.ts'
import type {
  BrokerReading,
  PartitionReading,
  Readings,
  TopicReading,
} from '../../../../src/cli/doctor/readings.ts'
import type { QuorumDescription } from '../../../../src/quorum/admin.ts'

const GIB = 2 ** 30

const broker = (nodeId: number, change: Partial<BrokerReading> = {}): BrokerReading => ({
  ...{ nodeId, address: { host: `broker-${nodeId}`, port: 9092 }, reached: { by: 'itself' } },
  config: new Map([['default.replication.factor', '3']]),
  directories: [{ path: '/data', isOnline: true, totalBytes: 100 * GIB, usableBytes: 50 * GIB }],
  ...{ serves: '0:3-11', clock: { leastMs: -300, mostMs: 200 } },
  ...change,
})

const partition = (change: Partial<PartitionReading> = {}): PartitionReading => ({
  ...{ partition: 0, leader: 1, replicas: [1, 2, 3], isr: [1, 2, 3] },
  ...change,
})

const topic = (change: Partial<TopicReading> = {}): TopicReading => ({
  ...{ name: 'orders', isInternal: false, partitions: [partition()] },
  ...{ minInSync: 2, isUnclean: false },
  ...change,
})

const voter = (nodeId: number, change: object = {}) => ({
  ...{ nodeId: asNodeId(nodeId), directoryId: '', role: 'voter' as const, address: null },
  ...{ logEndOffset: 10, silentMs: 0, behindMs: 0 },
  ...change,
})

const quorum = (...replicas: QuorumDescription['replicas']): QuorumDescription => ({
  ...{ clusterId: 'c', leaderId: asNodeId(1), epoch: 1, highWatermark: 10, logEndOffset: 10 },
  replicas,
})

const healthy: Readings = {
  clusterId: 'c',
  brokers: [broker(1), broker(2), broker(3)],
  topics: [topic(), topic({ name: '__consumer_offsets', isInternal: true })],
  quorum: quorum(voter(1), voter(2), voter(3)),
  here: {
    openFiles: 20_000,
    fsync: {
      ...{ directory: '/data', count: 50, medianMs: 1, worstMs: 3 },
      ...{ totalBytes: 100 * GIB, usableBytes: 50 * GIB },
    },
  },
}

const withTopic = (change: Partial<TopicReading>): Partial<Readings> => ({
  topics: [topic(change)],
})
const withBroker3 = (change: Partial<BrokerReading>): Partial<Readings> => ({
  brokers: [broker(1), broker(2), broker(3, change)],
})
const ills = (change: Partial<Readings>) =>
  examine({ ...healthy, ...change })
    .filter(({ verdict }) => verdict !== 'ok')
    .map(({ check, verdict, says }) => `${verdict} ${check}: ${says}`)

test('a healthy cluster has nothing, and every check says so', () => {
  const findings = examine(healthy)
  expect(findings.filter(({ verdict }) => verdict !== 'ok')).toEqual([])
  expect(isHealthy(findings)).toBe(true)
  expect(printReport(findings)).toMatchInlineSnapshot(`
    "ok       3 brokers answer where advertised, each by its own id
    ok       brokers are advertised on 3 addresses
    ok       brokers serve the same APIs in the same versions
    ok       clocks are within 0.3 s of this machine's
    ok       3 controllers vote, led by 1; 1 may be lost
    ok       2 partitions have leaders and all their replicas in sync
    ok       replication fits 3 brokers
    ok       min.insync.replicas leaves room for one broker down
    ok       no topic allows a leader that was not in sync
    ok       leaders are where they are preferred
    ok       internal topics have at least 3 replicas
    ok       every disk has at least 50 % free
    ok       an fsync in /data takes 1.0 ms, at worst 3.0 ms of 50
    ok       a process started here may open 20,000 files

    0 problems, 0 warnings
    "
  `)
})

test('the worst comes first, with what it means and what to do', () => {
  const findings = examine({
    ...healthy,
    ...withBroker3({ reached: { by: 'nobody', why: 'ECONNREFUSED' } }),
    here: { openFiles: 1_024, fsync: null },
  })
  expect(isHealthy(findings)).toBe(false)
  const [first = '', ...others] = printReport(findings).split(/\n(?=\S)/)
  expect(first).toMatchInlineSnapshot(`
    "PROBLEM  broker 3 is advertised at broker-3:9092, where no broker answers: ECONNREFUSED
             Clients here cannot read or write what it leads.
             → If it is down, start it; otherwise correct its advertised.listeners, or the firewall."
  `)
  expect(others.map((text) => text.split(' ')[0]).slice(0, 3)).toEqual([
    ...['WARNING', 'unknown', 'ok'],
  ])
})

describe('brokers', () => {
  test.each<[string, Partial<Readings>, string]>([
    [
      'another one answers',
      withBroker3({ reached: { by: 'another', who: 'another broker answers' } }),
      'problem advertised-listener: broker 3 is advertised at broker-3:9092, where another broker answers',
    ],
    [
      'one that holds replicas is not there',
      withTopic({ partitions: [partition({ replicas: [1, 2, 4] })] }),
      'problem broker-in-service: broker 4 is out of service, and holds 1 replica',
    ],
    [
      'loopback among other hosts',
      withBroker3({ address: { host: 'localhost', port: 9092 } }),
      'problem listener-address: broker 3 is advertised at localhost:9092, which every machine takes for itself',
    ],
    [
      'every interface',
      withBroker3({ address: { host: '0.0.0.0', port: 9092 } }),
      'problem listener-address: broker 3 is advertised at 0.0.0.0:9092, which every machine takes for itself',
    ],
    [
      'another release',
      withBroker3({ serves: '0:3-12' }),
      'warning same-release: brokers do not serve the same versions of the protocol: 1, 2 unlike 3',
    ],
    [
      'a clock ahead',
      withBroker3({ clock: { leastMs: 1_500, mostMs: 2_400 } }),
      "warning clocks: the clock of broker 3 is 1.5 s ahead of this machine's",
    ],
    [
      'a clock two hours behind',
      withBroker3({ clock: { leastMs: -7_201_000, mostMs: -7_200_000 } }),
      "problem clocks: the clock of broker 3 is 7200 s behind this machine's",
    ],
    [
      'the clock of this machine',
      { brokers: [1, 2].map((id) => broker(id, { clock: { leastMs: 60_000, mostMs: 60_900 } })) },
      "warning clocks: the clocks of all brokers agree, and are 60 s ahead of this machine's",
    ],
    [
      'a clock that cannot be read',
      withBroker3({ clock: { unknown: 'it names no gRPC port' } }),
      'unknown clocks: the clock of 1 broker (3) cannot be read: it names no gRPC port',
    ],
  ])('%s', (_, change, expected) => {
    expect(ills(change)).toContain(expected)
  })

  test('a clock that may be a second off, or less, is not accused', () => {
    expect(ills(withBroker3({ clock: { leastMs: 900, mostMs: 1_900 } }))).toEqual([])
  })

  test('loopback alone is a machine of its own', () => {
    const local = (nodeId: number) => broker(nodeId, { address: { host: '127.0.0.1', port: 9092 } })
    expect(ills({ brokers: [local(1), local(2), local(3)] })).toEqual([])
  })
})

describe('topics', () => {
  test.each<[string, Partial<Readings>, string]>([
    [
      'no leader',
      withTopic({ partitions: [partition({ leader: null })] }),
      'problem partitions: 1 partition has no leader: orders-0',
    ],
    [
      'a replica behind',
      withTopic({ partitions: [partition({ isr: [1, 2] })] }),
      'warning partitions: 1 partition has a replica that is not in sync: orders-0',
    ],
    [
      'fewer than the least',
      withTopic({ partitions: [partition({ isr: [1] })] }),
      'problem partitions: 1 partition has fewer replicas in sync than min.insync.replicas: orders-0',
    ],
    [
      'one copy',
      withTopic({ partitions: [partition({ replicas: [1], isr: [1] })], minInSync: 1 }),
      'warning replication-factor: 1 topic has a single replica: orders',
    ],
    [
      'a default that cannot be met',
      withBroker3({ config: new Map([['default.replication.factor', '5']]) }),
      'problem replication-factor: default.replication.factor is 5, and 3 brokers are in service',
    ],
    [
      'never acknowledged',
      withTopic({ minInSync: 4 }),
      'problem min-insync-replicas: 1 topic has more min.insync.replicas than replicas: orders',
    ],
    [
      'all or nothing',
      withTopic({ minInSync: 3 }),
      'warning min-insync-replicas: 1 topic needs every replica in sync: orders',
    ],
    [
      'one is enough',
      withTopic({ minInSync: 1 }),
      'warning min-insync-replicas: 1 topic acknowledges acks=all with a single copy in sync: orders',
    ],
    [
      'unclean elections',
      withTopic({ isUnclean: true }),
      'warning unclean-leader-election: unclean.leader.election.enable is true for orders',
    ],
    [
      'leaders elsewhere',
      withTopic({ partitions: [partition({ leader: 2 })] }),
      'warning leader-balance: broker 1 leads 0 of 1 partitions that prefer it',
    ],
    [
      'internal topics with one copy',
      {
        topics: [
          topic({
            ...{ name: '__consumer_offsets', isInternal: true, minInSync: 1 },
            partitions: [partition({ replicas: [1], isr: [1] })],
          }),
        ],
      },
      'warning internal-topics: __consumer_offsets (1): fewer replicas than brokers allow',
    ],
  ])('%s', (_, change, expected) => {
    expect(ills(change)).toContain(expected)
  })

  test('many are counted, a few are named', () => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      partition({ partition: index, leader: null }),
    )
    expect(ills(withTopic({ partitions: many }))[0]).toBe(
      'problem partitions: 1,000 partitions have no leader: orders-0, orders-1, orders-2, orders-3, orders-4 and 995 more',
    )
  })

  test('a single broker is warned of once, not for every topic', () => {
    const single = topic({ partitions: [partition({ replicas: [1], isr: [1] })], minInSync: 1 })
    const only = broker(1, { config: new Map() })
    expect(ills({ brokers: [only], topics: [single], quorum: quorum(voter(1)) })).toEqual([
      'warning replication-factor: there is one broker',
    ])
  })
})

describe('controllers', () => {
  test.each<[string, Readings['quorum'], string]>([
    [
      'one is down',
      quorum(voter(1), voter(2), voter(3, { silentMs: 6_000 })),
      'problem controllers: 1 controller is not heard of: 3',
    ],
    [
      'one is slow',
      quorum(voter(1), voter(2), voter(3, { behindMs: 60_000 })),
      'warning controllers: 1 controller does not keep up: 3',
    ],
    [
      'an even number',
      quorum(voter(1), voter(2)),
      'warning controllers: the number of controllers is even: 2',
    ],
    [
      'one for many',
      quorum(voter(1)),
      'warning controllers: there is one controller for 3 brokers',
    ],
    ['none answers', { unknown: 'nothing listens' }, 'unknown controllers: nothing listens'],
  ])('%s', (_, of, expected) => {
    expect(ills({ quorum: of })).toEqual([expected])
  })
})

describe('storage', () => {
  const disk = (usableBytes: number, isOnline = true): Partial<Readings> =>
    withBroker3({
      directories: [{ path: '/data', isOnline, totalBytes: 100 * GIB, usableBytes }],
    })
  test.each<[string, Partial<Readings>, string]>([
    [
      'little space',
      disk(10 * GIB),
      'warning disk-space: broker 3 has 10.0 GiB of 100 GiB (10 %) left for /data',
    ],
    [
      'hardly any space',
      disk(2 * GIB),
      'problem disk-space: broker 3 has 2.0 GiB of 100 GiB (2 %) left for /data',
    ],
    ['offline', disk(50 * GIB, false), 'problem disk-space: broker 3 cannot use /data'],
    [
      'few files',
      { here: { ...healthy.here, openFiles: 1_024 } },
      'warning open-files: a process started here may open 1,024 files',
    ],
    [
      'a slow disk',
      {
        here: {
          ...healthy.here,
          fsync: {
            ...{ directory: '/data', count: 4, medianMs: 900, worstMs: 1_500 },
            ...{ totalBytes: 1, usableBytes: 1 },
          },
        },
      },
      'problem fsync: an fsync in /data takes 900 ms, at worst 1500 ms of 4',
    ],
    [
      'no directory',
      { here: { ...healthy.here, fsync: { unknown: '/data cannot be written here: EACCES' } } },
      'problem fsync: /data cannot be written here: EACCES',
    ],
  ])('%s', (_, change, expected) => {
    expect(ills(change)).toEqual([expected])
  })
})

describe('what is said beside an illness does not gainsay it', () => {
  const says = (change: Partial<Readings>) =>
    examine({ ...healthy, ...change }).map((one) => one.says)
  const CLAIMS = [
    'min.insync.replicas leaves room for one broker down',
    'leaders are where they are preferred',
  ]
  const claimed = (change: Partial<Readings>) =>
    says(change).filter((text) => CLAIMS.includes(text))

  test('where a broker is out of service', () => {
    const partitions = [partition({ replicas: [3, 1, 2], isr: [1, 2] })]
    const topics = [topic({ partitions })]
    expect(claimed({ topics, brokers: [broker(1), broker(2)] })).toEqual([])
  })

  test('where nobody leads', () => {
    expect(claimed(withTopic({ partitions: [partition({ leader: null, isr: [] })] }))).toEqual([])
  })

  test('where nothing has a copy', () => {
    const partitions = [partition({ replicas: [1], isr: [1] })]
    expect(claimed(withTopic({ partitions, minInSync: 1 }))).toEqual([CLAIMS[1]])
  })

  test('where the controllers have no majority: metadata are as they were then', () => {
    const gone = { reached: { by: 'nobody', why: 'ECONNREFUSED' } } as const
    const findings = ills({
      ...withBroker3(gone),
      ...withTopic({ partitions: [partition({ leader: 3 })] }),
      quorum: { unknown: 'nobody leads', isLost: true },
    })
    expect(findings).toEqual([
      expect.stringContaining('problem advertised-listener: broker 3'),
      'problem controllers: no controller leads: a majority of them is missing',
      'problem partitions: 1 partition has no leader: orders-0',
    ])
  })

  test('where a voter is not heard of since its leader leads', () => {
    expect(
      ills({
        quorum: quorum(voter(1), voter(2), voter(3, { logEndOffset: null, silentMs: 1_200 })),
      }),
    ).toEqual(['problem controllers: 1 controller is not heard of: 3'])
  })
})

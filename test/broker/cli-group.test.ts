// Goal: `lograft group` says what groups do, resets and deletes what nobody is in, and nothing
// else; `lograft consume --group` is a member among others, which goes on where the group was.
// Method: the built command as a process against a node in this one; kafkajs as the other member.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { joinGroup } from '../../src/wire/apis/11-join-group.ts'
import { leaveGroup } from '../../src/wire/apis/13-leave-group.ts'
import { syncGroup } from '../../src/wire/apis/14-sync-group.ts'
import { describeGroups } from '../../src/wire/apis/15-describe-groups.ts'
import { writeSubscription } from '../../src/wire/consumer-protocol.ts'
import { startCluster } from '../../src/index.ts'
import { bytesOf, createTopic, only, produceBatch } from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { Command, run, type CommandResult } from '../support/command.ts'
import { acknowledged } from '../support/embedded.ts'
import { connectKafkajs } from '../support/kafkajs.ts'
import { GroupMember } from '../support/kafkajs-group.ts'
import { LocalNode } from '../support/local-node.ts'
import { eventually } from '../support/within.ts'

const BEGIN_MS = 1_700_000_000_000
const WAIT_MS = 30_000

interface Described {
  readonly state: string
  readonly members: readonly { readonly client: string }[]
  readonly partitions: readonly {
    readonly topic: string
    readonly partition: number
    readonly committedOffset: number | null
    readonly endOffset: number | null
    readonly lag: number | null
    readonly client: string | null
  }[]
}

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start({
    set: { 'offsets.topic.num.partitions': 3, 'group.initial.rebalance.delay.ms': 100 },
  })
  client = await node.connect()
})
afterAll(() => node[Symbol.asyncDispose]())

const lograft = (...args: string[]): Promise<CommandResult> =>
  run(args, { bootstrap: node.address })
const group = (...args: string[]) => lograft('group', ...args)
const jsonOf = <Value>({ stdout }: CommandResult) => JSON.parse(stdout.toString()) as Value
const linesOf = ({ stdout }: { stdout: Buffer }) => stdout.toString().split('\n').slice(0, -1)
const described = async (name: string) =>
  jsonOf<Described[]>(await group('describe', name, '--json'))[0]
const committed = async (name: string) =>
  (await described(name))?.partitions.map((one) => [one.partition, one.committedOffset])

/** Two partitions with so many records each, a second apart. */
async function filled(topic: string, count = 10): Promise<void> {
  await createTopic(client, topic, { partitions: 2 })
  for (const partition of [0, 1]) await append(topic, partition, 0, count)
}

async function append(topic: string, partition: number, from: number, to: number) {
  const records = Array.from({ length: to - from }, (_, index) => ({
    value: bytesOf(`${partition}:${from + index}`),
    timestampMs: BEGIN_MS + (from + index) * 1000,
  }))
  await produceBatch(client, { topic, partition, batch: buildBatch({ records }) })
}

const valuesOf = (from: number, to: number) =>
  [0, 1].flatMap((partition) =>
    Array.from({ length: to - from }, (_, index) => `${partition}:${from + index}`),
  )

const kafka = () => connectKafkajs(`${node.address.host}:${node.address.port}`)

/** A group that has read all and has left. */
async function readBy(groupId: string, topic: string): Promise<void> {
  const { code, stderr } = await lograft('consume', topic, '--group', groupId, '--exit')
  expect(code, stderr).toBe(0)
}

describe('consume --group', () => {
  test('goes on where the group was', async () => {
    await filled('resumed')
    const consume = () => lograft('consume', 'resumed', '--group', 'resuming', '--exit')
    const first = await consume()
    expect([first.code, linesOf(first).sort()]).toEqual([0, valuesOf(0, 10)])
    const nothing = await consume()
    expect([nothing.code, linesOf(nothing)]).toEqual([0, []])
    await append('resumed', 1, 10, 12)
    expect(linesOf(await consume())).toEqual(['1:10', '1:11'])
    expect(await committed('resuming')).toEqual([
      [0, 10],
      [1, 12],
    ])
  })

  test('what --count left unread comes next', async () => {
    await filled('counted')
    const consume = async (...flags: string[]) =>
      linesOf(await lograft('consume', 'counted', '--group', 'counting', ...flags))
    const seen = await consume('--count', '3')
    expect(seen).toHaveLength(3)
    const rest = await consume('--exit')
    expect([...seen, ...rest].sort()).toEqual(valuesOf(0, 10))
  })

  test('--from is for what the group has not read yet', async () => {
    await filled('fresh')
    const consume = (...flags: string[]) =>
      lograft('consume', 'fresh', '--group', 'freshly', '--exit', ...flags)
    const last = await consume('--from', '-2')
    expect(linesOf(last).sort()).toEqual(['0:8', '0:9', '1:8', '1:9'])
    expect(linesOf(await consume('--from', 'beginning'))).toEqual([])
    const contradiction = await consume('--partition', '0')
    expect(contradiction.code).toBe(2)
    expect(contradiction.stderr).toContain('--group and --partition')
  })

  test('shares a topic with kafkajs, and leaves when it is interrupted', async () => {
    await filled('shared')
    await using other = await GroupMember.join(kafka(), { groupId: 'sharing', topic: 'shared' })
    await other.until('both partitions', ({ partitions }) => partitions.length === 2)
    await using command = new Command(['consume', 'shared', '--group', 'sharing'], {
      bootstrap: node.address,
    })
    await other.until('one partition', ({ partitions }) => partitions.length === 1)
    const own = other.partitions[0] === 0 ? 1 : 0
    await command.printed(({ stderr }) => stderr.includes(`partition ${own} of shared`))
    for (const partition of [0, 1]) await append('shared', partition, 10, 20)
    await command.printed(({ stdout }) => stdout.includes(`${own}:19`))
    await other.until('its half', ({ read }) => read.some(({ value }) => value === `${1 - own}:19`))
    const told = await described('sharing')
    expect(told?.state).toBe('Stable')
    expect(told?.partitions.map(({ client: of }) => of).sort()).toEqual([
      ...['conformance', `lograft-consume-${command.child.pid}`],
    ])
    command.child.kill('SIGINT')
    expect((await command.result).code).toBe(0)
    // It has left: nobody waits for its session to end.
    await other.until('both again', ({ partitions }) => partitions.length === 2)
    expect((await committed('sharing'))?.find(([partition]) => partition === own)).toEqual([
      ...[own, 20],
    ])
  })

  test('whoever was put out of its group comes back, and goes on', async () => {
    await filled('returned')
    await using command = new Command(['consume', 'returned', '-g', 'returning'], {
      bootstrap: node.address,
    })
    await command.printed((so) => linesOf(so).length === 20)
    const [told] = jsonOf<{ members: { member: string }[] }[]>(
      await group('describe', 'returning', '--json'),
    )
    const memberId = told?.members[0]?.member ?? ''
    const members = [{ memberId, groupInstanceId: null }]
    const left = await client.request(leaveGroup, 5, { groupId: 'returning', members })
    expect(only(left.members).errorCode).toBe(0)
    await command.printed(({ stderr }) => stderr.split('partitions 0, 1 of returned').length > 2)
    for (const partition of [0, 1]) await append('returned', partition, 10, 12)
    await command.printed((so) => new Set(linesOf(so)).size === 24)
    command.child.kill('SIGINT')
    expect((await command.result).code).toBe(0)
  })

  test('Ctrl-C while it waits to be let in ends it at once, and it has left', async () => {
    await filled('patient')
    const groupId = 'patient'
    // A member that does not join again: the others wait for it.
    const joining = {
      ...{ groupId, memberId: '', protocolType: 'consumer', groupInstanceId: 'silent' },
      ...{ sessionTimeoutMs: 60_000, rebalanceTimeoutMs: 60_000 },
      protocols: [{ name: 'range', metadata: writeSubscription(['patient']) }],
    }
    // From here on there is a coordinator.
    await lograft('consume', 'patient', '-g', groupId, '-e', '--from', 'end')
    const joined = await client.request(joinGroup, 9, joining)
    expect(joined.errorCode).toBe(0)
    const { memberId, generationId } = joined
    const synced = await client.request(syncGroup, 5, {
      ...{ groupId, generationId, memberId, groupInstanceId: 'silent' },
      ...{ protocolType: 'consumer', protocolName: 'range' },
      assignments: [],
    })
    expect(synced.errorCode).toBe(0)
    await using command = new Command(['consume', 'patient', '-g', groupId], {
      bootstrap: node.address,
    })
    const members = async () =>
      only((await client.request(describeGroups, 5, { groups: [groupId] })).groups).members
    await eventually(WAIT_MS, 'two members', async () => (await members()).length === 2)
    command.child.kill('SIGINT')
    expect((await command.result).code).toBe(0)
    expect((await members()).map((one) => one.memberId)).toEqual([memberId])
  })

  test('two of them share, too', async () => {
    await filled('twins')
    const start = () =>
      new Command(['consume', 'twins', '--group', 'twins', '--json'], { bootstrap: node.address })
    await using one = start()
    await one.printed(({ stderr }) => stderr.includes('partitions 0, 1 of twins'))
    await using two = start()
    const half = ({ stderr }: Command) => /partition [01] of twins\n$/.test(stderr)
    await Promise.all([one.printed(half), two.printed(half)])
    one.child.kill('SIGTERM')
    await two.printed(({ stderr }) => /partitions 0, 1 of twins\n$/.test(stderr))
    expect((await one.result).code).toBe(0)
  })
})

test('consume --group outlives its coordinator', async () => {
  const topic = 'outlives'
  await using cluster = await startCluster({
    config: { 'offsets.topic.num.partitions': 1, 'group.initial.rebalance.delay.ms': 100 },
    topics: { [topic]: 2 },
  })
  const produce = async (from: number, to: number) => {
    for (const partition of [0, 1])
      await acknowledged(cluster.bootstrapServers, {
        ...{ topic, partition },
        values: Array.from({ length: to - from }, (_, index) => `${partition}:${from + index}`),
      })
  }
  const consume = (...flags: string[]) =>
    new Command(['consume', topic, '-g', topic, '-b', cluster.bootstrap, ...flags])
  await produce(0, 10)
  await using command = consume()
  await command.printed((so) => linesOf(so).length === 20)
  const coordinator = await cluster.leaderOf('__consumer_offsets', 0)
  await coordinator.kill()
  expect((await cluster.leaderOf('__consumer_offsets', 0)).id).not.toBe(coordinator.id)
  await produce(10, 20)
  await command.printed((so) => new Set(linesOf(so)).size === 40)
  command.child.kill('SIGINT')
  const ended = await command.result
  expect(ended.code, ended.stderr).toBe(0)
  // All of it is committed, with whoever coordinates now.
  await using again = consume('--exit')
  expect(linesOf(await again.result)).toEqual([])
})

describe('list and describe', () => {
  test('a group with members, and one without', async () => {
    await filled('told')
    await readBy('gone', 'told')
    await append('told', 0, 10, 13)
    await using member = await GroupMember.join(kafka(), { groupId: 'there', topic: 'told' })
    await member.hasRead(23)
    expect(jsonOf(await group('list', '--json'))).toEqual(
      expect.arrayContaining([
        {
          ...{ group: 'gone', state: 'Empty', members: 0 },
          protocolType: 'consumer',
          coordinator: 1,
        },
        {
          ...{ group: 'there', state: 'Stable', members: 1 },
          protocolType: 'consumer',
          coordinator: 1,
        },
      ]),
    )
    const stable = await group('list', '--state', 'stable')
    expect(linesOf(stable)[0]).toMatch(/^GROUP +STATE +MEMBERS +COORDINATOR$/)
    expect(linesOf(stable).some((line) => /^there +Stable +1 +1$/.test(line))).toBe(true)
    expect(linesOf(stable).some((line) => line.startsWith('gone'))).toBe(false)

    const both = await group('describe', 'gone', 'there')
    const text = both.stdout.toString()
    expect(text).toContain('gone: Empty, 0 members, coordinator 1, lag 3\n')
    expect(text).toMatch(/^TOPIC +PARTITION +COMMITTED +END +LAG +MEMBER +HOST +CLIENT$/m)
    expect(text).toMatch(/^told +0 +10 +13 +3 +- +- +-$/m)
    expect(text).toMatch(/^there: Stable, RoundRobinAssigner, 1 member, coordinator 1, lag /m)
    expect(text).toMatch(/^told +1 +\S+ +10 +\S+ +conformance-\S+ +127\.0\.0\.1 +conformance$/m)
  })

  test('of groups that nobody knows', async () => {
    const { code, stderr } = await group('describe', 'unheard-of')
    expect([code, stderr]).toEqual([1, expect.stringContaining('there is no group unheard-of')])
    const wrong = await group('list', '--state', 'sleepy')
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('stable')])
  })
})

describe('reset-offsets', () => {
  const reset = (...flags: string[]) => group('reset-offsets', 'resetting', ...flags)
  const all = (offset: number) => [0, 1].map((partition) => [partition, offset])
  beforeAll(async () => {
    await filled('reset')
    await readBy('resetting', 'reset')
  })

  test('says what it would do, and does it only when told to', async () => {
    const plan = await reset('--topic', 'reset', '--to-earliest')
    expect([plan.code, linesOf(plan)]).toEqual([
      0,
      [
        ...['TOPIC  PARTITION  COMMITTED  NEW'],
        ...['reset          0         10    0', 'reset          1         10    0'],
      ],
    ])
    expect(plan.stderr).toContain('--execute')
    expect(await committed('resetting')).toEqual(all(10))
    const done = await reset('--topic', 'reset', '--to-earliest', '--execute', '--json')
    expect([done.code, done.stderr]).toEqual([0, ''])
    expect(jsonOf(done)).toEqual(
      [0, 1].map((partition) => ({
        ...{ topic: 'reset', partition, committedOffset: 10, newOffset: 0, executed: true },
      })),
    )
    expect(await committed('resetting')).toEqual(all(0))
    const again = await lograft('consume', 'reset', '--group', 'resetting', '--exit')
    expect(linesOf(again).sort()).toEqual(valuesOf(0, 10))
  })

  test.each([
    [['--to-latest'], [10, 10]],
    [
      ['--to-offset', '4'],
      [4, 4],
    ],
    [
      ['--to-datetime', '2023-11-14T22:13:27Z'],
      [7, 7],
    ],
    [
      ['--to-datetime', '2033-01-01'],
      [10, 10],
    ],
    [
      ['--by-duration', 'P1000W'],
      [0, 0],
    ],
    [
      ['--by-duration', 'PT1H'],
      [10, 10],
    ],
    [
      ['--shift-by', '-3'],
      [7, 7],
    ],
    [
      ['--shift-by', '-30'],
      [0, 0],
    ],
    [
      ['--to-offset', '5000'],
      [10, 10],
    ],
  ])('%j', async (flags, expected) => {
    await reset('--all-topics', '--to-latest', '--execute')
    const { code, stderr } = await reset('--all-topics', ...flags, '--execute')
    expect(code, stderr).toBe(0)
    expect((await committed('resetting'))?.map(([, offset]) => offset)).toEqual(expected)
    if (/30|5000/.test(flags[1] ?? '') && flags[0] !== '--to-datetime')
      expect(stderr).toContain('holds offsets 0 to 10 (exclusive)')
  })

  test('of some partitions, and of a group that has committed nothing yet', async () => {
    const fresh = (...flags: string[]) => group('reset-offsets', 'fresh', '--execute', ...flags)
    const made = await fresh('--topic', 'reset:1', '--to-offset', '6')
    expect([made.code, made.stderr]).toEqual([0, 'lograft: group fresh was not there: made\n'])
    expect(linesOf(made)[0]).toBe('TOPIC  PARTITION  BEFORE  NOW')
    expect(await committed('fresh')).toEqual([[1, 6]])
    const misspelt = await group('reset-offsets', 'fressh', '--topic', 'reset', '--to-latest')
    expect(misspelt.stderr).toContain('there is no group fressh; did you mean fresh?')
    const unknown = await group('reset-offsets', 'fressh', '--all-topics', '--to-latest')
    expect([unknown.code, unknown.stdout.toString()]).toEqual([1, ''])
    const nothing = await fresh('--topic', 'reset:0', '--shift-by', '1')
    expect([nothing.code, nothing.stderr]).toEqual([
      2,
      expect.stringContaining('nothing is committed'),
    ])
    const far = await fresh('--topic', 'reset:7', '--to-latest')
    expect([far.code, far.stderr]).toEqual([2, expect.stringContaining('2 partitions')])
  })

  test.each([
    [['--all-topics'], 'say where to, once'],
    [['--all-topics', '--to-earliest', '--to-latest'], 'say where to, once'],
    [['--to-earliest'], 'either --topic or --all-topics'],
    [['--topic', 'reset', '--all-topics', '--to-earliest'], 'either --topic or --all-topics'],
    [['--all-topics', '--by-duration', 'P1Y'], 'Expected a duration'],
    [['--all-topics', '--to-datetime', 'yesterday'], 'Expected a time'],
  ])('%j is a usage error', async (flags, told) => {
    const { code, stderr } = await reset(...flags)
    expect([code, stderr]).toEqual([2, expect.stringContaining(told)])
  })

  test('not under the feet of members; nor is their group deleted', async () => {
    await filled('busy')
    await using member = await GroupMember.join(kafka(), { groupId: 'busy', topic: 'busy' })
    await member.hasRead(20)
    const refused = await group(
      'reset-offsets',
      'busy',
      '--all-topics',
      '--to-earliest',
      '--execute',
    )
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('group busy has 1 member, which would not hear of it')
    const kept = await group('delete', 'busy')
    expect([kept.code, kept.stderr]).toEqual([
      ...[1, 'lograft: group busy has members: stop them first\n'],
    ])
  })
})

test('delete: with all that was committed; goes on behind one that is not there', async () => {
  await filled('deleted')
  await readBy('doomed', 'deleted')
  const { code, stdout, stderr } = await group('delete', 'doomd', 'doomed')
  expect([code, stdout.toString()]).toEqual([1, 'deleted doomed\n'])
  expect(stderr).toBe('lograft: there is no group doomd; did you mean doomed?\n')
  expect((await group('describe', 'doomed')).code).toBe(1)
})

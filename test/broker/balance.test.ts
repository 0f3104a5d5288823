/**
 * Goal: a cluster that grows is evened out by one command, under load and within a throttle; the
 * command may be killed or interrupted at any time, goes on where it was, and can put every replica
 * back exactly where it was. Nothing acknowledged is lost, and no throttle stays behind.
 * Method: four brokers as processes, the fourth added later, and the command as a process of its
 * own; what is where is asked of the brokers, not of the command.
 */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { listPartitionReassignments } from '../../src/wire/apis/46-list-partition-reassignments.ts'
import { AcknowledgedLoad } from '../support/acknowledged-load.ts'
import { createTopic, topicMetadata } from '../support/calls.ts'
import { Client, type Address } from '../support/client.ts'
import { Command, run } from '../support/command.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { eventually } from '../support/within.ts'

const TOPIC = 'orders'
const PARTITIONS = 12
const WAIT_MS = 60_000
const TEST_MS = 180_000
const RECORDS = 9_000
const RECORD_BYTES = 1_000
/** So slow that there is time to be killed in; so fast that there is no time to wait. */
const SLOW = ['--throttle', '500KB']
const FAST = ['--throttle', '100MB']

let directory: TempDir
let cluster: ProcessCluster
let original: readonly string[]

const bootstrap = () => cluster.node(1).address
const file = (name: string) => join(directory.path, name)
const move = (...args: readonly string[]) => ['partition', 'balance', '--yes', ...args]

async function ask<Value>(question: (client: Client) => Promise<Value>): Promise<Value> {
  await using client = await Client.connect(bootstrap())
  return await question(client)
}

async function partitions() {
  const { partitions: found } = await ask((client) => topicMetadata(client, TOPIC))
  return [...found].sort((a, b) => a.partitionIndex - b.partitionIndex)
}

/** Of every partition its replicas, in order. */
const places = async () => (await partitions()).map(({ replicaNodes }) => replicaNodes.join())

async function underWay(): Promise<number> {
  const request = { timeoutMs: WAIT_MS, topics: null }
  const { topics } = await ask((client) => client.request(listPartitionReassignments, 0, request))
  return topics.reduce((sum, { partitions: of }) => sum + of.length, 0)
}

const untilUnderWay = () => eventually(WAIT_MS, 'a move', async () => (await underWay()) > 0)
const untilIdle = () => eventually(WAIT_MS, 'no move', async () => (await underWay()) === 0)

/** How often each broker is in a place of all replicas, or leads. */
async function counts() {
  const found = await partitions()
  const ids = [1, 2, 3, 4]
  const times = (list: readonly number[], id: number) => list.filter((each) => each === id).length
  const replicas = found.flatMap(({ replicaNodes }) => replicaNodes)
  const leaders = found.map(({ leaderId }) => leaderId)
  return {
    replicas: ids.map((id) => times(replicas, id)),
    leaders: ids.map((id) => times(leaders, id)),
  }
}

/** What the topic has on the lists of a throttle. */
async function throttled(): Promise<readonly string[]> {
  const { stdout, stderr } = await run(['topic', 'describe', TOPIC, '--json'], {
    bootstrap: bootstrap(),
  })
  expect(stderr).toBe('')
  const [{ configs }] = JSON.parse(stdout.toString()) as [{ configs: { name: string }[] }]
  return configs.map(({ name }) => name).filter((name) => name.includes('throttled'))
}

beforeAll(async () => {
  directory = await tempDir('balance')
  cluster = await ProcessCluster.open({ directory: directory.path, voters: 3, spares: 1 })
  await cluster.startAll()
  await ask((client) =>
    createTopic(client, TOPIC, { partitions: PARTITIONS, replicationFactor: 3 }),
  )
  const { code } = await run(['produce', TOPIC], { bootstrap: bootstrap(), input: lines(RECORDS) })
  expect(code).toBe(0)
  await cluster.join(4)
  original = await places()
}, TEST_MS)

afterAll(async () => {
  await cluster[Symbol.asyncDispose]()
  await directory[Symbol.asyncDispose]()
})

function lines(count: number): string {
  const fill = 'x'.repeat(RECORD_BYTES)
  return Array.from({ length: count }, (_, number) => `${number} ${fill}\n`).join('')
}

/** Starts a command and ends it by a signal once something moves. */
async function cutShort(args: readonly string[], signal: 'SIGKILL' | 'SIGINT') {
  await using command = new Command(args, { bootstrap: bootstrap() })
  await untilUnderWay()
  command.child.kill(signal)
  return await command.result
}

const finish = (...args: readonly string[]) => run(args, { bootstrap: bootstrap() })

describe('a cluster that has grown from three brokers to four', () => {
  test('is shown what would move, and nothing moves without --yes', async () => {
    for (const flags of [[], ['--yes', '--dry-run']]) {
      const { code, stdout } = await finish('partition', 'balance', ...flags)
      expect(code).toBe(0)
      expect(stdout.toString()).toContain('broker 4 holds 0, broker 1 holds 12 replicas; 9 is fair')
    }
    expect(await places()).toEqual(original)
  })

  test(
    'is evened out under load, by a command that is killed on the way',
    { timeout: TEST_MS },
    async () => {
      const load = await AcknowledgedLoad.start(
        { bootstrapServers: [1, 2, 3].map((id) => print(cluster.node(id).address)) },
        { topic: TOPIC, partitions: PARTITIONS },
      )
      try {
        const plan = file('killed.json')
        await cutShort(move('--plan', plan, ...SLOW), 'SIGKILL')
        expect(await throttled()).toHaveLength(2)
        const again = await finish(...move('--plan', plan))
        expect(again.stderr).toContain('is there already: --resume goes on')
        const { code, stdout } = await finish(
          'partition',
          'balance',
          '--resume',
          '--plan',
          plan,
          ...FAST,
        )
        expect(stdout.toString()).toMatch(/^\d+ moves done in/)
        expect(code).toBe(0)
        await load.rounds(2)
      } finally {
        await load.stop()
      }
      expect(await counts()).toEqual({ replicas: [9, 9, 9, 9], leaders: [3, 3, 3, 3] })
      expect(await throttled()).toEqual([])
      const leaderOf = async (_: string, index: number) =>
        cluster.node((await partitions())[index]?.leaderId ?? 1).address
      expect(await load.verify({ leaderOf })).toBeGreaterThan(PARTITIONS)
    },
  )

  test('has nothing left to move', async () => {
    const { stdout } = await finish(...move('--plan', file('nothing.json')))
    expect(stdout.toString()).toContain('There is nothing to move.')
  })

  test(
    'gets every replica back, by a command that is interrupted',
    { timeout: TEST_MS },
    async () => {
      const back = ['partition', 'balance', '--cancel', '--plan', file('killed.json')]
      const { code, stderr } = await cutShort([...back, ...SLOW], 'SIGINT')
      expect(code).toBe(130)
      expect(stderr).toContain(`lograft partition balance --cancel --plan ${file('killed.json')}`)
      expect((await finish(...back, ...FAST)).code).toBe(0)
      expect(await places()).toEqual(original)
      expect(await throttled()).toEqual([])
    },
  )

  test('gets every replica back in the middle of moving', { timeout: TEST_MS }, async () => {
    const plan = file('cancelled.json')
    await cutShort(move('--plan', plan, ...SLOW), 'SIGKILL')
    const { code } = await finish('partition', 'balance', '--cancel', '--plan', plan, ...FAST)
    expect(code).toBe(0)
    expect(await underWay()).toBe(0)
    expect(await places()).toEqual(original)
    expect(await throttled()).toEqual([])
  })

  test('is freed of a throttle whose plan was lost', { timeout: TEST_MS }, async () => {
    const plan = file('lost.json')
    await cutShort(move('--plan', plan, '--throttle', '2MB'), 'SIGKILL')
    expect(existsSync(plan)).toBe(true)
    rmSync(plan)
    await untilIdle()
    expect(await throttled()).toHaveLength(2)
    const { code, stderr } = await finish(...move('--plan', file('mended.json'), ...FAST))
    expect(stderr).toContain('a throttle was left behind')
    expect(code).toBe(0)
    expect(await throttled()).toEqual([])
    expect((await counts()).replicas).toEqual([9, 9, 9, 9])
  })

  test('drains the broker again', { timeout: TEST_MS }, async () => {
    const { code } = await finish('broker', 'drain', '4', '--yes', '--plan', file('drain.json'))
    expect(code).toBe(0)
    expect((await counts()).replicas).toEqual([12, 12, 12, 0])
    const tooMany = await finish('broker', 'drain', '3', '--yes', '--plan', file('refused.json'))
    expect(tooMany.code).toBe(0)
    const none = await finish('broker', 'drain', '9')
    expect(none).toMatchObject({ code: 1, stderr: 'lograft: there is no broker 9\n' })
  })

  test('goes on without a topic that was deleted meanwhile', { timeout: TEST_MS }, async () => {
    await ask((client) => createTopic(client, 'passing', { partitions: 4, replicationFactor: 3 }))
    await run(['produce', 'passing'], { bootstrap: bootstrap(), input: lines(3_000) })
    const plan = file('passing.json')
    await cutShort(['broker', 'drain', '4', '--yes', '--plan', plan, ...SLOW], 'SIGKILL')
    expect((await finish('topic', 'delete', 'passing', '--yes')).code).toBe(0)
    const resumed = await finish('partition', 'balance', '--resume', '--plan', plan, ...FAST)
    expect(resumed.stderr).toContain('it was deleted')
    expect(resumed.stderr).not.toContain('What was begun')
    expect(resumed.code).toBe(1)
    const { stderr } = await finish(...move('--plan', file('after.json')))
    expect(stderr).not.toContain('a throttle was left behind')
  })
})

const print = ({ host, port }: Address) => `${host}:${port}`

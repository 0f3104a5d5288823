// Goal: a cluster in one process is one that its user can rely on: ready when it says so, whole
// after everything its handles can do to it, and its waits say what they saw. Method: kafkajs
// produces with acks=all; what it was acknowledged is read back from whoever leads.
import { readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Cluster, StartClusterOptions, TopicOptions } from '../../../src/index.ts'
import { startCluster } from '../../../src/index.ts'
import { acknowledged, valuesIn } from '../../support/embedded.ts'
import { tempDir } from '../../support/temp-dir.ts'

let cluster: Cluster | null = null
afterEach(async () => {
  await cluster?.stop()
  cluster = null
})

async function started(options: StartClusterOptions = {}): Promise<Cluster> {
  return (cluster = await startCluster(options))
}

describe('what is acknowledged', () => {
  test('is there from the first moment, in every partition', async () => {
    const { bootstrapServers } = await started({ topics: { orders: 4 } })
    for (const partition of [0, 1, 2, 3])
      await acknowledged(bootstrapServers, { topic: 'orders', partition, values: ['a', 'b'] })
    for (const partition of [0, 1, 2, 3])
      expect(await valuesIn(cluster, { topic: 'orders', partition })).toEqual(['a', 'b'])
  })

  test('outlives the kill of its leader, and of all brokers at once', async () => {
    const { bootstrapServers, brokers } = await started({ topics: { orders: 1 } })
    const orders = { topic: 'orders', partition: 0 }
    await acknowledged(bootstrapServers, { ...orders, values: ['a'] })
    const first = await cluster!.leaderOf('orders', 0)
    await first.kill()
    const second = await cluster!.leaderOf('orders', 0)
    expect(second.id).not.toBe(first.id)
    await acknowledged(bootstrapServers, { ...orders, values: ['b'] })
    expect(await valuesIn(cluster, orders)).toEqual(['a', 'b'])

    await Promise.all(brokers.map((broker) => broker.kill()))
    await Promise.all(brokers.map((broker) => broker.restart()))
    await cluster!.caughtUp()
    expect(await valuesIn(cluster, orders)).toEqual(['a', 'b'])
  })

  test('is served again by the next cluster in its directory', async () => {
    await using directory = await tempDir('embed')
    const options = { brokers: 3, directory: directory.path }
    const orders = { topic: 'orders', partition: 0 }
    const before = await started({ ...options, topics: { orders: 1 } })
    await acknowledged(before.bootstrapServers, { ...orders, values: ['a'] })
    await before.stop()
    await started(options)
    await cluster!.caughtUp('orders')
    expect(await valuesIn(cluster, orders)).toEqual(['a'])
  })
})

describe('a topic that its directory has already', () => {
  test('is served as it is; one that differs is refused, by what differs', async () => {
    await using directory = await tempDir('embed')
    const options = { brokers: 1, directory: directory.path }
    const config = { 'retention.ms': 60_000 }
    const orders = { partitions: 2, replicationFactor: 1, config }
    await (await started({ ...options, topics: { orders } })).stop()
    await (await started({ ...options, topics: { orders, later: 1 } })).stop()
    await (await started({ ...options, topics: { orders: 2, later: {} } })).stop()
    const differs = (topic: number | TopicOptions) =>
      startCluster({ ...options, topics: { orders: topic } })
    await expect(differs(3)).rejects.toMatchObject({
      code: 'TOPIC_DIFFERS',
      message: expect.stringContaining('orders has partitions 2, not 3') as string,
    })
    await expect(differs({ replicationFactor: 3 })).rejects.toThrow('replicationFactor 1, not 3')
    await expect(differs({ config: { 'retention.ms': 1 } })).rejects.toThrow(
      'orders has retention.ms 60000, not 1',
    )
    await started({ ...options, topics: { orders } })
    await expect(cluster!.createTopic('orders', orders)).rejects.toMatchObject({
      code: 'TOPIC_ALREADY_EXISTS',
    })
  })
})

describe('a directory of another number of brokers', () => {
  test('is refused at once, with what it holds', async () => {
    await using directory = await tempDir('embed')
    const options = { brokers: 1, directory: directory.path }
    await (await started(options)).stop()
    await expect(startCluster({ ...options, brokers: 3 })).rejects.toMatchObject({
      code: 'DIRECTORY_FOREIGN',
      message: expect.stringContaining('holds a cluster of 1 broker, not 3') as string,
    })
    expect(readdirSync(directory.path)).toEqual(['1'])
    renameSync(join(directory.path, '1'), join(directory.path, '2'))
    await expect(startCluster(options)).rejects.toThrow(
      'holds brokers 2 of a cluster of at least 2',
    )
  })
})

describe('brokers', () => {
  test('keep their addresses when they are restarted', async () => {
    const { bootstrap, brokers } = await started()
    const addresses = brokers.map(({ address, grpcAddress }) => [address, grpcAddress])
    await brokers[0]!.restart()
    await brokers[1]!.stop()
    expect(brokers.map(({ isRunning }) => isRunning)).toEqual([true, false, true])
    await brokers[1]!.restart()
    expect(brokers.map(({ address, grpcAddress }) => [address, grpcAddress])).toEqual(addresses)
    expect(cluster!.bootstrap).toBe(bootstrap)
    await cluster!.caughtUp()
  })

  test('hand over what they lead when they are stopped, the controller too', async () => {
    await started({ topics: { orders: 3 } })
    const stopped = await cluster!.controller()
    await stopped.stop()
    const next = await cluster!.controller()
    expect(next.id).not.toBe(stopped.id)
    for (const partition of [0, 1, 2]) {
      const isr = await cluster!.isr('orders', partition, 2)
      expect(isr).not.toContain(stopped.id)
      expect(isr).toContain((await cluster!.leaderOf('orders', partition)).id)
    }
  })

  test('restarted twice at once live once', async () => {
    await started({ brokers: 1 })
    const broker = cluster!.broker(1)
    await Promise.all([broker.restart(), broker.restart()])
    expect((await cluster!.controller()).isRunning).toBe(true)
  })

  test('beyond the controllers are brokers only', async () => {
    await started({ brokers: 4, topics: { orders: { partitions: 4, replicationFactor: 4 } } })
    expect(await cluster!.isr('orders', 3, 4)).toHaveLength(4)
    await cluster!.broker(4).kill()
    await cluster!.isr('orders', 3, [1, 2, 3])
    await cluster!.broker(4).restart()
    await cluster!.caughtUp()
  })
})

describe('links', () => {
  const quick = { 'broker.session.timeout.ms': 1_500, 'broker.heartbeat.interval.ms': 300 }

  test('a leader that is cut off is replaced, and comes back when they heal', async () => {
    await started({ links: true, config: quick, topics: { orders: 1 } })
    const orders = { topic: 'orders', partition: 0 }
    const old = await cluster!.leaderOf('orders', 0)
    cluster!.isolate(old)
    await cluster!.isr('orders', 0, (isr) => !isr.includes(old.id))
    const next = await cluster!.leaderOf('orders', 0)
    expect(next.id).not.toBe(old.id)
    await acknowledged([next.address], { ...orders, values: ['a'] })
    await cluster!.heal()
    await cluster!.caughtUp()
    expect(await cluster!.isr('orders', 0)).toHaveLength(3)
    expect(await valuesIn(cluster, orders)).toEqual(['a'])
  })

  test('a follower that is cut off from its leader leaves the ISR, and returns', async () => {
    const config = { 'replica.lag.time.max.ms': 500 }
    await started({ links: true, config, topics: { orders: 1 } })
    const [leader, controller] = [await cluster!.leaderOf('orders', 0), await cluster!.controller()]
    // A leader that cannot reach the controller would be replaced instead.
    const follower = cluster!.brokers.find(({ id }) => id !== leader.id && id !== controller.id)!
    cluster!.cut(leader, follower)
    await cluster!.isr('orders', 0, (isr) => !isr.includes(follower.id))
    await cluster!.heal()
    await cluster!.caughtUp('orders')
  })
})

describe('waits', () => {
  test('end in an error that says what was seen', async () => {
    await started({ topics: { orders: 1 } })
    const timeoutMs = 100
    await expect(cluster!.leaderOf('payments', 0, { timeoutMs })).rejects.toThrow(
      'no leader of payments-0 within 100 ms: there is no topic payments; broker 1 running',
    )
    await expect(cluster!.leaderOf('orders', 7, { timeoutMs })).rejects.toThrow(
      'orders has 1 partitions',
    )
    await expect(cluster!.isr('orders', 0, [1], { timeoutMs })).rejects.toMatchObject({
      code: 'TIMED_OUT',
      message: expect.stringMatching(
        /the ISR of orders-0 is not 1 within 100 ms: orders-0: \d leads, in sync .* of .*; broker 1/,
      ) as string,
    })
    await cluster!.broker(2).kill()
    await expect(cluster!.caughtUp('orders', { timeoutMs })).rejects.toThrow(
      /not all replicas of orders are in sync within 100 ms: .*broker 2 not running/,
    )
    await Promise.all([cluster!.broker(1).kill(), cluster!.broker(3).kill()])
    await expect(cluster!.controller({ timeoutMs })).rejects.toThrow('no active controller')
  })

  test('end when the cluster is stopped', async () => {
    await started()
    const waiting = expect(cluster!.leaderOf('never', 0)).rejects.toMatchObject({ code: 'STOPPED' })
    await cluster!.stop()
    await waiting
    await expect(cluster!.broker(1).restart()).rejects.toMatchObject({ code: 'STOPPED' })
  })
})

describe('what cannot be', () => {
  /** As somebody without a compiler gives it. */
  const unfit = (options: object) => options as StartClusterOptions

  test.each<[string, StartClusterOptions, string]>([
    ['no brokers', { brokers: 0 }, 'brokers: a number from 1 to 20, not 0'],
    ['what the cluster decides', { config: { 'log.dirs': '/x' } }, 'use the option `directory`'],
    ['a property nobody knows', { config: { 'log.retention': 1 } }, 'log.retention'],
    ['a topic nobody can name', { topics: { 'a/b': 1 } }, 'a/b'],
    ['a list of topics', unfit({ topics: ['a'] }), 'topics: partitions by name'],
    ['a topic that is a text', unfit({ topics: { a: '1' } }), 'topics.a: a number of partitions'],
    ['an option of topics nobody knows', unfit({ topics: { a: { partition: 1 } } }), 'partitions?'],
    ['an option nobody knows', unfit({ broker: 1 }), 'no option broker; did you mean brokers?'],
    ['a level nobody knows', unfit({ log: 'loud' }), 'log: one of fatal, error, warn, info'],
    ['a directory without a name', { directory: '' }, 'directory: the path of a directory'],
  ])('%s is refused', async (_, options, text) => {
    await expect(startCluster(options)).rejects.toThrow(text)
  })

  test('is said, with what would make it possible', async () => {
    await started({ brokers: 1 })
    expect(() => cluster!.broker(1).pause()).toThrow('processes: true')
    expect(() => cluster!.cut(1, 1)).toThrow('links: true')
    expect(() => cluster!.broker(2)).toThrow('there is no broker 2, only 1')
  })
})

// Goal: a cluster of processes is the same cluster: real kills, pauses and restarts are survived,
// nothing acknowledged is lost, and no process or file is left, however its user ends. Method: the
// built package, since a process runs nothing else; one cluster for several tests, as it is slow.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Embed from '../../../src/index.ts'
import { acknowledged, valuesIn } from '../../support/embedded.ts'
import { tempDir, type TempDir } from '../../support/temp-dir.ts'
import { eventually } from '../../support/within.ts'

const PACKAGE = new URL('../../../dist/index.js', import.meta.url).href
const { startCluster } = (await import(PACKAGE)) as typeof Embed
const orders = { topic: 'orders', partition: 0 }
const quick = { 'broker.session.timeout.ms': 1_500, 'broker.heartbeat.interval.ms': 300 }

let temporary: TempDir
let cluster: Embed.Cluster
beforeAll(async () => {
  temporary = await tempDir('embed')
  // Here clusters keep their data, and nobody else.
  process.env['TMPDIR'] = temporary.path
  cluster = await startCluster({ processes: true, config: quick, topics: { orders: 1 } })
})
afterAll(async () => {
  await cluster.stop()
  await temporary[Symbol.asyncDispose]()
})

test('every broker has a process, and keeps its place when it is another one', async () => {
  const pids = cluster.brokers.map(({ pid }) => pid)
  expect(new Set([...pids, process.pid]).size).toBe(4)
  const broker = cluster.broker(2)
  const { address } = broker
  await broker.restart()
  expect(broker.pid).not.toBe(pids[1])
  expect(broker.address).toBe(address)
  await cluster.caughtUp()
})

test('what is acknowledged outlives kill -9 of its leader', async () => {
  await acknowledged(cluster.bootstrapServers, { ...orders, values: ['a'] })
  const first = await cluster.leaderOf('orders', 0)
  await first.kill()
  expect([first.isRunning, first.pid, first.failure]).toEqual([false, null, null])
  expect((await cluster.leaderOf('orders', 0)).id).not.toBe(first.id)
  await acknowledged(cluster.bootstrapServers, { ...orders, values: ['b'] })
  await first.restart()
  await cluster.caughtUp()
  expect(await valuesIn(cluster, orders)).toEqual(['a', 'b'])
})

test('a leader that sleeps is replaced, and joins again when it wakes up', async () => {
  const sleeper = await cluster.leaderOf('orders', 0)
  sleeper.pause()
  await cluster.isr('orders', 0, (isr) => !isr.includes(sleeper.id))
  expect((await cluster.leaderOf('orders', 0)).id).not.toBe(sleeper.id)
  sleeper.resume()
  await cluster.caughtUp()
})

test('one that ends unasked says how, and can be restarted', async () => {
  const broker = await cluster.leaderOf('orders', 0)
  process.kill(broker.pid!, 'SIGKILL')
  await cluster.isr('orders', 0, (isr) => !isr.includes(broker.id))
  expect(broker.failure?.message).toBe('its process ended by SIGKILL')
  await broker.restart()
  expect(broker.failure).toBe(null)
  await cluster.caughtUp()
})

test('a broker that cannot start says why', async () => {
  const config = { 'broker.heartbeat.interval.ms': 9_000 }
  await expect(startCluster({ processes: true, config })).rejects.toThrow(
    'broker.heartbeat.interval.ms must be less than broker.session.timeout.ms',
  )
})

test('no process and no directory is left by a cluster that is stopped', async () => {
  const before = readdirSync(temporary.path)
  const other = await startCluster({ processes: true, brokers: 2 })
  const pids = other.brokers.map(({ pid }) => pid!)
  other.broker(1).pause()
  await other.stop()
  expect(pids.filter(runs)).toEqual([])
  expect(readdirSync(temporary.path)).toEqual(before)
})

test('no process outlives its user, who is killed', async () => {
  const program = `
    const { startCluster } = await import(${JSON.stringify(PACKAGE)})
    const cluster = await startCluster({ processes: true, brokers: 2 })
    console.log(cluster.brokers.map(({ pid }) => pid).join())`
  const user = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let pids: readonly number[] = []
  for await (const line of createInterface({ input: user.stdout })) {
    pids = line.split(',').map(Number)
    user.kill('SIGKILL')
  }
  expect(pids).toHaveLength(2)
  await eventually(30_000, 'the end of its brokers', () => !pids.some(runs))
})

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

// Goal: a cluster that runs is hurt as far as it was said how, and nobody of it is ended with the
// run. Method: a broker that this test starts, of which the target knows what a user would tell it:
// an address, a process, and a command.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProcessNode } from '../../../src/chaos/cluster/process-node.ts'
import { RunningCluster } from '../../../src/chaos/cluster/running-cluster.ts'
import type { NodeNews } from '../../../src/chaos/cluster/target.ts'
import { whyNot } from '../../../src/chaos/workloads/table.ts'
import type { HostPort } from '../../../src/config/addresses.ts'
import { HeldPort } from '../../../src/host/held-port.ts'
import { metadata } from '../../../src/wire/apis/03-metadata.ts'
import { Client } from '../../support/client.ts'
import { eventually } from '../../support/within.ts'

const MAIN = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'lograft-running-'))
const data = join(directory, 'data')
let held: HeldPort
let address: HostPort
let first: ProcessNode
/** Of brokers that commands started: they are this test's to end. */
const started: number[] = []

beforeAll(async () => {
  held = await HeldPort.take()
  address = { host: '127.0.0.1', port: held.port }
  first = await ProcessNode.start({ directory: data, set: { listeners: listener() } })
})
afterAll(async () => {
  for (const pid of started)
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended.
    }
  await first[Symbol.asyncDispose]()
  await held[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
})

const listener = () => `PLAINTEXT://127.0.0.1:${held.port}`
const command = () =>
  `exec ${process.execPath} ${MAIN} start --set node.id={id} --set log.dirs=${data} ` +
  `--set listeners=${listener()} --set grpc.listener=127.0.0.1:0 --set http.listener=127.0.0.1:0`

async function answers(): Promise<boolean> {
  await using client = await Client.connect(address)
  const { brokers } = await client.request(metadata, 9, {
    topics: [],
    allowAutoTopicCreation: false,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: false,
  })
  return brokers.length === 1
}

function isAlive(pid: number | null): boolean {
  try {
    return pid !== null && process.kill(pid, 0)
  } catch {
    return false
  }
}

/** The target, and what is told of its node. */
async function opened(pid: number | null, start?: string) {
  const target = await RunningCluster.open({
    ...{ bootstrap: [address], directory: join(directory, 'printed') },
    ...(pid === null ? {} : { pids: new Map([[1, pid]]) }),
    ...(start === undefined ? {} : { start }),
  })
  const news: NodeNews[] = []
  target.onNews((one) => news.push(one))
  return { target, news }
}

test('of an address alone, everything is seen and nothing can be hurt', async () => {
  const { target } = await opened(null)
  expect(target.nodes).toMatchObject([{ id: 1, kafka: address, pid: null, isRunning: true }])
  expect([...target.capabilities]).toEqual([])
  expect(target.missing('signals')).toContain('--pid')
  expect(whyNot('metadata', target)).toContain('protocol')
  expect(whyNot('groups', target)).toBeNull()
  await expect(target.signal(1, 'SIGKILL')).rejects.toThrow('--pid 1=PID')
  await target[Symbol.asyncDispose]()
})

test('a process that is not there is told before anything is done', async () => {
  await expect(opened(0x3fff_ffff)).rejects.toThrow('there is no such process')
})

test('whoever is paused goes on when the run ends, and is not ended', async () => {
  const { target, news } = await opened(first.pid)
  expect([...target.capabilities]).toEqual(['signals'])
  await target.signal(1, 'SIGSTOP')
  expect(target.node(1)).toMatchObject({ isRunning: true, isPaused: true })
  await target[Symbol.asyncDispose]()
  expect(await answers()).toBe(true)
  expect(news).toMatchObject([{ what: 'paused' }])
})

test('whoever is killed is started again by the command, and outlives the run', async () => {
  const { target, news } = await opened(first.pid, command())
  await target.signal(1, 'SIGKILL')
  expect(target.node(1)).toMatchObject({ isRunning: false, pid: null })
  await target.heal()
  const { pid } = target.node(1)
  started.push(pid ?? 0)
  expect(isAlive(pid)).toBe(true)
  expect(pid).not.toBe(first.pid)
  await target.signal(1, 'SIGTERM')
  await target.start(1)
  const again = target.node(1).pid
  started.push(again ?? 0)
  expect(again).not.toBe(pid)
  await target[Symbol.asyncDispose]()
  expect(await answers()).toBe(true)
  const told = news.map(({ what }) => what)
  const life = ['ended', 'started', 'serves']
  expect(told).toEqual([...life, 'told to end', ...life])
  expect(news.some(({ isUnasked }) => isUnasked)).toBe(false)
})

test('a command that goes away says which process it has left', async () => {
  const { target, news } = await opened(started.at(-1) ?? 0, `(${command()}) & echo $!`)
  await target.signal(1, 'SIGKILL')
  await target.start(1)
  const { pid } = target.node(1)
  started.push(pid ?? 0)
  expect(isAlive(pid)).toBe(true)
  process.kill(pid ?? 0, 'SIGKILL')
  await eventually(10_000, 'the news', () => news.some(({ isUnasked }) => isUnasked))
  await target[Symbol.asyncDispose]()
})

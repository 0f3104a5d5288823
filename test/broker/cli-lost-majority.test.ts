/**
 * Goal: nobody takes a cluster's majority away without having been told, and when it is lost every
 * command that looks says so, and what to do, and ends.
 * Method: three real processes, one of them killed, later a second one; the built command as a
 * child process.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatHostPort } from '../../src/config/addresses.ts'
import { run } from '../support/command.ts'
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

let directory: TempDir
let cluster: ProcessCluster
let alive: number
let others: readonly number[]

beforeAll(async () => {
  directory = await tempDir('lost-majority')
  cluster = await ProcessCluster.start({ directory: directory.path, voters: 3 })
  const { stdout } = await grpc(1, 'quorum', 'status', '--json')
  const { leaderId } = JSON.parse(stdout) as { readonly leaderId: number }
  others = [1, 2, 3].filter((nodeId) => nodeId !== leaderId)
  alive = leaderId
}, 120_000)

afterAll(async () => {
  await cluster[Symbol.asyncDispose]()
  await directory[Symbol.asyncDispose]()
})

async function lograft(...args: readonly string[]) {
  const { code, stdout, stderr } = await run(args)
  return { code, stdout: stdout.toString(), stderr }
}

async function grpc(nodeId: number, ...args: readonly string[]) {
  return lograft(...args, '--grpc', formatHostPort(await cluster.node(nodeId).grpc))
}

const kafka = (...args: readonly string[]) =>
  lograft(...args, '-b', formatHostPort(cluster.node(alive).address))

test('with all there, a shutdown says what is left without it', async () => {
  const [second = 0] = others
  const { code, stdout, stderr } = await grpc(alive, 'broker', 'shutdown', `${second}`, '--dry-run')
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toBe(
    `without broker ${second} there are 2 of 3 controllers, where 2 are a majority, ` +
      '0 partitions more without a leader, 0 partitions more below min.insync.replicas\n' +
      'it could be done; nothing is changed: a dry run\n',
  )
})

test('with one gone, the shutdown of another is refused, in a dry run, too', async () => {
  const [second = 0, third = 0] = others
  expect((await kafka('topic', 'create', 'orders', '--partitions', '3')).code).toBe(0)
  await cluster.kill(third)
  for (const more of [[], ['--dry-run'], ['--yes']]) {
    const asked = () => grpc(alive, 'broker', 'shutdown', `${second}`, ...more)
    // The leader hears of everybody several times a second, and takes a moment to miss one.
    const refusal = `of 3 controllers 2 are heard of (`
    await expect.poll(asked, { timeout: 20_000, interval: 500 }).toMatchObject({ code: 1 })
    const { stdout, stderr } = await asked()
    expect(stdout).toBe('')
    expect(stderr).toContain(`lograft: without broker ${second}: ${refusal}`)
    expect(stderr).toContain(`, 1 without ${second}, and 2 are a majority`)
    expect(stderr).toContain('--force')
    expect(cluster.isRunning(second)).toBe(true)
  }
})

test('whoever is gone has no lag of 0, and is not in touch', async () => {
  const [, third = 0] = others
  const row = async () => {
    const { stdout } = await grpc(alive, 'quorum', 'status')
    return stdout.split('\n').find((line) => line.trim().startsWith(`${third} `)) ?? ''
  }
  // Node, role, address, log end, lag, contact, caught up.
  await expect
    .poll(row, { timeout: 20_000, interval: 500 })
    .toMatch(/^ +\d  voter +\S+ +\d+ +-  [\d.]+ s ago +[\d.]+ (s|m) ago/)
  // A new leader has never heard of it, and says no more than it knows.
  const [second = 0] = others
  expect((await grpc(alive, 'quorum', 'transfer', `${second}`)).code).toBe(0)
  expect(await row()).toMatch(/^ +\d  voter +\S+ +- +-  over [\d.]+ s ago +over [\d.]+ s ago/)
})

test('with the majority lost, what looks says so and ends', { timeout: 120_000 }, async () => {
  const [second = 0] = others
  await cluster.kill(second)
  const what = /waiting(:| for )|cannot be reached/
  const [groups, group, offsets] = await Promise.all([
    kafka('group', 'list'),
    kafka('group', 'describe', 'billing'),
    kafka('partition', 'offsets', 'orders'),
  ])
  for (const { code, stdout, stderr } of [groups, group, offsets]) {
    expect([1, 6]).toContain(code)
    expect(stdout).toBe('')
    expect(stderr).toMatch(what)
    expect(stderr).toMatch(/Is that node down\?|lograft doctor/)
  }
  const top = await kafka('top', '--once', '--interval', '500ms')
  expect(top.stdout).toContain('groups unknown')
  const doctor = await kafka('doctor', '--grpc', formatHostPort(await cluster.node(alive).grpc))
  expect(doctor.code).toBe(1)
  expect(doctor.stdout).toContain('PROBLEM  no controller leads: a majority of them is missing')
  expect(doctor.stdout).toContain('no leader: orders-')
  expect(doctor.stdout).not.toContain('leaves room for one broker down')
  expect(doctor.stdout).not.toContain('leaders are where they are preferred')
})

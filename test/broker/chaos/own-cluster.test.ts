// Goal: a cluster that chaos starts is a target as the contract says: clients reach it by doors
// that stay where they are, what is done to a node is seen, and healing takes all of it back.
// Method: real processes; what a client outside is told is what counts.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OwnCluster } from '../../../src/chaos/cluster/own-cluster.ts'
import type { NodeNews } from '../../../src/chaos/cluster/target.ts'
import { quorumMethods } from '../../../src/rpc/admin/quorum-methods.ts'
import { metadata } from '../../../src/wire/apis/03-metadata.ts'
import { AdminClient } from '../../support/admin-client.ts'
import { Client } from '../../support/client.ts'
import { eventually } from '../../support/within.ts'

const directory = mkdtempSync(join(tmpdir(), 'lograft-own-'))
const news: NodeNews[] = []
let own: OwnCluster

beforeAll(async () => {
  own = await OwnCluster.start({ directory, brokers: 4 })
  own.onNews((one) => news.push(one))
})
afterAll(async () => {
  await own[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true, force: true })
})

/** The brokers in service, as one of them tells. */
async function inService(id: number): Promise<readonly number[]> {
  const { kafka } = own.node(id)
  if (!kafka) throw new Error(`node ${id} is a broker`)
  await using client = await Client.connect(kafka)
  const { brokers } = await client.request(metadata, 9, {
    topics: [],
    allowAutoTopicCreation: false,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: false,
  })
  return brokers.map(({ nodeId }) => nodeId).sort()
}

const heard = (node: number, what: RegExp) =>
  news.some((one) => one.node === node && what.test(one.what))

test('three of four are controllers, and both doors of each lead to it', async () => {
  await eventually(30_000, 'four brokers', async () => (await inService(4)).length === 4)
  for (const { id, grpc } of own.nodes) {
    expect(await inService(id)).toEqual([1, 2, 3, 4])
    const admin = new AdminClient(`127.0.0.1:${grpc?.port}`)
    const { replicas } = await admin.call(quorumMethods.describe, { hereOnly: false })
    admin.close()
    expect(replicas.map(({ nodeId }) => nodeId).sort()).toEqual([1, 2, 3])
  }
})

test('a killed broker that is no controller comes back as what it was, behind the same door', async () => {
  const { kafka, pid } = own.node(4)
  await own.signal(4, 'SIGKILL')
  expect(own.node(4)).toMatchObject({ isRunning: false, pid: null })
  await eventually(30_000, 'its absence', async () => (await inService(1)).length === 3)
  await own.start(4)
  expect(own.node(4)).toMatchObject({ isRunning: true, kafka })
  expect(own.node(4).pid).not.toBe(pid)
  await eventually(30_000, 'its return', async () => (await inService(4)).length === 4)
  expect(heard(4, /ended by SIGKILL/)).toBe(true)
  expect(news.some(({ isUnasked }) => isUnasked)).toBe(false)
})

test('whoever is told to end has ended when it is started again', async () => {
  const { pid } = own.node(2)
  await own.signal(2, 'SIGTERM')
  await own.start(2)
  expect(own.node(2).pid).not.toBe(pid)
  expect(heard(2, /ended with code 0/)).toBe(true)
})

test('an end that nobody asked for is told as one', async () => {
  process.kill(own.node(4).pid ?? 0, 'SIGKILL')
  await eventually(10_000, 'the news', () => news.some(({ isUnasked }) => isUnasked))
  expect(news.find(({ isUnasked }) => isUnasked)).toMatchObject({ node: 4 })
})

test('what clients dial can be damaged, and nodes go on among themselves', async () => {
  await own.start(4)
  const { kafka } = own.node(1)
  const undo = own.damageLink('clients', 1, { type: 'refuse' })
  await expect(Client.connect(kafka ?? { host: '', port: 0 })).rejects.toThrow(/ECONNREFUSED/)
  await eventually(30_000, 'all in service', async () => (await inService(2)).length === 4)
  await undo()
  expect(await inService(1)).toEqual([1, 2, 3, 4])
})

test('healing takes everything back that was left, and logs can be kept', async () => {
  await own.signal(1, 'SIGKILL')
  await own.signal(3, 'SIGSTOP')
  expect(own.node(3)).toMatchObject({ isRunning: true, isPaused: true })
  own.damageLink(2, 4, { type: 'stall' })
  own.damageLink('clients', 2, { type: 'reset' })
  await own.heal()
  expect(own.nodes.every(({ isRunning, isPaused }) => isRunning && !isPaused)).toBe(true)
  for (const { id } of own.nodes)
    await eventually(30_000, `all of ${id}`, async () => (await inService(id)).length === 4)
  await own.keepLogs(join(directory, 'kept'))
  expect(readdirSync(join(directory, 'kept')).sort()).toEqual(
    [1, 2, 3, 4].map((id) => `node-${id}.log`),
  )
  expect(readFileSync(join(directory, 'kept', 'node-4.log'), 'utf8')).toMatch(/lograft 4 ready/)
})

/**
 * Goal: any node administers the quorum: it passes on to the leader what only that can do, once,
 * with its refusals, its deadline and its cancellation.
 * Method: nodes on loopback with real services, in front of quorums of the test's own.
 */
import { afterEach, expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import type { HostPort } from '../../../src/config/addresses.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { QuorumClient } from '../../../src/rpc/admin/quorum-client.ts'
import { PEER_KEEPALIVE, RpcChannel } from '../../../src/rpc/channel.ts'
import { eventually, within } from '../../support/within.ts'
import { uuid } from '../../unit/metadata/images.ts'
import { DESCRIPTION, notLeading, ScriptedQuorum, serveQuorum } from './scripted-quorum.ts'

const WAIT_MS = 20_000
const LIMITS = { connectTimeoutMs: 2_000, timeoutMs: WAIT_MS }

const closing: (() => unknown)[] = []
const faults: Error[] = []
const fatal = (error: Error) => void faults.push(error)

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  expect(faults.splice(0)).toEqual([])
})

type Serving = Omit<Parameters<typeof serveQuorum>[1], 'fatal'>

async function node(nodeId: number, serving: Serving) {
  const served = await serveQuorum(nodeId, { ...serving, fatal })
  closing.push(() => served.close())
  return served
}

function clientOf({ address: to }: { readonly address: HostPort }, options = {}): QuorumClient {
  const ends = { from: 'test', to: 'node' }
  const channel = new RpcChannel({ to, ends, clock: hostClock, keepalive: PEER_KEEPALIVE, fatal })
  closing.push(() => channel.close())
  return new QuorumClient(channel, LIMITS, options)
}

const never = () => new AbortController().signal
const voter = { nodeId: asNodeId(4), host: 'controller-4', port: 9093 }

/** A leader, and a broker that is no replica and passes everything on to it. */
async function leaderAndBroker() {
  const quorum = new ScriptedQuorum()
  const leader = await node(2, { local: quorum, leads: true })
  const broker = await node(9, { local: null, leads: false, others: { 2: leader } })
  return { quorum, leader, broker }
}

test('the leader answers by itself, another node passes it on', async () => {
  const { quorum, leader, broker } = await leaderAndBroker()
  for (const asked of [leader, broker]) {
    const client = clientOf(asked)
    expect(await client.describe()).toEqual(DESCRIPTION)
    await client.transfer(null, never())
    await client.transfer(asNodeId(3), never())
    await client.add(voter, asNodeId(1), never())
    await client.remove([asNodeId(1), asNodeId(3)], never())
    await client.add({ ...voter, directoryId: uuid(104) }, null, never())
    await client.remove([asNodeId(1)], never(), uuid(101))
    expect(quorum.asked.splice(0)).toEqual([
      'describe',
      'transfer to null',
      'transfer to 3',
      'add 4@controller-4:9093, replaces 1',
      'remove 1,3',
      `add 4@controller-4:9093 (${uuid(104)}), replaces null`,
      `remove 1 (${uuid(101)})`,
    ])
  }
})

test.each([
  'REQUEST_TIMED_OUT',
  'INVALID_REQUEST',
  'VOTER_NOT_FOUND',
  'DUPLICATE_VOTER',
  'INVALID_VOTER_KEY',
  'INCONSISTENT_CLUSTER_ID',
])('a refusal with %s comes back as it was meant', async (code) => {
  const { quorum, broker } = await leaderAndBroker()
  quorum.refusal = new LograftError(code, '3 voters, 2 down: removing 1 leaves no majority')
  const refused = clientOf(broker).remove([asNodeId(1)], never())
  await expect(refused).rejects.toMatchObject({
    code,
    message: '3 voters, 2 down: removing 1 leaves no majority',
  })
  expect(quorum.asked).toEqual(['remove 1'])
})

test('a node that is told to answer by itself passes nothing on, and names the leader', async () => {
  const { leader, quorum } = await leaderAndBroker()
  const follower = await node(1, {
    local: notLeading(),
    leads: false,
    leadership: { epoch: 7, leaderId: asNodeId(2), isLeader: false },
    others: { 2: leader },
  })
  const here = clientOf(follower, { hereOnly: true })
  const leaderKnown = { code: 'NOT_CONTROLLER', leader: { nodeId: 2, epoch: 7 } }
  await expect(here.describe()).rejects.toMatchObject(leaderKnown)
  expect(quorum.asked).toEqual([])
  expect(await clientOf(follower).describe()).toEqual(DESCRIPTION)
})

test('two nodes that take each other for the leader do not ask each other for ever', async () => {
  const places: Record<number, { address: HostPort }> = {}
  const [one, two] = [notLeading(), notLeading()]
  places[1] = await node(1, { local: one, leads: false, others: {} })
  places[2] = await node(2, { local: two, leads: false, others: { 1: places[1] } })
  const third = await node(3, { local: null, leads: false, others: places })
  const cancel = new AbortController()
  const change = clientOf(third).transfer(null, cancel.signal)
  const refused = expect(change).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' })
  await eventually(WAIT_MS, 'both asked', () => one.asked.length > 1 && two.asked.length > 1)
  cancel.abort()
  await refused
})

test('whoever gives up, gives up all the way', async () => {
  const { quorum, broker } = await leaderAndBroker()
  quorum.held = new Promise(() => {})
  const cancel = new AbortController()
  const change = clientOf(broker).add(voter, null, cancel.signal)
  const refused = expect(change).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' })
  await eventually(WAIT_MS, 'the change', () => quorum.signals.length > 0)
  cancel.abort()
  await within(WAIT_MS, 'the end', refused)
  await eventually(WAIT_MS, 'the end at the leader', () => quorum.signals[0]?.aborted ?? false)
})

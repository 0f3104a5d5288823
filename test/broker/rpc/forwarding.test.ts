/**
 * Goal: what one node asks another for a caller ends with the caller: at whatever stage the caller
 * leaves, or its time is over, nothing goes on for it; and whoever waits until its time is over is
 * told before that whether anything can have happened.
 * Method: a node on loopback with real services passes a change on to a leader that a test scripts:
 * one that is not known, that accepts and never speaks, that is at work, or that is the same node.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import type { HostPort } from '../../../src/config/addresses.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { quorumMethods } from '../../../src/rpc/admin/quorum-methods.ts'
import { QuorumClient } from '../../../src/rpc/admin/quorum-client.ts'
import { PEER_KEEPALIVE, RpcChannel } from '../../../src/rpc/channel.ts'
import { serveUnary, type Caller } from '../../../src/rpc/handlers.ts'
import { RpcServer } from '../../../src/rpc/server.ts'
import { eventually, within } from '../../support/within.ts'
import { deferred } from './deferred.ts'
import { ScriptedQuorum, serveQuorum } from './scripted-quorum.ts'
import { muteListener } from './tcp.ts'

const WAIT_MS = 20_000
/** Enough to come to every stage on a busy machine, and then it is over. */
const DEADLINE_MS = 1_500

const closing: (() => unknown)[] = []
const faults: Error[] = []
const fatal = (error: Error) => void faults.push(error)

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  expect(faults.splice(0)).toEqual([])
})

async function node(nodeId: number, serving: Omit<Parameters<typeof serveQuorum>[1], 'fatal'>) {
  const served = await serveQuorum(nodeId, { ...serving, fatal })
  closing.push(() => served.close())
  return served
}

/** Work that nobody ends. */
function busyQuorum(): ScriptedQuorum {
  const quorum = new ScriptedQuorum()
  quorum.held = new Promise(() => {})
  return quorum
}

interface Stage {
  readonly asked: Awaited<ReturnType<typeof node>>
  /** Resolves when the request has come that far. */
  readonly reached: (asked: Stage['asked']) => Promise<unknown>
  /** Whose signals must have ended. */
  readonly quorum: ScriptedQuorum | null
}

const underWay = (asked: Stage['asked']) =>
  eventually(WAIT_MS, 'a call under way', () => asked.calls.underWay === 1)
const atWork = (quorum: ScriptedQuorum) =>
  eventually(WAIT_MS, 'the change', () => quorum.signals.length > 0)

const STAGES: Readonly<Record<string, () => Promise<Stage>>> = {
  'nobody is known to lead': async () => ({
    asked: await node(9, { local: null, leads: false }),
    reached: underWay,
    quorum: null,
  }),
  'the leader accepts connections and never speaks': async () => {
    const mute = await muteListener()
    closing.push(() => mute.close())
    return {
      asked: await node(9, { local: null, leads: false, others: { 2: mute } }),
      reached: () => eventually(WAIT_MS, 'a connection', () => mute.connections > 0),
      quorum: null,
    }
  },
  'the leader is at work': async () => {
    const quorum = busyQuorum()
    const leader = await node(2, { local: quorum, leads: true })
    return {
      asked: await node(9, { local: null, leads: false, others: { 2: leader } }),
      reached: () => atWork(quorum),
      quorum,
    }
  },
  'the node that is asked leads, and is at work': async () => {
    const quorum = busyQuorum()
    const asked = await node(2, { local: quorum, leads: true })
    return { asked, reached: () => atWork(quorum), quorum }
  },
}

function channelTo({ address: to }: { readonly address: HostPort }): RpcChannel {
  const ends = { from: 'test', to: 'node' }
  const channel = new RpcChannel({ to, ends, clock: hostClock, keepalive: PEER_KEEPALIVE, fatal })
  closing.push(() => channel.close())
  return channel
}

async function nothingGoesOn({ asked, quorum }: Stage) {
  await eventually(WAIT_MS, 'the end where it was asked', () => asked.calls.underWay === 0)
  await eventually(WAIT_MS, 'the end where it was done', () =>
    (quorum?.signals ?? []).every(({ aborted }) => aborted),
  )
  expect(quorum?.asked.length ?? 1).toBe(1)
}

describe.each(Object.keys(STAGES))('while %s', (name) => {
  const begin = () => STAGES[name]?.() ?? Promise.reject(new Error(name))

  test('a caller leaves', async () => {
    const stage = await begin()
    const cancel = new AbortController()
    const limits = { connectTimeoutMs: WAIT_MS, timeoutMs: WAIT_MS }
    const client = new QuorumClient(channelTo(stage.asked), limits)
    const refused = expect(client.transfer(null, cancel.signal)).rejects.toMatchObject({
      code: 'REQUEST_TIMED_OUT',
    })
    await stage.reached(stage.asked)
    cancel.abort()
    await within(WAIT_MS, 'the end of the call', refused)
    await nothingGoesOn(stage)
  })

  test("a caller's time is over", async () => {
    const stage = await begin()
    const channel = channelTo(stage.asked)
    await channel.ready({ timeoutMs: WAIT_MS })
    const request = { to: null, hereOnly: false }
    const refused = channel.unary(quorumMethods.transfer, request, { timeoutMs: DEADLINE_MS })
    // Not what gRPC says of an expired deadline: that would say neither.
    await expect(within(WAIT_MS, 'the refusal', refused)).rejects.toMatchObject(
      stage.quorum === null
        ? {
            code: 'UNAVAILABLE',
            reason: 'NOT_CONTROLLER',
            text: expect.stringMatching(/nothing was changed$/) as string,
          }
        : { code: 'DEADLINE_EXCEEDED', reason: 'REQUEST_TIMED_OUT' },
    )
    await nothingGoesOn(stage)
  })
})

test('the leader is given what is left of the time, not a time of its own', async () => {
  const came = deferred<Caller>()
  const server = new RpcServer({ clock: hostClock, fatal })
  closing.push(() => server.close())
  server.add([
    serveUnary(quorumMethods.transfer, (_, caller) => {
      came.resolve(caller)
      return null
    }),
  ])
  const address = await server.bind({ host: '127.0.0.1', port: 0 })
  const asked = await node(9, { local: null, leads: false, others: { 2: { address } } })
  const deadlineMs = hostClock.wallMs() + WAIT_MS
  const request = { to: asNodeId(2), hereOnly: false }
  await channelTo(asked).unary(quorumMethods.transfer, request, { timeoutMs: WAIT_MS })
  // Changes of the quorum have an hour otherwise. What is left travels as a duration.
  const caller = await within(WAIT_MS, 'the call', came.promise)
  expect(caller.deadlineMs).toBeLessThan(deadlineMs + WAIT_MS)
})

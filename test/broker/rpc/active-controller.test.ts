/**
 * Goal: whatever a node asks of the active controller is carried out once, by whoever that is, or
 * it is said that this is open; refusals arrive as they were meant; nothing waits without an end.
 * Method: controllers of the test's own behind real servers on loopback, some of them behind a
 * proxy that cuts or a listener that never speaks. They count what they were asked.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import type { HostPort } from '../../../src/config/addresses.ts'
import type { ControllerCommands } from '../../../src/controller/commands.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { ActiveController } from '../../../src/rpc/active-controller.ts'
import { AddressBook } from '../../../src/rpc/address-book.ts'
import { controllerMethods } from '../../../src/rpc/controller-methods.ts'
import { LeaderCalls } from '../../../src/rpc/leader-calls.ts'
import { RpcServer } from '../../../src/rpc/server.ts'
import { uuid } from '../../unit/metadata/images.ts'
import { within } from '../../support/within.ts'
import { deferred } from './deferred.ts'
import type { Act } from './scripted-controller.ts'
import { ScriptedController, scriptedCommands } from './scripted-controller.ts'
import { freePort, muteListener, TcpProxy } from './tcp.ts'

const WAIT_MS = 20_000
const REQUEST_TIMEOUT_MS = 2_000
const SELF = asNodeId(1)

const closing: (() => unknown)[] = []
const faults: Error[] = []
const fatal = (error: Error) => void faults.push(error)

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  expect(faults.splice(0)).toEqual([])
})

async function controller(act: Act): Promise<ScriptedController> {
  const scripted = new ScriptedController(act, fatal)
  closing.push(() => scripted.close())
  return scripted.listen()
}

async function proxyTo(target: { readonly address: HostPort }): Promise<TcpProxy> {
  const proxy = await TcpProxy.to(() => target.address)
  closing.push(() => proxy.close())
  return proxy
}

/** What node 1 has, when nodes are where `places` say. */
function nodeOne(
  places: Readonly<Record<number, { readonly address: HostPort }>>,
  local: { readonly commands: ControllerCommands; isActive: boolean } | null = null,
) {
  const configured = new Map(
    Object.entries(places).map(([id, { address }]) => [asNodeId(Number(id)), address]),
  )
  const calls = new LeaderCalls({
    self: SELF,
    addresses: new AddressBook({ configured }),
    clock: hostClock,
    fatal,
    controllers: () => [...configured.keys()],
    isLeader: () => local?.isActive ?? false,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
  })
  closing.push(() => calls.close())
  return { calls, active: new ActiveController(calls, local?.commands ?? null) }
}

const leads = (nodeId: number, epoch: number) => ({
  leaderId: asNodeId(nodeId),
  epoch,
  isLeader: false,
})

const broker = { nodeId: asNodeId(7), brokerEpoch: 12 }
const deleteOrders = [{ name: 'orders', topicId: null }]
const deleted = { metadataOffset: 9, topics: [] }

/** The error that a call ends with. */
function failureOf(call: Promise<unknown>): Promise<{ code: string; message: string }> {
  const failure = call.then(
    (value) => ({ code: 'NONE', message: JSON.stringify(value) }),
    (thrown: unknown) => thrown as LograftError,
  )
  return within(WAIT_MS, 'the end of a call', failure)
}

describe('what is asked', () => {
  const registration = {
    nodeId: asNodeId(7),
    incarnationId: uuid(1),
    directoryId: uuid(2),
    host: 'broker-7',
    port: 9092,
    rack: null,
    restart: 'unclean',
    previousBrokerEpoch: -1,
  } as const
  const { nodeId, incarnationId, directoryId, host, port } = registration
  const resource = { type: 'topic', name: 'orders' } as const

  test.each<[keyof ControllerCommands, unknown, unknown]>([
    ['registerBroker', registration, { brokerEpoch: 12, metadataOffset: 12 }],
    [
      'registerController',
      { nodeId, incarnationId, directoryId, host, port },
      { metadataOffset: 14 },
    ],
    ['unregisterBroker', asNodeId(3), { metadataOffset: 13 }],
    [
      'createTopics',
      {
        topics: [
          { name: 'orders', partitions: -1, replicationFactor: -1, assignments: [], configs: [] },
        ],
        validateOnly: false,
      },
      {
        metadataOffset: 15,
        topics: [
          {
            errorCode: 36,
            errorMessage: 'topic orders already exists',
            name: 'orders',
            topicId: null,
          },
        ],
      },
    ],
    [
      'createPartitions',
      { topics: [{ name: 'orders', count: 6, assignments: null }], validateOnly: true },
      { metadataOffset: 16, topics: [{ name: 'orders', errorCode: 0, errorMessage: null }] },
    ],
    ['deleteTopics', deleteOrders, deleted],
    [
      'alterConfigs',
      {
        changes: [
          { resource, operations: [{ type: 'delete', name: 'retention.ms' }], replacesAll: false },
        ],
        validateOnly: false,
      },
      { metadataOffset: 17, resources: [{ resource, errorCode: 0, errorMessage: null }] },
    ],
    ['allocateProducerIds', broker, { firstProducerId: 1000, count: 1000, metadataOffset: 18 }],
  ])('%s arrives, and so does its answer', async (name, request, reply) => {
    const seen: unknown[] = []
    const two = await controller((command, asked) => {
      seen.push(command, asked)
      return reply
    })
    const { active } = nodeOne({ 2: two })
    const ask = active[name].bind(active) as (request: unknown) => Promise<unknown>
    expect(await ask(request)).toEqual(reply)
    expect(seen).toEqual([name, request])
  })

  test('and answered tells this node first how far the log goes', async () => {
    const two = await controller(() => deleted)
    const { calls } = nodeOne({ 2: two })
    const heard: number[] = []
    const active = new ActiveController(calls, null, (endOffset) => heard.push(endOffset))
    const { metadataOffset } = await active.deleteTopics(deleteOrders)
    expect(heard).toEqual([metadataOffset + 1])
  })

  test('is asked of the controller of this node when that is the active one', async () => {
    const two = await controller(() => deleted)
    const here: string[] = []
    const commands = scriptedCommands((command) => {
      here.push(command)
      return deleted
    })
    const { active } = nodeOne({ 2: two }, { commands, isActive: true })
    expect(await active.deleteTopics(deleteOrders)).toEqual(deleted)
    expect([here, two.asked]).toEqual([['deleteTopics'], []])
  })

  test('and is too large is not sent', async () => {
    const two = await controller(() => deleted)
    const { active } = nodeOne({ 2: two })
    const { requestBytesMax } = controllerMethods.deleteTopics
    const topics = [{ name: 'x'.repeat(requestBytesMax), topicId: null }]
    const { code, message } = await failureOf(active.deleteTopics(topics))
    expect(code).toBe('POLICY_VIOLATION')
    expect(message).toContain('nothing was done')
    expect(two.asked).toEqual([])
  })
})

describe('a refusal', () => {
  test.each([
    'REQUEST_TIMED_OUT',
    'KAFKA_STORAGE_ERROR',
    'POLICY_VIOLATION',
    'OVERLOADED',
    'STALE_BROKER_EPOCH',
    'INVALID_REGISTRATION',
    'DUPLICATE_BROKER_REGISTRATION',
  ])('with %s arrives as it was meant, and is not asked again', async (code) => {
    const two = await controller(() => {
      throw new LograftError(code, `because of ${code}: “größer”`)
    })
    const failure = await failureOf(nodeOne({ 2: two }).active.allocateProducerIds(broker))
    expect(failure).toBeInstanceOf(LograftError)
    expect([failure.code, failure.message]).toEqual([code, `because of ${code}: “größer”`])
    expect(two.asked).toEqual(['allocateProducerIds'])
  })

  test('that names the leader leads there at once', async () => {
    const three = await controller(() => deleted)
    const two = await controller(notController)
    two.knowsLeader(3, 5)
    const { calls, active } = nodeOne({ 2: two, 3: three })
    calls.onLeadership(leads(2, 4))
    expect(await active.deleteTopics(deleteOrders)).toEqual(deleted)
    expect([two.asked, three.asked]).toEqual([['deleteTopics'], ['deleteTopics']])
    // It is known from now on.
    await active.deleteTopics(deleteOrders)
    expect(two.asked).toHaveLength(1)
  })

  test('that names a leader of an earlier epoch is no news', async () => {
    const two = await controller(notController)
    const three = await controller(notController)
    two.knowsLeader(3, 3)
    three.knowsLeader(2, 3)
    const four = await controller(() => (four.asked.length > 1 ? deleted : notController()))
    const { calls, active } = nodeOne({ 2: two, 3: three, 4: four })
    calls.onLeadership(leads(4, 9))
    expect(await active.deleteTopics(deleteOrders)).toEqual(deleted)
    expect([two.asked.length, three.asked.length, four.asked.length]).toEqual([1, 1, 2])
    expect(await active.deleteTopics(deleteOrders)).toEqual(deleted)
    expect([two.asked.length, three.asked.length, four.asked.length]).toEqual([1, 1, 3])
  })

  test('by everybody ends with the search, and says that nothing was changed', async () => {
    const two = await controller(notController)
    const { active } = nodeOne({ 2: two })
    const call = active.deleteTopics(deleteOrders, { searchMs: 200 })
    const { code, message } = await failureOf(call)
    expect(code).toBe('REQUEST_TIMED_OUT')
    expect(message).toContain('not the active controller); nothing was changed')
  })

  test('by the local controller ends the wait only when another leader is known', async () => {
    const two = await controller(() => deleted)
    const refused = deferred()
    const commands = scriptedCommands(() => {
      refused.resolve()
      return notController()
    })
    const local = { commands, isActive: true }
    const { calls, active } = nodeOne({ 2: two }, local)
    const call = active.deleteTopics(deleteOrders)
    await within(WAIT_MS, 'the refusal', refused.promise)
    expect(two.asked).toEqual([])
    local.isActive = false
    calls.onLeadership(leads(2, 6))
    expect(await within(WAIT_MS, 'the answer', call)).toEqual(deleted)
  })
})

function notController(): never {
  throw new LograftError('NOT_CONTROLLER', 'this node is not the active controller')
}

describe('an answer that is lost', () => {
  test('leaves open whether it took effect, and nothing is asked again', async () => {
    const two = await controller(() => {
      proxy.cut()
      return deleted
    })
    const proxy = await proxyTo(two)
    const { code, message } = await failureOf(
      nodeOne({ 2: proxy }).active.deleteTopics(deleteOrders),
    )
    expect(code).toBe('REQUEST_TIMED_OUT')
    expect(message).toContain('whether this took effect is open')
    expect(two.asked).toEqual(['deleteTopics'])
  })

  test('of a wish for another ISR is, too: who wished must know that it may still arrive', async () => {
    const two = await controller(() => {
      proxy.cut()
      return { metadataOffset: 3, partitions: [] }
    })
    const proxy = await proxyTo(two)
    const { code } = await failureOf(
      nodeOne({ 2: proxy }).active.alterPartition({ ...broker, partitions: [] }),
    )
    expect(code).toBe('REQUEST_TIMED_OUT')
    expect(two.asked).toEqual(['alterPartition'])
  })

  test('of a registration is asked for again', async () => {
    const two = await controller(() => {
      if (two.asked.length === 1) proxy.cut()
      return { brokerEpoch: 3, metadataOffset: 3 }
    })
    const proxy = await proxyTo(two)
    const { active } = nodeOne({ 2: proxy })
    const found = { incarnationId: uuid(1), directoryId: uuid(2), ...two.address }
    const nodeId = asNodeId(7)
    expect(await active.registerController({ nodeId, ...found })).toMatchObject({
      metadataOffset: 3,
    })
    expect(two.asked).toEqual(['registerController', 'registerController'])
  })

  test('because the other end stands still is noticed before the deadline', async () => {
    const arrived = deferred()
    const two = await controller(() => {
      proxy.stall()
      arrived.resolve()
      return deleted
    })
    const proxy = await proxyTo(two)
    const call = failureOf(nodeOne({ 2: proxy }).active.deleteTopics(deleteOrders))
    await within(WAIT_MS, 'the request', arrived.promise)
    const { code, message } = await call
    expect(code).toBe('REQUEST_TIMED_OUT')
    expect(message).toContain('UNAVAILABLE')
    expect(two.asked).toHaveLength(1)
  })
})

describe('a call', () => {
  const never = () => new Promise(() => {})

  test('ends at its deadline', async () => {
    const two = await controller(never)
    const call = nodeOne({ 2: two }).active.deleteTopics(deleteOrders, { timeoutMs: 300 })
    const { code, message } = await failureOf(call)
    expect(code).toBe('REQUEST_TIMED_OUT')
    expect(message).toContain('open')
    expect(two.asked).toEqual(['deleteTopics'])
  })

  test('of the local controller ends at its deadline', async () => {
    const local = { commands: scriptedCommands(never), isActive: true }
    const call = nodeOne({}, local).active.deleteTopics(deleteOrders, { timeoutMs: 100 })
    expect(await failureOf(call)).toMatchObject({
      code: 'REQUEST_TIMED_OUT',
      message: 'not done in time; whether this took effect is open',
    })
  })

  test('ends when it is cancelled', async () => {
    const arrived = deferred()
    const two = await controller(() => {
      arrived.resolve()
      return never()
    })
    const cancel = new AbortController()
    const { signal } = cancel
    const call = failureOf(nodeOne({ 2: two }).active.deleteTopics(deleteOrders, { signal }))
    await within(WAIT_MS, 'the request', arrived.promise)
    cancel.abort()
    expect((await call).message).toContain('whether this took effect is open')
  })

  test('is one of many that the end of the node ends, and no leak of listeners', async () => {
    const warnings: Error[] = []
    const warned = (warning: Error) => void warnings.push(warning)
    process.on('warning', warned)
    closing.push(() => process.off('warning', warned))
    const local = { commands: scriptedCommands(never), isActive: true }
    const { calls, active } = nodeOne({}, local)
    const failures = Array.from({ length: 50 }, () => failureOf(active.deleteTopics(deleteOrders)))
    calls.close()
    for (const { code } of await Promise.all(failures)) expect(code).toBe('REQUEST_TIMED_OUT')
    expect((await failureOf(active.deleteTopics(deleteOrders))).message).toMatch(/^given up/)
    // Warnings are told once everything that was ready has run.
    await new Promise((resolve) => setImmediate(resolve))
    expect(warnings).toEqual([])
  })

  test('ends when the node stops, also while nobody is known', async () => {
    const { calls, active } = nodeOne({})
    const call = failureOf(active.deleteTopics(deleteOrders))
    calls.close()
    expect(await call).toMatchObject({
      code: 'REQUEST_TIMED_OUT',
      message: 'given up (no controller is known); nothing was changed',
    })
  })

  test('goes on as soon as a leader is known that is there', async () => {
    const gone = { address: await freePort() }
    const isRefused = deferred()
    const three = await controller(() => {
      isRefused.resolve()
      return three.asked.length > 1 ? deleted : notController()
    })
    const { calls, active } = nodeOne({ 2: gone, 3: three })
    calls.onLeadership(leads(2, 4))
    const call = active.deleteTopics(deleteOrders)
    await within(WAIT_MS, 'asking another one', isRefused.promise)
    calls.onLeadership(leads(3, 5))
    expect(await within(WAIT_MS, 'the answer', call)).toEqual(deleted)
    expect(three.asked).toHaveLength(2)
  })

  test('passes by a node that accepts connections and never speaks', async () => {
    const mute = await muteListener()
    closing.push(() => mute.close())
    const three = await controller(() => deleted)
    const { calls, active } = nodeOne({ 2: mute, 3: three })
    calls.onLeadership(leads(2, 4))
    const call = active.deleteTopics(deleteOrders)
    expect(await within(WAIT_MS, 'the answer', call)).toEqual(deleted)
    expect(mute.connections).toBeGreaterThan(0)
  })

  test('passes by a node that is no controller', async () => {
    const three = await controller(() => deleted)
    const { calls, active } = nodeOne({ 2: await withoutController(), 3: three })
    calls.onLeadership(leads(2, 4))
    const call = active.deleteTopics(deleteOrders)
    expect(await within(WAIT_MS, 'the answer', call)).toEqual(deleted)
  })
})

/** A gRPC server that does not serve what is asked. */
async function withoutController(): Promise<{ readonly address: HostPort }> {
  const server = new RpcServer({ clock: hostClock, fatal })
  closing.push(() => server.close())
  return { address: await server.bind({ host: '127.0.0.1', port: 0 }) }
}

/**
 * Goal: a client in another language does everything that the admin API has, by the .proto files
 * and without them, at a node that is not the active controller; what it is refused it understands.
 * Method: Python's grpcio with stubs that protoc makes, the same by reflection, and grpcurl, each
 * on three brokers of its own. Every rpc of the .proto files is called; one that is not is a
 * failure.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Cluster as Client } from '../../src/client/cluster.ts'
import { GroupAdmin } from '../../src/client/group-admin.ts'
import type { Cluster } from '../../src/embed/api.ts'
import { thisMachine } from '../../src/node/machine.ts'
import { startCluster } from '../../src/index.ts'
import { prepareGoCommand, preparePythonGrpc } from '../support/foreign-client.ts'
import type { Prepared } from '../support/foreign-client.ts'
import { describeWith } from '../support/peer.ts'
import { GrpcurlCaller, PythonCaller, type Caller, type Outcome } from './admin-grpc/caller.ts'
import { GARBAGE, REFUSED, STEPS } from './admin-grpc/steps.ts'

const WAIT_MS = 60_000
const ADMIN = 'lograft.admin.v1.'

const python = preparePythonGrpc()
const grpcurl = prepareGoCommand('github.com/fullstorydev/grpcurl/cmd/grpcurl', 'v1.9.4')

/** Of the .proto files: `Topics/Create`, … */
const DECLARED = readdirSync('proto/lograft/admin/v1').flatMap((file) => {
  const text = readFileSync(`proto/lograft/admin/v1/${file}`, 'utf8')
  return [...text.matchAll(/^service (\w+) \{([\s\S]*?)^\}/gm)].flatMap(([, service, body = '']) =>
    [...body.matchAll(/^ {2}rpc (\w+)\(/gm)].map(([, name]) => `${service}/${name}`),
  )
})

test('every rpc there is has a step', () => {
  const called = new Set(STEPS.map(({ method }) => method))
  expect([...called].filter((method) => method.includes('/')).sort()).toEqual([...DECLARED].sort())
})

const missingIn = (prepared: Prepared) => ('missing' in prepared ? prepared.missing : null)
const programIn = (prepared: Prepared) => {
  if (!('program' in prepared)) throw new Error(prepared.missing)
  return prepared.program
}

const CLIENTS = [
  {
    name: 'grpcio (Python), by .proto files',
    prepared: python,
    cure: 'install python3 and python3-venv; the rest comes from PyPI',
    open: (): Caller => new PythonCaller(programIn(python), 'generated'),
  },
  {
    name: 'grpcio (Python), by reflection',
    prepared: python,
    cure: 'install python3 and python3-venv; the rest comes from PyPI',
    open: (): Caller => new PythonCaller(programIn(python), 'reflection'),
  },
  {
    name: 'grpcurl',
    prepared: grpcurl,
    cure: 'install Go; it is built from its module',
    open: (): Caller => new GrpcurlCaller(programIn(grpcurl)),
  },
]

describe.each(CLIENTS)('$name', ({ name, prepared, cure, open }) => {
  describeWith({ name, missing: missingIn(prepared), cure })('three brokers', () => {
    let cluster: Cluster
    let caller: Caller
    /** Not the active controller. */
    let to: string

    beforeAll(async () => {
      cluster = await startCluster({ brokers: 3, faults: true, timeoutMs: WAIT_MS })
      caller = open()
      await commitForGroup(cluster)
      const { replies } = await caller.call(cluster.broker(1).grpcAddress, {
        method: `${ADMIN}Quorum/Describe`,
      })
      const [{ leaderId }] = replies as [{ leaderId: number }]
      to = cluster.broker(leaderId === 1 ? 2 : 1).grpcAddress
    }, 120_000)

    afterAll(async () => {
      await caller.close()
      await cluster.stop()
    })

    test('does everything there is', async () => {
      const said: Record<string, Outcome> = {}
      for (const step of STEPS) {
        const call = typeof step.call === 'function' ? step.call(said) : step.call
        const outcome = await caller.call(to, { ...call, method: `${ADMIN}${step.method}` })
        said[step.name ?? step.method] = outcome
        expect([step.method, outcome]).toMatchObject([step.method, step.says])
      }
    }, 180_000)

    test.each(REFUSED)('is refused: $method $says.reason $says.field', async (refused) => {
      const { method, request, says } = refused
      const { error } = await caller.call(to, { method: `${ADMIN}${method}`, request })
      expect(error).toMatchObject(says)
      expect(error?.hint).toMatch(/\.$/)
    })

    test('hears how the node is', async () => {
      const check = (service: string) =>
        caller.call(to, { method: 'grpc.health.v1.Health/Check', request: { service } })
      for (const service of ['', 'broker', 'controller', 'lograft.admin.v1.Topics'])
        expect(await check(service)).toEqual({ replies: [{ status: 'SERVING' }] })
      expect((await check('nobody')).error).toMatchObject({ code: 'NOT_FOUND' })
      const method = 'grpc.health.v1.Health/Watch'
      const watched = await caller.call(to, { method, request: { service: 'broker' }, replies: 1 })
      expect(watched).toEqual({ replies: [{ status: 'SERVING' }] })
    })

    test('finds the files as protoc describes them, and no services but the public ones', async () => {
      if (!(caller instanceof PythonCaller)) return
      const told = await caller.ask<{ services: string[]; compared: string[]; differ: string[] }>({
        ...{ to, command: 'descriptors' },
      })
      expect(told.differ).toEqual([])
      expect(told.compared.length).toBeGreaterThan(8)
      const services = new Set(DECLARED.map((rpc) => `${ADMIN}${rpc.split('/')[0]}`))
      expect(told.services).toEqual(
        [
          ...[...services, 'grpc.health.v1.Health'],
          ...['grpc.reflection.v1.ServerReflection', 'grpc.reflection.v1alpha.ServerReflection'],
        ].sort(),
      )
    })

    test.each(DECLARED)('bytes that are no request of %s are refused', async (method) => {
      if (!(caller instanceof PythonCaller)) return
      for (const raw of GARBAGE) {
        const { error } = await caller.ask<Outcome>({ to, method: `${ADMIN}${method}`, raw })
        if (error?.code !== 'UNIMPLEMENTED')
          expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'INVALID_REQUEST' })
      }
    })

    test('without a majority it hears in time whether anything can have happened', async () => {
      const others = cluster.brokers.filter(({ grpcAddress }) => grpcAddress !== to)
      await Promise.all(others.map((broker) => broker.kill()))
      const { error } = await caller.call(to, {
        method: `${ADMIN}Topics/Create`,
        request: { topics: [{ name: 'late' }] },
        timeoutSeconds: 4,
      })
      expect([
        ['UNAVAILABLE', 'NOT_CONTROLLER'],
        ['DEADLINE_EXCEEDED', 'REQUEST_TIMED_OUT'],
      ]).toContainEqual([error?.code, error?.reason])
    })
  })
})

/** There is a group, with offsets and nobody in it. */
async function commitForGroup({ brokers: [broker] }: Cluster): Promise<void> {
  if (broker === undefined) throw new Error('there is a broker')
  const { net, clock, random } = thisMachine
  const client = new Client({ net, clock, random, bootstrap: [broker], clientId: 'test' })
  try {
    await client.metadata(['committed'], { create: true })
    const offsets = new Map([['committed', new Map([[0, 0]])]])
    await new GroupAdmin(client, { timeoutMs: WAIT_MS }).commit('billing', offsets)
  } finally {
    await client.close()
  }
}

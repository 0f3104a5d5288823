// Goal: the HTTP port tells whether the process lives and whether its roles serve, also while it
// waits for its cluster; what it does not serve, and whoever takes too much, is refused.
// Method: real nodes on loopback ports, asked with fetch and, where that is too polite, by socket.
import { Agent, get as httpGet } from 'node:http'
import net from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { silentLogger } from '../../src/base/log.ts'
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { FREE_PORTS } from '../../src/chaos/cluster/process-node.ts'
import { formatHostPort } from '../../src/config/addresses.ts'
import { loadNodeConfig } from '../../src/config/load.ts'
import { grpc } from '../../src/gen/grpc/health/v1/health.js'
import { HeldPort } from '../../src/host/held-port.ts'
import { startNode } from '../../src/node/node.ts'
import { healthCheck } from '../../src/rpc/health.ts'
import { AdminClient } from '../support/admin-client.ts'
import { LocalCluster } from '../support/local-cluster.ts'
import { LocalNode } from '../support/local-node.ts'
import { tempDir } from '../support/temp-dir.ts'

const { HealthCheckRequest, HealthCheckResponse } = grpc.health.v1
const { ServingStatus } = HealthCheckResponse

const SHORT_SESSION = {
  'broker.heartbeat.interval.ms': 200,
  'broker.session.timeout.ms': 1_500,
}

const undo: (() => PromiseLike<unknown>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function started(set: Record<string, string> = {}): Promise<LocalNode> {
  const node = await LocalNode.start({ set })
  undo.push(() => node[Symbol.asyncDispose]())
  return node
}

async function get(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init)
  return { status: response.status, body: await response.text() }
}

/** By a connection that is kept. */
function statusOf(url: string, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpGet(url, { agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    }).on('error', reject)
  })
}

/** Asks again, without a pause, until the answer is what is waited for. */
async function until(url: string, wanted: (body: string) => boolean): Promise<string> {
  for (;;) {
    const { body } = await get(url)
    if (wanted(body)) return body
  }
}

test('a node that serves is healthy and ready', async () => {
  const { http } = await started()
  expect(await get(`${http}/healthz`)).toEqual({ status: 200, body: 'ok\n' })
  const ready = 'broker: serving\ncontroller: serving\n'
  expect(await get(`${http}/readyz`)).toEqual({ status: 200, body: ready })
  expect((await get(`${http}/`)).body).toMatch(/\/metrics[^]*\/healthz[^]*\/readyz/)
  const head = await fetch(`${http}/readyz`, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('a node that waits for its cluster is healthy, and says what it waits for', async () => {
  const directory = await tempDir()
  undo.push(() => directory[Symbol.asyncDispose]())
  const [other, http] = [await HeldPort.take(), await HeldPort.take()]
  for (const port of [other, http]) undo.push(() => port[Symbol.asyncDispose]())
  const settings = {
    ...FREE_PORTS,
    'log.dirs': directory.path,
    'http.listener': `127.0.0.1:${http.port}`,
    'controller.quorum.voters': `1@127.0.0.1:1,2@127.0.0.1:${other.port}`,
  }
  const flags = Object.entries(settings).map(([key, value]) => `${key}=${value}`)
  const giveUp = new AbortController()
  let listening: () => void = () => {}
  const bound = new Promise<void>((resolve) => (listening = resolve))
  const starting = startNode(loadNodeConfig({ flags }), {
    logger: silentLogger,
    onListening: listening,
    signal: giveUp.signal,
  })
  starting.catch(() => {})
  await bound
  const url = `http://127.0.0.1:${http.port}`
  expect(await get(`${url}/healthz`)).toEqual({ status: 200, body: 'ok\n' })
  expect(await get(`${url}/readyz`)).toEqual({
    status: 503,
    body:
      'broker: not registered with the active controller yet\n' +
      'controller: knows no leader of the metadata quorum\n',
  })
  giveUp.abort(new Error('seen enough'))
  await expect(starting).rejects.toThrow('seen enough')
  await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed')
})

test('who has lost its quorum is not ready any more, and is again when it is back', async () => {
  const cluster = await LocalCluster.start({ set: SHORT_SESSION })
  undo.push(() => cluster[Symbol.asyncDispose]())
  const url = `${cluster.httpOf(1)}/readyz`
  const ready = 'broker: serving\ncontroller: serving\n'
  expect(await get(url)).toEqual({ status: 200, body: ready })
  await Promise.all([cluster.stop(2), cluster.stop(3)])
  const lost = await until(url, (body) => !body.includes('serving'))
  expect(lost).toBe(
    'broker: the active controller has not answered it for a session\n' +
      'controller: knows no leader of the metadata quorum\n',
  )
  await Promise.all([cluster.start(2), cluster.start(3)])
  await until(url, (body) => body === ready)
})

test('nothing listens where nobody is to', async () => {
  const node = await started({ 'http.listener': '' })
  expect(() => node.http).toThrow('no HTTP port')
})

test('a taken port is refused, with the cure', async () => {
  const { http } = await started()
  const taken = new URL(http).host
  await expect(LocalNode.start({ set: { 'http.listener': taken } })).rejects.toMatchObject({
    code: 'LISTENER_UNAVAILABLE',
    message: expect.stringContaining('--set http.listener=') as string,
  })
})

test('what is not served is refused, and so is whoever takes too much', async () => {
  const { http } = await started()
  expect((await get(`${http}/nothing`)).status).toBe(404)
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    expect((await get(`${http}/metrics`, { method })).status).toBe(405)
  const long = { headers: { long: 'a'.repeat(9_000) } }
  expect(
    await said(http, `GET / HTTP/1.1\r\nHost: a\r\nLong: ${long.headers.long}\r\n\r\n`),
  ).toMatch(/^HTTP\/1\.1 400 /)
  expect(await said(http, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  expect((await get(`${http}/healthz`)).status).toBe(200)
})

test('one question at a time: who does not wait for answers is not kept in memory', async () => {
  const { http } = await started()
  const { hostname: host, port } = new URL(http)
  const question = 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n'
  const answers = await new Promise<number>((resolve) => {
    const socket = net.connect({ host, port: Number(port) }, () =>
      socket.write(question.repeat(1_000)),
    )
    let text = ''
    socket.on('data', (bytes) => (text += String(bytes)))
    socket.on('error', () => {})
    socket.on('close', () => resolve(text.split('HTTP/1.1 200').length - 1))
  })
  expect(answers).toBeLessThanOrEqual(1)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (let asked = 0; asked < 20; asked += 1)
    expect(await statusOf(`${http}/metrics`, agent)).toBe(200)
  agent.destroy()
})

test('more connections than it has places for keep nobody out, nor the node from stopping', async () => {
  const node = await started()
  const { hostname: host, port } = new URL(node.http)
  const sockets = Array.from({ length: 80 }, () => net.connect({ host, port: Number(port) }))
  const ends: number[] = []
  const closed = new Promise<void>((resolve) => {
    for (const [index, socket] of sockets.entries())
      socket
        .on('error', () => {})
        .on('close', () => {
          ends.push(index)
          if (ends.length === 80 - 64) resolve()
        })
  })
  await closed
  // Those that were there first, and not whoever comes and asks.
  expect([...ends].sort((a, b) => a - b)).toEqual([...Array(80 - 64).keys()])
  for (let asked = 0; asked < 3; asked += 1)
    expect((await get(`${node.http}/healthz`)).status).toBe(200)
  await node.stop()
  for (const socket of sockets) socket.destroy()
})

test('who begins a question and does not end it is not waited for', async () => {
  const { http } = await started()
  expect(await said(http, 'GET /healthz HTTP/1.1\r\nHost: ')).toMatch(/^HTTP\/1\.1 400 /)
})

test('a broker that is fenced in its own metadata is not ready, by HTTP and by gRPC', async () => {
  const directory = await tempDir('fenced')
  undo.push(() => directory[Symbol.asyncDispose]())
  const options = { directory: directory.path, voters: 1, spares: 1, set: SHORT_SESSION }
  const cluster = await ProcessCluster.start(options)
  undo.push(() => cluster[Symbol.asyncDispose]())
  await cluster.join(2)
  const broker = new AdminClient(formatHostPort(await cluster.node(2).grpc))
  undo.push(() => Promise.resolve(broker.close()))
  const health = async () => {
    const { status } = await broker.call(healthCheck, new HealthCheckRequest({ service: 'broker' }))
    return status
  }
  const url = `${cluster.node(2).http}/readyz`
  expect(await get(url)).toEqual({ status: 200, body: 'broker: serving\n' })
  expect(await health()).toBe(ServingStatus.SERVING)
  // Its heartbeats do not arrive; what the controller commits arrives as before.
  const heal = cluster.cutOff(2, 'out')
  await until(url, (body) => body === 'broker: fenced\n')
  expect((await get(url)).status).toBe(503)
  expect(await health()).toBe(ServingStatus.NOT_SERVING)
  expect((await get(`${cluster.node(2).http}/healthz`)).status).toBe(200)
  await heal()
  await until(url, (body) => body === 'broker: serving\n')
  expect(await health()).toBe(ServingStatus.SERVING)
})

/** All that comes back for these bytes until the other side closes. */
function said(http: string, bytes: string): Promise<string> {
  const { hostname: host, port } = new URL(http)
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = net.connect({ host, port: Number(port) }, () => socket.write(bytes))
    socket.setEncoding('utf8').on('data', (data: string) => (text += data))
    socket.on('error', reject).on('close', () => resolve(text))
  })
}

// Goal: a load sends what it should, within its bounds, and an open loop counts latency from when a
// request was due: a server that stalls cannot hide the requests it kept from being sent.
// Method: loads against a small server that answers, stalls, hangs up or answers out of order.
import net from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { runRequests } from '../../../../src/cli/bench/request-load.ts'
import type { RequestSource } from '../../../../src/cli/bench/request-sender.ts'

const FRAME_BYTES = 20
const STALL_MS = 60

/** What a server does with request `number` of a connection. */
type Behaviour = (number: number, answer: (correlationId?: number) => void) => void

const servers: { server: net.Server; sockets: net.Socket[] }[] = []

afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy()
    await new Promise((closed) => server.close(closed))
  }
})

/** Serves frames of FRAME_BYTES; remembers how many were unanswered at once. */
async function serve(behave: Behaviour) {
  const seen = { requests: 0, unanswered: 0, unansweredMax: 0 }
  const sockets: net.Socket[] = []
  const server = net.createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    let pending = Buffer.alloc(0)
    let number = 0
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk])
      for (; pending.byteLength >= FRAME_BYTES; pending = pending.subarray(FRAME_BYTES)) {
        const own = pending.readInt32BE(8)
        seen.requests += 1
        seen.unanswered += 1
        seen.unansweredMax = Math.max(seen.unansweredMax, seen.unanswered)
        behave((number += 1), (correlationId = own) => {
          seen.unanswered -= 1
          const response = Buffer.alloc(8)
          response.writeInt32BE(4)
          response.writeInt32BE(correlationId, 4)
          socket.write(response)
        })
      }
    })
  })
  servers.push({ server, sockets })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as net.AddressInfo
  const frame = Buffer.alloc(FRAME_BYTES)
  frame.writeInt32BE(FRAME_BYTES - 4)
  const source: RequestSource = {
    address: { host: '127.0.0.1', port },
    frame,
    payloadBytes: 10,
    check: () => undefined,
  }
  return { source, seen, hangUp: () => sockets[0]?.destroy() }
}

test('sends as many as it may, and never more at once than it may', async () => {
  // Answered a turn later, so that all that came in one piece are unanswered at once.
  const { source, seen } = await serve((_number, answer) => setImmediate(answer))
  const result = await runRequests([source, source, source], {
    inFlight: 4,
    durationMs: 60_000,
    requestsMax: 1_000,
  })
  expect(seen.requests).toBe(1_000)
  expect(seen.unansweredMax).toBeLessThanOrEqual(12)
  expect(result).toMatchObject({ requests: 1_000, bytes: 10_000 })
})

test('an open loop counts latency from when a request was due', async () => {
  const { source } = await serve((number, answer) => {
    if (number === 1) setTimeout(answer, STALL_MS)
    else answer()
  })
  // Twenty are due within 20 ms; while the first one stalls, none of them can be sent.
  const { requests, latencyMs } = await runRequests([source], {
    inFlight: 1,
    durationMs: 20,
    ratePerSecond: 1_000,
  })
  expect(requests).toBe(20)
  expect(latencyMs.p50).toBeGreaterThan(STALL_MS - 25)
})

test('without answers, it ends with the answer to the barrier', async () => {
  const counted: number[] = []
  const { source, seen } = await serve((number, answer) => {
    counted.push(number)
    if (number === 501) answer(0)
  })
  const result = await runRequests([{ ...source, barrier: source.frame }], {
    inFlight: 8,
    durationMs: 60_000,
    requestsMax: 500,
  })
  expect(seen.requests).toBe(501)
  expect(result).toMatchObject({ requests: 500, latencyMs: { max: 0 } })
})

test('an answer out of order, a refusal and a lost connection end the load', async () => {
  const options = { inFlight: 2, durationMs: 60_000 }
  const wrong = await serve((_number, answer) => answer(77))
  await expect(runRequests([wrong.source], options)).rejects.toThrow('out of order')

  const refusing = await serve((_number, answer) => answer())
  const check = () => {
    throw new Error('refused')
  }
  await expect(runRequests([{ ...refusing.source, check }], options)).rejects.toThrow('refused')

  const leaving = await serve(() => leaving.hangUp())
  await expect(runRequests([leaving.source], options)).rejects.toThrow('closed the connection')
})

test('a signal ends it in good order', async () => {
  const stop = new AbortController()
  const { source, seen } = await serve((number, answer) => {
    if (number === 50) stop.abort()
    answer()
  })
  const options = { inFlight: 2, durationMs: 60_000, signal: stop.signal }
  const { requests } = await runRequests([source], options)
  expect(requests).toBe(seen.requests)
})

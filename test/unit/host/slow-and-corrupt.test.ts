// Goal: a link holds the rate it is told, for all its connections together, and goes on at once
// when that is taken back; and it changes one byte of a piece when it is told to, and loses none.
// Method: real sockets; the rate is held against the clock from one side only: a machine may be
// slower.
import { once } from 'node:events'
import net from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { TcpProxy, type Fault } from '../../../src/host/tcp-proxy.ts'
import { dice } from '../../support/log-text.ts'
import { eventually } from '../../support/within.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function link(fault: Fault) {
  const heard: Buffer[] = []
  const server = net.createServer((socket) => {
    // The proxy resets what is left when it is closed.
    socket.on('error', () => undefined).on('data', (chunk) => heard.push(chunk))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const random = dice(3)
  const proxy = await TcpProxy.open({ random: () => random.next() })
  cleanups.push(
    () => server.close(),
    () => proxy[Symbol.asyncDispose](),
  )
  const { port } = server.address() as net.AddressInfo
  await proxy.setUpstream({ host: '127.0.0.1', port })
  const undo = proxy.inject(fault)
  const dial = async () => {
    const socket = net.connect({ host: proxy.host, port: proxy.port })
    socket.on('error', () => undefined)
    cleanups.push(() => socket.destroy())
    await once(socket, 'connect')
    return socket
  }
  return { dial, undo, heard: () => Buffer.concat(heard) }
}

const BYTES_PER_SECOND = 20_000

test('two connections together are not faster than the link, and nothing is late after it', async () => {
  const fault = { type: 'throttle', direction: 'both', bytesPerSecond: BYTES_PER_SECOND } as const
  const { dial, undo, heard } = await link(fault)
  const sinceMs = performance.now()
  for (const socket of [await dial(), await dial()]) socket.write(Buffer.alloc(300_000, 7))
  await eventually(30_000, 'half a second of bytes', () => heard().length >= BYTES_PER_SECOND / 2)
  const passedMs = performance.now() - sinceMs
  // What the bucket may hold in the beginning comes on top.
  expect(heard().length).toBeLessThanOrEqual((BYTES_PER_SECOND * (passedMs + 100)) / 1_000)
  await undo()
  await eventually(10_000, 'all of it', () => heard().length === 600_000)
  expect(heard().every((byte) => byte === 7)).toBe(true)
})

test('of every piece that passes one byte is another one, and none is lost', async () => {
  const fault = { type: 'corrupt', direction: 'forward', probability: 1 } as const
  const { dial, undo, heard } = await link(fault)
  const socket = await dial()
  for (let piece = 1; piece <= 20; piece += 1) {
    socket.write(Buffer.alloc(100))
    await eventually(10_000, `piece ${piece}`, () => heard().length === piece * 100)
    expect(heard().filter((byte) => byte !== 0)).toHaveLength(piece)
  }
  await undo()
  socket.write(Buffer.alloc(100))
  await eventually(10_000, 'what is whole', () => heard().length === 2_100)
  expect(heard().filter((byte) => byte !== 0)).toHaveLength(20)
})

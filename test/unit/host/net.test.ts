// Goal: TCP does what `base/net.ts` promises: order, half-open peers, back pressure, one last
// event. Method: a listener on a free port of the loopback and plain sockets as its peers.
import { once } from 'node:events'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import type { ListeningServer, Stream, StreamEvents } from '../../../src/base/net.ts'
import { hostNet } from '../../../src/host/net.ts'

const LOOPBACK = '127.0.0.1'
const bytes = (content: string) => new TextEncoder().encode(content)

const servers: ListeningServer[] = []
const peers: net.Socket[] = []
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy()
  for (const server of servers.splice(0)) await server.close()
})

/** Our side and the peer's side of one new connection. */
async function connection(): Promise<{ stream: Stream; peer: net.Socket }> {
  let accept: (stream: Stream) => void = () => undefined
  const accepted = new Promise<Stream>((resolve) => (accept = resolve))
  const server = await hostNet.listen({ host: LOOPBACK, port: 0 }, (stream) => {
    accept(stream)
  })
  servers.push(server)
  const peer = net.connect({ host: server.host, port: server.port, allowHalfOpen: true })
  peer.on('error', () => undefined)
  peers.push(peer)
  return { stream: await accepted, peer }
}

/** Opens `stream` and gathers what it says; `closed` resolves with the last event. */
function listenTo(stream: Stream, overrides: Partial<StreamEvents> = {}) {
  const heard: string[] = []
  const received: Uint8Array[] = []
  const closed = new Promise<Error | null>((resolve) => {
    stream.open({
      data: (chunk) => {
        // Lent: the next read may go to the same place.
        received.push(Uint8Array.from(chunk))
      },
      drained: () => heard.push('drained'),
      ended: () => heard.push('ended'),
      closed: (error) => {
        heard.push('closed')
        resolve(error)
      },
      ...overrides,
    })
  })
  return { heard, closed, text: () => Buffer.concat(received).toString() }
}

test('port 0 gives a real port, and nobody else gets that one', async () => {
  const server = await hostNet.listen({ host: LOOPBACK, port: 0 }, () => undefined)
  servers.push(server)
  expect(server.host).toBe(LOOPBACK)
  expect(server.port).toBeGreaterThan(0)
  await expect(
    hostNet.listen({ host: LOOPBACK, port: server.port }, () => undefined),
  ).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('nothing is delivered before open, and nothing that came earlier is lost', async () => {
  const { stream, peer } = await connection()
  peer.end('sent before anybody listened')
  await once(peer, 'finish')
  const side = listenTo(stream, { ended: () => stream.end() })
  expect(await side.closed).toBeNull()
  expect(side.text()).toBe('sent before anybody listened')
})

test('a peer that has said all it wants to say still gets its answer', async () => {
  const { stream, peer } = await connection()
  const side = listenTo(stream, {
    ended: () => {
      stream.write([bytes('the '), bytes('late ')])
      stream.write([bytes('answer')])
      stream.end()
    },
  })
  peer.end('question')
  expect(await text(peer)).toBe('the late answer')
  expect(await side.closed).toBeNull()
  expect(side.text()).toBe('question')
})

test('a peer that does not read shows in unsentBytes until it does', async () => {
  const { stream, peer } = await connection()
  const drained = new Promise<void>((resolve) => {
    listenTo(stream, { drained: resolve })
  })
  peer.pause()
  const chunk = new Uint8Array(1024 * 1024)
  for (let count = 0; count < 64; count += 1) stream.write([chunk])
  expect(stream.unsentBytes).toBeGreaterThan(0)
  let seenBytes = 0
  peer.on('data', (part) => (seenBytes += part.byteLength)).resume()
  await drained
  expect(stream.unsentBytes).toBe(0)
  stream.end()
  await once(peer, 'end')
  expect(seenBytes).toBe(64 * chunk.byteLength)
})

test('a reset connection closes once, with its error', async () => {
  const { stream, peer } = await connection()
  const side = listenTo(stream)
  await once(peer, 'connect').catch(() => undefined)
  peer.resetAndDestroy()
  expect(await side.closed).toMatchObject({ code: 'ECONNRESET' })
  expect(side.heard.filter((event) => event === 'closed')).toEqual(['closed'])
})

test('destroy closes at once and without an error', async () => {
  const { stream, peer } = await connection()
  const side = listenTo(stream)
  stream.destroy()
  stream.destroy()
  expect(await side.closed).toBeNull()
  await once(peer.resume(), 'end')
})

test('closing the listener leaves accepted streams alone', async () => {
  const { stream, peer } = await connection()
  const side = listenTo(stream)
  const [server] = servers.splice(0)
  const closing = server?.close()
  stream.write([bytes('still here')])
  stream.end()
  expect(await text(peer)).toBe('still here')
  peer.end()
  expect(await side.closed).toBeNull()
  await closing
})

test('a peer is named by address and port', async () => {
  const { stream, peer } = await connection()
  expect(stream.peerAddress).toBe(LOOPBACK)
  expect(stream.peer).toBe(`${LOOPBACK}:${peer.localPort}`)
  stream.destroy()
})

test('a dialled stream delivers nothing before open, and speaks both ways', async () => {
  const server = net.createServer((socket) => {
    socket.write('welcome')
    socket.on('data', (chunk) => socket.end(`you said ${chunk.toString()}`))
  })
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve))
  const { port } = server.address() as net.AddressInfo
  const stream = await hostNet.connect({ host: LOOPBACK, port })
  const side = listenTo(stream, { ended: () => stream.end() })
  stream.write([bytes('hello')])
  expect(await side.closed).toBeNull()
  expect(side.text()).toBe('welcomeyou said hello')
  server.close()
})

test('dialling fails with the reason of the system, or of whoever gives up', async () => {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const nobody = { host: LOOPBACK, port }
  await expect(hostNet.connect(nobody)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  const abort = new AbortController()
  const dialling = hostNet.connect(nobody, abort.signal)
  abort.abort(new Error('enough'))
  await expect(dialling).rejects.toThrow('enough')
  await expect(hostNet.connect(nobody, abort.signal)).rejects.toThrow('enough')
})

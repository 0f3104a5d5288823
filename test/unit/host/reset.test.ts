// Goal: a socket that is reset is gone, whatever it was doing; one that is ending at that moment
// kept its descriptor, and its process, for ever. Method: reset one at every stage of its end; the
// event `close` and the number of handles tell.
import { once } from 'node:events'
import net from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reset } from '../../../src/host/reset.ts'
import { eventually } from '../../support/within.ts'

let server: net.Server
beforeEach(async () => {
  server = net.createServer((peer) => peer.on('error', () => peer.destroy()).resume())
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterEach(() => new Promise((closed) => void server.close(closed)))

const handles = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length

test.each<[string, (socket: net.Socket) => unknown]>([
  ['open', () => {}],
  ['ending', (socket) => socket.end()],
  ['ending behind what it wrote', (socket) => socket.end(new Uint8Array(1 << 20))],
  ['ended', (socket) => once(socket.end(), 'finish')],
  ['gone', (socket) => socket.destroy()],
])('a socket that is %s', async (_, prepare) => {
  const before = handles()
  const { port } = server.address() as net.AddressInfo
  const socket = net.connect({ host: '127.0.0.1', port, allowHalfOpen: true })
  await once(socket, 'connect')
  const errors: Error[] = []
  socket.on('error', (error) => errors.push(error))
  const closed = once(socket, 'close')
  await prepare(socket)
  reset(socket)
  await closed
  expect(errors).toEqual([])
  await eventually(5_000, 'no handle is left', () => handles() === before)
})

/**
 * Goal: what is dialled is a listener of the process behind a connection, or nothing (S23): never
 * a name, and never this machine in place of another.
 * Method: where the connection comes from, what the process says that it bound, and where that is.
 */
import { expect, test } from 'vitest'
import { addressOf, listenerBehind } from '../../../src/rpc/peer-address.ts'

test.each([
  ['127.0.0.1:9093', '127.0.0.1', 9093],
  ['[::1]:9093', '::1', 9093],
  ['::1:9093', '::1', 9093],
])('the other end of %s', (peer, host, port) => {
  expect(addressOf(peer)).toEqual({ host, port })
})

test.each([
  // Every interface: the one that the connection came from.
  ['10.0.0.7', '', '10.0.0.7'],
  ['10.0.0.7', '0.0.0.0', '10.0.0.7'],
  ['::ffff:10.0.0.7', '::', '10.0.0.7'],
  ['10.0.0.7', '10.0.0.7', '10.0.0.7'],
  // One interface, whichever the connection came from.
  ['10.0.0.7', '192.168.0.7', '192.168.0.7'],
  ['127.0.0.1', 'localhost', 'localhost'],
  ['::1', '127.0.0.1', '127.0.0.1'],
  // Somebody else's loopback, and names.
  ['10.0.0.7', '127.0.0.1', null],
  ['10.0.0.7', 'localhost', null],
  ['10.0.0.7', 'broker-7.example.org', null],
  ['127.0.0.1', 'broker-7.example.org', null],
])('from %s, bound to %s: %s', (from, bound, dialled) => {
  const found = listenerBehind({ host: from, port: 51_234 }, { host: bound, port: 9092 })
  expect(found).toEqual(dialled === null ? null : { host: dialled, port: 9092 })
})

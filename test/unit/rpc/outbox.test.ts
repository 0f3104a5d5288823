/**
 * Goal: what waits for a replica is bounded, keeps its order, and loses what may be lost first.
 * Method: an outbox with small bounds, and a model of its order over arbitrary pushes and takes.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import type { Content, Message } from '../../../src/raft/messages.ts'
import { Outbox } from '../../../src/rpc/outbox.ts'
import { sizeOf } from '../../../src/rpc/raft-encode.ts'
import { anyMessage } from './messages-arbitrary.ts'

const [from, to] = [1, 2].map((id) =>
  replicaKey({ nodeId: asNodeId(id), directoryId: 'AQIDBAUGBwgJCgsMDQ4PEA' }),
) as [Message['from'], Message['to']]

const message = (content: Content): Message => ({ from, to, term: 9, ...content })
const heartbeat = (commit: number) => message({ type: 'heartbeat', session: 1, commit, read: 0 })
const response = (index: number) => message({ type: 'append-response', session: 1, index })
const append = (previousIndex: number, bytes = 0) =>
  message({
    type: 'append',
    session: 1,
    previousIndex,
    previousTerm: 1,
    entries: [{ index: previousIndex + 1, term: 1, kind: 'data', data: new Uint8Array(bytes) }],
    commit: 0,
  })

function online(bounds?: { bytes: number; messages: number }): Outbox {
  const outbox = new Outbox(bounds)
  outbox.goOnline()
  return outbox
}

const ALL = Number.MAX_SAFE_INTEGER

describe('an outbox', () => {
  test('gives a newer heartbeat the place of an older one', () => {
    const outbox = online()
    for (const queued of [heartbeat(1), append(1), heartbeat(2), append(2), heartbeat(3)])
      expect(outbox.push(queued)).toBe(true)
    expect(outbox.take(ALL)).toEqual([append(1), append(2), heartbeat(3)])
    expect([outbox.length, outbox.bytes]).toEqual([0, 0])
  })

  test('gives out at least one message, and no more than fit', () => {
    const outbox = online()
    for (let index = 1; index <= 5; index += 1) outbox.push(append(index, 1_000))
    expect(outbox.take(1)).toEqual([append(1, 1_000)])
    expect(outbox.take(2 * sizeOf(append(1, 1_000)))).toEqual([append(2, 1_000), append(3, 1_000)])
    expect(outbox.length).toBe(2)
  })

  test('refuses appends when it is full, and lets them go for anything else', () => {
    const outbox = online({ bytes: 5_000, messages: 100 })
    for (let index = 1; index <= 4; index += 1) expect(outbox.push(append(index, 1_000))).toBe(true)
    expect(outbox.push(append(5, 1_000))).toBe(false)
    expect(outbox.length).toBe(4)
    for (let index = 1; outbox.length > 1 || index === 1; index += 1) {
      const kept = outbox.push(response(index))
      if (!kept) break
    }
    expect(outbox.take(ALL).every(({ type }) => type === 'append-response')).toBe(true)
  })

  test('drops even small messages rather than grow', () => {
    const outbox = online({ bytes: ALL, messages: 3 })
    for (let index = 1; index <= 3; index += 1) expect(outbox.push(response(index))).toBe(true)
    expect(outbox.push(response(4))).toBe(false)
    expect(outbox.take(ALL)).toEqual([response(1), response(2), response(3)])
  })

  test('keeps the newest of every kind while nobody listens, and no append', () => {
    const outbox = online()
    for (const queued of [response(1), append(1), heartbeat(1), response(2)]) outbox.push(queued)
    outbox.goOffline()
    expect(outbox.push(append(2))).toBe(false)
    expect(outbox.push(heartbeat(2))).toBe(true)
    expect(outbox.push(response(3))).toBe(true)
    outbox.goOnline()
    expect(outbox.take(ALL)).toEqual([heartbeat(2), response(3)])
    expect(outbox.bytes).toBe(0)
  })

  test('never exceeds its bounds, counts right, and never changes the order', () => {
    const bounds = { bytes: 2_000, messages: 12 }
    const pushes = fc.array(fc.oneof({ weight: 5, arbitrary: anyMessage }, fc.constant(null)))
    fc.assert(
      fc.property(pushes, (steps) => {
        const outbox = online(bounds)
        let sent = 0
        let last = -1
        const order = new Map<Message, number>()
        const take = (maxBytes: number) => {
          for (const taken of outbox.take(maxBytes)) {
            const number = order.get(taken) ?? -1
            expect(number).toBeGreaterThan(last)
            last = number
          }
        }
        for (const step of steps) {
          if (step === null) take(500)
          else {
            const pushed = { from, to, ...step }
            order.set(pushed, (sent += 1))
            outbox.push(pushed)
          }
          expect(outbox.bytes).toBeLessThanOrEqual(bounds.bytes)
          expect(outbox.length).toBeLessThanOrEqual(bounds.messages)
        }
        take(ALL)
        expect([outbox.length, outbox.bytes]).toEqual([0, 0])
      }),
    )
  })
})

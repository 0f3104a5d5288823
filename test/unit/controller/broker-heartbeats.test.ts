/**
 * Goal: silence of a session is told apart from being heard; who seems gone is not believed when
 * most seem to be (S23); a session belongs to one process of a broker.
 * Method: registrations by hand, and a time that is a number.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { BrokerHeartbeats } from '../../../src/controller/broker-heartbeats.ts'
import type { BrokerRegistration } from '../../../src/metadata/image/cluster.ts'
import type { RegisterBrokerRecord } from '../../../src/metadata/records.ts'
import { broker } from '../metadata/images.ts'

const SESSION_MS = 9_000

const key = (nodeId: number, brokerEpoch = nodeId) => ({ nodeId: asNodeId(nodeId), brokerEpoch })

function registered(...records: RegisterBrokerRecord[]) {
  return new Map(
    records.map(
      ({ type: _, ...registration }): [typeof registration.nodeId, BrokerRegistration] => [
        registration.nodeId,
        registration,
      ],
    ),
  )
}

/** Brokers in service, followed since 0. */
function following(...ids: number[]) {
  const heartbeats = new BrokerHeartbeats(SESSION_MS)
  const follow = (nowMs: number, ...records: RegisterBrokerRecord[]) =>
    heartbeats.follow(registered(...records), { metadataOffset: 100 + nowMs, nowMs })
  follow(0, ...ids.map((id) => broker(id)))
  const lines = new Map(ids.map((id) => [id, {}]))
  const hear = (id: number, nowMs: number, metadataOffset = 0) =>
    heartbeats.heard(key(id), { line: lines.get(id) ?? {}, metadataOffset, nowMs })
  const lose = (id: number) => heartbeats.broke(lines.get(id) ?? {})
  return { heartbeats, follow, hear, lose }
}

describe('silence', () => {
  test('of a whole session is stale, the longest first; a beat ends it', () => {
    const { heartbeats, hear } = following(1, 2, 3)
    hear(1, 500)
    hear(3, 100)
    expect(heartbeats.nextDeadlineMs()).toBe(SESSION_MS)
    expect(heartbeats.stale(SESSION_MS - 1)).toEqual([])
    expect(heartbeats.stale(SESSION_MS + 99)).toEqual([key(2)])
    expect(heartbeats.stale(SESSION_MS + 500)).toEqual([key(2), key(3), key(1)])
    hear(2, SESSION_MS + 400)
    expect(heartbeats.stale(SESSION_MS + 500)).toEqual([key(3), key(1)])
  })

  test('of a fenced broker is nothing; one that comes into service has a full session', () => {
    const { heartbeats, follow } = following()
    follow(0, broker(1, { fenced: true }))
    expect(heartbeats.stale(20_000)).toEqual([])
    expect(heartbeats.nextDeadlineMs()).toBeNull()
    follow(20_000, broker(1))
    expect(heartbeats.stale(20_000)).toEqual([])
    expect(heartbeats.stale(20_000 + SESSION_MS)).toEqual([key(1)])
  })

  test('of an earlier process is not held against the present one', () => {
    const { heartbeats, follow, hear } = following(1)
    follow(8_000, broker(1, { brokerEpoch: 50 }))
    hear(1, 16_000)
    expect(heartbeats.stale(SESSION_MS)).toEqual([])
    // Nor does a late beat of the earlier one count for it.
    expect(heartbeats.stale(8_000 + SESSION_MS)).toEqual([key(1, 50)])
    expect(heartbeats.isLost(key(1))).toBe(false)
    expect(heartbeats.isLost(key(1, 50))).toBe(true)
  })

  test('of one that left is forgotten', () => {
    const { heartbeats, follow } = following(1, 2)
    follow(1, broker(2))
    expect(heartbeats.stale(SESSION_MS)).toEqual([key(2)])
  })
})

describe('a broken line', () => {
  test('makes a broker lost, unless it has another one', () => {
    const { heartbeats, hear, lose } = following(1)
    expect(heartbeats.lost()).toEqual([key(1)])
    hear(1, 1)
    expect(heartbeats.lost()).toEqual([])
    const again = {}
    heartbeats.heard(key(1), { line: again, metadataOffset: 0, nowMs: 2 })
    expect(lose(1)).toBeNull()
    expect(heartbeats.broke(again)).toEqual(key(1))
    expect(heartbeats.lost()).toEqual([key(1)])
  })

  test('and refused dials mean that it is gone; a line that comes back does not', () => {
    const { heartbeats, hear, lose } = following(1, 2, 3)
    for (const id of [1, 2, 3]) hear(id, 1)
    lose(1)
    expect(heartbeats.gone()).toEqual([])
    heartbeats.refused(key(1))
    expect(heartbeats.gone()).toEqual([key(1)])
    hear(1, 2)
    expect(heartbeats.gone()).toEqual([])
    heartbeats.refused(key(1))
    lose(1)
    expect(heartbeats.gone()).toEqual([])
  })

  test('of more than half of those in service says more about this node', () => {
    const { heartbeats, follow, hear, lose } = following(1, 2, 3, 4)
    for (const id of [1, 2, 3, 4]) hear(id, 1)
    for (const id of [1, 2, 3]) lose(id)
    heartbeats.refused(key(1))
    expect(heartbeats.gone()).toEqual([])
    // One of them is there after all.
    hear(2, 2)
    expect(heartbeats.gone()).toEqual([key(1)])
    lose(4)
    expect(heartbeats.gone()).toEqual([])
    hear(4, 3)
    // Who is fenced is neither lost nor in service: what is left is one of three.
    follow(5, broker(1, { fenced: true }), broker(2), broker(3), broker(4))
    heartbeats.refused(key(3))
    expect(heartbeats.gone()).toEqual([key(3)])
  })
})

test('a shutdown is known when everybody in service has published it', () => {
  const { heartbeats, follow, hear } = following(1, 2, 3)
  expect(heartbeats.isShutdownKnown(key(1))).toBe(false)
  const leaving = broker(1, { inControlledShutdown: true })
  follow(10, leaving, broker(2), broker(3, { fenced: true }))
  follow(20, leaving, broker(2), broker(3, { fenced: true }))
  hear(2, 20, 109)
  expect(heartbeats.isShutdownKnown(key(1))).toBe(false)
  hear(2, 21, 110)
  hear(2, 22, 5)
  expect(heartbeats.isShutdownKnown(key(1))).toBe(true)
})

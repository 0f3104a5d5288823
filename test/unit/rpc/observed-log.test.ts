// Goal: whatever a controller sends, listeners hear entries in order and once, whole snapshots, and
// nothing that goes back.
// Method: events by hand, right ones and wrong ones, and what listeners were told.
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { encodeRecords } from '../../../src/metadata/codec.ts'
import type { MetadataRecord } from '../../../src/metadata/records.ts'
import { ObservedLog, WatchFault } from '../../../src/rpc/observed-log.ts'
import type { WatchEvent } from '../../../src/rpc/watch-codec.ts'
import { topicId, uuid } from '../metadata/images.ts'

const NOTHING = { leadership: null, entries: null, snapshot: null }

const topic = (number: number): MetadataRecord => ({
  type: 'Topic',
  name: `topic-${number}`,
  topicId: topicId(number),
})

function entries(firstOffset: number, ...epochs: number[]): WatchEvent {
  const stored = epochs.map((epoch, index) => ({
    epoch,
    records: encodeRecords([topic(firstOffset + index)]),
  }))
  const endOffset = firstOffset + epochs.length
  return { ...NOTHING, endOffset, entries: { firstOffset, entries: stored } }
}

function piece(
  { endOffset, epoch }: { endOffset: number; epoch: number },
  number: number,
  { last = false, records = [] as MetadataRecord[] } = {},
): WatchEvent {
  const snapshot = { endOffset, epoch, piece: number, last, records: encodeRecords(records) }
  return { ...NOTHING, endOffset, snapshot }
}

function leader(leaderId: number | null, epoch: number, endOffset = 0): WatchEvent {
  const leadership = {
    leaderId: leaderId === null ? null : asNodeId(leaderId),
    ...{ epoch, isLeader: true, controllers: [] },
  }
  return { ...NOTHING, endOffset, leadership }
}

function observed() {
  const log = new ObservedLog()
  const told: string[] = []
  log.subscribe({
    onSnapshot: ({ metadataOffset, topics }) =>
      told.push(`snapshot ${metadataOffset + 1}: ${[...topics.byName.keys()].join(' ')}`),
    onCommitted: (committed) => {
      for (const { offset, epoch } of committed) told.push(`${offset}@${epoch}`)
    },
    onCaughtUp: () => told.push('caught up'),
    onLeadership: ({ leaderId, epoch, isLeader }) =>
      told.push(`leader ${leaderId}@${epoch}${isLeader ? ', which is this node' : ''}`),
  })
  return { log, told }
}

describe('entries', () => {
  test('are delivered in order, with their place', () => {
    const { log, told } = observed()
    log.take(entries(0, 1, 1))
    log.take(entries(2, 3))
    expect(told).toEqual(['0@1', '1@1', '2@3'])
    expect([log.nextOffset, log.epoch]).toEqual([3, 3])
  })

  test.each([
    ['with a gap', entries(3, 1)],
    ['a second time', entries(1, 1)],
    ['of an earlier epoch', entries(2, 0)],
    ['whose epochs go back', entries(2, 5, 4)],
  ])('%s are refused, and nothing of them is delivered', (_, event) => {
    const { log, told } = observed()
    log.take(entries(0, 1, 1))
    expect(() => log.take(event)).toThrow(WatchFault)
    expect([told, log.nextOffset, log.epoch]).toEqual([['0@1', '1@1'], 2, 1])
  })

  test('that cannot be read are refused', () => {
    const { log, told } = observed()
    const stored = { epoch: 1, records: Buffer.from('nonsense') }
    const event = { ...NOTHING, endOffset: 1, entries: { firstOffset: 0, entries: [stored] } }
    expect(() => log.take(event)).toThrow(expect.objectContaining({ code: 'METADATA_CORRUPT' }))
    expect([told, log.nextOffset]).toEqual([[], 0])
  })
})

describe('a snapshot', () => {
  const id = { endOffset: 7, epoch: 2 }

  test('counts when its last piece is there', () => {
    const { log, told } = observed()
    log.take(piece(id, 0, { records: [{ type: 'ClusterId', clusterId: uuid(5) }] }))
    log.take(piece(id, 1, { records: [topic(1)] }))
    expect([told, log.nextOffset]).toEqual([[], 0])
    log.take(piece(id, 2, { records: [topic(2)], last: true }))
    expect(told).toEqual(['snapshot 7: topic-1 topic-2'])
    expect([log.nextOffset, log.epoch, log.clusterId]).toEqual([7, 2, uuid(5)])
    log.take(entries(7, 2))
    expect(told.at(-1)).toBe('7@2')
  })

  test('that was cut begins anew with the next stream', () => {
    const { log, told } = observed()
    log.take(piece(id, 0, { records: [topic(1)] }))
    log.beginStream()
    expect(() => log.take(piece(id, 1, { last: true }))).toThrow(WatchFault)
    log.beginStream()
    log.take(piece(id, 0, { records: [topic(3)], last: true }))
    expect(told).toEqual(['snapshot 7: topic-3'])
  })

  test.each([
    ['a piece is missing', piece(id, 2)],
    ['a piece comes twice', piece(id, 0, { records: [topic(1)] })],
    ['a piece of another snapshot comes', piece({ endOffset: 8, epoch: 2 }, 1)],
    ['entries come in between', entries(0, 1)],
  ])('is refused when %s', (what, event) => {
    const { log, told } = observed()
    log.take(piece(id, 0, { records: [topic(1)] }))
    // The first piece again begins the snapshot again, and the old one is forgotten.
    if (what === 'a piece comes twice') log.take(event)
    else expect(() => log.take(event)).toThrow(WatchFault)
    expect([told, log.nextOffset]).toEqual([[], 0])
  })

  test.each([
    ['of what is held', { endOffset: 2, epoch: 9 }],
    ['of less than is held', { endOffset: 1, epoch: 9 }],
    ['of an earlier epoch', { endOffset: 9, epoch: 3 }],
  ])('%s is refused', (_, earlier) => {
    const { log } = observed()
    log.take(entries(0, 4, 4))
    expect(() => log.take(piece(earlier, 0, { last: true }))).toThrow(WatchFault)
    expect(log.nextOffset).toBe(2)
  })
})

describe('who leads', () => {
  test('is told once an epoch, and never of an earlier one', () => {
    const { log, told } = observed()
    for (const event of [
      leader(1, 3),
      leader(2, 2),
      leader(1, 3),
      leader(null, 3),
      leader(null, 4),
    ])
      log.take(event)
    log.take(leader(2, 4))
    expect(told).toEqual(['leader 1@3', 'leader null@4', 'leader 2@4'])
  })

  test('decides what being caught up means', () => {
    const { log, told } = observed()
    log.take(leader(1, 2))
    log.take(entries(0, 1))
    log.take(leader(1, 2, 1))
    expect(told).not.toContain('caught up')
    log.take({ ...entries(1, 2), endOffset: 3 })
    expect(told).not.toContain('caught up')
    log.take(entries(2, 2))
    log.take(entries(3, 2))
    expect(told.filter((text) => text === 'caught up')).toHaveLength(1)
  })
})

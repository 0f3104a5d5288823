// Goal: the checkers of the data plane's chaos runs flag every anomaly they name, and nothing else.
// Method: histories, readings and replicas made by hand, each with one thing wrong, beside clean
// ones that look alike.
import { describe, expect, test } from 'vitest'
import { checkRecords } from '../../../chaos/replication/checker.ts'
import { printCodes, strangeCodes } from '../../../chaos/replication/codes.ts'
import { idOf, valueOf, type Reading, type Send } from '../../../chaos/replication/history.ts'
import { Outage, printGaps, type FaultNote } from '../../../chaos/replication/outages.ts'
import { paceOf } from '../../../chaos/replication/paces.ts'
import { checkReplicas, type DumpedBatch } from '../../../chaos/replication/replicas.ts'
import { Silences } from '../../../chaos/replication/silences.ts'
import { errors } from '../../../src/wire/errors.ts'

const send = (number: number, changes: Partial<Send> = {}): Send => ({
  ...{ producer: 'p', number, partition: 0, askedMs: number, answeredMs: number + 1 },
  ...{ outcome: 'ok', offset: number - 1, error: null },
  ...changes,
})

/** Offsets from 0 on, each with the number of the record of producer `p` that stands there. */
const reading = (numbers: readonly (number | null)[], changes: Partial<Reading> = {}): Reading => ({
  ...{ reader: 'r', partition: 0 },
  seen: numbers.map((number, offset) => ({
    offset,
    id: number === null ? null : { producer: 'p', number },
  })),
  ...changes,
})

const kinds = (sends: readonly Send[], final: Reading, ...other: readonly Reading[]) => [
  ...new Set(checkRecords(sends, { final: [final], other }).anomalies.map(({ kind }) => kind)),
]

describe('records', () => {
  const three = [send(1), send(2), send(3)]

  test('what was acknowledged is there, where it was said', () => {
    expect(kinds(three, reading([1, 2, 3]), reading([1, 2]))).toEqual([])
  })

  test('what is unknown may be there or not, but once', () => {
    const unknown = [send(1), send(2, { outcome: 'unknown', offset: null })]
    expect(kinds(unknown, reading([1]))).toEqual([])
    expect(kinds(unknown, reading([1, 2]))).toEqual([])
    expect(kinds(unknown, reading([1, 2, 2]))).toEqual(['duplicate'])
  })

  test('a client that does not tell where a record went is believed that it is kept', () => {
    const untold = [send(1, { partition: null, offset: null })]
    expect(kinds(untold, reading([1]))).toEqual([])
    expect(kinds(untold, reading([]))).toEqual(['lost write'])
  })

  test('an acknowledged record that nobody finds', () => {
    expect(kinds(three, reading([1, 2]))).toEqual(['lost write'])
  })

  test('a record that is acknowledged by one replica alone, and gone with it (acks=1)', () => {
    const overwritten = [...three, send(4, { offset: 2 })]
    expect(kinds(overwritten, reading([1, 2, 4]), reading([1, 2, 3]))).toEqual([
      'inconsistent offset',
      'shared offset',
      'lost write',
    ])
  })

  test('a record elsewhere than acknowledged', () => {
    const moved = [send(1, { offset: 1 }), send(2, { offset: 0 })]
    expect(kinds(moved, reading([1, 2]))).toEqual(['moved write'])
  })

  test('a record that is there twice', () => {
    expect(kinds(three, reading([1, 2, 3, 2]))).toEqual(['duplicate'])
  })

  test('records in another order than they were sent in', () => {
    const swapped = [send(1, { offset: 1 }), send(2, { offset: 0 })]
    expect(kinds(swapped, reading([2, 1]))).toEqual(['reordered'])
  })

  test('a record that was refused for certain', () => {
    const refused = [send(1), send(2, { outcome: 'failed', offset: null, error: 'NO' })]
    expect(kinds(refused, reading([1]))).toEqual([])
    expect(kinds(refused, reading([1, 2]))).toEqual(['refused, but there'])
  })

  test('bytes that nobody sent', () => {
    expect(kinds([send(1)], reading([1, null]))).toEqual(['out of nowhere'])
    const value = valueOf({ producer: 'p', number: 7 })
    expect(idOf(value)).toEqual({ producer: 'p', number: 7 })
    expect(idOf(`${value}.`)).toBeNull()
  })

  test('a consumer that is given an offset again, or not at all', () => {
    const again = { ...reading([]), seen: [...reading([1, 2]).seen, ...reading([1]).seen] }
    expect(kinds(three, reading([1, 2, 3]), again)).toEqual(['poll went back'])
    const skipping = { ...reading([]), seen: reading([1, 2, 3]).seen.filter((_, at) => at !== 1) }
    expect(kinds(three, reading([1, 2, 3]), skipping)).toEqual(['poll skipped'])
  })

  test('what a consumer was given is gone in the end', () => {
    const unknown = [send(1), send(2, { outcome: 'unknown', offset: null })]
    expect(kinds(unknown, reading([1]), reading([1, 2]))).toEqual(['read, then gone'])
  })

  test('a partition that nobody read in the end proves nothing', () => {
    const { anomalies, unknowns } = checkRecords([send(1, { partition: 3 })], {
      ...{ final: [reading([])], other: [] },
    })
    expect(unknowns).toEqual(['partition 3 was not read in the end'])
    expect(anomalies).toEqual([])
  })
})

describe('replicas', () => {
  const batch = (baseOffset: number, changes: Partial<DumpedBatch> = {}): DumpedBatch => ({
    ...{ baseOffset, lastOffset: baseOffset, leaderEpoch: 0, sizeBytes: 70, crc: baseOffset },
    ...changes,
  })
  const check = (...logs: readonly (readonly DumpedBatch[])[]) =>
    checkReplicas(
      logs.map((batches, index) => ({ node: index + 1, partition: 0, batches })),
      { highWatermarks: new Map([[0, 2]]), replicas: 2 },
    )

  test('one log, however far it goes above the high watermark', () => {
    expect(check([batch(0), batch(1)], [batch(0), batch(1), batch(2)])).toEqual([])
    expect(check([batch(0), batch(1), batch(2, { crc: 9 })], [batch(0), batch(1)])).toEqual([])
  })

  test('other bytes, another epoch, another cut', () => {
    const good = [batch(0), batch(1)]
    expect(check(good, [batch(0), batch(1, { crc: 9 })])).toHaveLength(1)
    expect(check(good, [batch(0), batch(1, { leaderEpoch: 1 })])).toHaveLength(1)
    expect(check(good, [batch(0, { lastOffset: 1 })])).toHaveLength(1)
  })

  test('a replica that ends below the high watermark, or is not there', () => {
    expect(check([batch(0), batch(1)], [batch(0)])).toEqual([
      'partition 0 on node 2: ends at 1, the high watermark is 2',
      expect.stringContaining('no batch there'),
    ])
    expect(check([batch(0), batch(1)])).toEqual(['partition 0 has 1 replicas'])
  })

  test('offsets and epochs that go back', () => {
    expect(check([batch(0), batch(2)], [batch(0), batch(2)])).toEqual([
      'partition 0 on node 1: offset 2 follows on 0',
      'partition 0 on node 2: offset 2 follows on 0',
    ])
    const older = [batch(0, { leaderEpoch: 1 }), batch(1)]
    expect(check(older, older)).toHaveLength(2)
  })
})

describe('error codes', () => {
  const told = (api: string, code: number) => [{ client: 'kcat', api, code, count: 2 }]

  test('what Kafka would say is allowed, anything else is not', () => {
    expect(strangeCodes(told('Produce', errors.NOT_LEADER_OR_FOLLOWER))).toEqual([])
    expect(strangeCodes(told('Produce', errors.NONE))).toEqual([])
    expect(strangeCodes(told('Produce', errors.OUT_OF_ORDER_SEQUENCE_NUMBER))).toEqual([
      'kcat was told OUT_OF_ORDER_SEQUENCE_NUMBER by Produce, 2 times: Kafka does not say that',
    ])
    expect(strangeCodes(told('ApiVersions', errors.UNKNOWN_SERVER_ERROR))).toHaveLength(1)
  })

  test('what was on its way behind a refusal may be out of order, for who has more than one', () => {
    const refused = told('Produce', errors.NOT_LEADER_OR_FOLLOWER)
    const gap = told('Produce', errors.OUT_OF_ORDER_SEQUENCE_NUMBER)
    expect(strangeCodes([...refused, ...gap])).toEqual([])
    const of = (client: string) => [...refused, ...gap].map((line) => ({ ...line, client }))
    expect(strangeCodes(of('probe'))).toHaveLength(1)
    expect(strangeCodes([...refused, { ...gap[0]!, count: 9 }])).toHaveLength(1)
  })

  test('are told in the order of clients', () => {
    const both = [...told('Produce', errors.NONE), { ...told('Fetch', 6)[0]!, client: 'a' }]
    expect(printCodes(both).map((line) => line.split(/ +/))).toEqual([
      ['a', 'Fetch', 'NOT_LEADER_OR_FOLLOWER', '2'],
      ['kcat', 'Produce', 'NONE', '2'],
    ])
  })
})

describe('outages', () => {
  const ack = (partition: number, triedMs: number, ackedMs: number, node = 2) => ({
    ...{ partition, triedMs, ackedMs, node },
  })
  const fault: FaultNote = { fault: 'kill', victim: 1, atMs: 100, wasController: false }

  test('end with the first acknowledgement of a request that was sent after the fault', async () => {
    const outage = new Outage(fault, [0, 1])
    outage.acked(ack(0, 90, 110))
    outage.acked(ack(2, 110, 115))
    expect(outage.missing).toEqual([0, 1])
    outage.acked(ack(0, 101, 120))
    outage.acked(ack(0, 121, 140))
    expect(outage.missing).toEqual([1])
    outage.acked(ack(1, 130, 150))
    await outage.over
    expect(outage.gaps.map(({ partition, gapMs }) => [partition, gapMs])).toEqual([
      [0, 20],
      [1, 50],
    ])
    expect(printGaps(outage.gaps)).toBe('p50 20 ms, p99 50 ms, max 50 ms (2 times)')
  })

  test('of no partition are over', async () => {
    const outage = new Outage(fault, [])
    await outage.over
    expect(printGaps(outage.gaps)).toBe('none')
  })

  test('a handover lasts from the last word of the one to the first of the other', () => {
    const silences = new Silences({ ...fault, led: [0, 1] }, [0, 1, 2])
    silences.acked(ack(0, 90, 110, 1))
    silences.acked(ack(0, 110, 120, 1))
    silences.acked(ack(0, 120, 180, 2))
    silences.acked(ack(0, 180, 300, 1))
    silences.acked(ack(1, 90, 150, 2))
    silences.acked(ack(3, 90, 150, 2))
    expect(silences.missing).toEqual([2])
    silences.acked(ack(2, 90, 120, 2))
    const told = (of: readonly { partition: number; gapMs: number }[]) =>
      of.map(({ partition, gapMs }) => [partition, gapMs])
    expect(told(silences.handovers)).toEqual([
      [0, 60],
      [1, 50],
    ])
    expect(told(silences.longest)).toEqual([
      [0, 120],
      [1, 50],
      [2, 20],
    ])
  })
})

describe('paces', () => {
  const at = (atMs: number, bytes: number) => ({ atMs, bytes })

  test('are told from the first sample to the last growth', () => {
    const samples = [at(100, 5), at(600, 505), at(1_100, 1_005), at(1_600, 1_005)]
    expect(paceOf(samples, 1_000)).toEqual({ bytes: 1_000, lastedMs: 1_000, excessBytes: 500 })
    expect(paceOf([], 1_000)).toEqual({ bytes: 0, lastedMs: 0, excessBytes: 0 })
  })

  test('exceed a rate by what no bucket of it held', () => {
    const samples = [at(0, 0), at(1_000, 3_000), at(2_000, 6_000), at(9_000, 6_000)]
    expect(paceOf(samples, 1_000).excessBytes).toBe(5_000)
    expect(paceOf(samples, 3_000).excessBytes).toBe(3_000)
    expect(paceOf([at(0, 0), at(0, 10)], Infinity).excessBytes).toBe(10)
  })
})

// Goal: what the suites of the data plane measure and tell is what they say, and what they know is
// judged by the checkers that judge every history.
// Method: sends, readings, replicas, codes and times made by hand.
import { describe, expect, test } from 'vitest'
import { printCodes, strangeCodes } from '../../../chaos/replication/codes.ts'
import type { ReplicaLog } from '../../../chaos/replication/dumps.ts'
import type { Reading, Send } from '../../../chaos/replication/history.ts'
import { judgeRecords, judgeReplicas } from '../../../chaos/replication/judging.ts'
import { Outage, printGaps, type FaultNote } from '../../../chaos/replication/outages.ts'
import { paceOf } from '../../../chaos/replication/paces.ts'
import { Silences } from '../../../chaos/replication/silences.ts'
import { errors } from '../../../src/wire/errors.ts'

const send = (number: number, changes: Partial<Send> = {}): Send => ({
  ...{ producer: 'p', number, partition: 0, askedMs: number, answeredMs: number + 1 },
  ...{ outcome: 'ok', offset: number - 1, error: null },
  ...changes,
})

/** Offsets from 0 on, each with the number of the record of producer `p` that stands there. */
const reading = (numbers: readonly (number | null)[], partition = 0): Reading => ({
  ...{ reader: 'r', partition },
  seen: numbers.map((number, offset) => ({
    offset,
    id: number === null ? null : { producer: 'p', number },
  })),
})

describe('what these suites know', () => {
  const judge = (sends: readonly Send[], final: readonly Reading[], ...other: Reading[]) => {
    const { counts, unknowns } = judgeRecords('chaos', sends, { final, other })
    return [...Object.keys(counts), ...unknowns]
  }
  const both = [send(1), send(2)]

  test('of records is judged by the checkers of histories', () => {
    expect(judge(both, [reading([1, 2])], reading([1]))).toEqual([])
    expect(judge(both, [reading([1])])).toEqual(['lost-write'])
    expect(judge(both, [reading([1, 2, 2])])).toEqual(['duplicate'])
    expect(judge([send(1), send(2, { outcome: 'unknown', offset: null })], [reading([1])])).toEqual(
      [],
    )
    const refused = send(2, { outcome: 'failed', offset: null, error: 'NO' })
    expect(judge([send(1), refused], [reading([1, 2])])).toEqual(['refused-but-there'])
    expect(judge(both, [reading([1, 2])], reading([1, null]))).toEqual(['inconsistent-offset'])
    const skipping = { ...reading([]), seen: reading([1, 2, 3]).seen.filter((_, at) => at !== 1) }
    expect(judge([...both, send(3)], [reading([1, 2, 3])], skipping)).toEqual(['int-poll-skip'])
    expect(judge([send(1, { partition: 1 })], [])).toEqual([
      'chaos: partition 1 was not read in the end',
    ])
  })

  test('of replicas, too', () => {
    const batch = (baseOffset: number, crc = baseOffset) => ({
      ...{ baseOffset, lastOffset: baseOffset, leaderEpoch: 0, sizeBytes: 70, crc },
    })
    const check = (...logs: readonly ReplicaLog['batches'][]) => {
      const replicas = logs.map((batches, index) => ({ node: index + 1, partition: 0, batches }))
      const highWatermarks = new Map([[0, 2]])
      const { counts, unknowns } = judgeReplicas('chaos', replicas, { highWatermarks, replicas: 2 })
      return [...Object.keys(counts), ...unknowns]
    }
    const good = [batch(0), batch(1)]
    expect(check(good, [...good, batch(2)])).toEqual([])
    expect(check(good, [batch(0), batch(1, 9)])).toEqual(['unlike-replicas'])
    expect(check(good, [batch(0)])).toEqual(['short-replica', 'unlike-replicas'])
    expect(check(good)).toEqual(['chaos-0: 1 of 2 replicas were looked at'])
    expect(check()).toEqual(['partition 0 of chaos has no replica'])
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

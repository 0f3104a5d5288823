// Goal: `lograft top` shows rates that are true, fits every screen, and hides nothing without a
// count. Method: two looks that differ by known amounts; pictures of the screen for its sizes.
import { describe, expect, test } from 'vitest'
import type { Look, PartitionLook } from '../../../../src/cli/top/look.ts'
import { screenOf, share, type ScreenOptions } from '../../../../src/cli/top/screen.ts'
import { viewOf } from '../../../../src/cli/top/view.ts'

const KIB = 1024

const partition = (
  topic: string,
  index: number,
  { end, size, ...change }: Partial<PartitionLook> & { end: number | null; size: number },
): PartitionLook => ({
  ...{ topic, partition: index, leader: 1, replicas: [1, 2], inSync: 2, endOffset: end },
  sizes: new Map([
    [1, size],
    [2, size],
  ]),
  ...change,
})

const look = (atMs: number, change: Partial<Look>): Look => ({
  ...{ atMs, clusterId: 'Qz2c_E3WTQy4fyxdCDgCiQ', groupsLeftOut: 0, groupsUntold: [] },
  ...{ groups: [], partitions: [] },
  brokers: [1, 2].map((nodeId) => ({
    ...{ nodeId, address: `127.0.0.1:909${nodeId}`, answers: true },
    ...{ totalBytes: 1_000, usableBytes: 240 },
  })),
  ...change,
})

const group = (name: string, orders: number) => ({
  ...{ group: name, state: 'Stable', members: 2 },
  committed: new Map([['orders', new Map([[0, orders]])]]),
})

const before = look(1_000, {
  partitions: [
    partition('orders', 0, { end: 100, size: 10 * KIB }),
    partition('orders', 1, { end: 0, size: 0 }),
    partition('payments', 0, { end: 7, size: KIB }),
  ],
  groups: [group('billing', 80), group('audit', 0)],
})
const after = look(3_000, {
  partitions: [
    partition('orders', 0, { end: 2_100, size: 30 * KIB }),
    partition('orders', 1, { end: 5, size: KIB, leader: 2, inSync: 1 }),
    partition('payments', 0, { end: null, size: KIB, leader: null, replicas: [3] }),
  ],
  groups: [group('billing', 2_090), group('audit', 0)],
})

const options: ScreenOptions = {
  ...{ width: 80, height: 24, sort: 'rate', byPartition: false, time: '14:03:28', footer: null },
}
const drawn = (change: Partial<ScreenOptions> = {}, of = after) =>
  screenOf(viewOf(of, before), { ...options, ...change })

describe('a view', () => {
  const view = viewOf(after, before)

  test('has rates of what grew in between', () => {
    expect(view.total).toEqual({ records: 1002.5, bytes: 10 * KIB, lag: 2_110 })
    expect(view.groups.map(({ lag, lagRate }) => [lag, lagRate])).toEqual([
      [10, -5],
      [2_100, 1_000],
    ])
  })

  test('has no rates at the first look, nor of what shrank or was not there', () => {
    expect(viewOf(after, null).total).toEqual({ records: null, bytes: null, lag: 2_110 })
    const again = look(3_000, { partitions: [partition('orders', 0, { end: 5, size: 5 })] })
    expect(viewOf(again, before).topics).toMatchObject([{ records: null, bytes: null }])
    const fresh = look(3_000, { partitions: [partition('fresh', 0, { end: 5, size: 5 })] })
    expect(viewOf(fresh, before).topics).toMatchObject([{ records: null, bytes: null }])
  })

  test('counts what is wrong, and a broker that holds replicas and is not there', () => {
    expect(view).toMatchObject({ underReplicated: 1, offline: 1 })
    expect(view.brokers.map(({ broker, state }) => [broker, state])).toEqual([
      [1, 'up'],
      [2, 'up'],
      [3, 'gone'],
    ])
  })
})

describe('the screen', () => {
  test('of an ordinary terminal', () => {
    expect(drawn({ footer: 'q quit' }).join('\n')).toMatchInlineSnapshot(`
      "lograft top  14:03:28  cluster Qz2c_E3WTQy4fyxdCDgCiQ
      3 brokers, 2 topics, 3 partitions, 2 groups, by rate
      1,003 records/s   10.0 KiB/s   under-replicated 1   offline 1   lag 2,110

      BROKER  STATE  LEADERS  REPLICAS  RECORDS/S     WRITTEN      SIZE  FREE  ADDRESS
           1  up           1         2      1,000  10.0 KiB/s  31.0 KiB  24 %  127.0.…
           2  up           1         2        2.5           -  31.0 KiB  24 %  127.0.…
           3  gone         0         1          -           -         -     -  -

      TOPIC     PARTITIONS  RECORDS/S     WRITTEN      SIZE  BEHIND  OFFLINE
      orders             2      1,003  10.0 KiB/s  62.0 KiB       1        0
      payments           1          -           -   2.0 KiB       0        1

      GROUP    STATE   MEMBERS   LAG   LAG/S
      audit    Stable        2  2100  +1,000
      billing  Stable        2    10    -5.0







      q quit"
    `)
  })

  test('by partition, the largest first', () => {
    expect(drawn({ byPartition: true, sort: 'size' }).slice(8, 13).join('\n'))
      .toMatchInlineSnapshot(`
        "
        PARTITION   LEADER  IN SYNC  RECORDS/S     WRITTEN      SIZE   END
        orders-0         1  2/2          1,000  10.0 KiB/s  60.0 KiB  2100
        orders-1         2  1/2            2.5           -   2.0 KiB     5
        payments-0       -  2/1              -           -   2.0 KiB     -"
      `)
  })

  test('that is small', () => {
    expect(drawn({ width: 40, height: 12, footer: 'q quit' }).join('\n')).toMatchInlineSnapshot(`
      "lograft top  14:03:28  cluster Qz2c_E3W…
      3 brokers, 2 topics, 3 partitions, 2 gr…
      1,003 records/s   10.0 KiB/s   under-re…

      BROKER  STATE  LEADERS  REPLICAS  RECOR…
      … and 3 more

      TOPIC  PARTITIONS  RECORDS/S  WRITTEN  …
      … and 2 more

      GROUP  STATE  MEMBERS  LAG  LAG/S
      q quit"
    `)
  })

  test('of ten thousand partitions and a thousand groups', () => {
    const many = look(3_000, {
      partitions: Array.from({ length: 10_000 }, (_, index) =>
        partition(`topic-${index % 500}`, Math.floor(index / 500), { end: index, size: index }),
      ),
      groups: Array.from({ length: 200 }, (_, index) => group(`group-${index}`, 0)),
      groupsLeftOut: 800,
    })
    const lines = drawn({ footer: 'q quit' }, many)
    expect(lines).toHaveLength(24)
    expect(lines.filter((line) => line.startsWith('…'))).toEqual([
      '… and 496 more',
      '… and 996 more',
    ])
    expect(lines[1]).toBe('2 brokers, 500 topics, 10,000 partitions, 1,000 groups, by rate')
  })

  test('never exceeds its size, whatever that is', () => {
    for (let height = 1; height < 40; height++)
      for (const width of [1, 10, 80, 200]) {
        const lines = drawn({ width, height, footer: 'q quit' })
        expect(lines.length).toBeLessThanOrEqual(height)
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
      }
  })

  test('shows no control character of a name', () => {
    const evil = look(3_000, { groups: [group('a\u001b[2Jb\u009bc\r\n', 0)] })
    expect(drawn({}, evil).join('')).toContain('a?[2Jb?c??')
  })
})

test('room is shared: what is small gets what it wants', () => {
  expect(share([2, 100, 100], 20)).toEqual([2, 9, 9])
  expect(share([1, 1], 20)).toEqual([1, 1])
  expect(share([5, 5], 0)).toEqual([0, 0])
  expect(share([5, 5], -3)).toEqual([0, 0])
})

describe('groups that not every broker tells', () => {
  const head = (groups: Look['groups']) =>
    screenOf(viewOf(look(3_000, { groups, groupsUntold: [2, 3] }), null), options)

  test('are not none', () => {
    const [, counts = '', rates = ''] = head([])
    expect(counts).toContain('groups unknown')
    expect(rates).toContain('lag unknown')
  })

  test('are more than those that are told, perhaps', () => {
    expect(head([group('billing', 80)])[1]).toContain('at least 1 group, by rate')
  })
})

/**
 * The screen of `lograft top`: a view as lines, for a width and a height. Whatever does not fit is
 * counted; nothing is wider than the screen, and no name can move the cursor. Pure.
 */
import { countOf, printBytes, printCount, table, type Cell } from '../table.ts'
import type { View } from './view.ts'

export const SORTS = ['rate', 'size', 'lag', 'name'] as const
export type Sort = (typeof SORTS)[number]

export interface ScreenOptions {
  readonly width: number
  /** Infinity: as many lines as there are. */
  readonly height: number
  readonly sort: Sort
  /** Single partitions in place of topics. */
  readonly byPartition: boolean
  /** What the clock on the wall says: `14:03:28`. */
  readonly time: string
  /** Keys that may be pressed, or what went wrong. Null: no such line. */
  readonly footer: string | null
}

/** A block of the screen: a table under headings. */
interface Block {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** Rows that are not even in `rows`. */
  readonly leftOut: number
}

export function screenOf(view: View, options: ScreenOptions): readonly string[] {
  const { width, height, footer } = options
  const head = headOf(view, options)
  const blocks = [
    brokersBlock(view),
    options.byPartition ? partitionsBlock(view, options.sort) : topicsBlock(view, options.sort),
    groupsBlock(view, options.sort),
  ].filter(({ rows }) => rows.length > 0)
  // Of each block: a blank line, headings, rows, and perhaps what was left out.
  const room = height - head.length - (footer === null ? 0 : 2) - 3 * blocks.length
  const shares = share(
    blocks.map(({ rows }) => rows.length),
    room,
  )
  const lines = [
    ...head,
    ...blocks.flatMap((block, index) => ['', ...linesOf(block, shares[index] ?? 0)]),
  ].slice(0, height - (footer === null ? 0 : 1))
  if (footer !== null) {
    const blank = height === Infinity ? 1 : Math.max(0, height - 1 - lines.length)
    lines.push(...new Array<string>(blank).fill(''), footer)
  }
  return lines.map((line) => clipped(line, width))
}

/** What each of several gets of the room: what it wants, or an equal part of what is left. */
export function share(wanted: readonly number[], room: number): readonly number[] {
  const given = wanted.map(() => 0)
  let left = Math.max(0, room)
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  for (const [place, index] of order.entries()) {
    const part = Math.min(wanted[index] ?? 0, Math.floor(left / (order.length - place)))
    given[index] = part
    left -= part
  }
  return given
}

function headOf(view: View, { time, sort }: ScreenOptions): readonly string[] {
  const { total, brokers, topics, partitions, groups, underReplicated, offline } = view
  const counts = [
    countOf(brokers.length, 'broker'),
    countOf(topics.length, 'topic'),
    countOf(partitions.length, 'partition'),
    groupCount(groups.length + view.groupsLeftOut, view.groupsUntold),
  ]
  const rates = [
    `${rate(total.records) ?? '-'} records/s`,
    byteRate(total.bytes) ?? '-',
    `under-replicated ${printCount(underReplicated)}`,
    `offline ${printCount(offline)}`,
    `lag ${total.lag === null ? 'unknown' : printCount(total.lag)}`,
  ]
  return [
    `lograft top  ${time}  cluster ${view.clusterId ?? '-'}`,
    `${counts.join(', ')}, by ${sort}`,
    rates.join('   '),
  ]
}

/** Of brokers that do not tell theirs nobody knows how many there are. */
function groupCount(count: number, untold: readonly number[]): string {
  if (untold.length === 0) return countOf(count, 'group')
  return count === 0 ? 'groups unknown' : `at least ${countOf(count, 'group')}`
}

/** Columns of numbers with a unit, or a dash. */
const RATES = ['RECORDS/S', 'WRITTEN', 'SIZE', 'FREE', 'LAG/S']

function linesOf({ headings, rows, leftOut }: Block, count: number): readonly string[] {
  const shown = rows.slice(0, count)
  const hidden = rows.length - shown.length + leftOut
  const lines = table(headings, shown, { right: RATES }).split('\n').slice(0, -1)
  return hidden > 0 ? [...lines, `… and ${printCount(hidden)} more`] : lines
}

function brokersBlock({ brokers }: View): Block {
  return {
    headings: [
      ...['BROKER', 'STATE', 'LEADERS', 'REPLICAS', 'RECORDS/S', 'WRITTEN', 'SIZE', 'FREE'],
      'ADDRESS',
    ],
    rows: brokers.map((row) => [
      ...[row.broker, row.state, row.leaders, row.replicas, rate(row.records)],
      ...[byteRate(row.bytes), bytes(row.sizeBytes)],
      row.freeShare === null ? null : `${Math.round(row.freeShare * 100)} %`,
      row.address,
    ]),
    leftOut: 0,
  }
}

function topicsBlock({ topics }: View, sort: Sort): Block {
  const sorted = [...topics].sort((a, b) => byKey(sort, a, b) || (a.topic < b.topic ? -1 : 1))
  return {
    headings: ['TOPIC', 'PARTITIONS', 'RECORDS/S', 'WRITTEN', 'SIZE', 'BEHIND', 'OFFLINE'],
    rows: sorted.map((row) => [
      ...[printable(row.topic), row.partitions, rate(row.records), byteRate(row.bytes)],
      ...[bytes(row.sizeBytes), row.underReplicated, row.offline],
    ]),
    leftOut: 0,
  }
}

function partitionsBlock({ partitions }: View, sort: Sort): Block {
  const sorted = [...partitions].sort(
    (a, b) =>
      byKey(sort, a, b) ||
      (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1),
  )
  return {
    headings: ['PARTITION', 'LEADER', 'IN SYNC', 'RECORDS/S', 'WRITTEN', 'SIZE', 'END'],
    rows: sorted.map((row) => [
      `${printable(row.topic)}-${row.partition}`,
      ...[row.leader, `${row.inSync}/${row.replicas}`, rate(row.records), byteRate(row.bytes)],
      ...[bytes(row.sizeBytes), row.endOffset],
    ]),
    leftOut: 0,
  }
}

function groupsBlock({ groups, groupsLeftOut }: View, sort: Sort): Block {
  const sorted = [...groups].sort(
    (a, b) => (sort === 'name' ? 0 : (b.lag ?? -1) - (a.lag ?? -1)) || (a.group < b.group ? -1 : 1),
  )
  return {
    headings: ['GROUP', 'STATE', 'MEMBERS', 'LAG', 'LAG/S'],
    rows: sorted.map((row) => [
      ...[printable(row.group), row.state, row.members, row.lag],
      row.lagRate === null ? null : signed(row.lagRate),
    ]),
    leftOut: groupsLeftOut,
  }
}

interface Sorted {
  readonly records: number | null
  readonly sizeBytes: number | null
}

/** The most first. Topics have no lag of their own; by lag, the busiest come first. */
function byKey(sort: Sort, a: Sorted, b: Sorted): number {
  if (sort === 'name') return 0
  const key = sort === 'size' ? 'sizeBytes' : 'records'
  return (b[key] ?? -1) - (a[key] ?? -1)
}

function rate(value: number | null): string | null {
  if (value === null) return null
  return value > 0 && value < 10 ? value.toFixed(1) : printCount(Math.round(value))
}

function byteRate(value: number | null): string | null {
  return value === null ? null : `${printBytes(Math.round(value))}/s`
}

function bytes(value: number | null): string | null {
  return value === null ? null : printBytes(value)
}

function signed(value: number): string {
  const text = rate(Math.abs(value)) ?? ''
  return value < 0 ? `-${text}` : value > 0 ? `+${text}` : text
}

/** Names are whatever clients say: no control character of theirs reaches the terminal. */
function printable(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
}

function clipped(line: string, width: number): string {
  const letters = Array.from(line)
  return letters.length <= width ? line : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`
}

/**
 * The rows of the README's table, from those of a run; what was not measured has none. Pure. One
 * line may stand on several rows: a median and a tail.
 */
import type { Row } from './row.ts'
import { figure, percent } from './table.ts'

interface Line {
  readonly label: string
  /** Rows of one unit, each with its name in the line; the only one needs none. */
  readonly rows: Readonly<Record<string, string>>
}

const latencyOf = (measure: string) => ({ p50: `${measure} p50`, p99: `${measure} p99` })

const LINES: readonly Line[] = [
  {
    label: 'produce, 100 KB batches, one connection, acks=1',
    rows: { '': 'produce 100 KB × 1, acks=1' },
  },
  {
    label: 'produce, 1 KB batches, 4 connections, acks=1',
    rows: { '': 'produce 1 KB × 4, acks=1' },
  },
  {
    label: 'produce, 100 KB batches, one connection, three replicas, acks=all',
    rows: { '': 'produce 100 KB × 1, 3 replicas, acks=all' },
  },
  {
    label: 'produce, 1 KB batches, one connection, three replicas, acks=all',
    rows: { '': 'produce 1 KB × 1, 3 replicas, acks=all' },
  },
  { label: 'fetch at the tail', rows: { '': 'fetch again from the tail cache' } },
  {
    label: 'fetch from segment files, every CRC checked',
    rows: { '': 'fetch from segment files' },
  },
  {
    label: 'produce of 1 KB at 2,000/s, latency',
    rows: latencyOf('produce 1 KB at 2000/s, latency'),
  },
  {
    label: '1 KB at 1,000/s, acks=all, from due to its consumer, one replica',
    rows: latencyOf('1 KB at 1000/s to its consumer, 1 replica,'),
  },
  {
    label: '1 KB at 1,000/s, acks=all, from due to its consumer, three replicas',
    rows: latencyOf('1 KB at 1000/s to its consumer, 3 replicas,'),
  },
  ...['1 replica', '3 replicas'].map((replicas) => ({
    label: `offsets committed, 1,000 in a request, ${replicas}, fsynced`,
    rows: { '': `commits, 1,000 in a request × 16, ${replicas}` },
  })),
  {
    label: '10,000 groups, broker started again after `kill -9`, until the first OffsetFetch',
    rows: { '': '10,000 groups, 1 broker, killed and started again → first OffsetFetch' },
  },
  {
    label: '10,000 groups, `kill -9` of the coordinator of a third of them, until all are served',
    rows: {
      '': '10,000 groups, 3 brokers, coordinator killed → OffsetFetch in every partition',
    },
  },
  {
    label: 'fetch while a million keys are compacted',
    rows: {
      p50: 'compaction, 990 MB, 1,000,000 keys, fetch meanwhile, p50',
      p99: 'compaction, 990 MB, 1,000,000 keys, fetch meanwhile, p99',
    },
  },
  { label: 'start of an empty node, until it serves', rows: { '': 'first start → ready' } },
  { label: 'memory of an idle node', rows: { '': 'idle memory' } },
  ...['1,000', '10,000'].flatMap((count): readonly Line[] => [
    {
      label: `${count} partitions of three replicas, idle: CPU of each broker`,
      rows: { '': `${count} partitions × 3, idle CPU of a broker` },
    },
    {
      label: `\`kill -9\` of the leader of a third of ${count} partitions`,
      rows: {
        'led by others in': `${count} partitions × 3, broker killed → others lead`,
        'all acknowledge in': `${count} partitions × 3, broker killed → all acknowledge`,
      },
    },
  ]),
]

/** Lines of Markdown: what it is, Lograft's figures, those of the bare loop. */
export function readmeRows(rows: readonly Row[]): string {
  const byMeasure = new Map(rows.map((row) => [row.measure, row]))
  return LINES.map(({ label, rows: wanted }) => {
    const found = Object.entries(wanted).flatMap(([name, measure]): [string, Row][] => {
      const row = byMeasure.get(measure)
      return row === undefined || row.value === null ? [] : [[name, row]]
    })
    return found.length === 0 ? '' : `| ${label} | ${own(found)} | ${beside(found)} |\n`
  }).join('')
}

function own(found: readonly (readonly [name: string, Row])[]): string {
  return found
    .map(([name, { value, unit, cpuPerGB }]) => {
      const cpu = cpuPerGB ? `, ${figure(cpuPerGB[0])} CPU s/GB` : ''
      return `${name} ${figure(value ?? Number.NaN)} ${unit}${cpu}`.trim()
    })
    .join(', ')
}

function beside(found: readonly (readonly [name: string, Row])[]): string {
  const [, { ratio, cpuPerGB } = {}] = found[0] ?? []
  if (ratio !== undefined)
    return `${percent(ratio)}${cpuPerGB ? `, ${figure(cpuPerGB[1])} CPU s/GB` : ''}`
  const bare = found.flatMap(([, row]) => (row.bare === undefined ? [] : [figure(row.bare)]))
  return bare.length === 0 ? '' : `bare: ${bare.join(', ')}`
}

/**
 * The table of metrics in words: the page docs/METRICS.md, which `npm run docs` writes and
 * `npm run check` compares. Pure: returns text.
 */
import { STEPS_SECONDS } from '../base/durations.ts'
import type { Metric } from './row.ts'
import { SERIES_MAX } from './series.ts'
import { metricGroups } from './table.ts'

const introduction = `# Metrics

<!-- Written by \`npm run docs\` from src/metrics/table.ts. Change that. -->

What \`GET /metrics\` of a node's \`http.listener\` tells, in Prometheus' text format. Each node tells
of itself; a role that a node does not have has no series there. Beside each stands Kafka's own name
of the same measure, or of the nearest one.

Counters begin at 0 with the process. Durations are histograms; their steps, in seconds:
${STEPS_SECONDS.join(', ')}. An API that
nobody has used yet, or an error that nobody was told, has no series yet.

**Bounds.** Clients choose the names of topics and groups, so what carries them is bounded on each
node:

- ${numberOf(SERIES_MAX.topics)} topics,
- ${numberOf(SERIES_MAX.partitions)} partitions,
- ${numberOf(SERIES_MAX.group_offsets)} offsets of groups.

\`lograft_series_left_out\` counts the topics, partitions and groups beyond; sums without these labels
contain them all the same.

**Lag of groups** is told by the broker that coordinates a group, for partitions that it has a
replica of. Where it has none, ask with the offsets of those who do:

\`\`\`promql
max by (topic, partition) (lograft_partition_high_watermark)
  - on (topic, partition) group_right () lograft_group_committed_offset
\`\`\`

**OpenTelemetry.** Where a meter provider was registered with \`@opentelemetry/api\` in this process
before the node started, the same table is there as observable instruments of the meter \`lograft\`,
with the node in the attribute \`lograft.node.id\`; of a histogram, its count and its sum. Where a
tracer provider is registered, every request of the Kafka protocol and every gRPC call is a span of
the tracer \`lograft\`. A call is a part of what its headers say (\`traceparent\`, with W3C's
propagator), and what a request makes one node ask another is a part of the request.
`

export function metricsPage(): string {
  const sections = metricGroups.map(({ title, rows }) => {
    const lines = Object.entries<Metric>(rows).map(([name, row]) => lineOf(name, row))
    return ['', `## ${title}`, '', HEAD, RULE, ...lines, ''].join('\n')
  })
  return [introduction, ...sections].join('')
}

const HEAD = '| metric | type | labels | what it is | Kafka |'
const RULE = '|---|---|---|---|---|'

function lineOf(name: string, { type, labels, help, kafka }: Metric): string {
  const cells = [
    `\`${name}\``,
    type,
    labels.map((label) => `\`${label}\``).join(', '),
    help,
    kafka === null ? '' : `\`${kafka}\``,
  ]
  return `| ${cells.join(' | ')} |`
}

function numberOf(count: number): string {
  return count.toLocaleString('en-US')
}

/**
 * `npm run chaos:peers [-- --seconds 60 --seed 7 --report DIRECTORY]`: leaders of Lograft and of
 * Apache Kafka are killed alike, by the same schedule, under the same load of the same clients, and
 * judged by the same checkers. Prints side by side for how long partitions took nothing. Exits with
 * 77 where there is no Kafka, and says what is missing; with 1 when a run is not valid.
 */
import { parseArgs } from 'node:util'
import { percentile } from '../../src/chaos/report/percentile.ts'
import { OWN_BROKERS } from '../../src/chaos/history/events.ts'
import type { Results } from '../../src/chaos/report/results.ts'
import { chaos, seedByChance } from '../../src/chaos/run/chaos.ts'
import { loadScenario } from '../../src/cli/chaos/scenarios.ts'
import { kafkaClassPath } from './maven.ts'
import { aligned } from './side-by-side.ts'

const SKIPPED = 77
const SCENARIO = 'kill-leader'

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string' },
    seed: { type: 'string' },
    report: { type: 'string', default: 'chaos-report' },
  },
})

const say = (line: string) => process.stderr.write(`chaos:peers: ${line}\n`)

type Row = readonly [name: string, unit: string, of: (results: Results) => string | number]

const ROWS: readonly Row[] = [
  ['verdict', '', ({ word }) => word.toLowerCase()],
  ['leaders killed', '', ({ faults }) => faults['kill'] ?? 0],
  ['records acknowledged', '', ({ findings }) => findings.records.ok],
  ['lost, doubled, reordered …', '', ({ findings }) => sum(Object.values(findings.counts))],
  ['kills × partitions that stood still', '', (results) => stills(results).length],
  ['for how long, p50', 'ms', (results) => Math.round(percentile(stills(results), 0.5))],
  ['for how long, p99', 'ms', (results) => Math.round(percentile(stills(results), 0.99))],
  ['for how long, max', 'ms', (results) => Math.round(percentile(stills(results), 1))],
  ['gaps after faults, p50', 'ms', ({ findings }) => Math.round(findings.unavailability.p50)],
  ['gaps after faults, p99', 'ms', ({ findings }) => Math.round(findings.unavailability.p99)],
  ['gaps after faults, max', 'ms', ({ findings }) => Math.round(findings.unavailability.max)],
]

/** The longest gap of each partition after each kill, ascending. */
function stills({ findings }: Results): readonly number[] {
  const longest = new Map<string, number>()
  for (const { faultId, topic, partition, fromMs, toMs } of findings.gaps) {
    if (faultId === null) continue
    const key = `${faultId} ${topic}-${partition}`
    longest.set(key, Math.max(longest.get(key) ?? 0, toMs - fromMs))
  }
  return [...longest.values()].sort((one, other) => one - other)
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

async function main(): Promise<number> {
  const classPath = kafkaClassPath()
  if ('missing' in classPath) {
    say(`SKIPPED: ${classPath.missing}`)
    return SKIPPED
  }
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort())
  const scenario = await loadScenario(SCENARIO)
  const alike = {
    seed: Number(options.seed ?? seedByChance()),
    signal: interrupted.signal,
    ...(options.seconds !== undefined && { seconds: Number(options.seconds) }),
  }
  say(`${SCENARIO}, seed ${alike.seed}, ${alike.seconds ?? scenario.seconds} s of faults on each`)
  const peers = [
    { name: 'lograft', place: {} },
    { name: 'kafka', place: { kafka: classPath.found } },
  ]
  const all: Results[] = []
  for (const { name, place } of peers) {
    if (interrupted.signal.aborted) break
    say(`${name} …`)
    const report = `${options.report}/${name}`
    const { results, folder } = await chaos(scenario, { ...alike, ...place, report })
    all.push(results)
    say(`${name}: ${results.word.toLowerCase()}; ${folder}`)
    for (const unknown of results.findings.unknowns) say(`${name}: unknown: ${unknown}`)
  }
  const rows = ROWS.map(([row, unit, of]) => [row, ...all.map((one) => String(of(one))), unit])
  const nameOf = ({ target, version }: Results) =>
    target === OWN_BROKERS ? `Lograft ${version}` : target
  const headings = ['', ...all.map(nameOf), 'unit']
  process.stdout.write(`\n${aligned([headings, ...rows]).join('\n')}\n`)
  return all.length === peers.length && all.every(({ passed }) => passed) ? 0 : 1
}

process.exitCode = await main()

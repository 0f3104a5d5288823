/**
 * `npm run bench [-- --only produce,fetch --short --readme --json FILE --dir DIRECTORY]`: measures
 * a broker beside a bare loop on this machine and prints one table. Progress goes to standard
 * error. Exits with 1 when something could not be measured or the load failed; a missed target is
 * only told, for a shared machine proves nothing against anybody. docs/BENCHMARKS.md says how to
 * read it.
 */
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { asError } from '../src/base/errors.ts'
import { VERSION } from '../src/version.ts'
import { measureBalance } from './measures/balance.ts'
import { measureCompaction } from './measures/compaction.ts'
import { measureCost } from './measures/cost.ts'
import { measureEmbedded } from './measures/embedded.ts'
import { measureEndToEnd } from './measures/end-to-end.ts'
import { measureFetch } from './measures/fetch.ts'
import { measureGroups } from './measures/groups.ts'
import { measureIdle } from './measures/idle.ts'
import { measureLatency } from './measures/latency.ts'
import { measureMetadata } from './measures/metadata.ts'
import { measureOffsets } from './measures/offsets.ts'
import { measurePartitions } from './measures/partitions.ts'
import { measureProduce } from './measures/produce.ts'
import { measureReplicated } from './measures/replicated.ts'
import { measureRecovery } from './measures/recovery.ts'
import { measureRequests } from './measures/requests.ts'
import { measureStart } from './measures/start.ts'
import { hasProcessStats } from './process-stats.ts'
import { readmeRows } from './readme.ts'
import type { Row } from './row.ts'
import { Rig, SHORT, UNHURRIED } from './rig.ts'
import { table } from './table.ts'

const MEASURES: Readonly<Record<string, (rig: Rig) => Promise<Row[]>>> = {
  produce: measureProduce,
  fetch: measureFetch,
  requests: measureRequests,
  latency: measureLatency,
  start: measureStart,
  embedded: measureEmbedded,
  idle: measureIdle,
  cost: measureCost,
  metadata: measureMetadata,
  recovery: measureRecovery,
  replicated: measureReplicated,
  'end-to-end': measureEndToEnd,
  partitions: measurePartitions,
  offsets: measureOffsets,
  groups: measureGroups,
  compaction: measureCompaction,
  balance: measureBalance,
}

const { values: options } = parseArgs({
  options: {
    /** Some of the measures, by commas. */
    only: { type: 'string' },
    /** Everything once and very briefly: proves that it runs, and nothing else. */
    short: { type: 'boolean', default: false },
    json: { type: 'string' },
    /** Also prints what of it the README says. */
    readme: { type: 'boolean', default: false },
    /** Where data is written; the system's temporary directory by default. */
    dir: { type: 'string' },
  },
})

const say = (line: string) => process.stderr.write(`bench: ${line}\n`)

/** The rows of all that could be measured; what failed is told, and has a row that says so. */
async function measureAll(names: readonly string[]): Promise<{ rows: Row[]; failures: number }> {
  await using rig = new Rig(options.short ? SHORT : UNHURRIED, options.dir)
  const rows: Row[] = []
  let failures = 0
  for (const name of names) {
    const beganMs = performance.now()
    try {
      rows.push(...((await MEASURES[name]?.(rig)) ?? []))
      say(`${name} measured in ${((performance.now() - beganMs) / 1000).toFixed(0)} s`)
    } catch (thrown) {
      failures += 1
      say(`${name} FAILED: ${asError(thrown).stack ?? asError(thrown).message}`)
      rows.push({ measure: name, unit: '', value: null, note: asError(thrown).message })
    }
  }
  return { rows, failures }
}

function machine() {
  const { node } = process.versions
  const cores = availableParallelism()
  return { lograft: VERSION, node, cores, processor: cpus()[0]?.model.trim() ?? 'unknown' }
}

async function main(): Promise<number> {
  const names = options.only?.split(',') ?? Object.keys(MEASURES)
  const unknown = names.find((name) => !Object.hasOwn(MEASURES, name))
  if (unknown !== undefined) {
    say(`there is no measure ${unknown}: ${Object.keys(MEASURES).join(', ')}`)
    return 2
  }
  if (!hasProcessStats) say('SKIPPED: no /proc here, so no CPU time and no memory of the broker')
  const on = machine()
  say(`Lograft ${on.lograft}, Node ${on.node}, ${on.cores} cores, ${on.processor}`)
  const { rows, failures } = await measureAll(names)
  process.stdout.write(`\n${table(rows)}`)
  if (options.readme) process.stdout.write(`\n${readmeRows(rows)}`)
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ machine: on, rows }, null, 2)}\n`)
  return failures === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (thrown) {
  say(asError(thrown).stack ?? asError(thrown).message)
  process.exitCode = 1
}

/**
 * `npm run chaos [-- SCENARIO… --short …]`: what `lograft chaos run` does, with this clone's build.
 * `npm run chaos -- --tables` writes the tables of docs/CHAOS.md that follow from the code, and
 * `npm run chaos -- --table [DIRECTORY]` the one of results, from the reports that lie there.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runsIn } from '../src/chaos/report/folder.ts'
import { allowedTable, anomaliesTable, faultsTable, resultsTable, withTable } from './page.ts'

const PAGE = fileURLToPath(new URL('../docs/CHAOS.md', import.meta.url))
const PROGRAM = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

const [first, ...rest] = process.argv.slice(2)
if (first === '--tables' || first === '--table') {
  let page = readFileSync(PAGE, 'utf8')
  page = withTable(page, 'faults', faultsTable())
  page = withTable(page, 'anomalies', anomaliesTable())
  page = withTable(page, 'allowed', allowedTable())
  if (first === '--table') {
    const runs = await runsIn(rest[0] ?? 'chaos-report')
    page = withTable(page, 'results', resultsTable(runs.map(({ results }) => results)))
  }
  writeFileSync(PAGE, page)
} else {
  // Ctrl-C is the command's, which has something to take back first.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
  const words = ['chaos', 'run', ...process.argv.slice(2)]
  const { status } = spawnSync(process.execPath, [PROGRAM, ...words], { stdio: 'inherit' })
  process.exitCode = status ?? 1
}

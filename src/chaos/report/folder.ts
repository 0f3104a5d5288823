/**
 * The folder of a report: `index.html`, `results.json`, `junit.xml` and `repro.sh`, beside what the
 * run has put there while it lasted (`history.jsonl`, `schedule.json`, what nodes printed). Above
 * it an index over all runs that lie there, so a folder can gather many.
 */
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { indexPageOf, type IndexedRun } from './index-page.ts'
import { OWN_BROKERS } from '../history/events.ts'
import { pageOf } from './page.ts'
import { junitOf, readResults, resultsOf, type Results } from './results.ts'
import type { Story } from './story.ts'

export const HISTORY = 'history.jsonl'
export const SCHEDULE = 'schedule.json'
export const LOGS = 'logs'

/** For who has no `lograft` on the PATH: that of this package. */
const PROGRAM = fileURLToPath(new URL('../../cli/main.js', import.meta.url))

/** More runs than this in one folder are not all in its index. */
const RUNS_MAX = 1_000

/** Where one run is reported: the folder of a scenario and its seed. */
export const folderOf = (root: string, scenario: string, seed: number): string =>
  join(root, `${scenario}-${seed}`)

/** `again`: what runs the same once more, where this one was typed; null: nothing was run. */
export async function writeReport(
  folder: string,
  story: Story,
  again: string | null,
): Promise<Results> {
  await mkdir(folder, { recursive: true })
  const results = resultsOf(story)
  const script = again === null ? null : reproOf(story, again)
  const more = script === null ? [] : ['', '# or, from this folder:', 'sh repro.sh']
  await Promise.all([
    writeFile(join(folder, 'index.html'), pageOf(story, again === null ? [] : [again, ...more])),
    writeFile(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`),
    writeFile(join(folder, 'junit.xml'), junitOf([results])),
    ...(script === null ? [] : [writeScript(join(folder, 'repro.sh'), script)]),
  ])
  return results
}

async function writeScript(path: string, text: string): Promise<void> {
  await writeFile(path, text)
  await chmod(path, 0o755)
}

/** The index, the JUnit file and the results of all runs in `root`. */
export async function writeIndex(root: string): Promise<void> {
  const runs = await runsIn(root)
  const results = runs.map((run) => run.results)
  await Promise.all([
    writeFile(join(root, 'index.html'), indexPageOf(runs)),
    writeFile(join(root, 'junit.xml'), junitOf(results)),
  ])
}

/** Runs that were reported below `root`; what is something else is passed over. */
export async function runsIn(root: string): Promise<readonly IndexedRun[]> {
  const entries = await readdir(root, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).slice(0, RUNS_MAX)
  const runs: IndexedRun[] = []
  for (const { name } of folders) {
    const text = await readFile(join(root, name, 'results.json'), 'utf8').catch(() => null)
    const results = text === null ? null : readResults(text)
    if (results) runs.push({ folder: name, results })
  }
  return runs
}

/**
 * Null where no shell can do it: a program has run it on a cluster that was not started for it. On
 * other clusters than Lograft's own only the command does it again.
 */
function reproOf({ run, findings }: Story, again: string): string | null {
  const isOwn = run.target === OWN_BROKERS
  if (!isOwn && !again.startsWith('lograft ')) return null
  const [what, command] = isOwn
    ? ['Runs the steps of schedule.json again:', 'lograft chaos replay "$folder"']
    : [`Runs it again on ${run.target}:`, again]
  return `#!/bin/sh
# ${run.scenario}: ${findings.verdict}, seed ${run.seed}, Lograft ${run.version}.
# ${what} the same faults at the same times.
# What they meet is the machine's, so a verdict need not come again. As it was started:
#   ${again.replaceAll('\n', '\n#   ')}
set -eu
folder=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
if ! command -v lograft >/dev/null 2>&1; then
  program='${PROGRAM.replaceAll("'", `'\\''`)}'
  if [ ! -f "$program" ]; then
    echo 'lograft is neither on the PATH nor where this was written' >&2
    exit 127
  fi
  lograft() { node "$program" "$@"; }
fi
${command} --report "$(dirname -- "$folder")" "$@"
`
}

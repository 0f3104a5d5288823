/**
 * `npm run test:mutants [-- --seeds 2000 --only TEXT --world cluster --known]`: the bug bench. Each
 * bug is planted in a copy of the code, those of `bugs.ts` in the Raft core, those of
 * `system/bugs.ts` around it, those of `cluster/bugs.ts` in what replicates, those of
 * `groups/bugs.ts` in coordinators, views and the cleaner, and the simulator of that world runs
 * against it until an invariant breaks. A bug that is not found is a hole in the tests. Writes
 * docs/BUG_BENCH.md; with `--known`, the short form, it reads that instead, and tries the seed that
 * found a bug before all others. Ends with `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { filesWith, PLANTED, type Planted } from './planted.ts'
import type { WorldName } from './worlds.ts'

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    /** Only bugs whose name contains it, only those of one world; the table is not written. */
    only: { type: 'string', default: '' },
    world: { type: 'string', default: '' },
    jobs: { type: 'string', default: '2' },
    known: { type: 'boolean', default: false },
  },
})

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const TABLE = join(ROOT, 'docs/BUG_BENCH.md')
/** A planted bug may make the code loop for ever. */
const TIMEOUT_MS = { core: 180_000, system: 900_000, cluster: 900_000, groups: 900_000 } as const

interface Result {
  readonly bug: Planted
  /** What broke; null if nothing did. */
  readonly invariant: string | null
  /** Seeds run until then. */
  readonly seeds: number
}

const bugs = PLANTED.filter(
  ({ name, world }) => name.includes(options.only) && world.includes(options.world),
)
for (const bug of bugs) filesWith(bug)
const known = options.known ? seedsIn(readFileSync(TABLE, 'utf8')) : new Map<string, number>()
const results = await inParallel(bugs, bench)
const skipped = bugs.filter(({ notFoundYet }) => notFoundYet !== undefined).length
const missed = results.filter(({ invariant }) => invariant === null).length - skipped
if (options.only + options.world === '' && !options.known) writeFileSync(TABLE, tableOf(results))
const found = `${results.length - missed - skipped} passed, ${missed} failed`
console.log(skipped > 0 ? `${found}, ${skipped} skipped` : found)
if (missed > 0) process.exitCode = 1

/** In their order, some at a time. */
async function inParallel<T, U>(
  values: readonly T[],
  work: (value: T) => Promise<U>,
): Promise<U[]> {
  const done: U[] = []
  let next = 0
  const worker = async () => {
    while (next < values.length) {
      const at = next
      next += 1
      done[at] = await work(values[at] as T)
    }
  }
  await Promise.all(Array.from({ length: Number(options.jobs) }, worker))
  return done
}

async function bench(bug: Planted): Promise<Result> {
  if (bug.notFoundYet !== undefined) {
    console.log(`${bug.name.padEnd(64)} not found yet: ${bug.notFoundYet}`)
    return { bug, invariant: null, seeds: 0 }
  }
  const folder = mkdtempSync(join(tmpdir(), 'lograft-bug-'))
  try {
    for (const part of ['src', 'test/sim'])
      cpSync(join(ROOT, part), join(folder, part), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    for (const [path, text] of filesWith(bug)) writeFileSync(join(folder, path), text)
    const result = { bug, ...(await findIn(folder, bug)) }
    const told = result.invariant ?? 'NOT FOUND'
    console.log(`${bug.name.padEnd(64)} ${told.slice(0, 60).padEnd(40)} ${result.seeds}`)
    return result
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Seed after seed, but for one that found it before and comes first. */
async function findIn(folder: string, { name, world }: Planted): Promise<Omit<Result, 'bug'>> {
  const seed = known.get(name)
  if (seed !== undefined) {
    const result = await simulateIn(folder, world, { from: seed, count: 1 })
    if (result.invariant !== null) return result
  }
  return simulateIn(folder, world, { from: 1, count: Number(options.seeds) })
}

async function simulateIn(
  folder: string,
  world: WorldName,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<Omit<Result, 'bug'>> {
  const output = await new Promise<string>((resolve, reject) => {
    const main = join(folder, 'test/sim/main.ts')
    const range = ['--from', String(from), '--seeds', String(count)]
    const args = ['--import', import.meta.resolve('tsx'), main, `--${world}`, '--json', ...range]
    const child = spawn(process.execPath, args, {
      timeout: TIMEOUT_MS[world],
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    child.on('error', reject).on('close', () => resolve(text))
  })
  const line = output.split('\n').find((text) => text.startsWith('{'))
  if (line === undefined) return { invariant: null, seeds: count }
  const { seed, invariant } = JSON.parse(line) as { seed: number; invariant?: string }
  return { invariant: invariant ?? 'repeated', seeds: seed }
}

/** By the name of a bug: the seed that found it when the table was written. */
function seedsIn(table: string): ReadonlyMap<string, number> {
  const rows = table.matchAll(/^\| (.+) \| (?!\*\*).+ \| (\d+) \|$/gm)
  return new Map([...rows].map(([, name = '', seed]) => [name, Number(seed)]))
}

function tableOf(results: readonly Result[]): string {
  const rows = (world: WorldName) =>
    results
      .filter(({ bug }) => bug.world === world)
      .map(({ bug, invariant, seeds }) => {
        const told = (invariant ?? '**not found**').replaceAll('|', '\\|')
        if (bug.notFoundYet !== undefined)
          return `| ${bug.name} | **not found yet**: ${bug.notFoundYet} | |`
        return `| ${bug.name} | ${told} | ${seeds} |`
      })
  const head = ['| Bug | Found by | Seeds |', '|---|---|--:|']
  return [
    '# Bug bench',
    '',
    'Written by `npm run test:mutants`. Each bug is planted in a copy of the code; the simulator runs',
    'seeds 1, 2, … against it until an invariant breaks. Fewer seeds mean sharper tests; a bug that is',
    'not found within 2,000 is a hole. Invariants that begin with `assert` are those of the code itself;',
    '`L-` are those of liveness.',
    '',
    '## In the Raft core',
    '',
    'Found by cores on model disks. The bugs: `test/sim/bugs.ts`.',
    '',
    ...head,
    ...rows('core'),
    '',
    '## Around it: driver, storage, log, founding',
    '',
    'Found by whole nodes on simulated disks. The bugs: `test/sim/system/bugs.ts`.',
    '',
    ...head,
    ...rows('system'),
    '',
    '## In what replicates: controller, leaders, followers, the log under them',
    '',
    'Found by clusters of whole brokers. The bugs: `test/sim/cluster/bugs.ts`.',
    '',
    ...head,
    ...rows('cluster'),
    '',
    '## In groups: coordinators, views of committed offsets, the log cleaner',
    '',
    'Found by clusters with consumer groups. The bugs: `test/sim/groups/bugs.ts`.',
    '',
    ...head,
    ...rows('groups'),
    '',
  ].join('\n')
}

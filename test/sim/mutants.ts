/**
 * `npm run test:mutants [-- --seeds 2000 --only TEXT]`: the bug bench. Each bug of `bugs.ts` is
 * planted in a copy of the Raft core, and the simulator runs against it until an invariant breaks.
 * A bug that is not found is a hole in the tests. Writes docs/BUG_BENCH.md; ends with `N passed, N
 * failed`.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Bug, Edit } from './bugs.ts'
import { BUGS } from './bugs.ts'

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    /** Only bugs whose name contains it; the table is not written. */
    only: { type: 'string' },
  },
})

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const TABLE = join(ROOT, 'docs/BUG_BENCH.md')
const JOBS = 2
/** A planted bug may make the core loop for ever. */
const TIMEOUT_MS = 180_000

interface Result {
  readonly bug: Bug
  /** What broke; null if nothing did. */
  readonly invariant: string | null
  /** Seeds run until then. */
  readonly seeds: number
}

const bugs = BUGS.filter(({ name }) => name.includes(options.only ?? ''))
for (const bug of bugs) for (const edit of bug.edits) planted(bug, edit)
const results = await inParallel(bugs, bench)
const missed = results.filter(({ invariant }) => invariant === null).length
if (options.only === undefined) writeFileSync(TABLE, tableOf(results))
console.log(`${results.length - missed} passed, ${missed} failed`)
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
  await Promise.all(Array.from({ length: JOBS }, worker))
  return done
}

async function bench(bug: Bug): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'lograft-bug-'))
  try {
    cpSync(join(ROOT, 'src/raft'), join(folder, 'src/raft'), { recursive: true })
    cpSync(join(ROOT, 'test/sim'), join(folder, 'test/sim'), { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    for (const edit of bug.edits)
      writeFileSync(join(folder, 'src/raft', edit.file), planted(bug, edit, folder))
    const result = { bug, ...(await simulateIn(folder)) }
    const told = result.invariant ?? 'NOT FOUND'
    console.log(`${bug.name.padEnd(64)} ${told.slice(0, 60).padEnd(40)} ${result.seeds}`)
    return result
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The file with the bug in it. Its text must be there once, or the bench tests nothing. */
function planted({ name }: Bug, { file, find, replace }: Edit, folder = ROOT): string {
  const text = readFileSync(join(folder, 'src/raft', file), 'utf8')
  const count = text.split(find).length - 1
  if (count !== 1) throw new Error(`${name}: its text occurs ${count} times in ${file}`)
  return text.replace(find, () => replace)
}

async function simulateIn(folder: string): Promise<Omit<Result, 'bug'>> {
  const output = await new Promise<string>((resolve, reject) => {
    const main = join(folder, 'test/sim/main.ts')
    const loader = import.meta.resolve('tsx')
    const args = ['--import', loader, main, '--json', '--from', '1', '--seeds', options.seeds]
    const child = spawn(process.execPath, args, {
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    child.on('error', reject).on('close', () => resolve(text))
  })
  const line = output.split('\n').find((text) => text.startsWith('{'))
  if (line === undefined) return { invariant: null, seeds: Number(options.seeds) }
  const { seed, invariant } = JSON.parse(line) as { seed: number; invariant?: string }
  return { invariant: invariant ?? 'repeated', seeds: seed }
}

function tableOf(results: readonly Result[]): string {
  const rows = results.map(({ bug, invariant, seeds }) => {
    const told = (invariant ?? '**not found**').replaceAll('|', '\\|')
    return `| ${bug.name} | ${told} | ${seeds} |`
  })
  return [
    '# Bug bench',
    '',
    'Written by `npm run test:mutants`. Each bug is planted in a copy of the Raft core; the simulator',
    'runs seeds 1, 2, … against it until an invariant breaks. Fewer seeds mean sharper tests; a bug that',
    'is not found within 2,000 is a hole. Invariants that begin with `assert` are those of the core',
    'itself; `L-` are those of liveness. The bugs themselves: `test/sim/bugs.ts`.',
    '',
    '| Bug | Found by | Seeds |',
    '|---|---|--:|',
    ...rows,
    '',
  ].join('\n')
}

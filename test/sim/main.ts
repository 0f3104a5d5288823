/**
 * `npm run test:sim [-- --seeds 300 --from S --minutes M]`: the Raft core against a simulated
 * world, seed after seed: a fixed beginning of them, then fresh ones. A failure prints one line
 * that repeats it. `--seed S [--until STEP] [--trace]` runs one; `--shrink` makes its failure
 * smaller and keeps it in corpus/. Ends with `N passed, N failed`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { execFileSync } from 'node:child_process'
import type { Mark } from './marks.ts'
import { MARKS } from './marks.ts'
import { keep, shrink } from './shrink.ts'
import type { Outcome } from './simulate.ts'
import { runOf, simulate } from './simulate.ts'

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '300' },
    /** One seed, told in full. */
    seed: { type: 'string' },
    /** The first of the seeds, instead of the fixed and the fresh ones. */
    from: { type: 'string' },
    minutes: { type: 'string' },
    until: { type: 'string' },
    trace: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: false },
    /** End with the first failure, told as JSON. */
    json: { type: 'boolean', default: false },
  },
})

/** Two thirds of the seeds are always the same ones. */
const FIXED_SHARE = 2 / 3
/** Fewer seeds than this need not come to everything. */
const SEEDS_FOR_ALL_MARKS = 300
/** Every so many seeds one is run twice: both must be alike. */
const REPEATED_EVERY = 20
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

if (options.seed === undefined) runMany()
else runOne(Number(options.seed))

function runOne(seed: number): void {
  const run = runOf(seed)
  const until = options.until === undefined ? Infinity : Number(options.until)
  const outcome = simulate(run, { trace: options.trace, until })
  if (options.trace) for (const line of outcome.lines()) console.log(line)
  const { violation, steps, hash } = outcome
  console.log(`seed ${seed}: ${steps} steps, hash ${hash}`)
  if (violation) {
    if (!options.trace) for (const line of outcome.lines().slice(-40)) console.log(line)
    console.log(`${violation.invariant} at step ${violation.step}: ${violation.message}`)
    if (options.shrink) {
      const smaller = shrink(run, violation.invariant)
      console.log(`made smaller: ${keep(smaller, violation)}`)
    }
  }
  summary(violation ? 0 : 1, violation ? 1 : 0)
}

/** The fixed seeds, then fresh ones. */
function* seeds(): Generator<number> {
  const count = Number(options.seeds)
  const first = options.from === undefined ? null : Number(options.from)
  const fresh = Math.floor(Math.random() * 0x4000_0000) + 1_000_000
  const fixed = Math.ceil(count * FIXED_SHARE)
  if (first === null) console.log(`seeds 1 to ${fixed}, then from ${fresh}`)
  for (let index = 0; options.minutes !== undefined || index < count; index += 1)
    yield first === null ? (index < fixed ? 1 + index : fresh + index) : first + index
}

function runMany(): void {
  const began = Date.now()
  const limitMs = options.minutes === undefined ? Infinity : Number(options.minutes) * 60_000
  const reached = new Set<Mark>()
  let [passed, failed, steps, count, lost] = [0, 0, 0, 0, 0]
  for (const seed of seeds()) {
    if (Date.now() - began > limitMs) break
    const outcome = simulate(runOf(seed))
    count += 1
    steps += outcome.steps
    if (outcome.isQuorumLost) lost += 1
    for (const mark of outcome.marks) reached.add(mark)
    const isSame = count % REPEATED_EVERY !== 0 || simulate(runOf(seed)).hash === outcome.hash
    if (!outcome.violation && isSame) passed += 1
    else {
      failed += 1
      tellFailure(seed, outcome)
      if (options.json) break
    }
  }
  const seconds = (Date.now() - began) / 1_000
  const unreached = MARKS.filter((mark) => !reached.has(mark))
  console.log(
    `${count} seeds, ${steps} steps in ${seconds.toFixed(1)} s, ` +
      `${Math.round(steps / seconds)} steps/s; ${reached.size} of ${MARKS.length} marks reached`,
  )
  if (lost > 0)
    console.log(`${lost} seeds lost the disks of a quorum: their second half is left out`)
  if (unreached.length > 0) console.log(`not reached: ${unreached.join(', ')}`)
  if (count >= SEEDS_FOR_ALL_MARKS && unreached.length > 0) failed += 1
  addToTotal(passed)
  summary(passed, failed)
}

function tellFailure(seed: number, { violation }: Outcome): void {
  if (options.json) return console.log(JSON.stringify({ seed, ...violation }))
  const { invariant, message, step } = violation ?? {
    invariant: 'repeated',
    message: 'two runs of the same seed differ',
    step: 0,
  }
  const [told] = message.split('\n')
  console.log(`seed ${seed}: ${invariant} at step ${step}: ${told}`)
  console.log(`  npm run test:sim -- --seed ${seed} --until ${step + 1} --trace`)
}

/** Seeds that have passed, by commit, over all runs on this machine. */
function addToTotal(passed: number): void {
  const file = join(ROOT, 'node_modules/.cache/sim-passed.json')
  const commit = commitNow()
  if (commit === null) return
  const totals = totalsIn(file)
  totals[commit] = (totals[commit] ?? 0) + passed
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(totals, null, 1))
  console.log(`${totals[commit]} seeds have passed at ${commit.slice(0, 12)} so far`)
}

function totalsIn(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>
  } catch {
    return {}
  }
}

function commitNow(): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return null
  }
}

function summary(passed: number, failed: number): void {
  console.log(`${passed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
}

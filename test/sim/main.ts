/**
 * `npm run test:sim`: Raft cores, then whole nodes of the quorum, then clusters of brokers, without
 * and with consumer groups, each in a simulated world, seed after seed; a fixed beginning of them,
 * then fresh ones. A failure prints one line that repeats it.
 *
 *   --core, --system, --cluster, --groups
 *                        only these seeds
 *   --seeds 300          of cores; a tenth as many of whole nodes, a third of clusters, a tenth of
 *                        clusters with groups, unless they are alone
 *   --from S             from that seed on, instead of the fixed and the fresh ones
 *   --minutes M          as many as there is time for
 *   --workers 2          in so many processes
 *   --resume             seeds 1, 2, … of this commit, from where the last such run ended
 *   --seed S             one seed, told in full; with the world, --until STEP, --trace, and
 *                        --shrink, which makes its failure smaller and keeps it in a corpus
 *
 * Ends with `N passed, N failed`.
 */
import { parseArgs } from 'node:util'
import type { Block, BlockResult, SeedFailure } from './fleet.ts'
import { runFleet } from './fleet.ts'
import { shrinkAndKeep } from './shrink.ts'
import { Tally } from './tally.ts'
import type { WorldName } from './worlds.ts'
import { WORLD_NAMES, WORLDS } from './worlds.ts'

const { values: options } = parseArgs({
  options: {
    core: { type: 'boolean', default: false },
    system: { type: 'boolean', default: false },
    cluster: { type: 'boolean', default: false },
    groups: { type: 'boolean', default: false },
    seeds: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string' },
    minutes: { type: 'string' },
    workers: { type: 'string', default: '1' },
    resume: { type: 'boolean', default: false },
    until: { type: 'string' },
    trace: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: false },
    /** End with the first failure, told as JSON. */
    json: { type: 'boolean', default: false },
  },
})

const SEEDS = 300
/** So many seeds of cores are run for one of another world, which costs more. */
const CORES_PER = { core: 1, system: 10, cluster: 3, groups: 10 } as const
/** Two thirds of the seeds are always the same ones. */
const FIXED_SHARE = 2 / 3
/** Fewer seeds than this need not come to everything. */
const SEEDS_FOR_ALL_MARKS = 300
const BLOCK_SEEDS = { core: 50, system: 10, cluster: 10, groups: 5 } as const

/** By world and first seed. What was not finished in one piece the next such run does again. */
const finished = new Map<string, BlockResult>()

const named = WORLD_NAMES.filter((world) => options[world])
const isAlone = named.length === 1
if (options.seed === undefined) await runMany()
else await runOne(named[0] ?? 'core', Number(options.seed))

async function runOne(world: WorldName, seed: number): Promise<void> {
  const until = options.until === undefined ? Infinity : Number(options.until)
  const outcome = await WORLDS[world].run(seed, { trace: options.trace, until })
  if (options.trace) for (const line of outcome.lines()) console.log(line)
  const { violation, steps, hash } = outcome
  console.log(`${world} seed ${seed}: ${steps} steps, hash ${hash}`)
  if (violation) {
    if (!options.trace) for (const line of outcome.lines().slice(-40)) console.log(line)
    console.log(`${violation.invariant} at step ${violation.step}: ${violation.message}`)
    if (options.shrink) console.log(`made smaller: ${await shrinkAndKeep(world, seed, violation)}`)
  }
  summary(violation ? 0 : 1, violation ? 1 : 0)
}

async function runMany(): Promise<void> {
  const tally = new Tally()
  let [passed, failed] = [0, 0]
  for (const world of WORLD_NAMES) {
    if (named.length > 0 && !named.includes(world)) continue
    const result = await runWorld(world, tally)
    passed += result.passed
    failed += result.failed
    if (options.json && failed > 0) break
  }
  summary(passed, failed)
}

function seedsWanted(world: WorldName): number {
  const all = Number(options.seeds ?? SEEDS)
  return isAlone ? all : Math.ceil(all / CORES_PER[world])
}

async function runWorld(world: WorldName, tally: Tally) {
  const began = Date.now()
  const blocks = options.resume ? remaining(world, tally) : chosen(world)
  const limitMs = options.minutes === undefined ? Infinity : Number(options.minutes) * 60_000
  const sum = { seeds: 0, passed: 0, failed: 0, steps: 0, lost: 0, marks: new Set<string>() }
  const next = () => {
    const isOver = Date.now() - began > limitMs || (options.json && sum.failed > 0)
    const block = isOver ? null : blocks.next()
    return block === null || block.done === true ? null : block.value
  }
  const seconds = () => (Date.now() - began) / 1_000
  await runFleet(Number(options.workers), next, (block, result) => {
    sum.seeds += result.passed + result.failures.length
    sum.passed += result.passed
    sum.failed += result.failures.length
    sum.steps += result.steps
    sum.lost += result.lost
    for (const mark of result.marks) sum.marks.add(mark)
    for (const failure of result.failures) tellFailure(world, failure)
    note(tally, block, result)
  })
  const { marks } = WORLDS[world]
  const unreached = marks.filter((mark) => !sum.marks.has(mark))
  console.log(
    `${world}: ${sum.seeds} seeds, ${sum.steps} steps in ${seconds().toFixed(1)} s, ` +
      `${(sum.seeds / seconds()).toFixed(1)} seeds/s; ` +
      `${marks.length - unreached.length} of ${marks.length} marks reached`,
  )
  if (sum.lost > 0)
    console.log(`${sum.lost} seeds lost the disks of a quorum: their second half is left out`)
  if (unreached.length > 0) console.log(`not reached: ${unreached.join(', ')}`)
  const isBlind = sum.seeds >= SEEDS_FOR_ALL_MARKS && unreached.length > 0
  console.log(`${tally.of(world).passed} seeds have passed at ${tally.name} so far`)
  return { passed: sum.passed, failed: sum.failed + (isBlind ? 1 : 0) }
}

/** The fixed seeds, then fresh ones; or those that were asked for. */
function* chosen(world: WorldName): Generator<Block, void> {
  const count = options.minutes === undefined ? seedsWanted(world) : Infinity
  if (options.from !== undefined) return yield* blocksOf(world, Number(options.from), count)
  const fixed = Math.ceil(seedsWanted(world) * FIXED_SHARE)
  const fresh = Math.floor(Math.random() * 0x4000_0000) + 1_000_000
  console.log(`${world} seeds 1 to ${fixed}, then from ${fresh}`)
  yield* blocksOf(world, 1, fixed)
  yield* blocksOf(world, fresh, count - fixed)
}

/** Seeds of this commit that no such run has had yet, until there are as many as wanted. */
function* remaining(world: WorldName, tally: Tally): Generator<Block, void> {
  const count = tally.of(world)
  const end = seedsWanted(world) + 1
  console.log(
    `${world} seeds ${count.resumeAt} to ${end - 1}; ${count.failed} of those before failed`,
  )
  yield* blocksOf(world, count.resumeAt, end - count.resumeAt)
}

function* blocksOf(world: WorldName, first: number, count: number): Generator<Block, void> {
  for (let done = 0; done < count;) {
    const size = Math.min(BLOCK_SEEDS[world], count - done)
    yield { world, from: first + done, count: size, stopsAtFailure: options.json }
    done += size
  }
}

function note(tally: Tally, { world, from }: Block, result: BlockResult): void {
  const total = tally.of(world)
  total.passed += result.passed
  if (options.resume) {
    const at = (seed: number) => finished.get(`${world} ${seed}`)
    finished.set(`${world} ${from}`, result)
    for (let next = at(total.resumeAt); next; next = at(total.resumeAt)) {
      total.resumeAt += next.passed + next.failures.length
      total.failed += next.failures.length
    }
  }
  tally.save()
}

function tellFailure(world: WorldName, failure: SeedFailure): void {
  const { seed, invariant, message, step } = failure
  if (options.json) return console.log(JSON.stringify(failure))
  const [told] = message.split('\n')
  console.log(`${world} seed ${seed}: ${invariant} at step ${step}: ${told}`)
  const which = world === 'core' ? '' : `--${world} `
  console.log(`  npm run test:sim -- ${which}--seed ${seed} --until ${step + 1} --trace`)
}

function summary(passed: number, failed: number): void {
  console.log(`${passed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
}

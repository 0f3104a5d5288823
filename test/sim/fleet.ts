/**
 * Runs seeds, in this process or in several: in blocks, whose results are added up in the order in
 * which they come. Now and then a seed is run twice, and both runs must be alike.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Failure } from './simulate.ts'
import type { WorldName } from './worlds.ts'
import { WORLDS } from './worlds.ts'

export interface Block {
  readonly world: WorldName
  readonly from: number
  readonly count: number
  /** Ends with the first failure. */
  readonly stopsAtFailure: boolean
}

export interface SeedFailure extends Failure {
  readonly seed: number
}

export interface BlockResult {
  readonly passed: number
  readonly failures: readonly SeedFailure[]
  readonly steps: number
  /** Seeds that lost the disks of a quorum: their second half is left out. */
  readonly lost: number
  readonly marks: readonly string[]
}

/** Every so many seeds one is run twice. */
const REPEATED_EVERY = 20
const WORKER = fileURLToPath(new URL('fleet-worker.ts', import.meta.url))

export async function runBlock({
  world,
  from,
  count,
  stopsAtFailure,
}: Block): Promise<BlockResult> {
  const failures: SeedFailure[] = []
  const marks = new Set<string>()
  let [passed, steps, lost] = [0, 0, 0]
  for (let seed = from; seed < from + count; seed += 1) {
    const outcome = await WORLDS[world].run(seed)
    steps += outcome.steps
    if (outcome.isQuorumLost) lost += 1
    for (const mark of outcome.marks) marks.add(mark)
    const isRepeated = seed % REPEATED_EVERY === 0
    const isSame = !isRepeated || (await WORLDS[world].run(seed)).hash === outcome.hash
    if (outcome.violation) failures.push({ seed, ...outcome.violation })
    else if (!isSame) failures.push({ seed, ...NOT_REPEATED })
    else passed += 1
    if (failures.length > 0 && stopsAtFailure) break
  }
  return { passed, failures, steps, lost, marks: [...marks] }
}

const NOT_REPEATED: Failure = {
  invariant: 'repeated',
  message: 'two runs of the same seed differ',
  step: 0,
}

/**
 * Runs blocks as `next` gives them until it gives none, `workers` at a time, and tells each result.
 */
export async function runFleet(
  workers: number,
  next: () => Block | null,
  told: (block: Block, result: BlockResult) => void,
): Promise<void> {
  const work = async (run: (block: Block) => Promise<BlockResult>) => {
    for (let block = next(); block; block = next()) told(block, await run(block))
  }
  if (workers <= 1) return work(runBlock)
  const children = Array.from({ length: workers }, () => fork(WORKER))
  try {
    await Promise.all(children.map((child) => work((block) => ask(child, block))))
  } finally {
    for (const child of children) child.kill()
  }
}

function ask(child: ChildProcess, block: Block): Promise<BlockResult> {
  return new Promise((resolve, reject) => {
    child.once('message', (result) => {
      child.removeAllListeners('exit')
      resolve(result as BlockResult)
    })
    child.once('exit', (code) => reject(new Error(`a worker ended with status ${code}`)))
    child.send(block)
  })
}

/**
 * Makes a failing run smaller: parts of its schedule are left out (ddmin), then features are
 * switched off and sizes set to plain ones, as long as the same invariant breaks. What is left is
 * kept in corpus/ and replayed for ever.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Decision } from './schedule.ts'
import type { Failure } from './simulate.ts'
import { simulate } from './simulate.ts'
import type { Swarm } from './swarm.ts'
import type { Run } from './world.ts'

export const CORPUS = join(dirname(fileURLToPath(import.meta.url)), 'corpus')

/** What is written: enough to repeat it, whatever becomes of the generators. */
export interface KeptRun extends Run {
  readonly invariant: string
  readonly message: string
}

/** Runs that are tried; what is small by then is small enough. */
const TRIES_MAX = 400

export function shrink(run: Run, invariant: string): Run {
  let tries = 0
  const fails = (candidate: Run) => {
    tries += 1
    return tries <= TRIES_MAX && simulate(candidate).violation?.invariant === invariant
  }
  let smallest = run
  for (;;) {
    const schedule = minimise(smallest.schedule, (part) => fails({ ...smallest, schedule: part }))
    const simpler = simplify({ ...smallest, schedule }, fails)
    const isSame = simpler.schedule.length === smallest.schedule.length
    if (isSame && simpler.swarm === smallest.swarm) return simpler
    smallest = simpler
  }
}

/** Delta debugging: ever smaller parts are left out as long as it still fails. */
function minimise(
  all: readonly Decision[],
  fails: (part: readonly Decision[]) => boolean,
): readonly Decision[] {
  let kept = all
  let size = Math.ceil(kept.length / 2)
  while (size >= 1 && kept.length > 0) {
    let isSmaller = false
    for (let from = 0; from < kept.length;) {
      const without = [...kept.slice(0, from), ...kept.slice(from + size)]
      if (fails(without)) {
        kept = without
        isSmaller = true
      } else from += size
    }
    if (size === 1 && !isSmaller) break
    size = size === 1 ? 1 : Math.ceil(size / 2)
  }
  return kept
}

/** Each, if it still fails with it. */
function simplify(run: Run, fails: (run: Run) => boolean): Run {
  let simplest = run
  for (const change of simplifications(run.swarm)) {
    const swarm = { ...simplest.swarm, ...change }
    if (JSON.stringify(swarm) === JSON.stringify(simplest.swarm)) continue
    const candidate = { ...simplest, swarm }
    if (fails(candidate)) simplest = candidate
  }
  return simplest
}

function simplifications({ network, bounds }: Swarm): Partial<Swarm>[] {
  return [
    { network: { ...network, loss: 0, duplication: 0, replay: 0 } },
    { network: { ...network, duplication: 0, replay: 0 } },
    { network: { ...network, isFifo: true } },
    { noticesLoss: 0 },
    { noticesCrash: false },
    { clockSkew: 0 },
    { pumpUs: 0 },
    { applyUs: 0 },
    { snapshotEvery: 0 },
    { trailing: 0 },
    { snapshotFailure: 0 },
    { groupsWrites: false },
    { diskUs: 10 },
    { spares: 0 },
    { founders: 3 },
    { bounds: { ...bounds, appendBytes: 100_000, appendEntries: 1_000 } },
    { bounds: { ...bounds, inflightAppends: 16, inflightBytes: 1_000_000 } },
  ]
}

/** Writes the run; returns its file. */
export function keep(run: Run, { invariant, message }: Failure): string {
  mkdirSync(CORPUS, { recursive: true })
  const name = invariant
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  const file = join(CORPUS, `${name.slice(0, 40)}-${run.seed}.json`)
  const [told] = message.split('\n')
  const kept: KeptRun = { ...run, invariant, message: told ?? '' }
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`)
  return file
}

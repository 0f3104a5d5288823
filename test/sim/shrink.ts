/**
 * Makes a failing run smaller: parts of its schedule are left out (ddmin), then features are
 * switched off and sizes set to plain ones, as long as the same invariant breaks. What is left is
 * kept in a corpus and replayed for ever.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { clusterRunOf, simulateCluster } from './cluster/simulate.ts'
import type { ClusterSwarm } from './cluster/swarm.ts'
import type { ClusterRun } from './cluster/world.ts'
import { groupsRunOf, simulateGroups } from './groups/simulate.ts'
import type { GroupSwarm } from './groups/swarm.ts'
import type { GroupsRun } from './groups/world.ts'
import type { Failure } from './simulate.ts'
import { runOf, simulate } from './simulate.ts'
import type { Swarm } from './swarm.ts'
import type { SystemSwarm } from './system/swarm.ts'
import { simulateSystem, systemRunOf } from './system/simulate.ts'
import type { SystemRun } from './system/world.ts'
import type { Run } from './world.ts'
import type { WorldName } from './worlds.ts'

const HERE = dirname(fileURLToPath(import.meta.url))

/** Where failing runs of a world are kept. */
export const CORPORA: Readonly<Record<WorldName, string>> = {
  core: join(HERE, 'corpus'),
  system: join(HERE, 'system/corpus'),
  cluster: join(HERE, 'cluster/corpus'),
  groups: join(HERE, 'groups/corpus'),
}

/** What is written: enough to repeat it, whatever becomes of the generators. */
export type Kept<R> = R & { readonly invariant: string; readonly message: string }

/** Runs that are tried; what is small by then is small enough. */
const TRIES_MAX = 400

interface Shrinkable {
  readonly seed: number
  readonly schedule: readonly unknown[]
  readonly swarm: object
}

/** Returns the file that the smaller run is kept in. */
export async function shrinkAndKeep(
  world: WorldName,
  seed: number,
  failure: Failure,
): Promise<string> {
  const isSame = (other: Failure | null) => other?.invariant === failure.invariant
  if (world === 'core') {
    const fails = (run: Run) => Promise.resolve(isSame(simulate(run).violation))
    return keep(world, await shrink(runOf(seed), plain, fails), failure)
  }
  if (world === 'cluster') {
    const fails = async (run: ClusterRun) => isSame((await simulateCluster(run)).violation)
    return keep(world, await shrink(clusterRunOf(seed), plainCluster, fails), failure)
  }
  if (world === 'groups') {
    const fails = async (run: GroupsRun) => isSame((await simulateGroups(run)).violation)
    return keep(world, await shrink(groupsRunOf(seed), plainGroups, fails), failure)
  }
  const fails = async (run: SystemRun) => isSame((await simulateSystem(run)).violation)
  return keep(world, await shrink(systemRunOf(seed), plainSystem, fails), failure)
}

async function shrink<R extends Shrinkable>(
  run: R,
  simplifications: (swarm: R['swarm']) => Partial<R['swarm']>[],
  breaks: (run: R) => Promise<boolean>,
): Promise<R> {
  let tries = 0
  const fails = async (candidate: R) => {
    tries += 1
    return tries <= TRIES_MAX && (await breaks(candidate))
  }
  let smallest = run
  for (;;) {
    const schedule = await minimise(smallest.schedule, (part) =>
      fails({ ...smallest, schedule: part }),
    )
    let simplest: R = { ...smallest, schedule }
    for (const change of simplifications(simplest.swarm)) {
      const swarm = { ...simplest.swarm, ...change }
      if (JSON.stringify(swarm) === JSON.stringify(simplest.swarm)) continue
      const candidate = { ...simplest, swarm }
      if (await fails(candidate)) simplest = candidate
    }
    const isSame = simplest.schedule.length === smallest.schedule.length
    if (isSame && simplest.swarm === smallest.swarm) return simplest
    smallest = simplest
  }
}

/** Delta debugging: ever smaller parts are left out as long as it still fails. */
async function minimise<T>(
  all: readonly T[],
  fails: (part: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = all
  let size = Math.ceil(kept.length / 2)
  while (size >= 1 && kept.length > 0) {
    let isSmaller = false
    for (let from = 0; from < kept.length;) {
      const without = [...kept.slice(0, from), ...kept.slice(from + size)]
      if (await fails(without)) {
        kept = without
        isSmaller = true
      } else from += size
    }
    if (size === 1 && !isSmaller) break
    size = size === 1 ? 1 : Math.ceil(size / 2)
  }
  return kept
}

function plain({ network, bounds }: Swarm): Partial<Swarm>[] {
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

function plainSystem({ network }: SystemSwarm): Partial<SystemSwarm>[] {
  return [
    { network: { ...network, loss: 0 } },
    { network: { ...network, isFifo: true } },
    { network: { ...network, delayUs: 500, jitterUs: 1_000 } },
    { noticesLoss: 0 },
    { noticesCrash: false },
    { clockSkew: 0 },
    { lookMs: 0 },
    { turnUs: 0 },
    { syncUs: 1_000 },
    { snapshotBytes: 1e9 },
    { snapshotCuts: 0 },
    { snapshotDamages: 0 },
    { pieceBytes: 5_000 },
    { replacesRotten: false },
  ]
}

function plainCluster({ timing }: ClusterSwarm): Partial<ClusterSwarm>[] {
  return [
    { wires: { delayUs: 200, jitterUs: 100 } },
    { nodes: 3 },
    { clockSkew: 0 },
    { turnUs: 0 },
    { syncUs: 1_000 },
    { metadataSnapshots: 0 },
    { metadataLagUs: 1_000 },
    { commitUs: 1_000 },
    { producers: 1 },
    { consumers: 0 },
    { fetchBytes: 1_000_000 },
    { timing: { ...timing, lagMs: 1_500 } },
  ]
}

function plainGroups(swarm: GroupSwarm): Partial<GroupSwarm>[] {
  const { groups } = swarm
  return [
    { wires: { delayUs: 200, jitterUs: 100 } },
    { clockSkew: 0 },
    { turnUs: 0 },
    { syncUs: 1_000 },
    { storeUs: 20 },
    { metadataSnapshots: 0 },
    { metadataLagUs: 1_000 },
    { commitUs: 1_000 },
    ...groups.map((group) => ({ groups: groups.filter((other) => other !== group) })),
  ]
}

/** Writes the run; returns its file. */
function keep(world: WorldName, run: Shrinkable, { invariant, message }: Failure): string {
  mkdirSync(CORPORA[world], { recursive: true })
  const name = invariant
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  const file = join(CORPORA[world], `${name.slice(0, 40)}-${run.seed}.json`)
  const [told] = message.split('\n')
  const kept: Kept<Shrinkable> = { ...run, invariant, message: told ?? '' }
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`)
  return file
}

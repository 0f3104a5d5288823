/**
 * The broker beside the bare loop, in turns (A B A B …), so that whatever else the machine does
 * meanwhile falls on both. Medians: of each side's runs, and of the ratios of neighbouring runs.
 */
import type { LoadResult } from '../src/cli/bench/load-result.ts'
import { statsOf } from './process-stats.ts'
import type { Rig } from './rig.ts'
import { bothSides } from './rig.ts'
import type { Side } from './side.ts'

export interface Run extends LoadResult {
  /** CPU seconds of each of the side's processes; null where the system does not tell. */
  readonly serverCpuSeconds: readonly number[] | null
}

export interface Comparison {
  /** The median run. */
  readonly lograft: Run
  readonly bare: Run
  /** The broker's throughput as a part of the bare loop's. */
  readonly ratio: number
  /** CPU seconds of the servers for each GB, all runs together; null where nobody tells. */
  readonly cpuPerGB: CpuPerGB
  /** The same of the process alone that is talked to. */
  readonly leaderCpuPerGB: CpuPerGB
  /** Lowest and highest of the ratios that `ratio` is the median of. */
  readonly spread: readonly [lowest: number, highest: number]
}

export type CpuPerGB = readonly [lograft: number, bare: number] | null

/** Of the broker and the bare loop that most measures share. */
export async function compare(
  rig: Rig,
  rate: (result: LoadResult) => number,
  run: (side: Side) => Promise<LoadResult>,
): Promise<Comparison> {
  return compareSides({ sides: await bothSides(rig), runs: rig.pace.runs }, rate, run)
}

/** `run` puts the same load on whichever side it is given. */
export async function compareSides(
  { sides, runs: count }: { readonly sides: readonly Side[]; readonly runs: number },
  rate: (result: LoadResult) => number,
  run: (side: Side) => Promise<LoadResult>,
): Promise<Comparison> {
  const runs: Readonly<Record<Side['name'], Run[]>> = { lograft: [], bare: [] }
  // The first round compiles and fills caches, and does not count.
  for (let round = 0; round <= count; round += 1)
    for (const side of sides) {
      const measured = await once(side, run)
      if (round > 0) runs[side.name].push(measured)
    }
  const { lograft, bare } = runs
  const ratios = ascending(lograft.map((one, at) => rate(one) / rate(bare[at] ?? one)))
  const byRate = (one: Run, other: Run) => rate(one) - rate(other)
  return {
    lograft: median(lograft.toSorted(byRate)),
    bare: median(bare.toSorted(byRate)),
    ratio: median(ratios),
    cpuPerGB: cpuPerGB(sumOf, lograft, bare),
    leaderCpuPerGB: cpuPerGB(([leader = 0]) => leader, lograft, bare),
    spread: [ratios[0] ?? 1, ratios.at(-1) ?? 1],
  }
}

/** One run, and what it cost the server. */
export async function once(side: Side, run: (side: Side) => Promise<LoadResult>): Promise<Run> {
  const cpuSeconds = () => side.pids.map((pid) => statsOf(pid)?.cpuSeconds ?? null)
  const before = cpuSeconds()
  const result = await run(side)
  const after = cpuSeconds()
  const spent = after.map((seconds, at) => (seconds ?? Number.NaN) - (before[at] ?? Number.NaN))
  return { ...result, serverCpuSeconds: spent.some(Number.isNaN) ? null : spent }
}

/** One run is too short for a clock of hundredths of a second; all of them are not. */
function cpuPerGB(
  of: (secondsOfEach: readonly number[]) => number,
  ...sides: readonly (readonly Run[])[]
): CpuPerGB {
  const [lograft = Number.NaN, bare = Number.NaN] = sides.map((runs) => {
    const bytes = runs.reduce((sum, run) => sum + run.bytes, 0)
    const seconds = sumOf(runs.map((run) => of(run.serverCpuSeconds ?? [Number.NaN])))
    return bytes === 0 ? Number.NaN : seconds / (bytes / 1e9)
  })
  return Number.isNaN(lograft + bare) ? null : [lograft, bare]
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
export const ascending = (values: readonly number[]) => values.toSorted((a, b) => a - b)

/** The middle one of sorted values; of an even number, the lower of the two. */
export function median<Value>(sorted: readonly Value[]): Value {
  const middle = sorted[Math.ceil(sorted.length / 2) - 1]
  if (middle === undefined) throw new Error('nothing was measured')
  return middle
}

export const bytesPerSecond = ({ bytes, seconds }: LoadResult) => bytes / seconds

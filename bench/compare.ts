/**
 * The broker beside the bare loop, in turns (A B A B …), so that whatever else the machine does
 * meanwhile falls on both; of each, the median run by throughput.
 */
import type { LoadResult } from '../src/cli/bench/load-result.ts'
import type { Rig, Side } from './rig.ts'
import { bothSides } from './rig.ts'
import { statsOf } from './process-stats.ts'

export interface Run extends LoadResult {
  /** CPU seconds of the server during the run; null where the system does not tell. */
  readonly serverCpuSeconds: number | null
}

export interface Comparison {
  readonly lograft: Run
  readonly bare: Run
  /** Lowest and highest throughput of the broker's runs, relative to the median. */
  readonly spread: readonly [lowest: number, highest: number]
}

/** `run` puts the same load on whichever side it is given. */
export async function compare(
  rig: Rig,
  rate: (result: LoadResult) => number,
  run: (side: Side) => Promise<LoadResult>,
): Promise<Comparison> {
  const runs: Readonly<Record<Side['name'], Run[]>> = { lograft: [], bare: [] }
  const sides = await bothSides(rig)
  // The first round compiles and fills caches, and does not count.
  for (let round = 0; round <= rig.pace.runs; round += 1)
    for (const side of sides) {
      const measured = await once(side, run)
      if (round > 0) runs[side.name].push(measured)
    }
  const byRate = (one: Run, other: Run) => rate(one) - rate(other)
  const lograft = runs.lograft.sort(byRate)
  const middle = median(lograft)
  const relative = (one: Run | undefined) => (one ? rate(one) / rate(middle) : 1)
  return {
    lograft: middle,
    bare: median(runs.bare.sort(byRate)),
    spread: [relative(lograft[0]), relative(lograft.at(-1))],
  }
}

/** One run, and what it cost the server. */
export async function once(side: Side, run: (side: Side) => Promise<LoadResult>): Promise<Run> {
  const before = statsOf(side.pid)
  const result = await run(side)
  const after = statsOf(side.pid)
  const serverCpuSeconds = before && after ? after.cpuSeconds - before.cpuSeconds : null
  return { ...result, serverCpuSeconds }
}

/** The middle one of sorted values; of an even number, the lower of the two. */
export function median<Value>(sorted: readonly Value[]): Value {
  const middle = sorted[Math.ceil(sorted.length / 2) - 1]
  if (middle === undefined) throw new Error('nothing was measured')
  return middle
}

export const bytesPerSecond = ({ bytes, seconds }: LoadResult) => bytes / seconds

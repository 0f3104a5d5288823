/** A broker that carries the probe and tells of its garbage collections, and what it says. */
import { fileURLToPath } from 'node:url'
import type { ProcessNode } from '../src/chaos/cluster/process-node.ts'
import { askProbe } from './ask-probe.ts'
import type { ProbeCounts } from './probe.ts'
import type { Rig } from './rig.ts'

const PROBE = fileURLToPath(new URL('probe.ts', import.meta.url))
/** A young generation of 1 MB: what was allocated since the last collection is at most that. */
const FLAGS = ['--trace-gc', '--max-semi-space-size=1', '--import', 'tsx', '--import', PROBE]

/** The counts, and what was allocated on the JavaScript heap, since the start of the process. */
export interface Account extends ProbeCounts {
  readonly heapBytes: number
}

export const startProbed = (rig: Rig): Promise<ProcessNode> =>
  rig.startBroker({ nodeArguments: FLAGS })

/** Asks the probe; resolves when it has answered. */
export async function account(node: ProcessNode): Promise<Account> {
  return { ...(await askProbe<ProbeCounts>(node)), heapBytes: allocatedBytes(node.output) }
}

/**
 * Every collection says how large the heap was before and after it; between two collections it grew
 * by what was allocated.
 */
function allocatedBytes(output: string): number {
  let total = 0
  let afterMB: number | null = null
  for (const [, before, after] of output.matchAll(
    / ([\d.]+) \([\d.]+\) -> ([\d.]+) \([\d.]+\) MB/g,
  )) {
    if (afterMB !== null) total += Math.max(0, Number(before) - afterMB)
    afterMB = Number(after)
  }
  return total * 1024 * 1024
}

/**
 * How long a controller with a long metadata log takes from its start until it leads: with
 * snapshots at their default distance, and when none was ever taken. The log is of one voter, in a
 * process that does nothing else. The median of a few starts.
 */
import { nodeOptions } from '../../src/config/node-options.ts'
import { Child } from '../child.ts'
import { ascending, median } from '../compare.ts'
import type { Recovered } from '../recovering.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'

const STARTS = 3
/** A million entries take their time to be made. */
const TOLD_WITHIN_MS = 600_000
const AT_DEFAULT = nodeOptions['metadata.log.max.record.bytes.between.snapshots'].default

const CASES = [
  { name: 'snapshots at their default', betweenSnapshots: AT_DEFAULT },
  { name: 'no snapshot ever taken', betweenSnapshots: 0 },
]

export async function measureRecovery(rig: Rig): Promise<Row[]> {
  const entries = rig.pace.recoveredEntries
  const rows: Row[] = []
  for (const { name, betweenSnapshots } of CASES) {
    const directory = rig.freshDirectory()
    const run = (order: string) => once([directory, order, `${entries}`, `${betweenSnapshots}`])
    const made = await run('make')
    if (made.entries < entries) throw new Error(`${made.entries} of ${entries} entries were made`)
    const tookMs: number[] = []
    for (let start = 0; start < Math.min(STARTS, rig.pace.runs); start += 1)
      tookMs.push((await run('start')).tookMs)
    const measure = `start → leading, ${entries.toLocaleString('en')} entries, ${name}`
    rows.push({ measure, unit: 'ms', value: median(ascending(tookMs)) })
  }
  return rows
}

async function once(args: readonly string[]): Promise<Recovered> {
  await using child = new Child('recovering.ts', args)
  const told = (await child.next(TOLD_WITHIN_MS)) as Recovered
  await child.ended()
  return told
}

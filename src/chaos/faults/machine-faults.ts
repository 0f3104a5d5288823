/**
 * Faults of the machine under a node: its disk, its clock, its power. A disk that fails for good
 * ends the node sooner or later, as it should; taking that back is a new disk, and a new start.
 */
import type { MachineFault } from '../cluster/target.ts'
import type { FaultKind, Site, SpecOf } from './fault.ts'
import type { Undo } from './undo.ts'
import type { Selector } from './spec.ts'

type MachineFaultName =
  | 'disk-full'
  | 'slow-fsync'
  | 'failing-write'
  | 'failing-fsync'
  | 'torn-write'
  | 'clock-jump'
  | 'power-cut'

/** What the preload is told beside the kind. */
interface Amounts {
  readonly on: Selector
  readonly delayMs?: number
  readonly byMs?: number
}

export const machineFaults: { readonly [Name in MachineFaultName]: FaultKind<Name> } = {
  'disk-full': bad('disk-full', () => 'disk full', { mayEnd: true }),
  'slow-fsync': bad('slow-fsync', ({ delayMs }) => `fsync takes ${delayMs} ms`, { mayEnd: false }),
  'failing-write': bad('failing-write', () => 'writes fail', { mayEnd: true }),
  'failing-fsync': bad('failing-fsync', () => 'fsync fails', { mayEnd: true }),
  'torn-write': bad('torn-write', () => 'death within a write', { mayEnd: true }),
  'clock-jump': bad('clock-jump', ({ byMs }) => `clock jumps by ${byMs} ms`, { mayEnd: false }),
  'power-cut': {
    needs: ['preload', 'signals', 'start'],
    describe: ({ on }) => `power cut of ${on}`,
    inflict: async (_spec, nodes, { target, draw, lives }) => {
      // All at once: who is still up would make durable what the others then have, too.
      const holds = await Promise.all(nodes.map((id) => lives.hold(id, 'SIGKILL')))
      await Promise.all(nodes.map((id) => target.cutPower(id, () => draw.random())))
      return async () => void (await Promise.all(holds.map((letGo) => letGo())))
    },
  },
}

/** A fault that the preload makes; `mayEnd`: of nodes that may be gone when it is taken back. */
function bad<Name extends Exclude<MachineFaultName, 'power-cut'>>(
  type: Name,
  says: (spec: SpecOf<Name>) => string,
  { mayEnd }: { readonly mayEnd: boolean },
): FaultKind<Name> {
  return {
    needs: mayEnd ? ['preload', 'start'] : ['preload'],
    describe: (spec) => `${says(spec)} on ${spec.on}`,
    inflict: async (spec, nodes, site) => {
      const { delayMs, byMs }: Amounts = spec
      const amounts = {
        ...(delayMs !== undefined && { delayMs }),
        ...(byMs !== undefined && { byMs }),
      }
      const undos = await hurtAll(nodes, { type, ...amounts }, site)
      const ends = mayEnd ? nodes.map((id) => site.lives.disturb(id)) : []
      return async () => {
        await Promise.all(undos.map((undo) => undo()))
        await Promise.all(ends.map((over) => over()))
      }
    },
  }
}

/** All of them or none. */
async function hurtAll(
  nodes: readonly number[],
  fault: MachineFault,
  { target }: Site,
): Promise<readonly Undo[]> {
  const undos: Undo[] = []
  try {
    for (const id of nodes) undos.push(await target.hurtMachine(id, fault))
    return undos
  } catch (thrown) {
    await Promise.all(undos.map((undo) => undo()))
    throw thrown
  }
}

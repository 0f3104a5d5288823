/**
 * Faults of the network: of every way between the nodes that are hit and the others, those that
 * they dial and those on which they are dialled, and where it is said of what clients dial.
 */
import type { Capability, LinkFault } from '../cluster/target.ts'
import { together } from './all-or-none.ts'
import type { FaultKind, Site } from './fault.ts'
import type { Undo } from './undo.ts'
import { parseSelector, resolveSelection } from './selectors.ts'
import type { Direction, Selector } from './spec.ts'

type NetworkFaultName = 'cut' | 'stall' | 'reset' | 'refuse' | 'delay' | 'throttle' | 'corrupt'

/** Where a fault is. */
interface Where {
  readonly on: Selector
  readonly from?: Selector
  readonly clients?: boolean
}

const LINKS: readonly Capability[] = ['links']

export const networkFaults: { readonly [Name in NetworkFaultName]: FaultKind<Name> } = {
  cut: {
    needs: LINKS,
    describe: ({ direction = 'both', ...where }) =>
      direction === 'both'
        ? `${place(where)} cut off`
        : `nothing comes ${direction === 'in' ? 'to' : 'from'} ${place(where)}`,
    inflict: ({ direction = 'both', ...where }, nodes, site) =>
      damage(where, nodes, site, (seen) => ({ type: 'stall', direction: turned(direction, seen) })),
  },
  stall: {
    needs: LINKS,
    describe: (where) => `whoever dials ${place(where)} hears nothing`,
    inflict: ({ direction = 'both', ...where }, nodes, site) =>
      damage(where, nodes, site, (seen) => (seen === 'in' ? { type: 'stall', direction } : null)),
  },
  reset: {
    needs: LINKS,
    describe: (where) => `connections of ${place(where)} reset`,
    inflict: (where, nodes, site) => damage(where, nodes, site, () => ({ type: 'reset' })),
  },
  refuse: {
    needs: LINKS,
    describe: (where) => `new connections of ${place(where)} refused`,
    inflict: (where, nodes, site) => damage(where, nodes, site, () => ({ type: 'refuse' })),
  },
  delay: {
    needs: LINKS,
    describe: ({ delayMs, jitterMs = 0, ...where }) =>
      `${delayMs}${jitterMs > 0 ? `–${delayMs + jitterMs}` : ''} ms more each way for ${place(where)}`,
    inflict: ({ delayMs, jitterMs = 0, ...where }, nodes, site) =>
      damage(where, nodes, site, () => ({ type: 'delay', delayMs, jitterMs })),
  },
  throttle: {
    needs: LINKS,
    describe: ({ bytesPerSecond, ...where }) => `${bytesPerSecond} bytes/s for ${place(where)}`,
    inflict: ({ bytesPerSecond, ...where }, nodes, site) =>
      damage(where, nodes, site, () => ({ type: 'throttle', bytesPerSecond })),
  },
  corrupt: {
    needs: LINKS,
    describe: ({ probability, ...where }) =>
      `a byte changed in ${probability * 100} % of what passes to and from ${place(where)}`,
    inflict: ({ probability, ...where }, nodes, site) =>
      damage(where, nodes, site, () => ({ type: 'corrupt', probability })),
  },
}

function place({ on, from, clients = false }: Where): string {
  const others = from === undefined ? '' : ` (from ${from})`
  return `${on}${others}${clients ? ', for clients too' : ''}`
}

/** `in`: on links to the nodes that are hit; `out`: on those that they dial themselves. */
type Seen = 'in' | 'out'

/** On a link that a node dials, what comes to it is what goes out of whom it dials. */
function turned(direction: Direction, seen: Seen): Direction {
  if (direction === 'both' || seen === 'in') return direction
  return direction === 'in' ? 'out' : 'in'
}

async function damage(
  { from, clients = false }: Where,
  nodes: readonly number[],
  site: Site,
  faultOn: (seen: Seen) => LinkFault | null,
): Promise<Undo> {
  const { target } = site
  if (clients && !target.capabilities.has('doors')) throw new Error(target.missing('doors'))
  const others = await othersOf(nodes, from, site)
  const undos: Undo[] = []
  const put = (dialling: number | 'clients', to: number, fault: LinkFault | null) => {
    if (fault && dialling !== to) undos.push(target.damageLink(dialling, to, fault))
  }
  for (const id of nodes) {
    for (const other of others) {
      put(other, id, faultOn('in'))
      // Between two that are both hit, the other way is the other one's turn.
      if (!nodes.includes(other)) put(id, other, faultOn('out'))
    }
    if (clients) put('clients', id, faultOn('in'))
  }
  if (undos.length === 0) throw new Error('there is no way between those')
  return together(undos)
}

/** All that are not hit, or when all are, all of them. */
async function othersOf(
  nodes: readonly number[],
  from: Selector | undefined,
  site: Site,
): Promise<readonly number[]> {
  if (from !== undefined) return resolveSelection(parseSelector(from), site)
  const all = site.target.nodes.map(({ id }) => id)
  const others = all.filter((id) => !nodes.includes(id))
  return others.length > 0 ? others : all
}

/**
 * Faults that a broker makes itself, by the switches it was started with (`--enable-faults`): it
 * fails requests, is slow with them, or loses the answers to what it has done.
 */
import { LograftError } from '../../base/errors.ts'
import { injectFault } from '../../rpc/admin/fault-client.ts'
import type { Capability } from '../cluster/target.ts'
import type { Site } from './fault.ts'
import type { Undo } from './undo.ts'
import type { FaultSpec } from './spec.ts'

type SwitchFaultName = 'fail-requests' | 'delay-requests' | 'lose-answers'
type SwitchFault = Extract<FaultSpec, { readonly api: string }>

const KINDS = {
  'fail-requests': 'fail',
  'delay-requests': 'delay',
  'lose-answers': 'lose-answers',
} as const satisfies Record<SwitchFaultName, string>

/** Longer than any fault of a schedule that is not taken back before. */
const FOR_MS = 3_600_000

/** A `FaultKind` of each of them. */
interface SwitchFaultKind<Name extends SwitchFaultName> {
  readonly needs: readonly Capability[]
  readonly describe: (spec: Extract<FaultSpec, { readonly fault: Name }>) => string
  readonly inflict: (
    spec: SwitchFault,
    nodes: readonly number[],
    site: Pick<Site, 'target' | 'clock'>,
  ) => Promise<Undo>
}

export const switchFaults: { readonly [Name in SwitchFaultName]: SwitchFaultKind<Name> } = {
  'fail-requests': {
    needs: ['switches'],
    describe: ({ on, error, ...spec }) => `${whose(spec)} fail at ${on}: ${error}`,
    inflict,
  },
  'delay-requests': {
    needs: ['switches'],
    describe: ({ on, delayMs, ...spec }) => `${whose(spec)} wait ${delayMs} ms at ${on}`,
    inflict,
  },
  'lose-answers': {
    needs: ['switches'],
    describe: ({ on, ...spec }) => `answers to ${whose(spec)} are lost at ${on}`,
    inflict,
  },
}

/** `20 Fetch of replica-*` */
function whose({ api, count, client }: Pick<SwitchFault, 'api' | 'count' | 'client'>): string {
  return `${count} ${api}${client === undefined ? '' : ` of ${client}`}`
}

/** At each of the nodes, or at none. */
async function inflict(
  spec: SwitchFault,
  nodes: readonly number[],
  { target, clock }: Pick<Site, 'target' | 'clock'>,
): Promise<Undo> {
  const { fault, api, count, client: clientId = '' } = spec
  const error = 'error' in spec ? spec.error : ''
  const delayMs = 'delayMs' in spec ? spec.delayMs : 0
  const undos: Undo[] = []
  const undo = async () => {
    await Promise.all(undos.map((one) => one()))
  }
  try {
    for (const id of nodes) {
      const { grpc: to, pid } = target.node(id)
      if (to === null) throw new LograftError('UNSUPPORTED', `node ${id} has no gRPC address`)
      const wanted = { kind: KINDS[fault], api, count, clientId, error, delayMs, forMs: FOR_MS }
      const set = await injectFault({ to, clock }, wanted)
      undos.push(() => unlessGone(set.undo, () => target.node(id).pid !== pid))
    }
  } catch (thrown) {
    await undo().catch(() => {})
    throw thrown
  }
  return undo
}

/** A process that has ended has taken its switches along. */
async function unlessGone(undo: Undo, isGone: () => boolean): Promise<void> {
  if (isGone()) return
  try {
    await undo()
  } catch (thrown) {
    if (!isGone()) throw thrown
  }
}

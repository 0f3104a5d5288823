/** All kinds of faults, by name. */
import type { Capability } from '../cluster/target.ts'
import { clusterFaults } from './cluster-faults.ts'
import type { FaultKind } from './fault.ts'
import { fileFaults } from './file-faults.ts'
import { loadFaults } from './load-faults.ts'
import { machineFaults } from './machine-faults.ts'
import { networkFaults } from './network-faults.ts'
import { processFaults } from './process-faults.ts'
import type { FaultName, FaultSpec } from './spec.ts'
import { switchFaults } from './switch-faults.ts'

const KINDS: { readonly [Name in FaultName]: FaultKind<Name> } = {
  ...processFaults,
  ...networkFaults,
  ...machineFaults,
  ...fileFaults,
  ...loadFaults,
  ...clusterFaults,
  ...switchFaults,
}

/** How a fault is made; `SpecOf<…>` of a name is what its kind takes. */
export function kindOf(spec: FaultSpec): FaultKind<FaultName> {
  return KINDS[spec.fault] as FaultKind<FaultName>
}

export const describeFault = (spec: FaultSpec): string => kindOf(spec).describe(spec)

/** What a target must be able to do for a fault of this kind. */
export const needsOf = (name: FaultName): readonly Capability[] => KINDS[name].needs

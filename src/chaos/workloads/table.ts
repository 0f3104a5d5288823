/** Which workload is which. */
import type { WorkloadName } from '../api.ts'
import type { Target } from '../cluster/target.ts'
import { groupsWorkload } from './groups.ts'
import { metadataWorkload } from './metadata.ts'
import { recordWorkload } from './record-workload.ts'
import type { Workload, WorkloadSite } from './workload.ts'

/** Why a target cannot have it, for people; null: it can. */
export function whyNot(name: WorkloadName, target: Target): string | null {
  const lacksAdmin = name === 'metadata' && !target.capabilities.has('admin')
  return lacksAdmin ? target.missing('admin') : null
}

/** Begins it. Throws when the target, the topics or the clients are not what it needs. */
export function startWorkload(name: WorkloadName, site: WorkloadSite): Workload {
  switch (name) {
    case 'groups':
      return groupsWorkload(site)
    case 'metadata':
      return metadataWorkload(site)
    case 'queue':
    case 'idempotent':
    case 'compacted':
    case 'retention':
      return recordWorkload(name, site)
  }
}

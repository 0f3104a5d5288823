/** Which workload is which. */
import type { WorkloadName } from '../api.ts'
import { groupsWorkload } from './groups.ts'
import { metadataWorkload } from './metadata.ts'
import { recordWorkload } from './record-workload.ts'
import type { Workload, WorkloadSite } from './workload.ts'

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

/** The clients that play in a workload, and what is written down of those that cannot. */
import type { ClientName, WorkloadName } from '../api.ts'
import { findClient, type Program } from '../clients/available.ts'
import type { Role } from '../clients/protocol.ts'
import type { WorkloadSite } from './workload.ts'

/** `needs`: one of these roles at least. */
export function cast(
  workload: WorkloadName,
  site: WorkloadSite,
  needs: readonly Role['role'][],
): readonly Program[] {
  const skip = (client: ClientName, why: string) =>
    site.write({ type: 'skipped', atMs: site.nowMs(), what: `${client} in ${workload}`, why })
  const programs = site.clients.flatMap((client): Program[] => {
    const found = findClient(client)
    if ('missing' in found) {
      skip(client, found.missing)
      return []
    }
    if (needs.some((role) => found.roles.has(role))) return [found]
    skip(client, `it cannot be asked for what this workload needs (${needs.join(' or ')})`)
    return []
  })
  if (programs.length === 0)
    throw new Error(`no client for the workload ${workload}: ${site.clients.join(', ')}`)
  return programs
}

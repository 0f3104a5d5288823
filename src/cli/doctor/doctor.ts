/** What `lograft doctor` does: asks, judges, prints; exit code 1 when anything is broken. */
import type { HostPort } from '../../config/addresses.ts'
import type { ClientFlags } from '../client-flags.ts'
import { exitCodes } from '../exit-codes.ts'
import { DONE, withCluster } from '../session.ts'
import { gather } from './gather.ts'
import { examine, isHealthy, printReport } from './report.ts'

export interface DoctorFlags extends ClientFlags {
  readonly grpc?: readonly HostPort[]
  readonly directory?: string
}

export async function doctor(flags: DoctorFlags): Promise<void> {
  await withCluster(flags, async ({ cluster, output }) => {
    const { grpc = null, directory = null } = flags
    const readings = await gather(cluster, { grpc, directory })
    const findings = examine(readings)
    const isWell = isHealthy(findings)
    if (flags.json)
      await output.printJson({ clusterId: readings.clusterId, healthy: isWell, findings })
    else await output.print(printReport(findings))
    return isWell ? DONE : exitCodes.failure.code
  })
}

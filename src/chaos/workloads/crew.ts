/** The client processes of one workload: begun, counted, awaited and ended together. */
import type { WorkloadName } from '../api.ts'
import type { Program } from '../clients/available.ts'
import { ClientProcess } from '../clients/client-process.ts'
import type { Lane, Role } from '../clients/protocol.ts'
import type { Outcome } from '../history/events.ts'
import type { WorkloadSite } from './workload.ts'

export class Crew {
  readonly totals = { ok: 0, fail: 0, unknown: 0 }
  readonly #workload: WorkloadName
  readonly #site: WorkloadSite
  readonly #processes = new Set<ClientProcess>()

  constructor(workload: WorkloadName, site: WorkloadSite) {
    this.#workload = workload
    this.#site = site
  }

  get processes(): readonly ClientProcess[] {
    return [...this.#processes]
  }

  begin(
    program: Program,
    roles: readonly Role[],
    onProcessed?: (lane: Lane, last: number) => void,
  ): ClientProcess {
    const process = new ClientProcess({
      ...{ program, roles, workload: this.#workload, site: this.#site },
      onOutcome: (outcome: Outcome) => void (this.totals[outcome] += 1),
      ...(onProcessed && { onProcessed }),
    })
    this.#processes.add(process)
    return process
  }

  /** Resolves when each was answered. */
  async ready(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.ready))
  }

  async stop(deadlineMs: number): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop(deadlineMs)))
  }
}

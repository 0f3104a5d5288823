/**
 * Workloads of records: unique ones, produced in an open loop by every client, and read while
 * they come. They differ in what producers promise themselves and in how topics are kept:
 *
 * - `queue`: producers without an id, consumers that assign and that subscribe, and go back at
 *   times
 * - `idempotent`: producers with an id, whose records must be there once and in order
 * - `compacted`: the same, with keys and tombstones; the last value of each key must survive
 * - `retention`: the same, while old records are removed by size and on demand
 *
 * Each client is one process in all its roles.
 */
import { delay } from '../../base/clock.ts'
import { deleteRecords } from '../../client/delete-records.ts'
import { EARLIEST, LATEST, findOffsets } from '../../client/offsets.ts'
import type { WorkloadName } from '../api.ts'
import type { Program } from '../clients/available.ts'
import { clusterOf } from '../clients/lograft-reader.ts'
import type { Lane, Role } from '../clients/protocol.ts'
import { cast } from './cast.ts'
import { Crew } from './crew.ts'
import { lanesOf } from './topics.ts'
import type { Workload, WorkloadSite } from './workload.ts'

type Name = Exclude<WorkloadName, 'groups' | 'metadata'>

const SEEK_EVERY_MS = 10_000
export const SESSION_TIMEOUT_MS = 6_000
/** Few, so that each is written again and again. */
const KEYS = 20
const TOMBSTONES = 0.1
const DELETE_EVERY_MS = 3_000
const DELETE_WITHIN_MS = 10_000

export function recordWorkload(name: Name, site: WorkloadSite): Workload {
  const lanes = lanesOf(name, site.topics)
  const programs = cast(name, site, name === 'queue' ? ['produce', 'follow'] : ['produce'])
  const producers = programs.filter(({ roles }) => roles.has('produce')).length
  const crew = new Crew(name, site)
  for (const program of programs)
    crew.begin(program, rolesOf(name, site, { program, lanes, producers }))
  const ending = new AbortController()
  const deleting = name === 'retention' ? deleteOldRecords(site, lanes, ending.signal) : null
  return {
    ...{ name, ready: crew.ready(), totals: crew.totals },
    async stop(deadlineMs) {
      ending.abort()
      await crew.stop(deadlineMs)
      await deleting
    },
  }
}

interface Part {
  readonly program: Program
  readonly lanes: readonly Lane[]
  /** How many share the rate. */
  readonly producers: number
}

function rolesOf(name: Name, site: WorkloadSite, { program, lanes, producers }: Part): Role[] {
  const { client, roles } = program
  const isQueue = name === 'queue'
  const isCompacted = name === 'compacted'
  const process = (what: string) => `${client}/${name}-${what}`
  const found: Role[] = []
  if (roles.has('produce'))
    found.push({
      ...{ role: 'produce', process: process('producer'), lanes, acks: site.acks },
      ...{ rate: site.rate / producers, idempotent: !isQueue && site.acks === -1 },
      ...{ keys: isCompacted ? KEYS : null, tombstones: isCompacted ? TOMBSTONES : 0 },
    })
  // One that follows is enough where producers are the subject.
  if (roles.has('follow') && (isQueue || client === 'lograft'))
    found.push({
      ...{ role: 'follow', process: process('reader'), lanes },
      seekEveryMs: isQueue || name === 'retention' ? SEEK_EVERY_MS : null,
    })
  if (roles.has('member') && isQueue)
    found.push({
      ...{ role: 'member', process: process('subscriber'), lanes, group: `${name}-${client}` },
      ...{ sessionTimeoutMs: SESSION_TIMEOUT_MS, tellsRecords: true },
    })
  return found
}

/** Of a partition by chance the older half, again and again. */
async function deleteOldRecords(
  { target, random }: WorkloadSite,
  lanes: readonly Lane[],
  signal: AbortSignal,
): Promise<void> {
  const cluster = clusterOf(target.bootstrap, 'chaos-retention')
  const { clock } = cluster
  while (!signal.aborted) {
    await delay(clock, DELETE_EVERY_MS, signal)
    const lane = lanes[Math.floor(random() * lanes.length)]
    if (!lane || signal.aborted) continue
    const { topic, partition } = lane
    const query = { topic, partitions: [partition], timeoutMs: DELETE_WITHIN_MS }
    const ask = async (timestamp: number) =>
      (await findOffsets(cluster, { ...query, timestamp })).get(partition) ?? 0
    try {
      const [start, end] = [await ask(EARLIEST), await ask(LATEST)]
      const before = new Map([[partition, Math.floor((start + end) / 2)]])
      await deleteRecords(cluster, { topic, before, timeoutMs: DELETE_WITHIN_MS })
    } catch {
      // Whatever was removed or not, the final reading begins where the log does.
      continue
    }
  }
  await cluster.close()
}

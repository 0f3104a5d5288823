/**
 * What happens in a run between its first and its last event. Nothing is judged here, and nothing
 * that goes wrong is thrown: it is written down as found, for the history is all that counts.
 */
import { delay } from '../../base/clock.ts'
import { asError } from '../../base/errors.ts'
import { Cluster } from '../../client/cluster.ts'
import { hostClock } from '../../host/clock.ts'
import { hostNet } from '../../host/net.ts'
import { hostRandom } from '../../host/random.ts'
import type { Target } from '../cluster/target.ts'
import type { ClusterView } from '../cluster/view.ts'
import type { FoundEvent, HistoryEvent, PhaseEvent } from '../history/events.ts'
import { within } from '../waiting.ts'
import type { TopicPlan, Workload } from '../workloads/workload.ts'
import { Supervisor } from './supervise.ts'
import { becomesWhole, createTopics } from './topics.ts'
import { openView } from './watch-leaders.ts'

const WHOLE_AT_FIRST_MS = 60_000
/** Until every client of a workload was answered once. */
const READY_MS = 90_000
/** Load without faults, before: what is usual is known by it. */
const WARM_UP_MS = 3_000
const HEAL_MS = 180_000
/** Brokers catch up, and are let into the ISR. */
const WHOLE_AGAIN_MS = 120_000
/** Load without faults, afterwards: everybody is answered again. */
const COOL_DOWN_MS = 3_000
const STOP_MS = 60_000
/** More than two readers and the disks may take: each has a limit of its own. */
const READ_MS = 660_000

export interface Performance {
  readonly plans: readonly TopicPlan[]
  readonly nowMs: () => number
  readonly write: (event: HistoryEvent) => void
  /** Aborts: no more faults. */
  readonly signal: AbortSignal
  readonly startWorkloads: () => readonly Workload[]
  /** Resolves when all is done that was to be done, or the run is aborted; some of it may last. */
  readonly makeFaults: (view: ClusterView, supervisor: Supervisor) => Promise<void>
  /** Everything, by clients and from disks. */
  readonly readAll: () => Promise<void>
  /** The target is about to end. */
  readonly keep: () => Promise<void>
}

/** Resolves when everything that was started has ended, the target too. */
export async function perform(target: Target, run: Performance): Promise<void> {
  phase(run, 'start')
  try {
    await performOn(target, run)
  } catch (thrown) {
    found(run, 'unknown', 'not-performed', sentenceOf(thrown))
  }
  await ended(target, run)
  phase(run, 'end')
}

async function performOn(target: Target, run: Performance): Promise<void> {
  const supervisor = new Supervisor(target, run)
  const cluster = clientOf(target)
  const workloads: Workload[] = []
  let view: ClusterView | null = null
  try {
    await createTopics(cluster, run.plans)
    await becomesWhole(cluster, run.plans, WHOLE_AT_FIRST_MS)
    view = openView(target, run)
    workloads.push(...run.startWorkloads())
    phase(run, 'load')
    if (await areReady(workloads, run)) {
      await delay(hostClock, WARM_UP_MS, run.signal)
      phase(run, 'faults')
      await run.makeFaults(view, supervisor)
    }
    if (run.signal.aborted) found(run, 'unknown', 'interrupted', 'it was interrupted')
    await healed(target, cluster, run)
    await stopped(workloads, run)
    phase(run, 'read')
    await within(READ_MS, 'everything read', run.readAll())
  } finally {
    supervisor.end()
    await stopped(workloads, run)
    await view?.close()
    await cluster.close()
  }
}

/** Load that was never answered proves nothing, and there is no reason to hurt anybody. */
async function areReady(workloads: readonly Workload[], run: Performance): Promise<boolean> {
  const aborted = new Promise<false>((resolve) => {
    if (run.signal.aborted) resolve(false)
    run.signal.addEventListener('abort', () => resolve(false), { once: true })
  })
  const ready = Promise.all(
    workloads.map((one) => within(READY_MS, `the workload ${one.name} answered`, one.ready)),
  )
  try {
    return await Promise.race([ready.then(() => true), aborted])
  } catch (thrown) {
    found(run, 'unknown', 'not-loaded', sentenceOf(thrown))
    return false
  }
}

/** Everything is taken back, everybody is in sync again, and load goes on for a while. */
async function healed(target: Target, cluster: Cluster, run: Performance): Promise<void> {
  phase(run, 'heal')
  try {
    await within(HEAL_MS, 'everything taken back', target.heal())
    await becomesWhole(cluster, run.plans, WHOLE_AGAIN_MS)
  } catch (thrown) {
    found(run, 'invalid', 'not-whole', `after the faults: ${sentenceOf(thrown)}`)
  }
  await delay(hostClock, COOL_DOWN_MS)
}

/** Idempotent: each workload is stopped once. */
async function stopped(workloads: Workload[], run: Performance): Promise<void> {
  const all = workloads.splice(0)
  await Promise.all(
    all.map((one) =>
      within(2 * STOP_MS, `the end of the workload ${one.name}`, one.stop(STOP_MS)).catch(
        (thrown: unknown) => found(run, 'unknown', 'not-stopped', sentenceOf(thrown)),
      ),
    ),
  )
}

async function ended(target: Target, run: Performance): Promise<void> {
  try {
    await run.keep()
    await target[Symbol.asyncDispose]()
  } catch (thrown) {
    found(run, 'unknown', 'not-ended', `the cluster did not end: ${sentenceOf(thrown)}`)
  }
}

function clientOf(target: Target): Cluster {
  return new Cluster({
    ...{ net: hostNet, clock: hostClock, random: hostRandom, clientId: 'lograft-chaos' },
    bootstrap: target.bootstrap,
    ...{ connectTimeoutMs: 5_000, requestTimeoutMs: 15_000 },
  })
}

function phase(run: Performance, name: PhaseEvent['phase']): void {
  run.write({ type: 'phase', phase: name, atMs: run.nowMs() })
}

function found(
  run: Performance,
  kind: FoundEvent['kind'],
  anomaly: string,
  sentence: string,
): void {
  run.write({ type: 'found', atMs: run.nowMs(), kind, anomaly, sentence })
}

const sentenceOf = (thrown: unknown) => asError(thrown).message

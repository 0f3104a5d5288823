/**
 * What `lograft partition balance` and `lograft broker drain` do: plan, show, and with `--yes`
 * carry out; go on with a plan that was left in the middle, or take it back. Without `--yes` they
 * move nothing.
 */
import { asNodeId, type NodeId } from '../../base/ids.ts'
import { LograftError } from '../../base/errors.ts'
import { ReplicaAdmin } from '../../client/replica-admin.ts'
import { planMoves } from '../../controller/move-plan.ts'
import type { MovePlan, PlanOptions } from '../../controller/moves.ts'
import { hostClock } from '../../host/clock.ts'
import { hostDisk } from '../../host/disk.ts'
import type { ClientFlags } from '../client-flags.ts'
import { exitCodes } from '../exit-codes.ts'
import { DONE, complain, existingTopic, withCluster, type Session } from '../session.ts'
import { countOf } from '../table.ts'
import { clusterLayout, type ClusterLayout } from './cluster-layout.ts'
import type { KeptPlan, PlannedMove } from './plan-file.ts'
import { readPlan, writePlan } from './plan-file.ts'
import { printPlan, summaryOf } from './plan-print.ts'
import { perform, TIMEOUT_MS } from './perform.ts'
import { leftOver, mend, ratesSet } from './throttle.ts'

export interface BalanceFlags extends ClientFlags {
  readonly topic?: readonly string[]
  /** Bytes a second. */
  readonly throttle?: number
  readonly maxMoves?: number
  readonly atOnce?: number
  readonly dryRun?: true
  readonly yes?: true
  readonly plan?: string
  readonly resume?: true
  readonly cancel?: true
}

export async function balance(flags: BalanceFlags): Promise<void> {
  await withCluster(flags, async (session) => {
    if (flags.resume || flags.cancel) return goOn(session, flags)
    const topics = flags.topic && new Set(flags.topic)
    for (const name of topics ?? []) await existingTopic(session.cluster, name)
    return begin(session, flags, topics ? { topics } : {})
  })
}

export async function drainBroker(id: number, flags: BalanceFlags): Promise<void> {
  await withCluster(flags, async (session) => {
    if (flags.resume || flags.cancel) return goOn(session, flags)
    return begin(session, flags, { drained: new Set<NodeId>([asNodeId(id)]) })
  })
}

const adminOf = ({ cluster }: Session) => new ReplicaAdmin(cluster, { timeoutMs: TIMEOUT_MS })

async function begin(session: Session, flags: BalanceFlags, options: PlanOptions): Promise<number> {
  const { cluster, output } = session
  const admin = adminOf(session)
  const layout = await clusterLayout(cluster, admin)
  const planned = planMoves(layout, {
    ...{ ...options, sizeOf: layout.sizeOf },
    ...(flags.maxMoves !== undefined && { movesMax: flags.maxMoves }),
  })
  if ('message' in planned) throw new LograftError('NO_PLAN', planned.message)
  const mayMove = flags.yes === true && flags.dryRun !== true
  await mendThrottle(admin, layout, mayMove)
  if (!flags.json) await output.print(printPlan(planned))
  if (!mayMove || planned.moves.length === 0) {
    if (flags.json) await output.printJson({ ...planned, executed: false })
    else if (planned.moves.length > 0) complain('nothing is moved yet: --yes does it')
    return mayMove ? tellWhatStays(planned, options) : DONE
  }
  const { throttle: throttleBytesPerSecond = null } = flags
  if (throttleBytesPerSecond === null)
    complain('there is no throttle: with --throttle 20MB/s clients would notice less')
  const kept: KeptPlan = {
    ...{ version: 1, clusterId: layout.clusterId, throttleBytesPerSecond },
    ratesBefore: await ratesSet(admin),
    moves: keptMoves(planned, layout),
  }
  const path = placeOf(flags)
  writePlan(hostDisk, path, kept)
  complain(`the plan and what was before are in ${path}`)
  const run = { session, admin, flags, kept, path, direction: 'forward' } as const
  const code = await perform(run, summaryOf(planned))
  return code === DONE ? tellWhatStays(planned, options) : code
}

/** A broker is only drained when it holds nothing any more. */
function tellWhatStays({ after }: MovePlan, { drained = new Set() }: PlanOptions): number {
  const holding = after.filter(({ nodeId, replicas }) => drained.has(nodeId) && replicas > 0)
  for (const { nodeId, replicas } of holding)
    complain(`broker ${nodeId} still holds ${countOf(replicas, 'replica')}: drain it again later`)
  return holding.length === 0 ? DONE : exitCodes.failure.code
}

/** Of a run that was killed, and whose plan nobody went on with. */
async function mendThrottle(
  admin: ReplicaAdmin,
  { topicIds, underWay }: ClusterLayout,
  mayMend: boolean,
): Promise<void> {
  const left = await leftOver(admin, { topics: [...topicIds.keys()], moving: underWay })
  if (left.length === 0) return
  if (mayMend) await mend(admin, left)
  const then = mayMend ? 'it is taken away' : '--yes takes it away'
  complain(`a throttle was left behind, for replicas of ${left.join(', ')}: ${then}`)
}

function keptMoves({ moves }: MovePlan, { topicIds }: ClusterLayout): readonly PlannedMove[] {
  return moves.map((move) => ({ ...move, topicId: topicIds.get(move.topic) ?? '' }))
}

/** Absolute; of what is there already nothing is overwritten. */
function placeOf({ plan }: BalanceFlags): string {
  const now = new Date(hostClock.wallMs()).toISOString().slice(0, 19).replaceAll(':', '-')
  const path = absolute(plan ?? `lograft-moves-${now}.json`)
  if (!hostDisk.exists(path)) return path
  throw new LograftError(
    'USAGE',
    `${path} is there already: --resume goes on with it, --cancel takes it back, or name another`,
  )
}

const absolute = (path: string) =>
  /^(\/|[A-Za-z]:[\\/])/.test(path) ? path : `${process.cwd()}/${path}`

async function goOn(session: Session, flags: BalanceFlags): Promise<number> {
  if (flags.resume && flags.cancel) throw new LograftError('USAGE', 'either --resume or --cancel')
  if (flags.plan === undefined)
    throw new LograftError('USAGE', 'say which plan: --plan with the file that was written for it')
  const path = absolute(flags.plan)
  const kept = readPlan(hostDisk, path)
  const { clusterId } = await session.cluster.metadata([])
  if (clusterId !== kept.clusterId) {
    complain(`${path} is of another cluster, ${kept.clusterId}; this one is ${clusterId}`)
    return exitCodes.usage.code
  }
  const throttle = flags.throttle ?? kept.throttleBytesPerSecond
  const asked = { ...kept, throttleBytesPerSecond: throttle }
  const direction = flags.cancel ? 'back' : 'forward'
  const admin = adminOf(session)
  return perform({ session, admin, flags, kept: asked, path, direction }, {})
}

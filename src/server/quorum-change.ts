/**
 * Changes of the metadata quorum that clients ask for (80, 81): what both check before, how long
 * they wait, and how a refusal is told. A change is asked for once; whoever leaves is not waited
 * for.
 */
import { asNodeId, type NodeId } from '../base/ids.ts'
import { errors } from '../wire/errors.ts'
import type { Call, Services } from './handler.ts'
import type { Outcome } from './ports.ts'
import { logRefusals, refusalOf } from './refusals.ts'

export interface AskedVoter {
  readonly clusterId: string | null
  readonly voterId: number
  readonly voterDirectoryId: string
}

/** So long at most, whatever is asked: a new voter may have much to catch up with. */
const WAIT_MAX_MS = 60 * 60_000

/** Makes the change, if it is asked of this cluster; its outcome as the answer has it. */
export async function changeQuorum(
  { clusterId, voterId, voterDirectoryId }: AskedVoter,
  change: (nodeId: NodeId, signal: AbortSignal) => Promise<void>,
  { metadata, logger, clock }: Services,
  { peer, whenLeaving }: Pick<Call, 'peer' | 'whenLeaving'>,
  timeoutMs: number = WAIT_MAX_MS,
): Promise<Outcome> {
  const ends = new AbortController()
  const timer = clock.timer(Math.min(Math.max(timeoutMs, 0), WAIT_MAX_MS), () => ends.abort())
  const stays = whenLeaving(() => ends.abort())
  const outcome = await attempt(async () => {
    const ours = metadata().clusterId
    if (clusterId !== null && clusterId !== ours)
      return {
        errorCode: errors.INCONSISTENT_CLUSTER_ID,
        errorMessage: `this is cluster ${ours}, not ${clusterId}`,
      }
    if (voterId < 0)
      return { errorCode: errors.INVALID_REQUEST, errorMessage: `${voterId} is no node id` }
    await change(asNodeId(voterId), ends.signal)
    return { errorCode: errors.NONE, errorMessage: null }
  })
  timer.cancel()
  stays()
  logRefusals({ logger, peer, phrase: 'quorum not changed' }, [outcome], () => ({
    voter: voterId,
    directoryId: voterDirectoryId,
  }))
  return outcome
}

async function attempt(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work()
  } catch (thrown) {
    return refusalOf(thrown)
  }
}

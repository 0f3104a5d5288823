/**
 * Plans of moves (proto/lograft/admin/v1/topics.proto); the planning is the controller's. It is
 * done in slices: no plan keeps the node from anything else.
 */
import { EventLoop } from '../../base/event-loop.ts'
import type { NodeId } from '../../base/ids.ts'
import { asNodeId } from '../../base/ids.ts'
import { inSlices } from '../../base/slices.ts'
import { planningMoves } from '../../controller/move-plan.ts'
import { layoutOf } from '../../controller/moves.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { Served } from '../handlers.ts'
import { RpcError } from '../status.ts'
import { atMost, count, invalid, refuse } from './fields.ts'
import { partitionMethods } from './methods.ts'
import type { AdminNode } from './ports.ts'
import { serveAdmin } from './serving.ts'

const wire = lograft.admin.v1
type PlanMovesRequest = lograft.admin.v1.PlanMovesRequest

const MOVES_MAX = 10_000
const MOVES_DEFAULT = 1_000

/** Plans that may wait for one that is being made. */
const WAITING_MAX = 16

type Asking = Pick<AdminNode, 'image' | 'brokers'>

/** Of ten thousand partitions a plan takes a second: one at a time, and others in between. */
export function moveQueries(node: Asking): readonly Served[] {
  const planning = new EventLoop({ name: 'plans of moves', capacity: WAITING_MAX })
  return [
    serveAdmin(partitionMethods.planMoves, (request, { signal }) =>
      planning.submit(() => movesFor(node, request, signal)),
    ),
  ]
}

async function movesFor(node: Asking, request: PlanMovesRequest, signal: AbortSignal) {
  const image = node.image()
  const { maxMoves } = request
  const topics = atMost(request.topics, 'topics')
  if (maxMoves > MOVES_MAX) invalid('max_moves', `at most ${MOVES_MAX}`)
  for (const [index, name] of topics.entries())
    if (!image.topics.byName.has(name))
      refuse('UNKNOWN_TOPIC_OR_PARTITION', `there is no topic ${name}`, `topics[${index}]`)
  const work = planningMoves(layoutOf(image), {
    ...(topics.length > 0 && { topics: new Set(topics) }),
    drained: drainedOf(request),
    movesMax: maxMoves === 0 ? MOVES_DEFAULT : maxMoves,
  })
  const plan = signal.aborted ? null : await inSlices(node.brokers().clock, work, signal)
  if (plan === null) throw new RpcError('CANCELLED', 'the caller has left')
  if ('message' in plan) return refuse('INVALID_REQUEST', plan.message, 'empty_brokers')
  return new wire.PlanMovesReply({
    metadataOffset: image.metadataOffset,
    moves: plan.moves.map(({ topic, partition, from, to, why }) => ({
      ...{ topic, partition, from: [...from], to: [...to], why },
    })),
    notes: plan.leftAlone.map(({ topic, partition, why }) => `${topic}-${partition}: ${why}`),
  })
}

function drainedOf({ emptyBrokers }: PlanMovesRequest): ReadonlySet<NodeId> {
  return new Set(emptyBrokers.map((id, index) => asNodeId(count(id, `empty_brokers[${index}]`))))
}

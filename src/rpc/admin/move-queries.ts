/** Plans of moves (proto/lograft/admin/v1/topics.proto); the planning is the controller's. */
import type { NodeId } from '../../base/ids.ts'
import { asNodeId } from '../../base/ids.ts'
import { planMoves } from '../../controller/move-plan.ts'
import { layoutOf } from '../../controller/moves.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { Served } from '../handlers.ts'
import { atMost, count, invalid, refuse } from './fields.ts'
import { partitionMethods } from './methods.ts'
import type { AdminNode } from './ports.ts'
import { serveAdmin } from './serving.ts'

const wire = lograft.admin.v1
type PlanMovesRequest = lograft.admin.v1.PlanMovesRequest

const MOVES_MAX = 10_000
const MOVES_DEFAULT = 1_000

export function moveQueries(node: Pick<AdminNode, 'image'>): readonly Served[] {
  return [
    serveAdmin(partitionMethods.planMoves, (request) => Promise.resolve(movesFor(node, request))),
  ]
}

function movesFor(node: Pick<AdminNode, 'image'>, request: PlanMovesRequest) {
  const image = node.image()
  const { maxMoves } = request
  const topics = atMost(request.topics, 'topics')
  if (maxMoves > MOVES_MAX) invalid('max_moves', `at most ${MOVES_MAX}`)
  for (const [index, name] of topics.entries())
    if (!image.topics.byName.has(name))
      refuse('UNKNOWN_TOPIC_OR_PARTITION', `there is no topic ${name}`, `topics[${index}]`)
  const plan = planMoves(layoutOf(image), {
    ...(topics.length > 0 && { topics: new Set(topics) }),
    drained: drainedOf(request),
    movesMax: maxMoves === 0 ? MOVES_DEFAULT : maxMoves,
  })
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

/**
 * Which replicas move where, so that every broker in service holds as many as the others and is
 * the preferred leader of as many; or so that some brokers hold none (draining them). A plan moves
 * as few replicas as that takes, explains each move, and is the same for the same layout; of what
 * it leads to there is nothing left to plan. Carrying it out is somebody else's business. Pure.
 */
import type { NodeId } from '../base/ids.ts'
import { atOnce } from '../base/slices.ts'
import { evenOutLeaders } from './leader-moves.ts'
import { MoveBoard } from './move-board.ts'
import type { Layout, MovePlan, PlanOptions } from './moves.ts'
import { drain, evenOutReplicas } from './replica-moves.ts'

type Planned = MovePlan | { readonly message: string }

/** A plan, or why there is none; at once. */
export function planMoves(layout: Layout, options: PlanOptions = {}): Planned {
  return atOnce(planningMoves(layout, options))
}

/** The same for who has something else to do meanwhile: of many partitions it takes long. */
export function* planningMoves(
  layout: Layout,
  options: PlanOptions = {},
): Generator<void, Planned, void> {
  const board = new MoveBoard(layout, options)
  const { drained = new Set() } = options
  const message = refusal(board, layout, drained)
  if (message !== null) return { message }
  const before = board.shares()
  yield
  if (drained.size > 0) yield* drain(board)
  else yield* evenOutReplicas(board)
  yield* evenOutLeaders(board)
  return { moves: board.moves(), leftAlone: board.leftAlone, before, after: board.shares() }
}

function refusal(
  board: MoveBoard,
  { brokers, partitions }: Layout,
  drained: ReadonlySet<NodeId>,
): string | null {
  for (const nodeId of drained)
    if (!brokers.some((broker) => broker.nodeId === nodeId))
      if (!partitions.some(({ replicas }) => replicas.includes(nodeId)))
        return `there is no broker ${nodeId}`
  const left = board.seats.length
  if (left === 0) return 'no broker is in service that could be given replicas'
  for (const { topic, partition, replicas } of board.toDrain())
    if (replicas.length > left)
      return (
        `${topic}-${partition} has ${replicas.length} replicas, and only ${left} ` +
        `${left === 1 ? 'broker is' : 'brokers are'} left to hold them: add a broker first`
      )
  return null
}

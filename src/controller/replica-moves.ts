/**
 * Which replicas change their broker. Evening out takes one replica after the other from who holds
 * most and gives it to who holds least, until nobody holds two more than another who could take
 * one: without racks no plan needs fewer. Of the replicas that could go, it takes one of the topic
 * that the two share most unevenly, and of that topic the smallest. No partition is in fewer racks
 * afterwards. Pure.
 */
import assert from 'node:assert'
import type { MoveBoard, Piece, Seat } from './move-board.ts'

/** Candidates of one pair of brokers, the best last. */
interface Queue {
  readonly pieces: Piece[]
  /** Moves until it is made anew, as counts have changed. */
  fresh: number
}

/** A pair's candidates are ordered once for this part of what the two differ by. */
const PER_ORDERING = 4

/** Pauses after every move. */
export function* evenOutReplicas(board: MoveBoard): Generator<void, void, void> {
  let moved: boolean
  do {
    // What was impossible may have become possible: the last round finds nothing with fresh eyes.
    const queues = new Map<Seat, Map<Seat, Queue>>()
    moved = false
    while (moveOne(board, queues)) {
      moved = true
      yield
    }
  } while (moved)
}

function moveOne(board: MoveBoard, queues: Map<Seat, Map<Seat, Queue>>): boolean {
  const byLoad = [...board.seats].sort(
    (a, b) => b.pieces.size - a.pieces.size || a.nodeId - b.nodeId,
  )
  const fair = board.fair('replicas')
  for (const most of byLoad)
    for (let at = byLoad.length - 1; at >= 0; at -= 1) {
      const least = byLoad[at]
      assert(least, 'it is in the list')
      const [has, other] = [most.pieces.size, least.pieces.size]
      if (has - other < 2) break
      const piece = next(board, { most, least, queues })
      if (piece === null) continue
      const why = `broker ${least.nodeId} holds ${other}, broker ${most.nodeId} holds ${has} replicas; ${fair} is fair`
      board.replace(piece, { out: most.nodeId, into: least }, why)
      return true
    }
  return false
}

function next(
  board: MoveBoard,
  pair: { most: Seat; least: Seat; queues: Map<Seat, Map<Seat, Queue>> },
): Piece | null {
  const { most, least, queues } = pair
  const ofMost = queues.get(most) ?? new Map<Seat, Queue>()
  queues.set(most, ofMost)
  let queue = ofMost.get(least)
  if (!queue || queue.fresh === 0) {
    queue = {
      pieces: candidates(board, pair),
      fresh: Math.max(1, Math.floor((most.pieces.size - least.pieces.size) / PER_ORDERING)),
    }
    ofMost.set(least, queue)
  }
  for (let piece = queue.pieces.pop(); piece; piece = queue.pieces.pop())
    if (gainOf(board, piece, pair) !== null) {
      queue.fresh -= 1
      return piece
    }
  return null
}

/** In how many more racks it would be; null where it may not move. */
function gainOf(
  board: MoveBoard,
  piece: Piece,
  { most, least }: { most: Seat; least: Seat },
): number | null {
  if (!board.mayTouch(piece) || !most.pieces.has(piece) || least.pieces.has(piece)) return null
  const gain = board.rackGain(piece, { out: most.nodeId, into: least })
  return gain < 0 ? null : gain
}

function candidates(board: MoveBoard, pair: { most: Seat; least: Seat }): Piece[] {
  const { most, least } = pair
  const ofTopic = new Map<string, { piece: Piece; gain: number }[]>()
  for (const piece of most.pieces) {
    const gain = gainOf(board, piece, pair)
    if (gain === null) continue
    const siblings = ofTopic.get(piece.topic)
    if (siblings) siblings.push({ piece, gain })
    else ofTopic.set(piece.topic, [{ piece, gain }])
  }
  const ranked: { piece: Piece; gain: number; uneven: number }[] = []
  for (const [topic, siblings] of ofTopic) {
    const uneven = (most.ofTopic.get(topic) ?? 0) - (least.ofTopic.get(topic) ?? 0)
    siblings.sort((a, b) => b.gain - a.gain || costlier(most, a.piece, b.piece))
    // Every move before it takes two from what the brokers differ by.
    for (const [place, each] of siblings.entries())
      ranked.push({ ...each, uneven: uneven - 2 * place })
  }
  ranked.sort((a, b) => a.gain - b.gain || a.uneven - b.uneven || costlier(most, b.piece, a.piece))
  return ranked.map(({ piece }) => piece)
}

/** Above 0: `a` is more work, in bytes, or else as `most` leads it and an election follows. */
function costlier({ nodeId }: Seat, a: Piece, b: Piece): number {
  const isLed = ({ to }: Piece) => Number(to[0] === nodeId)
  return a.bytes - b.bytes || isLed(a) - isLed(b) || a.index - b.index
}

/** What drained brokers hold goes to who holds least; in fewer racks only where it must. */
export function* drain(board: MoveBoard): Generator<void, void, void> {
  for (const piece of board.toDrain()) {
    yield
    for (const out of piece.to) {
      if (!board.isDrained(out) || !board.mayTouch(piece)) continue
      const into = taker(board, piece, out)
      const gain = board.rackGain(piece, { out, into })
      const racks = gain < 0 ? ', though that is one rack less' : ''
      const why = `broker ${out} is drained; broker ${into.nodeId} holds ${into.pieces.size} replicas${racks}`
      board.replace(piece, { out, into }, why)
    }
  }
}

function taker(board: MoveBoard, piece: Piece, out: Piece['to'][number]): Seat {
  let best: { seat: Seat; gain: number; ofTopic: number } | null = null
  for (const seat of board.seats) {
    if (seat.pieces.has(piece)) continue
    const gain = Math.min(0, board.rackGain(piece, { out, into: seat }))
    const ofTopic = seat.ofTopic.get(piece.topic) ?? 0
    const isBetter =
      best === null ||
      gain - best.gain ||
      best.seat.pieces.size - seat.pieces.size ||
      best.ofTopic - ofTopic
    if (isBetter === true || Number(isBetter) > 0) best = { seat, gain, ofTopic }
  }
  assert(best, 'a plan is refused where too few brokers are left')
  return best.seat
}

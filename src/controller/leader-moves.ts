/**
 * Who is the preferred leader of what. Leadership goes from who leads most to who leads at least
 * two fewer, directly or along a chain of brokers that each pass on one partition they lead to
 * another of its replicas; when there is no such chain left, no order of the replicas is more even
 * (semi-matchings: Harvey, Ladner, Lovász, Tamir 2003). It copies nothing. Pure.
 */
import type { MoveBoard, Piece, Seat } from './move-board.ts'

/** What `from` leads and `to` could: pieces by `to`, by `from`. */
type Offers = ReadonlyMap<Seat, Map<Seat, Set<Piece>>>

interface Step {
  readonly piece: Piece
  readonly from: Seat
  readonly to: Seat
}

/** Pauses after every chain. */
export function* evenOutLeaders(board: MoveBoard): Generator<void, void, void> {
  const offers = offersOf(board)
  yield
  for (let steps = bestSteps(board, offers); steps; steps = bestSteps(board, offers)) {
    const fair = board.fair('leaders')
    for (const { piece, from, to } of [...steps].reverse()) {
      withdraw(board, offers, piece)
      const why = `broker ${to.nodeId} leads ${to.leads}, broker ${from.nodeId} leads ${from.leads} partitions; ${fair} is fair`
      board.prefer(piece, to, why)
      offer(board, offers, piece)
    }
    yield
  }
}

function offersOf(board: MoveBoard): Offers {
  const offers = new Map(board.seats.map((seat) => [seat, new Map<Seat, Set<Piece>>()]))
  const pieces = [...new Set(board.seats.flatMap((seat) => [...seat.pieces]))]
    .filter((piece) => board.mayLead(piece))
    // What moves anyway costs nobody another look.
    .sort((a, b) => Number(board.isTouched(b)) - Number(board.isTouched(a)) || a.index - b.index)
  for (const piece of pieces) offer(board, offers, piece)
  return offers
}

function offer(board: MoveBoard, offers: Offers, piece: Piece): void {
  const [leader, ...others] = board.seatsOf(piece)
  const ofLeader = leader && offers.get(leader)
  if (!ofLeader) return
  for (const other of others) {
    const known = ofLeader.get(other)
    if (known) known.add(piece)
    else ofLeader.set(other, new Set([piece]))
  }
}

function withdraw(board: MoveBoard, offers: Offers, piece: Piece): void {
  const [leader] = board.seatsOf(piece)
  for (const pieces of (leader && offers.get(leader)?.values()) ?? []) pieces.delete(piece)
}

function bestSteps(board: MoveBoard, offers: Offers): readonly Step[] | null {
  const byLeads = [...board.seats].sort((a, b) => b.leads - a.leads || a.nodeId - b.nodeId)
  const fewest = byLeads.at(-1)?.leads ?? 0
  for (const most of byLeads) {
    if (most.leads - fewest < 2) return null
    const steps = shortestChain(board, offers, most)
    if (steps) return steps
  }
  return null
}

/** Breadth first; of equally long chains that to who leads fewest. */
function shortestChain(board: MoveBoard, offers: Offers, most: Seat): readonly Step[] | null {
  const reachedBy = new Map<Seat, Step | null>([[most, null]])
  let ring: readonly Seat[] = [most]
  while (ring.length > 0) {
    const further: Seat[] = []
    for (const from of ring)
      for (const [to, pieces] of offers.get(from) ?? []) {
        if (reachedBy.has(to)) continue
        const piece = firstAllowed(board, pieces)
        if (piece === null) continue
        reachedBy.set(to, { piece, from, to })
        further.push(to)
      }
    const ends = further.filter(({ leads }) => most.leads - leads >= 2)
    const end = ends.sort((a, b) => a.leads - b.leads || a.nodeId - b.nodeId)[0]
    if (end) return stepsTo(board, reachedBy, end)
    ring = further
  }
  return null
}

function firstAllowed(board: MoveBoard, pieces: ReadonlySet<Piece>): Piece | null {
  for (const piece of pieces) if (board.mayTouch(piece)) return piece
  return null
}

/** Null where the chain would be longer than moves are left. */
function stepsTo(
  board: MoveBoard,
  reachedBy: ReadonlyMap<Seat, Step | null>,
  end: Seat,
): readonly Step[] | null {
  const steps: Step[] = []
  for (let step = reachedBy.get(end); step; step = reachedBy.get(step.from)) steps.unshift(step)
  const untouched = steps.filter(({ piece }) => !board.isTouched(piece))
  return untouched.length > board.movesLeft ? null : steps
}

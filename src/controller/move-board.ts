/**
 * The board that a plan is made on: which broker holds and leads what after the moves so far, and
 * why each was made. It knows which moves are possible, not which are wise. Pure.
 */
import assert from 'node:assert'
import type { NodeId } from '../base/ids.ts'
import type { BrokerShare, Layout, LayoutPartition, LeftAlone, Move, PlanOptions } from './moves.ts'

/** A partition as it will be. */
export interface Piece extends LayoutPartition {
  /** Where it is now, the preferred leader first. */
  to: readonly NodeId[]
  readonly isMovable: boolean
  /** Of each replica. */
  readonly bytes: number
  /** Its place among all pieces. */
  readonly index: number
  /** Why replicas changed their broker; why another one is preferred, at last. */
  readonly reasons: string[]
  preferredWhy: string | null
}

/** A broker that may be given replicas. */
export interface Seat {
  readonly nodeId: NodeId
  readonly rack: string | null
  readonly pieces: Set<Piece>
  readonly ofTopic: Map<string, number>
  /** Of which it is the preferred leader. */
  leads: number
}

export class MoveBoard {
  /** By id. */
  readonly seats: readonly Seat[]
  readonly leftAlone: LeftAlone[] = []
  readonly isDrain: boolean
  readonly #seatOf: ReadonlyMap<NodeId, Seat>
  readonly #rackOf: ReadonlyMap<NodeId, string | null>
  readonly #drained: ReadonlySet<NodeId>
  readonly #pieces: readonly Piece[]
  readonly #movesMax: number
  /** Pieces in the order in which they were first touched. */
  readonly #touched = new Set<Piece>()

  constructor({ brokers, partitions }: Layout, options: PlanOptions) {
    const { topics, drained = new Set(), sizeOf = () => 0, movesMax = Infinity } = options
    this.#drained = drained
    this.isDrain = drained.size > 0
    this.#movesMax = movesMax
    this.#rackOf = new Map(brokers.map(({ nodeId, rack }) => [nodeId, rack]))
    this.seats = brokers
      .filter(({ nodeId, inService }) => inService && !drained.has(nodeId))
      .sort((a, b) => a.nodeId - b.nodeId)
      .map(({ nodeId, rack }) => ({
        ...{ nodeId, rack, pieces: new Set<Piece>(), ofTopic: new Map(), leads: 0 },
      }))
    this.#seatOf = new Map(this.seats.map((seat) => [seat.nodeId, seat]))
    this.#pieces = partitions
      .filter(({ topic }) => topics?.has(topic) ?? true)
      .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : order(a.topic, b.topic)))
      .map((partition, index) => ({
        ...partition,
        to: partition.replicas,
        isMovable: this.#isMovable(partition),
        bytes: sizeOf(partition.topic, partition.partition),
        index,
        reasons: [],
        preferredWhy: null,
      }))
    for (const piece of this.#pieces) {
      for (const nodeId of piece.to) this.#put(piece, nodeId)
      this.#lead(piece, 1)
    }
  }

  #isMovable(partition: LayoutPartition): boolean {
    const { topic, partition: index, replicas } = partition
    const isAway = (id: NodeId) => !this.#seatOf.has(id) && !this.#drained.has(id)
    const away = replicas.filter(isAway)
    const why = partition.isReassigning
      ? 'its replicas are being moved already'
      : !partition.hasLeader
        ? 'it has no leader'
        : away.length > 0
          ? `broker ${away.join(' and ')} is out of service`
          : null
    if (why === null) return true
    // A drain has nothing to do with the others.
    if (!this.isDrain || replicas.some((id) => this.#drained.has(id)))
      this.leftAlone.push({ topic, partition: index, why })
    return false
  }

  /** Pieces of which a drained broker holds a replica that may move. */
  toDrain(): readonly Piece[] {
    if (!this.isDrain) return []
    return this.#pieces.filter(
      ({ isMovable, to }) => isMovable && to.some((id) => this.#drained.has(id)),
    )
  }

  isDrained(nodeId: NodeId): boolean {
    return this.#drained.has(nodeId)
  }

  /** Whether a piece may be touched: it was already, or there may be one more. */
  mayTouch(piece: Piece): boolean {
    if (!piece.isMovable) return false
    return this.#touched.has(piece) || this.movesLeft > 0
  }

  /** A drain leaves alone what it does not have to move. */
  mayLead(piece: Piece): boolean {
    return this.mayTouch(piece) && (!this.isDrain || this.#touched.has(piece))
  }

  /** How many pieces more may be touched. */
  get movesLeft(): number {
    return this.#movesMax - this.#touched.size
  }

  isTouched(piece: Piece): boolean {
    return this.#touched.has(piece)
  }

  /** How many more racks a piece is in when one replica gives way to another; below 0: fewer. */
  rackGain({ to }: Piece, { out, into }: { out: NodeId; into: Seat }): number {
    const outRack = this.#rackOf.get(out) ?? null
    if (outRack === into.rack) return 0
    let [loses, gains] = [1, 1]
    for (const id of to) {
      if (id === out) continue
      const rack = this.#rackOf.get(id) ?? null
      if (rack === outRack) loses = 0
      if (rack === into.rack) gains = 0
    }
    return gains - loses
  }

  /** Another broker takes a replica over, and its place in the order. */
  replace(piece: Piece, { out, into }: { out: NodeId; into: Seat }, why: string): void {
    assert(piece.to.includes(out) && !piece.to.includes(into.nodeId), 'no replica is listed twice')
    this.#touched.add(piece)
    piece.reasons.push(why)
    this.#lead(piece, -1)
    const from = this.#seatOf.get(out)
    from?.pieces.delete(piece)
    from?.ofTopic.set(piece.topic, (from.ofTopic.get(piece.topic) ?? 0) - 1)
    piece.to = piece.to.map((id) => (id === out ? into.nodeId : id))
    this.#put(piece, into.nodeId)
    this.#lead(piece, 1)
  }

  /** One of the replicas becomes the preferred leader; the others keep their order. */
  prefer(piece: Piece, { nodeId }: Seat, why: string): void {
    assert(piece.to.includes(nodeId), 'a replica leads')
    this.#touched.add(piece)
    piece.preferredWhy = why
    this.#lead(piece, -1)
    piece.to = [nodeId, ...piece.to.filter((id) => id !== nodeId)]
    this.#lead(piece, 1)
  }

  /** Who holds a piece and is in service, the preferred leader first. */
  seatsOf({ to }: Piece): readonly Seat[] {
    return to.flatMap((id) => this.#seatOf.get(id) ?? [])
  }

  /** What everybody would hold, and lead, if all had the same. */
  fair(what: 'replicas' | 'leaders'): string {
    const sum = this.seats.reduce(
      (all, { pieces, leads }) => all + (what === 'replicas' ? pieces.size : leads),
      0,
    )
    return String(Math.round((sum / this.seats.length) * 10) / 10)
  }

  shares(): readonly BrokerShare[] {
    const shares = this.seats.map(({ nodeId, pieces, leads }) => ({
      ...{ nodeId, replicas: pieces.size, leaders: leads },
    }))
    const drained = [...this.#drained].map((nodeId) => ({
      nodeId,
      replicas: this.#pieces.filter(({ to }) => to.includes(nodeId)).length,
      leaders: this.#pieces.filter(({ to }) => to[0] === nodeId).length,
    }))
    return [...shares, ...drained].sort((a, b) => a.nodeId - b.nodeId)
  }

  moves(): readonly Move[] {
    const all = [...this.#touched].flatMap((piece): Move[] => {
      const { topic, partition, replicas: from, to, bytes, reasons, preferredWhy } = piece
      if (from.every((id, at) => to[at] === id)) return []
      const added = to.filter((id) => !from.includes(id)).length
      const why = [...reasons, ...(preferredWhy === null ? [] : [preferredWhy])].join('; ')
      return [{ topic, partition, from, to, bytes: added * bytes, why }]
    })
    const copies = ({ from, to }: Move) => to.some((id) => !from.includes(id))
    return [...all.filter(copies), ...all.filter((move) => !copies(move))]
  }

  #put(piece: Piece, nodeId: NodeId): void {
    const seat = this.#seatOf.get(nodeId)
    seat?.pieces.add(piece)
    seat?.ofTopic.set(piece.topic, (seat.ofTopic.get(piece.topic) ?? 0) + 1)
  }

  #lead({ to: [first] }: Piece, by: 1 | -1): void {
    const seat = first === undefined ? undefined : this.#seatOf.get(first)
    if (seat) seat.leads += by
  }
}

const order = (a: string, b: string) => (a < b ? -1 : 1)

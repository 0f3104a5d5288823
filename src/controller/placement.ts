/**
 * Where the replicas of new partitions go: evenly over racks, then evenly over brokers, the first
 * replica on a broker that is in service, no two replicas on one broker (the goals of Kafka's
 * striped placer; the arithmetic is ours). Pure: the stripes' starts are drawn from `random`.
 */
import type { NodeId } from '../base/ids.ts'
import type { Random } from '../base/random.ts'

export interface UsableBroker {
  readonly nodeId: NodeId
  readonly rack: string | null
  /** May follow, but not lead. */
  readonly fenced: boolean
}

/** Brokers of one rack, in the order of its present stripe. */
interface Rack {
  unfenced: NodeId[]
  fenced: NodeId[]
}

/**
 * One list of replicas per partition, the leader first; or why that cannot be (the message of an
 * INVALID_REPLICATION_FACTOR).
 */
export function placeReplicas(
  brokers: readonly UsableBroker[],
  { partitions, replicationFactor }: { partitions: number; replicationFactor: number },
  random: Random,
): readonly (readonly NodeId[])[] | { readonly message: string } {
  const unfencedCount = brokers.filter(({ fenced }) => !fenced).length
  if (replicationFactor > brokers.length)
    return {
      message:
        `${replicationFactor} replicas need as many brokers, ` +
        `and ${brokers.length} can take replicas`,
    }
  if (unfencedCount === 0) return { message: 'no broker is in service' }

  const racks = racksOf(brokers, random)
  const firstRack = Math.floor(random.next() * racks.length)
  const placed: (readonly NodeId[])[] = []
  for (let partition = 0; partition < partitions; partition += 1) {
    // Every broker has led once: other neighbours from here on.
    if (partition > 0 && partition % unfencedCount === 0) reshuffle(racks, random)
    placed.push(placeOne(racks, { firstRack, partition, replicationFactor }))
  }
  return placed
}

/** Brokers without a rack are a rack of their own. */
function racksOf(brokers: readonly UsableBroker[], random: Random): Rack[] {
  const byRack = new Map<string | null, Rack>()
  for (const { nodeId, rack, fenced } of [...brokers].sort((a, b) => a.nodeId - b.nodeId)) {
    const members = byRack.get(rack) ?? { unfenced: [], fenced: [] }
    byRack.set(rack, members)
    members[fenced ? 'fenced' : 'unfenced'].push(nodeId)
  }
  const racks = [...byRack].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
  for (const [, rack] of racks) {
    rack.unfenced = rotate(rack.unfenced, Math.floor(random.next() * rack.unfenced.length))
    rack.fenced = rotate(rack.fenced, Math.floor(random.next() * rack.fenced.length))
  }
  return racks.map(([, rack]) => rack)
}

function placeOne(
  racks: readonly Rack[],
  place: { firstRack: number; partition: number; replicationFactor: number },
): readonly NodeId[] {
  const { firstRack, partition, replicationFactor } = place
  // A rack's turn to lead comes every `racks.length` partitions; then it is its next broker's.
  const turn = Math.floor(partition / racks.length)
  const left = racks.map((rack) => ({
    leaders: rotate(rack.unfenced, turn),
    others: rotate(rack.fenced, turn),
  }))
  const inTurn = left.map((_, step) => at(left, firstRack + partition + step))
  const leading = inTurn.findIndex(({ leaders }) => leaders.length > 0)
  const replicas: NodeId[] = [at(inTurn, leading).leaders.shift() as NodeId]
  for (let step = leading + 1; replicas.length < replicationFactor; step += 1) {
    const { leaders, others } = at(inTurn, step)
    const next = leaders.shift() ?? others.shift()
    if (next !== undefined) replicas.push(next)
  }
  return replicas
}

/** The element at `index`, counted around. */
function at<Item>(items: readonly Item[], index: number): Item {
  return items[index % items.length] as Item
}

function rotate<Item>(items: readonly Item[], by: number): Item[] {
  const start = items.length === 0 ? 0 : by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

/** Fisher and Yates, in place. */
function reshuffle(racks: readonly Rack[], random: Random): void {
  for (const rack of racks)
    for (const list of [rack.unfenced, rack.fenced])
      for (let last = list.length - 1; last > 0; last -= 1) {
        const other = Math.floor(random.next() * (last + 1))
        const swapped = list[last] as NodeId
        list[last] = list[other] as NodeId
        list[other] = swapped
      }
}

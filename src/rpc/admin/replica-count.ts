/**
 * Another number of replicas for the partitions of a topic: whom to add, and whom to let go. Who
 * stays keeps its place, so nobody stops being preferred. Pure.
 */
import type { NodeId } from '../../base/ids.ts'
import type { MetadataImage } from '../../metadata/image.ts'
import { isActive } from '../../metadata/image/cluster.ts'
import type { PartitionRegistration } from '../../metadata/image/topics.ts'

/** How many replicas each broker holds, as a plan in the making would have it. */
export class ReplicaCounts {
  readonly #image: MetadataImage
  readonly #counts = new Map<NodeId, number>()

  constructor(image: MetadataImage) {
    this.#image = image
    for (const { nodeId } of image.brokers.values()) this.#counts.set(nodeId, 0)
    for (const { partitions } of image.topics.byName.values())
      for (const { replicas } of partitions) for (const id of replicas) this.#add(id, 1)
  }

  /** Brokers that may be given replicas. */
  get usable(): number {
    return [...this.#image.brokers.values()].filter(isActive).length
  }

  /** The replicas of a partition when there are `wanted` of them, which is at most `usable`. */
  changed(partition: PartitionRegistration, wanted: number): readonly NodeId[] {
    const replicas = [...partition.replicas]
    while (replicas.length > wanted) {
      const gone = this.#leastUseful(replicas, partition)
      replicas.splice(replicas.indexOf(gone), 1)
      this.#add(gone, -1)
    }
    while (replicas.length < wanted) {
      const added = this.#leastBurdened(replicas)
      if (added === null) return replicas
      replicas.push(added)
      this.#add(added, 1)
    }
    return replicas
  }

  /** Who is not in sync, else the last; never the only one that is. */
  #leastUseful(replicas: readonly NodeId[], { isr }: PartitionRegistration): NodeId {
    const last = replicas.findLast((id) => !isr.includes(id)) ?? replicas.at(-1)
    return last as NodeId
  }

  /** In a rack that holds none yet, if there is one. */
  #leastBurdened(replicas: readonly NodeId[]): NodeId | null {
    const { brokers } = this.#image
    const racks = new Set(replicas.map((id) => brokers.get(id)?.rack ?? null))
    const free = [...brokers.values()]
      .filter((broker) => isActive(broker) && !replicas.includes(broker.nodeId))
      .map(({ nodeId, rack }) => ({
        nodeId,
        isSameRack: rack !== null && racks.has(rack),
        count: this.#counts.get(nodeId) ?? 0,
      }))
      .sort(
        (one, other) =>
          Number(one.isSameRack) - Number(other.isSameRack) ||
          one.count - other.count ||
          one.nodeId - other.nodeId,
      )
    return free[0]?.nodeId ?? null
  }

  #add(nodeId: NodeId, count: number): void {
    this.#counts.set(nodeId, (this.#counts.get(nodeId) ?? 0) + count)
  }
}

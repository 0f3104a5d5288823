/**
 * One look at a cluster, for `lograft top`: what is there, how long its partitions are, and where
 * groups are in them. Two looks make rates (view.ts). The facts alone; look-at.ts asks for them.
 */

export interface BrokerLook {
  readonly nodeId: number
  /** `host:port` as advertised. */
  readonly address: string
  /** Whether it told what it holds; its replicas are `size` and these null otherwise. */
  readonly answers: boolean
  readonly totalBytes: number | null
  readonly usableBytes: number | null
}

export interface PartitionLook {
  readonly topic: string
  readonly partition: number
  /** Null: nobody leads it. */
  readonly leader: number | null
  readonly replicas: readonly number[]
  readonly inSync: number
  /** Offset of the next record; null when it is not known. */
  readonly endOffset: number | null
  /** Bytes by broker, of those that told. */
  readonly sizes: ReadonlyMap<number, number>
}

export interface GroupLook {
  readonly group: string
  readonly state: string
  readonly members: number
  /** Offsets by partition, by topic. */
  readonly committed: ReadonlyMap<string, ReadonlyMap<number, number>>
}

export interface Look {
  /** On a clock that never goes back, milliseconds. */
  readonly atMs: number
  readonly clusterId: string | null
  readonly brokers: readonly BrokerLook[]
  readonly partitions: readonly PartitionLook[]
  readonly groups: readonly GroupLook[]
  /** Groups that were left out, because there are so many. */
  readonly groupsLeftOut: number
  /** Brokers that did not tell theirs: there may be more. */
  readonly groupsUntold: readonly number[]
}

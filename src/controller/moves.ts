/**
 * What moves of replicas are planned from and what a plan says: where every partition is, who may
 * be given replicas, and the moves with their reasons. Pure.
 */
import type { NodeId } from '../base/ids.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { isActive } from '../metadata/image/cluster.ts'
import { NO_LEADER } from '../metadata/records.ts'
import { isReassigning } from './reassignment.ts'

/** What is planned from. */
export interface Layout {
  readonly brokers: readonly LayoutBroker[]
  readonly partitions: readonly LayoutPartition[]
}

export interface LayoutBroker {
  readonly nodeId: NodeId
  /** Brokers without a rack are in one together, as where partitions are created. */
  readonly rack: string | null
  /** May be given replicas. Who may not and is not drained keeps what it has. */
  readonly inService: boolean
}

export interface LayoutPartition {
  readonly topic: string
  readonly partition: number
  /** The first is the preferred leader. */
  readonly replicas: readonly NodeId[]
  readonly hasLeader: boolean
  readonly isReassigning: boolean
}

export interface PlanOptions {
  /** Only these topics are counted and moved. Default: all. */
  readonly topics?: ReadonlySet<string>
  /** Only what these brokers hold moves, and nothing to them. */
  readonly drained?: ReadonlySet<NodeId>
  /** Bytes that a new replica has to copy. Default: 0. */
  readonly sizeOf?: (topic: string, partition: number) => number
  /** Of partitions; the rest is for another plan. */
  readonly movesMax?: number
}

export interface Move {
  readonly topic: string
  readonly partition: number
  readonly from: readonly NodeId[]
  /** As many as `from`. Of the same members it is an order, and copies nothing. */
  readonly to: readonly NodeId[]
  /** To be copied, by all new replicas together. */
  readonly bytes: number
  /** For people: one reason, or several by semicolons. */
  readonly why: string
}

export interface BrokerShare {
  readonly nodeId: NodeId
  readonly replicas: number
  /** Partitions of which it is the preferred leader. */
  readonly leaders: number
}

export interface MovePlan {
  /** In the order to be made: those that copy, then those that do not. */
  readonly moves: readonly Move[]
  /** What could not be looked at. */
  readonly leftAlone: readonly LeftAlone[]
  /** Of brokers in service and drained ones, by id. */
  readonly before: readonly BrokerShare[]
  readonly after: readonly BrokerShare[]
}

export interface LeftAlone {
  readonly topic: string
  readonly partition: number
  readonly why: string
}

/** As the cluster's own metadata has it. */
export function layoutOf(image: MetadataImage): Layout {
  return {
    brokers: [...image.brokers.values()].map((broker) => ({
      nodeId: broker.nodeId,
      rack: broker.rack,
      inService: isActive(broker),
    })),
    partitions: [...image.topics.byName.values()].flatMap(({ name, partitions }) =>
      partitions.map((registration, partition) => ({
        topic: name,
        partition,
        replicas: registration.replicas,
        hasLeader: registration.leader !== NO_LEADER,
        isReassigning: isReassigning(registration),
      })),
    ),
  }
}

/** What a node is, and what it runs on, as its part in the cluster needs it. */
import type { NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Tracer } from '../base/tracing.ts'
import type { NodeConfig, NodeOptionName } from '../config/node-options.ts'
import type { MetadataPublisher } from '../metadata/publisher.ts'
import type { Host } from './machine.ts'
import type { Readiness } from './readiness.ts'
import type { FaultBoard } from '../rpc/admin/ports.ts'

export interface NodeIdentity {
  readonly nodeId: NodeId
  readonly directoryId: string
  /** Of this life of the process. */
  readonly incarnationId: string
}

export interface ClusterOptions extends NodeIdentity {
  /** The node's data directory. */
  readonly directory: string
  /** The cluster that the directory belongs to; null before it joined one. */
  readonly clusterId: string | null
  readonly config: NodeConfig
  readonly named: ReadonlySet<NodeOptionName>
}

export interface ClusterPorts {
  readonly host: Host
  readonly logger: Logger
  readonly fatal: (error: Error) => void
  readonly publishers: readonly MetadataPublisher[]
  readonly readiness: Readiness
  readonly tracer: Tracer
  /** Null where there are no fault switches. */
  readonly faults: FaultBoard | null
}

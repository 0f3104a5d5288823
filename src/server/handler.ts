/**
 * What a handler is: one API key, the versions served, and a function from request to reply. A
 * handler never sees bytes, and sees of the broker only its `Services`.
 */
import type { Clock } from '../base/clock.ts'
import type { NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Tracer } from '../base/tracing.ts'
import type { NodeConfig, NodeOptionName } from '../config/node-options.ts'
import type { GroupCoordinator } from '../coordinator/runtime/group-coordinator.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { FetchSessionCache } from '../replication/fetch-session-cache.ts'
import type { ProducerGaps } from '../replication/producer-gaps.ts'
import type { ReplicaManager } from '../replication/replica-manager.ts'
import type { Api, RequestOf, ResponseOf } from '../wire/api.ts'
import type { Reply } from './answer.ts'
import type { ControllerClient, LogDirectory, Quorum } from './ports.ts'
import type { ProducerIds } from './producer-ids.ts'

/** Who asks, and how. */
export interface Call {
  readonly apiVersion: number
  readonly clientId: string | null
  /** `address:port` of the client, for log lines. */
  readonly peer: string
  /** Calls `action` later, when the client is leaving; what it returns takes that back. */
  readonly whenLeaving: (action: () => void) => () => void
  /** The same, and also when another request of the client waits behind this one. */
  readonly whenHurried: (action: () => void) => () => void
  /** Gaps in what its producers send. */
  readonly producerGaps: ProducerGaps
}

/** All that a handler may use. */
export interface Services {
  readonly nodeId: NodeId
  readonly config: NodeConfig
  /** The options that file, environment or flags name. */
  readonly named: ReadonlySet<NodeOptionName>
  readonly clock: Clock
  readonly logger: Logger
  readonly tracer: Tracer
  readonly replicas: ReplicaManager
  readonly groups: GroupCoordinator
  readonly fetchSessions: FetchSessionCache
  readonly controller: ControllerClient
  readonly quorum: Quorum
  readonly logDirectory: LogDirectory
  readonly producerIds: ProducerIds
  /** The node whose controller is active, as far as this one knows; null for none. */
  readonly activeControllerId: () => NodeId | null
  /** The metadata this broker has published; never uncommitted (A17). */
  readonly metadata: () => MetadataImage
  /** Bytes that this node may still buffer in answers; a fetch shrinks to it. */
  readonly responseBudgetBytes: () => number
  /** The served APIs, for ApiVersions. */
  readonly apis: () => readonly Handler[]
}

/** A handler as the dispatcher sees it, whatever its types. */
export interface Handler {
  readonly api: Api
  /** Versions that are processed. */
  readonly versions: readonly [min: number, max: number]
  /** Versions that ApiVersions names; wider where a client wants to see more than it uses. */
  readonly advertised: readonly [min: number, max: number]
  handle(request: unknown, services: Services, call: Call): Reply<unknown>
}

interface Served {
  readonly versions?: readonly [min: number, max: number]
  readonly advertised?: readonly [min: number, max: number]
}

/** Declares a handler; by default it serves and advertises all versions of the schema. */
export function handler<A extends Api>(
  api: A,
  handle: (request: RequestOf<A>, services: Services, call: Call) => Reply<ResponseOf<A>>,
  { versions = api.versions, advertised = versions }: Served = {},
): Handler {
  // The one place where types end: requests are decoded, responses encoded, by this same `api`.
  return { api, versions, advertised, handle }
}

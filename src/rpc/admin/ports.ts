/**
 * What the administration asks of the node that serves it: of its metadata, of the controller
 * behind it, of its brokers, and of the switches that make it fail.
 */
import type { NodeId } from '../../base/ids.ts'
import type { Cluster } from '../../client/cluster.ts'
import type { NodeSettings } from '../../config/config-entries.ts'
import type { ApplyChangesRequest, ApplyChangesResult } from '../../controller/changes.ts'
import type { SupportedFeature } from '../../controller/features.ts'
import type { Reply } from '../../controller/requests.ts'
import type { MetadataImage } from '../../metadata/image.ts'
import type { QuorumDescription } from '../../quorum/admin.ts'
import type { Leadership } from '../../quorum/ports.ts'
import type { CallOptions } from '../leader-calls.ts'

export interface AdminNode {
  /**
   * Asks the active controller. Answered when what changed is committed and this node acts on it.
   * Rejects as `ControllerCommands` says, and when the caller leaves or its time is over.
   */
  applyChanges(
    request: ApplyChangesRequest,
    limits: CallOptions,
  ): Promise<ApplyChangesResult & Reply>
  /** Asks the active controller: BROKER_ID_NOT_REGISTERED, BROKER_NOT_AVAILABLE. */
  shutDownBroker(nodeId: NodeId, limits: CallOptions): Promise<void>
  /**
   * Resolves when what this node acts on is so, or after `withinMs`; rejects with REQUEST_TIMED_OUT
   * when whoever asked has left, or its time is over.
   */
  untilImage(
    isSo: (image: MetadataImage) => boolean,
    limits: CallOptions & { readonly withinMs: number },
  ): Promise<void>
  /** What this node acts on. */
  image(): MetadataImage
  /** A digest that no two texts share. */
  digest(text: string): string
  readonly nodeId: NodeId
  /** Of the release that this node runs. */
  readonly version: string
  /** What this release can do alike on all nodes. */
  readonly features: readonly SupportedFeature[]
  /** This node's own options, and which of them somebody set. */
  readonly settings: Pick<NodeSettings, 'config' | 'named'>
  leadership(): Pick<Leadership, 'leaderId' | 'epoch'>
  /** As the leader says and a majority confirms. Rejects as `QuorumAdmin` says. */
  describeQuorum(limits: CallOptions): Promise<QuorumDescription>
  /** A client of the cluster's brokers, for what only each of them knows. */
  brokers(): Cluster
}

/** What a fault switch is told to do; empty texts and 0: not said (proto/…/faults.proto). */
export interface WantedFault {
  readonly kind: 'fail' | 'delay' | 'lose-answers' | 'refuse-client'
  readonly api: string
  readonly clientId: string
  readonly error: string
  readonly delayMs: number
  readonly count: number
  readonly forMs: number
}

export interface FaultSwitch extends WantedFault {
  readonly id: number
  readonly hits: number
  readonly leftMs: number
}

/** The fault switches of this broker. */
export interface FaultBoard {
  /** Throws INVALID_REQUEST with the field, and OVERLOADED for too many. */
  inject(wanted: WantedFault): FaultSwitch
  list(): readonly FaultSwitch[]
  /** Those with these ids, or all when none is named; how many there were. */
  clear(ids: readonly number[]): number
}

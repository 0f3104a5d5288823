/**
 * How this node's broker stands with the cluster: its heartbeats, from its registration on, and the
 * news that they tell at once. Before and without a registration it does nothing.
 */
import type { HostPort } from '../config/addresses.ts'
import type { BrokerLines } from '../controller/heartbeats.ts'
import type { MetadataLoader } from '../metadata/loader.ts'
import type { MetadataPublisher } from '../metadata/publisher.ts'
import type { Leadership } from '../quorum/ports.ts'
import { Heartbeats, type HeartbeatsOptions } from '../rpc/heartbeats.ts'
import type { LeaderCalls } from '../rpc/leader-calls.ts'
import type { ClusterOptions, ClusterPorts } from './cluster-options.ts'

export interface StandingOptions {
  readonly brokerEpoch: number
  /** Where the broker's listeners are bound. */
  readonly kafka: HostPort
  readonly grpc: HostPort
  readonly calls: LeaderCalls
  readonly loader: MetadataLoader
  /** The controller of this node, when it has one. */
  readonly local: BrokerLines | null
  /** Everything below is committed, as the active controller says. */
  readonly onCommitted: (endOffset: number) => void
  readonly onProof: Required<HeartbeatsOptions>['onProof']
  readonly onMustShutDown: Required<HeartbeatsOptions>['onMustShutDown']
  /** It may not come into service yet: replicas count that lost records (S11). */
  readonly mustLeaveFirst: () => boolean
}

export class BrokerStanding {
  /** Comes behind the others: what heartbeats tell is that the others know. */
  readonly publisher: MetadataPublisher = {
    name: 'heartbeats',
    onMetadataUpdate: ({ cluster }) => {
      if (cluster.changedBrokers.size > 0) this.#heartbeats?.soon()
    },
  }
  readonly #options: ClusterOptions
  readonly #ports: ClusterPorts
  #heartbeats: Heartbeats | null = null

  constructor(options: ClusterOptions, ports: ClusterPorts) {
    this.#options = options
    this.#ports = ports
  }

  onLeadership(leadership: Leadership): void {
    this.#heartbeats?.onLeadership(leadership)
  }

  /** Once. The caller ends them. */
  begin(options: StandingOptions): Heartbeats {
    const { brokerEpoch, kafka, grpc, loader, mustLeaveFirst, ...asked } = options
    const { nodeId, incarnationId, config } = this.#options
    const { host, logger, fatal } = this.#ports
    this.#heartbeats = new Heartbeats({
      ...asked,
      ...{ logger, clock: host.clock, onFatal: fatal },
      broker: { nodeId, brokerEpoch, incarnationId },
      listeners: { kafka, grpc },
      publishedOffset() {
        const { metadataOffset } = loader.publishedImage
        // As if its registration had not come here yet: then it stays fenced.
        return mustLeaveFirst() ? Math.min(metadataOffset, brokerEpoch - 1) : metadataOffset
      },
      intervalMs: config['broker.heartbeat.interval.ms'],
      sessionTimeoutMs: config['broker.session.timeout.ms'],
    })
    this.#heartbeats.start()
    return this.#heartbeats
  }
}

/**
 * The broker role as a publisher of metadata. It holds back everything until this broker's own
 * registration is part of the metadata: what the image says before was said of an earlier process,
 * and acting on it would lead in an epoch that is over (S3). Then it opens the logs and hands on.
 */
import type { NodeId } from '../base/ids.ts'
import type { NodeConfig } from '../config/node-options.ts'
import type { LogCleaner } from '../log/cleaner/log-cleaner.ts'
import type { LogConfig } from '../log/types.ts'
import type { LogManager } from '../log/log-manager.ts'
import { MetadataDelta } from '../metadata/delta.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { EMPTY_IMAGE } from '../metadata/image.ts'
import type { MetadataPublisher } from '../metadata/publisher.ts'
import type { ReplicaManagerPorts } from '../replication/replica-manager.ts'
import { ReplicaManager } from '../replication/replica-manager.ts'
import { effectiveTopicConfig } from '../replication/topic-config.ts'

export interface BrokerIdentity {
  readonly nodeId: NodeId
  readonly incarnationId: string
}

export interface BrokerPorts extends Omit<ReplicaManagerPorts, 'logs'> {
  readonly openLogs: (configOf: (topic: string) => LogConfig) => LogManager
  readonly cleanerOf: (logs: LogManager) => LogCleaner
}

interface Running {
  readonly logs: LogManager
  readonly cleaner: LogCleaner
  readonly replicas: ReplicaManager
}

export class Broker implements MetadataPublisher {
  readonly name = 'broker'
  readonly #identity: BrokerIdentity
  readonly #config: NodeConfig
  readonly #ports: BrokerPorts
  #running: Running | null = null

  constructor(identity: BrokerIdentity, config: NodeConfig, ports: BrokerPorts) {
    this.#identity = identity
    this.#config = config
    this.#ports = ports
  }

  /** Only after this broker's registration has been published. */
  get replicas(): ReplicaManager {
    if (!this.#running) throw new Error('the broker has not begun: it is not registered yet')
    return this.#running.replicas
  }

  async onMetadataUpdate(delta: MetadataDelta, image: MetadataImage): Promise<void> {
    if (this.#running) return this.#running.replicas.onMetadataUpdate(delta, image)
    const { nodeId, incarnationId } = this.#identity
    if (image.brokers.get(nodeId)?.incarnationId !== incarnationId) return
    const { replicas } = this.#begin(image)
    const everything = new MetadataDelta(EMPTY_IMAGE)
    everything.replaceBy(image)
    await replicas.onMetadataUpdate(everything, image)
  }

  /** See `ReplicaManager`. */
  get mustLeaveFirst(): boolean {
    return this.#running?.replicas.mustLeaveFirst ?? false
  }

  /** Leads nothing any more; whoever waits is answered. */
  resign(): void {
    this.#running?.replicas.resign()
  }

  /** Flushes and closes the logs, and leaves the clean-shutdown marker. */
  async close({ brokerEpoch }: { brokerEpoch: number }): Promise<void> {
    await this.#running?.replicas.stopFollowing()
    await this.#running?.cleaner.stop()
    await this.#running?.logs.close({ brokerEpoch })
  }

  #begin(image: MetadataImage): Running {
    const { nodeId } = this.#identity
    const config = this.#config
    const logs = this.#ports.openLogs((topic) => effectiveTopicConfig(config, image, topic))
    const replicas = new ReplicaManager({ nodeId, config }, { ...this.#ports, logs })
    replicas.setStraysAside(image)
    logs.start()
    const cleaner = this.#ports.cleanerOf(logs)
    cleaner.start()
    this.#running = { logs, cleaner, replicas }
    return this.#running
  }
}

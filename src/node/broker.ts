/**
 * The broker role as a publisher of metadata. It holds back everything until this broker's own
 * registration is part of the metadata: what the image says before was said of an earlier process,
 * and acting on it would lead in an epoch that is over (S3). Then it opens the logs and hands on.
 */
import type { NodeId } from '../base/ids.ts'
import type { Random } from '../base/random.ts'
import type { NodeConfig } from '../config/node-options.ts'
import { OFFSETS_TOPIC } from '../coordinator/offsets-topic.ts'
import type { TopicCreator } from '../coordinator/ports.ts'
import { GroupCoordinator } from '../coordinator/runtime/group-coordinator.ts'
import { CommittedViews } from '../coordinator/view/committed-views.ts'
import type { ViewStore } from '../coordinator/view/ports.ts'
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
  readonly random: Random
  /** For the views of coordinators; sound, or empty. */
  readonly store: ViewStore
  readonly topicCreator: TopicCreator
}

export interface Running {
  readonly logs: LogManager
  readonly cleaner: LogCleaner
  readonly replicas: ReplicaManager
  readonly views: CommittedViews
  readonly groups: GroupCoordinator
}

export class Broker implements MetadataPublisher {
  readonly name = 'broker'
  readonly #identity: BrokerIdentity
  readonly #config: NodeConfig
  readonly #ports: BrokerPorts
  #running: Running | null = null
  #isClosing = false

  constructor(identity: BrokerIdentity, config: NodeConfig, ports: BrokerPorts) {
    this.#identity = identity
    this.#config = config
    this.#ports = ports
  }

  /** For whoever measures; null before this broker's registration has been published. */
  get begun(): Running | null {
    return this.#running
  }

  /** Only after this broker's registration has been published. */
  get running(): Pick<Running, 'replicas' | 'groups'> {
    if (!this.#running) throw new Error('the broker has not begun: it is not registered yet')
    return this.#running
  }

  async onMetadataUpdate(delta: MetadataDelta, image: MetadataImage): Promise<void> {
    if (this.#running) return tell(this.#running, delta, image)
    const { nodeId, incarnationId } = this.#identity
    if (image.brokers.get(nodeId)?.incarnationId !== incarnationId) return
    const running = this.#begin(image)
    const everything = new MetadataDelta(EMPTY_IMAGE)
    everything.replaceBy(image)
    await tell(running, everything, image)
    const { nodeId: self } = this.#identity
    await running.views.retain(({ topicId, partition }) => {
      const registration = image.topics.byId.get(topicId)?.partitions[partition]
      return registration?.replicas.includes(self) ?? false
    })
    // Only now is it held back where records are folded (S17).
    if (!this.#isClosing) running.cleaner.start()
  }

  /** See `ReplicaManager`. */
  get mustLeaveFirst(): boolean {
    return this.#running?.replicas.mustLeaveFirst ?? false
  }

  /** Leads nothing any more; whoever waits is answered. */
  resign(): void {
    this.#isClosing = true
    this.#running?.replicas.resign()
  }

  /** Flushes and closes the logs, and leaves the clean-shutdown marker. */
  async close({ brokerEpoch }: { brokerEpoch: number }): Promise<void> {
    await this.#running?.groups.close()
    await this.#running?.cleaner.stop()
    await this.#running?.views.close()
    await this.#running?.replicas.stopFollowing()
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
    const views = this.#views(logs, cleaner)
    const groups = this.#coordinators(replicas, views)
    this.#running = { logs, cleaner, replicas, views, groups }
    return this.#running
  }

  #views(logs: LogManager, cleaner: LogCleaner): CommittedViews {
    const { store, clock, logger, fatal } = this.#ports
    return new CommittedViews({
      ...{ store, clock, logger: logger.child({ component: 'view' }), onFatal: fatal },
      cleaner: {
        cleanedOffset: (of) => logs.cleanedOffset(of),
        holdBack: (of, applied) => cleaner.holdBack(of, applied),
      },
    })
  }

  #coordinators(replicas: ReplicaManager, views: CommittedViews): GroupCoordinator {
    const { clock, random, logger, holdsLease, fatal, topicCreator: creator } = this.#ports
    return new GroupCoordinator(
      { nodeId: this.#identity.nodeId, config: this.#config },
      {
        ...{ clock, random, holdsLease, fatal, creator, views },
        logger: logger.child({ component: 'coordinator' }),
        partition: (index) => replicas.find(OFFSETS_TOPIC, index),
      },
    )
  }
}

/** Whoever coordinates hears of it when the partitions are as metadata says. */
async function tell(
  { replicas, groups }: Running,
  delta: MetadataDelta,
  image: MetadataImage,
): Promise<void> {
  await replicas.onMetadataUpdate(delta, image)
  groups.onMetadataUpdate(delta, image)
}

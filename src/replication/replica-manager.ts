/**
 * All partitions on this broker. Metadata tells it what to host and lead (`onMetadataUpdate`);
 * requests find their partition here. It never decides who leads.
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { DiskError } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { NodeConfig } from '../config/node-options.ts'
import type { TopicConfig } from '../config/topic-options.ts'
import type { Log } from '../log/log.ts'
import type { LogManager } from '../log/log-manager.ts'
import type { MetadataDelta } from '../metadata/delta.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { CLUSTER_RESOURCE, resourceOf } from '../metadata/image/configs.ts'
import type { LocalPartition } from '../metadata/image/topics.ts'
import type { MetadataPublisher } from '../metadata/publisher.ts'
import { CODECS } from '../records/batch.ts'
import { codecReady, loadCodec } from '../records/compression/index.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import { Partition } from './partition.ts'
import { effectiveTopicConfig } from './topic-config.ts'

export interface ReplicaManagerPorts {
  readonly clock: Clock
  readonly logger: Logger
  readonly logs: LogManager
  readonly fatal: (error: Error) => void
}

/** A partition that should be served here and is not, because its log could not be opened. */
interface OfflineReplica {
  readonly offline: LograftError
  /** What would be opened; as metadata last told it. */
  readonly local: LocalPartition
  readonly config: TopicConfig
  /** Monotonic ms from which on it is tried again; Infinity for damage, which nothing mends. */
  readonly retryAtMs: number
}

type Hosted = Partition | OfflineReplica

/** Between two attempts to open a log for which there was no space, or no file descriptor. */
const RETRY_MS = 1_000
/** How long an update of metadata may hold the event loop before others have a turn. */
const TURN_MS = 10

export class ReplicaManager implements MetadataPublisher {
  readonly name = 'replicas'
  readonly #nodeId: NodeId
  readonly #config: NodeConfig
  readonly #ports: ReplicaManagerPorts
  /** By topic name, then by partition number. */
  readonly #topics = new Map<string, Map<number, Hosted>>()
  #isStopping = false

  constructor(
    { nodeId, config }: { nodeId: NodeId; config: NodeConfig },
    ports: ReplicaManagerPorts,
  ) {
    this.#nodeId = nodeId
    this.#config = config
    this.#ports = ports
  }

  /** The partition, or the code that says why this broker cannot serve it. */
  find(topic: string, index: number): Partition | ErrorCode {
    const hosted = this.#topics.get(topic)?.get(index)
    if (hosted === undefined) return errors.UNKNOWN_TOPIC_OR_PARTITION
    if (hosted instanceof Partition) return hosted
    if (this.#ports.clock.monotonicMs() < hosted.retryAtMs) return errors.KAFKA_STORAGE_ERROR
    return this.#open(hosted.local, hosted.config) ?? errors.KAFKA_STORAGE_ERROR
  }

  /** Every partition that is served. */
  *partitions(): Iterable<Partition> {
    for (const topic of this.#topics.values())
      for (const hosted of topic.values()) if (hosted instanceof Partition) yield hosted
  }

  /**
   * Sets aside what is on disk and in no topic of `image`: metadata may be wrong, so nothing is
   * deleted on its word alone. Once, before the first update.
   */
  setStraysAside(image: MetadataImage): void {
    const { logs, logger } = this.#ports
    for (const { topic, partition, topicId } of [...logs.logs()]) {
      const replicas = image.topics.byId.get(topicId)?.partitions[partition]?.replicas
      if (replicas?.includes(this.#nodeId)) continue
      logger.warn({ topic, partition, topicId }, 'stray log set aside')
      logs.setAside(topic, partition)
    }
  }

  /**
   * Deletes first: a topic of the same name may have been created since. Resolves when everything
   * that was acknowledged before can be read.
   */
  async onMetadataUpdate(delta: MetadataDelta, image: MetadataImage): Promise<void> {
    const { deletes, leaders, followers } = delta.topics.localChanges(this.#nodeId)
    const turns = new Turns(this.#ports.clock)
    for (const { topic, partition } of deletes) {
      this.#drop(topic, partition)
      await turns.giveWay()
    }
    const configs = new Map<string, TopicConfig>()
    for (const { topic } of [...leaders, ...followers])
      if (!configs.has(topic)) configs.set(topic, effectiveTopicConfig(this.#config, image, topic))
    // A batch is recompressed while it is appended, which must not wait for a codec.
    await loadCodecs(configs.values())
    for (const local of [...leaders, ...followers]) {
      if (this.#isStopping) return
      this.#apply(local, configs.get(local.topic) as TopicConfig)
      await turns.giveWay()
    }
    this.#updateConfigs(delta, image)
    for (const { topic, partition: index } of leaders) {
      const partition = this.#topics.get(topic)?.get(index)
      if (partition instanceof Partition) await partition.recovered
    }
  }

  /** Leads nothing any more; all who wait are answered. */
  resign(): void {
    this.#isStopping = true
    for (const partition of this.partitions()) partition.resign()
  }

  #apply(local: LocalPartition, config: TopicConfig): void {
    const { topic, partition: index, registration } = local
    const hosts = this.#topics.get(topic)
    const known = hosts?.get(index)
    if (known instanceof Partition) known.applyMetadata(registration, config)
    else if (known?.retryAtMs === Infinity) hosts?.set(index, { ...known, local, config })
    else this.#open(local, config)
  }

  /** Opens the log and does what metadata says; null when the partition is offline. */
  #open(local: LocalPartition, config: TopicConfig): Partition | null {
    const { topic, topicId, partition: index, registration } = local
    const { logger, clock, fatal } = this.#ports
    const hosts = this.#topics.get(topic) ?? new Map<number, Hosted>()
    this.#topics.set(topic, hosts)
    try {
      const log = this.#openLog({ topic, topicId, index }, config)
      const identity = { topic, topicId, index, nodeId: this.#nodeId }
      const partition = new Partition(identity, log, config, { clock, fatal })
      partition.applyMetadata(registration, config)
      hosts.set(index, partition)
      return partition
    } catch (thrown) {
      // One damaged log does not take the others with it: the partition is offline, nothing is
      // changed on disk, and the message says what can be done.
      if (!(thrown instanceof LograftError)) throw thrown
      const retryAtMs = isTransient(thrown) ? clock.monotonicMs() + RETRY_MS : Infinity
      // Said once: a retry that fails has nothing to add.
      if (!hosts.has(index))
        logger.error({ topic, partition: index, err: thrown }, 'partition offline')
      hosts.set(index, { offline: thrown, local, config, retryAtMs })
      return null
    }
  }

  /**
   * The partition's log: the one on disk if it is of this topic's life, else a new one. A log of
   * another life (the name was deleted and created again) is set aside and kept. A log that is
   * there and damaged is never replaced by an empty one.
   */
  #openLog(
    { topic, topicId, index }: Pick<LocalPartition, 'topic' | 'topicId'> & { index: number },
    config: TopicConfig,
  ): Log {
    const { logs, logger } = this.#ports
    const failure = logs.failures.find((at) => at.topic === topic && at.partition === index)
    if (failure) throw failure.error
    const onDisk = logs.topicIdOf(topic, index)
    if (onDisk !== undefined && onDisk !== topicId) {
      logger.warn({ topic, partition: index, topicId, onDisk }, 'log of another topic set aside')
      logs.setAside(topic, index)
    }
    return logs.create({ topic, partition: index, topicId, config })
  }

  #drop(topic: string, index: number): void {
    const hosts = this.#topics.get(topic)
    const hosted = hosts?.get(index)
    if (!hosts || hosted === undefined) return
    hosts.delete(index)
    if (hosts.size === 0) this.#topics.delete(topic)
    if (hosted instanceof Partition) hosted.resign()
    this.#ports.logs.delete(topic, index)
  }

  /** Applies changed settings to the partitions they concern, whoever leads them. */
  #updateConfigs(delta: MetadataDelta, image: MetadataImage): void {
    const topics = delta.configs.hasChanged(CLUSTER_RESOURCE)
      ? [...this.#topics.keys()]
      : [...delta.configs.changed.keys()]
          .map(resourceOf)
          .filter(({ type }) => type === 'topic')
          .map(({ name }) => name)
    for (const topic of topics) {
      const hosts = this.#topics.get(topic)
      if (!hosts) continue
      const config = effectiveTopicConfig(this.#config, image, topic)
      for (const hosted of hosts.values())
        if (hosted instanceof Partition) hosted.updateConfig(config)
    }
  }
}

/** Full disk, no descriptors: it works again by itself (S18). */
function isTransient(error: LograftError): boolean {
  return error instanceof DiskError && error.code !== 'DISK_FAILED'
}

/** Lets others have a turn when a loop has had its own for too long. */
class Turns {
  readonly #clock: Clock
  #sinceMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#sinceMs = clock.monotonicMs()
  }

  async giveWay(): Promise<void> {
    if (this.#clock.monotonicMs() - this.#sinceMs < TURN_MS) return
    await delay(this.#clock, 0)
    this.#sinceMs = this.#clock.monotonicMs()
  }
}

async function loadCodecs(configs: Iterable<TopicConfig>): Promise<void> {
  for (const config of configs) {
    const wanted = CODECS.find((codec) => codec === config['compression.type'])
    if (wanted && !codecReady(wanted)) await loadCodec(wanted)
  }
}

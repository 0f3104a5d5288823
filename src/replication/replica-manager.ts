/**
 * All partitions on this broker. Metadata tells it what to host and lead (`onMetadataUpdate`);
 * requests find their partition here. It never decides who leads.
 */
import { every, type Background } from '../base/background.ts'
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { DiskError, isTransient } from '../base/disk.ts'
import { asError, isLograftError, LograftError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Net } from '../base/net.ts'
import type { NodeConfig } from '../config/node-options.ts'
import type { TopicConfig } from '../config/topic-options.ts'
import type { Log } from '../log/log.ts'
import type { LogManager } from '../log/log-manager.ts'
import type { CreateRequest } from '../log/managed-log.ts'
import type { MetadataDelta } from '../metadata/delta.ts'
import { EMPTY_IMAGE, type MetadataImage } from '../metadata/image.ts'
import { isActive } from '../metadata/image/cluster.ts'
import { CLUSTER_RESOURCE, brokerResource, resourceOf } from '../metadata/image/configs.ts'
import type { LocalPartition } from '../metadata/image/topics.ts'
import type { MetadataPublisher } from '../metadata/publisher.ts'
import { CODECS } from '../records/batch.ts'
import { codecReady, loadCodec } from '../records/compression/index.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import { Followers } from './followers.ts'
import { IsrChanges } from './isr-changes.ts'
import type { KnownBroker } from './leader-state.ts'
import { LostPartitions } from './lost-partitions.ts'
import { Partition, type PartitionPorts } from './partition.ts'
import type { IsrController, LeavingController } from './ports.ts'
import { ReplicationQuota } from './replication-quota-state.ts'
import { effectiveTopicConfig, liveNodeConfig } from './topic-config.ts'
import { Traffic } from './traffic.ts'
import { UnwellReplicas, type Condition, type ReplicaName } from './unwell-replicas.ts'

export interface ReplicaManagerPorts {
  readonly clock: Clock
  readonly net: Net
  readonly logger: Logger
  readonly logs: LogManager
  readonly controller: IsrController & LeavingController
  /** See `lease-state.ts`. */
  readonly holdsLease: () => boolean
  readonly fatal: (error: Error) => void
}

/** A partition as metadata places it here, and as it is configured. */
interface Placed {
  readonly local: LocalPartition
  readonly config: TopicConfig
  /** It was created while this process ran: no log of it can have been lost. */
  readonly isNew?: boolean
}

/** A partition that should be served here and is not, because its log cannot be used. */
interface OfflineReplica extends Placed {
  readonly offline: LograftError
  /** Monotonic ms from which on it is tried again; Infinity for damage, which nothing mends. */
  readonly retryAtMs: number
}

type Hosted = Partition | OfflineReplica

/** Between two attempts to open a log for which there was no space, or no file descriptor. */
const RETRY_MS = 1_000
/** Partitions created together: the fsyncs are shared. */
const CREATED_TOGETHER = 250
/** How long an update of metadata may hold the event loop before others have a turn. */
const TURN_MS = 10

export class ReplicaManager implements MetadataPublisher {
  readonly name = 'replicas'
  readonly #nodeId: NodeId
  readonly #config: NodeConfig
  readonly #ports: ReplicaManagerPorts
  /** Changes of the ISRs of what is led here, whoever asked for them. */
  readonly isrReadings = { shrinks: 0, expands: 0 }
  /** By topic name. */
  readonly traffic = new Map<string, Traffic>()
  /** Of topics that were here once. */
  readonly #trafficGone = new Traffic()
  /** By topic name, then by partition number. */
  readonly #topics = new Map<string, Map<number, Hosted>>()
  readonly #followers: Followers
  readonly #isrChanges: IsrChanges
  readonly #unwell: UnwellReplicas
  /** Whose logs lost records, and which may count still as holding them (S11). */
  readonly #lacking = new Set<Partition>()
  readonly #lost: LostPartitions
  readonly #partitionPorts: PartitionPorts
  readonly #reviews: Background
  readonly #quotas = { leader: new ReplicationQuota(), follower: new ReplicationQuota() }
  /** What requests have changed, as metadata last told. */
  #configs: MetadataImage['configs'] | null = null
  /** Who is registered, as metadata last told. */
  #brokers: MetadataImage['brokers'] = EMPTY_IMAGE.brokers
  #isStopping = false
  /** The first update tells what was true before this process: those logs are on disk already. */
  #hasBegun = false

  constructor(
    { nodeId, config }: { nodeId: NodeId; config: NodeConfig },
    ports: ReplicaManagerPorts,
  ) {
    this.#nodeId = nodeId
    this.#config = config
    this.#ports = ports
    const brokerEpoch = () => this.#brokers.get(nodeId)?.brokerEpoch ?? -1
    this.#isrChanges = new IsrChanges(ports)
    this.#unwell = new UnwellReplicas({
      ...ports,
      look: (replica) => this.#look(replica),
      left: (replica, condition) => this.#left(replica, condition),
      renew: (replica) => this.#renew(replica),
    })
    this.#lost = new LostPartitions(ports)
    const overrides = config['inter.broker.address.overrides']
    this.#followers = new Followers({
      ...{ ...ports, self: nodeId, brokerEpoch },
      address: (id) =>
        overrides.find((override) => override.nodeId === id) ?? this.#brokers.get(id),
      limits: {
        waitMs: config['replica.fetch.wait.max.ms'],
        bytes: config['replica.fetch.max.bytes'],
        totalBytes: config['replica.fetch.response.max.bytes'],
      },
    })
    const lagMs = config['replica.lag.time.max.ms']
    this.#partitionPorts = {
      ...{ clock: ports.clock, fatal: ports.fatal, holdsLease: ports.holdsLease },
      ...{ lagMs, quotas: this.#quotas },
      broker: (id) => this.#knownBroker(id),
      onIsrWish: (partition) => this.#isrChanges.wish(partition),
      onUnwell: (partition) => this.#unwell.suspect(partition),
    }
    const review = { name: 'review of in-sync replicas', intervalMs: Math.max(1, lagMs / 2) }
    this.#reviews = every(ports.clock, review, () => this.#reviewAll(), ports.fatal)
  }

  #reviewAll(): void {
    for (const [topic, hosts] of this.#topics)
      for (const index of [...hosts.keys()]) {
        // One that could not be opened may be by now.
        const hosted = this.find(topic, index)
        if (!(hosted instanceof Partition)) continue
        hosted.reviewIsr()
        // Its directory may have failed under another one.
        if (hosted.ailment !== null) this.#unwell.suspect(hosted)
      }
  }

  #knownBroker(nodeId: NodeId): KnownBroker | undefined {
    const broker = this.#brokers.get(nodeId)
    return broker && { isActive: isActive(broker), brokerEpoch: broker.brokerEpoch }
  }

  /** The partition, or the code that says why this broker cannot serve it. */
  find(topic: string, index: number): Partition | ErrorCode {
    const hosted = this.#topics.get(topic)?.get(index)
    if (hosted === undefined) return errors.UNKNOWN_TOPIC_OR_PARTITION
    if (hosted instanceof Partition) return hosted
    if (this.#isStopping || this.#ports.clock.monotonicMs() < hosted.retryAtMs)
      return errors.KAFKA_STORAGE_ERROR
    this.#open(hosted)
    const retried = this.#topics.get(topic)?.get(index)
    return retried instanceof Partition ? retried : errors.KAFKA_STORAGE_ERROR
  }

  /**
   * Makes durable where these partitions begin, and removes the segments below. Rejects with
   * DiskError.
   */
  settleLogStarts(partitions: readonly Partition[]): Promise<unknown> {
    const names = partitions.map(({ topic, index }) => ({ topic, partition: index }))
    return this.#ports.logs.settleLogStarts(names)
  }

  /** Every partition that is served. */
  *partitions(): Iterable<Partition> {
    for (const topic of this.#topics.values())
      for (const hosted of topic.values()) if (hosted instanceof Partition) yield hosted
  }

  /** Null when it is not served here, for whatever reason. */
  served(topic: string, index: number): Partition | null {
    const hosted = this.#topics.get(topic)?.get(index)
    return hosted instanceof Partition ? hosted : null
  }

  /** Partitions that should be served here and are not, because their logs cannot be used. */
  get offlineCount(): number {
    let count = 0
    for (const topic of this.#topics.values())
      for (const hosted of topic.values()) if (!(hosted instanceof Partition)) count += 1
    return count
  }

  /** Of all topics, those included that are here no more. */
  get totalTraffic(): Traffic {
    const total = new Traffic()
    for (const ofTopic of [this.#trafficGone, ...this.traffic.values()]) total.add(ofTopic)
    return total
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
    this.#brokers = image.brokers
    this.#updateQuotas(image)
    this.#followers.addressesChanged()
    const { deletes, leaders, followers } = delta.topics.localChanges(this.#nodeId)
    const turns = new Turns(this.#ports.clock)
    this.#drop(deletes)
    await turns.giveWay()
    const configs = new Map<string, TopicConfig>()
    for (const { topic } of [...leaders, ...followers])
      if (!configs.has(topic)) configs.set(topic, effectiveTopicConfig(this.#config, image, topic))
    // A batch is recompressed while it is appended, which must not wait for a codec.
    await loadCodecs(configs.values())
    const locals = [...leaders, ...followers].map((local): Placed => ({
      local,
      config: configs.get(local.topic) as TopicConfig,
    }))
    for (let from = 0; from < locals.length && !this.#isStopping; from += CREATED_TOGETHER) {
      const some = locals.slice(from, from + CREATED_TOGETHER)
      const added = some.filter((place) => this.#hosted(place) === undefined)
      // Those who lead here go on while the disk makes the place for what comes.
      if (added.length > 0) await this.#ports.logs.prepare(added.map(requestOf))
      if (this.#isStopping) return
      for (const _ of this.#apply(some)) {
        if (turns.isOver) await turns.giveWay()
        if (this.#isStopping) return
      }
    }
    await this.#updateConfigs(delta, image)
    if (delta.cluster.changedBrokers.size > 0)
      for (const partition of this.partitions()) {
        partition.reviewHighWatermark()
        if (turns.isOver) await turns.giveWay()
      }
    this.#unwell.metadataChanged()
    for (const { topic, partition: index } of leaders) {
      const partition = this.#topics.get(topic)?.get(index)
      if (partition instanceof Partition) await partition.recovered
    }
    this.#hasBegun = true
  }

  /** Some replica here counts as holding what it lost: this broker may not serve yet. */
  get mustLeaveFirst(): boolean {
    return this.#lacking.size > 0
  }

  /** Leads nothing any more; all who wait are answered. */
  resign(): void {
    this.#isStopping = true
    this.#isrChanges.close()
    for (const partition of this.partitions()) partition.resign()
  }

  /** Follows nobody any more: the logs may be closed. */
  async stopFollowing(): Promise<void> {
    await this.#reviews.stop()
    await this.#unwell.stop()
    await this.#lost.stop()
    await this.#followers.stop()
  }

  /** Stops after each, so that others may have a turn. */
  *#apply(placed: readonly Placed[]): Generator<void> {
    const unopened: Placed[] = []
    for (const place of placed) {
      const hosted = this.#hosted(place)
      if (hosted instanceof Partition) {
        this.#tell(hosted, place)
        yield
      } else if (hosted?.retryAtMs === Infinity) this.#host(place, { ...hosted, ...place })
      else unopened.push({ isNew: this.#hasBegun, ...hosted, ...place })
    }
    yield* this.#openEach(unopened)
  }

  #hosted({ local: { topic, partition } }: Placed): Hosted | undefined {
    return this.#topics.get(topic)?.get(partition)
  }

  #tell(hosted: Partition, place: Placed): void {
    const { registration } = place.local
    this.#countIsrChange(hosted.leading?.isr ?? [], registration)
    this.#attempt(place, () => {
      hosted.applyMetadata(registration, place.config)
      this.#reviewLoss(hosted)
      this.#follow(hosted)
      this.#lost.place(hosted, registration)
    })
  }

  #countIsrChange(
    before: readonly NodeId[],
    { leader, isr }: LocalPartition['registration'],
  ): void {
    if (before.length === 0 || leader !== this.#nodeId) return
    if (before.some((id) => !isr.includes(id))) this.isrReadings.shrinks += 1
    if (isr.some((id) => !before.includes(id))) this.isrReadings.expands += 1
  }

  #open(place: Placed): void {
    for (const _ of this.#openEach([place]));
  }

  /**
   * Opens the logs and does what metadata says. What cannot be opened is offline. Stops after each,
   * so that others may have a turn; a request may have opened one meanwhile.
   */
  *#openEach(placed: readonly Placed[]): Generator<void> {
    const logs = this.#openLogs(placed)
    for (const place of placed) {
      const log = logs.next().value as Log | LograftError
      const hosted = this.#hosted(place)
      if (hosted instanceof Partition) this.#tell(hosted, place)
      else this.#attempt(place, () => this.#begin(place, log))
      yield
    }
  }

  #begin(place: Placed, log: Log | LograftError): void {
    if (log instanceof LograftError) throw log
    const { topic, topicId, partition: index, registration } = place.local
    const traffic = this.traffic.get(topic) ?? new Traffic()
    this.traffic.set(topic, traffic)
    const identity = { topic, topicId, index, nodeId: this.#nodeId, traffic }
    const partition = new Partition(identity, log, place.config, this.#partitionPorts)
    partition.applyMetadata(registration, place.config)
    this.#host(place, partition)
    this.#follow(partition)
    this.#lost.place(partition, registration)
    if (!log.loss.any) return
    this.#lacking.add(partition)
    this.#reviewLoss(partition)
    this.#unwell.suspect(partition)
  }

  /**
   * A log that counts nowhere, or of which there is no other, may lack what it lost. One that was
   * opened late, while this broker serves, leads nothing until then.
   */
  #reviewLoss(partition: Partition): void {
    if (!this.#lacking.has(partition)) return
    if (partition.standing.counts && !partition.standing.isAlone) return partition.resign()
    this.#lacking.delete(partition)
    const { topic, index, log } = partition
    try {
      log.loss.forget()
    } catch (thrown) {
      if (!(thrown instanceof DiskError)) throw thrown
      // It leaves once more after the next start.
      this.#ports.logger.warn(
        { topic, partition: index, err: thrown },
        'loss of records not settled',
      )
    }
  }

  /** What is damaged follows nobody until it has left the ISR, and was cut. */
  #follow(partition: Partition): void {
    if (partition.log.damagedAt === null) return this.#followers.place(partition)
    this.#followers.drop(partition)
    this.#unwell.suspect(partition)
  }

  // --- what is unwell (S14)

  #look({ topic, index }: ReplicaName): Condition | null {
    const hosted = this.#topics.get(topic)?.get(index)
    if (hosted === undefined) return null
    if (!(hosted instanceof Partition)) return conditionOf(hosted, this.#nodeId)
    const { topicId, leaderEpoch } = hosted
    const { counts, isAlone } = hosted.standing
    const reason = this.#lacking.has(hosted) && counts ? 'records-lost' : hosted.ailment
    return reason === null ? null : { topicId, leaderEpoch, counts, isAlone, reason }
  }

  #left({ topic, index }: ReplicaName, { topicId, leaderEpoch }: Condition): void {
    const hosted = this.#topics.get(topic)?.get(index)
    if (hosted instanceof Partition && hosted.topicId === topicId) hosted.hasLeftIsr(leaderEpoch)
  }

  /** It counts nowhere, and is fetched anew: from the damage on, or from the beginning. */
  #renew({ topic, index }: ReplicaName): void {
    const hosted = this.#topics.get(topic)?.get(index)
    if (hosted === undefined) return
    const { logs, logger } = this.#ports
    try {
      if (hosted instanceof Partition) {
        hosted.dropDamaged()
        this.#follow(hosted)
      } else {
        logs.setAside(topic, index)
        this.#open({ ...hosted, isNew: true })
      }
      logger.info({ topic, partition: index }, 'replica begins again')
    } catch (thrown) {
      if (!(thrown instanceof DiskError)) throw thrown
      logger.warn({ topic, partition: index, err: thrown }, 'replica cannot begin again')
    }
  }

  /**
   * The partitions' logs: those on disk if they are of these topics' lives, else new ones. A log of
   * another life (the name was deleted and created again) is set aside and kept. One that is there
   * and damaged, or should be there and is not, is never replaced by an empty one.
   */
  #openLogs(placed: readonly Placed[]): Generator<Log | LograftError, void> {
    const { logs, logger } = this.#ports
    for (const { local } of placed) {
      const { topic, topicId, partition } = local
      logs.openAgain({ topic, partition })
      const onDisk = logs.topicIdOf(topic, partition)
      if (onDisk === undefined || onDisk === topicId) continue
      logger.warn({ topic, partition, topicId, onDisk }, 'log of another topic set aside')
      logs.setAside(topic, partition)
    }
    return logs.createEach(placed.map(requestOf))
  }

  /**
   * One log that cannot be used does not take the others with it: its partition is offline, nothing
   * is changed on disk, and the message says what can be done.
   */
  #attempt(place: Placed, action: () => void): void {
    const { topic, partition } = place.local
    try {
      action()
    } catch (thrown) {
      if (!isLograftError(thrown)) throw thrown
      const { logger, clock } = this.#ports
      const was = this.#topics.get(topic)?.get(partition)
      if (was instanceof Partition) this.#leave(was)
      // Said once: a retry that fails has nothing to add.
      if (was === undefined || was instanceof Partition)
        logger.error({ topic, partition, err: thrown }, 'partition offline')
      const retryAtMs = isTransient(thrown) ? clock.monotonicMs() + RETRY_MS : Infinity
      this.#host(place, { ...place, offline: thrown, retryAtMs })
      this.#unwell.suspect({ topic, index: partition })
    }
  }

  #host({ local: { topic, partition } }: Placed, hosted: Hosted): void {
    const hosts = this.#topics.get(topic) ?? new Map<number, Hosted>()
    this.#topics.set(topic, hosts)
    hosts.set(partition, hosted)
  }

  #drop(deletes: readonly { readonly topic: string; readonly partition: number }[]): void {
    const { logs, logger } = this.#ports
    for (const { topic, partition } of deletes) {
      const hosts = this.#topics.get(topic)
      const hosted = hosts?.get(partition)
      hosts?.delete(partition)
      if (hosts?.size === 0) this.#forgetTopic(topic)
      if (hosted instanceof Partition) this.#leave(hosted)
    }
    if (deletes.length === 0) return
    logs.deleteAll(deletes).catch((thrown: unknown) => {
      if (!(thrown instanceof DiskError)) return this.#ports.fatal(asError(thrown))
      // They are served no more; at the next start they are set aside as strays.
      logger.error({ err: thrown }, 'directories of deleted partitions could not be renamed')
    })
  }

  #forgetTopic(topic: string): void {
    this.#topics.delete(topic)
    this.#trafficGone.add(this.traffic.get(topic) ?? new Traffic())
    this.traffic.delete(topic)
  }

  #leave(partition: Partition): void {
    partition.resign()
    this.#lacking.delete(partition)
    this.#followers.drop(partition)
    this.#lost.drop(partition)
  }

  #updateQuotas({ configs }: MetadataImage): void {
    if (configs === this.#configs) return
    this.#configs = configs
    const live = liveNodeConfig(this.#config, { configs })
    const nowMs = this.#ports.clock.monotonicMs()
    this.#quotas.leader.limit(live['leader.replication.throttled.rate'], nowMs)
    this.#quotas.follower.limit(live['follower.replication.throttled.rate'], nowMs)
  }

  /** Applies changed settings to the partitions they concern, whoever leads them. */
  async #updateConfigs({ configs: changes }: MetadataDelta, image: MetadataImage): Promise<void> {
    const concernsAll =
      changes.hasChanged(CLUSTER_RESOURCE) || changes.hasChanged(brokerResource(this.#nodeId))
    const topics = concernsAll
      ? [...this.#topics.keys()]
      : [...changes.changed.keys()]
          .map(resourceOf)
          .filter(({ type, name }) => type === 'topic' && this.#topics.has(name))
          .map(({ name }) => name)
    const turns = new Turns(this.#ports.clock)
    for (const topic of topics) {
      const config = effectiveTopicConfig(this.#config, image, topic)
      await loadCodecs([config])
      const hosts = this.#topics.get(topic)
      for (const [index, hosted] of hosts ?? []) {
        if (hosted instanceof Partition) hosted.updateConfig(config)
        // For when its log can be opened.
        else hosts?.set(index, { ...hosted, config })
      }
      await turns.giveWay()
    }
  }
}

function requestOf({ local, config, isNew = false }: Placed): CreateRequest {
  const { topic, topicId, partition } = local
  return { topic, topicId, partition, config, isNew }
}

/** Of a replica that could not be opened. */
function conditionOf({ local, offline }: OfflineReplica, self: NodeId): Condition {
  const { topicId, registration } = local
  const { leaderEpoch, isr, elr, replicas } = registration
  const counts = isr.includes(self) || elr.includes(self)
  return { topicId, leaderEpoch, counts, isAlone: replicas.length === 1, reason: reasonOf(offline) }
}

function reasonOf(offline: LograftError): Condition['reason'] {
  // What is not there any more is as good as damaged; anything else may be mended by a restart.
  if (offline.code === 'LOG_CORRUPT' || offline.code === 'LOG_MISSING') return 'corrupt-segment'
  return isTransient(offline) ? 'full-disk' : 'failing-directory'
}

/** Lets others have a turn when a loop has had its own for too long. */
class Turns {
  readonly #clock: Clock
  #sinceMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#sinceMs = clock.monotonicMs()
  }

  get isOver(): boolean {
    return this.#clock.monotonicMs() - this.#sinceMs >= TURN_MS
  }

  async giveWay(): Promise<void> {
    if (!this.isOver) return
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

/**
 * The group coordinators of this broker: one for each partition of `__consumer_offsets` that it
 * leads. It tells requests which of them is theirs, follows metadata (who leads, which topics are
 * gone), and creates the topic when it is first needed.
 */
import { every, type Background } from '../../base/background.ts'
import { delay } from '../../base/clock.ts'
import type { NodeId } from '../../base/ids.ts'
import type { Random } from '../../base/random.ts'
import { uuidFromRandom } from '../../bytes/uuid.ts'
import type { NodeConfig } from '../../config/node-options.ts'
import type { MetadataDelta } from '../../metadata/delta.ts'
import type { MetadataImage } from '../../metadata/image.ts'
import { EMPTY_IMAGE } from '../../metadata/image.ts'
import type { MetadataPublisher } from '../../metadata/publisher.ts'
import { NO_LEADER } from '../../metadata/records.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { DescribedGroup, ListedGroup } from '../groups/group.ts'
import { groupRulesOf } from '../groups/group-rules.ts'
import { GroupReadings } from '../groups/readings.ts'
import type { FetchedGroup, GroupFetch } from '../groups/offset-fetch.ts'
import { allOffsets, fetchedOffsets, unreadGroup } from '../groups/offset-fetch.ts'
import type {
  GroupRequest,
  JoinRequest,
  OffsetDeleteRequest,
  OffsetDeleteResponse,
  ResponseTo,
} from '../groups/requests.ts'
import { groupIdOf, refusalOf } from '../groups/requests.ts'
import { OFFSETS_TOPIC, partitionForGroup } from '../offsets-topic.ts'
import type { CoordinatorPartition, TopicCreator } from '../ports.ts'
import type { GroupRuntime, HostedPartitionPorts } from './hosted-partition.ts'
import { HostedPartition } from './hosted-partition.ts'
import { OffsetsTopicCreation } from './offsets-topic-creation.ts'
import type { WhenLeaving } from './shard-runtime.ts'
import { allCommitted, offsetsAsked, storedOffsets } from './stored-offsets.ts'
import { expireOffsets, forgetTopics } from './sweeps.ts'

export interface GroupCoordinatorPorts extends Omit<
  HostedPartitionPorts,
  'rules' | 'readings' | 'commitTimeoutMs'
> {
  readonly random: Random
  /** The partition of the offsets topic, or why this broker does not have it. */
  readonly partition: (index: number) => CoordinatorPartition | ErrorCode
  readonly creator: TopicCreator
}

/** Partitions that could not be opened, or ended for a reason of their own, are looked at again. */
const REVIEW_MS = 1_000

/** Who coordinates a group: a broker, or nobody for now. */
export type FoundCoordinator = {
  readonly nodeId: NodeId
  readonly host: string
  readonly port: number
} | null

export class GroupCoordinator implements MetadataPublisher {
  readonly name = 'groups'
  readonly readings = new GroupReadings()
  readonly #nodeId: NodeId
  readonly #ports: GroupCoordinatorPorts
  readonly #hosted = new Map<number, HostedPartition>()
  readonly #hostedPorts: HostedPartitionPorts
  readonly #creation: OffsetsTopicCreation
  readonly #upkeep: readonly Background[]
  #image: MetadataImage = EMPTY_IMAGE
  readonly #closing = new AbortController()

  constructor(
    { nodeId, config }: { readonly nodeId: NodeId; readonly config: NodeConfig },
    ports: GroupCoordinatorPorts,
  ) {
    this.#nodeId = nodeId
    this.#ports = ports
    this.#hostedPorts = {
      ...ports,
      rules: groupRulesOf(config),
      readings: this.readings,
      commitTimeoutMs: config['offsets.commit.timeout.ms'],
    }
    this.#creation = new OffsetsTopicCreation(config, ports)
    const sweepMs = config['offsets.retention.check.interval.ms']
    const { clock, fatal } = ports
    this.#upkeep = [
      every(
        clock,
        { name: 'review of coordinators', intervalMs: REVIEW_MS },
        () => this.#review(),
        fatal,
      ),
      every(
        clock,
        { name: 'expiry of committed offsets', intervalMs: sweepMs },
        () => expireOffsets(this.#runtimes(), (name) => this.#image.topics.byName.has(name)),
        fatal,
      ),
    ]
  }

  // ---- metadata ---------------------------------------------------------------------------------

  onMetadataUpdate(delta: MetadataDelta, image: MetadataImage): void {
    this.#image = image
    this.#review()
    const gone = new Set([...delta.topics.deleted.values()].map(({ name }) => name))
    if (gone.size > 0)
      void forgetTopics(this.#runtimes(), gone, () => this.#pause()).catch((err: unknown) => {
        this.#ports.logger.warn({ err }, 'offsets of deleted topics are not forgotten')
      })
  }

  #pause(): Promise<unknown> {
    return delay(this.#ports.clock, REVIEW_MS, this.#closing.signal)
  }

  /** Everything that is hosted has its view, everything that is led its shard. */
  #review(): void {
    if (this.#closing.signal.aborted) return
    const partitions = this.#image.topics.byName.get(OFFSETS_TOPIC)?.partitions ?? []
    for (const [index, { partition }] of this.#hosted)
      if (this.#ports.partition(index) !== partition) this.#leave(index, partition)
    for (const [index, { replicas }] of partitions.entries()) {
      if (!replicas.includes(this.#nodeId)) continue
      const found = this.#hosted.get(index) ?? this.#host(index)
      found?.review()
    }
  }

  #leave(index: number, { topicId }: CoordinatorPartition): void {
    this.#hosted.get(index)?.end()
    this.#hosted.delete(index)
    // One that cannot be used for now keeps its place, and its view.
    const replicas = this.#image.topics.byId.get(topicId)?.partitions[index]?.replicas
    if (!replicas?.includes(this.#nodeId)) this.#ports.views.forget({ topicId, partition: index })
  }

  #host(index: number): HostedPartition | undefined {
    const partition = this.#ports.partition(index)
    if (typeof partition === 'number') return undefined
    const host = new HostedPartition(partition, this.#hostedPorts)
    this.#hosted.set(index, host)
    return host
  }

  /** The shards of groups that are coordinated here. */
  *serving(): Iterable<GroupRuntime> {
    for (const runtime of this.#runtimes()) if (runtime.isServing) yield runtime
  }

  *#runtimes(): Iterable<GroupRuntime> {
    for (const { runtime } of [...this.#hosted.values()]) if (runtime !== null) yield runtime
  }

  /** All who wait are answered; nothing of it is under way any more. */
  async close(): Promise<void> {
    this.#closing.abort()
    for (const host of this.#hosted.values()) host.end()
    this.#hosted.clear()
    await Promise.all(this.#upkeep.map((loop) => loop.stop()))
  }

  // ---- where a group is coordinated -------------------------------------------------------------

  /** Creates the topic when there is none. */
  async find(groupId: string): Promise<FoundCoordinator> {
    if (!this.#image.topics.byName.has(OFFSETS_TOPIC))
      await this.#creation.once(this.#image.brokers.size)
    const { topics, brokers } = this.#image
    const partitions = topics.byName.get(OFFSETS_TOPIC)?.partitions ?? []
    const leader = partitions[partitionForGroup(groupId, partitions.length)]?.leader ?? NO_LEADER
    const broker = leader === NO_LEADER ? undefined : brokers.get(leader)
    return broker === undefined || broker.fenced ? null : broker
  }

  /** The shard that the group belongs to, or why it is not to be asked here and now. */
  #runtimeOf(groupId: string): GroupRuntime | ErrorCode {
    const partitions = this.#image.topics.byName.get(OFFSETS_TOPIC)?.partitions
    if (partitions === undefined) {
      void this.#creation.once(this.#image.brokers.size)
      return errors.COORDINATOR_NOT_AVAILABLE
    }
    const index = partitionForGroup(groupId, partitions.length)
    const runtime = this.#hosted.get(index)?.runtime
    return runtime ?? errors.NOT_COORDINATOR
  }

  // ---- requests ---------------------------------------------------------------------------------

  /** Has decided when it returns; what it needs of the request later is copied. */
  ask<Request extends GroupRequest>(
    request: Request,
    whenLeaving?: WhenLeaving,
  ): Promise<ResponseTo<Request>> {
    const runtime = this.#runtimeOf(groupIdOf(request))
    const answer =
      typeof runtime === 'number'
        ? Promise.resolve(refusalOf(request, runtime))
        : runtime.ask(request, whenLeaving)
    // The shard answers each request in its own shape.
    return answer as Promise<ResponseTo<Request>>
  }

  join(
    request: Omit<JoinRequest, 'api' | 'uuid'>,
    whenLeaving: WhenLeaving,
  ): Promise<ResponseTo<JoinRequest>> {
    const uuid = uuidFromRandom(this.#ports.random.bytes(16))
    return this.ask({ ...request, api: 'JoinGroup', uuid }, whenLeaving)
  }

  async fetchOffsets(apiVersion: number, asked: GroupFetch): Promise<FetchedGroup> {
    const { groupId, topics } = asked
    const runtime = this.#runtimeOf(groupId)
    // Kafka's: for consumers, what is not available here is an end; they do ask elsewhere.
    const refused = (code: ErrorCode) =>
      unreadGroup(
        apiVersion,
        asked,
        code === errors.COORDINATOR_NOT_AVAILABLE ? errors.NOT_COORDINATOR : code,
      )
    if (typeof runtime === 'number') return refused(runtime)
    if (runtime.readFault !== errors.NONE) return refused(runtime.readFault)
    if (topics === null) return this.#fetchAll(runtime, groupId, refused)
    return runtime.read(async (view) => {
      // What is committed by now may not be in the view yet.
      const committedEnd = runtime.committedEnd
      const find = await offsetsAsked(view, { groupId, topics })
      if (runtime.readFault !== errors.NONE) return refused(runtime.readFault)
      return fetchedOffsets({ groupId, topics }, (topic, partition) => {
        const where = { groupId, topic, partition }
        const newer = runtime.shard.committedBelow(committedEnd, where)
        return newer === undefined ? find(topic, partition) : newer
      })
    })
  }

  async #fetchAll(
    runtime: GroupRuntime,
    groupId: string,
    refused: (code: ErrorCode) => FetchedGroup,
  ): Promise<FetchedGroup> {
    const { fault, seen } = await allCommitted(runtime, groupId)
    return seen === null ? refused(fault) : allOffsets(groupId, seen)
  }

  async describe(groupId: string): Promise<DescribedGroup | ErrorCode> {
    const runtime = this.#runtimeOf(groupId)
    if (typeof runtime === 'number') return runtime
    const { fault, seen } = await runtime.look((shard) => shard.describe(groupId))
    return seen ?? fault
  }

  /** The groups of all shards here; with an error when some of them cannot be told yet. */
  async list(
    states: readonly string[],
  ): Promise<{ readonly errorCode: ErrorCode; readonly groups: readonly ListedGroup[] }> {
    const looks = [...this.#runtimes()].map((runtime) =>
      runtime.look((shard) => shard.list(states)),
    )
    const told = await Promise.all(looks)
    // Whoever is coordinated elsewhere by now is told of there.
    const untold = told.find(
      ({ fault }) => fault !== errors.NONE && fault !== errors.NOT_COORDINATOR,
    )
    const errorCode = untold?.fault ?? errors.NONE
    return { errorCode, groups: told.flatMap(({ seen }) => seen ?? []) }
  }

  async deleteGroup(groupId: string): Promise<ErrorCode> {
    if (groupId === '') return errors.INVALID_GROUP_ID
    const runtime = this.#runtimeOf(groupId)
    if (typeof runtime === 'number') return runtime
    if (runtime.fault !== errors.NONE) return runtime.fault
    const { answer } = await runtime.read(async (view) => {
      const offsets = await storedOffsets(view, groupId)
      const request = { api: 'DeleteGroup', groupId, offsets } as const
      return { answer: this.ask(request) }
    })
    return (await answer).errorCode
  }

  async deleteOffsets(body: OffsetDeleteRequest['body']): Promise<OffsetDeleteResponse> {
    const runtime = this.#runtimeOf(body.groupId)
    const fault = typeof runtime === 'number' ? runtime : runtime.fault
    if (typeof runtime === 'number' || fault !== errors.NONE)
      return { errorCode: fault, topics: [] }
    const { answer } = await runtime.read(async (view) => {
      const offsets = await storedOffsets(view, body.groupId)
      return { answer: this.ask({ api: 'OffsetDelete', body, offsets }) }
    })
    return answer
  }
}

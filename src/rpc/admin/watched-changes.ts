/**
 * Metadata as things with keys, each of which a change replaces or removes
 * (proto/lograft/admin/v1/changes.proto): the whole of an image, and what an entry does to one.
 * Pure.
 */
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { MetadataDelta } from '../../metadata/delta.ts'
import type { MetadataImage } from '../../metadata/image.ts'
import type { ConfigResource, Overrides } from '../../metadata/image/configs.ts'
import { overridesOf, resourceOf } from '../../metadata/image/configs.ts'
import type { PartitionRegistration } from '../../metadata/image/topics.ts'
import { brokerOf, controllerOf, partitionOf, resourceOf as resourceMessage } from './described.ts'

const wire = lograft.admin.v1
type Change = lograft.admin.v1.Change
type IChange = lograft.admin.v1.IChange

const change = (one: IChange): Change => new wire.Change(one)

interface NamedTopic {
  readonly name: string
  readonly topicId: string
}

/** From nothing to `image`. */
export function* wholeOf(image: MetadataImage): Generator<Change, void> {
  for (const broker of image.brokers.values())
    yield change({ broker: new wire.WatchedBroker(brokerOf(broker)) })
  for (const controller of image.controllers.values())
    yield change({ controller: controllerOf(controller) })
  for (const [name, level] of image.features) yield featureAt(name, level)
  for (const key of image.configs.byResource.keys()) {
    const resource = resourceOf(key)
    if (resource.type !== 'topic') yield* configsSet(resource, overridesOf(image.configs, resource))
  }
  for (const topic of image.topics.byName.values()) {
    yield topicThere(topic)
    yield* configsSet(
      { type: 'topic', name: topic.name },
      overridesOf(image.configs, { type: 'topic', name: topic.name }),
    )
    for (const [partition, registration] of topic.partitions.entries())
      yield partitionAt(topic, partition, registration)
  }
}

/** From the image that `delta` began with to `next`, which it gave. */
export function* changesOf(delta: MetadataDelta, next: MetadataImage): Generator<Change, void> {
  const { image: was, cluster, topics, configs } = delta
  for (const [brokerId, broker] of cluster.changedBrokers)
    yield broker === null
      ? change({ brokerGone: brokerId })
      : change({ broker: new wire.WatchedBroker(brokerOf(broker)) })
  for (const controller of cluster.changedControllers.values())
    if (controller !== null) yield change({ controller: controllerOf(controller) })
  for (const [name, level] of cluster.changedFeatures) yield featureAt(name, level)
  // A name may live again.
  const gone = new Set<string>()
  for (const { name, topicId } of topics.deleted.values()) {
    gone.add(name)
    yield change({ topicGone: new wire.WatchedTopic({ name, topicId }) })
  }
  for (const topic of topics.changed.values()) {
    if (topic.was === null) yield topicThere(topic)
    for (const [partition, registration] of topic.changedPartitions)
      yield partitionAt(topic, partition, registration)
  }
  for (const key of configs.changed.keys()) {
    const resource = resourceOf(key)
    const isNew = resource.type === 'topic' && gone.has(resource.name)
    const before = isNew ? null : overridesOf(was.configs, resource)
    yield* configsBetween(resource, before, overridesOf(next.configs, resource))
  }
}

const featureAt = (name: string, level: number) =>
  change({ feature: new wire.FeatureLevel({ name, level }) })

const topicThere = ({ name, topicId }: NamedTopic) =>
  change({ topic: new wire.WatchedTopic({ name, topicId }) })

function partitionAt(
  { name: topic, topicId }: NamedTopic,
  partition: number,
  registration: PartitionRegistration,
): Change {
  const state = partitionOf({ topic, partition }, registration)
  return change({ partition: new wire.WatchedPartition({ topicId, state }) })
}

function configsSet(resource: ConfigResource, overrides: Overrides) {
  return configsBetween(resource, null, overrides)
}

function* configsBetween(
  resource: ConfigResource,
  before: Overrides | null,
  after: Overrides,
): Generator<Change, void> {
  for (const name of before?.keys() ?? [])
    if (!after.has(name)) yield change({ configGone: configOf(resource, name) })
  for (const [name, value] of after)
    if (before?.get(name) !== value) yield change({ config: configOf(resource, name, value) })
}

function configOf(resource: ConfigResource, name: string, value?: string) {
  return new wire.WatchedConfig({
    resource: resourceMessage(resource),
    name,
    ...(value !== undefined && { value }),
  })
}

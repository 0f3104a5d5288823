/**
 * An image as records, and back. Canonical: equal images give equal lists, whatever history made
 * them, which is how nodes are compared (invariants A5, B13). Lazy, so that a snapshot of a large
 * image can be written piece by piece; the image is immutable meanwhile.
 */
import { asNodeId } from '../base/ids.ts'
import { MetadataDelta } from './delta.ts'
import type { MetadataImage } from './image.ts'
import { EMPTY_IMAGE } from './image.ts'
import type { ConfigResource } from './image/configs.ts'
import { overridesOf, resourceOf } from './image/configs.ts'
import type { TopicImage } from './image/topics.ts'
import type { ConfigRecord, MetadataRecord } from './records.ts'

/** The records from which `imageOf` makes `image` again. */
export function* imageRecords(image: MetadataImage): Iterable<MetadataRecord> {
  if (image.clusterId !== null) yield { type: 'ClusterId', clusterId: image.clusterId }
  for (const [name, level] of image.features) yield { type: 'FeatureLevel', name, level }
  for (const broker of image.brokers.values()) yield { type: 'RegisterBroker', ...broker }
  for (const controller of image.controllers.values())
    yield { type: 'RegisterController', ...controller }
  for (const key of image.configs.byResource.keys()) {
    const resource = resourceOf(key)
    if (resource.type !== 'topic') yield* configRecords(image, resource)
  }
  for (const topic of image.topics.byName.values()) yield* topicRecords(image, topic)
  const { nextProducerId } = image.producerIds
  if (nextProducerId > 0)
    // To whom the last block went is history, not state.
    yield { type: 'ProducerIds', nodeId: asNodeId(0), brokerEpoch: 0, nextProducerId }
  for (const key of image.requestKeys.byOffset.values()) {
    const known = image.requestKeys.byKey.get(key)
    if (known !== undefined) yield { type: 'RequestKey', key, ...known }
  }
}

/** The image that records describe: the state after all entries below `endOffset`. */
export function imageOf({
  records,
  endOffset,
  epoch,
}: {
  readonly records: Iterable<MetadataRecord>
  readonly endOffset: number
  /** Of the entry at `endOffset - 1`. */
  readonly epoch: number
}): MetadataImage {
  const delta = new MetadataDelta(EMPTY_IMAGE)
  for (const record of records) delta.replay(record)
  return delta.apply({ offset: endOffset - 1, epoch })
}

/** In the order in which a topic is created: topic, configs, partitions. */
function* topicRecords(image: MetadataImage, topic: TopicImage): Iterable<MetadataRecord> {
  const { name, topicId } = topic
  yield { type: 'Topic', name, topicId }
  yield* configRecords(image, { type: 'topic', name })
  for (const [partition, registration] of topic.partitions.entries())
    yield { type: 'Partition', topicId, partition, ...registration }
}

function* configRecords(image: MetadataImage, resource: ConfigResource): Iterable<ConfigRecord> {
  const { type: resourceType, name: resourceName } = resource
  for (const [key, value] of overridesOf(image.configs, resource))
    yield { type: 'Config', resourceType, resourceName, key, value }
}

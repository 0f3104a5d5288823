/**
 * A change in the making: records are replayed into it, `apply` gives the new image. Publishers
 * read it to see what changed. Replay never fails on a record a command produced from the same
 * image; if it does, that is a bug, and the assertion stops the node rather than guess.
 */
import type { MetadataImage } from './image.ts'
import { ClusterDelta } from './image/cluster.ts'
import { ConfigsDelta } from './image/configs.ts'
import { ProducerIdsDelta } from './image/producer-ids.ts'
import { RequestKeysDelta } from './image/request-keys.ts'
import { TopicsDelta } from './image/topics.ts'
import type { CommittedEntry, MetadataRecord } from './records.ts'

export class MetadataDelta {
  /** What held before. */
  readonly image: MetadataImage
  readonly cluster: ClusterDelta
  readonly topics: TopicsDelta
  readonly configs: ConfigsDelta
  readonly producerIds: ProducerIdsDelta
  readonly requestKeys: RequestKeysDelta

  constructor(image: MetadataImage) {
    this.image = image
    this.cluster = new ClusterDelta(image)
    this.topics = new TopicsDelta(image.topics)
    this.configs = new ConfigsDelta(image.configs)
    this.producerIds = new ProducerIdsDelta(image.producerIds)
    this.requestKeys = new RequestKeysDelta(image.requestKeys)
  }

  replay(record: MetadataRecord): void {
    switch (record.type) {
      case 'ClusterId':
        return this.cluster.replayClusterId(record)
      case 'FeatureLevel':
        return this.cluster.replayFeatureLevel(record)
      case 'RegisterBroker':
        return this.cluster.replayRegisterBroker(record)
      case 'UnregisterBroker':
        return this.cluster.replayUnregisterBroker(record)
      case 'BrokerRegistrationChange':
        return this.cluster.replayBrokerRegistrationChange(record)
      case 'Topic':
        return this.topics.replayTopic(record)
      case 'Partition':
        return this.topics.replayPartition(record)
      case 'PartitionChange':
        return this.topics.replayPartitionChange(record)
      case 'RemoveTopic':
        return this.configs.removeTopic(this.topics.replayRemoveTopic(record))
      case 'Config':
        return this.configs.replayConfig(record)
      case 'ProducerIds':
        return this.producerIds.replayProducerIds(record)
      case 'RegisterController':
        return this.cluster.replayRegisterController(record)
      case 'RequestKey':
        return this.requestKeys.replayRequestKey(record)
      case 'NoOp':
        return
    }
  }

  /** Makes this the difference to `next`, of which only the state is known (a snapshot). */
  replaceBy(next: MetadataImage): void {
    this.cluster.replaceBy(next)
    this.topics.replaceBy(next.topics)
    this.configs.replaceBy(next.configs)
    this.producerIds.replaceBy(next.producerIds)
    this.requestKeys.replaceBy(next.requestKeys)
  }

  /** The image after all that was replayed; `offset` and `epoch` are those of the newest entry. */
  apply({ offset, epoch }: { offset: number; epoch: number }): MetadataImage {
    return {
      metadataOffset: offset,
      controllerEpoch: epoch,
      ...this.cluster.apply(),
      topics: this.topics.apply(),
      configs: this.configs.apply(),
      producerIds: this.producerIds.apply(),
      requestKeys: this.requestKeys.apply(),
    }
  }
}

/** `image` after one more entry. */
export function applyEntry(image: MetadataImage, entry: CommittedEntry): MetadataImage {
  return applyEntries(image, [entry])
}

/** `image` after more entries; cheaper than one at a time. */
export function applyEntries(
  image: MetadataImage,
  entries: readonly CommittedEntry[],
): MetadataImage {
  const newest = entries.at(-1)
  if (newest === undefined) return image
  const delta = new MetadataDelta(image)
  for (const { records } of entries) for (const record of records) delta.replay(record)
  return delta.apply(newest)
}

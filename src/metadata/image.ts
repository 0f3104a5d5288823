/**
 * The cluster's state after some committed entry: immutable, shared freely, never locked. A new
 * image is made from an old one by `delta.ts` and shares with it everything that did not change.
 */
import type { NodeId } from '../base/ids.ts'
import { ImmutableMap } from '../base/immutable-map.ts'
import type { BrokerRegistration, ControllerRegistration } from './image/cluster.ts'
import type { ConfigsImage } from './image/configs.ts'
import { EMPTY_CONFIGS } from './image/configs.ts'
import type { ProducerIdsImage } from './image/producer-ids.ts'
import { EMPTY_PRODUCER_IDS } from './image/producer-ids.ts'
import type { RequestKeysImage } from './image/request-keys.ts'
import { EMPTY_REQUEST_KEYS } from './image/request-keys.ts'
import type { TopicsImage } from './image/topics.ts'
import { EMPTY_TOPICS } from './image/topics.ts'

export interface MetadataImage {
  /** Offset of the newest entry contained; -1 when there is none. */
  readonly metadataOffset: number
  /** Epoch of that entry; -1 when there is none. */
  readonly controllerEpoch: number
  /** Null until the cluster is founded. */
  readonly clusterId: string | null
  /** Level by feature name; a feature that is off is absent. */
  readonly features: ImmutableMap<string, number>
  readonly brokers: ImmutableMap<NodeId, BrokerRegistration>
  readonly controllers: ImmutableMap<NodeId, ControllerRegistration>
  readonly topics: TopicsImage
  readonly configs: ConfigsImage
  readonly producerIds: ProducerIdsImage
  readonly requestKeys: RequestKeysImage
}

export const EMPTY_IMAGE: MetadataImage = {
  metadataOffset: -1,
  controllerEpoch: -1,
  clusterId: null,
  features: ImmutableMap.empty(),
  brokers: ImmutableMap.empty(),
  controllers: ImmutableMap.empty(),
  topics: EMPTY_TOPICS,
  configs: EMPTY_CONFIGS,
  producerIds: EMPTY_PRODUCER_IDS,
  requestKeys: EMPTY_REQUEST_KEYS,
}

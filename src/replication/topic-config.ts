/**
 * A topic's effective configuration: the node's options, what requests have changed for all brokers
 * and for this one over them, the topic's own on top. Safety settings come from metadata alone,
 * never from this node's file (S12): the same for every broker that leads a partition.
 */
import { asNodeId } from '../base/ids.ts'
import { withOverrides } from '../config/dynamic-options.ts'
import type { NodeConfig } from '../config/node-options.ts'
import type { TopicConfig } from '../config/topic-options.ts'
import { resolveTopicConfig } from '../config/topic-options.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { brokerOverrides, clusterOverrides, topicOverrides } from '../metadata/image/configs.ts'

export function effectiveTopicConfig(
  nodeConfig: NodeConfig,
  image: Pick<MetadataImage, 'configs'>,
  topic: string,
): TopicConfig {
  const live = liveNodeConfig(nodeConfig, image)
  return resolveTopicConfig(live, topicOverrides(image.configs, topic))
}

/** The node's own configuration, and what requests changed for all brokers and for this one. */
export function liveNodeConfig(
  nodeConfig: NodeConfig,
  { configs }: Pick<MetadataImage, 'configs'>,
): NodeConfig {
  const ofThis = brokerOverrides(configs, asNodeId(nodeConfig['node.id']))
  return withOverrides(nodeConfig, clusterOverrides(configs), ofThis)
}

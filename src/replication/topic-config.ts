/**
 * A topic's effective configuration: the node's options, the cluster's committed settings over
 * them, the topic's own on top. Safety settings come from metadata alone, never from this node's
 * file (S12): the same for every broker that leads a partition.
 */
import type { NodeConfig } from '../config/node-options.ts'
import type { TopicConfig } from '../config/topic-options.ts'
import { isTopicOption, resolveTopicConfig } from '../config/topic-options.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { clusterOverrides, topicOverrides } from '../metadata/image/configs.ts'

export function effectiveTopicConfig(
  nodeConfig: NodeConfig,
  { configs }: MetadataImage,
  topic: string,
): TopicConfig {
  const overrides = new Map<string, string>()
  for (const [name, value] of clusterOverrides(configs))
    if (isTopicOption(name)) overrides.set(name, value)
  for (const [name, value] of topicOverrides(configs, topic)) overrides.set(name, value)
  return resolveTopicConfig(nodeConfig, overrides)
}

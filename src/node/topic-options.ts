/**
 * The table of topic options as the controller asks for it: is this allowed, and what holds then.
 * Where a value comes from is told with the numbers of DescribeConfigs (KIP-226).
 */
import type { NodeConfig, NodeOptionName } from '../config/node-options.ts'
import type { OptionType } from '../config/option.ts'
import {
  resolveTopicConfig,
  topicOptionNames,
  topicOptions,
  validateTopicOverrides,
} from '../config/topic-options.ts'
import type { EffectiveConfig, TopicOptions } from '../controller/requests.ts'

const SOURCE = { topic: 1, staticBroker: 4, default: 5 } as const

/** @param named the node options that a file, the environment or a flag sets. */
export function topicOptionsOf(
  config: NodeConfig,
  named: ReadonlySet<NodeOptionName>,
): TopicOptions {
  return {
    validate: (overrides) => validateTopicOverrides(overrides, config),
    effective(overrides) {
      const resolved = resolveTopicConfig(config, overrides)
      return topicOptionNames.map((name): EffectiveConfig => {
        const { synonyms, type } = topicOptions[name]
        const isNamed = synonyms.some(({ option }) => named.has(option))
        const inherited = isNamed ? SOURCE.staticBroker : SOURCE.default
        return {
          name,
          // Each value is of the type in its own row; the compiler cannot follow the index.
          value: (type as OptionType<unknown>).print(resolved[name]),
          readOnly: false,
          source: overrides.has(name) ? SOURCE.topic : inherited,
          isSensitive: false,
        }
      })
    },
  }
}

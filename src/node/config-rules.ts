/**
 * The tables of options as the controller asks for them: is this allowed, and what holds then. The
 * answers are those of this node, under what the committed metadata says.
 */
import { asNodeId } from '../base/ids.ts'
import { liveConfig, topicDescriber } from '../config/config-entries.ts'
import type { NodeSettings } from '../config/config-entries.ts'
import { checkNodeOverrides, withOverrides } from '../config/dynamic-options.ts'
import type { NodeConfig, NodeOptionName } from '../config/node-options.ts'
import { isNodeOption, nodeOptions } from '../config/node-options.ts'
import type { OptionType } from '../config/option.ts'
import {
  checkTopicOverrides,
  isTopicOption,
  resolveTopicConfig,
  topicOptions,
} from '../config/topic-options.ts'
import type { ConfigRules } from '../controller/requests.ts'
import type { ConfigsImage } from '../metadata/image/configs.ts'
import {
  CLUSTER_RESOURCE,
  brokerOverrides,
  clusterOverrides,
  resourceOf,
} from '../metadata/image/configs.ts'

/** @param named the node options that a file, the environment or a flag sets. */
export function configRulesOf(config: NodeConfig, named: ReadonlySet<NodeOptionName>): ConfigRules {
  const nodeId = asNodeId(config['node.id'])
  const settingsUnder = (configs: ConfigsImage): NodeSettings => ({
    config,
    named,
    forAll: clusterOverrides(configs),
    forThis: brokerOverrides(configs, nodeId),
  })
  // One image of the configs serves all topics of a request.
  let known: { configs: ConfigsImage; describe: ReturnType<typeof topicDescriber> } | null = null
  const describerUnder = (configs: ConfigsImage) => {
    if (known?.configs !== configs)
      known = { configs, describe: topicDescriber(settingsUnder(configs)) }
    return known.describe
  }
  return {
    check({ type, name }, overrides, configs) {
      if (type === 'topic')
        return checkTopicOverrides(overrides, liveConfig(settingsUnder(configs)))
      if (name !== CLUSTER_RESOURCE.name)
        return checkNodeOverrides(overrides, {
          config: withOverrides(config, clusterOverrides(configs)),
          forAll: false,
        })
      const checked = checkNodeOverrides(overrides, { config, forAll: true })
      if ('problem' in checked) return checked
      return underBrokers(configs, withOverrides(config, checked.overrides)) ?? checked
    },
    inheritedItems({ type, name: resourceName }, name, configs) {
      const live = liveConfig(settingsUnder(configs))
      if (type === 'topic')
        return isTopicOption(name)
          ? itemsOf(topicOptions[name].type, resolveTopicConfig(live, new Map())[name])
          : null
      if (!isNodeOption(name)) return null
      const base = resourceName === CLUSTER_RESOURCE.name ? config : live
      return itemsOf(nodeOptions[name].type, base[name])
    },
    effective(overrides, configs) {
      return describerUnder(configs)(overrides).map(
        ({ name, value, readOnly, source, isSensitive }) => ({
          ...{ name, value, readOnly, source, isSensitive },
        }),
      )
    },
  }
}

/** The first broker whose own values, laid over this configuration, contradict it. */
function underBrokers(configs: ConfigsImage, config: NodeConfig): { problem: string } | null {
  for (const [key, own] of configs.byResource) {
    const { type, name } = resourceOf(key)
    if (type !== 'broker' || name === CLUSTER_RESOURCE.name) continue
    const checked = checkNodeOverrides(own, { config, forAll: false })
    if ('problem' in checked)
      return { problem: `With what is set for broker ${name}: ${checked.problem}` }
  }
  return null
}

function itemsOf(type: { readonly kafkaType: string }, value: unknown): readonly string[] | null {
  if (type.kafkaType !== 'LIST' || value === null) return null
  const text = (type as OptionType<unknown>).print(value)
  return text === '' ? [] : text.split(',')
}

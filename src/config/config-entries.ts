/**
 * Configuration as DescribeConfigs and CreateTopics tell it: each option with its value, where the
 * value comes from, and what it would be without that (KIP-226). One table for both, so that they
 * agree. No option is secret today, so none is hidden. Pure.
 */
import type { NodeOverrides } from './dynamic-options.ts'
import { isDynamicOption, printNodeOption, withOverrides } from './dynamic-options.ts'
import type { NodeConfig, NodeOptionName } from './node-options.ts'
import { nodeOptionNames, nodeOptions } from './node-options.ts'
import type { KafkaType, Option } from './option.ts'
import {
  printTopicOption,
  resolveTopicConfig,
  topicOptionNames,
  topicOptions,
} from './topic-options.ts'

/** Kafka's numbers for where a value comes from. */
const SOURCE = { topic: 1, broker: 2, allBrokers: 3, file: 4, default: 5 } as const

/** Kafka's numbers for the types of values. */
const TYPE = {
  BOOLEAN: 1,
  STRING: 2,
  INT: 3,
  LONG: 5,
  DOUBLE: 6,
  LIST: 7,
} as const satisfies Record<KafkaType, number>

/** All that decides what a node's options are. */
export interface NodeSettings {
  /** From defaults, file, environment and flags. */
  readonly config: NodeConfig
  /** Those that file, environment or flags name. */
  readonly named: ReadonlySet<NodeOptionName>
  /** Changed by requests: for all brokers, and for this one. */
  readonly forAll: NodeOverrides
  readonly forThis: NodeOverrides
}

interface ConfigSynonym {
  readonly name: string
  readonly value: string | null
  readonly source: number
}

export interface ConfigEntry {
  readonly name: string
  /** Null when it is not set. */
  readonly value: string | null
  readonly source: number
  readonly readOnly: boolean
  readonly isSensitive: boolean
  readonly type: number
  readonly doc: string
  /** The value itself first, then what it would be without it. */
  readonly synonyms: readonly ConfigSynonym[]
}

/** What holds on the node. */
export function liveConfig({ config, forAll, forThis }: NodeSettings): NodeConfig {
  return withOverrides(config, forAll, forThis)
}

/**
 * Says what holds for a topic with these overrides; made once, then cheap. What topics inherit is
 * the same for all of them, also in memory.
 */
export function topicDescriber(
  settings: NodeSettings,
): (overrides: ReadonlyMap<string, string>) => readonly ConfigEntry[] {
  const inherited = resolveTopicConfig(liveConfig(settings), new Map())
  const entries = topicOptionNames.map((name): ConfigEntry => {
    const { type, synonyms, doc } = topicOptions[name]
    const chain = chainOf(
      settings,
      synonyms.map(({ option }) => option),
    )
    return {
      name,
      value: printTopicOption(name, inherited[name]),
      source: chain[0]?.source ?? SOURCE.default,
      readOnly: false,
      isSensitive: false,
      type: TYPE[type.kafkaType],
      doc,
      synonyms: chain,
    }
  })
  return (overrides) => {
    if (overrides.size === 0) return entries
    const own = resolveTopicConfig(settings.config, overrides)
    return entries.map((entry, at) => {
      const name = topicOptionNames[at]
      if (name === undefined || !overrides.has(name)) return entry
      const value = printTopicOption(name, own[name])
      const source = SOURCE.topic
      return { ...entry, value, source, synonyms: [{ name, value, source }, ...entry.synonyms] }
    })
  }
}

/** Every option of the node. */
export function nodeEntries(settings: NodeSettings): readonly ConfigEntry[] {
  const live = liveConfig(settings)
  return nodeOptionNames.map((name): ConfigEntry => {
    const value = live[name] === null ? null : printNodeOption(name, live[name])
    const chain = chainOf(settings, groupOf(name))
    const own = chain.findIndex((synonym) => synonym.name === name)
    return nodeEntry(name, value, own < 0 ? [] : chain.slice(own))
  })
}

/** What requests have changed for all brokers; and of the options `named`, the default. */
export function sharedEntries(
  { forAll }: Pick<NodeSettings, 'forAll'>,
  named: ReadonlySet<string> = new Set(),
): readonly ConfigEntry[] {
  return nodeOptionNames.flatMap((name) => {
    const value = forAll.get(name)
    if (value !== undefined)
      return [nodeEntry(name, value, [{ name, value, source: SOURCE.allBrokers }])]
    if (!named.has(name)) return []
    const usual = defaultTextOf(name) ?? null
    const synonyms = usual === null ? [] : [{ name, value: usual, source: SOURCE.default }]
    return [nodeEntry(name, usual, synonyms)]
  })
}

function nodeEntry(
  name: NodeOptionName,
  value: string | null,
  synonyms: readonly ConfigSynonym[],
): ConfigEntry {
  const { type, doc } = nodeOptions[name]
  return {
    name,
    value,
    source: synonyms[0]?.source ?? SOURCE.default,
    readOnly: !isDynamicOption(name),
    isSensitive: false,
    type: TYPE[type.kafkaType],
    doc,
    synonyms,
  }
}

/** The options of which the first that is set counts, for an option that is one of several. */
function groupOf(name: NodeOptionName): readonly NodeOptionName[] {
  for (const option of topicOptionNames) {
    const group = topicOptions[option].synonyms.map((synonym) => synonym.option)
    if (group.length > 1 && group.includes(name)) return group
  }
  return [name]
}

/** Every place where one of the options is set, in the order in which they count. */
function chainOf(
  { config, named, forAll, forThis }: NodeSettings,
  options: readonly NodeOptionName[],
): readonly ConfigSynonym[] {
  const level = (source: number, textOf: (name: NodeOptionName) => string | undefined) =>
    options.flatMap((name): ConfigSynonym[] => {
      const value = textOf(name)
      return value === undefined ? [] : [{ name, value, source }]
    })
  return [
    ...level(SOURCE.broker, (name) => forThis.get(name)),
    ...level(SOURCE.allBrokers, (name) => forAll.get(name)),
    ...level(SOURCE.file, (name) =>
      named.has(name) && config[name] !== null ? printNodeOption(name, config[name]) : undefined,
    ),
    ...level(SOURCE.default, defaultTextOf),
  ]
}

/** Undefined for what has none, or one that depends on other options. */
function defaultTextOf(name: NodeOptionName): string | undefined {
  const row = nodeOptions[name] as Option<unknown>
  if (row.default === null || row.default === undefined) return undefined
  return printNodeOption(name, row.default)
}

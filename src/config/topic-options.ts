/**
 * The one table of topic options: what a topic may override, and which node option it overrides. A
 * topic's configuration is the node's, with the topic's own settings laid over it. Type, bounds,
 * unit and doc sentence of a topic option are those of the node option it stands in for. Pure.
 * Messages are worded as Kafka words them: they travel to clients in CreateTopics (INVALID_CONFIG).
 */
import { LograftError } from '../base/errors.ts'
import { nearestName } from './nearest.ts'
import type { NodeConfig, NodeOptionName } from './node-options.ts'
import { nodeOptions } from './node-options.ts'
import type { OptionType, Parsed, Unit } from './option.ts'
import { throttledReplicas } from './throttled-replicas.ts'
import { unsupportedTopicOption } from './unsupported.ts'

/** A node option, and how many of the topic option's units one of its own is worth. */
export interface Synonym {
  readonly option: NodeOptionName
  readonly times: number
}

export interface TopicOption<Value> {
  readonly type: OptionType<Value>
  /** Where the value comes from when the topic does not set it: the first of these that is set. */
  readonly synonyms: readonly Synonym[]
  /** Where there is nothing to inherit. */
  readonly default?: Value
  readonly unit?: Unit
  readonly doc: string
}

/** A topic option that stands in for `option`, or, where that is not set, for one of `others`. */
function overrides<Name extends NodeOptionName>(
  option: Name,
  ...others: readonly Synonym[]
): TopicOption<NonNullable<NodeConfig[Name]>> {
  const row = nodeOptions[option]
  return {
    // The row of `option` holds values of that option; the compiler cannot follow the index.
    type: row.type as unknown as OptionType<NonNullable<NodeConfig[Name]>>,
    synonyms: [{ option, times: 1 }, ...others],
    doc: row.doc,
    ...(row.unit === undefined ? {} : { unit: row.unit }),
  }
}

/** Of no node: each topic says it of itself. */
function throttles(doc: string): TopicOption<readonly string[]> {
  return { type: throttledReplicas, synonyms: [], default: [], doc }
}

const inHours = (option: NodeOptionName): Synonym => ({ option, times: 3_600_000 })
const inMinutes = (option: NodeOptionName): Synonym => ({ option, times: 60_000 })

export const topicOptions = {
  'cleanup.policy': overrides('log.cleanup.policy'),
  'compression.type': overrides('compression.type'),
  'delete.retention.ms': overrides('log.cleaner.delete.retention.ms'),
  'file.delete.delay.ms': overrides('log.segment.delete.delay.ms'),
  'flush.messages': overrides('log.flush.interval.messages'),
  'flush.ms': overrides('log.flush.interval.ms', {
    option: 'log.flush.scheduler.interval.ms',
    times: 1,
  }),
  'follower.replication.throttled.replicas': throttles(
    'Replicas that are held to follower.replication.throttled.rate while they catch up.',
  ),
  'index.interval.bytes': overrides('log.index.interval.bytes'),
  'leader.replication.throttled.replicas': throttles(
    'Replicas that are held to leader.replication.throttled.rate in what they send to those that catch up.',
  ),
  'max.compaction.lag.ms': overrides('log.cleaner.max.compaction.lag.ms'),
  'max.message.bytes': overrides('message.max.bytes'),
  'message.timestamp.after.max.ms': overrides('log.message.timestamp.after.max.ms'),
  'message.timestamp.before.max.ms': overrides('log.message.timestamp.before.max.ms'),
  'message.timestamp.type': overrides('log.message.timestamp.type'),
  'min.cleanable.dirty.ratio': overrides('log.cleaner.min.cleanable.ratio'),
  'min.compaction.lag.ms': overrides('log.cleaner.min.compaction.lag.ms'),
  'min.insync.replicas': overrides('min.insync.replicas'),
  'retention.bytes': overrides('log.retention.bytes'),
  'retention.ms': overrides(
    'log.retention.ms',
    inMinutes('log.retention.minutes'),
    inHours('log.retention.hours'),
  ),
  'segment.bytes': overrides('log.segment.bytes'),
  'segment.index.bytes': overrides('log.index.size.max.bytes'),
  'segment.jitter.ms': overrides('log.roll.jitter.ms', inHours('log.roll.jitter.hours')),
  'segment.ms': overrides('log.roll.ms', inHours('log.roll.hours')),
  'unclean.leader.election.enable': overrides('unclean.leader.election.enable'),
}

export type TopicOptionName = keyof typeof topicOptions

/**
 * A topic's effective configuration: `config['segment.bytes']` is a number of bytes,
 * `config['retention.ms']` is Infinity for a topic kept for ever.
 */
export type TopicConfig = {
  readonly [Name in TopicOptionName]: (typeof topicOptions)[Name] extends TopicOption<infer Value>
    ? Value
    : never
}

/** Every name of the table, in its order. */
export const topicOptionNames = Object.keys(topicOptions) as readonly TopicOptionName[]

export function isTopicOption(name: string): name is TopicOptionName {
  return Object.hasOwn(topicOptions, name)
}

/** The value a topic has while it does not set the option itself. */
function inherit(nodeConfig: NodeConfig, { synonyms, ...row }: TopicOption<unknown>): unknown {
  for (const { option, times } of synonyms) {
    const value = nodeConfig[option]
    if (value === null) continue
    return typeof value === 'number' ? value * times : value
  }
  return row.default
}

/**
 * What a topic with these overrides does on a node with this configuration. The overrides come from
 * committed metadata, which took only valid ones: one that cannot be read is an error with code
 * INVALID_CONFIG (an older version met what a newer one wrote), never a default in its place.
 */
export function resolveTopicConfig(
  nodeConfig: NodeConfig,
  topicOverrides: ReadonlyMap<string, string>,
): TopicConfig {
  const config: Record<string, unknown> = {}
  for (const name of topicOptionNames) config[name] = inherit(nodeConfig, topicOptions[name])
  for (const [name, text] of topicOverrides) {
    const parsed = parseTopicOption(name, text)
    if ('problem' in parsed) throw new LograftError('INVALID_CONFIG', parsed.problem)
    config[name] = parsed.value
  }
  // Each key of the table was set, to what its own type parsed or its node option holds.
  return config as TopicConfig
}

/** What the text means as this option; the problem, when it is unknown or does not fit. */
function parseTopicOption(name: string, text: string): Parsed<unknown> {
  if (isTopicOption(name)) return topicOptions[name].type.parse(text, name)
  const why = unsupportedTopicOption(name)
  if (why !== null) return { problem: `Topic config ${name} is not supported: ${why}` }
  const meant = meantTopicOption(name)
  const hint = meant === null ? '' : ` (${meant})`
  return { problem: `Unknown topic config name: ${name}${hint}` }
}

/** For people: what was probably meant by a name that is no topic option; null: nobody knows. */
export function meantTopicOption(name: string): string | null {
  const overriding = topicOptionNames.find((own) =>
    topicOptions[own].synonyms.some(({ option }) => option === name),
  )
  if (overriding !== undefined) return `that is the node's; for a topic it is ${overriding}`
  const nearest = nearestName(name, topicOptionNames)
  return nearest === null ? null : `did you mean ${nearest}?`
}

/** Overrides as they are to be kept, each as its type prints it; or a sentence: why not. */
export type CheckedOverrides =
  { readonly overrides: ReadonlyMap<string, string> } | { readonly problem: string }

/**
 * Checks what a client asks for; the problem is the message for its error INVALID_CONFIG. What is
 * kept is short, however it was written. Pass the node's configuration to have the options checked
 * against each other too.
 */
export function checkTopicOverrides(
  entries: Iterable<readonly [name: string, text: string | null]>,
  nodeConfig?: NodeConfig,
): CheckedOverrides {
  const topicOverrides = new Map<string, string>()
  for (const [name, text] of entries) {
    if (text === null) return { problem: `Null value not supported for topic configs: ${name}` }
    const parsed = parseTopicOption(name, text)
    if ('problem' in parsed) return parsed
    topicOverrides.set(name, printTopicOption(name as TopicOptionName, parsed.value))
  }
  const problem = nodeConfig ? contradiction(resolveTopicConfig(nodeConfig, topicOverrides)) : null
  return problem === null ? { overrides: topicOverrides } : { problem }
}

/** The text of a value of this option. */
export function printTopicOption(name: TopicOptionName, value: unknown): string {
  // Each value is of the type in its own row; the compiler cannot follow the index.
  return (topicOptions[name].type as OptionType<unknown>).print(value)
}

/** Options that fit one by one and not together; null when there are none. */
function contradiction(config: TopicConfig): string | null {
  const min = config['min.compaction.lag.ms']
  const max = config['max.compaction.lag.ms']
  if (min <= max) return null
  return `conflict topic config setting min.compaction.lag.ms (${min}) > max.compaction.lag.ms (${max})`
}

/**
 * Node options that requests change while nodes run (KIP-226): which they are, what they may be,
 * and the configuration that results. They are those that topics inherit, so a change has its
 * effect wherever a topic does not say otherwise; all others are read at the start only. Pure.
 * Messages are worded as Kafka words them: they travel to clients.
 */
import { LograftError } from '../base/errors.ts'
import { checks } from './checks.ts'
import { nearestName } from './nearest.ts'
import type { NodeConfig, NodeOptionName } from './node-options.ts'
import { isNodeOption, nodeOptionNames, nodeOptions } from './node-options.ts'
import type { Option, OptionType, Parsed } from './option.ts'
import type { CheckedOverrides } from './topic-options.ts'
import { unsupportedNodeFamily, unsupportedNodeOption } from './unsupported.ts'

/** Dynamic values by name, as committed metadata holds them. */
export type NodeOverrides = ReadonlyMap<string, string>

export function isDynamicOption(name: NodeOptionName): boolean {
  return nodeOptions[name].update === 'cluster-wide'
}

/** What one broker must not decide for itself (SAFETY S12). */
function isForAllBrokers(name: NodeOptionName): boolean {
  return (nodeOptions[name] as Option<unknown>).seedsMetadata === true
}

/** The text of a value of this option. */
export function printNodeOption(name: NodeOptionName, value: unknown): string {
  // Each value is of the type in its own row; the compiler cannot follow the index.
  return (nodeOptions[name].type as OptionType<unknown>).print(value)
}

function parse(name: string, text: string): Parsed<unknown> {
  if (isNodeOption(name)) return nodeOptions[name].type.parse(text, name)
  const why = unsupportedNodeOption(name, text) ?? unsupportedNodeFamily(name)
  if (why !== null) return { problem: `Config ${name} is not supported: ${why.reason}` }
  const nearest = nearestName(name, nodeOptionNames)
  const hint = nearest === null ? '' : ` (did you mean ${nearest}?)`
  return { problem: `Unknown config name: ${name}${hint}` }
}

/**
 * The configuration with dynamic values laid over it, a later level over an earlier one. They are
 * from committed metadata, which took only valid ones: one that cannot be read is an error with
 * code INVALID_CONFIG (an older version met what a newer one wrote), never a default in its place.
 */
export function withOverrides(config: NodeConfig, ...levels: readonly NodeOverrides[]): NodeConfig {
  const result: Record<string, unknown> = { ...config }
  for (const level of levels)
    for (const [name, text] of level) {
      const parsed = parse(name, text)
      if ('problem' in parsed) throw new LograftError('INVALID_CONFIG', parsed.problem)
      result[name] = parsed.value
    }
  // Each name is of the table, and was set to what its own type parsed.
  return result as NodeConfig
}

/**
 * Checks the dynamic values of all brokers, or of one.
 *
 * @param config what they are laid over.
 */
export function checkNodeOverrides(
  wanted: NodeOverrides,
  { config, forAll }: { readonly config: NodeConfig; readonly forAll: boolean },
): CheckedOverrides {
  const names = [...wanted.keys()]
  const fixed = names.filter((name) => isNodeOption(name) && !isDynamicOption(name))
  if (fixed.length > 0)
    return { problem: `Cannot update these configs dynamically: ${fixed.join(', ')}` }
  const overrides = new Map<string, string>()
  for (const [name, text] of wanted) {
    const parsed = parse(name, text)
    if ('problem' in parsed) return parsed
    const known = name as NodeOptionName
    if (!forAll && isForAllBrokers(known))
      return { problem: `${name} is the same for all brokers; change it for the broker ''` }
    overrides.set(name, printNodeOption(known, parsed.value))
  }
  const problem = contradiction(withOverrides(config, overrides), new Set(names))
  return problem === null ? { overrides } : { problem }
}

function contradiction(config: NodeConfig, changed: ReadonlySet<string>): string | null {
  for (const { options, problem } of checks) {
    if (!options.some((name) => changed.has(name))) continue
    const message = problem(config, (name) => changed.has(name))
    if (message !== null) return `${options[0] ?? ''}: ${message}`
  }
  return null
}

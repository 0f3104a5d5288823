/**
 * From texts to a checked configuration: defaults, under a .properties file, under LOGRAFT_
 * environment variables, under key=value flags. Pure: whoever calls reads the file and hands over
 * the environment. Nothing is accepted in silence: an unknown name or a value that does not fit is
 * an error, and all of them are told at once, each with the place it stands in.
 */
import { LograftError } from '../base/errors.ts'
import { checks } from './checks.ts'
import { nearestName } from './nearest.ts'
import type { NodeConfig, NodeOptionName } from './node-options.ts'
import { isNodeOption, nodeOptionNames, nodeOptions } from './node-options.ts'
import type { Option } from './option.ts'
import { parseProperties } from './properties.ts'
import { isTopicOption, topicOptions } from './topic-options.ts'
import type { Verdict } from './unsupported.ts'
import { unsupportedNodeFamily, unsupportedNodeOption } from './unsupported.ts'

/** Where settings come from; a later one of these comes before an earlier one. */
export interface ConfigSources {
  /** A .properties file: `name` is how messages call it. */
  readonly file?: { readonly name: string; readonly text: string }
  /** Variables that begin with LOGRAFT_ count: LOGRAFT_LOG_DIRS is log.dirs. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Each `key=value`. */
  readonly flags?: readonly string[]
}

type SourceKind = 'default' | 'file' | 'environment' | 'flag'

interface Place {
  /** For people: `server.properties line 3`, `LOGRAFT_LOG_DIRS`, `--set log.dirs`. */
  readonly where: string
  /** Sorts what is told as it was read: by source, then by line or turn. */
  readonly order: number
}

/** Where a value was found. `text` is what stood there, to the letter. */
interface Origin extends Place {
  readonly source: Exclude<SourceKind, 'default'>
  readonly text: string
}

/** Where each source begins in that order; a file has fewer lines than lie between two. */
const FIRST = { file: 0, environment: 1e9, flag: 2e9, default: 3e9 } as const

export interface LoadedConfig {
  readonly config: NodeConfig
  /** Of the options that were set; all others have their defaults. */
  readonly origins: ReadonlyMap<NodeOptionName, Origin>
  /** For people, one line each. */
  readonly warnings: readonly string[]
}

/** One thing that is wrong, and where. */
export interface ConfigProblem {
  readonly where: string
  readonly message: string
}

/** More than these at once nobody reads. */
const TOLD_MAX = 10

/** Everything that is wrong with a configuration; the message lists the first ten problems. */
export class InvalidConfig extends LograftError<'INVALID_CONFIG'> {
  readonly problems: readonly ConfigProblem[]

  /** `notProperties`: the file in which not one property was known, if there is one. */
  constructor(problems: readonly ConfigProblem[], notProperties: string | null) {
    const told = problems.slice(0, TOLD_MAX)
    const lines = told.map(({ where, message }) => `  ${where}: ${message}`)
    if (problems.length > TOLD_MAX) {
      lines.push(`  … and ${problems.length - TOLD_MAX} more`)
      if (notProperties !== null) lines.push(`${notProperties} looks like no .properties file.`)
    }
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
    super('INVALID_CONFIG', [`The configuration has ${count}:`, ...lines].join('\n'))
    this.problems = problems
  }
}

/** A node's configuration, or InvalidConfig. */
export function loadNodeConfig(sources: ConfigSources = {}): NodeConfig {
  return readNodeConfig(sources).config
}

/** A node's configuration with where it came from and what is odd about it, or InvalidConfig. */
export function readNodeConfig(sources: ConfigSources = {}): LoadedConfig {
  const found: Found = { origins: new Map(), problems: [], warnings: [], withoutEffect: new Map() }
  if (sources.file) readFile(sources.file, found)
  if (sources.environment) readEnvironment(sources.environment, found)
  if (sources.flags) readFlags(sources.flags, found)
  const { config, unreadable } = evaluate(found)
  for (const { options, problem } of checks) {
    if (options.some((name) => unreadable.has(name))) continue
    const message = problem(config, (name) => found.origins.has(name))
    if (message !== null) found.problems.push({ ...placeOf(options, found), message })
  }
  if (found.problems.length > 0) throw invalid(sources, found)
  const warnings = [...found.warnings, ...withoutEffectWarnings(found)]
  return { config, origins: found.origins, warnings }
}

/** What reading the sources has gathered so far. */
interface Found {
  readonly origins: Map<NodeOptionName, Origin>
  readonly problems: (Place & ConfigProblem)[]
  readonly warnings: string[]
  /** By source, as people call it: Kafka's properties that were set there for nothing, and why. */
  readonly withoutEffect: Map<string, Map<string, string>>
}

function invalid({ file }: ConfigSources, found: Found): InvalidConfig {
  const isKnown =
    file === undefined ||
    found.withoutEffect.has(file.name) ||
    [...found.origins.values()].some(({ source }) => source === 'file')
  return new InvalidConfig(inOrder(found.problems), isKnown ? null : file.name)
}

function inOrder(problems: Found['problems']): readonly ConfigProblem[] {
  return problems
    .toSorted((one, other) => one.order - other.order)
    .map(({ where, message }) => ({ where, message }))
}

/** One warning for each source, however many such properties it sets. */
function withoutEffectWarnings({ withoutEffect }: Found): string[] {
  return [...withoutEffect].map(([source, reasons]) => {
    const names = [...reasons.keys()]
    const [[name, reason] = []] = reasons
    return names.length === 1
      ? `1 property of ${source} has no effect here, you can delete it: ${name} (${reason})`
      : `${names.length} properties of ${source} have no effect here, you can delete them: ${names.join(', ')}`
  })
}

function readFile({ name, text }: { name: string; text: string }, found: Found): void {
  const { entries, problems, warnings } = parseProperties(text)
  const at = (line: number): Place => ({ where: `${name} line ${line}`, order: FIRST.file + line })
  for (const { line, message } of problems) found.problems.push({ ...at(line), message })
  for (const { line, message } of warnings) found.warnings.push(`${at(line).where}: ${message}`)
  for (const { key, value, line } of entries)
    set({ name: key, source: 'file', sourceName: name, ...at(line), text: value }, found)
}

const VARIABLE_PREFIX = 'LOGRAFT_'

/** The environment variable that sets an option. */
export function variableName(name: string): string {
  return VARIABLE_PREFIX + name.toUpperCase().replaceAll('.', '_')
}

function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  found: Found,
): void {
  for (const [turn, variable] of Object.keys(environment).sort().entries()) {
    const text = environment[variable]
    if (!variable.startsWith(VARIABLE_PREFIX) || text === undefined) continue
    const name = variable.slice(VARIABLE_PREFIX.length).toLowerCase().replaceAll('_', '.')
    const place = { where: variable, order: FIRST.environment + turn }
    set({ name, source: 'environment', sourceName: 'the environment', ...place, text }, found)
  }
}

function readFlags(flags: readonly string[], found: Found): void {
  for (const [turn, flag] of flags.entries()) {
    const [, name, text] = /^\s*([^=\s]+)\s*=([^]*)$/.exec(flag) ?? []
    const place = { where: `--set ${name ?? flag}`, order: FIRST.flag + turn }
    if (name === undefined || text === undefined)
      found.problems.push({ ...place, message: 'expected key=value' })
    else set({ name, source: 'flag', sourceName: '--set', ...place, text }, found)
  }
}

/** Something a source sets; `sourceName` is how people call the source. */
type Setting = Origin & { readonly name: string; readonly sourceName: string }

function set({ name, sourceName, ...origin }: Setting, found: Found): void {
  const { where, order, source, text } = origin
  if (!isNodeOption(name)) {
    const verdict = judge(name, text)
    if (verdict?.effect === 'none') {
      const reasons = found.withoutEffect.get(sourceName) ?? new Map<string, string>()
      found.withoutEffect.set(sourceName, reasons.set(name, verdict.reason))
    } else {
      const message = verdict
        ? `${name} is not supported: ${verdict.reason}`
        : whyUnknown(name, source)
      found.problems.push({ where, order, message })
    }
    return
  }
  const earlier = found.origins.get(name)
  if (earlier?.source === source)
    found.warnings.push(`${where}: ${name} was set before (${earlier.where}); this value counts`)
  found.origins.set(name, origin)
}

/** A slip or two is a misspelling of ours, even within a family we do not have. */
const nearlyOurs = (name: string) => nearestName(name, nodeOptionNames, 2)

/** What becomes of a property of Kafka's that is not in the table; null when it is not Kafka's. */
function judge(name: string, text: string): Verdict | null {
  if (isTopicOption(name)) return null
  return (
    unsupportedNodeOption(name, text) ??
    (nearlyOurs(name) === null ? unsupportedNodeFamily(name) : null)
  )
}

/** For a name that nobody knows: what was probably meant. */
function whyUnknown(name: string, source: SourceKind): string {
  if (isTopicOption(name)) {
    const inherited = topicOptions[name].synonyms[0]?.option
    const ofNode = inherited === undefined ? '' : `; for all topics of a node it is ${inherited}`
    return `${name} is a property of topics${ofNode}`
  }
  const meant = nearlyOurs(name) ?? nearestName(name, nodeOptionNames)
  if (meant === null)
    return `there is no property ${name}; "lograft start --help" lists all there are`
  const known = source === 'environment' ? variableName(meant) : meant
  return `there is no property ${name}; did you mean ${known}?`
}

/** Each option's value: what was set, or its default. Those that cannot be read keep undefined. */
function evaluate(found: Found): { config: NodeConfig; unreadable: Set<NodeOptionName> } {
  const values: Record<string, unknown> = {}
  const unreadable = new Set<NodeOptionName>()

  const parse = (name: NodeOptionName, text: string, { where, order }: Place) => {
    const parsed = nodeOptions[name].type.parse(text, name)
    if ('value' in parsed) return parsed.value
    unreadable.add(name)
    found.problems.push({ where, order, message: `${parsed.problem}${expectation(name)}` })
    return undefined
  }

  const valueOf = (name: NodeOptionName): unknown => {
    if (Object.hasOwn(values, name)) return values[name]
    const row = nodeOptions[name] as Option<unknown>
    const origin = found.origins.get(name)
    if (origin) return (values[name] = parse(name, origin.text, origin))
    if (!row.inherited) return (values[name] = row.default)
    // The table names its own options only, and in no circle; a unit test holds it to that.
    const other = row.inherited.option as NodeOptionName
    const otherValue = valueOf(other)
    if (unreadable.has(other)) unreadable.add(name)
    if (unreadable.has(name)) return (values[name] = undefined)
    const text = (nodeOptions[other] as Option<unknown>).type.print(otherValue as object)
    return (values[name] = parse(name, row.inherited.text?.(text) ?? text, placeOf([name], found)))
  }

  for (const name of nodeOptionNames) valueOf(name)
  // Every name of the table has what its own type parsed, or is among the unreadable.
  return { config: values as NodeConfig, unreadable }
}

/** What would have fitted, for a person who did not look it up. */
function expectation(name: NodeOptionName): string {
  const { type, unit } = nodeOptions[name]
  const parts = [type.kafkaType, unit, type.valid].filter((part) => part)
  return ` (it is ${parts.join(', ')})`
}

/** The place to look at when options do not go together: the first of them that was set. */
function placeOf(options: readonly NodeOptionName[], { origins }: Found): Place {
  const blamed = options.find((name) => origins.has(name))
  const origin = blamed && origins.get(blamed)
  if (!origin) return { where: `default of ${options[0] ?? 'everything'}`, order: FIRST.default }
  const { where, order } = origin
  // A flag names its property itself.
  return { where: where.endsWith(` ${blamed}`) ? where : `${where} (${blamed})`, order }
}

/**
 * What `lograft config get|set|unset` do: options of a topic, of a broker, or of all brokers, with
 * where each value comes from and what it would be without that.
 */
import { LograftError } from '../base/errors.ts'
import type { ConfigEntry, ConfigPlace } from '../client/admin.ts'
import { CONFIG_SOURCE } from '../client/admin.ts'
import type { Cluster } from '../client/cluster.ts'
import { nearestName } from '../config/nearest.ts'
import type { ClientFlags } from './client-flags.ts'
import { exitCodes } from './exit-codes.ts'
import { report } from './report.ts'
import { DONE, complain, existingTopic, fail, withCluster, type Session } from './session.ts'
import { table } from './table.ts'
import { isNotDefault } from './topic-description.ts'
import { adminOf, withMeantOption } from './topic-option.ts'

export interface PlaceFlags extends ClientFlags {
  readonly topic?: string
  readonly broker?: number
  readonly allBrokers?: true
}

export interface GetFlags extends PlaceFlags {
  readonly all?: true
}

export interface ChangeFlags extends PlaceFlags {
  readonly dryRun?: true
}

const SOURCES: Readonly<Record<number, string>> = {
  [CONFIG_SOURCE.topic]: 'topic',
  [CONFIG_SOURCE.broker]: 'broker',
  [CONFIG_SOURCE.allBrokers]: 'all brokers',
  // A file, the environment or flags of the node: it does not say which.
  [CONFIG_SOURCE.file]: 'start',
  [CONFIG_SOURCE.default]: 'default',
}

const sourceOf = (source: number) => SOURCES[source] ?? 'unknown'

/** Named options; without names those that are not at their default, or `--all`. */
export async function get(names: readonly string[], flags: GetFlags): Promise<void> {
  await atPlace(flags, (place, { cluster, output }) =>
    report(output, flags, async () => {
      const entries = await entriesOf(cluster, place, names)
      refuseUnknown(entries, names)
      const isShown = (entry: ConfigEntry) =>
        names.length > 0 ? names.includes(entry.name) : (flags.all ?? isNotDefault(entry))
      const shown = entries.filter(isShown).sort((a, b) => (a.name < b.name ? -1 : 1))
      if (shown.length > 0) return { json: shown.map(jsonOf), text: printEntries(shown) }
      return { json: [], text: '', notes: ['every option has its default; --all lists them'] }
    }),
  )
}

/**
 * What all brokers have in common is only what was set for them. An option that is named and not
 * set is as every broker has it by default.
 */
async function entriesOf(
  cluster: Cluster,
  place: ConfigPlace,
  names: readonly string[],
): Promise<readonly ConfigEntry[]> {
  const entries = await adminOf(cluster).describeConfigs(place)
  if (!isShared(place) || names.length === 0) return entries
  const [broker] = (await cluster.metadata([])).brokers
  if (!broker) return entries
  const ofOne = await adminOf(cluster).describeConfigs({ broker: broker.nodeId })
  const isSet = new Set(entries.map(({ name }) => name))
  return [...entries, ...ofOne.filter(({ name }) => !isSet.has(name)).map(byDefault)]
}

function byDefault({ synonyms, ...entry }: ConfigEntry): ConfigEntry {
  const rest = synonyms.filter(({ source }) => source === CONFIG_SOURCE.default)
  const own = rest.find(({ name }) => name === entry.name)
  const value = own?.value ?? null
  return { ...entry, value, configSource: CONFIG_SOURCE.default, synonyms: rest }
}

function jsonOf({ name, value, configSource, readOnly, synonyms }: ConfigEntry) {
  return {
    ...{ name, value, source: sourceOf(configSource), readOnly },
    synonyms: synonyms.map((one) => ({ ...one, source: sourceOf(one.source) })),
  }
}

function printEntries(entries: readonly ConfigEntry[]): string {
  return table(
    ['OPTION', 'VALUE', 'SET BY', 'OTHERWISE'],
    entries.map((entry) => {
      const below = entry.synonyms[1]
      const otherwise = below ? `${valueOf(below, entry.name)} (${sourceOf(below.source)})` : null
      return [entry.name, entry.value ?? '-', sourceOf(entry.configSource), otherwise]
    }),
  )
}

/** An option of another name has another unit, too: `retention.ms`, `log.retention.hours=168`. */
function valueOf(synonym: ConfigEntry['synonyms'][number], name: string): string {
  const value = synonym.value ?? '-'
  return synonym.name === name ? value : `${synonym.name}=${value}`
}

export async function set(
  pairs: readonly (readonly [string, string])[],
  flags: ChangeFlags,
): Promise<void> {
  await change(new Map(pairs), flags)
}

export async function unset(names: readonly string[], flags: ChangeFlags): Promise<void> {
  await change(new Map(names.map((name) => [name, null])), flags)
}

interface Step {
  readonly name: string
  readonly before: string | null
  /** Null: not set. */
  readonly after: string | null
  readonly afterSource: string
}

async function change(
  changes: ReadonlyMap<string, string | null>,
  flags: ChangeFlags,
): Promise<void> {
  const { dryRun: validateOnly = false } = flags
  await atPlace(flags, async (place, { cluster, output }) => {
    const admin = adminOf(cluster)
    const entries = await admin.describeConfigs(place)
    // Kafka takes away in silence what it has never heard of.
    const taken = [...changes].flatMap(([name, value]) => (value === null ? [name] : []))
    if (!isShared(place)) refuseUnknown(entries, taken)
    const plan = [...changes].map(([name, value]) => stepOf(entries, { name, value, place }))
    await admin.alterConfigs(place, changes, { validateOnly }).catch((thrown: unknown) => {
      throw 'topic' in place ? withMeantOption(thrown, [...changes.keys()]) : thrown
    })
    if (flags.json)
      await output.printJson(plan.map((step) => ({ ...step, changed: !validateOnly })))
    else await output.print(printPlan(plan))
    if (validateOnly) complain('nothing is changed: that was a dry run')
    return DONE
  })
}

function isShared(place: ConfigPlace): boolean {
  return 'broker' in place && place.broker === 'all'
}

function stepOf(
  entries: readonly ConfigEntry[],
  { name, value, place }: { name: string; value: string | null; place: ConfigPlace },
): Step {
  const entry = entries.find((one) => one.name === name)
  const before = entry?.value ?? null
  const own = 'topic' in place ? CONFIG_SOURCE.topic : ownBrokerSource(place)
  if (value !== null) return { name, before, after: value, afterSource: sourceOf(own) }
  const rest = entry?.synonyms.find(({ source }) => source !== own)
  const after = rest ? valueOf(rest, name) : null
  return { name, before, after, afterSource: rest ? sourceOf(rest.source) : 'not set here' }
}

function ownBrokerSource(place: ConfigPlace): number {
  return isShared(place) ? CONFIG_SOURCE.allBrokers : CONFIG_SOURCE.broker
}

function printPlan(plan: readonly Step[]): string {
  return table(
    ['OPTION', 'BEFORE', 'AFTER', 'SET BY'],
    plan.map(({ name, before, after, afterSource }) => [
      ...[name, before ?? '-', after ?? '-', afterSource],
    ]),
  )
}

function refuseUnknown(entries: readonly ConfigEntry[], names: readonly string[]): void {
  const known = entries.map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  const nearest = nearestName(unknown, known)
  const hint = nearest ? `; did you mean ${nearest}?` : ''
  throw new LograftError('USAGE', `there is no option ${unknown} here${hint}`)
}

/** Runs `action` for the one place that the flags name. */
async function atPlace(
  flags: PlaceFlags,
  action: (place: ConfigPlace, session: Session) => Promise<number>,
): Promise<void> {
  const place = placeOf(flags)
  if (place === null) {
    fail(new LograftError('USAGE', 'say of what, once: --topic, --broker or --all-brokers'))
    process.exitCode = exitCodes.usage.code
    return
  }
  await withCluster(flags, async (session) => {
    if ('topic' in place) await existingTopic(session.cluster, place.topic)
    return action(place, session)
  })
}

/** Null: none, or several. */
function placeOf({ topic, broker, allBrokers }: PlaceFlags): ConfigPlace | null {
  const places: readonly (ConfigPlace | false)[] = [
    topic !== undefined && { topic },
    broker !== undefined && { broker },
    allBrokers !== undefined && { broker: 'all' },
  ]
  const named = places.filter((place) => place !== false)
  return named.length === 1 ? (named[0] ?? null) : null
}

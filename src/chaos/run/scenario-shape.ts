/**
 * Whether what somebody wrote is a scenario. It comes from a file of theirs, in plain JavaScript:
 * each thing that is wrong is told, all at once, by where it is and what would be right. What its
 * steps say is checked with the kinds of faults (`faults/schedule.ts`).
 */
import { LograftError } from '../../base/errors.ts'
import { nearestName } from '../../config/nearest.ts'
import type { ClientName, Scenario, WorkloadName } from '../api.ts'

const WORKLOADS: readonly WorkloadName[] = [
  'queue',
  'idempotent',
  'groups',
  'metadata',
  'compacted',
  'retention',
]
const CLIENTS: readonly ClientName[] = ['lograft', 'kafkajs', 'platformatic', 'librdkafka', 'kcat']

const SECONDS_MAX = 7 * 86_400
const BROKERS_MAX = 30
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/

/** Every property, and what is wrong with a value of it; null: nothing. */
const PROPERTIES: Readonly<Record<keyof Scenario, (value: unknown) => string | null>> = {
  name: (value) =>
    typeof value === 'string' && NAME.test(value)
      ? null
      : "lower-case letters, digits and dashes, such as 'kill-leader'",
  claim: (value) =>
    typeof value === 'string' && value.trim() !== ''
      ? null
      : 'the sentence that a valid run proves',
  brokers: (value) => wholeNumber(value, BROKERS_MAX),
  config: (value) => settings(value),
  topics: (value) => (isRecord(value) && Object.values(value).length > 0 ? topics(value) : TOPICS),
  workloads: (value) => (Array.isArray(value) && value.length > 0 ? workloads(value) : LIST),
  seconds: (value) => wholeNumber(value, SECONDS_MAX),
  faults: (value) =>
    Array.isArray(value) || typeof value === 'function'
      ? null
      : 'a list of steps, or a function that draws one, such as every({ ms: 5_000, of: […] })',
  expect: (value) => (value === 'valid' || value === 'invalid' ? null : "'valid' or 'invalid'"),
  mustFind: (value) =>
    Array.isArray(value) && value.every((kind) => typeof kind === 'string')
      ? null
      : "kinds of anomalies, such as ['lost-write']",
  plant: (value) => (typeof value === 'string' ? null : 'the name of a planted bug'),
  check: (value) =>
    typeof value === 'function'
      ? null
      : 'a function from findings to sentences, none when all is well',
}

const REQUIRED = ['name', 'claim', 'seconds', 'faults'] as const
const TOPICS = 'topics by name, such as { orders: { partitions: 6, replicationFactor: 3 } }'
const OF_TOPIC = ['partitions', 'replicationFactor', 'config']
const OF_WORKLOAD = ['workload', 'clients', 'rate', 'acks']
const LIST = `a list of workloads: ${WORKLOADS.join(', ')}`

/** `where`: of which file, for the message. Throws BAD_SCENARIO with all that is wrong. */
export function scenarioFrom(value: unknown, where: string): Scenario {
  if (!isRecord(value))
    throw bad(where, [
      'its default export is no scenario: `export default scenario({ name: …, claim: … })`',
    ])
  const missing = REQUIRED.filter((name) => value[name] === undefined).map(
    (name) => `${name} is missing: ${PROPERTIES[name](undefined) ?? ''}`,
  )
  const wrong = Object.entries(value).flatMap(([name, of]) => {
    if (of === undefined) return []
    if (!isProperty(name)) return unknownProperty(name)
    const expected = PROPERTIES[name](of)
    return expected === null ? [] : [`${name}: expected ${expected}`]
  })
  const scenario = value as unknown as Scenario
  const alone =
    scenario.mustFind !== undefined && scenario.expect !== 'invalid'
      ? ["mustFind is for a negative control, which says expect: 'invalid'"]
      : []
  const all = [...missing, ...wrong, ...alone]
  if (all.length > 0) throw bad(where, all)
  return scenario
}

const bad = (where: string, all: readonly string[]) =>
  new LograftError('BAD_SCENARIO', `${where}: ${all.join('\n  ')}`)

const isProperty = (name: string): name is keyof Scenario => Object.hasOwn(PROPERTIES, name)

function unknownProperty(name: string): readonly string[] {
  const nearest = nearestName(name, Object.keys(PROPERTIES))
  return [`${name} is no property of a scenario${nearest ? `; did you mean ${nearest}?` : ''}`]
}

function wholeNumber(value: unknown, max: number): string | null {
  const isFine = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max
  return isFine ? null : `a whole number from 1 to ${max}`
}

function settings(value: unknown): string | null {
  const isFine =
    isRecord(value) &&
    Object.values(value).every((one) => ['string', 'number', 'boolean'].includes(typeof one))
  return isFine ? null : "properties by Kafka's names, such as { 'min.insync.replicas': 2 }"
}

function topics(named: Readonly<Record<string, unknown>>): string | null {
  for (const [name, of] of Object.entries(named)) {
    if (typeof of === 'number') continue
    if (!isRecord(of)) return TOPICS
    const strange = Object.keys(of).find((key) => !OF_TOPIC.includes(key))
    if (strange !== undefined) return `${OF_TOPIC.join(', ')} of ${name}, and no ${strange}`
  }
  return null
}

function workloads(list: readonly unknown[]): string | null {
  for (const one of list) {
    const name = isRecord(one) ? one['workload'] : one
    if (!WORKLOADS.some((workload) => workload === name)) return LIST
    if (!isRecord(one)) continue
    const strange = Object.keys(one).find((key) => !OF_WORKLOAD.includes(key))
    if (strange !== undefined) return `${OF_WORKLOAD.join(', ')} of a workload, and no ${strange}`
    const { clients, rate, acks } = one
    const areKnown =
      clients === undefined ||
      (Array.isArray(clients) && clients.every((client) => CLIENTS.some((is) => is === client)))
    if (!areKnown) return `clients among ${CLIENTS.join(', ')}`
    if (rate !== undefined && (typeof rate !== 'number' || !(rate > 0)))
      return 'a rate of more than 0 records a second'
    if (acks !== undefined && acks !== -1 && acks !== 1) return 'acks of -1 or 1'
  }
  return null
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The file that says what a cluster shall be (`lograft plan --help` describes it). YAML, of which
 * JSON is a part; whatever is not known is an error that names the nearest that is. Pure.
 */
import { parseDocument } from 'yaml'
import { LograftError } from '../../base/errors.ts'
import { nearestName } from '../../config/nearest.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'

const wire = lograft.admin.v1
type MakePlanRequest = lograft.admin.v1.MakePlanRequest
type DesiredTopic = lograft.admin.v1.DesiredTopic

const TOP_KEYS = ['topics', 'delete-others-with-prefix', 'cluster-configs']
const TOPIC_KEYS = ['partitions', 'replication-factor', 'configs', 'exact-configs']
const COUNT_MAX = 0x7fff_ffff

/** What is wrong with the file, and where in it. */
function wrong(where: string, what: string): LograftError {
  return new LograftError('USAGE', where === '' ? what : `${where}: ${what}`)
}

/** Throws USAGE. */
export function desiredState(text: string): MakePlanRequest {
  // Numbers as they are written: a retention may have more digits than a number can tell apart.
  const document = parseDocument(text, { intAsBigInt: true })
  const [error] = document.errors
  if (error) throw wrong('', error.message)
  const file = fields(document.toJS() as unknown, '', TOP_KEYS)
  const topics = Object.entries(fields(file.topics, 'topics', null))
  if (Object.keys(file).length === 0) throw wrong('', `it says nothing; ${oneOf(TOP_KEYS)}`)
  return new wire.MakePlanRequest({
    topics: topics.map(([name, topic]) => topicOf(name, topic)),
    deleteOthersWithPrefix: list(file['delete-others-with-prefix'], 'delete-others-with-prefix'),
    clusterConfigs: configs(file['cluster-configs'], 'cluster-configs'),
  })
}

function topicOf(name: string, value: unknown): DesiredTopic {
  const where = `topics.${name}`
  const topic = fields(value, where, TOPIC_KEYS)
  const exact = topic['exact-configs'] ?? false
  if (typeof exact !== 'boolean') throw wrong(`${where}.exact-configs`, 'it is true or false')
  return new wire.DesiredTopic({
    name,
    partitions: count(topic.partitions, `${where}.partitions`),
    replicationFactor: count(topic['replication-factor'], `${where}.replication-factor`),
    configs: configs(topic.configs, `${where}.configs`),
    exactConfigs: exact,
  })
}

/** Names and what they stand for; `known`: names there may be, null for any. */
function fields(
  value: unknown,
  where: string,
  known: readonly string[] | null,
): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw wrong(where, 'names are expected here, each with what it stands for')
  for (const name of Object.keys(value)) {
    if (known === null || known.includes(name)) continue
    const nearest = nearestName(name, known)
    const hint = nearest === null ? oneOf(known) : `did you mean ${nearest}?`
    throw wrong(where, `there is no ${JSON.stringify(name)}; ${hint}`)
  }
  return value as Readonly<Record<string, unknown>>
}

const oneOf = (known: readonly string[]) => `there is ${known.join(', ')}`

/** 0 for what is not said. */
function count(value: unknown, where: string): number {
  if (value === undefined || value === null) return 0
  const number = typeof value === 'bigint' ? Number(value) : NaN
  if (number >= 1 && number <= COUNT_MAX) return number
  throw wrong(where, `it is a whole number from 1 to ${COUNT_MAX}`)
}

function list(value: unknown, where: string): string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== ''))
    return value as string[]
  throw wrong(where, 'it is a list of beginnings of names, such as [team-a.]')
}

function configs(value: unknown, where: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields(value, where, null)).map(([name, held]) => [
      name,
      text(held, `${where}.${name}`),
    ]),
  )
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string') return value
  if (['bigint', 'number', 'boolean'].includes(typeof value)) return String(value)
  throw wrong(where, 'it is a text, a number, true or false; a list is a text with commas')
}

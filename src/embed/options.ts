/**
 * Whether options are what they are said to be, also for those who write no TypeScript: a name
 * nobody knows, or a value of another kind, is refused with what is right. Pure.
 */
import { LograftError } from '../base/errors.ts'
import { nearestName } from '../config/nearest.ts'
import { LOG_LEVELS } from '../config/node-options.ts'
import type { StartClusterOptions, TopicOptions } from './api.ts'
import type { Topics } from './topics.ts'

const BROKERS_MAX = 20

const OPTIONS: Readonly<Record<keyof StartClusterOptions, true>> = {
  ...{ brokers: true, topics: true, config: true, directory: true },
  ...{ processes: true, links: true, faults: true, log: true, timeoutMs: true },
}
const TOPIC_OPTIONS: Readonly<Record<keyof TopicOptions, true>> = {
  ...{ partitions: true, replicationFactor: true, config: true },
}

/** Throws INVALID_CONFIG. */
export function refuseUnfit(options: StartClusterOptions): void {
  refuseUnknown(options, OPTIONS, 'startCluster')
  refuseNoRecord(options.config, 'config: properties by name')
  const { log, directory } = options
  if (typeof log === 'string' && !(LOG_LEVELS as readonly string[]).includes(log))
    throw unfit(`log: one of ${LOG_LEVELS.join(', ')}, or a logger, not '${log}'`)
  if (directory !== undefined && (typeof directory !== 'string' || directory.trim() === ''))
    throw unfit('directory: the path of a directory, not nothing')
}

/** Numbered from 1. Throws INVALID_CONFIG. */
export function idsOf({ brokers = 3 }: StartClusterOptions): readonly number[] {
  if (!Number.isInteger(brokers) || brokers < 1 || brokers > BROKERS_MAX)
    throw unfit(`brokers: a number from 1 to ${BROKERS_MAX}, not ${String(brokers)}`)
  return Array.from({ length: brokers }, (_, index) => index + 1)
}

/** Throws INVALID_CONFIG. */
export function topicsOf({ topics = {} }: StartClusterOptions): Topics {
  refuseNoRecord(topics, 'topics: partitions by name, such as { orders: 6 }')
  const entries = Object.entries(topics).map(([name, topic]): [string, TopicOptions] => {
    if (typeof topic === 'number') return [name, { partitions: topic }]
    refuseNoRecord(topic, `topics.${name}: a number of partitions, or options`)
    refuseUnknown(topic, TOPIC_OPTIONS, `topics.${name}`)
    return [name, topic]
  })
  return new Map(entries)
}

function refuseUnknown(given: object, known: object, where: string): void {
  const name = Object.keys(given).find((key) => !Object.hasOwn(known, key))
  if (name === undefined) return
  const meant = nearestName(name, Object.keys(known))
  const instead =
    meant === null ? `; there are ${Object.keys(known).join(', ')}` : `; did you mean ${meant}?`
  throw unfit(`${where}: there is no option ${name}${instead}`)
}

function refuseNoRecord(given: unknown, wanted: string): void {
  if (given === undefined) return
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return
  throw unfit(`${wanted}, not ${JSON.stringify(given)}`)
}

const unfit = (text: string) => new LograftError('INVALID_CONFIG', text)

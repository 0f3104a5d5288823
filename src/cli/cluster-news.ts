/**
 * What changed in a cluster, in sentences for whoever watches it: brokers that come and go, who
 * leads now, in-sync replicas that shrank and are whole again. Pure. A line names a few partitions
 * and counts the rest, so that a change of thousands is one line too.
 */
import { isActive } from '../metadata/image/cluster.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { PartitionRegistration } from '../metadata/image/topics.ts'

export interface Standing {
  readonly image: Pick<MetadataImage, 'brokers' | 'topics'>
  /** Whose controller is active; null: nobody's, as far as is known. */
  readonly controllerId: number | null
}

/** More than these nobody reads. */
const NAMED_MAX = 4

export function newsBetween(before: Standing, after: Standing): readonly string[] {
  return [
    ...controllerNews(before, after),
    ...brokerNews(before, after),
    ...topicNews(before, after),
    ...leaderNews(before, after),
    ...isrNews(before, after),
  ]
}

function controllerNews(before: Standing, after: Standing): readonly string[] {
  const { controllerId: now } = after
  if (now === null || now === before.controllerId) return []
  return [`broker ${now} is the active controller`]
}

function brokerNews(before: Standing, after: Standing): readonly string[] {
  return [...after.image.brokers].flatMap(([id, broker]) => {
    const [was, is] = [isActive(before.image.brokers.get(id)), isActive(broker)]
    if (was === is) return []
    return [`broker ${id} is ${is ? 'in service' : 'out of service'}`]
  })
}

function topicNews(before: Standing, after: Standing): readonly string[] {
  const [were, are] = [before.image.topics.byName, after.image.topics.byName]
  const made = [...are].flatMap(([name, { partitions }]) => {
    if (were.has(name)) return []
    const copies = partitions[0]?.replicas.length ?? 0
    return [`topic ${name} was created: ${count(partitions.length, 'partition')} × ${copies}`]
  })
  const gone = [...were].flatMap(([name]) => (are.has(name) ? [] : [`topic ${name} was deleted`]))
  return [...made, ...gone]
}

function leaderNews(before: Standing, after: Standing): readonly string[] {
  const changed = changes(before, after).filter(({ was, is }) => was.leader !== is.leader)
  const lost = changed.filter(({ is }) => is.leader < 0)
  const elected = changed.filter(({ is }) => is.leader >= 0)
  return [
    ...sentence(
      lost.map(({ name }) => name),
      (names) => `nobody leads ${names}: no replica in sync is in service`,
    ),
    ...sentence(
      elected.map(({ name, is }) => `${name} → ${is.leader}`),
      (names) => `leaders elected: ${names}`,
    ),
  ]
}

function isrNews(before: Standing, after: Standing): readonly string[] {
  const shrunk = changes(before, after).filter(({ was, is }) => is.isr.length < was.isr.length)
  const [broken, left] = [notWhole(before), notWhole(after)]
  return [
    ...sentence(
      shrunk.map(({ name, is }) => `${name} (${is.isr.join() || 'nobody'})`),
      (names) => `ISR shrunk: ${names}`,
    ),
    ...(broken > 0 && left === 0
      ? [`ISR whole again: all replicas of ${count(partitionsOf(after).size, 'partition')}`]
      : []),
  ]
}

interface Change {
  /** `orders-0` */
  readonly name: string
  readonly was: PartitionRegistration
  readonly is: PartitionRegistration
}

/** Of partitions that there are before and after. */
function changes(before: Standing, after: Standing): readonly Change[] {
  const were = partitionsOf(before)
  return [...partitionsOf(after)].flatMap(([name, is]) => {
    const was = were.get(name)
    return was && was !== is ? [{ name, was, is }] : []
  })
}

function partitionsOf({ image }: Standing): ReadonlyMap<string, PartitionRegistration> {
  const topics = [...image.topics.byName.values()]
  return new Map(
    topics.flatMap(({ name, partitions }) =>
      partitions.map((partition, index) => [`${name}-${index}`, partition] as const),
    ),
  )
}

function notWhole(standing: Standing): number {
  const partitions = [...partitionsOf(standing).values()]
  return partitions.filter(({ isr, replicas }) => isr.length < replicas.length).length
}

/** Nothing about nothing. */
function sentence(items: readonly string[], say: (names: string) => string): readonly string[] {
  if (items.length === 0) return []
  const rest = items.length - NAMED_MAX
  return [say(items.slice(0, NAMED_MAX).join(', ') + (rest > 0 ? ` and ${rest} more` : ''))]
}

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`

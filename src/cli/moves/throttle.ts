/**
 * Holding moves back (KIP-73): a rate for all brokers, and for each topic the list of replicas that
 * it counts for. Both are there from before the first move until after the last one, when what was
 * there before is put back; lists hold what is to be moved and nothing of others. A list that
 * nothing is moved for any more was left behind by somebody who was killed, and is taken away.
 */
import { BrokerError } from '../../client/errors.ts'
import type { ConfigChange, PartitionName, ReplicaAdmin } from '../../client/replica-admin.ts'
import { byTopic } from '../../client/replica-admin.ts'
import { errors } from '../../wire/errors.ts'

const SIDES = ['leader', 'follower'] as const
const rateOf = (side: (typeof SIDES)[number]) => `${side}.replication.throttled.rate`
const listOf = (side: (typeof SIDES)[number]) => `${side}.replication.throttled.replicas`

const ALL_BROKERS = { broker: '' } as const
const EVERY_REPLICA = '*'

export interface Throttled extends PartitionName {
  readonly from: readonly number[]
  readonly to: readonly number[]
}

/** The rates that are set for all brokers. */
export async function ratesSet(admin: ReplicaAdmin): Promise<Readonly<Record<string, string>>> {
  const [rates] = await admin.ownConfigs([ALL_BROKERS], SIDES.map(rateOf))
  return Object.fromEntries(rates ?? [])
}

export async function setRate(admin: ReplicaAdmin, bytesPerSecond: number): Promise<void> {
  const value = String(bytesPerSecond)
  const changes = SIDES.map((side) => ({ name: rateOf(side), operation: 'set' as const, value }))
  await admin.changeConfigs(ALL_BROKERS, changes)
}

export async function restoreRates(
  admin: ReplicaAdmin,
  before: Readonly<Record<string, string>>,
): Promise<void> {
  const changes = SIDES.map((side): ConfigChange => {
    const name = rateOf(side)
    const value = before[name]
    return value === undefined
      ? { name, operation: 'delete', value: null }
      : { name, operation: 'set', value }
  })
  await admin.changeConfigs(ALL_BROKERS, changes)
}

/** Puts the replicas of moves on the lists of their topics, or takes them off again. */
export async function changeLists(
  admin: ReplicaAdmin,
  moves: readonly Throttled[],
  operation: 'append' | 'subtract',
): Promise<void> {
  const topics = byTopic(moves)
  for (const [topic, lists] of await listsOf(admin, [...topics.keys()])) {
    const changes = SIDES.flatMap((side): ConfigChange[] => {
      const name = listOf(side)
      const list = lists.get(name)
      // Somebody throttles all there is.
      if (list === EVERY_REPLICA) return []
      const value = (topics.get(topic) ?? []).flatMap((move) => replicasOf(move, side)).join()
      if (value === '') return []
      if (operation === 'append') return [{ name, operation, value }]
      return list === undefined ? [] : [emptied(name, list, value)]
    })
    await admin.changeConfigs({ topic }, changes).catch(unlessGone)
  }
}

/** A topic that was deleted meanwhile has no list any more. */
function unlessGone(thrown: unknown): void {
  const isGone =
    thrown instanceof BrokerError && thrown.errorCode === errors.UNKNOWN_TOPIC_OR_PARTITION
  if (!isGone) throw thrown
}

/** What is set, by topic; those that were deleted have none. */
async function listsOf(admin: ReplicaAdmin, topics: readonly string[]) {
  const places = topics.map((topic) => ({ topic }))
  const lists = await admin.ownConfigs(places, SIDES.map(listOf))
  return topics.flatMap((topic, at) => {
    const set = lists[at] ?? null
    return set === null ? [] : [[topic, set] as const]
  })
}

/** What sends, as any of those that have it may lead; and what is new. */
function replicasOf({ partition, from, to }: Throttled, side: (typeof SIDES)[number]): string[] {
  const ids = side === 'leader' ? from : to.filter((id) => !from.includes(id))
  return ids.map((id) => `${partition}:${id}`)
}

/** A list of which nothing is left is not set any more. */
function emptied(name: string, list: string, away: string): ConfigChange {
  const gone = new Set(away.split(','))
  const isEmpty = list.split(',').every((item) => item === '' || gone.has(item.trim()))
  return isEmpty
    ? { name, operation: 'delete', value: null }
    : { name, operation: 'subtract', value: away }
}

/** Lists of replicas of which nothing is being moved: their topics. */
export async function leftOver(
  admin: ReplicaAdmin,
  { topics, moving }: { topics: readonly string[]; moving: readonly PartitionName[] },
): Promise<readonly string[]> {
  const busy = new Set(moving.map(({ topic }) => topic))
  const idle = topics.filter((topic) => !busy.has(topic))
  const isLeft = (list: string) => list !== '' && list !== EVERY_REPLICA
  return (await listsOf(admin, idle)).flatMap(([topic, lists]) =>
    [...lists.values()].some(isLeft) ? [topic] : [],
  )
}

/** Takes away the lists of these topics, and the rates of all brokers, which count for lists. */
export async function mend(admin: ReplicaAdmin, topics: readonly string[]): Promise<void> {
  for (const [topic, lists] of await listsOf(admin, topics)) {
    const changes = [...lists].flatMap(([name, list]): ConfigChange[] =>
      list === EVERY_REPLICA ? [] : [{ name, operation: 'delete', value: null }],
    )
    await admin.changeConfigs({ topic }, changes)
  }
  await restoreRates(admin, {})
}

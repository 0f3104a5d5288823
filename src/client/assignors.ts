/**
 * Who gets which partitions, when this member leads its group: Kafka's range and round robin, under
 * the names that other clients know them by. Pure.
 */
import type { Assignment } from '../wire/consumer-protocol.ts'

export interface Subscriber {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly topics: readonly string[]
}

/** Assignments by member id, of topics with so many partitions each. Every member has one. */
type Assignor = (
  subscribers: readonly Subscriber[],
  partitions: ReadonlyMap<string, number>,
) => ReadonlyMap<string, Assignment>

type Growing = Map<string, Map<string, number[]>>

/** Topic by topic: consecutive partitions to each, one more to the first ones. */
const range: Assignor = (subscribers, partitions) => {
  const assigned = nothing(subscribers)
  for (const [topic, count] of partitions) {
    const members = subscribersOf(topic, subscribers)
    let next = 0
    members.forEach(({ memberId }, index) => {
      const share = Math.floor(count / members.length) + (index < count % members.length ? 1 : 0)
      for (const end = next + share; next < end; next += 1) give(assigned, memberId, topic, next)
    })
  }
  return assigned
}

/** Partition by partition, to whoever is next of those that want the topic. */
const roundRobin: Assignor = (subscribers, partitions) => {
  const assigned = nothing(subscribers)
  const members = [...subscribers].sort(inOrder)
  let next = 0
  for (const topic of [...partitions.keys()].sort()) {
    if (!members.some(({ topics }) => topics.includes(topic))) continue
    for (let partition = 0; partition < (partitions.get(topic) ?? 0); partition += 1) {
      while (!members[next % members.length]?.topics.includes(topic)) next += 1
      give(assigned, members[next % members.length]?.memberId ?? '', topic, partition)
      next += 1
    }
  }
  return assigned
}

/** By the name of the protocol, the best first. The last is what kafkajs calls its own. */
export const assignors: ReadonlyMap<string, Assignor> = new Map([
  ['range', range],
  ['roundrobin', roundRobin],
  ['RoundRobinAssigner', roundRobin],
])

const nothing = (subscribers: readonly Subscriber[]): Growing =>
  new Map(subscribers.map(({ memberId }) => [memberId, new Map<string, number[]>()]))

function give(assigned: Growing, memberId: string, topic: string, partition: number): void {
  const topics = assigned.get(memberId)
  const had = topics?.get(topic)
  if (had) had.push(partition)
  else topics?.set(topic, [partition])
}

const subscribersOf = (topic: string, subscribers: readonly Subscriber[]) =>
  subscribers.filter(({ topics }) => topics.includes(topic)).sort(inOrder)

/** Static members first, so that they keep what they had when they come back. */
function inOrder(a: Subscriber, b: Subscriber): number {
  const [left, right] = [keyOf(a), keyOf(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

const keyOf = ({ groupInstanceId, memberId }: Subscriber) =>
  groupInstanceId === null ? `1${memberId}` : `0${groupInstanceId}`

/**
 * Moves that are under way (proto/lograft/admin/v1/topics.proto): what moves is in the metadata;
 * how much is left only the brokers know that are given replicas.
 */
import type { NodeId } from '../../base/ids.ts'
import { isReassigning } from '../../controller/reassignment.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { isLograftError } from '../../base/errors.ts'
import { describeLogDirs } from '../../wire/apis/35-describe-log-dirs.ts'
import type { Served } from '../handlers.ts'
import type { CallOptions } from '../leader-calls.ts'
import { askBroker } from './broker-asking.ts'
import { atMost } from './fields.ts'
import { partitionMethods } from './methods.ts'
import { pageOf, partitionKey, topicIn } from './paging.ts'
import type { AdminNode } from './ports.ts'
import { limitsOf, serveAdmin } from './serving.ts'
import type { PlacedPartition } from './topic-descriptions.ts'
import { partitionsOf } from './topic-descriptions.ts'

const wire = lograft.admin.v1
type Asking = Pick<AdminNode, 'image' | 'brokers'>

const placeOf = ({ topic, index }: PlacedPartition) => partitionKey(topic.name, index)

export function reassignmentQueries(node: Asking): readonly Served[] {
  return [
    serveAdmin(partitionMethods.listReassignments, async ({ page, partitions }, caller) => {
      const named = new Set(
        atMost(partitions, 'partitions').map(({ topic = '', partition = 0 }) =>
          partitionKey(topic, partition),
        ),
      )
      const topics = node.image().topics.byName
      const { items, nextPageToken } = pageOf(page, {
        list: 'reassignments',
        itemsAfter: (after) => moving(partitionsOf(topics.values(), topicIn(after)), named),
        keyOf: placeOf,
      })
      const left = await offsetsLeft(node, items, limitsOf(caller))
      const reassignments = items.map((placed) => {
        const { replicas, addingReplicas: adding, removingReplicas } = placed.registration
        const offsets = leftOf(placed, left)
        return new wire.OngoingReassignment({
          ...{ topic: placed.topic.name, partition: placed.index, replicas: [...replicas] },
          ...{ adding: [...adding], removing: [...removingReplicas] },
          ...(offsets !== null && { offsetsLeft: offsets }),
        })
      })
      return new wire.ListReassignmentsReply({ reassignments, nextPageToken })
    }),
  ]
}

/** All of them where none is named. */
function* moving(placed: Iterable<PlacedPartition>, named: ReadonlySet<string>) {
  for (const one of placed)
    if (isReassigning(one.registration) && (named.size === 0 || named.has(placeOf(one)))) yield one
}

/** By broker, by `partitionKey`: what it lacks. A broker that does not answer is not there. */
type Left = ReadonlyMap<NodeId, ReadonlyMap<string, number>>

async function offsetsLeft(
  node: Asking,
  placed: readonly PlacedPartition[],
  limits: CallOptions,
): Promise<Left> {
  const asked = new Map<NodeId, PlacedPartition[]>()
  for (const one of placed)
    for (const id of one.registration.addingReplicas) asked.set(id, [...(asked.get(id) ?? []), one])
  const told = await Promise.all(
    Array.from(
      asked,
      async ([id, some]) => [id, await lagsOn(node, { id, some }, limits)] as const,
    ),
  )
  return new Map(told)
}

async function lagsOn(
  node: Asking,
  { id, some }: { readonly id: NodeId; readonly some: readonly PlacedPartition[] },
  limits: CallOptions,
): Promise<ReadonlyMap<string, number>> {
  const cluster = node.brokers()
  const byTopic = new Map<string, number[]>()
  for (const { topic, index } of some)
    byTopic.set(topic.name, [...(byTopic.get(topic.name) ?? []), index])
  const topics = Array.from(byTopic, ([topic, partitions]) => ({ topic, partitions }))
  try {
    const { results } = await askBroker(cluster.clock, limits, () =>
      cluster.call(id, describeLogDirs, { topics }),
    )
    return new Map(
      results.flatMap(({ topics: held }) =>
        held.flatMap(({ name, partitions }) =>
          partitions.map((one) => [partitionKey(name, one.partitionIndex), one.offsetLag] as const),
        ),
      ),
    )
  } catch (thrown) {
    if (!isLograftError(thrown)) throw thrown
    return new Map()
  }
}

/** Of all replicas that are added, together; null where one of them does not know, or tell. */
function leftOf(placed: PlacedPartition, left: Left): number | null {
  let sum = 0
  for (const id of placed.registration.addingReplicas) {
    const lag = left.get(id)?.get(placeOf(placed)) ?? -1
    if (lag < 0) return null
    sum += lag
  }
  return sum
}

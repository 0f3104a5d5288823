/**
 * The oldest records of partitions go (proto/lograft/admin/v1/topics.proto), asked of their
 * leaders. Each partition has an outcome of its own.
 */
import { isLograftError } from '../../base/errors.ts'
import { deleteRecords } from '../../client/delete-records.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { Served } from '../handlers.ts'
import type { CallOptions } from '../leader-calls.ts'
import { askBroker, timeToAsk } from './broker-asking.ts'
import { count, distinct, invalid, named, someOf } from './fields.ts'
import { topicMethods } from './methods.ts'
import { hasKey, onceElsewhere } from './mutation.ts'
import { partitionKey } from './paging.ts'
import type { AdminNode } from './ports.ts'
import { limitsOf, serveAdmin } from './serving.ts'

const wire = lograft.admin.v1
type DeletedRecords = lograft.admin.v1.IDeletedRecords
type DeletedRecordsResult = lograft.admin.v1.DeletedRecordsResult
type DeleteRecordsRequest = lograft.admin.v1.DeleteRecordsRequest

const PARTITIONS_MAX = 1_000
const AT_ONCE = 16

/** Everything up to the high watermark. */
const ALL = -1

interface Named {
  readonly topic: string
  readonly partition: number
  readonly before: number
}

export function recordDeletion(node: AdminNode): readonly Served[] {
  return [
    serveAdmin(topicMethods.deleteRecords, async (request, caller) => {
      const orders = namedIn(request.partitions)
      const limits = limitsOf(caller)
      const wanted = {
        ...{ method: 'Topics.DeleteRecords', request },
        look: () => requireEnds(orders, request),
        act: () => deleteFrom(node, orders, limits),
        isWhole: (results: readonly DeletedRecordsResult[]) =>
          results.every(({ error }) => error === ''),
      }
      const { mutated, result } = await onceElsewhere(node, wanted, limits)
      return new wire.DeleteRecordsReply({ mutated, partitions: result ?? [] })
    }),
  ]
}

function namedIn(partitions: readonly DeletedRecords[]): readonly Named[] {
  if (partitions.length > PARTITIONS_MAX) invalid('partitions', `at most ${PARTITIONS_MAX}`)
  const orders = someOf(partitions, 'partitions').map(
    ({ topic = '', partition = 0, beforeOffset }, index) => {
      named(topic, `partitions[${index}].topic`, 'a topic')
      count(partition, `partitions[${index}].partition`)
      return { topic, partition, before: beforeOffset ?? ALL }
    },
  )
  distinct(orders, 'partitions', ({ topic, partition }) => partitionKey(topic, partition))
  return orders
}

/** A retry after a lost answer must not take records that came since. */
function requireEnds(orders: readonly Named[], request: DeleteRecordsRequest): void {
  const open = orders.findIndex(({ before }) => before === ALL)
  if (open >= 0 && hasKey(request))
    invalid(
      `partitions[${open}].before_offset`,
      'with a key it says up to where: asked again, all that there is would be more',
    )
}

async function deleteFrom(node: AdminNode, named: readonly Named[], limits: CallOptions) {
  const results: DeletedRecordsResult[] = []
  for (let from = 0; from < named.length; from += AT_ONCE) {
    const some = named.slice(from, from + AT_ONCE)
    results.push(...(await Promise.all(some.map((one) => deleteOne(node, one, limits)))))
  }
  return results
}

async function deleteOne(
  node: AdminNode,
  { topic, partition, before }: Named,
  limits: CallOptions,
) {
  // Whoever asked for what is not there would be told so by nobody, for as long as it is tried.
  if (node.image().topics.byName.get(topic)?.partitions[partition] === undefined) {
    const error = 'UNKNOWN_TOPIC_OR_PARTITION'
    const errorMessage = `there is no partition ${partition} of ${topic}`
    return new wire.DeletedRecordsResult({ topic, partition, error, errorMessage })
  }
  const cluster = node.brokers()
  const timeoutMs = timeToAsk(cluster.clock, limits)
  const order = { topic, before: new Map([[partition, before]]), timeoutMs }
  try {
    const done = await askBroker(cluster.clock, limits, () => deleteRecords(cluster, order))
    const logStartOffset = done.get(partition) ?? 0
    return new wire.DeletedRecordsResult({ topic, partition, logStartOffset })
  } catch (thrown) {
    if (!isLograftError(thrown)) throw thrown
    const { code: error, message } = thrown
    return new wire.DeletedRecordsResult({ topic, partition, error, errorMessage: message })
  }
}

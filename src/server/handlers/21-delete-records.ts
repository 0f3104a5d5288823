/**
 * DeleteRecords (KIP-107). v1 throttle (KIP-219) · v2 flexible. The leader's log begins later from
 * now on; what is answered as deleted stays deleted after a crash. The cluster's own topics are
 * refused. A partition named twice is cut and answered once, as it was asked last (as in Kafka).
 */
import type { RequestOf } from '../../wire/api.ts'
import { deleteRecords as deleteRecordsApi } from '../../wire/apis/21-delete-records.ts'
import { errors } from '../../wire/errors.ts'
import { deleteRecords } from '../../replication/delete-records.ts'
import type { DeletedRecords } from '../../replication/partition-requests.ts'
import { handler } from '../handler.ts'
import { isInternalTopic } from '../../metadata/internal-topics.ts'
import { logRefusals } from '../refusals.ts'

export const handleDeleteRecords = handler(
  deleteRecordsApi,
  async ({ topics, timeoutMs }, { replicas, clock, logger }, { peer }) => {
    const wanted = lastAsked(topics)
    const asked = [...wanted].flatMap(([topic, offsets]) =>
      [...offsets].map(([partitionIndex, offset]) => ({ topic, partitionIndex, offset })),
    )
    const results = await deleteRecords(
      asked.map(({ topic, partitionIndex, offset }) => ({
        partition: isInternalTopic(topic)
          ? errors.INVALID_TOPIC_EXCEPTION
          : replicas.find(topic, partitionIndex),
        offset,
      })),
      { timeoutMs },
      { clock, settleLogStarts: (partitions) => replicas.settleLogStarts(partitions) },
    )
    const named = results.map((result, at) => ({ ...asked[at], ...result }))
    logRefusals(
      { logger, peer, phrase: 'records not deleted' },
      named,
      ({ topic, partitionIndex: partition, offset }) => ({ topic, partition, offset }),
    )
    let next = 0
    return {
      topics: [...wanted].map(([name, offsets]) => ({
        name,
        partitions: [...offsets.keys()].map((partitionIndex) => {
          const { errorCode, lowWatermark } = results[next++] as DeletedRecords
          return { partitionIndex, errorCode, lowWatermark }
        }),
      })),
    }
  },
)

/** Offsets by partition number by topic name, in the order in which they are first named. */
function lastAsked(
  topics: RequestOf<typeof deleteRecordsApi>['topics'],
): Map<string, Map<number, number>> {
  const wanted = new Map<string, Map<number, number>>()
  for (const { name, partitions } of topics) {
    const offsets = wanted.get(name) ?? new Map<number, number>()
    wanted.set(name, offsets)
    for (const { partitionIndex, offset } of partitions) offsets.set(partitionIndex, offset)
  }
  return wanted
}

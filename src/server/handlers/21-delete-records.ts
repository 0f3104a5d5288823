/**
 * DeleteRecords (KIP-107). v1 throttle (KIP-219) · v2 flexible. The leader's log begins later from
 * now on; what is answered as deleted stays deleted after a crash. The cluster's own topics are
 * refused.
 */
import { deleteRecords as deleteRecordsApi } from '../../wire/apis/21-delete-records.ts'
import { errors } from '../../wire/errors.ts'
import { deleteRecords } from '../../replication/delete-records.ts'
import { handler } from '../handler.ts'
import { isInternalTopic } from '../internal-topics.ts'
import { logRefusals } from '../refusals.ts'

export const handleDeleteRecords = handler(
  deleteRecordsApi,
  async ({ topics, timeoutMs }, { replicas, clock, logger }, { peer }) => {
    const asked = topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, offset }) => ({ topic: name, partitionIndex, offset })),
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
      topics: topics.map(({ name, partitions }) => {
        const of = results.slice(next, (next += partitions.length))
        return {
          name,
          partitions: of.map((result, at) => ({
            partitionIndex: partitions[at]?.partitionIndex ?? -1,
            ...result,
          })),
        }
      }),
    }
  },
)

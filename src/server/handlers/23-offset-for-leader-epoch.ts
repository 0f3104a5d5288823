/**
 * OffsetForLeaderEpoch (KIP-101, KIP-279). v2 leader epochs · v3 replica id · v4 flexible. Where an
 * epoch ended in this log; an epoch this log never had is not an error: both fields are -1.
 */
import { errors } from '../../wire/errors.ts'
import { offsetForLeaderEpoch } from '../../wire/apis/23-offset-for-leader-epoch.ts'
import { handler } from '../handler.ts'

export const handleOffsetForLeaderEpoch = handler(
  offsetForLeaderEpoch,
  (request, { replicas }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition: index, currentLeaderEpoch, leaderEpoch }) => {
        const partition = replicas.find(topic, index)
        const refused =
          typeof partition === 'number' ? partition : partition.checkLeader(currentLeaderEpoch)
        if (typeof partition === 'number' || refused !== errors.NONE)
          return { errorCode: refused, partition: index, leaderEpoch: -1, endOffset: -1 }
        const end = partition.endOffsetForEpoch(leaderEpoch)
        return { errorCode: errors.NONE, partition: index, ...end }
      }),
    })),
  }),
)

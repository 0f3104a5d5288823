/**
 * OffsetCommit. v3 throttle · v6 leader epochs (KIP-320) · v7 static members (KIP-345) ·
 * v8 flexible. Topics that are not known are answered here, partition by partition; all others go
 * to the group's coordinator together, and are committed when all replicas in sync have them.
 */
import { offsetCommit } from '../../wire/apis/08-offset-commit.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'

export const handleOffsetCommit = handler(
  offsetCommit,
  (request, { groups, metadata }, { apiVersion }) => {
    const { byName } = metadata().topics
    const known = request.topics.filter(({ name }) => byName.has(name))
    const unknown = request.topics
      .filter(({ name }) => !byName.has(name))
      .map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({
          partitionIndex,
          errorCode: errors.UNKNOWN_TOPIC_OR_PARTITION,
        })),
      }))
    if (known.length === 0) return { topics: unknown }
    const body = { ...request, topics: known }
    const committed = groups.ask({ api: 'OffsetCommit', apiVersion, body })
    return committed.then(({ topics }) => ({ topics: [...topics, ...unknown] }))
  },
)

/** OffsetDelete (KIP-496): committed offsets of topics that no member of the group reads. */
import { offsetDelete } from '../../wire/apis/47-offset-delete.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'

export const handleOffsetDelete = handler(
  offsetDelete,
  async ({ groupId, topics: asked }, { groups, metadata }) => {
    const { byName } = metadata().topics
    const known = asked.filter(({ name }) => byName.has(name))
    const { errorCode, topics } = await groups.deleteOffsets({ groupId, topics: known })
    if (errorCode !== errors.NONE) return { errorCode, topics: [] }
    const unknown = asked.filter(({ name }) => !byName.has(name))
    return {
      errorCode,
      topics: [
        ...topics,
        ...unknown.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex }) => ({
            partitionIndex,
            errorCode: errors.UNKNOWN_TOPIC_OR_PARTITION,
          })),
        })),
      ],
    }
  },
)

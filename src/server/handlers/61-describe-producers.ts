/**
 * DescribeProducers (KIP-664): whose batches the leader of a partition remembers, so that they are
 * appended once. Only the leader answers. A partition is described once however often it is named,
 * and one answer has a bound: a few bytes ask for megabytes.
 */
import { PRODUCERS_MAX } from '../../log/producer-state.ts'
import type { Partition } from '../../replication/partition.ts'
import { describeProducers } from '../../wire/apis/61-describe-producers.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'

const NOT_CHECKED = -1
/** Producers in one answer: as many as one partition remembers at most. */
const PRODUCERS_PER_ANSWER_MAX = PRODUCERS_MAX

const TOO_MUCH = {
  errorCode: errors.POLICY_VIOLATION,
  errorMessage: `one request is answered with at most ${PRODUCERS_PER_ANSWER_MAX} producers`,
  activeProducers: [],
}

export const handleDescribeProducers = handler(describeProducers, ({ topics }, { replicas }) => {
  let room = PRODUCERS_PER_ANSWER_MAX
  const describe = (topic: string, index: number) => {
    const partition = replicas.find(topic, index)
    if (typeof partition === 'number') return refused(partition)
    const errorCode = partition.checkLeader(NOT_CHECKED)
    if (errorCode !== errors.NONE) return refused(errorCode)
    if (partition.log.producers.size > room) return TOO_MUCH
    const activeProducers = producersOf(partition)
    room -= activeProducers.length
    return { errorCode, errorMessage: null, activeProducers }
  }
  return {
    topics: topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: [...new Set(partitionIndexes)].map((partitionIndex) => ({
        partitionIndex,
        ...describe(name, partitionIndex),
      })),
    })),
  }
})

function refused(errorCode: ErrorCode) {
  return { errorCode, errorMessage: null, activeProducers: [] }
}

function producersOf({ log }: Partition) {
  return [...log.producers.entries()].map(
    ({ producerId, producerEpoch, coordinatorEpoch, openTransactionOffset, batches }) => {
      const last = batches.at(-1)
      return {
        ...{ producerId, producerEpoch, coordinatorEpoch },
        ...(last && { lastSequence: last.lastSequence, lastTimestamp: last.timestampMs }),
        currentTxnStartOffset: openTransactionOffset,
      }
    },
  )
}

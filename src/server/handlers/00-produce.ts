/**
 * Produce. v3 record batches only · v5 log start offset · v7 zstd · v8 record errors (KIP-467) ·
 * v9 flexible · v10 current leader (KIP-951). Versions 0–2 are advertised and not processed:
 * without them librdkafka before 2.11.1 sends everything uncompressed (KAFKA-18659).
 *
 * The cluster's own topics take no records of clients. acks=0 is never answered; a failure closes
 * the connection, the only signal its sender gets.
 */
import type { ErrorCode } from '../../wire/errors.ts'
import { errorMessage, errorName, errors } from '../../wire/errors.ts'
import type { RequestOf, ResponseOf } from '../../wire/api.ts'
import { produce as produceApi } from '../../wire/apis/00-produce.ts'
import type { Acks, Appended } from '../../replication/partition-requests.ts'
import { produce } from '../../replication/produce.ts'
import { CloseConnection, Later } from '../answer.ts'
import { handler } from '../handler.ts'
import { isInternalTopic } from '../../metadata/internal-topics.ts'

type Request = RequestOf<typeof produceApi>
type Response = ResponseOf<typeof produceApi>

export const handleProduce = handler(
  produceApi,
  (request, { replicas, clock }, { apiVersion, producerGaps }) => {
    const { acks, timeoutMs } = request
    const asked = placesOf(request)
    const refused = refusal(request)
    if (refused !== errors.NONE) {
      if (acks === 0) throw new CloseConnection(`acks=0 produce failed: ${errorName(refused)}`)
      return respond(asked, () => failed(refused))
    }
    const entries = request.topicData.flatMap(({ name, partitionData }) =>
      partitionData.map(({ index, records }) => ({
        ...{ topic: name, index, records },
        partition: isInternalTopic(name)
          ? errors.INVALID_TOPIC_EXCEPTION
          : replicas.find(name, index),
      })),
    )
    const options = { acks: acks as Acks, timeoutMs, apiVersion, producerGaps }
    const { results, final } = produce(entries, options, clock)
    if (acks === 0) {
      const failure = results.find((result) => result.errorCode !== errors.NONE)
      if (!failure) return null
      throw new CloseConnection(`acks=0 produce failed: ${errorName(failure.errorCode)}`)
    }
    if (!final) return respondInOrder(asked, results)
    return new Later(final.then((settled) => respondInOrder(asked, settled)))
  },
  { versions: [3, 11], advertised: [0, 11] },
)

/** Where the batches go, without the batches: what waits must not hold on to the frame. */
type Places = readonly { readonly name: string; readonly indexes: readonly number[] }[]

function placesOf({ topicData }: Request): Places {
  return topicData.map(({ name, partitionData }) => ({
    name,
    indexes: partitionData.map(({ index }) => index),
  }))
}

/** What is wrong with the request as a whole. There are no transactions to write in. */
function refusal({ acks, transactionalId }: Request): ErrorCode {
  if (acks !== 0 && acks !== 1 && acks !== -1) return errors.INVALID_REQUIRED_ACKS
  return transactionalId === null ? errors.NONE : errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
}

function failed(errorCode: ErrorCode): Appended {
  return { errorCode, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 }
}

/** `results` are in the order of the request's partitions. */
function respondInOrder(asked: Places, results: readonly Appended[]): Response {
  let next = 0
  return respond(asked, () => results[next++] ?? failed(errors.UNKNOWN_SERVER_ERROR))
}

function respond(asked: Places, result: () => Appended): Response {
  return {
    responses: asked.map(({ name, indexes }) => ({
      name,
      partitionResponses: indexes.map((index) => {
        const appended = result()
        const { errorCode, baseOffset, logAppendTimeMs, logStartOffset } = appended
        return errorCode === errors.NONE
          ? { index, errorCode, baseOffset, logAppendTimeMs, logStartOffset }
          : {
              ...{ index, errorCode, baseOffset: -1, logAppendTimeMs, logStartOffset },
              ...reasons(appended),
            }
      }),
    })),
    throttleTimeMs: 0,
  }
}

/** What v8 and later tell of a failure (KIP-467). */
function reasons({ errorCode, recordErrors = [], errorMessage: message }: Appended) {
  return {
    recordErrors: recordErrors.map(({ batchIndex, message: batchIndexErrorMessage }) => ({
      batchIndex,
      batchIndexErrorMessage,
    })),
    errorMessage: message ?? errorMessage(errorCode),
  }
}

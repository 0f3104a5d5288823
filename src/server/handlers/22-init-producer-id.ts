/**
 * InitProducerId. v2 flexible · v3 the producer may name itself (KIP-360; only transactions care).
 * Without a transactional id: a producer id that nobody else ever gets (E10), epoch 0.
 */
import { errors } from '../../wire/errors.ts'
import { initProducerId } from '../../wire/apis/22-init-producer-id.ts'
import { handler } from '../handler.ts'

const REFUSED = { throttleTimeMs: 0, producerId: -1, producerEpoch: -1 }

export const handleInitProducerId = handler(
  initProducerId,
  async ({ transactionalId }, { producerIds, logger }) => {
    if (transactionalId === '') return { ...REFUSED, errorCode: errors.INVALID_REQUEST }
    // There are no transactions; a retriable code would make the producer wait for ever.
    if (transactionalId !== null)
      return { ...REFUSED, errorCode: errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED }
    try {
      const producerId = await producerIds.next()
      return { throttleTimeMs: 0, errorCode: errors.NONE, producerId, producerEpoch: 0 }
    } catch (err) {
      logger.warn({ err }, 'no producer id could be allocated')
      return { ...REFUSED, errorCode: errors.COORDINATOR_LOAD_IN_PROGRESS }
    }
  },
)

/**
 * InitProducerId: an id for an idempotent or transactional producer (KIP-98).
 * v2 flexible · v3 the present id and epoch, to go on with them (KIP-360) · v4 PRODUCER_FENCED ·
 * v5 TRANSACTION_ABORTABLE (KIP-890).
 */
import { defineApi } from '../api.ts'
import { defaulted, int16, int32, int64, nullable, since, string } from '../schema.ts'

export const initProducerId = defineApi({
  key: 22,
  name: 'InitProducerId',
  versions: [0, 5],
  flexibleFrom: 2,
  request: {
    /** Null: idempotent only. */
    transactionalId: nullable(string),
    transactionTimeoutMs: int32,
    producerId: since(3, int64, -1),
    producerEpoch: since(3, int16, -1),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: int16,
    producerId: defaulted(int64, -1),
    producerEpoch: int16,
  },
})

/**
 * FindCoordinator. v1 key types · v3 flexible · v4 batches (KIP-699). This broker coordinates
 * nothing yet and says so, with codes that clients take as final: "not available" would be retried,
 * and the consumer would wait for ever without a word.
 */
import { errors } from '../../wire/errors.ts'
import { findCoordinator } from '../../wire/apis/10-find-coordinator.ts'
import { handler } from '../handler.ts'

const GROUP = 0
const TRANSACTION = 1
const NOWHERE = { nodeId: -1, host: '', port: -1 }

export const handleFindCoordinator = handler(findCoordinator, (request, { logger }, call) => {
  const { apiVersion, peer, clientId } = call
  const refusal = refusalOf(request.keyType)
  logger.warn({ peer, clientId, reason: refusal.errorMessage }, 'no coordinator to be found')
  if (apiVersion < 4) return { throttleTimeMs: 0, ...refusal, ...NOWHERE }
  return {
    throttleTimeMs: 0,
    coordinators: request.coordinatorKeys.map((key) => ({ key, ...refusal, ...NOWHERE })),
  }
})

function refusalOf(keyType: number): { errorCode: number; errorMessage: string } {
  switch (keyType) {
    case GROUP:
      return {
        errorCode: errors.GROUP_AUTHORIZATION_FAILED,
        errorMessage: 'This cluster has no group coordinator yet.',
      }
    case TRANSACTION:
      return {
        errorCode: errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
        errorMessage: 'This cluster has no transactions.',
      }
    default:
      return {
        errorCode: errors.INVALID_REQUEST,
        errorMessage: `Unknown coordinator type ${keyType}.`,
      }
  }
}

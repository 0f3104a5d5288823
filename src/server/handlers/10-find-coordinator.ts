/**
 * FindCoordinator. v1 key types · v3 flexible · v4 batches (KIP-699). The first who asks for a
 * group has the offsets topic created. There are no transactions yet, and a code that clients take
 * as final says so: "not available" would be retried, and the producer would wait for ever.
 */
import { errorMessage, errors } from '../../wire/errors.ts'
import { findCoordinator } from '../../wire/apis/10-find-coordinator.ts'
import type { Services } from '../handler.ts'
import { handler } from '../handler.ts'

const GROUP = 0
const TRANSACTION = 1
const NOWHERE = { nodeId: -1, host: '', port: -1 }

export const handleFindCoordinator = handler(
  findCoordinator,
  async ({ key, keyType, coordinatorKeys }, services, { apiVersion, peer, clientId }) => {
    const keys = apiVersion < 4 ? [key] : coordinatorKeys
    const coordinators = await Promise.all(keys.map((one) => find(one, keyType, services)))
    if (keyType !== GROUP)
      services.logger.warn({ peer, clientId, keyType }, 'no coordinator of this kind')
    const [first = { ...NOWHERE, key, errorCode: errors.INVALID_REQUEST, errorMessage: null }] =
      coordinators
    return apiVersion < 4 ? { throttleTimeMs: 0, ...first } : { throttleTimeMs: 0, coordinators }
  },
)

async function find(key: string, keyType: number, { groups }: Pick<Services, 'groups'>) {
  const refused = (errorCode: number, why = errorMessage(errorCode)) => ({
    ...{ key, ...NOWHERE },
    ...{ errorCode, errorMessage: why },
  })
  switch (keyType) {
    case GROUP: {
      const found = await groups.find(key)
      if (found === null) return refused(errors.COORDINATOR_NOT_AVAILABLE)
      const { nodeId, host, port } = found
      return { key, nodeId, host, port, errorCode: errors.NONE, errorMessage: null }
    }
    case TRANSACTION:
      return refused(
        errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
        'This cluster has no transactions.',
      )
    default:
      return refused(errors.INVALID_REQUEST, `Unknown coordinator type ${keyType}.`)
  }
}

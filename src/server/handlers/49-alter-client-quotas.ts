/**
 * AlterClientQuotas (KIP-546). There are no quotas of clients: to set one is refused, entity by
 * entity, and to remove one changes nothing.
 */
import { alterClientQuotas } from '../../wire/apis/49-alter-client-quotas.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'
import { logRefusals } from '../refusals.ts'

const REFUSAL = 'quotas of clients are not supported: this broker does not throttle clients'

export const handleAlterClientQuotas = handler(
  alterClientQuotas,
  (request, { logger }, { peer }) => {
    const entries = request.entries.map(({ entity, ops }) =>
      ops.every(({ remove }) => remove)
        ? { errorCode: errors.NONE, errorMessage: null, entity }
        : { errorCode: errors.INVALID_REQUEST, errorMessage: REFUSAL, entity },
    )
    logRefusals({ logger, peer, phrase: 'client quota not set' }, entries, ({ entity }) => ({
      entityType: entity[0]?.entityType,
      entityName: entity[0]?.entityName,
    }))
    return { entries }
  },
)

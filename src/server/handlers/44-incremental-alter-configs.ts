/**
 * IncrementalAlterConfigs (KIP-339): changes what it names, and nothing else. v1 flexible. Lists
 * can be appended to and subtracted from; what is there already, or is not, is no error.
 */
import type { ConfigOperation } from '../../controller/requests.ts'
import type { RequestOf } from '../../wire/api.ts'
import { incrementalAlterConfigs } from '../../wire/apis/44-incremental-alter-configs.ts'
import { errors } from '../../wire/errors.ts'
import { alterConfigsForClient, nullValue } from '../alter-configs.ts'
import type { ResourceFault } from '../config-resources.ts'
import { handler } from '../handler.ts'

/** Kafka's numbers. */
const OPERATIONS = ['set', 'delete', 'append', 'subtract'] as const

type Asked = RequestOf<typeof incrementalAlterConfigs>['resources'][number]['configs']

export const handleIncrementalAlterConfigs = handler(
  incrementalAlterConfigs,
  (request, services, call) => {
    const asked = request.resources.map(({ configs, ...resource }) => ({
      ...resource,
      operations: operationsOf(configs),
      replacesAll: false,
    }))
    return alterConfigsForClient(asked, request, services, call)
  },
)

function operationsOf(configs: Asked): readonly ConfigOperation[] | ResourceFault {
  const operations: ConfigOperation[] = []
  for (const { name, configOperation, value } of configs) {
    const type = OPERATIONS[configOperation]
    if (type === undefined)
      return {
        errorCode: errors.INVALID_REQUEST,
        errorMessage: `Unknown operations type ${configOperation}`,
      }
    if (type === 'delete') operations.push({ type, name })
    else if (value === null) return nullValue(name)
    else operations.push({ type, name, value })
  }
  return operations
}

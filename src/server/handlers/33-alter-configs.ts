/**
 * AlterConfigs: what the request does not name loses its override. v1 throttle (KIP-219) · v2
 * flexible. Deprecated in Kafka for that reason; the incremental one (44) is the one to use.
 */
import type { ConfigOperation } from '../../controller/requests.ts'
import { alterConfigs } from '../../wire/apis/33-alter-configs.ts'
import { alterConfigsForClient, nullValue } from '../alter-configs.ts'
import type { ResourceFault } from '../config-resources.ts'
import { handler } from '../handler.ts'

export const handleAlterConfigs = handler(alterConfigs, (request, services, call) => {
  const asked = request.resources.map(({ configs, ...resource }) => ({
    ...resource,
    operations: operationsOf(configs),
    replacesAll: true,
  }))
  return alterConfigsForClient(asked, request, services, call)
})

function operationsOf(
  configs: readonly { readonly name: string; readonly value: string | null }[],
): readonly ConfigOperation[] | ResourceFault {
  const operations: ConfigOperation[] = []
  for (const { name, value } of configs) {
    if (value === null) return nullValue(name)
    operations.push({ type: 'set', name, value })
  }
  return operations
}

/**
 * Changes of configuration that clients ask for, in the old way (33) and the incremental one (44):
 * what the protocol leaves open is checked here, the rest is the controller's. One resource's fault
 * leaves the others alone. Refusals are logged.
 */
import type { AlterConfigsResult, ConfigChange, ConfigOperation } from '../controller/requests.ts'
import { errors } from '../wire/errors.ts'
import type { AskedResource, ResourceFault } from './config-resources.ts'
import { configResource } from './config-resources.ts'
import type { Call, Services } from './handler.ts'
import { clipped, logRefusals } from './refusals.ts'

export interface AskedChange extends AskedResource {
  /** Or why they are none. */
  readonly operations: readonly ConfigOperation[] | ResourceFault
  readonly replacesAll: boolean
}

/** One answer per resource, in the order of the request. */
export async function alterConfigsForClient(
  asked: readonly AskedChange[],
  { validateOnly }: { readonly validateOnly: boolean },
  { controller, logger, nodeId }: Services,
  { peer }: Call,
) {
  const judged = asked.map(({ operations, replacesAll, ...place }) => {
    const resource = configResource(place, nodeId)
    if ('errorCode' in resource) return resource
    if ('errorCode' in operations) return operations
    return { resource, operations, replacesAll }
  })
  const changes = judged.filter((one): one is ConfigChange => 'resource' in one)
  const decided = changes.length > 0 ? await controller.alterConfigs({ changes, validateOnly }) : []
  let next = 0
  const responses = judged.map((one, at) => {
    const result: Partial<AlterConfigsResult> | ResourceFault | undefined =
      'resource' in one ? decided[next++] : one
    const { resourceType = 0, resourceName = '' } = asked[at] ?? {}
    return {
      errorCode: result?.errorCode ?? errors.UNKNOWN_SERVER_ERROR,
      errorMessage: typeof result?.errorMessage === 'string' ? clipped(result.errorMessage) : null,
      resourceType,
      resourceName,
    }
  })
  logRefusals(
    { logger, peer, phrase: 'configuration not changed' },
    responses,
    ({ resourceType, resourceName }) => ({ resourceType, resourceName }),
  )
  return { responses }
}

/** The answer to a value that is missing where there must be one. */
export function nullValue(name: string): ResourceFault {
  return {
    errorCode: errors.INVALID_REQUEST,
    errorMessage: `Null value not supported for : ${name}`,
  }
}

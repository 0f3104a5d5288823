/**
 * What has a configuration, by Kafka's numbers: topics, and brokers (one by its node id, all by the
 * empty name). The other kinds that clients ask for are refused with Kafka's words.
 */
import type { NodeId } from '../base/ids.ts'
import type { ConfigResource } from '../metadata/image/configs.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'

const TOPIC = 2
const BROKER = 4

/** Kinds that Kafka has and we do not: levels of loggers, client metrics, groups. */
const UNSUPPORTED = new Map([
  [8, 'BROKER_LOGGER'],
  [16, 'CLIENT_METRICS'],
  [32, 'GROUP'],
])

/** A resource as it stands in a request. */
export interface AskedResource {
  readonly resourceType: number
  readonly resourceName: string
}

export interface ResourceFault {
  readonly errorCode: ErrorCode
  readonly errorMessage: string
}

/** The resource, or why it is none of this broker's. */
export function configResource(
  { resourceType, resourceName: name }: AskedResource,
  nodeId: NodeId,
): ConfigResource | ResourceFault {
  if (resourceType === TOPIC) return { type: 'topic', name }
  if (resourceType !== BROKER)
    return invalid(`Unsupported resource type: ${UNSUPPORTED.get(resourceType) ?? resourceType}`)
  if (name === '' || name === String(nodeId)) return { type: 'broker', name }
  return /^\d+$/.test(name)
    ? invalid(`Unexpected broker id, expected ${nodeId} or empty string, but received ${name}`)
    : invalid(`Broker id must be an integer, but it is: ${name}`)
}

function invalid(errorMessage: string): ResourceFault {
  return { errorCode: errors.INVALID_REQUEST, errorMessage }
}

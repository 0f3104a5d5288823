/**
 * DescribeCluster (KIP-700). v1 brokers or controllers (KIP-919) · v2 fenced brokers, too
 * (KIP-1073). A listener of brokers knows brokers only: who asks for controllers here is told so.
 */
import { CLUSTER_OPERATIONS, NOT_REQUESTED } from '../authorized-operations.ts'
import { describeCluster } from '../../wire/apis/60-describe-cluster.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import { controllerIdFor } from '../controller-id.ts'
import { liveBrokers } from '../descriptions.ts'
import { handler } from '../handler.ts'

const BROKERS = 1
const CONTROLLERS = 2

export const handleDescribeCluster = handler(describeCluster, (request, services) => {
  const { includeClusterAuthorizedOperations, includeFencedBrokers, endpointType } = request
  if (endpointType === CONTROLLERS)
    return refused(
      errors.MISMATCHED_ENDPOINT_TYPE,
      'The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER',
    )
  if (endpointType !== BROKERS)
    return refused(errors.UNSUPPORTED_ENDPOINT_TYPE, `Unsupported endpoint type ${endpointType}`)
  const image = services.metadata()
  const brokers = includeFencedBrokers ? [...image.brokers.values()] : liveBrokers(image)
  return {
    errorCode: errors.NONE,
    errorMessage: null,
    clusterId: image.clusterId ?? '',
    controllerId: controllerIdFor(services, image),
    brokers: brokers.map(({ nodeId: brokerId, host, port, rack, fenced: isFenced }) => {
      return { brokerId, host, port, rack, isFenced }
    }),
    clusterAuthorizedOperations: includeClusterAuthorizedOperations
      ? CLUSTER_OPERATIONS
      : NOT_REQUESTED,
  }
})

function refused(errorCode: ErrorCode, errorMessage: string) {
  return { errorCode, errorMessage, clusterId: '', brokers: [] }
}

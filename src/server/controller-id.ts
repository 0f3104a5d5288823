/**
 * Whom clients are told to send administrative requests to. Every broker takes them and passes them
 * on, so that any of them will do (Kafka names one at random); the one whose controller is active
 * saves a step. While nobody leads, or a node without a broker does, each broker names itself.
 */
import type { NodeId } from '../base/ids.ts'
import { isActive } from '../metadata/image/cluster.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { Services } from './handler.ts'

export function controllerIdFor(
  { nodeId, activeControllerId }: Pick<Services, 'nodeId' | 'activeControllerId'>,
  image: MetadataImage,
): NodeId {
  const active = activeControllerId()
  return active !== null && isActive(image.brokers.get(active)) ? active : nodeId
}

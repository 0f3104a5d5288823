/**
 * Brokers and features: what changes them (proto/lograft/admin/v1/cluster.proto). A broker's end is
 * asked for until it is seen: the controller that was told of it may have gone.
 */
import { LograftError } from '../../base/errors.ts'
import type { NodeId } from '../../base/ids.ts'
import { asNodeId } from '../../base/ids.ts'
import { judgeUpdate } from '../../controller/features.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { MetadataImage } from '../../metadata/image.ts'
import { errorName, errors } from '../../wire/errors.ts'
import type { Served } from '../handlers.ts'
import type { CallOptions } from '../leader-calls.ts'
import { count, distinct, refuse, someOf } from './fields.ts'
import { clusterMethods } from './methods.ts'
import { carryOut, hasKey, mutatedBy, onceElsewhere } from './mutation.ts'
import type { AdminNode } from './ports.ts'
import { limitsOf, serveAdmin } from './serving.ts'
import { requireAvailability, shutDownImpact, type ShutDownImpact } from './shut-down-impact.ts'

const wire = lograft.admin.v1
type UpdateFeaturesRequest = lograft.admin.v1.UpdateFeaturesRequest

export function clusterChanges(node: AdminNode): readonly Served[] {
  return [
    serveAdmin(clusterMethods.updateFeatures, async (request, caller) => {
      checkLevels(node, request)
      // What is granted is in force already: this release has one level of each.
      const wanted = { method: 'Cluster.UpdateFeatures', request, changes: [], fieldOf: () => '' }
      return mutatedBy(await carryOut(node, wanted, limitsOf(caller)))
    }),
    serveAdmin(clusterMethods.unregisterBroker, async (request, caller) => {
      const nodeId = brokerIdOf(request)
      const wanted = {
        ...{ method: 'Cluster.UnregisterBroker', request, fieldOf: () => 'broker_id' },
        changes: [{ type: 'unregister-broker', nodeId } as const],
      }
      return mutatedBy(await carryOut(node, wanted, limitsOf(caller)))
    }),
    serveAdmin(clusterMethods.shutDownBroker, async (request, caller) => {
      const nodeId = brokerIdOf(request)
      const limits = limitsOf(caller)
      const isRepeated = hasKey(request)
      const wanted = {
        ...{ method: 'Cluster.ShutDownBroker', request },
        async look() {
          requireInService(node.image(), { nodeId, isRepeated })
          const quorum = await node.describeQuorum(limits)
          const impact = shutDownImpact(node.image(), quorum, nodeId)
          if (!request.force) requireAvailability(impact, nodeId)
          return impact
        },
        act: () => shutDown(node, { nodeId, isRepeated }, limits),
      }
      const { mutated, seen } = await onceElsewhere(node, wanted, limits)
      const { metadataOffset, alreadyApplied } = mutated
      const impact = seen === null ? {} : { impact: impactOf(seen) }
      return new wire.ShutDownBrokerReply({ metadataOffset, alreadyApplied, ...impact })
    }),
  ]
}

const brokerIdOf = ({ brokerId }: { readonly brokerId: number }) =>
  asNodeId(count(brokerId, 'broker_id'))

function checkLevels(node: AdminNode, { levels }: UpdateFeaturesRequest): void {
  distinct(someOf(levels, 'levels'), 'levels', ({ name = '' }) => name)
  const image = node.image()
  for (const [index, { name: feature = '', level = 0 }] of levels.entries()) {
    const type = level < (image.features.get(feature) ?? 0) ? 'safe-downgrade' : 'upgrade'
    const judged = judgeUpdate(image, { feature, level, type }, node.nodeId)
    if (judged.errorCode === errors.NONE) continue
    const code = errorName(judged.errorCode)
    const field = `levels[${index}]`
    throw new LograftError(code, judged.errorMessage ?? code, { field })
  }
}

function impactOf({ quorum, leaderless, underMinIsr }: ShutDownImpact) {
  return new wire.ShutDownImpact({
    ...{ voters: quorum.voters, votersLeft: quorum.left.length, majority: quorum.majority },
    leaderlessPartitions: leaderless.length,
    underMinIsrPartitions: underMinIsr.length,
    partitions: [...leaderless, ...underMinIsr]
      .slice(0, NAMED_MAX)
      .map((partition) => new wire.PartitionName(partition)),
  })
}

/** Partitions that are named, of those that suffer. */
const NAMED_MAX = 10

interface ToShutDown {
  readonly nodeId: NodeId
  /** It may be done already. */
  readonly isRepeated: boolean
}

function requireInService(image: MetadataImage, { nodeId, isRepeated }: ToShutDown): void {
  const broker = image.brokers.get(nodeId)
  if (broker === undefined)
    refuse('BROKER_ID_NOT_REGISTERED', `broker ${nodeId} is not registered`, 'broker_id')
  if (broker.fenced && !isRepeated)
    refuse('BROKER_NOT_AVAILABLE', `broker ${nodeId} is not in service`, 'broker_id')
}

/** The controller that was asked may have gone, and forgotten it. */
const ASK_AGAIN_MS = 2_000

/** Resolves when the broker is fenced, or another process has its place. */
async function shutDown(
  node: AdminNode,
  { nodeId }: ToShutDown,
  limits: CallOptions,
): Promise<void> {
  const before = node.image().brokers.get(nodeId)
  const isOver = ({ brokers }: MetadataImage) => {
    const broker = brokers.get(nodeId)
    return broker === undefined || broker.fenced || broker.brokerEpoch !== before?.brokerEpoch
  }
  while (!isOver(node.image())) {
    await node.shutDownBroker(nodeId, limits)
    await node.untilImage(isOver, { ...limits, withinMs: ASK_AGAIN_MS })
  }
}

/**
 * What is left of a cluster when the process of a broker has ended: a majority of the controllers
 * or not, and which partitions could be used no more. Pure.
 */
import { LograftError } from '../../base/errors.ts'
import type { NodeId } from '../../base/ids.ts'
import { effectiveMinIsr } from '../../controller/partition-change-builder.ts'
import { minIsrOf } from '../../controller/partition-control.ts'
import type { MetadataImage } from '../../metadata/image.ts'
import { isActive } from '../../metadata/image/cluster.ts'
import { NO_LEADER } from '../../metadata/records.ts'
import type { QuorumDescription } from '../../quorum/admin.ts'
import { majorityOf } from '../../raft/quorum.ts'
import { partitionsOf, type PlacedPartition } from './topic-descriptions.ts'

interface PartitionName {
  readonly topic: string
  readonly partition: number
}

export interface ShutDownImpact {
  readonly quorum: {
    readonly isVoter: boolean
    readonly voters: number
    readonly majority: number
    /** That are heard of now, the broker included if it votes. */
    readonly heard: readonly NodeId[]
    readonly left: readonly NodeId[]
  }
  /** Led now, and by nobody then. */
  readonly leaderless: readonly PartitionName[]
  /** Led then, but acks=all is refused, which it is not now. */
  readonly underMinIsr: readonly PartitionName[]
}

/** The leader hears of every voter several times a second. */
const SILENT_MS = 1_500

export function shutDownImpact(
  image: MetadataImage,
  { leaderId, replicas }: QuorumDescription,
  nodeId: NodeId,
): ShutDownImpact {
  const voters = replicas.filter(({ role }) => role === 'voter')
  const heard = voters
    .filter((voter) => {
      if (voter.nodeId === leaderId || voter.nodeId === nodeId) return true
      // Whose broker has left service is starting or about to end: nobody should count on it.
      if (image.brokers.get(voter.nodeId)?.fenced) return false
      return voter.logEndOffset !== null && voter.silentMs <= SILENT_MS
    })
    .map((voter) => voter.nodeId)
  const placed = [...partitionsOf(image.topics.byName.values(), '')]
  const suffering = (kind: ReturnType<typeof fateOf>) =>
    placed
      .filter((one) => fateOf(image, one, nodeId) === kind)
      .map(({ topic, index }) => ({ topic: topic.name, partition: index }))
  return {
    quorum: {
      ...{ voters: voters.length, majority: majorityOf(voters.length), heard },
      isVoter: voters.some((voter) => voter.nodeId === nodeId),
      left: heard.filter((id) => id !== nodeId),
    },
    leaderless: suffering('leaderless'),
    underMinIsr: suffering('under min ISR'),
  }
}

/** Of a partition that is well enough now. */
function fateOf(
  image: MetadataImage,
  { topic, registration }: PlacedPartition,
  nodeId: NodeId,
): 'leaderless' | 'under min ISR' | 'as before' {
  const { isr, elr, leader } = registration
  const others = (ids: readonly NodeId[]) => ids.filter((id) => id !== nodeId)
  const mayLead = (id: NodeId) => isActive(image.brokers.get(id))
  if (leader === nodeId && !others([...isr, ...elr]).some(mayLead)) return 'leaderless'
  if (leader === NO_LEADER || !isr.includes(nodeId)) return 'as before'
  const least = effectiveMinIsr(minIsrOf(image, topic.name), registration)
  return isr.length >= least && isr.length - 1 < least ? 'under min ISR' : 'as before'
}

/** Throws UNAVAILABLE_WITHOUT_IT, with the arithmetic. */
export function requireAvailability(impact: ShutDownImpact, nodeId: NodeId): void {
  const faults = [...quorumFault(impact, nodeId), ...partitionFaults(impact)]
  if (faults.length === 0) return
  const message = `without broker ${nodeId}: ${faults.join('; ')}. Nothing was done`
  throw new LograftError('UNAVAILABLE_WITHOUT_IT', message, { field: 'force' })
}

function quorumFault({ quorum }: ShutDownImpact, nodeId: NodeId): readonly string[] {
  const { isVoter, voters, majority, heard, left } = quorum
  if (!isVoter || left.length >= majority) return []
  return [
    `of ${voters} controllers ${heard.length} are heard of (${heard.join(', ')}), ` +
      `${left.length} without ${nodeId}, and ${majority} are a majority: ` +
      'nothing could be changed any more, and no leader elected',
  ]
}

function partitionFaults({ leaderless, underMinIsr }: ShutDownImpact): readonly string[] {
  return [
    ...(leaderless.length > 0 ? [`no leader for ${namesOf(leaderless)}`] : []),
    ...(underMinIsr.length > 0
      ? [`fewer replicas in sync than min.insync.replicas for ${namesOf(underMinIsr)}`]
      : []),
  ]
}

/** `3 partitions (orders-0, orders-1, …)`; the text of a refusal has a bound. */
function namesOf(partitions: readonly PartitionName[]): string {
  const names = partitions
    .slice(0, 2)
    .map(({ topic, partition }) => `${shortened(topic)}-${partition}`)
  const more = partitions.length > names.length ? ', …' : ''
  const noun = partitions.length === 1 ? 'partition' : 'partitions'
  return `${partitions.length} ${noun} (${names.join(', ')}${more})`
}

const NAME_LETTERS = 40
const shortened = (name: string) =>
  name.length <= NAME_LETTERS ? name : `${name.slice(0, NAME_LETTERS - 1)}…`

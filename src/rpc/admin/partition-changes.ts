/**
 * Leaders and replicas: what changes them (proto/lograft/admin/v1/topics.proto). It makes changes
 * of requests; what they do is the active controller's.
 */
import type { Change } from '../../controller/changes.ts'
import type { ElectionType } from '../../controller/requests.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { Served } from '../handlers.ts'
import { atMost, count, distinct, invalid, someOf } from './fields.ts'
import { partitionMethods } from './methods.ts'
import { carryOut, mutatedBy } from './mutation.ts'
import type { AdminNode } from './ports.ts'
import { limitsOf, serveAdmin } from './serving.ts'

const wire = lograft.admin.v1
type PartitionName = lograft.admin.v1.IPartitionName
type ReassignedPartition = lograft.admin.v1.ReassignedPartition

const keyOf = ({ topic, partition }: PartitionName) => `${topic}-${partition}`

export function partitionChanges(node: AdminNode): readonly Served[] {
  const fieldOf = (index: number) => `partitions[${index}]`
  return [
    serveAdmin(partitionMethods.electLeaders, async (request, caller) => {
      const election = electionOf(request.type)
      const partitions = namedOrAll(request)
      const changes: Change[] = [{ type: 'elect-leaders', election, partitions }]
      const wanted = {
        ...{ method: 'Partitions.ElectLeaders', request, changes },
        fieldOf: () => 'partitions',
      }
      const result = await carryOut(node, wanted, limitsOf(caller))
      return new wire.ElectLeadersReply({
        mutated: mutatedBy(result),
        elected: result.elected.map((name) => new wire.PartitionName(name)),
      })
    }),
    serveAdmin(partitionMethods.reassign, async (request, caller) => {
      const partitions = someOf(request.partitions, 'partitions')
      distinct(partitions, 'partitions', keyOf)
      const changes = partitions.map((partition, index) => reassign(partition, fieldOf(index)))
      const wanted = { method: 'Partitions.Reassign', request, changes, fieldOf }
      return mutatedBy(await carryOut(node, wanted, limitsOf(caller)))
    }),
    serveAdmin(partitionMethods.cancelReassignments, async (request, caller) => {
      const named = namedOrAll(request)
      const changes: readonly Change[] =
        named === null
          ? [{ type: 'cancel-reassignments' }]
          : named.map((name) => ({ type: 'reassign', partition: { ...name, replicas: null } }))
      const wanted = { method: 'Partitions.CancelReassignments', request, changes, fieldOf }
      return mutatedBy(await carryOut(node, wanted, limitsOf(caller)))
    }),
  ]
}

export function reassign(wanted: ReassignedPartition, field: string): Change {
  const { topic, partition, replicas } = wanted
  if (replicas.length === 0) invalid(`${field}.replicas`, 'at least one broker')
  for (const [index, id] of replicas.entries()) count(id, `${field}.replicas[${index}]`)
  count(partition, `${field}.partition`)
  return { type: 'reassign', partition: { topic, partition, replicas } }
}

/** Null for all. What is meant is said: an empty list alone may be a mistake. */
function namedOrAll(request: {
  readonly partitions: readonly PartitionName[]
  readonly allPartitions: boolean
}) {
  const { partitions, allPartitions } = request
  if (!allPartitions) someOf(partitions, 'partitions')
  else if (partitions.length > 0)
    invalid('all_partitions', 'either all partitions or those that are named')
  distinct(partitions, 'partitions', keyOf)
  if (allPartitions) return null
  return atMost(partitions, 'partitions').map(({ topic = '', partition = 0 }, index) => ({
    topic,
    partition: count(partition, `partitions[${index}].partition`),
  }))
}

function electionOf(type: number): ElectionType {
  if (type === wire.ElectionType.ELECTION_TYPE_PREFERRED) return 'preferred'
  if (type === wire.ElectionType.ELECTION_TYPE_UNCLEAN) return 'unclean'
  return invalid('type', 'ELECTION_TYPE_PREFERRED or ELECTION_TYPE_UNCLEAN')
}

/**
 * The service `lograft.admin.v1.Quorum` (proto/lograft/admin/v1/quorum.proto) in our own types, as
 * server and client share it. Pure.
 */
import type { NodeId } from '../../base/ids.ts'
import { uuidToBytes } from '../../bytes/uuid.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { NewVoter, QuorumDescription, ReplicaDescription } from '../../quorum/admin.ts'
import { domainCodec, must, nameOf, nodeIdOf, portOf } from '../domain-codec.ts'
import type { Codec } from '../service.ts'
import { unary } from '../service.ts'

const wire = lograft.admin.v1

/** Only the node that is asked may answer. */
interface HereOnly {
  readonly hereOnly: boolean
}

/** A change, and how it is asked for; null when nothing is said of that. */
export interface QuorumChange extends HereOnly {
  readonly mutation?: lograft.admin.v1.Mutation | null
}

export interface TransferRequest extends QuorumChange {
  /** Null: the voter that is best prepared. */
  readonly to: NodeId | null
}

export interface AddRequest extends QuorumChange {
  readonly voter: NewVoter
  readonly replaces: NodeId | null
}

export interface RemoveRequest extends QuorumChange {
  readonly nodeIds: readonly NodeId[]
  /** Of the one node that is named, if it matters. */
  readonly directoryId: string | null
}

/** Nodes named in one request at most. */
const NODES_MAX = 1_000

const describeRequest: Codec<HereOnly> = domainCodec(
  wire.DescribeQuorumRequest,
  ({ hereOnly }: HereOnly) => ({ hereOnly }),
  ({ hereOnly }) => ({ hereOnly }),
)

const ROLES = {
  voter: wire.ReplicaRole.REPLICA_ROLE_VOTER,
  outgoing: wire.ReplicaRole.REPLICA_ROLE_OUTGOING,
  learner: wire.ReplicaRole.REPLICA_ROLE_LEARNER,
} as const satisfies Record<ReplicaDescription['role'], number>

const description: Codec<QuorumDescription> = domainCodec(
  wire.DescribeQuorumReply,
  ({ replicas, ...quorum }: QuorumDescription) => ({
    ...quorum,
    replicas: replicas.map(({ address, ...replica }) => ({
      ...replica,
      role: ROLES[replica.role],
      ...(address && { address }),
    })),
  }),
  (reply) => ({
    clusterId: reply.clusterId,
    leaderId: nodeIdOf(reply.leaderId),
    epoch: reply.epoch,
    highWatermark: reply.highWatermark,
    logEndOffset: reply.logEndOffset,
    replicas: reply.replicas.map(replicaFromWire),
  }),
)

function replicaFromWire(replica: lograft.admin.v1.ReplicaDescription): ReplicaDescription {
  const { address } = replica
  // Throws when it is no uuid.
  uuidToBytes(replica.directoryId)
  return {
    nodeId: nodeIdOf(replica.nodeId),
    directoryId: replica.directoryId,
    role: nameOf(ROLES, replica.role, 'a role'),
    address: address && { host: address.host, port: portOf(address.port) },
    logEndOffset: replica.logEndOffset,
    silentMs: replica.silentMs,
    behindMs: replica.behindMs,
  }
}

const optionalUuid = (value: string | null) => {
  // Throws when it is none.
  if (value !== null) uuidToBytes(value)
  return value
}

const optionalNodeId = (value: number | null) => (value === null ? null : nodeIdOf(value))

const mutationOf = ({ mutation }: Pick<QuorumChange, 'mutation'>) => ({
  ...(mutation && { mutation }),
})

const transferRequest: Codec<TransferRequest> = domainCodec(
  wire.TransferRequest,
  ({ to, hereOnly, ...asked }: TransferRequest) => ({ to, hereOnly, ...mutationOf(asked) }),
  ({ to, hereOnly, mutation }) => ({ to: optionalNodeId(to), hereOnly, mutation }),
)

const addRequest: Codec<AddRequest> = domainCodec(
  wire.AddRequest,
  ({ voter, replaces, hereOnly, ...asked }: AddRequest) => ({
    ...{ ...voter, replaces, hereOnly, ...mutationOf(asked) },
  }),
  ({ nodeId, host, port, directoryId, replaces, hereOnly, mutation }) => {
    must(/^[\w.:-]{1,255}$/.test(host), 'a host')
    const address = { nodeId: nodeIdOf(nodeId), host, port: portOf(port) }
    return {
      voter: { ...address, directoryId: optionalUuid(directoryId) },
      replaces: optionalNodeId(replaces),
      hereOnly,
      mutation,
    }
  },
)

const removeRequest: Codec<RemoveRequest> = domainCodec(
  wire.RemoveRequest,
  ({ nodeIds, directoryId, hereOnly, ...asked }: RemoveRequest) => ({
    ...{ nodeIds: [...nodeIds], directoryId, hereOnly, ...mutationOf(asked) },
  }),
  ({ nodeIds, directoryId, hereOnly, mutation }) => {
    must(nodeIds.length > 0 && nodeIds.length <= NODES_MAX, `1 to ${NODES_MAX} nodes`)
    must(directoryId === null || nodeIds.length === 1, 'one node beside a directory id')
    const named = { nodeIds: nodeIds.map(nodeIdOf), directoryId: optionalUuid(directoryId) }
    return { ...named, hereOnly, mutation }
  },
)

/** What became of a change; null when nobody wanted to know. */
const done: Codec<lograft.admin.v1.Mutated | null> = domainCodec(
  wire.TransferReply,
  (mutated: lograft.admin.v1.Mutated | null) => ({ ...(mutated && { mutated }) }),
  ({ mutated }) => mutated,
)

const BOUNDS = { requestBytesMax: 64 * 1024 }

export const quorumMethods = {
  describe: unary('lograft.admin.v1.Quorum/Describe', describeRequest, description, BOUNDS),
  transfer: unary('lograft.admin.v1.Quorum/Transfer', transferRequest, done, BOUNDS),
  add: unary('lograft.admin.v1.Quorum/Add', addRequest, done, BOUNDS),
  remove: unary('lograft.admin.v1.Quorum/Remove', removeRequest, done, BOUNDS),
}

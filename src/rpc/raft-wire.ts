/**
 * What Raft's messages and its handshakes have in common on the wire: replicas, configurations, and
 * the checks that every number and text from outside goes through. Pure.
 */
import type { NodeId } from '../base/ids.ts'
import { asNodeId } from '../base/ids.ts'
import { LograftError } from '../base/errors.ts'
import { uuidToBytes, uuidToString } from '../bytes/uuid.ts'
import type { HostPort } from '../config/addresses.ts'
import { lograft } from '../gen/lograft/raft/v1/raft.js'
import type { ReplicaId } from '../quorum/replica-key.ts'
import { replicaIdOf, replicaKey } from '../quorum/replica-key.ts'
import type { Configuration, ReplicaKey } from '../raft/configuration.ts'

/** The generated messages. */
export const wire = lograft.raft.v1
export type { lograft }

/** What arrived is not what a replica says. */
class MalformedMessage extends LograftError<'MALFORMED_MESSAGE'> {
  override readonly name = 'MalformedMessage'

  constructor(message: string) {
    super('MALFORMED_MESSAGE', message)
  }
}

/** Ends the decoding unless `isRight`; `what` says how it must be. */
export function must(isRight: boolean, what: string): asserts isRight {
  if (!isRight) throw new MalformedMessage(what)
}

const NODE_ID_MAX = 0x7fff_ffff
const PORT_MAX = 65_535

/** Replicas of one set. Far more than a quorum can have, far fewer than would fill the memory. */
const REPLICAS_MAX = 1_000

type WireReplica = lograft.raft.v1.Replica

export function encodeReplica({ nodeId, directoryId }: ReplicaId): WireReplica {
  return { nodeId, directoryId: uuidToBytes(directoryId) }
}

export function decodeReplica(replica: WireReplica | null | undefined): ReplicaId {
  must(replica !== null && replica !== undefined, 'a replica is named')
  return { nodeId: nodeIdOf(replica.nodeId), directoryId: uuidOf(replica.directoryId) }
}

function nodeIdOf(value: number): NodeId {
  must(value <= NODE_ID_MAX, `a node id is at most ${NODE_ID_MAX}`)
  return asNodeId(value)
}

export function uuidOf(bytes: Uint8Array): string {
  must(bytes.byteLength === 16, 'a uuid has 16 bytes')
  return uuidToString(bytes)
}

export function encodeReplicas(keys: readonly ReplicaKey[]): WireReplica[] {
  return keys.map((key) => encodeReplica(replicaIdOf(key)))
}

/** Each once. */
export function decodeReplicas(replicas: readonly WireReplica[]): readonly ReplicaKey[] {
  must(replicas.length <= REPLICAS_MAX, `at most ${REPLICAS_MAX} replicas are named`)
  const keys = replicas.map((replica) => replicaKey(decodeReplica(replica)))
  must(new Set(keys).size === keys.length, 'no replica is named twice')
  return keys
}

export function encodeConfiguration({
  voters,
  outgoing,
  learners,
}: Configuration): lograft.raft.v1.Configuration {
  return {
    voters: encodeReplicas(voters),
    outgoing: encodeReplicas(outgoing),
    learners: encodeReplicas(learners),
  }
}

export function decodeConfiguration(
  configuration: lograft.raft.v1.Configuration | null,
): Configuration {
  must(configuration !== null, 'a configuration is there')
  const voters = decodeReplicas(configuration.voters)
  must(voters.length > 0, 'somebody votes')
  return {
    voters,
    outgoing: decodeReplicas(configuration.outgoing),
    learners: decodeReplicas(configuration.learners),
  }
}

/** A place in a log: index 0 has term 0, and no other has. */
export function mustBePlace(index: number, term: number, what: string): void {
  must((index === 0) === (term === 0), `${what}: index ${index} has term ${term}`)
}

/** Where a peer says that it is reached; what it says is dialled, so it is no more than a name. */
export function decodeAddress({ host, port }: HostPort): HostPort {
  must(/^[\w.:-]{1,255}$/.test(host), 'a host is a name or an address')
  must(port >= 1 && port <= PORT_MAX, `a port is between 1 and ${PORT_MAX}`)
  return { host, port }
}

/** Null for an empty one. */
export function decodeClusterId(clusterId: string): string | null {
  must(/^[!-~]{0,255}$/.test(clusterId), 'a cluster id is printable')
  return clusterId === '' ? null : clusterId
}

/** The same memory; never a Buffer, whose `slice` would be a view. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

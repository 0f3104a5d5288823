/**
 * The hello that opens a stream between two replicas: who calls, whom it means, and whether the two
 * belong together. Two clusters that meet by a reused port, a node whose disk was wiped, an address
 * that leads to another node: all of them end here, with a reason that names both ends.
 */
import type { HostPort } from '../config/addresses.ts'
import { uuidToBytes } from '../bytes/uuid.ts'
import type { ReplicaId } from '../quorum/replica-key.ts'
import { replicaKey } from '../quorum/replica-key.ts'
import type { lograft } from './raft-wire.ts'
import {
  decodeAddress,
  decodeClusterId,
  decodeReplica,
  encodeReplica,
  must,
  uuidOf,
} from './raft-wire.ts'
import { RpcError } from './status.ts'

/** The versions of the protocol that this release speaks. */
export const PROTOCOL: ProtocolRange = { min: 1, max: 1 }

export interface ProtocolRange {
  readonly min: number
  readonly max: number
}

/** What a node says of itself whenever it calls. */
export interface Identity {
  readonly replica: ReplicaId
  /** Of this life of the process. */
  readonly incarnationId: string
  /** Null before the cluster is founded. */
  readonly clusterId: string | null
  /** Where its gRPC listener is reached. */
  readonly address: HostPort
}

export interface Hello extends Identity {
  readonly to: ReplicaId
  readonly protocol: ProtocolRange
}

export function encodeHello(hello: Hello): lograft.raft.v1.Hello {
  return {
    clusterId: hello.clusterId ?? '',
    from: encodeReplica(hello.replica),
    to: encodeReplica(hello.to),
    incarnationId: uuidToBytes(hello.incarnationId),
    host: hello.address.host,
    port: hello.address.port,
    protocolMin: hello.protocol.min,
    protocolMax: hello.protocol.max,
  }
}

export function decodeHello(hello: lograft.raft.v1.Hello | null): Hello {
  must(hello !== null, 'a hello is there')
  const { protocolMin: min, protocolMax: max } = hello
  must(min >= 1 && min <= max, 'a range of protocol versions begins at 1 and is not empty')
  return {
    clusterId: decodeClusterId(hello.clusterId),
    replica: decodeReplica(hello.from),
    to: decodeReplica(hello.to),
    incarnationId: uuidOf(hello.incarnationId),
    address: decodeAddress(hello),
    protocol: { min, max },
  }
}

/** The version both speak. Throws FAILED_PRECONDITION when the two do not belong together. */
export function accept(
  hello: Hello,
  self: Pick<Identity, 'replica' | 'clusterId'>,
  spoken: ProtocolRange = PROTOCOL,
): number {
  const why = refusal(hello, self, spoken)
  if (why === null) return Math.min(hello.protocol.max, spoken.max)
  const caller = `${replicaKey(hello.replica)} at ${hello.address.host}:${hello.address.port}`
  const text = `${replicaKey(self.replica)} refuses ${caller}: ${why}`
  throw new RpcError('FAILED_PRECONDITION', text, { reason: 'HELLO_REFUSED' })
}

function refusal(
  { replica: from, to, clusterId, protocol }: Hello,
  self: Pick<Identity, 'replica' | 'clusterId'>,
  spoken: ProtocolRange,
): string | null {
  if (clusterId !== null && self.clusterId !== null && clusterId !== self.clusterId)
    return `it is of cluster ${clusterId}, this is cluster ${self.clusterId}`
  if (to.nodeId !== self.replica.nodeId) return `it means node ${to.nodeId}`
  if (to.directoryId !== self.replica.directoryId)
    return `it means directory ${to.directoryId}, which this node does not have (any more)`
  if (from.nodeId === self.replica.nodeId) return 'it has the node id of this node'
  if (protocol.max < spoken.min)
    return `it speaks an older protocol: up to ${protocol.max}, this node from ${spoken.min} on`
  if (protocol.min > spoken.max)
    return `it speaks a newer protocol: from ${protocol.min} on, this node up to ${spoken.max}`
  return null
}

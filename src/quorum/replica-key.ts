/**
 * Raft's name of a replica: node id and directory id together, so that a node whose disk was wiped
 * is another replica (SAFETY S1). As text `1@WlXAHSKEQSW4vtuK5yOGZg`.
 */
import type { NodeId } from '../base/ids.ts'
import { asNodeId } from '../base/ids.ts'
import type { ReplicaKey } from '../raft/configuration.ts'

export interface ReplicaId {
  readonly nodeId: NodeId
  readonly directoryId: string
}

export function replicaKey({ nodeId, directoryId }: ReplicaId): ReplicaKey {
  return `${nodeId}@${directoryId}` as ReplicaKey
}

/** Null when `text` is no replica key. */
export function parseReplicaKey(text: string): ReplicaId | null {
  const [, nodeId, directoryId] = /^(\d{1,10})@([\w-]{1,64})$/.exec(text) ?? []
  if (nodeId === undefined || directoryId === undefined) return null
  return { nodeId: asNodeId(Number(nodeId)), directoryId }
}

/** For keys that were checked when they came in. */
export function replicaIdOf(key: ReplicaKey): ReplicaId {
  const id = parseReplicaKey(key)
  if (id === null) throw new Error(`not a replica key: ${key}`)
  return id
}

/** A Raft configuration as the metadata log and its snapshots store it, and back. Pure. */
import { asNodeId } from '../base/ids.ts'
import { uuidToBytes, uuidToString } from '../bytes/uuid.ts'
import type { lograft } from '../gen/lograft/metadata/v1/records.js'
import type { Configuration, ReplicaKey } from '../raft/configuration.ts'
import { replicaIdOf, replicaKey } from './replica-key.ts'

type Stored = lograft.metadata.v1.IConfiguration
type StoredReplica = lograft.metadata.v1.IReplica

export function toStoredConfiguration({ voters, outgoing, learners }: Configuration): Stored {
  return {
    voters: voters.map(toStored),
    outgoing: outgoing.map(toStored),
    learners: learners.map(toStored),
  }
}

function toStored(key: ReplicaKey): StoredReplica {
  const { nodeId, directoryId } = replicaIdOf(key)
  return { nodeId, directoryId: uuidToBytes(directoryId) }
}

/** Throws RangeError when it is none. */
export function fromStoredConfiguration(stored: Stored): Configuration {
  const configuration = {
    voters: (stored.voters ?? []).map(fromStored),
    outgoing: (stored.outgoing ?? []).map(fromStored),
    learners: (stored.learners ?? []).map(fromStored),
  }
  if (configuration.voters.length === 0) throw new RangeError('a configuration without voters')
  return configuration
}

function fromStored({ nodeId, directoryId }: StoredReplica): ReplicaKey {
  if (directoryId?.byteLength !== 16) throw new RangeError('a directory id that is not 16 bytes')
  return replicaKey({ nodeId: asNodeId(nodeId ?? 0), directoryId: uuidToString(directoryId) })
}

/**
 * What a controller must never forget: with whom it founds the quorum, its term, its vote, and how
 * much of its log it knows to be on disk. Replaced as a whole, durably, before any log mutation of
 * a new term (SAFETY S1, S6, S8). The file is Kafka's JSON (KIP-595, KIP-853) with fields of our
 * own: founders, flushed offset, checksum. It cannot be rebuilt: a bad one beside a log stops the
 * node (S2).
 */
import type { Disk } from '../base/disk.ts'
import { readFile, writeFileAtomically } from '../base/disk.ts'
import { crc32c } from '../bytes/crc32c.ts'
import type { ReplicaKey } from '../raft/configuration.ts'
import type { HardState } from '../raft/types.ts'
import { parseReplicaKey, replicaIdOf, replicaKey } from './replica-key.ts'
import { MetadataUnusable } from './unusable.ts'

export interface QuorumState extends HardState {
  /** Everything below this offset of the log was fsynced. */
  readonly flushedOffset: number
  /** Whom it is bound to found the quorum with; null for a node that was added to one. */
  readonly founders: readonly ReplicaKey[] | null
  /** All founders are known to be bound; before that nobody votes. */
  readonly founded: boolean
}

/** Of a directory that is empty. */
export const NO_QUORUM_STATE: QuorumState = {
  term: 0,
  vote: null,
  flushedOffset: 0,
  founders: null,
  founded: false,
}

const FILE_NAME = 'quorum-state'
const DATA_VERSION = 1

const pathIn = (directory: string) => `${directory}/${FILE_NAME}`

/** Null when there is none; throws MetadataUnusable when it is not what was written. */
export function readQuorumState(disk: Disk, directory: string): QuorumState | null {
  const path = pathIn(directory)
  const bytes = readFile(disk, path)
  if (bytes === null) return null
  const state = parse(new TextDecoder().decode(bytes))
  if (state === null)
    throw new MetadataUnusable(`${path} is damaged: it holds this node's term and vote.`)
  return state
}

/** Durable when it returns. */
export function writeQuorumState(disk: Disk, directory: string, state: QuorumState): void {
  writeFileAtomically(disk, pathIn(directory), new TextEncoder().encode(print(state)))
}

function print({ term, vote, flushedOffset, founders, founded }: QuorumState): string {
  const voted = vote === null ? null : replicaIdOf(vote)
  const fields = {
    leaderId: -1,
    leaderEpoch: term,
    votedId: voted?.nodeId ?? -1,
    votedDirectoryId: voted?.directoryId ?? '',
    flushedOffset,
    founders,
    founded,
    data_version: DATA_VERSION,
  }
  return JSON.stringify({ ...fields, checksum: crc32c(Buffer.from(JSON.stringify(fields))) })
}

/** Whatever does not print exactly as it was read is damaged: one flipped bit must not pass. */
function parse(text: string): QuorumState | null {
  let fields: unknown
  try {
    fields = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof fields !== 'object' || fields === null) return null
  const { leaderEpoch, votedId, votedDirectoryId, flushedOffset, founders, founded } =
    fields as Record<string, unknown>
  if (!isCount(leaderEpoch) || !isCount(flushedOffset) || typeof founded !== 'boolean') return null
  if (founders !== null && !isKeys(founders)) return null
  const vote =
    votedId === -1 ? null : parseReplicaKey(`${String(votedId)}@${String(votedDirectoryId)}`)
  const state = {
    term: leaderEpoch,
    vote: vote && replicaKey(vote),
    ...{ flushedOffset, founders, founded },
  }
  return print(state) === text ? state : null
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const isKeys = (value: unknown): value is readonly ReplicaKey[] =>
  Array.isArray(value) && value.every((key) => parseReplicaKey(String(key)) !== null)

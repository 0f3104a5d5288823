/**
 * What a voter must never forget: its term, its vote, and how much of its log it knows to be on
 * disk. Replaced as a whole, durably, before any log mutation of a new term (SAFETY S6, S8). The
 * file is Kafka's JSON (KIP-595, KIP-853) with a flushed offset and a checksum of our own. It
 * cannot be rebuilt: a bad one beside a log stops the node (S2).
 */
import type { Disk } from '../base/disk.ts'
import { readFile, writeFileAtomically } from '../base/disk.ts'
import type { NodeId } from '../base/ids.ts'
import { asNodeId } from '../base/ids.ts'
import { crc32c } from '../bytes/crc32c.ts'
import { MetadataUnusable } from './unusable.ts'

export interface QuorumState {
  /** The newest term this node took part in. */
  readonly term: number
  /** Whom it voted for in that term. */
  readonly votedFor: { readonly nodeId: NodeId; readonly directoryId: string } | null
  /** Everything below this offset of the log was fsynced. */
  readonly flushedOffset: number
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

function print(state: QuorumState): string {
  const fields = {
    leaderId: -1,
    leaderEpoch: state.term,
    votedId: state.votedFor?.nodeId ?? -1,
    votedDirectoryId: state.votedFor?.directoryId ?? '',
    flushedOffset: state.flushedOffset,
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
  const { leaderEpoch, votedId, votedDirectoryId, flushedOffset } = fields as Record<
    string,
    unknown
  >
  if (!isCount(leaderEpoch) || !isCount(flushedOffset)) return null
  if (typeof votedDirectoryId !== 'string' || typeof votedId !== 'number') return null
  const votedFor =
    votedId === -1 ? null : { nodeId: asNodeId(votedId), directoryId: votedDirectoryId }
  const state = { term: leaderEpoch, votedFor, flushedOffset }
  return print(state) === text ? state : null
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

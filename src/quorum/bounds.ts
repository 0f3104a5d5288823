/** How much of everything the quorum takes on at once. */
import type { Bounds } from '../raft/types.ts'
import { ENTRY_BYTES_MAX, ENTRY_OVERHEAD_BYTES } from './entry.ts'

const KIB = 1024
const MIB = 1024 * KIB

export const CORE_BOUNDS: Bounds = {
  entryBytes: ENTRY_BYTES_MAX - ENTRY_OVERHEAD_BYTES,
  appendBytes: 256 * KIB,
  appendEntries: 512,
  inflightAppends: 64,
  inflightBytes: 8 * MIB,
  uncommittedBytes: 64 * MIB,
  cachedBytes: 16 * MIB,
  reads: 1_000,
}

/** Requests that wait for their commitment at most. */
export const WAITING_MAX = 1_000
/** Messages that wait for their turn at most; more are lost, as messages may be. */
export const INBOX_MAX = 4_096
/** Taken in one turn of the event loop. */
export const MESSAGES_PER_TURN = 512

/** A follower waits between one and two election timeouts of that many ticks. */
export const ELECTION_TICKS = 20
export const HEARTBEAT_TICKS = 2

/**
 * The state of the quorum for people: who leads, then a line for each replica. What the leader does
 * not know of whom it does not hear is not said. Pure.
 */
import { formatHostPort } from '../config/addresses.ts'
import type { QuorumDescription, ReplicaDescription } from '../quorum/admin.ts'
import { table } from './table.ts'

export function printQuorum(quorum: QuorumDescription): string {
  const { clusterId, leaderId, epoch, highWatermark, replicas } = quorum
  const facts = [
    `cluster ${clusterId ?? '-'}`,
    `leader ${leaderId}`,
    `epoch ${epoch}`,
    `high watermark ${highWatermark}`,
  ]
  const rows = [...replicas]
    .sort((a, b) => a.nodeId - b.nodeId)
    .map((replica) => [
      replica.nodeId,
      replica.nodeId === leaderId && replica.role === 'voter' ? 'leader' : replica.role,
      replica.address && formatHostPort(replica.address),
      replica.logEndOffset,
      lagOf(replica, quorum),
      since(replica, replica.silentMs),
      since(replica, replica.behindMs),
      replica.directoryId,
    ])
  const headings = [
    ...['NODE', 'ROLE', 'ADDRESS', 'LOG END', 'LAG', 'LAST CONTACT', 'LAST CAUGHT UP'],
    'DIRECTORY',
  ]
  return `${facts.join(', ')}\n\n${table(headings, rows)}`
}

/** Whoever was not heard of for so long is not there; each is heard of several times a second. */
const SILENT_MS = 3_000

/** Entries that it lacks; null when nobody knows: what it had once, it may lack by now. */
function lagOf(
  { logEndOffset, silentMs }: ReplicaDescription,
  { logEndOffset: end }: QuorumDescription,
): number | null {
  return logEndOffset === null || silentMs > SILENT_MS ? null : Math.max(0, end - logEndOffset)
}

/** A new leader knows of whom it has not heard only that it is at least so long. */
function since({ logEndOffset }: ReplicaDescription, ms: number): string {
  return logEndOffset === null ? `over ${ago(Math.max(ms, 100))}` : ago(ms)
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const

/** `2.5 s ago`; `now` for less than a tenth of a second. */
function ago(ms: number): string {
  if (ms < 100) return 'now'
  const [unit, size] = UNITS.find(([, least]) => ms >= least) ?? ['s', 1_000]
  const value = ms / size
  return `${value >= 10 ? Math.round(value) : value.toFixed(1)} ${unit} ago`
}

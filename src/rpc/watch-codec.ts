/**
 * The stream of committed metadata in our own types (proto/lograft/metadata/v1/watch.proto), as
 * both ends share it. Records stay closed: they travel as they are stored. Pure.
 */
import type { NodeId } from '../base/ids.ts'
import { lograft } from '../gen/lograft/metadata/v1/watch.js'
import type { StoredRecords } from '../quorum/committed-log.ts'
import type { Leadership, VoterAddress } from '../quorum/ports.ts'
import { domainCodec, must, nodeIdOf, portOf } from './domain-codec.ts'
import type { Codec } from './service.ts'
import { serverStream } from './service.ts'

const wire = lograft.metadata.v1

export interface WatchRequest {
  readonly nodeId: NodeId
  /** Null when it is not known yet. */
  readonly clusterId: string | null
  /** The first entry wanted. */
  readonly nextOffset: number
  /** Of the entry before it; 0 when nothing is held. */
  readonly epoch: number
}

/** Who leads, and where controllers are found. */
export interface WatchedLeadership extends Leadership {
  readonly controllers: readonly VoterAddress[]
}

export interface EntriesEvent {
  readonly firstOffset: number
  readonly entries: readonly StoredRecords[]
}

export interface SnapshotPiece {
  readonly endOffset: number
  readonly epoch: number
  readonly piece: number
  readonly last: boolean
  readonly records: Uint8Array
}

export interface WatchEvent {
  /** Everything below is committed, as far as the controller has come. */
  readonly endOffset: number
  readonly leadership: WatchedLeadership | null
  readonly entries: EntriesEvent | null
  readonly snapshot: SnapshotPiece | null
}

const CONTROLLERS_MAX = 1_000

const watchRequest: Codec<WatchRequest> = domainCodec(
  wire.WatchRequest,
  ({ nodeId, clusterId, nextOffset, epoch }: WatchRequest) => ({
    nodeId,
    clusterId,
    nextOffset,
    epoch,
  }),
  ({ nodeId, clusterId, nextOffset, epoch }) => {
    must((nextOffset === 0) === (epoch === 0), 'an epoch, unless nothing is held,')
    return { nodeId: nodeIdOf(nodeId), clusterId, nextOffset, epoch }
  },
)

const watchEvent: Codec<WatchEvent> = domainCodec(
  wire.WatchEvent,
  ({ endOffset, leadership, entries, snapshot }: WatchEvent) => ({
    endOffset,
    ...(leadership && {
      leadership: { ...leadership, controllers: [...leadership.controllers] },
    }),
    ...(entries && {
      entries: { firstOffset: entries.firstOffset, entries: [...entries.entries] },
    }),
    ...(snapshot && { snapshot }),
  }),
  ({ endOffset, leadership, entries, snapshot }) => {
    must(!entries || !snapshot, 'entries or a snapshot')
    return {
      endOffset,
      leadership: leadership && leadershipFromWire(leadership),
      entries: entries && entriesFromWire(entries),
      snapshot: snapshot && snapshotFromWire(snapshot),
    }
  },
)

function leadershipFromWire({
  epoch,
  leaderId,
  isLeader,
  controllers,
}: lograft.metadata.v1.WatchedLeadership): WatchedLeadership {
  must(controllers.length <= CONTROLLERS_MAX, `at most ${CONTROLLERS_MAX} controllers`)
  return {
    epoch,
    leaderId: leaderId === null ? null : nodeIdOf(leaderId),
    isLeader,
    controllers: controllers.map(({ nodeId, host, port }) => ({
      nodeId: nodeIdOf(nodeId),
      host,
      port: portOf(port),
    })),
  }
}

function entriesFromWire({
  firstOffset,
  entries,
}: lograft.metadata.v1.CommittedEntries): EntriesEvent {
  must(entries.length > 0, 'entries')
  return { firstOffset, entries: entries.map(({ epoch, records }) => ({ epoch, records })) }
}

function snapshotFromWire({
  endOffset,
  epoch,
  piece,
  last,
  records,
}: lograft.metadata.v1.SnapshotPiece): SnapshotPiece {
  return { endOffset, epoch, piece, last, records }
}

export const watchMethod = serverStream(
  'lograft.metadata.v1.Metadata/Watch',
  watchRequest,
  watchEvent,
  { requestBytesMax: 4 * 1024 },
)

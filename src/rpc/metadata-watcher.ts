/**
 * One observer of this node's committed metadata, from the controller's side. The log is the only
 * buffer: it is read when the stream takes more, so an observer that is slow costs no memory, and
 * one that fell behind the log's beginning gets a snapshot. What it holds is compared before
 * anything is sent: an observer with another entry at the same place is refused (SAFETY S9).
 */
import { encodeRecords } from '../metadata/codec.ts'
import type { MetadataRecord } from '../metadata/records.ts'
import { imageRecords } from '../metadata/snapshot.ts'
import type { CommittedLog } from '../quorum/committed-log.ts'
import type { Leadership } from '../quorum/ports.ts'
import { RpcError } from './status.ts'
import type { RpcStream } from './stream.ts'
import type { SnapshotPiece, WatchedLeadership, WatchEvent, WatchRequest } from './watch-codec.ts'
import type { Watcher } from './watchers.ts'

/** Bytes of entries in one event, unless a single one is larger. */
const READ_BYTES = 256 * 1024
/** Bytes of records in one piece of a snapshot, unless a single one is larger. */
const PIECE_BYTES_MAX = 512 * 1024
const RECORDS_PER_PIECE = 1_000

const NOTHING_ELSE = { leadership: null, entries: null, snapshot: null }

export class MetadataWatcher implements Watcher {
  readonly #log: CommittedLog
  readonly #stream: RpcStream<never, WatchEvent>
  readonly #epoch: number
  #next: number
  /** Its last entry is ours too. */
  #isCompared = false
  #pieces: Iterator<SnapshotPiece, void> | null = null
  #told: { readonly leadership: Leadership; readonly controllers: object } | null = null
  #isBlocked = false
  #hasWritten = false

  constructor(
    log: CommittedLog,
    stream: RpcStream<never, WatchEvent>,
    { nextOffset, epoch }: WatchRequest,
  ) {
    this.#log = log
    this.#stream = stream
    this.#next = nextOffset
    this.#epoch = epoch
  }

  get isBlocked(): boolean {
    return this.#isBlocked
  }

  drained(): void {
    this.#isBlocked = false
    this.pump()
  }

  pump(): void {
    // A log that was closed has nothing to say any more; its service ends the stream.
    if (this.#isBlocked || !this.#log.isReady) return
    this.#tellLeadership()
    while (!this.#isBlocked) {
      if (!this.#compare()) return
      const event = this.#nextEvent()
      if (event === null) return
      this.#write(event)
    }
  }

  beat(): void {
    if (!this.#hasWritten && !this.#isBlocked) this.#write({})
    this.#hasWritten = false
  }

  // --- what is sent

  /** Whether its last entry is one of ours; one that we do not have yet is waited for. */
  #compare(): boolean {
    if (this.#isCompared) return true
    if (this.#next > this.#log.endOffset) return false
    const epoch = this.#log.epochBefore(this.#next)
    // Not known any more: then it is older than what is, or it is of another log.
    const isOurs =
      epoch === null ? this.#epoch <= this.#log.image.controllerEpoch : epoch === this.#epoch
    if (isOurs) this.#isCompared = true
    else this.#stream.fail(this.#diverged(epoch))
    return isOurs
  }

  /** Says also whether this is the leader: what was told before may not have been sent. */
  #diverged(epoch: number | null): RpcError {
    const what = `entry ${this.#next - 1} has epoch ${epoch ?? 'unknown'} here, not ${this.#epoch}`
    const { isLeader } = this.#log.leadership
    const facts = { 'is-leader': String(isLeader) }
    return new RpcError('FAILED_PRECONDITION', what, { reason: 'DIVERGED', facts })
  }

  #nextEvent(): Partial<WatchEvent> | null {
    if (this.#pieces) return this.#nextPiece(this.#pieces)
    const firstOffset = this.#next
    if (firstOffset >= this.#log.endOffset) return null
    const entries = firstOffset === 0 ? null : this.#log.read(firstOffset, READ_BYTES)
    if (entries === null) return this.#nextPiece((this.#pieces = snapshotPieces(this.#log)))
    this.#next += entries.length
    return { entries: { firstOffset, entries } }
  }

  #nextPiece(pieces: Iterator<SnapshotPiece, void>): Partial<WatchEvent> | null {
    const { done, value: snapshot } = pieces.next()
    if (done === true) return null
    if (snapshot.last) {
      this.#pieces = null
      this.#next = snapshot.endOffset
    }
    return { snapshot }
  }

  #tellLeadership(): void {
    const { leadership, image } = this.#log
    const { controllers } = image
    if (this.#told?.controllers === controllers && isSame(this.#told.leadership, leadership)) return
    this.#told = { leadership, controllers }
    const watched: WatchedLeadership = {
      ...leadership,
      controllers: [...controllers.values()].map(({ nodeId, host, port }) => ({
        nodeId,
        host,
        port,
      })),
    }
    this.#write({ leadership: watched })
  }

  #write(parts: Partial<WatchEvent>): void {
    const { endOffset } = this.#log
    this.#hasWritten = true
    this.#isBlocked = !this.#stream.write({ ...NOTHING_ELSE, endOffset, ...parts })
  }
}

function isSame(one: Leadership, other: Leadership): boolean {
  return (
    one.epoch === other.epoch && one.leaderId === other.leaderId && one.isLeader === other.isLeader
  )
}

/** The newest image, piece by piece; the image does not change meanwhile. */
function* snapshotPieces({ image }: CommittedLog): Generator<SnapshotPiece, void> {
  const id = { endOffset: image.metadataOffset + 1, epoch: image.controllerEpoch }
  let piece = 0
  for (const records of chunks(imageRecords(image))) {
    yield { ...id, piece, last: false, records }
    piece += 1
  }
  yield { ...id, piece, last: true, records: encodeRecords([]) }
}

function* chunks(records: Iterable<MetadataRecord>): Generator<Uint8Array, void> {
  let chunk: MetadataRecord[] = []
  for (const record of records) {
    chunk.push(record)
    if (chunk.length < RECORDS_PER_PIECE) continue
    yield* bounded(chunk)
    chunk = []
  }
  if (chunk.length > 0) yield* bounded(chunk)
}

function* bounded(records: readonly MetadataRecord[]): Generator<Uint8Array, void> {
  const bytes = encodeRecords(records)
  if (bytes.byteLength <= PIECE_BYTES_MAX || records.length === 1) {
    yield bytes
    return
  }
  const half = records.length >> 1
  yield* bounded(records.slice(0, half))
  yield* bounded(records.slice(half))
}

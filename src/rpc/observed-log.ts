/**
 * The metadata log as an observer has it: what was delivered to its listeners, and nothing kept but
 * the place. Takes events in order, refuses those that do not follow, and never goes back; a
 * snapshot counts when all of it is there. Who sends the events is `metadata-watch.ts`'s business.
 */
import { LograftError } from '../base/errors.ts'
import { decodeRecords } from '../metadata/codec.ts'
import { MetadataDelta } from '../metadata/delta.ts'
import { EMPTY_IMAGE } from '../metadata/image.ts'
import type { Leadership, QuorumListener } from '../quorum/ports.ts'
import type { EntriesEvent, SnapshotPiece, WatchEvent } from './watch-codec.ts'

/** A controller says what does not follow on what it said before. */
export class WatchFault extends LograftError<'WATCH_FAULT'> {
  override readonly name = 'WatchFault'

  constructor(message: string) {
    super('WATCH_FAULT', message)
  }
}

/** A snapshot of which pieces are missing. */
interface Gathering {
  readonly endOffset: number
  readonly epoch: number
  readonly delta: MetadataDelta
  pieces: number
}

export class ObservedLog {
  readonly #listeners: QuorumListener[] = []
  #nextOffset = 0
  #epoch = 0
  #gathering: Gathering | null = null
  #leadership: Leadership = { epoch: 0, leaderId: null, isLeader: false }
  #clusterId: string | null = null
  #isCaughtUp = false

  subscribe(listener: QuorumListener): void {
    this.#listeners.push(listener)
  }

  /** Everything below was delivered. */
  get nextOffset(): number {
    return this.#nextOffset
  }

  /** Of the entry before; 0 when there is none. */
  get epoch(): number {
    return this.#epoch
  }

  get leadership(): Leadership {
    return this.#leadership
  }

  /** Null before a record named it. */
  get clusterId(): string | null {
    return this.#clusterId
  }

  /** A stream begins anew, behind what was delivered. */
  beginStream(): void {
    this.#gathering = null
  }

  /**
   * Delivers what the event holds. Throws WatchFault when it does not follow, MetadataFormatError
   * when it cannot be read, and whatever a listener throws.
   */
  take({ endOffset, leadership, entries, snapshot }: WatchEvent): void {
    if (leadership) this.#hear(leadership)
    if (entries) this.#takeEntries(entries)
    if (snapshot) this.#takePiece(snapshot)
    this.#considerCaughtUp(endOffset)
  }

  /** Epochs only go up, and an epoch has one leader: what is older, or says less, is no news. */
  #hear({ epoch, leaderId }: Leadership): void {
    const was = this.#leadership
    if (epoch < was.epoch || (epoch === was.epoch && (leaderId === null || was.leaderId !== null)))
      return
    this.#leadership = { epoch, leaderId, isLeader: false }
    for (const listener of this.#listeners) listener.onLeadership?.(this.#leadership)
  }

  #takeEntries({ firstOffset, entries }: EntriesEvent): void {
    if (this.#gathering) throw new WatchFault('entries within a snapshot')
    if (firstOffset !== this.#nextOffset)
      throw new WatchFault(`entries from ${firstOffset}, where ${this.#nextOffset} is next`)
    let before = this.#epoch
    const committed = entries.map(({ epoch, records }, index) => {
      if (epoch < before) throw new WatchFault(`an entry of epoch ${epoch} behind epoch ${before}`)
      before = epoch
      const decoded = records.byteLength === 0 ? [] : decodeRecords(records)
      return { offset: firstOffset + index, epoch, records: decoded }
    })
    for (const { records } of committed)
      for (const record of records)
        if (record.type === 'ClusterId') this.#clusterId = record.clusterId
    for (const listener of this.#listeners) listener.onCommitted(committed)
    this.#nextOffset += entries.length
    this.#epoch = before
  }

  #takePiece({ endOffset, epoch, piece, last, records }: SnapshotPiece): void {
    if (piece === 0) this.#beginSnapshot(endOffset, epoch)
    const gathering = this.#gathering
    const follows =
      gathering?.pieces === piece && gathering.endOffset === endOffset && gathering.epoch === epoch
    if (!follows) throw new WatchFault(`piece ${piece} of a snapshot does not follow`)
    gathering.pieces += 1
    for (const record of decodeRecords(records)) gathering.delta.replay(record)
    if (last) this.#install(gathering)
  }

  #beginSnapshot(endOffset: number, epoch: number): void {
    if (endOffset <= this.#nextOffset || epoch < this.#epoch)
      throw new WatchFault(
        `a snapshot of ${endOffset} entries up to epoch ${epoch}, where ${this.#nextOffset} up to ` +
          `epoch ${this.#epoch} are held`,
      )
    this.#gathering = { endOffset, epoch, delta: new MetadataDelta(EMPTY_IMAGE), pieces: 0 }
  }

  #install({ endOffset, epoch, delta }: Gathering): void {
    this.#gathering = null
    const image = delta.apply({ offset: endOffset - 1, epoch })
    this.#clusterId = image.clusterId
    for (const listener of this.#listeners) listener.onSnapshot(image)
    this.#nextOffset = endOffset
    this.#epoch = epoch
  }

  /** All that its controller has, which has something of the present leader's. */
  #considerCaughtUp(endOffset: number): void {
    const { leaderId, epoch } = this.#leadership
    const isUpToDate = leaderId !== null && this.#epoch === epoch && this.#nextOffset >= endOffset
    if (this.#isCaughtUp || !isUpToDate) return
    this.#isCaughtUp = true
    for (const listener of this.#listeners) listener.onCaughtUp?.()
  }
}

/**
 * One who watches the metadata, from this node's side: first a snapshot or not, then entry after
 * entry, each read from the feed when the stream takes it. It keeps the image that the other end
 * has, and so needs nothing but the next entry to say what that changes.
 */
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { MetadataDelta } from '../../metadata/delta.ts'
import type { MetadataImage } from '../../metadata/image.ts'
import type { CommittedEntry } from '../../metadata/records.ts'
import { RpcError } from '../status.ts'
import type { RpcStream } from '../stream.ts'
import type { Watcher } from '../watchers.ts'
import type { ChangeFeed } from './change-feed.ts'
import { changesOf, wholeOf } from './watched-changes.ts'

const wire = lograft.admin.v1
type WatchEvent = lograft.admin.v1.WatchEvent
type IWatchEvent = lograft.admin.v1.IWatchEvent
type Change = lograft.admin.v1.Change

/** Changes in one message at most. */
const CHANGES_MAX = 1_000

/** Beats for which an entry is waited for that was committed elsewhere, as the other end says. */
const BEATS_BEHIND_MAX = 20

export class ChangeWatcher implements Watcher {
  readonly #feed: ChangeFeed
  readonly #stream: RpcStream<never, WatchEvent>
  readonly #newest: () => MetadataImage
  /** The entry that the other end goes on from; null once it has been found. */
  #after: number | null
  readonly #neverSnapshot: boolean
  #beatsBehind = 0
  /** What the other end has, once everything of `#pieces` is sent. */
  #image: MetadataImage
  #pieces: Iterator<IWatchEvent, void> | null = null
  #isBlocked = false
  #hasWritten = false

  /** `afterOffset`: up to where the other end has everything; null for nothing. */
  constructor(
    feed: ChangeFeed,
    stream: RpcStream<never, WatchEvent>,
    {
      afterOffset,
      neverSnapshot,
      newest,
    }: {
      readonly afterOffset: number | null
      readonly neverSnapshot: boolean
      readonly newest: () => MetadataImage
    },
  ) {
    this.#feed = feed
    this.#stream = stream
    this.#newest = newest
    this.#after = afterOffset
    this.#neverSnapshot = neverSnapshot
    this.#image = newest()
    if (afterOffset === null) this.#pieces = snapshotOf(this.#image)
  }

  get isBlocked(): boolean {
    return this.#isBlocked
  }

  drained(): void {
    this.#isBlocked = false
    this.pump()
  }

  pump(): void {
    if (this.#after !== null && !this.#begin(this.#after)) return
    while (!this.#isBlocked) {
      const event = this.#pieces?.next()
      if (event === undefined || event.done === true) {
        this.#pieces = this.#nextPieces()
        if (this.#pieces === null) return
      } else this.#write(event.value)
    }
  }

  beat(): void {
    if (this.#after !== null) this.#behind(this.#after)
    else if (!this.#hasWritten && !this.#isBlocked && this.#pieces === null)
      this.#write({ heartbeat: this.#heartbeat })
    this.#hasWritten = false
  }

  /** Nobody is brought back to an earlier state: what this node has not heard of is waited for. */
  #begin(after: number): boolean {
    if (after > this.#feed.endOffset) return false
    const held = this.#feed.imageAt(after)
    if (held === null && this.#neverSnapshot) {
      this.#stream.fail(outOfRange(after, 'what was committed then is not held any more'))
      return false
    }
    this.#after = null
    this.#image = held ?? this.#newest()
    if (held === null) this.#pieces = snapshotOf(this.#image)
    return true
  }

  #behind(after: number): void {
    this.#beatsBehind += 1
    if (this.#beatsBehind < BEATS_BEHIND_MAX) return
    const why = `this node has heard of entries up to ${this.#feed.endOffset}`
    this.#stream.fail(outOfRange(after, why))
  }

  get #heartbeat() {
    const { metadataOffset } = this.#image
    return new wire.Heartbeat({ metadataOffset })
  }

  #nextPieces(): Iterator<IWatchEvent, void> | null {
    // It was so slow that what it lacks is gone, or this node was given a snapshot itself.
    const { metadataOffset } = this.#image
    if (!this.#feed.holds(metadataOffset)) {
      if (this.#neverSnapshot) {
        this.#stream.fail(outOfRange(metadataOffset, 'what comes next is not held any more'))
        return null
      }
      this.#image = this.#newest()
      return snapshotOf(this.#image)
    }
    const entry = this.#feed.next(metadataOffset)
    if (entry === null) return null
    const delta = new MetadataDelta(this.#image)
    for (const record of entry.records) delta.replay(record)
    this.#image = delta.apply(entry)
    return entryEvents(entry, changesOf(delta, this.#image))
  }

  #write(event: IWatchEvent): void {
    this.#hasWritten = true
    this.#isBlocked = !this.#stream.write(new wire.WatchEvent(event))
  }
}

function outOfRange(afterOffset: number, why: string): RpcError {
  return new RpcError('OUT_OF_RANGE', `${why}, and ${afterOffset} was asked for`, {
    reason: 'OFFSET_OUT_OF_RANGE',
    field: 'after_offset',
    hint: 'ask without after_offset, and begin anew',
  })
}

function* snapshotOf(image: MetadataImage): Generator<IWatchEvent, void> {
  const { metadataOffset, controllerEpoch } = image
  const clusterId = image.clusterId ?? ''
  yield { snapshotBegin: new wire.SnapshotBegin({ clusterId }) }
  yield* entryEvents({ offset: metadataOffset, epoch: controllerEpoch }, wholeOf(image))
  yield { snapshotEnd: new wire.SnapshotEnd({ metadataOffset, controllerEpoch }) }
}

/** None for an entry that changes nothing that is watched. */
function* entryEvents(
  { offset, epoch }: Pick<CommittedEntry, 'offset' | 'epoch'>,
  changes: Iterable<Change>,
): Generator<IWatchEvent, void> {
  let piece: Change[] = []
  const event = (more: boolean): IWatchEvent => ({
    entry: new wire.Entry({
      ...{ metadataOffset: offset, controllerEpoch: epoch, more, changes: piece },
    }),
  })
  for (const one of changes) {
    if (piece.length === CHANGES_MAX) {
      yield event(true)
      piece = []
    }
    piece.push(one)
  }
  if (piece.length > 0) yield event(false)
}

/**
 * What is committed on this node, for whoever hands it on: entries as they are stored, from the
 * log, and the newest image, where the log begins later. A listener of the quorum, subscribed
 * behind the source of the image, so that the two agree. It keeps nothing but where it is.
 */
import type { MetadataImage } from '../metadata/image.ts'
import type { CommittedEntry } from '../metadata/records.ts'
import type { Leadership, QuorumListener } from './ports.ts'
import type { Storage } from './storage.ts'

/** An entry as it is stored. */
export interface StoredRecords {
  readonly epoch: number
  /** A RecordList, serialised; empty for an entry that concerns the quorum alone. Borrowed. */
  readonly records: Uint8Array
}

/** What `rpc/` streams to observers. */
export interface CommittedLog {
  /** There is a log; before, nothing else may be asked. */
  readonly isReady: boolean
  readonly leadership: Leadership
  /** Everything below is committed, and in `image`. */
  readonly endOffset: number
  readonly image: MetadataImage
  /**
   * Epoch of the entry before `offset`, which is at most `endOffset`; 0 before the first one, null
   * when it is not known any more.
   */
  epochBefore(offset: number): number | null
  /**
   * At least one entry from `offset`, which is below `endOffset`, on, then as many as fit in
   * `maxBytes`; null when they are not held any more. Throws MetadataUnusable.
   */
  read(offset: number, maxBytes: number): readonly StoredRecords[] | null
  /** `changed` is called when `endOffset` or `leadership` did; from within the quorum's turn. */
  subscribe(changed: () => void): void
}

const NOTHING = new Uint8Array(0)

export class QuorumCommittedLog implements CommittedLog, QuorumListener {
  readonly #quorum: { readonly storage: Storage | null; readonly leadership: Leadership }
  readonly #image: () => MetadataImage
  readonly #subscribers: (() => void)[] = []
  #endOffset = 0

  constructor(options: {
    readonly quorum: { readonly storage: Storage | null; readonly leadership: Leadership }
    /** After everything that was delivered. */
    readonly image: () => MetadataImage
  }) {
    this.#quorum = options.quorum
    this.#image = options.image
  }

  get isReady(): boolean {
    return this.#quorum.storage !== null
  }

  get leadership(): Leadership {
    return this.#quorum.leadership
  }

  get endOffset(): number {
    return this.#endOffset
  }

  get image(): MetadataImage {
    return this.#image()
  }

  epochBefore(offset: number): number | null {
    if (offset === 0) return 0
    const { startIndex, startTerm } = this.#stored
    if (offset === startIndex) return startTerm
    if (offset < startIndex) return null
    const [entry] = this.#stored.read(offset, offset, 1)
    return entry?.term ?? null
  }

  read(offset: number, maxBytes: number): readonly StoredRecords[] | null {
    if (offset < this.#stored.startIndex) return null
    return this.#stored.read(offset + 1, this.#endOffset, maxBytes).map(({ term, payload }) => ({
      epoch: term,
      records: payload.kind === 'data' ? payload.data : NOTHING,
    }))
  }

  subscribe(changed: () => void): void {
    this.#subscribers.push(changed)
  }

  // --- as a listener of the quorum

  onSnapshot({ metadataOffset }: MetadataImage): void {
    this.#moved(metadataOffset + 1)
  }

  onCommitted(entries: readonly CommittedEntry[]): void {
    const last = entries.at(-1)
    if (last) this.#moved(last.offset + 1)
  }

  onLeadership(): void {
    this.#changed()
  }

  #moved(endOffset: number): void {
    this.#endOffset = endOffset
    this.#changed()
  }

  #changed(): void {
    for (const changed of this.#subscribers) changed()
  }

  get #stored(): Storage {
    const { storage } = this.#quorum
    if (storage === null) throw new Error('nothing is stored, or not any more')
    return storage
  }
}

/**
 * From committed entries to publishers. The committed image is brought up to date the moment an
 * entry is committed; publishers hear of it in their fixed order, one update at a time, and what is
 * committed while a slow one works becomes one later update. Nothing is published before everything
 * that was committed when the node started has been replayed (a broker must not act on the past).
 * A record that cannot be applied throws: the node stops rather than guess.
 */
import { asError } from '../base/errors.ts'
import { MetadataDelta } from './delta.ts'
import type { MetadataImage } from './image.ts'
import { EMPTY_IMAGE } from './image.ts'
import type { MetadataPublisher } from './publisher.ts'
import type { CommittedEntry } from './records.ts'

interface Waiter {
  readonly offset: number
  resolve(): void
}

/** Fits `quorum/ports` as listener and as snapshot source. */
export class MetadataLoader {
  readonly #publishers: readonly MetadataPublisher[]
  readonly #onFault: (publisher: string, error: Error) => void
  /** What all publishers were told, or are being told. */
  #told: MetadataImage = EMPTY_IMAGE
  #published: MetadataImage = EMPTY_IMAGE
  /** From `#told` to the newest committed entry; null when that is the same. */
  #delta: { readonly changes: MetadataDelta; offset: number; epoch: number } | null = null
  /** `#told` after `#delta`, once somebody asked. */
  #committed: MetadataImage | null = EMPTY_IMAGE
  #caughtUp = false
  #publishing = false
  #waiters: Waiter[] = []

  /** `onFault` hears of publishers that fail; the others, and later updates, still run. */
  constructor(options: {
    publishers: readonly MetadataPublisher[]
    onFault: (publisher: string, error: Error) => void
  }) {
    this.#publishers = options.publishers
    this.#onFault = options.onFault
  }

  /** The state after every committed entry that was delivered. */
  get committedImage(): MetadataImage {
    this.#committed ??= this.#delta?.changes.apply(this.#delta) ?? this.#told
    return this.#committed
  }

  /** What all publishers have been told. */
  get publishedImage(): MetadataImage {
    return this.#published
  }

  /** Resolves when every publisher has been told of the entry at `offset`. */
  published(offset: number): Promise<void> {
    if (this.#published.metadataOffset >= offset) return Promise.resolve()
    return new Promise((resolve) => this.#waiters.push({ offset, resolve }))
  }

  /** Replaces the state; publishers hear of the difference. */
  onSnapshot(image: MetadataImage): void {
    const changes = new MetadataDelta(this.#told)
    changes.replaceBy(image)
    this.#delta = { changes, offset: image.metadataOffset, epoch: image.controllerEpoch }
    this.#committed = null
    this.#publish()
  }

  onCommitted(entries: readonly CommittedEntry[]): void {
    for (const { offset, epoch, records } of entries) {
      this.#delta ??= { changes: new MetadataDelta(this.#told), offset, epoch }
      for (const record of records) this.#delta.changes.replay(record)
      this.#delta.offset = offset
      this.#delta.epoch = epoch
    }
    this.#committed = null
    this.#publish()
  }

  onCaughtUp(): void {
    this.#caughtUp = true
    this.#publish()
  }

  /** Publishes until there is nothing new, or until a publisher has to be waited for. */
  #publish(): void {
    while (this.#caughtUp && !this.#publishing && this.#delta !== null) {
      const { changes } = this.#delta
      this.#told = this.committedImage
      this.#delta = null
      this.#publishing = true
      this.#tell(changes, this.#told, 0)
    }
  }

  /** Tells the publishers from the `from`th on, without a pause while none returns a promise. */
  #tell(delta: MetadataDelta, image: MetadataImage, from: number): void {
    for (let index = from; index < this.#publishers.length; index += 1) {
      const publisher = this.#publishers[index] as MetadataPublisher
      const fault = (thrown: unknown) => this.#onFault(publisher.name, asError(thrown))
      try {
        const done = publisher.onMetadataUpdate(delta, image)
        if (done === undefined) continue
        const next = index + 1
        void done.catch(fault).then(() => {
          this.#tell(delta, image, next)
          this.#publish()
        })
        return
      } catch (thrown) {
        fault(thrown)
      }
    }
    this.#published = image
    this.#publishing = false
    const { metadataOffset } = image
    const told = this.#waiters.filter(({ offset }) => offset <= metadataOffset)
    this.#waiters = this.#waiters.filter(({ offset }) => offset > metadataOffset)
    for (const waiter of told) waiter.resolve()
  }
}

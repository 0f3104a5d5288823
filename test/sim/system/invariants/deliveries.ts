/**
 * What the listeners of one life are told (A5, A15): from the beginning or from a snapshot on, in
 * order, each entry once, exactly what is committed, and nothing that a power cut could take back.
 * So whatever a start delivers is a prefix of the one history.
 */
import { encodeRecords } from '../../../../src/metadata/codec.ts'
import type { MetadataImage } from '../../../../src/metadata/image.ts'
import type { CommittedEntry } from '../../../../src/metadata/records.ts'
import type { Leadership } from '../../../../src/quorum/ports.ts'
import { check } from '../../invariants/violation.ts'
import type { DiskView } from '../disk-view.ts'
import type { History } from '../history.ts'
import { isSameImage } from '../history.ts'

export class Deliveries {
  readonly #name: string
  readonly #history: History
  readonly #view: DiskView
  #applied = 0
  #epoch = 0
  #isCaughtUp = false

  constructor(name: string, history: History, view: DiskView) {
    this.#name = name
    this.#history = history
    this.#view = view
  }

  /** Everything up to that index was delivered. */
  get applied(): number {
    return this.#applied
  }

  snapshot(image: MetadataImage): void {
    const index = image.metadataOffset + 1
    check(
      index > this.#applied && index <= this.#history.end,
      '5-applied-once',
      () => `${this.#name} is given a snapshot of ${index} after ${this.#applied}`,
    )
    check(
      isSameImage(image, this.#history.imageAt(index)),
      '5-state-machine',
      () => `${this.#name} is given a snapshot of ${index} that is another state`,
    )
    this.#advance(index)
  }

  entries(entries: readonly CommittedEntry[]): void {
    for (const entry of entries) this.#entry(entry)
    this.#advance(this.#applied)
  }

  #entry({ offset, epoch, records }: CommittedEntry): void {
    const index = offset + 1
    check(
      index === this.#applied + 1,
      '5-applied-once',
      () => `${this.#name} delivers ${index} after ${this.#applied}`,
    )
    const committed = this.#history.entryAt(index)
    check(committed !== null, '5-committed', () => `${this.#name} delivers ${index} before anybody`)
    const isSame =
      committed?.epoch === epoch &&
      Buffer.compare(encodeRecords(records), encodeRecords(committed.records)) === 0
    check(isSame, '5-state-machine', () => `${this.#name} delivers something else at ${index}`)
    this.#applied = index
  }

  #advance(index: number): void {
    const { lastIndex } = this.#view
    check(
      index <= lastIndex,
      '6-applicable',
      () => `${this.#name} delivers ${index}, and ${lastIndex} is durable`,
    )
    this.#applied = index
  }

  caughtUp(): void {
    check(!this.#isCaughtUp, '5-caught-up', () => `${this.#name} catches up twice`)
    this.#isCaughtUp = true
  }

  leadership({ epoch, isLeader }: Leadership): void {
    check(epoch >= this.#epoch, '7-term', () => `${this.#name} goes back to epoch ${epoch}`)
    this.#epoch = epoch
    if (!isLeader) return
    const newest = this.#history.entryAt(this.#applied)?.epoch
    check(
      newest === epoch,
      '4-leader-delivered',
      () => `${this.#name} leads epoch ${epoch} and has delivered up to epoch ${newest ?? 0}`,
    )
  }
}

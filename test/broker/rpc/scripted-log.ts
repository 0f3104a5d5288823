/**
 * The committed metadata of a controller, in memory: what a test says is committed, who it says
 * leads, and how much of it is held. Counts what it hands out.
 */
import { asNodeId } from '../../../src/base/ids.ts'
import { encodeRecords } from '../../../src/metadata/codec.ts'
import { applyEntry } from '../../../src/metadata/delta.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import { EMPTY_IMAGE } from '../../../src/metadata/image.ts'
import type { MetadataRecord } from '../../../src/metadata/records.ts'
import type { CommittedLog, StoredRecords } from '../../../src/quorum/committed-log.ts'
import type { Leadership } from '../../../src/quorum/ports.ts'

export class ScriptedLog implements CommittedLog {
  readonly isReady = true
  readonly #entries: StoredRecords[] = []
  readonly #subscribers: (() => void)[] = []
  #start = 0
  #image: MetadataImage = EMPTY_IMAGE
  #leadership: Leadership = { epoch: 0, leaderId: null, isLeader: false }
  /** Bytes of records that were read so far. */
  bytesRead = 0

  get leadership(): Leadership {
    return this.#leadership
  }

  get endOffset(): number {
    return this.#entries.length
  }

  get image(): MetadataImage {
    return this.#image
  }

  epochBefore(offset: number): number | null {
    if (offset === 0) return 0
    return offset < this.#start ? null : (this.#entries[offset - 1]?.epoch ?? null)
  }

  read(offset: number, maxBytes: number): readonly StoredRecords[] | null {
    if (offset < this.#start) return null
    const read: StoredRecords[] = []
    let left = maxBytes
    for (const entry of this.#entries.slice(offset)) {
      if (read.length > 0 && entry.records.byteLength > left) break
      left -= entry.records.byteLength
      this.bytesRead += entry.records.byteLength
      read.push(entry)
    }
    return read
  }

  subscribe(changed: () => void): void {
    this.#subscribers.push(changed)
  }

  // --- what a test does

  /** Without records: the first entry of a leader. */
  commit(epoch: number, ...records: MetadataRecord[]): this {
    const offset = this.#entries.length
    const stored = records.length === 0 ? new Uint8Array(0) : encodeRecords(records)
    this.#entries.push({ epoch, records: stored })
    this.#image = applyEntry(this.#image, { offset, epoch, records })
    return this.#changed()
  }

  /** Bytes that no observer could read. */
  commitBytes(epoch: number, records: Uint8Array): this {
    this.#entries.push({ epoch, records })
    return this.#changed()
  }

  /** Entries below `offset` are held no more. */
  forgetBefore(offset: number): this {
    this.#start = offset
    return this
  }

  leads(leaderId: number | null, epoch: number, isLeader = false): this {
    this.#leadership = { epoch, leaderId: leaderId === null ? null : asNodeId(leaderId), isLeader }
    return this.#changed()
  }

  #changed(): this {
    for (const changed of this.#subscribers) changed()
    return this
  }
}

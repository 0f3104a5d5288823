/**
 * The one history of committed entries, as a state machine sees it: what each entry changed, who
 * votes at each index, and the state after it. Replicas are compared with it and never with each
 * other. It is folded by the code that replicas use, but each entry once and in order.
 */
import { encodeRecords } from '../../../src/metadata/codec.ts'
import { applyEntry } from '../../../src/metadata/delta.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import { EMPTY_IMAGE } from '../../../src/metadata/image.ts'
import type { CommittedEntry } from '../../../src/metadata/records.ts'
import { imageRecords } from '../../../src/metadata/snapshot.ts'
import { recordsOf } from '../../../src/quorum/entry.ts'
import type { Configuration } from '../../../src/raft/configuration.ts'
import type { Entry, SnapshotMark } from '../../../src/raft/entry.ts'

const NOBODY: Configuration = { voters: [], outgoing: [], learners: [] }

export class History {
  readonly #entries: CommittedEntry[] = []
  readonly #images: MetadataImage[] = []
  #configurations: { readonly index: number; readonly configuration: Configuration }[] = []
  /** Those who found the cluster; nobody before that. */
  founding: Configuration = NOBODY

  /** The last committed index. */
  get end(): number {
    return this.#entries.length
  }

  push(entry: Entry): void {
    const committed = { offset: this.end, epoch: entry.term, records: recordsOf(entry) }
    const before = this.#images.at(-1) ?? EMPTY_IMAGE
    this.#entries.push(committed)
    this.#images.push(applyEntry(before, committed))
    if (entry.kind === 'configuration')
      this.#configurations.push({ index: this.end, configuration: entry.configuration })
  }

  /** Null behind the end. */
  entryAt(index: number): CommittedEntry | null {
    return this.#entries[index - 1] ?? null
  }

  /** The state after everything up to `index`, which is committed. */
  imageAt(index: number): MetadataImage {
    return this.#images[index - 1] ?? EMPTY_IMAGE
  }

  configurationAt(index: number): Configuration {
    const inForce = this.#configurations.findLast((of) => of.index <= index)
    return inForce?.configuration ?? this.founding
  }

  markAt(index: number): SnapshotMark {
    const term = this.entryAt(index)?.epoch ?? 0
    return { index, term, configuration: this.configurationAt(index) }
  }
}

/** Whether two images hold the same, byte for byte in their canonical form. */
export function isSameImage(one: MetadataImage, other: MetadataImage): boolean {
  if (one.metadataOffset !== other.metadataOffset) return false
  if (one.controllerEpoch !== other.controllerEpoch) return false
  return Buffer.compare(bytesOf(one), bytesOf(other)) === 0
}

function bytesOf(image: MetadataImage): Uint8Array {
  return encodeRecords([...imageRecords(image)])
}

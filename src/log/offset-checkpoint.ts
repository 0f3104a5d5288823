/**
 * One checkpoint file of offsets by partition, and what may be on disk of it: what was written
 * last, and what is being written. Lowering a recovery point must know both (SAFETY S7).
 */
import type { Disk } from '../base/disk.ts'
import type { OffsetCheckpointEntry } from './checkpoint.ts'
import {
  CheckpointFile,
  parseCheckedOffsets,
  parseOffsetCheckpoint,
  printCheckedOffsets,
  printOffsetCheckpoint,
} from './checkpoint.ts'
import { partitionDirectoryName } from './file-names.ts'

export class OffsetCheckpoint {
  readonly #file: CheckpointFile
  readonly #print: (entries: readonly OffsetCheckpointEntry[]) => Uint8Array
  /** The contents that a crash now could leave, by partition. */
  #onDisk: ReadonlyMap<string, number>
  #underWay: ReadonlyMap<string, number> = new Map()
  /** What is on disk was put there by this process, durably, and nothing has failed since. */
  #isOwn = false
  #running: Promise<void> = Promise.resolve()
  /** The write that has not begun yet: whoever comes shares it. */
  #next: Promise<void> | null = null

  /** Reads the file; one that does not parse counts as empty. `isChecked`: with a checksum. */
  constructor(
    disk: Disk,
    path: string,
    { isChecked = false }: { readonly isChecked?: boolean } = {},
  ) {
    this.#print = isChecked ? printCheckedOffsets : printOffsetCheckpoint
    const parse = isChecked ? parseCheckedOffsets : parseOffsetCheckpoint
    this.#file = new CheckpointFile(disk, path)
    this.#file.removeLeftovers()
    const bytes = this.#file.read()
    const entries = bytes === null ? null : parse(bytes)
    this.#onDisk = byPartition(entries ?? [])
  }

  /** What the file says, by the partition's directory. */
  get offsets(): ReadonlyMap<string, number> {
    return this.#onDisk
  }

  /** What the file says of a partition, or undefined. */
  get(topic: string, partition: number): number | undefined {
    return this.#onDisk.get(partitionDirectoryName(topic, partition))
  }

  /** Whether a crash now could leave more than `offset` for the partition. */
  mayExceed({ topic, partition, offset }: OffsetCheckpointEntry): boolean {
    const key = partitionDirectoryName(topic, partition)
    return (this.#onDisk.get(key) ?? 0) > offset || (this.#underWay.get(key) ?? 0) > offset
  }

  /**
   * Durable when it resolves: this content, or that of a `writeNow` that came later. One write at a
   * time; what is to be written is asked for when it begins. What is on disk is not written again.
   */
  write(entries: () => readonly OffsetCheckpointEntry[]): Promise<void> {
    if (this.#next) return this.#next
    const write = this.#running.then(() => {
      this.#next = null
      return this.#write(entries())
    })
    this.#next = write
    this.#running = write.catch(() => {})
    return write
  }

  async #write(entries: readonly OffsetCheckpointEntry[]): Promise<void> {
    if (this.#isOnDisk(entries)) return
    this.#isOwn = false
    const content = byPartition(entries)
    this.#underWay = content
    for (;;) {
      const isWritten = await this.#file.write(this.#print(entries))
      if (this.#underWay !== content) return
      // Else overtaken by a write that failed, and neither is in place.
      if (isWritten) break
    }
    this.#onDisk = content
    this.#underWay = new Map()
    this.#isOwn = true
  }

  /** Ten thousand partitions at rest cost a look at each, and no fsync. Somebody may tidy up. */
  #isOnDisk(entries: readonly OffsetCheckpointEntry[]): boolean {
    if (!this.#isOwn || entries.length !== this.#onDisk.size || !this.#file.exists) return false
    return entries.every(({ topic, partition, offset }) => this.get(topic, partition) === offset)
  }

  /** Durable when it returns; voids a write that is under way. */
  writeNow(entries: readonly OffsetCheckpointEntry[]): void {
    this.#isOwn = false
    this.#file.writeNow(this.#print(entries))
    this.#onDisk = byPartition(entries)
    this.#underWay = new Map()
    this.#isOwn = true
  }
}

function byPartition(entries: readonly OffsetCheckpointEntry[]): ReadonlyMap<string, number> {
  return new Map(
    entries.map(({ topic, partition, offset }) => [
      partitionDirectoryName(topic, partition),
      offset,
    ]),
  )
}

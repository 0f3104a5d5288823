/**
 * Metadata snapshots on disk: `<end offset, 20 digits>-<epoch, 10 digits>.checkpoint`, Kafka's
 * name. A file is a row of record batches like the log's, numbered and with a last one that says
 * so; it is written as `.part`, fsynced, renamed, and so is never half there (SAFETY S5; invariant
 * A15). It never deletes a snapshot that it was not told to delete.
 */
import type { Disk, DiskFile } from '../base/disk.ts'
import { DiskError, readFile } from '../base/disk.ts'
import { LograftError, asError } from '../base/errors.ts'
import { lograft } from '../gen/lograft/metadata/v1/records.js'
import {
  CheckedReader,
  MetadataFormatError,
  decodeRecords,
  encodeRecords,
} from '../metadata/codec.ts'
import type { CommittedSnapshot, MetadataRecord } from '../metadata/records.ts'
import { BatchCursor } from '../records/batch.ts'
import { buildBatch } from '../records/builder.ts'
import { valueOf } from './entry.ts'

export interface SnapshotId {
  /** The first offset not contained. */
  readonly endOffset: number
  /** Epoch of the entry before it. */
  readonly epoch: number
}

/** A snapshot file that is not what was written. */
export class SnapshotCorrupt extends LograftError<'SNAPSHOT_CORRUPT'> {
  override readonly name = 'SnapshotCorrupt'
}

/** Small enough that encoding one part does not hold up the event loop for long. */
const RECORDS_PER_PART = 1_000
const PART_SUFFIX = '.part'
const NAME = /^(\d{20})-(\d{10})\.checkpoint$/

export class SnapshotStore {
  readonly #disk: Disk
  readonly #directory: string

  constructor({ disk, directory }: { disk: Disk; directory: string }) {
    this.#disk = disk
    this.#directory = directory
  }

  /** Oldest first. */
  list(): readonly SnapshotId[] {
    return this.#disk
      .list(this.#directory)
      .map(({ name }) => NAME.exec(name))
      .filter((match) => match !== null)
      .map(([, endOffset, epoch]) => ({ endOffset: Number(endOffset), epoch: Number(epoch) }))
      .sort((a, b) => a.endOffset - b.endOffset || a.epoch - b.epoch)
  }

  /** Removes what was being written when the node stopped. */
  removeUnfinished(): void {
    for (const { name } of this.#disk.list(this.#directory))
      if (name.endsWith(`.checkpoint${PART_SUFFIX}`))
        this.#disk.remove(`${this.#directory}/${name}`)
  }

  remove(id: SnapshotId): void {
    this.#disk.remove(this.pathOf(id))
  }

  pathOf({ endOffset, epoch }: SnapshotId): string {
    const name = `${String(endOffset).padStart(20, '0')}-${String(epoch).padStart(10, '0')}`
    return `${this.#directory}/${name}.checkpoint`
  }

  /**
   * Writes a snapshot, durably; yields to the event loop between parts, so `records` must not
   * change meanwhile. Throws DiskError; then there is no such snapshot.
   */
  async write(id: SnapshotId, records: Iterable<MetadataRecord>): Promise<void> {
    const path = this.pathOf(id)
    const temporary = path + PART_SUFFIX
    const file = this.#disk.open(temporary, 'create')
    try {
      file.truncate(0)
      let bytePosition = 0
      for (const { part, last, chunk } of partsOf(records)) {
        bytePosition += append(file, encodePart(id, { part, last }, chunk), bytePosition)
        await file.sync()
      }
    } catch (thrown) {
      file.close()
      this.#disk.remove(temporary)
      throw thrown
    }
    file.close()
    this.#disk.rename(temporary, path)
    this.#disk.syncDirectory(this.#directory)
  }

  /** Throws SnapshotCorrupt, naming file and byte; MetadataFormatError for a newer release's. */
  read(id: SnapshotId): CommittedSnapshot {
    const path = this.pathOf(id)
    const bytes = readFile(this.#disk, path)
    if (bytes === null) throw new SnapshotCorrupt('SNAPSHOT_CORRUPT', `${path} is missing`)
    const cursor = new BatchCursor(bytes)
    const damaged = (fault: string) =>
      new SnapshotCorrupt('SNAPSHOT_CORRUPT', `${path} is damaged at byte ${cursor.at}: ${fault}`)
    const records: MetadataRecord[] = []
    for (let part = 0, last = false; !last; part += 1) {
      const content = decodePart(cursor, id, part)
      if ('fault' in content) throw damaged(content.fault)
      for (const record of content.records) records.push(record)
      last = content.last
      cursor.next()
    }
    if (cursor.at < bytes.byteLength) throw damaged('bytes behind the last part')
    return { ...id, records }
  }
}

function* partsOf(records: Iterable<MetadataRecord>) {
  let part = 0
  let chunk: MetadataRecord[] = []
  for (const record of records) {
    if (chunk.length === RECORDS_PER_PART) {
      yield { part, last: false, chunk }
      part += 1
      chunk = []
    }
    chunk.push(record)
  }
  yield { part, last: true, chunk }
}

function append(file: DiskFile, bytes: Uint8Array, bytePosition: number): number {
  const written = file.writeAt([bytes], bytePosition)
  if (written === bytes.byteLength) return written
  throw new DiskError('DISK_FULL', `${file.path}: wrote ${written} of ${bytes.byteLength} bytes`)
}

function encodePart(
  { endOffset, epoch }: SnapshotId,
  { part, last }: { part: number; last: boolean },
  records: readonly MetadataRecord[],
): Uint8Array {
  const value = lograft.metadata.v1.SnapshotPart.encode({
    endOffset,
    term: epoch,
    part,
    last,
    records: encodeRecords(records),
  })
  return buildBatch({ baseOffset: part, leaderEpoch: epoch, records: [{ value: value.finish() }] })
}

interface Part {
  readonly records: readonly MetadataRecord[]
  readonly last: boolean
}

function decodePart(
  cursor: BatchCursor,
  { endOffset, epoch }: SnapshotId,
  part: number,
): Part | { fault: string } {
  if (!cursor.isWhole) return { fault: 'the file ends too early' }
  if (cursor.magic !== 2 || !cursor.crcMatches()) return { fault: 'the checksum does not match' }
  const value = valueOf(cursor)
  if ('fault' in value) return value
  try {
    const stored = lograft.metadata.v1.SnapshotPart.decode(new CheckedReader(value.bytes))
    const isRight =
      stored.part === part &&
      cursor.baseOffset === part &&
      stored.endOffset === endOffset &&
      stored.term === epoch &&
      cursor.partitionLeaderEpoch === epoch
    if (!isRight) return { fault: 'a part of another place or another snapshot' }
    return { records: decodeRecords(stored.records), last: stored.last }
  } catch (thrown) {
    // A newer release's snapshot is not damaged, and must not be passed over for an older one.
    if (thrown instanceof MetadataFormatError && thrown.code === 'UNSUPPORTED_VERSION') throw thrown
    return { fault: asError(thrown).message }
  }
}

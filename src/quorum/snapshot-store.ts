/**
 * Metadata snapshots on disk: `<end offset, 20 digits>-<epoch, 10 digits>.checkpoint`, Kafka's
 * name. A file is a row of record batches like the log's, numbered and with a last one that says
 * so; it is written as `.part`, fsynced, renamed, and so is never half there (SAFETY S5; invariant
 * A15). It never deletes a snapshot that it was not told to delete.
 */
import assert from 'node:assert'
import type { Disk, DiskFile } from '../base/disk.ts'
import { DiskError } from '../base/disk.ts'
import { LograftError, asError } from '../base/errors.ts'
import { lograft } from '../gen/lograft/metadata/v1/records.js'
import {
  CheckedReader,
  MetadataFormatError,
  decodeRecords,
  encodeRecords,
} from '../metadata/codec.ts'
import type { MetadataRecord } from '../metadata/records.ts'
import type { Configuration } from '../raft/configuration.ts'
import { BatchCursor } from '../records/batch.ts'
import { buildBatch } from '../records/builder.ts'
import { valueOf } from './entry.ts'
import { fromStoredConfiguration, toStoredConfiguration } from './stored-configuration.ts'

export interface SnapshotId {
  /** The first offset not contained. */
  readonly endOffset: number
  /** Epoch of the entry before it. */
  readonly epoch: number
}

export interface SnapshotContent {
  /** Who votes at the end of it. */
  readonly configuration: Configuration
  readonly records: Iterable<MetadataRecord>
}

/** A snapshot file that is not what was written. */
export class SnapshotCorrupt extends LograftError<'SNAPSHOT_CORRUPT'> {
  override readonly name = 'SnapshotCorrupt'
}

/** Small enough that encoding one part does not hold up the event loop for long. */
const RECORDS_PER_PART = 1_000
const PART_SUFFIX = '.part'
const INCOMING_SUFFIX = '.incoming'
/** Up to and including a batch's length field. */
const BATCH_LENGTH_BYTES = 12
/** More than any part has. */
const PART_BYTES_MAX = 256 * 1024 * 1024
const UNFINISHED = [PART_SUFFIX, INCOMING_SUFFIX]
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

  /** Removes what was being written, or received, when the node stopped. */
  removeUnfinished(): void {
    for (const { name } of this.#disk.list(this.#directory))
      if (UNFINISHED.some((suffix) => name.endsWith(`.checkpoint${suffix}`)))
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
  async write(id: SnapshotId, { configuration, records }: SnapshotContent): Promise<void> {
    const path = this.pathOf(id)
    const temporary = path + PART_SUFFIX
    const file = this.#disk.open(temporary, 'create')
    try {
      file.truncate(0)
      let bytePosition = 0
      for (const { part, last, chunk } of partsOf(records)) {
        bytePosition += append(
          file,
          encodePart(id, { part, last, configuration }, chunk),
          bytePosition,
        )
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

  /**
   * The parts of a snapshot, one at a time, so that whoever reads may pause between them. Throws
   * SnapshotCorrupt, naming file and byte; MetadataFormatError for a newer release's.
   */
  *read(id: SnapshotId): Generator<SnapshotPart> {
    yield* readParts(this.#disk, this.pathOf(id), id)
  }

  /** Reads all of it, to see whether it can be read; throws as `read`. */
  check(id: SnapshotId): void {
    const parts = this.read(id)
    while (parts.next().done !== true);
  }

  /** Who votes at the end of a snapshot; throws as `read`. */
  configurationOf(id: SnapshotId): Configuration {
    for (const { configuration } of this.read(id)) if (configuration) return configuration
    return assert.fail('a first part without a configuration is damaged')
  }

  // --- from others

  /** Where a snapshot is gathered that another node sends. Nobody reads it before `adopt`. */
  incomingPathOf(id: SnapshotId): string {
    return this.pathOf(id) + INCOMING_SUFFIX
  }

  /** A whole, synced incoming snapshot becomes one of this node's, durably. Idempotent. */
  adopt(id: SnapshotId): void {
    const incoming = this.incomingPathOf(id)
    if (this.#disk.exists(incoming)) this.#disk.rename(incoming, this.pathOf(id))
    assert(this.#disk.exists(this.pathOf(id)), 'a snapshot that is adopted was received')
    this.#disk.syncDirectory(this.#directory)
  }

  /** Checks an incoming snapshot part by part; throws as `read`. */
  *checkIncoming(id: SnapshotId): Generator<SnapshotPart> {
    yield* readParts(this.#disk, this.incomingPathOf(id), id)
  }
}

/** One piece of a snapshot; the first one names the voters. */
export interface SnapshotPart {
  readonly records: readonly MetadataRecord[]
  readonly configuration: Configuration | null
  readonly last: boolean
}

function* readParts(disk: Disk, path: string, id: SnapshotId): Generator<SnapshotPart> {
  if (!disk.exists(path)) throw new SnapshotCorrupt('SNAPSHOT_CORRUPT', `${path} is missing`)
  const file = disk.open(path, 'read')
  let at = 0
  const damaged = (fault: string) =>
    new SnapshotCorrupt('SNAPSHOT_CORRUPT', `${path} is damaged at byte ${at}: ${fault}`)
  try {
    const sizeBytes = file.sizeBytes()
    for (let part = 0, last = false; !last; part += 1) {
      const cursor = new BatchCursor(batchAt(file, at, sizeBytes))
      const content = decodePart(cursor, id, part)
      if ('fault' in content) throw damaged(content.fault)
      at += cursor.sizeBytes
      last = content.last
      yield content
    }
    if (at < sizeBytes) throw damaged('bytes behind the last part')
  } finally {
    file.close()
  }
}

/** The bytes of the batch at `at`, or as many of them as there are. */
function batchAt(file: DiskFile, at: number, sizeBytes: number): Uint8Array {
  const head = new Uint8Array(Math.min(BATCH_LENGTH_BYTES, sizeBytes - at))
  file.readAt(head, at)
  if (head.byteLength < BATCH_LENGTH_BYTES) return head
  const length = new DataView(head.buffer).getInt32(8)
  const wanted = BATCH_LENGTH_BYTES + Math.max(0, Math.min(length, PART_BYTES_MAX))
  const bytes = new Uint8Array(Math.min(wanted, sizeBytes - at))
  return bytes.subarray(0, file.readAt(bytes, at))
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
  { part, last, configuration }: { part: number; last: boolean; configuration: Configuration },
  records: readonly MetadataRecord[],
): Uint8Array {
  const value = lograft.metadata.v1.SnapshotPart.encode({
    endOffset,
    term: epoch,
    part,
    last,
    records: encodeRecords(records),
    ...(part === 0 && { configuration: toStoredConfiguration(configuration) }),
  })
  return buildBatch({ baseOffset: part, leaderEpoch: epoch, records: [{ value: value.finish() }] })
}

function decodePart(
  cursor: BatchCursor,
  { endOffset, epoch }: SnapshotId,
  part: number,
): SnapshotPart | { fault: string } {
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
    if ((part === 0) !== Boolean(stored.configuration)) return { fault: 'voters out of place' }
    const configuration = stored.configuration && fromStoredConfiguration(stored.configuration)
    return { records: decodeRecords(stored.records), configuration, last: stored.last }
  } catch (thrown) {
    // A newer release's snapshot is not damaged, and must not be passed over for an older one.
    if (thrown instanceof MetadataFormatError && thrown.code === 'UNSUPPORTED_VERSION') throw thrown
    return { fault: asError(thrown).message }
  }
}

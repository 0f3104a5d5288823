/**
 * Kafka's checkpoint files: a version, a count, then one entry per line. Text, without a checksum;
 * whatever does not parse to the letter is taken for no file at all, because all of them can be
 * rebuilt or done without (SAFETY S2). Replaced atomically: temporary file, fsync, rename, fsync.
 */
import type { Disk, DiskFile } from '../base/disk.ts'
import { DiskError, readFile } from '../base/disk.ts'
import { crc32c } from '../bytes/crc32c.ts'
import type { EpochEntry } from './leader-epoch-cache.ts'
import { TEMPORARY_SUFFIX } from './file-names.ts'
import { syncing, syncingNow } from './sync-failed.ts'

const VERSION = '0'
const LEADER_EPOCH_MAX = 0x7fff_ffff
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** `topic partition offset` lines. */
export interface OffsetCheckpointEntry {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

export function printOffsetCheckpoint(entries: readonly OffsetCheckpointEntry[]): Uint8Array {
  return print(entries.map(({ topic, partition, offset }) => `${topic} ${partition} ${offset}`))
}

/** Null when it is not a checkpoint. */
export function parseOffsetCheckpoint(bytes: Uint8Array): readonly OffsetCheckpointEntry[] | null {
  return parse(bytes, ([topic, partition, offset, ...rest]) => {
    if (topic === undefined || rest.length > 0) return null
    const entry = { topic, partition: count(partition), offset: count(offset) }
    return topic === '' || Number.isNaN(entry.partition + entry.offset) ? null : entry
  })
}

/** A partition that cannot be, whose offset is the checksum of all other lines. */
const CHECKSUM = '__checksum'

/** The same with a checksum, which is a line like the others: whoever reads Kafka's format may. */
export function printCheckedOffsets(entries: readonly OffsetCheckpointEntry[]): Uint8Array {
  const checksum = { topic: CHECKSUM, partition: 0, offset: crc32c(printOffsetCheckpoint(entries)) }
  return printOffsetCheckpoint([...entries, checksum])
}

/** Null when it is no checkpoint, or not what was written. One without a checksum is believed. */
export function parseCheckedOffsets(bytes: Uint8Array): readonly OffsetCheckpointEntry[] | null {
  const entries = parseOffsetCheckpoint(bytes)
  const last = entries?.at(-1)
  if (!entries || !last) return entries
  const others = entries.slice(0, -1)
  // Where only its name has rotted, too.
  if (crc32c(printOffsetCheckpoint(others)) === last.offset) return others
  return last.topic === CHECKSUM ? null : entries
}

/** `epoch startOffset` lines: `leader-epoch-checkpoint`. */
export function printEpochCheckpoint(entries: readonly EpochEntry[]): Uint8Array {
  return print(entries.map(({ leaderEpoch, startOffset }) => `${leaderEpoch} ${startOffset}`))
}

/** Null when it is not a checkpoint, its entries do not ascend, or an epoch is no int32. */
export function parseEpochCheckpoint(bytes: Uint8Array): readonly EpochEntry[] | null {
  const entries = parse(bytes, ([leaderEpoch, startOffset, ...rest]) => {
    const entry = { leaderEpoch: count(leaderEpoch), startOffset: count(startOffset) }
    if (rest.length > 0 || Number.isNaN(entry.leaderEpoch + entry.startOffset)) return null
    return entry.leaderEpoch > LEADER_EPOCH_MAX ? null : entry
  })
  const ascend = entries?.every((entry, index) => {
    const before = entries[index - 1]
    return (
      !before || (before.leaderEpoch < entry.leaderEpoch && before.startOffset < entry.startOffset)
    )
  })
  return ascend ? (entries ?? null) : null
}

function print(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode([VERSION, lines.length, ...lines, ''].join('\n'))
}

function parse<Entry>(
  bytes: Uint8Array,
  parseEntry: (fields: readonly string[]) => Entry | null,
): readonly Entry[] | null {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return null
  }
  const [version, size, ...lines] = text.split('\n')
  if (version !== VERSION || lines.pop() !== '' || count(size) !== lines.length) return null
  const entries: Entry[] = []
  for (const line of lines) {
    const entry = parseEntry(line.split(' '))
    if (entry === null) return null
    entries.push(entry)
  }
  return entries
}

/** A non-negative safe integer in plain digits, else NaN. */
function count(text: string | undefined): number {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return NaN
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : NaN
}

/**
 * A small file that is replaced now and then, by whoever comes: in the background, or at once when
 * nothing may go on before it is durable. The last one to begin wins: a background write that was
 * overtaken never puts its older content in place (S7). A failed fsync is thrown as `SyncFailed`,
 * everything else as another DiskError; the old content is in place then, and no temporary left.
 */
export class CheckpointFile {
  static #count = 0
  readonly path: string
  readonly #disk: Disk
  readonly #directory: string
  /** A directory may change hands while a write is under way: no two ever share a temporary. */
  readonly #instance: number
  #turn = 0

  constructor(disk: Disk, path: string) {
    CheckpointFile.#count += 1
    this.#instance = CheckpointFile.#count
    this.#disk = disk
    this.path = path
    this.#directory = path.slice(0, path.lastIndexOf('/'))
  }

  /** The content, or null when there is none (or it cannot be read). */
  read(): Uint8Array | null {
    return readFile(this.#disk, this.path)
  }

  get exists(): boolean {
    return this.#disk.exists(this.path)
  }

  /** Removes what writes left behind that a crash cut short; before the first write only. */
  removeLeftovers(): void {
    const beginning = `${this.path.slice(this.#directory.length + 1)}.`
    for (const { name, directory } of this.#disk.list(this.#directory))
      if (!directory && name.startsWith(beginning) && name.endsWith(TEMPORARY_SUFFIX))
        this.#disk.remove(`${this.#directory}/${name}`)
  }

  /** Durable when it returns. */
  writeNow(bytes: Uint8Array): void {
    this.#turn += 1
    const temporary = this.#temporary(this.#turn)
    const file = this.#fill(temporary, bytes)
    try {
      syncingNow(() => file.syncNow())
    } finally {
      file.close()
    }
    this.#putInPlace(temporary)
    syncingNow(() => this.#disk.syncDirectory(this.#directory))
  }

  /**
   * Durable when it resolves to true. False: a later write began meanwhile, and counts, or
   * `isWanted`, asked right before the new content takes its place, said no.
   */
  async write(bytes: Uint8Array, isWanted: () => boolean = () => true): Promise<boolean> {
    this.#turn += 1
    const turn = this.#turn
    const temporary = this.#temporary(turn)
    const file = this.#fill(temporary, bytes)
    try {
      await syncing(() => file.sync())
    } finally {
      file.close()
    }
    if (turn !== this.#turn || !isWanted()) {
      this.#disk.remove(temporary)
      return false
    }
    this.#putInPlace(temporary)
    await syncing(() => this.#disk.syncDirectoryInBackground(this.#directory))
    return true
  }

  /** Of each turn its own: two writes may be under way at once. */
  #temporary(turn: number): string {
    return `${this.path}.${this.#instance}-${turn}${TEMPORARY_SUFFIX}`
  }

  #fill(path: string, bytes: Uint8Array): DiskFile {
    const file = this.#disk.open(path, 'create')
    try {
      file.truncate(0)
      const written = file.writeAt([bytes], 0)
      if (written === bytes.byteLength) return file
      throw new DiskError('DISK_FULL', `${path}: ${written} of ${bytes.byteLength} bytes written`)
    } catch (thrown) {
      file.close()
      // On a full disk every block of it is missed.
      this.#disk.remove(path)
      throw thrown
    }
  }

  #putInPlace(temporary: string): void {
    try {
      this.#disk.rename(temporary, this.path)
    } catch (thrown) {
      this.#disk.remove(temporary)
      throw thrown
    }
  }
}

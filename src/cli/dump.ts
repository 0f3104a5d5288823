/**
 * `lograft dump`: which files there are, which reader each one wants, and how what is found is
 * printed. It opens files for reading only, takes no lock, and goes on behind what is damaged.
 */
import { basename, dirname, resolve } from 'node:path'
import type { Disk } from '../base/disk.ts'
import { DiskError } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import { hostDisk } from '../host/disk.ts'
import {
  CUT_SUFFIX,
  DELETED_SUFFIX,
  LEADER_EPOCH_FILE,
  LOG_SUFFIX,
  METADATA_LOG_DIRECTORY,
  OFFSET_INDEX_SUFFIX,
  PARTITION_METADATA_FILE,
  SNAPSHOT_SUFFIX,
  TIME_INDEX_SUFFIX,
  parseOffsetFileName,
  parsePartitionDirectory,
} from '../log/file-names.ts'
import { META_PROPERTIES_FILE } from '../node/meta-properties.ts'
import { dumpOffsetIndex, dumpTimeIndex, dumpTransactionIndex } from './dump-index.ts'
import type { DumpLine, DumpOptions } from './dump-line.ts'
import { isProblem } from './dump-line.ts'
import { dumpSegment } from './dump-log.ts'
import { dumpMetadataSegment, dumpMetadataSnapshot } from './dump-metadata.ts'
import {
  dumpEpochCheckpoint,
  dumpJson,
  dumpMetaProperties,
  dumpOffsetCheckpoint,
  dumpPartitionMetadata,
  dumpProducerSnapshot,
  dumpQuorumState,
} from './dump-small.ts'
import { STORE_DIRECTORY, dumpStore } from './dump-store.ts'
import { exitCodes } from './exit-codes.ts'
import { Output } from './output.ts'
import { DONE, complain, fail } from './session.ts'
import { countOf, printBytes } from './table.ts'

export interface DumpFlags {
  readonly records?: true
  readonly deep?: true
  readonly json?: true
}

export async function dump(paths: readonly string[], flags: DumpFlags): Promise<void> {
  const options = { records: flags.records ?? false, deep: flags.deep ?? false }
  const printer = new DumpPrinter(new Output(), flags.json ?? false)
  let code: number = DONE
  try {
    for (const path of paths)
      for (const file of filesOf(hostDisk, resolve(path)))
        if (!(await printer.file(hostDisk, file, options))) return
  } catch (thrown) {
    code = fail(thrown)
  }
  await printer.end()
  process.exitCode = printer.problems > 0 ? exitCodes.damaged.code : code
}

/** Reads one kind of file. */
type FileReader = (options: DumpOptions) => Iterable<DumpLine>

export interface DumpFile {
  readonly path: string
  readonly what: string
  readonly read: FileReader
}

/** A database is read asynchronously. */
interface DumpDatabase {
  readonly path: string
  readonly what: string
  readonly read: (options: DumpOptions) => AsyncIterable<DumpLine>
}

/** What is to be read at a path: a file, or all known files of a partition or a data directory. */
function filesOf(disk: Disk, path: string): readonly (DumpFile | DumpDatabase)[] {
  if (!disk.exists(path)) throw new LograftError('USAGE', `there is no ${path}`)
  if (!isDirectory(disk, path)) {
    const file = recognize(disk, path)
    if (file) return [file]
    throw new LograftError(
      'USAGE',
      `${path} is no file that can be read here: \`lograft dump --help\` names those that can`,
    )
  }
  const entries = disk.list(path)
  if (basename(path) === STORE_DIRECTORY && disk.exists(`${path}/views`))
    return [{ path, what: 'store', read: (options) => dumpStore(path, options) }]
  const found: (DumpFile | DumpDatabase)[] = entries
    .filter(({ directory }) => !directory)
    .map(({ name }) => recognize(disk, `${path}/${name}`))
    .filter((file) => file !== null)
  for (const { name, directory } of entries)
    if (directory && isKnownDirectory(disk, path, name))
      found.push(...filesOf(disk, `${path}/${name}`))
  if (found.length === 0)
    throw new LograftError('USAGE', `${path} holds no file that can be read here`)
  return found
}

function isKnownDirectory(disk: Disk, path: string, name: string): boolean {
  if (name === STORE_DIRECTORY) return disk.exists(`${path}/${name}/views`)
  return name === METADATA_LOG_DIRECTORY || parsePartitionDirectory(name) !== null
}

function isDirectory(disk: Disk, path: string): boolean {
  try {
    disk.list(path)
    return true
  } catch (thrown) {
    if (thrown instanceof DiskError && thrown.message.includes('ENOTDIR')) return false
    throw thrown
  }
}

/** What a file is, by its name and its place; null for one that is none of a data directory. */
export function recognize(disk: Disk, path: string): DumpFile | null {
  const name = basename(path)
  const small = SMALL_FILES.find(([pattern]) => pattern.test(name))
  if (small) {
    const [, what, read] = small
    return { path, what, read: () => read(disk, path) }
  }
  const snapshot = /^(\d{20})-(\d{10})\.checkpoint$/.exec(name)
  if (snapshot) {
    const id = { endOffset: Number(snapshot[1]), epoch: Number(snapshot[2]) }
    return {
      path,
      what: 'metadata snapshot',
      read: (options) => dumpMetadataSnapshot(disk, { path, id }, options),
    }
  }
  return recognizeSegmentFile(disk, path)
}

const SMALL_FILES: readonly (readonly [
  pattern: RegExp,
  what: string,
  read: (disk: Disk, path: string) => Iterable<DumpLine>,
])[] = [
  [/-offset-checkpoint$/, 'offsets by partition', dumpOffsetCheckpoint],
  [new RegExp(`^${LEADER_EPOCH_FILE}$`), 'leader epochs', dumpEpochCheckpoint],
  [new RegExp(`^${PARTITION_METADATA_FILE}$`), 'identity of a partition', dumpPartitionMetadata],
  [new RegExp(`^${META_PROPERTIES_FILE}$`), 'identity of a directory', dumpMetaProperties],
  [/^quorum-state$/, 'term and vote', dumpQuorumState],
  [/^\.kafka_cleanshutdown$/, 'marker of a clean stop', dumpJson],
  [/^partition-creations$/, 'partitions that were just created', dumpJson],
]

/** `.log`, its indexes and `.snapshot`; also when they were cut off or are to be deleted. */
function recognizeSegmentFile(disk: Disk, path: string): DumpFile | null {
  const name = [DELETED_SUFFIX, CUT_SUFFIX].reduce(
    (rest, suffix) => (rest.endsWith(suffix) ? rest.slice(0, -suffix.length) : rest),
    basename(path),
  )
  const dot = name.lastIndexOf('.')
  const suffix = dot < 0 ? '' : name.slice(dot)
  const baseOffset = parseOffsetFileName(name)?.offset ?? 0
  const directory = dirname(path)
  const logPath = `${directory}/${name.slice(0, dot)}${LOG_SUFFIX}`
  const index = { disk, path, baseOffset, logPath }
  switch (suffix) {
    case LOG_SUFFIX:
      return basename(directory) === METADATA_LOG_DIRECTORY
        ? { path, what: 'metadata log', read: (o) => dumpMetadataSegment(disk, path, o) }
        : { path, what: 'segment', read: (o) => dumpSegment(disk, path, o) }
    case OFFSET_INDEX_SUFFIX:
      return { path, what: 'offset index', read: (o) => dumpOffsetIndex(index, o) }
    case TIME_INDEX_SUFFIX:
      return { path, what: 'time index', read: () => dumpTimeIndex(index) }
    case '.txnindex':
      return { path, what: 'index of transactions', read: () => dumpTransactionIndex(index) }
    case SNAPSHOT_SUFFIX:
      return { path, what: 'producer snapshot', read: () => dumpProducerSnapshot(disk, path) }
    default:
      return null
  }
}

/** Prints files one after the other, and counts what is wrong with them. */
class DumpPrinter {
  readonly #output: Output
  readonly #json: boolean
  #files = 0
  /** Problems found so far. */
  problems = 0

  constructor(output: Output, json: boolean) {
    this.#output = output
    this.#json = json
  }

  /** False: nobody reads any more. */
  async file(disk: Disk, file: DumpFile | DumpDatabase, options: DumpOptions): Promise<boolean> {
    const sizeBytes = disk.sizeBytes(file.path)
    // Deleted since the directory was listed: a live node does that.
    if (sizeBytes === null) return true
    this.#heading(file, sizeBytes)
    try {
      for await (const line of file.read(options)) {
        this.#line(file.path, line)
        if (this.#output.isFull && !(await this.#output.flush())) return false
      }
    } catch (thrown) {
      if (!(thrown instanceof DiskError && thrown.code === 'NOT_FOUND')) throw thrown
    }
    return this.#output.flush()
  }

  async end(): Promise<void> {
    await this.#output.flush()
    if (this.problems > 0)
      complain(`${countOf(this.problems, 'problem')} in ${countOf(this.#files, 'file')}`)
  }

  #heading({ path, what }: DumpFile | DumpDatabase, sizeBytes: number): void {
    this.#files += 1
    if (this.#json) return
    const blank = this.#files === 1 ? '' : '\n'
    this.#output.writer.utf8(`${blank}${path}: ${what}, ${printBytes(sizeBytes)}\n`)
  }

  #line(path: string, line: DumpLine): void {
    const { writer } = this.#output
    if (!isProblem(line)) {
      writer.utf8(
        this.#json
          ? `${JSON.stringify({ file: path, type: line.type, ...line.fields })}\n`
          : `${line.text}\n`,
      )
      return
    }
    this.problems += 1
    const { bytePosition, why } = line
    if (this.#json)
      writer.utf8(`${JSON.stringify({ file: path, type: 'problem', bytePosition, why })}\n`)
    else writer.utf8(`PROBLEM: ${why}\n`)
    complain(`${path}: ${why}`)
  }
}

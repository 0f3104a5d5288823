/**
 * The disk of one simulated machine: what is written, and what of it would be found after a power
 * cut. Contents and directory entries become durable apart from each other, each in the order of
 * its own journal; of what was not synced, nothing survives, or all, or a beginning with its last
 * write torn, or any part. Bits may rot where somebody says so. Processes use it through
 * `MountedDisk`.
 */
import type { Chance } from '../draw.ts'

type Change =
  | { readonly type: 'write'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly type: 'truncate'; readonly sizeBytes: number }

/** Of a directory; a rename is one step, so that no crash finds the file under neither name. */
type EntryChange =
  | { readonly type: 'link'; readonly path: string; readonly file: MachineFile }
  | { readonly type: 'unlink'; readonly path: string }
  | {
      readonly type: 'rename'
      readonly from: string
      readonly path: string
      readonly file: MachineFile
    }

/** The changes of one directory that are not durable, and how many are. */
interface Journal {
  readonly unsynced: EntryChange[]
  taken: number
}

const SECTOR_BYTES = 512

/** A growing array of bytes. */
class Bytes {
  #bytes = new Uint8Array(256)
  sizeBytes = 0

  get view(): Uint8Array {
    return this.#bytes.subarray(0, this.sizeBytes)
  }

  write(at: number, bytes: Uint8Array): void {
    this.truncate(Math.max(this.sizeBytes, at + bytes.byteLength))
    this.#bytes.set(bytes, at)
  }

  /** What is behind an old end is zeros. */
  truncate(sizeBytes: number): void {
    if (sizeBytes > this.#bytes.byteLength) {
      const grown = new Uint8Array(Math.max(sizeBytes, 2 * this.#bytes.byteLength))
      grown.set(this.view)
      this.#bytes = grown
    }
    if (sizeBytes < this.sizeBytes) this.#bytes.fill(0, sizeBytes, this.sizeBytes)
    this.sizeBytes = sizeBytes
  }

  apply(change: Change): void {
    if (change.type === 'write') this.write(change.at, change.bytes)
    else this.truncate(change.sizeBytes)
  }
}

export class MachineFile {
  readonly #written = new Bytes()
  readonly #durable = new Bytes()
  #unsynced: Change[] = []
  /** Changes that were taken from `#unsynced` so far. */
  #taken = 0
  /** Which bits of which bytes have flipped on the medium. */
  readonly #rot = new Map<number, number>()

  get sizeBytes(): number {
    return this.#written.sizeBytes
  }

  /** What was written, as it was written. */
  get bytes(): Uint8Array {
    return this.#written.view
  }

  /** What a power cut leaves at least, as it was written. */
  get durableBytes(): Uint8Array {
    return this.#durable.view
  }

  get isRotten(): boolean {
    return this.#rot.size > 0
  }

  get isUnsynced(): boolean {
    return this.#unsynced.length > 0
  }

  readAt(target: Uint8Array, at: number): number {
    const found = this.#written.view.subarray(at, at + target.byteLength)
    target.set(found)
    for (const [place, mask] of this.#rot)
      if (place >= at && place < at + found.byteLength)
        target[place - at] = (found[place - at] as number) ^ mask
    return found.byteLength
  }

  change(change: Change): void {
    for (const place of this.#rot.keys()) if (isReplaced(change, place)) this.#rot.delete(place)
    this.#written.apply(change)
    this.#unsynced.push(change)
  }

  rot(place: number, mask: number): void {
    this.#rot.set(place, mask)
  }

  /** How far a sync that begins now reaches. */
  get syncEnd(): number {
    return this.#taken + this.#unsynced.length
  }

  /** A sync that reached so far is over; one that failed has lost what it was to write. */
  synced(end: number, hasFailed: boolean): void {
    const count = Math.max(0, end - this.#taken)
    this.#taken += count
    for (const change of this.#unsynced.splice(0, count))
      if (!hasFailed) this.#durable.apply(change)
  }

  powerCut(luck: () => number): void {
    for (const change of survivors(this.#unsynced, luck)) this.#durable.apply(change)
    this.#taken += this.#unsynced.length
    this.#unsynced = []
    this.#written.truncate(0)
    this.#written.write(0, this.#durable.view)
  }
}

function isReplaced(change: Change, place: number): boolean {
  if (change.type === 'truncate') return place >= change.sizeBytes
  return place >= change.at && place < change.at + change.bytes.byteLength
}

/** What of `changes` had reached the medium. */
function* survivors(changes: readonly Change[], luck: () => number): Generator<Change> {
  const kind = Math.floor(luck() * 5)
  if (kind === 0 || changes.length === 0) return
  if (kind === 1) yield* changes
  else if (kind === 2) {
    const whole = Math.floor(luck() * changes.length)
    yield* changes.slice(0, whole)
    const torn = changes[whole]
    if (torn?.type === 'write')
      yield { ...torn, bytes: torn.bytes.subarray(0, Math.floor(luck() * torn.bytes.byteLength)) }
  } else
    for (const change of changes)
      if (change.type === 'truncate') {
        if (luck() < 0.5) yield change
      } else yield* sectors(change, luck)
}

/** Any sectors of a write; what is missing reads as it was before, or as zeros. */
function* sectors({ at, bytes }: Extract<Change, { type: 'write' }>, luck: () => number) {
  for (let from = 0; from < bytes.byteLength;) {
    const end = Math.min(bytes.byteLength, from + SECTOR_BYTES - ((at + from) % SECTOR_BYTES))
    if (luck() < 0.5)
      yield { type: 'write', at: at + from, bytes: bytes.subarray(from, end) } as const
    from = end
  }
}

export class MachineDisk {
  readonly files = new Map<string, MachineFile>()
  /** As they would be found after a power cut that leaves nothing unsynced. */
  readonly durableFiles = new Map<string, MachineFile>()
  readonly directories = new Set(['/', '/data'])
  readonly durableDirectories = new Set(['/', '/data'])
  readonly #journals = new Map<string, Journal>()
  /** Rises whenever what is durable may have changed. */
  version = 0
  /** Rises with every change. */
  changes = 0
  /** A write that grows a file finds no space. */
  isFull = false
  /** The next sync fails. */
  failsSync = false

  // --- directory entries

  link(path: string): MachineFile {
    const file = new MachineFile()
    this.#change({ type: 'link', path, file })
    return file
  }

  unlink(path: string): void {
    this.#change({ type: 'unlink', path })
  }

  rename(from: string, path: string, file: MachineFile): void {
    this.#change({ type: 'rename', from, path, file })
  }

  /** With all that is in it; durable at once. */
  renameDirectory(from: string, to: string): void {
    const moved = (path: string) => (isIn(from, path) ? to + path.slice(from.length) : path)
    for (const paths of [this.directories, this.durableDirectories])
      for (const path of [...paths].filter((each) => isIn(from, each))) {
        paths.delete(path)
        paths.add(moved(path))
      }
    for (const files of [this.files, this.durableFiles])
      for (const [path, file] of [...files].filter(([each]) => isIn(from, each))) {
        files.delete(path)
        files.set(moved(path), file)
      }
    for (const [path, { unsynced, taken }] of [...this.#journals]) {
      if (!isIn(from, path)) continue
      this.#journals.delete(path)
      const renamed = unsynced.map((change) => ({ ...change, path: moved(change.path) }))
      const entries = renamed.map((change) => {
        return change.type === 'rename' ? { ...change, from: moved(change.from) } : change
      })
      this.#journals.set(moved(path), { unsynced: entries, taken })
    }
    this.version += 1
  }

  #change(change: EntryChange): void {
    applyTo(this.files, change)
    this.#journal(parentOf(change.path)).unsynced.push(change)
  }

  #journal(directory: string): Journal {
    const journal = this.#journals.get(directory) ?? { unsynced: [], taken: 0 }
    this.#journals.set(directory, journal)
    return journal
  }

  /** How far a sync of the directory that begins now reaches. */
  entriesEnd(directory: string): number {
    const { taken, unsynced } = this.#journal(directory)
    return taken + unsynced.length
  }

  entriesSynced(directory: string, end: number): void {
    const journal = this.#journal(directory)
    const count = Math.max(0, end - journal.taken)
    for (const change of journal.unsynced.splice(0, count)) applyTo(this.durableFiles, change)
    journal.taken += count
    for (const path of this.directories)
      if (parentOf(path) === directory) this.durableDirectories.add(path)
    this.version += 1
  }

  // --- the power goes

  powerCut(chance: Chance, draw: number): void {
    let draws = 0
    const luck = () => {
      draws += 1
      return chance.at(17, draw, draws)
    }
    for (const path of this.directories)
      if (!this.durableDirectories.has(path) && luck() < 0.5) this.durableDirectories.add(path)
    for (const journal of this.#journals.values()) {
      const changes = journal.unsynced.splice(0)
      journal.taken += changes.length
      for (const change of entrySurvivors(changes, luck)) applyTo(this.durableFiles, change)
    }
    this.directories.clear()
    for (const path of this.durableDirectories) this.directories.add(path)
    this.files.clear()
    for (const [path, file] of this.durableFiles)
      if (this.directories.has(parentOf(path))) {
        file.powerCut(luck)
        this.files.set(path, file)
      } else this.durableFiles.delete(path)
    this.failsSync = false
    this.version += 1
  }
}

function isIn(directory: string, path: string): boolean {
  return path === directory || path.startsWith(`${directory}/`)
}

function applyTo(files: Map<string, MachineFile>, change: EntryChange): void {
  if (change.type === 'rename') files.delete(change.from)
  if (change.type === 'unlink') files.delete(change.path)
  else files.set(change.path, change.file)
}

function entrySurvivors(changes: readonly EntryChange[], luck: () => number): EntryChange[] {
  const kind = Math.floor(luck() * 4)
  if (kind === 0) return []
  if (kind === 1) return [...changes]
  if (kind === 2) return changes.slice(0, Math.floor(luck() * (changes.length + 1)))
  return changes.filter(() => luck() < 0.5)
}

export function parentOf(path: string): string {
  const at = path.lastIndexOf('/')
  return at <= 0 ? '/' : path.slice(0, at)
}

/**
 * A disk in memory that knows what was fsynced. `afterPowerCut` gives the disk a machine could find
 * when its power fails: file contents and directory entries are as of their last fsync, plus any
 * subset of what was written since, in any order of pages; the last write may be torn.
 *
 * It is pessimistic where file systems differ: creations, renames and removals survive only with a
 * directory fsync (or by luck, each by itself), and an unsynced file may be of any size with holes
 * of zeros. A rename happened or did not: no file is under both names, or under neither.
 */
import type { Disk, DiskEntry, DiskFile } from '../../../src/base/disk.ts'
import { DiskError } from '../../../src/base/disk.ts'

const PAGE_BYTES = 512

class Node {
  bytes = new Uint8Array(0)
  durable = new Uint8Array(0)
  /** Synchronous fsyncs so far. */
  syncs = 0

  grow(sizeBytes: number): void {
    if (sizeBytes <= this.bytes.byteLength) return
    const grown = new Uint8Array(sizeBytes)
    grown.set(this.bytes)
    this.bytes = grown
  }
}

/** What was done to the entries of directories since they were fsynced, in order. */
type EntryChange =
  | { readonly type: 'set'; readonly path: string; readonly node: Node }
  | { readonly type: 'move'; readonly from: string; readonly path: string }
  | { readonly type: 'remove'; readonly path: string }

export class MemoryDisk implements Disk {
  /** What the running system sees. */
  readonly files = new Map<string, Node>()
  readonly directories = new Set<string>(['/'])
  /** What the directories held at their last fsync. */
  readonly durableFiles = new Map<string, Node>()
  readonly durableDirectories = new Set<string>(['/'])
  #changes: EntryChange[] = []

  open(path: string, mode: 'read' | 'write' | 'create'): DiskFile {
    let node = this.files.get(path)
    if (!node) {
      if (mode !== 'create' || !this.directories.has(parentOf(path)))
        throw new DiskError('NOT_FOUND', path)
      node = new Node()
      this.files.set(path, node)
      this.#changes.push({ type: 'set', path, node })
    }
    return new MemoryFile(path, node)
  }

  exists(path: string): boolean {
    return this.files.has(path) || this.directories.has(path)
  }

  sizeBytes(path: string): number | null {
    return this.files.get(path)?.bytes.byteLength ?? null
  }

  list(directory: string): readonly DiskEntry[] {
    if (!this.directories.has(directory)) throw new DiskError('NOT_FOUND', directory)
    const inside = (path: string) => path !== directory && parentOf(path) === directory
    const name = (path: string) => path.slice(path.lastIndexOf('/') + 1)
    return [
      ...[...this.files.keys()]
        .filter(inside)
        .map((path) => ({ name: name(path), directory: false })),
      ...[...this.directories]
        .filter(inside)
        .map((path) => ({ name: name(path), directory: true })),
    ].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  makeDirectory(path: string): void {
    if (path !== '/' && path !== '') this.makeDirectory(parentOf(path))
    this.directories.add(path === '' ? '/' : path)
  }

  rename(from: string, to: string): void {
    const node = this.files.get(from)
    if (node) {
      this.files.delete(from)
      this.files.set(to, node)
      this.#changes.push({ type: 'move', from, path: to })
      return
    }
    if (!this.directories.has(from)) throw new DiskError('NOT_FOUND', from)
    // A directory moves with all in it, at once: as one durable step, which is not what is tested.
    for (const set of [this.directories, this.durableDirectories])
      for (const path of [...set])
        if (path === from || path.startsWith(`${from}/`)) {
          set.delete(path)
          set.add(to + path.slice(from.length))
        }
    for (const map of [this.files, this.durableFiles])
      for (const [path, moved] of [...map])
        if (path.startsWith(`${from}/`)) {
          map.delete(path)
          map.set(to + path.slice(from.length), moved)
        }
    const moved = (path: string) =>
      path.startsWith(`${from}/`) ? to + path.slice(from.length) : path
    this.#changes = this.#changes.map((change) =>
      change.type === 'move'
        ? { ...change, from: moved(change.from), path: moved(change.path) }
        : { ...change, path: moved(change.path) },
    )
  }

  remove(path: string): void {
    if (this.files.delete(path)) this.#changes.push({ type: 'remove', path })
  }

  removeInBackground(path: string): Promise<void> {
    this.remove(path)
    return Promise.resolve()
  }

  removeDirectory(path: string): void {
    if (!this.directories.has(path)) return
    if (this.list(path).length > 0) throw new DiskError('DISK_FAILED', `${path}: not empty`)
    this.directories.delete(path)
  }

  syncDirectory(directory: string): void {
    if (!this.directories.has(directory)) throw new DiskError('NOT_FOUND', directory)
    for (const path of [...this.durableFiles.keys()])
      if (parentOf(path) === directory && !this.files.has(path)) this.durableFiles.delete(path)
    for (const [path, node] of this.files)
      if (parentOf(path) === directory) this.durableFiles.set(path, node)
    for (const path of this.directories)
      if (parentOf(path) === directory) this.durableDirectories.add(path)
    this.#changes = this.#changes.filter(({ path }) => parentOf(path) !== directory)
  }

  syncDirectoryInBackground(directory: string): Promise<void> {
    return Promise.resolve().then(() => this.syncDirectory(directory))
  }

  modifiedMs(): number {
    return 0
  }

  volume() {
    return { totalBytes: 1 << 30, usableBytes: 1 << 29 }
  }

  /** A copy, as it is now: what a process that is killed leaves to the next one. */
  afterKill(): MemoryDisk {
    const copy = new MemoryDisk()
    const nodes = new Map<Node, Node>()
    const cloned = (node: Node) => {
      const known = nodes.get(node)
      if (known) return known
      const clone = new Node()
      clone.bytes = node.bytes.slice()
      clone.durable = node.durable.slice()
      nodes.set(node, clone)
      return clone
    }
    for (const [path, node] of this.files) copy.files.set(path, cloned(node))
    for (const [path, node] of this.durableFiles) copy.durableFiles.set(path, cloned(node))
    for (const path of this.directories) copy.directories.add(path)
    for (const path of this.durableDirectories) copy.durableDirectories.add(path)
    copy.#changes = this.#changes.map((change) =>
      change.type === 'set' ? { ...change, node: cloned(change.node) } : change,
    )
    return copy
  }

  /** What is there after the power failed; `random` in [0, 1) decides what had reached the disk. */
  afterPowerCut(random: () => number): MemoryDisk {
    const found = new MemoryDisk()
    for (const path of this.durableDirectories) found.directories.add(path)
    for (const path of this.directories)
      if (found.directories.has(parentOf(path)) && random() < 0.5) found.directories.add(path)
    const survivors = new Map(this.durableFiles)
    for (const change of this.#changes) if (random() < 0.5) redo(survivors, change)
    for (const [path, node] of survivors) {
      if (!found.directories.has(parentOf(path))) continue
      const clone = new Node()
      clone.bytes = survivingBytes(node, random)
      clone.durable = clone.bytes.slice()
      found.files.set(path, clone)
      found.durableFiles.set(path, clone)
    }
    for (const path of found.directories) found.durableDirectories.add(path)
    return found
  }
}

function redo(files: Map<string, Node>, change: EntryChange): void {
  if (change.type === 'set') files.set(change.path, change.node)
  else if (change.type === 'remove') files.delete(change.path)
  else {
    const node = files.get(change.from)
    if (node === undefined) return
    files.delete(change.from)
    files.set(change.path, node)
  }
}

/** The durable bytes, plus whatever pages of the unsynced ones had been written back. */
function survivingBytes(node: Node, random: () => number): Uint8Array<ArrayBuffer> {
  const { bytes, durable } = node
  const luck = random()
  const from = Math.min(bytes.byteLength, durable.byteLength)
  const to = Math.max(bytes.byteLength, durable.byteLength)
  const sizeBytes =
    luck < 0.3 ? durable.byteLength : Math.min(to, from + Math.floor(random() * (to - from + 1)))
  const found = new Uint8Array(sizeBytes)
  found.set(durable.subarray(0, sizeBytes))
  for (let at = 0; at < sizeBytes; at += PAGE_BYTES) {
    const end = Math.min(at + PAGE_BYTES, sizeBytes, bytes.byteLength)
    if (end > at && random() < luck) found.set(bytes.subarray(at, end), at)
  }
  return found
}

class MemoryFile implements DiskFile {
  readonly path: string
  readonly #node: Node
  #closed = false

  constructor(path: string, node: Node) {
    this.path = path
    this.#node = node
  }

  #live(): Node {
    if (this.#closed) throw new DiskError('DISK_FAILED', `${this.path}: bad file descriptor`)
    return this.#node
  }

  sizeBytes(): number {
    return this.#live().bytes.byteLength
  }

  readAt(target: Uint8Array, bytePosition: number): number {
    const part = this.#live().bytes.subarray(bytePosition, bytePosition + target.byteLength)
    target.set(part)
    return part.byteLength
  }

  writeAt(chunks: readonly Uint8Array[], bytePosition: number): number {
    let at = bytePosition
    for (const chunk of chunks) {
      this.#live().grow(at + chunk.byteLength)
      this.#node.bytes.set(chunk, at)
      at += chunk.byteLength
    }
    return at - bytePosition
  }

  truncate(sizeBytes: number): void {
    const node = this.#live()
    if (sizeBytes < node.bytes.byteLength) node.bytes = node.bytes.slice(0, sizeBytes)
    else node.grow(sizeBytes)
  }

  async sync(): Promise<void> {
    const node = this.#live()
    const captured = node.bytes.slice()
    const { syncs } = node
    await Promise.resolve()
    // What a later one made durable meanwhile stays so.
    if (node.syncs === syncs) node.durable = captured
  }

  syncNow(): void {
    const node = this.#live()
    node.durable = node.bytes.slice()
    node.syncs += 1
  }

  close(): void {
    this.#live()
    this.#closed = true
  }
}

function parentOf(path: string): string {
  const at = path.lastIndexOf('/')
  return at <= 0 ? '/' : path.slice(0, at)
}

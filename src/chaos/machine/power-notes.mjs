/**
 * Notes what a power cut would leave of a node's directory: `power-cut.ts` puts the directory into
 * such a state after the node was killed. The page cache survives SIGKILL, so without this no test
 * would ever miss an fsync.
 *
 * The notes are a folder outside of the directory:
 * - `journal`: every file and directory that came, went or was renamed, in order, and which of that
 *   an fsync of its directory made durable;
 * - `<id>`: the content of a file as of its last fsync, whatever its name is by now;
 * - `begun`: everything that was there is noted. Before that the node has changed nothing.
 *
 * Everything that is there when the node starts counts as durable. `store/` is not looked at:
 * LevelDB is native code, and what it keeps is derived.
 */
import fs from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'

const STORE = 'store'

/** What is wrapped. Whoever changes files of the directory by another function is stopped. */
export const WRAPPED = [
  'openSync',
  'closeSync',
  'writeSync',
  'writevSync',
  'ftruncateSync',
  'fsyncSync',
  'fdatasyncSync',
  'fsync',
  'fdatasync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'unlink',
]

/** The functions themselves, before anything is wrapped. */
const real = { ...fs }

class Notes {
  #root
  #notes
  #journal
  #ids = 0
  /** Operations on names noted so far. */
  #operations = 0
  /** Relative path → file. */
  #files = new Map()
  /** Descriptor → what it is open for: a file, or the relative path of a directory. */
  #open = new Map()

  constructor(root, notes) {
    this.#root = resolve(root)
    this.#notes = notes
    real.rmSync(notes, { recursive: true, force: true })
    real.mkdirSync(notes, { recursive: true })
    this.#journal = real.openSync(join(notes, 'journal'), 'a')
    if (real.existsSync(this.#root)) this.#takeStock('')
    real.closeSync(real.openSync(join(notes, 'begun'), 'w'))
  }

  /** The path below the directory; null when nobody looks there. */
  pathOf(path) {
    const inside = relative(this.#root, resolve(String(path)))
    if (inside === STORE || inside.startsWith(STORE + sep)) return null
    return inside === '..' || inside.startsWith(`..${sep}`) ? null : inside
  }

  opened(path, descriptor, isNew) {
    const inside = this.pathOf(path)
    if (inside === null) return
    if (real.fstatSync(descriptor).isDirectory()) return void this.#open.set(descriptor, inside)
    if (isNew) this.#create(inside, real.fstatSync(descriptor))
    this.#open.set(descriptor, this.#files.get(inside))
  }

  closed(descriptor) {
    this.#open.delete(descriptor)
  }

  wrote(descriptor, from, length) {
    const dirty = this.#fileOf(descriptor)?.dirty
    const last = dirty?.at(-1)
    // What is appended makes one piece, however long nobody syncs it.
    if (last?.[1] === from) last[1] += length
    else dirty?.push([from, from + length])
  }

  truncated(descriptor, size, before) {
    // What is cut off and grows again reads as zeros.
    this.#fileOf(descriptor)?.dirty.push([Math.min(size, before), Math.max(size, before)])
  }

  /** Call it when a sync begins; what it returns, when that has succeeded. */
  syncing(descriptor) {
    const what = this.#open.get(descriptor)
    if (what === undefined) return () => undefined
    if (typeof what === 'string') {
      const upTo = this.#operations
      return () => this.#note({ type: 'synced', directory: what, upTo })
    }
    const file = what
    const size = real.fstatSync(descriptor).size
    const chunks = file.dirty.map(([from, to]) => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(to, size) - from))
      real.readSync(descriptor, bytes, 0, bytes.byteLength, from)
      return { from, bytes }
    })
    const durable = { size, chunks }
    file.dirty = []
    file.syncing.push(durable)
    // A sync makes durable what those that began before it were about.
    return () => {
      const end = file.syncing.indexOf(durable) + 1
      for (const earlier of file.syncing.splice(0, end)) this.#keep(file, earlier)
    }
  }

  madeDirectory(path) {
    const inside = this.pathOf(path)
    if (inside !== null) this.#operation({ type: 'directory', path: inside })
  }

  removedDirectory(path) {
    const inside = this.pathOf(path)
    if (inside !== null) this.#operation({ type: 'no-directory', path: inside })
  }

  renamed(from, to) {
    const [source, target] = [this.pathOf(from), this.pathOf(to)]
    if (source === null || target === null) return
    // A directory takes along what is in it.
    for (const [path, file] of [...this.#files])
      if (path === source || path.startsWith(source + sep)) {
        this.#files.delete(path)
        this.#files.set(target + path.slice(source.length), file)
      }
    this.#operation({ type: 'rename', from: source, to: target })
  }

  removed(path) {
    const inside = this.pathOf(path)
    if (!this.#files.delete(inside)) return
    this.#operation({ type: 'remove', path: inside })
  }

  #fileOf(descriptor) {
    const what = this.#open.get(descriptor)
    return typeof what === 'object' ? what : undefined
  }

  #takeStock(directory) {
    const entries = real.readdirSync(join(this.#root, directory), { withFileTypes: true })
    for (const entry of entries) {
      const path = join(directory, entry.name)
      if (this.pathOf(join(this.#root, path)) === null) continue
      if (entry.isFile()) {
        const id = this.#create(path, real.statSync(join(this.#root, path)))
        real.copyFileSync(join(this.#root, path), this.#contentOf(id))
      } else if (entry.isDirectory()) {
        this.#operation({ type: 'directory', path })
        this.#takeStock(path)
      }
    }
    this.#note({ type: 'synced', directory, upTo: this.#operations })
  }

  #create(path, { ino: inode }) {
    const id = (this.#ids += 1)
    this.#files.set(path, { id, dirty: [], syncing: [] })
    real.closeSync(real.openSync(this.#contentOf(id), 'w'))
    this.#operation({ type: 'create', path, id, inode })
    return id
  }

  #keep({ id }, { size, chunks }) {
    const content = real.openSync(this.#contentOf(id), 'r+')
    for (const { from, bytes } of chunks) real.writeSync(content, bytes, 0, bytes.byteLength, from)
    real.ftruncateSync(content, size)
    real.closeSync(content)
  }

  #contentOf(id) {
    return join(this.#notes, String(id))
  }

  #operation(operation) {
    this.#operations += 1
    this.#note(operation)
  }

  #note(line) {
    real.writeSync(this.#journal, `${JSON.stringify(line)}\n`)
  }
}

/** Functions that change files and are not known here. */
function forbid(notes) {
  const unknown = ['writeFileSync', 'appendFileSync', 'truncateSync', 'copyFileSync', 'unlinkSync']
  for (const name of [...unknown, 'writeFile', 'appendFile', 'rename', 'createWriteStream']) {
    fs[name] = (path, ...rest) => {
      if (notes.pathOf(path) !== null) throw new Error(`power-notes.mjs does not know fs.${name}`)
      return real[name](path, ...rest)
    }
  }
}

function wrap(notes) {
  fs.openSync = (path, flags, ...rest) => {
    const isNew = !real.existsSync(path)
    const descriptor = real.openSync(path, flags, ...rest)
    notes.opened(path, descriptor, isNew)
    return descriptor
  }
  fs.closeSync = (descriptor) => {
    notes.closed(descriptor)
    real.closeSync(descriptor)
  }
  fs.writeSync = (descriptor, bytes, offset, length, position) => {
    const count = real.writeSync(descriptor, bytes, offset, length, position)
    if (typeof position === 'number') notes.wrote(descriptor, position, count)
    return count
  }
  fs.writevSync = (descriptor, chunks, position) => {
    const count = real.writevSync(descriptor, chunks, position)
    if (typeof position === 'number') notes.wrote(descriptor, position, count)
    return count
  }
  fs.ftruncateSync = (descriptor, size = 0) => {
    const before = real.fstatSync(descriptor).size
    real.ftruncateSync(descriptor, size)
    notes.truncated(descriptor, size, before)
  }
  for (const name of ['fsync', 'fdatasync']) {
    fs[`${name}Sync`] = (descriptor) => {
      const synced = notes.syncing(descriptor)
      real[`${name}Sync`](descriptor)
      synced()
    }
    fs[name] = (descriptor, callback) => {
      const synced = notes.syncing(descriptor)
      real[name](descriptor, (error) => {
        if (!error) synced()
        callback(error)
      })
    }
  }
  fs.mkdirSync = (path, ...rest) => {
    const made = real.mkdirSync(path, ...rest)
    notes.madeDirectory(path)
    return made
  }
  fs.renameSync = (from, to) => {
    real.renameSync(from, to)
    notes.renamed(from, to)
  }
  fs.rmdirSync = (path, ...rest) => {
    real.rmdirSync(path, ...rest)
    notes.removedDirectory(path)
  }
  wrapRemoval(notes)
}

function wrapRemoval(notes) {
  fs.rmSync = (path, ...rest) => {
    real.rmSync(path, ...rest)
    notes.removed(path)
  }
  fs.unlink = (path, callback) =>
    real.unlink(path, (error) => {
      if (!error) notes.removed(path)
      callback(error)
    })
}

/** Notes of `directory` are taken from now on. `syncBuiltinESMExports` is the caller's. */
export function takePowerNotes(directory, notesFolder) {
  const notes = new Notes(directory, notesFolder)
  wrap(notes)
  forbid(notes)
}

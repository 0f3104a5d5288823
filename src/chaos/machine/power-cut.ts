/**
 * Puts a directory into a state in which a power cut might have left it, by the notes that
 * `power-notes.mjs` took while the node ran. What was fsynced is there, content and names; of the
 * rest, as chance has it: nothing, everything, a prefix, or sectors here and there. Names change in
 * the order in which they were changed, as a journalling file system does it.
 */
import fs from 'node:fs'
import { dirname, join, sep } from 'node:path'

/** What a disk writes as a whole. */
const SECTOR_BYTES = 512
/** LevelDB's: nobody takes notes of it. */
const STORE = 'store'

/** Uniform in [0, 1). */
export type Chance = () => number

type NameChange =
  | {
      readonly type: 'create'
      readonly path: string
      readonly id: number
      readonly inode: number
    }
  | { readonly type: 'rename'; readonly from: string; readonly to: string }
  | { readonly type: 'remove'; readonly path: string }
  | { readonly type: 'directory' | 'no-directory'; readonly path: string }

type Note =
  NameChange | { readonly type: 'synced'; readonly directory: string; readonly upTo: number }

/** A directory and the notes about it; any number of power cuts may be tried on it. */
export interface Wreck {
  /** In their order. */
  readonly changes: readonly NameChange[]
  readonly durable: ReadonlySet<NameChange>
  /** The content of a file as of its last fsync. */
  readonly synced: (id: number) => Buffer
  /** As the node left it; null when no name leads to it. */
  readonly written: (id: number) => Buffer | null
}

/** What a power cut leaves: names with the ids of their files, and directories. */
export interface Left {
  readonly files: ReadonlyMap<string, number>
  readonly directories: ReadonlySet<string>
}

/** Replaces what the node left by what a power cut leaves. The node must be gone. */
export function cutPower({
  directory,
  notes,
  random,
}: {
  readonly directory: string
  readonly notes: string
  readonly random: Chance
}): void {
  // It died before it had changed anything, in the middle of noting what is there.
  if (!fs.existsSync(join(notes, 'begun'))) return
  const wreck = readWreck(directory, notes)
  const { files, directories } = whatIsLeft(wreck, random)
  // Beside it first: what is to be replaced is read until the last file is made.
  const made = join(notes, 'left')
  fs.mkdirSync(made)
  for (const path of [...directories].sort()) fs.mkdirSync(join(made, path))
  for (const [path, id] of files)
    fs.writeFileSync(join(made, path), contentAfter(wreck, id, random))
  for (const name of fs.readdirSync(directory))
    if (name !== STORE) fs.rmSync(join(directory, name), { recursive: true })
  for (const name of fs.readdirSync(made))
    fs.cpSync(join(made, name), join(directory, name), { recursive: true })
  fs.rmSync(made, { recursive: true })
}

/** Reads the notes about the directory of a node that is gone. */
export function readWreck(directory: string, notes: string): Wreck {
  const { changes, durable } = readJournal(join(notes, 'journal'))
  const created = changes.filter((change) => change.type === 'create')
  // An inode is used again when its file is gone, so it belongs to the last one it was given to.
  const owners = new Map(created.map(({ id, inode }) => [inode, id]))
  const there = new Set(namesAfter(changes).files.values())
  const pathOf = new Map<number, string>()
  for (const path of watchedFiles(directory)) {
    const id = owners.get(fs.statSync(path).ino)
    if (id !== undefined && there.has(id)) pathOf.set(id, path)
  }
  return {
    changes,
    durable,
    synced: (id) => fs.readFileSync(join(notes, String(id))),
    written: (id) => {
      const path = pathOf.get(id)
      return path === undefined ? null : fs.readFileSync(path)
    },
  }
}

/** Files of the directory, whatever was noted about them. */
function watchedFiles(directory: string): string[] {
  return fs
    .readdirSync(directory)
    .filter((name) => name !== STORE)
    .map((name) => join(directory, name))
    .flatMap((path) =>
      fs.statSync(path).isFile()
        ? [path]
        : fs
            .readdirSync(path, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name)),
    )
}

/** One of the states that a power cut may leave; whose content is `contentAfter`. */
export function whatIsLeft({ changes, durable }: Wreck, random: Chance): Left {
  const pending = changes.filter((change) => !durable.has(change))
  const happened = new Set(pending.slice(0, whole(random, 0, pending.length)))
  const left = namesAfter(changes.filter((change) => durable.has(change) || happened.has(change)))
  const isReachable = (path: string): boolean => {
    const parent = dirname(path)
    return parent === '.' || (left.directories.has(parent) && isReachable(parent))
  }
  return {
    files: new Map([...left.files].filter(([path]) => isReachable(path))),
    directories: new Set([...left.directories].filter(isReachable)),
  }
}

/** Content of a file after a power cut. */
export function contentAfter({ synced, written }: Wreck, id: number, random: Chance): Buffer {
  const durable = synced(id)
  return afterPowerCut(durable, written(id) ?? durable, random)
}

/** All changes of names, and those that are durable: their directory was synced since. */
function readJournal(path: string): { changes: NameChange[]; durable: Set<NameChange> } {
  const changes: NameChange[] = []
  const durable = new Set<NameChange>()
  /** Not yet known to be durable, by directory. */
  const pending = new Map<string, { readonly change: NameChange; readonly number: number }[]>()
  for (const line of fs.readFileSync(path, 'utf8').split('\n')) {
    // The last line may have been cut off by the death of the process; it was about nothing
    // durable.
    if (!line.endsWith('}')) continue
    const note = JSON.parse(line) as Note
    if (note.type !== 'synced') {
      const directory = directoryOf(note)
      const those = pending.get(directory) ?? []
      those.push({ change: note, number: changes.length })
      pending.set(directory, those)
      changes.push(note)
      continue
    }
    const those = pending.get(note.directory) ?? []
    for (const { change, number } of those) if (number < note.upTo) durable.add(change)
    pending.set(
      note.directory,
      those.filter(({ number }) => number >= note.upTo),
    )
  }
  return { changes, durable }
}

function directoryOf(change: NameChange): string {
  const directory = dirname(change.type === 'rename' ? change.to : change.path)
  return directory === '.' ? '' : directory
}

/** File ids by path, and directories, after these changes. */
function namesAfter(changes: readonly NameChange[]) {
  const files = new Map<string, number>()
  const directories = new Set<string>()
  for (const change of changes) {
    switch (change.type) {
      case 'create':
        files.set(change.path, change.id)
        break
      case 'remove':
        files.delete(change.path)
        break
      case 'directory':
        directories.add(change.path)
        break
      case 'no-directory':
        directories.delete(change.path)
        break
      case 'rename':
        rename(change, files, directories)
    }
  }
  return { files, directories }
}

function rename(
  { from, to }: { readonly from: string; readonly to: string },
  files: Map<string, number>,
  directories: Set<string>,
): void {
  const id = files.get(from)
  if (id !== undefined) {
    files.delete(from)
    files.set(to, id)
  }
  if (!directories.delete(from)) return
  directories.add(to)
  for (const [path, inside] of [...files])
    if (path.startsWith(from + sep)) {
      files.delete(path)
      files.set(to + path.slice(from.length), inside)
    }
}

/**
 * What might be left of a file that was `written` since its content `synced` was made durable: any
 * sector of either, and a size between the two.
 */
export function afterPowerCut(synced: Buffer, written: Buffer, random: Chance): Buffer {
  if (written.equals(synced)) return synced
  const ways = ['nothing', 'everything', 'prefix', 'prefix', 'sectors', 'sectors'] as const
  const how = ways[whole(random, 0, ways.length - 1)]
  if (how === 'nothing') return synced
  if (how === 'everything') return written
  const sizes = [synced.byteLength, written.byteLength] as const
  const longest = Math.max(...sizes)
  const size = random() < 0.5 ? longest : whole(random, Math.min(...sizes), longest)
  // Where neither was written, a longer file reads as zeros.
  const left = Buffer.alloc(size)
  synced.copy(left)
  if (how === 'prefix') written.copy(left, 0, 0, whole(random, 0, written.byteLength))
  else
    for (let at = 0; at < written.byteLength; at += SECTOR_BYTES)
      if (random() < 0.5) written.copy(left, at, at, at + SECTOR_BYTES)
  return left
}

/** A whole number of [from, to], both included. */
const whole = (random: Chance, from: number, to: number) =>
  from + Math.floor(random() * (to - from + 1))

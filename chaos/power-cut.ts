/**
 * Puts a directory into a state in which a power cut might have left it, by the notes that
 * `power-loss.mjs` took while the node ran. What was fsynced is there, content and names; of the
 * rest, as chance has it: nothing, everything, a prefix, or sectors here and there. Names change in
 * the order in which they were changed, as a journalling file system does it.
 */
import fs from 'node:fs'
import { dirname, join } from 'node:path'
import type { Dice } from '../test/support/log-text.ts'

/** What a disk writes as a whole. */
const SECTOR_BYTES = 512

type NameChange =
  | {
      readonly type: 'create'
      readonly path: string
      readonly id: number
      readonly inode: number
    }
  | { readonly type: 'rename'; readonly from: string; readonly to: string }
  | { readonly type: 'remove'; readonly path: string }
  | { readonly type: 'directory'; readonly path: string }

type Note =
  NameChange | { readonly type: 'synced'; readonly directory: string; readonly upTo: number }

/** A directory and the notes about it, read once; any number of power cuts may be tried on it. */
export interface Wreck {
  /** In their order. */
  readonly changes: readonly NameChange[]
  readonly durable: ReadonlySet<NameChange>
  /** By file id: as of the last fsync, and as the node left it. */
  readonly synced: ReadonlyMap<number, Buffer>
  readonly written: ReadonlyMap<number, Buffer>
}

/** What a power cut leaves: content by path, and directories. */
export interface Left {
  readonly files: ReadonlyMap<string, Buffer>
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
  readonly random: Dice
}): void {
  const wreck = readWreck(directory, notes)
  const { files, directories } = whatIsLeft(wreck, random)
  for (const path of watchedFiles(directory, wreck)) fs.rmSync(join(directory, path))
  for (const path of namesAfter(wreck.changes).directories)
    if (!directories.has(path)) fs.rmSync(join(directory, path), { recursive: true })
  for (const [path, content] of files) fs.writeFileSync(join(directory, path), content)
}

/** Reads the directory and the notes of a node that is gone. */
export function readWreck(directory: string, notes: string): Wreck {
  const { changes, durable } = readJournal(join(notes, 'journal'))
  const created = changes.filter((change) => change.type === 'create')
  const synced = new Map(created.map(({ id }) => [id, fs.readFileSync(join(notes, String(id)))]))
  // An inode is used again when its file is gone, so it belongs to the last one it was given to.
  const owners = new Map(created.map(({ id, inode }) => [inode, id]))
  const there = new Set(namesAfter(changes).files.values())
  const written = new Map<number, Buffer>()
  for (const path of watchedFiles(directory, { changes })) {
    const id = owners.get(fs.statSync(join(directory, path)).ino)
    if (id !== undefined && there.has(id)) written.set(id, fs.readFileSync(join(directory, path)))
  }
  return { changes, durable, synced, written }
}

/** Files of the directory itself and of those that were noted, whatever their names. */
function watchedFiles(directory: string, { changes }: Pick<Wreck, 'changes'>): string[] {
  return ['', ...namesAfter(changes).directories]
    .filter((path) => fs.existsSync(join(directory, path)))
    .flatMap((path) =>
      fs
        .readdirSync(join(directory, path), { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(path, entry.name)),
    )
}

/** One of the states that a power cut may leave. */
export function whatIsLeft({ changes, durable, synced, written }: Wreck, random: Dice): Left {
  const pending = changes.filter((change) => !durable.has(change))
  const happened = new Set(pending.slice(0, random.int(0, pending.length)))
  const left = namesAfter(changes.filter((change) => durable.has(change) || happened.has(change)))
  const files = new Map<string, Buffer>()
  for (const [path, id] of left.files) {
    if (dirname(path) !== '.' && !left.directories.has(dirname(path))) continue
    const durableContent = synced.get(id) ?? Buffer.alloc(0)
    files.set(path, afterPowerCut(durableContent, written.get(id) ?? durableContent, random))
  }
  return { files, directories: left.directories }
}

/** All changes of names, and those that are durable: their directory was synced since. */
function readJournal(path: string): { changes: NameChange[]; durable: Set<NameChange> } {
  const changes: NameChange[] = []
  const durable = new Set<NameChange>()
  for (const line of fs.readFileSync(path, 'utf8').split('\n')) {
    // The last line may have been cut off by the death of the process; it was about nothing
    // durable.
    if (!line.endsWith('}')) continue
    const note = JSON.parse(line) as Note
    if (note.type !== 'synced') {
      changes.push(note)
      continue
    }
    for (const change of changes.slice(0, note.upTo))
      if (directoryOf(change) === note.directory) durable.add(change)
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
    if (change.type === 'create') files.set(change.path, change.id)
    else if (change.type === 'directory') directories.add(change.path)
    else if (change.type === 'remove') files.delete(change.path)
    else {
      const id = files.get(change.from)
      files.delete(change.from)
      if (id !== undefined) files.set(change.to, id)
    }
  }
  return { files, directories }
}

/**
 * What might be left of a file that was `written` since its content `synced` was made durable: any
 * sector of either, and a size between the two.
 */
export function afterPowerCut(synced: Buffer, written: Buffer, random: Dice): Buffer {
  if (written.equals(synced)) return synced
  const how = random.pick(['nothing', 'everything', 'prefix', 'prefix', 'sectors', 'sectors'])
  if (how === 'nothing') return synced
  if (how === 'everything') return written
  const sizes = [synced.byteLength, written.byteLength] as const
  const longest = Math.max(...sizes)
  const size = random.next() < 0.5 ? longest : random.int(Math.min(...sizes), longest)
  // Where neither was written, a longer file reads as zeros.
  const left = Buffer.alloc(size)
  synced.copy(left)
  if (how === 'prefix') written.copy(left, 0, 0, random.int(0, written.byteLength))
  else
    for (let at = 0; at < written.byteLength; at += SECTOR_BYTES)
      if (random.next() < 0.5) written.copy(left, at, at, at + SECTOR_BYTES)
  return left
}

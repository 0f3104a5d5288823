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
  | { readonly type: 'create'; readonly path: string; readonly id: number }
  | { readonly type: 'rename'; readonly from: string; readonly to: string }
  | { readonly type: 'remove'; readonly path: string }
  | { readonly type: 'directory'; readonly path: string }

type Note =
  NameChange | { readonly type: 'synced'; readonly directory: string; readonly upTo: number }

export interface PowerCut {
  /** Files whose content went back behind what the node had written. */
  readonly contents: readonly string[]
  /** Changes of names that did not happen. */
  readonly names: number
}

/** The node that took the notes must be gone. */
export function cutPower({
  directory,
  notes,
  random,
}: {
  readonly directory: string
  readonly notes: string
  readonly random: Dice
}): PowerCut {
  const { changes, durable } = readJournal(join(notes, 'journal'))
  const pending = changes.filter((change) => !durable.has(change))
  const happened = new Set(pending.slice(0, random.int(0, pending.length)))
  const written = namesAfter(changes)
  const left = namesAfter(changes.filter((change) => durable.has(change) || happened.has(change)))
  const paths = new Map([...written.files].map(([path, id]) => [id, join(directory, path)]))
  const contents: string[] = []
  const files = [...left.files]
    .filter(([path]) => dirname(path) === '.' || left.directories.has(dirname(path)))
    .map(([path, id]) => {
      const synced = fs.readFileSync(join(notes, String(id)))
      const now = readIfThere(paths.get(id)) ?? synced
      const content = afterPowerCut(synced, now, random)
      if (!content.equals(now)) contents.push(path)
      return { path: join(directory, path), content }
    })
  for (const path of paths.values()) fs.rmSync(path, { force: true })
  for (const path of written.directories)
    if (!left.directories.has(path)) fs.rmSync(join(directory, path), { recursive: true })
  for (const { path, content } of files) fs.writeFileSync(path, content)
  return { contents, names: pending.length - happened.size }
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

function readIfThere(path: string | undefined): Buffer | null {
  return path !== undefined && fs.existsSync(path) ? fs.readFileSync(path) : null
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

/** All planted bugs of all worlds, and what the files of the source are with one of them in. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BUGS, type Bug } from './bugs.ts'
import { CLUSTER_BUGS } from './cluster/bugs.ts'
import { GROUPS_BUGS } from './groups/bugs.ts'
import { SYSTEM_BUGS } from './system/bugs.ts'
import type { WorldName } from './worlds.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

export interface Planted extends Bug {
  /** The simulator that must find it. */
  readonly world: WorldName
}

/** What the edits of a world's bugs are relative to. */
const FOLDERS = { core: 'src/raft', system: 'src', cluster: 'src', groups: 'src' } as const

const of = (world: WorldName) => (bug: Bug) => ({ ...bug, world })

export const PLANTED: readonly Planted[] = [
  ...BUGS.map(of('core')),
  ...SYSTEM_BUGS.map(of('system')),
  ...CLUSTER_BUGS.map(of('cluster')),
  ...GROUPS_BUGS.map(of('groups')),
]

/**
 * The files that have the bug, by their paths from the project's folder; several edits may be of
 * one. Throws when a text that is to be replaced is not there exactly once: then nothing is
 * planted.
 */
export function filesWith({ name, world, edits }: Planted): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const { file, find, replace } of edits) {
    const path = `${FOLDERS[world]}/${file}`
    const text = files.get(path) ?? readFileSync(join(ROOT, path), 'utf8')
    const count = text.split(find).length - 1
    if (count !== 1) throw new Error(`${name}: its text occurs ${count} times in ${path}`)
    files.set(
      path,
      text.replace(find, () => replace),
    )
  }
  return files
}

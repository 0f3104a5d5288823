/**
 * Files of a node that is killed for it: damaged ones, and a whole directory as it was before. What
 * a node makes of a damaged file is docs/CHAOS.md's table. An old directory breaks what its node
 * has promised (its votes, its acknowledgements); one at a time is as the loss of that disk.
 */
import { cpSync, existsSync, rmSync } from 'node:fs'
import { damage, filesOf } from '../machine/damage.ts'
import { allOrNone } from './all-or-none.ts'
import type { FaultKind, Site } from './fault.ts'
import type { Undo } from './undo.ts'

type FileFaultName = 'damage' | 'old-copy'

export const fileFaults: { readonly [Name in FileFaultName]: FaultKind<Name> } = {
  damage: {
    needs: ['files', 'signals', 'start'],
    describe: ({ on, file, how }) => `${file} of ${on}: ${how}`,
    inflict: ({ file, how }, nodes, site) =>
      allOrNone(nodes, (id) =>
        whileDown(id, site, (directory) => {
          const files = filesOf(directory, file)
          if (files.length === 0) throw new Error(`node ${id} has no ${file}`)
          const path = site.draw.pick(files)
          const random = () => site.draw.random()
          site.note(`node ${id}, ${path}: ${damage(path, how, { random })}`)
        }),
      ),
  },
  'old-copy': {
    needs: ['files', 'signals', 'start'],
    describe: ({ on }) => `${on}: its directory as it is now is put back later`,
    inflict: (_spec, nodes, site) => allOrNone(nodes, (id) => oldCopy(id, site)),
  },
}

/** Kills it and does `work`; it stays down until that is taken back. */
async function whileDown(
  id: number,
  { target, lives }: Site,
  work: (directory: string) => void,
): Promise<Undo> {
  const { directory } = target.node(id)
  if (directory === null) throw new Error(`the files of node ${id} cannot be reached`)
  const letGo = await lives.hold(id, 'SIGKILL')
  try {
    work(directory)
    return letGo
  } catch (thrown) {
    await letGo()
    throw thrown
  }
}

/**
 * Copies the directory of a node that is killed for it, and goes on; taken back, the copy is it.
 */
async function oldCopy(id: number, site: Site): Promise<Undo> {
  const copyOf = (directory: string) => `${directory}.copy`
  const goOn = await whileDown(id, site, (directory) => {
    const copy = copyOf(directory)
    // Two at a time would take each other's.
    if (existsSync(copy)) throw new Error(`node ${id} has an old copy already`)
    cpSync(directory, copy, { recursive: true })
  })
  await goOn()
  let isPutBack = false
  return async () => {
    if (isPutBack) return
    isPutBack = true
    const start = await whileDown(id, site, (directory) => {
      rmSync(directory, { recursive: true, force: true })
      cpSync(copyOf(directory), directory, { recursive: true })
      rmSync(copyOf(directory), { recursive: true, force: true })
    })
    await start()
  }
}

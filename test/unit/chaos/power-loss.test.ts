// Goal: after a simulated power cut everything that was fsynced is there, content and name, and
// everything that was not is sometimes lost. Method: a process under the preload writes as the node
// does, with node:fs, and is killed; then the directory is cut by many seeds, and every state it is
// left in must be allowed, and every allowed extreme be seen.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Machine } from '../../../src/chaos/machine/machine.ts'
import {
  afterPowerCut,
  contentAfter,
  cutPower,
  readWreck,
  whatIsLeft,
  type Chance,
} from '../../../src/chaos/machine/power-cut.ts'
import { dice } from '../../support/log-text.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { within } from '../../support/within.ts'

const LOG = '__cluster_metadata-0'
const SEEDS = 60

/** The same numbers for the same seed. */
function chance(seed: number): Chance {
  const random = dice(seed)
  // The first numbers of seeds that are near each other are, too.
  for (let count = 0; count < 10; count += 1) random.next()
  return () => random.next()
}

/** What every script begins with: the steps a node takes, on paths below its directory. */
const PRELUDE = `
  import fs, { fsyncSync } from 'node:fs'
  import { promisify } from 'node:util'
  const { O_RDWR, O_CREAT, O_RDONLY } = fs.constants
  const fdatasync = promisify(fs.fdatasync)
  const at = (path) => process.argv[1] + '/' + path
  const open = (path) => fs.openSync(at(path), O_RDWR | O_CREAT, 0o644)
  const write = (file, text, position) =>
    fs.writeSync(file, Buffer.from(text), 0, text.length, position)
  const syncDirectory = (path = '') => {
    const directory = fs.openSync(at(path), O_RDONLY)
    fsyncSync(directory)
    fs.closeSync(directory)
  }
`

interface Left {
  readonly [path: string]: string
}

/** Runs `script`, kills it, and cuts the power by so many seeds: what is left each time. */
async function statesAfter(
  script: string,
  { before = {}, hasLog = true }: { before?: Left; hasLog?: boolean } = {},
): Promise<Left[]> {
  await using temporary = await tempDir('power')
  const [directory, folder] = [join(temporary.path, 'data'), join(temporary.path, 'machine')]
  fs.mkdirSync(hasLog ? join(directory, LOG) : directory, { recursive: true })
  for (const [path, text] of Object.entries(before)) fs.writeFileSync(join(directory, path), text)
  const machine = new Machine({ directory, folder, powerMayBeCut: true })
  const source = `${PRELUDE}\n${script}\nconsole.log('done'); setInterval(() => {}, 1000)`
  const child = spawn(
    process.execPath,
    [...machine.nodeArguments, '--input-type=module', '--eval', source, directory],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const exited = once(child, 'close')
  await within(20_000, 'the script', Promise.race([once(child.stdout, 'data'), exited]))
  child.kill('SIGKILL')
  await exited
  expect(errors).toBe('')
  const wreck = readWreck(directory, join(folder, 'notes'))
  const states = Array.from({ length: SEEDS }, (_, seed) => {
    const random = chance(seed)
    const { files } = whatIsLeft(wreck, random)
    return Object.fromEntries(
      [...files].map(([path, id]) => [path, contentAfter(wreck, id, random).toString()]),
    )
  })
  // And the directory itself comes to be in such a state.
  const unwatched = notLookedAt(directory)
  machine.cutPower(chance(0))
  expect(contentsOf(directory)).toEqual({ ...states[0], ...unwatched })
  return states
}

const notLookedAt = (directory: string) =>
  Object.fromEntries(
    Object.entries(contentsOf(directory)).filter(([path]) => path.startsWith('store/')),
  )

function contentsOf(directory: string): Left {
  const entries = fs.readdirSync(directory, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(directory.length + 1), fs.readFileSync(path, 'utf8')]),
  )
}

const seen = (states: readonly Left[], path: string) =>
  new Set(states.map((state) => state[path] ?? 'gone'))

test('what was there before the start stays, fsynced or not', async () => {
  const before = { 'meta.properties': 'node.id=1', [`${LOG}/0.log`]: 'entries' }
  for (const state of await statesAfter('', { before })) expect(state).toEqual(before)
})

test('content and name, both synced, stay', async () => {
  const script = `
    const file = open('${LOG}/0.log')
    write(file, 'first', 0)
    await fdatasync(file)
    write(file, 'second', 5)
    fs.writevSync(file, [Buffer.from('third'), Buffer.from('!')], 11)
    fs.fdatasyncSync(file)
    syncDirectory('${LOG}')`
  const states = await statesAfter(script)
  expect([...seen(states, `${LOG}/0.log`)]).toEqual(['firstsecondthird!'])
})

test('content behind the last sync is lost sometimes: all of it, some of it, none of it', async () => {
  const script = `
    const file = open('${LOG}/0.log')
    syncDirectory('${LOG}')
    write(file, 'synced ', 0)
    const syncing = fdatasync(file)
    write(file, 'written', 7)
    await syncing`
  const contents = seen(await statesAfter(script), `${LOG}/0.log`)
  expect(contents).toContain('synced ')
  expect(contents).toContain('synced written')
  expect(contents.size).toBeGreaterThan(3)
  for (const content of contents) expect(content).toMatch(/^synced [writen\0]*$/)
})

test('a new name that is not synced is lost sometimes, whatever its content', async () => {
  const script = `
    const file = open('orphan')
    write(file, 'synced', 0)
    fs.fsyncSync(file)`
  expect(seen(await statesAfter(script), 'orphan')).toEqual(new Set(['gone', 'synced']))
  const elsewhere = `${script}\nsyncDirectory('${LOG}')`
  expect(seen(await statesAfter(elsewhere), 'orphan')).toEqual(new Set(['gone', 'synced']))
})

test('a rename over a file is old or new, and never half, when its content was synced', async () => {
  const script = `
    const file = open('${LOG}/quorum-state.tmp')
    write(file, 'new', 0)
    await fdatasync(file)
    fs.closeSync(file)
    fs.renameSync(at('${LOG}/quorum-state.tmp'), at('${LOG}/quorum-state'))`
  const before = { [`${LOG}/quorum-state`]: 'old' }
  expect(seen(await statesAfter(script, { before }), `${LOG}/quorum-state`)).toEqual(
    new Set(['old', 'new']),
  )
  const again = `
    const renamed = open('${LOG}/quorum-state')
    write(renamed, 'er', 3)
    await fdatasync(renamed)`
  const synced = await statesAfter(`${script}\nsyncDirectory('${LOG}')${again}`, { before })
  expect(seen(synced, `${LOG}/quorum-state`)).toEqual(new Set(['newer']))
})

test('a rename whose content was never synced may leave an empty file', async () => {
  const script = `
    write(open('state.tmp'), 'new', 0)
    fs.renameSync(at('state.tmp'), at('state'))
    syncDirectory()`
  const contents = seen(await statesAfter(script, { before: { state: 'old' } }), 'state')
  expect(contents).toContain('')
  expect(contents).not.toContain('old')
})

test('a removal and a truncation come back sometimes, until they are synced', async () => {
  const script = `
    const file = open('${LOG}/0.log')
    fs.ftruncateSync(file, 3)
    await promisify(fs.unlink)(at('${LOG}/1.log'))
    fs.rmSync(at('gone'), { force: true })`
  const before = { [`${LOG}/0.log`]: 'old tail', [`${LOG}/1.log`]: 'one', gone: 'two' }
  const states = await statesAfter(script, { before })
  expect(seen(states, `${LOG}/0.log`)).toContain('old tail')
  expect(seen(states, `${LOG}/0.log`)).toContain('old')
  expect(seen(states, `${LOG}/1.log`)).toEqual(new Set(['one', 'gone']))
  expect(seen(states, 'gone')).toEqual(new Set(['two', 'gone']))
  const sync = `
    await fdatasync(file)
    write(file, 'new', 3)
    syncDirectory()
    syncDirectory('${LOG}')`
  const synced = await statesAfter(`${script}\n${sync}`, { before })
  for (const content of seen(synced, `${LOG}/0.log`)) expect(content).toMatch(/^old[new\0]*$/)
  expect(seen(synced, `${LOG}/1.log`)).toEqual(new Set(['gone']))
  expect(seen(synced, 'gone')).toEqual(new Set(['gone']))
})

test('a later sync makes durable what an earlier one is still about', async () => {
  const script = `
    const file = open('state')
    syncDirectory()
    write(file, 'one', 0)
    void fdatasync(file)
    write(file, 'two', 3)
    fs.fdatasyncSync(file)
    process.kill(process.pid, 'SIGKILL')`
  expect(seen(await statesAfter(script), 'state')).toEqual(new Set(['onetwo']))
})

test('the log itself is lost when its own name was not synced', async () => {
  const script = `
    fs.mkdirSync(at('${LOG}'))
    const file = open('${LOG}/0.log')
    write(file, 'synced', 0)
    fs.fdatasyncSync(file)
    syncDirectory('${LOG}')
    fs.mkdirSync(at('store'))
    write(open('store/LOG'), 'not looked at', 0)`
  expect(seen(await statesAfter(script, { hasLog: false }), `${LOG}/0.log`)).toEqual(
    new Set(['gone', 'synced']),
  )
})

test('a death between a change of names and its note mixes no two files', async () => {
  const renamed = `
    const file = open('${LOG}/state.tmp')
    write(file, 'new', 0)
    fs.fdatasyncSync(file)
    await fs.promises.rename(at('${LOG}/state.tmp'), at('${LOG}/state'))
    process.kill(process.pid, 'SIGKILL')`
  const states = await statesAfter(renamed, { before: { [`${LOG}/state`]: 'old' } })
  expect(seen(states, `${LOG}/state`)).toEqual(new Set(['old']))
  expect(seen(states, `${LOG}/state.tmp`)).toEqual(new Set(['gone', 'new']))
  const created = `
    fs.rmSync(at('state'))
    await fs.promises.writeFile(at('unnoted'), '')
    process.kill(process.pid, 'SIGKILL')`
  const others = await statesAfter(created, { before: { state: 'old' } })
  expect(seen(others, 'state')).toEqual(new Set(['gone', 'old']))
  expect(seen(others, 'unnoted')).toEqual(new Set(['gone']))
})

test('what was cut off does not come back when the file grows over it', async () => {
  const script = `
    const file = open('state')
    fs.ftruncateSync(file, 3)
    write(file, '!', 6)
    await fdatasync(file)`
  const states = await statesAfter(script, { before: { state: 'old tail' } })
  expect(seen(states, 'state')).toEqual(new Set(['old\0\0\0!']))
})

test('sectors are of the old or of the new content, or never written', () => {
  const random = chance(7)
  const [old, young] = [Buffer.alloc(2000, 'o'), Buffer.alloc(3000, 'n')]
  for (let round = 0; round < 200; round += 1) {
    const left = afterPowerCut(old, young, random)
    expect(left.byteLength).toBeGreaterThanOrEqual(2000)
    expect(left.byteLength).toBeLessThanOrEqual(3000)
    expect(left.subarray(0, 2000).toString()).toMatch(/^[on]*$/)
    expect(left.subarray(2000).toString()).toMatch(/^[n\0]*$/)
  }
})

test('every function by which the node changes files is wrapped', async () => {
  const HARMLESS = new Set(
    'existsSync statSync lstatSync fstatSync readSync readdirSync statfsSync constants'.split(' '),
  )
  const source = fs.readFileSync(
    fileURLToPath(new URL('../../../src/host/disk.ts', import.meta.url)),
    'utf8',
  )
  const preload = fs.readFileSync(
    fileURLToPath(new URL('../../../src/chaos/machine/power-notes.mjs', import.meta.url)),
    'utf8',
  )
  const used = new Set([...source.matchAll(/\bfs\.(\w+)/g)].map(([, name]) => name as string))
  const wrapped = new Set([...preload.matchAll(/^ {2}'(\w+)',$/gm)].map(([, name]) => name))
  expect([...used].filter((name) => !HARMLESS.has(name) && !wrapped.has(name))).toEqual([])
})

test('who dies while it notes what is there has changed nothing, and loses nothing', async () => {
  await using temporary = await tempDir('power')
  const [directory, notes] = ['data', 'notes'].map((name) => join(temporary.path, name)) as [
    string,
    string,
  ]
  fs.mkdirSync(directory)
  fs.writeFileSync(join(directory, 'meta.properties'), 'version=1')
  fs.mkdirSync(notes)
  fs.writeFileSync(join(notes, 'journal'), '')
  cutPower({ directory, notes, random: chance(1) })
  expect(fs.readdirSync(directory)).toEqual(['meta.properties'])
})

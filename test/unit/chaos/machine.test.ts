// Goal: a process on a bad machine is told of it exactly as by a bad system, only below its own
// directory, from the moment somebody says so until it is taken back, over restarts, too.
// Method: a process under the preload does what it is told, line by line, and says how that ended;
// it uses node:fs in all three manners.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Machine } from '../../../src/chaos/machine/machine.ts'
import { tempDir, type TempDir } from '../../support/temp-dir.ts'
import { within } from '../../support/within.ts'

/** Evaluates each line as the body of an async function; answers with JSON. */
const PROGRAM = `
  import fs, { writeSync as named } from 'node:fs'
  import { createInterface } from 'node:readline'
  import { promisify } from 'node:util'
  const at = (path) => process.argv[1] + '/' + path
  const Kept = Date
  const known = { fs, named: (...args) => named(...args), at, promisify, Kept }
  const { log } = console
  log(JSON.stringify('ready'))
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      const run = new Function(...Object.keys(known), 'return (async () => {' + line + '})()')
      log(JSON.stringify((await run(...Object.values(known))) ?? null))
    } catch (error) {
      log(JSON.stringify({ code: error.code ?? error.message, syscall: error.syscall }))
    }
  }
`

class Subject {
  readonly child: ChildProcess
  readonly exited: Promise<unknown>
  readonly #answers: AsyncIterator<string>

  constructor(machine: Machine, directory: string) {
    this.child = spawn(
      process.execPath,
      [...machine.nodeArguments, '--input-type=module', '--eval', PROGRAM, directory],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    )
    this.exited = once(this.child, 'exit')
    const lines = createInterface({ input: this.child.stdout as NodeJS.ReadableStream })
    this.#answers = lines[Symbol.asyncIterator]()
  }

  async answer(): Promise<unknown> {
    const answer = await within(20_000, 'an answer', this.#answers.next())
    return answer.done === true ? 'ended' : JSON.parse(answer.value)
  }

  does(body: string): Promise<unknown> {
    this.child.stdin?.write(`${body.replaceAll('\n', ' ')}\n`)
    return this.answer()
  }
}

let temporary: TempDir
let machine: Machine
let directory: string
let subject: Subject

async function start(): Promise<void> {
  subject = new Subject(machine, directory)
  expect(await subject.answer()).toBe('ready')
}

beforeEach(async () => {
  temporary = await tempDir('machine')
  directory = join(temporary.path, 'data')
  fs.mkdirSync(directory)
  machine = new Machine({ directory, folder: join(temporary.path, 'machine') })
  await start()
})
afterEach(async () => {
  subject.child.kill('SIGKILL')
  await subject.exited
  await temporary[Symbol.asyncDispose]()
})

const OPEN = `
  const file = fs.openSync(at('log'), fs.constants.O_RDWR | fs.constants.O_CREAT);
  const bytes = Buffer.alloc(400, 'x');`
const NO_SPACE = { code: 'ENOSPC', syscall: 'write' }
const FAILED = { code: 'EIO', syscall: 'write' }
const sizeOf = (name: string) => fs.statSync(join(directory, name)).size

/** The three manners of one call on a file that is open. */
const WRITES = [
  'return fs.writeSync(file, bytes, 0, 400, 400)',
  'return named(file, bytes, 0, 400, 400)',
  'return fs.writevSync(file, [bytes.subarray(1), bytes.subarray(399)], 400)',
  'return (await promisify(fs.write)(file, bytes, 0, 400, 400)).bytesWritten',
  `const handle = await fs.promises.open(at('log'), 'r+');
   try { return (await handle.write(bytes, 0, 400, 400)).bytesWritten }
   finally { await handle.close() }`,
]
const writeAll = async () => {
  const outcomes: unknown[] = []
  for (const write of WRITES) outcomes.push(await subject.does(`${OPEN} ${write}`))
  return outcomes
}

test('a full disk takes a part once, then nothing more, and what is there may be written over', async () => {
  fs.writeFileSync(join(directory, 'log'), Buffer.alloc(400))
  const undo = await machine.hurt({ type: 'disk-full' })
  const first = await subject.does(`${OPEN} return fs.writeSync(file, bytes, 0, 400, 400)`)
  expect(first).toBe(100)
  expect(sizeOf('log')).toBe(500)
  // What fits in between is written over.
  expect(await writeAll()).toEqual(WRITES.map(() => 100))
  expect(await subject.does(`${OPEN} return fs.writeSync(file, bytes, 0, 400, 500)`)).toEqual(
    NO_SPACE,
  )
  expect(sizeOf('log')).toBe(500)
  expect(await subject.does(`${OPEN} return fs.writeSync(file, bytes, 0, 400, 0)`)).toBe(400)
  const made = await subject.does(`fs.writeFileSync(at('new'), 'x')`)
  expect(made).toMatchObject({ code: 'ENOSPC' })
  expect(await subject.does(`fs.openSync(at('new'), 'w')`)).toMatchObject({ code: 'ENOSPC' })
  expect(await subject.does(`fs.mkdirSync(at('new'))`)).toMatchObject({ code: 'ENOSPC' })
  expect(await subject.does(`await fs.promises.mkdir(at('new'))`)).toMatchObject({ code: 'ENOSPC' })
  expect(await subject.does(`return fs.statfsSync(at('')).bavail`)).toBe(0)
  expect(await subject.does(`fs.writeFileSync(at('../elsewhere'), 'x')`)).toBe(null)
  expect(fs.existsSync(join(directory, 'new'))).toBe(false)
  await undo()
  expect(await writeAll()).toEqual([400, 400, 400, 400, 400])
  expect(await subject.does(`return fs.statfsSync(at('')).bavail > 0`)).toBe(true)
})

test('a failing disk refuses writes, and only those, until it is taken back', async () => {
  fs.writeFileSync(join(directory, 'log'), Buffer.alloc(400, 'y'))
  const undo = await machine.hurt({ type: 'failing-write' })
  expect(await writeAll()).toEqual(WRITES.map(() => FAILED))
  expect(await subject.does(`return fs.readFileSync(at('log'), 'latin1').length`)).toBe(400)
  await undo()
  await undo()
  expect(await writeAll()).toEqual([400, 400, 400, 400, 400])
})

test('a failed fsync is told in each manner', async () => {
  const undo = await machine.hurt({ type: 'failing-fsync' })
  for (const sync of [
    'fs.fsyncSync(file)',
    'fs.fdatasyncSync(file)',
    'await promisify(fs.fdatasync)(file)',
    `const handle = await fs.promises.open(at('log'), 'r+'); await handle.datasync()`,
  ])
    expect(await subject.does(`${OPEN} ${sync}`)).toEqual({ code: 'EIO', syscall: 'fsync' })
  await undo()
  expect(await subject.does(`${OPEN} await promisify(fs.fdatasync)(file)`)).toBe(null)
})

test('a slow fsync is slow, and goes on when that is taken back', async () => {
  await machine.hurt({ type: 'slow-fsync', delayMs: 200 })
  const took = `const from = performance.now(); fs.fsyncSync(file); return performance.now() - from`
  expect(await subject.does(`${OPEN} ${took}`)).toBeGreaterThanOrEqual(199)
  await machine.heal()
  const undo = await machine.hurt({ type: 'slow-fsync', delayMs: 3_600_000 })
  const waiting = subject.does(`${OPEN} await promisify(fs.fdatasync)(file); return 'synced'`)
  // The undo is heard behind the line before: both come to the one loop in their order.
  expect(subject.child.stdin?.writableLength).toBe(0)
  await undo()
  expect(await waiting).toBe('synced')
})

test('a torn write: half of it is there, and the process is not', async () => {
  await machine.hurt({ type: 'torn-write' })
  expect(await subject.does(`${OPEN} fs.writeSync(file, bytes, 0, 400, 0)`)).toBe('ended')
  await subject.exited
  expect(sizeOf('log')).toBe(200)
})

test('a clock jumps either way; the monotonic one does not', async () => {
  const read = `return [Date.now(), new Date().getTime(), Kept.now(), performance.now()]`
  const times = async () => (await subject.does(read)) as [number, number, number, number]
  const before = await times()
  const HOUR_MS = 3_600_000
  const undo = await machine.hurt({ type: 'clock-jump', byMs: -HOUR_MS })
  await machine.hurt({ type: 'clock-jump', byMs: -HOUR_MS })
  const after = await times()
  for (const index of [0, 1, 2] as const)
    expect(after[index]).toBeLessThan(before[index] - 1.9 * HOUR_MS)
  expect(after[3]).toBeGreaterThanOrEqual(before[3])
  expect(after[3]).toBeLessThan(before[3] + HOUR_MS)
  const kinds = `return [new Date(5).getTime(), new Date(2020, 1).getMonth(), typeof Date(),
    new Date() instanceof Date, new Kept() instanceof Date, new Date() instanceof Kept,
    Date.UTC(1970, 0), Date.parse('1970-01-01T00:00:00Z')]`
  expect(await subject.does(kinds)).toEqual([5, 1, 'string', true, true, true, 0, 0])
  await undo()
  expect((await times())[0]).toBeGreaterThan(after[0])
  await machine.heal()
  expect((await times())[0]).toBeGreaterThanOrEqual(before[0])
  expect(await subject.does('return Date === Kept')).toBe(true)
})

test('what is wrong is still wrong for the next process, and may be taken back in between', async () => {
  const undo = await machine.hurt({ type: 'failing-write' })
  subject.child.kill('SIGKILL')
  await subject.exited
  await start()
  expect(await subject.does(`${OPEN} fs.writeSync(file, bytes)`)).toMatchObject({ code: 'EIO' })
  subject.child.kill('SIGKILL')
  await subject.exited
  await undo()
  await start()
  expect(await subject.does(`${OPEN} return fs.writeSync(file, bytes)`)).toBe(400)
})

test('nothing of node:fs is replaced but opening and closing while nothing is wrong', async () => {
  const replaced = `return Object.keys(fs).filter((name) => typeof fs[name] === 'function' &&
    String(fs[name]).includes('this.#')).sort()`
  const watching = ['close', 'closeSync', 'open', 'openSync']
  expect(await subject.does(replaced)).toEqual(watching)
  const undo = await machine.hurt({ type: 'failing-write' })
  expect(((await subject.does(replaced)) as string[]).length).toBeGreaterThan(10)
  await undo()
  expect(await subject.does(replaced)).toEqual(watching)
})

// Goal: what `npm start` runs is a cluster that a person can watch and hurt: it tells of a broker
// that is killed, starts it again, stops in order at Ctrl-C, and says what is in its way.
// Method: the command as a process, killed and interrupted; its lines are what is waited for.
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { Command, run } from '../support/command.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

let directory: TempDir
beforeEach(async () => {
  directory = await tempDir('quickstart')
})
afterEach(() => directory[Symbol.asyncDispose]())

const at = (...names: string[]) => join(directory.path, ...names)
const quickstart = (...flags: string[]) => ['quickstart', '--directory', at(), ...flags]

interface Shown {
  readonly id: string
  readonly address: string
  readonly pid: number
}

/** The brokers of the first screen. */
function brokersOf(command: Command): readonly Shown[] {
  const rows = command.stdout.toString().matchAll(/^ {2}broker (\d) {3}(\S+) {3}pid (\d+) /gm)
  return [...rows].map(([, id = '', address = '', pid]) => ({ id, address, pid: Number(pid) }))
}

const says = (...texts: readonly (string | RegExp)[]) => {
  return ({ stdout }: Command) => texts.every((text) => stdout.toString().search(text) >= 0)
}

test('a killed broker is told of, replaced and started again; Ctrl-C stops all', async () => {
  await using command = new Command(quickstart('--port', '0'))
  await command.printed(says('is told below'))
  const brokers = brokersOf(command)
  expect(brokers).toHaveLength(3)
  const bootstrap = brokers.map(({ address }) => address).join()
  const made = await run(['topic', 'create', 'orders', '--partitions', '3', '-b', bootstrap])
  expect(made.code).toBe(0)
  await command.printed(says('topic orders was created: 3 partitions × 3'))

  process.kill(brokers[1]!.pid, 'SIGKILL')
  await command.printed(
    says(
      'broker 2 is gone: its process ended by SIGKILL; starting it in 3 s',
      'broker 2 is out of service',
      /leaders elected: orders-\d → [13]/,
      /ISR shrunk: orders-\d \(\d,\d\)/,
      'broker 2 is in service',
      'ISR whole again: all replicas of 3 partitions',
    ),
  )

  const started = /broker 2 starts: pid (\d+)/.exec(command.stdout.toString())?.[1]
  // A terminal tells every process of the group.
  for (const pid of [brokers[0]!.pid, Number(started), brokers[2]!.pid]) process.kill(pid, 'SIGINT')
  command.child.kill('SIGINT')
  expect(await command.result).toMatchObject({ code: 0, stderr: '' })
  for (const id of ['1', '2', '3']) expect(existsSync(at(id, '.kafka_cleanshutdown'))).toBe(true)
})

test('what it kept is there when it starts again', async () => {
  for (const round of [1, 2]) {
    await using command = new Command(quickstart('--port', '0'))
    await command.printed(says('is told below'))
    const bootstrap = brokersOf(command)[2]!.address
    const [input, flags] = [`round ${round}\n`, ['-b', bootstrap]]
    expect((await run(['produce', 'orders', ...flags], { input })).code).toBe(0)
    const { stdout } = await run(['consume', 'orders', '--exit', ...flags])
    expect(stdout.toString()).toBe(['round 1\n', 'round 1\nround 2\n'][round - 1])
    command.child.kill('SIGTERM')
    expect((await command.result).code).toBe(0)
  }
})

test('a port that is taken is named, and nothing is written', async () => {
  const squatter = net.createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => squatter.once('listening', listening))
  const { port } = squatter.address() as net.AddressInfo
  const { code, stderr } = await run(quickstart('--port', String(port)))
  await new Promise((closed) => squatter.close(closed))
  expect(code).toBe(1)
  expect(stderr).toContain(`cannot start: 127.0.0.1:${port} is taken by another program`)
  expect(stderr).toMatch(/port: npx lograft quickstart --directory \S+ --port \d+\n/)
  expect(stderr).not.toContain(`--port ${port}\n`)
  expect(readdirSync(at())).toEqual([])
})

test('a second one in the same directory is refused, with where it can begin', async () => {
  await using command = new Command(quickstart('--port', '0'))
  await command.printed(says('is told below'))
  const port = brokersOf(command)[0]!.address.split(':')[1]!
  for (const asked of ['0', port]) {
    const { code, stderr } = await run(quickstart('--port', asked))
    expect(code).toBe(4)
    expect(stderr).toContain(`cannot start: ${at('1')} is in use by another Lograft`)
    expect(stderr).toMatch(/npx lograft quickstart --directory data\/\w+ --port \d/)
    if (asked === port) expect(stderr).not.toContain(`--port ${port}\n`)
  }
  command.child.kill('SIGTERM')
  expect((await command.result).code).toBe(0)
})

test('the data of a single node is left alone, with what to do', async () => {
  const set = { 'controller.quorum.voters': '1@127.0.0.1:9093' }
  const node = await ProcessNode.start({ directory: at('1'), set })
  await node.stop()
  const { code, stderr } = await run(quickstart('--port', '0'))
  expect(code).toBe(4)
  expect(stderr).toContain(`${at('1')} holds the data of a node that is a cluster by itself`)
  expect(stderr).toContain(`npx lograft start --set log.dirs=${at('1')}`)
  expect(readdirSync(at())).toEqual(['1'])
})

test('a directory that is missing from a cluster is named', async () => {
  await using command = new Command(quickstart('--port', '0'))
  await command.printed(says('is told below'))
  command.child.kill('SIGTERM')
  await command.result
  mkdirSync(at('kept'))
  renameSync(at('3'), at('kept', '3'))
  const { code, stderr } = await run(quickstart('--port', '0'))
  expect(code).toBe(4)
  expect(stderr).toContain(`${at('3')} is empty, and ${at('1')}, ${at('2')} hold data of a cluster`)
})

test.each([
  [['--port', 'x'], '--port: the first of 9 ports'],
  [['--set', 'x'], '--set x: expected key=value'],
  [['--set', 'node.id=4'], 'node.id is decided by the cluster'],
  [['--set', 'log.retention=4'], 'log.retention'],
  [['--log-level', 'loud'], '--log-level loud: expected one of fatal, error, warn, info'],
  [['--directory', ''], '--directory: the path of a directory, not nothing'],
])('%j is a usage error', async (flags, text) => {
  const { code, stderr } = await run(quickstart('--port', '0', ...flags))
  expect([code, stderr]).toEqual([2, expect.stringContaining(text)])
})

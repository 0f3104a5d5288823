// Goal: what an operator does with `lograft cluster|broker|config`, with --watch, --json and
// --dry-run, does what it says; whoever says no at a terminal loses nothing. Method: the built
// command against a node; a pseudo-terminal by script(1), skipped where there is none.
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTopic } from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { Command, run, type CommandResult } from '../support/command.ts'
import { LocalNode } from '../support/local-node.ts'
import { within } from '../support/within.ts'

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const WAIT_MS = 30_000

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start()
  client = await node.connect()
  await createTopic(client, 'orders', { partitions: 2 })
})
afterAll(() => node[Symbol.asyncDispose]())

const lograft = (...args: string[]): Promise<CommandResult> =>
  run(args, { bootstrap: node.address })
const printed = async (...args: string[]) => {
  const { code, stdout, stderr } = await lograft(...args)
  return { code, stdout: stdout.toString(), stderr }
}
const json = async (...args: string[]) =>
  JSON.parse((await lograft(...args, '--json')).stdout.toString()) as unknown

test('cluster describe, broker list and broker describe say the same of a broker', async () => {
  const broker = { broker: 1, state: 'up', leaders: 2, replicas: 2 }
  expect(await json('cluster', 'describe')).toMatchObject({
    ...{ topics: 1, partitions: 2, underReplicated: 0, offline: 0, brokers: [broker] },
  })
  expect(await json('broker', 'list')).toMatchObject([broker])
  expect(await json('broker', 'describe', '1')).toMatchObject({
    ...broker,
    directories: [{ state: 'online' }],
  })
  expect((await printed('cluster', 'describe')).stdout).toMatch(/^cluster .*: 1 broker, 1 topic, /)
  expect((await printed('broker', 'describe', '1')).stdout).toMatch(
    /^broker 1: up, .*\n\nDIRECTORY/,
  )
  expect(await printed('broker', 'describe', '7')).toEqual({
    ...{ code: 1, stdout: '', stderr: 'lograft: there is no broker 7; there are 1\n' },
  })
})

describe('config', () => {
  test('of a topic: set, got with what it would be otherwise, unset', async () => {
    const place = ['--topic', 'orders']
    expect((await printed('config', 'get', ...place)).stderr).toBe(
      'lograft: every option has its default; --all lists them\n',
    )
    const dry = await printed('config', 'set', 'retention.ms=60000', ...place, '--dry-run')
    expect(dry.stderr).toBe('lograft: nothing is changed: that was a dry run\n')
    expect(dry.stdout).toMatch(/retention.ms +604800000 +60000 +topic\n/)
    expect(await json('config', 'get', ...place)).toEqual([])
    expect((await printed('config', 'set', 'retention.ms=60000', ...place)).code).toBe(0)
    expect(await json('config', 'get', ...place)).toMatchObject([
      { name: 'retention.ms', value: '60000', source: 'topic', readOnly: false },
    ])
    const unset = ['config', 'unset', 'retention.ms', ...place]
    expect((await printed(...unset, '--dry-run')).stdout).toMatch(
      /60000 +log\.retention\.hours=168 +default\n/,
    )
    expect(await json(...unset)).toMatchObject([{ name: 'retention.ms', changed: true }])
    expect(await json('config', 'get', ...place)).toEqual([])
  })

  test('of all brokers, and of one, which says where a value comes from', async () => {
    await lograft('config', 'set', 'log.retention.ms=1000', '--all-brokers')
    await lograft('config', 'set', 'log.retention.ms=2000', '--broker', '1')
    expect(await json('config', 'get', '--all-brokers')).toContainEqual(
      expect.objectContaining({ name: 'log.retention.ms', value: '1000' }),
    )
    const { stdout } = await printed('config', 'get', 'log.retention.ms', '--broker', '1')
    expect(stdout).toMatch(/log.retention.ms +2000 +broker +1000 \(all brokers\)\n/)
    const dry = await json('config', 'unset', 'log.retention.ms', '--broker', '1', '--dry-run')
    expect(dry).toMatchObject([{ before: '2000', after: '1000', afterSource: 'all brokers' }])
    for (const place of [['--broker', '1'], ['--all-brokers']])
      expect((await lograft('config', 'unset', 'log.retention.ms', ...place)).code).toBe(0)
  })

  test('of all brokers, by name and not set: the default', async () => {
    const names = ['num.partitions', 'log.retention.ms']
    expect(await json('config', 'get', ...names, '--all-brokers')).toMatchObject([
      { name: 'log.retention.ms', value: null, source: 'default' },
      { name: 'num.partitions', value: '1', source: 'default' },
    ])
    const wrong = await printed('config', 'get', 'num.partition', '--all-brokers')
    expect(wrong.code).toBe(2)
  })

  test.each([
    [['config', 'get'], 'say of what, once'],
    [['config', 'get', '--topic', 'a', '--broker', '1'], 'say of what, once'],
    [['config', 'get', '--topic', 'order'], 'did you mean orders?'],
    [['config', 'get', 'retention', '--topic', 'orders'], 'there is no option retention here'],
    [['config', 'set', 'retention.mss=1', '--topic', 'orders'], 'did you mean retention.ms'],
    [['config', 'set', 'node.id=2', '--broker', '1'], 'Cannot update these configs dynamically'],
    [['config', 'unset', 'segment.byte', '--topic', 'orders'], 'did you mean segment.bytes?'],
  ])('%j is refused', async (args, why) => {
    const { code, stderr } = await printed(...args)
    expect(code).not.toBe(0)
    expect(stderr).toContain(why)
  })
})

test('--watch: a document per line, as things are each time', async () => {
  const args = ['topic', 'list', '--json', '--watch', '200ms']
  await using command = new Command(args, { bootstrap: node.address })
  await command.printed(({ stdout }) => stdout.includes('\n'))
  await createTopic(client, 'appeared')
  await command.printed(({ stdout }) => stdout.includes('"appeared"'))
  command.child.kill('SIGTERM')
  const { code, stdout } = await command.result
  expect(code).toBe(0)
  const lines = stdout.toString().trimEnd().split('\n')
  for (const line of lines) expect(Array.isArray(JSON.parse(line))).toBe(true)
})

test('what is known is described, also beside what is not', async () => {
  const both = await printed('topic', 'describe', 'ordrs', 'orders')
  expect([both.code, both.stdout.split(':')[0]]).toEqual([1, 'orders'])
  expect(both.stderr).toBe('lograft: there is no topic ordrs; did you mean orders?\n')
})

describe('what loses records', () => {
  const filled = async (topic: string) => {
    await createTopic(client, topic)
    await run(['produce', topic], { bootstrap: node.address, input: 'a\nb\nc\nd\n' })
  }

  test('topic delete --dry-run says how many, and keeps them', async () => {
    await filled('kept')
    const dry = await printed('topic', 'delete', 'kept', '--dry-run')
    expect(dry).toEqual({
      code: 0,
      stdout: 'TOPIC  PARTITIONS  RECORDS\nkept            1        4\n',
      stderr: 'lograft: nothing is deleted: that was a dry run\n',
    })
    expect(await json('topic', 'delete', 'kept')).toEqual([
      { name: 'kept', partitions: 1, records: 4, deleted: true },
    ])
  })

  const hasScript = spawnSync('script', ['--version']).status === 0

  test.skipIf(!hasScript)('a terminal is asked, and no is no (script)', async () => {
    await filled('asked')
    const answered = async (answer: string) => {
      const { host, port } = node.address
      const command = `exec '${process.execPath}' '${MAIN}' topic delete asked -b ${host}:${port}`
      const child = spawn('script', ['-qec', command, '/dev/null'])
      let text = ''
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        if (text.endsWith('[y/N] ')) child.stdin.write(`${answer}\n`)
      })
      const end = new Promise<number | null>((resolve) => child.once('close', resolve))
      return { code: await within(WAIT_MS, 'the end of topic delete', end), text }
    }
    const no = await answered('')
    expect([no.code, no.text]).toEqual([1, expect.stringContaining('nothing is deleted')])
    expect((await lograft('topic', 'describe', 'asked')).code).toBe(0)
    const yes = await answered('y')
    expect([yes.code, yes.text]).toEqual([0, expect.stringContaining('deleted asked')])
    expect((await lograft('topic', 'describe', 'asked')).code).toBe(1)
  })
})

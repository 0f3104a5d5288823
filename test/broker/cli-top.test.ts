// Goal: `lograft top` shows a cluster at work, on a terminal and in a pipe, and leaves the terminal
// as it was: at q, at Ctrl-C and at SIGTERM. Method: the built command against a node; a
// pseudo-terminal by script(1), skipped where there is none.
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { bytesOf, createTopic, produceBatch } from '../support/calls.ts'
import { Command, run } from '../support/command.ts'
import { LocalNode } from '../support/local-node.ts'
import { within } from '../support/within.ts'

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const WAIT_MS = 30_000
const ENTERED = '\u001b[?1049h'
const LEFT = '\u001b[?7h\u001b[?25h\u001b[?1049l'

let node: LocalNode
beforeAll(async () => {
  node = await LocalNode.start()
  const client = await node.connect()
  await createTopic(client, 'orders', { partitions: 3 })
  const records = [{ value: bytesOf('one'), timestampMs: 0 }]
  await produceBatch(client, { topic: 'orders', partition: 1, batch: buildBatch({ records }) })
})
afterAll(() => node[Symbol.asyncDispose]())

const where = () => `${node.address.host}:${node.address.port}`

test('--once --json: one document, with rates', async () => {
  const { code, stdout } = await run(['top', '-b', where(), '--once', '--json', '-i', '200ms'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout.toString())).toMatchObject({
    total: { records: 0 },
    topics: [{ topic: 'orders', partitions: 3 }],
    brokers: [{ broker: 1, state: 'up', leaders: 3 }],
  })
})

test('in a pipe: a picture after the other, until the reader leaves', async () => {
  await using command = new Command(['top', '-b', where(), '-i', '200ms'])
  await command.printed(({ stdout }) => stdout.toString().split('lograft top').length > 3)
  expect(command.stdout.toString()).not.toContain('\u001b')
  command.child.stdout.destroy()
  expect((await command.result).code).toBe(0)
})

test('an interval that is too short is a usage error', async () => {
  expect((await run(['top', '-i', '1ms'])).code).toBe(2)
})

const hasScript = spawnSync('script', ['--version']).status === 0

describe.skipIf(!hasScript)('on a terminal (script)', () => {
  /** The command under a pseudo-terminal; what it wrote, and its exit code. */
  async function onTerminal(act: (type: (keys: string) => void, pid: number) => void) {
    const command = `echo pid $$; exec '${process.execPath}' '${MAIN}' top -b ${where()} -i 200ms`
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env: { ...process.env, SHELL: '/bin/sh', TERM: 'xterm' },
    })
    let text = ''
    let acted = false
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const pid = Number(/pid (\d+)/.exec(text)?.[1])
      // Once it has drawn, its keys are read.
      if (acted || !text.includes('orders') || !pid) return
      acted = true
      act((keys) => child.stdin.write(keys), pid)
    })
    const code = await within(
      WAIT_MS,
      'the end of top',
      new Promise<number | null>((resolve) => child.once('close', resolve)),
    )
    return { code, text }
  }

  test.each([
    ['q', (type: (keys: string) => void) => type('spq')],
    ['Ctrl-C', (type: (keys: string) => void) => type('\u0003')],
    ['SIGTERM', (_: unknown, pid: number) => process.kill(pid, 'SIGTERM')],
  ])('ends in good order at %s', async (_, act) => {
    const { code, text } = await onTerminal(act)
    expect(code).toBe(0)
    expect(text).toContain(ENTERED)
    expect(text.lastIndexOf(LEFT)).toBeGreaterThan(text.lastIndexOf(ENTERED))
    expect(text.slice(text.lastIndexOf(LEFT) + LEFT.length).trim()).toBe('')
  })
})

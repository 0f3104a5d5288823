// Goal: what goes in by `lograft produce` comes out by `lograft consume`, byte for byte, with every
// codec; keys go where other clients put them; each way to end says what it must.
// Method: the built command as a process, against a node in this one or in a process of its own.
import { createRequire } from 'node:module'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { formatHostPort } from '../../src/config/addresses.ts'
import { CODECS } from '../../src/records/batch.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { apiVersions } from '../../src/wire/apis/18-api-versions.ts'
import {
  bytesOf,
  createTopic,
  listOffset,
  produceBatch,
  readPartition,
  text,
} from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { Command, run, type CommandResult, type Input } from '../support/command.ts'
import { LocalNode } from '../support/local-node.ts'
import { sha256OfFile, writeLogText } from '../support/log-text.ts'
import { ScriptedBroker, answering } from '../support/scripted-broker.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

type Theirs = (key: Uint8Array) => number
const murmur2 = createRequire(import.meta.url)(
  'kafkajs/src/producer/partitioners/default/murmur2.js',
) as Theirs

let node: LocalNode
let client: Client
let files: TempDir
beforeAll(async () => {
  files = await tempDir()
  node = await LocalNode.start()
  client = await node.connect()
})
afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await files[Symbol.asyncDispose]()
})

const lograft = (args: readonly string[], input: Input = {}): Promise<CommandResult> =>
  run(args, { bootstrap: node.address, ...input })

/** Lines that a command printed. */
const linesOf = ({ stdout }: CommandResult) => stdout.toString().split('\n').slice(0, -1)

describe('there and back', () => {
  test.each(CODECS)('100,000 lines, %s', async (codec) => {
    const file = await writeLogText(join(files.path, `in-${codec}`), 100_000, 7)
    const sent = await lograft(['produce', `back-${codec}`, '--compression', codec], {
      inputFile: file.path,
    })
    expect([sent.code, sent.stdout.byteLength]).toEqual([0, 0])
    const { code, stdout } = await lograft(['consume', `back-${codec}`, '--exit'])
    const out = join(files.path, `out-${codec}`)
    writeFileSync(out, stdout)
    expect([code, await sha256OfFile(out)]).toEqual([0, file.sha256])
  })

  test('bytes that are no text, empty lines, and no line feed at the end', async () => {
    const input = Buffer.from([0xff, 0xfe, 0, 13, 10, 10, 10, 0x80])
    expect((await lograft(['produce', 'binary'], { input })).code).toBe(0)
    const { stdout } = await lograft(['consume', 'binary', '-e'])
    expect(stdout).toEqual(Buffer.concat([input, Buffer.from('\n')]))
  })

  test('a line larger than what a fetch asks for', async () => {
    await createTopic(client, 'large', { configs: { 'max.message.bytes': 20_000_000 } })
    const input = `${'x'.repeat(9_000_000)}\nsmall\n`
    expect(await lograft(['produce', 'large'], { input })).toMatchObject({ code: 0, stderr: '' })
    expect((await lograft(['consume', 'large', '-e'])).stdout.toString()).toBe(input)
  })

  test('batches larger than the topic takes are sent in pieces', async () => {
    await createTopic(client, 'narrow', { configs: { 'max.message.bytes': 2_000 } })
    const input = Array.from({ length: 3_000 }, (_, index) => `line ${index}\n`).join('')
    expect(await lograft(['produce', 'narrow'], { input })).toMatchObject({ code: 0, stderr: '' })
    expect((await lograft(['consume', 'narrow', '-e'])).stdout.toString()).toBe(input)
  })

  test('JSON keeps keys, values, headers, timestamps and partitions', async () => {
    await createTopic(client, 'json-a', { partitions: 3 })
    await createTopic(client, 'json-b', { partitions: 3 })
    const headers = [
      { key: 'h', value: Uint8Array.of(0xff) },
      { key: 'h', value: null },
    ] // two alike
    for (const partition of [0, 2]) {
      const records = [{ key: bytesOf('ké'), value: null, headers, timestampMs: 1_000 + partition }]
      await produceBatch(client, { topic: 'json-a', partition, batch: buildBatch({ records }) })
    }
    const read = async (topic: string) => linesOf(await lograft(['consume', topic, '-e', '--json']))
    const lines = await read('json-a')
    expect(lines).toHaveLength(2)
    await lograft(['produce', 'json-b', '--json'], { input: lines.join('\n') })
    const copied = (await read('json-b')).map((line) => line.replace('json-b', 'json-a'))
    expect(copied.sort()).toEqual(lines.sort())
  })
})

describe('where records go', () => {
  test('keys go where kafkajs would put them, and stay in order', async () => {
    await createTopic(client, 'keyed', { partitions: 7 })
    const keys = Array.from({ length: 400 }, (_, index) => `key-${index % 50}`)
    const input = keys.map((key, index) => `${key}=${index}\n`).join('')
    const { code } = await lograft(['produce', 'keyed', '--key-separator', '='], { input })
    expect(code).toBe(0)
    let total = 0
    for (let partition = 0; partition < 7; partition += 1) {
      const records = await readPartition(client, { topic: 'keyed', partition })
      total += records.length
      const values = records.map(({ value }) => Number(text(value)))
      expect(values).toEqual([...values].sort((a, b) => a - b))
      for (const { key } of records)
        expect((murmur2(key ?? bytesOf('')) & 0x7fffffff) % 7).toBe(partition)
    }
    expect(total).toBe(400)
  })

  test('headers, nulls and a partition of choice', async () => {
    await createTopic(client, 'chosen', { partitions: 2 })
    const flags = ['-p', '1', '-K', ':', '-Z', '', '-H', 'a=1', '-H', 'b=']
    await lograft(['produce', 'chosen', ...flags], { input: 'k:\n:v\n' })
    const records = await readPartition(client, { topic: 'chosen', partition: 1 })
    expect(records.map(({ key, value }) => [text(key), text(value)])).toEqual([
      ['k', null],
      [null, 'v'],
    ])
    expect(records[0]?.headers.map(({ key, value }) => [key, text(value)])).toEqual([
      ['a', '1'],
      ['b', ''],
    ])
  })
})

describe('where reading begins and ends', () => {
  beforeAll(async () => {
    await createTopic(client, 'ranges', { partitions: 2 })
    for (const partition of [0, 1]) {
      const records = Array.from({ length: 10 }, (_, index) => ({
        value: bytesOf(`${partition}:${index}`),
        timestampMs: 1_700_000_000_000 + index * 1_000,
      }))
      await produceBatch(client, { topic: 'ranges', partition, batch: buildBatch({ records }) })
    }
  })

  test.each([
    [
      ['--from', '-2'],
      ['0:8', '0:9', '1:8', '1:9'],
    ],
    [['--from', '9', '-p', '1'], ['1:9']],
    [['--from', 'end'], []],
    [
      ['--from', '@1700000008000'],
      ['0:8', '0:9', '1:8', '1:9'],
    ],
    [['--from', '2023-11-14T22:13:29Z', '-p', '0'], ['0:9']],
    [['--from', '1s ago'], []],
    [['--from', '10'], []],
  ])('%j', async (flags, expected) => {
    const result = await lograft(['consume', 'ranges', '-e', ...flags])
    expect([result.code, linesOf(result).sort()]).toEqual([0, expected])
  })

  test('so many records and no more', async () => {
    const result = await lograft(['consume', 'ranges', '--count', '3', '-p', '0'])
    expect([result.code, linesOf(result)]).toEqual([0, ['0:0', '0:1', '0:2']])
  })

  test('an offset that is not there yet is a mistake', async () => {
    const { code, stderr } = await lograft(['consume', 'ranges', '--from', '11'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('ends at 10')])
  })

  test('without --exit it goes on, until SIGINT ends it in good order', async () => {
    await using command = new Command(['consume', 'ranges', '-p', '1', '--from', 'end'], {
      bootstrap: node.address,
    })
    // Whether it has begun to wait cannot be seen: records come until one is printed.
    const batch = () => buildBatch({ records: [{ value: bytesOf('later') }] })
    const printed = command.printed(({ stdout }) => stdout.includes('later'))
    const seen = new AbortController()
    void printed.then(() => seen.abort())
    while (!seen.signal.aborted)
      await produceBatch(client, { topic: 'ranges', partition: 1, batch: batch() })
    await printed
    command.child.kill('SIGINT')
    expect(await command.result).toMatchObject({ code: 0, stderr: '' })
  })

  test('a reader that leaves ends it in good order, and soon', async () => {
    const command = new Command(['consume', 'back-none'], { bootstrap: node.address })
    const head = spawn('head', ['-n', '2'], { stdio: ['pipe', 'pipe', 'inherit'] })
    head.stdin.on('error', () => undefined)
    command.child.stdout.removeAllListeners('data')
    command.child.stdout.pipe(head.stdin)
    const ended = once(head, 'close')
    let seen = ''
    head.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString()))
    await ended
    command.child.stdout.destroy()
    expect(seen.trimEnd().split('\n')).toHaveLength(2)
    expect(await command.result).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('when it cannot', () => {
  test('an unknown topic is named, and the nearest one', async () => {
    const { code, stderr } = await lograft(['consume', 'rangse'])
    expect([code, stderr]).toEqual([1, 'lograft: there is no topic rangse; did you mean ranges?\n'])
  })

  test('a line that cannot be read stops before it; what came before is sent', async () => {
    const input = 'a:1\nb:2\nc3\nd:4\n'
    const { code, stderr } = await lograft(['produce', 'stops', '-K', ':'], { input })
    expect(code).toBe(7)
    expect(stderr).toContain(
      'lograft: lines 1 to 2 were acknowledged, line 3 is bad (there is no key separator ":" in it), ' +
        'nothing from there on was sent\n',
    )
    const first = await lograft(['produce', 'stops', '-K', ':'], { input: 'c3\n' })
    expect([first.code, first.stderr]).toEqual([
      7,
      expect.stringMatching(/^lograft: line 1 is bad /),
    ])
    expect((await readPartition(client, { topic: 'stops' })).length).toBe(2)
  })

  test('a copy into too few partitions says how to get enough', async () => {
    const input = '{"partition":0,"value":"a"}\n{"partition":2,"value":"b"}\n'
    const { code, stderr } = await lograft(['produce', 'narrow', '--json'], { input })
    expect([code, stderr]).toEqual([
      7,
      expect.stringContaining('line 1 was acknowledged, line 2 is bad (narrow has 1 partition'),
    ])
    const [, remedy = ''] = /`lograft (topic alter [^`]+)`/.exec(stderr) ?? []
    expect(await lograft(remedy.split(' '))).toMatchObject({ code: 0 })
    const rest = input.split('\n').slice(1).join('\n')
    expect(await lograft(['produce', 'narrow', '--json'], { input: rest })).toMatchObject({
      code: 0,
    })
    expect((await readPartition(client, { topic: 'narrow', partition: 2 })).length).toBe(1)
  })

  test('a record the broker refuses is named by its line, with exit code 7', async () => {
    await createTopic(client, 'needs-keys', { configs: { 'cleanup.policy': 'compact' } })
    const input = '{"key":"a","value":"1"}\n{"value":"2"}\n{"key":"c","value":"3"}\n'
    const { code, stderr } = await lograft(['produce', 'needs-keys', '--json'], { input })
    expect(code).toBe(7)
    expect(stderr).toMatch(/^lograft: line 2: .*INVALID_RECORD/m)
    expect(stderr).toContain('0 of 3 records acknowledged; line 1 is the first that was not.')
  })

  test('nobody listens: exit code 6, and what to do', async () => {
    const nobody = { host: '127.0.0.1', port: 1 }
    const { code, stderr } = await run(['produce', 't'], { bootstrap: nobody, input: 'x\n' })
    expect([code, stderr]).toEqual([6, expect.stringContaining('Start one with `lograft start`')])
  })

  test.each([
    ['silence', ['consume', 't', '--timeout', '300ms']],
    ['hang-up', ['topic', 'create', 't']],
    ['hang-up', ['bench']],
  ] as const)(
    'what listens and is no broker, by its %s to %j: exit code 6, at once',
    async (reply, args) => {
      await using odd = await ScriptedBroker.start([answering(apiVersions, [0, 3], () => reply)])
      expect(await run(args, { bootstrap: odd.address })).toMatchObject({
        code: 6,
        stderr:
          `lograft: something listens at ${formatHostPort(odd.address)}, ` +
          'but does not answer as a Kafka broker: is the port right?\n',
      })
      expect(odd.heard).toEqual(['ApiVersions v3'])
    },
  )

  test('a broker that dies in the middle: what was acknowledged is told, and is there', async () => {
    await using data = await tempDir()
    const broker = await ProcessNode.start({ directory: data.path })
    await using command = new Command(['produce', 'halfway', '--timeout', '1s'], {
      bootstrap: broker.address,
    })
    await command.printed((so) => so.stderr.includes('created topic halfway'))
    // Line after line, for ever: the broker dies while some are under way.
    let count = 0
    const over = new AbortController()
    void command.result.then(() => over.abort())
    const feed = (async () => {
      while (!over.signal.aborted) {
        const lines = Array.from({ length: 500 }, () => `${(count += 1)}\n`).join('')
        if (!command.child.stdin.write(lines))
          await Promise.race([
            once(command.child.stdin, 'drain').catch(() => undefined),
            command.result,
          ])
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    const watcher = await Client.connect(broker.address)
    for (let end = 0; end < 10_000;)
      end = (await listOffset(watcher, { topic: 'halfway', timestamp: -1 })).offset
    await watcher.close()
    await broker.kill()
    const { code, stderr } = await command.result
    await feed
    expect(code).toBe(7)
    const [, told = '', first = ''] =
      /([\d,]+) of [\d,]+ records acknowledged; line (\d+) is the first/.exec(stderr) ?? []
    const acknowledged = Number(told.replaceAll(',', ''))
    expect(Number(first)).toBe(acknowledged + 1)

    await using again = await ProcessNode.start({ directory: data.path })
    const { stdout } = await run(['consume', 'halfway', '-e'], { bootstrap: again.address })
    const found = stdout.toString().split('\n').slice(0, -1)
    expect(found.length).toBeGreaterThanOrEqual(acknowledged)
    expect(found).toEqual(Array.from({ length: found.length }, (_, index) => `${index + 1}`))
  })

  test('SIGINT in the middle of the input: all that was read is sent, and it is said', async () => {
    await using command = new Command(['produce', 'interrupted'], { bootstrap: node.address })
    command.child.stdin.write('1\n2\n3\n')
    await command.printed(({ stderr }) => stderr.includes('created topic interrupted'))
    for (let seen = 0; seen < 3;) {
      seen = (await readPartition(client, { topic: 'interrupted' })).length
    }
    command.child.kill('SIGINT')
    const { code, stderr } = await command.result
    expect([code, stderr]).toEqual([130, expect.stringContaining('3 of 3 records acknowledged')])
  })

  test('flags that contradict each other are a usage error', async () => {
    const both = await lograft(['produce', 't', '--json', '-K', ':'])
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('contradict')])
    const beyond = await lograft(['produce', 'ranges', '-p', '2'], { input: 'x\n' })
    expect([beyond.code, beyond.stderr]).toEqual([2, expect.stringContaining('2 partitions')])
  })
})

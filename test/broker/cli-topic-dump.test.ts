// Goal: `lograft topic` does what it says and says what it did; `lograft dump` reads what a live
// node writes, all of it, and finds nothing wrong.
// Method: the built command as a process, against a node in this one.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import {
  bytesOf,
  createTopic,
  newProducerId,
  only,
  produceBatch,
  topicMetadata,
} from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { run, type CommandResult } from '../support/command.ts'
import { LocalNode } from '../support/local-node.ts'
import { tempDir } from '../support/temp-dir.ts'

interface Described {
  readonly configs: readonly { readonly name: string; readonly source: string }[]
}

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start()
  client = await node.connect()
})
afterAll(() => node[Symbol.asyncDispose]())

const lograft = (...args: string[]): Promise<CommandResult> =>
  run(args, { bootstrap: node.address })
const topic = (...args: string[]) => lograft('topic', ...args)
const jsonOf = ({ stdout }: CommandResult) => JSON.parse(stdout.toString()) as unknown

describe('topic', () => {
  test('create: with defaults, with wishes, and what exists', async () => {
    const plain = await topic('create', 'plain')
    expect([plain.code, plain.stdout.toString()]).toEqual([0, 'created plain with 1 partition\n'])
    const wished = await topic('create', 'wished', '-p', '3', '-c', 'retention.ms=1', '--json')
    expect(jsonOf(wished)).toEqual({
      name: 'wished',
      partitions: 3,
      replicationFactor: 1,
      created: true,
    })
    const again = await topic('create', 'plain')
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('--if-not-exists')])
    expect(await topic('create', 'plain', '--if-not-exists')).toMatchObject({ code: 0, stderr: '' })
    const wrong = await topic('create', 'x', '-c', 'retention.mss=1')
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('did you mean retention.ms'),
    ])
  })

  test('list: a table, and JSON', async () => {
    await createTopic(client, 'listed', { partitions: 2 })
    const lines = (await topic('list')).stdout.toString().split('\n')
    expect(lines[0]).toMatch(/^TOPIC +PARTITIONS +REPLICAS/)
    expect(lines.find((line) => line.startsWith('listed'))).toMatch(/^listed +2 +1/)
    expect(jsonOf(await topic('ls', '--json'))).toContainEqual(
      expect.objectContaining({ name: 'listed', partitions: 2, replicas: 1, isInternal: false }),
    )
  })

  test('describe: leaders, offsets, sizes and what is not default', async () => {
    await createTopic(client, 'told', { partitions: 2, configs: { 'retention.ms': 3_600_000 } })
    const batch = buildBatch({ records: [{ value: bytesOf('a') }, { value: bytesOf('b') }] })
    await produceBatch(client, { topic: 'told', partition: 1, batch })
    const { topicId } = await topicMetadata(client, 'told', { version: 12 })
    const described = await topic('describe', 'told', '--json')
    expect(jsonOf(described)).toMatchObject([
      {
        name: 'told',
        topicId,
        partitions: [
          { partition: 0, leader: 1, replicas: [1], isr: [1], startOffset: 0, endOffset: 0 },
          { partition: 1, leader: 1, startOffset: 0, endOffset: 2, sizeBytes: batch.byteLength },
        ],
        configs: expect.arrayContaining([
          { name: 'retention.ms', value: '3600000', source: 'topic' },
        ]) as unknown,
      },
    ])
    const { stdout } = await topic('describe', 'told')
    expect(stdout.toString()).toMatch(/^told: 2 partitions, 1 replica, id /)
    expect(stdout.toString()).toMatch(/^retention.ms +3600000 +this topic$/m)
  })

  test('alter: configuration and partitions', async () => {
    await createTopic(client, 'altered', { configs: { 'segment.bytes': 1_048_576 } })
    const flags = ['-p', '4', '-c', 'retention.ms=5', '-d', 'segment.bytes']
    const { code, stdout } = await topic('alter', 'altered', ...flags)
    expect([code, stdout.toString()]).toEqual([
      0,
      'altered: configuration changed\naltered: 4 partitions now\n',
    ])
    expect((await topicMetadata(client, 'altered')).partitions).toHaveLength(4)
    const { configs } = only(jsonOf(await topic('describe', 'altered', '--json')) as Described[])
    expect(configs.filter(({ source }) => source === 'topic')).toEqual([
      { name: 'retention.ms', value: '5', source: 'topic' },
    ])
    expect(configs.map(({ name }) => name)).not.toContain('segment.bytes')
    const fewer = await topic('alter', 'altered', '-p', '2')
    expect([fewer.code, fewer.stderr]).toEqual([2, expect.stringContaining('INVALID_PARTITIONS')])
    const nothing = await topic('alter', 'altered')
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('nothing to alter')])
  })

  test('alter: what is wrong is refused before anything is changed', async () => {
    await createTopic(client, 'kept', { partitions: 3 })
    const retention = ['-c', 'retention.ms=5']
    const unchanged = async () => {
      const { configs } = only(jsonOf(await topic('describe', 'kept', '--json')) as Described[])
      expect(configs.filter(({ source }) => source === 'topic')).toEqual([])
    }
    const unknown = await topic('alter', 'kept', ...retention, '-d', 'segment.byte')
    expect(unknown).toMatchObject({
      code: 2,
      stderr:
        'lograft: --delete-config segment.byte: topics have no such option (did you mean segment.bytes?)\n',
    })
    await unchanged()
    const fewer = await topic('alter', 'kept', ...retention, '-p', '2')
    expect([fewer.code, fewer.stderr]).toEqual([2, expect.stringContaining('INVALID_PARTITIONS')])
    await unchanged()
    const nodes = await topic('alter', 'kept', '-p', '9', '-c', 'log.retention.hours=3')
    expect([nodes.code, nodes.stderr]).toEqual([
      2,
      expect.stringContaining(
        "log.retention.hours (that is the node's; for a topic it is retention.ms)",
      ),
    ])
    expect((await topicMetadata(client, 'kept')).partitions).toHaveLength(3)
    const asMany = await topic('alter', 'kept', ...retention, '-p', '3')
    expect([asMany.code, asMany.stdout.toString()]).toEqual([
      0,
      'kept: configuration changed\nkept has 3 partitions already\n',
    ])
  })

  test('delete: several, and goes on behind one that is not there', async () => {
    for (const name of ['gone-1', 'gone-2']) await createTopic(client, name)
    const { code, stdout, stderr } = await topic('delete', 'gone-1', 'gnoe-2', 'gone-2')
    expect([code, stdout.toString()]).toEqual([1, 'deleted gone-1\ndeleted gone-2\n'])
    expect(stderr).toBe('lograft: there is no topic gnoe-2; did you mean gone-2?\n')
    expect(await topic('delete', 'gone-1', '--if-exists')).toMatchObject({ code: 0, stderr: '' })
    expect((await topicMetadata(client, 'gone-1')).errorCode).toBe(3)
  })

  test.each([
    [['describe'], "missing required argument 'topics'"],
    [['describe', 'nothing-like-it'], 'there is no topic nothing-like-it'],
    [['lst'], 'Did you mean'],
    [['create', 'x', '--partitions', '0'], 'Expected a whole number'],
    [['create', 'x', '--partition', '1'], '(Did you mean --partitions?)'],
  ])('%j is refused with a hint', async (args, hint) => {
    const { code, stderr, stdout } = await topic(...args)
    expect([code === 0, stdout.toString()]).toEqual([false, ''])
    expect(stderr).toContain(hint)
  })
})

describe('dump', () => {
  const dump = (...args: string[]) => run(['dump', ...args])

  test('the whole directory of a node, while records arrive and after it stopped', async () => {
    await using busy = await LocalNode.start({ set: { 'log.segment.bytes': 20_000 } })
    const writer = await busy.connect()
    await createTopic(writer, 'busy', { configs: { 'segment.bytes': 20_000 } })
    const { producerId, producerEpoch } = await newProducerId(writer)
    const values = Array.from({ length: 10 }, () => ({ value: bytesOf('x'.repeat(400)) }))
    const over = new AbortController()
    let sent = 0
    const writing = (async () => {
      for (; !over.signal.aborted || sent < 30; sent += 1) {
        const sequence = { producerId, producerEpoch, baseSequence: sent * values.length }
        const batch = buildBatch({ records: values, codec: 'lz4', ...sequence })
        await produceBatch(writer, { topic: 'busy', batch })
      }
    })()
    const live = await dump(busy.directory, '--deep', '--records')
    over.abort()
    await writing
    expect([live.code, live.stderr]).toEqual([0, ''])

    await busy.stop()
    const { code, stdout, stderr } = await dump(busy.directory, '--deep', '--json')
    expect([code, stderr]).toEqual([0, ''])
    const lines = stdout
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; file: string; recordCount?: number })
    const inTopic = lines.filter(({ file, type }) => file.includes('busy-0') && type === 'batch')
    const records = inTopic.reduce((sum, { recordCount = 0 }) => sum + recordCount, 0)
    expect(records).toBe(sent * values.length)
    const types = new Set(lines.map(({ type }) => type))
    for (const type of ['entry', 'metadata-record', 'producer', 'epoch', 'offset', 'content'])
      expect(types).toContain(type)
    for (const type of ['meta-properties', 'partition-metadata', 'quorum-state'])
      expect(types).toContain(type)
  })

  test('damage: exit code 3, the file and the byte, and the rest is dumped all the same', async () => {
    await using copies = await tempDir()
    await createTopic(client, 'whole')
    for (const value of ['one', 'two', 'three']) {
      const batch = buildBatch({ records: [{ value: bytesOf(value) }] })
      await produceBatch(client, { topic: 'whole', batch })
    }
    const from = join(node.directory, 'whole-0')
    for (const name of readdirSync(from))
      writeFileSync(join(copies.path, name), readFileSync(join(from, name)))
    const log = join(copies.path, '00000000000000000000.log')
    const bytes = readFileSync(log)
    const second = 12 + bytes.readInt32BE(8)
    bytes.writeUInt8(0x21, second + 70)
    writeFileSync(log, bytes)
    const { code, stdout, stderr } = await dump(copies.path)
    expect(code).toBe(3)
    expect(stderr).toContain(`${log}: the batch at byte ${second} is bad: its CRC does not match.`)
    expect(stderr).toContain('1 problem in 2 files')
    expect(stdout.toString()).toContain('offset 0  byte 0')
    expect(stdout.toString()).toContain('topic id ')
    expect(readFileSync(log)).toEqual(bytes)
  })

  test.each([
    [['no/such/file'], 'there is no '],
    [['.'], 'holds no file that can be read here'],
    [['package.json'], 'is no file that can be read here'],
  ])('%j', async (args, message) => {
    const { code, stderr } = await dump(...args)
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  })
})

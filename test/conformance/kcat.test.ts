// Goal: kcat, unmodified, lists, produces and consumes: real text comes back byte for byte.
// Method: a node as users run it; log text of realistic shapes, the same on every machine, compared
// by SHA-256. TEST_FULL=1 pipes a million lines through each codec, otherwise 100,000.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { CODECS } from '../../src/records/batch.ts'
import { buildBatch } from '../../src/records/builder.ts'
import {
  batchesIn,
  bytesOf,
  createTopic,
  fetchPartition,
  produceBatch,
  topicMetadata,
} from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { kcat, kcatPeer, kcatDigest, tryKcat } from '../support/kcat.ts'
import { describeWith } from '../support/peer.ts'
import { writeLogText, type TextFile } from '../support/log-text.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

const LINES = process.env['TEST_FULL'] === '1' ? 1_000_000 : 100_000
const SMALL_LINES = 5000
const LONG_MS = 600_000

describeWith(kcatPeer)('kcat', () => {
  let directory: TempDir
  let node: ProcessNode
  let text: TextFile
  let small: TextFile

  beforeAll(async () => {
    directory = await tempDir()
    text = await writeLogText(join(directory.path, 'text.log'), LINES)
    small = await writeLogText(join(directory.path, 'small.log'), SMALL_LINES, 2)
    node = await start()
  }, LONG_MS)
  afterAll(async () => {
    await node.kill()
    await directory[Symbol.asyncDispose]()
  })

  const start = () => ProcessNode.start({ directory: join(directory.path, 'data') })
  const restart = async () => {
    expect(await node.stop()).toEqual({ code: 0, signal: null })
    node = await start()
  }
  const withClient = async <Result>(work: (client: Client) => Promise<Result>) => {
    const client = await Client.connect(node.address)
    try {
      return await work(client)
    } finally {
      await client.close()
    }
  }
  const consume = (topic: string, ...more: string[]) =>
    kcat(node.address, ['-C', '-t', topic, '-e', ...more])
  const produce = (topic: string, input: string, ...more: string[]) =>
    kcat(node.address, ['-P', '-t', topic, ...more], { input })
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `line ${from + index}\n`).join('')

  test('-L lists brokers, topics, partitions', async () => {
    await withClient((client) => createTopic(client, 'listed', { partitions: 3 }))
    const all = await kcat(node.address, ['-L'])
    expect(all).toContain(` 1 brokers:`)
    expect(all).toContain(`broker 1 at ${node.address.host}:${node.address.port} (controller)`)
    expect(all).toContain('topic "listed" with 3 partitions:')
    const one = await kcat(node.address, ['-L', '-t', 'listed'])
    expect(one).toContain('partition 2, leader 1, replicas: 1, isrs: 1')
  })

  test('-L -J is JSON', async () => {
    const listed = JSON.parse(await kcat(node.address, ['-L', '-J', '-t', 'listed'])) as {
      topics: { topic: string; partitions: unknown[] }[]
    }
    expect(listed.topics[0]).toMatchObject({ topic: 'listed' })
    expect(listed.topics[0]?.partitions).toHaveLength(3)
  })

  describe.each(CODECS)(`${LINES} lines, %s`, (codec) => {
    const topic = `text-${codec}`
    test(
      'come back byte for byte',
      async () => {
        await kcat(node.address, ['-P', '-t', topic, '-p', '0', '-z', codec, '-l', text.path])
        const back = await kcatDigest(node.address, ['-C', '-t', topic, '-p', '0', '-e'])
        expect(back).toEqual({ sha256: text.sha256, sizeBytes: text.sizeBytes })
      },
      LONG_MS,
    )

    test('and were really compressed', async () => {
      const { bytes } = await withClient((client) => fetchPartition(client, { topic, offset: 0 }))
      // librdkafka leaves a batch as it is when compressing would make it longer.
      const large = [...batchesIn(bytes)].filter((batch) => batch.recordCount > 100)
      expect([...new Set(large.map((batch) => batch.codec))]).toEqual([codec])
    })

    test(
      'come back after a clean restart too',
      async () => {
        await restart()
        const back = await kcatDigest(node.address, ['-C', '-t', topic, '-p', '0', '-e'])
        expect(back.sha256).toBe(text.sha256)
      },
      LONG_MS,
    )
  })

  test(
    'after kill -9 every acknowledged line is there',
    async () => {
      await kcat(node.address, ['-P', '-t', 'killed', '-p', '0', '-X', 'acks=all', '-l', text.path])
      await node.kill()
      node = await start()
      const back = await kcatDigest(node.address, ['-C', '-t', 'killed', '-p', '0', '-e'])
      expect(back.sha256).toBe(text.sha256)
    },
    LONG_MS,
  )

  test('enable.idempotence=true, over a restart, each line once', async () => {
    const args = ['-P', '-t', 'once', '-p', '0', '-X', 'enable.idempotence=true', '-l', small.path]
    await kcat(node.address, args)
    await restart()
    await kcat(node.address, args)
    const twice = await kcatDigest(node.address, ['-C', '-t', 'once', '-p', '0', '-e'])
    const bytes = await readFile(small.path)
    expect(twice.sha256).toBe(createHash('sha256').update(bytes).update(bytes).digest('hex'))
    const { bytes: batches } = await withClient((client) =>
      fetchPartition(client, { topic: 'once', offset: 0 }),
    )
    expect([...batchesIn(batches)].every((batch) => batch.isIdempotent)).toBe(true)
  })

  test('several partitions: every line once, in order within its partition', async () => {
    await withClient((client) => createTopic(client, 'spread', { partitions: 4 }))
    await kcat(node.address, ['-P', '-t', 'spread', '-K', '|'], {
      input: lines(0, 4000).replaceAll('line ', 'k|line '),
    })
    await kcat(node.address, ['-P', '-t', 'spread', '-l', small.path])
    const whole = (await readFile(small.path, 'utf8')).trimEnd().split('\n')
    const position = new Map(whole.map((line, index) => [line, index]))
    const seen: string[] = []
    for (let partition = 0; partition < 4; partition += 1) {
      const back = (await consume('spread', '-p', `${partition}`)).trimEnd().split('\n')
      // librdkafka may have left a partition empty.
      const unkeyed = back.filter((line) => line !== '' && !/^line \d+$/.test(line))
      const order = unkeyed.map((line) => position.get(line) ?? -1)
      expect(order.every((value, index) => index === 0 || value >= (order[index - 1] ?? 0))).toBe(
        true,
      )
      seen.push(...unkeyed)
    }
    expect(seen.sort()).toEqual([...whole].sort())
    expect((await consume('spread')).trimEnd().split('\n')).toHaveLength(SMALL_LINES + 4000)
  })

  describe('keys', () => {
    test('-K splits and prints them; one key stays on one partition, in order', async () => {
      await withClient((client) => createTopic(client, 'keyed', { partitions: 3 }))
      const input = Array.from({ length: 300 }, (_, n) => `key${n % 7}:value ${n}\n`).join('')
      await produce('keyed', input, '-K:')
      const back = (await consume('keyed', '-K:')).trimEnd().split('\n')
      expect([...back].sort()).toEqual(input.trimEnd().split('\n').sort())
      const placed = await consume('keyed', '-f', '%k %p %s\\n')
      const partitions = new Map<string, Set<string>>()
      const numbers = new Map<string, number[]>()
      for (const line of placed.trimEnd().split('\n')) {
        const [key, partition, , number] = line.split(' ') as [string, string, string, string]
        partitions.set(key, (partitions.get(key) ?? new Set()).add(partition))
        numbers.set(key, [...(numbers.get(key) ?? []), Number(number)])
      }
      expect([...partitions.values()].map((set) => set.size)).toEqual(Array(7).fill(1))
      for (const sequence of numbers.values()) {
        expect(sequence).toEqual([...sequence].sort((a, b) => a - b))
      }
    })

    test('-k gives all the same one; -Z makes nulls of nothing', async () => {
      await produce('one-key', 'a\nb\n', '-k', 'fixed')
      expect(await consume('one-key', '-f', '%k=%s\\n')).toBe('fixed=a\nfixed=b\n')
      await produce('nulls', 'k1:\nk2:x\n', '-K:', '-Z')
      expect(await consume('nulls', '-f', '%k %S\\n')).toBe('k1 -1\nk2 1\n')
    })
  })

  test('-H: headers come back, in order, repeated names and empty values too', async () => {
    await produce('headers', 'with headers\n', '-H', 'a=1', '-H', 'b=zwei', '-H', 'a=3', '-H', 'e=')
    expect(await consume('headers', '-f', '%h|%s\\n')).toBe('a=1,b=zwei,a=3,e=|with headers\n')
  })

  describe('from an offset', () => {
    beforeAll(() => produce('offsets', lines(0, 1000), '-p', '0').then(() => undefined))

    test('-o N and -o -N', async () => {
      expect(await consume('offsets', '-p', '0', '-o', '990')).toBe(lines(990, 1000))
      expect(await consume('offsets', '-p', '0', '-o', '-3')).toBe(lines(997, 1000))
      expect(await consume('offsets', '-p', '0', '-o', '500', '-c', '2')).toBe(lines(500, 502))
      expect(await consume('offsets', '-p', '0', '-o', 'end')).toBe('')
      expect(await consume('offsets', '-o', 'beginning')).toBe(lines(0, 1000))
    })

    test('beyond the end: out of range, and the reset policy decides', async () => {
      const range = ['-p', '0', '-o', '5000', '-X', 'topic.auto.offset.reset=earliest']
      expect(await consume('offsets', ...range)).toBe(lines(0, 1000))
      const strict = await tryKcat(node.address, [
        ...['-C', '-t', 'offsets', '-e', '-p', '0', '-o', '5000'],
        ...['-X', 'topic.auto.offset.reset=error'],
      ])
      expect(strict.status).not.toBe(0)
      expect(strict.stderr).toContain('out of range')
    })

    test('after a restart', async () => {
      await restart()
      expect(await consume('offsets', '-p', '0', '-o', '998')).toBe(lines(998, 1000))
    })
  })

  describe.each(CODECS)('from a timestamp, %s batches', (codec) => {
    const topic = `since-${codec}`
    const BEGIN_MS = 1_650_000_000_000
    const values = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => `at ${from + index}\n`).join('')

    beforeAll(async () => {
      await withClient(async (client) => {
        await createTopic(client, topic)
        for (let from = 0; from < 1000; from += 100) {
          const records = Array.from({ length: 100 }, (_, index) => ({
            value: bytesOf(`at ${from + index}`),
            timestampMs: BEGIN_MS + (from + index) * 1000,
          }))
          expect(
            (await produceBatch(client, { topic, batch: buildBatch({ codec, records }) }))
              .errorCode,
          ).toBe(0)
        }
      })
    })

    test('-o s@ begins there, in the middle of a batch; e@ ends before', async () => {
      const at = (second: number) => `${BEGIN_MS + second * 1000}`
      expect(await consume(topic, '-o', `s@${at(950)}`)).toBe(values(950, 1000))
      expect(await consume(topic, '-o', `s@${at(0)}`)).toBe(values(0, 1000))
      expect(await consume(topic, '-o', `s@${at(449)}`, '-o', `e@${at(551)}`)).toBe(
        values(449, 551),
      )
    })

    test('-Q says at which offset', async () => {
      const asked = `${topic}:0:${BEGIN_MS + 345_000}`
      expect(await kcat(node.address, ['-Q', '-t', asked])).toContain('[0] offset 345')
    })
  })

  test('a topic is created by producing to it', async () => {
    await produce('made-by-producing', 'first\n')
    expect(await consume('made-by-producing')).toBe('first\n')
    const topic = await withClient((client) => topicMetadata(client, 'made-by-producing'))
    expect(topic.errorCode).toBe(0)
  })

  test('a consumer at the end is woken by what comes', async () => {
    await produce('awaited', 'before\n')
    const waiting = kcat(node.address, ['-C', '-t', 'awaited', '-p', '0', '-o', '1', '-c', '2'])
    await produce('awaited', 'one\ntwo\n')
    expect(await waiting).toBe('one\ntwo\n')
  })

  test('a batch beyond max.message.bytes is refused, and said so', async () => {
    await withClient((client) =>
      createTopic(client, 'narrow', { configs: { 'max.message.bytes': 1000 } }),
    )
    const refused = await tryKcat(node.address, ['-P', '-t', 'narrow'], {
      input: `${'x'.repeat(5000)}\n`,
    })
    expect(refused.stderr).toContain('Message size too large')
    expect(await consume('narrow')).toBe('')
  })

  test('acks 0 and 1', async () => {
    await produce('lax', lines(0, 500), '-X', 'acks=1')
    await produce('lax', lines(500, 600), '-X', 'acks=0')
    expect(await consume('lax', '-c', '600')).toBe(lines(0, 600))
  })

  describe('-G: in a group', () => {
    const EARLIEST = ['-X', 'auto.offset.reset=earliest']
    const inGroup = (count: number, ...more: string[]) =>
      kcat(node.address, ['-G', 'readers', '-c', `${count}`, ...EARLIEST, ...more, 'grouped'])
    const inOrder = (text: string) => text.trimEnd().split('\n').sort()

    test('who comes back goes on where the group was, after a restart too', async () => {
      await withClient((client) => createTopic(client, 'grouped', { partitions: 3 }))
      await produce('grouped', lines(100, 130), '-K', '|', '-X', 'acks=all')
      expect(inOrder(await inGroup(30))).toEqual(inOrder(lines(100, 130)))
      await produce('grouped', lines(130, 140))
      expect(inOrder(await inGroup(10))).toEqual(inOrder(lines(130, 140)))
      await restart()
      await produce('grouped', lines(140, 150))
      expect(inOrder(await inGroup(10))).toEqual(inOrder(lines(140, 150)))
    })

    test('two share the partitions', async () => {
      // Each ends with its part; who waits for too much would never end.
      const both = [0, 1].map(() =>
        kcat(node.address, ['-G', 'two', '-c', '1', ...EARLIEST, '-f', '%p\\n', 'grouped']),
      )
      const partitions = (await Promise.all(both)).map((text) => text.trim())
      expect(partitions.every((text) => /^[012]$/.test(text))).toBe(true)
    })
  })

  test('the node was healthy to the end: it stops cleanly', async () => {
    expect(await node.stop(), node.output).toEqual({ code: 0, signal: null })
    node = await start()
  })
})

// Goal: the files are Kafka's. Its own tools read every one of them without a complaint and find in
// them what was acknowledged; and what Kafka's own log writes, we verify, open and serve.
// Method: a node writes topics of every kind over several starts and is stopped, and later killed;
// kafka.tools.DumpLogSegments and Kafka's checkpoint classes read the directory. Then the other way
// round, with Kafka's UnifiedLog as the writer. Without a JDK or Maven: skipped, and it says so.
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { hostDisk } from '../../src/host/disk.ts'
import { verifyAgainstScan } from '../../src/log/verify.ts'
import { CODECS } from '../../src/records/batch.ts'
import { buildBatch, type BatchToWrite } from '../../src/records/builder.ts'
import {
  bytesOf,
  createTopic,
  newProducerId,
  produceBatch,
  readPartition,
  text,
  topicMetadata,
} from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { javaTools, type JavaTools } from '../support/java.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

const here = (name: string) => fileURLToPath(new URL(`java/${name}`, import.meta.url))

const found = javaTools(here('broker.pom.xml'))
if (typeof found === 'string') process.stderr.write(`kafka-dump: ${found}: SKIPPED\n`)

/** Small, so that a few hundred records make several segments with indexes worth the name. */
const SMALL = { 'segment.bytes': 4000, 'index.interval.bytes': 300 }
const BATCHES = 30
const RECORDS_PER_BATCH = 10
/** Of the node until the first dump; the last one only to ask for topic ids. */
const STARTS = 4
const NOW_MS = 1_700_000_000_000

/** What KafkaFiles writes: for each codec 20 × (10 + 5 idempotent) records. */
const KAFKAS_RECORDS = 1500
const KAFKAS_NEXT_SEQUENCE = 500
const DUMP = 'kafka.tools.DumpLogSegments'

const TOPICS = {
  ...Object.fromEntries(CODECS.map((codec) => [`codec-${codec}`, {}])),
  idempotent: {},
  stamped: { 'message.timestamp.type': 'LogAppendTime' },
} as Readonly<Record<string, Readonly<Record<string, string>>>>

interface DumpedRecord {
  readonly offset: number
  readonly key: string
  readonly payload: string
}

describe.skipIf(typeof found === 'string')('Kafka’s own code', () => {
  const java = found as JavaTools
  let directory: TempDir
  let data: string
  let node: ProcessNode
  let client: Client
  /** Values by topic, in the order of their offsets. */
  const acknowledged = new Map(Object.keys(TOPICS).map((topic) => [topic, [] as string[]]))
  /** The last thing each idempotent producer wrote. */
  const producers = new Map<number, { lastSequence: number; lastOffset: number }>()
  let topicIds: Record<string, string> = {}

  async function start(): Promise<void> {
    node = await ProcessNode.start({ directory: data })
    client = await Client.connect(node.address)
  }

  async function stop(): Promise<void> {
    await client.close()
    expect(await node.stop(), node.output).toEqual({ code: 0, signal: null })
  }

  /** One batch of new values; what was acknowledged is remembered. */
  async function produce(topic: string, settings: Omit<BatchToWrite, 'records'>): Promise<number> {
    const values = acknowledged.get(topic) ?? []
    const fresh = Array.from(
      { length: RECORDS_PER_BATCH },
      (_, n) => `${topic} ${values.length + n}`,
    )
    const batch = buildBatch({
      ...settings,
      records: fresh.map((value, n) => ({
        key: bytesOf('key'),
        value: bytesOf(value),
        headers: [{ key: 'n', value: bytesOf(`${n}`) }],
        timestampMs: NOW_MS + values.length + n,
      })),
    })
    const { errorCode, baseOffset } = await produceBatch(client, { topic, batch })
    expect([errorCode, baseOffset]).toEqual([0, values.length])
    values.push(...fresh)
    return baseOffset
  }

  async function produceEverywhere(): Promise<void> {
    const { producerId, producerEpoch } = await newProducerId(client)
    for (let n = 0; n < BATCHES; n += 1) {
      for (const codec of CODECS) await produce(`codec-${codec}`, { codec })
      await produce('stamped', { codec: 'lz4' })
      const baseSequence = n * RECORDS_PER_BATCH
      const from = { producerId, producerEpoch, baseSequence }
      const lastOffset = (await produce('idempotent', from)) + RECORDS_PER_BATCH - 1
      producers.set(producerId, { lastSequence: baseSequence + RECORDS_PER_BATCH - 1, lastOffset })
    }
  }

  const filesOf = (topic: string, suffix: string) =>
    readdirSync(join(data, `${topic}-0`))
      .filter((name) => name.endsWith(suffix))
      .sort()
      .map((name) => join(data, `${topic}-0`, name))

  /** What the tool prints about some files; it must not complain about any of them. */
  async function dump(files: readonly string[], ...options: string[]): Promise<string> {
    expect(files.length).toBeGreaterThan(0)
    const args = ['--files', files.join(','), ...options]
    const { status, stdout, stderr } = await java.run(DUMP, args)
    expect([status, complaints(`${stdout}\n${stderr}`)], stderr).toEqual([0, []])
    return stdout
  }

  const complaints = (output: string) =>
    output
      .split('\n')
      .filter((line) => /isvalid: false|mismatch|invalid|corrupt|exception|not found/i.test(line))

  const recordsIn = (output: string): DumpedRecord[] =>
    [...output.matchAll(/^\| offset: (\d+) .* key: (\S+) payload: (.*)$/gm)].map(
      ([, offset, key = '', payload = '']) => ({ offset: Number(offset), key, payload }),
    )

  const expectedOf = (topic: string): DumpedRecord[] =>
    (acknowledged.get(topic) ?? []).map((payload, offset) => ({ offset, key: 'key', payload }))

  beforeAll(async () => {
    java.compile(here('KafkaFiles.java'))
    directory = await tempDir('lograft-dump')
    data = join(directory.path, 'data')
    await start()
    for (const [topic, configs] of Object.entries(TOPICS))
      await createTopic(client, topic, { configs: { ...SMALL, ...configs } })
    for (let round = 0; round < STARTS - 1; round += 1) {
      await produceEverywhere()
      await stop()
      await start()
    }
    topicIds = Object.fromEntries(
      await Promise.all(
        Object.keys(TOPICS).map(async (topic) => [
          topic,
          (await topicMetadata(client, topic, { version: 12 })).topicId,
        ]),
      ),
    ) as Record<string, string>
    await stop()
  })
  afterAll(async () => {
    await node.kill()
    await directory[Symbol.asyncDispose]()
    java.dispose()
  })

  test('finds in every segment the records that were acknowledged', async () => {
    for (const topic of Object.keys(TOPICS)) {
      const files = filesOf(topic, '.log')
      expect(files.length, `${topic} has several segments`).toBeGreaterThan(2)
      const output = await dump(files, '--deep-iteration', '--print-data-log')
      expect(recordsIn(output), topic).toEqual(expectedOf(topic))
    }
  })

  test('finds every index sane, and right', async () => {
    const indexes = Object.keys(TOPICS).flatMap((topic) => filesOf(topic, 'index'))
    const checked = await dump(indexes, '--index-sanity-check')
    // One batch alone makes no entry.
    expect(checked.match(/passed sanity check|is empty/g)?.length).toBe(indexes.length)
    await dump(indexes, '--verify-index-only')
    const entries = await dump(indexes)
    expect(entries.match(/^offset: \d+ position: \d+$/gm)?.length).toBeGreaterThan(300)
    expect(entries.match(/^timestamp: \d+ offset: \d+$/gm)?.length).toBeGreaterThan(300)
  })

  test('finds every producer snapshot in order', async () => {
    const snapshots = Object.keys(TOPICS).flatMap((topic) => filesOf(topic, '.snapshot'))
    const output = await dump(snapshots)
    expect(output.match(/^Dumping /gm)?.length).toBe(snapshots.length)
    expect(output.match(/^producerId: /gm)?.length).toBeGreaterThan(producers.size)
  })

  test('reads the metadata log as a log', async () => {
    const output = await dump(filesOf('__cluster_metadata', '.log'), '--deep-iteration')
    expect(output).toMatch(/^baseOffset: 0 lastOffset: \d+ count: \d+ .* isvalid: true$/m)
  })

  test('would have complained', async () => {
    await using broken = await tempDir('lograft-broken')
    const damage = (suffix: string, at: number) => {
      const [file = ''] = filesOf('codec-none', suffix)
      const bytes = readFileSync(file)
      bytes[at] = (bytes[at] ?? 0) ^ 4
      const copy = join(broken.path, basename(file))
      writeFileSync(copy, bytes)
      return copy
    }
    cpSync(filesOf('codec-none', '.log')[0] ?? '', join(broken.path, '00000000000000000000.log'))
    for (const index of [damage('.index', 3), damage('.timeindex', 7)]) {
      const { stdout, stderr } = await java.run(DUMP, ['--files', index, '--verify-index-only'])
      expect(complaints(`${stdout}\n${stderr}`), index).not.toEqual([])
    }
    const { stdout } = await java.run(DUMP, ['--files', damage('.log', 100), '--deep-iteration'])
    expect(complaints(stdout)).not.toEqual([])
  })

  test('reads checkpoints, leader epochs, topic ids and the marker', async () => {
    const { status, stdout, stderr } = await java.run('KafkaFiles', ['read', data])
    expect(status, stderr).toBe(0)
    const files = JSON.parse(stdout) as Record<string, Record<string, unknown>>
    const ends = Object.keys(TOPICS).map((topic) => [
      `${topic}-0`,
      acknowledged.get(topic)?.length ?? -1,
    ])
    expect(files['replication-offset-checkpoint']).toMatchObject(Object.fromEntries(ends))
    expect(files['recovery-point-offset-checkpoint']).toMatchObject(Object.fromEntries(ends))
    expect(files['log-start-offset-checkpoint']).toBeDefined()
    expect(files['cleanShutdown']).toBeGreaterThan(0)
    expect(files['meta.properties']).toMatchObject({ 'node.id': '1', version: '1' })
    expect(files['__cluster_metadata-0']?.['leaderTerm']).toBe(STARTS)
    for (const topic of Object.keys(TOPICS)) {
      const partition = files[`${topic}-0`]
      expect(partition?.['topicId']).toBe(topicIds[topic])
      const startOffsets = (partition?.['epochs'] as [number, number][]).map(([, start]) => start)
      // The last start led, and wrote nothing: an epoch without a batch is not kept.
      expect(startOffsets).toEqual(
        Array.from({ length: STARTS - 1 }, (_, n) => n * BATCHES * RECORDS_PER_BATCH),
      )
    }
    const snapshots = Object.entries(files['idempotent-0']?.['producers'] ?? {})
    expect(snapshots.at(-1)?.[1]).toEqual(
      [...producers].map(([producerId, last]) => ({ producerId, producerEpoch: 0, ...last })),
    )
  })

  test('finds what was acknowledged after kill -9, too', async () => {
    await start()
    await produceEverywhere()
    await client.close()
    await node.kill()
    for (const topic of Object.keys(TOPICS)) {
      const output = await dump(filesOf(topic, '.log'), '--deep-iteration', '--print-data-log')
      expect(recordsIn(output), topic).toEqual(expectedOf(topic))
    }
  })

  test('writes a log that we find whole, recover and serve', async () => {
    const theirs = join(directory.path, 'theirs', 'kafka-0')
    const { status, stdout, stderr } = await java.run('KafkaFiles', ['write', theirs])
    expect(status, stderr).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ records: KAFKAS_RECORDS, segments: CODECS.length })
    expect(verifyAgainstScan(hostDisk, theirs)).toEqual([])

    await start()
    await createTopic(client, 'kafka')
    await stop()
    // Theirs but for the topic's id, and everything in it to be found by recovery.
    const ours = join(data, 'kafka-0')
    for (const name of readdirSync(ours).filter((file) => file !== 'partition.metadata'))
      rmSync(join(ours, name))
    for (const name of readdirSync(theirs).filter((file) => file !== 'partition.metadata'))
      cpSync(join(theirs, name), join(ours, name))
    rmSync(join(data, '.kafka_cleanshutdown'))
    await start()
    const records = await readPartition(client, { topic: 'kafka' })
    expect(records.map(({ offset, value }) => [offset, text(value)])).toEqual(
      Array.from({ length: KAFKAS_RECORDS }, (_, offset) => [offset, `value ${offset}`]),
    )
    expect(records.at(-1)?.headers.map(({ key, value }) => [key, text(value)])).toEqual([
      ['made-by', 'kafka'],
    ])
    // The producer that Kafka's log knew goes on where it was, and repeats are recognised.
    const next = { producerId: 4711, producerEpoch: 2, baseSequence: KAFKAS_NEXT_SEQUENCE }
    const batch = buildBatch({ ...next, records: [{ value: bytesOf('ours') }] })
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const produced = await produceBatch(client, { topic: 'kafka', batch: batch.slice() })
      expect([produced.errorCode, produced.baseOffset]).toEqual([0, KAFKAS_RECORDS])
    }
    await stop()
    expect(verifyAgainstScan(hostDisk, ours)).toEqual([])
  })
})

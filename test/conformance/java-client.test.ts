// Goal: Kafka's own Java client, unmodified and with its defaults, produces, consumes and
// administers; every result is right by value. The newest one and the last that spoke to ZooKeeper.
// Method: KafkaClient.java and KafkaAdmin.java do what applications do, against a node as users run
// it, and print what came of it; the judging is here. Without a JDK or Maven: skipped, and says so.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { CODECS } from '../../src/records/batch.ts'
import {
  batchesIn,
  createTopic,
  fetchPartition,
  readPartition,
  text,
  type NewTopic,
} from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { javaTools, type JavaTools } from '../support/java.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

const here = (name: string) => fileURLToPath(new URL(`java/${name}`, import.meta.url))

const BEGIN_MS = 1_700_000_000_000
const RECORDS = 300
const PARTITIONS = 3
const FILLED = 'java-none'
const SETTINGS: Readonly<Record<string, NewTopic>> = {
  ...Object.fromEntries(CODECS.map((codec) => [`java-${codec}`, { partitions: PARTITIONS }])),
  'java-defaults': { partitions: PARTITIONS },
  'java-acks': {},
  'java-narrow': { configs: { 'max.message.bytes': 1000 } },
  'java-sessions': { partitions: 20 },
}
const TOPICS = Object.keys(SETTINGS)
const LOGGING = {
  'org.slf4j.simpleLogger.defaultLogLevel': 'warn',
  'org.slf4j.simpleLogger.log.org.apache.kafka.clients.FetchSessionHandler': 'debug',
}

/** A line of a program's output by its name. */
type Results = ReadonlyMap<string, unknown>

const versions = ['4.1.1', '3.9.1'].map((version) => ({
  version,
  found: javaTools(here('client.pom.xml'), { 'kafka.version': version }),
}))
for (const { version, found } of versions)
  if (typeof found === 'string') process.stderr.write(`java-client ${version}: ${found}: SKIPPED\n`)

describe.each(versions)('kafka-clients $version', ({ found }) => {
  describe.skipIf(typeof found === 'string')('on a node', () => {
    const java = found as JavaTools
    let directory: TempDir
    let node: ProcessNode
    let client: Client
    let results: Results
    let admin: Results
    let log: string

    async function run(
      main: string,
      ...args: string[]
    ): Promise<{ results: Results; log: string }> {
      const { host, port } = node.address
      const ended = await java.run(main, [`${host}:${port}`, ...args], { properties: LOGGING })
      expect(ended.status, ended.stderr).toBe(0)
      const lines = ended.stdout.trimEnd().split('\n')
      const entries = lines.map((line): [string, unknown] => {
        const [name = ''] = line.split(' ', 1)
        return [name, JSON.parse(line.slice(name.length))]
      })
      return { results: new Map(entries), log: ended.stderr }
    }

    beforeAll(async () => {
      java.compile(here('KafkaClient.java'), here('KafkaAdmin.java'))
      directory = await tempDir('lograft-java')
      node = await ProcessNode.start({ directory: join(directory.path, 'data') })
      client = await Client.connect(node.address)
      for (const [topic, settings] of Object.entries(SETTINGS))
        await createTopic(client, topic, settings)
      ;({ results, log } = await run('KafkaClient'))
      ;({ results: admin } = await run('KafkaAdmin', FILLED))
    })
    afterAll(async () => {
      await client.close()
      await node.kill()
      await directory[Symbol.asyncDispose]()
      java.dispose()
    })

    describe.each(CODECS)('%s', (codec) => {
      const topic = `java-${codec}`

      test('every record got its own place', () => {
        expect(results.get(`produce-${codec}`)).toEqual(
          Array.from(
            { length: RECORDS },
            (_, n) => `${n % PARTITIONS}@${Math.floor(n / PARTITIONS)}`,
          ),
        )
      })

      test('read_committed: everything comes back, partition by partition', () => {
        expect(results.get(`consume-${codec}`)).toEqual(
          Object.fromEntries(
            Array.from({ length: PARTITIONS }, (_, partition) => [
              partition,
              expectedIn(partition),
            ]),
          ),
        )
      })

      test('batches are the client’s own: idempotent, and compressed as it said', async () => {
        const { bytes } = await fetchPartition(client, { topic, partition: 2, offset: 0 })
        const batches = [...batchesIn(bytes)]
        expect(batches.every((batch) => batch.isIdempotent)).toBe(true)
        // A batch of one that would only get longer is sent as it is.
        expect(
          batches.filter((batch) => batch.recordCount > 1).map((batch) => batch.codec),
        ).toContain(codec)
      })
    })

    const expectedIn = (partition: number) =>
      Array.from({ length: RECORDS / PARTITIONS }, (_, offset) => {
        const n = offset * PARTITIONS + partition
        return {
          offset,
          timestampMs: BEGIN_MS + n,
          timestampType: 'CreateTime',
          leaderEpoch: 0,
          key: `k${n}`,
          value: n % 50 === 7 ? null : `värde ${n}`,
          headers: [`n=${n}`, 'empty=', 'null=null'],
        }
      })

    test('by default: idempotent, 5000 records in order, none twice', async () => {
      const { ends, outOfOrder } = results.get('produce-defaults') as {
        ends: number[]
        outOfOrder: number
      }
      expect(outOfOrder).toBe(0)
      const values: string[] = []
      for (const [partition, end] of ends.entries()) {
        const records = await readPartition(client, { topic: 'java-defaults', partition })
        expect(records).toHaveLength(end)
        const numbers = records.map(({ value }) => Number(text(value)?.slice('value '.length)))
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
        values.push(...records.map(({ value }) => text(value) ?? ''))
      }
      expect(values.sort()).toEqual(Array.from({ length: 5000 }, (_, n) => `value ${n}`).sort())
    })

    test('acks 0, 1 and all', async () => {
      expect(['0', '1', 'all'].map((acks) => results.get(`acks-${acks}`))).toEqual([
        [-1, -1, -1],
        [3, 4, 5],
        [6, 7, 8],
      ])
      const records = await readPartition(client, { topic: 'java-acks' })
      expect(records.map(({ value }) => text(value)).join(' ')).toBe('0 0 0 1 1 1 all all all')
    })

    test('what is refused is refused for good, with the error Kafka’s client knows', () => {
      expect(results.get('transactional')).toMatchObject({
        error: 'TransactionalIdAuthorizationException',
      })
      expect(results.get('refused-batch')).toMatchObject({
        error: 'RecordTooLargeException',
        message: expect.stringContaining('max.message.bytes is 1000') as unknown,
      })
    })

    test('a consumer with a group is in it', () => {
      expect(results.get('group')).toBe('joined')
    })

    test('offsets: beginning, end, by time', () => {
      const each = (value: number) => ({
        [`${FILLED}-0`]: value,
        [`${FILLED}-1`]: value,
        [`${FILLED}-2`]: value,
      })
      expect(results.get('offsets')).toEqual({
        beginning: each(0),
        end: each(100),
        byTime: {
          [`${FILLED}-0`]: `50@${BEGIN_MS + 150}`,
          [`${FILLED}-1`]: `50@${BEGIN_MS + 151}`,
          [`${FILLED}-2`]: null,
        },
      })
    })

    test('seek, also into a batch; out of range, and reset', () => {
      const upTo = (end: number, from: number) =>
        Array.from({ length: end - from }, (_, n) => from + n)
      expect(results.get('seek')).toEqual([...upTo(100, 90), ...upTo(100, 33), ...upTo(100, 99)])
      expect(results.get('reset')).toBe(0)
    })

    test('a consumer of many partitions keeps one fetch session', () => {
      expect(results.get('sessions')).toEqual(
        Array.from({ length: 30 }, (_, n) => {
          const partition = n === 10 || n === 11 ? n - 10 : (n * 7) % 20
          return `${partition} value ${n}`
        }),
      )
      const lines = log.split('\n').filter((line) => line.includes('clientId=sessions,'))
      const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length
      // One that opens it, one that ends it when the consumer is closed.
      expect(count(/Built full fetch \(sessionId=INVALID, epoch=INITIAL/)).toBe(1)
      expect(count(/Built full fetch/) - count(/epoch=FINAL/)).toBe(1)
      expect(count(/sent an incremental fetch response .* 1 response partition/)).toBeGreaterThan(
        20,
      )
      expect(count(/Built incremental fetch .* removed [1-9]/)).toBeGreaterThan(0)
      expect(count(/Built incremental fetch .* Added [1-9]/)).toBeGreaterThan(0)
      const ids = lines.flatMap((line) => /for session (\d+)/.exec(line)?.[1] ?? [])
      expect(new Set(ids).size).toBe(1)
      expect(count(/error|unable|unknown/i)).toBe(0)
    })

    describe('the admin client', () => {
      test('creates topics, and says how they turned out', () => {
        expect(admin.get('create')).toEqual({
          numPartitions: 3,
          replicationFactor: 1,
          'retention.ms': '7200000',
          assigned: 2,
          hasId: true,
        })
        expect(admin.get('create-refusals')).toEqual([
          'TopicExistsException',
          'InvalidReplicationFactorException',
          'InvalidPartitionsException',
          'InvalidTopicException',
          'InvalidConfigurationException',
          'InvalidConfigurationException',
        ])
        expect(admin.get('list')).toEqual(['admin', 'admin-assigned', ...TOPICS].sort())
      })

      test('describes topics by name, by id and page by page', () => {
        const view = (name: string, partitions: number) => ({
          name,
          internal: false,
          partitions: Array.from(
            { length: partitions },
            (_, index) => `${index} led by 1 of 1, in sync 1`,
          ),
        })
        expect(admin.get('describe')).toEqual({
          admin: view('admin', 3),
          'admin-assigned': view('admin-assigned', 2),
          byId: view('admin', 3),
          sameId: true,
          operations: 8,
        })
        expect(admin.get('describe-unknown')).toMatchObject({
          error: 'UnknownTopicOrPartitionException',
        })
        expect(admin.get('describe-many')).toEqual({ admin: 3, 'admin-assigned': 2, [FILLED]: 3 })
      })

      test('describes the cluster', () => {
        expect(admin.get('cluster')).toEqual({
          nodes: 1,
          node: `1 ${node.address.host}:${node.address.port}`,
          controller: 1,
          clusterId: expect.stringMatching(/^[\w-]{22}$/) as unknown,
          operations: 7,
        })
        expect(admin.get('features')).toBe(1)
      })

      test('describes configurations: values, sources, types, synonyms, documentation', () => {
        const configs = admin.get('configs') as Record<string, object>
        expect(configs['retention.ms']).toEqual({
          value: '7200000',
          source: 'DYNAMIC_TOPIC_CONFIG',
          type: 'LONG',
          readOnly: false,
          sensitive: false,
          synonyms: [
            'DYNAMIC_TOPIC_CONFIG retention.ms=7200000',
            'DEFAULT_CONFIG log.retention.hours=168',
          ],
          documented: true,
        })
        expect(configs['flush.messages']).toMatchObject({
          value: '9223372036854775807',
          source: 'DEFAULT_CONFIG',
        })
        expect(configs['cleanup.policy']).toMatchObject({ value: 'delete', type: 'LIST' })
        for (const described of Object.values(configs))
          expect(described).toMatchObject({ documented: true, sensitive: false })
        const broker = admin.get('broker-configs') as Record<string, object>
        expect(broker['log.retention.hours']).toMatchObject({ value: '168', type: 'INT' })
        expect(broker['listeners']).toMatchObject({
          value: 'PLAINTEXT://127.0.0.1:0',
          source: 'STATIC_BROKER_CONFIG',
          readOnly: true,
        })
      })

      test('alters configurations: set, delete, append, subtract', () => {
        expect(admin.get('alter-configs')).toEqual([
          '3600000 5000 delete,compact',
          '604800000 5000 delete',
        ])
        expect(admin.get('alter-configs-refused')).toEqual([
          'InvalidConfigurationException',
          'InvalidConfigurationException',
        ])
      })

      test('adds partitions', () => {
        expect(admin.get('partitions')).toEqual({ admin: 5, 'admin-assigned': 3 })
        expect(admin.get('partitions-refused')).toEqual([
          'InvalidPartitionsException',
          'UnknownTopicOrPartitionException',
          'InvalidReplicaAssignmentException',
        ])
      })

      test('lists offsets: earliest, latest, of the largest timestamp, by time', () => {
        expect(admin.get('list-offsets')).toEqual({
          earliest: '0@-1',
          latest: '100@-1',
          maxTimestamp: `99@${BEGIN_MS + 297}`,
          byTime: `34@${BEGIN_MS + 102}`,
          beyond: '-1@-1',
        })
      })

      test('deletes records, and the rest is still there', async () => {
        expect(admin.get('delete-records')).toEqual({
          [`${FILLED}-0`]: '40 40',
          [`${FILLED}-1`]: '100 100',
        })
        expect(admin.get('delete-records-refused')).toEqual(['OffsetOutOfRangeException'])
        const left = await readPartition(client, { topic: FILLED, from: 40 })
        expect(left.map(({ offset }) => offset)).toEqual(
          Array.from({ length: 60 }, (_, n) => 40 + n),
        )
      })

      test('describes the log directory', async () => {
        const { bytes } = await fetchPartition(client, { topic: FILLED, partition: 2, offset: 0 })
        expect(admin.get('log-dirs')).toEqual({
          paths: [join(directory.path, 'data')],
          error: null,
          sizeBytes: bytes.byteLength,
          offsetLag: 0,
          isFuture: false,
          hasVolume: true,
        })
      })

      test('deletes topics by name and by id', () => {
        expect(admin.get('delete')).toEqual([
          'UnknownTopicOrPartitionException',
          [...TOPICS].sort(),
        ])
      })
    })

    test('nothing was retried in vain, and the node stops cleanly', async () => {
      expect(log.split('\n').filter((line) => / (WARN|ERROR) /.test(line))).toEqual([])
      expect(await node.stop(), node.output).toEqual({ code: 0, signal: null })
    })
  })
})

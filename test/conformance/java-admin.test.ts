// Goal: Kafka's own Java tools, unmodified, administer three brokers, and what they say of them is
// what our own command says: topics, configurations with their sources, groups and lag, offsets,
// sizes on disk, the quorum.
// Method: each question is put to both, and the answers are compared by value; what only Kafka's
// tools can ask is compared with what was done. Without a JDK or Maven: skipped, and says so.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Broker, Cluster } from '../../src/embed/api.ts'
import { handlers } from '../../src/server/handlers/index.ts'
import { only } from '../support/calls.ts'
import { Command } from '../support/command.ts'
import { javaTools, type JavaTools } from '../support/java.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { eventually } from '../support/within.ts'
import { configsOf, idsOf, KafkaTools, pairsOf, rowsOf } from './java-tools.ts'
import { OwnAnswers } from './own-answers.ts'

const WAIT_MS = 60_000
const TOPIC = 'orders'
const GROUP = 'billing'

// Brokers that are processes need what was built.
const PACKAGE = new URL('../../dist/index.js', import.meta.url).href
const { startCluster } = (await import(PACKAGE)) as typeof import('../../src/index.ts')

const pom = fileURLToPath(new URL('java/tools.pom.xml', import.meta.url))
const found = javaTools(pom)
if (typeof found === 'string') process.stderr.write(`java-admin: ${found}: SKIPPED\n`)

describe.skipIf(typeof found === 'string')('kafka-tools 4.1.1', () => {
  const java = found as JavaTools
  let directory: TempDir
  let cluster: Cluster
  let tools: KafkaTools
  let ours: OwnAnswers

  beforeAll(async () => {
    directory = await tempDir('lograft-java-admin')
    const path = join(directory.path, 'brokers')
    cluster = await startCluster({
      ...{ processes: true, directory: path, timeoutMs: WAIT_MS },
      // A throttled replica is to need more than one fetch.
      config: { 'replica.fetch.max.bytes': 65_536 },
    })
    tools = KafkaTools.start(java, cluster.bootstrap)
    ours = new OwnAnswers(cluster)
  })
  afterAll(async () => {
    tools.stop()
    await cluster.stop()
    await directory[Symbol.asyncDispose]()
    java.dispose()
  })

  const ourTopic = (name = TOPIC) => ours.topic(name)

  /** Records of a kilobyte, spread over the partitions by their keys. */
  async function produce(from: number, to: number): Promise<void> {
    const how = ['--key-separator', ':', '-b', cluster.bootstrap]
    const command = new Command(['produce', TOPIC, ...how])
    const lines = Array.from(
      { length: to - from },
      (_, index) => `${from + index}:${'x'.repeat(1_000)}\n`,
    )
    command.child.stdin.end(lines.join(''))
    const { code, stderr } = await command.result
    expect(code, stderr).toBe(0)
  }

  const file = (name: string, content: unknown): string => {
    const path = join(directory.path, name)
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }

  describe('kafka-topics', () => {
    const theirs = async (topic = TOPIC) => {
      const [first = '', ...rest] = (
        await tools.run('kafka-topics', '--describe', '--topic', topic)
      )
        .trim()
        .split('\n')
      return { topic: pairsOf(first), partitions: rest.map(pairsOf) }
    }

    test('creates; we see the same', async () => {
      const how = [
        '--partitions',
        '4',
        '--replication-factor',
        '3',
        '--config',
        'retention.ms=7200000',
      ]
      await tools.run('kafka-topics', '--create', '--topic', TOPIC, ...how)
      await cluster.caughtUp(TOPIC)
      const topic = await ourTopic()
      expect(topic.partitions).toHaveLength(4)
      expect(topic.configs).toContainEqual({
        ...{ name: 'retention.ms', value: '7200000', source: 'topic' },
      })
    })

    test('lists and describes what we list and describe', async () => {
      await ours.print('topic', 'create', 'payments', '--partitions', '2', '-b', cluster.bootstrap)
      await cluster.caughtUp('payments')
      const names = (await tools.run('kafka-topics', '--list')).trim().split('\n')
      expect([...names].sort()).toEqual(await ours.topicNames())
      for (const topic of names) {
        const described = await theirs(topic)
        const { topicId, partitions } = await ourTopic(topic)
        expect(described.topic).toMatchObject({
          ...{ Topic: topic, TopicId: topicId, PartitionCount: `${partitions.length}` },
        })
        expect(
          described.partitions.map(({ Partition, Leader, Replicas, Isr }) => ({
            partition: Number(Partition),
            leader: Number(Leader),
            replicas: idsOf(Replicas),
            isr: idsOf(Isr),
          })),
        ).toEqual(
          partitions.map(({ partition, leader, replicas, isr }) => {
            return { partition, leader, replicas, isr }
          }),
        )
      }
    })

    test('adds partitions, and deletes', async () => {
      await tools.run('kafka-topics', '--alter', '--topic', 'payments', '--partitions', '3')
      expect((await ourTopic('payments')).partitions).toHaveLength(3)
      await tools.run('kafka-topics', '--delete', '--topic', 'payments')
      expect(await ours.topicNames()).not.toContain('payments')
    })

    test('finds nothing under-replicated, unavailable or below min ISR', async () => {
      for (const filter of [
        '--under-replicated-partitions',
        '--unavailable-partitions',
        '--under-min-isr-partitions',
        '--at-min-isr-partitions',
      ])
        expect(await tools.run('kafka-topics', '--describe', filter), filter).toBe('')
    })
  })

  describe('kafka-configs', () => {
    const topic = ['--entity-type', 'topics', '--entity-name', TOPIC]
    const describeAll = async (...of: readonly string[]) =>
      configsOf(await tools.run('kafka-configs', '--describe', '--all', ...of))
    const SOURCES: Readonly<Record<string, string>> = {
      DYNAMIC_TOPIC_CONFIG: 'topic',
      DYNAMIC_BROKER_CONFIG: 'broker',
      DYNAMIC_DEFAULT_BROKER_CONFIG: 'all brokers',
      STATIC_BROKER_CONFIG: 'broker',
    }

    test('values and sources are those that we tell', async () => {
      const changes = 'segment.bytes=1048576,cleanup.policy=[compact,delete]'
      await tools.run('kafka-configs', '--alter', ...topic, '--add-config', changes)
      const mine = (await ourTopic()).configs.map(({ name, value, source }) => {
        return { name, value, source }
      })
      // We leave out what is as it would be anyway.
      const theirs = [...(await describeAll(...topic))].flatMap(([name, told]) => {
        const { value, source, fallback } = told
        return source === 'DEFAULT_CONFIG' || source === '' || value === fallback
          ? []
          : [{ name, value, source: SOURCES[source] }]
      })
      const byName = (one: { name: string }, other: { name: string }) =>
        one.name < other.name ? -1 : 1
      expect(theirs.sort(byName)).toEqual(mine.sort(byName))
      expect(mine.map(({ name }) => name)).toContain('cleanup.policy')
    })

    test('what is deleted is gone', async () => {
      const names = 'segment.bytes,cleanup.policy'
      await tools.run('kafka-configs', '--alter', ...topic, '--delete-config', names)
      const left = (await ourTopic()).configs.filter(({ source }) => source === 'topic')
      expect(left).toEqual([{ name: 'retention.ms', value: '7200000', source: 'topic' }])
    })

    test('brokers have theirs', async () => {
      const one = await describeAll('--entity-type', 'brokers', '--entity-name', '1')
      expect(one.get('log.dirs')).toMatchObject({
        value: join(directory.path, 'brokers', '1'),
        source: 'STATIC_BROKER_CONFIG',
      })
      const change = 'log.retention.ms=3600000'
      const all = ['--entity-type', 'brokers', '--entity-default']
      await tools.run('kafka-configs', '--alter', ...all, '--add-config', change)
      const source = 'DYNAMIC_DEFAULT_BROKER_CONFIG'
      const changed = await describeAll(...all)
      expect(changed.get('log.retention.ms')).toMatchObject({ value: '3600000', source })
      expect(changed.get('min.insync.replicas')).toMatchObject({ value: '2', source })
      await tools.run('kafka-configs', '--alter', ...all, '--delete-config', 'log.retention.ms')
      expect((await describeAll(...all)).has('log.retention.ms')).toBe(false)
    })

    test('users, clients, metrics and groups have none; a quota is refused', async () => {
      for (const type of ['users', 'clients', 'ips', 'client-metrics', 'groups'])
        expect(await tools.run('kafka-configs', '--describe', '--entity-type', type), type).toBe('')
      const user = ['--entity-type', 'users', '--entity-name', 'anna']
      const quota = ['--add-config', 'producer_byte_rate=1']
      const refused = await tools.ask('kafka-configs', '--alter', ...user, ...quota)
      expect(refused.status).toBe(1)
      expect(refused.stderr).toContain('InvalidRequestException: quotas of clients')
    })
  })

  describe('records', () => {
    const offsets = async (...args: readonly string[]) =>
      (await tools.run('kafka-get-offsets', '--topic', TOPIC, ...args)).trim().split('\n')
    const oursBy = async (which: 'startOffset' | 'endOffset') =>
      (await ourTopic()).partitions.map((of) => `${TOPIC}:${of.partition}:${of[which]}`)

    beforeAll(async () => {
      await produce(0, 12_000)
      await ours.print(...['consume', TOPIC, '--group', GROUP, '--exit', '-b', cluster.bootstrap])
      await produce(12_000, 12_500)
    })

    test('kafka-get-offsets: ends and beginnings are ours', async () => {
      expect(await offsets()).toEqual(await oursBy('endOffset'))
      expect(await offsets('--time', 'latest')).toEqual(await oursBy('endOffset'))
      expect(await offsets('--time', 'earliest')).toEqual(await oursBy('startOffset'))
      const newest = await offsets('--time', 'max-timestamp')
      const led = (await ourTopic()).partitions.filter(({ endOffset }) => endOffset > 0)
      expect(newest).toHaveLength(led.length)
    })

    test('kafka-delete-records: what is gone is gone for both', async () => {
      const wanted = { topic: TOPIC, partition: 0, offset: 5 }
      const json = file('delete.json', { partitions: [wanted], version: 1 })
      const told = await tools.run('kafka-delete-records', '--offset-json-file', json)
      expect(told).toContain('partition: orders-0\tlow_watermark: 5')
      expect((await ourTopic()).partitions[0]?.startOffset).toBe(5)
      expect(await offsets('--time', 'earliest')).toEqual(await oursBy('startOffset'))
    })

    test('kafka-consumer-groups: state, offsets and lag are ours', async () => {
      const own = await ours.group(GROUP)
      const group = ['--describe', '--group', GROUP]
      const state = rowsOf(await tools.run('kafka-consumer-groups', ...group, '--state'))
      expect(state).toEqual([
        [GROUP, expect.any(String), `(${own.coordinator})`, '-', own.state, '0'],
      ])
      const rows = rowsOf((await tools.run('kafka-consumer-groups', ...group)).trim())
      const theirs = rows.map(([, topic, partition, committed, end, lag]) => ({
        ...{ topic, partition: Number(partition), committedOffset: Number(committed) },
        ...{ endOffset: Number(end), lag: Number(lag) },
      }))
      const byPartition = (one: { partition: number }, other: { partition: number }) =>
        one.partition - other.partition
      expect(theirs.sort(byPartition)).toEqual(
        own.partitions
          .map(({ topic, partition, committedOffset, endOffset, lag }) => {
            return { topic, partition, committedOffset, endOffset, lag }
          })
          .sort(byPartition),
      )
      expect(theirs.reduce((sum, { lag }) => sum + lag, 0)).toBe(500)
    })

    test('kafka-consumer-groups: lists, resets and deletes', async () => {
      const listed = rowsOf(await tools.run('kafka-consumer-groups', '--list', '--state'))
      expect(listed).toEqual([[GROUP, 'Empty']])
      const reset = ['--reset-offsets', '--to-earliest', '--topic', TOPIC, '--execute']
      await tools.run('kafka-consumer-groups', '--group', GROUP, ...reset)
      const starts = (await ourTopic()).partitions.map(({ startOffset }) => startOffset)
      const committed = (await ours.group(GROUP)).partitions.map((of) => of.committedOffset)
      expect(committed).toEqual(starts)
      await tools.run('kafka-consumer-groups', '--delete', '--group', GROUP)
      expect(await ours.ask<unknown[]>('group', 'list')).toEqual([])
    })

    test('kafka-log-dirs: sizes are ours', async () => {
      const told = await tools.run('kafka-log-dirs', '--describe', '--topic-list', TOPIC)
      const { brokers } = JSON.parse(told.slice(told.indexOf('{'))) as {
        brokers: {
          broker: number
          logDirs: {
            logDir: string
            error: null
            partitions: { partition: string; size: number }[]
          }[]
        }[]
      }
      const sizes = new Map<string, number>()
      for (const { broker, logDirs } of brokers) {
        const { logDir, error, partitions } = only(logDirs)
        expect([logDir, error]).toEqual([join(directory.path, 'brokers', `${broker}`), null])
        for (const { partition, size } of partitions)
          sizes.set(partition, (sizes.get(partition) ?? 0) + size)
      }
      const own = (await ourTopic()).partitions.map((of) => {
        return [`${TOPIC}-${of.partition}`, of.sizeBytes]
      })
      expect([...sizes].sort()).toEqual(own)
    })

    test('kafka-transactions: none, and the producers that a partition remembers', async () => {
      expect(rowsOf(await tools.run('kafka-transactions', 'list'))).toEqual([])
      const of = ['describe-producers', '--topic', TOPIC, '--partition', '0']
      for (const producer of rowsOf(await tools.run('kafka-transactions', ...of)))
        expect(producer).toMatchObject([/^\d+$/, '0', '-1', /^\d+$/, /^\d{13}$/, 'None'].map(like))
    })
  })

  describe('kafka-reassign-partitions', () => {
    const reassign = (...args: readonly string[]) => tools.run('kafka-reassign-partitions', ...args)
    const placed = async () => (await ourTopic()).partitions.map(({ replicas }) => replicas)
    const plan = (replicas: readonly (readonly number[])[]) => ({
      version: 1,
      partitions: replicas.map((ids, partition) => ({ topic: TOPIC, partition, replicas: ids })),
    })
    const throttles = async () => {
      const told = await tools.run('kafka-configs', '--describe', '--entity-type', 'brokers')
      return [...configsOf(told).keys()].filter((name) => name.includes('throttled'))
    }

    test('generates from what is', async () => {
      const topics = file('topics.json', { version: 1, topics: [{ topic: TOPIC }] })
      const told = await reassign(
        ...['--generate', '--topics-to-move-json-file', topics, '--broker-list', '1,2,3'],
      )
      const [current = ''] = told.split('\n').filter((line) => line.startsWith('{'))
      const { partitions } = JSON.parse(current) as { partitions: { replicas: number[] }[] }
      expect(partitions.map(({ replicas }) => replicas)).toEqual(await placed())
    })

    test('executes with a throttle, lists, verifies, and clears the throttle', async () => {
      const wanted = [
        [2, 3],
        [3, 1],
        [1, 2],
        [2, 1],
      ]
      const json = file('execute.json', plan(wanted))
      const began = await reassign(
        '--execute',
        '--reassignment-json-file',
        json,
        '--throttle',
        '9999999',
      )
      expect(began).toContain('Successfully started partition reassignments')
      expect(await throttles()).toEqual([
        'follower.replication.throttled.rate',
        'leader.replication.throttled.rate',
      ])
      const verify = () => reassign('--verify', '--reassignment-json-file', json)
      await eventually(WAIT_MS, 'the end of the reassignment', async () =>
        (await reassign('--list')).includes('No partition reassignments found'),
      )
      const told = await verify()
      expect(told.match(/is completed\./g)).toHaveLength(wanted.length)
      expect(await placed()).toEqual(wanted)
      expect(await throttles()).toEqual([])
      const left = (await ourTopic()).configs.filter(({ name }) => name.includes('throttled'))
      expect(left).toEqual([])
    })

    test('is bound to keep the number of replicas when it says so', async () => {
      const json = file('grow.json', plan([[2, 3, 1]]))
      const how = ['--execute', '--reassignment-json-file', json]
      const refused = await tools.ask(
        'kafka-reassign-partitions',
        ...[...how, '--disallow-replication-factor-change'],
      )
      expect([refused.status, refused.stdout]).toEqual([
        1,
        expect.stringContaining('the replication factor would change from 2 to 3'),
      ])
      expect((await placed())[0]).toEqual([2, 3])
      await reassign(...how)
      await cluster.isr(TOPIC, 0, 3)
    })

    test('lists and cancels what is under way', async () => {
      const [, , , replicas = []] = await placed()
      const [adding] = [1, 2, 3].filter((id) => !replicas.includes(id))
      const [leader, removing] = replicas
      const json = file('wait.json', {
        version: 1,
        partitions: [{ topic: TOPIC, partition: 3, replicas: [leader, adding] }],
      })
      const told = `adding: ${adding}. removing: ${removing}.`
      await reassign('--execute', '--reassignment-json-file', json, '--throttle', '1')
      expect(await reassign('--list')).toContain(`${TOPIC}-3: replicas: `)
      expect(await reassign('--list')).toContain(told)
      const before = await reassign('--verify', '--reassignment-json-file', json)
      expect(before).toContain(`Reassignment of partition ${TOPIC}-3 is still in progress.`)
      const cancelled = await reassign('--cancel', '--reassignment-json-file', json)
      expect(cancelled).toContain(`Successfully cancelled partition reassignment for: ${TOPIC}-3`)
      expect((await placed())[3]).toEqual(replicas)
      expect(await throttles()).toEqual([])
    })
  })

  test('kafka-leader-election: the preferred replica leads, as we see', async () => {
    await eventually(WAIT_MS, 'preferred leaders', async () => {
      await tools.ask(
        'kafka-leader-election',
        '--election-type',
        'PREFERRED',
        '--all-topic-partitions',
      )
      const { partitions } = await ourTopic()
      return partitions.every(({ leader, replicas }) => leader === replicas[0])
    })
    const one = ['--topic', TOPIC, '--partition', '0']
    const again = await tools.run('kafka-leader-election', '--election-type', 'preferred', ...one)
    expect(again).toContain('Valid replica already elected for partitions orders-0')
    const unclean = await tools.run('kafka-leader-election', '--election-type', 'unclean', ...one)
    expect(unclean).toContain('Valid replica already elected for partitions orders-0')
  })

  describe('kafka-metadata-quorum', () => {
    const status = async () => {
      const text = await tools.run('kafka-metadata-quorum', 'describe', '--status')
      const lines = text.trim().split('\n')
      const fields = new Map(lines.map((line) => line.split(/:\s+/, 2) as [string, string]))
      const at = text.indexOf('CurrentVoters:')
      const voters = text.slice(text.indexOf('[', at), text.indexOf('CurrentObservers'))
      return {
        clusterId: fields.get('ClusterId'),
        leaderId: Number(fields.get('LeaderId')),
        epoch: Number(fields.get('LeaderEpoch')),
        voters: JSON.parse(voters) as { id: number; directoryId: string; endpoints: string[] }[],
      }
    }

    test('describes the quorum that we describe', async () => {
      const { clusterId, leaderId, epoch, replicas } = await ours.quorum()
      expect(await status()).toEqual({
        ...{ clusterId, leaderId, epoch },
        voters: replicas.map(({ nodeId, directoryId, address: { host, port } }) => ({
          id: nodeId,
          directoryId,
          endpoints: [`CONTROLLER://${host}:${port}`],
        })),
      })
      const rows = rowsOf(await tools.run('kafka-metadata-quorum', 'describe', '--replication'))
      expect(
        rows.map(([id, directoryId, , , , , role]) => `${id} ${directoryId} ${role}`).sort(),
      ).toEqual(
        replicas
          .map(({ nodeId, directoryId }) => {
            return `${nodeId} ${directoryId} ${nodeId === leaderId ? 'Leader' : 'Follower'}`
          })
          .sort(),
      )
    })

    test('removes a controller, and adds it again', async () => {
      const before = await ours.quorum()
      const [leaving] = before.replicas.filter(({ nodeId }) => nodeId !== before.leaderId)
      if (leaving === undefined) throw new Error('there are three')
      const { nodeId, directoryId, address } = leaving
      const which = ['--controller-id', `${nodeId}`, '--controller-directory-id', directoryId]
      await tools.run('kafka-metadata-quorum', 'remove-controller', ...which)
      const left = before.replicas.filter((replica) => replica !== leaving)
      expect((await ours.quorum()).replicas.map((replica) => replica.nodeId)).toEqual(
        left.map((replica) => replica.nodeId),
      )
      const again = await tools.ask('kafka-metadata-quorum', 'remove-controller', ...which)
      expect(again).toMatchObject({ status: 1, stderr: like(/VoterNotFoundException/) })

      const properties = file(
        'controller.properties',
        [
          'process.roles=controller',
          `node.id=${nodeId}`,
          'controller.listener.names=CONTROLLER',
          `listeners=CONTROLLER://${address.host}:${address.port}`,
          `controller.quorum.bootstrap.servers=${address.host}:${address.port}`,
          `log.dirs=${join(directory.path, 'brokers', `${nodeId}`)}`,
        ].join('\n'),
      )
      await tools.run('kafka-metadata-quorum', '--command-config', properties, 'add-controller')
      const after = await ours.quorum()
      expect(after.replicas.map(({ role }) => role)).toEqual(['voter', 'voter', 'voter'])
      expect((await status()).voters).toHaveLength(3)
    })
  })

  test('kafka-features: what there is, and what is refused', async () => {
    const told = await tools.run('kafka-features', 'describe')
    expect(told).toMatch(/^Feature: metadata\.version\t.*FinalizedVersionLevel: UNKNOWN 1\t/m)
    const same = ['upgrade', '--feature', 'metadata.version=1']
    expect(await tools.run('kafka-features', ...same)).toContain('was upgraded to 1')
    const more = await tools.ask('kafka-features', 'upgrade', '--feature', 'group.version=1')
    expect(more.status).toBe(1)
    expect(more.stdout).toContain('Invalid update version 1 for feature group.version')
  })

  test('kafka-broker-api-versions: every broker serves what we say', async () => {
    const told = await tools.run('kafka-broker-api-versions')
    const served = handlers.map(({ api, advertised: [min, max] }) => {
      const range = min === max ? `${min}` : `${min} to ${max}`
      return `${api.name}(${api.key}): ${range} [usable: `
    })
    for (const line of served) expect(told.split(line), line).toHaveLength(4)
    expect(told.match(/usable/g)).toHaveLength(3 * served.length)
  })

  describe('kafka-cluster', () => {
    const endpoints = async (...args: readonly string[]) =>
      rowsOf(await tools.run('kafka-cluster', 'list-endpoints', ...args)).map(
        ([id, host, port, , state]) => `${id} ${host}:${port} ${state}`,
      )
    const inService = ({ id, address }: Broker) => `${id} ${address} unfenced`

    test('tells the cluster and its brokers', async () => {
      const { clusterId } = await ours.quorum()
      expect(await tools.run('kafka-cluster', 'cluster-id')).toBe(`Cluster ID: ${clusterId}\n`)
      expect(await endpoints()).toEqual(cluster.brokers.map(inService))
    })

    test('unregisters a broker that is down, and it comes back', async () => {
      const leaving = cluster.broker(3)
      await leaving.stop()
      const staying = cluster.brokers.filter((broker) => broker !== leaving)
      expect(await endpoints()).toEqual(staying.map(inService))
      expect(await endpoints('--include-fenced-brokers')).toEqual([
        ...staying.map(inService),
        `3 ${leaving.address} fenced`,
      ])
      const told = await tools.run('kafka-cluster', 'unregister', '--id', '3')
      expect(told).toContain('Broker 3 is no longer registered.')
      expect(await endpoints('--include-fenced-brokers')).toEqual(staying.map(inService))
      const again = await tools.ask('kafka-cluster', 'unregister', '--id', '3')
      expect(again).toMatchObject({ status: 1, stderr: like(/BrokerIdNotRegisteredException/) })
      await leaving.restart()
      await cluster.caughtUp()
      expect(await endpoints()).toEqual(cluster.brokers.map(inService))
    })
  })
})

/** Text that is as the pattern says, and everything else equal. */
function like(expected: unknown): unknown {
  return expected instanceof RegExp ? expect.stringMatching(expected) : expected
}

/**
 * One topic in full: who leads and replicates its partitions, which offsets they hold, and which
 * options are not at Kafka's default. What a broker does not tell is null, and shows as a dash.
 */
import type { Admin, ConfigEntry } from '../client/admin.ts'
import { CONFIG_SOURCE } from '../client/admin.ts'
import type { Cluster, TopicMetadata } from '../client/cluster.ts'
import { BrokerError, ClientError } from '../client/errors.ts'
import { EARLIEST, LATEST, findOffsets } from '../client/offsets.ts'
import { ZERO_UUID } from '../bytes/uuid.ts'
import { countOf, printBytes, table } from './table.ts'

export interface PartitionDescription {
  readonly partition: number
  /** Null: nobody leads it. */
  readonly leader: number | null
  readonly leaderEpoch: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  /** First offset kept. */
  readonly startOffset: number | null
  /** Offset of the next record. */
  readonly endOffset: number | null
  readonly sizeBytes: number | null
}

type ConfigOrigin = 'topic' | 'broker' | 'all brokers'

export interface TopicDescription {
  readonly name: string
  readonly topicId: string | null
  readonly isInternal: boolean
  readonly partitions: readonly PartitionDescription[]
  /** Options that are not at their default; null when the broker does not tell. */
  readonly configs:
    | readonly {
        readonly name: string
        readonly value: string | null
        readonly source: ConfigOrigin
      }[]
    | null
}

/** A partition without a leader has no offsets to tell; a look is not worth a long wait. */
const OFFSETS_TIMEOUT_MS = 5_000

export async function describeTopic(
  cluster: Cluster,
  admin: Admin,
  topic: TopicMetadata & { readonly name: string },
): Promise<TopicDescription> {
  const { name, topicId, isInternal } = topic
  const led = topic.partitions.filter(({ leaderId }) => leaderId >= 0)
  const query = {
    topic: name,
    partitions: led.map(({ partitionIndex }) => partitionIndex),
    timeoutMs: OFFSETS_TIMEOUT_MS,
  }
  const starts = await findOffsets(cluster, { ...query, timestamp: EARLIEST })
  const ends = await findOffsets(cluster, { ...query, timestamp: LATEST })
  const replicas = new Set(topic.partitions.flatMap(({ replicaNodes }) => replicaNodes))
  const sizes = await orNull(admin.sizes([...replicas]))
  return {
    name,
    topicId: topicId === ZERO_UUID ? null : topicId,
    isInternal,
    partitions: [...topic.partitions]
      .sort((a, b) => a.partitionIndex - b.partitionIndex)
      .map((partition) => ({
        partition: partition.partitionIndex,
        leader: partition.leaderId < 0 ? null : partition.leaderId,
        leaderEpoch: partition.leaderEpoch,
        replicas: partition.replicaNodes,
        isr: partition.isrNodes,
        startOffset: starts.get(partition.partitionIndex) ?? null,
        endOffset: ends.get(partition.partitionIndex) ?? null,
        sizeBytes: sizes?.get(name)?.get(partition.partitionIndex) ?? null,
      })),
    configs: await orNull(admin.describeConfigs({ topic: name }).then(notDefault)),
  }
}

/** Null where a broker does not serve or not allow what is asked; anything else is thrown. */
async function orNull<Value>(asked: Promise<Value | null>): Promise<Value | null> {
  try {
    return await asked
  } catch (thrown) {
    if (thrown instanceof BrokerError) return null
    if (thrown instanceof ClientError && thrown.code === 'NOT_SERVED') return null
    throw thrown
  }
}

function notDefault(entries: readonly ConfigEntry[]) {
  return entries
    .filter(isNotDefault)
    .map(({ name, value, configSource }) => ({ name, value, source: originOf(configSource) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A broker may have been told what is the default anyway; that is no news. */
export function isNotDefault({ value, configSource, synonyms }: ConfigEntry): boolean {
  if (configSource === CONFIG_SOURCE.topic) return true
  if (configSource === CONFIG_SOURCE.default) return false
  return value !== synonyms.find(({ source }) => source === CONFIG_SOURCE.default)?.value
}

function originOf(configSource: number): ConfigOrigin {
  if (configSource === CONFIG_SOURCE.topic) return 'topic'
  return configSource === CONFIG_SOURCE.allBrokers ? 'all brokers' : 'broker'
}

/** For people. */
export function printDescription(topic: TopicDescription): string {
  const { name, topicId, isInternal, partitions, configs } = topic
  const replicas = partitions[0]?.replicas.length ?? 0
  const facts = [
    countOf(partitions.length, 'partition'),
    countOf(replicas, 'replica'),
    ...(topicId === null ? [] : [`id ${topicId}`]),
    ...(isInternal ? ['internal'] : []),
  ]
  const sizes = partitions.some(({ sizeBytes }) => sizeBytes !== null)
  const headings = ['PARTITION', 'LEADER', 'REPLICAS', 'ISR', 'START', 'END']
  const rows = partitions.map((partition) => [
    partition.partition,
    partition.leader,
    partition.replicas.join(','),
    partition.isr.join(','),
    partition.startOffset,
    partition.endOffset,
    ...(sizes ? [partition.sizeBytes === null ? null : printBytes(partition.sizeBytes)] : []),
  ])
  return [
    `${name}: ${facts.join(', ')}\n`,
    table(sizes ? [...headings, 'SIZE'] : headings, rows),
    printConfigs(configs),
  ].join('\n')
}

function printConfigs(configs: TopicDescription['configs']): string {
  if (configs === null) return 'The broker does not tell the configuration.\n'
  if (configs.length === 0) return 'Every option has its default.\n'
  return table(
    ['OPTION', 'VALUE', 'SET FOR'],
    configs.map(({ name, value, source }) => [
      name,
      value,
      source === 'topic' ? 'this topic' : source,
    ]),
  )
}

/**
 * The disks of brokers and what is on them (proto/lograft/admin/v1/cluster.proto). Each broker is
 * asked; one that does not answer is named, and the others are told of.
 */
import { asNodeId, type NodeId } from '../../base/ids.ts'
import { isLograftError } from '../../base/errors.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { MetadataImage } from '../../metadata/image.ts'
import type { IncomingResponse } from '../../wire/api.ts'
import { describeLogDirs } from '../../wire/apis/35-describe-log-dirs.ts'
import { errorMessage, errors } from '../../wire/errors.ts'
import type { Served } from '../handlers.ts'
import type { CallOptions } from '../leader-calls.ts'
import { askBroker } from './broker-asking.ts'
import { atMost, distinct, refuse } from './fields.ts'
import { clusterMethods } from './methods.ts'
import { isFirst, pageOf, partitionKey } from './paging.ts'
import type { AdminNode } from './ports.ts'
import { limitsOf, serveAdmin } from './serving.ts'
import { topicNamed } from './topic-queries.ts'

const wire = lograft.admin.v1

type Answering = Pick<AdminNode, 'image' | 'brokers'>
type Directory = IncomingResponse<typeof describeLogDirs>['results'][number]

/** What one broker told, or why it did not. */
interface Told {
  readonly brokerId: NodeId
  readonly directories: readonly Directory[]
  readonly why: string | null
}

export function logDirQueries(node: Answering): readonly Served[] {
  return [
    serveAdmin(clusterMethods.describeLogDirs, async ({ brokerIds, topics, page }, caller) => {
      const image = node.image()
      const brokers = brokersNamed(image, brokerIds)
      distinct(atMost(topics, 'topics'), 'topics', (name) => name)
      topics.forEach((name, index) => topicNamed(image, name, `topics[${index}]`))
      const told = await Promise.all(brokers.map((id) => ask(node, id, limitsOf(caller))))
      const wanted = new Set(topics)
      const { items, nextPageToken } = pageOf(page, {
        list: 'log-dirs',
        itemsAfter: () =>
          told
            .flatMap(replicasIn)
            .filter(({ topic }) => wanted.size === 0 || wanted.has(topic))
            .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
        keyOf,
      })
      return new wire.LogDirsDescription({
        logDirs: isFirst(page) ? told.flatMap(logDirsIn) : [],
        replicas: [...items],
        unreachable: told.flatMap(({ brokerId, why }) => (why === null ? [] : [{ brokerId, why }])),
        nextPageToken,
      })
    }),
  ]
}

/** In service, or named: those may be out of service, which is told as unreachable. */
function brokersNamed(image: MetadataImage, named: readonly number[]): readonly NodeId[] {
  distinct(atMost(named, 'broker_ids'), 'broker_ids', String)
  if (named.length === 0)
    return [...image.brokers.values()].flatMap(({ nodeId, fenced }) => (fenced ? [] : [nodeId]))
  for (const [index, id] of named.entries())
    if (!image.brokers.has(asNodeId(id)))
      refuse('BROKER_ID_NOT_REGISTERED', `there is no broker ${id}`, `broker_ids[${index}]`)
  return named.map(asNodeId)
}

async function ask(node: Answering, brokerId: NodeId, limits: CallOptions): Promise<Told> {
  const cluster = node.brokers()
  const nothing = { brokerId, directories: [] }
  if (node.image().brokers.get(brokerId)?.fenced !== false)
    return { ...nothing, why: 'it is not in service' }
  try {
    const { errorCode, results } = await askBroker(cluster.clock, limits, () =>
      cluster.call(brokerId, describeLogDirs, { topics: null }),
    )
    const failed = [errorCode, ...results.map((one) => one.errorCode)].find(
      (code) => code !== errors.NONE,
    )
    const why = failed === undefined ? null : errorMessage(failed)
    return { brokerId, directories: results, why }
  } catch (thrown) {
    if (!isLograftError(thrown)) throw thrown
    return { ...nothing, why: thrown.message }
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

function logDirsIn({ brokerId, directories }: Told) {
  return directories.map(({ logDir, topics, totalBytes, usableBytes }) => ({
    ...{ brokerId, path: logDir },
    totalBytes: totalBytes < 0 ? null : totalBytes,
    usableBytes: usableBytes < 0 ? null : usableBytes,
    replicaBytes: sum(
      topics.flatMap(({ partitions }) => partitions.map(({ partitionSize }) => partitionSize)),
    ),
  }))
}

function replicasIn({ brokerId, directories }: Told) {
  return directories.flatMap(({ topics }) =>
    topics.flatMap(({ name: topic, partitions }) =>
      partitions.map(({ partitionIndex: partition, partitionSize: sizeBytes, offsetLag }) => ({
        // Below 0: it has not heard of its leader yet.
        ...{ brokerId, topic, partition, sizeBytes, offsetLag: Math.max(0, offsetLag) },
      })),
    ),
  )
}

const keyOf = ({ brokerId, topic, partition }: ReturnType<typeof replicasIn>[number]) =>
  `${String(brokerId).padStart(10, '0')}/${partitionKey(topic, partition)}`

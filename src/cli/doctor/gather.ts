/**
 * Asks a cluster everything that the doctor judges. What one broker does not answer is a reading,
 * too, never the end: whoever is ill is asked hardest. Every question has a limit of its own.
 */
import { asError } from '../../base/errors.ts'
import { BrokerError, ClientError } from '../../client/errors.ts'
import type { Admin } from '../../client/admin.ts'
import type { BrokerMetadata, Cluster, TopicMetadata } from '../../client/cluster.ts'
import { formatHostPort, hostPort, type HostPort } from '../../config/addresses.ts'
import { QuorumClient } from '../../rpc/admin/quorum-client.ts'
import { errors } from '../../wire/errors.ts'
import { atOnce } from '../at-once.ts'
import { dialFirst } from '../quorum-dial.ts'
import { adminOf } from '../topic-option.ts'
import { readClock } from './clock.ts'
import { readHere } from './here.ts'
import type {
  BrokerReading,
  ClockReading,
  DirectoryReading,
  Reached,
  Readings,
  TopicReading,
  Unknown,
} from './readings.ts'

export interface Asked {
  /** Where gRPC is asked; null: where brokers say. */
  readonly grpc: readonly HostPort[] | null
  /** Whose disk is measured. */
  readonly directory: string | null
}

const BROKERS_AT_ONCE = 16
const QUORUM_MS = 5_000

export async function gather(cluster: Cluster, asked: Asked): Promise<Readings> {
  const { clusterId, brokers: known, topics } = await cluster.metadata(null)
  const admin = adminOf(cluster)
  const brokers = await atOnce(BROKERS_AT_ONCE, known, (broker) =>
    readBroker({ cluster, admin, clusterId }, broker),
  )
  return {
    ...{ clusterId, brokers },
    topics: await readTopics(admin, topics),
    quorum: await readQuorum(asked.grpc ?? brokers.flatMap((one) => grpcPlace(one) ?? [])),
    here: await readHere(asked.directory),
  }
}

interface Asking {
  readonly cluster: Cluster
  readonly admin: Admin
  readonly clusterId: string | null
}

async function readBroker(
  { cluster, admin, clusterId }: Asking,
  { nodeId, host, port }: BrokerMetadata,
): Promise<BrokerReading> {
  const address = { host, port }
  const found = await whoAnswers({ cluster, admin, clusterId }, nodeId)
  const { reached, config } = found
  const itself = reached.by === 'itself' || reached.by === 'somebody'
  const grpc = grpcPlace({ address, config })
  return {
    ...{ nodeId, address, reached, config },
    directories: itself ? await orNull(readDirectories(admin, nodeId)) : null,
    serves: itself ? await orNull(cluster.servedVersions(nodeId)) : null,
    clock: await clockAt(grpc, reached),
  }
}

async function clockAt(grpc: HostPort | null, reached: Reached): Promise<ClockReading | Unknown> {
  if (reached.by === 'nobody') return { unknown: 'it does not answer' }
  if (grpc === null) return { unknown: 'it names no gRPC port that could be asked' }
  return readClock(grpc)
}

/** A broker describes its own configuration and nobody else's, so it says who it is by that. */
async function whoAnswers(
  { cluster, admin, clusterId }: Asking,
  nodeId: number,
): Promise<{ readonly reached: Reached; readonly config: BrokerReading['config'] }> {
  try {
    const other = await cluster.clusterIdOf(nodeId)
    if (other !== clusterId)
      return {
        reached: { by: 'another', who: `a broker of another cluster answers (${other ?? '-'})` },
        config: null,
      }
    const entries = await admin.describeConfigs({ broker: nodeId })
    const config = new Map(entries.map(({ name, value }) => [name, value]))
    return { reached: { by: 'itself' }, config }
  } catch (thrown) {
    return { reached: reachedBy(thrown), config: null }
  }
}

function reachedBy(thrown: unknown): Reached {
  if (thrown instanceof BrokerError && thrown.errorCode === errors.INVALID_REQUEST)
    return { by: 'another', who: 'another broker answers' }
  // It left the metadata meanwhile.
  if (thrown instanceof BrokerError && thrown.errorCode === errors.LEADER_NOT_AVAILABLE)
    return { by: 'nobody', why: 'it has just left' }
  if (thrown instanceof BrokerError || (thrown as { code?: string }).code === 'NOT_SERVED')
    return { by: 'somebody', why: asError(thrown).message }
  if (thrown instanceof ClientError) return { by: 'nobody', why: reasonOf(thrown) }
  throw thrown
}

function reasonOf(error: ClientError): string {
  const code = (error.cause as NodeJS.ErrnoException | undefined)?.code
  return code ?? error.message.replace(`${formatHostPort(error.address)}: `, '')
}

async function readDirectories(admin: Admin, nodeId: number): Promise<readonly DirectoryReading[]> {
  const known = (bytes: number) => (bytes < 0 ? null : bytes)
  return (await admin.logDirectories(nodeId)).map((directory) => ({
    path: directory.logDir,
    isOnline: directory.errorCode === errors.NONE,
    totalBytes: known(directory.totalBytes),
    usableBytes: known(directory.usableBytes),
  }))
}

/** Where a broker is asked by gRPC; null where it does not say. */
function grpcPlace({
  address,
  config,
}: Pick<BrokerReading, 'address' | 'config'>): HostPort | null {
  const text = config?.get('advertised.grpc.listener')
  const parsed = text ? hostPort.parse(text, 'advertised.grpc.listener') : null
  if (parsed === null || 'problem' in parsed || parsed.value.port === 0) return null
  const { host, port } = parsed.value
  return { host: ['', '0.0.0.0', '::'].includes(host) ? address.host : host, port }
}

const MIN_IN_SYNC = 'min.insync.replicas'
const UNCLEAN = 'unclean.leader.election.enable'

async function readTopics(
  admin: Admin,
  topics: readonly TopicMetadata[],
): Promise<readonly TopicReading[]> {
  const named = topics.flatMap(({ name, ...topic }) => (name === null ? [] : [{ ...topic, name }]))
  const names = named.map(({ name }) => name)
  const configs = await orNull(admin.topicOptions(names, [MIN_IN_SYNC, UNCLEAN]))
  return named.map(({ name, isInternal, partitions }) => {
    const options = configs?.get(name)
    const least = options?.get(MIN_IN_SYNC)
    const isUnclean = options?.get(UNCLEAN)
    return {
      ...{ name, isInternal },
      partitions: partitions.map((one) => ({
        partition: one.partitionIndex,
        leader: one.leaderId < 0 ? null : one.leaderId,
        ...{ replicas: one.replicaNodes, isr: one.isrNodes },
      })),
      minInSync: least ? Number(least) : null,
      isUnclean: isUnclean ? isUnclean === 'true' : null,
    }
  })
}

async function readQuorum(places: readonly HostPort[]): Promise<Readings['quorum']> {
  if (places.length === 0) return { unknown: 'no broker names a gRPC port of the controllers' }
  const notAnswered = (thrown: unknown) => {
    return { unknown: `the quorum does not answer: ${asError(thrown).message}` }
  }
  const channel = await dialFirst(places, QUORUM_MS).catch(notAnswered)
  if ('unknown' in channel) return channel
  const limits = { connectTimeoutMs: QUORUM_MS, timeoutMs: QUORUM_MS }
  try {
    return await new QuorumClient(channel, limits).describe()
  } catch (thrown) {
    const { code } = thrown as { readonly code?: unknown }
    // It asks a leader for its own answer: nobody leads, or has a majority.
    const isLost = code === 'REQUEST_TIMED_OUT' || code === 'NOT_CONTROLLER'
    return { ...notAnswered(thrown), ...(isLost && { isLost }) }
  } finally {
    channel.close()
  }
}

/** Null where a broker does not serve or allow what is asked, or does not answer. */
async function orNull<Value>(asked: Promise<Value>): Promise<Value | null> {
  try {
    return await asked
  } catch (thrown) {
    if (thrown instanceof BrokerError || thrown instanceof ClientError) return null
    throw thrown
  }
}

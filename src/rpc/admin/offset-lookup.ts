/**
 * Where partitions begin and end, and which offset belongs to a time: asked of their leaders, as
 * this node knows them, again while leaders move. Each partition has an outcome of its own.
 */
import { BrokerError } from '../../client/errors.ts'
import { retrying } from '../../client/retry.ts'
import type { MetadataImage } from '../../metadata/image.ts'
import { NO_LEADER } from '../../metadata/records.ts'
import { isLograftError } from '../../base/errors.ts'
import { listOffsets } from '../../wire/apis/02-list-offsets.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors, isRetriable } from '../../wire/errors.ts'
import type { CallOptions } from '../leader-calls.ts'
import { askBroker, timeToAsk } from './broker-asking.ts'
import { partitionKey } from './paging.ts'
import type { AdminNode } from './ports.ts'

export interface NamedPartition {
  readonly topic: string
  readonly partition: number
}

export interface FoundOffset {
  readonly errorCode: ErrorCode
  /** −1: no such record, which is no error. */
  readonly offset: number
  readonly timestamp: number
  readonly leaderEpoch: number
}

export interface OffsetQuestion {
  readonly partitions: readonly NamedPartition[]
  /** Milliseconds since 1970, or one of the special ones. */
  readonly timestamp: number
  /** Asked once, for a look that is not worth a wait. */
  readonly once?: boolean
}

type Found = ReadonlyMap<string, FoundOffset>
type Asking = Pick<AdminNode, 'image' | 'brokers'>

/** An outcome for each, by `partitionKey`. */
export async function lookUpOffsets(
  node: Asking,
  { partitions, timestamp, once = false }: OffsetQuestion,
  limits: CallOptions,
): Promise<Found> {
  const { clock, random } = node.brokers()
  const found = new Map<string, FoundOffset>()
  const isMissing = ({ topic, partition }: NamedPartition) => {
    const answered = found.get(partitionKey(topic, partition))
    return answered === undefined || (answered !== UNKNOWN && isRetriable(answered.errorCode))
  }
  const attempt = async () => {
    const missing = partitions.filter(isMissing)
    const asked = [...byLeader(node.image(), missing, found)].map(([leader, led]) =>
      askLeader(node, leader, { partitions: led, timestamp }, limits),
    )
    for (const answers of await Promise.all(asked))
      for (const [key, answer] of answers) found.set(key, answer)
    // The code does not matter: what each partition was answered is in `found`.
    if (partitions.some(isMissing)) throw new BrokerError(errors.LEADER_NOT_AVAILABLE, 'offsets')
  }
  try {
    await retrying(attempt, {
      ...{ clock, random, timeoutMs: once ? 0 : timeToAsk(clock, limits) },
      ...(limits.signal && { signal: limits.signal }),
    })
  } catch (thrown) {
    if (!isLograftError(thrown)) throw thrown
  }
  return found
}

/** Notes those that have no leader. */
function byLeader(
  image: MetadataImage,
  partitions: readonly NamedPartition[],
  found: Map<string, FoundOffset>,
): ReadonlyMap<number, readonly NamedPartition[]> {
  const led = new Map<number, NamedPartition[]>()
  for (const name of partitions) {
    const registration = image.topics.byName.get(name.topic)?.partitions[name.partition]
    const key = partitionKey(name.topic, name.partition)
    if (registration === undefined) found.set(key, UNKNOWN)
    else if (registration.leader === NO_LEADER) found.set(key, LEADERLESS)
    else led.set(registration.leader, [...(led.get(registration.leader) ?? []), name])
  }
  return led
}

const nothing = (errorCode: ErrorCode): FoundOffset => ({
  ...{ errorCode, offset: -1, timestamp: -1, leaderEpoch: -1 },
})
/** There is none, as this node knows: said at once, although it may be retriable in Kafka. */
const UNKNOWN = nothing(errors.UNKNOWN_TOPIC_OR_PARTITION)
const LEADERLESS = nothing(errors.LEADER_NOT_AVAILABLE)

async function askLeader(
  node: Asking,
  leader: number,
  { partitions, timestamp }: OffsetQuestion,
  limits: CallOptions,
): Promise<Found> {
  const cluster = node.brokers()
  const byTopic = new Map<string, { partitionIndex: number; timestamp: number }[]>()
  for (const { topic, partition: partitionIndex } of partitions) {
    const named = byTopic.get(topic) ?? []
    byTopic.set(topic, named)
    named.push({ partitionIndex, timestamp })
  }
  const topics = Array.from(byTopic, ([name, named]) => ({ name, partitions: named }))
  const question = { replicaId: -1, isolationLevel: 0, topics }
  try {
    const answer = await askBroker(cluster.clock, limits, () =>
      cluster.call(leader, listOffsets, question),
    )
    return new Map(
      answer.topics.flatMap(({ name, partitions: answered }) =>
        answered.map(({ partitionIndex, ...found }) => [partitionKey(name, partitionIndex), found]),
      ),
    )
  } catch (thrown) {
    if (!isLograftError(thrown)) throw thrown
    const unreachable = nothing(errors.LEADER_NOT_AVAILABLE)
    return new Map(
      partitions.map(({ topic, partition }) => [partitionKey(topic, partition), unreachable]),
    )
  }
}

/**
 * The topic a load goes to: made when it does not exist, where its partitions are led, where they
 * begin and end. Nothing of it is on the clock.
 */
import { BrokerError } from '../../client/errors.ts'
import { Admin } from '../../client/admin.ts'
import type { Cluster } from '../../client/cluster.ts'
import { EARLIEST, LATEST, findOffsets } from '../../client/offsets.ts'
import { retrying } from '../../client/retry.ts'
import { errors } from '../../wire/errors.ts'
import type { Place } from './requests.ts'

const ASK_TIMEOUT_MS = 30_000
const NO_CONFIGS: ReadonlyMap<string, string> = new Map()

const adminOf = (cluster: Cluster) => new Admin(cluster, { timeoutMs: ASK_TIMEOUT_MS })

/** Makes a topic; one that is there already is taken as it is. */
export async function ensureTopic(
  cluster: Cluster,
  topic: { name: string; partitions: number; replicationFactor: number },
): Promise<void> {
  try {
    await adminOf(cluster).createTopic({ ...topic, configs: NO_CONFIGS })
  } catch (thrown) {
    const isThere =
      thrown instanceof BrokerError && thrown.errorCode === errors.TOPIC_ALREADY_EXISTS
    if (!isThere) throw thrown
  }
}

/** `once`: of a broker that may be gone, which is not waited for. */
export function deleteTopic(
  cluster: Cluster,
  name: string,
  how: 'once' | 'patiently',
): Promise<void> {
  const timeoutMs = how === 'once' ? 0 : ASK_TIMEOUT_MS
  return new Admin(cluster, { timeoutMs }).deleteTopic(name)
}

/** Where each partition of a topic is led, in their order; a new topic soon has leaders. */
export function placesOf(cluster: Cluster, name: string): Promise<readonly Place[]> {
  const { clock, random } = cluster
  return retrying(
    async () => {
      const { brokers, topics } = await cluster.metadata([name])
      const topic = topics[0]
      if (topic?.errorCode !== errors.NONE)
        throw new BrokerError(topic?.errorCode ?? errors.UNKNOWN_SERVER_ERROR, `topic ${name}`)
      const addresses = new Map(brokers.map(({ nodeId, host, port }) => [nodeId, { host, port }]))
      return topic.partitions
        .toSorted((one, other) => one.partitionIndex - other.partitionIndex)
        .map(({ partitionIndex: partition, leaderId }) => {
          const address = addresses.get(leaderId)
          if (address) return { address, topic: name, partition }
          throw new BrokerError(errors.LEADER_NOT_AVAILABLE, `partition ${partition} of ${name}`)
        })
    },
    { clock, random, timeoutMs: ASK_TIMEOUT_MS },
  )
}

/** The first and the next offset of every partition of a topic. */
export async function offsetsOf(
  cluster: Cluster,
  places: readonly Place[],
): Promise<(place: Place) => { readonly earliest: number; readonly latest: number }> {
  const query = {
    topic: places[0]?.topic ?? '',
    partitions: places.map(({ partition }) => partition),
    timeoutMs: ASK_TIMEOUT_MS,
  }
  const earliest = await findOffsets(cluster, { ...query, timestamp: EARLIEST })
  const latest = await findOffsets(cluster, { ...query, timestamp: LATEST })
  return ({ partition }) => ({
    earliest: earliest.get(partition) ?? 0,
    latest: latest.get(partition) ?? 0,
  })
}

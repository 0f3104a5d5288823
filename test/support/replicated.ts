/**
 * What tests ask of a replicated partition, whoever leads it: who that is by now, and what is in
 * it. Brokers are asked on connections of their own, again and again; one that does not answer, or
 * is behind, is asked no more than the others.
 */
import assert from 'node:assert'
import type { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import { errors } from '../../src/wire/errors.ts'
import { createTopic, produceBatch, type NewTopic, type Production } from './calls.ts'
import { Client, type Address } from './client.ts'
import { eventually, within } from './within.ts'

const WAIT_MS = 60_000
const ANSWER_WITHIN_MS = 2_000

export interface PartitionState {
  readonly leader: number
  readonly leaderEpoch: number
  readonly isr: readonly number[]
  readonly replicas: readonly number[]
}

/** Where the brokers are that are to be asked, by id. */
export type Addresses = () => ReadonlyMap<number, Address>

/** Those of a cluster of processes that run, and can be heard. */
export function addressesOf(cluster: ProcessCluster): Addresses {
  return () => {
    const awake = cluster.runningIds.filter((id) => !cluster.isPaused(id))
    const ready = awake.filter((id) => cluster.node(id).isReady)
    return new Map(ready.map((id) => [id, cluster.node(id).address]))
  }
}

/** Asks one broker on a connection of its own. */
export async function asking<Result>(
  address: Address,
  ask: (client: Client) => Promise<Result>,
): Promise<Result> {
  await using client = await Client.connect(address)
  return await ask(client)
}

/** A partition as one broker tells it; null when it does not know it, or does not answer. */
export async function stateAt(
  address: Address,
  topic: string,
  partition = 0,
): Promise<PartitionState | null> {
  try {
    const told = await within(
      ANSWER_WITHIN_MS,
      'metadata',
      asking(address, (client) =>
        client.request(metadata, 9, {
          topics: [{ name: topic }],
          allowAutoTopicCreation: false,
          includeClusterAuthorizedOperations: false,
          includeTopicAuthorizedOperations: false,
        }),
      ),
    )
    const partitions = told.topics[0]?.partitions ?? []
    const found = partitions.find(({ partitionIndex }) => partitionIndex === partition)
    if (found === undefined) return null
    const { leaderId: leader, leaderEpoch, isrNodes: isr, replicaNodes: replicas } = found
    return { leader, leaderEpoch, isr, replicas }
  } catch {
    return null
  }
}

/** As soon as every broker that can be asked tells the same, and it is as `isWanted` says. */
export function stateWhen(
  addresses: Addresses,
  { topic, partition = 0 }: { readonly topic: string; readonly partition?: number },
  isWanted: (state: PartitionState) => boolean,
): Promise<PartitionState> {
  let last: readonly (PartitionState | null)[] = []
  const found = eventually(WAIT_MS, `a state of ${topic}-${partition}`, async () => {
    const asked = [...addresses().values()]
    last = await Promise.all(asked.map((address) => stateAt(address, topic, partition)))
    const [first] = last
    if (!first || !isWanted(first)) return false
    return last.every((state) => JSON.stringify(state) === JSON.stringify(first)) && first
  })
  return found.catch((thrown: unknown) => {
    throw new Error(`${topic}-${partition} is not as wanted, but ${JSON.stringify(last)}`, {
      cause: thrown,
    })
  })
}

/** All replicas are in sync, and one of them leads. */
export const isWhole = ({ leader, isr, replicas }: PartitionState) =>
  leader >= 0 && isr.length === replicas.length

/** Creates a topic of three replicas, and waits until all are in sync. */
export async function createReplicated(
  addresses: Addresses,
  topic: string,
  { partitions = 1, replicationFactor = 3, configs = {} }: NewTopic = {},
): Promise<PartitionState> {
  const [address] = addresses().values()
  assert(address, 'a broker runs')
  await asking(address, (client) =>
    createTopic(client, topic, { partitions, replicationFactor, configs }),
  )
  return await stateWhen(addresses, { topic }, isWhole)
}

/** Errors after which a producer asks again, elsewhere: the leader is another one by now. */
const ELSEWHERE: readonly number[] = [
  errors.NOT_LEADER_OR_FOLLOWER,
  errors.LEADER_NOT_AVAILABLE,
  errors.NOT_ENOUGH_REPLICAS,
  errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  errors.REQUEST_TIMED_OUT,
  errors.KAFKA_STORAGE_ERROR,
  errors.UNKNOWN_TOPIC_OR_PARTITION,
]

/** Ids that no broker of a test comes to give away. */
let lastProducerId = 1_000_000

/** A record of a producer of its own: whoever asks again with it does not double it. */
export function onceBatch(value: string): Uint8Array {
  lastProducerId += 1
  const producer = { producerId: lastProducerId, producerEpoch: 0, baseSequence: 0 }
  return buildBatch({ records: [{ value: new TextEncoder().encode(value) }], ...producer })
}

/** Produces as a client does: to whoever leads by now, again and again until it is acknowledged. */
export function produceUntilAcknowledged(addresses: Addresses, production: Production) {
  const { topic, partition = 0 } = production
  return eventually(WAIT_MS, `an acknowledgement in ${topic}-${partition}`, async () => {
    for (const address of addresses().values()) {
      const leader = (await stateAt(address, topic, partition))?.leader
      const to = leader === undefined ? undefined : addresses().get(leader)
      if (to === undefined) continue
      try {
        const answer = await within(
          WAIT_MS,
          'an answer to a produce',
          asking(to, (client) => produceBatch(client, { timeoutMs: 5_000, ...production })),
        )
        if (answer.errorCode === errors.NONE) return answer
        assert(ELSEWHERE.includes(answer.errorCode), `produce: error ${answer.errorCode}`)
      } catch (thrown) {
        if (thrown instanceof assert.AssertionError) throw thrown
      }
      return false
    }
    return false
  })
}

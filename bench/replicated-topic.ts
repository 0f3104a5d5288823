/** A topic of one partition on several brokers, and the side of a comparison that its leader is. */
import type { ProcessNode } from '../src/chaos/cluster/process-node.ts'
import { createTopic, deleteTopic, topicMetadata } from '../test/support/calls.ts'
import { Client } from '../test/support/client.ts'
import { eventually } from '../test/support/within.ts'
import type { Cluster } from './cluster.ts'
import type { Side } from './side.ts'

const IN_SYNC_WITHIN_MS = 30_000

/** A topic is known to one node before it is to another. */
async function untilServed({ address }: ProcessNode, name: string): Promise<void> {
  await using client = await Client.connect(address)
  await eventually(IN_SYNC_WITHIN_MS, 'its leader to serve it', async () => {
    const { errorCode, partitions } = await topicMetadata(client, name)
    return errorCode === 0 && partitions.length > 0
  })
}

/** There for the length of `action`; begins when all of its replicas are in sync. */
export async function withReplicatedTopic<Value>(
  cluster: Cluster,
  { name, replicas = cluster.nodes.length }: { readonly name: string; readonly replicas?: number },
  action: (side: Side) => Promise<Value>,
): Promise<Value> {
  await using client = await Client.connect(cluster.node(1).address)
  await createTopic(client, name, { replicationFactor: replicas })
  try {
    const leaderId = await eventually(IN_SYNC_WITHIN_MS, 'replicas in sync', async () => {
      const [partition] = (await topicMetadata(client, name)).partitions
      return partition?.isrNodes.length === replicas && partition.leaderId
    })
    await untilServed(cluster.node(leaderId), name)
    const leader = cluster.node(leaderId)
    const others = cluster.nodes.filter((node) => node !== leader)
    const pids = [leader, ...others].map(({ pid }) => pid)
    return await action({ name: 'lograft', address: leader.address, pids })
  } finally {
    await deleteTopic(client, name)
  }
}

// What the compiler must know of the package, and what it must refuse.
import { startCluster, type Broker, type Cluster, type StartClusterOptions } from 'lograft'

export const options: StartClusterOptions = {
  brokers: 3,
  topics: { orders: 6, payments: { partitions: 1, config: { 'retention.ms': 60_000 } } },
}

export async function demo(): Promise<readonly number[]> {
  await using cluster = await startCluster(options)
  const leader: Broker = await cluster.leaderOf('orders', 0)
  await leader.kill()
  return await cluster.isr('orders', 0, 2, { timeoutMs: 5_000 })
}

export function stopped(cluster: Cluster): Promise<void> {
  // @ts-expect-error there is no such option
  void startCluster({ broker: 3 })
  return cluster.stop()
}

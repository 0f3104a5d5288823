/**
 * The package `lograft` for programs: a whole replicated cluster for tests and for development, in
 * the process that asks for it. What it takes and gives is in `embed/api.ts`.
 */
import type { Cluster, StartClusterOptions } from './embed/api.ts'

export type {
  Broker,
  BrokerRef,
  Cluster,
  Logger,
  LogLevel,
  RequestFault,
  Setting,
  StartClusterOptions,
  TopicOptions,
  UndoFault,
  WaitOptions,
} from './embed/api.ts'

/**
 * Starts a cluster on this machine and resolves when it can be used: all brokers are in service,
 * and the topics are there with leaders and all their replicas in sync.
 *
 * ```ts
 * await using cluster = await startCluster({ brokers: 3, topics: { orders: 6 } })
 * const kafka = new Kafka({ brokers: cluster.bootstrapServers })
 * const leader = await cluster.leaderOf('orders', 0)
 * await leader.kill()
 * const next = await cluster.leaderOf('orders', 0)
 * ```
 *
 * It listens on loopback, on ports that are free. Like a server it keeps the process alive until it
 * is stopped; it installs no signal handlers.
 */
export async function startCluster(options: StartClusterOptions = {}): Promise<Cluster> {
  const { start } = await import('./embed/start-cluster.ts')
  return start(options)
}

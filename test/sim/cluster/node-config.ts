/** How the nodes of a simulated cluster are configured: as in production, with shorter times. */
import { loadNodeConfig } from '../../../src/config/load.ts'
import type { NodeConfig } from '../../../src/config/node-options.ts'
import type { ClusterSwarm } from './swarm.ts'
import { hostOf } from './wires.ts'

export const DATA_DIRECTORY = '/data'
/** What the cluster is founded with. */
export const MIN_ISR = 2
export const PORT = 9_092

export interface Timing {
  readonly sessionMs: number
  readonly heartbeatMs: number
  readonly lagMs: number
  readonly fetchWaitMs: number
  readonly highWatermarkCheckpointMs: number
  readonly flushCheckpointMs: number
}

export function nodeConfig(
  node: number,
  { nodes, timing, nodeFlags = [], nodeOverrides }: ClusterSwarm,
): NodeConfig {
  const voters = Array.from({ length: nodes }, (_, at) => `${at + 1}@${hostOf(at)}:1`)
  const config = loadNodeConfig({
    flags: [
      `node.id=${node + 1}`,
      'process.roles=broker,controller',
      `listeners=PLAINTEXT://${hostOf(node)}:${PORT}`,
      `controller.quorum.voters=${voters.join(',')}`,
      `log.dirs=${DATA_DIRECTORY}`,
      // Of the file; what the cluster was founded with counts (S12).
      'min.insync.replicas=1',
      'unclean.recovery.timeout.ms=1500',
      `broker.session.timeout.ms=${timing.sessionMs}`,
      `broker.heartbeat.interval.ms=${timing.heartbeatMs}`,
      `replica.lag.time.max.ms=${timing.lagMs}`,
      `replica.fetch.wait.max.ms=${timing.fetchWaitMs}`,
      `replica.high.watermark.checkpoint.interval.ms=${timing.highWatermarkCheckpointMs}`,
      `log.flush.offset.checkpoint.interval.ms=${timing.flushCheckpointMs}`,
      ...nodeFlags,
    ],
  })
  return { ...config, ...nodeOverrides }
}

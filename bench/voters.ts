/** A metadata quorum of some voters that count their fsyncs, and the count. */
import { fileURLToPath } from 'node:url'
import type { ProcessNode } from '../src/chaos/cluster/process-node.ts'
import { askProbe } from './ask-probe.ts'
import { Cluster } from './cluster.ts'
import type { Rig } from './rig.ts'

const COUNTER = fileURLToPath(new URL('sync-counter.ts', import.meta.url))

/** Resolves when they have founded the quorum and all of them serve. */
export const startVoters = (rig: Rig, nodes: number): Promise<Cluster> =>
  Cluster.start(rig, { nodes, nodeArguments: ['--import', 'tsx', '--import', COUNTER] })

/** How many fsyncs a node has waited for since it started. */
export async function syncsOf(node: ProcessNode): Promise<number> {
  return (await askProbe<{ readonly syncs: number }>(node)).syncs
}

/**
 * The nodes of a run as their clients find them: each by the gRPC port that its present process
 * has, from the moment it listens, ready or not. Three controllers that are brokers too, and a
 * fourth node that is only a broker and never dies.
 */
import { asNodeId, type NodeId } from '../../src/base/ids.ts'
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import type { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import type { HostPort } from '../../src/config/addresses.ts'
import { AdminClient } from '../../test/support/admin-client.ts'

export const CONTROLLERS = [1, 2, 3].map(asNodeId)
const BROKER = asNodeId(4)
export const NODES = [...CONTROLLERS, BROKER]

interface Door {
  readonly address: HostPort
  readonly client: AdminClient
}

export interface NodesOptions {
  readonly directory: string
  readonly electionTimeoutMs: number
  readonly set: Readonly<Record<string, string>>
}

export class AdminNodes implements AsyncDisposable {
  readonly #cluster: ProcessCluster
  readonly #doors = new Map<NodeId, Door>()
  /** Processes that were killed here. */
  readonly #killed = new WeakSet<ProcessNode>()
  /** The one that was started last. */
  newest: NodeId = BROKER

  private constructor(cluster: ProcessCluster) {
    this.#cluster = cluster
  }

  /** All four, ready. */
  static async start({ directory, electionTimeoutMs, set }: NodesOptions): Promise<AdminNodes> {
    const cluster = await ProcessCluster.open({
      ...{ directory, voters: CONTROLLERS.length, spares: 1 },
      set: {
        'controller.quorum.election.timeout.ms': electionTimeoutMs,
        'log.segment.delete.delay.ms': 100,
        // Small enough that whoever was away for a while needs a snapshot.
        'metadata.log.max.record.bytes.between.snapshots': 20_000,
        ...set,
      },
    })
    const nodes = new AdminNodes(cluster)
    try {
      await cluster.startAll(CONTROLLERS)
      await cluster.join(BROKER)
      for (const nodeId of NODES) await nodes.#open(nodeId)
      return nodes
    } catch (thrown) {
      await nodes[Symbol.asyncDispose]()
      throw thrown
    }
  }

  isRunning(nodeId: NodeId): boolean {
    return this.#cluster.isRunning(nodeId)
  }

  /** Where its present process listens; null when there is none, or it does not listen yet. */
  door(nodeId: NodeId): Door | null {
    return this.isRunning(nodeId) ? (this.#doors.get(nodeId) ?? null) : null
  }

  /** Of a node that listens. */
  client(nodeId: NodeId): AdminClient {
    const door = this.door(nodeId)
    if (door === null) throw new Error(`node ${nodeId} listens`)
    return door.client
  }

  /** Those that can be asked. */
  get open(): readonly NodeId[] {
    return NODES.filter((nodeId) => this.door(nodeId) !== null)
  }

  /** SIGKILL. */
  async kill(nodeId: NodeId): Promise<void> {
    this.#killed.add(this.#cluster.node(nodeId))
    await this.#cluster.kill(nodeId)
  }

  /** A new process on the directory of one that was killed; resolves when it serves. */
  async restart(nodeId: NodeId): Promise<void> {
    const process = this.#cluster.spawn(nodeId)
    try {
      await this.#open(nodeId)
      this.newest = nodeId
      await this.#cluster.ready(nodeId)
    } catch (thrown) {
      // It may lead, and be killed for that, before it serves.
      if (!this.#killed.has(process)) throw thrown
    }
  }

  /** SIGTERM to all; how those ended that did not end in good order. */
  async stop(): Promise<readonly string[]> {
    const exits = await Promise.all(
      this.#cluster.runningIds.map(async (nodeId) => ({
        nodeId,
        ...(await this.#cluster.stop(nodeId)),
      })),
    )
    return exits.flatMap(({ nodeId, code, signal }) =>
      code === 0 ? [] : [`node ${nodeId} ended with ${code ?? signal} when stopped`],
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { client } of this.#doors.values()) client.close()
    await this.#cluster[Symbol.asyncDispose]()
  }

  async #open(nodeId: NodeId): Promise<void> {
    const address = await this.#cluster.node(nodeId).grpc
    this.#doors.get(nodeId)?.client.close()
    const client = new AdminClient(`${address.host}:${address.port}`)
    this.#doors.set(nodeId, { address, client })
  }
}

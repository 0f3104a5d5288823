/**
 * A metadata quorum of some voters, each a process as its users run it, plus a count of its fsyncs.
 * They reach each other directly, on loopback. Owns the processes and the ports held for them.
 */
import { fileURLToPath } from 'node:url'
import { HeldPort } from '../chaos/held-port.ts'
import { describeCluster } from '../src/wire/apis/60-describe-cluster.ts'
import { Client } from '../test/support/client.ts'
import type { ProcessNode } from '../test/support/process-node.ts'
import { eventually } from '../test/support/within.ts'
import { askProbe } from './ask-probe.ts'
import type { Rig } from './rig.ts'

const COUNTER = fileURLToPath(new URL('sync-counter.ts', import.meta.url))
const LEADER_WITHIN_MS = 30_000

export class Voters implements AsyncDisposable {
  readonly #ports: readonly HeldPort[]
  readonly #directories: readonly string[]
  readonly #nodes: readonly ProcessNode[]

  private constructor(
    ports: readonly HeldPort[],
    directories: readonly string[],
    nodes: readonly ProcessNode[],
  ) {
    this.#ports = ports
    this.#directories = directories
    this.#nodes = nodes
  }

  /** Resolves when they have founded the quorum and all of them serve. */
  static async start(rig: Rig, count: number): Promise<Voters> {
    const ports: HeldPort[] = []
    while (ports.length < count) ports.push(await HeldPort.take())
    const voters = ports.map(({ port }, index) => `${index + 1}@127.0.0.1:${port}`).join()
    const directories = ports.map(() => rig.freshDirectory())
    const nodes = await Promise.all(
      ports.map(({ port }, index) =>
        rig.startBroker({
          directory: directories[index] as string,
          nodeArguments: ['--import', 'tsx', '--import', COUNTER],
          set: {
            'node.id': index + 1,
            'grpc.listener': `127.0.0.1:${port}`,
            'controller.quorum.voters': voters,
          },
        }),
      ),
    )
    return new Voters(ports, directories, nodes)
  }

  /** Who leads, and where it keeps its data. */
  async leader(): Promise<{ readonly node: ProcessNode; readonly directory: string }> {
    const [first] = this.#nodes
    if (!first) throw new Error('nobody votes')
    await using client = await Client.connect(first.address)
    const request = { includeClusterAuthorizedOperations: false, endpointType: 1 }
    const id = await eventually(LEADER_WITHIN_MS, 'an active controller', async () => {
      const { controllerId } = await client.request(describeCluster, 1, request)
      return controllerId > 0 && controllerId
    })
    const [node, directory] = [this.#nodes[id - 1], this.#directories[id - 1]]
    if (!node || directory === undefined) throw new Error(`node ${id} is not one of the voters`)
    return { node, directory }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node[Symbol.asyncDispose]()))
    await Promise.all(this.#ports.map((port) => port[Symbol.asyncDispose]()))
  }
}

/** How many fsyncs a node has waited for since it started. */
export async function syncsOf(node: ProcessNode): Promise<number> {
  return (await askProbe<{ readonly syncs: number }>(node)).syncs
}

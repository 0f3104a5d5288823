/**
 * Some nodes that found a cluster together, each a controller and a broker in a process of its own,
 * as its users run it. They reach each other directly, on loopback. Owns the processes and the
 * ports held for them.
 */
import assert from 'node:assert'
import type { ProcessNode, ProcessNodeOptions } from '../src/chaos/cluster/process-node.ts'
import { HeldPort } from '../src/host/held-port.ts'
import { describeCluster } from '../src/wire/apis/60-describe-cluster.ts'
import { Client } from '../test/support/client.ts'
import { eventually } from '../test/support/within.ts'
import type { Rig } from './rig.ts'

const LEADER_WITHIN_MS = 30_000
const LAST_LINES = 10

export interface ClusterOptions extends Pick<ProcessNodeOptions, 'nodeArguments' | 'set'> {
  readonly nodes: number
}

interface Member {
  readonly port: HeldPort
  readonly directory: string
  node: ProcessNode
}

export class Cluster implements AsyncDisposable {
  readonly #members: Member[]
  readonly #start: (index: number) => Promise<ProcessNode>

  private constructor(members: Member[], start: (index: number) => Promise<ProcessNode>) {
    this.#members = members
    this.#start = start
  }

  /** Resolves when they have founded the quorum and all of them serve. */
  static async start(rig: Rig, { nodes, nodeArguments, set }: ClusterOptions): Promise<Cluster> {
    const ports: HeldPort[] = []
    while (ports.length < nodes) ports.push(await HeldPort.take())
    const voters = ports.map(({ port }, index) => `${index + 1}@127.0.0.1:${port}`).join()
    const directories = ports.map(() => rig.freshDirectory())
    const start = (index: number) =>
      rig.startBroker({
        directory: directories[index] as string,
        ...(nodeArguments && { nodeArguments }),
        set: {
          'node.id': index + 1,
          'grpc.listener': `127.0.0.1:${ports[index]?.port}`,
          'controller.quorum.voters': voters,
          ...set,
        },
      })
    const started = await Promise.all(ports.map((_, index) => start(index)))
    const members = started.map((node, index): Member => ({
      ...{ node, directory: directories[index] as string, port: ports[index] as HeldPort },
    }))
    return new Cluster(members, start)
  }

  /** Starts one more node that is a broker and no controller; resolves when it serves. */
  async grow(rig: Rig): Promise<ProcessNode> {
    const id = this.#members.length + 1
    const port = await HeldPort.take()
    const directory = rig.freshDirectory()
    const node = await rig.startBroker({
      directory,
      set: {
        ...{ 'node.id': id, 'process.roles': 'broker' },
        'grpc.listener': `127.0.0.1:${port.port}`,
        'controller.quorum.bootstrap.servers': this.#members
          .map((member) => `127.0.0.1:${member.port.port}`)
          .join(),
      },
    })
    this.#members.push({ port, directory, node })
    return node
  }

  /** Their processes, by ascending node id from 1 on. */
  get nodes(): readonly ProcessNode[] {
    return this.#members.map(({ node }) => node)
  }

  node(id: number): ProcessNode {
    return this.#member(id).node
  }

  directoryOf(id: number): string {
    return this.#member(id).directory
  }

  /** Starts a node again that has ended; resolves when it serves. */
  async startAgain(id: number): Promise<ProcessNode> {
    const member = this.#member(id)
    assert(!member.node.isRunning, `node ${id} does not run`)
    return (member.node = await this.#start(id - 1))
  }

  /** The node that is the active controller. */
  async activeController(): Promise<number> {
    const running = this.nodes.find((node) => node.isRunning)
    assert(running, 'a node that can be asked')
    await using client = await Client.connect(running.address)
    const request = { includeClusterAuthorizedOperations: false, endpointType: 1 }
    return await eventually(LEADER_WITHIN_MS, 'an active controller', async () => {
      const { controllerId } = await client.request(describeCluster, 1, request)
      return controllerId > 0 && controllerId
    })
  }

  /** What each node said last, and whether it still runs: for whoever has to tell of a failure. */
  lastWords(): string {
    return this.nodes
      .map(({ isRunning, output }, index) => {
        const lines = output.trimEnd().split('\n').slice(-LAST_LINES)
        return [`node ${index + 1} ${isRunning ? 'runs' : 'has ended'}; it said:`, ...lines]
      })
      .flat()
      .join('\n  ')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#members.map(({ node }) => node[Symbol.asyncDispose]()))
    await Promise.all(this.#members.map(({ port }) => port[Symbol.asyncDispose]()))
  }

  #member(id: number): Member {
    const member = this.#members[id - 1]
    assert(member, `node ${id} is one of the cluster`)
    return member
  }
}

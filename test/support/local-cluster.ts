/**
 * A cluster of real nodes inside the test's own process, each on a directory and a disk that the
 * test may fill, or make slow. Ports stay the same over restarts. What is told and asked is as in
 * production.
 */
import { DiskError, type Disk, type DiskFile } from '../../src/base/disk.ts'
import { silentLogger } from '../../src/base/log.ts'
import { readNodeConfig } from '../../src/config/load.ts'
import { HeldPort } from '../../src/host/held-port.ts'
import { thisMachine } from '../../src/node/machine.ts'
import { startNode, type RunningNode } from '../../src/node/node.ts'
import type { Address } from './client.ts'
import { kafkaAddressOf } from './local-node.ts'
import type { Addresses } from './replicated.ts'
import { tempDir, type TempDir } from './temp-dir.ts'

export interface LocalClusterOptions {
  readonly set?: Readonly<Record<string, string | number | boolean>>
}

interface Member {
  readonly nodeId: number
  readonly directory: string
  readonly grpc: HeldPort
  /** Writes into a file whose path contains this are refused for want of space. */
  fullFor: string | null
  /** An fsync of a file whose path contains this does not end before `held` does. */
  heldFor: string | null
  held: Promise<void>
  syncs: number
  node: RunningNode | null
}

export class LocalCluster implements AsyncDisposable {
  readonly #directory: TempDir
  readonly #options: LocalClusterOptions
  readonly #members = new Map<number, Member>()

  private constructor(directory: TempDir, options: LocalClusterOptions) {
    this.#directory = directory
    this.#options = options
  }

  /** Three nodes, in service. */
  static async start(options: LocalClusterOptions = {}): Promise<LocalCluster> {
    const cluster = new LocalCluster(await tempDir('cluster'), options)
    for (const nodeId of [1, 2, 3])
      cluster.#members.set(nodeId, {
        ...{ nodeId, directory: `${cluster.#directory.path}/${nodeId}` },
        ...{ fullFor: null, heldFor: null, held: Promise.resolve(), syncs: 0 },
        ...{ grpc: await HeldPort.take(), node: null },
      })
    try {
      await Promise.all([1, 2, 3].map((nodeId) => cluster.start(nodeId)))
      return cluster
    } catch (thrown) {
      await cluster[Symbol.asyncDispose]()
      throw thrown
    }
  }

  /** Where those that run are reached. */
  readonly addresses: Addresses = () =>
    new Map(
      [...this.#members.values()].flatMap(({ nodeId, node }): [number, Address][] =>
        node === null ? [] : [[nodeId, kafkaAddressOf(node)]],
      ),
    )

  /** Where metrics and health of a node are: `http://127.0.0.1:…`. */
  httpOf(nodeId: number): string {
    const address = this.#member(nodeId).node?.httpAddress
    if (!address) throw new Error(`node ${nodeId} is stopped, or has no HTTP port`)
    return `http://${address.host}:${address.port}`
  }

  /** `log.dirs` of a node. */
  directoryOf(nodeId: number): string {
    return this.#member(nodeId).directory
  }

  /** From now on the node has no space for files of these names. */
  fill(nodeId: number, files: string): void {
    this.#member(nodeId).fullFor = files
  }

  empty(nodeId: number): void {
    this.#member(nodeId).fullFor = null
  }

  /** From now on no fsync of these files ends, until what is returned is called. */
  holdSyncs(nodeId: number, files: string): () => void {
    const member = this.#member(nodeId)
    let release: () => void = () => {}
    member.held = new Promise((resolve) => (release = resolve))
    member.heldFor = files
    member.syncs = 0
    return () => {
      member.heldFor = null
      release()
    }
  }

  /** Fsyncs of those files that began since they are held. */
  syncsOf(nodeId: number): number {
    return this.#member(nodeId).syncs
  }

  async start(nodeId: number): Promise<void> {
    const member = this.#member(nodeId)
    const voters = [...this.#members.values()].map((of) => `${of.nodeId}@127.0.0.1:${of.grpc.port}`)
    const settings = {
      'node.id': nodeId,
      'process.roles': 'broker,controller',
      'controller.quorum.voters': voters.join(),
      'log.dirs': member.directory,
      listeners: 'PLAINTEXT://127.0.0.1:0',
      'grpc.listener': `127.0.0.1:${member.grpc.port}`,
      'http.listener': '127.0.0.1:0',
      ...this.#options.set,
    }
    const flags = Object.entries(settings).map(([key, value]) => `${key}=${value}`)
    const host = { ...thisMachine, disk: finiteDisk(member) }
    member.node = await startNode(readNodeConfig({ flags }).config, { logger: silentLogger, host })
  }

  async stop(nodeId: number): Promise<void> {
    const member = this.#member(nodeId)
    const { node } = member
    member.node = null
    await node?.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#members.keys()].map((nodeId) => this.stop(nodeId)))
    for (const { grpc } of this.#members.values()) await grpc[Symbol.asyncDispose]()
    await this.#directory[Symbol.asyncDispose]()
  }

  #member(nodeId: number): Member {
    const member = this.#members.get(nodeId)
    if (!member) throw new Error(`there is no node ${nodeId}`)
    return member
  }
}

function finiteDisk(member: Member): Disk {
  const real = thisMachine.disk
  const refuse = (path: string) => {
    if (member.fullFor !== null && path.includes(member.fullFor))
      throw new DiskError('DISK_FULL', `${path}: planted`)
  }
  const finite = (file: DiskFile): DiskFile => ({
    path: file.path,
    sizeBytes: () => file.sizeBytes(),
    readAt: (target, bytePosition) => file.readAt(target, bytePosition),
    writeAt(chunks, bytePosition) {
      refuse(file.path)
      return file.writeAt(chunks, bytePosition)
    },
    truncate: (sizeBytes) => file.truncate(sizeBytes),
    async sync() {
      if (member.heldFor !== null && file.path.includes(member.heldFor)) {
        member.syncs += 1
        await member.held
      }
      await file.sync()
    },
    syncNow: () => file.syncNow(),
    close: () => file.close(),
  })
  return { ...real, open: (path, mode) => finite(real.open(path, mode)) }
}

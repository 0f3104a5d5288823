/**
 * A real node inside the test's own process, on a real socket and a real directory: as a process
 * of its own, but quicker to start, and a failure in it fails the test. Restartable on its data.
 */
import { FREE_PORTS } from '../../src/chaos/cluster/process-node.ts'
import { readNodeConfig } from '../../src/config/load.ts'
import { silentLogger, type Logger } from '../../src/base/log.ts'
import { startNode } from '../../src/node/node.ts'
import { Client, type Address } from './client.ts'
import { tempDir, type TempDir } from './temp-dir.ts'

export interface LocalNodeOptions {
  /** Kafka's property names. */
  readonly set?: Readonly<Record<string, string | number | boolean>>
  readonly logger?: Logger
  /** The node is told which options were set, as the command does. */
  readonly named?: boolean
}

type StartedNode = Awaited<ReturnType<typeof startNode>>

export class LocalNode implements AsyncDisposable {
  readonly #directory: TempDir
  readonly #options: LocalNodeOptions
  readonly #clients: Client[] = []
  #node: StartedNode | null = null

  private constructor(directory: TempDir, options: LocalNodeOptions) {
    this.#directory = directory
    this.#options = options
  }

  /** Starts a node in a new directory, which goes when the node is disposed of. */
  static async start(options: LocalNodeOptions = {}): Promise<LocalNode> {
    const node = new LocalNode(await tempDir(), options)
    try {
      await node.startAgain()
    } catch (thrown) {
      await node[Symbol.asyncDispose]()
      throw thrown
    }
    return node
  }

  get address(): Address {
    if (!this.#node) throw new Error('the node is stopped')
    return kafkaAddressOf(this.#node)
  }

  /** Where other nodes and the administration connect. */
  get grpc(): Address {
    if (!this.#node) throw new Error('the node is stopped')
    return this.#node.grpcAddress
  }

  /** Where metrics and health are: `http://127.0.0.1:…`. */
  get http(): string {
    const address = this.#node?.httpAddress
    if (!address) throw new Error('the node is stopped, or has no HTTP port')
    return `http://${address.host}:${address.port}`
  }

  /** `log.dirs`. */
  get directory(): string {
    return this.#directory.path
  }

  /** Starts it on the data that is there, perhaps with other settings. */
  async startAgain(set: LocalNodeOptions['set'] = {}): Promise<void> {
    const settings = {
      ...FREE_PORTS,
      'log.dirs': this.directory,
      ...this.#options.set,
      ...set,
    }
    const flags = Object.entries(settings).map(([key, value]) => `${key}=${value}`)
    const logger = this.#options.logger ?? silentLogger
    const { config, origins } = readNodeConfig({ flags })
    const named = new Set(this.#options.named === true ? origins.keys() : [])
    this.#node = await startNode(config, { logger, named })
  }

  /** Stops it cleanly; its data stays. */
  async stop(): Promise<void> {
    const node = this.#node
    this.#node = null
    await node?.stop()
  }

  async restart(set: LocalNodeOptions['set'] = {}): Promise<void> {
    await this.stop()
    await this.startAgain(set)
  }

  /** A new connection, closed when the node is disposed of. */
  async connect(clientId = 'test'): Promise<Client> {
    const client = await Client.connect(this.address, { clientId })
    this.#clients.push(client)
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) await client.close()
    await this.stop()
    await this.#directory[Symbol.asyncDispose]()
  }
}

/** Of a node that is a broker. */
export function kafkaAddressOf({ kafkaAddress }: Pick<StartedNode, 'kafkaAddress'>): Address {
  if (kafkaAddress === null) throw new Error('the node is no broker')
  return kafkaAddress
}

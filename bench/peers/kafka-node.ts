/**
 * One node of Apache Kafka, broker and controller in one (KRaft), on free loopback ports, with its
 * data in a directory of the caller's. Formatted and started as its own scripts do it, with their
 * heap of 1 GB and their collector.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import type { Address } from '../../test/support/client.ts'
import { Client } from '../../test/support/client.ts'
import { eventually, within } from '../../test/support/within.ts'

const START_MS = 60_000
const STOP_MS = 30_000
const JVM = ['-Xms1G', '-Xmx1G', '-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20', '-server']

export class KafkaNode implements AsyncDisposable {
  readonly address: Address
  readonly #child: ChildProcess
  readonly #exited: Promise<void>

  private constructor(child: ChildProcess, address: Address) {
    this.#child = child
    this.address = address
    this.#exited = new Promise((resolve) => child.once('exit', () => resolve()))
  }

  /** Formats `directory` and starts; rejects, with the end of its log, when it does not serve. */
  static async start(classPath: string, directory: string): Promise<KafkaNode> {
    const [port, controllerPort] = await freePorts()
    const properties = join(directory, 'server.properties')
    writeFileSync(properties, propertiesOf(directory, port, controllerPort))
    const format = ['kafka.tools.StorageTool', 'format', '-t', uuid(), '-c', properties]
    const formatted = spawnSync('java', ['-cp', classPath, ...format], { encoding: 'utf8' })
    if (formatted.status !== 0) throw new Error(`formatting failed: ${formatted.stderr}`)
    const log = join(directory, 'log')
    const output = openSync(log, 'w')
    const child = spawn('java', [...JVM, '-cp', classPath, 'kafka.Kafka', properties], {
      stdio: ['ignore', output, output],
    })
    const node = new KafkaNode(child, { host: '127.0.0.1', port })
    try {
      await eventually(START_MS, 'Kafka to serve', () => node.#serves())
    } catch (thrown) {
      await node[Symbol.asyncDispose]()
      const end = readFileSync(log, 'utf8').slice(-4_000)
      throw new Error(`Kafka did not start\n${end}`, { cause: thrown })
    }
    return node
  }

  get pid(): number {
    return this.#child.pid ?? -1
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGTERM')
    await within(STOP_MS, 'the end of Kafka', this.#exited).catch(async () => {
      this.#child.kill('SIGKILL')
      await this.#exited
    })
  }

  async #serves(): Promise<boolean> {
    if (this.#child.exitCode !== null) throw new Error(`it exited with ${this.#child.exitCode}`)
    try {
      await using client = await Client.connect(this.address)
      const everything = { topics: null, allowAutoTopicCreation: false }
      const unasked = {
        includeClusterAuthorizedOperations: false,
        includeTopicAuthorizedOperations: false,
      }
      const { brokers } = await client.request(metadata, 9, { ...everything, ...unasked })
      return brokers.length === 1
    } catch {
      return false
    }
  }
}

function propertiesOf(directory: string, port: number, controllerPort: number): string {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names=CONTROLLER',
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    `log.dirs=${join(directory, 'data')}`,
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    '',
  ].join('\n')
}

/** As Kafka prints ids: 128 bits in URL-safe base 64. */
const uuid = () => `A${randomBytes(16).toString('base64url').slice(1)}`

/** Two ports that nobody listens on at this moment. */
async function freePorts(): Promise<[number, number]> {
  const servers = await Promise.all([listening(), listening()])
  const [one, other] = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return [one ?? 0, other ?? 0]
}

function listening() {
  const server = createServer()
  return new Promise<typeof server>((resolve) => {
    server.listen({ host: '127.0.0.1', port: 0 }, () => resolve(server))
  })
}

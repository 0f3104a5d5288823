/**
 * One node of Apache Kafka, broker and controller in one (KRaft): formatted and started as its own
 * scripts do it, with their collector. It ends with this process.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { asError } from '../../base/errors.ts'
import { formatHostPort, type HostPort } from '../../config/addresses.ts'
import type { Setting } from '../../embed/api.ts'
import { endsWithUs, type Exit } from './process-node.ts'

const run = promisify(execFile)
const FORMAT_WITHIN_MS = 60_000
const COLLECTOR = ['-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20', '-server']
const LOG_SHOWN_CHARACTERS = 4_000

/** Where a node listens. */
export interface KafkaPlaces {
  readonly kafka: HostPort
  readonly controller: HostPort
}

export interface KafkaNodeOptions {
  readonly id: number
  /** Its properties, its data, and what it prints. */
  readonly directory: string
  readonly classPath: string
  readonly clusterId: string
  /** Of all nodes, this one too. */
  readonly places: ReadonlyMap<number, KafkaPlaces>
  readonly heapMB: number
  readonly config: Readonly<Record<string, Setting>>
}

export class KafkaNode {
  readonly exited: Promise<Exit>
  readonly #child: ChildProcess

  /** Of one that is formatted. */
  constructor({ directory, classPath, heapMB }: KafkaNodeOptions) {
    const output = openSync(logOf(directory), 'a')
    try {
      const jvm = [`-Xms${heapMB}m`, `-Xmx${heapMB}m`, ...COLLECTOR]
      const main = ['-cp', classPath, 'kafka.Kafka', propertiesOf(directory)]
      const stdio = ['ignore', output, output] as const
      this.#child = spawn('java', [...jvm, ...main], { stdio: [...stdio], detached: true })
    } finally {
      closeSync(output)
    }
    endsWithUs(this.#child)
    this.exited = new Promise((resolve) => {
      this.#child.once('error', () => resolve({ code: null, signal: null }))
      this.#child.once('exit', (code, signal) => resolve({ code, signal }))
    })
  }

  get pid(): number {
    return this.#child.pid ?? -1
  }

  get isRunning(): boolean {
    const { pid, exitCode, signalCode } = this.#child
    return pid !== undefined && exitCode === null && signalCode === null
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }
}

/** Writes its properties and formats its data; once. Rejects with what Kafka says. */
export async function formatKafka(options: KafkaNodeOptions): Promise<void> {
  const { directory, classPath, clusterId } = options
  mkdirSync(directory, { recursive: true })
  writeFileSync(propertiesOf(directory), linesOf(options).join('\n'))
  const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c']
  const words = ['-cp', classPath, ...format, propertiesOf(directory)]
  try {
    await run('java', words, { timeout: FORMAT_WITHIN_MS })
  } catch (thrown) {
    const why = (thrown as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no Java here: ' : ''
    throw new Error(`a node of Kafka was not formatted: ${why}${asError(thrown).message}`, {
      cause: thrown,
    })
  }
}

export const logOf = (directory: string) => join(directory, 'log')

/** The end of what a node has printed. */
export const shownOf = (directory: string) =>
  readFileSync(logOf(directory), 'utf8').slice(-LOG_SHOWN_CHARACTERS)

const propertiesOf = (directory: string) => join(directory, 'server.properties')

function linesOf({ id, directory, places, config }: KafkaNodeOptions): readonly string[] {
  const place = places.get(id)
  if (!place) throw new Error(`node ${id} has no place to listen at`)
  const kafka = `PLAINTEXT://${formatHostPort(place.kafka)}`
  const voters = [...places].map(([node, of]) => `${node}@${formatHostPort(of.controller)}`)
  const replicas = Math.min(places.size, 3)
  const properties: Readonly<Record<string, Setting>> = {
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': voters.join(),
    listeners: `${kafka},CONTROLLER://${formatHostPort(place.controller)}`,
    'advertised.listeners': kafka,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': join(directory, 'data'),
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': Math.max(1, replicas - 1),
    'group.initial.rebalance.delay.ms': 0,
    ...config,
  }
  return [...Object.entries(properties).map(([name, value]) => `${name}=${value}`), '']
}

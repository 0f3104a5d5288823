/**
 * Nodes of Apache Kafka that are started here, each broker and controller in one, on loopback ports
 * that stay theirs over restarts. What is done to them is done by signals; all of it ends with this
 * process. The jars are the caller's: nothing is downloaded.
 */
import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { asError } from '../../base/errors.ts'
import type { HostPort } from '../../config/addresses.ts'
import type { Setting } from '../../embed/api.ts'
import { HeldPort } from '../../host/held-port.ts'
import { within } from '../waiting.ts'
import { inService } from './in-service.ts'
import { formatKafka, KafkaNode, logOf, shownOf, type KafkaNodeOptions } from './kafka-node.ts'
import type { Capability, NodeNews, Target, TargetNode } from './target.ts'

const START_WITHIN_MS = 120_000
/** A node that does not end in order by then is killed. */
const STOP_WITHIN_MS = 60_000
const LOOPBACK = '127.0.0.1'
/** Half of what its own scripts say, for several are on one machine. */
const HEAP_MB = 512

export interface KafkaClusterOptions {
  /** Each node keeps its data and its log in a directory below, named by its id. */
  readonly directory: string
  readonly classPath: string
  /** Default 3. */
  readonly brokers?: number
  /** Properties of every broker. */
  readonly config?: Readonly<Record<string, Setting>>
  /** Of each. */
  readonly heapMB?: number
}

interface Member {
  readonly options: KafkaNodeOptions
  readonly kafka: HostPort
  node: KafkaNode | null
  isPaused: boolean
  /** Its end was asked for. */
  isEnding: boolean
  starting: Promise<void> | null
}

export class KafkaCluster implements Target {
  readonly kind = 'kafka'
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(['signals', 'start'])
  readonly #members: ReadonlyMap<number, Member>
  readonly #ports: readonly HeldPort[]
  readonly #listeners: ((news: NodeNews) => void)[] = []

  private constructor(members: ReadonlyMap<number, Member>, ports: readonly HeldPort[]) {
    this.#members = members
    this.#ports = ports
  }

  /** Resolves when all of them serve. */
  static async start(options: KafkaClusterOptions): Promise<KafkaCluster> {
    const { directory, classPath, brokers = 3, config = {}, heapMB = HEAP_MB } = options
    const ids = Array.from({ length: brokers }, (_, index) => index + 1)
    const ports: HeldPort[] = []
    const place = async (): Promise<HostPort> => {
      const held = await HeldPort.take()
      ports.push(held)
      return { host: LOOPBACK, port: held.port }
    }
    const places = new Map<number, { kafka: HostPort; controller: HostPort }>()
    for (const id of ids) places.set(id, { kafka: await place(), controller: await place() })
    const of = { classPath, places, heapMB, config, clusterId: clusterIdByChance() }
    const members = [...places].map(([id, { kafka }]): readonly [number, Member] => {
      const node = { ...of, id, directory: join(directory, String(id)) }
      return [
        id,
        { options: node, kafka, node: null, isPaused: false, isEnding: false, starting: null },
      ]
    })
    const cluster = new KafkaCluster(new Map(members), ports)
    try {
      await Promise.all(members.map(([, member]) => formatKafka(member.options)))
      await Promise.all(ids.map((id) => cluster.start(id)))
      return cluster
    } catch (thrown) {
      await cluster[Symbol.asyncDispose]()
      throw thrown
    }
  }

  missing(capability: Capability): string {
    switch (capability) {
      case 'admin':
        return 'Apache Kafka has no lograft.admin.v1'
      case 'switches':
        return 'Apache Kafka has no switches for faults'
      case 'links':
      case 'doors':
        return 'nodes of Apache Kafka are started without proxies in between'
      case 'files':
        return 'files of Apache Kafka are left alone'
      case 'preload':
        return 'disks and clocks of Apache Kafka cannot be hurt from inside its processes'
      default:
        return `nodes of Apache Kafka have no ${capability}`
    }
  }

  get nodes(): readonly TargetNode[] {
    return [...this.#members.keys()].map((id) => this.node(id))
  }

  node(id: number): TargetNode {
    const { kafka, node, isPaused } = this.#member(id)
    const pid = node?.isRunning ? node.pid : null
    return { id, kafka, grpc: null, pid, isRunning: pid !== null, isPaused, directory: null }
  }

  get bootstrap(): readonly HostPort[] {
    return [...this.#members.values()].map(({ kafka }) => kafka)
  }

  onNews(listener: (news: NodeNews) => void): void {
    this.#listeners.push(listener)
  }

  async signal(id: number, signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    const member = this.#member(id)
    const { node } = member
    if (!node?.isRunning) throw new Error(`node ${id} does not run`)
    if (signal === 'SIGKILL' || signal === 'SIGTERM') member.isEnding = true
    node.signal(signal)
    switch (signal) {
      case 'SIGSTOP':
        member.isPaused = true
        return this.#tell(id, 'paused')
      case 'SIGCONT':
        member.isPaused = false
        return this.#tell(id, 'goes on')
      case 'SIGTERM':
        return this.#tell(id, 'told to end')
      case 'SIGKILL':
        await node.exited
    }
  }

  async start(id: number): Promise<void> {
    const member = this.#member(id)
    if (member.node?.isRunning && member.isEnding) await ended(member.node)
    if (!member.node?.isRunning)
      member.starting ??= this.#started(member).finally(() => (member.starting = null))
    await member.starting
  }

  damageLink(): () => Promise<void> {
    throw new Error(this.missing('links'))
  }

  hurtMachine(): Promise<() => Promise<void>> {
    return Promise.reject(new Error(this.missing('preload')))
  }

  cutPower(): Promise<void> {
    return Promise.reject(new Error(this.missing('preload')))
  }

  /** Rejects with all that could not be done, when the rest is. */
  async heal(): Promise<void> {
    const failures: string[] = []
    const attempt = async (id: number, work: () => Promise<void>) => {
      try {
        await work()
      } catch (thrown) {
        failures.push(`node ${id}: ${asError(thrown).message}`)
      }
    }
    const ids = [...this.#members.keys()]
    for (const id of ids)
      if (this.#member(id).isPaused) await attempt(id, () => this.signal(id, 'SIGCONT'))
    await Promise.all(ids.map((id) => attempt(id, () => this.start(id))))
    if (failures.length > 0) throw new Error(failures.join('\n'))
  }

  keepLogs(folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true })
    for (const [id, { options }] of this.#members) {
      const log = logOf(options.directory)
      if (existsSync(log)) copyFileSync(log, join(folder, `node-${id}.log`))
    }
    return Promise.resolve()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.length = 0
    for (const { node } of this.#members.values())
      if (node?.isRunning) {
        node.signal('SIGKILL')
        await node.exited
      }
    for (const port of this.#ports) await port[Symbol.asyncDispose]()
  }

  async #started(member: Member): Promise<void> {
    const { id, directory } = member.options
    const node = new KafkaNode(member.options)
    Object.assign(member, { node, isPaused: false, isEnding: false })
    this.#tell(id, 'started')
    const exited = node.exited.then(({ code, signal }) => {
      const what = signal === null ? `ended with code ${code}` : `ended by ${signal}`
      const isUnasked = !member.isEnding
      Object.assign(member, { isPaused: false, isEnding: false })
      this.#tell(id, what, { isUnasked })
      return what
    })
    const isOver = new AbortController()
    const serving = inService(id, member.kafka, isOver.signal)
    const failed = exited.then((what) => {
      throw new Error(`node ${id} ${what} before it served\n${shownOf(directory)}`)
    })
    failed.catch(() => undefined)
    try {
      const first = Promise.race([serving, failed])
      await within(START_WITHIN_MS, `node ${id} in service`, first)
    } finally {
      isOver.abort()
    }
    this.#tell(id, 'serves')
  }

  #member(id: number): Member {
    const member = this.#members.get(id)
    if (!member) throw new Error(`there is no node ${id}`)
    return member
  }

  #tell(node: number, what: string, { isUnasked = false } = {}): void {
    for (const listener of this.#listeners) listener({ node, what, isUnasked })
  }
}

/** Waits until a node has ended that was told to; one that does not is killed. */
async function ended(node: KafkaNode): Promise<void> {
  const end = within(STOP_WITHIN_MS, 'the end of a node of Kafka', node.exited)
  await end.catch(async () => {
    node.signal('SIGKILL')
    await node.exited
  })
}

/** As Kafka prints ids: 128 bits in URL-safe base 64; none begins with a dash. */
const clusterIdByChance = () => `A${randomBytes(16).toString('base64url').slice(1)}`

/**
 * A cluster that was started here, of real `lograft start` processes: every way between two nodes,
 * and from clients to a node, leads through proxies; each node has a directory below one of the
 * run's. The first three are controllers too. All of it ends with this process.
 */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { asError } from '../../base/errors.ts'
import type { HostPort } from '../../config/addresses.ts'
import type { Setting } from '../../embed/api.ts'
import type { Fault, ProxyOptions, TcpProxy } from '../../host/tcp-proxy.ts'
import { within } from '../waiting.ts'
import { ProcessCluster } from './process-cluster.ts'
import type { ProcessNode } from './process-node.ts'
import type { Capability, LinkFault, MachineFault, NodeNews, Target, TargetNode } from './target.ts'

const CONTROLLERS_MAX = 3
/** A node that does not end in order by then is killed. */
const STOP_WITHIN_MS = 60_000
const START_WITHIN_MS = 60_000
/** A storm of connections comes by the door. */
const DOOR_CONNECTIONS_MAX = 20_000

/** The machine of one node; `machine/` has the one that there is. */
export interface NodeMachine {
  /** For node itself, in front of the program. */
  readonly nodeArguments: readonly string[]
  hurt(fault: MachineFault): Promise<() => Promise<void>>
  heal(): Promise<void>
  /** The node must be dead. */
  cutPower(random: () => number): void
}

export interface OwnClusterOptions {
  /** Each node keeps its data in a directory below, named by its id; what it printed beside it. */
  readonly directory: string
  /** Default 3. */
  readonly brokers?: number
  /** Properties of every broker by Kafka's names. */
  readonly config?: Readonly<Record<string, Setting>>
  /** Brokers are started with --enable-faults. */
  readonly switches?: boolean
  /** Disks and clocks can be hurt. */
  readonly machineOf?: (nodeId: number, directory: string) => NodeMachine
  /** What nodes run instead of the package's own command. */
  readonly program?: string
  /** Uniform in [0, 1): what proxies draw from. */
  readonly random?: () => number
  /** Who looks at what passes between clients and a node. */
  readonly tap?: (nodeId: number) => ProxyOptions['tap']
}

export class OwnCluster implements Target {
  readonly kind = 'own'
  readonly capabilities: ReadonlySet<Capability>
  readonly #cluster: ProcessCluster
  readonly #ids: readonly number[]
  readonly #machines: ReadonlyMap<number, NodeMachine>
  readonly #listeners: ((news: NodeNews) => void)[] = []
  /** Whose end was asked for. */
  readonly #ending = new Set<ProcessNode>()

  private constructor(
    cluster: ProcessCluster,
    {
      ids,
      machines,
      switches,
    }: {
      ids: readonly number[]
      machines: ReadonlyMap<number, NodeMachine>
      switches: boolean
    },
  ) {
    this.#cluster = cluster
    this.#ids = ids
    this.#machines = machines
    this.capabilities = new Set<Capability>([
      ...(['signals', 'start', 'links', 'doors', 'files', 'admin'] as const),
      ...(machines.size > 0 ? (['preload'] as const) : []),
      ...(switches ? (['switches'] as const) : []),
    ])
  }

  /** Resolves when all of them serve. */
  static async start(options: OwnClusterOptions): Promise<OwnCluster> {
    const { brokers = 3, switches = false, machineOf, program } = options
    const ids = Array.from({ length: brokers }, (_, index) => index + 1)
    const voters = Math.min(brokers, CONTROLLERS_MAX)
    const directoryOf = (nodeId: number) => join(options.directory, String(nodeId))
    const machines = new Map(machineOf ? ids.map((id) => [id, machineOf(id, directoryOf(id))]) : [])
    const proxies = options.random ? { random: options.random } : {}
    const door = (nodeId: number): ProxyOptions => {
      const tap = options.tap?.(nodeId)
      return { ...proxies, connectionsMax: DOOR_CONNECTIONS_MAX, ...(tap && { tap }) }
    }
    const cluster = await ProcessCluster.open({
      ...{ directory: options.directory, voters, spares: brokers - voters, proxies },
      ...{ set: options.config ?? {}, kafka: { door }, isDetached: true },
      nodeArguments: (nodeId) => machines.get(nodeId)?.nodeArguments ?? [],
      flags: switches ? ['--enable-faults'] : [],
      ...(program !== undefined && { program }),
    })
    const own = new OwnCluster(cluster, { ids, machines, switches })
    try {
      await own.#found(voters)
      return own
    } catch (thrown) {
      await own[Symbol.asyncDispose]()
      throw thrown
    }
  }

  missing(capability: Capability): string {
    if (capability === 'preload') return 'disks and clocks of this cluster cannot be hurt'
    if (capability === 'switches') return 'its brokers were started without --enable-faults'
    return `this cluster has no ${capability}`
  }

  get nodes(): readonly TargetNode[] {
    return this.#ids.map((id) => this.node(id))
  }

  node(id: number): TargetNode {
    const isRunning = this.#cluster.isRunning(id)
    return {
      id,
      kafka: this.#cluster.door(id),
      grpc: this.#cluster.grpcDoor(id),
      pid: isRunning ? this.#cluster.node(id).pid : null,
      isRunning,
      isPaused: isRunning && this.#cluster.isPaused(id),
      directory: this.#cluster.directoryOf(id),
    }
  }

  get bootstrap(): readonly HostPort[] {
    return this.#ids.map((id) => this.#cluster.door(id))
  }

  onNews(listener: (news: NodeNews) => void): void {
    this.#listeners.push(listener)
  }

  async signal(id: number, signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    if (!this.#cluster.isRunning(id)) throw new Error(`node ${id} does not run`)
    switch (signal) {
      case 'SIGSTOP':
        this.#cluster.pause(id)
        return this.#tell(id, 'paused')
      case 'SIGCONT':
        this.#cluster.resume(id)
        return this.#tell(id, 'goes on')
      case 'SIGTERM':
        this.#ending.add(this.#cluster.node(id))
        this.#cluster.node(id).signal('SIGTERM')
        return this.#tell(id, 'told to end')
      case 'SIGKILL':
        this.#ending.add(this.#cluster.node(id))
        await this.#cluster.kill(id)
    }
  }

  async start(id: number): Promise<void> {
    if (this.#cluster.isRunning(id) && this.#ending.has(this.#cluster.node(id)))
      await this.#ended(id)
    if (!this.#cluster.isRunning(id)) this.#watch(id, this.#cluster.spawn(id))
    await this.#cluster.ready(id)
  }

  damageLink(from: number | 'clients', to: number, fault: LinkFault): () => Promise<void> {
    const proxies: readonly TcpProxy[] =
      from === 'clients' ? this.#cluster.doors(to) : this.#cluster.linksBetween(from, to)
    const undos = proxies.map((proxy) => proxy.inject(proxyFault(fault)))
    return async () => void (await Promise.all(undos.map((undo) => undo())))
  }

  hurtMachine(id: number, fault: MachineFault): Promise<() => Promise<void>> {
    return this.#machine(id).hurt(fault)
  }

  async cutPower(id: number, random: () => number): Promise<void> {
    const machine = this.#machine(id)
    if (this.#cluster.isRunning(id)) await this.signal(id, 'SIGKILL')
    machine.cutPower(random)
  }

  /** Rejects with all that could not be done, when the rest is. */
  async heal(): Promise<void> {
    const failures: string[] = []
    const attempt = async (what: string, work: () => Promise<void>) => {
      try {
        await work()
      } catch (thrown) {
        failures.push(`${what}: ${asError(thrown).message}`)
      }
    }
    for (const id of this.#ids)
      if (this.node(id).isPaused) await attempt(`node ${id}`, () => this.signal(id, 'SIGCONT'))
    await attempt('the network', () => this.#cluster.heal())
    for (const [id, machine] of this.#machines)
      await attempt(`the machine of node ${id}`, () => machine.heal())
    await Promise.all(this.#ids.map((id) => attempt(`node ${id}`, () => this.start(id))))
    if (failures.length > 0) throw new Error(failures.join('\n'))
  }

  keepLogs(folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true })
    for (const id of this.#ids) {
      const log = `${this.#cluster.directoryOf(id)}.log`
      if (existsSync(log)) copyFileSync(log, join(folder, `node-${id}.log`))
    }
    return Promise.resolve()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.length = 0
    await this.#cluster[Symbol.asyncDispose]()
  }

  /** The quorum first, which none of its members is ready without; then the other brokers. */
  async #found(voters: number): Promise<void> {
    const founders = this.#ids.filter((id) => id <= voters)
    const others = this.#ids.filter((id) => id > voters)
    await this.#spawned(founders.map((id) => [id, this.#cluster.spawn(id)] as const))
    for (const id of others) this.#cluster.recruit(id, 'broker')
    await this.#spawned(others.map((id) => [id, this.#cluster.node(id)] as const))
  }

  async #spawned(nodes: readonly (readonly [number, ProcessNode])[]): Promise<void> {
    for (const [id, node] of nodes) this.#watch(id, node)
    const ready = nodes.map(([id]) =>
      within(START_WITHIN_MS, `node ${id} in service`, this.#cluster.ready(id)),
    )
    await Promise.all(ready)
  }

  #watch(id: number, node: ProcessNode): void {
    this.#tell(id, 'started')
    void node.ready.then(
      () => this.#tell(id, 'serves'),
      () => undefined,
    )
    void node.exited.then(({ code, signal }) => {
      const what = signal === null ? `ended with code ${code}` : `ended by ${signal}`
      this.#tell(id, what, { isUnasked: !this.#ending.delete(node) })
    })
  }

  /** Waits until a node has ended that was told to; one that does not is killed. */
  async #ended(id: number): Promise<void> {
    const node = this.#cluster.node(id)
    const ended = within(STOP_WITHIN_MS, `the end of node ${id}`, node.exited)
    await ended.catch(() => node.kill())
  }

  #tell(node: number, what: string, { isUnasked = false } = {}): void {
    for (const listener of this.#listeners) listener({ node, what, isUnasked })
  }

  #machine(id: number): NodeMachine {
    const machine = this.#machines.get(id)
    if (!machine) throw new Error(this.missing('preload'))
    return machine
  }
}

/** As a proxy calls it, on whose far side node `to` is. */
function proxyFault(fault: LinkFault): Fault {
  if (fault.type === 'reset' || fault.type === 'refuse') return { type: fault.type }
  const { direction: seen = 'both', ...rest } = fault
  const direction = seen === 'both' ? 'both' : seen === 'in' ? 'forward' : 'backward'
  return rest.type === 'delay' ? { jitterMs: 0, ...rest, direction } : { ...rest, direction }
}

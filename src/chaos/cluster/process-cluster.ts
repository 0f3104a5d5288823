/**
 * Several nodes as processes, and the network between them: every ordered pair (who dials, whom)
 * has a proxy of its own, so that each link can be damaged in one direction. Nodes dial their peers
 * through the proxies and nothing else; clients talk to the nodes directly. A node that is not
 * running is refused by its links, as a dead process would; one that comes back on another port is
 * found behind the same ones. With `kafka`, what brokers dial of each other's Kafka listeners goes
 * through links of its own, too; each Kafka port stays the same over restarts, as in production,
 * and clients come in by doors, one to the Kafka listener and one to the gRPC listener: proxies
 * that may write down what they see, and are damaged by nobody but whom they are told of.
 */
import assert from 'node:assert'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { HostPort } from '../../config/addresses.ts'
import { HeldPort } from '../../host/held-port.ts'
import { TcpProxy, type Fault, type ProxyOptions } from '../../host/tcp-proxy.ts'
import { within } from '../waiting.ts'
import { ProcessNode, type Exit, type ProcessNodeOptions } from './process-node.ts'

const READY_WITHIN_MS = 60_000
/** Kafka wants a port in a node's own entry; nobody dials it. */
const OWN_PORT = 1

type Roles = 'broker,controller' | 'controller' | 'broker'

export interface ClusterOptions {
  /** Each node keeps its data in a directory below, named by its id; what it printed beside it. */
  readonly directory: string
  /** Those that found the quorum: 1, 2, … */
  readonly voters: number
  /** More nodes that may be recruited; links to them are there from the beginning. */
  readonly spares?: number
  readonly roles?: Roles
  /** For every node, Kafka's property names. */
  readonly set?: ProcessNodeOptions['set']
  /** Arguments for node itself. */
  readonly nodeArguments?: (nodeId: number) => readonly string[]
  /** Of `lograft start`, for every node, beside `set`. */
  readonly flags?: readonly string[]
  /** What nodes run instead of the package's own command. */
  readonly program?: string
  /** Ctrl-C at a terminal is not for nodes. */
  readonly isDetached?: boolean
  readonly proxies?: ProxyOptions
  /** Links between Kafka listeners, and doors for clients, which look at what passes. */
  readonly kafka?: { readonly door: (nodeId: number) => ProxyOptions }
}

/** Where a node listens for Kafka, and how others and clients get there. */
interface KafkaPlace {
  readonly held: HeldPort
  readonly door: TcpProxy
  readonly grpcDoor: TcpProxy
}

/** Which packets of a node are lost: all, those for it, or those from it. */
export type Cut = 'both' | 'in' | 'out'

interface Member {
  readonly nodeId: number
  process: ProcessNode | null
  isPaused: boolean
  /** It was told whom to found the quorum with; others look for one that is there. */
  isFounder: boolean
  roles: Roles
}

export class ProcessCluster implements AsyncDisposable {
  readonly #options: ClusterOptions
  readonly #members = new Map<number, Member>()
  /** By `from>to`. */
  readonly #links: ReadonlyMap<string, TcpProxy>
  /** The same, to Kafka listeners. */
  readonly #kafkaLinks: ReadonlyMap<string, TcpProxy>
  readonly #kafkaPlaces: ReadonlyMap<number, KafkaPlace>

  private constructor(
    options: ClusterOptions,
    links: ReadonlyMap<string, TcpProxy>,
    kafkaLinks: ReadonlyMap<string, TcpProxy>,
    kafkaPlaces: ReadonlyMap<number, KafkaPlace>,
  ) {
    this.#options = options
    this.#links = links
    this.#kafkaLinks = kafkaLinks
    this.#kafkaPlaces = kafkaPlaces
  }

  /** The network, and no node yet. */
  static async open(options: ClusterOptions): Promise<ProcessCluster> {
    const ids = idsUpTo(options.voters + (options.spares ?? 0))
    const links = await openLinks(ids, options.proxies)
    if (!options.kafka) return new ProcessCluster(options, links, new Map(), new Map())
    const places = new Map<number, KafkaPlace>()
    for (const id of ids)
      places.set(id, {
        held: await HeldPort.take(),
        door: await TcpProxy.open(options.kafka.door(id)),
        grpcDoor: await TcpProxy.open(options.proxies),
      })
    return new ProcessCluster(options, links, await openLinks(ids, options.proxies), places)
  }

  /** The network and all its voters, ready. */
  static async start(options: ClusterOptions): Promise<ProcessCluster> {
    const cluster = await ProcessCluster.open(options)
    try {
      await cluster.startAll()
      return cluster
    } catch (thrown) {
      await cluster[Symbol.asyncDispose]()
      throw thrown
    }
  }

  /** All that were ever started, running or not. */
  get nodeIds(): readonly number[] {
    return [...this.#members.keys()]
  }

  /** Those that run, paused ones too. */
  get runningIds(): readonly number[] {
    return this.nodeIds.filter((nodeId) => this.isRunning(nodeId))
  }

  isRunning(nodeId: number): boolean {
    return this.#members.get(nodeId)?.process?.isRunning === true
  }

  /** The process of a node; the last one when it does not run. */
  node(nodeId: number): ProcessNode {
    const process = this.#members.get(nodeId)?.process
    assert(process, `node ${nodeId} was started`)
    return process
  }

  directoryOf(nodeId: number): string {
    return join(this.#options.directory, String(nodeId))
  }

  /** What carries what node `from` dials at node `to`. */
  link(from: number, to: number): TcpProxy {
    const link = this.#links.get(`${from}>${to}`)
    assert(link, `there is a link from ${from} to ${to}`)
    return link
  }

  /** Both ways in which node `from` dials node `to`. */
  linksBetween(from: number, to: number): readonly TcpProxy[] {
    const kafka = this.#kafkaLinks.get(`${from}>${to}`)
    return [this.link(from, to), ...(kafka ? [kafka] : [])]
  }

  /** Where clients connect to a node, whether it runs or not; only with `kafka`. */
  door(nodeId: number): HostPort {
    const [{ host, port }] = this.doors(nodeId)
    return { host, port }
  }

  /** The same for its admin API. */
  grpcDoor(nodeId: number): HostPort {
    const [, { host, port }] = this.doors(nodeId)
    return { host, port }
  }

  /** What carries what clients dial at a node: for Kafka, and for gRPC. */
  doors(nodeId: number): readonly [kafka: TcpProxy, grpc: TcpProxy] {
    const place = this.#kafkaPlaces.get(nodeId)
    assert(place, `node ${nodeId} has a door`)
    return [place.door, place.grpcDoor]
  }

  /** Starts a process on the node's directory without waiting until it is ready. */
  spawn(nodeId: number, more: ProcessNodeOptions['set'] = {}): ProcessNode {
    const member = this.#member(nodeId)
    assert(!this.isRunning(nodeId), `node ${nodeId} does not run`)
    const directory = this.directoryOf(nodeId)
    const { flags, program, isDetached } = this.#options
    mkdirSync(directory, { recursive: true })
    const process = ProcessNode.spawn({
      directory,
      set: { ...this.#settings(nodeId), ...this.#options.set, ...more },
      nodeArguments: this.#options.nodeArguments?.(nodeId) ?? [],
      log: `${directory}.log`,
      ...(flags && { flags }),
      ...(program !== undefined && { program }),
      ...(isDetached !== undefined && { isDetached }),
    })
    member.process = process
    member.isPaused = false
    // Whoever dials it before is refused; whoever dials it after its death too.
    void process.grpc.then(
      (address) => this.#leadTo(member, process, address),
      () => undefined,
    )
    void process.exited.then(() => this.#leadTo(member, process, null))
    return process
  }

  /** Starts a node and waits until it serves. */
  async start(nodeId: number, more: ProcessNodeOptions['set'] = {}): Promise<ProcessNode> {
    const process = this.spawn(nodeId, more)
    await this.#ready(process, `node ${nodeId}`)
    return process
  }

  /** Starts those that do not run, at once: none of several is ready without the others. */
  async startAll(nodeIds: readonly number[] = idsUpTo(this.#options.voters)): Promise<void> {
    const missing = nodeIds.filter((nodeId) => !this.isRunning(nodeId))
    const started = missing.map((nodeId) => [`node ${nodeId}`, this.spawn(nodeId)] as const)
    await Promise.all(started.map(([name, process]) => this.#ready(process, name)))
  }

  /**
   * Starts a node as a new machine: empty, and looking for a quorum that is there, whoever had its
   * id before. It waits to be added, and is ready only after that.
   */
  recruit(nodeId: number, roles: Roles = this.#member(nodeId).roles): void {
    this.wipe(nodeId)
    Object.assign(this.#member(nodeId), { isFounder: false, roles })
    this.spawn(nodeId)
  }

  /** Starts a new machine that is a broker and no controller, and waits until it serves. */
  async join(nodeId: number): Promise<void> {
    this.recruit(nodeId, 'broker')
    await this.ready(nodeId)
  }

  /** Where a node that was started listens for others, once its links lead there. */
  async bound(nodeId: number): Promise<HostPort> {
    const process = this.node(nodeId)
    const address = await within(READY_WITHIN_MS, `a gRPC listener of ${nodeId}`, process.grpc)
    await this.#leadTo(this.#member(nodeId), process, address)
    return address
  }

  /** Waits until a node serves. */
  async ready(nodeId: number): Promise<void> {
    await this.#ready(this.node(nodeId), `node ${nodeId}`)
  }

  /** SIGKILL; from now on whoever dials it is refused. */
  async kill(nodeId: number): Promise<Exit> {
    const process = this.node(nodeId)
    const gone = this.#leadTo(this.#member(nodeId), process, null)
    const exit = await process.kill()
    await gone
    return exit
  }

  /** SIGTERM. */
  stop(nodeId: number): Promise<Exit> {
    return this.node(nodeId).stop()
  }

  /** SIGSTOP: connections to it stay, and hear nothing. */
  pause(nodeId: number): void {
    this.node(nodeId).signal('SIGSTOP')
    this.#member(nodeId).isPaused = true
  }

  resume(nodeId: number): void {
    this.node(nodeId).signal('SIGCONT')
    this.#member(nodeId).isPaused = false
  }

  isPaused(nodeId: number): boolean {
    return this.#member(nodeId).isPaused
  }

  /** SIGKILL if it runs, and a new process on the same directory. */
  async restart(nodeId: number): Promise<ProcessNode> {
    if (this.isRunning(nodeId)) await this.kill(nodeId)
    return this.start(nodeId)
  }

  /** Forgets everything a node that does not run has stored. */
  wipe(nodeId: number): void {
    assert(!this.isRunning(nodeId), `node ${nodeId} does not run`)
    rmSync(this.directoryOf(nodeId), { recursive: true, force: true })
  }

  /** Does `fault` to one link. What is returned takes it back. */
  damage(from: number, to: number, fault: Fault): () => Promise<void> {
    return this.link(from, to).inject(fault)
  }

  /** Cuts a node off from all others, silently. What is returned takes it back. */
  cutOff(nodeId: number, cut: Cut): () => Promise<void> {
    const undos: (() => Promise<void>)[] = []
    const stall = (direction: 'forward' | 'backward' | 'both') =>
      ({ type: 'stall', direction }) as const
    for (const [name, link] of [...this.#links, ...this.#kafkaLinks]) {
      const [from, to] = name.split('>').map(Number)
      // On a link that it dials, what it says goes forward.
      if (from === nodeId)
        undos.push(
          link.inject(stall(cut === 'both' ? cut : cut === 'out' ? 'forward' : 'backward')),
        )
      if (to === nodeId)
        undos.push(link.inject(stall(cut === 'both' ? cut : cut === 'in' ? 'forward' : 'backward')))
    }
    return async () => void (await Promise.all(undos.map((undo) => undo())))
  }

  /** All links are whole and all processes go on. */
  async heal(): Promise<void> {
    for (const { nodeId, isPaused } of this.#members.values()) if (isPaused) this.resume(nodeId)
    const doors = [...this.#kafkaPlaces.values()].flatMap(({ door, grpcDoor }) => [door, grpcDoor])
    await Promise.all([...this.#allLinks, ...doors].map((link) => link.heal()))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const nodes = [...this.#members.values()].flatMap(({ process }) => process ?? [])
    await Promise.all(nodes.map((process) => process[Symbol.asyncDispose]()))
    const places = [...this.#kafkaPlaces.values()]
    const doors = places.flatMap(({ held, door, grpcDoor }) => [held, door, grpcDoor])
    const network = [...this.#allLinks, ...doors]
    await Promise.all(network.map((link) => link[Symbol.asyncDispose]()))
  }

  get #allLinks(): readonly TcpProxy[] {
    return [...this.#links.values(), ...this.#kafkaLinks.values()]
  }

  #member(nodeId: number): Member {
    const known = this.#members.get(nodeId)
    if (known) return known
    const isFounder = nodeId <= this.#options.voters
    const roles = this.#options.roles ?? 'broker,controller'
    const member: Member = { nodeId, process: null, isPaused: false, isFounder, roles }
    this.#members.set(nodeId, member)
    return member
  }

  #settings(nodeId: number): NonNullable<ProcessNodeOptions['set']> {
    const ids = idsUpTo(this.#options.voters + (this.#options.spares ?? 0))
    const addressOf = (to: number) =>
      `${to}@127.0.0.1:${to === nodeId ? OWN_PORT : this.link(nodeId, to).port}`
    const founders = idsUpTo(this.#options.voters)
    const others = ids.filter((other) => other !== nodeId)
    const overrides = others.map(addressOf)
    return {
      'node.id': nodeId,
      'process.roles': this.#member(nodeId).roles,
      ...(this.#member(nodeId).isFounder
        ? { 'controller.quorum.voters': founders.map(addressOf).join() }
        : {
            'controller.quorum.bootstrap.servers': others
              .map((to) => `127.0.0.1:${this.link(nodeId, to).port}`)
              .join(),
          }),
      ...(overrides.length > 0 && { 'controller.quorum.address.overrides': overrides.join() }),
      ...this.#kafkaSettings(nodeId, others),
    }
  }

  #kafkaSettings(
    nodeId: number,
    others: readonly number[],
  ): NonNullable<ProcessNodeOptions['set']> {
    const place = this.#kafkaPlaces.get(nodeId)
    if (!place) return {}
    const linkTo = (to: number) => this.#kafkaLinks.get(`${nodeId}>${to}`)?.port
    return {
      listeners: `PLAINTEXT://127.0.0.1:${place.held.port}`,
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${place.door.port}`,
      ...(others.length > 0 && {
        'inter.broker.address.overrides': others
          .map((to) => `${to}@127.0.0.1:${linkTo(to)}`)
          .join(),
      }),
    }
  }

  /** Leads the links of a node to its process, unless another process has taken its place. */
  async #leadTo(member: Member, process: ProcessNode, address: HostPort | null): Promise<void> {
    if (member.process !== process) return
    const linksTo = (links: ReadonlyMap<string, TcpProxy>) =>
      [...links].flatMap(([name, link]) => (name.endsWith(`>${member.nodeId}`) ? [link] : []))
    const place = this.#kafkaPlaces.get(member.nodeId)
    // The Kafka listener is bound before the gRPC one is told.
    const kafka = address && place ? { host: '127.0.0.1', port: place.held.port } : null
    await Promise.all([
      ...linksTo(this.#links).map((link) => link.setUpstream(address)),
      ...linksTo(this.#kafkaLinks).map((link) => link.setUpstream(kafka)),
      place?.door.setUpstream(kafka),
      place?.grpcDoor.setUpstream(address),
    ])
  }

  async #ready(process: ProcessNode, name: string): Promise<void> {
    try {
      await within(READY_WITHIN_MS, 'the ready line', process.ready)
    } catch (thrown) {
      throw new Error(`${name} did not start\n${process.output}`, { cause: thrown })
    }
  }
}

/** One for each ordered pair. */
async function openLinks(
  ids: readonly number[],
  proxies: ProxyOptions | undefined,
): Promise<ReadonlyMap<string, TcpProxy>> {
  const links = new Map<string, TcpProxy>()
  for (const from of ids)
    for (const to of ids) if (from !== to) links.set(`${from}>${to}`, await TcpProxy.open(proxies))
  return links
}

const idsUpTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

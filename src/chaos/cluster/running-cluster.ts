/**
 * A cluster that runs already, of whatever make: seen through Kafka's protocol alone. Nodes whose
 * process is named can be paused, and ended too where it is said what starts them again. Nobody of
 * it is ended with the run: what was paused goes on, what was killed is started again.
 */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { delay } from '../../base/clock.ts'
import { asError, LograftError } from '../../base/errors.ts'
import { Cluster } from '../../client/cluster.ts'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { hostNet } from '../../host/net.ts'
import { hostRandom } from '../../host/random.ts'
import { eventually, within } from '../waiting.ts'
import { isThere, signalForeign, StartCommand, type ForeignProcess } from './foreign-process.ts'
import { inService } from './in-service.ts'
import type { Capability, NodeNews, Target, TargetNode } from './target.ts'

const ANSWER_WITHIN_MS = 5_000
const START_WITHIN_MS = 120_000
/** After SIGTERM, before it is started again. */
const STOP_WITHIN_MS = 60_000
/** The kernel's work; longer for one that nobody reaps. */
const GONE_WITHIN_MS = 10_000
/** What a service manager still says when its broker serves. */
const SETTLED_WITHIN_MS = 1_000
/** Between two looks at processes. */
const LOOK_MS = 200

export interface RunningClusterOptions {
  readonly bootstrap: readonly HostPort[]
  /** Processes of this machine, by node. */
  readonly pids?: ReadonlyMap<number, number>
  /** What starts a node again, for a shell; `{id}` is which. */
  readonly start?: string
  /** For what start commands print. */
  readonly directory: string
}

interface Member {
  readonly id: number
  /** Null: not among the brokers. */
  readonly kafka: HostPort | null
  /** Null: nobody has said which it is, or it is gone. */
  process: ForeignProcess | null
  isRunning: boolean
  isPaused: boolean
  /** Its end was asked for. */
  isEnding: boolean
  /** What has started it last. */
  command: StartCommand | null
  starting: Promise<void> | null
}

export class RunningCluster implements Target {
  readonly kind = 'running'
  readonly capabilities: ReadonlySet<Capability>
  readonly bootstrap: readonly HostPort[]
  readonly #members: ReadonlyMap<number, Member>
  readonly #command: string | null
  readonly #directory: string
  readonly #listeners: ((news: NodeNews) => void)[] = []
  readonly #closing = new AbortController()
  readonly #watch: Promise<void>

  private constructor(members: readonly Member[], options: RunningClusterOptions) {
    const { bootstrap, start, directory } = options
    this.bootstrap = bootstrap
    this.#members = new Map(members.map((member) => [member.id, member]))
    this.#command = start ?? null
    this.#directory = directory
    const isKnown = members.some(({ process }) => process !== null)
    this.capabilities = new Set<Capability>([
      ...(isKnown ? (['signals'] as const) : []),
      ...(start === undefined ? [] : (['start'] as const)),
    ])
    this.#watch = this.#look()
    process.on('exit', this.#goOn)
  }

  /** Rejects when no broker answers, or a process that is named is not there. */
  static async open(options: RunningClusterOptions): Promise<RunningCluster> {
    const { pids = new Map<number, number>() } = options
    for (const [id, pid] of pids)
      if (!isThere({ pid, isGroup: false }))
        throw new LograftError('USAGE', `--pid ${id}=${pid}: there is no such process here`)
    const brokers = await brokersOf(options.bootstrap)
    const ids = new Set([...brokers.keys(), ...pids.keys()])
    const members = [...ids]
      .sort((one, other) => one - other)
      .map((id): Member => {
        const pid = pids.get(id)
        return {
          ...{ id, kafka: brokers.get(id) ?? null },
          process: pid === undefined ? null : { pid, isGroup: false },
          ...{ isRunning: true, isPaused: false, isEnding: false, command: null, starting: null },
        }
      })
    return new RunningCluster(members, options)
  }

  missing(capability: Capability): string {
    switch (capability) {
      case 'signals':
        return 'nobody said which processes its nodes are: --pid ID=PID for each'
      case 'start':
        return "nobody said what starts a node again: --start 'command {id}'"
      case 'links':
      case 'doors':
        return 'the cluster runs already, without proxies in between'
      case 'preload':
        return 'disks and clocks of a cluster that runs already cannot be hurt'
      case 'files':
        return 'files of a cluster that runs already are left alone'
      case 'admin':
      case 'switches':
        return "a cluster that runs already is asked by Kafka's own protocol alone"
    }
  }

  get nodes(): readonly TargetNode[] {
    return [...this.#members.keys()].map((id) => this.node(id))
  }

  node(id: number): TargetNode {
    const { kafka, process, isRunning, isPaused } = this.#member(id)
    const pid = process?.pid ?? null
    return { id, kafka, grpc: null, pid, isRunning, isPaused, directory: null }
  }

  onNews(listener: (news: NodeNews) => void): void {
    this.#listeners.push(listener)
  }

  async signal(id: number, signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    const member = this.#member(id)
    if (!member.isRunning) throw new Error(`node ${id} does not run`)
    if (member.process === null)
      throw new Error(
        `nobody said which process node ${id} is: --pid ${id}=PID, and once it was started ` +
          'again a line with its number that the start command prints',
      )
    if (signal === 'SIGKILL' || signal === 'SIGTERM') member.isEnding = true
    signalForeign(member.process, signal)
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
        await this.#gone(member, GONE_WITHIN_MS)
    }
  }

  async start(id: number): Promise<void> {
    const member = this.#member(id)
    if (member.isRunning && member.isEnding) await this.#gone(member, STOP_WITHIN_MS)
    if (!member.isRunning)
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
    const attempt = async ({ id }: Member, work: () => Promise<void>) => {
      try {
        await work()
      } catch (thrown) {
        failures.push(`node ${id}: ${asError(thrown).message}`)
      }
    }
    const members = [...this.#members.values()]
    for (const member of members)
      if (member.isPaused) await attempt(member, () => this.signal(member.id, 'SIGCONT'))
    await Promise.all(members.map((member) => attempt(member, () => this.start(member.id))))
    if (failures.length > 0) throw new Error(failures.join('\n'))
  }

  /** What start commands printed; what else there is, whoever runs the cluster has. */
  keepLogs(folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true })
    for (const id of this.#members.keys())
      if (existsSync(this.#log(id))) copyFileSync(this.#log(id), join(folder, `node-${id}.log`))
    return Promise.resolve()
  }

  /** The cluster goes on. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.length = 0
    this.#closing.abort()
    await this.#watch
    process.off('exit', this.#goOn)
    this.#goOn()
  }

  /** Nobody stays paused, not even when this process is ended in the middle. */
  readonly #goOn = () => {
    for (const { process, isPaused } of this.#members.values())
      if (process && isPaused && isThere(process)) signalForeign(process, 'SIGCONT')
  }

  async #started(member: Member): Promise<void> {
    const { id } = member
    if (this.#command === null) throw new Error(this.missing('start'))
    mkdirSync(this.#directory, { recursive: true })
    const command = new StartCommand(this.#command.replaceAll('{id}', String(id)), this.#log(id))
    member.command = command
    this.#tell(id, 'started')
    try {
      await within(START_WITHIN_MS, `node ${id} in service`, becomesReady(member, command))
    } catch (thrown) {
      // What is there of it is not ended; it may be tried again.
      const end = command.shown.trim()
      throw new Error(`${asError(thrown).message}${end && `\n${end}`}`, { cause: thrown })
    }
    Object.assign(member, { process: command.process, isRunning: true })
    this.#tell(id, 'serves')
    // A command that goes on is the node itself.
    if (command.isRunning)
      void command.ended.then(() => {
        if (member.command !== command) return
        if (command.process === null) this.#hasEnded(member)
        else member.process = command.process
      })
  }

  async #look(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      for (const member of this.#members.values()) {
        const { process, command } = member
        if (process && !command?.isRunning && !isThere(process)) this.#hasEnded(member)
      }
      await delay(hostClock, LOOK_MS, this.#closing.signal)
    }
  }

  /** Idempotent. */
  #hasEnded(member: Member): void {
    if (!member.isRunning) return
    const isUnasked = !member.isEnding
    Object.assign(member, { process: null, isRunning: false, isPaused: false, isEnding: false })
    this.#tell(member.id, 'ended', { isUnasked })
  }

  async #gone(member: Member, deadlineMs: number): Promise<void> {
    await eventually(deadlineMs, `the end of node ${member.id}`, () => {
      if (member.process && !isThere(member.process)) this.#hasEnded(member)
      return !member.isRunning
    })
  }

  #member(id: number): Member {
    const member = this.#members.get(id)
    if (!member) throw new Error(`there is no node ${id}`)
    return member
  }

  #log(id: number): string {
    return join(this.#directory, `start-${id}.log`)
  }

  #tell(node: number, what: string, { isUnasked = false } = {}): void {
    for (const listener of this.#listeners) listener({ node, what, isUnasked })
  }
}

/** Resolves when it says itself that it is a broker, rejects when its command fails. */
async function becomesReady({ id, kafka }: Member, command: StartCommand): Promise<void> {
  const failed = command.ended.then((code) => {
    if (code !== 0) throw new Error(`the start command of node ${id} ended with ${code}`)
  })
  const isOver = new AbortController()
  const serving = kafka === null ? Promise.resolve() : inService(id, kafka, isOver.signal)
  try {
    await Promise.race([serving, failed.then(() => serving)])
    await Promise.race([failed, delay(hostClock, SETTLED_WITHIN_MS, isOver.signal)])
  } finally {
    failed.catch(() => undefined)
    isOver.abort()
  }
}

/** Where they are reached, as whoever answers of them tells. */
async function brokersOf(bootstrap: readonly HostPort[]): Promise<Map<number, HostPort>> {
  const cluster = new Cluster({
    ...{ net: hostNet, clock: hostClock, random: hostRandom, clientId: 'lograft-chaos', bootstrap },
    ...{ connectTimeoutMs: ANSWER_WITHIN_MS, requestTimeoutMs: ANSWER_WITHIN_MS },
  })
  try {
    const { brokers } = await cluster.metadata([])
    return new Map(brokers.map(({ nodeId, host, port }) => [nodeId, { host, port }]))
  } finally {
    await cluster.close()
  }
}

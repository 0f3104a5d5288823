/**
 * A node as its users run it: `node dist/cli/main.js start`, a process that can be killed. Ready is
 * the line it prints, not a guess. From sources it needs a build (`node build.mjs`).
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createInterface, type Interface } from 'node:readline'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { within } from '../waiting.ts'

/** This file is a source, or was built. */
const FROM_HERE = import.meta.url.endsWith('.ts')
  ? '../../../dist/cli/main.js'
  : '../../cli/main.js'
const MAIN = fileURLToPath(new URL(FROM_HERE, import.meta.url))
/** Said as soon as the port is bound: other nodes may be needed before this one can serve. */
const BOUND = /^lograft \S+ grpc (\S+):(\d+)/
/** A node that is no broker names its gRPC address. */
const READY = /^lograft \S+ ready: (?:kafka|grpc) (\S+):(\d+)/
const OUTPUT_KEPT_CHARACTERS = 200_000

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface ProcessNodeOptions {
  /** `log.dirs`: kept when the node is gone, so that another one can be started on it. */
  readonly directory: string
  /** Kafka's property names. */
  readonly set?: Readonly<Record<string, string | number | boolean>>
  /** Arguments for node itself, such as `--max-old-space-size=256`. */
  readonly nodeArguments?: readonly string[]
  /** Arguments of `lograft start` beside `set`. */
  readonly flags?: readonly string[]
  /** What is run instead of the package's own command. */
  readonly program?: string
  /** A file that all it prints is added to. */
  readonly log?: string
  /** Ctrl-C at a terminal is not for it; it ends with this process all the same. */
  readonly isDetached?: boolean
  readonly deadlineMs?: number
}

/** What every node is told that is not told otherwise: ports that are free. */
export const FREE_PORTS = {
  listeners: 'PLAINTEXT://127.0.0.1:0',
  'grpc.listener': '127.0.0.1:0',
  'http.listener': '127.0.0.1:0',
} as const

export class ProcessNode implements AsyncDisposable {
  readonly exited: Promise<Exit>
  /** Milliseconds from spawn to the ready line; set when it is ready. */
  readyMs = Number.NaN
  /** Where other nodes reach it: known before it is ready. Rejects when it exits before. */
  readonly grpc: Promise<HostPort>
  /** Where it serves, and when it does. Rejects when it exits before. */
  readonly ready: Promise<HostPort>
  #address: HostPort | null = null
  #output = ''
  readonly #child: ChildProcess

  private constructor(options: ProcessNodeOptions) {
    const { directory, set = {}, nodeArguments = [], flags = [], program = MAIN } = options
    if (!existsSync(program)) throw new Error('there is no build: run `node build.mjs` first')
    const settings = { ...FREE_PORTS, 'log.dirs': directory, ...set }
    const sets = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`])
    this.#child = spawn(process.execPath, [...nodeArguments, program, 'start', ...sets, ...flags], {
      env: withoutSettings(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: options.isDetached ?? false,
    })
    if (options.isDetached) endsWithUs(this.#child)
    this.#keepLog(options.log)
    this.exited = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        resolve({ code, signal })
      })
    })
    this.#child.stderr?.on('data', (text: Buffer) => {
      this.#keep(text.toString())
    })
    const lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })
    lines.on('line', (line) => {
      this.#keep(`${line}\n`)
    })
    const startedMs = hostClock.monotonicMs()
    this.grpc = this.#announced(lines, BOUND)
    this.ready = this.#announced(lines, READY).then((address) => {
      this.readyMs = hostClock.monotonicMs() - startedMs
      return (this.#address = address)
    })
    // Whoever needs them awaits them; a node killed early is no unhandled rejection.
    for (const announcement of [this.grpc, this.ready]) announcement.catch(() => undefined)
  }

  /** Starts one without waiting until it is ready: for those that are to die before. */
  static spawn(options: ProcessNodeOptions): ProcessNode {
    return new ProcessNode(options)
  }

  /** Starts one and waits for its ready line; rejects with its output when it exits instead. */
  static async start(options: ProcessNodeOptions): Promise<ProcessNode> {
    const node = ProcessNode.spawn(options)
    try {
      await within(options.deadlineMs ?? 60_000, 'the ready line', node.ready)
    } catch (thrown) {
      await node.kill()
      throw new Error(`the node did not start\n${node.output}`, { cause: thrown })
    }
    return node
  }

  get isReady(): boolean {
    return this.#address !== null && this.isRunning
  }

  get address(): HostPort {
    if (!this.#address) throw new Error('the node is not ready')
    return this.#address
  }

  /** Where metrics and health are, once it is ready: `http://127.0.0.1:…`. */
  get http(): string {
    const address = /^lograft \S+ ready: .*\bhttp (\S+:\d+)/m.exec(this.#output)?.[1]
    if (address === undefined) throw new Error('the node is not ready, or has no HTTP port')
    return `http://${address}`
  }

  get pid(): number {
    return this.#child.pid ?? -1
  }

  /** Whether it has neither exited nor been killed. */
  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** What it printed on both streams, the last part of it. */
  get output(): string {
    return this.#output
  }

  /** SIGTERM, and how it exited. */
  async stop(deadlineMs = 30_000): Promise<Exit> {
    this.#child.kill('SIGTERM')
    return within(deadlineMs, 'the exit after SIGTERM', this.exited)
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** SIGKILL: what a crash looks like from the data's point of view. */
  async kill(): Promise<Exit> {
    this.#child.kill('SIGKILL')
    return this.exited
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isRunning) await this.kill()
  }

  /** The address in the first line that says it. */
  #announced(lines: Interface, line: RegExp): Promise<HostPort> {
    return new Promise((resolve, reject) => {
      lines.on('line', (text) => {
        const match = line.exec(text)
        if (match) resolve({ host: match[1] as string, port: Number(match[2]) })
      })
      this.#child.once('error', reject)
      void this.exited.then(({ code, signal }) => {
        reject(new Error(`exited with ${code ?? signal} before it was ready\n${this.#output}`))
      })
    })
  }

  #keepLog(path: string | undefined): void {
    if (path === undefined) return
    const file = createWriteStream(path, { flags: 'a' })
    file.on('error', (error) => this.#keep(`its log cannot be kept: ${error.message}\n`))
    for (const printed of [this.#child.stdout, this.#child.stderr])
      printed?.pipe(file, { end: false })
    this.#child.once('close', () => file.end())
  }

  #keep(text: string): void {
    this.#output = (this.#output + text).slice(-OUTPUT_KEPT_CHARACTERS)
  }
}

/** Those that would outlive this process. */
const detached = new Set<ChildProcess>()

/** A process in a group of its own is killed when this one exits. */
export function endsWithUs(child: ChildProcess): void {
  if (detached.size === 0) process.on('exit', killAll)
  detached.add(child)
  child.once('close', () => {
    detached.delete(child)
    if (detached.size === 0) process.off('exit', killAll)
  })
}

function killAll(): void {
  for (const child of detached) child.kill('SIGKILL')
}

/** The configuration of the person at this machine must not decide what is run. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith('LOGRAFT_')),
  )
}

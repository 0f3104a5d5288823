/**
 * A node as its users run it: `node dist/cli/main.js start`, a process that can be killed. Ready is
 * the line it prints, not a guess. It needs a build (`node build.mjs`), which `npm test` makes.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createInterface, type Interface } from 'node:readline'
import type { Address } from './client.ts'
import { within } from './within.ts'

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
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
  readonly deadlineMs?: number
}

/** What every node of a test says, unless the test says otherwise: ports that are free. */
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
  readonly grpc: Promise<Address>
  /** Where it serves, and when it does. Rejects when it exits before. */
  readonly ready: Promise<Address>
  #address: Address | null = null
  #output = ''
  readonly #child: ChildProcess

  private constructor({ directory, set = {}, nodeArguments = [] }: ProcessNodeOptions) {
    if (!existsSync(MAIN)) throw new Error('there is no build: run `node build.mjs` first')
    const settings = { ...FREE_PORTS, 'log.dirs': directory, ...set }
    const flags = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`])
    this.#child = spawn(process.execPath, [...nodeArguments, MAIN, 'start', ...flags], {
      env: withoutSettings(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
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
    const startedMs = performance.now()
    this.grpc = this.#announced(lines, BOUND)
    this.ready = this.#announced(lines, READY).then((address) => {
      this.readyMs = performance.now() - startedMs
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

  get address(): Address {
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

  /** Resident memory in bytes; where the system has no /proc it says so aloud, and gives null. */
  residentBytes(): number | null {
    const path = `/proc/${this.pid}/status`
    if (!existsSync(path)) {
      console.warn('SKIPPED: memory bounds are not checked here, this system has no /proc')
      return null
    }
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(path, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
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
  #announced(lines: Interface, line: RegExp): Promise<Address> {
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

  #keep(text: string): void {
    this.#output = (this.#output + text).slice(-OUTPUT_KEPT_CHARACTERS)
  }
}

/** The configuration of the person at this machine must not decide what is tested. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith('LOGRAFT_')),
  )
}

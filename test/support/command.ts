/**
 * The command as a shell runs it: `node dist/cli/main.js …`, a process with streams of its own. It
 * needs a build (`node build.mjs`), which `npm test` makes.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { formatHostPort } from '../../src/config/addresses.ts'
import type { Address } from './client.ts'
import { within } from './within.ts'

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const DEADLINE_MS = 50_000

export interface CommandResult {
  readonly code: number | null
  readonly stdout: Buffer
  readonly stderr: string
}

export interface CommandOptions {
  /** Given to the command as LOGRAFT_BOOTSTRAP. */
  readonly bootstrap?: Address
  /** Arguments for node itself, such as `--max-old-space-size=64`. */
  readonly nodeArguments?: readonly string[]
}

/** A command that runs; what it prints is gathered. */
export class Command implements AsyncDisposable {
  readonly child: ChildProcessWithoutNullStreams
  readonly #result: Promise<CommandResult>
  readonly #stdout: Buffer[] = []
  stderr = ''

  constructor(args: readonly string[], { bootstrap, nodeArguments = [] }: CommandOptions = {}) {
    const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('LOGRAFT_'))
    if (bootstrap) environment.push(['LOGRAFT_BOOTSTRAP', formatHostPort(bootstrap)])
    this.child = spawn(process.execPath, [...nodeArguments, MAIN, ...args], {
      env: Object.fromEntries(environment),
    })
    this.child.stdout.on('data', (chunk: Buffer) => this.#stdout.push(chunk))
    this.child.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()))
    // A command that ends before it has read its input closes the pipe.
    this.child.stdin.on('error', () => undefined)
    this.#result = new Promise((resolve) => {
      this.child.once('close', (code) => {
        resolve({ code, stdout: this.stdout, stderr: this.stderr })
      })
    })
  }

  get stdout(): Buffer {
    return Buffer.concat(this.#stdout)
  }

  get result(): Promise<CommandResult> {
    return within(DEADLINE_MS, 'the end of the command', this.#result)
  }

  /** Resolves when what was printed satisfies `wanted`. */
  async printed(wanted: (command: Command) => boolean): Promise<void> {
    const seen = new Promise<void>((resolve, reject) => {
      const look = () => wanted(this) && resolve()
      look()
      for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', look)
      void this.#result.then(({ stderr }) =>
        reject(new Error(`ended before it was seen: ${stderr}`)),
      )
    })
    await within(DEADLINE_MS, 'what a command was to print', seen)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL')
    await this.#result
  }
}

export interface Input {
  readonly input?: string | Uint8Array
  readonly inputFile?: string
}

/** Runs a command to its end, with all of its input. */
export async function run(
  args: readonly string[],
  { input = '', inputFile, ...options }: CommandOptions & Input = {},
): Promise<CommandResult> {
  await using command = new Command(args, options)
  if (inputFile === undefined) command.child.stdin.end(input)
  else await pipeline(createReadStream(inputFile), command.child.stdin).catch(() => undefined)
  // Awaited here: leaving the block would kill it.
  return await command.result
}

/** Child processes of the benchmark: TypeScript files that talk to their parent, always ended. */
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { within } from '../test/support/within.ts'

const REPLY_DEADLINE_MS = 120_000

/** Any message a child may be sent or send. */
type Message = object | string

export class Child implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #name: string
  readonly #gone: Promise<never>
  readonly #exited: Promise<void>

  constructor(file: string, args: readonly string[] = []) {
    this.#name = file
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#exited = new Promise((resolve) => this.#child.once('exit', () => resolve()))
    this.#gone = new Promise((_, reject) => {
      this.#child.once('exit', (code, signal) => {
        reject(new Error(`${file} ended with ${code ?? signal}`))
      })
    })
    // Heard by whoever awaits a message; an end that nobody waits for is the benchmark's own.
    this.#gone.catch(() => undefined)
  }

  get pid(): number {
    return this.#child.pid ?? -1
  }

  /** Resolves when it has ended by itself. */
  ended(): Promise<void> {
    return within(REPLY_DEADLINE_MS, `the end of ${this.#name}`, this.#exited)
  }

  send(message: Message): void {
    this.#child.send(message)
  }

  /** The next message the child sends. */
  async next(deadlineMs = REPLY_DEADLINE_MS): Promise<unknown> {
    const message = new Promise<unknown>((resolve) => this.#child.once('message', resolve))
    const either = Promise.race([message, this.#gone])
    return within(deadlineMs, `an answer of ${this.#name}`, either)
  }

  /** Sends a message; resolves with what the child says next. */
  ask(message: Message): Promise<unknown> {
    const reply = this.next()
    this.send(message)
    return reply
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#exited
  }
}

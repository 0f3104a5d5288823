/**
 * Processes that were not started here, or are to outlive this one: known by a number, seen by
 * asking for them again and again. What a command has started leads a group of its own, and is
 * signalled as one: the shell around a broker is not the broker.
 */
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { asError } from '../../base/errors.ts'

const OUTPUT_SHOWN_CHARACTERS = 2_000
/** The last such line that a start command prints is its node's process. */
const PID_LINE = /^[ \t]*(\d{1,10})[ \t\r]*$/gm

export interface ForeignProcess {
  readonly pid: number
  readonly isGroup: boolean
}

/** Also of one that nobody may signal. */
export function isThere(process: ForeignProcess): boolean {
  try {
    signalForeign(process, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Throws when it is not there, or another user's. */
export function signalForeign({ pid, isGroup }: ForeignProcess, signal: NodeJS.Signals | 0): void {
  process.kill(isGroup ? -pid : pid, signal)
}

/** A command that a shell runs, and that goes on when this process has ended. */
export class StartCommand {
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  readonly #output: string
  readonly #offset: number
  readonly #pid: number
  #isEnded = false

  /** What it prints is added to the file `output`. */
  constructor(command: string, output: string) {
    const file = openSync(output, 'a')
    try {
      this.#output = output
      this.#offset = readFileSync(output).length
      const stdio = ['ignore', file, file] as const
      const child = spawn(command, { shell: true, detached: true, stdio: [...stdio] })
      child.unref()
      this.#pid = child.pid ?? -1
      this.ended = new Promise((resolve) => {
        child.once('error', (error) => resolve(asError(error).message))
        child.once('exit', (code, signal) => resolve(code ?? signal ?? 'a signal'))
      })
    } finally {
      closeSync(file)
    }
    void this.ended.then(() => (this.#isEnded = true))
  }

  get isRunning(): boolean {
    return !this.#isEnded
  }

  /** What it has started: the one it has named, or all that is left of it; null: nobody knows. */
  get process(): ForeignProcess | null {
    const group: ForeignProcess = { pid: this.#pid, isGroup: true }
    if (this.isRunning) return group
    const pid = Number([...this.#printed.matchAll(PID_LINE)].at(-1)?.[1] ?? 0)
    if (pid > 1) return { pid, isGroup: false }
    return this.#pid > 1 && isThere(group) ? group : null
  }

  /** The end of what it printed. */
  get shown(): string {
    return this.#printed.slice(-OUTPUT_SHOWN_CHARACTERS)
  }

  get #printed(): string {
    return readFileSync(this.#output).subarray(this.#offset).toString()
  }
}

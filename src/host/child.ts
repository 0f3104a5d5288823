/**
 * Node.js processes that belong to this one: each is told and tells through a channel of its own,
 * and none outlives this process. What they print goes to this process's standard error.
 */
import { spawn, type ChildProcess, type Serializable } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface ChildExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export class Child<Told extends Serializable, Heard> {
  /** Resolves when it is gone and all that it said was heard. Rejects when it cannot be started. */
  readonly exited: Promise<ChildExit>
  readonly #process: ChildProcess

  /** `program` is a module of this package. */
  constructor(program: URL, onMessage: (message: Heard) => void) {
    this.#process = spawn(process.execPath, [fileURLToPath(program)], {
      stdio: ['ignore', 2, 2, 'ipc'],
      serialization: 'advanced',
    })
    this.#process.on('message', (message) => onMessage(message as Heard))
    this.exited = new Promise((resolve, reject) => {
      this.#process.once('error', reject)
      this.#process.once('close', (code, signal) => resolve({ code, signal }))
    })
    own(this.#process, this.exited)
  }

  /** Null when it was never there. */
  get pid(): number | null {
    return this.#process.pid ?? null
  }

  /** Without effect when it is gone. */
  tell(message: Told): void {
    if (this.#process.connected) this.#process.send(message, () => {})
  }

  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.#process.kill(signal)
  }
}

/** Those that are there. */
const children = new Set<ChildProcess>()

function own(child: ChildProcess, exited: Promise<unknown>): void {
  if (children.size === 0) process.on('exit', killAll)
  children.add(child)
  const gone = () => {
    children.delete(child)
    if (children.size === 0) process.off('exit', killAll)
  }
  exited.then(gone, gone)
}

/** They would notice themselves, but for one that is paused. */
function killAll(): void {
  for (const child of children) child.kill('SIGKILL')
}

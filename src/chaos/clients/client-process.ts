/**
 * A client in a process of its own, which is told what to do and says what it did. One that dies by
 * itself is written down and begun anew, under another name; so many times at most.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { createInterface } from 'node:readline'
import { delay } from '../../base/clock.ts'
import { hostClock, machineMs } from '../../host/clock.ts'
import type { WorkloadSite } from '../workloads/workload.ts'
import type { WorkloadName } from '../api.ts'
import type { Outcome } from '../history/events.ts'
import type { Program } from './available.ts'
import { Ledger, type LedgerOptions } from './ledger.ts'
import type { Lane, Line, Order, Role } from './protocol.ts'

const RESTARTS_MAX = 50
const RESTART_AFTER_MS = 500
const SAID_CHARACTERS = 500
/** Kinds of sentences that are kept of a process. */
const COMPLAINTS_MAX = 200
/** Long ones are bad for tables. */
const SENTENCE_CHARACTERS = 160

export interface ClientProcessOptions {
  readonly program: Program
  readonly workload: WorkloadName
  readonly site: Pick<WorkloadSite, 'target' | 'nowMs' | 'write'>
  readonly roles: readonly Role[]
  /** How often it is begun anew at most, when it ends by itself. */
  readonly restarts?: number
  readonly onOutcome: (outcome: Outcome) => void
  readonly onRead?: LedgerOptions['onRead']
  readonly onProcessed?: (lane: Lane, last: number) => void
}

export class ClientProcess {
  /** `kafkajs/1`: the first of its roles. */
  readonly name: string
  /** Resolves when each of its roles was answered once; rejects when that will never be. */
  readonly ready: Promise<void>
  /** Resolves when it is gone and everything is written. */
  readonly ended: Promise<void>
  readonly #options: ClientProcessOptions
  /** Roles that were not answered yet. */
  readonly #silent: Set<number>
  readonly #complaints = new Map<string, number>()
  #child: ChildProcessWithoutNullStreams | null = null
  #isEnding = false
  #isKilled = false
  #tellReady: () => void = () => undefined
  #tellNever: (error: Error) => void = () => undefined
  #lastWords = ''

  constructor(options: ClientProcessOptions) {
    this.#options = options
    this.name = options.roles[0]?.process ?? options.program.client
    this.#silent = new Set(options.roles.keys())
    this.ready = new Promise((resolve, reject) => {
      this.#tellReady = resolve
      this.#tellNever = reject
    })
    // Whoever needs it awaits it.
    this.ready.catch(() => undefined)
    this.ended = this.#live()
  }

  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  /** Nothing new is asked; it is killed when that takes longer. */
  async stop(deadlineMs: number): Promise<void> {
    this.#isEnding = true
    this.#child?.stdin.end()
    const timer = hostClock.timer(deadlineMs, () => {
      this.#complain(`it did not end within ${deadlineMs} ms and was killed`)
      this.#child?.kill('SIGKILL')
    })
    await this.ended
    timer.cancel()
  }

  /** SIGKILL, and no other is begun. */
  async kill(): Promise<void> {
    this.#isEnding = true
    this.#isKilled = true
    this.#child?.kill('SIGKILL')
    await this.ended
  }

  /** One life after the other. */
  async #live(): Promise<void> {
    const { site, roles, restarts = RESTARTS_MAX } = this.#options
    for (let life = 1; ; life += 1) {
      const named = life === 1 ? roles : roles.map((role) => renamed(role, life))
      const how = await this.#run(named)
      if (how !== null && !this.#isKilled) this.#complain(how)
      if (this.#isEnding) break
      if (how === null) this.#complain('it ended by itself')
      if (life > restarts) {
        this.#complain(`it was begun ${life} times, and is not any more`)
        break
      }
      await delay(hostClock, RESTART_AFTER_MS)
      if (this.#isEnding) break
    }
    this.#tellNever(new Error(`${this.name} was never answered: ${this.#lastWords || 'it ended'}`))
    for (const [sentence, count] of this.#complaints)
      site.write({ type: 'complaint', process: this.name, sentence, count })
  }

  /** One life; how it ended, or null when it ended well. */
  async #run(roles: readonly Role[]): Promise<string | null> {
    const { program, workload, site, onOutcome, onRead, onProcessed } = this.#options
    const [executable, ...args] = program.command
    const child = spawn(executable, args)
    this.#child = child
    // A program may die before it has read its order.
    child.stdin.on('error', () => undefined)
    const ledger = new Ledger({
      ...{ workload, client: program.client, roles, write: site.write, onOutcome },
      onAnswer: (role) => this.#answered(role),
      onComplaint: (sentence) => this.#complain(sentence),
      onRead: onRead ?? (() => undefined),
      onProcessed: onProcessed ?? (() => undefined),
    })
    let said = ''
    child.stderr.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-SAID_CHARACTERS)
    })
    const lines = createInterface({ input: child.stdout })
    lines.on('line', (line) => this.#heard(line, ledger))
    const order: Order = {
      ...{ bootstrap: site.target.bootstrap, roles },
      originMs: machineMs() - site.nowMs(),
    }
    child.stdin.write(`${JSON.stringify(order)}\n`)
    if (this.#isEnding) child.stdin.end()
    const how = await ending(child)
    ledger.close(site.nowMs())
    return how === null ? null : `${how} ${said}`.trim()
  }

  #heard(line: string, ledger: Ledger): void {
    let told: Line
    try {
      told = JSON.parse(line) as Line
    } catch {
      // Of a program that was killed in the middle of a line, or of a library that prints.
      return this.#complain(`it said: ${line}`)
    }
    ledger.hear(told)
  }

  #answered(role: number): void {
    if (this.#silent.delete(role) && this.#silent.size === 0) this.#tellReady()
  }

  /** Ports and times aside, the same sentence is the same complaint. */
  #complain(line: string): void {
    this.#lastWords = line
    const sentence = line.replaceAll(/\d+(\.\d+)?/g, 'N').slice(0, SENTENCE_CHARACTERS)
    const known = this.#complaints.get(sentence) ?? 0
    if (known > 0 || this.#complaints.size < COMPLAINTS_MAX)
      this.#complaints.set(sentence, known + 1)
  }
}

const renamed = (role: Role, life: number): Role => ({
  ...role,
  process: `${role.process}~${life}`,
})

/** Resolves when the process is gone and all that it said was heard; null when it ended well. */
function ending(child: ChildProcessWithoutNullStreams): Promise<string | null> {
  own(child)
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(`could not be started: ${message}`))
    child.once('close', (code, signal) =>
      resolve(code === 0 ? null : `ended with ${code ?? signal}`),
    )
  })
}

/** Those that are there: none outlives this process. */
const children = new Set<ChildProcessWithoutNullStreams>()

function own(child: ChildProcessWithoutNullStreams): void {
  if (children.size === 0) process.on('exit', killAll)
  children.add(child)
  child.once('close', () => {
    children.delete(child)
    if (children.size === 0) process.off('exit', killAll)
  })
}

function killAll(): void {
  for (const child of children) child.kill('SIGKILL')
}

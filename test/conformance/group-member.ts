/**
 * A member of a group as a process of its own, so that it can be killed: what it tells, line by
 * line, and what it is told to do. Programs in all languages speak the same way (the command
 * `member` of those that speak `dialect.ts`): one line of options, then a line for each thing to
 * do; what happens comes back as one JSON object per line. It ends when its standard input does.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { within } from '../support/within.ts'
import type { ForeignError } from './dialect.ts'

const WAIT_MS = 60_000

export interface Joining {
  readonly groupId: string
  readonly topic: string
  readonly instanceId?: string
  readonly clientId?: string
  readonly sessionTimeoutMs?: number
  readonly assignor?: 'range' | 'cooperative'
}

export type MemberEvent =
  /** It owns these from now on. */
  | { readonly event: 'assigned'; readonly now: readonly number[] }
  | {
      readonly event: 'revoked'
      readonly taken: readonly number[]
      readonly now: readonly number[]
    }
  | {
      readonly event: 'record'
      readonly partition: number
      readonly offset: number
      readonly value: string
    }
  /** It has done the next thing that it was told. */
  | { readonly event: 'did' }
  | { readonly event: 'error'; readonly error: ForeignError }

export type ToDo =
  /** Commits what it has told of so far. */
  | { readonly do: 'commit' }
  | { readonly do: 'pause' | 'resume'; readonly partitions: readonly number[] }
  | { readonly do: 'seek'; readonly partition: number; readonly offset: number }
  | { readonly do: 'leave' }

export interface MemberOptions {
  readonly command: readonly [string, ...string[]]
  /** The first line; null for a program that does not listen, and leaves when it is interrupted. */
  readonly joining: object | null
  /** What one line of its output means; default: JSON. */
  readonly parse?: (line: string) => MemberEvent | null
  readonly env?: NodeJS.ProcessEnv
}

export class MemberProcess implements AsyncDisposable {
  readonly events: MemberEvent[] = []
  readonly #child: ChildProcess
  readonly #listens: boolean
  readonly #ended: Promise<number | NodeJS.Signals | null>
  readonly #waits = new Set<() => void>()
  #said = ''
  #didCount = 0

  constructor({ command: [executable, ...args], joining, parse, env }: MemberOptions) {
    const child = spawn(executable, args, { stdio: ['pipe', 'pipe', 'pipe'], ...(env && { env }) })
    this.#child = child
    this.#listens = joining !== null
    this.#ended = new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => {
        resolve(code ?? signal)
        this.#look()
      })
    })
    const take = (line: string) => {
      const event = parse === undefined ? (JSON.parse(line) as MemberEvent) : parse(line)
      if (event === null) return
      this.events.push(event)
      this.#look()
    }
    byLines(child.stdout, take)
    // Programs that speak JSON complain there; others tell of their group there.
    byLines(child.stderr, (line) => {
      this.#said += `${line}\n`
      if (parse !== undefined) take(line)
    })
    child.stdin.on('error', () => undefined)
    if (joining !== null) child.stdin.write(`${JSON.stringify(joining)}\n`)
  }

  /** In the present generation. */
  get partitions(): readonly number[] {
    const last = this.events.findLast((one) => one.event === 'assigned' || one.event === 'revoked')
    return last?.now ?? []
  }

  get read(): Extract<MemberEvent, { event: 'record' }>[] {
    return this.events.filter((one) => one.event === 'record')
  }

  get values(): string[] {
    return this.read.map(({ value }) => value)
  }

  get errors(): ForeignError[] {
    return this.events.flatMap((one) => (one.event === 'error' ? [one.error] : []))
  }

  /** How often it was told what it owns, or that it owns something no more. */
  get changes(): number {
    return this.events.filter(({ event }) => event === 'assigned' || event === 'revoked').length
  }

  /** Resolves when it has done it. */
  async do(what: ToDo): Promise<void> {
    if (!this.#listens) return
    const before = this.#didCount
    this.#child.stdin?.write(`${JSON.stringify(what)}\n`)
    const did = () => this.events.filter(({ event }) => event === 'did').length
    await untilAll([this], `it to ${what.do}`, () => did() > before)
    this.#didCount = before + 1
  }

  /** Leaves in good order, and waits until it has. */
  async leave(): Promise<void> {
    if (this.#listens) await this.do({ do: 'leave' })
    else this.#child.kill('SIGINT')
    const status = await within(WAIT_MS, 'its end', this.#ended)
    if (status !== 0) throw new Error(`a member ended with ${status}: ${this.#said}`)
  }

  /** `kill -9`: nobody is told. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill()
  }

  watch(look: () => void): () => void {
    this.#waits.add(look)
    return () => this.#waits.delete(look)
  }

  /** For the message of a wait in vain. */
  toString(): string {
    const told = this.events.filter(({ event }) => event !== 'record')
    const last = JSON.stringify(told.slice(-5))
    return `${this.read.length} records, ${last} ${this.#said.slice(-2000)}`
  }

  #look(): void {
    for (const look of this.#waits) look()
  }
}

/** Resolves as soon as `isTrue`; it is asked whenever one of the members tells something. */
export async function untilAll(
  members: readonly MemberProcess[],
  what: string,
  isTrue: () => boolean,
): Promise<void> {
  let undo: (() => void)[] = []
  const event = new Promise<void>((resolve) => {
    const look = () => {
      if (isTrue()) resolve()
    }
    undo = members.map((member) => member.watch(look))
    look()
  })
  try {
    await within(WAIT_MS, what, event)
  } catch (thrown) {
    throw new Error(`${what} did not come: ${members.join('\n')}`, { cause: thrown })
  } finally {
    for (const each of undo) each()
  }
}

function byLines(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') take(line)
  })
}

/**
 * Whoever calls the admin API in another language than ours: a Python program that runs for as long
 * as the tests do, and grpcurl, once a call. Requests and replies are JSON as protobuf has it,
 * errors what the status and its details say.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { status } from '@grpc/grpc-js'
import type { Program } from '../../support/foreign-client.ts'
import { within } from '../../support/within.ts'

const WAIT_MS = 60_000

/** What is said of a call. */
export interface Call {
  /** `package.Service/Method`. */
  readonly method: string
  readonly request?: object
  /** Default: 30. */
  readonly timeoutSeconds?: number
  /** Of a stream, how many are wanted; it is cancelled then. */
  readonly replies?: number
}

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly reason: string | null
  readonly field: string | null
  readonly hint: string | null
}

export interface Outcome {
  readonly replies?: readonly object[]
  readonly error?: Refusal
}

export interface Caller {
  call(to: string, call: Call): Promise<Outcome>
  close(): Promise<void>
}

/** `kind`: where it has its messages from (client.py). */
export class PythonCaller implements Caller {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #answers: AsyncIterator<string>
  #turn: Promise<unknown> = Promise.resolve()
  #complaint = ''

  constructor([executable, ...args]: Program, kind: 'generated' | 'reflection') {
    this.#child = spawn(executable, [...args, kind, 'proto'])
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#complaint += text))
    this.#child.stdin.on('error', () => undefined)
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }

  call(to: string, { timeoutSeconds: timeout = 30, ...call }: Call): Promise<Outcome> {
    return this.ask<Outcome>({ to, timeout, ...call })
  }

  /** One after the other. */
  ask<Answer>(question: object): Promise<Answer> {
    const asked = this.#turn.then(async () => {
      this.#child.stdin.write(`${JSON.stringify(question)}\n`)
      const next = await within(WAIT_MS, JSON.stringify(question), this.#answers.next())
      if (next.done === true) throw new Error(`the program ended: ${this.#complaint}`)
      return JSON.parse(next.value) as Answer
    })
    this.#turn = asked.catch(() => undefined)
    return asked
  }

  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#child
    if (exitCode !== null || signalCode !== null) return
    const ended = once(this.#child, 'close')
    this.#child.stdin.end()
    await ended
  }
}

/** Replies come one behind the other, as objects over several lines. */
export class GrpcurlCaller implements Caller {
  readonly #program: Program

  constructor(program: Program) {
    this.#program = program
  }

  async call(
    to: string,
    { method, request = {}, timeoutSeconds, replies }: Call,
  ): Promise<Outcome> {
    const [executable, ...args] = this.#program
    const flags = ['-plaintext', '-format-error', '-max-time', String(timeoutSeconds ?? 30)]
    const child = spawn(executable, [...args, ...flags, '-d', JSON.stringify(request), to, method])
    let [said, complaint] = ['', '']
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (replies !== undefined && objectsIn(said).length >= replies) child.kill()
    })
    await within(WAIT_MS, `grpcurl ${method}`, once(child, 'close'))
    const told = objectsIn(said)
    if (replies !== undefined && told.length >= replies) return { replies: told.slice(0, replies) }
    return complaint === '' ? { replies: told } : { error: refusalIn(complaint) }
  }

  async close(): Promise<void> {}
}

/** Those that are complete. */
function objectsIn(text: string): readonly object[] {
  return text
    .split(/(?<=^\}\n)/m)
    .filter((part) => part.endsWith('}\n'))
    .map((part) => JSON.parse(part) as object)
}

interface Told {
  readonly code: number
  readonly message: string
  readonly details?: readonly {
    readonly reason?: string
    readonly metadata?: { readonly hint?: string }
    readonly fieldViolations?: readonly { readonly field: string }[]
  }[]
}

function refusalIn(complaint: string): Refusal {
  const { code, message, details = [] } = JSON.parse(complaint) as Told
  const info = details.find(({ reason }) => reason !== undefined)
  const bad = details.find(({ fieldViolations }) => fieldViolations !== undefined)
  return {
    ...{ code: status[code] ?? String(code), message, reason: info?.reason ?? null },
    field: bad?.fieldViolations?.[0]?.field ?? null,
    hint: info?.metadata?.hint ?? null,
  }
}

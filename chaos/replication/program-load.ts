/**
 * Producers of other makes, each a process of its own that says line by line what it does: `sent
 * NUMBER PARTITION` before, `ok NUMBER PARTITION OFFSET` or `unknown NUMBER WHY` after, `log …`
 * what the client complains of. It produces until its input ends, and ends when all is delivered.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { preparePython } from '../../test/support/foreign-client.ts'
import { within } from '../../test/support/within.ts'
import type { History } from './history.ts'

/** A client in a process; it produces from the moment it is made. */
export interface Load {
  readonly name: string
  /** What it complained of, and how often. */
  readonly complaints: ReadonlyMap<string, number>
  /** What it could not tell, as sentences: no proof of anything. */
  readonly unknowns: readonly string[]
  /** Lets it deliver what it has, and ends it; kills it when that takes too long. */
  stop(deadlineMs: number): Promise<void>
}

export interface LoadOptions {
  readonly history: History
  /** `host:port,…` */
  readonly bootstrap: string
  readonly topic: string
  readonly partitions: number
}

/** Or why it cannot be had on this machine. */
export type StartLoad = (options: LoadOptions) => Load | { readonly missing: string }

const SENTENCE_CHARACTERS = 120

type Program = readonly [string, ...string[]]

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

export const kafkajs = (options: LoadOptions) =>
  new ProgramLoad(
    'kafkajs',
    [process.execPath, '--import', 'tsx', path('kafkajs-producer.ts')],
    options,
  )

/** Null, with the reason, when it cannot be had on this machine. */
export function librdkafka(options: LoadOptions): Load | { readonly missing: string } {
  const python = preparePython()
  if (!('program' in python)) return python
  const [executable] = python.program
  return new ProgramLoad('librdkafka', [executable, path('librdkafka_producer.py')], options)
}

/** Ports and times aside, the same sentence is the same complaint. */
export function complain(complaints: Map<string, number>, line: string): void {
  const sentence = line.replaceAll(/\d+(\.\d+)?/g, 'N').slice(0, SENTENCE_CHARACTERS)
  complaints.set(sentence, (complaints.get(sentence) ?? 0) + 1)
}

class ProgramLoad implements Load {
  readonly name: string
  readonly complaints = new Map<string, number>()
  readonly unknowns: string[] = []
  readonly #history: History
  readonly #child: ChildProcessWithoutNullStreams
  readonly #ended: Promise<void>

  constructor(name: string, [executable, ...args]: Program, options: LoadOptions) {
    const { history, bootstrap, topic, partitions } = options
    this.name = name
    this.#history = history
    this.#child = spawn(executable, [...args, bootstrap, topic, String(partitions), name])
    this.#child.stdin.on('error', () => undefined)
    let said = ''
    this.#child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2_000)))
    const lines = createInterface({ input: this.#child.stdout })
    lines.on('line', (line) => this.#heard(line))
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.unknowns.push(`${name} could not be started: ${error.message}`)
        resolve()
      })
      this.#child.once('close', (code, signal) => {
        if (code !== 0) this.unknowns.push(`${name} ended with ${code ?? signal}: ${said}`)
        resolve()
      })
    })
  }

  async stop(deadlineMs: number): Promise<void> {
    this.#child.stdin.end()
    await within(deadlineMs, `the end of ${this.name}`, this.#ended).catch(() =>
      this.#child.kill('SIGKILL'),
    )
    await this.#ended
  }

  #heard(line: string): void {
    const [what, number, third = '', fourth = ''] = line.split(' ')
    const id = { producer: this.name, number: Number(number) }
    if (what === 'sent') return void this.#history.send(id, Number(third))
    const send = this.#history.find(id)
    if (what === 'ok' && send) {
      // `None`: the answer was lost, and librdkafka took a later one for it, without the offset.
      const offset = /^\d+$/.test(fourth) ? Number(fourth) : null
      this.#history.answer(send, { outcome: 'ok', partition: Number(third), offset })
    } else if (what === 'unknown' && send) send.error = line
    else complain(this.complaints, line)
  }
}

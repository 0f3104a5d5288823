/**
 * Members of a group, each a process of its own that can be killed. Each says line by line what it
 * has processed, `read PARTITION FIRST LAST`, before it commits that, and what it complains of,
 * `log …`.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { preparePython } from '../../test/support/foreign-client.ts'
import { within } from '../../test/support/within.ts'
import { complain } from '../replication/program-load.ts'
import type { Processed } from './history.ts'

const END_WITHIN_MS = 20_000

type Program = readonly [string, ...string[]]

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** How a make of members is run; or why it cannot be on this machine. */
export const MAKES: Readonly<Record<string, () => Program | { readonly missing: string }>> = {
  kafkajs: () => [process.execPath, '--import', 'tsx', path('kafkajs-member.ts')],
  librdkafka: () => {
    const python = preparePython()
    return 'program' in python ? [python.program[0], path('librdkafka_member.py')] : python
  },
}

export interface MemberOptions {
  readonly program: Program
  readonly bootstrap: string
  readonly topic: string
  readonly group: string
  readonly name: string
  readonly sessionTimeoutMs: number
  readonly complaints: Map<string, number>
  readonly onProcessed: (processed: Processed) => void
}

export class Member {
  readonly name: string
  /** How it ended; null for one that was killed by us. */
  readonly ended: Promise<string | null>
  readonly #child: ChildProcessWithoutNullStreams
  #isKilled = false

  constructor(options: MemberOptions) {
    const { program, bootstrap, topic, group, name, sessionTimeoutMs } = options
    this.name = name
    const [executable, ...args] = program
    const own = [bootstrap, topic, group, name, String(sessionTimeoutMs)]
    this.#child = spawn(executable, [...args, ...own])
    this.#child.stdin.on('error', () => undefined)
    let said = ''
    this.#child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2_000)))
    const lines = createInterface({ input: this.#child.stdout })
    lines.on('line', (line) => heard(line, options))
    this.ended = new Promise((resolve) => {
      this.#child.once('error', ({ message }) => resolve(`${name} did not start: ${message}`))
      this.#child.once('close', (code, signal) =>
        resolve(
          this.#isKilled || code === 0 ? null : `${name} ended with ${code ?? signal}: ${said}`,
        ),
      )
    })
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    this.#isKilled = true
    this.#child.kill('SIGKILL')
    await this.ended
  }

  /** It leaves its group; how that ended, if not well. */
  async leave(): Promise<string | null> {
    this.#child.stdin.end()
    try {
      return await within(END_WITHIN_MS, `the end of ${this.name}`, this.ended)
    } catch {
      await this.kill()
      return `${this.name} did not leave in ${END_WITHIN_MS} ms`
    }
  }
}

function heard(line: string, { complaints, onProcessed }: MemberOptions): void {
  const [what, partition, first, last] = line.split(' ')
  if (what !== 'read') return complain(complaints, line)
  onProcessed({ partition: Number(partition), first: Number(first), last: Number(last) })
}

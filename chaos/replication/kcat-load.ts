/**
 * kcat as a producer: lines go into its standard input while the cluster is hurt; that it ends well
 * acknowledges all of them, and nothing else does. It chooses partitions by key, and does not tell.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { valueOf } from '../../src/chaos/history/values.ts'
import { kcatPeer, kcatProgram } from '../../test/support/kcat.ts'
import { within } from '../../test/support/within.ts'
import type { History, Send } from './history.ts'
import { complain, type Load, type LoadOptions } from './program-load.ts'

const NAME = 'kcat'
const LINES_AT_ONCE = 10
const PAUSE_MS = 50

/** Null, with the reason, when it is not there. */
export function kcatLoad(options: LoadOptions): Load | { readonly missing: string } {
  return kcatPeer.missing === null && kcatProgram !== null
    ? new KcatLoad(kcatProgram, options)
    : { missing: kcatPeer.missing ?? 'is not installed' }
}

class KcatLoad implements Load {
  readonly name = NAME
  readonly complaints = new Map<string, number>()
  readonly unknowns: string[] = []
  readonly #history: History
  readonly #child: ChildProcessWithoutNullStreams
  readonly #sends: Send[] = []
  readonly #timer: NodeJS.Timeout
  readonly #ended: Promise<void>

  constructor(program: string, { history, bootstrap, topic }: LoadOptions) {
    this.#history = history
    const settings = ['acks=all', 'enable.idempotence=true', `client.id=${NAME}`]
    const args = ['-P', '-E', '-b', bootstrap, '-t', topic, '-K', '|']
    this.#child = spawn(program, [...args, ...settings.flatMap((each) => ['-X', each])], {
      env: { ...process.env, KCAT_CONFIG: '/dev/null' },
    })
    this.#child.stdin.on('error', () => undefined)
    this.#child.stderr.on('data', (text: Buffer) => this.#complained(text.toString()))
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', () => resolve())
      this.#child.once('close', (code, signal) => {
        this.#settle(code === 0, `ended with ${code ?? signal}`)
        resolve()
      })
    })
    this.#timer = setInterval(() => this.#write(), PAUSE_MS)
  }

  async stop(deadlineMs: number): Promise<void> {
    clearInterval(this.#timer)
    this.#child.stdin.end()
    await within(deadlineMs, 'the end of kcat', this.#ended).catch(() =>
      this.#child.kill('SIGKILL'),
    )
    await this.#ended
  }

  #write(): void {
    for (let line = 0; line < LINES_AT_ONCE; line += 1) {
      const id = { producer: NAME, number: this.#sends.length + 1 }
      this.#sends.push(this.#history.send(id, null))
      this.#child.stdin.write(`${id.number}|${valueOf(id)}\n`)
    }
  }

  #complained(text: string): void {
    for (const line of text.split('\n')) if (line !== '') complain(this.complaints, line)
  }

  #settle(isDelivered: boolean, how: string): void {
    const hasFailed = [...this.complaints.keys()].some((line) => line.includes('Delivery failed'))
    if (!isDelivered || hasFailed) this.unknowns.push(`kcat ${how}: nobody knows what it delivered`)
    else for (const send of this.#sends) this.#history.answer(send, { outcome: 'ok' })
  }
}

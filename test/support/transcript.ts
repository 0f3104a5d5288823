/**
 * Pages that are tried: `console` blocks of a Markdown page are what somebody typed and saw. Lines
 * behind `$ ` are commands, `> ` goes on with them, everything else is their output, where `…`
 * stands for what varies: alone on a line for any number of lines, within a line for any text.
 * Blanks in a row count as one, since columns move with what is in them. All commands of a page are
 * typed into one shell, one after the other.
 */
import { randomUUID } from 'node:crypto'
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { within } from './within.ts'

export interface Step {
  /** Where the command stands in the page, from 1. */
  readonly line: number
  readonly command: string
  readonly expected: readonly string[]
}

const BLOCK = /^```console\n([\s\S]*?)^```$/gm

/** Every command of the page, in order. */
export function stepsOf(page: string): readonly Step[] {
  return [...page.matchAll(BLOCK)].flatMap(({ 1: block = '', index }) => {
    const begin = page.slice(0, index).split('\n').length + 1
    const steps: { line: number; command: string; expected: string[] }[] = []
    for (const [offset, text] of block.split('\n').slice(0, -1).entries()) {
      const last = steps.at(-1)
      if (text.startsWith('$ '))
        steps.push({ line: begin + offset, command: text.slice(2), expected: [] })
      else if (last === undefined)
        throw new Error(`line ${begin + offset}: output before any command: ${text}`)
      else if (text.startsWith('> ') && last.expected.length === 0)
        last.command += `\n${text.slice(2)}`
      else last.expected.push(text)
    }
    return steps
  })
}

/** Whether what was printed is what the page says. */
export function isAsExpected(expected: readonly string[], printed: readonly string[]): boolean {
  const [first, ...others] = expected
  if (first === undefined) return printed.length === 0
  if (first.trim() !== '…')
    return (
      printed[0] !== undefined &&
      patternOf(first).test(normal(printed[0])) &&
      isAsExpected(others, printed.slice(1))
    )
  for (let skipped = 0; skipped <= printed.length; skipped++)
    if (isAsExpected(others, printed.slice(skipped))) return true
  return false
}

const normal = (line: string) => line.trim().replace(/\s+/g, ' ')

function patternOf(line: string): RegExp {
  const parts = normal(line)
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}

export interface ShellOptions {
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** For one command. */
  readonly timeoutMs: number
}

/** One bash for a whole page: variables, functions and jobs last. */
export class Shell implements AsyncDisposable {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #timeoutMs: number
  #printed = ''
  #onPrinted: () => void = () => {}
  readonly #closed: Promise<unknown>

  constructor({ directory, environment, timeoutMs }: ShellOptions) {
    // A process group of its own, so that what it left behind ends with it.
    this.#child = spawn('bash', ['--norc', '--noprofile'], {
      ...{ cwd: directory, env: environment, detached: true },
    })
    this.#timeoutMs = timeoutMs
    this.#closed = new Promise((resolve) => this.#child.once('close', resolve))
    this.#child.stdin.write('exec 2>&1\n')
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#printed += chunk.toString()
      this.#onPrinted()
    })
  }

  /** What the command printed, on both streams, as a terminal would show it. */
  async type(command: string): Promise<readonly string[]> {
    const mark = `end-${randomUUID()}`
    this.#printed = ''
    // What a command reads is not what is typed next.
    this.#child.stdin.write(`{ ${command}\n} < /dev/null\nprintf '%s\\n' '${mark}'\n`)
    const marked = new Promise<void>((resolve) => {
      this.#onPrinted = () => this.#printed.endsWith(`${mark}\n`) && resolve()
    })
    const gone = this.#closed.then(() => {
      throw new Error('the shell ended')
    })
    const ended = Promise.race([marked, gone])
    await within(this.#timeoutMs, `the end of ${command}`, ended).catch((thrown: unknown) => {
      throw new Error(`it printed ${JSON.stringify(this.#printed)}`, { cause: thrown })
    })
    const text = this.#printed.slice(0, -(mark.length + 1))
    return text === '' ? [] : text.replace(/\n$/, '').split('\n')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL')
    await this.#closed
  }
}

/** Types every command; throws at the first whose output is not what the page says. */
export async function follow(steps: readonly Step[], shell: Shell): Promise<void> {
  for (const { line, command, expected } of steps) {
    const printed = await shell.type(command)
    if (!isAsExpected(expected, printed))
      throw new Error(
        `line ${line}: $ ${command}\n--- the page says\n${expected.join('\n')}\n` +
          `--- it printed\n${printed.join('\n')}\n---`,
      )
  }
}

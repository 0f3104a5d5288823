/**
 * What `list` and `describe` commands print, once, or again and again with --watch: a table for
 * people, drawn over on a terminal, or a JSON document, one per line. While it watches, a cluster
 * that does not answer is told of and asked again.
 */
import { delay } from '../base/clock.ts'
import { isLograftError } from '../base/errors.ts'
import { hostClock } from '../host/clock.ts'
import { catchSignals } from './lifetime.ts'
import type { Output } from './output.ts'
import { complain } from './session.ts'
import { Terminal, terminalSize } from './terminal.ts'

export interface ReportFlags {
  readonly json?: true
  /** In milliseconds, from one look to the next. */
  readonly watch?: number
}

export interface Report {
  readonly json: unknown
  /** Empty: nothing to print. */
  readonly text: string
  /** Told on standard error. */
  readonly notes?: readonly string[]
  /** When it is not what a command in good order ends with. */
  readonly exitCode?: number
}

/** Prints what `look` finds; the exit code. Throws what it throws, unless it watches. */
export async function report(
  output: Output,
  flags: ReportFlags,
  look: () => Promise<Report>,
): Promise<number> {
  if (flags.watch !== undefined) return watch(output, { ...flags, watch: flags.watch }, look)
  const found = await look()
  if (flags.json) await output.printJson(found.json)
  else if (found.text !== '') await output.print(found.text)
  for (const note of found.notes ?? []) complain(note)
  return found.exitCode ?? 0
}

type WatchFlags = ReportFlags & { readonly watch: number }

async function watch(
  output: Output,
  flags: WatchFlags,
  look: () => Promise<Report>,
): Promise<number> {
  const end = new AbortController()
  void Promise.race([catchSignals().first, output.gone]).then(() => end.abort())
  const isDrawn = !flags.json && terminalSize() !== null
  const show = isDrawn ? new Screen(end) : new Pages(output, flags)
  try {
    while (!end.signal.aborted) {
      await show.take(await seen(look))
      await delay(hostClock, flags.watch, end.signal)
    }
  } finally {
    show.close()
  }
  return 0
}

/** A failure of the cluster is something to show; anything else is thrown. */
async function seen(look: () => Promise<Report>): Promise<Report> {
  try {
    return await look()
  } catch (thrown) {
    if (!isLograftError(thrown)) throw thrown
    return { json: null, text: '', notes: [thrown.message] }
  }
}

/** One after the other, for whatever reads a pipe. */
class Pages {
  readonly #output: Output
  readonly #flags: WatchFlags

  constructor(output: Output, flags: WatchFlags) {
    this.#output = output
    this.#flags = flags
  }

  async take({ json, text, notes = [] }: Report): Promise<void> {
    if (this.#flags.json && json !== null) await this.#output.printJson(json)
    else if (!this.#flags.json && text !== '') await this.#output.print(`${text}\n`)
    for (const note of notes) complain(note)
  }

  close(): void {}
}

/** One over the other. */
class Screen {
  readonly #terminal: Terminal
  #last: Report = { json: null, text: '' }

  constructor(end: AbortController) {
    this.#terminal = new Terminal({
      key: (key) => key === 'q' && end.abort(),
      resize: () => this.#draw(),
    })
    this.#terminal.open()
  }

  take(found: Report): Promise<void> {
    this.#last = found
    this.#draw()
    return Promise.resolve()
  }

  close(): void {
    this.#terminal.close()
  }

  #draw(): void {
    const { text, notes = [] } = this.#last
    const height = terminalSize()?.height ?? 24
    const lines = [...text.split('\n'), ...notes]
    const time = new Date(hostClock.wallMs()).toTimeString().slice(0, 8)
    const head = `${time}  q leaves`
    const room = height - 2
    const shown = lines.length <= room ? lines : lines.slice(0, room - 1)
    const more = lines.length > room ? [`… and ${lines.length - shown.length} lines more`] : []
    this.#terminal.draw([head, '', ...shown, ...more])
  }
}

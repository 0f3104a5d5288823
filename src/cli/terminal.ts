/**
 * A terminal that is drawn on: the other screen, one key at a time, and everything as it was when
 * it ends, however that comes about. Without this file a crash would leave a shell without echo.
 */

const ESCAPE = '\u001b['
/** The other screen, no cursor, no line that goes on in the next. */
const ENTER = `${ESCAPE}?1049h${ESCAPE}?25l${ESCAPE}?7l`
const LEAVE = `${ESCAPE}?7h${ESCAPE}?25h${ESCAPE}?1049l`
const HOME = `${ESCAPE}H`
const TO_END_OF_LINE = `${ESCAPE}K`
const TO_END_OF_SCREEN = `${ESCAPE}J`
const CTRL_C = '\u0003'

export interface TerminalSize {
  readonly width: number
  readonly height: number
}

/** What standard output is, as a screen; null when it is none. */
export function terminalSize(): TerminalSize | null {
  const { isTTY, columns, rows } = process.stdout
  // A terminal that does not say how large it is is one from long ago.
  return isTTY ? { width: columns || 80, height: rows || 24 } : null
}

export class Terminal {
  readonly #onKey: (key: string) => void
  readonly #onResize: () => void
  #isOpen = false

  /** `onKey` is told `q` for Ctrl-C too, which is no signal here. */
  constructor(on: { readonly key: (key: string) => void; readonly resize: () => void }) {
    this.#onKey = on.key
    this.#onResize = on.resize
  }

  open(): void {
    this.#isOpen = true
    process.once('exit', this.#leave)
    // Before Node prints what went wrong, which the other screen would swallow.
    process.once('uncaughtExceptionMonitor', this.#leave)
    process.stdout.write(ENTER)
    process.stdout.on('resize', this.#onResize)
    const { stdin } = process
    if (!stdin.isTTY) return
    stdin.setRawMode(true)
    stdin.setEncoding('utf8')
    stdin.on('data', this.#onData)
  }

  /** All of the screen, at once: nothing is cleared before it is written over. */
  draw(lines: readonly string[]): void {
    if (!this.#isOpen) return
    const text = lines.map((line) => `${line}${TO_END_OF_LINE}`).join('\r\n')
    process.stdout.write(`${HOME}${text}${TO_END_OF_SCREEN}`)
  }

  close(): void {
    this.#leave()
    process.off('exit', this.#leave).off('uncaughtExceptionMonitor', this.#leave)
    process.stdout.off('resize', this.#onResize)
    process.stdin.off('data', this.#onData)
    process.stdin.pause()
  }

  readonly #onData = (text: string) => {
    // Keys that send more than a letter, such as arrows, mean nothing here.
    if (text.startsWith(ESCAPE)) return
    for (const key of text) this.#onKey(key === CTRL_C ? 'q' : key)
  }

  readonly #leave = () => {
    if (!this.#isOpen) return
    this.#isOpen = false
    if (process.stdin.isTTY) process.stdin.setRawMode(false)
    process.stdout.write(LEAVE)
  }
}

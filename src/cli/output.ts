/**
 * Standard output as a stream that may be slow or gone. A reader that left (`| head`) is no
 * failure, only the end; a full disk behind `>` is one. What is asked for is printed through here.
 */
import { Writer } from '../bytes/writer.ts'

/** Gathered before it is written: a call into the system for each record would cost most. */
const CHUNK_BYTES = 64 * 1024

export class Output {
  #writer = new Writer(CHUNK_BYTES + 4 * 1024)
  #isGone = false
  /** Resolves when nobody reads any more. */
  readonly gone: Promise<void>
  #tellGone: () => void = () => undefined

  constructor() {
    this.gone = new Promise((resolve) => (this.#tellGone = resolve))
    // A reader that leaves while nothing is being written is noticed here.
    process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') this.#leave()
    })
  }

  get isGone(): boolean {
    return this.#isGone
  }

  /** Where bytes are put before `flush`. Taken anew after every flush. */
  get writer(): Writer {
    return this.#writer
  }

  /** Whether so much is gathered that it should be flushed. */
  get isFull(): boolean {
    return this.#writer.offset >= CHUNK_BYTES
  }

  /** Hands on what was gathered; resolves when there is room for more. False: nobody reads. */
  async flush(): Promise<boolean> {
    if (this.#writer.offset === 0 || this.#isGone) return !this.#isGone
    const bytes = this.#writer.finish()
    this.#writer = new Writer(CHUNK_BYTES + 4 * 1024)
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(bytes, (error) => {
        const code = (error as NodeJS.ErrnoException | null | undefined)?.code
        if (code === 'EPIPE') this.#leave()
        else if (error) return reject(error)
        resolve()
      })
    })
    return !this.#isGone
  }

  /** Prints text at once. */
  async print(text: string): Promise<boolean> {
    this.#writer.utf8(text)
    return this.flush()
  }

  /** Prints a value as one line of JSON. */
  printJson(value: unknown): Promise<boolean> {
    return this.print(`${JSON.stringify(value)}\n`)
  }

  #leave(): void {
    this.#isGone = true
    this.#tellGone()
  }
}

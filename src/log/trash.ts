/**
 * Files on their way out. They carry the name `….deleted` already, so a restart finds them by it;
 * after `file.delete.delay.ms` they are unlinked off the event loop, one at a time, because
 * unlinking a gigabyte can hold a file system for a while.
 */
import type { Clock, Timer } from '../base/clock.ts'
import { DiskError, type Disk } from '../base/disk.ts'
import { asError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'

export class Trash {
  readonly #disk: Disk
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #timers = new Set<Timer>()
  #last: Promise<void> = Promise.resolve()
  #closed = false

  constructor({
    disk,
    clock,
    logger,
  }: {
    readonly disk: Disk
    readonly clock: Clock
    readonly logger: Logger
  }) {
    this.#disk = disk
    this.#clock = clock
    this.#logger = logger
  }

  /** Removes `paths`, in order, after `delayMs`. What is left at `close` the next start removes. */
  remove(paths: readonly string[], delayMs: number): void {
    if (this.#closed || paths.length === 0) return
    const timer = this.#clock.timer(delayMs, () => {
      this.#timers.delete(timer)
      this.#last = this.#last.then(() => this.#unlink(paths))
    })
    this.#timers.add(timer)
  }

  /**
   * The same for a directory and its files. A directory in it is not ours; both stay then. `before`
   * must have resolved before it goes for good.
   */
  removeDirectory(path: string, delayMs: number, before: () => Promise<void>): void {
    if (this.#closed) return
    const timer = this.#clock.timer(delayMs, () => {
      this.#timers.delete(timer)
      this.#last = this.#last.then(() => this.#unlinkDirectory(path, before))
    })
    this.#timers.add(timer)
  }

  /** Forgets what is not due, and waits for what is under way. */
  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#timers) timer.cancel()
    this.#timers.clear()
    await this.#last
  }

  /** Never rejects: a file that will not go is a matter for an operator. */
  async #unlink(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      try {
        await this.#disk.removeInBackground(path)
      } catch (thrown) {
        this.#logger.warn({ path, err: asError(thrown) }, 'deleted file not removed')
      }
    }
  }

  async #unlinkDirectory(path: string, before: () => Promise<void>): Promise<void> {
    try {
      await before()
      const entries = this.#disk.list(path).filter(({ directory }) => !directory)
      await this.#unlink(entries.map(({ name }) => `${path}/${name}`))
      this.#disk.removeDirectory(path)
    } catch (thrown) {
      this.#logger.warn({ path, err: asError(thrown) }, 'deleted directory not removed')
    }
  }
}

/** File by file, then the empty directory: what may have come meanwhile stays, and it with it. */
export function removeUnfinished(
  path: string,
  files: readonly string[],
  { disk, logger }: { readonly disk: Disk; readonly logger: Logger },
): void {
  try {
    for (const name of files) disk.remove(`${path}/${name}`)
    disk.removeDirectory(path)
    logger.info({ path }, 'unfinished creation removed')
  } catch (thrown) {
    if (!(thrown instanceof DiskError)) throw thrown
    logger.warn({ path, err: thrown }, 'unfinished creation not removed')
  }
}

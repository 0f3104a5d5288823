/**
 * The machine under one node, as far as a process can be made to believe in a bad one: a disk that
 * is full, slow or fails, a clock that jumps, a power cut. `preload.mjs` in the node's process does
 * as it is told here. What is wrong is in a file, so it is still wrong when the node is started
 * again, and taken back while it is down.
 *
 * LevelDB is native code: neither faults of the disk nor power cuts reach the view of committed
 * offsets.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { hostClock } from '../../host/clock.ts'
import type { MachineFault } from '../cluster/target.ts'
import { cutPower, type Chance } from './power-cut.ts'

/** Longer than the slowest fsync that holds up a whole process. */
const ANSWER_WITHIN_MS = 30_000

/** Nobody listens: the process is gone, or not yet there and will read the file. */
const NOBODY = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

export interface MachineOptions {
  /** The node's `log.dirs`. */
  readonly directory: string
  /** A folder of the machine's own, outside of the directory. Its path must be a short one. */
  readonly folder: string
  /** Every start reads the whole directory, and what is fsynced is written a second time. */
  readonly powerMayBeCut?: boolean
}

export class Machine {
  readonly #options: MachineOptions
  #faults: readonly MachineFault[] = []
  /** Power cuts so far: each begins another life of the operating system. */
  #boots = 0

  constructor(options: MachineOptions) {
    this.#options = options
    mkdirSync(options.folder, { recursive: true })
    this.#write()
  }

  /** For node itself, in front of the program. */
  get nodeArguments(): readonly string[] {
    const { directory, folder, powerMayBeCut } = this.#options
    const url = new URL('./preload.mjs', import.meta.url)
    url.searchParams.set('directory', directory)
    url.searchParams.set('folder', folder)
    if (powerMayBeCut) url.searchParams.set('notes', '')
    return ['--import', url.href]
  }

  /** Whether something is wrong with it. */
  get isHurt(): boolean {
    return this.#faults.length > 0
  }

  /**
   * What is wrong from now on, whether the node runs or not; what is returned takes it back, and is
   * idempotent. Rejects when the process does not answer, a paused one for instance.
   */
  async hurt(fault: MachineFault): Promise<() => Promise<void>> {
    // A copy: the same fault may be made twice at a time.
    const own = { ...fault }
    const undo = () => this.#change(this.#faults.filter((other) => other !== own))
    try {
      await this.#change([...this.#faults, own])
    } catch (thrown) {
      this.#faults = this.#faults.filter((other) => other !== own)
      this.#write()
      throw thrown
    }
    return undo
  }

  /** Nothing is wrong any more. */
  heal(): Promise<void> {
    return this.#change([])
  }

  /**
   * What a power cut leaves of the directory takes the place of what is there. The node must be
   * dead, and must have run with `powerMayBeCut`.
   */
  cutPower(random: Chance): void {
    const { directory, folder } = this.#options
    cutPower({ directory, notes: join(folder, 'notes'), random })
    this.#boots += 1
    this.#write()
  }

  async #change(faults: readonly MachineFault[]): Promise<void> {
    this.#faults = faults
    this.#write()
    const answer = await tell(join(this.#options.folder, 'socket'))
    if (answer !== 'ok') throw new Error(`The node's machine cannot be hurt: ${answer}`)
  }

  #write(): void {
    const file = join(this.#options.folder, 'faults.json')
    writeFileSync(`${file}.new`, JSON.stringify({ faults: this.#faults, boots: this.#boots }))
    renameSync(`${file}.new`, file)
  }
}

/** Says that the file was changed; `ok` also where nobody is there to hear it. */
function tell(socket: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const connection = connect(socket)
    const timer = hostClock.timer(ANSWER_WITHIN_MS, () =>
      done(`no answer within ${ANSWER_WITHIN_MS / 1000} s; is it stopped?`),
    )
    const done = (outcome: string) => {
      timer.cancel()
      connection.destroy()
      resolve(outcome)
    }
    connection.on('data', (chunk: Buffer) => (answer += chunk.toString()))
    connection.on('end', () => done(answer.trim() || 'ok'))
    connection.on('error', (error: NodeJS.ErrnoException) =>
      done(NOBODY.has(error.code ?? '') ? 'ok' : error.message),
    )
  })
}

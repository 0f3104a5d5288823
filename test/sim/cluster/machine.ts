/**
 * One simulated machine through all lives of the node on it: its disk, its power, and the process
 * that starts, stops, is killed, loses its power or its disk.
 */
import { isTransient } from '../../../src/base/disk.ts'
import { asError } from '../../../src/base/errors.ts'
import type { Logger } from '../../../src/base/log.ts'
import { uuidToString } from '../../../src/bytes/uuid.ts'
import type { NodeConfig } from '../../../src/config/node-options.ts'
import { whyUnsound } from '../../../src/coordinator/view/check-store.ts'
import type { ViewStore } from '../../../src/coordinator/view/ports.ts'
import type { Chance } from '../draw.ts'
import { check } from '../invariants/violation.ts'
import type { Scheduler } from '../scheduler.ts'
import { MachineDisk } from '../system/machine-disk.ts'
import { Died, MountedDisk } from '../system/mounted-disk.ts'
import { Process } from '../system/process.ts'
import type { Verdict } from '../system/verdict.ts'
import type { Trace } from '../trace.ts'
import { isRefusal, Life, type LifeOptions } from './life.ts'
import type { ClusterMarks } from './marks.ts'
import type { MetadataLog } from './metadata-log.ts'
import { NodeQuorum } from './node-quorum.ts'
import type { Rest } from './replica-view.ts'
import type { ClusterSwarm } from './swarm.ts'
import { MachineStore, OpenStore } from './view-store.ts'
import type { Wires } from './wires.ts'

export interface Surroundings {
  readonly swarm: ClusterSwarm
  readonly scheduler: Scheduler
  readonly chance: Chance
  readonly wires: Wires
  readonly metadata: MetadataLog
  readonly trace: Trace
  readonly marks: ClusterMarks
  readonly verdict: Verdict
  readonly commands: LifeOptions['commands']
  readonly sendBeat: LifeOptions['sendBeat']
  readonly logged: (machine: Machine, message: string, fields: object) => void
  /** Whether its disk may lose what was not synced, or all. */
  readonly mayLose: (machine: Machine) => boolean
  /** It did, and nobody asked. */
  readonly hasLost: (machine: Machine) => void
  /** Its process is about to end, perhaps in the middle of an event. */
  readonly dying: (machine: Machine, life: Life) => void
  /** Its process is gone, and this is what is on its disk. */
  readonly down: (machine: Machine, life: Life | null, rest: Rest) => void
}

/** How a process is to end. */
export interface Doom {
  readonly isPowerCut: boolean
  /** Changes of the disk until then; 0: none. */
  readonly changes: number
  /** What the path of the first of them contains. */
  readonly near: string | null
}

const AT_ONCE = { isPowerCut: false, changes: 0, near: null }
const TEMPORARY = /\.\d+-\d+\.tmp/
const CALM_SYNC_US = 2_000
/** After a failed sync it stops within. */
const SAYS_SO_US = 1_000_000

export class Machine {
  readonly node: number
  readonly config: NodeConfig
  readonly #around: Surroundings
  disk = new MachineDisk()
  readonly store = new MachineStore()
  process: Process | null = null
  life: Life | null = null
  hasPower = true
  isCalm = false
  /** When it last took a controller for the active one that was replaced, and did not know it. */
  misledAt = -Infinity
  /** How long its process is away once it ends. */
  awayUs = 300_000
  #directories = 1
  #boots = 1
  #lives = 0
  #doom: Doom | null = null
  /** Its last life ended so: of its database a write may be missing. */
  #wasCut = false
  #hasFailedSync = false
  #isFailing = false

  constructor(node: number, config: NodeConfig, around: Surroundings) {
    this.node = node
    this.config = config
    this.#around = around
  }

  get isUp(): boolean {
    return this.process?.isAlive === true
  }

  /** It runs and was not told to stop. */
  get isServing(): boolean {
    return this.isUp && this.life?.isServing === true && !this.life.isOver
  }

  get lives(): number {
    return this.#lives
  }

  note(text: string): void {
    const { trace, scheduler } = this.#around
    trace.add({
      ...{ at: scheduler.now, node: this.node + 1, step: scheduler.events },
      // Names of temporary files are counted through all runs.
      detail: { type: 'note', text: text.replace(TEMPORARY, '.tmp') },
    })
  }

  get #logger(): Logger {
    const say = (level: string) => (fields: object, message: string) => {
      if (!this.isUp) return
      this.note(`${level} ${message} ${told(fields)}`)
      this.#around.logged(this, message, fields)
    }
    const nothing = () => {}
    const logger: Logger = {
      ...{ fatal: say('FATAL'), error: say('ERROR'), warn: say('WARN'), info: say('info') },
      ...{ debug: nothing, trace: nothing, child: () => logger },
    }
    return logger
  }

  // --- a life

  start(): void {
    if (this.process !== null) return
    const { swarm, scheduler, chance, wires, metadata } = this.#around
    this.#lives += 1
    this.#doom = null
    this.#hasFailedSync = false
    this.#isFailing = false
    this.hasPower = true
    const skew = swarm.clockSkew * (2 * chance.at(22, this.node) - 1)
    const process = new Process({
      ...{ scheduler, chance, rate: 1 + skew, turnUs: swarm.turnUs, lookMs: 0 },
      life: this.node * 1_000 + this.#lives,
    })
    this.process = process
    this.note(`starts, life ${this.#lives}`)
    const { commands, sendBeat } = this.#around
    const store = new OpenStore(this.store, { process, answerUs: swarm.storeUs ?? 0 })
    void this.#begin(process, {
      ...{ node: this.node, process, commands, sendBeat, config: this.config, store },
      directoryId: this.#directoryId,
      bootId: `boot ${this.node}.${this.#boots}`,
      disk: this.#mount(process),
      net: wires.net(this.node, process),
      logger: this.#logger,
      quorum: new NodeQuorum(this.node, metadata, process),
      onFatal: (error) => this.#failed(process, error),
    })
  }

  async #begin(process: Process, of: LifeOptions): Promise<void> {
    try {
      await this.#soundStore(of.store)
      const life = await Life.begin(of)
      if (!process.isAlive) return
      this.life = life
      await life.run()
      this.note('serves')
    } catch (thrown) {
      this.#refused(process, asError(thrown))
    }
  }

  /** As `host/level-store.ts`: what of it is not sound is thrown away. */
  async #soundStore(store: ViewStore): Promise<void> {
    const why = await whyUnsound(store)
    if (why === null) return
    this.note(`store emptied: ${why}`)
    const { verdict, marks } = this.#around
    verdict.note(() => check(this.#wasCut, 'F8-unsound', () => `node ${this.node + 1}: ${why}`))
    marks.hit('store was not sound')
    this.store.clear()
  }

  get #directoryId(): string {
    const bytes = new Uint8Array(16).fill(this.#directories)
    bytes[0] = this.node * 8 + 1
    return uuidToString(bytes)
  }

  #mount(process: Process): MountedDisk {
    const { swarm } = this.#around
    return new MountedDisk({
      machine: this.disk,
      isAlive: () => process.isAlive,
      touched: (path) => this.#touched(process, path),
      afterSync: (run) => {
        const mean = this.isCalm ? Math.min(swarm.syncUs, CALM_SYNC_US) : swarm.syncUs
        process.later(1 + process.exponential(4, mean), run)
      },
      writesHalf: () => process.draw(5) < 0.5,
      failed: () => this.#syncFailed(process),
      renamed: () => {},
    })
  }

  /** S18: the node says by itself that it cannot go on. */
  #syncFailed(process: Process): void {
    const { scheduler, verdict } = this.#around
    this.#hasFailedSync = true
    this.note('a sync fails')
    scheduler.after(SAYS_SO_US, () => {
      if (this.process !== process || !process.isAlive || process.isStalled) return
      const message = `node ${this.node + 1} goes on after a failed sync`
      verdict.note(() => check(this.#isFailing, 'S18-failed-sync', () => message))
    })
  }

  #touched(process: Process, path: string): void {
    const doom = this.#doom
    if (!doom || !process.isAlive || this.process !== process) return
    if (doom.near !== null && !path.includes(doom.near)) return
    this.#doom = { ...doom, changes: doom.changes - 1, near: null }
    if (doom.changes > 0) return
    this.#die(process)
    throw new Died('the process ends here')
  }

  // --- its end

  /** It said that it cannot go on. */
  #failed(process: Process, error: Error): void {
    if (!process.isAlive || this.process !== process) return
    this.#isFailing = true
    this.note(`fails: ${error.message.slice(0, 200)}`)
    this.#judge(error)
    const { life } = this
    const end = () => this.#end(process)
    // Whoever owns the node stops it, in order or not.
    if (life === null || life.isOver || process.draw(6) < 0.5) return process.later(0, end)
    void life.stop({ hasFailed: true }).then(end, end)
  }

  #refused(process: Process, error: Error): void {
    if (!process.isAlive || this.process !== process) return
    this.note(`does not start: ${error.message.slice(0, 200)}`)
    if (!isRefusal(error, 'DUPLICATE_BROKER_REGISTRATION')) this.#judge(error)
    this.#end(process)
  }

  #judge(error: Error): void {
    const { verdict, marks } = this.#around
    if (this.#hasFailedSync) return marks.hit('failed sync stopped the node')
    if (isTransient(error) && this.disk.isFull) return
    verdict.report(error, 'fatal')
  }

  /** Stops in order. */
  stop(): void {
    const { life, process } = this
    if (!life || !process || !this.isServing) return
    this.note('stops')
    life.isOver = true
    void life.stop({ hasFailed: false }).then(
      () => {
        if (process.isAlive) this.#around.marks.hit('stopped cleanly')
        this.#end(process)
      },
      (thrown: unknown) => this.#failed(process, asError(thrown)),
    )
  }

  #end(process: Process): void {
    if (this.process === process) this.doom(AT_ONCE)
  }

  doom(doom: Doom): void {
    if (!this.isUp) return
    this.#doom = doom
    if (doom.changes === 0 && doom.near === null && this.process) this.#die(this.process)
  }

  #die(process: Process): void {
    if (this.life) this.#around.dying(this, this.life)
    process.die()
  }

  /** What was to end it does not. */
  spare(): void {
    this.awayUs = 100_000
    if (this.isUp) this.#doom = null
  }

  /** Its disk is gone for good. */
  wipe(): void {
    this.#around.marks.hit('wiped')
    this.doom({ ...AT_ONCE, isPowerCut: true })
    this.#bury('lost')
    this.disk = new MachineDisk()
    this.store.clear()
    this.#directories += 1
  }

  /** It ends, and comes back with another database of views; its logs are what they were. */
  changeStore({ isEmpty }: { readonly isEmpty: boolean }): void {
    const { marks, chance } = this.#around
    this.doom(AT_ONCE)
    this.settle()
    if (isEmpty) this.store.clear()
    else if (this.store.restoreCopy(chance.at(18, this.node, this.#lives)))
      marks.hit('old copy of a store')
  }

  /** After every event: buries the dead. */
  settle(): void {
    if (this.process && !this.process.isAlive) this.#bury(null)
  }

  #bury(rest: Rest | null): void {
    const { marks, chance, wires, down } = this.#around
    const { process, life } = this
    const { isPowerCut: wantsPowerCut, changes } = this.#doom ?? AT_ONCE
    // After a failed sync only a reboot tells what is there.
    const isPowerCut = this.#hasFailedSync || (wantsPowerCut && this.#around.mayLose(this))
    if (isPowerCut) this.#around.hasLost(this)
    this.process = null
    this.life = null
    this.#doom = null
    marks.hit(isPowerCut ? 'power cut' : 'killed')
    if (changes < 0) marks.hit('ended within a turn')
    if (isPowerCut) {
      this.hasPower = false
      this.#boots += 1
      const draw = this.node * 1_000 + this.#lives
      this.disk.powerCut(chance, draw)
      let draws = 0
      this.store.powerCut(() => chance.at(19, draw, (draws += 1)))
    }
    this.#wasCut = isPowerCut
    this.note(isPowerCut ? 'power cut' : 'gone')
    if (process) wires.died(process, this.node)
    down(this, life, rest ?? (isPowerCut ? 'cut' : 'kept'))
  }
}

/** Fields of a log line, in a few words. */
function told(fields: object): string {
  return JSON.stringify(fields, (_, value: unknown) => {
    if (value instanceof Error) return value.message.slice(0, 100)
    return value
  })
}

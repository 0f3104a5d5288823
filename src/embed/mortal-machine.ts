/**
 * The machine of a node that shares its process with others and can be killed all the same. At
 * `kill` the node loses its disk, network, timers and voice at once, in the middle of whatever it
 * did: nothing it still does has an effect, and nobody can tell it from a process that is gone.
 * What the system would clean up behind a process (descriptors, sockets, the lock on its
 * directory) is cleaned up here.
 */
import type { Clock, Timer } from '../base/clock.ts'
import type { Logger } from '../base/log.ts'
import type { Host } from '../node/machine.ts'
import { MortalDisk } from './mortal-disk.ts'
import { MortalNet } from './mortal-net.ts'

export class MortalMachine {
  readonly host: Host
  readonly #disk: MortalDisk
  readonly #net: MortalNet
  readonly #clock: MortalClock
  readonly #locks = new Set<{ close(): Promise<void> }>()
  #isDead = false

  constructor(real: Host) {
    this.#disk = new MortalDisk(real.disk)
    this.#net = new MortalNet(real.net)
    this.#clock = new MortalClock(real.clock)
    this.host = {
      ...real,
      disk: this.#disk,
      net: this.#net,
      clock: this.#clock,
      lock: async (directory) => {
        const lock = await real.lock(directory)
        if (this.#isDead) return lock.close().then(() => new Promise(() => {}))
        this.#locks.add(lock)
        return {
          ...lock,
          close: () => {
            this.#locks.delete(lock)
            return lock.close()
          },
        }
      },
    }
  }

  /** Says what the node says, until it is killed. */
  voice(logger: Logger): Logger {
    const said =
      (level: Exclude<keyof Logger, 'child'>): Logger['info'] =>
      (fields, message) => {
        if (!this.#isDead) logger[level](fields, message)
      }
    return {
      fatal: said('fatal'),
      error: said('error'),
      warn: said('warn'),
      info: said('info'),
      debug: said('debug'),
      trace: said('trace'),
      child: (bindings) => this.voice(logger.child(bindings)),
    }
  }

  /** Takes effect at once; resolves when another life may begin on the same directory and ports. */
  async kill(): Promise<void> {
    this.#isDead = true
    this.#clock.kill()
    await Promise.all([this.#disk.kill(), this.#net.kill()])
    await Promise.all([...this.#locks].map((lock) => lock.close()))
    this.#locks.clear()
  }
}

class MortalClock implements Clock {
  readonly #real: Clock
  readonly #timers = new Set<Timer>()
  #isDead = false

  constructor(real: Clock) {
    this.#real = real
  }

  wallMs(): number {
    return this.#real.wallMs()
  }

  monotonicMs(): number {
    return this.#real.monotonicMs()
  }

  timer(delayMs: number, action: () => void): Timer {
    if (this.#isDead) return { cancel: () => {} }
    const timer = this.#real.timer(delayMs, () => {
      this.#timers.delete(timer)
      action()
    })
    this.#timers.add(timer)
    return {
      cancel: () => {
        this.#timers.delete(timer)
        timer.cancel()
      },
    }
  }

  kill(): void {
    this.#isDead = true
    for (const timer of this.#timers) timer.cancel()
    this.#timers.clear()
  }
}

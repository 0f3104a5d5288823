/**
 * One life of a process: what is to happen in it happens only while it lives, and waits while it
 * stalls. Its clock runs at a rate of its own, and may jump a little whenever it is looked at, as
 * it does when a turn takes long.
 */
import type { Clock, Timer } from '../../../src/base/clock.ts'
import type { Chance } from '../draw.ts'
import type { Scheduler } from '../scheduler.ts'

export interface ProcessOptions {
  readonly scheduler: Scheduler
  readonly chance: Chance
  /** Names this life among all. */
  readonly life: number
  /** Of the local clock, beside true time. */
  readonly rate: number
  /** Before a timer of 0 ms fires, on average. */
  readonly turnUs: number
  /** By which the clock jumps when it is looked at. */
  readonly lookMs: number
}

const WALL_ORIGIN_MS = 1_700_000_000_000

export class Process implements Clock {
  readonly #of: ProcessOptions
  readonly #bornUs: number
  #waiting: (() => void)[] = []
  #jumpedMs = 0
  #draws = 0
  #isAlive = true
  #isStalled = false

  constructor(of: ProcessOptions) {
    this.#of = of
    this.#bornUs = of.scheduler.now
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  get isStalled(): boolean {
    return this.#isStalled
  }

  die(): void {
    this.#isAlive = false
    this.#waiting = []
  }

  /** Something happens to it, now or when it can. */
  happen(run: () => void): void {
    if (!this.#isAlive) return
    if (this.#isStalled) this.#waiting.push(run)
    else run()
  }

  later(delayUs: number, run: () => void): void {
    this.#of.scheduler.after(delayUs, () => this.happen(run))
  }

  /** A draw that belongs to this life. */
  draw(kind: number): number {
    this.#draws += 1
    return this.#of.chance.at(kind, this.#of.life, this.#draws)
  }

  exponential(kind: number, mean: number): number {
    return Math.round(Math.min(10, -Math.log(1 - this.draw(kind))) * mean)
  }

  stall(forUs: number): void {
    if (this.#isStalled) return
    this.#isStalled = true
    this.#of.scheduler.after(forUs, () => this.wake())
  }

  wake(): void {
    if (!this.#isStalled) return
    this.#isStalled = false
    // What waited happens one by one, each in a turn of its own.
    for (const run of this.#waiting.splice(0)) this.later(0, run)
  }

  // --- Clock

  wallMs(): number {
    return WALL_ORIGIN_MS + Math.floor(this.#of.scheduler.now / 1_000)
  }

  monotonicMs(): number {
    this.#jumpedMs += this.#of.lookMs
    const passedMs = (this.#of.scheduler.now - this.#bornUs) / 1_000
    return Math.floor(passedMs * this.#of.rate + this.#jumpedMs)
  }

  timer(delayMs: number, action: () => void): Timer {
    let isCancelled = false
    const { rate, turnUs } = this.#of
    const us = delayMs === 0 ? 1 + this.exponential(1, turnUs) : (delayMs * 1_000) / rate
    this.later(Math.round(us), () => {
      if (!isCancelled) action()
    })
    return { cancel: () => (isCancelled = true) }
  }
}

/**
 * A broker's heartbeats without gRPC (`rpc/heartbeats.ts`): a beat to whoever is the active
 * controller as far as this node knows, at intervals, sooner while it waits to be let in or out.
 */
import type { Clock, Timer } from '../../../src/base/clock.ts'
import { delay } from '../../../src/base/clock.ts'
import { asError, LograftError } from '../../../src/base/errors.ts'
import type { Beat, BeatAnswer } from '../../../src/controller/heartbeats.ts'
import type { SentMoment } from '../../../src/rpc/heartbeats.ts'

/** `isHere`: by the controller of this node, whatever has become of it meanwhile. */
export type Answered = (answer: BeatAnswer | Error, isHere: boolean) => void

export interface HeartbeatsOptions {
  readonly clock: Clock
  readonly intervalMs: number
  readonly beat: () => Omit<Beat, 'wantsShutdown'>
  /** Carries a beat to the controller; the answer comes back, or an error, or nothing. */
  readonly send: (beat: Beat, answered: Answered) => void
  /** What was sent then was heard, as `rpc/heartbeats.ts` tells it. */
  readonly onProof: (sent: SentMoment, answer: BeatAnswer) => void
  /** Another process is this broker. */
  readonly onFatal: (error: Error) => void
}

const WAITING_MS = 50
const SHUTDOWN_MAX_MS = 5_000
const UNANSWERED_MAX_MS = 2_000

export class SimulatedHeartbeats {
  readonly #of: HeartbeatsOptions
  #next: Timer | null = null
  #answer: BeatAnswer | null = null
  #answeredMs = 0
  #sentHereBefore: SentMoment | null = null
  #wantsShutdown = false
  #isOver = false

  constructor(of: HeartbeatsOptions) {
    this.#of = of
    this.#beatIn(0)
  }

  soon(): void {
    this.#beatIn(0)
  }

  async shutDown(): Promise<void> {
    const { clock } = this.#of
    const beganMs = clock.monotonicMs()
    this.#answeredMs = beganMs
    this.#wantsShutdown = true
    this.soon()
    while (!this.#isOver && !this.#answer?.shouldShutDown) {
      const nowMs = clock.monotonicMs()
      if (nowMs - beganMs >= SHUTDOWN_MAX_MS) return
      if (nowMs - this.#answeredMs >= UNANSWERED_MAX_MS) return
      await delay(clock, WAITING_MS)
    }
  }

  close(): Promise<void> {
    this.#isOver = true
    this.#next?.cancel()
    return Promise.resolve()
  }

  #beatIn(ms: number): void {
    if (this.#isOver) return
    this.#next?.cancel()
    this.#next = this.#of.clock.timer(ms, () => this.#beatNow())
  }

  #beatNow(): void {
    const { intervalMs, beat, send, clock, onProof } = this.#of
    const isWaiting = this.#wantsShutdown || this.#answer?.fenced !== false
    this.#beatIn(isWaiting ? Math.min(WAITING_MS, intervalMs) : intervalMs)
    const sent = { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() }
    send({ ...beat(), wantsShutdown: this.#wantsShutdown }, (answer, isHere) => {
      if (isHere) this.#provenHere(sent, answer)
      else if (!(answer instanceof Error)) onProof(sent, answer)
      this.#answered(answer)
    })
  }

  /** Such an answer proves the beat before. */
  #provenHere(sent: SentMoment, answer: BeatAnswer | Error): void {
    const before = this.#sentHereBefore
    this.#sentHereBefore = answer instanceof Error ? null : sent
    if (before && !(answer instanceof Error)) this.#of.onProof(before, answer)
  }

  #answered(answer: BeatAnswer | Error): void {
    if (this.#isOver) return
    if (!(answer instanceof Error)) {
      this.#answer = answer
      this.#answeredMs = this.#of.clock.monotonicMs()
      return
    }
    if (!(answer instanceof LograftError && answer.code === 'STALE_BROKER_EPOCH')) return
    this.#isOver = true
    this.#of.onFatal(asError(answer))
  }
}

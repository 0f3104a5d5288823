/**
 * A broker's heartbeats: a line to whoever is the active controller, another one as soon as that is
 * somebody else, and a beat every `broker.heartbeat.interval.ms`, sooner when there is news. It
 * tells how the broker stands and decides nothing about it: what a broker may do it learns from
 * metadata. A broker whose place another process has taken stops (SAFETY S3).
 */
import { background, type Background } from '../base/background.ts'
import type { Clock, Timer } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { asError, LograftError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { BeatAnswer, BrokerLines, BrokerPlace } from '../controller/heartbeats.ts'
import type { BrokerRequest } from '../controller/requests.ts'
import type { Leadership } from '../quorum/ports.ts'
import type { SentBeat } from './heartbeat-codec.ts'
import { lineHere, lineThere, type Line } from './heartbeat-line.ts'
import type { LeaderCalls } from './leader-calls.ts'

/** Between two beats of a broker that waits for something: to be let in, or to be let go. */
const WAITING_MS = 50
/** Between two lines. */
const PAUSE_MS = 20
/** How long a broker that wants to stop goes on while its leaderships are moved. */
const SHUTDOWN_MAX_MS = 5_000
/** How long it goes on while no controller answers. */
const UNANSWERED_MAX_MS = 2_000

export interface HeartbeatsOptions {
  readonly broker: BrokerRequest & { readonly incarnationId: string }
  readonly listeners: BrokerPlace
  readonly calls: LeaderCalls
  /** The controller of this node, when it has one. */
  readonly local: BrokerLines | null
  /** The newest entry that this node's publishers know of. */
  readonly publishedOffset: () => number
  /** Everything below is committed, as the active controller says. */
  readonly onCommitted: (endOffset: number) => void
  /** Told of every answer that proves something: what was sent at `sent` was heard. */
  readonly onProof?: (sent: SentMoment, answer: BeatAnswer) => void
  readonly clock: Clock
  readonly logger: Logger
  /** `broker.heartbeat.interval.ms`. */
  readonly intervalMs: number
  /** `broker.session.timeout.ms`. */
  readonly sessionTimeoutMs: number
  /** Somebody wants this process to end, and asked the cluster for it. Once. */
  readonly onMustShutDown?: () => void
  /** The node must stop: another process is this broker (STALE_BROKER_EPOCH). */
  readonly onFatal: (error: Error) => void
}

/** When a beat was sent, on both clocks (S22). */
export interface SentMoment {
  readonly monotonicMs: number
  readonly wallMs: number
}

export class Heartbeats {
  readonly #options: HeartbeatsOptions
  readonly #logger: Logger
  #task: Background | null = null
  #line: Line | null = null
  #next: Timer | null = null
  #answer: BeatAnswer | null = null
  #answeredMs: number
  /** When the oldest beat was sent that may still be answered; null when there is none. */
  #asked: SentMoment | null = null
  /** When the beat before was sent to the controller of this node. */
  #askedHereBefore: SentMoment | null = null
  #wantsShutdown = false
  #isStale = false
  #isToldToStop = false
  /** Called with every answer. */
  #onAnswer: () => void = () => {}

  constructor(options: HeartbeatsOptions) {
    this.#options = options
    this.#logger = options.logger.child({ component: 'heartbeats' })
    this.#answeredMs = options.clock.monotonicMs()
  }

  /** Once. */
  start(): void {
    const { onFatal } = this.#options
    this.#task = background('heartbeats', (signal) => this.#run(signal), onFatal)
  }

  /** There is news: the next beat is sent behind what is going on now. */
  soon(): void {
    this.#beatIn(0)
  }

  /** Another leader is known: the line to the one before is of no use, whatever it thinks. */
  onLeadership({ epoch, leaderId }: Leadership): void {
    if (leaderId !== null && this.#answer !== null && epoch > this.#answer.controllerEpoch)
      this.#line?.close()
  }

  /**
   * Asks to stop. Resolves when nobody counts on this broker any more, when that takes too long, or
   * when nobody answers; never rejects.
   */
  async shutDown(): Promise<void> {
    const { clock } = this.#options
    const beganMs = clock.monotonicMs()
    this.#wantsShutdown = true
    this.soon()
    while (!this.#isStale && !this.#answer?.shouldShutDown) {
      const nowMs = clock.monotonicMs()
      const unansweredMs = nowMs - Math.max(beganMs, this.#answeredMs)
      if (nowMs - beganMs >= SHUTDOWN_MAX_MS || unansweredMs >= UNANSWERED_MAX_MS) {
        this.#logger.warn({ afterMs: nowMs - beganMs }, 'stopping without being let go')
        return
      }
      const answered = new AbortController()
      this.#onAnswer = () => answered.abort()
      await delay(clock, WAITING_MS, answered.signal)
    }
  }

  async close(): Promise<void> {
    this.#next?.cancel()
    this.#line?.close()
    await this.#task?.stop()
    this.#next?.cancel()
  }

  // --- one line after the other

  async #run(signal: AbortSignal): Promise<void> {
    const close = () => this.#line?.close()
    signal.addEventListener('abort', close, { once: true })
    while (!signal.aborted) {
      const why = await this.#useLine(signal)
      if (signal.aborted) return
      if (why.code === 'STALE_BROKER_EPOCH') return this.#superseded(why)
      this.#logger.debug({ why: why.message }, 'no line to the active controller')
      await delay(this.#options.clock, PAUSE_MS, signal)
    }
  }

  /** Resolves with why the line ended, or why there is none. */
  async #useLine(signal: AbortSignal): Promise<LograftError> {
    const { calls, local, clock, sessionTimeoutMs: timeoutMs } = this.#options
    const events = { answered: (answer: BeatAnswer) => this.#answered(answer) }
    const here = {
      answered: (answer: BeatAnswer) => {
        this.#answeredHere(answer)
      },
    }
    const asking = () => {
      this.#asked = this.#moment
      return this.#beat()
    }
    this.#askedHereBefore = null
    try {
      const line = await calls.call(
        {
          here: () => Promise.resolve(lineHere(local, asking(), here)),
          there: (channel, limits) =>
            lineThere(channel, limits, { first: asking(), events, clock }),
          repeatable: true,
        },
        { timeoutMs, signal },
      )
      this.#line = line
      this.#asked = null
      if (signal.aborted) line.close()
      this.#planNext()
      return await line.ended
    } catch (thrown) {
      if (thrown instanceof LograftError) return thrown
      throw thrown
    } finally {
      this.#line = null
      this.#next?.cancel()
    }
  }

  #superseded(why: LograftError): void {
    this.#isStale = true
    const { broker, onFatal } = this.#options
    const message = `This process is not broker ${broker.nodeId} any more: ${why.message}`
    onFatal(new LograftError('STALE_BROKER_EPOCH', message, { cause: why }))
  }

  // --- beats

  #beat(): SentBeat {
    const { broker, listeners, publishedOffset } = this.#options
    const { nodeId, brokerEpoch, incarnationId } = broker
    return {
      ...{ nodeId, brokerEpoch, incarnationId, listeners },
      metadataOffset: publishedOffset(),
      wantsShutdown: this.#wantsShutdown,
    }
  }

  /**
   * The controller of this node answers whatever has become of it meanwhile: after a sleep, another
   * one may be active, and this one has not heard of it yet. So its answer proves the beat before.
   */
  #answeredHere(answer: BeatAnswer): void {
    const asked = this.#asked
    this.#asked = this.#askedHereBefore
    this.#askedHereBefore = asked
    this.#answered(answer)
  }

  get #moment(): SentMoment {
    const { clock } = this.#options
    return { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() }
  }

  #answered(answer: BeatAnswer): void {
    const wasWaiting = this.#isWaiting
    this.#answer = answer
    this.#answeredMs = this.#options.clock.monotonicMs()
    const asked = this.#asked
    this.#asked = null
    if (asked !== null) this.#options.onProof?.(asked, answer)
    if (wasWaiting !== this.#isWaiting) this.#planNext()
    this.#options.onCommitted(answer.committedOffset + 1)
    if (answer.mustBeginShutdown && !this.#isToldToStop) {
      this.#isToldToStop = true
      this.#logger.info({}, 'asked to shut down')
      this.#options.onMustShutDown?.()
    }
    this.#onAnswer()
  }

  get #isWaiting(): boolean {
    return this.#wantsShutdown || this.#answer?.fenced === true
  }

  #planNext(): void {
    const { intervalMs, sessionTimeoutMs } = this.#options
    // Here every second beat proves something, and costs nothing.
    const longestMs = this.#askedHereBefore === null ? intervalMs : sessionTimeoutMs / 4
    const waitMs = this.#isWaiting ? WAITING_MS : longestMs
    this.#beatIn(Math.min(waitMs, intervalMs))
  }

  #beatIn(ms: number): void {
    this.#next?.cancel()
    this.#next = this.#options.clock.timer(ms, () => {
      try {
        this.#beatNow()
      } catch (thrown) {
        this.#options.onFatal(asError(thrown))
      }
    })
  }

  #beatNow(): void {
    const line = this.#line
    if (line === null) return
    const { clock, sessionTimeoutMs } = this.#options
    const nowMs = clock.monotonicMs()
    // Half a session is left for another controller, or another connection to this one.
    const isLate = this.#asked !== null && nowMs - this.#asked.monotonicMs >= sessionTimeoutMs / 2
    if (isLate) return line.close()
    this.#asked ??= this.#moment
    this.#planNext()
    line.send(this.#beat())
  }
}

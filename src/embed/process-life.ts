/**
 * A broker in a process of its own, which is told what to do by messages and may end at any moment
 * without a word.
 */
import { asError, LograftError } from '../base/errors.ts'
import { Child, type ChildExit } from '../host/child.ts'
import { hostClock } from '../host/clock.ts'
import type { LogLevel } from './api.ts'
import type { BrokerPlan, Life } from './life.ts'
import type { FromBroker, ToBroker } from './process-messages.ts'

const PROGRAM = new URL('./broker-process.js', import.meta.url)
/** A process that does not end in order by then is killed. */
const STOP_WITHIN_MS = 30_000

export function beginProcessLife(plan: BrokerPlan, logLevel: LogLevel): Life {
  return new ProcessLife(plan, logLevel)
}

class ProcessLife implements Life {
  readonly listening: Promise<void>
  readonly ready: Promise<{ readonly brokerEpoch: number }>
  readonly ended: Promise<Error | null>
  readonly #child: Child<ToBroker, FromBroker>
  /** By what was heard of it; each is called at most once. */
  readonly #published = new Map<number, () => void>()
  #tellListening: () => void = () => {}
  #tellReady: (registration: { readonly brokerEpoch: number }) => void = () => {}
  #failure: Error | null = null
  #isAskedToEnd = false

  constructor(plan: BrokerPlan, logLevel: LogLevel) {
    this.#child = new Child(PROGRAM, (message) => this.#hear(message))
    this.ended = this.#child.exited.then(
      (exit) => (this.#isAskedToEnd ? null : (this.#failure ?? gone(exit))),
      (thrown: unknown) => asError(thrown),
    )
    const tooLate = this.ended.then((error) => {
      throw error ?? new LograftError('STOPPED', 'it was stopped before')
    })
    this.listening = Promise.race([
      new Promise<void>((resolve) => (this.#tellListening = resolve)),
      tooLate,
    ])
    this.ready = Promise.race([
      new Promise<{ brokerEpoch: number }>((resolve) => (this.#tellReady = resolve)),
      tooLate,
    ])
    // Whoever needs them awaits them.
    for (const awaited of [this.listening, this.ready]) awaited.catch(() => {})
    this.#child.tell({ type: 'start', plan, logLevel })
  }

  get pid(): number | null {
    return this.#child.pid
  }

  async published(offset: number): Promise<void> {
    const told = new Promise<void>((resolve) => this.#published.set(offset, resolve))
    this.#child.tell({ type: 'publish', offset })
    await Promise.race([told, this.ended])
    this.#published.delete(offset)
  }

  async stop({ wholeCluster = false } = {}): Promise<void> {
    this.#isAskedToEnd = true
    this.resume()
    this.#child.tell({ type: 'stop', wholeCluster })
    const timer = hostClock.timer(STOP_WITHIN_MS, () => this.#child.signal('SIGKILL'))
    await this.ended
    timer.cancel()
  }

  async kill(): Promise<void> {
    this.#isAskedToEnd = true
    this.#child.signal('SIGKILL')
    await this.ended
  }

  pause(): void {
    this.#child.signal('SIGSTOP')
  }

  resume(): void {
    this.#child.signal('SIGCONT')
  }

  #hear(message: FromBroker): void {
    switch (message.type) {
      case 'listening':
        return this.#tellListening()
      case 'ready':
        return this.#tellReady(message)
      case 'published':
        return this.#published.get(message.offset)?.()
      case 'stopping':
        this.#isAskedToEnd = true
        return
      case 'failed':
        this.#failure = new LograftError(message.code, message.message)
    }
  }
}

function gone({ code, signal }: ChildExit): Error {
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`
  return new LograftError('ENDED', `its process ended ${how}`)
}

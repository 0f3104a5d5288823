/**
 * One broker of the cluster, through all its lives. There is never more than one life at a time,
 * whoever restarts it, and the end of one is told only when its ports and its directory are free.
 */
import { asError, LograftError } from '../base/errors.ts'
import { formatHostPort, type HostPort } from '../config/addresses.ts'
import { hostClock } from '../host/clock.ts'
import { injectFault } from '../rpc/admin/fault-client.ts'
import type { Broker, RequestFault, UndoFault } from './api.ts'
import type { Life } from './life.ts'

/** Where a broker listens, in all its lives. */
export interface Place {
  readonly kafka: HostPort
  readonly grpc: HostPort
  /** Metrics and health; nobody listens without it. */
  readonly http?: HostPort
}

export interface EmbeddedBrokerOptions {
  readonly id: number
  readonly place: Place
  /** It has fault switches. */
  readonly hasFaults: boolean
  readonly begin: () => Life
  /** Where others reach it from now on; null: nowhere. */
  readonly reached: (place: Place | null) => Promise<void>
  /** It began, is in service, or is gone. */
  readonly onChange: (broker: EmbeddedBroker) => void
}

export class EmbeddedBroker implements Broker {
  readonly id: number
  readonly address: string
  readonly host: string
  readonly port: number
  readonly grpcAddress: string
  readonly #options: EmbeddedBrokerOptions
  #life: Life | null = null
  #brokerEpoch: number | null = null
  #failure: Error | null = null
  #isClosed = false
  /** Of restarts, one begins when the one before has ended. */
  #restarting: Promise<void> = Promise.resolve()

  constructor(options: EmbeddedBrokerOptions) {
    const { id, place } = options
    this.#options = options
    this.id = id
    this.host = place.kafka.host
    this.port = place.kafka.port
    this.address = formatHostPort(place.kafka)
    this.grpcAddress = formatHostPort(place.grpc)
  }

  get pid(): number | null {
    return this.#life?.pid ?? null
  }

  get isRunning(): boolean {
    return this.#life !== null
  }

  get failure(): Error | null {
    return this.#failure
  }

  /** Of its registration in this life; null before it is in service, and when it does not run. */
  get brokerEpoch(): number | null {
    return this.#brokerEpoch
  }

  /** A new life; resolves when it is in service. */
  async start(): Promise<void> {
    if (this.#isClosed) throw new LograftError('STOPPED', 'the cluster was stopped')
    const { begin, reached, place } = this.#options
    const life = begin()
    this.#life = life
    this.#failure = null
    void life.ended.then((error) => this.#ended(life, error))
    void life.listening.then(
      () => (this.#life === life ? reached(place) : undefined),
      () => {},
    )
    this.#changed()
    try {
      const { brokerEpoch } = await life.ready
      if (this.#life === life) this.#brokerEpoch = brokerEpoch
    } catch (thrown) {
      throw new LograftError(
        'NOT_STARTED',
        `broker ${this.id} did not start: ${asError(thrown).message}`,
        { cause: thrown },
      )
    }
    this.#changed()
  }

  async kill(): Promise<void> {
    await this.#end((life) => life.kill())
  }

  async stop(): Promise<void> {
    await this.#end((life) => life.stop())
  }

  restart(): Promise<void> {
    const restarted = this.#restarting.then(async () => {
      await this.kill()
      await this.start()
    })
    this.#restarting = restarted.catch(() => {})
    return restarted
  }

  pause(): void {
    this.#running().pause()
  }

  resume(): void {
    this.#running().resume()
  }

  failRequests(fault: RequestFault & { readonly error: string }): Promise<UndoFault> {
    return this.#fault({ kind: 'fail', ...fault })
  }

  delayRequests(fault: RequestFault & { readonly delayMs: number }): Promise<UndoFault> {
    return this.#fault({ kind: 'delay', ...fault })
  }

  loseAnswers(fault: RequestFault): Promise<UndoFault> {
    return this.#fault({ kind: 'lose-answers', ...fault })
  }

  refuseClient(clientId: string, { forMs = 0 } = {}): Promise<UndoFault> {
    return this.#fault({ kind: 'refuse-client', clientId, forMs })
  }

  /** Resolves at once when it does not run. */
  async published(offset: number): Promise<void> {
    await this.#life?.published(offset)
  }

  /** Ends it for good, together with all others: in order, if anybody may want its data again. */
  async close({ keepsData }: { readonly keepsData: boolean }): Promise<void> {
    this.#isClosed = true
    await this.#end((life) => (keepsData ? life.stop({ wholeCluster: true }) : life.kill()))
  }

  async #fault(wanted: Parameters<typeof injectFault>[1]): Promise<UndoFault> {
    const { place, hasFaults } = this.#options
    if (!hasFaults)
      throw new LograftError(
        'UNSUPPORTED',
        'a broker can be made to fail only in a cluster started with `faults: true`',
      )
    const life = this.#running()
    const { undo } = await injectFault({ to: place.grpc, clock: hostClock }, wanted)
    return async () => {
      // A later life never had it.
      if (this.#life === life) await undo()
    }
  }

  /** For a sentence: `running`, `not running`, `failed (…)`. */
  get state(): string {
    if (this.#failure !== null) return `failed (${this.#failure.message})`
    if (this.#life === null) return 'not running'
    return this.#brokerEpoch === null ? 'starting' : 'running'
  }

  #running(): Life {
    if (this.#life === null)
      throw new LograftError('NOT_RUNNING', `broker ${this.id} is not running`)
    return this.#life
  }

  async #end(how: (life: Life) => Promise<void>): Promise<void> {
    const life = this.#life
    if (life === null) return
    await how(life)
    this.#ended(life, null)
    await this.#options.reached(null)
  }

  #ended(life: Life, error: Error | null): void {
    if (this.#life !== life) return
    this.#life = null
    this.#brokerEpoch = null
    this.#failure = error
    if (error) void this.#options.reached(null)
    this.#changed()
  }

  #changed(): void {
    this.#options.onChange(this)
  }
}

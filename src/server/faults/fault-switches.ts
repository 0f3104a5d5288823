/**
 * Switches that make this broker fail on purpose: answer requests with an error, be slow with them,
 * lose the answer to what it has done, refuse a client. There are none unless the node was started
 * for it (`fault.switches.enable`). Each ends by itself, by a count and a time, and none outlives
 * the process.
 */
import type { Clock } from '../../base/clock.ts'
import { LograftError } from '../../base/errors.ts'
import type { Logger } from '../../base/log.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { checkedOrder, type CheckedOrder, type FaultKind, type FaultOrder } from './fault-order.ts'

/** One that is set. */
export interface FaultSwitch extends FaultOrder {
  readonly id: number
  /** Requests that it has hit; `count` of the order is how many it may hit in all. */
  readonly hits: number
  readonly leftMs: number
}

/** What happens to a request. */
export interface Hit {
  readonly kind: FaultKind
  /** Of `fail`. */
  readonly errorCode: ErrorCode
  /** Of `delay`. */
  readonly delayMs: number
}

export interface FaultSwitchesPorts {
  /** Names of the requests that are served. */
  readonly apis: readonly string[]
  readonly clock: Clock
  readonly logger: Logger
}

const SWITCHES_MAX = 100

interface Active {
  readonly id: number
  readonly order: CheckedOrder
  readonly endsMs: number
  hits: number
}

export class FaultSwitches {
  readonly clock: Clock
  readonly #apis: readonly string[]
  readonly #logger: Logger
  readonly #closed = new AbortController()
  /** In the order in which they were set: the first that fits is the one. */
  #active: Active[] = []
  #nextId = 1
  /** Requests that were hit, by `kind request`. */
  readonly #hits = new Map<string, number>()

  constructor({ apis, clock, logger }: FaultSwitchesPorts) {
    this.#apis = apis
    this.clock = clock
    this.#logger = logger
  }

  /** Aborts when the node stops: nobody is kept waiting then. */
  get closed(): AbortSignal {
    return this.#closed.signal
  }

  /** Throws INVALID_REQUEST with the field, and OVERLOADED for too many. */
  inject(wanted: FaultOrder): FaultSwitch {
    const order = checkedOrder(wanted, this.#apis)
    this.#retire()
    if (this.#active.length >= SWITCHES_MAX)
      throw new LograftError('OVERLOADED', `${SWITCHES_MAX} fault switches are set already`, {
        hint: 'Clear some first (Faults.Clear).',
      })
    const active = { id: this.#nextId++, order, hits: 0, endsMs: this.#nowMs + order.forMs }
    this.#active.push(active)
    this.#logger.warn(fieldsOf(active), 'fault switch set')
    return this.#shown(active)
  }

  list(): readonly FaultSwitch[] {
    this.#retire()
    return this.#active.map((active) => this.#shown(active))
  }

  /** Those with these ids, or all when none is named; how many there were. Idempotent. */
  clear(ids: readonly number[]): number {
    this.#retire()
    const gone = this.#active.filter(({ id }) => ids.length === 0 || ids.includes(id))
    for (const active of gone) this.#end(active, 'cleared')
    return gone.length
  }

  /** What happens to a request; null: nothing, it is served as ever. */
  hit(api: string, clientId: string | null): Hit | null {
    if (this.#active.length === 0) return null
    this.#retire()
    const active = this.#active.find(({ order }) => order.fits(api, clientId))
    if (active === undefined) return null
    const { order } = active
    active.hits += 1
    const key = `${order.kind} ${api}`
    this.#hits.set(key, (this.#hits.get(key) ?? 0) + 1)
    if (active.hits === 1)
      this.#logger.warn({ ...fieldsOf(active), api, clientId }, 'fault switch hits')
    if (active.hits >= order.count) this.#end(active, 'spent')
    return order
  }

  /** Requests that were hit since the start. */
  *readings(): Iterable<{ readonly kind: string; readonly api: string; readonly count: number }> {
    for (const [key, count] of this.#hits) {
      const [kind = '', api = ''] = key.split(' ')
      yield { kind, api, count }
    }
  }

  close(): void {
    this.#closed.abort()
    this.#active = []
  }

  get #nowMs(): number {
    return this.clock.monotonicMs()
  }

  #retire(): void {
    const now = this.#nowMs
    for (const active of this.#active) if (active.endsMs <= now) this.#end(active, 'over time')
  }

  #end(active: Active, why: 'spent' | 'cleared' | 'over time'): void {
    this.#active = this.#active.filter((other) => other !== active)
    this.#logger.warn({ ...fieldsOf(active), hits: active.hits, why }, 'fault switch ended')
  }

  #shown({ id, order, hits, endsMs }: Active): FaultSwitch {
    const { kind, api, clientId, error, delayMs, count, forMs } = order
    const leftMs = Math.max(0, Math.ceil(endsMs - this.#nowMs))
    return { id, kind, api, clientId, error, delayMs, count, forMs, hits, leftMs }
  }
}

function fieldsOf({ id, order }: Active) {
  const { kind, api, clientId, error, delayMs, count, forMs } = order
  return { switch: id, kind, api, clientId, error, delayMs, count, forMs }
}

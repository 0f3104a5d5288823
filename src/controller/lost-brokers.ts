/**
 * Dials brokers in service that nothing connects to this controller, until they have a line again
 * or refuse connections (SAFETY S23). Again and again, since the listeners of a process that dies
 * may be closed behind its connections. It concludes nothing: `broker-heartbeats.ts` does.
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import type { NodeId } from '../base/ids.ts'
import type { BrokerHeartbeats } from './broker-heartbeats.ts'
import type { BrokerPlace } from './heartbeats.ts'
import type { BrokerRequest } from './requests.ts'

/** Between two probes of a broker that has no line and listens. */
const PAUSE_MIN_MS = 50
const PAUSE_MAX_MS = 1_000

export interface LostBrokersOptions {
  readonly clock: Clock
  readonly sessions: BrokerHeartbeats
  /** Whether nobody listens there any more. Never rejects; false when `signal` aborts. */
  readonly isGone: (place: BrokerPlace, signal: AbortSignal) => Promise<boolean>
  /** `sessions` were told that a process is gone. */
  readonly onGone: () => void
}

export class LostBrokers {
  readonly #options: LostBrokersOptions
  readonly #places = new Map<NodeId, BrokerPlace>()
  /**
   * Processes that are being dialled, by broker epoch: no two of them have the same. Each has a
   * signal of its own, for there may be many.
   */
  readonly #dialling = new Map<number, AbortController>()
  #isOver = false

  constructor(options: LostBrokersOptions) {
    this.#options = options
  }

  /** Where the process of a broker listens; null when that is not known. */
  setPlace(nodeId: NodeId, place: BrokerPlace | null): void {
    if (place === null) this.#places.delete(nodeId)
    else this.#places.set(nodeId, place)
  }

  /** Dials a broker, if it is known where, for as long as it is lost. */
  dial(broker: BrokerRequest): void {
    const { brokerEpoch } = broker
    if (this.#isOver || this.#dialling.has(brokerEpoch)) return
    const abort = new AbortController()
    this.#dialling.set(brokerEpoch, abort)
    void this.#dialUntilKnown(broker, abort.signal).then(() => this.#dialling.delete(brokerEpoch))
  }

  stop(): void {
    this.#isOver = true
    for (const abort of this.#dialling.values()) abort.abort()
  }

  /** Never rejects. */
  async #dialUntilKnown(broker: BrokerRequest, signal: AbortSignal): Promise<void> {
    const { clock, sessions, isGone, onGone } = this.#options
    for (let pauseMs = PAUSE_MIN_MS; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MAX_MS)) {
      const place = this.#places.get(broker.nodeId)
      if (place === undefined || signal.aborted || !sessions.isLost(broker)) return
      const gone = await isGone(place, signal)
      if (signal.aborted) return
      if (gone) {
        sessions.refused(broker)
        return onGone()
      }
      await delay(clock, pauseMs, signal)
    }
  }
}

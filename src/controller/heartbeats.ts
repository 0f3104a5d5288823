/**
 * The words in which a broker and the active controller speak of the broker's standing: `rpc/`
 * carries them, `broker-liveness.ts` answers them, and a broker beside the active controller says
 * them without a network.
 */
import type { HostPort } from '../config/addresses.ts'
import type { BrokerRequest } from './requests.ts'

/** What a broker says of itself, again and again. */
export interface Beat extends BrokerRequest {
  readonly incarnationId: string
  /** The newest entry of the metadata log that all its parts know of. */
  readonly metadataOffset: number
  /** It wants to stop, and serves until it may. */
  readonly wantsShutdown: boolean
}

/** How it stands, as far as that is committed. */
export interface BeatAnswer {
  /** It may neither lead nor serve. */
  readonly fenced: boolean
  /** It has published its own registration. */
  readonly caughtUp: boolean
  /** It asked to stop, and may: nobody counts on it any more. */
  readonly shouldShutDown: boolean
  /** Somebody wants its process to end. */
  readonly mustBeginShutdown: boolean
  /** Everything up to here is committed. */
  readonly committedOffset: number
  /** Of the controller that says so. */
  readonly controllerEpoch: number
}

/** Where a broker's process listens, as its connection shows; not where it is said to be found. */
export interface BrokerPlace {
  readonly kafka: HostPort
  readonly grpc: HostPort
}

/** A broker's connection to the active controller. */
export interface BrokerLine {
  /**
   * Answers at once; what has to change first is told by later answers, and by metadata. `place` is
   * null when it is not known, or nobody has to look. Throws NOT_CONTROLLER and STALE_BROKER_EPOCH.
   */
  beat(beat: Beat, place: BrokerPlace | null): BeatAnswer
  /** The connection is over. Idempotent. */
  broke(): void
}

/** What the active controller offers its brokers. */
export interface BrokerLines {
  /**
   * `hangUp` is called when the line is of no use any more: this is not the active controller, or
   * the broker was silent too long. Throws NOT_CONTROLLER, and REQUEST_TIMED_OUT when
   * too many are open.
   */
  open(hangUp: (why: Error) => void): BrokerLine
}

/**
 * One stream of committed metadata, from its first event to the moment when its controller is given
 * up: because it ended, said what cannot be, or was silent, behind or without a leader for a
 * second.
 */
import type { Clock } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { HostPort } from '../config/addresses.ts'
import { MetadataFormatError } from '../metadata/codec.ts'
import type { RpcChannel } from './channel.ts'
import type { ObservedLog } from './observed-log.ts'
import { WatchFault } from './observed-log.ts'
import { RpcError } from './status.ts'
import type { WatchedLeadership, WatchEvent, WatchRequest } from './watch-codec.ts'
import { watchMethod } from './watch-codec.ts'

/** A controller that is of no use for so long is left (SAFETY S9). */
const PATIENCE_MS = 1_000
/** Between two looks at it. */
const LOOK_MS = 100

export interface WatchEnd {
  readonly why: string
  /** Of the call, when it was not given up here. */
  readonly error: RpcError | null
  /** It was of use until then, or for a while. */
  readonly wasFit: boolean
  /** It had not come as far as this node when it was left. */
  readonly lacks: boolean
  /** It leads in that epoch, it said last; null when it does not. */
  readonly leaderEpoch: number | null
  /** What nobody else can help with. */
  readonly fatal: Error | null
}

export interface WatchContext {
  readonly log: ObservedLog
  readonly clock: Clock
  readonly addresses: {
    candidates(nodeId: NodeId): readonly HostPort[]
    announce(nodeId: NodeId, address: HostPort): void
  }
  /** Everything below is known to be committed. */
  readonly expected: () => number
  readonly hasOthers: () => boolean
  /** It has what this node holds. */
  readonly has: () => void
}

interface WatchTarget {
  readonly channel: RpcChannel
  readonly nodeId: NodeId
  readonly request: WatchRequest
  readonly signal: AbortSignal
}

/** Never rejects. */
export function watchFrom(target: WatchTarget, context: WatchContext): Promise<WatchEnd> {
  const { channel, request, signal } = target
  return new Promise((resolve) => {
    const stream = channel.responses(watchMethod, request)
    const course = new Course(request, context)
    const leave = (why: string) => stream.fail(new RpcError('CANCELLED', why))
    const look = () => {
      const why = course.whyLeave()
      if (why !== null) return leave(why)
      timer = context.clock.timer(LOOK_MS, look)
    }
    let timer = context.clock.timer(LOOK_MS, look)
    const abort = () => leave('this node stops')
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
    stream.open({
      message: (event) => {
        const why = course.take(event)
        if (why !== null) leave(why)
      },
      closed: (error) => {
        timer.cancel()
        signal.removeEventListener('abort', abort)
        resolve(course.end(error))
      },
    })
  })
}

/** What one controller has said so far, and since when it is of no use. */
class Course {
  readonly #context: WatchContext
  readonly #wanted: number
  #heardMs: number
  /** Null while it is fit. */
  #unfitSinceMs: number | null
  #endOffset = 0
  #leadership: WatchedLeadership | null = null
  #wasFit = false
  #fatal: Error | null = null

  constructor({ nextOffset }: WatchRequest, context: WatchContext) {
    this.#context = context
    this.#wanted = nextOffset
    this.#heardMs = context.clock.monotonicMs()
    this.#unfitSinceMs = this.#heardMs
  }

  /** Why it is to be left at once, or null. */
  take(event: WatchEvent): string | null {
    const { log, clock } = this.#context
    this.#heardMs = clock.monotonicMs()
    this.#endOffset = event.endOffset
    if (event.leadership) this.#hear(event.leadership)
    if (event.entries || event.snapshot) this.#unfitSinceMs = null
    try {
      log.take(event)
    } catch (thrown) {
      if (thrown instanceof WatchFault) return thrown.message
      if (thrown instanceof MetadataFormatError && thrown.code === 'METADATA_CORRUPT')
        return thrown.message
      this.#fatal = asError(thrown)
      return this.#fatal.message
    }
    return null
  }

  #hear(leadership: WatchedLeadership): void {
    const { addresses } = this.#context
    this.#leadership = leadership
    for (const { nodeId, host, port } of leadership.controllers)
      if (addresses.candidates(nodeId).length === 0) addresses.announce(nodeId, { host, port })
  }

  /** Why it is to be left, now that some time has passed, or null. */
  whyLeave(): string | null {
    const { clock, hasOthers, has } = this.#context
    const nowMs = clock.monotonicMs()
    if (nowMs - this.#heardMs >= PATIENCE_MS) return `silent for ${PATIENCE_MS} ms`
    const why = this.#whyUnfit()
    if (why === null) {
      this.#wasFit = true
      this.#unfitSinceMs = null
      has()
      return null
    }
    this.#unfitSinceMs ??= nowMs
    const isOver = nowMs - this.#unfitSinceMs >= PATIENCE_MS
    return isOver && (this.#lacks || hasOthers()) ? why : null
  }

  #whyUnfit(): string | null {
    const { log, expected } = this.#context
    if (this.#lacks) return `has ${this.#endOffset} entries, where ${this.#wanted} are held`
    if (this.#leadership?.leaderId === null) return 'knows no leader'
    const known = Math.max(this.#endOffset, expected())
    return log.nextOffset < known ? `is behind: ${log.nextOffset} of ${known} entries` : null
  }

  /** It has not come as far as this node had when it was asked. */
  get #lacks(): boolean {
    return this.#leadership !== null && this.#endOffset < this.#wanted
  }

  end(error: RpcError | null): WatchEnd {
    const { epoch, isLeader } = this.#leadership ?? { epoch: 0, isLeader: false }
    return {
      why: error?.message ?? 'it ended',
      error,
      wasFit: this.#wasFit,
      lacks: this.#lacks,
      leaderEpoch: isLeader ? epoch : null,
      fatal: this.#fatal,
    }
  }
}

/**
 * The streams that other replicas open to this one: greeted by their hello, then read message by
 * message into the quorum. Whatever is not what a replica says ends its stream, with a status for
 * the caller and one line in the log that names both ends; nothing of it reaches the core.
 */
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/log.ts'
import { replicaKey } from '../quorum/replica-key.ts'
import type { ReplicaKey } from '../raft/configuration.ts'
import type { Message } from '../raft/messages.ts'
import { OncePerChange } from './once-per-change.ts'
import type { Hello, Identity } from './raft-hello.ts'
import { accept } from './raft-hello.ts'
import { HELLO_TIMEOUT_MS } from './raft-link.ts'
import type { ToExchange } from './raft-methods.ts'
import type { lograft } from './raft-wire.ts'
import { uuidToBytes } from '../bytes/uuid.ts'
import { isExpected, RpcError } from './status.ts'
import type { RpcStream } from './stream.ts'

type Stream = RpcStream<ToExchange, lograft.raft.v1.ExchangeResponse>

export interface RaftServiceOptions {
  readonly self: () => Identity
  readonly clock: Clock
  readonly logger: Logger
  /** A replica has introduced itself, and belongs here. */
  readonly onHello: (hello: Hello) => void
  readonly onMessage: (message: Message) => void
}

export class RaftService {
  readonly #options: RaftServiceOptions
  /** The newest stream of each replica; an older one is a leftover of a connection that broke. */
  readonly #streams = new Map<ReplicaKey, Stream>()
  readonly #all = new Set<Stream>()
  readonly #said = new OncePerChange()

  constructor(options: RaftServiceOptions) {
    this.#options = options
  }

  serve(stream: Stream): void {
    let from: ReplicaKey | null = null
    this.#all.add(stream)
    const timer = this.#options.clock.timer(HELLO_TIMEOUT_MS, () =>
      stream.fail(new RpcError('DEADLINE_EXCEEDED', 'no hello came in time')),
    )
    stream.open({
      message: (frame) => {
        try {
          if (from !== null) return this.#receive(frame, from, stream)
          timer.cancel()
          from = this.#welcome(frame, stream)
        } catch (thrown) {
          if (!(thrown instanceof RpcError)) throw thrown
          stream.fail(thrown)
        }
      },
      ended: () => stream.end(),
      closed: (error) => {
        timer.cancel()
        this.#all.delete(stream)
        if (from !== null && this.#streams.get(from) === stream) this.#streams.delete(from)
        this.#sayClosed(stream, from, error)
      },
    })
  }

  /** Whether a caller belongs here. Throws an RpcError, and says so once, when it does not. */
  greet(hello: Hello, peer: string): number {
    const { self, logger, onHello } = this.#options
    const from = replicaKey(hello.replica)
    try {
      const protocol = accept(hello, self())
      this.#said.forget(from)
      onHello(hello)
      return protocol
    } catch (thrown) {
      if (isExpected(thrown)) {
        const why = thrown.message
        this.#said.say(from, why, () => logger.warn({ peer, why }, 'refused a replica'))
      }
      throw thrown
    }
  }

  close(): void {
    for (const stream of this.#all) stream.fail(new RpcError('UNAVAILABLE', 'this node stops'))
  }

  #welcome(frame: ToExchange, stream: Stream): ReplicaKey {
    if (frame.kind !== 'hello')
      throw new RpcError('INVALID_ARGUMENT', 'the first frame is the hello')
    const protocol = this.greet(frame.hello, stream.peer)
    const from = replicaKey(frame.hello.replica)
    const before = this.#streams.get(from)
    this.#streams.set(from, stream)
    before?.fail(new RpcError('ABORTED', `${from} has opened a newer stream`))
    const { incarnationId } = this.#options.self()
    stream.write({ accepted: { protocol, incarnationId: uuidToBytes(incarnationId) } })
    return from
  }

  #receive(frame: ToExchange, from: ReplicaKey, stream: Stream): void {
    if (frame.kind !== 'messages') throw new RpcError('INVALID_ARGUMENT', 'a second hello')
    const to = replicaKey(this.#options.self().replica)
    for (const message of frame.messages) {
      // The quorum may have closed this meanwhile.
      if (this.#streams.get(from) !== stream) return
      this.#options.onMessage({ ...message, from, to })
    }
  }

  #sayClosed(stream: Stream, from: ReplicaKey | null, error: RpcError | null): void {
    const { logger } = this.#options
    const { peer } = stream
    const why = error?.message ?? 'it ended'
    if (error === null || !isMisbehaviour(error.code))
      return logger.debug({ peer, from, why }, 'a stream of a replica ended')
    const host = peer.slice(0, peer.lastIndexOf(':'))
    this.#said.say(from ?? host, why, () =>
      logger.warn({ peer, from, why }, 'ended a stream that is not as it should be'),
    )
  }
}

/** Codes with which a stream ends that is not as it should be; the others are everyday life. */
function isMisbehaviour(code: RpcError['code']): boolean {
  return ['INVALID_ARGUMENT', 'RESOURCE_EXHAUSTED', 'DEADLINE_EXCEEDED'].includes(code)
}

/**
 * This node's stream to one other replica, kept up for as long as it is a peer: dialled, introduced
 * by a hello, fed from an outbox, and dialled again when it breaks. It tells once that the peer is
 * unreachable, and that its process is gone when its address refuses connections after this node's
 * own stream to it broke (SAFETY S23, S25).
 */
import type { Clock, Timer } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { Net } from '../base/net.ts'
import type { Random } from '../base/random.ts'
import type { HostPort } from '../config/addresses.ts'
import { formatHostPort } from '../config/addresses.ts'
import { replicaIdOf, replicaKey } from '../quorum/replica-key.ts'
import type { ReplicaKey } from '../raft/configuration.ts'
import type { Message } from '../raft/messages.ts'
import type { AddressBook } from './address-book.ts'
import { backoffMs } from './backoff.ts'
import { PEER_KEEPALIVE, RpcChannel } from './channel.ts'
import { OncePerChange } from './once-per-change.ts'
import { Outbox } from './outbox.ts'
import { addressOf } from './peer-address.ts'
import { isGone } from './probe.ts'
import { sizeOf } from './raft-encode.ts'
import type { Identity } from './raft-hello.ts'
import { PROTOCOL } from './raft-hello.ts'
import type { ToExchange } from './raft-methods.ts'
import { exchange, FRAME_BYTES_MAX } from './raft-methods.ts'
import type { lograft } from './raft-wire.ts'
import { RpcError } from './status.ts'
import type { RpcStream } from './stream.ts'

/** Messages that wait together travel in one frame of about so many bytes. */
const FRAME_BYTES = 1024 * 1024

/** A hello that was sent is answered by then, or the stream is given up. */
export const HELLO_TIMEOUT_MS = 5_000

/** A dial that is younger is not begun again because the peer called. */
const YOUNG_DIAL_MS = 100

export interface RaftLinkOptions {
  readonly self: () => Identity
  readonly peer: ReplicaKey
  readonly addresses: AddressBook
  readonly net: Net
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly fatal: (error: Error) => void
  readonly events: {
    onUnreachable(replica: ReplicaKey): void
    onGone(replica: ReplicaKey): void
  }
}

interface Dial {
  readonly address: HostPort
  readonly channel: RpcChannel
  readonly stream: RpcStream<lograft.raft.v1.ExchangeResponse, ToExchange>
  readonly beganMs: number
  /** Where it really led, once its hello is accepted. */
  ledTo: HostPort | null
  isFull: boolean
}

export class RaftLink {
  readonly #options: RaftLinkOptions
  readonly #outbox = new Outbox()
  readonly #said = new OncePerChange()
  readonly #abort = new AbortController()
  #dial: Dial | null = null
  /** For the next dial, or for the answer to a hello. */
  #timer: Timer | null = null
  /** Which of the addresses is next. */
  #turn = 0
  #failures = 0
  #isPumpDue = false
  #isUnreachableTold = false
  /** Where the stream led that broke, until the peer is back or known to be gone. */
  #lost: HostPort | null = null
  #reached: HostPort | null = null
  #isProbing = false

  constructor(options: RaftLinkOptions) {
    this.#options = options
    this.#begin()
  }

  /** Where this node's stream to the peer led last. */
  get reached(): HostPort | null {
    return this.#reached
  }

  /** Bytes that wait here, those that the stream has taken included. */
  get queuedBytes(): number {
    return this.#outbox.bytes + (this.#dial?.stream.unsentBytes ?? 0)
  }

  send(message: Message): void {
    const isKept = !this.#isTooLarge(message) && this.#outbox.push(message)
    if (!isKept) this.#tellUnreachableSoon()
    this.#pumpSoon()
  }

  /** Nobody would take it: the peer would end the stream, again and again. */
  #isTooLarge(message: Message): boolean {
    const sizeBytes = sizeOf(message)
    if (sizeBytes <= FRAME_BYTES_MAX) return false
    const { peer, logger } = this.#options
    logger.error({ peer, type: message.type, sizeBytes }, 'a message is too large to be sent')
    return true
  }

  /** What is sent in one go leaves in one frame. */
  #pumpSoon(): void {
    if (this.#isPumpDue) return
    this.#isPumpDue = true
    queueMicrotask(() => {
      this.#isPumpDue = false
      try {
        this.#pump()
      } catch (thrown) {
        this.#options.fatal(asError(thrown))
      }
    })
  }

  /** The peer has just called: it is there, and has said where. */
  peerCalled(): void {
    const dial = this.#dial
    if (this.#isClosed || dial?.ledTo) return
    const { clock } = this.#options
    if (dial && clock.monotonicMs() - dial.beganMs < YOUNG_DIAL_MS) return
    this.#turn = 0
    this.#failures = 0
    if (dial) this.#abandon(dial)
    this.#begin()
  }

  close(): void {
    this.#abort.abort()
    this.#timer?.cancel()
    if (this.#dial) this.#abandon(this.#dial)
  }

  get #isClosed(): boolean {
    return this.#abort.signal.aborted
  }

  // --- dialling

  #begin(): void {
    this.#timer?.cancel()
    this.#timer = null
    const { peer, addresses, clock } = this.#options
    const candidates = addresses.candidates(replicaIdOf(peer).nodeId)
    const address = candidates[this.#turn % candidates.length]
    if (!address) return this.#failed(null, 'nobody knows its address')
    const channel = this.#channelTo(address)
    const dial: Dial = {
      address,
      channel,
      stream: channel.stream(exchange),
      beganMs: clock.monotonicMs(),
      ledTo: null,
      isFull: false,
    }
    this.#dial = dial
    this.#timer = clock.timer(HELLO_TIMEOUT_MS, () =>
      dial.stream.fail(new RpcError('DEADLINE_EXCEEDED', 'its answer to the hello')),
    )
    dial.stream.open({
      message: () => this.#accepted(dial),
      drained: () => {
        dial.isFull = false
        this.#pump()
      },
      closed: (error) => this.#closed(dial, error),
    })
    dial.stream.write({ kind: 'hello', hello: this.#hello() })
  }

  #channelTo(to: HostPort): RpcChannel {
    const { self, peer, clock, fatal } = this.#options
    const ends = {
      from: replicaKey(self().replica),
      to: `${peer} at ${formatHostPort(to)}`,
    }
    return new RpcChannel({ to, ends, clock, keepalive: PEER_KEEPALIVE, fatal })
  }

  #hello() {
    const { self, peer } = this.#options
    return { ...self(), to: replicaIdOf(peer), protocol: PROTOCOL }
  }

  #abandon(dial: Dial): void {
    this.#dial = null
    dial.channel.close()
  }

  // --- the stream

  #accepted(dial: Dial): void {
    if (dial !== this.#dial || dial.ledTo) return
    const { peer, logger } = this.#options
    this.#timer?.cancel()
    this.#timer = null
    dial.ledTo = this.#reached = addressOf(dial.stream.peer)
    this.#failures = 0
    this.#isUnreachableTold = false
    this.#lost = null
    this.#outbox.goOnline()
    this.#said.forgetAll()
    logger.info({ peer, address: formatHostPort(dial.address) }, 'connected to a replica')
    this.#pump()
  }

  #pump(): void {
    const dial = this.#dial
    if (!dial?.ledTo) return
    while (!dial.isFull && this.#outbox.length > 0) {
      // Things flow again: the next time that they do not is news.
      this.#isUnreachableTold = false
      const messages = this.#outbox.take(FRAME_BYTES)
      dial.isFull = !dial.stream.write({ kind: 'messages', messages })
    }
  }

  #closed(dial: Dial, error: RpcError | null): void {
    if (dial !== this.#dial) return
    this.#abandon(dial)
    this.#timer?.cancel()
    if (dial.ledTo) {
      this.#lost = dial.ledTo
      this.#outbox.goOffline()
    } else this.#turn += 1
    this.#failed(dial.address, error?.message ?? 'it ended the stream')
  }

  #failed(address: HostPort | null, why: string): void {
    const { peer, clock, random, logger } = this.#options
    this.#failures += 1
    const where = address === null ? '' : formatHostPort(address)
    this.#said.say(where, why, () => logger.warn({ peer, why }, 'cannot reach a replica'))
    this.#timer = clock.timer(backoffMs(this.#failures, random), () => this.#begin())
    // The constructor's caller is the quorum.
    this.#tellUnreachableSoon()
    void this.#probe()
  }

  // --- what the quorum is told

  #tellUnreachableSoon(): void {
    if (this.#isUnreachableTold) return
    this.#isUnreachableTold = true
    const { peer, events } = this.#options
    queueMicrotask(() => {
      if (!this.#isClosed) events.onUnreachable(peer)
    })
  }

  /** One at a time, after each failure, for as long as it is not known what became of the peer. */
  async #probe(): Promise<void> {
    const lost = this.#lost
    if (lost === null || this.#isProbing) return
    const { peer, logger, events } = this.#options
    this.#isProbing = true
    const gone = await isGone(this.#options, lost, this.#abort.signal)
    this.#isProbing = false
    if (!gone || this.#isClosed || this.#lost !== lost) return
    this.#lost = null
    logger.info({ peer, address: formatHostPort(lost) }, 'a replica refuses connections')
    events.onGone(peer)
  }
}

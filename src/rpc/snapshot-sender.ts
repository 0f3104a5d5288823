/**
 * Sends snapshots of the metadata to other replicas, one at a time, each over a connection of its
 * own: heartbeats do not wait behind it. An attempt that breaks is followed by another, which goes
 * on where the receiver says that it is.
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { isLograftError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { Random } from '../base/random.ts'
import { crc32c } from '../bytes/crc32c.ts'
import { formatHostPort } from '../config/addresses.ts'
import type { OutgoingSnapshot } from '../quorum/ports.ts'
import { replicaIdOf, replicaKey } from '../quorum/replica-key.ts'
import type { ReplicaKey } from '../raft/configuration.ts'
import type { AddressBook } from './address-book.ts'
import { BACKOFF_MAX_MS, backoffMs } from './backoff.ts'
import { PEER_KEEPALIVE, RpcChannel } from './channel.ts'
import { OncePerChange } from './once-per-change.ts'
import type { Identity } from './raft-hello.ts'
import { PROTOCOL } from './raft-hello.ts'
import type { FromSnapshotReceiver, ToSnapshotReceiver } from './raft-methods.ts'
import { PART_BYTES_MAX, sendSnapshot } from './raft-methods.ts'
import { RpcError } from './status.ts'
import type { RpcStream } from './stream.ts'

export interface SnapshotSenderOptions {
  readonly self: () => Identity
  readonly addresses: AddressBook
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly fatal: (error: Error) => void
}

type Outcome =
  | { readonly outcome: 'taken' }
  /** Another attempt would end the same. */
  | { readonly outcome: 'refused'; readonly why: string }
  | { readonly outcome: 'broken'; readonly why: string }

export class SnapshotSender {
  readonly #options: SnapshotSenderOptions
  readonly #said = new OncePerChange()
  /** Settles when those that came before have ended. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: SnapshotSenderOptions) {
    this.#options = options
  }

  /** True once the receiver has it; false when it refuses it, or `signal` aborts. Never rejects. */
  send(to: ReplicaKey, snapshot: OutgoingSnapshot, signal: AbortSignal): Promise<boolean> {
    // It does not wait for its turn once nobody wants it.
    return Promise.race([this.#attempts(to, snapshot, signal), aborted(signal).then(() => false)])
  }

  /** Turns are of attempts: one that cannot be reached keeps nobody waiting in between. */
  #inTurn(attempt: () => Promise<Outcome>): Promise<Outcome> {
    const outcome = this.#turn.then(attempt)
    this.#turn = outcome
    return outcome
  }

  async #attempts(
    to: ReplicaKey,
    snapshot: OutgoingSnapshot,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { clock, random, logger } = this.#options
    for (let failures = 0; !signal.aborted;) {
      const turn = failures
      const result = await this.#inTurn(() => this.#attempt(to, snapshot, turn, signal))
      if (result.outcome === 'taken') return true
      if (signal.aborted) return false
      const { outcome, why } = result
      failures += 1
      this.#said.say(to, why, () => logger.warn({ to, why }, `sending a snapshot: ${outcome}`))
      // Whoever asked for it asks again: not at once.
      await delay(
        clock,
        outcome === 'refused' ? BACKOFF_MAX_MS : backoffMs(failures, random),
        signal,
      )
      if (outcome === 'refused') return false
    }
    return false
  }

  async #attempt(
    to: ReplicaKey,
    snapshot: OutgoingSnapshot,
    turn: number,
    signal: AbortSignal,
  ): Promise<Outcome> {
    if (signal.aborted) return { outcome: 'broken', why: 'it is not wanted any more' }
    const { self, addresses, clock, fatal } = this.#options
    const { replica } = self()
    const candidates = addresses.candidates(replicaIdOf(to).nodeId)
    const address = candidates[turn % candidates.length]
    if (!address) return { outcome: 'broken', why: 'nobody knows its address' }
    const ends = { from: replicaKey(replica), to: `${to} at ${formatHostPort(address)}` }
    const channel = new RpcChannel({ to: address, ends, clock, keepalive: PEER_KEEPALIVE, fatal })
    try {
      const stream = channel.stream(sendSnapshot)
      const hello = { ...self(), to: replicaIdOf(to), protocol: PROTOCOL }
      return await transfer(
        stream,
        { kind: 'header', hello, ...headerOf(snapshot) },
        snapshot,
        signal,
      )
    } finally {
      channel.close()
    }
  }
}

function headerOf({ endOffset, epoch, sizeBytes }: OutgoingSnapshot) {
  return { endOffset, epoch, sizeBytes }
}

/** One attempt over one stream. */
function transfer(
  stream: RpcStream<FromSnapshotReceiver, ToSnapshotReceiver>,
  header: ToSnapshotReceiver,
  snapshot: OutgoingSnapshot,
  signal: AbortSignal,
): Promise<Outcome> {
  return new Promise((resolve) => {
    let position: number | null = null
    let isTaken = false
    const abort = () => stream.fail(new RpcError('CANCELLED', 'it is not wanted any more'))
    signal.addEventListener('abort', abort, { once: true })
    const settle = (outcome: Outcome) => {
      signal.removeEventListener('abort', abort)
      resolve(outcome)
    }
    const pump = () => {
      for (let isReady = true; isReady && position !== null;) {
        const bytes = partAt(snapshot, position)
        if (bytes === null) return stream.end()
        isReady = stream.write({ kind: 'part', offset: position, crc32c: crc32c(bytes), bytes })
        position += bytes.byteLength
      }
    }
    const pumpOrGiveUp = () => {
      try {
        pump()
      } catch (thrown) {
        if (!isLograftError(thrown)) throw thrown
        settle({ outcome: 'refused', why: thrown.message })
        stream.fail(new RpcError('ABORTED', 'the sender cannot read it'))
      }
    }
    stream.open({
      message: (message) => {
        if (message.kind === 'taken') isTaken = true
        else if (position === null && message.at <= snapshot.sizeBytes) {
          position = message.at
          pumpOrGiveUp()
        } else stream.fail(new RpcError('INVALID_ARGUMENT', 'a place that is not in the snapshot'))
      },
      drained: pumpOrGiveUp,
      closed: (error) => {
        const why = error?.message ?? 'it ended before it was taken'
        if (isTaken) settle({ outcome: 'taken' })
        else settle({ outcome: error?.code === 'FAILED_PRECONDITION' ? 'refused' : 'broken', why })
      },
    })
    stream.write(header)
    if (signal.aborted) abort()
  })
}

/** Null at the end. */
function partAt(snapshot: OutgoingSnapshot, position: number): Uint8Array | null {
  const maxBytes = Math.min(PART_BYTES_MAX, snapshot.sizeBytes - position)
  if (maxBytes === 0) return null
  const bytes = snapshot.read(position, maxBytes)
  if (bytes.byteLength === 0) throw new RpcError('DATA_LOSS', 'it is shorter than it was')
  return bytes
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

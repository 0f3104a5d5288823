/**
 * Takes snapshots that other replicas send: header, parts in order and without a gap, each under
 * its CRC, and an answer once the quorum has checked all of it. What was received of one that
 * breaks is kept by the quorum for the next attempt.
 */
import type { Clock, Timer } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import { crc32c } from '../bytes/crc32c.ts'
import type { IncomingSnapshot, SnapshotOffer } from '../quorum/ports.ts'
import { replicaKey } from '../quorum/replica-key.ts'
import type { ReplicaKey } from '../raft/configuration.ts'
import { OncePerChange } from './once-per-change.ts'
import type { Hello } from './raft-hello.ts'
import type { FromSnapshotReceiver, ToSnapshotReceiver } from './raft-methods.ts'
import { isExpected, RpcError } from './status.ts'
import type { RpcStream } from './stream.ts'

/** A sender that lets so much time pass between two parts is given up. */
const PART_TIMEOUT_MS = 30_000

type Stream = RpcStream<ToSnapshotReceiver, FromSnapshotReceiver>
type Header = Extract<ToSnapshotReceiver, { readonly kind: 'header' }>
type Part = Extract<ToSnapshotReceiver, { readonly kind: 'part' }>

export interface SnapshotReceiverOptions {
  readonly clock: Clock
  readonly logger: Logger
  /** Whether the two belong together. Throws an RpcError when they do not. */
  readonly greet: (hello: Hello, peer: string) => void
  /** Null refuses it. Throws DiskError. */
  readonly offer: (snapshot: SnapshotOffer) => IncomingSnapshot | null
}

export class SnapshotReceiver {
  readonly #options: SnapshotReceiverOptions
  /** The newest transfer of each sender that has not ended. */
  readonly #transfers = new Map<ReplicaKey, Transfer>()
  readonly #streams = new Set<Stream>()
  readonly #said = new OncePerChange()

  constructor(options: SnapshotReceiverOptions) {
    this.#options = options
  }

  serve(stream: Stream): void {
    let transfer: Transfer | null = null
    this.#streams.add(stream)
    const late = () => stream.fail(new RpcError('DEADLINE_EXCEEDED', 'no part came in time'))
    let timer: Timer = this.#options.clock.timer(PART_TIMEOUT_MS, late)
    const failing = (act: () => void) => {
      timer.cancel()
      try {
        act()
        timer = this.#options.clock.timer(PART_TIMEOUT_MS, late)
      } catch (thrown) {
        if (!isExpected(thrown)) throw thrown
        transfer?.stop()
        stream.fail(asRpcError(thrown))
      }
    }
    stream.open({
      message: (message) =>
        failing(() => {
          if (message.kind === 'header') transfer = this.#begin(message, stream, transfer)
          else if (transfer) transfer.take(message)
          else throw new RpcError('INVALID_ARGUMENT', 'the first frame is the header')
        }),
      ended: () =>
        failing(() => {
          if (transfer) transfer.finish()
          else throw new RpcError('INVALID_ARGUMENT', 'the first frame is the header')
        }),
      closed: (error) => {
        timer.cancel()
        this.#streams.delete(stream)
        if (error) this.#say(stream, error)
        transfer?.stop()
        if (transfer && this.#transfers.get(transfer.from) === transfer)
          this.#transfers.delete(transfer.from)
      },
    })
  }

  close(): void {
    for (const stream of this.#streams) stream.fail(new RpcError('UNAVAILABLE', 'this node stops'))
  }

  #begin(header: Header, stream: Stream, earlier: Transfer | null): Transfer {
    if (earlier) throw new RpcError('INVALID_ARGUMENT', 'a second header')
    const { hello, endOffset, epoch, sizeBytes } = header
    this.#options.greet(hello, stream.peer)
    const from = replicaKey(hello.replica)
    // The sender has given that one up; two may not write into the same file.
    const before = this.#transfers.get(from)
    if (before?.isFinishing)
      throw new RpcError('UNAVAILABLE', 'the snapshot that was sent before is being checked')
    before?.stop()
    before?.stream.fail(new RpcError('ABORTED', 'the sender has begun anew'))
    const incoming = this.#options.offer({ from, endOffset, epoch, sizeBytes })
    if (!incoming)
      throw new RpcError('FAILED_PRECONDITION', 'this replica takes no such snapshot now')
    const transfer = new Transfer({ from, stream, incoming, sizeBytes })
    this.#transfers.set(from, transfer)
    return transfer
  }

  #say(stream: Stream, { code, message: why }: RpcError): void {
    const { peer } = stream
    const host = peer.slice(0, peer.lastIndexOf(':'))
    if (code !== 'CANCELLED')
      this.#said.say(host, why, () =>
        this.#options.logger.info({ peer, why }, 'a snapshot was not taken'),
      )
  }
}

/** One snapshot that comes in over one stream. */
class Transfer {
  readonly from: ReplicaKey
  readonly stream: Stream
  readonly #incoming: IncomingSnapshot
  readonly #sizeBytes: number
  #position: number
  #state: 'receiving' | 'finishing' | 'over' = 'receiving'

  constructor({
    from,
    stream,
    incoming,
    sizeBytes,
  }: {
    readonly from: ReplicaKey
    readonly stream: Stream
    readonly incoming: IncomingSnapshot
    readonly sizeBytes: number
  }) {
    this.from = from
    this.stream = stream
    this.#incoming = incoming
    this.#sizeBytes = sizeBytes
    this.#position = incoming.receivedBytes
    stream.write({ kind: 'begin', at: this.#position })
  }

  get isFinishing(): boolean {
    return this.#state === 'finishing'
  }

  /** Throws an RpcError, or the DiskError of the file. */
  take({ offset, crc32c: told, bytes }: Part): void {
    if (this.#state !== 'receiving') return
    if (offset !== this.#position)
      throw new RpcError('OUT_OF_RANGE', `a part at ${offset} instead of ${this.#position}`)
    if (bytes.byteLength === 0 || offset + bytes.byteLength > this.#sizeBytes)
      throw new RpcError('OUT_OF_RANGE', `a part of ${bytes.byteLength} bytes at ${offset}`)
    if (crc32c(bytes) !== told)
      throw new RpcError('DATA_LOSS', `the CRC of the part at ${offset} does not match`)
    this.#incoming.write(bytes, offset)
    this.#position += bytes.byteLength
  }

  /** The sender has sent all that it has. */
  finish(): void {
    if (this.#state !== 'receiving') return
    if (this.#position !== this.#sizeBytes)
      throw new RpcError('ABORTED', `only ${this.#position} of ${this.#sizeBytes} bytes came`)
    this.#state = 'finishing'
    this.#incoming.finish().then(
      () => {
        this.#state = 'over'
        this.stream.write({ kind: 'taken' })
        this.stream.end()
      },
      (thrown: unknown) => {
        this.#state = 'over'
        const why = `it is no good: ${asError(thrown).message}`
        this.stream.fail(new RpcError('DATA_LOSS', why))
      },
    )
  }

  /** The stream is over, or of no more use. One that is being checked ends by itself. */
  stop(): void {
    if (this.#state !== 'receiving') return
    this.#state = 'over'
    this.#incoming.abandon()
  }
}

function asRpcError(error: Error & { readonly code: string }): RpcError {
  if (error instanceof RpcError) return error
  return new RpcError('RESOURCE_EXHAUSTED', error.message, { reason: error.code })
}

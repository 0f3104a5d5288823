/**
 * Snapshots on their way from one node to another, piece by piece beside the stream. A transfer may
 * be cut at any piece, by the network or by either process; what has arrived stays with the
 * receiver, which tells the next attempt where to go on. Now and then a piece arrives damaged.
 */
import type { IncomingSnapshot, OutgoingSnapshot } from '../../../src/quorum/ports.ts'
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Chance } from '../draw.ts'
import type { Network } from '../network.ts'
import type { Scheduler } from '../scheduler.ts'
import type { Process } from './process.ts'
import { nodeOf, type Transport } from './transport.ts'

export interface CourierOptions {
  readonly scheduler: Scheduler
  readonly chance: Chance
  readonly network: Network
  readonly transportOf: (node: number) => Transport | null
  readonly keyOf: (node: number) => ReplicaKey
  readonly pieceBytes: number
  /** Probabilities, for every piece. */
  readonly cuts: number
  readonly damages: number
  readonly told: (what: 'sent' | 'cut' | 'resumed' | 'damaged' | 'refused') => void
}

interface Errand {
  readonly from: number
  readonly process: Process
  readonly to: ReplicaKey
  readonly snapshot: OutgoingSnapshot
  readonly signal: AbortSignal
}

/** After it, a piece that is not acknowledged is taken for lost. */
const PIECE_US = 1_000_000

export class Courier {
  readonly #of: CourierOptions
  #errands = 0
  /** Faults are over: nothing is cut or damaged on purpose. */
  isCalm = false

  constructor(of: CourierOptions) {
    this.#of = of
  }

  carry(errand: Errand): Promise<boolean> {
    this.#errands += 1
    const number = this.#errands
    return new Promise((resolve) => {
      new Transfer(this.#of, errand, number, () => this.isCalm, resolve).begin()
    })
  }
}

class Transfer {
  readonly #of: CourierOptions
  readonly #errand: Errand
  readonly #number: number
  readonly #isCalm: () => boolean
  readonly #resolve: (ok: boolean) => void
  readonly #receiver: number
  #incoming: IncomingSnapshot | null = null
  /** Where the receiver's end is, in the life in which it began. */
  #receiving: Process | null = null
  #pieces = 0
  #isOver = false
  readonly #abort = () => this.end(false)

  constructor(
    of: CourierOptions,
    errand: Errand,
    number: number,
    isCalm: () => boolean,
    resolve: (ok: boolean) => void,
  ) {
    this.#of = of
    this.#errand = errand
    this.#number = number
    this.#isCalm = isCalm
    this.#resolve = resolve
    this.#receiver = nodeOf(errand.to)
  }

  end(ok: boolean): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#errand.signal.removeEventListener('abort', this.#abort)
    this.#receiving?.later(200, () => this.#incoming?.abandon())
    this.#errand.process.happen(() => this.#resolve(ok))
  }

  #fails(kind: number, probability: number): boolean {
    if (this.#isCalm()) return false
    return this.#of.chance.happens(probability, kind, this.#number, this.#pieces)
  }

  /** One step there, and what is acknowledged of it back here. */
  #there(act: (receiving: Process) => void): void {
    const { from } = this.#errand
    this.#pieces += 1
    const piece = this.#pieces
    if (this.#fails(1, this.#of.cuts)) {
      this.#of.told('cut')
      return this.#of.scheduler.after(100, () => this.end(false))
    }
    // Also when nobody waits for it any more: the receiver's end of the stream breaks too.
    this.#of.scheduler.after(PIECE_US, () => {
      if (this.#pieces === piece) this.end(false)
    })
    this.#of.network.carry(from, this.#receiver, () => {
      const transport = this.#of.transportOf(this.#receiver)
      const isSame = this.#receiving === null || this.#receiving === transport?.process
      if (!transport || !isSame) return
      // It may stall until the stream is broken.
      transport.process.happen(() => {
        if (!this.#isOver) act(transport.process)
      })
    })
  }

  #back(act: () => void): void {
    const { from, process } = this.#errand
    this.#of.network.carry(this.#receiver, from, () =>
      process.happen(() => {
        if (!this.#isOver) act()
      }),
    )
  }

  #attempt(act: () => void): void {
    try {
      act()
    } catch {
      this.#back(() => this.end(false))
    }
  }

  begin(): void {
    const { to, snapshot, from, signal } = this.#errand
    signal.addEventListener('abort', this.#abort, { once: true })
    const { endOffset, epoch, sizeBytes } = snapshot
    this.#of.told('sent')
    this.#there((receiving) => {
      const events = this.#of.transportOf(this.#receiver)?.events
      // Whoever lives there now may have another disk.
      if (this.#of.keyOf(this.#receiver) !== to || !events) return
      this.#attempt(() => {
        const offer = { from: this.#of.keyOf(from), endOffset, epoch, sizeBytes }
        const incoming = events.onSnapshot(offer)
        if (incoming === null) {
          this.#of.told('refused')
          return this.#back(() => this.end(false))
        }
        this.#incoming = incoming
        this.#receiving = receiving
        if (incoming.receivedBytes > 0) this.#of.told('resumed')
        this.#back(() => this.#next(incoming, incoming.receivedBytes))
      })
    })
  }

  #next(incoming: IncomingSnapshot, at: number): void {
    const { snapshot } = this.#errand
    if (at >= snapshot.sizeBytes) return this.#finish(incoming)
    let piece: Uint8Array
    try {
      piece = snapshot.read(at, this.#of.pieceBytes).slice()
    } catch {
      return this.end(false)
    }
    if (this.#fails(2, this.#of.damages)) {
      this.#of.told('damaged')
      const place = this.#of.chance.below(piece.byteLength, 3, this.#number, this.#pieces)
      piece[place] = (piece[place] as number) ^ 0x10
    }
    this.#there(() =>
      this.#attempt(() => {
        incoming.write(piece, at)
        this.#back(() => this.#next(incoming, at + piece.byteLength))
      }),
    )
  }

  #finish(incoming: IncomingSnapshot): void {
    this.#there((receiving) => {
      const told = (ok: boolean) => receiving.happen(() => this.#back(() => this.end(ok)))
      void incoming.finish().then(
        () => told(true),
        () => told(false),
      )
    })
  }
}

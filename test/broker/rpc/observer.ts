/**
 * A node that watches: a real `MetadataWatch` over loopback, with a loader as listener, as a broker
 * has it. It writes down what it was told, and tests wait for that.
 */
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import type { HostPort } from '../../../src/config/addresses.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { MetadataLoader } from '../../../src/metadata/loader.ts'
import { AddressBook } from '../../../src/rpc/address-book.ts'
import { MetadataWatch } from '../../../src/rpc/metadata-watch.ts'
import { within } from '../../support/within.ts'

const WAIT_MS = 20_000

export class Observer {
  readonly watch: MetadataWatch
  readonly loader = new MetadataLoader({ publishers: [], onFault: () => {} })
  /** `snapshot 3@1`, `3@1`, `caught up`, `leader 2@1`. */
  readonly told: string[] = []
  readonly fatal: Promise<Error>
  readonly #waiting = new Set<() => void>()

  /** Watches controllers of these ids at these places, in this order. */
  constructor(places: Readonly<Record<number, { readonly address: HostPort }>>) {
    const entries = Object.entries(places)
    const configured = new Map(
      entries.map(([id, { address }]) => [asNodeId(Number(id)), address] as const),
    )
    let fail: (error: Error) => void = () => {}
    this.fatal = new Promise((resolve) => (fail = resolve))
    this.watch = new MetadataWatch({
      // Such that the first controller is in turn.
      self: asNodeId(configured.size * 10),
      addresses: new AddressBook({ configured }),
      controllers: () => [...configured.keys()],
      clock: hostClock,
      logger: silentLogger,
      onFatal: fail,
    })
    this.watch.subscribe(this.loader)
    this.watch.subscribe({
      onSnapshot: ({ metadataOffset, controllerEpoch }) =>
        this.#tell(`snapshot ${metadataOffset + 1}@${controllerEpoch}`),
      onCommitted: (committed) => {
        for (const { offset, epoch } of committed) this.#tell(`${offset}@${epoch}`)
      },
      onCaughtUp: () => this.#tell('caught up'),
      onLeadership: ({ leaderId, epoch }) => this.#tell(`leader ${leaderId}@${epoch}`),
    })
  }

  start(): this {
    this.watch.start()
    return this
  }

  /** Resolves when everything below `endOffset` was delivered. */
  has(endOffset: number): Promise<void> {
    return this.#until(`offset ${endOffset}`, () => this.watch.commitOffset >= endOffset)
  }

  heard(text: string): Promise<void> {
    return this.#until(text, () => this.told.includes(text))
  }

  /** The error that stops the node. */
  stops(): Promise<Error> {
    return within(WAIT_MS, 'the end of the node', this.fatal)
  }

  async #until(what: string, holds: () => boolean): Promise<void> {
    let look = () => {}
    const holding = new Promise<void>((resolve) => {
      look = () => holds() && resolve()
      this.#waiting.add(look)
      look()
    })
    const failed = this.fatal.then((error) => Promise.reject(error))
    await within(WAIT_MS, what, Promise.race([holding, failed])).finally(() =>
      this.#waiting.delete(look),
    )
  }

  #tell(text: string): void {
    this.told.push(text)
    // Positions advance after the listeners were told.
    queueMicrotask(() => {
      for (const look of this.#waiting) look()
    })
  }
}

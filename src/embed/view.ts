/**
 * The cluster as it says itself that it is: committed metadata and who leads the quorum, from any
 * controller that answers. Waits look again at every change, and never in between.
 */
import type { Clock } from '../base/clock.ts'
import { asError, LograftError } from '../base/errors.ts'
import { asNodeId, type NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { HostPort } from '../config/addresses.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { MetadataLoader } from '../metadata/loader.ts'
import { AddressBook } from '../rpc/address-book.ts'
import { MetadataWatch } from '../rpc/metadata-watch.ts'

/** No node has it. */
const NOBODY = asNodeId(0)

export interface Wait<Value> {
  /** Null: not yet. */
  readonly probe: () => Value | null
  readonly timeoutMs: number
  /** What is waited for: `no leader of orders-0`. */
  readonly missing: string
  /** What is true instead. */
  readonly truth: () => string
}

export class ClusterView {
  readonly #clock: Clock
  readonly #watch: MetadataWatch
  readonly #loader: MetadataLoader
  readonly #waits = new Set<() => void>()
  readonly #listeners = new Set<() => void>()
  #over: Error | null = null

  constructor(
    controllers: ReadonlyMap<NodeId, HostPort>,
    { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
  ) {
    this.#clock = clock
    const onFatal = (error: Error) => this.#end(error)
    this.#loader = new MetadataLoader({
      publishers: [{ name: 'view', onMetadataUpdate: () => this.#tell() }],
      onFault: (_, error) => onFatal(error),
    })
    this.#watch = new MetadataWatch({
      ...{ self: NOBODY, clock, logger, onFatal },
      // Not where they say that they are: between brokers there may be links that are cut.
      addresses: new AddressBook({ overrides: controllers }),
      controllers: () => [...controllers.keys()],
    })
    this.#watch.subscribe(this.#loader)
    this.#watch.subscribe({
      onSnapshot() {},
      onCommitted() {},
      onLeadership: () => this.#told(),
    })
  }

  get image(): MetadataImage {
    return this.#loader.committedImage
  }

  /** Whose controller is active, as far as is known. */
  get activeControllerId(): NodeId | null {
    return this.#watch.leadership.leaderId
  }

  start(): void {
    this.#watch.start()
  }

  /** From now on, after every change of what was committed or of who leads. */
  listen(listener: () => void): void {
    this.#listeners.add(listener)
  }

  /** Something that a wait may look at is another than before. */
  changed(): void {
    for (const look of [...this.#waits]) look()
  }

  /** Rejects with TIMED_OUT, which says what is true instead. */
  until<Value>({ probe, timeoutMs, missing, truth }: Wait<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const end = () => {
        timer.cancel()
        this.#waits.delete(look)
      }
      const look = () => {
        try {
          const value = probe()
          if (value === null && this.#over === null) return
          if (value === null) throw this.#over as Error
          resolve(value)
        } catch (thrown) {
          reject(asError(thrown))
        }
        end()
      }
      const timer = this.#clock.timer(timeoutMs, () => {
        end()
        const text = `${missing} within ${timeoutMs} ms: ${truth()}`
        reject(new LograftError('TIMED_OUT', text))
      })
      this.#waits.add(look)
      look()
    })
  }

  async close(): Promise<void> {
    this.#end(new LograftError('STOPPED', 'the cluster was stopped'))
    await this.#watch.close()
  }

  /** Behind the loader, which is in the middle of telling. */
  #tell(): void {
    queueMicrotask(() => this.#told())
  }

  #told(): void {
    this.changed()
    for (const listener of this.#listeners) listener()
  }

  #end(error: Error): void {
    this.#over ??= error
    this.changed()
  }
}

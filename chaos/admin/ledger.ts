/**
 * The committed metadata log of a run, entry by entry from the first one on, as nodes follow it
 * that are no replicas: what was done is read from here, and not from what anybody was answered.
 * Several follow it, each at another controller, lest one lacks what was compacted while its
 * controller was gone; where they were told the same entry, it must be the same.
 */
import { isDeepStrictEqual } from 'node:util'
import { asNodeId, type NodeId } from '../../src/base/ids.ts'
import { silentLogger } from '../../src/base/log.ts'
import { hostClock } from '../../src/host/clock.ts'
import { applyEntries } from '../../src/metadata/delta.ts'
import { EMPTY_IMAGE, type MetadataImage } from '../../src/metadata/image.ts'
import type { CommittedEntry } from '../../src/metadata/records.ts'
import type { Leadership, QuorumListener } from '../../src/quorum/ports.ts'
import { MetadataWatch } from '../../src/rpc/metadata-watch.ts'
import { CONTROLLERS, type AdminNodes } from './nodes.ts'

/** No nodes of the cluster; each begins with another controller. */
const OBSERVERS = [90, 91, 92].map(asNodeId)

export class Ledger {
  /** The newest state that anybody was told of. */
  image: MetadataImage = EMPTY_IMAGE
  leadership: Leadership = { epoch: 0, leaderId: null, isLeader: false }
  /** Everything up to here was there before anybody followed. */
  #base = Infinity
  readonly #entries = new Map<number, CommittedEntry>()
  readonly #watches: readonly MetadataWatch[]
  readonly #waiting = new Set<() => void>()
  readonly #onFault: (sentence: string) => void

  constructor(nodes: AdminNodes, onFault: (sentence: string) => void) {
    this.#onFault = onFault
    this.#watches = OBSERVERS.map((self) => this.#follow(self, nodes))
  }

  /** In their order. */
  get entries(): readonly CommittedEntry[] {
    return [...this.#entries.values()].sort((one, other) => one.offset - other.offset)
  }

  /** Entries that nobody was told of. */
  get missed(): number {
    const seen = this.entries.filter(({ offset }) => offset > this.#base).length
    return this.image.metadataOffset - this.#base - seen
  }

  async close(): Promise<void> {
    await Promise.all(this.#watches.map((watch) => watch.close()))
  }

  /** Resolves when what is known satisfies `isSo`: looked at with everything that is heard. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
  }

  #follow(self: NodeId, nodes: AdminNodes): MetadataWatch {
    const watch = new MetadataWatch({
      self,
      addresses: {
        candidates: (nodeId) => {
          const door = nodes.door(nodeId)
          return door === null ? [] : [door.address]
        },
        announce: () => {},
      },
      controllers: () => CONTROLLERS,
      clock: hostClock,
      logger: silentLogger,
      onFatal: (error) => this.#onFault(`who follows the metadata log: ${error.message}`),
    })
    watch.subscribe(this.#listener())
    watch.start()
    return watch
  }

  #listener(): QuorumListener {
    let image = EMPTY_IMAGE
    const reached = (next: MetadataImage) => {
      if (image === EMPTY_IMAGE) this.#base = Math.min(this.#base, next.metadataOffset)
      image = next
      if (image.metadataOffset > this.image.metadataOffset) this.image = image
      this.#news()
    }
    return {
      onSnapshot: reached,
      onCommitted: (entries) => {
        for (const entry of entries) this.#note(entry)
        reached(applyEntries(image, entries))
      },
      onLeadership: (leadership) => {
        if (leadership.epoch >= this.leadership.epoch) this.leadership = leadership
        this.#news()
      },
    }
  }

  #note(entry: CommittedEntry): void {
    const known = this.#entries.get(entry.offset)
    if (known === undefined) this.#entries.set(entry.offset, entry)
    else if (!isDeepStrictEqual(known, entry))
      this.#onFault(`two controllers tell two entries at ${entry.offset} of the metadata log`)
  }

  #news(): void {
    for (const look of [...this.#waiting]) look()
  }
}

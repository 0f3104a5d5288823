/**
 * A log whose every place carries a hash of all that is before it: two logs that agree in one hash
 * agree in everything up to there. What a replica has in memory and what its disk has are both kept
 * in this form, so that comparing them costs one look.
 */
import type { Configuration } from '../../src/raft/configuration.ts'
import type { Entry, SnapshotMark } from '../../src/raft/entry.ts'
import { mix } from './draw.ts'

/** A snapshot as the simulator keeps it: the state is its hash. */
export interface StoredSnapshot {
  readonly mark: SnapshotMark
  readonly chain: number
}

interface InForce {
  readonly index: number
  readonly configuration: Configuration
}

export class ChainedLog {
  #start: StoredSnapshot
  readonly #entries: Entry[] = []
  readonly #chains: number[] = []
  #configurations: InForce[]

  constructor(start: StoredSnapshot, entries: readonly Entry[] = []) {
    this.#start = start
    this.#configurations = [start.mark]
    for (const entry of entries) this.append(entry)
  }

  get start(): StoredSnapshot {
    return this.#start
  }

  get startIndex(): number {
    return this.#start.mark.index
  }

  get lastIndex(): number {
    return this.#start.mark.index + this.#entries.length
  }

  get lastTerm(): number {
    return this.#entries.at(-1)?.term ?? this.#start.mark.term
  }

  get lastChain(): number {
    return this.#chains.at(-1) ?? this.#start.chain
  }

  get entries(): readonly Entry[] {
    return this.#entries
  }

  /** The newest that is appended. */
  get configuration(): Configuration {
    return (this.#configurations.at(-1) as InForce).configuration
  }

  get configurationIndex(): number {
    return (this.#configurations.at(-1) as InForce).index
  }

  /** All from the one at the log start to the newest. */
  get configurations(): readonly InForce[] {
    return this.#configurations
  }

  entryAt(index: number): Entry | null {
    return this.#entries[index - this.#start.mark.index - 1] ?? null
  }

  /** Null where it is not known. */
  termAt(index: number): number | null {
    if (index === this.#start.mark.index) return this.#start.mark.term
    return this.entryAt(index)?.term ?? null
  }

  chainAt(index: number): number | null {
    if (index === this.#start.mark.index) return this.#start.chain
    return this.#chains[index - this.#start.mark.index - 1] ?? null
  }

  /** In force at an index that is not before the log start. */
  configurationAt(index: number): Configuration {
    let at = this.#configurations.length - 1
    while (at > 0 && (this.#configurations[at] as InForce).index > index) at -= 1
    return (this.#configurations[at] as InForce).configuration
  }

  /** The mark of a snapshot at `index`, as this log knows it. */
  markAt(index: number): SnapshotMark {
    return { index, term: this.termAt(index) ?? 0, configuration: this.configurationAt(index) }
  }

  /** Entries that do not follow each other are the caller's fault; it checks. */
  append(entry: Entry): number {
    const chain = chainOf(this.lastChain, entry)
    this.#entries.push(entry)
    this.#chains.push(chain)
    if (entry.kind === 'configuration')
      this.#configurations.push({ index: entry.index, configuration: entry.configuration })
    return chain
  }

  /** Nothing from `index` on. */
  truncateFrom(index: number): void {
    const length = Math.max(0, index - this.#start.mark.index - 1)
    if (length >= this.#entries.length) return
    this.#entries.length = length
    this.#chains.length = length
    while (this.#configurations.length > 1 && this.configurationIndex >= index)
      this.#configurations.pop()
  }

  /** Nothing up to `index`, which it has. */
  forgetTo(index: number): void {
    if (index <= this.#start.mark.index) return
    const start = { mark: this.markAt(index), chain: this.chainAt(index) as number }
    const count = index - this.#start.mark.index
    this.#configurations = [
      start.mark,
      ...this.#configurations.filter((inForce) => inForce.index > index),
    ]
    this.#entries.splice(0, count)
    this.#chains.splice(0, count)
    this.#start = start
  }

  /** Begins again at a snapshot, with nothing behind it. */
  restart(start: StoredSnapshot): void {
    this.#start = start
    this.#entries.length = 0
    this.#chains.length = 0
    this.#configurations = [start.mark]
  }
}

/** The hash of everything up to `entry`, from that of everything before it. */
export function chainOf(before: number, entry: Entry): number {
  return mix(mix(before, entry.term), contentHash(entry))
}

function contentHash(entry: Entry): number {
  switch (entry.kind) {
    case 'noop':
      return 1
    case 'data': {
      let hash = 2
      for (const byte of entry.data) hash = mix(hash, byte)
      return hash
    }
    case 'configuration': {
      const { voters, outgoing, learners } = entry.configuration
      const text = `${voters.join()}|${outgoing.join()}|${learners.join()}`
      let hash = 3
      for (let at = 0; at < text.length; at += 1) hash = mix(hash, text.charCodeAt(at))
      return hash
    }
  }
}

/**
 * What would be found on a machine's disk after a power cut that leaves nothing unsynced, read from
 * the bytes and apart from the code under test: hard state, founders, and which entry is where in
 * the log. What an entry holds is not read again: index and term say it (log matching). Rot is not
 * seen, so that what was promised before it is compared with what was written.
 */
import type { Configuration, ReplicaKey } from '../../../src/raft/configuration.ts'
import type { HardState } from '../../../src/raft/types.ts'
import type { StoredSnapshot } from '../chained-log.ts'
import type { Durable, DurableLog } from '../invariants/observed.ts'
import type { MachineDisk } from './machine-disk.ts'

export interface FoundState extends HardState {
  readonly founders: readonly ReplicaKey[] | null
  readonly founded: boolean
  readonly flushedOffset: number
}

export interface FoundSnapshot {
  /** Everything up to and including it is contained. */
  readonly index: number
  readonly term: number
}

export const NOTHING: FoundState = {
  term: 0,
  vote: null,
  founders: null,
  founded: false,
  flushedOffset: 0,
}
const NOBODY: Configuration = { voters: [], outgoing: [], learners: [] }
const BEGINNING: StoredSnapshot = {
  mark: { index: 0, term: 0, configuration: NOBODY },
  chain: 0,
}
/** Of a record batch: base offset, length of what follows, leader epoch. */
const LENGTH_AT = 8
const EPOCH_AT = 12
const HEAD_BYTES = 61

export interface Chains {
  /** The hash of everything up to an entry, wherever it was appended; null if nobody did that. */
  chainOf(index: number, term: number): number | null
  /** That of everything up to an index that is committed. */
  chainAt(index: number): number | undefined
}

export class DiskView implements Durable, DurableLog {
  readonly #disk: MachineDisk
  readonly #directory: string
  readonly #chains: Chains
  #version = -1
  #state = NOTHING
  #snapshots: readonly FoundSnapshot[] = []
  #startIndex = 0
  #terms: number[] = []
  #logEnd = 0
  /** Where the log of the present life began; set when it starts. */
  start: StoredSnapshot = BEGINNING

  constructor(disk: MachineDisk, directory: string, chains: Chains) {
    this.#disk = disk
    this.#directory = directory
    this.#chains = chains
  }

  #read(): void {
    const { version, durableFiles } = this.#disk
    if (version === this.#version) return
    this.#version = version
    this.#state = stateIn(durableFiles.get(`${this.#directory}/quorum-state`)?.durableBytes)
    this.#snapshots = this.#findSnapshots()
    this.#readLog()
  }

  #names(pattern: RegExp): RegExpExecArray[] {
    const names = [...this.#disk.durableFiles.keys()]
      .filter((path) => path.startsWith(`${this.#directory}/`))
      .map((path) => pattern.exec(path.slice(this.#directory.length + 1)))
    return names.filter((match) => match !== null)
  }

  #findSnapshots(): FoundSnapshot[] {
    return this.#names(/^(\d{20})-(\d{10})\.checkpoint$/)
      .map(([, index, term]) => ({ index: Number(index), term: Number(term) }))
      .sort((one, other) => one.index - other.index)
  }

  #readLog(): void {
    this.#startIndex = 0
    this.#terms = []
    const bases = this.#names(/^(\d{20})\.log$/).map(([, base]) => Number(base))
    for (const base of bases.sort((one, other) => one - other)) {
      if (this.#terms.length === 0 || this.#startIndex + this.#terms.length !== base) {
        this.#startIndex = base
        this.#terms = []
      }
      const path = `${this.#directory}/${String(base).padStart(20, '0')}.log`
      this.#terms.push(...termsIn(this.#disk.durableFiles.get(path)?.durableBytes, base))
    }
    this.#logEnd = this.#startIndex + this.#terms.length
    // S8: a log that lacks a snapshot's last entry counts for nothing.
    const newest = this.#snapshots.at(-1)
    if (!newest || this.#startIndex > newest.index) return
    const isHeld =
      newest.index === this.#startIndex ||
      this.#terms[newest.index - this.#startIndex - 1] === newest.term
    if (isHeld) return
    this.#startIndex = newest.index
    this.#terms = []
  }

  // --- Durable

  get hardState(): FoundState {
    this.#read()
    return this.#state
  }

  get log(): DurableLog {
    return this
  }

  get snapshots(): readonly FoundSnapshot[] {
    this.#read()
    return this.#snapshots
  }

  /** Of the newest entry, or of the snapshot that stands for it. */
  get lastTerm(): number {
    return this.termAt(this.lastIndex) ?? this.snapshots.at(-1)?.term ?? 0
  }

  /** Where the files of the log end, whatever snapshots say. */
  get logEnd(): number {
    this.#read()
    return this.#logEnd
  }

  // --- DurableLog

  get startIndex(): number {
    this.#read()
    return this.#startIndex
  }

  get lastIndex(): number {
    return this.startIndex + this.#terms.length
  }

  get lastChain(): number {
    return this.chainAt(this.lastIndex) ?? this.start.chain
  }

  /** Null where nothing is. */
  termAt(index: number): number | null {
    return this.#terms[index - this.startIndex - 1] ?? null
  }

  chainAt(index: number): number | null {
    // What is before a log was committed.
    if (index === this.startIndex) return this.#chains.chainAt(index) ?? null
    const term = this.termAt(index)
    return term === null ? null : this.#chains.chainOf(index, term)
  }
}

function stateIn(bytes: Uint8Array | undefined): FoundState {
  if (bytes === undefined || bytes.byteLength === 0) return NOTHING
  const fields = JSON.parse(Buffer.from(bytes).toString()) as {
    leaderEpoch: number
    votedId: number
    votedDirectoryId: string
    flushedOffset: number
    founders: readonly ReplicaKey[] | null
    founded: boolean
  }
  const { leaderEpoch, votedId, votedDirectoryId, flushedOffset, founders, founded } = fields
  const vote = votedId === -1 ? null : (`${votedId}@${votedDirectoryId}` as ReplicaKey)
  return { term: leaderEpoch, vote, flushedOffset, founders, founded }
}

/** The terms of the entries in a segment, as far as they follow each other. */
function termsIn(bytes: Uint8Array | undefined, base: number): number[] {
  const terms: number[] = []
  if (bytes === undefined) return terms
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at + HEAD_BYTES <= bytes.byteLength;) {
    const offset = Number(view.getBigInt64(at))
    const end = at + EPOCH_AT + view.getInt32(at + LENGTH_AT)
    if (offset !== base + terms.length || end > bytes.byteLength || end < at + HEAD_BYTES) break
    terms.push(view.getInt32(at + EPOCH_AT))
    at = end
  }
  return terms
}

/**
 * What is seen of one node: what its core is given and gives back, what happens to its log, which
 * snapshots take their names, what its disk has. All of it goes to the invariants at once, and to
 * the trace. It stays the same through all lives on one disk.
 */
import type { EntryLog } from '../../../src/quorum/ports.ts'
import { readEntries } from '../../../src/quorum/entry-reader.ts'
import type { Configuration, ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Entry, SnapshotMark } from '../../../src/raft/entry.ts'
import type { Raft } from '../../../src/raft/raft.ts'
import type { Input, Ready } from '../../../src/raft/types.ts'
import type { Invariants } from '../invariants/invariants.ts'
import type { Detail } from '../trace.ts'
import { DiskView, NOTHING, type FoundState } from './disk-view.ts'
import type { History } from './history.ts'
import { disks } from './invariants/disks.ts'
import type { Founding } from './invariants/founding.ts'
import { checkSnapshot } from './invariants/snapshots.ts'
import type { Life } from './life.ts'
import type { MachineDisk } from './machine-disk.ts'
import type { SystemMarks } from './marks.ts'
import type { Verdict } from './verdict.ts'
import { watchCore, watchLog } from './watching.ts'

export interface Observing {
  readonly invariants: Invariants
  readonly history: History
  readonly founding: Founding
  readonly marks: SystemMarks
  readonly verdict: Verdict
  /** A core was given an input. */
  readonly stepped: () => void
}

const NOBODY: Configuration = { voters: [], outgoing: [], learners: [] }
const BLANK = { mark: { index: 0, term: 0, configuration: NOBODY }, chain: 0 }

export class Observer {
  readonly #around: Observing
  readonly #key: ReplicaKey
  readonly #machine: MachineDisk
  readonly #directory: string
  readonly #trace: (detail: Detail) => void
  readonly view: DiskView
  #seen: FoundState = NOTHING
  #seenVersion = 0
  /** The log was shortened, or begun anew, since its promises were compared with it. */
  #hasTruncated = false
  /** The term in which a leader asked it to take over. */
  #toldToLead = -1

  constructor(
    around: Observing,
    of: {
      readonly key: ReplicaKey
      readonly machine: MachineDisk
      readonly directory: string
      readonly trace: (detail: Detail) => void
    },
  ) {
    this.#around = around
    this.#key = of.key
    this.#machine = of.machine
    this.#directory = of.directory
    this.#trace = of.trace
    this.view = new DiskView(of.machine, of.directory, around.invariants)
  }

  // --- the core

  /** A life's core is there, and has been given nothing yet. */
  begins(life: Life): void {
    const { log, raft } = life
    if (log === null || raft === null) throw new Error('a transport is opened for a core')
    const { invariants, history, marks } = this.#around
    const startIndex = log.logStartOffset
    const entries = entriesOf(log)
    const { status } = raft
    const lastIndex = startIndex + entries.length
    const lastTerm = entries.at(-1)?.term ?? 0
    const begin = { startIndex, lastIndex, lastTerm, term: status.term }
    disks.begins(this.#key, this.view, history.end, begin)
    const mark = startIndex === 0 ? this.#beginning : history.markAt(startIndex)
    this.view.start = { mark, chain: invariants.chainAt(startIndex) ?? 0 }
    if (invariants.replicas.has(this.#key)) this.#compare(true)
    const { term, vote } = this.view.hardState
    const hardState = { term: status.term, vote: term === status.term ? vote : null }
    const recovered = { hardState, snapshot: mark, entries, commit: status.commit }
    invariants.started(this.#key, this.view, { recovered, state: BLANK, told: status })
    if (lastIndex === 0 && mark.configuration.voters.length === 0) marks.hit('waits to be added')
    if (lastIndex > 0) marks.hit('started with a log')
    if (startIndex > 0) marks.hit('started from a snapshot')
    this.#watch(raft)
  }

  /** Where a log begins that goes back to the founding, as far as this replica knows of it. */
  get #beginning(): SnapshotMark {
    const { founders, founded } = this.view.hardState
    const voters = founded && founders ? founders : []
    return { index: 0, term: 0, configuration: { ...NOBODY, voters } }
  }

  #watch(raft: Raft): void {
    const { verdict } = this.#around
    watchCore(raft, {
      before: (input) => {
        this.#trace({ type: 'input', input })
        verdict.guard(() => this.#given(input))
      },
      after: (input) => {
        if (input.type === 'compacted')
          verdict.guard(() => this.#around.invariants.compacted(this.#key, input.snapshot))
      },
      ready: (ready) => {
        this.#trace({ type: 'ready', ready })
        verdict.guard(() => this.#ready(ready))
      },
    })
  }

  #given(input: Input): void {
    const { invariants, marks, stepped } = this.#around
    stepped()
    invariants.input(this.#key, input)
    if (input.type === 'applied')
      invariants.applied(this.#key, input.index, invariants.chainAt(input.index) ?? -1)
    if (input.type === 'compacted') marks.hit('log forgotten behind a snapshot')
    if (input.type === 'message' && input.message.type === 'timeout-now')
      this.#toldToLead = input.message.term
  }

  #ready(ready: Ready): void {
    const { invariants, history, marks } = this.#around
    const { role, term } = ready.status
    if (role === 'leader' && term === this.#toldToLead + 1) marks.hit('leadership handed over')
    const mark = ready.batch?.snapshot ?? null
    if (mark !== null) disks.installs(this.#key, mark.index, history.end)
    const restored = mark && { mark, chain: invariants.chainAt(mark.index) ?? -1 }
    invariants.ready(this.#key, ready, restored)
  }

  // --- the disk

  watchLog(log: EntryLog, delivered: () => number): void {
    const { verdict, marks } = this.#around
    watchLog(log, {
      truncates: (offset) => {
        if (offset >= log.logEndOffset) return
        marks.hit('log truncated')
        this.#hasTruncated = true
        verdict.guard(() => disks.truncates(this.#key, offset, delivered()))
      },
      restarts: (offset) => {
        this.#hasTruncated = true
        verdict.guard(() => disks.forgets(this.#key, this.view, offset))
      },
      forgets: (offset) => verdict.guard(() => disks.forgets(this.#key, this.view, offset)),
    })
  }

  /** A file takes another's name. */
  renamed(from: string, to: string): void {
    if (!to.endsWith('.checkpoint')) return
    const { verdict, history, marks, invariants } = this.#around
    marks.hit(from.endsWith('.incoming') ? 'snapshot adopted' : 'snapshot taken')
    verdict.guard(() => {
      const mark = checkSnapshot(this.#machine, this.#directory, to, history)
      invariants.snapshot(this.#key, { mark, chain: invariants.chainAt(mark.index) ?? -1 })
    })
  }

  /** After every event, in a life or between two. */
  settle(isUp: boolean): void {
    if (this.#machine.version === this.#seenVersion) return
    this.#around.verdict.note(() => this.#compare(isUp))
  }

  /** What is durable now may follow what was, and keeps every promise. */
  #compare(isUp: boolean): void {
    const { invariants, founding, history } = this.#around
    const before = this.#seen
    const now = this.view.hardState
    this.#seen = now
    this.#seenVersion = this.#machine.version
    founding.found(this.#key, now, before)
    if (founding.founders) history.founding = { ...NOBODY, voters: founding.founders }
    disks.changed(this.#key, this.view)
    if (!invariants.replicas.has(this.#key)) return
    invariants.durable(this.#key, before, this.#hasTruncated)
    // What was begun in a life that ended may be found done in the next.
    if (isUp) this.#hasTruncated = false
  }

  stopped(): void {
    const { invariants } = this.#around
    if (invariants.replicas.has(this.#key)) invariants.stopped(this.#key)
  }
}

/** As the core counts them. */
function entriesOf(log: EntryLog): Entry[] {
  const range = { from: log.logStartOffset, end: log.logEndOffset, maxBytes: Infinity }
  return readEntries(log, range).map(({ index, term, payload }) => ({
    ...{ index: index + 1, term },
    ...payload,
  }))
}

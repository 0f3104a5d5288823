/**
 * What those are told who ask the quorum (A12, A13): what was called ok is committed at its offset,
 * once; what was refused never is; what is unknown may be either. A confirmed leader has delivered
 * everything that was committed when it was asked.
 */
import type { MetadataRecord } from '../../../../src/metadata/records.ts'
import type { Append, AppendOutcome } from '../../../../src/quorum/ports.ts'
import { recordsOf } from '../../../../src/quorum/entry.ts'
import type { Entry } from '../../../../src/raft/entry.ts'
import type { Askers } from '../../invariants/clients.ts'
import { check } from '../../invariants/violation.ts'

/** Topics of proposals are named by the number of the proposal. */
export const nameOf = (proposal: number) => `t${proposal}`

interface Proposal {
  readonly by: string
  offset: number | null
  state: 'accepted' | 'refused' | 'ok' | 'failed' | 'unknown'
}

export class Proposals implements Askers {
  readonly #proposals = new Map<string, Proposal>()
  /** Offsets by topic name. */
  readonly #committed = new Map<string, number>()
  readonly #onCommitted: (entry: Entry) => void

  /** `onCommitted` is told every entry, once and in order. */
  constructor(onCommitted: (entry: Entry) => void) {
    this.#onCommitted = onCommitted
  }

  /** What each proposal has come to. */
  countOf(state: Proposal['state'], isCommitted?: boolean): number {
    let count = 0
    for (const [name, proposal] of this.#proposals) {
      if (proposal.state !== state) continue
      if (isCommitted === undefined || isCommitted === this.#committed.has(name)) count += 1
    }
    return count
  }

  stateOf(name: string): Proposal['state'] | null {
    return this.#proposals.get(name)?.state ?? null
  }

  asked(name: string, by: string, append: Append): void {
    this.#proposals.set(name, {
      by,
      offset: append.accepted ? append.offset : null,
      state: append.accepted ? 'accepted' : 'refused',
    })
  }

  /** `applied`: what this node's listeners had been told by then. */
  ended(name: string, outcome: AppendOutcome, applied: number): void {
    const proposal = this.#proposals.get(name)
    if (!proposal) return
    check(proposal.state === 'accepted', '13-answer', () => `${name} is answered twice`)
    proposal.state = outcome.outcome
    const committed = this.#committed.get(name)
    if (outcome.outcome === 'failed')
      check(committed === undefined, '13-refused', () => `${name} failed and is committed`)
    if (outcome.outcome !== 'ok') return
    const { offset } = outcome
    check(
      offset === proposal.offset && committed === offset,
      '13-committed',
      () => `${proposal.by} says that ${name} is at ${offset}; it is at ${committed ?? 'no place'}`,
    )
    check(
      applied > offset,
      '13-delivered',
      () => `${proposal.by} answers ${name} at ${offset} and has delivered ${applied}`,
    )
  }

  /** It was confirmed to lead; `committedThen`: what anybody knew when it was asked. */
  confirmed(by: string, applied: number, committedThen: number): void {
    check(
      applied >= committedThen,
      '12-read',
      () => `${by} is confirmed with ${applied}; ${committedThen} was committed`,
    )
  }

  // --- Askers

  committed(entry: Entry): void {
    for (const record of recordsOf(entry)) this.#record(record, entry.index - 1)
    this.#onCommitted(entry)
  }

  #record(record: MetadataRecord, offset: number): void {
    if (record.type !== 'Topic') return
    const { name } = record
    const other = this.#committed.get(name)
    check(other === undefined, '13-once', () => `${name} is at ${other ?? 0} and at ${offset}`)
    this.#committed.set(name, offset)
    const state = this.#proposals.get(name)?.state
    check(
      state !== 'refused' && state !== 'failed',
      '13-refused',
      () => `${name} was ${state ?? ''} and is committed`,
    )
  }

  /** Requests of cores have numbers that are not theirs alone; what matters is told above. */
  ask(): void {}
  appended(): void {}
  answered(): void {}
}

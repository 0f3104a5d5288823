/**
 * Groups 12 and 13: what askers are told. A read is never older than what was committed when it was
 * asked for; what was called committed is so, once; what was refused never is; everything that was
 * accepted is answered at most once.
 */
import type { Entry } from '../../../src/raft/entry.ts'
import type { Answer, RequestId } from '../../../src/raft/types.ts'
import type { Observed } from './observed.ts'
import { check } from './violation.ts'

interface Asked {
  readonly type: 'propose' | 'read' | 'configure' | 'transfer'
  /** The last committed index that anybody knew. */
  readonly committedThen: number
  state: 'asked' | 'accepted' | 'ended'
  /** Where it was accepted, or committed. */
  index: number
}

/** What becomes of what is asked, as the invariants see it. */
export interface Askers {
  ask(type: Asked['type'], id: RequestId, committedThen: number): void
  /** An entry is appended somewhere for the first time by a leader. */
  appended(entry: Entry): void
  /** In order, each once. */
  committed(entry: Entry): void
  answered(replica: Observed, answer: Answer, committedEnd: number): void
}

export class Clients implements Askers {
  readonly #asked = new Map<RequestId, Asked>()
  readonly #refused = new Set<RequestId>()
  readonly #committed = new Map<RequestId, number>()

  ask(type: Asked['type'], id: RequestId, committedThen: number): void {
    this.#asked.set(id, { type, committedThen, state: 'asked', index: 0 })
  }

  appended(entry: Entry): void {
    const id = idOf(entry)
    if (id !== null)
      check(!this.#refused.has(id), '13-refused', () => `request ${id} was refused and is appended`)
  }

  committed(entry: Entry): void {
    const id = idOf(entry)
    if (id === null) return
    const other = this.#committed.get(id)
    check(
      other === undefined,
      '13-once',
      () => `request ${id} is committed at ${other ?? 0} and at ${entry.index}`,
    )
    check(!this.#refused.has(id), '13-refused', () => `request ${id} was refused and is committed`)
    this.#committed.set(id, entry.index)
  }

  answered({ key }: Observed, answer: Answer, committedEnd: number): void {
    const asked = this.#asked.get(answer.id)
    check(asked !== undefined, '13-answer', () => `${key} answers ${answer.id}, never asked`)
    if (!asked) return
    check(
      asked.state !== 'ended',
      '13-answer',
      () => `${key} answers request ${answer.id} again: ${answer.type}`,
    )
    if (answer.type === 'accepted') {
      asked.state = 'accepted'
      asked.index = answer.index
      return
    }
    if (answer.type === 'refused') this.#refuse(asked, answer.id)
    else if (answer.type === 'committed') this.#commit(asked, answer, committedEnd)
    else if (answer.type === 'readable')
      check(
        answer.index >= asked.committedThen,
        '12-read',
        () => `${key} serves a read at ${answer.index}; ${asked.committedThen} was committed`,
      )
    asked.state = 'ended'
  }

  #refuse(asked: Asked, id: RequestId): void {
    check(asked.state === 'asked', '13-refused', () => `request ${id} was accepted, then refused`)
    if (asked.type === 'propose') this.#refused.add(id)
  }

  #commit(asked: Asked, { id, index }: Extract<Answer, { index: number }>, end: number): void {
    check(
      asked.state === 'accepted' && asked.index === index && index <= end,
      '13-committed',
      () => `request ${id} is called committed at ${index}`,
    )
    if (asked.type !== 'propose') return
    check(
      this.#committed.get(id) === index,
      '13-committed',
      () => `request ${id} is called committed, and ${index} holds something else`,
    )
  }

  /** Where a proposal was committed; null if it was not. */
  committedAt(id: RequestId): number | null {
    return this.#committed.get(id) ?? null
  }
}

const HEADER_BYTES = 8

/** The data of a proposal: its id, then as many bytes more as are asked for. */
export function dataOf(id: RequestId, extraBytes: number): Uint8Array {
  const data = new Uint8Array(HEADER_BYTES + extraBytes)
  new DataView(data.buffer).setFloat64(0, id)
  return data
}

function idOf(entry: Entry): RequestId | null {
  if (entry.kind !== 'data') return null
  return new DataView(entry.data.buffer, entry.data.byteOffset).getFloat64(0)
}

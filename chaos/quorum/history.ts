/**
 * What was asked of a cluster and what it said: topics created and deleted, each asked for once at
 * a time, under names that are never used again. What nobody knows is *unknown*, never failed: it
 * may have taken effect, or may yet. Operations are noted in memory, where they are judged, and as
 * JSON lines, where a person reads them when something is wrong.
 */
import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

export type Outcome =
  /** Acknowledged: it has taken effect and must be found for ever. */
  | 'ok'
  /** Refused for certain: it has no effect, now or later. */
  | 'failed'
  /** Timed out, or cut off in between. */
  | 'unknown'

export interface TopicOperation {
  /** In the order in which they were asked. */
  readonly number: number
  readonly kind: 'create' | 'delete'
  readonly topic: string
  /** How many partitions the topic was asked for with. */
  readonly partitions: number
  /** The node that was asked. */
  readonly node: number
  /** On the clock of the run, which never goes back. */
  readonly askedMs: number
  answeredMs: number | null
  /** Null while it is under way. */
  outcome: Outcome | null
  /** The id an acknowledged creation was told. */
  topicId: string | null
  /** An error's name, or how it came to be unknown. */
  error: string | null
}

export type Asked = Pick<TopicOperation, 'kind' | 'topic' | 'partitions' | 'node'>
export type Answer = Pick<TopicOperation, 'outcome' | 'topicId' | 'error'> & {
  readonly outcome: Outcome
}

export class History {
  readonly operations: TopicOperation[] = []
  readonly #file: string
  readonly #originMs = performance.now()

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true })
    this.#file = file
  }

  nowMs(): number {
    return performance.now() - this.#originMs
  }

  /** Before it is sent. */
  ask(asked: Asked): TopicOperation {
    const operation: TopicOperation = {
      number: this.operations.length,
      ...asked,
      askedMs: this.nowMs(),
      answeredMs: null,
      outcome: null,
      topicId: null,
      error: null,
    }
    this.operations.push(operation)
    this.#write({ type: 'invoke', ...asked, number: operation.number })
    return operation
  }

  answer(operation: TopicOperation, answer: Answer): void {
    Object.assign(operation, answer, { answeredMs: this.nowMs() })
    this.#write({ type: answer.outcome, ...operation })
  }

  /** What was done to the cluster, and what was found. */
  note(what: string, details: Readonly<Record<string, unknown>> = {}): void {
    this.#write({ type: 'note', what, ...details })
  }

  #write(line: object): void {
    const atMs = Math.round(this.nowMs() * 1000) / 1000
    appendFileSync(this.#file, `${JSON.stringify({ atMs, ...line })}\n`)
  }
}

/** How many operations ended how. */
export function tally(operations: readonly TopicOperation[]) {
  const count = (kind: TopicOperation['kind'], outcome: TopicOperation['outcome']) =>
    operations.filter((one) => one.kind === kind && one.outcome === outcome).length
  const of = (kind: TopicOperation['kind']) =>
    `${count(kind, 'ok')} ok, ${count(kind, 'failed')} failed, ${count(kind, 'unknown')} unknown`
  return { creations: of('create'), deletions: of('delete') }
}

/**
 * Whether what was asked of metadata is linearizable, key by key: keys are independent, and a
 * search over all of them would never end. A refusal changes nothing, and tells something only when
 * it is that the topic is there or is not.
 */
import type { Clock } from '../../base/clock.ts'
import type { HistoryEvent, MetadataEvent } from '../history/events.ts'
import { Found } from './anomalies.ts'
import type { Checker } from './checker.ts'
import { linearize, SEARCH_BOUNDS, type Operation } from './linearizability.ts'
import { REGISTER, TOPIC_REGISTRY, type MetadataOp } from './metadata-models.ts'
import type { Checked } from './verdict.ts'

/** For all keys together. */
const SEARCH_MAX_MS = 60_000
const EVIDENCE_SHOWN = 12

const REGISTRY_OPS: ReadonlySet<MetadataEvent['op']> = new Set(['create', 'delete', 'describe'])
const READS: ReadonlySet<MetadataEvent['op']> = new Set(['describe', 'get'])

export class MetadataChecker implements Checker {
  readonly #found = new Found()
  readonly #byKey = new Map<string, MetadataEvent[]>()
  readonly #clock: Pick<Clock, 'monotonicMs'>

  /** It bounds how long is searched, and decides nothing else. */
  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock
  }

  add(event: HistoryEvent): void {
    if (event.type !== 'metadata') return
    const events = this.#byKey.get(event.key)
    if (events) events.push(event)
    else this.#byKey.set(event.key, [event])
  }

  finish(): Checked {
    const untilMs = this.#clock.monotonicMs() + SEARCH_MAX_MS
    const isOver = () => this.#clock.monotonicMs() > untilMs
    for (const [key, events] of this.#byKey) this.#judge(key, events, isOver)
    return this.#found.checked
  }

  #judge(key: string, events: readonly MetadataEvent[], isOver: () => boolean): void {
    const kept = events.flatMap((event) => {
      const operation = operationOf(event)
      return operation ? [{ event, operation }] : []
    })
    const isRegistry = events.some(({ op }) => REGISTRY_OPS.has(op))
    const result = linearize(
      kept.map(({ operation }) => operation),
      isRegistry ? TOPIC_REGISTRY : REGISTER,
      { ...SEARCH_BOUNDS, isOver },
    )
    if (result.answer === 'unknown')
      this.#found.unknown(`whether ${key} is linearizable is not known: ${result.why}`)
    if (result.answer !== 'no') return
    const last = kept[result.furthest]?.event
    this.#found.add('not-linearizable', () => ({
      topic: key,
      sentence: `${key}: no order explains that ${last ? tell(last) : 'this was answered'}`,
      ...(last && { fromMs: last.sentMs, toMs: last.doneMs ?? last.sentMs }),
      evidence: last ? evidenceOf(last, events) : [],
    }))
  }
}

/** Null: it says nothing. */
function operationOf(event: MetadataEvent): Operation<MetadataOp> | null {
  const { op, value, sentMs, doneMs, outcome } = event
  const refusal = outcome === 'fail' ? refusalOf(event) : null
  if (outcome === 'fail' && refusal === null) return null
  // A question without an answer changes nothing.
  if (outcome === 'unknown' && READS.has(op)) return null
  const returnMs = outcome === 'unknown' ? Infinity : (doneMs ?? Infinity)
  return { op: { op, value, refusal }, callMs: sentMs, returnMs }
}

function refusalOf({ error = '' }: MetadataEvent): MetadataOp['refusal'] {
  if (error.includes('ALREADY_EXISTS')) return 'exists'
  return /UNKNOWN_TOPIC|NOT_FOUND/.test(error) ? 'absent' : null
}

function tell({ process, op, value, outcome, error }: MetadataEvent): string {
  if (outcome === 'fail') return `${op} of ${process} was refused with ${error}`
  return `${op} of ${process} was answered ${value === null ? 'nothing' : value}`
}

/** What was under way or ended shortly before. */
function evidenceOf(last: MetadataEvent, events: readonly MetadataEvent[]): readonly object[] {
  const before = events
    .filter((event) => event !== last && event.sentMs <= (last.doneMs ?? Infinity))
    .sort((a, b) => (a.doneMs ?? Infinity) - (b.doneMs ?? Infinity))
  return [...before.slice(-EVIDENCE_SHOWN), last]
}

/**
 * Whether logs are whole from their log start to their end, however often retention moved the
 * beginning: nothing below it is read, nothing above it is missing. Compacted logs have holes.
 */
import type { FinalEvent, HistoryEvent } from '../history/events.ts'
import { Found } from './anomalies.ts'
import type { Checker } from './checker.ts'
import type { Checked } from './verdict.ts'

export class RetentionChecker implements Checker {
  readonly #found = new Found()
  readonly #compacted = new Set<string>()
  /** Those from which records are deleted meanwhile. */
  readonly #deleted = new Set<string>()
  /** By reader and partition: the offset that must come next. */
  readonly #next = new Map<string, number>()

  add(event: HistoryEvent): void {
    if (event.type === 'run') {
      for (const [name, { compacted }] of Object.entries(event.topics))
        if (compacted) this.#compacted.add(name)
    } else if (event.type === 'send' && event.workload === 'retention')
      this.#deleted.add(event.topic)
    else if (event.type === 'final') this.#read(event)
  }

  finish(): Checked {
    return this.#found.checked
  }

  #read(event: FinalEvent): void {
    const { reader, topic, partition, logStartOffset, offsets } = event
    const key = `${reader} ${topic} ${partition}`
    // While it is asked where a log begins, and read, more of it may be deleted.
    const first = this.#deleted.has(topic) ? (offsets[0] ?? logStartOffset) : logStartOffset
    let next = this.#next.get(key) ?? Math.max(first, logStartOffset)
    for (const offset of offsets) {
      const isBelow = offset < logStartOffset
      const isBack = !isBelow && offset < next
      const isGap = offset > next && !this.#compacted.has(topic)
      if (isBelow)
        this.#add('below-log-start', event, offset, `the log begins at ${logStartOffset}`)
      else if (isBack) this.#add('int-nonmonotonic-poll', event, offset, `${next} was next`)
      else if (isGap) this.#add('gap-in-log', event, offset, `${next} was next`)
      next = Math.max(next, offset + 1)
    }
    this.#next.set(key, next)
  }

  #add(
    kind: 'below-log-start' | 'int-nonmonotonic-poll' | 'gap-in-log',
    { reader, topic, partition, logStartOffset }: FinalEvent,
    offset: number,
    but: string,
  ): void {
    this.#found.add(kind, () => ({
      ...{ topic, partition },
      sentence: `${topic}-${partition}: ${reader} was given offset ${offset}, and ${but}`,
      evidence: [{ type: 'final', reader, topic, partition, logStartOffset, offset }],
    }))
  }
}

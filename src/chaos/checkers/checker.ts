/**
 * What looks for one family of anomalies: told all events in their order, it says what it found.
 */
import type { HistoryEvent } from '../history/events.ts'
import type { Checked } from './verdict.ts'

export interface Checker {
  add(event: HistoryEvent): void
  /** Once, after the last event. */
  finish(): Checked
}

/** All that one checker finds in a history. */
export function check(checker: Checker, events: Iterable<HistoryEvent>): Checked {
  for (const event of events) checker.add(event)
  return checker.finish()
}

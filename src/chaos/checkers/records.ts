/**
 * Everything about records, in the order in which it must be asked: offsets are agreed on first,
 * then what is there is told, then it is compared with what was promised. Topics without
 * transactions; names and rules are those of Jepsen's Kafka workload where it has them.
 */
import type { HistoryEvent } from '../history/events.ts'
import { Found } from './anomalies.ts'
import type { Checker } from './checker.ts'
import { checkContents } from './log-contents.ts'
import { PollOrder } from './polls.ts'
import { checkPromises } from './promises.ts'
import { RecordStore } from './record-store.ts'
import type { Checked } from './verdict.ts'

export class RecordsChecker implements Checker {
  readonly store = new RecordStore()
  readonly #found = new Found()
  readonly #polls = new PollOrder(this.store, this.#found)

  add(event: HistoryEvent): void {
    this.store.add(event)
    if (event.type === 'poll') this.#polls.addPoll(event)
    else if (event.type === 'position') this.#polls.addPosition(event)
  }

  finish(): Checked {
    this.#polls.finish()
    const placement = checkContents(this.store, this.#found)
    checkPromises(this.store, placement, this.#found)
    const [repeated] = this.store.repeated
    if (repeated !== undefined)
      this.#found.unknown(
        `${this.store.repeated.length} records are told twice, such as ${repeated}: ` +
          'two producers have one name',
      )
    return this.#found.checked
  }
}

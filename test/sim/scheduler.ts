/**
 * Virtual time, in microseconds: a heap of what is to happen, ordered by time and then by when it
 * was asked for. It also sees that time moves: a world that does ever more at one moment is stuck.
 */
import { Violation } from './invariants/violation.ts'

interface Planned {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/** Events of one virtual millisecond. */
const EVENTS_PER_MS_MAX = 20_000

export class Scheduler {
  readonly #heap: Planned[] = []
  #now = 0
  #ordered = 0
  #events = 0
  #millisecond = 0
  #eventsOfMs = 0

  get now(): number {
    return this.#now
  }

  /** How many events have happened. */
  get events(): number {
    return this.#events
  }

  after(delay: number, run: () => void): void {
    this.at(this.#now + delay, run)
  }

  at(time: number, run: () => void): void {
    this.#ordered += 1
    this.#push({ at: Math.max(time, this.#now), order: this.#ordered, run })
  }

  /** Everything that is to happen up to that time; then it is that time. */
  runUntil(time: number): void {
    while (this.runNext(time));
  }

  /** The next of them; false when there is none, and it is that time. */
  runNext(time: number): boolean {
    const first = this.#heap[0]
    if (first === undefined || first.at > time) {
      this.#now = Math.max(this.#now, time)
      return false
    }
    this.#pop()
    this.#now = first.at
    this.#count()
    first.run()
    return true
  }

  #count(): void {
    this.#events += 1
    const millisecond = Math.floor(this.#now / 1_000)
    if (millisecond !== this.#millisecond) this.#eventsOfMs = 0
    this.#millisecond = millisecond
    this.#eventsOfMs += 1
    if (this.#eventsOfMs > EVENTS_PER_MS_MAX)
      throw new Violation('14-livelock', `more than ${EVENTS_PER_MS_MAX} events in a millisecond`)
  }

  #push(planned: Planned): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(planned)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent] as Planned
      if (!isBefore(planned, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = planned
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop() as Planned
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      const right = child + 1
      if (right < heap.length && isBefore(heap[right] as Planned, heap[child] as Planned))
        child = right
      if (!isBefore(heap[child] as Planned, last)) break
      heap[at] = heap[child] as Planned
      at = child
    }
    heap[at] = last
  }
}

function isBefore(one: Planned, other: Planned): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}

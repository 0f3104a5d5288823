/**
 * Whether some order of operations, each at one moment between its question and its answer,
 * explains all answers: the search of Wing and Gong with Lowe's memory of (what was done, what came
 * of it), as porcupine does it. An operation that was not answered may have happened at any time
 * after its question, or never. Exponential at worst, so its steps, its memory and its time are
 * bounded; what is not decided within them is not known, and never taken for well.
 */
export interface Operation<Op> {
  readonly op: Op
  readonly callMs: number
  /** Infinity: it was not answered. */
  readonly returnMs: number
}

export interface Model<Op> {
  /** States are compared as texts. */
  readonly initial: string
  /** The state after it; null: this answer is impossible in that state. */
  step(state: string, op: Op): string | null
}

export interface SearchBounds {
  readonly maxOperations: number
  readonly maxSteps: number
  readonly maxMemoryBytes: number
  /** Asked now and then; true: it has taken long enough. */
  readonly isOver: () => boolean
}

export const SEARCH_BOUNDS = {
  maxOperations: 20_000,
  maxSteps: 50_000_000,
  maxMemoryBytes: 256 << 20,
} as const

export type Linearized =
  | { readonly answer: 'yes' }
  /** `furthest`: the first operation that no order explains, of the order that came furthest. */
  | { readonly answer: 'no'; readonly furthest: number }
  | { readonly answer: 'unknown'; readonly why: string }

/** A call or a return, in a list from which operations are lifted out and put back. */
interface Entry {
  readonly operation: number
  /** Of a call: its return; null: of a return, or it was not answered. */
  match: Entry | null
  readonly isCall: boolean
  previous: Entry | null
  next: Entry | null
}

const STEPS_BETWEEN_LOOKS = 4_096
/** Of an entry of the memory, beside its bits. */
const ENTRY_BYTES = 120

export function linearize<Op>(
  operations: readonly Operation<Op>[],
  model: Model<Op>,
  bounds: SearchBounds,
): Linearized {
  if (operations.length > bounds.maxOperations)
    return {
      answer: 'unknown',
      why: `${operations.length} operations are more than the ${bounds.maxOperations} that are searched`,
    }
  return new Search(operations, model, bounds).run()
}

class Search<Op> {
  readonly #operations: readonly Operation<Op>[]
  readonly #model: Model<Op>
  readonly #bounds: SearchBounds
  readonly #head: Entry
  /** Answered operations that are not in the order yet. */
  #left: number
  readonly #done: Uint32Array
  readonly #seen = new Map<string, Set<string>>()
  #memoryBytes = 0
  /** What is in the order, with the state before it. */
  readonly #order: { readonly entry: Entry; readonly state: string }[] = []
  #longest = -1
  #furthest = 0

  constructor(operations: readonly Operation<Op>[], model: Model<Op>, bounds: SearchBounds) {
    this.#operations = operations
    this.#model = model
    this.#bounds = bounds
    this.#head = listOf(operations)
    this.#left = operations.filter(({ returnMs }) => returnMs !== Infinity).length
    this.#done = new Uint32Array(Math.ceil(operations.length / 32))
  }

  run(): Linearized {
    let state = this.#model.initial
    let entry = this.#head.next
    for (let steps = 1; this.#left > 0; steps += 1) {
      const trouble = this.#trouble(steps)
      if (trouble !== null) return { answer: 'unknown', why: trouble }
      if (entry?.isCall === true) {
        const after = this.#take(entry, state)
        if (after === null) entry = entry.next
        else {
          state = after
          entry = this.#head.next
        }
        continue
      }
      // Something was answered that cannot have happened in this order, or nothing is left to try.
      if (entry !== null) this.#note(entry.operation)
      const last = this.#order.pop()
      if (last === undefined) return { answer: 'no', furthest: this.#furthest }
      state = last.state
      this.#putBack(last.entry)
      entry = last.entry.next
    }
    return { answer: 'yes' }
  }

  #trouble(steps: number): string | null {
    const { maxSteps, maxMemoryBytes, isOver } = this.#bounds
    if (steps > maxSteps) return `no answer within ${maxSteps} steps`
    if (this.#memoryBytes > maxMemoryBytes) return `no answer within ${maxMemoryBytes} bytes`
    return steps % STEPS_BETWEEN_LOOKS === 0 && isOver() ? 'no answer in time' : null
  }

  /** The state after it; null: it cannot be next, or that was tried. */
  #take(entry: Entry, state: string): string | null {
    const operation = this.#operations[entry.operation]
    const after = operation ? this.#model.step(state, operation.op) : null
    if (after === null) return null
    this.#mark(entry.operation, true)
    if (!this.#isNew(after)) {
      this.#mark(entry.operation, false)
      return null
    }
    this.#order.push({ entry, state })
    if (operation?.returnMs !== Infinity) this.#left -= 1
    lift(entry)
    if (entry.match) lift(entry.match)
    return after
  }

  #putBack(entry: Entry): void {
    this.#mark(entry.operation, false)
    if (this.#operations[entry.operation]?.returnMs !== Infinity) this.#left += 1
    if (entry.match) drop(entry.match)
    drop(entry)
  }

  #mark(operation: number, isDone: boolean): void {
    const word = operation >> 5
    const bit = 1 << (operation & 31)
    const bits = this.#done[word] ?? 0
    this.#done[word] = isDone ? bits | bit : bits & ~bit
  }

  #isNew(state: string): boolean {
    const key = Buffer.from(this.#done.buffer).toString('latin1')
    const states = this.#seen.get(key)
    if (states?.has(state) === true) return false
    if (states) states.add(state)
    else {
      this.#seen.set(key, new Set([state]))
      this.#memoryBytes += key.length
    }
    this.#memoryBytes += ENTRY_BYTES + state.length
    return true
  }

  #note(operation: number): void {
    if (this.#order.length <= this.#longest) return
    this.#longest = this.#order.length
    this.#furthest = operation
  }
}

/** Calls and returns in the order of their times; at one time calls come first. */
function listOf<Op>(operations: readonly Operation<Op>[]): Entry {
  const entries = operations.flatMap(({ callMs, returnMs }, operation) => {
    const [back, call] = [entryOf(operation, false), entryOf(operation, true)]
    if (returnMs === Infinity) return [{ atMs: callMs, entry: call }]
    call.match = back
    return [
      { atMs: callMs, entry: call },
      { atMs: returnMs, entry: back },
    ]
  })
  entries.sort((a, b) => a.atMs - b.atMs || Number(b.entry.isCall) - Number(a.entry.isCall))
  const head = entryOf(-1, false)
  let last = head
  for (const { entry } of entries) {
    last.next = entry
    entry.previous = last
    last = entry
  }
  return head
}

const entryOf = (operation: number, isCall: boolean): Entry => ({
  ...{ operation, isCall, match: null, previous: null, next: null },
})

function lift({ previous, next }: Entry): void {
  if (previous) previous.next = next
  if (next) next.previous = previous
}

/** What was lifted last must be dropped first. */
function drop(entry: Entry): void {
  if (entry.previous) entry.previous.next = entry
  if (entry.next) entry.next.previous = entry
}

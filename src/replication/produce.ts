/**
 * A produce over several partitions: append to each at once, then wait as `acks` asks.
 *
 * The append is synchronous, so the caller may start its next request as soon as `produce` has
 * returned; only the wait for in-sync replicas (or for the disk, `flush.messages=1`) is a promise.
 */
import type { Clock } from '../base/clock.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import type { Partition } from './partition.ts'
import type { Acks, Appended } from './partition-requests.ts'
import type { ProducerGaps, Sent } from './producer-gaps.ts'

export interface ProduceEntry extends Sent {
  /** Or why this broker cannot serve it. */
  readonly partition: Partition | ErrorCode
}

export interface ProduceOptions {
  readonly acks: Acks
  readonly timeoutMs: number
  readonly apiVersion: number
  /** Of the connection on which it came. */
  readonly producerGaps: ProducerGaps
}

/** Appends every entry; the promise, if there is one, replaces the results with the final ones. */
export function produce(
  entries: readonly ProduceEntry[],
  options: ProduceOptions,
  clock: Clock,
): { readonly results: readonly Appended[]; readonly final: Promise<readonly Appended[]> | null } {
  const results = entries.map((entry) => {
    const result = append(entry, options)
    const errorCode = options.producerGaps.answer(entry, result)
    return errorCode === result.errorCode ? result : { ...result, errorCode }
  })
  if (options.acks === 0 || areFinal(entries, results, options.acks))
    return { results, final: null }
  const wait = new AcksWait(
    entries.map(({ partition }) => partition),
    results,
    options,
  )
  if (wait.settle()) return { results: wait.results, final: null }
  return { results, final: wait.start(clock) }
}

function append({ partition, records }: ProduceEntry, options: ProduceOptions): Appended {
  return typeof partition === 'number' ? refused(partition) : partition.append(records, options)
}

/** Nothing has to wait, and no result to change: the usual end of a produce on one replica. */
function areFinal(
  entries: readonly ProduceEntry[],
  results: readonly Appended[],
  acks: Acks,
): boolean {
  for (let at = 0; at < entries.length; at += 1) {
    const partition = entries[at]?.partition
    const waitFor = results[at]?.waitFor
    if (waitFor === undefined || typeof partition !== 'object') continue
    if (partition.outcome(acks, waitFor) !== errors.NONE) return false
  }
  return true
}

function refused(errorCode: ErrorCode): Appended {
  return { errorCode, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 }
}

/**
 * One produce that waits. It is woken by its partitions and ends at its deadline at the latest. It
 * holds no records: they are in the log.
 */
class AcksWait {
  readonly results: Appended[]
  readonly #partitions: readonly (Partition | ErrorCode)[]
  readonly #options: ProduceOptions
  /** Indexes of the entries still without a final code. */
  #open: number[]

  constructor(
    partitions: readonly (Partition | ErrorCode)[],
    results: readonly Appended[],
    options: ProduceOptions,
  ) {
    this.#partitions = partitions
    this.#options = options
    this.results = [...results]
    this.#open = [...results.keys()].filter((at) => results[at]?.waitFor !== undefined)
  }

  /** Asks every open partition again; true when none is left. */
  settle(): boolean {
    this.#open = this.#open.filter((at) => {
      const partition = this.#partitions[at] as Partition | ErrorCode
      const result = this.results[at] as Appended
      if (typeof partition === 'number' || !result.waitFor) return false
      const outcome = partition.outcome(this.#options.acks, result.waitFor)
      if (outcome === 'wait') return true
      if (outcome !== errors.NONE) this.results[at] = { ...result, errorCode: outcome }
      return false
    })
    return this.#open.length === 0
  }

  start(clock: Clock): Promise<readonly Appended[]> {
    return new Promise((resolve) => {
      const stopWatching: (() => void)[] = []
      const end = () => {
        timer.cancel()
        for (const stop of stopWatching) stop()
        resolve(this.results)
      }
      const timer = clock.timer(this.#options.timeoutMs, () => {
        // Whether the records will commit is unknown now; that is what this code means.
        for (const at of this.#open)
          this.results[at] = {
            ...(this.results[at] as Appended),
            errorCode: errors.REQUEST_TIMED_OUT,
          }
        end()
      })
      for (const at of this.#open) {
        const partition = this.#partitions[at] as Partition | ErrorCode
        if (typeof partition !== 'number')
          stopWatching.push(partition.watchCommits(() => this.settle() && end()))
      }
    })
  }
}

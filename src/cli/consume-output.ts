/**
 * What `lograft consume` prints, record by record, and how it tells of a broker that is away. It
 * hands on no faster than its reader takes.
 */
import type { ReadableBatch } from '../client/fetched.ts'
import type { BatchSink } from '../client/fetcher.ts'
import type { RecordFormat } from './format.ts'
import type { Output } from './output.ts'
import { complain } from './session.ts'

export class Printer {
  readonly #topic: string
  readonly #output: Output
  readonly #format: RecordFormat
  readonly #count: number
  /** Records printed so far. */
  printed = 0

  constructor(
    topic: string,
    given: {
      readonly output: Output
      readonly format: RecordFormat
      readonly count: number | undefined
    },
  ) {
    this.#topic = topic
    this.#output = given.output
    this.#format = given.format
    this.#count = given.count ?? Infinity
  }

  /**
   * Prints batches; hands on what it printed before it returns, so that nobody waits for more. In
   * `positions` it notes, by partition, the offset behind what its reader has taken.
   */
  sink(positions = new Map<number, number>()): BatchSink {
    return (partition, batch) => this.#print(partition, batch, positions)
  }

  async #print(
    partition: number,
    { records, nextOffset }: ReadableBatch,
    positions: Map<number, number>,
  ): Promise<'go-on' | 'stop'> {
    for (const record of records) {
      this.#format({ topic: this.#topic, partition, record }, this.#output.writer)
      this.printed += 1
      const isEnough = this.printed >= this.#count
      if (!isEnough && !this.#output.isFull) continue
      if (!(await this.#output.flush())) return 'stop'
      positions.set(partition, record.offset + 1)
      if (isEnough) return 'stop'
    }
    if (!(await this.#output.flush())) return 'stop'
    positions.set(partition, nextOffset)
    return 'go-on'
  }
}

/** Says that the broker is away, once until records come again. */
export function onceUntil(printer: Printer): (error: Error) => void {
  let toldAt = -1
  return (error) => {
    if (toldAt === printer.printed) return
    toldAt = printer.printed
    complain(`${error.message}; trying again`)
  }
}

/** Says that records were removed before they were read. */
export const tellGap = (topic: string) => (gap: { partition: number; from: number; to: number }) =>
  complain(
    `partition ${gap.partition} of ${topic}: offsets ${gap.from} to ${gap.to - 1} were removed before they were read`,
  )

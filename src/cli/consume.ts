/**
 * `lograft consume`: records of a topic to standard output, byte by byte as they are. It reads no
 * faster than its reader takes them. A reader that leaves ends it in good order, as SIGINT does.
 */
import { LograftError } from '../base/errors.ts'
import type { Cluster } from '../client/cluster.ts'
import type { ReadableBatch } from '../client/fetched.ts'
import { fetchFrom } from '../client/fetcher.ts'
import { exitCodes } from './exit-codes.ts'
import type { ClientFlags } from './client-flags.ts'
import type { RecordFormat } from './format.ts'
import { compileFormat } from './format.ts'
import { catchSignals } from './lifetime.ts'
import type { Output } from './output.ts'
import type { Position } from './position.ts'
import { resolvePosition } from './start-offsets.ts'
import { DONE, complain, existingTopic, withCluster } from './session.ts'
import { countOf } from './table.ts'

export type Isolation = 'uncommitted' | 'committed'

export interface ConsumeFlags extends ClientFlags {
  readonly from: Position
  readonly exit?: true
  readonly count?: number
  readonly partition?: readonly number[]
  readonly format?: string
  readonly null: string
  readonly isolation: Isolation
  readonly timeout: number
}

export async function consume(topic: string, flags: ConsumeFlags): Promise<void> {
  if (flags.json && flags.format !== undefined && flags.format !== 'json') {
    complain('--json and --format contradict each other')
    process.exitCode = exitCodes.usage.code
    return
  }
  const signals = catchSignals()
  await withCluster(flags, async ({ cluster, output }) => {
    const partitions = await partitionsOf(cluster, topic, flags)
    const committed = flags.isolation === 'committed'
    const { timeout: timeoutMs, from: position, exit } = flags
    const ranges = await resolvePosition(cluster, {
      topic,
      partitions,
      position,
      committed,
      timeoutMs,
      onMoved: (partition, to) =>
        complain(`partition ${partition} of ${topic} begins at ${to}, and so does reading`),
    })
    const positions = ranges.map(({ partition, from, end }) => {
      return { partition, offset: from, end: exit ? end : null }
    })
    const abort = new AbortController()
    void Promise.race([signals.first, output.gone]).then(() => abort.abort())
    const printer = new Printer(topic, { output, format: formatOf(flags), count: flags.count })
    const options = {
      topic,
      committed,
      timeoutMs,
      onGap: (gap: { partition: number; from: number; to: number }) =>
        complain(
          `partition ${gap.partition} of ${topic}: offsets ${gap.from} to ${gap.to - 1} were removed before they were read`,
        ),
      onRetry: onceUntil(printer),
    }
    await fetchFrom(cluster, options, positions, printer.sink, abort.signal)
    await output.flush()
    return DONE
  })
}

/** The format that the flags ask for. */
function formatOf({ json, format, null: nullText }: ConsumeFlags): RecordFormat {
  return compileFormat(json ? 'json' : (format ?? 'value'), { nullText })
}

async function partitionsOf(
  cluster: Cluster,
  topic: string,
  { partition: wanted }: ConsumeFlags,
): Promise<readonly number[]> {
  const { partitions } = await existingTopic(cluster, topic)
  const known = partitions.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b)
  const missing = wanted?.find((partition) => !known.includes(partition))
  if (missing !== undefined)
    throw new LograftError(
      'USAGE',
      `--partition ${missing}: ${topic} has ${countOf(known.length, 'partition')}, the first is 0`,
    )
  return wanted ? [...new Set(wanted)] : known
}

/** Says that the broker is away, once until records come again. */
function onceUntil(printer: Printer): (error: Error) => void {
  let toldAt = -1
  return (error) => {
    if (toldAt === printer.printed) return
    toldAt = printer.printed
    complain(`${error.message}; trying again`)
  }
}

class Printer {
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

  /** Prints a batch; hands on what it printed before it returns, so that nobody waits for more. */
  readonly sink = async (
    partition: number,
    { records }: ReadableBatch,
  ): Promise<'go-on' | 'stop'> => {
    for (const record of records) {
      this.#format({ topic: this.#topic, partition, record }, this.#output.writer)
      this.printed += 1
      const isEnough = this.printed >= this.#count
      if ((isEnough || this.#output.isFull) && !(await this.#output.flush())) return 'stop'
      if (isEnough) return 'stop'
    }
    return (await this.#output.flush()) ? 'go-on' : 'stop'
  }
}

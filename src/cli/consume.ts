/**
 * `lograft consume`: records of a topic to standard output, byte by byte as they are. It reads no
 * faster than its reader takes them. A reader that leaves ends it in good order, as SIGINT does.
 */
import { LograftError } from '../base/errors.ts'
import type { Cluster } from '../client/cluster.ts'
import { fetchFrom } from '../client/fetcher.ts'
import { exitCodes } from './exit-codes.ts'
import type { ClientFlags } from './client-flags.ts'
import { Printer, onceUntil, tellGap } from './consume-output.ts'
import type { RecordFormat } from './format.ts'
import { compileFormat } from './format.ts'
import { catchSignals } from './lifetime.ts'
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
  /** Share the topic with others of this group, and go on where it was. */
  readonly group?: string
  readonly format?: string
  readonly null: string
  readonly isolation: Isolation
  readonly timeout: number
}

export async function consume(topic: string, flags: ConsumeFlags): Promise<void> {
  if (refusesContradiction(flags)) return
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
      onMoved: tellMoved(topic),
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
      onGap: tellGap(topic),
      onRetry: onceUntil(printer),
    }
    await fetchFrom(cluster, options, positions, printer.sink(), abort.signal)
    await output.flush()
    return DONE
  })
}

/** Whether flags contradict each other, which is then told and the end of it. */
export function refusesContradiction({ json, format, group, partition }: ConsumeFlags): boolean {
  if (json && format !== undefined && format !== 'json')
    complain('--json and --format contradict each other')
  else if (group !== undefined && partition !== undefined)
    complain('--group and --partition contradict each other: a group shares partitions out itself')
  else return false
  process.exitCode = exitCodes.usage.code
  return true
}

/** Says that reading begins later than it was to. */
export const tellMoved = (topic: string) => (partition: number, to: number) =>
  complain(`partition ${partition} of ${topic} begins at ${to}, and so does reading`)

/** The format that the flags ask for. */
export function formatOf({ json, format, null: nullText }: ConsumeFlags): RecordFormat {
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

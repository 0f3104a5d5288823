/**
 * What is there in the end: every partition from its log start to its end, by Lograft's client and
 * by one of another make. Told in pieces, so that a partition need not be held in memory.
 */
import { delay } from '../../base/clock.ts'
import { asError } from '../../base/errors.ts'
import { fetchFrom } from '../../client/fetcher.ts'
import { EARLIEST, LATEST, findOffsets } from '../../client/offsets.ts'
import { hostClock } from '../../host/clock.ts'
import type { ClientName } from '../api.ts'
import { findClient, type Program } from '../clients/available.ts'
import { ClientProcess } from '../clients/client-process.ts'
import { clusterOf, contentOf } from '../clients/lograft-reader.ts'
import type { Lane, ReadRole } from '../clients/protocol.ts'
import type { HistoryEvent } from '../history/events.ts'
import type { TopicPlan, WorkloadSite } from './workload.ts'

const PIECE_RECORDS = 5_000
/** How long nothing may be heard of a partition. */
const SILENCE_MS = 30_000
/** Who is taken as the other reader, if it is there. */
const OTHERS: readonly ClientName[] = ['librdkafka', 'kafkajs', 'kcat']

export interface ReadingOptions {
  readonly site: Pick<WorkloadSite, 'target' | 'nowMs' | 'write'>
  readonly topics: readonly TopicPlan[]
  /** Of each reader. */
  readonly deadlineMs: number
}

/** Where a partition begins and ends. */
interface Extent extends Lane {
  readonly from: number
  readonly to: number
}

/** What could not be read is written as found: unknown. Never rejects. */
export async function readEverything(options: ReadingOptions): Promise<void> {
  const { site } = options
  let extents: readonly Extent[]
  try {
    extents = await extentsOf(options)
    await attempt(options, 'lograft', () => readByLograft(options, extents))
  } catch (thrown) {
    return unread(options, 'lograft', thrown)
  }
  const programs = OTHERS.map((client) => [client, findClient(client)] as const)
  const other = programs.find(([, found]) => !('missing' in found))?.[1]
  if (other && !('missing' in other))
    return attempt(options, other.client, () => readByProgram(options, other, extents))
  const why = programs.map(([client, found]) => `${client}: ${missing(found)}`).join('; ')
  const what = 'the final reading by another client'
  site.write({ type: 'skipped', atMs: site.nowMs(), what, why })
}

const missing = (found: ReturnType<typeof findClient>) => ('missing' in found ? found.missing : '')

async function attempt(
  options: ReadingOptions,
  reader: string,
  read: () => Promise<void>,
): Promise<void> {
  try {
    await read()
  } catch (thrown) {
    unread(options, reader, thrown)
  }
}

function unread({ site }: ReadingOptions, reader: string, thrown: unknown): void {
  const sentence = `${reader} could not read everything in the end: ${asError(thrown).message}`
  const found = { kind: 'unknown', anomaly: 'not-read', sentence } as const
  site.write({ type: 'found', atMs: site.nowMs(), ...found })
}

async function extentsOf({ site, topics, deadlineMs }: ReadingOptions): Promise<readonly Extent[]> {
  const cluster = clusterOf(site.target.bootstrap, 'chaos-final')
  const extents: Extent[] = []
  try {
    for (const { name: topic, partitions: count } of topics) {
      const partitions = Array.from({ length: count }, (_, partition) => partition)
      const query = { topic, partitions, timeoutMs: deadlineMs }
      const starts = await findOffsets(cluster, { ...query, timestamp: EARLIEST })
      const ends = await findOffsets(cluster, { ...query, timestamp: LATEST })
      for (const partition of partitions)
        extents.push({
          ...{ topic, partition, from: starts.get(partition) ?? 0, to: ends.get(partition) ?? 0 },
        })
    }
  } finally {
    await cluster.close()
  }
  return extents
}

/** Gathers what one reader reads of a partition, and tells it piece by piece. */
class Pieces {
  readonly #reader: string
  readonly #extent: Extent
  readonly #write: (event: HistoryEvent) => void
  #offsets: number[] = []
  #ids: (string | null)[] = []
  #keys: (string | null)[] = []
  #hasKeys = false
  #told = 0

  constructor(reader: string, extent: Extent, write: (event: HistoryEvent) => void) {
    this.#reader = reader
    this.#extent = extent
    this.#write = write
  }

  add(
    offsets: readonly number[],
    ids: readonly (string | null)[],
    keys: readonly (string | null)[] | null,
  ): void {
    this.#hasKeys ||= keys !== null
    for (const [index, offset] of offsets.entries()) {
      this.#offsets.push(offset)
      this.#ids.push(ids[index] ?? null)
      this.#keys.push(keys?.[index] ?? null)
    }
    if (this.#offsets.length >= PIECE_RECORDS) this.#tell()
  }

  /** An empty partition is told as well: it was read. */
  end(): void {
    if (this.#offsets.length > 0 || this.#told === 0) this.#tell()
  }

  /** There is more, which will not come. */
  giveUp(): void {
    const { topic, partition } = this.#extent
    this.#write({ type: 'unread', reader: this.#reader, topic, partition })
  }

  #tell(): void {
    const { topic, partition, from } = this.#extent
    this.#write({
      ...{ type: 'final', reader: this.#reader, topic, partition, logStartOffset: from },
      ...{ offsets: this.#offsets, ids: this.#ids, ...(this.#hasKeys && { keys: this.#keys }) },
    })
    this.#told += 1
    this.#offsets = []
    this.#ids = []
    this.#keys = []
  }
}

async function readByLograft(
  { site, deadlineMs }: ReadingOptions,
  extents: readonly Extent[],
): Promise<void> {
  const cluster = clusterOf(site.target.bootstrap, 'chaos-final')
  const late = new AbortController()
  const timer = hostClock.timer(deadlineMs, () => late.abort())
  try {
    // One after the other: only one is under way.
    for (const extent of extents) {
      const { topic, partition, from, to } = extent
      const pieces = new Pieces('lograft', extent, site.write)
      let next = from
      try {
        await fetchFrom(
          cluster,
          { topic, committed: false, timeoutMs: SILENCE_MS },
          [{ partition, offset: from, end: to }],
          (_, batch) => {
            const { offsets, ids, keys } = contentOf(batch)
            pieces.add(offsets, ids, keys)
            next = batch.nextOffset
            return 'go-on'
          },
          late.signal,
        )
        if (next < to)
          throw new Error(`partition ${partition} of ${topic} was read to ${next} of ${to}`)
      } catch (thrown) {
        pieces.giveUp()
        throw thrown
      }
      pieces.end()
    }
  } finally {
    timer.cancel()
    await cluster.close()
  }
}

async function readByProgram(
  { site, deadlineMs }: ReadingOptions,
  program: Program,
  extents: readonly Extent[],
): Promise<void> {
  const { client } = program
  const role: ReadRole = {
    ...{ role: 'read', process: `${client}/final-${Math.floor(site.nowMs())}` },
    lanes: extents.map(({ topic, partition }) => ({ topic, partition })),
    ...{ from: extents.map(({ from }) => from), to: extents.map(({ to }) => to) },
  }
  const pieces = extents.map((extent) => new Pieces(client, extent, site.write))
  let tellDone: () => void = () => undefined
  const done = new Promise<'done'>((resolve) => (tellDone = () => resolve('done')))
  const reading = new ClientProcess({
    ...{ program, workload: 'queue', site, roles: [role], restarts: 0 },
    onOutcome: () => undefined,
    onRead: (line) => {
      if (line[0] === 'done') return tellDone()
      const [, , , lane, offsets, ids, keys] = line
      pieces[lane]?.add(offsets, ids, keys)
    },
  })
  const late = delay(hostClock, deadlineMs).then(() => 'late' as const)
  const ended = reading.ended.then(() => 'ended' as const)
  const how = await Promise.race([done, late, ended])
  await reading.stop(SILENCE_MS)
  for (const each of pieces)
    if (how === 'done') each.end()
    else each.giveUp()
  if (how !== 'done') throw new Error(how === 'late' ? `not within ${deadlineMs} ms` : 'it ended')
}

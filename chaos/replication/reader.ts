/**
 * Consumers of a run: one that follows all partitions from the beginning while the cluster is hurt,
 * and readings of everything once it is whole again. They note what they were given; judging is the
 * checker's.
 */
import { hostClock } from '../../src/host/clock.ts'
import { hostNet } from '../../src/host/net.ts'
import { hostRandom } from '../../src/host/random.ts'
import { idOf } from '../../src/chaos/history/values.ts'
import { Cluster } from '../../src/client/cluster.ts'
import { fetchFrom } from '../../src/client/fetcher.ts'
import { findOffsets, LATEST } from '../../src/client/offsets.ts'
import type { Address } from '../../test/support/client.ts'
import { kcat } from '../../test/support/kcat.ts'
import type { Reading, Seen } from './history.ts'

/** Longer than any fault lasts. */
const PATIENCE_MS = 120_000

const text = new TextDecoder()

export interface ReadOptions {
  readonly reader: string
  readonly topic: string
  readonly partitions: number
  readonly bootstrap: readonly Address[]
}

function connect({ reader, bootstrap }: ReadOptions): Cluster {
  const ports = { net: hostNet, clock: hostClock, random: hostRandom }
  return new Cluster({ ...ports, bootstrap, clientId: reader, requestTimeoutMs: 2_000 })
}

/** Reads on until `signal` aborts; what it was given so far is in `readings`. */
export class FollowingReader {
  readonly readings: readonly (Reading & { readonly seen: Seen[] })[]
  /** Why it stopped reading before it was told to. */
  failure: unknown = null
  readonly #abort = new AbortController()
  readonly #done: Promise<void>

  constructor(options: ReadOptions) {
    const { reader, topic } = options
    this.readings = indexes(options.partitions).map((partition) => ({
      reader,
      partition,
      seen: [],
    }))
    const cluster = connect(options)
    const positions = this.readings.map(({ partition }) => ({ partition, offset: 0, end: null }))
    this.#done = fetchFrom(
      cluster,
      { topic, committed: false, timeoutMs: PATIENCE_MS },
      positions,
      (partition, batch) => {
        for (const { offset, value } of batch.records)
          this.readings[partition]?.seen.push({ offset, id: idOf(text.decode(value ?? undefined)) })
        return 'go-on'
      },
      this.#abort.signal,
    )
      .catch((thrown: unknown) => void (this.failure = thrown))
      .finally(() => void cluster.close())
  }

  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#done
  }
}

/** Every partition from offset 0 to its high watermark. */
export async function readAll(options: ReadOptions): Promise<readonly Reading[]> {
  const { reader, topic } = options
  const cluster = connect(options)
  try {
    const partitions = indexes(options.partitions)
    const query = { topic, partitions, timestamp: LATEST, timeoutMs: PATIENCE_MS }
    const ends = await findOffsets(cluster, query)
    const readings = partitions.map((partition) => ({ reader, partition, seen: [] as Seen[] }))
    await fetchFrom(
      cluster,
      { topic, committed: false, timeoutMs: PATIENCE_MS },
      partitions.map((partition) => ({ partition, offset: 0, end: ends.get(partition) ?? 0 })),
      (partition, batch) => {
        for (const { offset, value } of batch.records)
          readings[partition]?.seen.push({ offset, id: idOf(text.decode(value ?? undefined)) })
        return 'go-on'
      },
      new AbortController().signal,
    )
    return readings
  } finally {
    await cluster.close()
  }
}

/** The same by kcat. */
export async function readAllByKcat(options: ReadOptions): Promise<readonly Reading[]> {
  const { topic, bootstrap } = options
  const readings: Reading[] = []
  for (const partition of indexes(options.partitions)) {
    const [door] = bootstrap
    if (!door) return []
    const format = ['-f', '%o %s\n', '-e', '-q']
    const args = ['-C', '-t', topic, '-p', String(partition), '-o', 'beginning', ...format]
    const lines = (await kcat(door, args)).split('\n').filter((line) => line !== '')
    const seen = lines.map((line) => {
      const at = line.indexOf(' ')
      return { offset: Number(line.slice(0, at)), id: idOf(line.slice(at + 1)) }
    })
    readings.push({ reader: 'kcat', partition, seen })
  }
  return readings
}

const indexes = (count: number) => Array.from({ length: count }, (_, index) => index)

/**
 * Lograft's own consumer in a run: follows partitions from their beginning on, and now and then
 * goes back to read them again; or reads them once, from given offsets to given ends.
 */
import { groupBy } from '../../base/group-by.ts'
import { Cluster } from '../../client/cluster.ts'
import { fetchFrom, type StartPosition } from '../../client/fetcher.ts'
import type { ReadableBatch } from '../../client/fetched.ts'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { hostNet } from '../../host/net.ts'
import { hostRandom } from '../../host/random.ts'
import { idIn, keyIn, type Stage } from './program.ts'
import type { FollowRole, Lane, ReadRole } from './protocol.ts'

/** Longer than any fault lasts. */
const PATIENCE_MS = 180_000
const REQUEST_TIMEOUT_MS = 2_000
const AGAIN_MS = 200
/** A reader that goes back reads so many records again at most. */
const BACK_RECORDS = 5_000

export function clusterOf(bootstrap: readonly HostPort[], clientId: string): Cluster {
  const ports = { net: hostNet, clock: hostClock, random: hostRandom }
  return new Cluster({ ...ports, bootstrap, clientId, requestTimeoutMs: REQUEST_TIMEOUT_MS })
}

/** A lane with its index. */
export interface OwnLane extends Lane {
  readonly index: number
}

export const byTopic = (lanes: readonly Lane[]): ReadonlyMap<string, readonly OwnLane[]> =>
  groupBy(
    lanes.map((lane, index) => ({ ...lane, index })),
    ({ topic }) => topic,
  )

/** What a batch holds, as a poll says it. */
export function contentOf({ records }: ReadableBatch) {
  const offsets: number[] = []
  const ids: (string | null)[] = []
  const keys: (string | null)[] = []
  for (const { offset, key, value } of records) {
    offsets.push(offset)
    ids.push(idIn(value, key))
    keys.push(keyIn(key))
  }
  return { offsets, ids, keys: keys.some((key) => key !== null) ? keys : null }
}

export async function follow(
  { lanes, seekEveryMs, process }: FollowRole,
  stage: Stage,
  bootstrap: readonly HostPort[],
): Promise<void> {
  const following = [...byTopic(lanes)].map(async ([topic, own]) => {
    const cluster = clusterOf(bootstrap, process)
    await new Follower({ topic, lanes: own, seekEveryMs, stage, cluster }).run()
    await cluster.close()
  })
  await Promise.all(following)
}

interface FollowerOptions {
  readonly topic: string
  readonly lanes: readonly OwnLane[]
  readonly seekEveryMs: number | null
  readonly stage: Stage
  readonly cluster: Cluster
}

/** Of one topic. */
class Follower {
  readonly #options: FollowerOptions
  /** By partition. */
  readonly #lanes: ReadonlyMap<number, OwnLane>
  /** The next offset of each partition. */
  readonly #next: Map<number, number>

  constructor(options: FollowerOptions) {
    this.#options = options
    this.#lanes = new Map(options.lanes.map((lane) => [lane.partition, lane]))
    this.#next = new Map(options.lanes.map(({ partition }) => [partition, 0]))
  }

  async run(): Promise<void> {
    const { signal, complain, sleep } = this.#options.stage
    while (!signal.aborted) {
      try {
        await this.#stint()
      } catch (thrown) {
        complain(thrown)
        if (hasCode(thrown, 'OFFSET_OUT_OF_RANGE'))
          for (const partition of this.#lanes.keys()) this.#seek(partition, 0)
        await sleep(AGAIN_MS)
        continue
      }
      const partitions = [...this.#lanes.keys()]
      const partition = partitions[Math.floor(hostRandom.next() * partitions.length)] ?? 0
      const at = this.#next.get(partition) ?? 0
      const back = Math.floor(hostRandom.next() * BACK_RECORDS)
      if (!signal.aborted) this.#seek(partition, Math.max(0, at - back))
    }
  }

  /** Until it is time to go back, or the end. */
  async #stint(): Promise<void> {
    const { stage, seekEveryMs, topic, cluster } = this.#options
    const abort = new AbortController()
    const end = () => abort.abort()
    stage.signal.addEventListener('abort', end, { once: true })
    const timer = seekEveryMs === null ? null : hostClock.timer(seekEveryMs, end)
    const positions = [...this.#next].map(([partition, offset]) => ({
      ...{ partition, offset, end: null },
    }))
    const options = {
      ...{ topic, committed: false, timeoutMs: PATIENCE_MS },
      onGap: ({ partition, to }: { partition: number; to: number }) => this.#seek(partition, to),
    }
    try {
      await fetchFrom(cluster, options, positions, this.#take, abort.signal)
    } finally {
      timer?.cancel()
      stage.signal.removeEventListener('abort', end)
    }
  }

  readonly #take = (partition: number, batch: ReadableBatch) => {
    const lane = this.#lanes.get(partition)
    const { offsets, ids, keys } = contentOf(batch)
    if (lane && offsets.length > 0)
      this.#options.stage.say(['poll', lane.index, offsets, ids, keys])
    this.#next.set(partition, batch.nextOffset)
    return 'go-on' as const
  }

  #seek(partition: number, offset: number): void {
    const lane = this.#lanes.get(partition)
    this.#next.set(partition, offset)
    if (lane) this.#options.stage.say(['position', 'seek', lane.index, offset])
  }
}

const hasCode = (thrown: unknown, code: string) =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === code

export async function readOnce(
  { lanes, from, to, process }: ReadRole,
  stage: Stage,
  bootstrap: readonly HostPort[],
): Promise<void> {
  const cluster = clusterOf(bootstrap, process)
  for (const [topic, own] of byTopic(lanes)) {
    const positions: StartPosition[] = own.map(({ partition, index }) => ({
      ...{ partition, offset: from[index] ?? 0, end: to[index] ?? 0 },
    }))
    const options = { topic, committed: false, timeoutMs: PATIENCE_MS }
    const take = (partition: number, batch: ReadableBatch) => {
      const { offsets, ids, keys } = contentOf(batch)
      const lane = own.find((each) => each.partition === partition)
      if (lane && offsets.length > 0) stage.say(['poll', lane.index, offsets, ids, keys])
      return 'go-on' as const
    }
    await fetchFrom(cluster, options, positions, take, stage.signal)
  }
  if (!stage.signal.aborted) stage.say(['done'])
  await cluster.close()
}

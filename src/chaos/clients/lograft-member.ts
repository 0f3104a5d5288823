/**
 * Lograft's own client as a member of a group: in each generation it goes on where the group
 * stands, says what it has processed, and then commits that, with a note by which the commit is
 * known again.
 */
import { asError } from '../../base/errors.ts'
import type { Cluster } from '../../client/cluster.ts'
import { fetchFrom } from '../../client/fetcher.ts'
import type { ReadableBatch } from '../../client/fetched.ts'
import { GroupAdmin } from '../../client/group-admin.ts'
import { GroupMember, type Generation } from '../../client/group-member.ts'
import type { HostPort } from '../../config/addresses.ts'
import { hostClock } from '../../host/clock.ts'
import { byTopic, clusterOf, contentOf, type OwnLane } from './lograft-reader.ts'
import type { Stage } from './program.ts'
import type { MemberRole } from './protocol.ts'

const HEARTBEAT_MS = 300
const REBALANCE_MS = 10_000
/** How long a coordinator may be away. */
const PATIENCE_MS = 60_000
const AGAIN_MS = 200
const COMMIT_EVERY_MS = 100

export async function member(
  role: MemberRole,
  stage: Stage,
  bootstrap: readonly HostPort[],
): Promise<void> {
  const { signal, complain, sleep } = stage
  let notes = 0
  while (!signal.aborted) {
    const cluster = clusterOf(bootstrap, role.process)
    // Commits and heartbeats must not wait behind a fetch that waits for records.
    const reading = cluster.another()
    try {
      const group = new GroupMember(cluster, {
        ...{ groupId: role.group, topics: [...byTopic(role.lanes).keys()] },
        ...{ timeoutMs: PATIENCE_MS, sessionTimeoutMs: role.sessionTimeoutMs },
        ...{ rebalanceTimeoutMs: REBALANCE_MS, heartbeatIntervalMs: HEARTBEAT_MS },
      })
      await group.run(async (generation) => {
        const note = () => `${role.process}#${(notes += 1)}`
        await new Turn({ role, stage, cluster, reading, generation, note }).run()
        return 'go-on'
      }, signal)
    } catch (thrown) {
      complain(thrown)
      await sleep(AGAIN_MS)
    }
    await Promise.all([cluster.close(), reading.close()])
  }
}

interface TurnOptions {
  readonly role: MemberRole
  readonly stage: Stage
  readonly cluster: Cluster
  /** Its connections are for fetches alone. */
  readonly reading: Cluster
  readonly generation: Generation
  readonly note: () => string
}

/** One generation. */
class Turn {
  readonly #options: TurnOptions
  readonly #lanes: readonly OwnLane[]
  /** Offsets to commit, by lane. */
  #dirty = new Map<OwnLane, number>()
  #committedMs = 0

  constructor(options: TurnOptions) {
    this.#options = options
    const { assignment } = options.generation
    this.#lanes = [...byTopic(options.role.lanes)].flatMap(([topic, lanes]) =>
      lanes.filter(({ partition }) => assignment.get(topic)?.includes(partition)),
    )
  }

  async run(): Promise<void> {
    const { stage, generation, cluster, role } = this.#options
    const { memberId, id, signal } = generation
    stage.say(['assigned', memberId, id, this.#lanes.map(({ index }) => index)])
    try {
      const positions = await this.#positions(new GroupAdmin(cluster, { timeoutMs: PATIENCE_MS }))
      const topics = [...byTopic(role.lanes).keys()]
      if (!signal.aborted) await Promise.all(topics.map((topic) => this.#consume(topic, positions)))
      await untilAborted(signal)
    } catch (thrown) {
      stage.complain(thrown)
      await untilAborted(signal)
    } finally {
      for (const { index } of this.#lanes) stage.say(['position', 'revoked', index, null])
    }
  }

  async #positions(admin: GroupAdmin): Promise<ReadonlyMap<OwnLane, number>> {
    const { role, stage } = this.#options
    const committed = await admin.committed(role.group)
    return new Map(
      this.#lanes.map((lane) => {
        const offset = committed.get(lane.topic)?.get(lane.partition)?.offset ?? 0
        stage.say(['position', 'assigned', lane.index, offset])
        return [lane, offset]
      }),
    )
  }

  async #consume(topic: string, positions: ReadonlyMap<OwnLane, number>): Promise<void> {
    const { reading, generation, stage } = this.#options
    const own = [...positions].filter(([lane]) => lane.topic === topic)
    const start = own.map(([{ partition }, offset]) => ({ partition, offset, end: null }))
    const laneOf = (partition: number) => own.find(([lane]) => lane.partition === partition)?.[0]
    const take = async (partition: number, batch: ReadableBatch) => {
      const lane = laneOf(partition)
      if (lane) await this.#take(lane, batch)
      return 'go-on' as const
    }
    const options = {
      ...{ topic, committed: false, timeoutMs: PATIENCE_MS },
      onGap: ({ partition, to }: { partition: number; to: number }) => {
        const lane = laneOf(partition)
        if (lane) stage.say(['position', 'seek', lane.index, to])
      },
    }
    await fetchFrom(reading, options, start, take, generation.signal)
  }

  async #take(lane: OwnLane, batch: ReadableBatch): Promise<void> {
    const { stage, role } = this.#options
    const { offsets, ids, keys } = contentOf(batch)
    const [first, last] = [offsets[0], offsets.at(-1)]
    if (first === undefined || last === undefined) return
    if (role.tellsRecords) stage.say(['poll', lane.index, offsets, ids, keys])
    else for (const [from, to] of rows(offsets)) stage.say(['processed', lane.index, from, to])
    this.#dirty.set(lane, batch.nextOffset)
    if (hostClock.monotonicMs() - this.#committedMs >= COMMIT_EVERY_MS) await this.#commit()
  }

  async #commit(): Promise<void> {
    const { stage, generation, note } = this.#options
    this.#committedMs = hostClock.monotonicMs()
    const dirty = [...this.#dirty]
    this.#dirty = new Map()
    const notes = new Map<string, string>()
    const offsets = new Map<string, Map<number, number>>()
    for (const [{ topic, partition, index }, offset] of dirty) {
      const metadata = note()
      notes.set(`${topic} ${partition}`, metadata)
      offsets.set(topic, (offsets.get(topic) ?? new Map<number, number>()).set(partition, offset))
      stage.say(['committing', index, offset, metadata, generation.memberId, generation.id])
    }
    let error: string | null = null
    try {
      await generation.commit(
        offsets,
        (topic, partition) => notes.get(`${topic} ${partition}`) ?? null,
      )
    } catch (thrown) {
      // It may have been asked before, and taken, and not answered.
      error = asError(thrown).message
    }
    for (const metadata of notes.values())
      stage.say(['committed', metadata, error === null ? 'ok' : 'unknown', error])
  }
}

/** `first` and `last` of each row of offsets without a gap. */
export function rows(offsets: readonly number[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = []
  for (const offset of offsets) {
    const row = found.at(-1)
    if (row && row[1] + 1 === offset) row[1] = offset
    else found.push([offset, offset])
  }
  return found
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/**
 * `lograft consume --group`: one member of a consumer group, among whatever clients the others are.
 * What its reader has taken is committed, never more: a record may be printed twice when a member
 * dies, and none is passed over.
 */
import { delay } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { Cluster } from '../client/cluster.ts'
import { BrokerError } from '../client/errors.ts'
import { fetchFrom } from '../client/fetcher.ts'
import { GroupAdmin } from '../client/group-admin.ts'
import { GroupMember, type Generation, type Verdict } from '../client/group-member.ts'
import { LATEST, findOffsets } from '../client/offsets.ts'
import { errors } from '../wire/errors.ts'
import { formatOf, refusesContradiction, tellMoved, type ConsumeFlags } from './consume.ts'
import { Printer, onceUntil, tellGap } from './consume-output.ts'
import { catchSignals } from './lifetime.ts'
import { DONE, complain, existingTopic, withCluster } from './session.ts'
import { resolvePosition } from './start-offsets.ts'

/** Kafka's `auto.commit.interval.ms`. */
const COMMIT_INTERVAL_MS = 5_000

type GroupFlags = ConsumeFlags & { readonly group: string }

export async function consumeInGroup(topic: string, flags: GroupFlags): Promise<void> {
  if (refusesContradiction(flags)) return
  const signals = catchSignals()
  await withCluster(flags, async ({ cluster, output }) => {
    await existingTopic(cluster, topic)
    const abort = new AbortController()
    void Promise.race([signals.first, output.gone]).then(() => abort.abort())
    const printer = new Printer(topic, { output, format: formatOf(flags), count: flags.count })
    // So that `group describe` tells several of them apart.
    const own = cluster.another({ clientId: `lograft-consume-${process.pid}` })
    const { group: groupId, timeout: timeoutMs } = flags
    try {
      const member = new GroupMember(own, { groupId, topics: [topic], timeoutMs })
      const reading = new Reading(cluster, { topic, flags, printer })
      await member.run((generation) => reading.during(generation), abort.signal)
    } finally {
      await own.close()
    }
    await output.flush()
    return DONE
  })
}

/** By partition: the offset behind what was printed, and behind what of it is committed. */
interface Progress {
  readonly printed: Map<number, number>
  readonly committed: Map<number, number>
}

class Reading {
  readonly #cluster: Cluster
  readonly #topic: string
  readonly #flags: GroupFlags
  readonly #printer: Printer

  constructor(
    cluster: Cluster,
    given: { readonly topic: string; readonly flags: GroupFlags; readonly printer: Printer },
  ) {
    this.#cluster = cluster
    this.#topic = given.topic
    this.#flags = given.flags
    this.#printer = given.printer
  }

  /** Reads what one generation has, and commits it. */
  async during(generation: Generation): Promise<Verdict> {
    const { signal, assignment } = generation
    const partitions = [...(assignment.get(this.#topic) ?? [])].sort((a, b) => a - b)
    complain(`group ${this.#flags.group}: ${named(partitions)} of ${this.#topic}`)
    const places = await this.#places(partitions)
    const read = new AbortController()
    // Of this generation alone: a reader that is slow may still be taking what the last one had.
    const progress = { printed: new Map<number, number>(), committed: new Map<number, number>() }
    const committing = this.#commitRegularly(generation, progress, read.signal)
    try {
      const { topic, isolation, timeout: timeoutMs, exit } = this.#flagsOf()
      const options = {
        ...{ topic, committed: isolation === 'committed', timeoutMs },
        ...{ onGap: tellGap(topic), onRetry: onceUntil(this.#printer) },
      }
      await fetchFrom(this.#cluster, options, places, this.#printer.sink(progress.printed), signal)
      // Others have it all: its turn comes when one of them goes.
      if (places.length === 0 && !exit) await aborted(signal)
    } finally {
      read.abort()
      await committing
      await this.#commit(generation, progress)
    }
    return signal.aborted ? 'go-on' : 'stop'
  }

  #flagsOf() {
    return { ...this.#flags, topic: this.#topic }
  }

  /** Where the group was, or where it begins; and where to end. */
  async #places(partitions: readonly number[]) {
    const { topic, group, isolation, from: position, timeout: timeoutMs, exit } = this.#flagsOf()
    const committed = isolation === 'committed'
    const admin = new GroupAdmin(this.#cluster, { timeoutMs })
    const offsets = (await admin.offsets(group)).get(topic)
    const fresh = partitions.filter((partition) => offsets?.get(partition) === undefined)
    const query = { topic, committed, timeoutMs }
    const begun = await resolvePosition(this.#cluster, {
      ...{ ...query, partitions: fresh, position, onMoved: tellMoved(topic) },
    })
    const ends = exit
      ? await findOffsets(this.#cluster, { ...query, partitions, timestamp: LATEST })
      : null
    return partitions.map((partition) => ({
      partition,
      offset:
        offsets?.get(partition) ?? begun.find((range) => range.partition === partition)?.from ?? 0,
      end: ends === null ? null : (ends.get(partition) ?? 0),
    }))
  }

  async #commitRegularly(
    generation: Generation,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<void> {
    for (;;) {
      await delay(this.#cluster.clock, COMMIT_INTERVAL_MS, signal)
      if (signal.aborted) return
      // The last one counts, whose failure is that of the command.
      await this.#commit(generation, progress).catch((thrown: unknown) => {
        complain(`${asError(thrown).message}; trying again`)
      })
    }
  }

  async #commit(generation: Generation, { printed, committed }: Progress): Promise<void> {
    const isFresh = ([at, offset]: readonly [number, number]) => committed.get(at) !== offset
    const fresh = new Map([...printed].filter(isFresh))
    if (fresh.size === 0) return
    try {
      await generation.commit(new Map([[this.#topic, fresh]]))
      for (const [partition, offset] of fresh) committed.set(partition, offset)
    } catch (thrown) {
      if (!(thrown instanceof BrokerError) || !LOST.has(thrown.errorCode)) throw thrown
      complain(
        `group ${this.#flags.group} went on without this member: what it printed last may be printed by another one, too`,
      )
    }
  }
}

function named(partitions: readonly number[]): string {
  if (partitions.length === 0) return 'no partition'
  return `partition${partitions.length === 1 ? '' : 's'} ${partitions.join(', ')}`
}

/** The group has gone on. */
const LOST: ReadonlySet<number> = new Set([
  errors.ILLEGAL_GENERATION,
  errors.UNKNOWN_MEMBER_ID,
  errors.REBALANCE_IN_PROGRESS,
  errors.FENCED_INSTANCE_ID,
])

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

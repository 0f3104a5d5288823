/**
 * Carries moves out, wave by wave: so many partitions and bytes at a time, held to the throttle,
 * and each partition back with its preferred leader when its replicas are there. What the cluster
 * says decides what is left to do, so that it can be begun anew after any end; asking twice for the
 * same replicas is asking once.
 */
import { delay } from '../../base/clock.ts'
import type { Cluster } from '../../client/cluster.ts'
import { mayRetry } from '../../client/errors.ts'
import type { ReplicaAdmin, UnderWay } from '../../client/replica-admin.ts'
import { partitionKey } from '../../client/replica-admin.ts'
import { errorName, errors } from '../../wire/errors.ts'
import type { Places, Task } from './standing.ts'
import { bytesOf, nextWave, receivers, standingOf } from './standing.ts'
import type { Tally } from './tally.ts'
import { changeLists } from './throttle.ts'

/**
 * Every partition that has arrived is led anew, so that few at a time disturb clients little; of
 * fifty at once, all stood still for a second.
 */
export const AT_ONCE = 4
const WAVE_BYTES_MAX = 8 * 1024 ** 3
/** Between two looks at what is under way. */
const LOOK_MS = 250
/** Between two looks at how much of it is there. */
const SIZES_MS = 1_000
/** So long what was asked for may not be seen: brokers hear of it one after another. */
const UNSEEN_MS = 10_000
/** So long nobody may answer; then it is for a person to look. */
const AWAY_MS = 600_000

export interface Site {
  readonly cluster: Cluster
  readonly admin: ReplicaAdmin
  readonly isThrottled: boolean
  /** So many partitions are under way at once. */
  readonly atOnce: number
  /** Ends it between two looks; what is under way goes on in the cluster. */
  readonly signal: AbortSignal
  /** After each wave. */
  readonly onWave: () => void
}

export interface NotMoved {
  readonly topic: string
  readonly partition: number
  readonly why: string
}

export class CarryOut {
  readonly #site: Site
  readonly #tasks: readonly Task[]
  readonly #notMoved: NotMoved[] = []
  readonly #bytes: number
  #left: readonly Task[] = []
  #wave: readonly Task[] = []
  /** Of the present wave, by partition. */
  readonly #copied = new Map<string, number>()
  #beganMs = 0
  #bytesBefore = 0
  #looked = -Infinity

  constructor(tasks: readonly Task[], site: Site) {
    this.#tasks = tasks
    this.#site = site
    this.#bytes = tasks.reduce((sum, task) => sum + bytesOf(task), 0)
  }

  get notMoved(): readonly NotMoved[] {
    return this.#notMoved
  }

  get tally(): Tally {
    const open = [...this.#left, ...this.#wave]
    const copied = this.#wave.map((task) => this.#copied.get(partitionKey(task.move)) ?? 0)
    const openBytes = open.reduce((sum, task) => sum + bytesOf(task), 0)
    return {
      movesDone: this.#tasks.length - open.length - this.#notMoved.length,
      moves: this.#tasks.length,
      bytesDone: this.#bytes - openBytes + copied.reduce((sum, bytes) => sum + bytes, 0),
      bytes: this.#bytes,
    }
  }

  /** Of this run, without what was there before it. */
  get ran(): { readonly bytes: number; readonly ms: number } {
    const ms = this.#site.cluster.clock.monotonicMs() - this.#beganMs
    return { bytes: this.tally.bytesDone - this.#bytesBefore, ms }
  }

  /** Resolves when all is done or given up; false: it was ended before. */
  async run(): Promise<boolean> {
    const { signal, cluster, admin, isThrottled, onWave } = this.#site
    const bounds = { partitionsMax: this.#site.atOnce, bytesMax: WAVE_BYTES_MAX }
    this.#left = await this.#open(this.#tasks)
    this.#beganMs = cluster.clock.monotonicMs()
    this.#bytesBefore = this.tally.bytesDone
    // All at once: whoever is asked waits while every controller fsyncs a change of a list.
    const copying = this.#left.filter((task) => receivers(task).length > 0).map(throttledOf)
    if (isThrottled) await changeLists(admin, copying, 'append')
    while (this.#left.length > 0) {
      if (signal.aborted) return false
      this.#wave = nextWave(this.#left, bounds)
      this.#left = this.#left.slice(this.#wave.length)
      await this.#ask()
      if (!(await this.#arrived())) return false
      onWave()
    }
    return true
  }

  /** Those that are not where they shall be. What others have changed is left to them. */
  async #open(tasks: readonly Task[]): Promise<readonly Task[]> {
    const seen = await look(this.#site, tasks)
    return tasks.filter((task) => {
      const standing = standingOf(task, ...seen)
      if (standing === 'gone') this.#giveUp(task, 'it was deleted')
      if (standing === 'changed by others') this.#giveUp(task, 'somebody else moves its replicas')
      return standing === 'to do' || standing === 'under way'
    })
  }

  async #ask(): Promise<void> {
    const wanted = this.#wave.map(({ move: { topic, partition }, target: replicas }) => {
      return { topic, partition, replicas }
    })
    const outcomes = await this.#site.admin.reassign(wanted)
    const refused = outcomes.filter(({ errorCode }) => errorCode !== errors.NONE)
    for (const { errorCode, errorMessage, ...name } of refused) {
      const task = this.#wave.find(({ move }) => partitionKey(move) === partitionKey(name))
      if (task) this.#giveUp(task, `${errorName(errorCode)}: ${errorMessage ?? 'refused'}`)
    }
  }

  /** Until the wave is where it shall be, and led by whom it shall. False: it was ended before. */
  async #arrived(): Promise<boolean> {
    const { signal, cluster, admin } = this.#site
    const unseenSince = new Map<Task, number>()
    const arrived: Task[] = []
    while (this.#wave.length > 0) {
      const seen = await look(this.#site, this.#wave)
      const nowMs = cluster.clock.monotonicMs()
      for (const task of this.#wave) {
        const standing = standingOf(task, ...seen)
        if (standing === 'done') arrived.push(task)
        else if (standing === 'gone') this.#giveUp(task, 'it was deleted')
        else if (standing === 'under way') unseenSince.delete(task)
        else if (nowMs - (unseenSince.get(task) ?? nowMs) > UNSEEN_MS)
          this.#giveUp(task, 'somebody else has taken it back')
        else unseenSince.set(task, unseenSince.get(task) ?? nowMs)
      }
      this.#wave = this.#wave.filter((task) => !arrived.includes(task))
      if (this.#wave.length === 0) break
      await this.#measure(nowMs)
      await delay(cluster.clock, LOOK_MS, signal)
      if (signal.aborted) return false
    }
    // Who cannot be elected yet will be by the controller, which looks every few minutes.
    if (arrived.length > 0)
      await admin.electLeaders(
        'preferred',
        arrived.map(({ move }) => move),
      )
    return true
  }

  /** How much of the wave has been copied. A courtesy: who does not tell is not asked again. */
  async #measure(nowMs: number): Promise<void> {
    if (nowMs - this.#looked < SIZES_MS) return
    this.#looked = nowMs
    const byReceiver = new Map<number, Task[]>()
    for (const task of this.#wave)
      for (const id of receivers(task)) byReceiver.set(id, [...(byReceiver.get(id) ?? []), task])
    const sums = new Map<string, number>()
    for (const [broker, tasks] of byReceiver) {
      const sizes = await this.#site.admin
        .sizesOn(
          broker,
          tasks.map(({ move }) => move),
        )
        .catch(() => new Map<string, number>())
      for (const task of tasks) {
        const key = partitionKey(task.move)
        const whole = bytesOf(task) / receivers(task).length
        sums.set(key, (sums.get(key) ?? 0) + Math.min(whole, sizes.get(key) ?? 0))
      }
    }
    for (const [key, sum] of sums) this.#copied.set(key, sum)
  }

  #giveUp(task: Task, why: string): void {
    const { topic, partition } = task.move
    this.#notMoved.push({ topic, partition, why })
    this.#wave = this.#wave.filter((each) => each !== task)
  }
}

/** What the cluster says of the partitions of these tasks; asked again while it cannot be. */
async function look(
  { cluster, admin, signal }: Site,
  tasks: readonly Task[],
): Promise<readonly [Places, ReadonlyMap<string, UnderWay>]> {
  const topics = [...new Set(tasks.map(({ move }) => move.topic))]
  const sinceMs = cluster.clock.monotonicMs()
  for (;;)
    try {
      // Before places: what ends in between is seen as it was, and looked at again.
      const underWay = await admin.underWay()
      const found = await cluster.metadata(topics)
      return [placesOf(found.topics), new Map(underWay.map((each) => [partitionKey(each), each]))]
    } catch (thrown) {
      // Brokers may be away for longer than a call is tried; moves go on without us.
      const isLate = cluster.clock.monotonicMs() - sinceMs > AWAY_MS
      if (!mayRetry(thrown) || isLate || signal.aborted) throw thrown
      await delay(cluster.clock, LOOK_MS, signal)
    }
}

function placesOf(topics: Awaited<ReturnType<Cluster['metadata']>>['topics']): Places {
  return new Map(
    topics.flatMap(({ name, topicId, partitions }) =>
      name === null
        ? []
        : partitions.map(({ partitionIndex: partition, replicaNodes: replicas }) => {
            return [partitionKey({ topic: name, partition }), { topicId, replicas }] as const
          }),
    ),
  )
}

function throttledOf({ move, target }: Task) {
  const { topic, partition, from, to } = move
  return target === to ? { topic, partition, from, to } : { topic, partition, from: to, to: from }
}

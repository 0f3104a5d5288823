/**
 * Replicas move under load: four brokers, three replicas of everything. In a round all replicas of
 * one broker go to those who have none yet, held to a rate; then the fourth broker, which is no
 * controller, is killed and another one with an empty disk takes its place. Nothing may be lost,
 * and the rate must be kept.
 */
import assert from 'node:assert'
import { asError } from '../../src/base/errors.ts'
import type { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { Client } from '../../test/support/client.ts'
import { dice, type Dice } from '../../test/support/log-text.ts'
import { Ballast, BALLAST } from './ballast.ts'
import { LoadedCluster, sleep } from './loaded-cluster.ts'
import { paceOf, type Pace, type Sample } from './paces.ts'
import { evacuation, reassign, throttle, underWay, type Move } from './reassignments.ts'

/** The broker that is no controller. */
const REPLACEABLE = 4
const MOVED_WITHIN_MS = 120_000
const SAMPLE_MS = 100
/**
 * What may be had at once: a quota is kept over a window, and an answer that is on its way when it
 * is used up is not stopped.
 */
const BURST_SECONDS = 2
const ANSWER_BYTES = 2 << 20

export interface ReassignOptions {
  readonly directory: string
  readonly seed: number
  readonly set: Readonly<Record<string, string>>
  readonly bytesPerSecond: number
}

interface Moved extends Pace {
  readonly to: number
}

export class ReassignRun {
  readonly loaded: LoadedCluster
  readonly #options: ReassignOptions
  readonly #random: Dice
  readonly #ballast: Ballast
  readonly #client: Client
  readonly #moved: Moved[] = []
  readonly #replacedMs: number[] = []

  private constructor(
    options: ReassignOptions,
    parts: { loaded: LoadedCluster; ballast: Ballast; client: Client },
  ) {
    this.#options = options
    this.#random = dice(options.seed)
    this.loaded = parts.loaded
    this.#ballast = parts.ballast
    this.#client = parts.client
  }

  static async start(options: ReassignOptions): Promise<ReassignRun> {
    const { directory, set } = options
    let ballast: Ballast | null = null
    const prepare = async (cluster: ProcessCluster) => {
      ballast = await Ballast.load(cluster)
    }
    const loaded = await LoadedCluster.start({ directory, set, moreBrokers: 1, prepare })
    assert(ballast, 'the ballast was loaded')
    const client = await Client.connect(loaded.cluster.door(1), { clientId: 'admin' })
    return new ReassignRun(options, { loaded, ballast, client })
  }

  /** Replicas are moved away from one broker; then one is replaced. */
  async round(): Promise<{ readonly isSound: boolean; readonly said: string }> {
    const { loaded } = this
    const from = this.#random.pick(loaded.cluster.nodeIds)
    const before = this.#moved.length
    try {
      await this.#evacuate(from)
      if (loaded.isSound) await this.#replace()
    } catch (thrown) {
      loaded.faults.push(`replicas did not move: ${asError(thrown).message}`)
    }
    const moved = this.#moved.slice(before).map((each) => this.#print(each))
    const said = `away from node ${from}: ${moved.join('; ')}; ${this.#printReplacement()}`
    return { isSound: loaded.isSound, said }
  }

  async #evacuate(from: number): Promise<void> {
    const { loaded } = this
    const { cluster, history, faults } = loaded
    const nodes = cluster.nodeIds
    const topics = [loaded.topic, BALLAST]
    if (!(await loaded.becomesWhole('before a reassignment'))) return
    const plans = topics.map((topic) => evacuation(this.#client, { topic, from, nodes }))
    const moves = (await Promise.all(plans)).flat()
    const { bytesPerSecond } = this.#options
    const isThrottled = Number.isFinite(bytesPerSecond)
    if (isThrottled) await throttle(this.#client, [BALLAST], bytesPerSecond)
    history.note('reassign', { from, moves })
    const samples = await this.#sampled(moves, () => reassign(this.#client, moves))
    if (samples === null) {
      faults.push(`replicas were not moved in ${MOVED_WITHIN_MS} ms`)
      return
    }
    history.note('reassigned', { from })
    if (isThrottled) await throttle(this.#client, [BALLAST], null)
    for (const [to, ofNode] of samples) this.#judgePace(to, ofNode)
    await loaded.becomesWhole('after a reassignment')
  }

  /** What the receiving nodes hold of the ballast, until nothing is under way; null: too long. */
  async #sampled(
    moves: readonly Move[],
    begin: () => Promise<void>,
  ): Promise<ReadonlyMap<number, readonly Sample[]> | null> {
    const { history } = this.loaded
    const receivers = new Map<number, number[]>()
    for (const { topic, partition, added } of moves)
      if (topic === BALLAST) receivers.set(added, [...(receivers.get(added) ?? []), partition])
    const samples = new Map([...receivers.keys()].map((node) => [node, [] as Sample[]]))
    const sample = () => {
      for (const [node, partitions] of receivers)
        samples
          .get(node)
          ?.push({ atMs: history.nowMs(), bytes: this.#ballast.bytesOn(node, partitions) })
    }
    const untilMs = history.nowMs() + MOVED_WITHIN_MS
    sample()
    await begin()
    do {
      if (history.nowMs() > untilMs) return null
      await sleep(SAMPLE_MS)
      sample()
    } while ((await underWay(this.#client)) > 0)
    return samples
  }

  #judgePace(to: number, samples: readonly Sample[]): void {
    const { bytesPerSecond } = this.#options
    const pace = paceOf(samples, bytesPerSecond)
    this.#moved.push({ to, ...pace })
    if (pace.excessBytes <= BURST_SECONDS * bytesPerSecond + ANSWER_BYTES) return
    this.loaded.faults.push(
      `node ${to} took ${pace.excessBytes.toFixed(0)} bytes more than ${bytesPerSecond} a second`,
    )
  }

  async #replace(): Promise<void> {
    const { cluster, history } = this.loaded
    const atMs = history.nowMs()
    history.note('replace', { nodeId: REPLACEABLE })
    await cluster.kill(REPLACEABLE)
    await cluster.join(REPLACEABLE)
    if (!(await this.loaded.becomesWhole('after a broker was replaced'))) return
    this.#replacedMs.push(history.nowMs() - atMs)
  }

  async judge(): Promise<void> {
    const { loaded } = this
    await this.#client.close()
    await loaded.judge()
    loaded.faults.push(...(await this.#ballast.check(loaded.cluster.nodeIds)))
  }

  figures(): readonly string[] {
    return [
      'what was moved, beside what a node may take in a second:',
      ...this.#moved.map((each) => `  ${this.#print(each)}`),
      `an empty broker in the place of one that was killed, until all is in sync: ` +
        this.#replacedMs.map((ms) => `${ms.toFixed(0)} ms`).join(', '),
    ]
  }

  #print({ to, bytes, lastedMs, excessBytes }: Moved): string {
    const mb = (count: number) => (count / 1_000_000).toFixed(2)
    const { bytesPerSecond } = this.#options
    const limit = Number.isFinite(bytesPerSecond)
      ? `${mb(bytesPerSecond)} MB/s allowed`
      : 'no limit'
    const rate = lastedMs > 0 ? `${mb((bytes * 1_000) / lastedMs)} MB/s` : 'at once'
    return (
      `${mb(bytes)} MB to node ${to} in ${lastedMs.toFixed(0)} ms: ${rate}, ${limit}, ` +
      `at most ${mb(excessBytes)} MB in one go`
    )
  }

  #printReplacement(): string {
    const ms = this.#replacedMs.at(-1)
    return ms === undefined
      ? 'no broker replaced'
      : `node ${REPLACEABLE} replaced in ${ms.toFixed(0)} ms`
  }
}

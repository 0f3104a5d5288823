/**
 * One run of the quorum's chaos: a cluster of processes, load on it, and round after round a fault
 * of the active controller. It owns all of them and the history; what is wrong is a sentence in
 * `faults`, what could not be found out one in `unknowns`.
 */
import { join } from 'node:path'
import { asError } from '../../src/base/errors.ts'
import { dice, type Dice } from '../../test/support/log-text.ts'
import { ProcessCluster } from '../../test/support/process-cluster.ts'
import { eventually, within } from '../../test/support/within.ts'
import { powerLoss } from '../power.ts'
import { check, settledBefore, type Reading } from './checker.ts'
import { hurtBy, notesOf, type FaultName, type Injury } from './faults.ts'
import { Gap } from './gaps.ts'
import { History, type TopicOperation } from './history.ts'
import { TopicLoad, type Target } from './topic-load.ts'
import { activeController, readTopics } from './views.ts'

/** With a quorum healthy, nothing may take longer. */
const PROGRESS_WITHIN_MS = 30_000
/** What all nodes must have learned after so long. */
const CONVERGED_WITHIN_MS = 30_000
const OPERATIONS_PER_SECOND = 40

export interface RunOptions {
  readonly directory: string
  readonly seed: number
  readonly nodes: number
  readonly electionTimeoutMs: number
  readonly faults: readonly FaultName[]
}

export interface Round {
  readonly fault: FaultName
  readonly victim: number
  /** No quorum was left: the gap is from the beginning of the repair. */
  readonly lostQuorum: boolean
  readonly gapMs: number
}

export class QuorumRun {
  readonly rounds: Round[] = []
  /** What no cluster may do, as sentences. */
  readonly faults: string[] = []
  /** What could not be found out: no proof of anything, and so no success. */
  readonly unknowns: string[] = []
  readonly history: History
  readonly #options: RunOptions
  readonly #random: Dice
  readonly #cluster: ProcessCluster
  readonly #load: TopicLoad
  #gap: Gap | null = null

  private constructor(options: RunOptions, cluster: ProcessCluster) {
    this.#options = options
    this.#cluster = cluster
    this.#random = dice(options.seed)
    this.history = new History(join(options.directory, 'history.jsonl'))
    this.#load = new TopicLoad({
      targets: () => this.#targets(),
      history: this.history,
      random: dice(this.#random.int(0, 0x7fff_ffff)),
      ratePerSecond: OPERATIONS_PER_SECOND,
      onCreated: (operation) => this.#gap?.created(operation),
      onBroken: (error) => void this.faults.push(`an answer that makes no sense: ${String(error)}`),
    })
  }

  /** A cluster that serves, and load on it. */
  static async start(options: RunOptions): Promise<QuorumRun> {
    const watched = options.faults.includes('power')
    const directoryOf = (nodeId: number) => join(options.directory, String(nodeId))
    const cluster = await ProcessCluster.start({
      directory: options.directory,
      voters: options.nodes,
      set: {
        'controller.quorum.election.timeout.ms': options.electionTimeoutMs,
        'log.segment.delete.delay.ms': 100,
        // Small enough that whoever was away for a while needs a snapshot.
        'metadata.log.max.record.bytes.between.snapshots': 20_000,
      },
      nodeArguments: (nodeId) => {
        const directory = directoryOf(nodeId)
        return watched ? powerLoss({ directory, notes: notesOf(directory) }) : []
      },
    })
    const run = new QuorumRun(options, cluster)
    run.#load.start()
    return run
  }

  get shed(): number {
    return this.#load.shed
  }

  /** One fault of the active controller, and its repair; false when something is wrong. */
  async round(): Promise<boolean> {
    const victim = await this.#steady()
    if (victim === null) return false
    await sleep(this.#random.next() * 300)
    const fault = this.#random.pick(this.#options.faults)
    this.history.note('fault', { fault, victim })
    const faultMs = this.history.nowMs()
    const injury = await hurtBy[fault]({
      cluster: this.#cluster,
      victim,
      random: this.#random,
      electionTimeoutMs: this.#options.electionTimeoutMs,
    })
    const whole = this.#cluster.nodeIds.filter((nodeId) => !injury.hurt.includes(nodeId))
    const lostQuorum = whole.length * 2 <= this.#options.nodes
    const gapMs = lostQuorum
      ? await this.#repairedGap(injury, faultMs)
      : await this.#survivedGap(injury, faultMs, new Set(whole))
    if (gapMs !== null) this.rounds.push({ fault, victim, lostQuorum, gapMs })
    this.history.note('healed', { fault, victim, gapMs })
    if (this.#isSound) await this.#check('after the round')
    return this.#isSound
  }

  /** Stops the load, checks everything, and once more after all nodes were killed and started. */
  async finish(): Promise<boolean> {
    await this.#load.stop()
    await this.#cluster.heal()
    await this.#check('at the end')
    await Promise.all(this.#cluster.runningIds.map((nodeId) => this.#cluster.kill(nodeId)))
    await this.#cluster.startAll()
    await this.#check('after a restart of all')
    const exits = await Promise.all(
      this.#cluster.nodeIds.map(async (nodeId) => ({
        nodeId,
        ...(await this.#cluster.stop(nodeId)),
      })),
    )
    for (const { nodeId, code, signal } of exits)
      if (code !== 0) this.faults.push(`node ${nodeId} ended with ${code ?? signal} when stopped`)
    return this.#isSound
  }

  async close(): Promise<void> {
    await this.#cluster[Symbol.asyncDispose]()
    await this.#load.stop()
  }

  get #isSound(): boolean {
    return this.faults.length === 0 && this.unknowns.length === 0
  }

  /** The gap of a fault that left a quorum; null when it did not end. */
  async #survivedGap(
    injury: Injury,
    faultMs: number,
    whole: ReadonlySet<number>,
  ): Promise<number | null> {
    const gapMs = await this.#gapSince(faultMs, (node) => whole.has(node))
    await sleep(injury.lastsMs - (this.history.nowMs() - faultMs))
    await this.#heal(injury)
    return gapMs
  }

  /** The gap of a fault that left no quorum, from the beginning of its repair. */
  async #repairedGap(injury: Injury, faultMs: number): Promise<number | null> {
    await sleep(injury.lastsMs - (this.history.nowMs() - faultMs))
    const repairMs = this.history.nowMs()
    const gap = this.#gapSince(repairMs, () => true)
    await this.#heal(injury)
    return gap
  }

  /** A node that does not come back is a fault. */
  async #heal(injury: Injury): Promise<void> {
    try {
      await injury.heal()
    } catch (thrown) {
      this.faults.push(asError(thrown).message)
      this.#gap?.abandon()
    }
  }

  async #gapSince(sinceMs: number, isHealthy: (node: number) => boolean): Promise<number | null> {
    const gap = new Gap(sinceMs, isHealthy)
    this.#gap = gap
    try {
      return await within(PROGRESS_WITHIN_MS, 'an acknowledged creation', gap.over)
    } catch {
      this.faults.push(`no creation was acknowledged for ${PROGRESS_WITHIN_MS} ms after a fault`)
      return null
    }
  }

  /** Waits until all nodes serve and agree who the active controller is; its id. */
  async #steady(): Promise<number | null> {
    try {
      return await eventually(PROGRESS_WITHIN_MS, 'agreement on the active controller', () => {
        const targets = this.#targets()
        return targets.length === this.#options.nodes ? activeController(targets) : null
      })
    } catch (thrown) {
      const gone = this.#cluster.nodeIds.filter((nodeId) => !this.#cluster.isRunning(nodeId))
      this.faults.push(
        `the nodes do not agree on an active controller: ${String(thrown)}` +
          (gone.length > 0 ? `; nodes ${gone.join()} are gone` : ''),
      )
      return null
    }
  }

  /** Compares what all nodes show with what was answered; asks again until time is up. */
  async #check(when: string): Promise<void> {
    const atMs = this.history.nowMs()
    let anomalies: readonly { readonly sentence: string }[] = []
    let unread = 'nobody was asked'
    try {
      await eventually(CONVERGED_WITHIN_MS, 'agreement of all nodes', async () => {
        const targets = this.#targets()
        unread = 'not all nodes serve'
        if (targets.length < this.#options.nodes) return false
        const readings = await Promise.all(targets.map(readTopics)).catch((thrown: unknown) => {
          unread = String(thrown)
          return null
        })
        if (!readings) return false
        unread = ''
        anomalies = this.#anomalies(readings, atMs)
        return anomalies.length === 0
      })
    } catch {
      if (unread !== '') this.unknowns.push(`${when}, not all nodes could be read: ${unread}`)
      this.faults.push(...anomalies.map(({ sentence }) => `${when}: ${sentence}`))
    }
  }

  #anomalies(readings: readonly Reading[], atMs: number) {
    const { settled, unsettled } = settledBefore(this.history.operations, atMs)
    return check(settled, readings, unsettled)
  }

  #targets(): Target[] {
    return this.#cluster.runningIds.flatMap((nodeId) => {
      const node = this.#cluster.node(nodeId)
      return node.isReady ? [{ node: nodeId, address: node.address }] : []
    })
  }
}

/** How many operations ended how. */
export function tally(operations: readonly TopicOperation[]) {
  const count = (kind: TopicOperation['kind'], outcome: TopicOperation['outcome']) =>
    operations.filter((one) => one.kind === kind && one.outcome === outcome).length
  const of = (kind: TopicOperation['kind']) =>
    `${count(kind, 'ok')} ok, ${count(kind, 'failed')} failed, ${count(kind, 'unknown')} unknown`
  return { creations: of('create'), deletions: of('delete') }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)))

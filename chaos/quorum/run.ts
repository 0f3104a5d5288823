/**
 * One run of the quorum's chaos: round after round a fault of the active controller of a cluster
 * under load, and its repair.
 */
import { join } from 'node:path'
import { asError } from '../../src/base/errors.ts'
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { Machine } from '../../src/chaos/machine/machine.ts'
import { dice, type Dice } from '../../test/support/log-text.ts'
import { hurtBy, type FaultName, type Injury } from './faults.ts'
import { LoadedCluster } from './loaded-cluster.ts'
import type { ChaosRun, Measurement } from './verdict.ts'

export interface RunOptions {
  readonly directory: string
  readonly seed: number
  readonly nodes: number
  readonly electionTimeoutMs: number
  readonly faults: readonly FaultName[]
}

export class QuorumRun implements ChaosRun {
  readonly measured: Measurement[] = []
  readonly loaded: LoadedCluster
  readonly #options: RunOptions
  readonly #random: Dice
  readonly #cluster: ProcessCluster
  /** Whose power may be cut. */
  readonly #machines: ReadonlyMap<number, Machine>

  private constructor(
    options: RunOptions,
    cluster: ProcessCluster,
    machines: ReadonlyMap<number, Machine>,
  ) {
    const { directory, seed } = options
    this.#options = options
    this.#cluster = cluster
    this.#machines = machines
    this.#random = dice(seed)
    const members = () => cluster.nodeIds
    this.loaded = new LoadedCluster({ directory, cluster, random: this.#random, members })
  }

  /** A cluster that serves, and load on it. */
  static async start(options: RunOptions): Promise<QuorumRun> {
    const machines = new Map<number, Machine>()
    if (options.faults.includes('power'))
      for (let id = 1; id <= options.nodes; id += 1) {
        const directory = join(options.directory, String(id))
        const folder = join(options.directory, 'machines', String(id))
        machines.set(id, new Machine({ directory, folder, powerMayBeCut: true }))
      }
    const cluster = await ProcessCluster.start({
      directory: options.directory,
      voters: options.nodes,
      set: {
        'controller.quorum.election.timeout.ms': options.electionTimeoutMs,
        'log.segment.delete.delay.ms': 100,
        // Small enough that whoever was away for a while needs a snapshot.
        'metadata.log.max.record.bytes.between.snapshots': 20_000,
      },
      nodeArguments: (nodeId) => machines.get(nodeId)?.nodeArguments ?? [],
    })
    return new QuorumRun(options, cluster, machines)
  }

  /** One fault of the active controller, and its repair; false when something is wrong. */
  async round(): Promise<boolean> {
    const { history } = this.loaded
    const victim = await this.loaded.steady()
    if (victim === null) return false
    await sleep(this.#random.next() * 300)
    const fault = this.#random.pick(this.#options.faults)
    history.note('fault', { fault, victim })
    const faultMs = history.nowMs()
    const injury = await hurtBy[fault]({
      cluster: this.#cluster,
      victim,
      random: this.#random,
      electionTimeoutMs: this.#options.electionTimeoutMs,
      cutPower: (nodeId) => this.#machines.get(nodeId)?.cutPower(() => this.#random.next()),
    })
    const whole = this.#cluster.nodeIds.filter((nodeId) => !injury.hurt.includes(nodeId))
    const lostQuorum = whole.length * 2 <= this.#options.nodes
    const gapMs = lostQuorum
      ? await this.#repairedGap(injury, faultMs)
      : await this.#survivedGap(injury, faultMs, new Set(whole))
    // Without a quorum, the gap is from the beginning of the repair.
    const kind = lostQuorum ? `${fault}, quorum lost` : fault
    if (gapMs !== null)
      this.measured.push({ kind, what: `${fault} of controller ${victim}`, gapMs })
    history.note('healed', { fault, victim, gapMs })
    if (this.loaded.isSound) await this.loaded.check('after the round')
    return this.loaded.isSound
  }

  /** Stops the load, checks everything, and once more after all nodes were killed and started. */
  async finish(): Promise<boolean> {
    await this.loaded.stopLoad()
    await this.#cluster.heal()
    await this.loaded.check('at the end')
    await Promise.all(this.#cluster.runningIds.map((nodeId) => this.#cluster.kill(nodeId)))
    await this.#cluster.startAll()
    await this.loaded.check('after a restart of all')
    await this.loaded.stopNodes(this.#cluster.nodeIds)
    return this.loaded.isSound
  }

  /** The gap of a fault that left a quorum; null when it did not end. */
  async #survivedGap(
    injury: Injury,
    faultMs: number,
    whole: ReadonlySet<number>,
  ): Promise<number | null> {
    const gapMs = await this.loaded.gapSince(faultMs, (node) => whole.has(node))
    await sleep(injury.lastsMs - (this.loaded.history.nowMs() - faultMs))
    await this.#heal(injury)
    return gapMs
  }

  /** The gap of a fault that left no quorum, from the beginning of its repair. */
  async #repairedGap(injury: Injury, faultMs: number): Promise<number | null> {
    await sleep(injury.lastsMs - (this.loaded.history.nowMs() - faultMs))
    const repairMs = this.loaded.history.nowMs()
    const gap = this.loaded.gapSince(repairMs, () => true)
    await this.#heal(injury)
    return gap
  }

  /** A node that does not come back is a fault. */
  async #heal(injury: Injury): Promise<void> {
    try {
      await injury.heal()
    } catch (thrown) {
      this.loaded.faults.push(asError(thrown).message)
      this.loaded.abandonGap()
    }
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)))

/**
 * Rolling restarts of a cluster under load: each node in turn is asked to stop, ends, comes back,
 * and the next one only when every replica is in sync again. Nobody may notice: no client is given
 * an error, and no partition is without a leader, as metadata tells it, for a single epoch.
 */
import { asError } from '../../src/base/errors.ts'
import { dice, type Dice } from '../../test/support/log-text.ts'
import type { PartitionView } from '../../src/chaos/cluster/view.ts'
import { LoadedCluster, type ClientAck } from './loaded-cluster.ts'
import { printGaps } from './outages.ts'
import { Silences, type Silence } from './silences.ts'

export interface RollingOptions {
  readonly directory: string
  readonly seed: number
  readonly set: Readonly<Record<string, string>>
}

export class RollingRun {
  readonly loaded: LoadedCluster
  readonly #random: Dice
  readonly #handovers: Silence[] = []
  readonly #silences: Silence[] = []
  #watching: Silences | null = null

  private constructor(seed: number, loaded: LoadedCluster) {
    this.#random = dice(seed)
    this.loaded = loaded
  }

  static async start({ directory, seed, set }: RollingOptions): Promise<RollingRun> {
    let run: RollingRun | null = null
    const onAck = (ack: ClientAck) => run?.acked(ack)
    run = new RollingRun(seed, await LoadedCluster.start({ directory, set, onAck }))
    return run
  }

  acked(ack: ClientAck): void {
    if (ack.client === 'probe') this.#watching?.acked(ack)
  }

  /** All nodes, one after the other. */
  async round(): Promise<{ readonly isSound: boolean; readonly said: string }> {
    const before = this.#handovers.length
    const nodes = [...this.loaded.cluster.nodeIds]
    const order = nodes
      .map((nodeId) => ({ nodeId, at: this.#random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ nodeId }) => nodeId)
    for (const nodeId of order) if (!(await this.#restart(nodeId))) break
    return {
      isSound: this.loaded.isSound,
      said: `restart of ${order.join(', ')}, handed over in ${printGaps(this.#handovers.slice(before))}`,
    }
  }

  async #restart(nodeId: number): Promise<boolean> {
    const { loaded } = this
    const { view, history, cluster, faults } = loaded
    if (!(await loaded.becomesWhole('before a restart'))) return false
    const passage = {
      ...{ victim: nodeId, atMs: history.nowMs() },
      led: view.partitions.filter(({ leader }) => leader === nodeId).map(indexOf),
      wasController: view.controller === nodeId,
    }
    const silences = new Silences(passage, view.partitions.map(indexOf))
    this.#watching = silences
    history.note('restart', passage)
    try {
      const { code, signal } = await cluster.stop(nodeId)
      history.note('stopped', { nodeId })
      if (code !== 0) faults.push(`node ${nodeId} ended with ${code ?? signal} when stopped`)
      await cluster.start(nodeId)
      history.note('started', { nodeId })
    } catch (thrown) {
      faults.push(`node ${nodeId} did not come back: ${asError(thrown).message}`)
    }
    const isWhole = await loaded.becomesWhole('after a restart')
    this.#watching = null
    this.#handovers.push(...silences.handovers)
    this.#silences.push(...silences.longest)
    const { missing } = silences
    if (missing.length > 0) faults.push(`partitions ${missing.join()} took nothing in a restart`)
    return isWhole && loaded.isSound
  }

  /** What no restart may do, whatever the records say. */
  async judge(): Promise<void> {
    const { loaded } = this
    await loaded.judge()
    const { sends } = loaded.history
    for (const { producer, number, error } of sends.filter(({ outcome }) => outcome !== 'ok'))
      loaded.faults.push(`an error reached ${producer}, for record ${number}: ${error ?? '?'}`)
    for (const { partition, leaderEpoch } of loaded.leaderless)
      loaded.faults.push(`partition ${partition} had no leader in epoch ${leaderEpoch}`)
  }

  figures(): readonly string[] {
    const of = (wanted: boolean) =>
      this.#handovers.filter(({ wasController }) => wasController === wanted)
    return [
      'without a leader, from the last record that the old one acknowledged to the first of the new:',
      `  node                   ${printGaps(of(false))}`,
      `  and active controller  ${printGaps(of(true))}`,
      'the longest silence of any partition in a restart, the start of a process included:',
      `  all partitions         ${printGaps(this.#silences)}`,
    ]
  }
}

const indexOf = ({ partition }: PartitionView) => partition

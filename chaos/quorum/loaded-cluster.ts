/**
 * A cluster of processes, load on it, and the judgement of both. It owns all of them and the
 * history; what is wrong is a sentence in `faults`, what could not be found out one in `unknowns`.
 * What is done to the cluster meanwhile is somebody else's.
 */
import { join } from 'node:path'
import type { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import type { Dice } from '../../test/support/log-text.ts'
import { dice } from '../../test/support/log-text.ts'
import { eventually, within } from '../../test/support/within.ts'
import { check, settledBefore, type Reading } from './checker.ts'
import { Gap } from './gaps.ts'
import { History, tally } from './history.ts'
import { TopicLoad, type Target } from './topic-load.ts'
import type { Judged } from './verdict.ts'
import { activeController, readTopics } from './views.ts'

/** With a quorum healthy, nothing may take longer. */
const PROGRESS_WITHIN_MS = 30_000
/** What all nodes must have learned after so long. */
const CONVERGED_WITHIN_MS = 30_000
const OPERATIONS_PER_SECOND = 40

export interface LoadedClusterOptions {
  readonly directory: string
  readonly cluster: ProcessCluster
  readonly random: Dice
  /** Those that are part of it at the moment: they serve, and agree with each other. */
  readonly members: () => readonly number[]
}

export class LoadedCluster implements Judged {
  /** What no cluster may do, as sentences. */
  readonly faults: string[] = []
  /** What could not be found out: no proof of anything, and so no success. */
  readonly unknowns: string[] = []
  readonly history: History
  readonly #cluster: ProcessCluster
  readonly #members: () => readonly number[]
  readonly #load: TopicLoad
  #gap: Gap | null = null

  /** The load begins. */
  constructor({ directory, cluster, random, members }: LoadedClusterOptions) {
    this.#cluster = cluster
    this.#members = members
    this.history = new History(join(directory, 'history.jsonl'))
    this.#load = new TopicLoad({
      targets: () => this.#targets(),
      history: this.history,
      random: dice(random.int(0, 0x7fff_ffff)),
      ratePerSecond: OPERATIONS_PER_SECOND,
      onCreated: (operation) => this.#gap?.created(operation),
      onBroken: (error) => void this.faults.push(`an answer that makes no sense: ${String(error)}`),
    })
    this.#load.start()
  }

  get isSound(): boolean {
    return this.faults.length === 0 && this.unknowns.length === 0
  }

  figures(): readonly string[] {
    const { creations, deletions } = tally(this.history.operations)
    const shed = this.#load.shed > 0 ? `; ${this.#load.shed} not even tried` : ''
    return [`creations     ${creations}`, `deletions     ${deletions}${shed}`]
  }

  stopLoad(): Promise<void> {
    return this.#load.stop()
  }

  /** SIGTERM to all that run: each must end in good order. */
  async stopNodes(nodeIds: readonly number[]): Promise<void> {
    const exits = await Promise.all(
      nodeIds.map(async (nodeId) => ({ nodeId, ...(await this.#cluster.stop(nodeId)) })),
    )
    for (const { nodeId, code, signal } of exits)
      if (code !== 0) this.faults.push(`node ${nodeId} ended with ${code ?? signal} when stopped`)
  }

  async close(): Promise<void> {
    await this.#cluster[Symbol.asyncDispose]()
    await this.#load.stop()
  }

  /** From then until a creation through a healthy node is acknowledged; null: it did not end. */
  async gapSince(sinceMs: number, isHealthy: (node: number) => boolean): Promise<number | null> {
    const gap = new Gap(sinceMs, isHealthy)
    this.#gap = gap
    try {
      return await within(PROGRESS_WITHIN_MS, 'an acknowledged creation', gap.over)
    } catch {
      this.faults.push(`no creation was acknowledged for ${PROGRESS_WITHIN_MS} ms after a fault`)
      return null
    }
  }

  abandonGap(): void {
    this.#gap?.abandon()
  }

  /** Waits until all members serve and agree who the active controller is; its id. */
  async steady(): Promise<number | null> {
    try {
      return await eventually(PROGRESS_WITHIN_MS, 'agreement on the active controller', () => {
        const targets = this.#targets()
        return targets.length === this.#members().length ? activeController(targets) : null
      })
    } catch (thrown) {
      const gone = this.#members().filter((nodeId) => !this.#cluster.isRunning(nodeId))
      this.faults.push(
        `the nodes do not agree on an active controller: ${String(thrown)}` +
          (gone.length > 0 ? `; nodes ${gone.join()} are gone` : ''),
      )
      return null
    }
  }

  /** Compares what all members show with what was answered; asks again until time is up. */
  async check(when: string): Promise<void> {
    const atMs = this.history.nowMs()
    let anomalies: readonly { readonly sentence: string }[] = []
    let unread = 'nobody was asked'
    try {
      await eventually(CONVERGED_WITHIN_MS, 'agreement of all nodes', async () => {
        const targets = this.#targets()
        unread = 'not all nodes serve'
        if (targets.length < this.#members().length) return false
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
    return this.#members().flatMap((nodeId) => {
      if (!this.#cluster.isRunning(nodeId)) return []
      const node = this.#cluster.node(nodeId)
      return node.isReady ? [{ node: nodeId, address: node.address }] : []
    })
  }
}

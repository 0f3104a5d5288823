/**
 * A cluster under load, and the judgement of what its clients were told: three nodes, a topic of
 * twelve partitions on three brokers, producers of four makes, a consumer that reads along. What is
 * done to the cluster meanwhile is its users' matter.
 */
import { join } from 'node:path'
import { asError } from '../../src/base/errors.ts'
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import type { ProcessNodeOptions } from '../../src/chaos/cluster/process-node.ts'
import { ClusterView, type PartitionView } from '../../src/chaos/cluster/view.ts'
import { formatHostPort } from '../../src/config/addresses.ts'
import type { Address } from '../../test/support/client.ts'
import { CodeRecorder, type Watch } from './code-recorder.ts'
import { strangeCodes } from './codes.ts'
import { dumpReplicas } from './dumps.ts'
import { History } from './history.ts'
import { faultsIn, judgeRecords, judgeReplicas } from './judging.ts'
import { kcatLoad } from './kcat-load.ts'
import type { Ack } from './outages.ts'
import { Probe } from './probe.ts'
import { kafkajs, librdkafka, type Load, type StartLoad } from './program-load.ts'
import { FollowingReader, readAll, readAllByKcat } from './reader.ts'
import { createSurely } from './topics.ts'

export const TOPIC = 'chaos'
export const PARTITIONS = 12
const VOTERS = 3
const REPLICATION_FACTOR = 3
/** With two of three brokers healthy, nothing may take longer. */
export const PROGRESS_WITHIN_MS = 30_000
const WHOLE_WITHIN_MS = 60_000
const ALL_LOADS: readonly StartLoad[] = [kafkajs, librdkafka, kcatLoad]
/** A client in another language may have to be started first. */
const CLIENTS_WITHIN_MS = 60_000

export interface LoadedClusterOptions {
  readonly directory: string
  readonly set: NonNullable<ProcessNodeOptions['set']>
  /** Nodes that are brokers only, beside the three that are controllers too. */
  readonly moreBrokers?: number
  /** The probe believes the leader alone: a broken promise, for the checker to find. */
  readonly isPlanted?: boolean
  readonly onAck?: (ack: ClientAck) => void
  /** Producers beside the probe; all there are unless told otherwise. */
  readonly loads?: readonly StartLoad[]
  /** Reads along, too. */
  readonly watch?: Watch
  /** What else is to be there before clients come. */
  readonly prepare?: (cluster: ProcessCluster) => Promise<void>
}

/** An acknowledgement of a client, by its client id. */
export interface ClientAck extends Ack {
  readonly client: string
}

export class LoadedCluster {
  /** What no cluster may do, as sentences. */
  readonly faults: string[] = []
  /** What could not be found out: no proof of anything, and so no success. */
  readonly unknowns: string[] = []
  /** Clients that should take part and cannot, with the reason. */
  readonly missing: string[] = []
  /** Epochs of partitions that nobody led. */
  readonly leaderless: PartitionView[] = []
  readonly topic = TOPIC
  readonly cluster: ProcessCluster
  readonly recorder: CodeRecorder
  readonly history: History
  readonly view: ClusterView
  readonly loads: readonly Load[]
  readonly doors: ReadonlyMap<number, Address>
  readonly #probe: Probe
  readonly #reader: FollowingReader

  private constructor(
    { isPlanted = false, loads = ALL_LOADS }: LoadedClusterOptions,
    {
      cluster,
      recorder,
      history,
    }: { cluster: ProcessCluster; recorder: CodeRecorder; history: History },
  ) {
    this.cluster = cluster
    this.recorder = recorder
    this.history = history
    this.doors = new Map(cluster.nodeIds.map((nodeId) => [nodeId, cluster.door(nodeId)]))
    const { doors } = this
    this.view = new ClusterView({
      ...{ topics: [TOPIC], doors, nowMs: () => history.nowMs() },
      onLeader: (view, by) => {
        history.note('leader', { ...view, by })
        if (view.leader < 0) this.leaderless.push(view)
      },
    })
    this.#probe = new Probe({
      ...{ topic: TOPIC, partitions: PARTITIONS, doors, view: this.view, history },
      acks: isPlanted ? 1 : -1,
      onFault: (sentence) => this.faults.push(sentence),
    })
    this.#reader = new FollowingReader({ ...this.#readOptions, reader: 'reader' })
    this.loads = this.#startLoads(loads)
  }

  static async start(options: LoadedClusterOptions): Promise<LoadedCluster> {
    const history = new History(join(options.directory, 'history.jsonl'))
    const producing = new Set<string>()
    const recorder = new CodeRecorder({
      nowMs: () => history.nowMs(),
      onProduced: (ack) => {
        producing.add(ack.client)
        options.onAck?.(ack)
      },
      onOutOfOrder: (client, trail) => history.note('out of order', { client, trail }),
      ...(options.watch && { watch: options.watch }),
    })
    const cluster = await ProcessCluster.start({
      ...{ directory: options.directory, voters: VOTERS, spares: options.moreBrokers ?? 0 },
      set: options.set,
      kafka: { door: (nodeId) => ({ tap: () => recorder.tap(nodeId) }) },
    })
    try {
      for (let more = 1; more <= (options.moreBrokers ?? 0); more += 1)
        await cluster.join(VOTERS + more)
      const replicationFactor = REPLICATION_FACTOR
      await createSurely(cluster.door(1), TOPIC, { partitions: PARTITIONS, replicationFactor })
      await options.prepare?.(cluster)
      const loaded = new LoadedCluster(options, { cluster, recorder, history })
      await loaded.#allProduce(producing)
      return loaded
    } catch (thrown) {
      await cluster[Symbol.asyncDispose]()
      throw thrown
    }
  }

  /** Who has not come up yet would take the machine's time from what is measured. */
  async #allProduce(producing: ReadonlySet<string>): Promise<void> {
    const untilMs = this.history.nowMs() + CLIENTS_WITHIN_MS
    while (this.loads.some(({ name }) => !producing.has(name))) {
      if (this.history.nowMs() > untilMs) {
        const missing = this.loads.filter(({ name }) => !producing.has(name))
        this.unknowns.push(`${missing.map(({ name }) => name).join()} did not begin to produce`)
        return
      }
      await sleep(100)
    }
  }

  #startLoads(wanted: readonly StartLoad[]): readonly Load[] {
    const { history } = this
    const bootstrap = [...this.doors.values()].map(formatHostPort).join()
    const options = { history, bootstrap, topic: TOPIC, partitions: PARTITIONS }
    return wanted.flatMap((start) => {
      const load = start(options)
      if (!('missing' in load)) return [load]
      this.missing.push(`${start.name} ${load.missing}`)
      return []
    })
  }

  get #readOptions() {
    return { topic: TOPIC, partitions: PARTITIONS, bootstrap: [...this.doors.values()] }
  }

  get isSound(): boolean {
    return this.faults.length === 0 && this.unknowns.length === 0
  }

  /** Waits until every replica is in sync again (C19). */
  async becomesWhole(when: string): Promise<boolean> {
    const sinceMs = this.history.nowMs()
    while (!this.view.isWhole) {
      if (this.history.nowMs() - sinceMs > WHOLE_WITHIN_MS) {
        this.faults.push(`${when}, not whole in ${WHOLE_WITHIN_MS} ms:\n${this.view.shown}`)
        return false
      }
      await Promise.race([this.view.news(), sleep(100)])
    }
    return true
  }

  /** No more records are produced, and all that were are answered. */
  async stopLoads(): Promise<void> {
    await Promise.all([this.#probe, ...this.loads].map((load) => load.stop(PROGRESS_WITHIN_MS)))
  }

  /** Stops the load, reads and compares everything. */
  async judge(): Promise<void> {
    await this.cluster.heal()
    const isWhole = await this.becomesWhole('at the end')
    await this.stopLoads()
    this.unknowns.push(...this.loads.flatMap((load) => load.unknowns))
    const final = isWhole ? await readAll({ ...this.#readOptions, reader: 'final reader' }) : []
    const byKcat = isWhole ? await readAllByKcat({ ...this.#readOptions, reader: 'kcat' }) : []
    await this.#reader.stop()
    await this.view.close()
    if (this.#reader.failure !== null)
      this.faults.push(`the reader gave up: ${asError(this.#reader.failure).message}`)
    const readings = { final: [...final, ...byKcat], other: this.#reader.readings }
    const checked = judgeRecords(TOPIC, this.history.sends, readings)
    this.faults.push(...faultsIn(checked))
    this.unknowns.push(...checked.unknowns)
    await this.#compareReplicas(
      new Map(final.map(({ partition, seen }) => [partition, seen.length])),
    )
    this.faults.push(...strangeCodes(this.recorder.told))
    this.unknowns.push(...this.recorder.unreadable)
  }

  async #compareReplicas(highWatermarks: ReadonlyMap<number, number>): Promise<void> {
    const nodes = this.cluster.nodeIds
    const exits = await Promise.all(
      nodes.map(async (nodeId) => ({ nodeId, ...(await this.cluster.stop(nodeId)) })),
    )
    for (const { nodeId, code, signal } of exits)
      if (code !== 0) this.faults.push(`node ${nodeId} ended with ${code ?? signal} when stopped`)
    const directories = new Map(nodes.map((id) => [id, this.cluster.directoryOf(id)]))
    const dumps = await dumpReplicas(directories, { topic: TOPIC, partitions: PARTITIONS })
    const wanted = { highWatermarks, replicas: REPLICATION_FACTOR }
    const checked = judgeReplicas(TOPIC, dumps.logs, wanted)
    this.faults.push(...dumps.faults, ...faultsIn(checked))
    this.unknowns.push(...checked.unknowns)
  }

  async close(): Promise<void> {
    await Promise.all([this.#probe, ...this.loads].map((load) => load.stop(0)))
    await this.#reader.stop()
    await this.view.close()
    await this.cluster[Symbol.asyncDispose]()
    await this.history.close()
  }
}

export const sleep = (ms: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)))

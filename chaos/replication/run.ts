/**
 * One run of the data plane's chaos: round after round a fault of the leader of a partition of a
 * cluster under load, and its repair; at the end everything is read and compared.
 */
import { join } from 'node:path'
import { asError } from '../../src/base/errors.ts'
import { formatHostPort } from '../../src/config/addresses.ts'
import { createTopic } from '../../test/support/calls.ts'
import { Client, type Address } from '../../test/support/client.ts'
import { dice, type Dice } from '../../test/support/log-text.ts'
import { ProcessCluster } from '../../test/support/process-cluster.ts'
import { within } from '../../test/support/within.ts'
import { checkRecords } from './checker.ts'
import { ClusterView } from './cluster-view.ts'
import { CodeRecorder } from './code-recorder.ts'
import { strangeCodes } from './codes.ts'
import { dumpReplicas } from './dumps.ts'
import { hurtBy, type FaultName } from './faults.ts'
import { History } from './history.ts'
import { kcatLoad } from './kcat-load.ts'
import { Outage, type FaultNote } from './outages.ts'
import { Probe } from './probe.ts'
import { kafkajs, librdkafka, type Load } from './program-load.ts'
import { FollowingReader, readAll, readAllByKcat } from './reader.ts'
import { checkReplicas } from './replicas.ts'

const TOPIC = 'chaos'
const PARTITIONS = 12
const NODES = 3
/** With two of three brokers healthy, nothing may take longer. */
const PROGRESS_WITHIN_MS = 30_000
const WHOLE_WITHIN_MS = 60_000

export interface RunOptions {
  readonly directory: string
  readonly seed: number
  readonly sessionTimeoutMs: number
  readonly faults: readonly FaultName[]
}

export interface Round extends FaultNote {
  /** By partition that was led by the victim: ms until the probe was acknowledged again. */
  readonly gaps: ReadonlyMap<number, number>
  /** The same of partitions that the victim only followed. */
  readonly followerGaps: ReadonlyMap<number, number>
}

export class ReplicationRun {
  /** What no cluster may do, as sentences. */
  readonly faults: string[] = []
  /** What could not be found out: no proof of anything, and so no success. */
  readonly unknowns: string[] = []
  readonly rounds: Round[] = []
  readonly recorder: CodeRecorder
  readonly history: History
  readonly #options: RunOptions
  readonly #random: Dice
  readonly #cluster: ProcessCluster
  readonly #doors: ReadonlyMap<number, Address>
  readonly #view: ClusterView
  readonly #probe: Probe
  readonly #reader: FollowingReader
  readonly loads: readonly Load[]
  /** Clients that should take part and cannot, with the reason. */
  readonly missing: string[] = []
  #outages: readonly Outage[] = []

  private constructor(options: RunOptions, cluster: ProcessCluster, recorder: CodeRecorder) {
    this.#options = options
    this.#cluster = cluster
    this.recorder = recorder
    this.#random = dice(options.seed)
    const history = new History(join(options.directory, 'history.jsonl'))
    this.history = history
    const doors = new Map(cluster.nodeIds.map((nodeId) => [nodeId, cluster.door(nodeId)]))
    this.#doors = doors
    this.#view = new ClusterView({
      ...{ topic: TOPIC, doors, nowMs: () => history.nowMs() },
      onLeader: (view, by) => history.note('leader', { ...view, by }),
    })
    this.#probe = new Probe({
      ...{ topic: TOPIC, partitions: PARTITIONS, doors, view: this.#view, history },
      onAck: (ack) => {
        for (const outage of this.#outages) outage.acked(ack)
      },
      onFault: (sentence) => this.faults.push(sentence),
    })
    this.#reader = new FollowingReader({ ...this.#readOptions, reader: 'reader' })
    this.loads = this.#startLoads()
  }

  #startLoads(): readonly Load[] {
    const { history } = this
    const bootstrap = [...this.#doors.values()].map(formatHostPort).join()
    const options = { history, bootstrap, topic: TOPIC, partitions: PARTITIONS }
    return [kafkajs, librdkafka, kcatLoad].flatMap((start) => {
      const load = start(options)
      if (!('missing' in load)) return [load]
      this.missing.push(`${start.name} ${load.missing}`)
      return []
    })
  }

  static async start(options: RunOptions): Promise<ReplicationRun> {
    const recorder = new CodeRecorder()
    const cluster = await ProcessCluster.start({
      directory: options.directory,
      voters: NODES,
      set: { 'broker.session.timeout.ms': options.sessionTimeoutMs },
      kafka: { door: () => ({ tap: () => recorder.tap() }) },
    })
    const client = await Client.connect(cluster.door(1), { clientId: 'admin' })
    await createTopic(client, TOPIC, { partitions: PARTITIONS, replicationFactor: NODES })
    await client.close()
    return new ReplicationRun(options, cluster, recorder)
  }

  get #readOptions() {
    return { topic: TOPIC, partitions: PARTITIONS, bootstrap: [...this.#doors.values()] }
  }

  get isSound(): boolean {
    return this.faults.length === 0 && this.unknowns.length === 0
  }

  /** One fault of the leader of a random partition, and its repair; false: something is wrong. */
  async round(): Promise<boolean> {
    if (!(await this.#isWhole('before a round'))) return false
    await sleep(this.#random.next() * 1_000)
    const partition = this.#random.int(0, PARTITIONS - 1)
    const victim = this.#view.partition(partition)?.leader ?? 1
    const fault = this.#random.pick(this.#options.faults)
    const led = this.#view.partitions.filter(({ leader }) => leader === victim)
    const followed = this.#view.partitions.filter(({ leader }) => leader !== victim)
    const note: FaultNote = {
      ...{ fault, victim, atMs: this.history.nowMs() },
      led: led.map((view) => view.partition),
      followed: followed.map((view) => view.partition),
      wasController: this.#view.controller === victim,
    }
    this.history.note('fault', { ...note })
    const outages = [note.led, note.followed].map((them) => new Outage(note.atMs, them))
    this.#outages = outages
    const injury = hurtBy[fault]({
      ...{ cluster: this.#cluster, victim, random: this.#random },
      sessionTimeoutMs: this.#options.sessionTimeoutMs,
    })
    const over = Promise.all(outages.map((outage) => outage.over))
    const healed = sleep(injury.lastsMs).then(() => injury.heal())
    healed.catch(() => undefined)
    const [gaps, followerGaps] = await this.#progress(over, outages)
    await this.#healed(healed, note)
    this.rounds.push({ ...note, gaps, followerGaps })
    this.history.note('healed', { fault, victim })
    return this.isSound && (await this.#isWhole('after a round'))
  }

  async #progress(
    over: Promise<ReadonlyMap<number, number>[]>,
    outages: readonly Outage[],
  ): Promise<readonly [ReadonlyMap<number, number>, ReadonlyMap<number, number>]> {
    await within(PROGRESS_WITHIN_MS, 'records acknowledged again', over).catch(() => {
      const missing = outages.flatMap((outage) => outage.missing)
      this.faults.push(
        `partitions ${missing.join()} took no records for ${PROGRESS_WITHIN_MS} ms after a fault`,
      )
    })
    for (const outage of outages) outage.giveUp()
    const [gaps, followerGaps] = await over
    return [gaps ?? new Map(), followerGaps ?? new Map()]
  }

  /** A node that does not come back is a fault. */
  async #healed(healed: Promise<void>, { victim }: FaultNote): Promise<void> {
    await healed.catch((thrown: unknown) =>
      this.faults.push(`node ${victim} did not come back: ${asError(thrown).message}`),
    )
  }

  /** Waits until every replica is in sync again (C19). */
  async #isWhole(when: string): Promise<boolean> {
    const sinceMs = this.history.nowMs()
    while (!this.#view.isWhole) {
      if (this.history.nowMs() - sinceMs > WHOLE_WITHIN_MS) {
        this.faults.push(`${when}, not whole in ${WHOLE_WITHIN_MS} ms:\n${this.#view.shown}`)
        return false
      }
      await Promise.race([this.#view.news(), sleep(100)])
    }
    return true
  }

  /** Stops the load, reads and compares everything. */
  async finish(): Promise<void> {
    await this.#cluster.heal()
    const isWhole = await this.#isWhole('at the end')
    await Promise.all([this.#probe, ...this.loads].map((load) => load.stop(PROGRESS_WITHIN_MS)))
    this.unknowns.push(...this.loads.flatMap((load) => load.unknowns))
    const final = isWhole ? await readAll({ ...this.#readOptions, reader: 'final reader' }) : []
    const byKcat = isWhole ? await readAllByKcat({ ...this.#readOptions, reader: 'kcat' }) : []
    await this.#reader.stop()
    await this.#view.close()
    if (this.#reader.failure !== null)
      this.faults.push(`the reader gave up: ${asError(this.#reader.failure).message}`)
    const other = [...this.#reader.readings, ...byKcat]
    const { anomalies, unknowns } = checkRecords(this.history.sends, { final, other })
    this.faults.push(...anomalies.map(({ kind, sentence }) => `${kind}: ${sentence}`))
    this.unknowns.push(...unknowns)
    await this.#compareReplicas(
      new Map(final.map(({ partition, seen }) => [partition, seen.length])),
    )
    this.faults.push(...strangeCodes(this.recorder.told))
    this.unknowns.push(...this.recorder.unreadable)
  }

  async #compareReplicas(highWatermarks: ReadonlyMap<number, number>): Promise<void> {
    const nodes = this.#cluster.nodeIds
    const exits = await Promise.all(
      nodes.map(async (nodeId) => ({ nodeId, ...(await this.#cluster.stop(nodeId)) })),
    )
    for (const { nodeId, code, signal } of exits)
      if (code !== 0) this.faults.push(`node ${nodeId} ended with ${code ?? signal} when stopped`)
    const directories = new Map(nodes.map((id) => [id, this.#cluster.directoryOf(id)]))
    const dumps = await dumpReplicas(directories, { topic: TOPIC, partitions: PARTITIONS })
    this.faults.push(...dumps.faults, ...checkReplicas(dumps.logs, highWatermarks))
  }

  async close(): Promise<void> {
    await Promise.all([this.#probe, ...this.loads].map((load) => load.stop(0)))
    await this.#reader.stop()
    await this.#view.close()
    await this.#cluster[Symbol.asyncDispose]()
    await this.history.close()
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)))

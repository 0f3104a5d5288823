/**
 * Three nodes as processes, one of which has its files damaged while it is down: partitions whose
 * records lie in several segments, a compacted topic, committed offsets, metadata snapshots, and an
 * idempotent producer that goes on all the while. What was acknowledged must be read in the end,
 * once, in its order, from whoever leads.
 */
import assert from 'node:assert'
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { filesOf } from '../../src/chaos/machine/damage.ts'
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { Admin } from '../../src/client/admin.ts'
import { Cluster } from '../../src/client/cluster.ts'
import { fetchFrom } from '../../src/client/fetcher.ts'
import { GroupAdmin } from '../../src/client/group-admin.ts'
import { LATEST, findOffsets } from '../../src/client/offsets.ts'
import { Producer } from '../../src/client/producer.ts'
import { ReplicaAdmin } from '../../src/client/replica-admin.ts'
import { hostClock } from '../../src/host/clock.ts'
import { hostNet } from '../../src/host/net.ts'
import { hostRandom } from '../../src/host/random.ts'
import { tempDir, type TempDir } from './temp-dir.ts'
import type { IncomingResponse } from '../../src/wire/api.ts'
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import { eventually } from './within.ts'

/** Whose files are damaged. It leads nothing that is damaged when it dies. */
export const VICTIM = 3
export const KEPT = 'kept'
const COMPACTED = 'compacted'
const COMPACTED_PARTITIONS = 2
const REPLICAS = 3
export const GROUP = 'readers'
const OFFSETS_TOPIC = '__consumer_offsets'
const WAIT_MS = 60_000
const SEGMENT_BYTES = 16_384
const VALUE_BYTES = 400

const SETTINGS = {
  'auto.leader.rebalance.enable': false,
  'log.flush.offset.checkpoint.interval.ms': 500,
  'log.flush.start.offset.checkpoint.interval.ms': 500,
  'replica.high.watermark.checkpoint.interval.ms': 500,
  'log.cleaner.backoff.ms': 200,
  'log.cleaner.min.cleanable.ratio': 0.01,
  'log.segment.delete.delay.ms': 100,
  'metadata.log.max.record.bytes.between.snapshots': 4_000,
  'offsets.topic.num.partitions': 1,
}

export interface PartitionState {
  readonly topic: string
  readonly partition: number
  readonly leader: number
  readonly isr: readonly number[]
}

export class DamagedCluster implements AsyncDisposable {
  readonly nodes: ProcessCluster
  readonly #temporary: TempDir
  readonly #partitions: number
  readonly #client: Cluster
  readonly #producer: Producer
  /** By partition: what was sent, in its order. */
  readonly #sent: string[][]
  #ordinal = 0
  #loop: Promise<void> | null = null
  #stopping = false
  #commits = 0

  private constructor(
    temporary: TempDir,
    nodes: ProcessCluster,
    partitions: number,
    client: Cluster,
    producer: Producer,
  ) {
    this.#temporary = temporary
    this.nodes = nodes
    this.#partitions = partitions
    this.#client = client
    this.#producer = producer
    this.#sent = Array.from({ length: partitions }, () => [])
  }

  static async start(partitions: number): Promise<DamagedCluster> {
    const temporary = await tempDir('lograft-damage')
    const nodes = await ProcessCluster.start({
      directory: temporary.path,
      voters: 3,
      set: SETTINGS,
      kafka: { door: () => ({}) },
    })
    const bootstrap = () => [1, 2, 3].map((id) => nodes.door(id))
    const ports = { net: hostNet, clock: hostClock, random: hostRandom }
    const options = { bootstrap, clientId: 'damage', requestTimeoutMs: 5_000 }
    const client = new Cluster({ ...ports, ...options })
    const admin = new Admin(client, { timeoutMs: WAIT_MS })
    const kept = { 'segment.bytes': String(SEGMENT_BYTES) }
    await admin.createTopic({
      name: KEPT,
      partitions,
      replicationFactor: REPLICAS,
      configs: entries(kept),
    })
    await admin.createTopic({
      ...{ name: COMPACTED, partitions: COMPACTED_PARTITIONS, replicationFactor: REPLICAS },
      configs: entries({ ...kept, 'cleanup.policy': 'compact' }),
    })
    const producer = await Producer.open(client, {
      ...{ topic: KEPT, partitionCount: partitions, acks: -1, codec: 'none', idempotent: true },
      ...{ batchBytes: 4_096, lingerMs: 5, deliveryTimeoutMs: WAIT_MS },
    })
    return new DamagedCluster(temporary, nodes, partitions, client, producer)
  }

  get directory(): string {
    return this.nodes.directoryOf(VICTIM)
  }

  get group(): GroupAdmin {
    return new GroupAdmin(this.#client, { timeoutMs: WAIT_MS })
  }

  get replicas(): ReplicaAdmin {
    return new ReplicaAdmin(this.#client, { timeoutMs: WAIT_MS })
  }

  // --- load

  /** So many records to each partition. */
  produce(records: number): void {
    for (let count = 0; count < records; count += 1)
      for (let partition = 0; partition < this.#partitions; partition += 1) this.#send(partition)
  }

  #send(partition: number): void {
    const value = `${partition}:${this.#ordinal} `.padEnd(VALUE_BYTES, 'x')
    this.#sent[partition]?.push(value.slice(0, value.indexOf(' ')))
    const record = { value: new TextEncoder().encode(value), timestampMs: hostClock.wallMs() }
    this.#producer.add(record, this.#ordinal, partition)
    this.#ordinal += 1
  }

  /** One record to each partition every 100 ms, and a commit of the group. */
  keepProducing(): void {
    this.#loop = (async () => {
      while (!this.#stopping) {
        await this.#producer.room()
        this.produce(1)
        await this.commit()
        await sleep(100)
      }
    })()
  }

  async commit(): Promise<void> {
    this.#commits += 1
    await this.group.commit(GROUP, new Map([[KEPT, new Map([[0, this.#commits]])]]))
  }

  /** Until all that was sent so far is acknowledged. */
  async acknowledged(): Promise<void> {
    const upTo = this.#ordinal
    await eventually(WAIT_MS, 'acknowledgements', () => {
      assert(this.#producer.failure === null, String(this.#producer.failure?.error))
      return this.#producer.acknowledged >= upTo
    })
  }

  get acknowledgedCount(): number {
    return this.#producer.acknowledged
  }

  /** Keys again and again, so that there is something to compact. */
  async produceKeys(): Promise<void> {
    const producer = await Producer.open(this.#client, {
      ...{ topic: COMPACTED, partitionCount: COMPACTED_PARTITIONS, acks: -1, codec: 'none' },
      ...{ idempotent: true, batchBytes: 4_096, lingerMs: 0, deliveryTimeoutMs: WAIT_MS },
    })
    for (let index = 0; index < 200; index += 1) {
      const key = new TextEncoder().encode(`key ${index % 5}`)
      producer.add({ key, value: new Uint8Array(VALUE_BYTES) }, index, index % 2)
    }
    const { failure } = await producer.finish()
    assert(failure === null)
  }

  // --- the victim

  get isRunning(): boolean {
    return this.nodes.isRunning(VICTIM)
  }

  async kill(): Promise<void> {
    await this.nodes.kill(VICTIM)
  }

  async stop(): Promise<void> {
    await this.nodes.stop(VICTIM)
  }

  /** What the victim printed since it was started last. */
  get printed(): string {
    return this.nodes.node(VICTIM).output
  }

  /** Starts it; null when it serves, its exit code when it does not. */
  async start(): Promise<number | null> {
    const node = this.nodes.spawn(VICTIM)
    const exited = node.exited.then(({ code }) => code ?? -1)
    const ready = this.nodes.ready(VICTIM).then(() => null)
    ready.catch(() => undefined)
    return Promise.race([ready, exited])
  }

  copyDirectory(name: string): string {
    const copy = join(this.#temporary.path, name)
    rmSync(copy, { recursive: true, force: true })
    cpSync(this.directory, copy, { recursive: true })
    return copy
  }

  // --- what is so

  async partitions(topics: readonly string[] = [KEPT, COMPACTED]): Promise<PartitionState[]> {
    return statesIn(await this.#client.call('any', metadata, queryFor(topics)))
  }

  /**
   * Resolves when all are in sync, as every node knows, and the victim's partitions have their own
   * identities: for as long as it has a list of who they are, none needs its `partition.metadata`.
   */
  async whole(): Promise<void> {
    const names = [KEPT, COMPACTED, OFFSETS_TOPIC]
    const count = this.#partitions + COMPACTED_PARTITIONS + 1
    const query = queryFor(names)
    const last = new Map<number, unknown>()
    const isWhole = async (nodeId: number) => {
      // One who was just started, or whose connection was just lost, is asked again.
      const told = await this.#client.call(nodeId, metadata, query).then(statesIn, String)
      const isTold = typeof told === 'object' && told.length === count
      const lacking = isTold ? told.filter(({ isr }) => isr.length < REPLICAS) : told
      last.set(nodeId, lacking)
      return isTold && lacking.length === 0
    }
    const isSo = async () => (await Promise.all(this.nodes.runningIds.map(isWhole))).every(Boolean)
    await eventually(WAIT_MS, 'all replicas to be in sync', isSo).catch((thrown: unknown) => {
      throw new Error(`not in sync: ${JSON.stringify([...last])}\n${this.printed}`, {
        cause: thrown,
      })
    })
    await eventually(WAIT_MS, 'identities of all partitions in their own directories', () =>
      filesOf(this.directory, 'partition-creations').every((path) => {
        // A damaged one, which counts as empty, stays until there is something to write.
        return !readFileSync(path, 'utf8').includes('"partitions":[[')
      }),
    )
  }

  /** Ends the load, and reads everything. */
  async finish(): Promise<void> {
    this.#stopping = true
    await this.#loop
    const { failure } = await this.#producer.finish()
    assert(failure === null, String(failure?.error))
  }

  /** The victim leads every partition that it may lead. */
  async lead(): Promise<void> {
    const partitions = await this.partitions([KEPT])
    const replicas = [VICTIM, 1, 2]
    await this.replicas.reassign(
      partitions.map(({ topic, partition }) => ({ topic, partition, replicas })),
    )
    await this.replicas.electLeaders('preferred', partitions)
    await eventually(WAIT_MS, 'the damaged replicas to lead', async () => {
      const led = (await this.partitions([KEPT])).filter(({ leader }) => leader === VICTIM)
      return led.length > partitions.length / 2
    })
  }

  /** A consumer gets what was acknowledged, once and in its order, and nothing else. */
  async readsRight(): Promise<void> {
    // What is sent from here on may come or not.
    const sent = this.#sent.map((values) => [...values])
    await this.acknowledged()
    const seen = await this.#read()
    sent.forEach((values, partition) => {
      const there = seen[partition] ?? []
      assert.deepEqual(there.slice(0, values.length), values, `records of ${KEPT}-${partition}`)
    })
  }

  /** By partition: what a consumer is given, from the beginning. */
  async #read(): Promise<string[][]> {
    const partitions = Array.from({ length: this.#partitions }, (_, index) => index)
    const query = { topic: KEPT, partitions, timestamp: LATEST, timeoutMs: WAIT_MS }
    const ends = await findOffsets(this.#client, query)
    const seen: string[][] = partitions.map(() => [])
    await fetchFrom(
      this.#client,
      { topic: KEPT, committed: false, timeoutMs: WAIT_MS },
      partitions.map((partition) => ({ partition, offset: 0, end: ends.get(partition) ?? 0 })),
      (partition, { records }) => {
        for (const { value } of records)
          seen[partition]?.push(new TextDecoder().decode(value ?? undefined).split(' ')[0] ?? '')
        return 'go-on'
      },
      new AbortController().signal,
    )
    return seen
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true
    await this.#loop?.catch(() => undefined)
    await this.#client.close()
    await this.nodes[Symbol.asyncDispose]()
    await this.#temporary[Symbol.asyncDispose]()
  }
}

const queryFor = (topics: readonly string[]) => ({
  topics: topics.map((name) => ({ name })),
  allowAutoTopicCreation: false,
})

function statesIn({ topics }: IncomingResponse<typeof metadata>): PartitionState[] {
  return topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex: partition, leaderId: leader, isrNodes: isr }) => {
      return { topic: name ?? '', partition, leader, isr }
    }),
  )
}

const entries = (configs: Readonly<Record<string, string>>) => new Map(Object.entries(configs))

/**
 * What the measures stand on: a broker as its users run it, the bare loop, and processes that make
 * load. Owns all of them and the directory they write to; nothing of it outlives the run.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ProcessNode, type ProcessNodeOptions } from '../src/chaos/cluster/process-node.ts'
import { createTopic, deleteTopic } from '../test/support/calls.ts'
import { Client } from '../test/support/client.ts'
import { Bare } from './bare.ts'
import type { BareOrder } from './bare-loop.ts'
import type { KeyedShape } from './keyed-records.ts'
import { Load } from './load.ts'
import type { Side } from './side.ts'

/** How long everything takes: for a person, or for CI, which only asks whether it runs. */
export interface Pace {
  readonly runMs: number
  /** The same with three replicas: seven processes have to get going on few cores. */
  readonly replicatedRunMs: number
  readonly runs: number
  /** Most bytes of one run: what a disk has to swallow is bounded, too. */
  readonly runBytes: number
  /** What is written and read at the same time, in one run. */
  readonly followBytes: number
  readonly latencyMs: number
  /** From a record's due time to its consumer. */
  readonly endToEndMs: number
  /** Of commits to a cluster, in one run. */
  readonly commitMs: number
  readonly idleMs: number
  readonly starts: number
  readonly idlePartitions: readonly number[]
  readonly idleConnections: number
  /** Partitions of three replicas; each number in a cluster of its own. */
  readonly replicatedPartitions: readonly number[]
  /** How long a cluster with so many is watched doing nothing. */
  readonly replicatedIdleMs: number
  /** Groups whose coordinator is killed. */
  readonly groups: number
  /** What is compacted. */
  readonly compacted: KeyedShape
  /** Of produce load beside moving replicas, in one round; and what is moved in that time. */
  readonly balanceMs: number
  readonly balanceRounds: number
  /** Entries of the metadata log that is recovered. */
  readonly recoveredEntries: number
}

export const UNHURRIED: Pace = {
  runMs: 400,
  replicatedRunMs: 1_500,
  runs: 5,
  runBytes: 400e6,
  followBytes: 150e6,
  latencyMs: 1_500,
  endToEndMs: 3_000,
  commitMs: 3_000,
  idleMs: 3_000,
  starts: 5,
  idlePartitions: [1_000, 5_000],
  idleConnections: 1_000,
  replicatedPartitions: [3, 1_000, 10_000],
  replicatedIdleMs: 10_000,
  groups: 10_000,
  compacted: { records: 2_200_000, keys: 1_000_000, valueBytes: 450 },
  balanceMs: 15_000,
  balanceRounds: 5,
  recoveredEntries: 1_000_000,
}

export const SHORT: Pace = {
  runMs: 40,
  replicatedRunMs: 100,
  runs: 1,
  runBytes: 40e6,
  followBytes: 20e6,
  latencyMs: 100,
  endToEndMs: 100,
  commitMs: 100,
  idleMs: 100,
  starts: 1,
  idlePartitions: [50],
  idleConnections: 20,
  replicatedPartitions: [30],
  replicatedIdleMs: 200,
  groups: 60,
  compacted: { records: 44_000, keys: 20_000, valueBytes: 450 },
  balanceMs: 1_500,
  balanceRounds: 1,
  recoveredEntries: 2_000,
}

/** One that was killed opens ten thousand logs first, beside whatever else the machine does. */
const READY_WITHIN_MS = 300_000

/** What a broker needs while it is measured: topics that are gone when they are deleted. */
const SETTINGS = { 'log.level': 'warn', 'log.segment.delete.delay.ms': 100 }

export class Rig implements AsyncDisposable {
  readonly pace: Pace
  readonly directory: string
  /** Makes the load. */
  readonly load = new Load()
  readonly #others: AsyncDisposable[] = [this.load]
  #broker: ProcessNode | null = null
  #bare: Bare | null = null
  #reader: Load | null = null
  #directories = 0

  constructor(pace: Pace, parent = tmpdir()) {
    this.pace = pace
    this.directory = mkdtempSync(join(parent, 'lograft-bench-'))
  }

  /** The broker that most measures share; started when first asked for. */
  async broker(): Promise<Side> {
    this.#broker ??= await this.startBroker()
    const { address, pid } = this.#broker
    return { name: 'lograft', address, pids: [pid] }
  }

  /** A broker of one measure's own, on an empty directory unless it names one. */
  async startBroker({
    directory = this.freshDirectory(),
    nodeArguments = [],
    set = {},
  }: Partial<ProcessNodeOptions> = {}): Promise<ProcessNode> {
    const settings = { ...SETTINGS, ...set }
    const deadlineMs = READY_WITHIN_MS
    const node = await ProcessNode.start({ directory, set: settings, nodeArguments, deadlineMs })
    this.#others.push(node)
    return node
  }

  async bare(): Promise<Side> {
    return (await this.#bareLoop()).side
  }

  /** Empties the bare loop's file; from now on it keeps batches for fetches, or does not. */
  async resetBare(order: BareOrder = 'forget'): Promise<void> {
    await (await this.#bareLoop()).reset(order)
  }

  async #bareLoop(): Promise<Bare> {
    if (!this.#bare) {
      this.#bare = await Bare.start(join(this.directory, 'bare-loop'))
      this.#others.push(this.#bare)
    }
    return this.#bare
  }

  /** A second load, for what reads while the first one writes. */
  get reader(): Load {
    if (!this.#reader) {
      this.#reader = new Load()
      this.#others.push(this.#reader)
    }
    return this.#reader
  }

  freshDirectory(): string {
    const path = join(this.directory, `data-${(this.#directories += 1)}`)
    mkdirSync(path)
    return path
  }

  /** A topic for the length of `action`. */
  async withTopic<Value>(
    { name, partitions }: { name: string; partitions: number },
    action: () => Promise<Value>,
  ): Promise<Value> {
    const { address } = await this.broker()
    await using client = await Client.connect(address)
    await createTopic(client, name, { partitions })
    try {
      return await action()
    } finally {
      await deleteTopic(client, name)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#others.map((other) => other[Symbol.asyncDispose]()))
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 3 })
  }
}

export const bothSides = async (rig: Rig): Promise<readonly Side[]> => [
  await rig.broker(),
  await rig.bare(),
]

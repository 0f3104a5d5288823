/**
 * What clients notice while a cluster of three brokers grows to four and replicas move to the new
 * one within a throttle, and back again: the p99 of produce with acks=all beside that of the same
 * load just before, in one run. That counts come out even, that the throttle is kept and that
 * taking it back restores every replica in its order is asserted.
 */
import assert from 'node:assert'
import { join } from 'node:path'
import { createTopic, produceBatch, topicMetadata } from '../../test/support/calls.ts'
import { Client } from '../../test/support/client.ts'
import { run } from '../../test/support/command.ts'
import { eventually } from '../../test/support/within.ts'
import { batchOf } from '../../src/cli/bench/requests.ts'
import { Cluster } from '../cluster.ts'
import { ascending, median } from '../compare.ts'
import type { FollowingResult } from '../following-load.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'

const TOPICS = { load: 'balance-load', ballast: 'balance-ballast' } as const
const PARTITIONS = 12
const REPLICAS = 3
const IDS = [1, 2, 3, 4]
const RATE_PER_SECOND = 200
const RECORD_BYTES = 1_000
const BATCH_BYTES = 500_000
/** Of each broker. */
const THROTTLE = 5e6
/** Part of a round that moving is to take: its beginning and end are in it. */
const MOVING_PART = 0.8
/** What may be had at once: half a second's worth, and an answer that is on its way. */
const BURST_BYTES = THROTTLE / 2 + (2 << 20)
const IN_SYNC_WITHIN_MS = 60_000

interface Moved {
  readonly isDone: boolean
  readonly bytesDone: number
  readonly seconds: number
  readonly movesDone: number
}

interface Round {
  readonly before: FollowingResult
  readonly moving: FollowingResult
  readonly moved: Moved
}

export async function measureBalance(rig: Rig): Promise<Row[]> {
  await using cluster = await Cluster.start(rig, { nodes: 3 })
  await using load = new Growing(rig, cluster)
  await load.prepare()
  await cluster.grow(rig)
  const original = await load.places()
  const rounds: Round[] = []
  const shares: string[] = []
  for (let round = 0; round < rig.pace.balanceRounds; round += 1) {
    const plan = join(rig.directory, `moves-${round}.json`)
    rounds.push(await load.round(['--plan', plan]))
    shares.push(load.counts(await load.places()))
    rounds.push(await load.round(['--cancel', '--plan', plan]))
    assert.deepEqual(await load.places(), original, 'cancel restores every replica in its order')
  }
  const evenly = IDS.map(() => (2 * PARTITIONS * REPLICAS) / IDS.length).join()
  for (const share of shares) assert.equal(share, evenly, 'replicas are even')
  return rowsOf(rounds, { before: load.counts(original), after: evenly })
}

class Growing implements AsyncDisposable {
  readonly #rig: Rig
  readonly #cluster: Cluster
  #client: Client | null = null

  constructor(rig: Rig, cluster: Cluster) {
    this.#rig = rig
    this.#cluster = cluster
  }

  get #address() {
    return this.#cluster.node(1).address
  }

  /** Two topics of three replicas: one that is written to, and one that takes time to move. */
  async prepare(): Promise<void> {
    const client = (this.#client = await Client.connect(this.#address))
    for (const name of Object.values(TOPICS))
      await createTopic(client, name, {
        ...{ partitions: PARTITIONS, replicationFactor: REPLICAS },
        // Its records are from a fixed day, long ago.
        configs: { 'retention.ms': -1 },
      })
    await eventually(IN_SYNC_WITHIN_MS, 'all replicas in sync', async () => {
      const found = await Promise.all(
        Object.values(TOPICS).map((name) => topicMetadata(client, name)),
      )
      return found.every(({ partitions }) =>
        partitions.every(({ isrNodes, leaderId }) => leaderId > 0 && isrNodes.length === REPLICAS),
      )
    })
    const movedReplicas = (PARTITIONS * REPLICAS) / IDS.length
    const seconds = (this.#rig.pace.balanceMs / 1000) * MOVING_PART
    const batches = Math.ceil((THROTTLE * seconds) / movedReplicas / BATCH_BYTES)
    const batch = batchOf(RECORD_BYTES, BATCH_BYTES)
    const { partitions } = await topicMetadata(client, TOPICS.ballast)
    for (const { partitionIndex: partition, leaderId } of partitions) {
      await using leader = await Client.connect(this.#cluster.node(leaderId).address)
      for (let sent = 0; sent < batches; sent += 1)
        await produceBatch(leader, { topic: TOPICS.ballast, partition, batch })
    }
    // Compiles and fills caches, and does not count.
    await this.#load()
  }

  /** The replicas of every partition. */
  async places(): Promise<readonly string[]> {
    const client = this.#client
    assert(client, 'it is prepared')
    const found = await Promise.all(
      Object.values(TOPICS).map((name) => topicMetadata(client, name)),
    )
    return found.flatMap(({ name, partitions }) =>
      [...partitions]
        .sort((a, b) => a.partitionIndex - b.partitionIndex)
        .map(
          ({ partitionIndex, replicaNodes }) => `${name}-${partitionIndex} ${replicaNodes.join()}`,
        ),
    )
  }

  /** Replicas of each broker. */
  counts(places: readonly string[]): string {
    const held = places.flatMap((place) => place.split(' ')[1]?.split(',').map(Number) ?? [])
    return IDS.map((id) => held.filter((each) => each === id).length).join()
  }

  /** The load beside a command that moves nothing, and beside one that moves replicas. */
  async round(flags: readonly string[]): Promise<Round> {
    const [before] = await Promise.all([this.#load(), this.#balance(['--dry-run'])])
    const command = this.#balance(['--yes', '--throttle', String(THROTTLE), ...flags])
    const [moving, { code, stdout, stderr }] = await Promise.all([this.#load(), command])
    assert.equal(code, 0, stderr)
    return { before, moving, moved: JSON.parse(stdout.toString()) as Moved }
  }

  /** A process of its own, whose start takes part of a core, too. */
  #balance(flags: readonly string[]) {
    return run(['partition', 'balance', '--json', ...flags], { bootstrap: this.#address })
  }

  #load(): Promise<FollowingResult> {
    return this.#rig.load.run({
      ...{ type: 'following', topic: TOPICS.load, partitions: PARTITIONS },
      bootstrap: [this.#address],
      ...{ recordBytes: RECORD_BYTES, ratePerSecond: RATE_PER_SECOND },
      durationMs: this.#rig.pace.balanceMs,
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client?.close()
  }
}

function rowsOf(
  rounds: readonly Round[],
  counts: { readonly before: string; readonly after: string },
): Row[] {
  const [before, moving] = [
    pooled(rounds.map((round) => round.before)),
    pooled(rounds.map((round) => round.moving)),
  ]
  const ratios = ascending(rounds.map(ratioOf))
  const there = rounds.filter((_, at) => at % 2 === 0).map(({ moved }) => moved)
  for (const { bytesDone, seconds, movesDone } of there)
    assert(
      bytesDone <= THROTTLE * seconds + BURST_BYTES,
      `the throttle is kept: ${movesDone} moves, ${bytesDone} bytes in ${seconds} s`,
    )
  const name = `produce 1 KB at ${RATE_PER_SECOND}/s, acks=all`
  const change = (part: number) => `${before(part).toFixed(1)} ms → ${moving(part).toFixed(1)} ms`
  return [
    { measure: `${name}, p99`, unit: 'ms', value: before(0.99) },
    {
      ...{ measure: `${name}, p99 while replicas move`, unit: 'ms', value: moving(0.99) },
      note: `p50 ${change(0.5)}, p99.9 ${change(0.999)}`,
    },
    {
      ...{ measure: 'p99 while replicas move, times that without', unit: 'times' },
      value: moving(0.99) / before(0.99),
      spread: [ratios[0] ?? 0, ratios.at(-1) ?? 0],
      target: { limit: 1.2, aim: 1.1, better: 'less' },
    },
    {
      ...{ measure: 'replicas moved to a new broker', unit: 'MB/s' },
      value: median(ascending(there.map(({ bytesDone, seconds }) => bytesDone / seconds / 1e6))),
      note: printMoved(there[0], counts),
    },
  ]
}

/** Of all runs together: of one alone the slowest hundredth is thirty records, and all chance. */
function pooled(runs: readonly FollowingResult[]): (part: number) => number {
  const sorted = ascending(runs.flatMap(({ latenciesMs }) => latenciesMs))
  return (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
}

const ratioOf = ({ before, moving }: Round) => moving.latencyMs.p99 / before.latencyMs.p99

function printMoved(
  moved: Moved | undefined,
  { before, after }: { readonly before: string; readonly after: string },
): string {
  const { movesDone = 0, bytesDone = 0 } = moved ?? {}
  return (
    `${THROTTLE / 1e6} MB/s is the throttle; ${movesDone} moves, ` +
    `${Math.round(bytesDone / 1e6)} MB; replicas ${before} → ${after} and back`
  )
}

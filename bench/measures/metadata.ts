/**
 * Changes of metadata: how many a second, how long one takes, and how many of them share an fsync;
 * by one voter and by three, one at a time and 50 at once. A change is one setting of a topic,
 * asked for by a Kafka client at the leader and answered when a majority has it on disk. Beside it,
 * bare fsyncs of as many bytes, one after the other, on the same disk.
 */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { Histogram } from '../../src/cli/bench/histogram.ts'
import { latencyOf } from '../../src/cli/bench/load-result.ts'
import { createTopic, incrementallyAlter, only } from '../../test/support/calls.ts'
import { Client } from '../../test/support/client.ts'
import { syncAlone, type Writes } from '../bare-sync.ts'
import { ascending, median } from '../compare.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'
import { startVoters, syncsOf } from '../voters.ts'

const VOTERS = [1, 3]
const AT_ONCE = [1, 50]
const TOPIC = 2

export async function measureMetadata(rig: Rig): Promise<Row[]> {
  const rows: Row[] = []
  for (const count of VOTERS) {
    await using voters = await startVoters(rig, count)
    const leader = await voters.activeController()
    const node = voters.node(leader)
    const log = join(voters.directoryOf(leader), '__cluster_metadata-0')
    for (const atOnce of AT_ONCE) {
      const name = `metadata by ${count} voter${count > 1 ? 's' : ''}, ${atOnce} at once`
      rows.push(...(await measureOne(rig, { name, node, log, atOnce })))
    }
  }
  return rows
}

interface Case {
  readonly name: string
  readonly node: ProcessNode
  /** The leader's metadata log. */
  readonly log: string
  readonly atOnce: number
}

async function measureOne(rig: Rig, { name, node, log, atOnce }: Case): Promise<Row[]> {
  const { runs, runMs: durationMs } = rig.pace
  await using changers = await Changers.connect(node, atOnce)
  // The first round compiles and fills caches, and tells how large an entry is.
  const sizeBefore = logBytes(log)
  const first = await changers.run(durationMs)
  const bytes = Math.max(1, Math.round((logBytes(log) - sizeBefore) / first.count))
  const ours: Writes[] = []
  const bare: Writes[] = []
  const syncsBefore = await syncsOf(node)
  for (let round = 0; round < runs; round += 1) {
    bare.push(await syncAlone(join(rig.directory, 'bare-sync'), { bytes, durationMs }))
    ours.push(await changers.run(durationMs))
  }
  const syncs = (await syncsOf(node)) - syncsBefore
  const changes = ours.reduce((sum, { count }) => sum + count, 0)
  return [
    rateRow(`${name}, ${bytes} bytes each`, ours, bare),
    ...latencyRows(name, ours, bare),
    { measure: `${name}, of each fsync`, unit: 'changes', value: changes / syncs, bare: 1 },
  ]
}

function rateRow(measure: string, ours: readonly Writes[], bare: readonly Writes[]): Row {
  const rate = ({ count, seconds }: Writes) => count / seconds
  const ratios = ascending(ours.map((one, at) => rate(one) / rate(bare[at] ?? one)))
  return {
    measure,
    unit: 'changes/s',
    value: median(ascending(ours.map(rate))),
    bare: median(ascending(bare.map(rate))),
    ratio: median(ratios),
    spread: [ratios[0] ?? 1, ratios.at(-1) ?? 1],
  }
}

function latencyRows(name: string, ours: readonly Writes[], bare: readonly Writes[]): Row[] {
  const [own, other] = [ours, bare].map((runs) => {
    const all = new Histogram()
    for (const { latency } of runs) all.add(latency)
    return latencyOf(all)
  })
  return (['p50', 'p99'] as const).map((percentile) => ({
    measure: `${name}, latency ${percentile}`,
    unit: 'ms',
    value: own?.[percentile] ?? null,
    ...(other && { bare: other[percentile] }),
  }))
}

function logBytes(directory: string): number {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.log'))
    .reduce((sum, file) => sum + statSync(join(directory, file)).size, 0)
}

/** Clients that each change a topic of their own, again as soon as they are answered. */
class Changers implements AsyncDisposable {
  readonly #clients: readonly Client[]
  #value = 0

  private constructor(clients: readonly Client[]) {
    this.#clients = clients
  }

  static async connect({ address }: ProcessNode, count: number): Promise<Changers> {
    const clients: Client[] = []
    while (clients.length < count) {
      const client = await Client.connect(address)
      await createTopic(client, topicOf(count, clients.length))
      clients.push(client)
    }
    return new Changers(clients)
  }

  async run(durationMs: number): Promise<Writes> {
    const latency = new Histogram()
    const beganMs = performance.now()
    const change = async (client: Client, index: number) => {
      const resource = { resourceType: TOPIC, resourceName: topicOf(this.#clients.length, index) }
      while (performance.now() < beganMs + durationMs) {
        const askedMs = performance.now()
        // Another value each time: what is so already is no change.
        const value = String((this.#value += 1))
        const set = { name: 'retention.ms', configOperation: 0, value }
        const { errorCode } = only(await incrementallyAlter(client, resource, [set]))
        if (errorCode !== 0) throw new Error(`a change was refused: error ${errorCode}`)
        latency.record(performance.now() - askedMs)
      }
    }
    await Promise.all(this.#clients.map(change))
    return { count: latency.count, seconds: (performance.now() - beganMs) / 1000, latency }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()))
  }
}

const topicOf = (atOnce: number, index: number) => `changed-${atOnce}-${index}`

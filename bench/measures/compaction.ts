/**
 * What compaction costs whoever reads meanwhile: a topic of a gigabyte and a million keys, and a
 * consumer that reads it from files, as fast as it can, before, while and after it is compacted.
 * Then all of it is read and compared, record by record, with what must be left.
 */
import type { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import type { LoadResult } from '../../src/cli/bench/load-result.ts'
import {
  batchesIn,
  createTopic,
  fetchPartition,
  incrementallyAlter,
  only,
  produceBatch,
} from '../../test/support/calls.ts'
import { Client } from '../../test/support/client.ts'
import { askProbe } from '../ask-probe.ts'
import { ascending, median } from '../compare.ts'
import type { KeyedShape } from '../keyed-records.ts'
import { LeftOver, batchFrom, nextBatch } from '../keyed-records.ts'
import { statsOf } from '../process-stats.ts'
import type { Rig } from '../rig.ts'
import type { Row } from '../row.ts'
import { fileURLToPath } from 'node:url'

const TOPIC = 'compacted'
const TOPIC_RESOURCE = 2
const WATCH = fileURLToPath(new URL('../loop-delay.ts', import.meta.url))
const SETTINGS = { 'log.level': 'info', 'log.cleaner.backoff.ms': 100 }
const FETCH = { maxBytes: 1 << 20, minBytes: 1, maxWaitMs: 500 }
const READ_BYTES = 8 << 20
const BATCHES_AT_ONCE = 8
/** The first one compiles and fills caches, and does not count. */
const WARM_RUNS = 1
/** Before it is compacted, and as many after that: a machine is not the same all the time. */
const RUNS_WITHOUT = 5
const MB = 1e6
const TIMES_TARGET = { limit: 2, aim: 1.5, better: 'less' } as const
/** `log.cleaner.dedupe.buffer.size`, and what a turn reads and writes. */
const MEMORY_TARGET = { limit: 160, aim: 100, better: 'less' } as const

export async function measureCompaction(rig: Rig): Promise<Row[]> {
  const shape = rig.pace.compacted
  await using node = await rig.startBroker({
    nodeArguments: ['--import', 'tsx', '--import', WATCH],
    set: SETTINGS,
  })
  await using client = await Client.connect(node.address)
  const segmentBytes = Math.min(64 << 20, Math.ceil((shape.records * shape.valueBytes) / 16))
  await createTopic(client, TOPIC, { configs: { 'segment.bytes': segmentBytes } })
  await write(client, shape)
  const reading = new Reading(rig, node, shape)
  const without = (await reading.times(WARM_RUNS + RUNS_WITHOUT)).slice(WARM_RUNS)
  await askProbe(node)
  const compacted = await compact(client, node, reading)
  without.push(...(await reading.times(RUNS_WITHOUT)))
  const left = await compare(client, shape, compacted.endOffset)
  return rowsOf(shape, without, compacted, left)
}

/** All records, a few batches at a time. */
async function write(client: Client, shape: KeyedShape): Promise<void> {
  for (let from = 0; from < shape.records;) {
    const sent: ReturnType<typeof produceBatch>[] = []
    for (; from < shape.records && sent.length < BATCHES_AT_ONCE; from = nextBatch(shape, from))
      sent.push(produceBatch(client, { topic: TOPIC, batch: batchFrom(shape, from) }))
    for (const { errorCode } of await Promise.all(sent))
      if (errorCode !== 0) throw new Error(`a produce failed: ${errorCode}`)
  }
}

/** A consumer that begins again and again, in a process of its own. */
class Reading {
  readonly #run: () => Promise<LoadResult>

  constructor(rig: Rig, { address }: ProcessNode, { records }: KeyedShape) {
    const source = { address, topic: TOPIC, partition: 0, fromOffset: 0 }
    const sources = [{ ...source, untilOffset: Math.ceil(records / 2) }]
    const durationMs = rig.pace.runMs
    this.#run = () =>
      rig.reader.run({ type: 'fetch', ...FETCH, atEnd: 'again', durationMs, sources })
  }

  once(): Promise<LoadResult> {
    return this.#run()
  }

  async times(count: number): Promise<LoadResult[]> {
    const runs: LoadResult[] = []
    while (runs.length < count) runs.push(await this.once())
    return runs
  }

  /** As long as it takes; what was measured until then, the last of it only in part. */
  async until(done: Promise<unknown>): Promise<readonly LoadResult[]> {
    const over = done.then(() => true)
    const runs: LoadResult[] = []
    do runs.push(await this.once())
    while (!(await Promise.race([over, Promise.resolve(false)])))
    return runs.length > 1 ? runs.slice(0, -1) : runs
  }
}

interface Compacted {
  readonly during: readonly LoadResult[]
  readonly endOffset: number
  readonly keys: number
  readonly bytesBefore: number
  readonly bytesAfter: number
  readonly tookMs: number
  readonly addedBytes: number | null
  readonly loop: { readonly p99Ms: number; readonly maxMs: number }
}

async function compact(client: Client, node: ProcessNode, reading: Reading): Promise<Compacted> {
  const memory = new Memory(node)
  const resource = { resourceType: TOPIC_RESOURCE, resourceName: TOPIC }
  const set = { name: 'cleanup.policy', configOperation: 0, value: 'compact' }
  const { errorCode } = only(await incrementallyAlter(client, resource, [set]))
  if (errorCode !== 0) throw new Error(`the topic is not to be compacted: ${errorCode}`)
  const report = untilReported(node)
  const during = await reading.until(report)
  const loop = await askProbe<Compacted['loop']>(node)
  return { ...(await report), during, loop, addedBytes: memory.end() }
}

type Report = Pick<Compacted, 'endOffset' | 'keys' | 'bytesBefore' | 'bytesAfter' | 'tookMs'>

/** What the cleaner says when it is done. */
async function untilReported(node: ProcessNode): Promise<Report> {
  while (node.isRunning) {
    const line = node.output.split('\n').find((one) => one.includes('log compacted'))
    if (line !== undefined) return reportIn(line)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`the broker has ended: ${node.output}`)
}

function reportIn(line: string): Report {
  const field = (name: string) => {
    const value = new RegExp(`"?${name}"?[=:]\\s?(\\d+)`).exec(line)?.[1]
    if (value === undefined) throw new Error(`the cleaner does not say ${name}: ${line}`)
    return Number(value)
  }
  return {
    endOffset: field('endOffset'),
    keys: field('keys'),
    bytesBefore: field('bytesBefore'),
    bytesAfter: field('bytesAfter'),
    tookMs: field('tookMs'),
  }
}

/** The most memory that the broker took since, beyond what it had. */
class Memory {
  readonly #pid: number
  readonly #beforeBytes: number | null
  readonly #timer: NodeJS.Timeout
  #most = 0

  constructor({ pid }: ProcessNode) {
    this.#pid = pid
    this.#beforeBytes = this.#look()
    this.#timer = setInterval(() => this.#look(), 20)
  }

  end(): number | null {
    clearInterval(this.#timer)
    this.#look()
    return this.#beforeBytes === null ? null : this.#most - this.#beforeBytes
  }

  #look(): number | null {
    const bytes = statsOf(this.#pid)?.residentBytes ?? null
    this.#most = Math.max(this.#most, bytes ?? 0)
    return bytes
  }
}

/** Reads all of it, and says how many records it is; throws where it is not what must be left. */
async function compare(client: Client, shape: KeyedShape, cleanedEnd: number): Promise<number> {
  const left = new LeftOver(shape, cleanedEnd)
  for (let offset = 0; ;) {
    const fetching = { topic: TOPIC, offset, partitionMaxBytes: READ_BYTES }
    const { errorCode, bytes, highWatermark } = await fetchPartition(client, fetching)
    if (errorCode !== 0) throw new Error(`a fetch failed: ${errorCode}`)
    for (const batch of batchesIn(bytes)) {
      left.see(batch)
      offset = batch.nextOffset
    }
    if (offset >= highWatermark) break
    if (bytes.byteLength === 0) throw new Error(`nothing at ${offset} of ${highWatermark}`)
  }
  left.end()
  return left.records
}

function rowsOf(
  shape: KeyedShape,
  without: readonly LoadResult[],
  compacted: Compacted,
  left: number,
): Row[] {
  const { during, bytesBefore, bytesAfter, tookMs, addedBytes, loop } = compacted
  const size = `${Math.round(bytesBefore / MB).toLocaleString('en')} MB`
  const name = `compaction, ${size}, ${shape.keys.toLocaleString('en')} keys`
  const middle = (runs: readonly LoadResult[], of: 'p50' | 'p99') =>
    median(ascending(runs.map(({ latencyMs }) => latencyMs[of])))
  const fetched = (of: 'p50' | 'p99'): Row => ({
    measure: `${name}, fetch meanwhile, ${of}`,
    ...{ unit: 'ms', value: middle(during, of), bare: middle(without, of) },
  })
  return [
    {
      measure: name,
      ...{ unit: 'MB/s', value: bytesBefore / tookMs / 1_000 },
      note:
        `${(tookMs / 1_000).toFixed(1)} s, ${Math.round(bytesAfter / MB)} MB left; ` +
        `${left.toLocaleString('en')} records are there, each as it must be`,
    },
    fetched('p50'),
    fetched('p99'),
    {
      measure: `${name}, fetch meanwhile, p99, times that without`,
      ...{ unit: 'times', value: middle(during, 'p99') / middle(without, 'p99') },
      target: TIMES_TARGET,
    },
    { measure: `${name}, event loop late at most`, unit: 'ms', value: loop.maxMs },
    {
      measure: `${name}, memory on top`,
      ...{ unit: 'MB', value: addedBytes === null ? null : addedBytes / MB },
      target: MEMORY_TARGET,
    },
  ]
}

/**
 * `npm run test:crash [-- --rounds 200 --seed N --fsync]`: a real node under load is killed with
 * SIGKILL at random moments, started again and checked, round after round. What must hold: every
 * acknowledged record is there once, at its acknowledged offset; offsets are dense; what a consumer
 * saw has not changed; repeats of unknown batches get the offsets they have; the files of every
 * partition agree with a full scan. The seed decides what is done; when exactly it hits is the
 * machine's. A failing round keeps its directory. Ends with `N passed, N failed`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { asError } from '../src/base/errors.ts'
import { ProcessNode } from '../src/chaos/cluster/process-node.ts'
import type { BatchCursor } from '../src/records/batch.ts'
import { batchesIn, createTopic, deleteTopic, fetchPartition } from '../test/support/calls.ts'
import { listOffset, topicMetadata } from '../test/support/calls.ts'
import { Client } from '../test/support/client.ts'
import { dice, type Dice } from '../test/support/log-text.ts'
import { eventually } from '../test/support/within.ts'
import { errors } from '../src/wire/errors.ts'
import { Ledger } from './ledger.ts'
import { follow, LoadWriter, type Topic } from './load.ts'
import { verifyPartitions } from './verify.ts'

const PARTITIONS = 4
const LATEST = -1
/** A topic is replaced after so many rounds, or reading all of it would take ever longer. */
const ROUNDS_PER_TOPIC = 8
const WRITERS = [
  { id: 0, idempotent: true, acks: -1 },
  { id: 1, idempotent: true, acks: 1 },
  { id: 2, idempotent: true, acks: -1 },
  { id: 3, idempotent: false, acks: 1 },
] as const

/** How a round ends, by weight. */
const ENDINGS = [
  ...Array<'kill'>(14).fill('kill'),
  ...Array<'kill while stopping'>(3).fill('kill while stopping'),
  ...Array<'clean stop'>(1).fill('clean stop'),
] as const

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 0x7fff_ffff)) },
    /** Acknowledge only what is fsynced (flush.messages=1). */
    fsync: { type: 'boolean', default: false },
    /** Print one line per round, also when not on a terminal. */
    verbose: { type: 'boolean', default: false },
  },
})

class CrashRun {
  readonly #directory = mkdtempSync(join(tmpdir(), 'lograft-crash-'))
  readonly #random: Dice
  readonly #faults: string[] = []
  #topic: Topic | null = null
  #writers: LoadWriter[] = []
  #node: ProcessNode | null = null
  #topicsMade = 0
  #retiredRecords = 0
  readonly #recoveriesMs: number[] = []
  readonly #endings = new Map<string, number>()
  readonly figures = { rounds: 0, lost: 0, duplicated: 0, partitionsVerified: 0, segments: 0 }

  constructor(seed: number) {
    this.#random = dice(seed)
  }

  /** One round; false when it found a fault. */
  async round(): Promise<boolean> {
    const node = await this.#startNode()
    await this.#checkTopic(node)
    if (this.figures.rounds % ROUNDS_PER_TOPIC === 0) await this.#replaceTopic(node)
    if (this.#faults.length > 0) return false
    this.figures.rounds += 1
    const ending = await this.#loadAndEnd(node)
    this.#endings.set(ending, (this.#endings.get(ending) ?? 0) + 1)
    this.#verifyFiles(ending)
    return this.#faults.length === 0
  }

  /** The last start: everything is checked once more, and the node stops cleanly. */
  async finish(): Promise<boolean> {
    const node = await this.#startNode()
    await this.#checkTopic(node)
    await this.#stopCleanly(node)
    this.#verifyFiles('clean stop')
    return this.#faults.length === 0
  }

  async #startNode(): Promise<ProcessNode> {
    const set = {
      'log.segment.delete.delay.ms': 100,
      'log.flush.offset.checkpoint.interval.ms': 200,
      'log.flush.scheduler.interval.ms': 50,
    }
    const options = { directory: join(this.#directory, 'data'), set }
    const usualMs = percentile(this.#recoveriesMs, 0.5) ?? 400
    while (this.#random.next() < 0.15) {
      // Dies while it recovers what the death before left.
      const dying = ProcessNode.spawn(options)
      await sleep(this.#random.next() * usualMs * 1.1)
      await dying.kill()
      this.#endings.set('kill while starting', (this.#endings.get('kill while starting') ?? 0) + 1)
    }
    this.#node = await ProcessNode.start(options)
    this.#recoveriesMs.push(this.#node.readyMs)
    return this.#node
  }

  async #loadAndEnd(node: ProcessNode): Promise<string> {
    const topic = this.#topic as Topic
    const stop = new AbortController()
    const events = { fault: (sentence: string) => void this.#faults.push(sentence) }
    const load = Promise.all([
      ...this.#writers.map((writer) => writer.run(node.address, stop.signal)),
      follow(topic, { address: node.address, signal: stop.signal, events }),
    ])
    const ending = this.#random.pick(ENDINGS)
    await Promise.race([sleep(20 + this.#random.next() ** 2 * 1500), load, node.exited])
    if (!node.isRunning) events.fault(`the node exited by itself:\n${node.output}`)
    if (ending === 'clean stop') {
      stop.abort()
      await load
      await this.#stopCleanly(node)
      return ending
    }
    if (ending === 'kill while stopping') {
      node.signal('SIGTERM')
      await sleep(this.#random.next() * 60)
    }
    await node.kill()
    stop.abort()
    await load
    return ending
  }

  async #stopCleanly(node: ProcessNode): Promise<void> {
    const { code, signal } = await node.stop()
    if (code !== 0) this.#faults.push(`a clean stop ended with ${code ?? signal}:\n${node.output}`)
  }

  /** Reads the whole topic and compares it with what was acknowledged. */
  async #checkTopic(node: ProcessNode): Promise<void> {
    if (!this.#topic) return
    const client = await Client.connect(node.address)
    const { name, ledgers } = this.#topic
    for (const ledger of ledgers) {
      const reading = await readWhole(client, name, ledger.partition)
      if (typeof reading === 'string') {
        this.#faults.push(reading)
        continue
      }
      const finding = ledger.check(reading)
      this.figures.lost += finding.lost
      this.figures.duplicated += finding.duplicated
      this.#faults.push(...finding.faults)
    }
    await client.close()
  }

  async #replaceTopic(node: ProcessNode): Promise<void> {
    const client = await Client.connect(node.address)
    const old = this.#topic
    if (old) {
      this.#retiredRecords += acknowledgedIn(old)
      const errorCode = await deleteTopic(client, old.name)
      if (errorCode !== 0) this.#faults.push(`deleting ${old.name}: error ${errorCode}`)
      const after = await topicMetadata(client, old.name)
      if (after.errorCode !== 3) this.#faults.push(`${old.name} was deleted and is still there`)
    }
    const name = `crash-${(this.#topicsMade += 1)}`
    await createTopic(client, name, {
      partitions: PARTITIONS,
      configs: {
        'segment.bytes': this.#random.pick([20_000, 200_000, 2_000_000]),
        'index.interval.bytes': this.#random.pick([0, 500, 4096]),
        'flush.ms': this.#random.pick([50, 500, 60_000]),
        ...(options.fsync ? { 'flush.messages': 1 } : {}),
      },
    })
    await client.close()
    const ledgers = Array.from(
      { length: PARTITIONS },
      (_, partition) => new Ledger(partition, WRITERS),
    )
    const topic = { name, ledgers }
    this.#topic = topic
    const events = { fault: (sentence: string) => void this.#faults.push(sentence) }
    this.#writers = WRITERS.map((writer) => {
      const random = dice(this.#random.int(0, 0x7fff_ffff))
      return new LoadWriter(writer, { topic, random, events })
    })
  }

  #verifyFiles(ending: string): void {
    if (!this.#topic) return
    const { segments, partitions, faults } = verifyPartitions(join(this.#directory, 'data'), {
      topic: this.#topic.name,
      killed: ending !== 'clean stop',
    })
    this.figures.partitionsVerified += partitions
    this.figures.segments = Math.max(this.figures.segments, segments)
    this.#faults.push(...faults.map((fault) => `after a ${ending}: ${fault}`))
  }

  get acknowledged(): number {
    return this.#retiredRecords + (this.#topic ? acknowledgedIn(this.#topic) : 0)
  }

  get recovery(): string {
    const median = percentile(this.#recoveriesMs, 0.5) ?? Number.NaN
    const max = percentile(this.#recoveriesMs, 1) ?? Number.NaN
    return `${median.toFixed(0)} ms median, ${max.toFixed(0)} ms at most`
  }

  get endings(): string {
    return [...this.#endings].map(([ending, count]) => `${count} × ${ending}`).join(', ')
  }

  get faults(): readonly string[] {
    return this.#faults
  }

  /** Ends what runs; the data stays when something is wrong with it. */
  async close(keep: boolean): Promise<void> {
    if (this.#node?.isRunning) await this.#node.kill()
    if (keep) process.stdout.write(`data kept in ${this.#directory}\n`)
    else rmSync(this.#directory, { recursive: true, force: true })
  }
}

/** All batches of a partition, or why they cannot be read. */
async function readWhole(client: Client, topic: string, partition: number) {
  const batches: BatchCursor[] = []
  // After an election the end may be unknown for a moment, and says so (KIP-207).
  await eventually(20_000, `the end offset of ${topic}-${partition}`, async () => {
    const { errorCode } = await listOffset(client, { topic, partition, timestamp: LATEST })
    return errorCode !== errors.OFFSET_NOT_AVAILABLE
  })
  for (let offset = 0; ;) {
    const fetched = await fetchPartition(client, { topic, partition, offset })
    const { errorCode, logStartOffset, highWatermark } = fetched
    if (errorCode !== 0) return `fetching ${topic}-${partition} at ${offset}: error ${errorCode}`
    if (fetched.bytes.byteLength === 0) return { batches, logStartOffset, highWatermark }
    for (const batch of batchesIn(fetched.bytes)) {
      batches.push(batch)
      offset = batch.nextOffset
    }
  }
}

function acknowledgedIn(topic: Topic): number {
  return topic.ledgers.reduce((sum, ledger) => sum + ledger.acknowledgedRecords, 0)
}

function percentile(values: readonly number[], rank: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(rank * sorted.length))] ?? null
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function main(): Promise<number> {
  const rounds = Number(options.rounds)
  const seed = Number(options.seed)
  const variant = options.fsync ? ', every acknowledgement fsynced' : ''
  process.stdout.write(`crash: ${rounds} rounds, seed ${seed}${variant}\n`)
  const run = new CrashRun(seed)
  let passed = 0
  let sound = true
  try {
    while (sound && passed < rounds) {
      sound = await run.round()
      if (sound) passed += 1
      if (options.verbose || passed % 10 === 0 || !sound) {
        process.stdout.write(`round ${run.figures.rounds}: ${run.acknowledged} acknowledged\n`)
      }
    }
    if (sound) sound = await run.finish()
  } catch (thrown) {
    sound = false
    process.stdout.write(`${asError(thrown).stack ?? asError(thrown).message}\n`)
  }
  for (const fault of run.faults.slice(0, 20)) process.stdout.write(`FAULT ${fault}\n`)
  await run.close(!sound)
  const { lost, duplicated, partitionsVerified, segments } = run.figures
  process.stdout.write(
    [
      '',
      `rounds        ${run.figures.rounds} (${run.endings})`,
      `acknowledged  ${run.acknowledged} records`,
      `lost          ${lost}`,
      `duplicated    ${duplicated}`,
      `files         ${partitionsVerified} partition directories agree with a full scan, ` +
        `${segments} segments in the largest topic`,
      `recovery      ${run.recovery}`,
      `verdict       ${sound ? 'nothing acknowledged was lost or repeated' : `FAILED, seed ${seed}`}`,
      '',
      `${passed} passed, ${sound ? 0 : 1} failed`,
      '',
    ].join('\n'),
  )
  return sound ? 0 : 1
}

process.exitCode = await main()

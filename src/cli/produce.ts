/**
 * `lograft produce`: standard input to a topic, line by line, in bounded memory: it reads no faster
 * than the broker acknowledges. Whatever ends it, it says what was acknowledged; a line it cannot
 * read stops it before that line, and everything before is sent.
 */
import { LograftError, asError, isLograftError } from '../base/errors.ts'
import type { Cluster } from '../client/cluster.ts'
import type { ProduceSummary } from '../client/producer.ts'
import { Producer } from '../client/producer.ts'
import { retrying } from '../client/retry.ts'
import { BrokerError } from '../client/errors.ts'
import { hostClock } from '../host/clock.ts'
import { errors } from '../wire/errors.ts'
import type { Codec } from '../records/batch.ts'
import type { ClientFlags } from './client-flags.ts'
import { exitCodes, FORCED } from './exit-codes.ts'
import { explainClient } from './explain-client.ts'
import type { StopSignal } from './lifetime.ts'
import { catchSignals } from './lifetime.ts'
import { lineParser } from './line-record.ts'
import { Lines } from './lines.ts'
import { Progress } from './progress.ts'
import { DONE, complain, lookUp, nearestTopic, unknownTopic, withCluster } from './session.ts'
import { countOf, printBytes, printCount } from './table.ts'

export type Acks = 'all' | '1' | '0'

export interface ProduceFlags extends ClientFlags {
  readonly key?: string
  readonly keySeparator?: Uint8Array
  readonly header?: readonly (readonly [string, string])[]
  readonly null?: string
  readonly tombstones?: true
  readonly partition?: number
  readonly compression: Codec
  readonly acks: Acks
  readonly idempotence: boolean
  readonly create: boolean
  readonly batchSize: number
  readonly linger: number
  readonly timeout: number
}

/** How long a topic that is being created may be without a leader. */
const CREATION_TIMEOUT_MS = 15_000

export async function produceLines(topic: string, flags: ProduceFlags): Promise<void> {
  const wrong = contradiction(flags)
  if (wrong !== null) {
    complain(wrong)
    process.exitCode = exitCodes.usage.code
    return
  }
  const signals = catchSignals()
  await withCluster(flags, async ({ cluster }) => {
    const partitionCount = await partitionsOf(cluster, topic, flags)
    if (flags.partition !== undefined && flags.partition >= partitionCount)
      throw new LograftError(
        'USAGE',
        `--partition ${flags.partition}: ${topic} has ${countOf(partitionCount, 'partition')}, the first is 0`,
      )
    const run = new Run(topic, flags, partitionCount)
    return run.through(cluster, signals.first)
  })
}

function contradiction({ json, keySeparator, key, tombstones, acks, null: marker }: ProduceFlags) {
  const given = [
    json && '--json',
    keySeparator !== undefined && '--key-separator',
    tombstones && '--tombstones',
  ].filter((flag) => typeof flag === 'string')
  if (given.length > 1) return `${given.join(' and ')} contradict each other: how is a line read?`
  if (keySeparator?.byteLength === 0) return '--key-separator must not be empty'
  if (key !== undefined && (keySeparator !== undefined || tombstones))
    return `--key and ${given[0]} contradict each other: both say what the key is`
  if (marker !== undefined && (json || tombstones)) return `--null has no meaning with ${given[0]}`
  return acks === undefined ? '--acks is missing' : null
}

/** How many partitions the topic has; asks for its creation when it does not exist. */
async function partitionsOf(
  cluster: Cluster,
  name: string,
  { create }: ProduceFlags,
): Promise<number> {
  const known = await lookUp(cluster, name)
  if (known) return known.partitions.length
  if (!create) throw await unknownTopic(cluster, name)
  const nearest = await nearestTopic(cluster, name)
  const { clock, random } = cluster
  const topic = await retrying(
    async () => {
      const [found] = (await cluster.metadata([name], { create: true })).topics
      const errorCode = found?.errorCode ?? errors.UNKNOWN_TOPIC_OR_PARTITION
      if (!found || errorCode !== errors.NONE) throw new BrokerError(errorCode, `topic ${name}`)
      return found
    },
    {
      clock,
      random,
      timeoutMs: CREATION_TIMEOUT_MS,
      // A broker that must not create topics says "unknown" for ever.
      isWorthIt: (thrown) =>
        thrown instanceof BrokerError && thrown.errorCode === errors.LEADER_NOT_AVAILABLE,
    },
  ).catch(async (thrown: unknown) => {
    const isUnknown =
      thrown instanceof BrokerError && thrown.errorCode === errors.UNKNOWN_TOPIC_OR_PARTITION
    throw isUnknown ? await unknownTopic(cluster, name) : thrown
  })
  const count = topic.partitions.length
  const meant = nearest === null ? '' : ` (there is a topic ${nearest})`
  complain(`created topic ${name} with ${countOf(count, 'partition')}${meant}`)
  return count
}

/** Each line before it was a record, and all of those are through. */
function badLine(line: number, why: string, verb: string): string {
  const before = line === 2 ? 'line 1 was' : `lines 1 to ${line - 1} were`
  return line === 1
    ? `line 1 is bad (${why}), nothing was sent`
    : `${before} ${verb}, line ${line} is bad (${why}), nothing from there on was sent`
}

/** Why reading ended before the input did. */
type Stop =
  { readonly signal: StopSignal } | { readonly error: Error; readonly line: number | null }

class Run {
  readonly #topic: string
  readonly #flags: ProduceFlags
  readonly #partitionCount: number
  readonly #startedMs = hostClock.monotonicMs()
  #added = 0
  #toldRetry = false

  constructor(topic: string, flags: ProduceFlags, partitionCount: number) {
    this.#topic = topic
    this.#flags = flags
    this.#partitionCount = partitionCount
  }

  async through(cluster: Cluster, signal: Promise<StopSignal>): Promise<number> {
    const progress = new Progress(() => this.#rate(producer.acknowledged, 'acknowledged'))
    const { acks, idempotence, compression, batchSize, linger, timeout } = this.#flags
    const producer = await Producer.open(cluster, {
      topic: this.#topic,
      partitionCount: this.#partitionCount,
      acks: acks === 'all' ? -1 : acks === '1' ? 1 : 0,
      idempotent: idempotence && acks === 'all',
      codec: compression,
      batchBytes: batchSize,
      lingerMs: linger,
      deliveryTimeoutMs: timeout,
      onRetry: (error) => this.#tellRetry(error, progress),
      onFailure: () => process.stdin.destroy(),
    })
    let stop: Stop | null = null
    void signal.then((name) => {
      stop = { signal: name }
      process.stdin.destroy()
    })
    const badLine = await this.#read(producer)
    const summary = await producer.finish()
    progress.stop()
    return this.#conclude(summary, badLine ?? stop)
  }

  /** Reads until the input ends, something fails or a signal comes. */
  async #read(producer: Producer): Promise<Stop | null> {
    const parse = lineParser(this.#format())
    const lines = new Lines()
    const add = (line: Uint8Array): void => {
      const { record, partition } = parse(line, hostClock.wallMs())
      const chosen = this.#flags.partition ?? partition ?? undefined
      if (chosen !== undefined && chosen >= this.#partitionCount)
        throw new LograftError(
          'BAD_INPUT',
          `${this.#topic} has ${countOf(this.#partitionCount, 'partition')}, and none of number ` +
            `${chosen}; \`lograft topic alter ${this.#topic} --partitions ${chosen + 1}\` makes it, ` +
            '--partition sends all lines to one',
        )
      this.#added += 1
      producer.add(record, lines.count, chosen)
    }
    if (process.stdin.isTTY) complain('each line is a record; Ctrl-D ends')
    try {
      for await (const chunk of process.stdin) {
        for (const line of lines.push(chunk as Uint8Array)) add(line)
        if (producer.isFull) await producer.room()
        if (producer.failure !== null) return null
      }
      const last = lines.end()
      if (last !== null) add(last)
    } catch (thrown) {
      const error = asError(thrown) as NodeJS.ErrnoException
      // What destroying the input looks like from here.
      if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') return null
      return { error, line: isLograftError(error) ? lines.count : null }
    }
    return null
  }

  #format() {
    const {
      json = false,
      keySeparator,
      key,
      null: marker,
      tombstones = false,
      header,
    } = this.#flags
    return {
      json,
      keySeparator: keySeparator ?? null,
      key: key ?? null,
      nullMarker: marker ?? null,
      tombstones,
      headers: header ?? [],
    }
  }

  #tellRetry(error: Error, progress: Progress): void {
    if (this.#toldRetry) return
    this.#toldRetry = true
    progress.clear()
    const { timeout } = this.#flags
    complain(`${error.message}; trying again for up to ${Math.round(timeout / 1_000)} s`)
  }

  #conclude(summary: ProduceSummary, stop: Stop | null): number {
    const { acknowledged, failure, firstUnacknowledged } = summary
    const verb = this.#flags.acks === '0' ? 'sent' : 'acknowledged'
    const whole = `${printCount(acknowledged)} of ${countOf(this.#added, 'record')} ${verb}`
    if (failure !== null) {
      const why = explainClient(failure.error, this.#flags.bootstrap) ?? failure.error.message
      const maybe = failure.mayBeAppended
        ? ' What was on its way may be in the log all the same.'
        : ''
      complain(`line ${failure.ordinal}: ${why}`)
      complain(`${whole}; line ${firstUnacknowledged} is the first that was not.${maybe}`)
      return exitCodes.unacknowledged.code
    }
    if (stop !== null && 'error' in stop) {
      if (stop.line !== null) {
        complain(badLine(stop.line, stop.error.message, verb))
        return exitCodes.unacknowledged.code
      }
      complain(`standard input: ${stop.error.message}`)
      complain(`${whole}; nothing was sent from there on.`)
      return exitCodes.failure.code
    }
    if (stop !== null) {
      complain(`${stop.signal}: ${whole}; the rest of the input was not read.`)
      return FORCED[stop.signal]
    }
    if (process.stderr.isTTY) complain(this.#rate(acknowledged, verb, summary.sentBytes))
    return DONE
  }

  #rate(records: number, verb: string, bytes?: number): string {
    const seconds = Math.max(0.001, (hostClock.monotonicMs() - this.#startedMs) / 1_000)
    const size = bytes === undefined ? '' : `, ${printBytes(bytes)}`
    const perSecond = printCount(Math.round(records / seconds))
    return `${countOf(records, 'record')} ${verb}${size} in ${seconds.toFixed(1)} s, ${perSecond} per second`
  }
}

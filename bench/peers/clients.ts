/**
 * The foreign clients that make the load: Kafka's own performance tools, and librdkafka's. Each is
 * a command that is run to its end, and a way to read the figures it prints.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Found } from './maven.ts'

export interface ClientRun {
  readonly megabytesPerSecond: number
  /** As the client reports it; null where it does not. */
  readonly p50Ms: number | null
  readonly p99Ms: number | null
}

export interface Work {
  /** `host:port`. */
  readonly bootstrap: string
  readonly topic: string
  readonly records: number
  readonly acks: 'all' | '1'
  readonly compression: 'none' | 'lz4'
}

export type ForeignClient = (work: Work) => { command: string; args: readonly string[] }

export const RECORD_BYTES = 1_000
const BATCH_BYTES = 100_000
const LINGER_MS = 5
const MIB = 1024 * 1024

/** `org.apache.kafka.tools.ProducerPerformance`, a JVM for each run. */
export function javaProducer(classPath: string): ForeignClient {
  return ({ bootstrap, topic, records, acks, compression }) => ({
    command: 'java',
    args: [
      ...['-cp', classPath, 'org.apache.kafka.tools.ProducerPerformance'],
      ...['--topic', topic, '--num-records', `${records}`, '--record-size', `${RECORD_BYTES}`],
      ...['--throughput', '-1', '--producer-props', `bootstrap.servers=${bootstrap}`],
      ...[`acks=${acks}`, `batch.size=${BATCH_BYTES}`, `linger.ms=${LINGER_MS}`],
      `compression.type=${compression}`,
    ],
  })
}

/** `org.apache.kafka.tools.ConsumerPerformance`; it always uses a group. */
export function javaConsumer(classPath: string): ForeignClient {
  return ({ bootstrap, topic, records }) => ({
    command: 'java',
    args: [
      ...['-cp', classPath, 'org.apache.kafka.tools.ConsumerPerformance'],
      ...['--bootstrap-server', bootstrap, '--topic', topic, '--messages', `${records}`],
      ...['--timeout', '20000', '--hide-header'],
    ],
  })
}

export function rdkafkaProducer(program: string): ForeignClient {
  return ({ bootstrap, topic, records, acks, compression }) => ({
    command: program,
    args: [
      ...['-P', '-t', topic, '-p', '0', '-b', bootstrap, '-q', '-c', `${records}`],
      ...['-s', `${RECORD_BYTES}`, '-a', acks === 'all' ? '-1' : '1', '-z', compression],
      ...['-X', `batch.size=${BATCH_BYTES}`, '-X', `linger.ms=${LINGER_MS}`],
    ],
  })
}

export function rdkafkaConsumer(program: string): ForeignClient {
  return ({ bootstrap, topic, records }) => ({
    command: program,
    args: [
      ...['-C', '-t', topic, '-p', '0', '-b', bootstrap, '-q', '-c', `${records}`],
      ...['-o', 'beginning'],
    ],
  })
}

const EXAMPLE = '/usr/share/doc/librdkafka-dev/examples/rdkafka_performance.c'
const HEADERS = fileURLToPath(new URL('rdkafka/src', import.meta.url))

/** Compiles librdkafka's performance tool, which Debian ships as an example of librdkafka-dev. */
export function rdkafkaPerformance(directory: string): Found<string> {
  if (!existsSync(EXAMPLE)) return { missing: 'librdkafka-dev is not installed' }
  const program = join(directory, 'rdkafka_performance')
  const args = ['-O2', '-w', `-I${HEADERS}`, '-o', program, EXAMPLE, '-lrdkafka', '-lz']
  const { status, stderr, error } = spawnSync('gcc', args, { encoding: 'utf8' })
  if (status === 0) return { found: program }
  return { missing: `rdkafka_performance does not compile: ${error?.message ?? stderr}` }
}

/** What one of the clients said in the end; null when it named no result. */
export function readRun(output: string): ClientRun | null {
  return readJavaProducer(output) ?? readRdkafka(output) ?? readJavaConsumer(output)
}

function readJavaProducer(output: string): ClientRun | null {
  const last = output.match(/^\d+ records sent, .*\d+th\.$/gm)?.at(-1)
  const [, throughput] = /\(([\d.]+) MB\/sec\)/.exec(last ?? '') ?? []
  if (last === undefined || throughput === undefined) return null
  const percentile = (name: string) => Number(new RegExp(`(\\d+) ms ${name}\\b`).exec(last)?.[1])
  return {
    megabytesPerSecond: (Number(throughput) * MIB) / 1e6,
    p50Ms: percentile('50th'),
    p99Ms: percentile('99th'),
  }
}

function readRdkafka(output: string): ClientRun | null {
  const [, throughput] = /in \d+ms: \d+ msgs\/s (?:and |\()([\d.]+) MB\/s/.exec(output) ?? []
  if (throughput === undefined) return null
  return { megabytesPerSecond: Number(throughput), p50Ms: null, p99Ms: null }
}

/** `start, end, MB, MB/s, records, records/s, rebalance ms, fetch ms, fetch MB/s, …`. */
function readJavaConsumer(output: string): ClientRun | null {
  const line = output
    .match(/^\d{4}-\d\d-\d\d .*$/gm)
    ?.at(-1)
    ?.split(', ')
  const fetchThroughput = Number(line?.[8])
  if (!Number.isFinite(fetchThroughput) || fetchThroughput <= 0) return null
  return { megabytesPerSecond: (fetchThroughput * MIB) / 1e6, p50Ms: null, p99Ms: null }
}

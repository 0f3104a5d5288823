/**
 * `npm run bench:peers`: starts Lograft and Apache Kafka and puts the same load of the same foreign
 * clients on both, in turns; prints them side by side. With `--bootstrap HOST:PORT[,NAME[,PID]]`,
 * given once or more, it takes what runs there instead and starts nothing. `--records`, `--rounds`
 * and `--short` say how much; `--json FILE` keeps the figures. What is missing on this machine is
 * skipped aloud; it exits with 77 when nothing at all could be run, and with 1 when a load failed.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { asError } from '../../src/base/errors.ts'
import { KafkaCluster } from '../../src/chaos/cluster/kafka-cluster.ts'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { formatHostPort, type HostPort } from '../../src/config/addresses.ts'
import { tempDir } from '../../test/support/temp-dir.ts'
import {
  javaConsumer,
  javaProducer,
  rdkafkaConsumer,
  rdkafkaPerformance,
  rdkafkaProducer,
} from './clients.ts'
import type { ForeignClient } from './clients.ts'
import { measureCase, warmUp } from './measure.ts'
import type { Case, Figures, Peer, Result } from './measure.ts'
import { kafkaClassPath } from './maven.ts'
import { sideBySide } from './side-by-side.ts'

const SKIPPED = 77

const { values: options } = parseArgs({
  options: {
    bootstrap: { type: 'string', multiple: true, default: [] },
    records: { type: 'string', default: '300000' },
    rounds: { type: 'string', default: '3' },
    /** Proves that it runs, and nothing else. */
    short: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})
const records = options.short ? 5_000 : Number(options.records)
const rounds = options.short ? 1 : Number(options.rounds)

const say = (line: string) => process.stderr.write(`bench:peers: ${line}\n`)

/** `HOST:PORT[,NAME[,PID]]`. */
function readPeer(text: string): Peer {
  const [bootstrap = '', name = bootstrap, pid] = text.split(',')
  return { name, bootstrap, pid: pid === undefined ? null : Number(pid) }
}

/** Lograft, and Kafka where it can be had; they end with `stack`. */
async function startPeers(
  stack: AsyncDisposable[],
  directory: string,
  classPath: string | null,
): Promise<readonly Peer[]> {
  const lograft = await ProcessNode.start({
    directory: `${directory}/lograft`,
    set: { 'log.level': 'warn' },
  })
  stack.push(lograft)
  const peers = [peerOf('lograft', lograft.address, lograft.pid)]
  if (classPath !== null) {
    // As its own scripts start one, with their heap of 1 GB.
    const one = { directory: `${directory}/kafka`, brokers: 1, heapMB: 1_024, classPath }
    const kafka = await KafkaCluster.start(one)
    stack.push(kafka)
    const [address = lograft.address] = kafka.bootstrap
    peers.push(peerOf('kafka', address, kafka.node(1).pid))
  }
  return peers
}

function peerOf(name: string, address: HostPort, pid: number | null): Peer {
  return { name, bootstrap: formatHostPort(address), pid }
}

function casesOf(name: string, producer: ForeignClient, consumer: ForeignClient): readonly Case[] {
  const produce = (acks: 'all' | '1', compression: 'none' | 'lz4'): Case => ({
    name: `${name} produce, acks=${acks}, ${compression}`,
    client: producer,
    ...{ reads: false, acks, compression },
  })
  return [
    produce('1', 'none'),
    produce('all', 'none'),
    produce('all', 'lz4'),
    { ...produce('all', 'none'), name: `${name} consume`, client: consumer, reads: true },
  ]
}

const isFailure = ({ failure, isUnserved }: Result) => failure !== null && !isUnserved

async function main(stack: AsyncDisposable[]): Promise<number> {
  const directory = await tempDir('lograft-peers')
  stack.push(directory)
  const classPath = kafkaClassPath()
  const program = rdkafkaPerformance(directory.path)
  for (const found of [classPath, program]) if ('missing' in found) say(`SKIPPED: ${found.missing}`)
  const java = 'found' in classPath ? classPath.found : null
  const cases = [
    ...(java === null ? [] : casesOf('java', javaProducer(java), javaConsumer(java))),
    ...('found' in program
      ? casesOf('librdkafka', rdkafkaProducer(program.found), rdkafkaConsumer(program.found))
      : []),
  ]
  if (cases.length === 0) return SKIPPED
  const peers =
    options.bootstrap.length > 0
      ? options.bootstrap.map(readPeer)
      : await startPeers(stack, directory.path, java)
  for (const peer of peers) await warmUp(peer, records)
  const figures: Figures[] = []
  for (const one of cases) {
    say(`${one.name} …`)
    figures.push(await measureCase(one, peers, { records, rounds }))
  }
  process.stdout.write(`\n${sideBySide(peers, figures)}`)
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ records, rounds, figures }, null, 2)}\n`)
  return figures.some(({ results }) => results.some(isFailure)) ? 1 : 0
}

const stack: AsyncDisposable[] = []
try {
  process.exitCode = await main(stack)
} catch (thrown) {
  say(asError(thrown).stack ?? asError(thrown).message)
  process.exitCode = 1
} finally {
  // What uses the directory ends before the directory.
  for (const one of stack.reverse()) await one[Symbol.asyncDispose]()
}

/**
 * `npx tsx bench/peers/kafka.ts`: runs Apache Kafka on free ports of this machine, in a directory
 * that is gone afterwards, and prints `kafka ready: HOST:PORT pid N`, until SIGINT or SIGTERM.
 * Exits with 77 where there is no Java or no Maven, and says so: nothing was run, nothing failed.
 */
import { KafkaCluster } from '../../src/chaos/cluster/kafka-cluster.ts'
import { formatHostPort } from '../../src/config/addresses.ts'
import { tempDir } from '../../test/support/temp-dir.ts'
import { kafkaClassPath } from './maven.ts'

const SKIPPED = 77

async function main(): Promise<number> {
  const classPath = kafkaClassPath()
  if ('missing' in classPath) {
    process.stderr.write(`SKIPPED: ${classPath.missing}\n`)
    return SKIPPED
  }
  const stop = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve)
  })
  await using directory = await tempDir('lograft-kafka')
  const one = { directory: directory.path, classPath: classPath.found, brokers: 1, heapMB: 1_024 }
  await using cluster = await KafkaCluster.start(one)
  const at = cluster.bootstrap.map(formatHostPort).join()
  process.stdout.write(`kafka ready: ${at} pid ${cluster.node(1).pid}\n`)
  await stop
  return 0
}

process.exitCode = await main()

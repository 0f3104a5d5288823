// Goal: Kafka's own Java client, unmodified and with its defaults, produces, consumes and
// administers; every result is right by value. The newest one and the last that spoke to ZooKeeper.
// Method: KafkaClient.java and KafkaAdmin.java do what applications do, against a node as users run
// it, and print what came of it; the judging is here. Without a JDK or Maven: skipped, and says so.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CODECS } from '../../src/records/batch.ts'
import {
  batchesIn,
  createTopic,
  fetchPartition,
  only,
  readPartition,
  text,
} from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { javaTools, type JavaTools } from '../support/java.ts'
import { ProcessNode } from '../support/process-node.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

const here = (name: string) => fileURLToPath(new URL(`java/${name}`, import.meta.url))

const BEGIN_MS = 1_700_000_000_000
const RECORDS = 300
const PARTITIONS = 3
const FILLED = 'java-none'
const LOGGING = {
  'org.slf4j.simpleLogger.defaultLogLevel': 'warn',
  'org.slf4j.simpleLogger.log.org.apache.kafka.clients.FetchSessionHandler': 'debug',
}

/** A line of a program's output by its name. */
type Results = ReadonlyMap<string, unknown>

const versions = ['4.1.1', '3.9.1'].map((version) => ({
  version,
  found: javaTools(here('client.pom.xml'), { 'kafka.version': version }),
}))
for (const { version, found } of versions)
  if (typeof found === 'string') process.stderr.write(`java-client ${version}: ${found}: SKIPPED\n`)

describe.each(versions)('kafka-clients $version', ({ found }) => {
  describe.skipIf(typeof found === 'string')('on a node', () => {
    const java = found as JavaTools
    let directory: TempDir
    let node: ProcessNode
    let client: Client
    let results: Results
    let admin: Results
    let log: string

    async function run(
      main: string,
      ...args: string[]
    ): Promise<{ results: Results; log: string }> {
      const { host, port } = node.address
      const ended = await java.run(main, [`${host}:${port}`, ...args], { properties: LOGGING })
      expect(ended.status, ended.stderr).toBe(0)
      const lines = ended.stdout.trimEnd().split('\n')
      const entries = lines.map((line): [string, unknown] => {
        const [name = ''] = line.split(' ', 1)
        return [name, JSON.parse(line.slice(name.length))]
      })
      return { results: new Map(entries), log: ended.stderr }
    }

    beforeAll(async () => {
      java.compile(here('KafkaClient.java'), here('KafkaAdmin.java'))
      directory = await tempDir('lograft-java')
      node = await ProcessNode.start({ directory: join(directory.path, 'data') })
      client = await Client.connect(node.address)
      for (const codec of CODECS)
        await createTopic(client, `java-${codec}`, { partitions: PARTITIONS })
      await createTopic(client, 'java-defaults', { partitions: PARTITIONS })
      await createTopic(client, 'java-acks')
      await createTopic(client, 'java-narrow', { configs: { 'max.message.bytes': 1000 } })
      await createTopic(client, 'java-sessions', { partitions: 20 })
      ;({ results, log } = await run('KafkaClient'))
      ;({ results: admin } = await run('KafkaAdmin', FILLED))
    })
    afterAll(async () => {
      await client.close()
      await node.kill()
      await directory[Symbol.asyncDispose]()
      java.dispose()
    })

    test('x', () => {
      console.log(
        JSON.stringify(
          [...results].map(([k, v]) => [k, JSON.stringify(v).slice(0, 700)]),
          null,
          1,
        ),
      )
      console.log(log.slice(0, 6000))
      console.log(
        JSON.stringify(
          [...admin].map(([k, v]) => [k, JSON.stringify(v).slice(0, 1500)]),
          null,
          1,
        ),
      )
      console.log(
        batchesIn,
        fetchPartition,
        only,
        readPartition,
        text,
        BEGIN_MS,
        RECORDS,
        node.output,
      )
    })
  })
})

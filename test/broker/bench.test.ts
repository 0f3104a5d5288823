// Goal: what `lograft bench` says it wrote is there, what it says it read was there, and a topic it
// made for the run is gone.
// Method: the command as a process, against a real node.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { createTopic, listOffset, readPartition, topicMetadata } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { Command } from '../support/command.ts'
import { LocalNode } from '../support/local-node.ts'
import { tempDir } from '../support/temp-dir.ts'
import { metadata } from '../../src/wire/apis/03-metadata.ts'

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const UNKNOWN_TOPIC_OR_PARTITION = 3

let node: LocalNode
beforeAll(async () => {
  node = await LocalNode.start()
})
afterAll(async () => {
  await node[Symbol.asyncDispose]()
})

interface Result {
  readonly what: string
  readonly records: number
  readonly requests: number
  readonly bytes: number
}

async function bench(...flags: readonly string[]) {
  const { host, port } = node.address
  const address = ['--bootstrap', `${host}:${port}`]
  const child = spawn(process.execPath, [MAIN, 'bench', ...address, ...flags])
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, stdout, stderr }
}

async function resultsOf(...flags: readonly string[]): Promise<readonly Result[]> {
  const { code, stdout, stderr } = await bench('--json', ...flags)
  expect([code, stderr]).toEqual([0, expect.not.stringMatching(/Error/)])
  return JSON.parse(stdout) as Result[]
}

test.each(['all', '1', '0'])('with acks=%s, every record it counts is there', async (acks) => {
  const client = await node.connect()
  const topic = `counted-${acks}`
  const size = ['--record-size', '100', '--batch-size', '1000', '--connections', '3']
  const [produced] = await resultsOf('-t', topic, '--acks', acks, '-n', '5000', ...size)
  expect(produced).toMatchObject({ what: 'produce', records: 5_000, requests: 500 })
  let there = 0
  for (const partition of [0, 1, 2])
    there += (await readPartition(client, { topic, partition })).length
  // With acks=0, each connection's last batch is one more, acknowledged, that ends the count.
  expect(there).toBe(acks === '0' ? 5_030 : 5_000)

  const [fetched] = await resultsOf('-t', topic, '--mode', 'fetch')
  expect(fetched).toMatchObject({ what: 'fetch', records: there })
})

test('both at once; the topic of the run is gone afterwards', async () => {
  const [produced, fetched] = await resultsOf('--mode', 'both', '-n', '2000')
  expect(produced).toMatchObject({ what: 'produce', records: 2_000 })
  expect(fetched?.what).toBe('fetch')
  const client = await node.connect()
  const { topics } = await client.request(metadata, 9, {
    topics: null,
    allowAutoTopicCreation: false,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: false,
  })
  expect(topics.filter(({ name }) => name?.startsWith('lograft-bench'))).toEqual([])
})

test('a broker that dies meanwhile: the result so far, and the topic that stays', async () => {
  await using data = await tempDir()
  const broker = await ProcessNode.start({ directory: data.path })
  await using command = new Command(['bench', '--duration', '60', '--json'], {
    bootstrap: broker.address,
  })
  await command.printed(({ stderr }) => /[1-9]\d* records sent/.test(stderr))
  await broker.kill()
  const { code, stdout, stderr } = await command.result
  expect(code).toBe(1)
  const [produced] = JSON.parse(stdout.toString()) as (Result & { partial?: boolean })[]
  expect(produced).toMatchObject({ what: 'produce', partial: true })
  expect(stderr).toMatch(
    /^lograft: topic (lograft-bench-\d+) was left behind: `lograft topic delete/m,
  )
  expect(stderr).not.toContain('    at ')

  await using again = await ProcessNode.start({ directory: data.path })
  const [, name = ''] = /topic (lograft-bench-\d+)/.exec(stderr) ?? []
  const client = await Client.connect(again.address)
  const end = await listOffset(client, { topic: name, timestamp: -1 })
  await client.close()
  expect(end.offset).toBeGreaterThanOrEqual(produced?.records ?? Infinity)
})

test('a text for people, and errors in words', async () => {
  const { code, stdout } = await bench('--rate', '2000', '--duration', '0.2', '-s', '100')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^produce {2}[\d,]+ records, [\d.]+ MB in [\d.]+ s: /)
  expect(stdout).toMatch(/latency in ms: mean .*, p50 .*, p99 .*, p99\.9 .*, max /)

  const missing = await bench('--mode', 'fetch', '--topic', 'nowhere')
  expect([missing.code, missing.stderr]).toEqual([
    1,
    expect.stringContaining('there is no topic nowhere'),
  ])
  const client = await node.connect()
  expect((await topicMetadata(client, 'nowhere')).errorCode).toBe(UNKNOWN_TOPIC_OR_PARTITION)

  await createTopic(client, 'strict', { configs: { 'max.message.bytes': 1_000 } })
  const large = await bench('--topic', 'strict', '-n', '1000')
  expect([large.code, large.stderr]).toEqual([1, expect.stringContaining('MESSAGE_TOO_LARGE')])

  const usage = await bench('--acks', '2')
  expect(usage.code).toBe(2)
})

/**
 * Goal: when power is cut from all replicas of a partition at once, the one whose log lost least
 * leads, however little it is preferred, and what it holds is there again on all of them (S11).
 * Method: three real brokers in this process on real files. They are killed; then their disks say
 * that the machine was booted since, and two of three logs lack their end.
 */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startCluster } from '../../src/index.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { errors } from '../../src/wire/errors.ts'
import { createTopic, produceBatch, readPartition, text } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { tempDir } from '../support/temp-dir.ts'

const WAIT_MS = 60_000
const RECORDS = 10
const TOPIC = 'cut'

/** As if the machine had been booted since the broker's process ran. */
function bootAgain(directory: string): void {
  const file = join(directory, 'broker-life')
  const life = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  writeFileSync(file, JSON.stringify({ ...life, bootId: 'another boot' }))
}

/** The last records never reached the disk. */
function loseRecords(directory: string, sizeBytes: number): void {
  const file = join(directory, `${TOPIC}-0`, `${'0'.repeat(20)}.log`)
  truncateSync(file, readFileSync(file).byteLength - sizeBytes)
}

test('the log that lost least leads', { timeout: 120_000 }, async () => {
  await using directory = await tempDir()
  await using cluster = await startCluster({
    ...{ directory: directory.path, timeoutMs: WAIT_MS },
    config: { 'auto.leader.rebalance.enable': false },
  })
  const first = await cluster.controller()
  {
    await using client = await Client.connect(first)
    await createTopic(client, TOPIC, { replicationFactor: 3 })
  }
  await cluster.caughtUp(TOPIC)
  const replicas = await cluster.isr(TOPIC, 0)
  const farthest = replicas.at(-1) ?? expect.fail()
  const batches = Array.from({ length: RECORDS }, (_, index) =>
    buildBatch({ records: [{ value: new TextEncoder().encode(`${index}`), timestampMs: 1_000 }] }),
  )
  {
    await using client = await Client.connect(await cluster.leaderOf(TOPIC, 0))
    for (const batch of batches) {
      const { errorCode } = await produceBatch(client, { topic: TOPIC, batch, acks: -1 })
      expect(errorCode).toBe(errors.NONE)
    }
  }
  await Promise.all(cluster.brokers.map((broker) => broker.kill()))
  const sizeBytes = batches[0]?.byteLength ?? 0
  for (const [index, id] of replicas.entries()) {
    const path = join(directory.path, String(id))
    bootAgain(path)
    if (id !== farthest) loseRecords(path, (index + 2) * sizeBytes)
  }
  await Promise.all(cluster.brokers.map((broker) => broker.restart()))
  const leader = await cluster.leaderOf(TOPIC, 0)
  expect(leader.id).toBe(farthest)
  await cluster.caughtUp(TOPIC)
  await using client = await Client.connect(leader)
  const records = await readPartition(client, { topic: TOPIC })
  expect(records.map(({ value }) => text(value))).toEqual(batches.map((_, index) => `${index}`))
})

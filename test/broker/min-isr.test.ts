/**
 * Goal: with too few replicas in sync acks=all is refused: what waits, as soon as metadata says so
 * and not at its timeout, and its record stays in the log; what comes later, with nothing written
 * (C13). When the replica is back, everything goes on.
 * Method: three processes and a partition of two replicas, of which one is stopped (SIGSTOP).
 */
import { afterEach, expect, test } from 'vitest'
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { errorName } from '../../src/wire/errors.ts'
import { bytesOf, FOR_EVER_MS, produceBatch, readPartition, text } from '../support/calls.ts'
import { addressesOf, asking, createReplicated, isWhole, stateWhen } from '../support/replicated.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

const open: (ProcessCluster | TempDir)[] = []
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource[Symbol.asyncDispose]()
})

test('two errors, each in its place', async () => {
  const directory = await tempDir('min-isr')
  open.push(directory)
  const cluster = await ProcessCluster.start({
    directory: directory.path,
    voters: 3,
    set: { 'broker.session.timeout.ms': 1_500, 'broker.heartbeat.interval.ms': 300 },
  })
  open.push(cluster)
  const addresses = addressesOf(cluster)
  const of = { topic: 'pairs' }
  const { leader, replicas } = await createReplicated(addresses, of.topic, {
    replicationFactor: 2,
    configs: { 'min.insync.replicas': 2 },
  })
  const { address } = cluster.node(leader)
  const produce = (value: string) =>
    asking(address, (client) => {
      const batch = buildBatch({ records: [{ value: bytesOf(value) }] })
      return produceBatch(client, { ...of, batch, timeoutMs: FOR_EVER_MS })
    })
  const follower = replicas.find((id) => id !== leader) as number
  cluster.pause(follower)
  expect(errorName((await produce('waits')).errorCode)).toBe('NOT_ENOUGH_REPLICAS_AFTER_APPEND')
  await stateWhen(addresses, of, ({ isr }) => isr.length === 1)
  expect(errorName((await produce('refused')).errorCode)).toBe('NOT_ENOUGH_REPLICAS')
  cluster.resume(follower)
  await stateWhen(addresses, of, isWhole)
  expect(errorName((await produce('after')).errorCode)).toBe('NONE')
  const records = await asking(address, (client) => readPartition(client, of))
  expect(records.map(({ value }) => text(value))).toEqual(['waits', 'after'])
})

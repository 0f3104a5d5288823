/** What tests of `startCluster` do: produce with kafkajs, read back from the leader. */
import { Kafka, logLevel } from 'kafkajs'
import type { Cluster } from '../../src/index.ts'
import { readPartition, text } from './calls.ts'
import { Client } from './client.ts'

interface Place {
  readonly topic: string
  readonly partition: number
}

/** Resolves when all were acknowledged by all in-sync replicas. */
export async function acknowledged(
  brokers: readonly string[],
  { topic, partition, values }: Place & { readonly values: readonly string[] },
): Promise<void> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ idempotent: true })
  await producer.connect()
  try {
    const messages = values.map((value) => ({ value, partition }))
    await producer.send({ topic, acks: -1, messages })
  } finally {
    await producer.disconnect()
  }
}

/** The values of a partition, by its leader. */
export async function valuesIn(
  cluster: Cluster | null,
  { topic, partition }: Place,
): Promise<readonly (string | null)[]> {
  const leader = await cluster?.leaderOf(topic, partition)
  if (!leader) throw new Error('there is no cluster')
  await using client = await Client.connect(leader)
  const records = await readPartition(client, { topic, partition })
  return records.map(({ value }) => text(value))
}

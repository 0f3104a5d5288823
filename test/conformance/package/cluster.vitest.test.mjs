// As a project that tests its own code writes it: vitest, with kafkajs as the client.
import { Kafka, logLevel } from 'kafkajs'
import { startCluster } from 'lograft'
import { afterAll, beforeAll, expect, test } from 'vitest'

let cluster
beforeAll(async () => {
  cluster = await startCluster({ brokers: 3, topics: { orders: 3 } })
}, 30_000)
afterAll(() => cluster.stop())

test('an order outlives the broker that took it', async () => {
  const kafka = new Kafka({ brokers: cluster.bootstrapServers, logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ idempotent: true })
  await producer.connect()
  const order = {
    topic: 'orders',
    acks: -1,
    messages: [{ key: '1', value: 'apples', partition: 0 }],
  }
  const [first] = await producer.send(order)
  await (await cluster.leaderOf('orders', 0)).kill()
  const [second] = await producer.send(order)
  expect([first.baseOffset, second.baseOffset]).toEqual(['0', '1'])
  await producer.disconnect()
})

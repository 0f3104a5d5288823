// The same in Node.js' own test runner, with brokers in processes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Kafka, logLevel } from 'kafkajs'
import { startCluster } from 'lograft'

let cluster
before(async () => {
  cluster = await startCluster({ processes: true, topics: { orders: 3 } })
})
after(() => cluster.stop())

test('an order outlives the kill -9 of the broker that took it', async () => {
  const kafka = new Kafka({ brokers: cluster.bootstrapServers, logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ idempotent: true })
  await producer.connect()
  const order = {
    topic: 'orders',
    acks: -1,
    messages: [{ key: '1', value: 'apples', partition: 0 }],
  }
  const [first] = await producer.send(order)
  const leader = await cluster.leaderOf('orders', 0)
  await leader.kill()
  const [second] = await producer.send(order)
  assert.deepEqual([first.baseOffset, second.baseOffset], ['0', '1'])
  await leader.restart()
  await cluster.caughtUp('orders')
  await producer.disconnect()
})
